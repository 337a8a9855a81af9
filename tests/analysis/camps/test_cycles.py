"""Covers of negative cycles: what violated ties weigh at least."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from signed_graphs import Matrix, by_hand, weights

from actorgraph.analysis.camps.cycles import CycleCover, packed, priced

TOLERANCE, ROUNDING = 1e-3, 1e-9
"""How far below the truth a bound may be, for a solver's tolerances, and how far above."""


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


@examples(40)
@given(weights(most=8))
def test_the_cover_is_what_is_violated(matrix: Matrix) -> None:
    pytest.importorskip("scipy")
    least = violated(matrix)
    cover = CycleCover(matrix).cover(least + 1, 1.0)  # somebody has a split with one violated tie too many
    assert least - TOLERANCE < cover.bound < least + ROUNDING
    if cover.sides is not None:
        assert cover.sides @ matrix @ cover.sides / 2 == by_hand(matrix)


def test_five_who_all_are_enemies_need_the_integer_program() -> None:
    """The shortest odd cycles are triangles: a third of each tie covers them all, 10/3, and four must go."""
    pytest.importorskip("scipy")
    enemies = np.eye(5) - np.ones((5, 5))
    cover = CycleCover(enemies).cover(5.0, 1.0)
    assert 4 - TOLERANCE < cover.bound < 4


TRIANGLES = np.array(
    [[a in three and b in three for a, b in combinations(range(5), 2)] for three in combinations(range(5), 3)],
    dtype=float,
)
"""Of five who all are enemies: which of the ten ties (columns) are in which of the ten triangles (rows)."""


@given(st.lists(st.floats(-1, 3), min_size=10, max_size=10))
def test_whatever_the_prices_are_what_they_prove_is_true(prices: list[float]) -> None:
    """A third of each tie covers all triangles and weighs 10/3: more is never proved."""
    assert priced(TRIANGLES, np.ones(10), np.array(prices)) <= 10 / 3 + 1e-12


def test_the_right_prices_prove_all_there_is() -> None:
    assert priced(TRIANGLES, np.ones(10), np.full(10, 1 / 3)) == pytest.approx(10 / 3)


@pytest.mark.parametrize("off", [1e-7, 0.1])
def test_a_solver_that_claims_too_much_is_not_believed(monkeypatch: pytest.MonkeyPatch, off: float) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    solve = optimize.linprog

    def too_high(*given: Matrix, **options: object) -> object:
        solved = solve(*given, **options)
        solved.fun += 1
        solved.ineqlin.marginals -= off
        return solved

    monkeypatch.setattr(optimize, "linprog", too_high)
    triangle = np.ones((3, 3)) - np.eye(3)
    triangle[0, 1] = triangle[1, 0] = -1
    assert CycleCover(triangle).cover(5.0, 1.0).bound <= 1


def test_the_integer_program_is_believed_up_to_its_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four ties must go; a bound that is above by less than what the solver calls equal does not become five."""
    optimize = pytest.importorskip("scipy.optimize")
    solve = optimize.milp

    def rounded_up(*given: Matrix, **options: object) -> object:
        solved = solve(*given, **options)
        solved.mip_dual_bound += 5e-6
        return solved

    monkeypatch.setattr(optimize, "milp", rounded_up)
    assert 4 - TOLERANCE < CycleCover(np.eye(5) - np.ones((5, 5))).cover(5.0, 1.0).bound < 4
