"""What a model names of one kind: what `list` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger, Thing


class Named(NamedTuple):
    """What a model names of one kind, sorted by id, with the model's title and description."""

    model: str
    title: str
    description: str | None
    things: tuple[Thing, ...]


def named(ledger: Ledger, kind: str) -> Named:
    """Return what a model names of a kind (`model.kinds.NAMED`), sorted by id.

    >>> from actorgraph import load
    >>> [thing.id for thing in named(load("examples/minimal.yaml"), "actor").things]
    ['fishers-union', 'harbour-board', 'olsen', 'town-council']
    """
    return Named(ledger.model, ledger.title, ledger.description, ledger.things(kind))
