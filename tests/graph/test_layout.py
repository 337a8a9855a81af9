"""The layout: the same each time, and it sees the sign of a stance."""

import itertools
import math
import random
import statistics
from pathlib import Path

import networkx as nx
import pytest

from actorgraph.explorer.drawing import drawn_network
from actorgraph.explorer.recorded import Recorded
from actorgraph.graph.layout import EverHeld, affinity, ever_graph, layout
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load(ROOT / "graphs/ukraine-troops")


def ever_held(ledger: Ledger) -> list[EverHeld]:
    rows = ledger.rows("SELECT DISTINCT kind, actor, proposal, position FROM holdings ORDER BY 1, 2, 3, 4")
    return [EverHeld(*row) for row in rows]


@pytest.fixture(scope="module")
def held(ledger: Ledger) -> list[EverHeld]:
    return ever_held(ledger)


def test_layout_is_the_same_each_time(ledger: Ledger, held: list[EverHeld]) -> None:
    places = layout(ever_graph(held, ledger.things("proposal")))
    assert places == layout(ever_graph(held, ledger.things("proposal")))
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
    for actor, other in itertools.combinations(camps, 2):
        apart[camps[actor] == camps[other]].append(math.dist(places[actor], places[other]))
    assert statistics.mean(apart[False]) > 2 * statistics.mean(apart[True])


def separation(places: dict[str, tuple[float, float]], held: list[EverHeld]) -> float:
    """Return how much farther apart actors stand who disagree than those who agree, on average."""
    apart: dict[bool, list[float]] = {True: [], False: []}
    for (actor, other), strength in affinity(held).items():
        if strength and actor in places and other in places:
            apart[strength > 0].append(math.dist(places[actor], places[other]))
    return statistics.mean(apart[False]) / statistics.mean(apart[True])


def test_those_who_disagree_stand_farther_apart_on_the_page(ledger: Ledger, held: list[EverHeld]) -> None:
    assert separation(layout(ever_graph(held, ledger.things("proposal"))), held) > 3
    nodes = drawn_network(ledger, Recorded([ledger]).holdings(), []).nodes
    drawn = {node["id"].removeprefix("actor/"): node["at"] for node in nodes}
    assert separation(drawn, held) > 1.5


def camps_of(count: int) -> tuple[nx.MultiDiGraph, dict[str, int]]:
    """Return a graph of so many actors in two camps, and the camp of each."""
    chance = random.Random(7)  # noqa: S311 - the same camps every time
    camps = {f"a{number}": number % 2 for number in range(count)}
    graph = nx.MultiDiGraph()
    for actor, camp in camps.items():
        for proposal in chance.sample(range(40), 3):
            position = "supports" if camp == proposal % 2 else "opposes"
            graph.add_edge(actor, f"p{proposal}", edge_type="stance", position=position)
    return graph, camps


def test_a_large_layout_sets_camps_apart_too() -> None:
    """Two thousand actors in two camps: too many to look at every pair."""
    graph, camps = camps_of(2000)
    places = layout(graph)
    assert list(graph) == list(places)
    assert places == layout(graph)
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())
    chance = random.Random(7)  # noqa: S311 - the same pairs every time
    apart: dict[bool, list[float]] = {True: [], False: []}
    for actor, other in (chance.sample(sorted(camps), 2) for _ in range(3000)):
        apart[camps[actor] == camps[other]].append(math.dist(places[actor], places[other]))
    assert statistics.mean(apart[False]) > 2 * statistics.mean(apart[True])


def test_pairs_of_actors_are_not_looked_at_where_there_are_too_many(
    held: list[EverHeld], monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = {kind for *_, kind in ever_graph(held).edges(data="edge_type")}
    monkeypatch.setattr("actorgraph.graph.layout.MOST_PAIRWISE", 10)
    monkeypatch.setattr("actorgraph.graph.layout.affinity", lambda _: pytest.fail("it looked at pairs"))
    assert kinds - {kind for *_, kind in ever_graph(held).edges(data="edge_type")} == {"agreement"}


def test_likeness_is_over_all_days_and_counts_both_ways() -> None:
    """The council was open to what the board wants; the union was neutral, then against it: −0.5 on average."""
    harbour = ever_held(load(ROOT / "examples/minimal.yaml"))
    assert {
        ("fishers-union", "harbour-board"): -0.5,
        ("fishers-union", "town-council"): -0.25,
        ("harbour-board", "town-council"): 0.5,
    } == affinity(harbour)
    joined = [
        (actor, other) for actor, other, kind in ever_graph(harbour).edges(data="edge_type") if kind == "agreement"
    ]
    assert [("harbour-board", "town-council")] == joined
