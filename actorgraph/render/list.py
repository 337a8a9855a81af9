"""Lists of what a model names, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.render.grid import Grid
from actorgraph.render.phrases import flat, in_short
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from actorgraph.ledger.store import Thing
    from actorgraph.questions.list import Named


def list_grid(answer: Named, title: str) -> Grid:
    """Return what a model names as a list: id, name, and what tells one from another."""
    things = answer.things
    lines = tuple((thing.id, isolated(thing.name), in_short(thing)) for thing in things)
    above = (
        f"{len(things)} {title.removesuffix('s') if len(things) == 1 else title}",
        f"Model {answer.model}: {isolated(answer.title)}",
        *([answer.description] if answer.description else []),
    )
    return Grid(above, ("ID", "NAME", "MORE"), lines, frozenset({1, 2}))


def thing_records(things: tuple[Thing, ...]) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Return things as flat records, and their columns: every key that one of them has."""
    items = [thing.item() for thing in things]
    columns = tuple(dict.fromkeys(key for item in items for key in item)) or ("type", "id", "name")
    records = [
        {
            column: tuple(map(flat, value)) if isinstance(value, (list, tuple)) else value
            for column in columns
            for value in [item.get(column)]
        }
        for item in items
    ]
    return records, columns
