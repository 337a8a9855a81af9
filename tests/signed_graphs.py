"""Graphs with signs or weights on their ties, drawn and made, and the best of all their splits in two."""

from typing import TypeAlias

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float64]


def symmetric(upper: Matrix) -> Matrix:
    triangle = np.triu(upper, 1)
    return np.asarray(triangle + triangle.T)


@st.composite
def weights(draw: st.DrawFn, most: int = 10) -> Matrix:
    size = draw(st.integers(1, most))
    few = st.sampled_from([0, 0, 1, -1, *range(-3, 4)])
    cells = draw(st.lists(few, min_size=size * size, max_size=size * size))
    return symmetric(np.array(cells, dtype=float).reshape(size, size))


def signed(size: int, share: float) -> Matrix:
    chance = np.random.default_rng(0)
    return symmetric(chance.choice([-1.0, 1.0], (size, size)) * (chance.random((size, size)) < share))


def by_hand(matrix: Matrix) -> float:
    """Every split tried."""
    bits = (np.arange(1 << len(matrix))[:, None] >> np.arange(len(matrix))) & 1
    sides = 1 - 2 * bits
    return float((np.einsum("ij,ij->i", sides @ matrix, sides) / 2).max())
