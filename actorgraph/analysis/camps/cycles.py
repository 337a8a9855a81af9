"""Cycles that no split satisfies whole, one violated tie in each at least: bounds, and with scipy the exact split."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    from actorgraph.analysis.counting.counts import Matrix

_MOST_ROUNDS: Final = 60
_FEW_ROUNDS: Final = 8
_MOST_NODES: Final = 200
"""How many rounds of cuts, how many of integer programs of many ties, and how many nodes each of these may branch into:
numbers, not seconds, give everybody one answer."""

_SMALL: Final = 150
_NEAR: Final = 2
"""Up to how many ties the integer program is always solved; of more where the linear one has come so near, in units."""

_CLEAR: Final = 1e-6
"""By how much a cycle has to be uncovered to be a cut, and what rounding may add to a bound that is a plain sum."""

_WHOLE: Final = 1e-6
_PRICED: Final = 1e-7
"""The tolerances of the integer program (of HiGHS, as it comes): how far from whole the share of a tie may be, and how
far its price may be off. Its bound is taken for lower by as much for every tie."""


class Cover(NamedTuple):
    """What violated ties must weigh at least, and the sides of the best split that was met on the way, if any was."""

    bound: float
    sides: NDArray[np.int64] | None


def packed(weights: Matrix, sides: NDArray[np.int64]) -> float:
    """Return a weight that the violated ties of every split have: that of disjoint cycles, each with an odd number.

    Each tie that the given split violates is closed by the shortest path of satisfied ties, as far as these have weight
    left; a cycle like this has a violated tie in every split.

    >>> packed(np.array([[0, 1, 1], [1, 0, -2], [1, -2, 0]]), np.array([1, 1, -1]))
    1.0
    """
    satisfied = weights * np.outer(sides, sides)
    left = [{int(other): float(row[other]) for other in np.flatnonzero(row > 0)} for row in satisfied]
    total = 0.0
    for first, second in np.argwhere(np.triu(satisfied) < 0):
        wanted = -float(satisfied[first, second])
        while wanted > 0 and (path := _shortest(left, int(first), int(second))):
            least = min(wanted, *(left[a][b] for a, b in pairwise(path)))
            for a, b in pairwise(path):
                for at, to in ((a, b), (b, a)):
                    left[at][to] -= least
                    if left[at][to] <= 0:
                        del left[at][to]
            wanted -= least
            total += least
    return total


def _shortest(ties: Sequence[dict[int, float]], start: int, end: int) -> list[int]:
    """Return a shortest path by number of ties; nothing where there is none."""
    before, waiting = {start: start}, deque([start])
    while waiting and end not in before:
        node = waiting.popleft()
        for other in ties[node]:
            if other not in before:
                before[other] = node
                waiting.append(other)
    if end not in before:
        return []
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]


def priced(cycles: Matrix | csr_array, weights: Matrix, prices: Matrix) -> float:
    """Return what ties that meet all cycles weigh at least, as prices of the cycles prove it.

    `cycles` has 1 where a tie (column) is in a cycle (row). What the prices of a tie's cycles come to beyond its weight
    is taken off again, so that any prices prove what they give, and no tolerance of who found them matters (Neumaier &
    Shcherbina 2004, "Safe bounds in linear and mixed-integer linear programming"); negative ones count as 0.

    >>> two = np.array([[1, 1, 0], [0, 1, 1]])
    >>> [priced(two, np.ones(3), np.array(prices)) for prices in ([0.5, 0.5], [1, 0], [1, 1])]
    [1.0, 1.0, 1.0]
    """
    prices = np.maximum(prices, 0)
    return float(prices.sum() - np.maximum(cycles.T @ prices - weights, 0).sum())


class CycleCover:
    """The least weight of ties that meets every negative cycle: the violated ties of the best split.

    Cycles are added as they are found to be uncovered (the cutting planes of Grötschel, Jünger & Reinelt 1987), first
    to the linear, then to the integer program. Raises `ModuleNotFoundError` without scipy.
    """

    def __init__(self, weights: Matrix) -> None:
        import scipy.optimize
        import scipy.sparse
        import scipy.sparse.csgraph

        self._scipy = scipy
        self._size = len(weights)
        self._ends = np.argwhere(np.triu(weights, 1))
        self._weights = weights[tuple(self._ends.T)]
        self._negative = (self._weights < 0).astype(int)
        self._tie = {tuple(map(int, pair)): at for at, pair in enumerate(self._ends)}
        self._cycles: dict[tuple[int, ...], None] = {}

    def cover(self, most: float, unit: float) -> Cover:
        """Return the bound and a split; it may stop where the bound shows that less than `most` is not possible.

        What violated ties weigh is a multiple of `unit`, if that is not 0.
        """
        bound, open_ties = 0.0, np.zeros(len(self._weights))
        for _ in range(_MOST_ROUNDS):
            if not self._add_uncovered(open_ties):
                break
            solved = self._linear()
            if solved is None:
                break
            bound, open_ties = max(bound, solved[0]), solved[1]
            if most - bound < unit - _CLEAR:
                return Cover(bound, None)
        if not self._cycles:  # nothing is violated at all
            return Cover(0.0, self._sides(open_ties))
        if len(self._weights) > _SMALL and most - bound > max(_NEAR * unit, most / 50):
            return Cover(bound, None)  # branch and bound would take very long to close such a gap
        return self._integer(most, bound, unit)

    def _integer(self, most: float, bound: float, unit: float) -> Cover:
        weights = np.abs(self._weights)
        tolerance = _WHOLE * float(weights.sum()) + _PRICED * len(weights)
        for _ in range(_MOST_ROUNDS if len(self._weights) <= _SMALL else _FEW_ROUNDS):
            solved = self._scipy.optimize.milp(
                weights,
                constraints=self._scipy.optimize.LinearConstraint(self._matrix(), lb=1),
                integrality=np.ones(len(self._weights)),
                bounds=self._scipy.optimize.Bounds(0, 1),
                options={"node_limit": _MOST_NODES},
            )
            proven = getattr(solved, "mip_dual_bound", None)
            if proven is not None and np.isfinite(proven):
                bound = max(bound, float(proven) - tolerance)
            if solved.x is None or most - bound < max(unit, _CLEAR) - _CLEAR:
                return Cover(bound, None)
            chosen = np.round(solved.x)
            if not self._add_uncovered(chosen):
                return Cover(bound, self._sides(chosen))
            if solved.status != 0:
                return Cover(bound, None)
        return Cover(bound, None)

    def _matrix(self) -> csr_array:
        rows = np.repeat(np.arange(len(self._cycles)), [len(cycle) for cycle in self._cycles])
        columns = np.fromiter((tie for cycle in self._cycles for tie in cycle), int)
        shape = (len(self._cycles), len(self._weights))
        return self._scipy.sparse.csr_array((np.ones(len(rows)), _short(rows, columns)), shape=shape)

    def _linear(self) -> tuple[float, Matrix] | None:
        """Return what a fractional cover of the cycles so far weighs at least, and the share of each tie in one."""
        matrix, weights = self._matrix(), np.abs(self._weights)
        solved = self._scipy.optimize.linprog(
            weights, A_ub=-matrix, b_ub=-np.ones(len(self._cycles)), bounds=(0, 1), method="highs"
        )
        if solved.status != 0:
            return None
        return priced(matrix, weights, -solved.ineqlin.marginals), np.asarray(solved.x)

    def _add_uncovered(self, share: Matrix) -> int:
        """Add the negative cycles that are not covered by shares of ties; return how many are new."""
        if not len(share):
            return 0
        lengths = np.maximum(share, 0) + 1e-7  # of two cycles that are as uncovered the one with fewer ties
        far, before = self._distances(lengths)
        before_count = len(self._cycles)
        first, second = self._ends.T
        through = lengths + far[first, second + self._size * (1 - self._negative)]
        slack = 1 - _CLEAR - len(share) * 1e-7
        for tie in np.argsort(through, kind="stable"):
            if through[tie] >= 1 - _CLEAR:
                break
            end = int(second[tie] + self._size * (1 - self._negative[tie]))
            cycle = self._walk(before, int(first[tie]), end, int(tie))
            if sum(share[other] for other in cycle) < slack:
                self._cycles[cycle] = None
        return len(self._cycles) - before_count

    def _distances(self, lengths: Matrix) -> tuple[Matrix, NDArray[np.int32]]:
        """Return the distances, and the node before each, in the graph where a negative tie changes the storey.

        A closed walk that ends on the other storey has an odd number of negative ties.
        """
        first, second = self._ends.T
        up = self._size * self._negative
        rows = np.concatenate([first, first + self._size])
        columns = np.concatenate([second + up, second + self._size - up])
        graph = self._scipy.sparse.csr_array(
            (np.concatenate([lengths, lengths]), _short(rows, columns)), shape=(2 * self._size, 2 * self._size)
        )
        far, before = self._scipy.sparse.csgraph.dijkstra(
            graph, directed=False, indices=np.arange(self._size), return_predecessors=True
        )
        return far, before

    def _walk(self, before: NDArray[np.int32], start: int, end: int, tie: int) -> tuple[int, ...]:
        """Return the ties of a closed walk, those that it takes twice left out: a negative cycle is among them."""
        ties = {tie}
        while end != start:
            previous = int(before[start, end])
            a, b = sorted((previous % self._size, end % self._size))
            ties ^= {self._tie[a, b]}
            end = previous
        return tuple(sorted(ties))

    def _sides(self, violated: Iterable[float]) -> NDArray[np.int64]:
        """Return the sides of the split that violates these ties at most."""
        ties: list[list[tuple[int, int]]] = [[] for _ in range(self._size)]
        for (first, second), negative, gone in zip(self._ends, self._negative, violated, strict=True):
            sign = -1 if bool(negative) != bool(gone) else 1
            ties[first].append((int(second), sign))
            ties[second].append((int(first), sign))
        sides = np.zeros(self._size, dtype=np.int64)
        for root in range(self._size):
            if sides[root]:
                continue
            sides[root], waiting = 1, [root]
            while waiting:
                node = waiting.pop()
                for other, sign in ties[node]:
                    if not sides[other]:
                        sides[other] = sides[node] * sign
                        waiting.append(other)
        return sides


def _short(*places: ArrayLike) -> tuple[NDArray[np.int32], ...]:
    """Return rows and columns as scipy's solvers have taken them before 1.12: in 32 bits."""
    return tuple(np.asarray(some, dtype=np.int32) for some in places)
