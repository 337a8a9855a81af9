"""What is taken out of a graph before it is split: nothing that matters."""

import numpy as np
import pytest
from hypothesis import given
from signed_graphs import Matrix, by_hand, weights

from actorgraph.analysis.camps.contraction import Contraction


@given(weights())
def test_what_is_left_has_a_best_split_of_the_same_worth(matrix: Matrix) -> None:
    smaller = Contraction(matrix)
    nodes = sorted(smaller.left)
    left = np.zeros((len(nodes), len(nodes)))
    for a, b in np.ndindex(left.shape):
        left[a, b] = smaller.left[nodes[a]].get(nodes[b], 0)
    assert by_hand(matrix) == smaller.gained + by_hand(left)


def test_a_tree_and_a_cycle_leave_nothing() -> None:
    tree = np.array([[0, 1, -1, 0], [1, 0, 0, 0], [-1, 0, 0, 1], [0, 0, 1, 0]])
    cycle = np.array([[0, 1, 0, -1], [1, 0, 1, 0], [0, 1, 0, 1], [-1, 0, 1, 0]])
    assert Contraction(tree).left == {}
    assert (Contraction(cycle).left, Contraction(cycle).gained) == ({}, 2.0)


def test_two_with_the_same_ties_stand_together() -> None:
    """0 and 1 have the same four ties of 1 each, too many for the other rules; so have the four."""
    size = 8
    matrix = np.zeros((size, size))
    matrix[:4, 4:] = matrix[4:, :4] = 1
    matrix[0, 4] = matrix[4, 0] = -1
    assert len(Contraction(matrix).left) == 0


@pytest.mark.parametrize(
    ("ties", "sign"),
    [
        ({(0, 2): 1, (1, 3): 1}, 0),  # as many, but others
        ({(0, 2): 1, (0, 3): 1, (1, 3): 1, (1, 4): 1}, 0),  # some of them the same
        ({(0, 3): 1, (0, 2): 1, (1, 3): 1, (1, 4): 1}, 0),
        ({(0, 2): 1, (0, 3): 1, (1, 2): 1, (1, 3): -1}, 0),
        ({(0, 2): 1, (0, 3): -1, (1, 2): 2, (1, 3): -2}, 1),
        ({(0, 2): 1, (0, 3): -1, (1, 2): -2, (1, 3): 2}, -1),
        ({(0, 2): 1, (1, 2): 1, (0, 1): -1}, 0),  # their own tie parts them
        ({(0, 1): 1}, 0),
    ],
)
def test_who_has_the_same_ties_up_to_a_factor(ties: dict[tuple[int, int], int], sign: int) -> None:
    graph = Contraction(np.zeros((0, 0)))
    graph.left = {node: {} for node in range(5)}
    for (a, b), weight in ties.items():
        graph.left[a][b] = graph.left[b][a] = weight
    assert sign == graph.twins(0, 1) == graph.twins(1, 0)
