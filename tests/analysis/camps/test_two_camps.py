"""The two-camp index: the best of all splits, and what it is of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_graphs import Matrix, symmetric

from actorgraph.analysis.camps.two_camps import Camps, two_camps


@st.composite
def shared(draw: st.DrawFn) -> tuple[Matrix, Matrix]:
    """How much up to eight actors agree and disagree."""
    size = draw(st.integers(1, 8))
    quarters = st.lists(st.integers(0, 8), min_size=size * size, max_size=size * size)
    congruence, conflict = (symmetric(np.array(draw(quarters), dtype=float).reshape(size, size)) / 4 for _ in "ab")
    return congruence, conflict


def index_of(congruence: Matrix, conflict: Matrix, first_camp: int) -> float:
    """The formula, word by word, for the split whose first camp has the actors whose bits are set."""
    size = len(congruence)
    within = between = 0.0
    for a in range(size):
        for b in range(a):
            net = congruence[a, b] - conflict[a, b]
            if (first_camp >> a & 1) == (first_camp >> b & 1):
                within += net
            else:
                between -= net
    return float((within + between) / (np.triu(congruence, 1).sum() + np.triu(conflict, 1).sum()))


@given(shared())
def test_no_split_has_a_greater_index(both: tuple[Matrix, Matrix]) -> None:
    found = two_camps(*both)
    if found.index is None:
        assert not any(matrix.any() for matrix in both)
        return
    assert found.exact
    assert (
        found.index == found.bound == pytest.approx(max(index_of(*both, split) for split in range(1 << len(both[0]))))
    )
    assert found.index == pytest.approx(index_of(*both, sum(1 << actor for actor in found.split[0])))
    assert 0 <= found.index <= 1


def test_nothing_shared_has_no_index() -> None:
    assert two_camps(np.zeros((2, 2)), np.zeros((2, 2))) == Camps(None, None, True, ((), ()))


def test_who_shares_nothing_is_in_no_camp() -> None:
    agree = np.array([[0.0, 2, 0], [2, 0, 0], [0, 0, 0]])
    assert two_camps(agree, np.zeros((3, 3))) == Camps(1.0, 1.0, True, ((0, 1), ()))
