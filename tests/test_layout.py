"""The layout: the same each time, and heedful of the sign of a stance."""

import itertools
import math
import random
import statistics
from pathlib import Path

import networkx as nx
import pytest

from actorgraph.explorer.drawing import network
from actorgraph.graph import agreement, ever_graph
from actorgraph.layout import layout
from actorgraph.ledger import load
from actorgraph.query import Snapshot, snapshot

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def troops() -> Snapshot:
    return snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2026-01-10")


def test_layout_is_the_same_each_time_and_on_every_day(troops: Snapshot) -> None:
    places = layout(ever_graph(troops))
    assert places == layout(ever_graph(troops))
    earlier = snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2025-06-01")
    assert places == layout(ever_graph(earlier))
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())
    assert len(set(places.values())) == len(places)


def test_layout_of_next_to_nothing() -> None:
    assert {} == layout(nx.MultiDiGraph())
    lonely = nx.MultiDiGraph()
    lonely.add_node("a")
    assert {"a": (0.0, 0.0)} == layout(lonely)


def test_layout_sets_opponents_apart() -> None:
    chance = random.Random(7)  # noqa: S311 - the same camps every time
    camps = {f"a{number}": number % 2 for number in range(16)}
    graph = nx.MultiDiGraph()
    for proposal in range(8):
        for actor, camp in camps.items():
            if chance.random() < 0.7:
                graph.add_edge(actor, f"p{proposal}", position="supports" if camp == proposal % 2 else "opposes")
    places = layout(graph)
    apart: dict[bool, list[float]] = {True: [], False: []}
    for one, other in itertools.combinations(camps, 2):
        apart[camps[one] == camps[other]].append(math.dist(places[one], places[other]))
    assert statistics.mean(apart[False]) > 2 * statistics.mean(apart[True])


def separation(places: dict[str, tuple[float, float]], shown: Snapshot) -> float:
    """Return how much farther apart actors stand who disagree than those who agree, on average."""
    apart: dict[bool, list[float]] = {True: [], False: []}
    for (one, other), much in agreement(shown).items():
        if much and one in places and other in places:
            apart[much > 0].append(math.dist(places[one], places[other]))
    return statistics.mean(apart[False]) / statistics.mean(apart[True])


def test_those_who_disagree_stand_twice_as_far_apart_on_the_page(troops: Snapshot) -> None:
    assert separation(layout(ever_graph(troops)), troops) > 3
    drawn = {node["id"].removeprefix("actor/"): (node["x"], node["y"]) for node in network(troops).nodes}
    assert separation(drawn, troops) > 2


def test_a_large_layout_sets_camps_apart_too() -> None:
    """Two thousand actors in two camps: too many to look at every pair."""
    chance = random.Random(7)  # noqa: S311 - the same camps every time
    camps = {f"a{number}": number % 2 for number in range(2000)}
    graph = nx.MultiDiGraph()
    for actor, camp in camps.items():
        for proposal in chance.sample(range(40), 3):
            position = "supports" if camp == proposal % 2 else "opposes"
            graph.add_edge(actor, f"p{proposal}", edge_type="stance", position=position)
    places = layout(graph)
    assert places == layout(graph)
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())
    pairs = [chance.sample(sorted(camps), 2) for _ in range(3000)]
    apart: dict[bool, list[float]] = {True: [], False: []}
    for one, other in pairs:
        apart[camps[one] == camps[other]].append(math.dist(places[one], places[other]))
    assert statistics.mean(apart[False]) > 2 * statistics.mean(apart[True])
