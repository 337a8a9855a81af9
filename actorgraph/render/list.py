"""Lists of what a model names, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.render.grid import Grid, isolated
from actorgraph.render.phrases import flat, in_short

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger, Thing


def things_grid(things: tuple[Thing, ...], ledger: Ledger, title: str) -> Grid:
    """Return what a model names as a list: id, name, and what tells one from another."""
    lines = tuple((thing.id, isolated(thing.name), in_short(thing)) for thing in things)
    about = f"Model {ledger.model}: {isolated(ledger.title)}"
    above = (f"{len(things)} {title.removesuffix('s') if len(things) == 1 else title}", about)
    description = (ledger.description,) if ledger.description else ()
    return Grid((*above, *description), ("ID", "NAME", "MORE"), lines, frozenset({1, 2}))


def thing_records(things: tuple[Thing, ...]) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Return things as flat records, and their columns: every key that one of them has."""
    items = [one.item() for one in things]
    columns = tuple(dict.fromkeys(key for item in items for key in item)) or ("type", "id", "name")
    records = [
        {
            column: tuple(map(flat, value)) if isinstance(value, list) else value
            for column in columns
            for value in [item.get(column)]
        }
        for item in items
    ]
    return records, columns
