"""The ids of statements: made as the loader of models makes them, and each that of one statement."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.statements import Incoming, clean
from actorgraph.exchange.coded import CodedReader
from actorgraph.exchange.incoming import Things
from actorgraph.exchange.mapping import SheetMapping
from actorgraph.model.loader import load_model
from actorgraph.model.records import Header, Model

COLUMNS = ("id", "actor", "position", "proposal", "date", "until", "source")


@pytest.fixture
def engine() -> Iterator[Duckdb]:
    duckdb = Duckdb()
    yield duckdb
    duckdb.close()


def named(engine: Duckdb, *rows: tuple[str | None, ...]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return each id with its line, and each reason with the line of what was left out."""
    columns = {**dict.fromkeys(COLUMNS, "TEXT"), "line": "INTEGER", "file": "TEXT"}
    padded = [(*row, *[None] * (len(COLUMNS) - len(row)), line, "a.csv") for line, row in enumerate(rows, 1)]
    engine.fill("incoming", columns, padded)
    things = Things(Model(Header(id="m", title="M")), create=True, today="2026-11-27")
    left_out = clean(engine, Incoming("incoming", {key: key for key in COLUMNS}), CodedReader(things, SheetMapping()))
    told = [(each.reason, line) for each in left_out for _, line, _ in each.places]
    return engine.run("SELECT id, line FROM cleaned ORDER BY line"), told


def test_an_id_is_made_and_numbered_in_the_order_of_the_file(engine: Duckdb) -> None:
    row = (None, "A", "open", "P", "2025")
    ids, _ = named(engine, row, row, (None, "B", "open", "P", "2025"), row)
    assert [("a.p.2025", 1), ("a.p.2025-2", 2), ("b.p.2025", 3), ("a.p.2025-3", 4)] == ids


def test_an_id_that_is_made_avoids_one_that_is_given(engine: Duckdb) -> None:
    made = (None, "A", "open", "P", "2025")
    ids, _ = named(engine, made, made, ("a.p.2025-2", "B", "open", "Q", "2025"))
    assert [("a.p.2025", 1), ("a.p.2025-3", 2), ("a.p.2025-2", 3)] == ids


def test_rows_of_one_id_that_differ_in_evidence_are_one_statement(engine: Duckdb) -> None:
    row = ("r", "A", "open", "P", "2025", None)
    ids, told = named(engine, (*row, "Paper"), (*row, "Letter"))
    assert ([("r", 1), ("r", 2)], []) == (ids, told)


def test_the_first_of_one_id_stays_and_others_are_told(engine: Duckdb) -> None:
    ids, told = named(
        engine,
        ("r", "A", "open", "P", "2025"),
        ("r", "A", "opposes", "P", "2025"),
        ("r", "A", "open", "P", "2025"),
    )
    assert [("r", 1)] == ids
    assert [
        ("its id is that of another statement, which stands before", 2),
        ("the same statement stands before, with the same evidence", 3),
    ] == told


_DATES = ["2025", "2025-10", "2025-11", "2025-12", "2025-10-01"]
_GIVEN = [None, None, None, "a.p.2025", "a.p.2025-2", "a.p.2025-11"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.tuples(st.sampled_from(_GIVEN), st.sampled_from(_DATES)), min_size=1, max_size=40))
def test_ids_are_those_that_the_loader_makes(engine: Duckdb, drawn: list[tuple[str | None, str]]) -> None:
    """The tenth statement of a year would bear the id of the first of October."""
    keys = [key for key, _ in drawn]
    rows = [(None if key in keys[:at] else key, date) for at, (key, date) in enumerate(drawn)]
    stances = "".join(
        f"  - {{{'' if key is None else f'id: {key}, '}actor: a, position: open, proposal: p, date: {date}, "
        "evidence: [{source: s}]}\n"
        for key, date in rows
    )
    text = (
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: person}}\nproposals: {p: {title: P}}\n"
        f"sources: {{s: {{title: S, publisher: S, published: 2026}}}}\nstances:\n{stances}"
    )
    file = Path(engine.scratch, "m.yaml")
    file.write_text(text, encoding="utf-8")
    expected = [record.id for record in load_model(file).stances]
    ids, _ = named(engine, *((key, "A", "open", "P", date) for key, date in rows))
    assert expected == [key for key, _ in ids]
