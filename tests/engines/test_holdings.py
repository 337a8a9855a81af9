"""The rules as SQL agree with those of curated models, line by line, whatever is said when and toward whom."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from builders import lives, model, stance, statements
from crowded import crowded
from hypothesis import given
from laws import examples
from statement_tables import COLUMNS, SqliteTables, filled

from actorgraph.engines.conditional import lines_of
from actorgraph.engines.holdings import make_speakers
from actorgraph.engines.table_engine import TableEngine
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build, stated_lines
from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Stance

Said = list[Stance | Commitment]
Lives = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def engine() -> Iterator[TableEngine]:
    made = SqliteTables()
    yield made
    made.close()


def lines_in(engine: TableEngine, model: Model) -> list[dict[str, object]]:
    """Return the lines that an engine works out for a model, in order."""
    frame = filled(engine, model)
    with lines_of(engine, "stored", frame) as lines:
        return in_order(engine.run(lines))


def in_order(rows: Sequence[tuple[object, ...]]) -> list[dict[str, object]]:
    """Return lines in one order, so that two lists can be told apart."""
    return [dict(zip(HOLDING_COLUMNS, row, strict=True)) for row in sorted(rows, key=repr)]


def without_conditions(said: Said) -> Said:
    """Return records that depend on nothing."""
    return [record.model_copy(update={"if_": (), "unless": ()}) for record in said]


@given(said=statements().map(without_conditions), dated=lives)
def test_every_line_is_that_of_a_curated_model(engine: TableEngine, said: Said, dated: Lives) -> None:
    whole = model(*said, **dated)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)


@given(said=statements(), dated=lives)
def test_so_is_every_line_that_depends_on_conditions(engine: TableEngine, said: Said, dated: Lives) -> None:
    whole = model(*said, **dated)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)


@examples(30)
@given(said=statements(), dated=lives)
def test_duckdb_gives_the_same_lines(said: Said, dated: Lives) -> None:
    duckdb = pytest.importorskip("actorgraph.engines.duckdb", reason="duckdb is not installed")
    whole = model(*said, **dated)
    other = duckdb.Duckdb()
    assert in_order(stated_lines(whole)) == lines_in(other, whole)
    other.close()


def pledge(stage: str, when: str, *toward: str, **keys: object) -> Commitment:
    """Return a commitment of a on p; where no source is named, one that comes after all."""
    evidence = [{"source": "much-later"}]
    record = {"actor": "a", "proposal": "p", "stage": stage, "date": when, "toward": toward, "evidence": evidence}
    return Commitment.model_validate({**record, **keys})


SHORT_AND_LONG = ("2024-03-31", "2024-03")
ENDED = {"until": "2024-03-01", "fate": "withdrawn"}
RARE: dict[str, tuple[Said, Lives]] = {
    "what is told by two dates toward two is told apart": (
        [pledge("pledges", "2024-01-05", "b", "c"), *(map(pledge, ("declines",) * 2, SHORT_AND_LONG, "bc"))],
        {},
    ),
    "a contest within one run is told by no date": (
        [
            pledge("pledges", "2024-03-10", "b", "c"),
            pledge("declines", "2024-03", "b"),
            pledge("declines", "2024-03-05/2024-03-31", "c"),
        ],
        {},
    ),
    "of what is said by the day of an end the more exact, the shorter first": (
        [pledge("pledges", "2024-01-05"), *(pledge("declines", date) for date in SHORT_AND_LONG)],
        {},
    ),
    "or the longer": (
        [pledge("pledges", "2024-01-05"), *(pledge("declines", date) for date in SHORT_AND_LONG[::-1])],
        {},
    ),
    "toward somebody, or everybody": (
        [
            *(pledge("pledges", "2024-01-05", addressee) for addressee in "bc"),
            pledge("declines", "2024-03", "b"),
            pledge("declines", "2024-03-31"),
            pledge("considers", "2024-03-31", "c"),
        ],
        {},
    ),
    "of two ends of one run on one day the more exact": (
        [stance("open", "2024-01-05", until=until) for until in ("2024-03", "2024-03-01")],
        {},
    ),
    "but not of what was superseded": (
        [stance("open", f"2024-01-0{day}", until=until) for day, until in ((5, "2024-03-01"), (6, "2024-03"))],
        {},
    ),
    "nor that of another day": (
        [stance("open", "2024-01-05", until="2025-01-01"), stance("opposes", "2024-03", "much-later")],
        {},
    ),
    "of an end and of what is said on its day": (
        [stance("open", "2024-01-05", until="2024-03"), stance("opposes", "2024-03-01")],
        {},
    ),
    "of an end and of a life's": ([stance("open", "2024-01-05", until="2024-03")], {"p": ENDED}),
    "of two lives": ([stance("open", "2024-01-05")], {"a": {"until": "2024-03"}, "p": ENDED}),
    "records of one day are in the order of their ids": (
        [stance("open", "2024-01-05", id="z"), stance("open", "2024-01-05", id="y")],
        {},
    ),
}


@pytest.mark.parametrize("rare", RARE)
def test_so_is_every_line_of_what_is_hardly_drawn(engine: TableEngine, rare: str) -> None:
    said, dated = RARE[rare]
    whole = model(*said, **dated)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("rare", RARE)
def test_duckdb_gives_those_lines_too(shared_engine: TableEngine, rare: str) -> None:
    test_so_is_every_line_of_what_is_hardly_drawn(shared_engine, rare)


def test_so_is_every_line_of_hundreds_of_crowded_tracks(engine: TableEngine) -> None:
    whole = crowded(30, 20)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)


def test_who_said_what_is_in_any_line_is_that_of_a_curated_model(engine: TableEngine) -> None:
    """What is in no line may be listed besides: answers look up lines by it."""
    whole = crowded(30, 20)
    filled(engine, whole)
    make_speakers(engine, "stored")
    ledger = Ledger(build(whole))
    told = {said[0] for (some,) in ledger.rows("SELECT said FROM holdings") for said in json.loads(some)}
    spoken = sorted(ledger.rows("SELECT * FROM speakers"))
    assert spoken == sorted(row for row in engine.run("SELECT * FROM speakers") if row[3] in told)
    assert 100 < len(spoken)


def test_no_table_is_left_that_is_made_on_the_way() -> None:
    engine = SqliteTables()
    said = [stance("open", "2024-01-05", **{"if": ["c"]}), stance("open", "2024-01-05", actor="b")]
    frame = filled(engine, model(*said, stance("opposes", "2024-01", actor="b"), pledge("pledges", "2024-01-05", "b")))
    tables = "SELECT name FROM sqlite_master ORDER BY name"
    before = engine.run(tables)
    with lines_of(engine, "stored", frame) as lines:
        assert 6 == len(engine.run(lines))
        assert len(before) + 10 < len(engine.run(tables))
    assert before == engine.run(tables)
    engine.close()


@pytest.mark.parametrize("conditions", [{}, {"if": ["c"]}], ids=str)
def test_what_is_said_on_no_evidence_is_in_force_as_well(engine: TableEngine, conditions: dict[str, list[str]]) -> None:
    """From the last day of its date, since nobody knows when it came out."""
    frame = filled(engine, model(stance("supports", "2024-01", **conditions)))
    others = ", ".join(set(COLUMNS) - {"evidence", "published"})
    engine.make("said", f"SELECT {others}, CAST(NULL AS STRING) AS evidence, NULL AS published FROM stored")
    with lines_of(engine, "said", frame) as lines:
        found = engine.run(f"SELECT since, said FROM ({lines}) AS l WHERE earliest = since")
    assert [(20240131, '[["r0",20240131,"2024-01",null,[]]]')] == found
