"""What stands on an answer card, and the trees in which it is set, which any writer of markup can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


class Chip(NamedTuple):
    """Who stands in a column, or on what: the name, what limits the position, and the numbers of its sources.

    `faint` is what is inferred, or only possible.
    """

    name: str
    limits: str
    conditional: bool
    contested: bool
    faint: bool
    cites: tuple[int, ...]


class CardColumn(NamedTuple):
    """A column of a line-up. `number` is of how many actors, or of an actor on how many proposals, its entries are."""

    id: str
    title: str
    number: int
    entries: tuple[Chip, ...]


class CardSource(NamedTuple):
    """A source in short, publisher, date and grades, and where it can be read."""

    text: str
    url: str | None


class Card(NamedTuple):
    """What stands on an answer card.

    `notes` say for which day and on what evidence it holds; `grades` what grades mean, nothing where there are none;
    `made` of which model it is and what made it, `link` where, or how, it can be had again.
    """

    question: str
    finding: str
    notes: tuple[str, ...]
    columns: tuple[CardColumn, ...]
    sources: tuple[CardSource, ...]
    grades: str
    made: str
    link: str


Tree: TypeAlias = list[Any]
"""An element: its name, its attributes, and what stands in it, texts and elements."""

Palette: TypeAlias = "Mapping[str, str]"
"""The colours of a picture, by what they are for."""
