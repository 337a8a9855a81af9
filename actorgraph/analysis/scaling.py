"""Distances between actors, and the map that keeps them best: classical scaling, and how sure each place on it is."""

from __future__ import annotations

from copy import copy
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.camps.louvain import canonical_order
from actorgraph.errors import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actorgraph.analysis.counting.counts import Counts, Matrix

REPLICATES: Final = 200
"""How many times proposals are weighed again."""

_SEED: Final = 0
"""Of the weights: the same positions have the same ellipses."""

QUANTILE: Final = {1: 1.959963984540054**2, 2: -2 * log(0.05)}
"""By the dimensions of a map, the 95 % point of the chi-squared distribution with as many degrees of freedom."""

_AT_ONCE: Final = 8_000_000
"""How many distances are held at a time, 64 MB."""

_NOTHING: Final = 1e-9
"""What part of the largest number is taken for a rounding error."""


class Scaled(NamedTuple):
    """A map: `coordinates` of shape (actors, dimensions), centred, and all `eigenvalues`, the largest first."""

    coordinates: Matrix
    eigenvalues: Matrix


class Spread(NamedTuple):
    """How far the places of actors scatter: the half-axes of their ellipses, of shape (actors, dimensions).

    They are the chi-squared ellipses of the second moments around the place of each actor: one would hold 95 % of the
    places that its actor has in the replicates if they scattered normally. The longer half-axis is first; `angles` are
    those of it to the first axis of the map, in degrees from −90 to 90.
    """

    half_axes: Matrix
    angles: Matrix


class Profiles:
    """What actors hold, as `values` from 0 to 1, and 1 in `has` where they hold anything: (actors, proposals)."""

    def __init__(self, counts: Counts) -> None:
        """Take the positions of a day, of which each actor has one a proposal at most."""
        self.has: Matrix = counts.n.sum(axis=0)
        low = np.array(counts.values) - min(counts.values)
        self.values: Matrix = np.tensordot(low / counts.range, counts.n, axes=1)

    def only(self, actors: Sequence[int], proposals: Sequence[int]) -> Profiles:
        """Return what some actors hold of some proposals, by their places in the order of the counts."""
        part = copy(self)
        part.has, part.values = (matrix[np.ix_(actors, proposals)] for matrix in (self.has, self.values))
        return part

    def distances(self, weights: Matrix) -> Matrix:
        """Return the city-block distances of actors: of shape (sets of weights, actors, actors), 0 on the diagonal.

        A distance is the mean of |q − q'| / R over the proposals that two share, each proposal with its weight; NaN
        where these weigh nothing. `weights` has the shape (sets of weights, proposals).
        """
        actors = len(self.values)
        table = np.zeros((len(weights), actors, actors))
        for at in range(actors - 1):
            both = self.has[at] * self.has[at + 1 :]
            apart = np.abs(self.values[at] - self.values[at + 1 :]) * both
            with np.errstate(invalid="ignore"):
                table[:, at, at + 1 :] = (weights @ apart.T) / (weights @ both.T)
        return table + table.transpose(0, 2, 1)


def classical_scaling(distances: Matrix, dimensions: int) -> Scaled:
    """Return the map that keeps the distances best, by classical scaling (Torgerson 1952, Gower 1966).

    The squared distances are centred twice, B = −½ J D² J, and the eigenvectors of B, each times the root of its
    eigenvalue, are the coordinates; 0 where an eigenvalue is not positive. Each axis points so that the first actor
    that is not at its zero is on the negative side: the same distances give the same map.

    >>> import numpy as np
    >>> line = np.array([0.0, 1.0, 3.0])
    >>> classical_scaling(np.abs(line[:, None] - line), 1).coordinates.round(6).ravel().tolist()
    [-1.333333, -0.333333, 1.666667]
    """
    values, vectors = np.linalg.eigh(_centred(distances))
    values, vectors = values[::-1], vectors[:, ::-1]
    values = np.where(np.abs(values) > _NOTHING * np.abs(values).max(initial=0), values, 0)
    placed = vectors[:, :dimensions] * np.sqrt(np.clip(values[:dimensions], 0, None))
    return Scaled(placed * _signs(placed), values)


