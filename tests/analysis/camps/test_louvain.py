"""Louvain's method on a table: networkx's own communities, and an order that no numbering decides."""

from typing import Never
from unittest.mock import Mock

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_graphs import Matrix
from tied import TWO_TRIANGLES, random_ties

from actorgraph.analysis.camps import louvain as module
from actorgraph.analysis.camps.louvain import canonical_order, louvain, modularity


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


@given(st.integers(0, 2**32), st.lists(st.integers(0, 6), min_size=3, max_size=12))
def test_modularity_from_sums_added_one_by_one(seed: int, labels: list[int]) -> None:
    """Numbers of communities may have gaps; the ties within, less the square of all ends, as in the formula."""
    table = random_ties(seed, len(labels), 1)
    label = np.array(labels)
    total = table.sum()
    expected = sum(
        table[i, j] / total - table[i].sum() * table[j].sum() / total**2
        for i in range(len(labels))
        for j in range(len(labels))
        if labels[i] == labels[j]
    )
    assert abs(expected - modularity(table, label)) < 1e-12


class NoProduct(np.ndarray):
    """A table that no library of linear algebra may take: their threads stand in each other's way on a busy machine."""

    def __matmul__(self, other: object) -> Never:
        raise AssertionError("a product of matrices")

    __rmatmul__ = __matmul__


def test_weights_are_added_up_without_a_product_of_matrices() -> None:
    table = TWO_TRIANGLES.view(NoProduct)
    label = louvain(table, 0)
    assert [0, 0, 0, 1, 1, 1] == label.tolist()
    assert modularity(table, label) == modularity(TWO_TRIANGLES, label)


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


def blown_up(between: list[list[int]], sizes: list[int]) -> Matrix:
    """Return a table in which kind i has so many nodes, all tied to those of kind j (and to each other) as told."""
    kind = np.repeat(np.arange(len(sizes)), sizes)
    table = np.array(between, dtype=float)[np.ix_(kind, kind)]
    np.fill_diagonal(table, 0)
    return table


TWINS = {
    "all tied alike": blown_up([[1]], [9]),
    "two sides, ties between them only": blown_up([[0, 1], [1, 0]], [5, 5]),
    "three cliques of one size": blown_up([[2, 0, 0], [0, 2, 0], [0, 0, 2]], [3, 3, 3]),
    "a ring of groups": blown_up([[1, 2, 0, 2], [2, 1, 2, 0], [0, 2, 1, 2], [2, 0, 2, 1]], [2, 2, 2, 2]),
    "tied to others alike, but in pairs among themselves": np.kron(np.eye(4), [[0, 3], [3, 0]]) + np.ones((8, 8)),
    "a ring of six": np.roll(np.eye(6), 1, axis=0) + np.roll(np.eye(6), -1, axis=0),
}


def one_by_one(weights: Matrix) -> list[int]:
    """Return the order that comes of setting apart the nodes that are alike one after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_twins", lambda *_: False)
        return list(map(int, canonical_order(weights)))


@pytest.mark.parametrize("name", TWINS)
@given(data=st.data())
def test_who_is_tied_alike_is_numbered_at_once_as_one_by_one(name: str, data: st.DataObject) -> None:
    table = TWINS[name]
    shuffled = np.array(data.draw(st.permutations(range(len(table)))))
    again = table[np.ix_(shuffled, shuffled)]
    first, second = canonical_order(table), canonical_order(again)
    assert one_by_one(again) == second.tolist()
    assert table[np.ix_(first, first)].tolist() == again[np.ix_(second, second)].tolist()


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(0, 2**32))
def test_kinds_of_nodes_are_numbered_at_once_as_one_by_one(sizes: list[int], seed: int) -> None:
    drawn = np.triu(np.random.default_rng(seed).integers(0, 3, (len(sizes), len(sizes))))
    table = blown_up((drawn + np.triu(drawn, 1).T).tolist(), sizes)
    assert one_by_one(table) == canonical_order(table).tolist()


def test_many_who_are_tied_alike_take_few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    sort = Mock(wraps=np.lexsort)
    monkeypatch.setattr(np, "lexsort", sort)
    canonical_order(blown_up([[1, 0, 2], [0, 1, 2], [2, 2, 0]], [100, 100, 50]))
    assert sort.call_count < 10
