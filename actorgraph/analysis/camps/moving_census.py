"""The census of triangles of a graph whose ties change little by little: only what they touch is counted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from actorgraph.analysis.camps.signed_graph import Census, triangles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actorgraph.analysis.counting.counts import Matrix

FEW: Final = 1 / 20
"""Of so many nodes, as a share of all, the triangles are counted one node after the other; of more, all are."""


class MovingCensus:
    """The census of a graph that begins without ties: at any time it is that of `triangles`.

    >>> moving = MovingCensus(3)
    >>> _ = moving.move(np.array([0, 1]), np.array([[0, 1, 1], [1, 0, -1]]))
    >>> moving.move(np.array([1]), np.array([[1, 0, 1]]))
    Census(none_negative=1, one_negative=0, two_negative=0, all_negative=0)
    """

    def __init__(self, nodes: int) -> None:
        self._signs = np.zeros((nodes, nodes), np.int8)
        self._census = Census(0, 0, 0, 0)

    def move(self, nodes: NDArray[np.intp], signs: Matrix) -> Census:
        """Return the census once all ties of some nodes have new signs (−1, 0, 1): a row for each of these nodes."""
        moved = (self._signs[nodes] != signs).any(axis=1)
        nodes, signs = nodes[moved], signs[moved]
        if len(nodes) > FEW * len(self._signs):
            self._signs[nodes], self._signs[:, nodes] = signs, signs.T
            some = np.flatnonzero(self._signs.any(axis=1))
            self._census = triangles(self._signs[np.ix_(some, some)].astype(float))
            return self._census
        for node, row in zip(nodes.tolist(), signs, strict=True):
            before = self._through(node)
            self._signs[node] = self._signs[:, node] = row
            changed = zip(self._census, before, self._through(node), strict=True)
            self._census = Census(*(number - was + now for number, was, now in changed))
        return self._census

    def _through(self, node: int) -> Census:
        """Return the census of the triangles that a node is in."""
        others = np.flatnonzero(self._signs[node])
        mine, ties = self._signs[node, others], self._signs[np.ix_(others, others)]
        ends = np.stack([mine > 0, mine < 0]).astype(float)
        # Of the two others, who are friends or enemies of each other: both are friends of the node, one is, none is.
        (both, single), (_, none) = (ends @ (ties > 0) @ ends.T).tolist()
        (apart_both, apart_single), (_, apart_none) = (ends @ (ties < 0) @ ends.T).tolist()
        twice = both, 2 * single + apart_both, none + 2 * apart_single, apart_none
        return Census(*(round(number) // 2 for number in twice))
