"""Signed weighted graphs made smaller without loss: what is left after it has a best split of the same worth."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from actorgraph.analysis.counting.counts import Matrix

    Weights: TypeAlias = dict[int, dict[int, float]]
    Ties: TypeAlias = tuple[tuple[int, float], ...]

_STAR: Final = 3
"""A node with so many ties can be replaced by ties between its neighbours."""

_MOST_TWINS: Final = 60
"""Of how many nodes with the same neighbours each is compared with each."""


class Contraction:
    """A graph whose nodes are to stand on side 1 or −1, so that the sum of w_ij · s_i · s_j over its pairs is greatest.

    Nodes are taken out as long as it is certain where each stands once the others stand somewhere (compare Hüffner,
    Betzler & Niedermeier 2010, and Lange, Andres & Swoboda 2019): a node with a tie that weighs as much as all its
    others, one that has the same ties as another (up to a factor), one that has three ties. `left` is the graph that
    remains, `gained` what the sum has besides that of `left`.
    """

    def __init__(self, weights: Matrix) -> None:
        self.left: Weights = {node: {} for node in range(len(weights))}
        for first, second in zip(*map(list, weights.nonzero()), strict=True):
            if first != second:
                self.left[int(first)][int(second)] = float(weights[first, second])
        self.gained = 0.0
        self._taken: list[tuple[int, Ties]] = []
        waiting = dict.fromkeys(self.left)
        while waiting:
            while waiting:
                waiting.update(dict.fromkeys(self._reduce(waiting.popitem()[0])))
            waiting.update(dict.fromkeys(self._join_twins()))
        self.left = {node: ties for node, ties in self.left.items() if ties}

    def sides(self, known: Mapping[int, int]) -> list[int]:
        """Return the side of every node, 1 or −1, given those of the nodes that are left."""
        side = dict(known)
        for node, ties in reversed(self._taken):
            pull = sum(weight * side[other] for other, weight in ties)
            side[node] = 1 if pull >= 0 else -1
        return [side[node] for node in sorted(side)]

    def _reduce(self, node: int) -> Iterable[int]:
        """Take a node out if it is certain where it stands; return the nodes for which that may have become so."""
        ties = self.left.get(node)
        if ties is None:
            return ()
        if not ties:
            self._take(node, ())
            return ()
        heaviest = max(ties, key=lambda other: abs(ties[other]))
        if 2 * abs(ties[heaviest]) >= sum(map(abs, ties.values())):
            return self._join(node, heaviest, 1 if ties[heaviest] > 0 else -1)
        return self._replace_star(node) if len(ties) == _STAR else ()

    def _take(self, node: int, decided_by: Ties) -> Mapping[int, float]:
        ties = self.left.pop(node)
        for other in ties:
            del self.left[other][node]
        self._taken.append((node, decided_by))
        return ties

    def _tie(self, first: int, second: int, weight: float) -> None:
        """Add a weight to a pair; a tie whose weights cancel is none."""
        together = self.left[first].pop(second, 0.0) + weight
        self.left[second].pop(first, None)
        if together:
            self.left[first][second] = self.left[second][first] = together

    def _join(self, node: int, to: int, sign: int) -> Iterable[int]:
        """Take out a node that stands on the side of another, or on the opposite one."""
        ties = self._take(node, ((to, float(sign)),))
        for other, weight in ties.items():
            if other == to:
                self.gained += weight * sign
            else:
                self._tie(to, other, weight * sign)
        return (*ties, to)

    def _replace_star(self, node: int) -> Iterable[int]:
        """Take out a node of three ties: what it adds, |±a ± b ± c|, is a sum over the pairs of its neighbours."""
        ties = tuple(self.left[node].items())
        self._take(node, ties)
        (first, a), (second, b), (third, c) = ties
        same, first_apart, second_apart, third_apart = abs(a + b + c), abs(b + c - a), abs(a + c - b), abs(a + b - c)
        self.gained += (same + first_apart + second_apart + third_apart) / 4
        self._tie(first, second, (same - first_apart - second_apart + third_apart) / 4)
        self._tie(first, third, (same - first_apart + second_apart - third_apart) / 4)
        self._tie(second, third, (same + first_apart - second_apart - third_apart) / 4)
        return first, second, third

    def _join_twins(self) -> Iterable[int]:
        """Join nodes with the same ties, where some are; return the nodes for which more may have become certain."""
        alike: dict[frozenset[int], list[int]] = defaultdict(list)
        for node, ties in self.left.items():
            alike[frozenset(ties)].append(node)
            alike[frozenset((*ties, node))].append(node)
        touched: dict[int, None] = {}
        for nodes in alike.values():
            if 1 < len(nodes) <= _MOST_TWINS:
                touched.update(dict.fromkeys(self._joined(nodes)))
        return touched

    def _joined(self, nodes: Sequence[int]) -> Iterable[int]:
        touched: list[int] = []
        for first, second in combinations(nodes, 2):
            if first in self.left and second in self.left and (sign := self.twins(first, second)):
                touched += self._join(second, first, sign)
        return touched

    def twins(self, first: int, second: int) -> int:
        """Return 1 where two nodes have the same ties up to a factor, −1 where it is negative, 0 where they do not.

        Whatever pulls one pulls the other, and the tie between them does not part them.
        """
        mine, theirs = self.left[first], self.left[second]
        others = [other for other in mine if other != second]
        if not others or len(others) != len(theirs) - (first in theirs):
            return 0
        a, b = mine[others[0]], theirs.get(others[0], 0)
        if not b:
            return 0
        sign = 1 if a * b > 0 else -1
        if mine.get(second, 0) * sign < 0:
            return 0
        return sign if all(mine[other] * b == theirs.get(other, 0) * a for other in others) else 0
