"""What the reader takes for text, what it refuses, and where it says that values stand."""

import re
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import Span
from actorgraph.model.reader import Data, Places, decode, parse
from actorgraph.model.records import PROSE
from actorgraph.problem_codes import CODES


def read(text: str) -> Data:
    """Return the value of a text that has nothing wrong with it."""
    parsed = parse(f"key: {text}", "a.yaml", prose={"key"})
    assert [] == parsed.problems
    assert parsed.ended
    return parsed.data["key"]


def problems_in(text: str) -> list[str]:
    """Return what is wrong with a text, without the file's name."""
    return [str(problem).removeprefix("a.yaml:") for problem in parse(text, "a.yaml", prose=PROSE).problems]


WORDS = [
    *("NO", "no", "on", "Off", "yes", "y", "true", "False", "Null", "NULL", "None", "nil", "~x", "=", "<", "<<", "50%"),
    *("1.10", "0123", "0o17", "0x1F", ".inf", "-.INF", ".nan", "1e3", "1_000", "12:30:45", "190:20:30", "+1", "-1"),
    *(
        "2024-13-01",
        "2024-02-30",
        "a#b",
        "http://x/#y",
        "a:b",
        "-x",
        "x=y",
        "٢",
        "中国",
        "🇺🇦",
        "Fishers’ Union",
        "\xa0",
    ),
]


@pytest.mark.parametrize("word", WORDS)
def test_a_plain_word_is_text(word: str) -> None:
    assert word == read(word)
    assert [word, word] == read(f"[{word}, {word}]")


@pytest.mark.parametrize("nothing", ["", "~", "null", "  ", "\n"])
def test_nothing_is_none(nothing: str) -> None:
    assert read(nothing) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('""', ""),
        ("''", ""),
        ("'null'", "null"),
        ('"~"', "~"),
        ("'it''s'", "it's"),
        (r'"\u00fc\t\x41\n"', "ü\tA\n"),
        (r'"\N\L\P\uFEFF"', "\x85\u2028\u2029\ufeff"),
        ("two\n  lines", "two lines"),
        ("two\n\n  paragraphs", "two\nparagraphs"),
        ("|\n  two #1\n  lines", "two #1\nlines"),
        ("|-  # a comment\n  two: lines\n", "two: lines"),
        (">\n  two # 1\n  lines\n", "two # 1 lines\n"),
        ("|+\n  kept\n\n", "kept\n\n"),
        ("'quoted' # a comment", "quoted"),
        ("'#1'", "#1"),
        ("[a, 'b'] # a comment", ["a", "b"]),
        ("[a, b,]", ["a", "b"]),
        ("[]", []),
        ("{}", {}),
        ("{a: , b: ~, c: ''}", {"a": None, "b": None, "c": ""}),
        ("{a, b: c}", {"a": None, "b": "c"}),
        ("[a: b]", [{"a": "b"}]),
        ("\n- a\n-\n- - b\n", ["a", None, ["b"]]),
        ('{"a": b, ? c : d}', {"a": "b", "c": "d"}),
    ],
)
def test_what_a_value_reads_as(text: str, value: Data) -> None:
    assert value == read(text)


@pytest.mark.parametrize(
    "text", ["", "\n", "# a comment", "---", "---\n...\n", "null", "~", "{}", "\t\n" * 0 + "%YAML 1.1\n---\n"]
)
def test_a_file_may_be_empty(text: str) -> None:
    assert ({}, [], True) == (parse(text, "a.yaml").data, problems_in(text), parse(text, "a.yaml").ended)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_of_every_system_count_alike(line_break: str) -> None:
    text = line_break.join(["actors:", "  uk:", "    name: two", "      lines", "    note: a # b", ""])
    parsed = parse(text, "a.yaml", prose={"note"})
    assert {"actors": {"uk": {"name": "two lines", "note": "a"}}} == parsed.data
    assert {("actors", "uk"): Span("a.yaml", 2, 3)} == parsed.places
    assert [Span("a.yaml", 5, 13)] == [problem.span for problem in parsed.problems]
    assert Span("a.yaml", 5, 11) == Places(text, "a.yaml").find(("actors", "uk", "note"))


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert "a: ü" == decode("\ufeffa: ü".encode(), "a.yaml")
    assert "a: ü" == decode("a: ü".encode(), "a.yaml")


def test_records_are_placed_by_key_and_by_index() -> None:
    text = "model: {id: m}\nactors:\n  uk: {name: UK}\n  fr:\n    name: France\nstances:\n- a: b\n-\n- {c: d}\nx: y\n"
    assert {
        ("model", "id"): (1, 9),
        ("actors", "uk"): (3, 3),
        ("actors", "fr"): (4, 3),
        ("stances", 0): (7, 3),
        ("stances", 1): (8, 2),
        ("stances", 2): (9, 3),
    } == {place: span[1:] for place, span in parse(text, "a.yaml").places.items()}


def test_places_of_values_and_keys() -> None:
    places = Places("actors:\n  uk: {name: UK, aliases: [a, b]}\n  fr:\n    name:\n", "a.yaml")
    assert {
        (): (1, 1),
        ("actors",): (1, 1),
        ("actors", "uk"): (2, 3),
        ("actors", "uk", "name"): (2, 14),
        ("actors", "uk", "aliases"): (2, 18),
        ("actors", "uk", "aliases", 1): (2, 31),
        ("actors", "fr", "name"): (4, 10),
    } == {loc: span[1:] for loc in list(places.values) if (span := places.find(loc)) and loc in {*_ASKED}}
    assert Span("a.yaml", 2, 8) == places.find(("actors", "uk", "name"), key=True)
    assert Span("a.yaml", 2, 3) == places.find(("actors", "uk", "kind")), (
        "what is missing is looked for where it belongs"
    )
    assert Span("a.yaml", 1, 1) == places.find(("proposals", 0, "title"))


