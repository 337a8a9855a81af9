"""Ties of a network: in the order of answers, each made when it is read."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis import network as networks
from actorgraph.analysis.network import network
from actorgraph.analysis.network_edges import EdgePlaces
from actorgraph.ledger.load import load


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 2)), min_size=12, max_size=12))
def test_they_come_as_if_sorted_one_by_one(cells: list[tuple[int, int]]) -> None:
    weights, common = (np.array(numbers, dtype=float).reshape(3, 4) for numbers in zip(*cells, strict=True))
    places = EdgePlaces.ranked(weights, common)
    expected = [(row, column) for row in range(3) for column in range(4) if common[row, column]]
    expected.sort(key=lambda at: (-abs(weights[at]), -weights[at], -common[at], *at))
    assert expected == list(zip(places.rows.tolist(), places.columns.tolist(), strict=True))


def test_they_are_made_when_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def noted(*edge: object) -> object:
        made.append(edge[:2])
        return edge

    with monkeypatch.context() as patch:
        patch.setattr(networks, "NetworkEdge", noted)
        answer = network(load("graphs/nature-restoration"), as_of="2024-06")
        few, edges = answer.edges.rest_on_fewer(3), len(answer.edges)
        assert not made
        assert few == sum(edge[3] < 3 for edge in answer)
        assert edges == len(made) > 40


@pytest.mark.parametrize("weight", ["congruence", "conflict", "subtract", "ignore"])
def test_they_have_the_records_on_which_both_say_what_makes_the_weight(weight: str) -> None:
    answer = network(load("graphs/nature-restoration"), as_of="2024-06", weight=weight)
    assert len(answer.edges) > 5
    assert answer.edges == pickle.loads(pickle.dumps(answer.edges))  # noqa: S301 - they were made above
    assert answer.edges[-1] == answer.edges[len(answer) - 1] == answer.edges[-1:][0]
    assert all(len(edge.records) >= 2 for edge in answer.edges)
