"""The census of a graph that changes: at any time that of the graph as it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_graphs import Matrix

from actorgraph.analysis.camps import moving_census
from actorgraph.analysis.camps.moving_census import MovingCensus
from actorgraph.analysis.camps.signed_graph import triangles


@st.composite
def moves(draw: st.DrawFn) -> list[Matrix]:
    """Graphs of the same nodes, in each of which some nodes have other ties than in the one before."""
    size = draw(st.integers(1, 8))
    graphs = [np.zeros((size, size))]
    for nodes in draw(st.lists(st.sets(st.integers(0, size - 1)), min_size=1, max_size=5)):
        graph = graphs[-1].copy()
        for node in sorted(nodes):
            row = draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=size, max_size=size))
            graph[node] = graph[:, node] = row
            graph[node, node] = 0
        graphs.append(graph)
    return graphs[1:]


@pytest.mark.parametrize("few", [0, 1])
@given(moves())
def test_it_is_that_of_the_graph_as_it_is(few: int, graphs: list[Matrix]) -> None:
    moving, before = MovingCensus(len(graphs[0])), np.zeros_like(graphs[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving_census, "FEW", few)  # none of the nodes one by one, or all of them
        for graph in graphs:
            nodes = np.flatnonzero((graph != before).any(axis=1))
            assert moving.move(nodes, graph[nodes]) == triangles(graph)
            before = graph


def test_where_nothing_moves_it_stays() -> None:
    moving = MovingCensus(3)
    enemies = np.eye(3) - 1
    assert moving.move(np.arange(3), enemies).all_negative == 1
    assert moving.move(np.arange(3), enemies) == moving.move(np.array([], dtype=np.intp), enemies[:0])
    assert moving.move(np.arange(0), enemies[:0]).all_negative == 1
