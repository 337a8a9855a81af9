"""What texts mean: each is read once, by the rules of models."""

from collections.abc import Sequence

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.texts import KEYS_OF, LookUp, every_grade, look_ups_of, meanings, text_column
from actorgraph.exchange.importing.incoming import Things
from actorgraph.exchange.sheets.coded import CodedReader
from actorgraph.exchange.sheets.mapping import SheetMapping
from actorgraph.model.model import Model
from actorgraph.model.records import Header
from actorgraph.vocabulary import CREDIBILITY, RELIABILITY


def given(engine: Duckdb, *dates: str | None) -> None:
    """Let a table have these dates, a row each."""
    columns = {text_column("date"): "TEXT", "line": "INTEGER", "file": "TEXT"}
    engine.fill("texts", columns, [(date, line, "a.csv") for line, date in enumerate(dates, 1)])


def test_each_text_is_read_once_in_the_order_in_which_it_stands_first(engine: Duckdb) -> None:
    given(engine, "2026", "2025-12", "2026", None, "  ", "soon")
    read: list[str | None] = []

    def year(texts: Sequence[str | None]) -> list[tuple[object, ...]]:
        read.extend(texts)
        if "soon" in texts:
            raise ValueError("it is no date")
        return [(text[:4],) for text in texts if text]

    found = list(meanings(engine, "date", LookUp({"year": "TEXT"}, year), set(), lambda *_: False))
    assert [
        ("2026", "2026", None, None),
        ("2025-12", "2025", None, None),
        ("soon", None, "it is no date", "soon"),
    ] == found
    assert ["2026", "2025-12", "soon"] == read


def test_every_group_of_texts_has_its_rule() -> None:
    things = Things(Model(Header(id="m", title="M")), create=True, today="2026-11-27")
    look_ups = look_ups_of(CodedReader(things, SheetMapping(), place="a.csv"))
    assert set(KEYS_OF) == set(look_ups)
    for name, look_up in look_ups.items():
        texts = {
            "position": ["opposes"],
            "date": ["2026-01"],
            "until": ["2026-02"],
            "credibility": ["2"],
            "lines": ["3"],
        }
        row = texts.get(name, ["https://a.example/1", *[None] * (len(KEYS_OF[name]) - 1)])
        if name not in ("conditions", "amount"):
            assert {len(look_up.values)} == {len(values) for values in look_up.read(row)}


def test_grades_are_those_of_the_code() -> None:
    marks = {(reliability, credibility): mark for reliability, credibility, mark in every_grade()}
    assert (len(RELIABILITY) + 1) * (len(CREDIBILITY) + 1) == len(marks)
    assert ("B2", "D?", None) == (marks["B", "2"], marks["D", "?"], marks["?", "?"])
