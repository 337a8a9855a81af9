"""The best split of actors in two, where each pair is to stand together or apart with a weight; and how good it is."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

import networkx as nx
import numpy as np

from actorgraph.analysis.camps.contraction import Contraction
from actorgraph.analysis.camps.cycles import CycleCover, packed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from actorgraph.analysis.counting.counts import Matrix

    Sides = NDArray[np.int64]

ENUMERATED: Final = 16
"""Up to how many actors every split is tried."""

_MOST_STEPS: Final = 24_000
_STARTS: Final = 10
"""How many steps a search may take in all, from how many starts."""

_MOST_TIES: Final = 600
"""Up to how many ties a split is proved by cycles; of more the eigenvalue bound is near, and cycles take long."""

_PARTS: Final = (0.0, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)
_TURNS: Final = 12
_LARGE: Final = 200
"""Which diagonals the eigenvalue bound tries, and how often it improves the best, unless there are many actors."""


class Halves(NamedTuple):
    """A split in two: the sum of w · s · s over pairs that it reaches, and one that no split exceeds.

    `sides` has 1 or −1 for each, 1 for the first of all. `exact` says whether it is proved that no split is better.
    """

    value: float
    bound: float
    exact: bool
    sides: tuple[int, ...]


def best_split(weights: Matrix) -> Halves:
    """Return how to split actors in two so that the sum of weight · side · side over pairs is as great as can be.

    `weights` is square and symmetric; its diagonal counts for nothing. Actors of whom it is certain where they stand
    are set aside, and blocks that one actor alone joins are solved each for itself. Up to 16 actors every split is
    tried, else a tabu search from seeded starts finds one, and a bound proves how good it is: disjoint negative cycles,
    the eigenvalue bound (Delorme & Poljak 1993), or with scipy the least cover of negative cycles, by cutting planes.
    These are right up to rounding. Where all weights are multiples of 1, ½, ¼ or ⅛, another split is better by a
    multiple, too, and so a bound that is near proves the split the best; of other weights only trying every split does,
    or a split that leaves no tie violated.

    >>> best_split(np.array([[0, 1, 1], [1, 0, -3], [1, -3, 0]]))
    Halves(value=3.0, bound=3.0, exact=True, sides=(1, 1, -1))
    """
    weights = np.array(weights, dtype=float)
    np.fill_diagonal(weights, 0)
    unit = _unit(weights)
    smaller = Contraction(weights)
    graph: nx.Graph = nx.Graph([(a, b) for a, ties in smaller.left.items() for b in ties])
    gap, exact = 0.0, True
    relations: nx.Graph = nx.Graph()
    for block in map(sorted, nx.biconnected_components(graph)):
        inner = np.array([[smaller.left[a].get(b, 0.0) for b in block] for a in block])
        solved = _solve(inner, unit)
        gap += solved.bound - solved.value
        exact = exact and solved.exact
        relations.add_weighted_edges_from(
            (block[0], node, side * solved.sides[0]) for node, side in zip(block[1:], solved.sides[1:], strict=True)
        )
    known = {}
    for part in map(sorted, nx.connected_components(relations)):
        known[part[0]] = 1
        for a, b in nx.bfs_edges(relations, part[0]):
            known[b] = known[a] * int(relations[a][b]["weight"])
    sides = np.array(smaller.sides(known), dtype=np.int64)
    sides *= sides[0] if len(sides) else 1
    value, most = _worth(weights, sides), float(np.abs(weights).sum()) / 2
    return Halves(value, value if exact else max(value, min(most, value + gap)), exact, tuple(map(int, sides)))


def two_sides(
    sides: Iterable[int], takes_part: Iterable[bool] | NDArray[np.bool_] | None = None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the indices of those on side 1, and of those on side −1, without those who do not take part.

    >>> two_sides((1, -1, 1), (True, True, False))
    ((0,), (1,))
    """
    counted = repeat(True) if takes_part is None else takes_part
    taking = [(at, side) for at, (side, part) in enumerate(zip(sides, counted, strict=False)) if part]
    return tuple(at for at, side in taking if side > 0), tuple(at for at, side in taking if side < 0)


def _unit(weights: Matrix) -> float:
    """Return the greatest of some units of which all weights are multiples; 0 where they are of none."""
    return next((unit for unit in (1.0, 0.5, 0.25, 0.125) if not np.any(weights / unit % 1)), 0.0)


def _worth(weights: Matrix, sides: Sides) -> float:
    return float(sides @ weights @ sides) / 2


