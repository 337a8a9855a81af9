"""The two-camp index: how well the best split of the actors in two tells who agrees with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from actorgraph.analysis.camps.splits import best_split, two_sides

if TYPE_CHECKING:
    from actorgraph.analysis.counting.counts import Matrix


@dataclass(frozen=True)
class Camps:
    """The two-camp index, 0 to 1, with one that no split exceeds; both None where nothing is shared.

    It is 1 where all agree with their own camp and none with the other. `exact` says whether no split has a greater
    one. `split` has the indices of the two camps, that of the first actor first; who shares nothing is in neither, and
    parts that share nothing with each other could as well be turned round.
    """

    index: float | None
    bound: float | None
    exact: bool
    split: tuple[tuple[int, ...], tuple[int, ...]]


def two_camps(congruence: Matrix, conflict: Matrix) -> Camps:
    """Return the two-camp index of symmetric matrices of how much actors agree, and how much they disagree.

    Over all splits in two, it is the greatest of (congruence within + conflict between − conflict within − congruence
    between) / (congruence + conflict), each pair once; see `best_split` for when it is exact.

    >>> two_camps(np.array([[0, 2, 0], [2, 0, 1], [0, 1, 0]]), np.array([[0, 0, 3], [0, 0, 1], [3, 1, 0]]))
    Camps(index=0.7142857142857143, bound=0.7142857142857143, exact=True, split=((0, 1), (2,)))
    """
    congruence, conflict = (np.triu(np.array(matrix, dtype=float), 1) for matrix in (congruence, conflict))
    together = congruence + conflict
    whole = float(together.sum())
    if whole == 0:
        return Camps(None, None, True, ((), ()))
    net = congruence - conflict
    split = best_split(net + net.T)
    share = together.sum(axis=0) + together.sum(axis=1)
    return Camps(split.value / whole, split.bound / whole, split.exact, two_sides(split.sides, share > 0))
