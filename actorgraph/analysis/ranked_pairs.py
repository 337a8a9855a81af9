"""Aligned pairs in the order of answers, of which those without a number are made when somebody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, overload

from actorgraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from actorgraph.analysis.pairs import AlignedPair


class RankedPairs(Sequence["AlignedPair"]):
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (RankedPairs, tuple)) and self._all == tuple(other)

    def __hash__(self) -> int:
        return hash(self.numbered)

    def __repr__(self) -> str:
        return repr(self._all)

    def __reduce__(self) -> tuple[type[RankedPairs], tuple[object, ...]]:
        return RankedPairs, (self.numbered, partial(tuple, self._all[len(self.numbered) :]), self.few, self.most_shared)


def _rank(pair: AlignedPair) -> tuple[object, ...]:
    """Return what sorts pairs: those with a number by what they agree on, then by how much they share, then by name."""
    names = fold(pair.actor_name), fold(pair.other_name), pair.actor, pair.other
    return pair.share is None, -(pair.share or 0), -pair.shared, *names
