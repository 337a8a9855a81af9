"""Joint statements: one record of several actors in a file is a record of each of them in the model."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from actorgraph.model.kinds import KIND, STATEMENTS
from actorgraph.model.reader import Data, Loc

HOLDER = "actor"
"""The key that may name several."""


class Piece(NamedTuple):
    """Where a record of the model stands in its file: the number of the record, and of its actor in a list.

    Both count from 0; `actors` is how many are listed, 0 where one stands alone.
    """

    record: int
    actor: int = 0
    actors: int = 0

    def way(self, loc: Loc) -> Loc:
        """Return the way inside the record of the file to what a way inside this one leads to."""
        return (HOLDER, self.actor, *loc[1:]) if self.actors and loc[:1] == (HOLDER,) else loc


class Split(NamedTuple):
    """A file's data with a record for each actor, the part of each record where any was split, and who stands twice."""

    data: dict[str, Data]
    parts: Mapping[str, tuple[Piece, ...]]
    again: tuple[Loc, ...]

    def part(self, section: str, number: int) -> Piece:
        """Return where a record of a section, by its number in the data, stands in the file."""
        return self.parts[section][number] if section in self.parts else Piece(number)


def split(data: Mapping[str, Data]) -> Split:
    """Return a file's data with a record for each actor of every joint statement, in the order in which they are named.

    What is no list of texts is left as it is: it is refused where its form is checked.

    >>> whole = split({"stances": [{"actor": ["uk", "fr"], "position": "open"}, {"actor": "us"}]})
    >>> whole.data
    {'stances': [{'actor': 'uk', 'position': 'open'}, {'actor': 'fr', 'position': 'open'}, {'actor': 'us'}]}
    >>> whole.part("stances", 1), whole.part("stances", 2)
    (Piece(record=0, actor=1, actors=2), Piece(record=1, actor=0, actors=0))
    """
    whole = dict(data)
    parts: dict[str, tuple[Piece, ...]] = {}
    again: list[Loc] = []
    for section in (KIND[kind].section for kind in STATEMENTS):
        records = data.get(section)
        if not isinstance(records, list) or not any(map(_holders, records)):
            continue
        pieces = [piece for number, record in enumerate(records) for piece in _pieces(number, record)]
        whole[section] = [record for _, record in pieces]
        parts[section] = tuple(part for part, _ in pieces)
        for number, holders in enumerate(map(_holders, records)):
            again += [(section, number, HOLDER, at) for at, name in enumerate(holders) if name in holders[:at]]
    return Split(whole, parts, tuple(again))


def _holders(record: Data) -> list[str]:
    """Return the actors that a record lists, none where it does not list texts."""
    listed = record.get(HOLDER) if isinstance(record, dict) else None
    if not isinstance(listed, list):
        return []
    names = [name for name in listed if isinstance(name, str)]
    return names if len(names) == len(listed) else []


def _pieces(number: int, record: Data) -> Iterator[tuple[Piece, Data]]:
    """Yield a record of a file as those of the model, each with where it stands."""
    holders = _holders(record)
    if not holders:
        yield Piece(number), record
    for at, name in enumerate(holders):
        if isinstance(record, dict) and name not in holders[:at]:
            yield Piece(number, at, len(holders)), record | {HOLDER: name}
