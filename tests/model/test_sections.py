"""How a file is written: its sections, and the way to each scalar."""

import pytest

from actorgraph.model.sections import Section, scalars, sections

WRITTEN = """\
# a comment
model: {id: m, title: T}
actors:
  uk: {name: UK, kind: state}
proposals: {}
conditions:
relations: []

stances:
  - actor: uk
    evidence: [{source: paper}]
events: [{id: e}]
"""


def test_sections_are_told_with_their_lines_and_brackets() -> None:
    assert {
        "model": Section(2, brackets=True, empty=False),
        "actors": Section(3, brackets=False, empty=False),
        "proposals": Section(5, brackets=True, empty=True),
        "conditions": Section(6, brackets=False, empty=True),
        "relations": Section(7, brackets=True, empty=True),
        "stances": Section(9, brackets=False, empty=False),
        "events": Section(12, brackets=True, empty=False),
    } == sections(WRITTEN)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    assert [2, 3, 5, 6, 7, 9, 12] == [section.line for section in sections(WRITTEN.replace("\n", end)).values()]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}", "~"])
def test_a_file_without_sections_has_none(text: str) -> None:
    assert {} == sections(text)
    assert [] == [way for way, is_key, _ in scalars(text) if is_key]


def test_each_scalar_has_the_way_to_it_and_whether_it_is_a_key() -> None:
    text = "stances:\n  - {actor: uk, if: [a, b]}\n  - actor: us\n"
    assert [
        (("stances",), True, "stances"),
        (("stances", 0, "actor"), True, "actor"),
        (("stances", 0, "actor"), False, "uk"),
        (("stances", 0, "if"), True, "if"),
        (("stances", 0, "if", 0), False, "a"),
        (("stances", 0, "if", 1), False, "b"),
        (("stances", 1, "actor"), True, "actor"),
        (("stances", 1, "actor"), False, "us"),
    ] == [(way, is_key, token.value) for way, is_key, token in scalars(text)]
