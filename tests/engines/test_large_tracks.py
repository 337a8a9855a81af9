"""Very many records on one track: what is worked out grows as they do, not as their square."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import model
from statement_tables import COLUMNS

from actorgraph.dates import ends_on, period
from actorgraph.engines.conditional import lines_of
from actorgraph.engines.frame import dated_key, fill_frame

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb

NUMBER = 20_000
POSITIONS = ("supports", "opposes", "open")


class CountingDuckdb(Duckdb):
    """DuckDB that counts the rows of the tables that it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.made = Counter[str]()

    def make(self, table: str, sql: str) -> None:
        """Keep what a text gives as a table, and count it."""
        super().make(table, sql)
        ((self.made[table],),) = self.run(f"SELECT COUNT(*) FROM {table}")


@pytest.fixture
def engine() -> Iterator[CountingDuckdb]:
    made = CountingDuckdb()
    yield made
    made.close()


def counted(engine: CountingDuckdb, dates: list[str]) -> tuple[Counter[tuple[str, bool]], int]:
    """Return the lines of one track, by contest and whether they are only possible, and the most rows of any table.

    One record is said on each date, with one position after the other.
    """

    def row(number: int, day: str) -> tuple[object, ...]:
        said = (f"r{number:05}", "stance", "a", "p", POSITIONS[number % 3], day, dated_key(day), *period(day))
        return (*said, ends_on(None), None, None, "", "[]", None, "", None, None, None, None, None, number, "stored", 0)

    frame = replace(model(), stances=(), commitments=())
    engine.fill("stored", COLUMNS, (row(number, day) for number, day in enumerate(dates)))
    fill_frame(engine, frame)
    engine.made.clear()
    with lines_of(engine, "stored", frame) as lines:
        found = engine.run(f"SELECT COALESCE(contest, ''), earliest < since, COUNT(*) FROM ({lines}) AS l GROUP BY ALL")
    return Counter({(contest, possible): rows for contest, possible, rows in found}), max(engine.made.values())


def days(number: int) -> list[str]:
    """Return so many days that follow each other."""
    return [(date(1900, 1, 1) + timedelta(day)).isoformat() for day in range(number)]


def test_of_one_day(engine: CountingDuckdb) -> None:
    lines, most = counted(engine, ["2024-05-01"] * NUMBER)
    assert {("sources", False): 3} == lines
    assert NUMBER == most


def test_of_different_days(engine: CountingDuckdb) -> None:
    lines, most = counted(engine, days(NUMBER))
    assert {("", False): NUMBER} == lines
    assert NUMBER == most


def test_of_which_some_have_a_month_alone(engine: CountingDuckdb) -> None:
    dates = [day if number % 100 else day[:7] for number, day in enumerate(days(NUMBER))]
    lines, most = counted(engine, dates)
    vague = NUMBER // 100
    assert 0 < sum(rows for (_, possible), rows in lines.items() if possible) <= 11 * vague  # a third of a month's days
    assert sum(lines.values()) <= NUMBER + 11 * vague
    assert most <= 2 * NUMBER  # each record begins, and ends
