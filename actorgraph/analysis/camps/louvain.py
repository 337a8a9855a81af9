"""Communities of a weighted graph that is given as a table, by Louvain's method, and an order that no name decides."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    from actorgraph.analysis.counting.counts import Matrix

    Labels: TypeAlias = NDArray[np.intp]

LEAST_GAIN: Final = 1e-7
"""By how much a level must raise modularity for another to follow, as networkx has it."""

_NOISE: Final = 1e-12
"""What sums of the same numbers in another order may differ by, as a share of the whole."""


def louvain(weights: Matrix, seed: int) -> Labels:
    """Return the community of each node, as numbers from 0, of a graph that has a tie.

    It is the method of Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks",
    Journal of Statistical Mechanics 2008, P10008, step by step as `networkx.community.louvain_communities` takes it:
    same seed, same visits, same communities, but for ties between equal gains, where the first is taken. Networkx takes
    20 seconds for 50 seeds where 500 actors are each tied to half of the others. `weights` are square, symmetric and
    not negative.

    >>> louvain(np.array([[0.0, 2, 0, 0], [2, 0, 1, 0], [0, 1, 0, 2], [0, 0, 2, 0]]), 0).tolist()
    [0, 0, 1, 1]
    """
    chance = Random(seed)  # noqa: S311 - no secret, but the same visits every time
    table, labels = weights, np.arange(len(weights))
    while True:
        moved = _moved(table, chance)
        merged = _merged(table, moved)
        labels = moved[labels]
        if _modularity(merged) - _modularity(table) <= LEAST_GAIN:
            return labels
        table = merged


def _moved(table: Matrix, chance: Random) -> Labels:
    """Return the community of each node once no node gains by moving to that of a neighbour."""
    visits = list(range(len(table)))
    chance.shuffle(visits)
    homes = _Homes(table[np.ix_(visits, visits)])
    while homes.visit_all():
        pass
    founder = np.array(visits)[homes.founder[homes.label]]  # a community is numbered after whose it was at first
    label = np.empty_like(founder)
    label[visits] = founder
    return np.unique(label, return_inverse=True)[1]


class _Homes:
    """In which community each node is, while nodes are visited in their order and move where modularity gains most.

    It looks ahead: as long as nobody moves, twice as many nodes are asked at once, and the first that moves is moved.
    That is what asking one after the other comes to. What a node gains is told times the sum of all weights, halved.
    """

    def __init__(self, table: Matrix) -> None:
        self._degree = table.sum(axis=1)
        self._noise = _NOISE * self._degree.sum()
        self._share = self._degree / self._degree.sum()
        self._ties = table * (1 - np.eye(len(table)))  # of each node to the others
        self.label: Labels = np.arange(len(table))
        self.founder = self.label.copy()  # of each community
        self._near = self._ties.copy()  # of each node to each community
        self._volume = self._degree.copy()  # of each community

    def visit_all(self) -> bool:
        """Visit each node once; return whether any has moved."""
        nodes, at, ahead, moved = len(self.label), 0, 1, False
        while at < nodes:
            mover, best = self._first_that_moves(at, at + ahead)
            if mover is None:
                at, ahead = at + ahead, 2 * ahead
            else:
                self._move(mover, best)
                at, ahead, moved = mover + 1, 1, True
        kept, self.label = np.unique(self.label, return_inverse=True)
        self._near, self._volume, self.founder = self._near[:, kept], self._volume[kept], self.founder[kept]
        return moved

    def _first_that_moves(self, first: int, end: int) -> tuple[int | None, int]:
        """Return the first of the nodes from `first` to before `end` that gains by moving, and to where."""
        near, share, home = self._near[first:end], self._share[first:end], self.label[first:end]
        gain = near - share[:, None] * self._volume
        gain[near <= self._noise] = -np.inf  # who has no tie there does not move there
        here = np.arange(len(home)), home
        gain[here] = near[here] - share * (self._volume[home] - self._degree[first:end]) + self._noise
        best = gain.argmax(axis=1)
        movers = np.flatnonzero(best != home)
        return (first + int(movers[0]), int(best[movers[0]])) if len(movers) else (None, -1)

    def _move(self, node: int, to: int) -> None:
        for community, sign in ((self.label[node], -1), (to, 1)):
            self._near[:, community] += sign * self._ties[node]
            self._volume[community] += sign * self._degree[node]
        self.label[node] = to


def modularity(weights: Matrix, label: Labels) -> float:
    """Return Newman and Girvan's modularity (Physical Review E 69, 2004, 026113) of communities, weighted.

    >>> modularity(np.array([[0.0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]), np.array([0, 0, 1, 1]))
    0.5
    """
    return _modularity(_merged(weights, label))


def _merged(table: Matrix, label: Labels) -> Matrix:
    """Return the weights within and between communities, in the order of their numbers.

    They are added up in one order, on any machine; a product of matrices would be slower, and be shared among threads.
    """
    order = np.argsort(label, kind="stable")
    starts = np.unique(label[order], return_index=True)[1]
    rows = np.add.reduceat(table[order], starts, axis=0)
    merged: Matrix = np.add.reduceat(rows[:, order], starts, axis=1)
    return merged


def _modularity(table: Matrix) -> float:
    """Return the modularity of communities, given the weights within and between them."""
    total = table.sum()
    return float(np.trace(table) / total - ((table.sum(axis=1) / total) ** 2).sum())


def canonical_order(weights: Matrix) -> Labels:
    """Return the nodes of a graph in an order that its weights alone decide, not how its nodes are numbered.

    Nodes are told apart by what they are tied to, again and again (colour refinement); where several are alike, one of
    them is set apart, and it goes on. Nodes that are alike in the whole graph may come in either order, which gives the
    same table; where all that are left of a colour are tied alike, they are set apart at once. (Graphs of many nodes
    that are alike to this test, but not in fact, are the exception.)

    >>> line, other = np.array([[0.0, 5, 0], [5, 0, 1], [0, 1, 0]]), np.array([[0.0, 1, 5], [1, 0, 0], [5, 0, 0]])
    >>> [table[np.ix_(order, order)].tolist() for table in (line, other) if (order := canonical_order(table)).any()]
    [[[0.0, 5.0, 0.0], [5.0, 0.0, 1.0], [0.0, 1.0, 0.0]], [[0.0, 5.0, 0.0], [5.0, 0.0, 1.0], [0.0, 1.0, 0.0]]]
    """
    values, kind = np.unique(weights, return_inverse=True)
    chance = np.random.default_rng(0)
    heard_as, said_as = (chance.integers(2**63, size=size, dtype=np.uint64) for size in (len(values), len(weights)))
    ties = heard_as[kind.reshape(weights.shape)]
    colour = _refined(ties, said_as, np.zeros(len(weights), dtype=np.intp))
    while (alike := np.bincount(colour) > 1).any():
        first = alike.argmax()
        members = np.flatnonzero(colour == first)
        if _twins(ties, members):  # nobody else is told apart by which of them is which
            colour[colour > first] += len(members) - 1
            colour[members] += np.arange(len(members))
        else:
            colour = 2 * colour + 1
            colour[members[0]] -= 1
            colour = _refined(ties, said_as, np.unique(colour, return_inverse=True)[1])
    return np.argsort(colour)


def _twins(ties: NDArray[np.uint64], members: Labels) -> bool:
    """Return whether any two of some nodes can change places: all are tied alike to the others, and to each other."""
    rows = ties[members]
    among = rows[:, members]
    outside = np.ones(len(ties), dtype=bool)
    outside[members] = False
    themselves = np.eye(len(members), dtype=bool)
    alike = (
        (rows[:, outside] == rows[0, outside]).all(),
        *(np.ptp(among[part]) == 0 for part in (themselves, ~themselves)),
    )
    return all(alike)


def _refined(ties: NDArray[np.uint64], said_as: NDArray[np.uint64], colour: Labels) -> Labels:
    """Return the colours of nodes, from 0, once no two of one colour are tied to other colours in another way."""
    while True:
        heard = (ties * said_as[colour]).sum(axis=1)  # whole numbers, modulo 2^64: no order of adding shows
        order = np.lexsort((heard, colour))
        new = (np.diff(colour[order]) != 0) | (heard[order][1:] != heard[order][:-1])
        finer = np.empty_like(colour)
        finer[order] = np.concatenate(([0], np.cumsum(new)))
        if finer.max() == colour.max():
            return finer
        colour = finer
