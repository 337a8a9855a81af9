"""Maps, as a contract and as a reader sees them."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask
from tied import LINE, model_of

from actorgraph.analysis.map import ActorMap

TROOPS = ("map", "--as-of", "2026-01-10", "--min-shared", "1")
RESTORATION = ("map", "--as-of", "2024-07", "--model", "graphs/nature-restoration")


@pytest.mark.parametrize("arguments", [(), ("--dimensions", "1"), ("--explain",), ("--levels", "binary")])
def test_maps_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer(*TROOPS, *arguments)
    assert len(told["points"]) >= 4
    assert told["refused"] is None
    assert told == answer(*TROOPS, *arguments), "the same every time"


@pytest.mark.parametrize("arguments", [RESTORATION, ("map", *HARBOUR), ("map", "--as-of", "2000")])
def test_no_map_keeps_the_contract_too(arguments: tuple[str, ...]) -> None:
    told = answer(*arguments)
    assert [] == told["points"]
    assert "actors" == told["refused"]["reason"]


def test_csv_has_a_line_for_each_point() -> None:
    lines = list(csv.DictReader(io.StringIO(ask(*TROOPS, "--dimensions", "1", "--format", "csv").stdout)))
    assert list(ActorMap.COLUMNS) == list(lines[0])
    assert {("", "", "")} == {(line["y"], line["other_half_axis"], line["angle"]) for line in lines}


def test_what_a_reader_is_told() -> None:
    text = ask(*TROOPS).stdout
    assert max(map(len, text.splitlines())) <= 80
    words = " ".join(text.split())
    assert "6 actors on 16 proposals; each two share at least 1. Axes show 84 % and 16 % of what is positive" in words
    assert "negative eigenvalues, which no map can show, are 17 % beside it." in words
    assert "Not on the map: 7 actors that share no proposal with some of those on it (Chair of the NATO" in words
    assert "--dimensions 1 is enough" not in words


def test_a_second_axis_that_shows_nothing_is_told(tmp_path: Path) -> None:
    """Four on a line: each further one is against one more."""
    (tmp_path / "m.yaml").write_text(model_of(LINE), encoding="utf-8")
    asked = ("map", "--model", str(tmp_path / "m.yaml"), "--as-of", "2024-02")
    words, in_one = (" ".join(ask(*asked, *more).stdout.split()) for more in ((), ("--dimensions", "1")))
    assert "Axes show 100 % and 0 % of what is positive" in words
    assert "The second axis shows 0 %, so --dimensions 1 is enough." in words
    assert "second axis" not in in_one


def test_why_there_is_no_map() -> None:
    words = " ".join(ask(*RESTORATION).stdout.split())
    assert "There is no map: it needs 4 actors of whom each two share 3 proposals, and " in words
    assert "`actorgraph align` compares two at a time" in words
    higher = " ".join(ask("map", "--as-of", "2026-01-10", "--min-shared", "4").stdout.split())
    assert "With --min-shared 3 there is one, on less." in higher
