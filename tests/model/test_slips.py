"""What libyaml refuses is told with the slip that lies behind it. (The messages as a whole are in tests/bad.)"""

import pytest

from actorgraph.model.reader import parse


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("-actor: uk", "(line 2 needs a space behind its '-')"),
        ("url:https://example.org/a", "(line 2 needs a space behind its ':')"),
        ("part-of:plan", "(line 2 needs a space behind its ':')"),
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
        ("actors:\n  uk:\n\t  name: UK\n", "(indent with spaces"),
        ("stances:\n  - a: - b\n", "(quote a text that starts with '- '; each item of a list has its own line)"),
    ],
)
def test_other_words_have_their_fix(text: str, words: str) -> None:
    assert [True] == [words in problem.message for problem in parse(text, "a.yaml").problems]
