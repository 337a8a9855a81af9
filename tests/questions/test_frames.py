"""Answers as data frames: the same types on every day, in pandas and in polars, whichever is installed."""

import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import actorgraph
from actorgraph import everything, load, tally, timeline, what, who
from actorgraph.errors import UsageProblem
from actorgraph.questions.envelope import Answer
from actorgraph.questions.frames import sorts_of

MINIMAL = "examples/minimal.yaml"


@pytest.fixture
def opposed() -> Answer:
    return who(load(MINIMAL), "opposes", "harbour", as_of="2026-06")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_old_and_open_days_are_kept(library: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path(MINIMAL).read_text(encoding="utf-8")
    path.write_text(text.replace("date: 2026-01-15", "date: 1066-10-14"), encoding="utf-8")
    frame = what(load(path), "fishers-union", as_of="1067").to_frame(library)
    assert ["1066-10-14"] == [f"{day:%Y-%m-%d}" for day in frame["since"]]
    later = what(load(path), "fishers-union", as_of="2026-06").to_frame(library)
    assert len(later) == (later["until"].isna().sum() if library == "pandas" else later["until"].null_count())


def test_polars_has_the_same_types_on_every_day() -> None:
    """Also where there is no row, or none has a value: a script that joins days must not break on a quiet one."""
    ledger = load("graphs/ukraine-troops")
    days = ("1900", "2024-02", "2025-06", "2026-01-10")
    frames = [everything(ledger, as_of=day).to_frame("polars") for day in days]
    assert 0 == len(frames[0]) < len(frames[-1])
    assert 1 == len({tuple(frame.schema.items()) for frame in frames})
    assert len(pl.concat(frames)) == sum(map(len, frames))
    kinds = {
        "contested": pl.Boolean(),
        "at_least": pl.Float64(),
        "conditions": pl.List(pl.String()),
        "since_date": pl.String(),
    }
    assert kinds == {column: frames[-1].schema[column] for column in kinds}


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_date_as_curated_is_no_day(library: Any) -> None:
    """A month must not turn into its first day."""
    frame = timeline(load(MINIMAL), "harbour", as_of="2026-06").to_frame(library)
    assert "2025-11" in list(frame["change_date"])


def test_polars_has_what_the_records_have() -> None:
    answer = everything(load("graphs/ukraine-troops"), as_of="2026-01-10")
    for record, line in zip(answer.records(), answer.to_frame("polars").to_dicts(), strict=True):
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}
        days = {key: value and value.isoformat() for key, value in line.items() if key in answer.DAYS}
        assert plain == {**line, **days}


def test_counts_are_whole_numbers() -> None:
    frame = tally(load("graphs/ukraine-troops"), as_of="2026-01-10").to_frame("polars")
    assert [pl.Int64(), pl.Float64()] == [frame[column].dtype for column in ("supports", "agreement")]


def test_a_column_that_is_sometimes_several_is_always_several() -> None:
    """Two versions differ in fields, which have one value each, and in what is held, which may be several."""
    old = load(MINIMAL, known_by="2026-01-15")
    frame = actorgraph.diff_versions(old, load(MINIMAL), as_of="2026-06").to_frame("polars")
    assert pl.List(pl.String) == frame["before"].dtype


def test_only_empty_columns_go_by_their_name() -> None:
    records = [{"contested": 3, "records": "one", "note": None}]
    columns = ("contested", "records", "note", "stale", "after_urls", "at_most")
    found = sorts_of(records, columns, frozenset())
    assert ["count", "text", "text", "flag", "texts", "number"] == list(found.values())


def test_without_pandas_it_is_a_frame_of_polars(opposed: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    frame: Any = opposed.to_frame()
    assert isinstance(frame, pl.DataFrame)


@pytest.mark.parametrize(
    ("missing", "library", "message"),
    [
        (("pandas",), "pandas", r"needs pandas; install it with `pip install 'actorgraph\[pandas\]'`"),
        (("polars",), "polars", r"needs polars; install it with `pip install 'actorgraph\[polars\]'`"),
        (("pandas", "polars"), None, r"needs pandas or polars; install it with `pip install 'actorgraph\[pandas\]'`"),
        ((), "excel", "'excel' is no library of data frames; it is one of pandas, polars"),
    ],
)
def test_what_is_not_installed_is_told(
    missing: tuple[str, ...], library: Any, message: str, opposed: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageProblem, match=message):
        opposed.to_frame(library)