def _solve(weights: Matrix, unit: float) -> Halves:
    """Return the best split of one block."""
    if len(weights) <= ENUMERATED:
        sides = _enumerated(weights)
        value = _worth(weights, sides)
        return Halves(value, value, True, tuple(sides))
    sides = _searched(weights)
    value, most = _worth(weights, sides), float(np.abs(weights).sum()) / 2
    if not np.any(weights * np.outer(sides, sides) < 0):
        return Halves(value, value, True, tuple(sides))
    ties = np.count_nonzero(weights) // 2
    bound = min(most, _eigenvalue_bound(weights, sides))
    if ties <= _MOST_TIES:
        bound = min(bound, most - 2 * packed(weights, sides))
        if _gap(value, bound, unit) > 2 * _rounding(bound):
            try:
                cover = CycleCover(weights).cover((most - value) / 2, unit)
            except ImportError:  # the bound is that of the other ways
                pass
            else:
                bound = min(bound, most - 2 * cover.bound)
                if cover.sides is not None and _worth(weights, cover.sides) > value:
                    sides, value = cover.sides, _worth(weights, cover.sides)
    gap = _gap(value, bound, unit)
    return Halves(value, value + gap, gap == 0, tuple(sides))


def _gap(value: float, bound: float, unit: float) -> float:
    """Return how much better another split may be: a tie that changes from violated to satisfied counts twice.

    Where weights have no unit it is never 0: a bound is right up to rounding only.
    """
    gap = max(0.0, bound - value) + _rounding(bound)
    return float(np.floor(gap / (2 * unit))) * 2 * unit if unit else gap


def _rounding(bound: float) -> float:
    """Return what a bound may be too low by, since numbers are rounded."""
    return 1e-7 * max(1.0, abs(bound))


def _enumerated(weights: Matrix) -> Sides:
    """Return the best of all splits."""
    number = len(weights) - 1
    others = (np.arange(1 << number)[:, None] >> np.arange(number)) & 1
    every = np.hstack([np.ones((1 << number, 1)), 1 - 2 * others])
    worth = np.einsum("ij,ij->i", every @ weights, every)
    best: Sides = every[int(np.argmax(worth))].astype(np.int64)
    return best


def _searched(weights: Matrix) -> Sides:
    """Return a good split, the same for the same weights, by tabu search from an eigenvector and random starts."""
    chance = np.random.default_rng(0)
    steps = min(_MOST_STEPS // _STARTS, 30 * len(weights) + 200)
    starts = [np.where(np.linalg.eigh(weights)[1][:, -1] >= 0, 1, -1)]
    starts += [chance.choice([-1, 1], size=len(weights)) for _ in range(_STARTS - 1)]
    splits = (_improved(weights, start.astype(float), steps, chance) for start in starts)
    return max(splits, key=lambda sides: _worth(weights, sides))


def _improved(weights: Matrix, sides: Matrix, steps: int, chance: np.random.Generator) -> Sides:
    """Return the best split that is met when time and again the best actor changes sides that did not do so lately."""
    pull = weights @ sides
    free_again = np.zeros(len(sides))
    tenures = chance.integers(len(sides) // 20 + 3, len(sides) // 20 + 12, size=steps)
    worth = greatest = 0.0
    best = sides.copy()
    for step in range(steps):
        gain = -2 * sides * pull
        forbidden = (free_again > step) & (worth + gain <= greatest)
        gain[forbidden] = -np.inf
        at = int(np.argmax(gain))
        if gain[at] == -np.inf:
            continue
        worth += gain[at]
        pull -= 2 * sides[at] * weights[:, at]
        sides[at] = -sides[at]
        free_again[at] = step + tenures[step]
        if worth > greatest + 1e-9:
            greatest, best = worth, sides.copy()
    return best.astype(np.int64)


def _eigenvalue_bound(weights: Matrix, sides: Sides) -> float:
    """Return a sum that no split exceeds: n · the greatest eigenvalue / 2, with a diagonal that makes it small.

    Any diagonal whose sum is 0 gives a bound. Of a split that is the best, and for which the bound is sharp, the right
    one is known: it makes the split an eigenvector; in between it and none lies a good one for others.
    """
    size = len(weights)
    reached = sides * (weights @ sides)
    towards = reached.mean() - reached
    scaled = [part * towards for part in _PARTS]
    bounds = [size * float(np.linalg.eigvalsh(weights + np.diag(diagonal))[-1]) / 2 for diagonal in scaled]
    least, diagonal = min(bounds), scaled[int(np.argmin(bounds))]
    for turn in range(_TURNS if size <= _LARGE else 0):
        values, vectors = np.linalg.eigh(weights + np.diag(diagonal))
        least = min(least, size * float(values[-1]) / 2)
        diagonal = diagonal - (vectors[:, -1] ** 2 * size - 1) * abs(values[-1]) * 0.3 / (turn + 1)
        diagonal -= diagonal.mean()
    return least + 1e-9 * size * max(1.0, float(np.abs(weights).max(initial=0)))
