"""The edges of a network in the order of answers, each made when somebody reads it: 5,000 actors can have millions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from actorgraph.analysis.made_when_read import MadeWhenRead, OnRecords, UnreadRecords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from actorgraph.analysis.counting.counts import Matrix


class _Edge(NamedTuple):
    """What an edge says at once, and what it rests on."""

    actor: str
    other: str
    weight: int | float
    n: int
    behind: UnreadRecords


class NetworkEdge(OnRecords, _Edge):
    """What ties an actor to another one, whose id comes later, or in a two-mode network to a proposal.

    `n` is on how many proposals both say something that counts; in a two-mode network, how many statements of the actor
    on the proposal count. `records` are the ids of those that make the weight: of congruence those on proposals on
    which both agree at least in part, of conflict those on which they differ, else all on shared proposals.
    """

    __slots__ = ()


class EdgePlaces(NamedTuple):
    """Where edges stand in a table: their rows and columns, what they weigh, and on how much they rest."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    weights: Matrix
    n: Matrix

    def taken(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> EdgePlaces:
        """Return some of them, in an order."""
        return EdgePlaces(self.rows[which], self.columns[which], self.weights[which], self.n[which])

    @classmethod
    def ranked(cls, weights: Matrix, common: Matrix) -> EdgePlaces:
        """Return those of all who have anything in common, the heaviest first, then by row and column.

        >>> EdgePlaces.ranked(np.array([[1, -2, 0]]), np.array([[1, 3, 0]])).columns.tolist()
        [1, 0]
        """
        rows, columns = np.nonzero(common)
        places = cls(rows, columns, weights[rows, columns], common[rows, columns])
        return places.taken(np.lexsort((-places.n, -places.weights, -np.abs(places.weights))))


class NetworkEdges(MadeWhenRead[NetworkEdge]):
    """Edges at some places of a table; `make` returns the edge of a row, a column, a weight and what it rests on."""

    def __init__(self, places: EdgePlaces, make: Callable[[int, int, float, float], NetworkEdge]) -> None:
        self._places, self._make = places, make

    def rest_on_fewer(self, least: int) -> int:
        """Return how many rest on fewer than so many."""
        return int(np.count_nonzero(self._places.n < least))

    def __len__(self) -> int:
        return len(self._places.rows)

    @overload
    def __getitem__(self, at: int) -> NetworkEdge: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[NetworkEdge, ...]: ...
    def __getitem__(self, at: int | slice) -> NetworkEdge | tuple[NetworkEdge, ...]:
        if isinstance(at, slice):
            return tuple(map(self._make, *(numbers[at].tolist() for numbers in self._places)))
        return self._make(*(numbers[at].item() for numbers in self._places))

    def __iter__(self) -> Iterator[NetworkEdge]:
        return map(self._make, *(numbers.tolist() for numbers in self._places))

    def __reduce__(self) -> tuple[type[NetworkEdges], tuple[object, ...]]:
        at = zip(self._places.rows.tolist(), self._places.columns.tolist(), strict=True)
        edges = dict(zip(at, self, strict=True))
        return NetworkEdges, (self._places, partial(_known, edges))


def _known(edges: Mapping[tuple[int, int], NetworkEdge], row: int, column: int, *_: float) -> NetworkEdge:
    return edges[row, column]
