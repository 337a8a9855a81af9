"""Scaling: distances and maps that are known, how far places move, who can be on one map, and the laws."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.counting.counts import Counts
from actorgraph.analysis.scaling import Profiles, bootstrap, classical_scaling, together

VOTES = ("supports", "neutral", "opposes")

drawn = st.lists(st.lists(st.sampled_from((*VOTES, "")), min_size=6, max_size=6), min_size=2, max_size=5)


def counts(table: list[list[str]]) -> Counts:
    """Return the counts of a table with a line an actor and a column a proposal; an empty cell is silence."""
    return Counts(
        (
            (f"a{row}", f"p{column}", position, ("r",))
            for row, line in enumerate(table)
            for column, position in enumerate(line)
            if position
        ),
        levels="scale",
        actors=[f"a{row}" for row in range(len(table))],
        proposals=[f"p{column}" for column in range(6)],
    )


@given(drawn)
def test_a_distance_is_the_conflict_by_what_two_share(table: list[list[str]]) -> None:
    counted = counts(table)
    (found,) = Profiles(counted).distances(np.ones((1, 6)))
    shared = counted.shared()
    assert np.array_equal(found, found.T, equal_nan=True)
    assert not found.diagonal().any()
    some = shared > 0
    assert np.allclose(found[some], counted.conflict()[some] / shared[some])
    assert np.isnan(found[~some & ~np.eye(len(table), dtype=bool)]).all(), "who shares nothing has no distance"


@given(drawn, st.integers(0, 5))
def test_a_weight_of_two_is_the_same_proposal_twice(table: list[list[str]], twice: int) -> None:
    weights = np.ones((1, 6))
    weights[0, twice] = 2
    (weighed,) = Profiles(counts(table)).distances(weights)
    profiles = Profiles(counts(table)).only(range(len(table)), [*range(6), twice])
    (doubled,) = profiles.distances(np.ones((1, 7)))
    assert np.allclose(weighed, doubled, equal_nan=True)


def test_a_square_of_known_places_is_kept() -> None:
    square = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 1.0], [0.0, 1.0]])
    distances = np.linalg.norm(square[:, None] - square, axis=2)
    placed, eigenvalues = classical_scaling(distances, 2)
    assert np.allclose(distances, np.linalg.norm(placed[:, None] - placed, axis=2))
    assert np.allclose([9, 1, 0, 0], eigenvalues), "the sums of squares along the two sides"
    assert np.allclose(0, placed.sum(axis=0))
    assert (placed[0] < 0).all(), "the first actor is on the negative side of each axis"


def test_what_no_plane_holds_has_negative_eigenvalues() -> None:
    """Three that are 1 apart, and each ½ from a fourth: no place is so near all three corners."""
    distances = np.ones((4, 4)) - np.eye(4)
    distances[3, :3] = distances[:3, 3] = 0.5
    assert classical_scaling(distances, 2).eigenvalues.min() < -0.01


def test_all_in_one_place() -> None:
    placed, eigenvalues = classical_scaling(np.zeros((4, 4)), 2)
    assert not placed.any()
    assert not eigenvalues.any()


CAMPS = [[*["supports"] * 6], [*["supports"] * 6], [*["opposes"] * 6], [*["opposes"] * 6]]


@pytest.mark.parametrize("dimensions", [1, 2])
def test_where_all_proposals_tell_the_same_nothing_moves(dimensions: int) -> None:
    profiles = Profiles(counts(CAMPS))
    placed = classical_scaling(profiles.distances(np.ones((1, 6)))[0], dimensions).coordinates
    spread = bootstrap(profiles, placed)
    assert (4, dimensions) == spread.half_axes.shape
    assert spread.half_axes.max() < 1e-6
    assert not spread.angles.any()


def test_who_hangs_on_single_proposals_moves_most() -> None:
    table = [*CAMPS, ["supports", "opposes", "neutral", "opposes", "supports", "neutral"]]
    profiles = Profiles(counts(table))
    placed = classical_scaling(profiles.distances(np.ones((1, 6)))[0], 1).coordinates
    half = bootstrap(profiles, placed).half_axes[:, 0]
    assert half.argmax() == 4
    assert 0.1 < half[4] < 0.6, "about 1.96 times the root of the variance of a mean of six, each 0, ½ or 1, twice"
    assert np.array_equal(half, bootstrap(profiles, placed).half_axes[:, 0]), "the same seed, the same ellipses"


def test_who_can_be_on_one_map() -> None:
    shared = np.array(
        [[0, 4, 4, 0, 1], [4, 0, 4, 3, 0], [4, 4, 0, 0, 0], [0, 3, 0, 0, 0], [1, 0, 0, 0, 0]], dtype=float
    )
    assert ([0, 1, 2], {4: 0, 3: 1}) == together(shared, np.zeros((5, 5)), 3)
    assert ([0], {2: 0, 1: 0}) == together(np.zeros((3, 3)), np.zeros((3, 3)), 1)
    assert ([], {}) == together(np.zeros((0, 0)), np.zeros((0, 0)), 1)


@given(st.lists(st.integers(0, 4), min_size=15, max_size=15), st.integers(1, 4))
def test_who_is_left_shares_enough_with_everybody_left(numbers: list[int], least: int) -> None:
    shared = np.zeros((6, 6))
    shared[np.triu_indices(6, 1)] = numbers
    shared += shared.T
    left, out = together(shared, np.zeros((6, 6)), least)
    assert sorted([*left, *out]) == list(range(6))
    assert all(shared[one, other] >= least for one in left for other in left if one != other)


@given(drawn, st.integers(1, 3), st.randoms())
def test_how_actors_are_ordered_decides_nothing(table: list[list[str]], least: int, chance: Random) -> None:
    """Who is left shares the same, and is as far apart, whoever comes first: of those alike it may be any."""
    order = list(range(len(table)))
    chance.shuffle(order)
    told = []
    for lines in (table, [table[at] for at in order]):
        said = counts(lines)
        shared, conflict = said.shared(), said.conflict()
        left, out = together(shared, conflict, least)
        pairs = sorted((shared[one, other], conflict[one, other]) for one in left for other in left)
        told.append((pairs, sorted(out.values())))
    assert told[0] == told[1]
