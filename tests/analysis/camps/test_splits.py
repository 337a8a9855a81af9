"""The best split in two: as good as every split tried one by one, and where it is not proved, bounded."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from signed_graphs import Matrix, by_hand, signed, weights

from actorgraph.analysis.camps import splits
from actorgraph.analysis.camps.splits import best_split, two_sides


@given(weights())
def test_no_split_is_better(matrix: Matrix) -> None:
    found = best_split(matrix)
    sides = np.array(found.sides)
    assert found.exact
    assert found.value == found.bound == sides @ matrix @ sides / 2 == by_hand(matrix)


@examples(40)
@given(weights())
def test_the_cover_of_cycles_finds_the_same(matrix: Matrix) -> None:
    """Large graphs are not enumerated; small ones solved as if they were large show that they are solved rightly."""
    pytest.importorskip("scipy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splits, "ENUMERATED", 2)
        found = best_split(matrix)
    assert (found.exact, found.value) == (True, by_hand(matrix))


@given(weights(), st.data())
def test_who_is_called_what_and_which_sign_is_which_does_not_matter(matrix: Matrix, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(matrix))))
    switch = np.array([data.draw(st.sampled_from([-1, 1])) for _ in order])
    assert best_split(matrix).value == best_split((matrix * np.outer(switch, switch))[np.ix_(order, order)]).value


def test_a_graph_that_is_too_large_to_be_proved_has_a_bound() -> None:
    found = best_split(signed(80, 1.0))
    assert not found.exact
    assert 450 < found.value < found.bound < 716  # of 3160 ties; 716 is √80³, the eigenvalue of a large such matrix


@examples(40)
@given(weights(), st.sampled_from([np.sqrt(2), 1 / 3, 1e-9, 1e9 / 7]))
def test_weights_without_a_unit_are_bounded_but_not_proved(matrix: Matrix, by: float) -> None:
    """Every split tried proves it, and none better than one that violates nothing; a bound by cycles is rounded."""
    pytest.importorskip("scipy")
    matrix = matrix * by
    best = by_hand(matrix)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splits, "ENUMERATED", 2)
        found = best_split(matrix)
    assert found.value <= found.bound
    assert found.exact == (found.value == found.bound)
    assert found.bound >= best - 1e-12 * by, "no split exceeds it"
    assert found.value == pytest.approx(best)
    assert best_split(matrix).exact


def test_a_split_that_is_better_by_less_than_a_rounding_error_is_not_denied() -> None:
    """Ties weigh a little more than one another: which of them on a cycle goes is worth less than a tolerance."""
    pytest.importorskip("scipy")
    matrix = signed(40, 0.2)
    least = np.abs(matrix) * np.random.default_rng(0).random(matrix.shape) * 1e-9
    found = best_split(matrix + np.triu(least) + np.triu(least).T)
    assert not found.exact
    assert found.value < found.bound < found.value + 1e-3


def test_who_is_at_peace_is_proved_whatever_the_weights() -> None:
    camps = np.where(np.arange(30) % 3 == 0, 1, -1)
    matrix = np.outer(camps, camps) * np.add.outer(np.arange(30), np.arange(30)) * np.pi
    np.fill_diagonal(matrix, 0)
    found = best_split(matrix)
    assert (True, found.value) == (found.exact, found.bound)
    assert found.value == pytest.approx(np.abs(matrix).sum() / 2)


def test_without_scipy_there_is_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = signed(40, 0.2)
    exact = best_split(matrix)
    monkeypatch.setitem(__import__("sys").modules, "scipy.optimize", None)
    without = best_split(matrix)
    assert exact.exact
    assert without.value <= exact.value <= without.bound < np.abs(matrix).sum() / 2


def test_a_grid_of_random_signs_is_solved_exactly() -> None:
    """Spin glasses on a plane are what the cuts are best at."""
    pytest.importorskip("scipy")
    chance = np.random.default_rng(3)
    graph = nx.grid_2d_graph(9, 9)
    nx.set_edge_attributes(graph, {edge: chance.choice([-1, 1]) for edge in graph.edges}, "weight")
    assert best_split(nx.to_numpy_array(graph)).exact


def test_nobody_stands_nowhere() -> None:
    assert best_split(np.zeros((0, 0))).sides == ()
    assert best_split(np.zeros((3, 3))).sides == (1, 1, 1)


def test_sides_by_their_indices() -> None:
    assert two_sides((1, -1, -1, 1)) == ((0, 3), (1, 2))
