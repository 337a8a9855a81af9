"""The ids of statements: made as the loader of models makes them, and each that of one statement."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given
from hypothesis import strategies as st
from laws import examples

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.naming import TOO_SHORT, repeated_ids
from actorgraph.engines.statements import clean_table
from actorgraph.engines.table_engine import FILE, ROW
from actorgraph.engines.texts import Incoming
from actorgraph.exchange.importing.incoming import Things
from actorgraph.exchange.sheets.coded import CodedReader
from actorgraph.exchange.sheets.mapping import SheetMapping
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.model.records import Header

COLUMNS = ("id", "actor", "position", "proposal", "date", "until", "source", "published")


Row = tuple[str | None, ...]
Named = tuple[list[tuple[str, int]], list[tuple[str, int]]]


def reader_of(known: Model | None = None) -> CodedReader:
    """Return one that knows what a model names."""
    known = known or Model(Header(id="m", title="M"))
    return CodedReader(Things(known, create=True, today="2026-11-27"), SheetMapping())


def named(engine: Duckdb, *rows: Row, held: str | None = None, reader: CodedReader | None = None) -> Named:
    """Return each id with its line, and each reason with the line of what was left out."""
    columns = {**dict.fromkeys(COLUMNS, "TEXT"), ROW: "INTEGER", FILE: "TEXT"}
    padded = [(*row, *[None] * (len(COLUMNS) - len(row)), line, "a.csv") for line, row in enumerate(rows, 1)]
    engine.fill("incoming", columns, padded)
    incoming = Incoming("incoming", {key: key for key in COLUMNS})
    left_out, _ = clean_table(engine, incoming, reader or reader_of(), held=held)
    told = [(each.reason, line) for each in left_out for _, line, _ in each.places]
    return engine.run("SELECT id, line FROM cleaned ORDER BY line"), told


def named_behind(engine: Duckdb, old: Sequence[Row], *rows: Row) -> Named:
    """Return the same of rows that are added to others, whose names are known then."""
    first = reader_of()
    named(engine, *old, reader=first)
    engine.make("held", "SELECT * FROM cleaned")
    return named(engine, *rows, held="held", reader=reader_of(first.frame()))


def test_an_id_is_made_and_numbered_in_the_order_of_the_file(engine: Duckdb) -> None:
    row = (None, "A", "open", "P", "2025")
    ids, _ = named(engine, row, row, (None, "B", "open", "P", "2025"), row)
    assert [("a.p.2025", 1), ("a.p.2025-2", 2), ("b.p.2025", 3), ("a.p.2025-3", 4)] == ids


def test_an_id_that_is_made_avoids_one_that_is_given(engine: Duckdb) -> None:
    made = (None, "A", "open", "P", "2025")
    ids, _ = named(engine, made, made, ("a.p.2025-2", "B", "open", "Q", "2025"))
    assert [("a.p.2025", 1), ("a.p.2025-3", 2), ("a.p.2025-2", 3)] == ids


def test_an_id_is_not_that_of_a_statement_that_is_there_already(engine: Duckdb) -> None:
    old = [(None, "A", "open", "P", "2025"), ("b.p.2025", "A", "open", "P", "2024")]
    new = [(None, "A", "opposes", "P", "2025"), (None, "B", "open", "P", "2025"), (None, "A", "open", "P", "2023")]
    assert ([("a.p.2025-2", 1), ("b.p.2025-2", 2), ("a.p.2023", 3)], []) == named_behind(engine, old, *new)


def test_a_row_that_is_there_already_has_its_id(engine: Duckdb) -> None:
    """As often as it is there; one more is another statement, and so is one of other evidence."""
    row = (None, "A", "open", "P", "2025", None, "S")
    old = [row, ("given", *row[1:]), (None, "A", "open", "P", "2025", None, "T")]
    found = named_behind(engine, old, row, row, row, (*row[:6], "T"), (*row[:6], "U"))
    assert ([("a.p.2025", 2), ("a.p.2025-2", 4), ("a.p.2025-3", 3), ("a.p.2025-4", 5), ("given", 1)], []) == (
        sorted(found[0]),
        found[1],
    )


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


@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


_SAID = st.tuples(st.sampled_from("ab"), st.sampled_from(["open", "opposes"]), st.sampled_from(_DATES))
_STATEMENT = st.tuples(st.sampled_from(_GIVEN), _SAID, st.sampled_from("st"))


def _rows(drawn: Sequence[tuple[str | None, tuple[str, str, str], str]], *, ids_until: int) -> list[Row]:
    """Return rows of which only the first have ids, each id once."""
    keys = [key if at < ids_until else None for at, (key, _, _) in enumerate(drawn)]
    return [
        (None if key in keys[:at] else key, actor, position, "p", date, None, source)
        for at, (key, ((actor, position, date), source)) in enumerate(
            zip(keys, [each[1:] for each in drawn], strict=True)
        )
    ]


@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(_STATEMENT, min_size=2, max_size=40), first=st.integers(1, 39))
def test_an_export_that_has_grown_is_named_as_a_whole(
    engine: Duckdb, drawn: list[tuple[str | None, tuple[str, str, str], str]], first: int
) -> None:
    """Also where several rows say the same."""
    rows = _rows(drawn, ids_until=min(first, len(drawn)))
    whole, _ = named(engine, *rows)
    again, _ = named_behind(engine, rows[:first], *rows)
    assert sorted(key for key, _ in whole) == sorted(key for key, _ in again)
    assert [key for key, line in whole if line > first] == [key for key, line in again if line > first]


@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(_STATEMENT, min_size=2, max_size=40, unique_by=lambda each: each[1:]), first=st.integers(1, 39))
def test_rows_that_are_added_are_named_as_if_they_had_come_with_the_first(
    engine: Duckdb, drawn: list[tuple[str | None, tuple[str, str, str], str]], first: int
) -> None:
    rows = _rows(drawn, ids_until=min(first, len(drawn)))
    whole, _ = named(engine, *rows)
    ids, _ = named_behind(engine, rows[:first], *rows[first:])
    assert [key for key, line in whole if line > first] == [key for key, _ in ids]


def test_ids_are_told_apart_whose_digests_are_alike(engine: Duckdb, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of billions of texts some share their digest."""
    engine.view("with_ids", " UNION ALL ".join(f"SELECT '{key}' AS id, 0 AS n" for key in "aba"))
    for digest in (engine.digest, lambda text: f"LENGTH({text})"):
        monkeypatch.setattr(engine, "digest", digest)
        assert [("a",)] == engine.run(repeated_ids(engine))


