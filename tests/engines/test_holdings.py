"""The rules as SQL agree with those of curated models, line by line, whatever is said when and toward whom."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from builders import lives, model, statements
from crowded import crowded
from hypothesis import given
from laws import examples
from statement_tables import SqliteTables, filled

from actorgraph.engines.conditional import lines_of
from actorgraph.engines.table_engine import TableEngine
from actorgraph.ledger.tables import HOLDING_COLUMNS, stated_lines
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


def test_so_is_every_line_of_hundreds_of_crowded_tracks(engine: TableEngine) -> None:
    whole = crowded(30, 20)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)
