"""The balance of a graph whose ties have signs: its triangles, and the fewest ties that go against any split in two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
import numpy as np

from actorgraph.analysis.camps.splits import best_split, two_sides
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.analysis.counting.counts import Matrix


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
    # Numbers up to 2^24 are exact in single precision, and so are multiplied in half the time.
    positive, negative = ((signs * sign > 0).astype(np.float32) for sign in (1, -1))
    for ties in (positive, negative):
        np.fill_diagonal(ties, 0)
    friends, enemies = positive @ positive, negative @ negative  # how often two have a friend, or an enemy, in common
    around = (friends * positive, friends * negative, enemies * positive, enemies * negative)
    return Census(
        *(round(float(ends.sum(dtype=float))) // times for ends, times in zip(around, (6, 2, 2, 6), strict=True))
    )


def expected_share(positive: int, negative: int) -> float | None:
    """Return the share of triangles that are balanced if so many signs are dealt at random to the ties of any graph.

    It is the mean over all ways to deal them: three ties of a triangle are all positive, or one of them is. None where
    there are fewer than three ties. What is less than it in a graph, or no more, is no sign of balance.

    >>> expected_share(2, 1), expected_share(4, 2), expected_share(0, 3)
    (0.0, 0.4, 0.0)
    """
    k, m = positive, positive + negative
    if m < 3:
        return None
    return (k * (k - 1) * (k - 2) + 3 * k * (m - k) * (m - k - 1)) / (m * (m - 1) * (m - 2))


def frustration(signs: Matrix) -> Frustration:
    """Return the frustration index of a symmetric matrix of signs (−1, 0, 1), with its bound and its split.

    It is the line index of balance of Harary (1959), the frustration index of Aref & Wilson (2019): exact in small
    graphs and in most that are sparse, see `best_split`.

    >>> frustration(np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]]))
    Frustration(index=1, bound=1, exact=True, split=((0, 1, 2), ()), against=((1, 2),))
    """
    signs = np.sign(np.array(signs, dtype=float))
    np.fill_diagonal(signs, 0)
    split = best_split(signs)
    ties = np.count_nonzero(signs) // 2
    sides = np.array(split.sides, dtype=np.int64)
    against = np.argwhere(np.triu(signs * np.outer(sides, sides)) < 0)
    return Frustration(
        round((ties - split.value) / 2),
        round((ties - split.bound) / 2),
        split.exact,
        two_sides(split.sides),
        tuple((int(first), int(second)) for first, second in against),
    )


class CampsOfPart(NamedTuple):
    """The two camps of actors that ties join; between the parts of a graph no tie says which camp goes with which."""

    first: tuple[str, ...]
    second: tuple[str, ...]


class SignedTie(NamedTuple):
    """A tie between two actors: `sign` 1 where they are on one side more often than not, −1 where on opposite ones.

    Of a model, `shared` is on how many proposals both take a position, `agree` on how many of them they are nearer to
    each other than half the scale, and `part` on how many farther apart. Of a table, nothing is known of these.
    `against` says whether it goes against the camps.
    """

    source: str
    target: str
    sign: int
    shared: int | None = None
    agree: int | None = None
    part: int | None = None
    against: bool = False


class SignedStructure(NamedTuple):
    """How balanced the ties among actors are: triangles, and what goes against the best split in two.

    `actors` is how many have a tie. `share` is that of the `balanced` among the `triangles`, None where there are none,
    and `expected` what it would be if the same signs were dealt at random to the same ties: see `expected_share`.
    `frustration` is how many of the `ties` go against the camps, the fewest that were found; no camps have fewer than
    `bound`, and `exact` says whether these are one. `camps` are those of each part of the graph, the largest first.
    """

    actors: int
    positive: int
    negative: int
    triangles: int
    balanced: int
    share: float | None
    expected: float | None
    census: Census
    frustration: int
    bound: int
    exact: bool
    camps: tuple[CampsOfPart, ...]
    ties: tuple[SignedTie, ...]

    @property
    def against(self) -> tuple[SignedTie, ...]:
        """The ties that go against the camps."""
        return tuple(tie for tie in self.ties if tie.against)


def structure_of(actors: Sequence[str], signs: Matrix) -> SignedStructure:
    """Return how balanced a symmetric matrix of signs (−1, 0, 1) between actors is.

    >>> structure_of("ab", np.array([[0, -1], [-1, 0]])).camps
    (CampsOfPart(first=('a',), second=('b',)),)
    """
    census, fewest = triangles(signs), frustration(signs)
    against = set(fewest.against)
    positive, negative = (int(np.count_nonzero(signs * sign > 0)) // 2 for sign in (1, -1))
    return SignedStructure(
        actors=int(np.count_nonzero(signs.any(axis=0))),
        positive=positive,
        negative=negative,
        triangles=census.triangles,
        balanced=census.balanced,
        share=rounded(census.share),
        expected=rounded(expected_share(positive, negative)) if census.triangles else None,
        census=census,
        frustration=fewest.index,
        bound=fewest.bound,
        exact=fewest.exact,
        camps=camps_of_parts(actors, signs, fewest.split[0]),
        ties=tuple(
            SignedTie(actors[a], actors[b], int(signs[a, b]), against=(a, b) in against)
            for a, b in np.argwhere(np.triu(signs)).tolist()
        ),
    )


def camps_of_parts(actors: Sequence[str], ties: Matrix, first_camp: Iterable[int]) -> tuple[CampsOfPart, ...]:
    """Return the camps of each part of a graph, the larger camp first, and the largest part first."""
    first = set(first_camp)
    graph = nx.Graph(map(tuple, np.argwhere(np.triu(ties)).tolist()))
    parts = []
    for part in nx.connected_components(graph):
        camps = (sorted(part & first), sorted(part - first))
        larger, smaller = sorted(camps, key=lambda camp: (-len(camp), camp))
        parts.append(CampsOfPart(*(tuple(actors[at] for at in camp) for camp in (larger, smaller))))
    return tuple(sorted(parts, key=lambda part: (-len(part.first) - len(part.second), part)))
