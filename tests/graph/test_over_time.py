"""The graph over time says of every day what the graph of that day does."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from builders import ledger_of, lives, statements
from hypothesis import given
from laws import examples

from actorgraph.asked_dates import day_of
from actorgraph.dates import OPEN
from actorgraph.graph.over_time import GraphOverTime, graph_over_time
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.snapshot import snapshot

Held = dict[tuple[str, str, str], tuple[set[str], set[str], set[str], bool]]
"""By actor, proposal and sort: the positions, the conditions, the records, and whether it is contested."""


def of_graph(graph: GraphOverTime, day: int) -> Held:
    held: Held = {}
    for edge in graph.edges:
        if "position" in edge.values and any(since <= day < until for since, until in edge.spells):
            now = {
                name: [value for value, (since, until) in timed if since <= day < until]
                for name, timed in edge.values.items()
            }
            assert all(len(values) <= 1 for values in now.values()), "an attribute has one value on a day"
            names = ("position", "conditions", "records")
            texts = [set("; ".join(now.get(name, [])).split("; ")) - {""} for name in names]
            held[edge.source, edge.target, edge.sort] = (texts[0], texts[1], texts[2], *now["contested"])
    return held


def of_snapshot(ledger: Ledger, day: str, **asked: Any) -> Held:
    found: Held = defaultdict(lambda: (set(), set(), set(), False))
    for row in snapshot(ledger, as_of=day, **asked).rows:
        sort = " ".join([*["inferred"] * (row.basis == "inferred"), row.kind])
        key = row.actor, row.proposal, f"{sort} toward {', '.join(row.toward)}" if row.toward else sort
        positions, conditions, records, contested = found[key]
        texts = positions | {row.position}, conditions | set(row.conditions), records | set(row.records)
        found[key] = (*texts, contested or row.contested)
    return dict(found)


@examples(40)
@given(statements(), lives)
def test_on_every_day_it_is_the_graph_of_that_day(said, dated) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    ledger = ledger_of(said, **dated)
    graph = graph_over_time(ledger)
    turns = {day for edge in graph.edges for spell in edge.spells for day in spell if 0 < day < OPEN}
    for number in sorted({20240101, 20240215, 20240401, 20260101, *turns}):
        day = f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}"
        assert of_snapshot(ledger, day) == of_graph(graph, number), day


@pytest.mark.parametrize("model", ["graphs/ukraine-troops", "graphs/nature-restoration"])
def test_of_what_is_shipped_too(model: str) -> None:
    ledger = load(model)
    graph = graph_over_time(ledger)
    for day in ("2022-06-30", "2023-07-12", "2024-06-17", "2024-06-18", "2025-03-01", "2026-01-10"):
        assert of_snapshot(ledger, day) == of_graph(graph, day_of(day)), day


@pytest.mark.parametrize(
    "asked", [{"stated": True}, {"kind": "person"}, {"tag": "force"}, {"assume": ["not:ceasefire"]}]
)
def test_narrowed_and_in_a_scenario_too(asked: dict[str, Any]) -> None:
    ledger = load("graphs/ukraine-troops")
    graph = graph_over_time(ledger, **asked)
    whole = graph_over_time(ledger)
    assert len(graph.edges) < len(whole.edges) or "assume" in asked
    for day in ("2025-03-01", "2026-01-10"):
        assert of_snapshot(ledger, day, **asked) == of_graph(graph, day_of(day)), day


def test_edges_are_in_order_and_what_was_stated_comes_first() -> None:
    graph = graph_over_time(load("graphs/ukraine-troops"))
    of_tracks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in graph.edges:
        if "position" in edge.values:
            of_tracks[edge.source, edge.target].append(edge.sort)
    assert sorted(of_tracks) == list(of_tracks)
    both = [sorts for sorts in of_tracks.values() if {"stance", "inferred stance"} <= set(sorts)]
    assert both
    assert all(sorts.index("stance") < sorts.index("inferred stance") for sorts in both)


@pytest.mark.parametrize("model", ["graphs/ukraine-troops", "graphs/nature-restoration"])
def test_ids_are_unique_and_no_edge_is_taken_for_another(model: str) -> None:
    graph = graph_over_time(load(model))
    names = [edge.id for edge in graph.edges]
    assert len(names) == len(set(names))
    sorts = [(edge.source, edge.target, edge.sort) for edge in graph.edges]
    assert len(sorts) == len(set(sorts))


TOWN = """
model: {id: town, title: Town}
actors:
  a: {name: A, kind: organisation, since: 2024-02, until: 2024-12-01}
  b: {name: B, kind: person}
proposals:
  p: {title: P, until: 2024-10-01, fate: rejected}
  q: {title: Q, since: 2025, until: 2026-06-01, fate: adopted, succeeds: p}
sources:
  s: {title: S, publisher: S, published: 2024-01-02}
relations:
  - {actor: b, relation: leads, to: a, since: 2024-03, until: 2024-05-01}
  - {actor: b, relation: leads, to: a, since: 2024-08}
stances:
  - {actor: a, proposal: p, position: open, date: 2024-04-01, until: 2024-05-01, evidence: [{source: s}]}
  - {actor: a, proposal: p, position: supports, date: 2024-07-01, evidence: [{source: s}]}
"""


def test_what_comes_again_has_several_spells_and_nodes_their_lives(tmp_path: Path) -> None:
    path = tmp_path / "town.yaml"
    path.write_text(TOWN, encoding="utf-8")
    graph = graph_over_time(load(path))
    edges = {edge.id: edge for edge in graph.edges}
    assert ((20240401, 20240501), (20240701, 20241001)) == edges["a.p.stance"].spells
    assert "open → supports" == edges["a.p.stance"].label
    assert ["leads", "leads.2"] == [edge.sort for edge in graph.edges if edge.source == "b"]
    assert {"a": (20240229, OPEN), "b": (0, OPEN), "p": (0, 20241001), "q": (20251231, OPEN)} == {
        node.id: node.spell for node in graph.nodes
    }, "an edge that goes on keeps its ends there"