def bootstrap(held: Profiles, placed: Matrix) -> Spread:
    """Return how far actors move on a map when other proposals weigh more: ellipses around their places.

    The proposals get random weights, independent and exponential: the Bayesian bootstrap (Rubin 1981), in which none is
    left out, so that no two actors are ever without a proposal that they share. Each map is turned and mirrored onto
    `placed` (orthogonal Procrustes, Schönemann 1966), and the scatter is measured around the places there. Raises
    `UsageProblem` where scipy is not installed.
    """
    actors, dimensions = placed.shape
    scatter = np.zeros((actors, dimensions, dimensions))
    for weights in _weights(held):
        for distances in held.distances(weights):
            moved = _highest(_centred(distances), near=placed)
            left, _, right = np.linalg.svd(moved.T @ placed)
            off = moved @ (left @ right) - placed
            scatter += off[:, :, None] * off[:, None, :]
    sizes, directions = np.linalg.eigh(scatter / REPLICATES)
    half_axes = np.sqrt(QUANTILE[dimensions] * np.clip(sizes[:, ::-1], 0, None))
    longest = directions[:, :, -1]
    angles = np.degrees(np.arctan2(longest[:, -1], longest[:, 0])) if dimensions > 1 else np.zeros(actors)
    round_ones = half_axes[:, 0] - half_axes[:, -1] < _NOTHING  # they point nowhere
    return Spread(half_axes, np.where(round_ones, 0, (angles + 90) % 180 - 90))


def _highest(centred: Matrix, *, near: Matrix) -> Matrix:
    """Return the coordinates that belong to the highest eigenvalues, in any order; they are looked for near a map."""
    try:
        from scipy.sparse.linalg import ArpackError, eigsh
    except ImportError as error:
        raise lacking("a map", "analysis", error) from error
    dimensions = near.shape[1]
    try:
        values, vectors = eigsh(centred, k=dimensions, which="LA", v0=near.sum(axis=1))
    except ArpackError:  # it found no way; the slower way always does
        values, vectors = (part[..., -dimensions:] for part in np.linalg.eigh(centred))
    places: Matrix = vectors * np.sqrt(np.clip(values, 0, None))
    return places


def _weights(held: Profiles) -> Iterator[Matrix]:
    """Yield sets of weights of the proposals, as many at a time as their distances have room."""
    actors, proposals = held.has.shape
    drawn = np.random.default_rng(_SEED).standard_exponential((REPLICATES, proposals))
    step = max(1, _AT_ONCE // (actors * actors))
    for start in range(0, REPLICATES, step):
        yield drawn[start : start + step]


def _centred(distances: Matrix) -> Matrix:
    squared = distances**2
    rows = squared.mean(axis=0)
    centred: Matrix = -0.5 * (squared - rows - rows[:, None] + rows.mean())
    return centred


def _signs(placed: Matrix) -> Matrix:
    """Return for each axis 1 or −1, by which the first actor that is not at its zero has a negative coordinate."""
    off = np.abs(placed) > 1e-6 * np.abs(placed).max(initial=0)
    first = placed[off.argmax(axis=0), np.arange(placed.shape[1])]
    return np.where(first > 0, -1.0, 1.0)


def together(shared: Matrix, conflict: Matrix, least: int) -> tuple[list[int], dict[int, int]]:
    """Return who all share enough proposals with each other, and of who is left out, with how many others each did.

    Whoever shares enough with the fewest of those left goes first, of several the one that shares least in all, until
    each shares at least `least` proposals with each other. `shared` is square, with 0 for an actor and itself. Who
    shares as little as another is told from it by both tables, not by its place in them (see `canonical_order`).

    >>> import numpy as np
    >>> shared, conflict = np.array([[0, 3, 1], [3, 0, 3], [1, 3, 0]]), np.array([[0, 2, 0], [2, 0, 0], [0, 0, 0]])
    >>> together(shared, conflict, 3)
    ([0, 1], {2: 1})
    """
    enough = shared >= least
    np.fill_diagonal(enough, val=False)
    number, sum_of = enough.sum(axis=1), shared.sum(axis=1)
    left = np.ones(len(shared), dtype=bool)
    out: dict[int, int] = {}
    if len(shared) > 1 and number.min() < len(shared) - 1:
        place = np.argsort(canonical_order(shared * (1 + shared.max()) + conflict))
    while left.sum() > 1 and number[left].min() < left.sum() - 1:
        at = min(np.flatnonzero(left).tolist(), key=lambda actor: (number[actor], sum_of[actor], -place[actor]))
        left[at] = False
        out[at] = int(number[at])
        number = number - enough[at]
        sum_of = sum_of - shared[at]
    return np.flatnonzero(left).tolist(), out