_ASKED = [
    (),
    ("actors",),
    ("actors", "uk"),
    ("actors", "uk", "name"),
    ("actors", "uk", "aliases"),
    ("actors", "uk", "aliases", 1),
    ("actors", "fr", "name"),
]


@pytest.mark.parametrize(
    "text", ["", "a: [", "a: {b: c}\n\tx", "? [a]\n: b", "a: " + "[" * 99, "a: \x00", "\ud800", "- [a"]
)
def test_places_go_as_far_as_the_text_can_be_read(text: str) -> None:
    assert Span("a.yaml", 1, 1) == Places(text, "a.yaml").find(("a",))


def test_of_two_equal_keys_the_first_is_read_and_placed() -> None:
    text = "a: {b: 1}\na: {c: 2, b: 3}\n"
    assert {"a": {"b": "1"}} == parse(text, "a.yaml").data
    assert Span("a.yaml", 1, 8) == Places(text, "a.yaml").find(("a", "b"))
    assert Span("a.yaml", 1, 1) == Places(text, "a.yaml").find(("a", "c"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: A #1", "1:10: AG019 '#1'"),
        ("title: A\t#1", "1:10: AG019 '#1'"),
        ("title: #1", "1:8: AG019 '#1'"),
        ("title: A\n  B #1", "2:5: AG019 '#1'"),
        ("aliases: [A, B #1\n  , C]", "1:16: AG019 '#1'"),
        ("aliases:\n- A\n- #1", "3:3: AG019 '#1'"),
        ("x: {title: A #1\n  , kind: b}", "1:14: AG019 '#1'"),
        ("title: A " + "#" * 99, "1:10: AG019 '" + "#" * 59 + "…'"),
    ],
)
def test_a_comment_behind_a_plain_text_is_refused(text: str, problem: str) -> None:
    rest = " reads as a comment and cuts the text short; put the whole text in quotes"
    assert [problem + rest] == problems_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "title: 'A' #1",
        'title: "A" #1',
        "title: | #1\n  A",
        "title: A\n#1",
        "title: A\n\n  # 1",
        "title: # 1\n  A",
        "title: A#1",
        "title: '#1'",
        "aliases: # 1\n  - A",
        "aliases: [A] # 1",
        "aliases: [A, # 1\n  B]",
        "x: {title: A} # 1",
        "date: 2024 # 1",
        "kind: state # 1",
        "lines: 1-2 # 1",
        "if: [ceasefire # 1\n]",
    ],
)
def test_a_comment_elsewhere_is_a_comment(text: str) -> None:
    assert [] == problems_in(text)


def test_deep_nesting_is_refused_at_once() -> None:
    started = time.process_time()
    for opening in ("[", "- ", "{a: ", "? ", "[{a: ", "!!x [", "&a [", '{"": '):
        assert problems_in("model: " + "\n" * (opening in {"- ", "? "}) + opening * 100_000)
    assert time.process_time() - started < 5


def test_large_files_take_their_time_and_no_more() -> None:
    record = "- {actor: uk, position: supports, proposal: plan, date: 2024, note: 'Some words, and more of them.'}\n"
    plain = "".join(f"k{number}: {'word ' * 19_000}\n" for number in range(10))
    quoted = "".join(f"k{number}: '{'x' * 100_000}'\n" for number in range(10))
    too_long = ["1:8: AG007 a text of 30,000,000 characters; no value needs more than 100,000"]
    expected: dict[str, list[str]] = {
        "stances:\n" + record * 10_000: [],
        plain: [],
        quoted: [],
        "title: '" + "x" * 30_000_000 + "'": too_long,
    }
    for text, problems in expected.items():
        started = time.process_time()
        assert problems == problems_in(text)
        assert time.process_time() - started < 5


# -- laws --------------------------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t")
TREES = st.recursive(
    st.text(LETTERS, max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=10), inner, max_size=3),
    max_leaves=15,
)


def depth_of(tree: object) -> int:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else None
    return 0 if inner is None else 1 + max(map(depth_of, inner), default=0)


class Dumper(yaml.SafeDumper):
    """Writes every value out, though it stand twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - whatever it is
        return True


@given(st.dictionaries(st.text(LETTERS, max_size=10), TREES, max_size=4), st.booleans(), st.booleans())
def test_what_pyyaml_writes_is_read_back(tree: dict[str, object], flow: bool, any_letter: bool) -> None:  # noqa: FBT001
    text = yaml.dump(tree, Dumper=Dumper, default_style='"', default_flow_style=flow, allow_unicode=any_letter)
    parsed = parse(text, "a.yaml", prose=PROSE)
    if depth_of(tree) > 12:
        assert ["AG006"] == [problem.code for problem in parsed.problems]
    elif re.search("[\x85\u2028\u2029\ufeff]", text):
        assert ["AG002"] == [problem.code for problem in parsed.problems]
    else:
        assert ([], tree) == (parsed.problems, parsed.data)


@given(st.text(st.characters(codec=None), max_size=100))
def test_no_text_raises(text: str) -> None:
    parsed = parse(text, "a.yaml", prose=PROSE)
    assert {problem.code for problem in parsed.problems} <= set(CODES)
    assert parsed.ended or parsed.problems
    Places(text, "a.yaml")


@given(st.binary(max_size=60))
def test_bytes_are_text_or_a_problem_at_the_first_that_is_not(raw: bytes) -> None:
    text = decode(raw, "a.yaml")
    if isinstance(text, str):
        assert raw.removeprefix(b"\xef\xbb\xbf") == text.encode()
    else:
        with pytest.raises(UnicodeDecodeError):
            raw.decode()
        assert "AG002" == text.code
