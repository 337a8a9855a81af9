"""Graphs: what stands on nodes and edges, and the same bytes each time."""

from dataclasses import replace
from pathlib import Path

import pytest

from actorgraph.graph.networks import actor_graph, to_graph
from actorgraph.ledger.store import load
from actorgraph.questions.snapshot import Snapshot, snapshot

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def harbour() -> Snapshot:
    return snapshot(load(ROOT / "examples/minimal.yaml"), as_of="2026-02-15")


@pytest.fixture(scope="module")
def troops() -> Snapshot:
    return snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2026-01-10")


def test_nodes_and_edges_bear_what_the_contract_says(harbour: Snapshot) -> None:
    graph = to_graph(harbour)
    assert {"node_type": "actor", "kind": "organisation", "name": "Fishers’ Union", "bipartite": 0} == graph.nodes[
        "fishers-union"
    ]
    assert {"node_type": "proposal", "kind": "proposal", "name": "A deep-water harbour", "bipartite": 1} == graph.nodes[
        "harbour"
    ]
    assert {
        "edge_type": "stance",
        "position": "opposes",
        "score": -1.0,
        "since": "2026-01-15",
        "until": None,
        "basis": "stated",
        "contested": False,
        "conditions": (),
        "records": ("fishers-union.harbour.2026-01-15",),
        "sources": ("union-letter",),
        "urls": (),
    } == graph.edges["fishers-union", "harbour", "fishers-union.harbour.2026-01-15"]
    assert "Chair" == graph.edges["olsen", "fishers-union", "olsen.represents.fishers-union"]["role"]
    assert {"minimal", "2026-02-15"} <= set(graph.graph.values())


def test_a_graph_says_which_evidence_counts() -> None:
    left = load(ROOT / "examples/minimal.yaml", known_by="2026-01", min_grade="B6", without=["coast-weekly"])
    for graph in (to_graph(snapshot(left, as_of="2026-02")), actor_graph(snapshot(left, as_of="2026-02"))):
        limits = {key: graph.graph[key] for key in ("known_by", "min_grade", "without")}
        assert {"known_by": "2026-01-31", "min_grade": "B6", "without": ("coast-weekly",)} == limits


def test_every_row_is_an_edge_and_structure_is_there(troops: Snapshot) -> None:
    graph = to_graph(troops)
    kinds = [kind for _, _, kind in graph.edges(data="edge_type")]
    assert len(troops.rows) == kinds.count("stance") + kinds.count("commitment")
    assert len(troops.ties) == kinds.count("relation")
    assert {"part-of", "entails", "excludes"} <= set(kinds)
    mixed = [
        (source, target)
        for source, target in graph.edges()
        if graph.nodes[source]["bipartite"] > graph.nodes[target]["bipartite"]
    ]
    assert [] == mixed, "edges between the modes lead from actors to proposals"


def test_agreement_and_conflict_are_counted_over_shared_proposals(troops: Snapshot) -> None:
    graph = actor_graph(troops)
    assert {"actor"} == {kind for _, kind in graph.nodes(data="node_type")}
    assert "multinational-force" in graph.edges["france", "uk", "agreement:"]["proposals"]
    conflict = graph.edges["france", "russia", "conflict:"]
    assert "multinational-force" in conflict["proposals"]
    assert len(conflict["proposals"]) == conflict["count"]
    assert ("uk", "ukraine") in {
        (source, target) for source, target, kind in graph.edges(data="edge_type") if kind == "commitment"
    }


def test_a_contested_or_neutral_stance_counts_for_neither_side(harbour: Snapshot) -> None:
    rows = tuple(row._replace(contested=True) if row.actor == "fishers-union" else row for row in harbour.rows)
    kinds = {kind for _, _, kind in actor_graph(replace(harbour, rows=rows)).edges(data="edge_type")}
    assert "conflict" not in kinds
    assert "agreement" in kinds, "the council, open, and the board, in favour"
