"""Structural balance: how far friends of friends are friends, and enemies of enemies, and what goes against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actorgraph.analysis.splits import best_split, two_sides

if TYPE_CHECKING:
    from actorgraph.analysis.counts import Matrix


class Census(NamedTuple):
    """How many triangles have no, one, two or three negative ties: +++, ++−, +−− and −−−."""

    none_negative: int
    one_negative: int
    two_negative: int
    all_negative: int

    @property
    def triangles(self) -> int:
        """How many triangles there are."""
        return sum(self)

    @property
    def balanced(self) -> int:
        """How many are balanced: an even number of their ties is negative (Cartwright & Harary 1956)."""
        return self.none_negative + self.two_negative

    @property
    def share(self) -> float | None:
        """The share of triangles that are balanced; None where there is no triangle."""
        return self.balanced / self.triangles if self.triangles else None


@dataclass(frozen=True)
class Frustration:
    """The fewest ties whose removal, or whose change of sign, makes all balanced; and the split that shows it.

    `index` is the number of ties that go against `split`, the smallest that was found; no split has fewer than `bound`,
    and `exact` says whether these are one. `split` has the indices of the two camps, that of the first actor first;
    parts that no tie joins could as well be turned round. `against` are the pairs of indices whose ties go against it.
    """

    index: int
    bound: int
    exact: bool
    split: tuple[tuple[int, ...], tuple[int, ...]]
    against: tuple[tuple[int, int], ...]


def triangles(signs: Matrix) -> Census:
    """Return how many triangles of a symmetric matrix of signs (−1, 0, 1) are of which kind.

    >>> triangles(np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]]))
    Census(none_negative=0, one_negative=1, two_negative=0, all_negative=0)
    """
    positive, negative = ((signs * sign > 0).astype(float) for sign in (1, -1))
    for ties in (positive, negative):
        np.fill_diagonal(ties, 0)
    friends, enemies = positive @ positive, negative @ negative  # how often two have a friend, or an enemy, in common
    around = (friends * positive, friends * negative, enemies * positive, enemies * negative)
    return Census(*(round(float(ends.sum())) // times for ends, times in zip(around, (6, 2, 2, 6), strict=True)))


def frustration(signs: Matrix) -> Frustration:
    """Return the frustration index of a symmetric matrix of signs (−1, 0, 1), with its bound and its split.

    It is the line index of balance of Harary (1959), the frustration index of Aref & Wilson (2019): exact in small
    graphs and in most that are sparse, see `best_split`.

    >>> frustration(np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]]))
    Frustration(index=1, bound=1, exact=True, split=((0, 1, 2), ()), against=((1, 2),))
    """
    signs = np.sign(np.array(signs, dtype=float))
    np.fill_diagonal(signs, 0)
    found = best_split(signs)
    ties = np.count_nonzero(signs) // 2
    sides = np.array(found.sides, dtype=np.int64)
    against = np.argwhere(np.triu(signs * np.outer(sides, sides)) < 0)
    return Frustration(
        round((ties - found.value) / 2),
        round((ties - found.bound) / 2),
        found.exact,
        two_sides(found.sides),
        tuple((int(first), int(second)) for first, second in against),
    )
