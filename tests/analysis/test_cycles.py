"""Covers of negative cycles: what violated ties weigh at least."""

import numpy as np
import pytest
from hypothesis import given, settings
from signed_graphs import Matrix, by_hand, weights

from actorgraph.analysis.cycles import CycleCover, packed


def violated(matrix: Matrix) -> float:
    return float((np.abs(matrix).sum() / 2 - by_hand(matrix)) / 2)


@given(weights())
def test_disjoint_cycles_weigh_no_more_than_what_is_violated(matrix: Matrix) -> None:
    assert packed(matrix, np.ones(len(matrix), dtype=np.int64)) <= violated(matrix)


def test_cycles_that_share_no_tie_count_each() -> None:
    two = np.zeros((5, 5))
    for a, b, sign in ((0, 1, 1), (1, 2, 1), (0, 2, -1), (2, 3, 1), (3, 4, 1), (2, 4, -1)):
        two[a, b] = two[b, a] = sign
    assert packed(two, np.ones(5, dtype=np.int64)) == 2


@settings(max_examples=40)
@given(weights(most=8))
def test_the_cover_is_what_is_violated(matrix: Matrix) -> None:
    pytest.importorskip("scipy")
    least = violated(matrix)
    cover = CycleCover(matrix).cover(least + 1, 1.0)  # somebody has a split with one violated tie too many
    assert cover.bound == pytest.approx(least)
    if cover.sides is not None:
        assert cover.sides @ matrix @ cover.sides / 2 == by_hand(matrix)


def test_five_who_all_are_enemies_need_the_integer_program() -> None:
    """The shortest odd cycles are triangles: a third of each tie covers them all, 10/3, and four must go."""
    pytest.importorskip("scipy")
    enemies = np.eye(5) - np.ones((5, 5))
    cover = CycleCover(enemies).cover(5.0, 1.0)
    assert cover.bound == pytest.approx(4)
