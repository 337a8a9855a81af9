"""Pairs of actors, by how much they agree, in the order of answers; those without a number are made when read."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, overload

from actorgraph.analysis.made_when_read import MadeWhenRead, OnRecords, UnreadRecords
from actorgraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Swing(NamedTuple):
    """How far the numbers of a pair move when any one source is left out: the least and the greatest of each.

    `source` is the id of the source that moves the share most, to `without`; both are None where none moves it.
    `refused` are the ids of the sources without which the two share too few for a number. Those corrected for chance
    are None where there are none.
    """

    low: float
    high: float
    corrected_low: float | None
    corrected_high: float | None
    source: str | None
    without: float | None
    refused: tuple[str, ...]


def spread_cells(spread: Swing) -> dict[str, object]:
    """Return how far numbers move as the cells of a flat record."""
    cells = spread._asdict()
    without_it = cells.pop("without")  # `without` are the sources that the whole answer leaves out
    return {**cells, "without_it": without_it}


class _Pair(NamedTuple):
    """What an aligned pair says at once, and what it rests on."""

    actor: str
    actor_name: str
    other: str
    other_name: str
    shared: int
    agreement: float | None
    conflict: float | None
    share: float | None
    corrected: float | None
    by_degrees: int | None
    spread: Swing | None
    behind: UnreadRecords


class AlignedPair(OnRecords, _Pair):
    """How much two actors agree on the `shared` proposals on which both take a position that counts.

    `agreement` and `conflict` are how many of these they agree and disagree on (on the whole scale, in part), and
    together `shared`; `share` is the part of them on which they agree, and `corrected` that share corrected for chance.
    `by_degrees` are so many of the agreements that are of different strength, such as supports and open; None on the
    whole scale, where strength is in the number. All but `shared` are None where they share too few, and `corrected`
    also where it is not defined. `spread` is how far they move without any one source, None where nobody asked for it.
    `records` are the ids of the records behind it, by proposal.
    """

    __slots__ = ()


class RankedPairs(MadeWhenRead[AlignedPair]):
    """Pairs in the order of answers: first those that have a number, last those that share too few proposals for one.

    `few` is how many share too few, and `most_shared` how many any pair shares. Of many actors on one proposal they are
    millions, so they are made when somebody reads them.
    """

    def __init__(
        self,
        numbered: Iterable[AlignedPair],
        without_number: Callable[[], Iterable[AlignedPair]],
        few: int,
        most_shared: int,
    ) -> None:
        self.numbered = tuple(sorted(numbered, key=_rank))
        self.few, self.most_shared = few, most_shared
        self._without_number = without_number

    @cached_property
    def _all(self) -> tuple[AlignedPair, ...]:
        return (*self.numbered, *sorted(self._without_number(), key=_rank)) if self.few else self.numbered

    def __len__(self) -> int:
        return len(self.numbered) + self.few

    @overload
    def __getitem__(self, at: int) -> AlignedPair: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[AlignedPair, ...]: ...
    def __getitem__(self, at: int | slice) -> AlignedPair | tuple[AlignedPair, ...]:
        return self._all[at]

    def __iter__(self) -> Iterator[AlignedPair]:
        return iter(self._all)

    def __reduce__(self) -> tuple[type[RankedPairs], tuple[object, ...]]:
        return RankedPairs, (self.numbered, partial(tuple, self._all[len(self.numbered) :]), self.few, self.most_shared)


def _rank(pair: AlignedPair) -> tuple[object, ...]:
    """Return what sorts pairs: those with a number by what they agree on, then by how much they share, then by name."""
    names = fold(pair.actor_name), fold(pair.other_name), pair.actor, pair.other
    return pair.share is None, -(pair.share or 0), -pair.shared, *names