_WITH_ID = st.tuples(
    st.sampled_from(["x", "y"]),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["open", "opposes"]),
    st.just("p"),
    st.sampled_from(["2025", "2025-03"]),
    st.sampled_from([None, "2025-05", "2026-02"]),
    st.sampled_from([None, "r", "s"]),
    st.sampled_from([None, "2025-03-20"]),
)


_NOTHING_SAID: Row = ("x", "A", "open", "p", "2025", None, None, None)
_DATED_SOURCE: Row = (*_NOTHING_SAID[:6], "r", "2025-03-20")
_UNDATED_SOURCE: Row = (*_NOTHING_SAID[:6], "r", None)


@example(rows=[_DATED_SOURCE, _NOTHING_SAID, _UNDATED_SOURCE], first=1)  # known from the first, `r` is no other source
@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_WITH_ID, min_size=2, max_size=12), first=st.integers(1, 11))
def test_rows_with_ids_that_are_added_mean_what_they_would_have_with_the_first(
    engine: Duckdb, rows: list[Row], first: int
) -> None:
    """What is there already is the first of its id, whatever the rows say, and its evidence counts with theirs.

    But for rows that were left out since they end before they count: nobody has them when earlier evidence comes.
    """
    taken: list[dict[object, tuple[object, ...]]] = []
    for old, new in (([], rows), ([], rows[:first]), (rows[:first], rows[first:])):
        _, left_out = named_behind(engine, old, *new) if old else named(engine, *new)
        assume(len(taken) != 1 or TOO_SHORT not in dict(left_out))
        said = engine.run("SELECT id, evidence, actor, position, date, until, published FROM cleaned")
        taken.append({(key, evidence): tuple(row) for key, evidence, *row in said})
    assert taken[0] == {**taken[2], **taken[1]}


def test_a_row_that_ends_before_it_counts_takes_no_id_from_another(engine: Duckdb) -> None:
    short, sound = ("x", "A", "open", "p", "2025", "2025-05"), ("x", "A", "opposes", "p", "2025", None)
    assert ([("x", 2)], [(TOO_SHORT, 1)]) == named(engine, short, sound)
    known = ("y", "A", "open", "p", "2025", "2025-05", "r", "2025-03-20")
    assert ([("y", 1)], []) == named_behind(engine, [known], (*known[:6], "s", "2025-12-24"))
