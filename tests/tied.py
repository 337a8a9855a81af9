"""Tables of ties: who is tied to whom, how strongly."""

import numpy as np

TWO_TRIANGLES = np.zeros((6, 6))
for one, other in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)):
    TWO_TRIANGLES[one, other] = TWO_TRIANGLES[other, one] = 1


def random_ties(seed: int, nodes: int, density: float, *, whole: bool = False) -> np.ndarray:
    """Return ties of some nodes, each with at least one."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(1, 4, (nodes, nodes)) if whole else 0.1 + chance.random((nodes, nodes))
    upper = np.triu(drawn * (chance.random((nodes, nodes)) < density), 1)
    ties = (upper + upper.T).astype(float)
    tied = ties.any(axis=0)
    kept: np.ndarray = ties[np.ix_(tied, tied)]
    return kept
