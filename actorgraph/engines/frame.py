"""The frame of a table of statements: whom and what they are about, as the ledger's own tables have it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from actorgraph.dates import vagueness
from actorgraph.ledger.filters import ALL
from actorgraph.ledger.lives import lives
from actorgraph.ledger.tables import build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.engines.table_engine import TableEngine
    from actorgraph.ledger.filters import Filters
    from actorgraph.ledger.lives import Lifetime
    from actorgraph.model.model import Model

FRAME: Final = (
    "meta", "things", "labels", "names", "ties", "events", "joint", "descents", "event_links", "sources",
)  # fmt: skip
"""The ledger's tables of whom and what holdings are about; their columns are those of `ledger.schema.SCHEMA`."""

_LIVES: Final = {"type": "TEXT", "id": "TEXT", "possible_from": "INTEGER", "ends": "INTEGER", "ends_key": "TEXT"}


def fill_frame(
    engine: TableEngine, model: Model, filters: Filters = ALL, *, left_out: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Make an engine's tables of the actors, proposals, sources and ties of a model, of their names and their lives.

    The model has no statements, and nothing is inferred from those of the table. Of its sources those are left that may
    count; `left_out` are those that it had lost before (`ledger.tables.build`).
    """
    copy_tables(engine, model, FRAME, filters, left_out=left_out, infer=False)
    engine.fill("lives", _LIVES, _lives(filters.applied(model)))


def fill_addressees(engine: TableEngine, table: str) -> None:
    """Make `addressees`: of each list of addressees in a table of statements, every one of them."""
    asked = engine.run(f"SELECT DISTINCT toward FROM {table} WHERE toward <> ''")
    pairs = ((toward, addressee) for (toward,) in asked for addressee in toward.split(" "))
    engine.fill("addressees", {"toward": "TEXT", "addressee": "TEXT"}, pairs)


def copy_tables(
    engine: TableEngine,
    model: Model,
    tables: Iterable[str],
    filters: Filters = ALL,
    *,
    left_out: Mapping[str, str] = MappingProxyType({}),
    infer: bool = True,
) -> None:
    """Make an engine's tables of those of a model's ledger."""
    ledger = build(model, filters, left_out=left_out, infer=infer)
    for table in tables:
        columns = {name: kind for _, name, kind, *_ in ledger.run(f"PRAGMA table_info({table})")}
        rows = (row for block in ledger.blocks(f"SELECT {', '.join(columns)} FROM {table}") for row in block)
        engine.fill(table, columns, rows)
    ledger.close()


def _lives(model: Model) -> Iterator[tuple[object, ...]]:
    known = lives(model)
    ends: tuple[tuple[str, Mapping[str, Lifetime]], ...] = (("actor", known.actors), ("proposal", known.proposals))
    for kind, of_kind in ends:
        for key, life in of_kind.items():
            end = life.on_record
            yield kind, key, life.possible_from, end.until, dated_key(end.until_date)


def dated_key(date: str | None) -> str | None:
    """Return a date as curated behind how many days it means, seven digits: the least is the shortest period.

    >>> dated_key("2025-02"), dated_key(None)
    ('00000272025-02', None)
    """
    return None if date is None else f"{vagueness(date)[0]:07}{date}"
