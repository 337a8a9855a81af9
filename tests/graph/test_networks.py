"""Graphs: what stands on nodes and edges, and the same bytes each time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from folders import loaded

from actorgraph.errors import UsageProblem
from actorgraph.graph.networks import actor_graph, to_graph
from actorgraph.ledger.load import load
from actorgraph.questions.snapshot import Snapshot, snapshot
from actorgraph.questions.who import everything

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def harbour() -> Snapshot:
    return snapshot(load(ROOT / "examples/minimal.yaml"), as_of="2026-02-15")


@pytest.fixture(scope="module")
def troops() -> Snapshot:
    return snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2026-01-10")


def test_nodes_and_edges_bear_what_the_contract_says(harbour: Snapshot) -> None:
    graph = to_graph(harbour)
    assert {
        "node_type": "actor",
        "kind": "organisation",
        "name": "Fishers’ Union",
        "label": "Fishers’ Union",
        "bipartite": 0,
    } == graph.nodes["fishers-union"]
    assert {
        "node_type": "proposal",
        "kind": "proposal",
        "name": "A deep-water harbour",
        "label": "A deep-water harbour",
        "bipartite": 1,
    } == graph.nodes["harbour"]
    assert {
        "edge_type": "stance",
        "position": "opposes",
        "score": -1.0,
        "toward": (),
        "at_least": None,
        "at_most": None,
        "unit": None,
        "since": "2026-01-15",
        "since_date": "2026-01-15",
        "until": None,
        "until_date": None,
        "basis": "stated",
        "contested": False,
        "contest": None,
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


def test_a_graph_says_what_was_assumed_and_to_whom_it_was_narrowed() -> None:
    """A pledge on a loan that is assumed looks firm in it."""
    ledger = load(ROOT / "examples/minimal.yaml")
    loaned = snapshot(ledger, as_of="2026-02", assume=["state-loan"], kind="organisation")
    for graph in (to_graph(loaned), actor_graph(loaned)):
        assert ("state-loan",) == graph.graph["assume"]
        assert ("kind organisation",) == graph.graph["narrowed"]
    answer = everything(ledger, as_of="2026-02", kind="organisation")
    assert ("kind organisation",) == loaned.narrowed == answer.narrowed, "a snapshot says it as answers do"
    assert not {"assume", "narrowed"} & to_graph(snapshot(ledger, as_of="2026-02")).graph.keys()


@pytest.mark.parametrize("draw", [to_graph, actor_graph])
def test_a_graph_is_made_of_a_snapshot_alone(draw: Callable[[Any], object]) -> None:
    with load(ROOT / "examples/minimal.yaml") as ledger:
        answer = everything(ledger, as_of="2026-02-15")
        for given in (ledger, answer, "examples/minimal.yaml", None):
            with pytest.raises(UsageProblem, match=f"of a snapshot, not of a {type(given).__name__}: snapshot"):
                draw(given)


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


BOTH_WAYS = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}
proposals: {aid: {title: Aid}}
conditions: {truce: {title: A truce holds}}
stances:
  - {actor: a, position: supports, proposal: aid, date: 2025-01-01, if: [truce], evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: aid, date: 2025-01-01, unless: [truce], evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: aid, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: c, position: opposes, proposal: aid, date: 2025-01-01, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2025-06-02}
"""


@pytest.mark.parametrize(
    ("assume", "ties"),
    [
        ((), [("b", "c", "conflict")]),
        (("truce",), [("a", "b", "agreement"), ("a", "c", "conflict"), ("b", "c", "conflict")]),
        (("not:truce",), [("a", "b", "conflict"), ("a", "c", "agreement"), ("b", "c", "conflict")]),
    ],
)
def test_who_is_for_it_if_and_against_it_unless_counts_for_neither_side(
    assume: tuple[str, ...], ties: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    graph = actor_graph(snapshot(loaded(tmp_path, BOTH_WAYS), as_of="2025-07", assume=assume))
    assert ties == list(graph.edges(data="edge_type"))


TOWARD = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state, country: AA}
  b: {name: B, kind: state}
  c: {name: C, kind: state}
proposals:
  aid: {title: Military aid, short: Aid, url: "https://example.org/aid", succeeds: loans}
  loans: {title: Loans}
commitments:
  - {actor: a, stage: pledges, proposal: aid, date: 2025-01, toward: [b, c], evidence: [{source: s}]}
  - {actor: a, stage: delivers, proposal: aid, date: 2025-06-01, toward: [c], evidence: [{source: s}]}
  - actor: a
    stage: pledges
    proposal: loans
    date: 2025-06-01
    toward: b
    amount: {at-least: 2.5, unit: billion euros}
    evidence: [{source: s}]
sources:
  s: {title: S, publisher: P, published: 2025-06-02}
"""


def test_each_addressee_has_an_edge_and_no_row_is_lost(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, TOWARD)
    shown = snapshot(ledger, as_of="2025-03")
    graph = to_graph(shown)
    edges = {key: data for _, _, key, data in graph.edges(keys=True, data=True) if data["edge_type"] == "commitment"}
    assert [("b",), ("c",)] == sorted(data["toward"] for data in edges.values()), "one ends in June, one goes on"
    assert {"a.aid.2025-01", "a.aid.2025-01.to.c"} == set(edges)
    assert {("2025-01", "2025-01-31")} == {(data["since_date"], data["since"]) for data in edges.values()}
    assert [("b", "pledges"), ("c", "pledges")] == [
        (target, data["position"]) for _, target, data in actor_graph(shown).edges(data=True) if "position" in data
    ]
    later = to_graph(snapshot(ledger, as_of="2025-07"))
    assert {("b", "pledges"), ("c", "delivers")} == {
        (*data["toward"], data["position"])
        for _, target, data in later.edges(data=True)
        if target == "aid" and data["edge_type"] == "commitment"
    }
    (loan,) = [data for *_, data in later.edges(data=True) if data.get("unit")]
    assert (2.5, None, "billion euros") == (loan["at_least"], loan["at_most"], loan["unit"])
    assert ("Aid", "https://example.org/aid", "AA") == (
        later.nodes["aid"]["label"],
        later.nodes["aid"]["url"],
        later.nodes["a"]["country"],
    )
    assert "succeeds" == later.edges["aid", "loans", "succeeds"]["edge_type"]
