"""What a model names of one kind: what `list` shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.ledger.store import Ledger, Thing


class Named(NamedTuple):
    """What a model names of one kind, sorted by id, with the model's title and description."""

    model: str
    title: str
    description: str | None
    things: tuple[Thing, ...]


def named(ledger: Ledger, kind: str) -> Named:
    """Return the things or records of a kind (`model.kinds.TYPES`), sorted by id.

    >>> from actorgraph import load
    >>> [thing.id for thing in named(load("examples/minimal.yaml"), "actor").things]
    ['fishers-union', 'harbour-board', 'olsen', 'town-council']
    """
    return Named(ledger.model, ledger.title, ledger.description, ledger.things(kind))


def columns_of(items: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the columns of things as flat records: every key that one of them has, in the order in which they come.

    >>> columns_of([{"type": "actor", "id": "uk"}, {"type": "source", "url": "https://example.org"}]), columns_of([])
    (('type', 'id', 'url'), ('type', 'id', 'name'))
    """
    return tuple(dict.fromkeys(key for item in items for key in item)) or ("type", "id", "name")


def flat_records(items: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Return things (see `Thing.item`) as flat records with all their columns; what may be several is a tuple of texts.

    >>> flat_records([{"id": "p", "held": [{"since": "2024", "until": None}]}])
    [{'id': 'p', 'held': ('since 2024',)}]
    """
    columns = columns_of(items)
    return [
        {
            column: tuple(map(flat, value)) if isinstance(value, (list, tuple)) else value
            for column in columns
            for value in [item.get(column)]
        }
        for item in items
    ]


def flat(value: object) -> str:
    """Return a value in one line: the keys of a mapping with their values, but for those that are empty."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items() if item)
    return str(value)
