"""What libyaml refuses is told with the slip that lies behind it. (The messages as a whole are in tests/bad.)"""

import pytest

from actorgraph.model.reader import parse


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("-actor: uk", "(line 2 needs a space behind its '-')"),
        ("url:https://example.org/a", "(line 2 needs a space behind its ':')"),
        ("part-of:plan", "(line 2 needs a space behind its ':')"),
        ("uk {name: UK, kind: state}", "(line 2 needs ': ' before its '{')"),
        ("\N{NO-BREAK SPACE} uk", "(line 2 is indented with spaces that are none to YAML)"),
        ("https://example.org/a", "(a text with ': ' in it needs quotes; the keys of a mapping begin in one column)"),
        ("so it is", "(a text with ': ' in it needs quotes; the keys of a mapping begin in one column)"),
    ],
)
def test_a_slip_in_the_line_before_is_named(line: str, words: str) -> None:
    refused = parse(f"note: see\n  {line}\n  b: c\n", "a.yaml").problems
    reason = f"mapping values are not allowed in this context {words}"
    assert [("AG003", reason)] == [(problem.code, problem.message) for problem in refused]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("actors:\n  uk:\n\t  name: UK\n", "(line 3 begins with a tab; indent with spaces)"),
        ("actors:\n  uk: {}\n\t\n  fr: {}\n", "(line 3 begins with a tab; indent with spaces)"),
        ("actors:\n  uk: @home\n", "(indent with spaces; quote a text that starts with @, ` or %)"),
        ("stances:\n  - a:\N{NO-BREAK SPACE}b\n    c: d\n", "(line 2 has a space that is none to YAML behind its ':')"),
        ("stances:\n  \N{EN DASH} a: b\n    c: d\n", "(line 2 begins an item with a sign that is no '-')"),
        (
            "a:\n  - c: d\n    e: [{f: g}]\n      \N{BULLET} {h: i}\n",
            "(line 4 begins an item with a sign that is no '-')",
        ),
        (
            "a:\n  b: c\n=======\n  d: e\n",
            "(line 3 is a mark that a merge left; keep what is right, and none of the marks)",
        ),
        (
            "a:\n  b: c\n>>>>>>> theirs\n",
            "(line 3 is a mark that a merge left; keep what is right, and none of the marks)",
        ),
        (
            "actors:\n  uk: {name: UK}\n  * fr\n",
            "(quote a text that starts with *; an item of a list begins with '- ')",
        ),
        ("actors:\n  uk: & Sons\n", "(quote a text that starts with &)"),
        ("actors:\n  uk: ? who\n", "(quote a text that starts with '? ')"),
        (
            'actors:\n  uk: "a\\who"\n',
            "(between double quotes a \\ is written twice; between single quotes it stands alone)",
        ),
        ("stances:\n  - a: - b\n", "(quote a text that starts with '- '; each item of a list has its own line)"),
    ],
)
def test_other_words_have_their_fix(text: str, words: str) -> None:
    assert [True] == [words in problem.message for problem in parse(text, "a.yaml").problems]


def test_a_slip_is_placed_where_it_begins() -> None:
    """An editor goes to that line; libyaml stumbles far below it."""
    for text, place in (
        ("a: 1\nb 2\nc: 3\n", "a.yaml:2:1"),
        ("a: 1\nb: 'one\nc: 3\nd: 4\n", "a.yaml:2:4"),
    ):
        assert [place] == [str(problem.span) for problem in parse(text, "a.yaml").problems]


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_quote_that_is_not_closed_is_found_where_the_next_one_opens(mark: str) -> None:
    (problem,) = parse(f"a: {mark}one\nb: 2\nc: {mark}three{mark}\n", "a.yaml").problems
    assert problem.message.endswith("(the quote that opens in line 1 is closed here; close it there)")
    (problem,) = parse(f"a: {mark}one\n  two{mark}\nb: {mark}three{mark} four\n", "a.yaml").problems
    assert problem.message.endswith("quote a whole text or none of it)")
