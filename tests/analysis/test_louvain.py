"""Louvain's method on a table: networkx's own communities, and an order that no numbering decides."""

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tied import TWO_TRIANGLES, random_ties

from actorgraph.analysis.louvain import canonical_order, louvain, modularity


def test_two_triangles_and_what_joins_them() -> None:
    label = louvain(TWO_TRIANGLES, 0)
    assert [0, 0, 0, 1, 1, 1] == label.tolist()
    # 7 ties, 6 of them within; each triangle has half of the 14 ends: 6/7 − 2·(1/2)²
    assert round(6 / 7 - 1 / 2, 9) == round(modularity(TWO_TRIANGLES, label), 9)


@given(st.integers(0, 2**32), st.integers(3, 40), st.floats(0.05, 1))
def test_it_gives_what_networkx_gives(seed: int, nodes: int, density: float) -> None:
    """No two sums of these weights are equal, so nothing is left to the order in which equal gains are met."""
    ties = random_ties(seed, nodes, density)
    if not len(ties):
        return
    label = louvain(ties, seed)
    theirs = nx.community.louvain_communities(nx.from_numpy_array(ties), seed=seed)
    assert sorted(map(sorted, theirs)) == sorted(
        np.flatnonzero(label == community).tolist() for community in set(label.tolist())
    )


@given(st.integers(0, 2**32), st.integers(3, 30), st.floats(0.05, 1))
def test_modularity_is_that_of_networkx(seed: int, nodes: int, density: float) -> None:
    ties = random_ties(seed, nodes, density, whole=True)
    if not len(ties):
        return
    label = louvain(ties, seed)
    communities = [set(np.flatnonzero(label == community).tolist()) for community in set(label.tolist())]
    theirs = nx.community.modularity(nx.from_numpy_array(ties), communities)
    assert abs(theirs - modularity(ties, label)) < 1e-9


@given(st.integers(0, 2**32), st.integers(3, 30), st.floats(0.05, 1))
def test_an_order_that_the_ties_alone_decide(seed: int, nodes: int, density: float) -> None:
    ties = random_ties(seed, nodes, density)
    if not len(ties):
        return
    shuffled = np.random.default_rng(seed).permutation(len(ties))
    again = ties[np.ix_(shuffled, shuffled)]
    first, second = canonical_order(ties), canonical_order(again)
    assert sorted(first.tolist()) == list(range(len(ties)))
    assert ties[np.ix_(first, first)].tolist() == again[np.ix_(second, second)].tolist()


def test_nodes_that_are_alike_come_in_one_order() -> None:
    """Two pairs, each of a node that is tied strongly elsewhere and its partner: pairs must not be mixed."""
    star = np.zeros((5, 5))
    for one, other, weight in ((0, 1, 2), (0, 2, 2), (1, 3, 1), (2, 4, 1)):
        star[one, other] = star[other, one] = weight
    crossed = np.array([0, 1, 2, 4, 3])
    again = star[np.ix_(crossed, crossed)]
    first, second = canonical_order(star), canonical_order(again)
    assert star[np.ix_(first, first)].tolist() == again[np.ix_(second, second)].tolist()
