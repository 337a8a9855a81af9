"""A file of `--map`: what is wrong in it is told with its place, its value and what may have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.mapping import KEYS, mapping_of

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """\
columns:
  actor: Member state
  note:
words: {For: supports, n/a: nothing}
set: {proposal: Harbour}
dates: day-first
several: ;
wide: false
kind: state
header: 2
ignore: Rest
"""


def test_what_it_says_is_how_a_sheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(SOUND, encoding="utf-8")
    mapping = mapping_of({"map": (str(file), "actor=Country"), "kind": "person"})
    assert {"actor": "Country"} == mapping.columns
    assert {"for": "supports", "n a": None} == mapping.words
    assert {"proposal": "Harbour"} == mapping.constants
    assert ("day-first", ";", False, "person", 2, ("Rest",)) == (
        mapping.dates,
        mapping.several,
        mapping.wide,
        mapping.kind,
        mapping.header,
        mapping.ignore,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "columns:\n  actor: Who\n  positon: Vote",
            "3:3: 'positon' is nothing that a column may hold (did you mean 'position'?)",
        ),
        ("columns: {Wer: actor}", "1:11: 'Wer' is nothing that a column may hold; the key stands first, actor"),
        ("set: {acter: Board}", "1:7: 'acter' is nothing that a column may hold (did you mean 'actor'?)"),
        (
            "words:\n  yes: supports\n  no: oposes",
            "3:3: 'no' cannot mean 'oposes' (did you mean 'opposes'?)",
        ),
        (
            "dates: day-first\nwords: {N.A.: neutral, n/a: nothing}",
            "2:1: 'N.A.' and 'n/a' are read as one word, and are to mean two things",
        ),
        ("dates: day-fist", "1:1: dates 'day-fist' is not known (did you mean 'day-first'?); it is day-first or"),
        ("header: 1\nkind: country", "2:1: kind 'country' is not known"),
        ("wide: yes", "1:1: wide 'yes' is not known; it is true or false"),
        ("header: third", "1:1: header 'third' is no number of a row, such as 2"),
        ("several: [;]", "1:1: several should be a text"),
        ("columns: [actor]", "1:1: columns should be pairs, such as columns: {actor: Member state}"),
        ("ignore: {Rest: yes}", "1:1: ignore should be a list of columns, such as ignore: [Remarks, Page]"),
        ("ignore: [[Rest]]", "1:1: ignore should be a list of columns"),
        ("dates: day-first\ncolums: {actor: Who}", "2:1: unknown entry 'colums' (did you mean 'columns'?)"),
        ("columns: {actor: Who", "2:1: AG003 did not find expected ',' or '}'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as told:
        mapping_of({"map": (str(file),)})
    assert str(told.value).startswith(f"{file}:{message}")


def test_an_option_that_is_wrong_is_named() -> None:
    with pytest.raises(UsageProblem) as told:
        mapping_of({"map": ("Wer=actor",)})
    assert "--map 'Wer=actor': 'Wer' is nothing that a column may hold; the key stands first, actor" == str(told.value)
    with pytest.raises(UsageProblem) as told:
        mapping_of({"map": ("acter=Who",)})
    assert "--map 'acter=Who': 'acter' is nothing that a column may hold (did you mean 'actor'?)" == str(told.value)
    assert "actor" in KEYS
