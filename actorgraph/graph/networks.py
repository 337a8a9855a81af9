"""A snapshot as NetworkX graphs, and their exchange formats."""

from __future__ import annotations

import io
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from actorgraph.vocabulary import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.questions.rows import Row
    from actorgraph.questions.snapshot import Snapshot

Graph: TypeAlias = nx.MultiDiGraph


def to_graph(snapshot: Snapshot) -> Graph:
    """Return a two-mode graph of a snapshot: actors and proposals, and an edge for everything in force.

    Nodes bear `node_type` (actor, proposal), `kind`, `name` and `bipartite` (0 for actors, 1 for proposals).
    Edges are keyed by the id of the record in force (the latest of a holding), inferred ones by that of the record
    at the start of their chain with `.inferred.` and the position behind it, structural ones by their type, and
    bear `edge_type` (stance, commitment, relation, part-of, entails, excludes); stances and commitments also
    `position`, `score` (stances: −1 opposes to +1 supports), `since`, `until`, `basis`, `contested`,
    `conditions`, `records` and `sources`.

    Args:
        snapshot: What is in force on a day (see `snapshot`).

    Returns:
        A `networkx.MultiDiGraph`. Same snapshot, same order of nodes and edges.

    >>> from actorgraph import load, snapshot
    >>> graph = to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> [(one, other, data["position"]) for one, other, data in graph.edges(data=True) if "position" in data]
    [('fishers-union', 'harbour', 'opposes'), ('harbour-board', 'harbour', 'supports'), ('harbour-board', 'harbour', 'pledges')]
    """  # noqa: E501 - the doctest's answer is one line
    graph = _graph(snapshot)
    _add_actors(graph, snapshot)
    for key, proposal in snapshot.things["proposal"].items():
        graph.add_node(key, node_type="proposal", kind="proposal", name=proposal.name, bipartite=1)
    for row in snapshot.rows:
        key = row.records[-1] if row.basis == "stated" else f"{row.records[-1]}.inferred.{row.position}"
        graph.add_edge(row.actor, row.proposal, key=key, edge_type=row.kind, **_held(row))
    _add_relations(graph, snapshot)
    for key, proposal in snapshot.things["proposal"].items():
        for kind in ("part-of", "entails", "excludes"):
            for other in proposal.body.get(kind, ()):
                graph.add_edge(key, other, key=kind, edge_type=kind)
    return graph


def actor_graph(snapshot: Snapshot) -> Graph:
    """Return a one-mode graph of a snapshot: actors only.

    Commitments are drawn to those that they are made to (`toward`), relations as they are; `agreement` and
    `conflict` edges join two actors, in the order of their ids, with the `proposals` on which both hold an
    uncontested stance of the same or of opposite sign (neutral has none), and their `count`; their keys are
    `agreement:` and `conflict:`, which no record's id can be.

    Args:
        snapshot: What is in force on a day (see `snapshot`).

    Returns:
        A `networkx.MultiDiGraph`. Same snapshot, same order of nodes and edges.

    >>> from actorgraph import load, snapshot
    >>> graph = actor_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> [(one, other, data["edge_type"]) for one, other, data in graph.edges(data=True)]
    [('fishers-union', 'harbour-board', 'conflict'), ('harbour-board', 'town-council', 'commitment'), ('olsen', 'fishers-union', 'relation')]
    """  # noqa: E501 - the doctest's answer is one line
    graph = _graph(snapshot)
    _add_actors(graph, snapshot)
    for row in snapshot.rows:
        if row.kind == "commitment":
            record = row.records[-1]
            for other in snapshot.things["commitment"][record].body.get("toward", ()):
                held = {"proposal": row.proposal, **_held(row)}
                graph.add_edge(row.actor, other, key=record, edge_type="commitment", **held)
    _add_relations(graph, snapshot)
    for (one, other), (agree, conflict) in sorted(_shared(snapshot).items()):
        for kind, proposals in (("agreement", agree), ("conflict", conflict)):
            if proposals:
                shared = tuple(sorted(proposals))
                graph.add_edge(one, other, key=f"{kind}:", edge_type=kind, count=len(shared), proposals=shared)
    return graph


def _graph(snapshot: Snapshot) -> Graph:
    return nx.MultiDiGraph(
        model=snapshot.model,
        title=snapshot.title,
        as_of=snapshot.as_of,
        **({"known_by": snapshot.known_by} if snapshot.known_by else {}),
    )


def _add_actors(graph: Graph, snapshot: Snapshot) -> None:
    for key, actor in snapshot.things["actor"].items():
        graph.add_node(key, node_type="actor", kind=actor.body["kind"], name=actor.name, bipartite=0)


def _add_relations(graph: Graph, snapshot: Snapshot) -> None:
    for tie in snapshot.ties:
        graph.add_edge(
            tie.actor,
            tie.to,
            key=tie.record,
            edge_type="relation",
            relation=tie.relation,
            role=tie.role,
            since=tie.since,
            until=tie.until,
        )


def _held(row: Row) -> dict[str, Any]:
    return {
        "position": row.position,
        "score": SCALE.get(row.position),
        "since": row.since,
        "until": row.until,
        "basis": row.basis,
        "contested": row.contested,
        "conditions": row.conditions,
        "records": row.records,
        "sources": tuple(dict.fromkeys(one.source for one in row.evidence)),
    }


def _shared(snapshot: Snapshot) -> Mapping[tuple[str, str], tuple[set[str], set[str]]]:
    """Return, for each pair of actors, the proposals on which they agree and those on which they conflict."""
    sides: dict[str, dict[str, float]] = defaultdict(dict)
    for row in snapshot.rows:
        if row.kind == "stance" and not row.contested and SCALE[row.position]:
            sides[row.proposal][row.actor] = SCALE[row.position]
    pairs: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for proposal, scores in sides.items():
        for one, other in combinations(sorted(scores), 2):
            pairs[one, other][scores[one] * scores[other] < 0].add(proposal)
    return pairs


# -- what a layout goes by ---------------------------------------------------------------------------------


def ever_graph(snapshot: Snapshot) -> Graph:
    """Return everything that was ever held, and what is part of what: the same graph for every day of a model.

    Actors who agree are joined by an `agreement` edge that says how much (see `agreement`).

    >>> from actorgraph import load, snapshot
    >>> ledger = load("examples/minimal.yaml")
    >>> sorted(ever_graph(snapshot(ledger, as_of="2020"))) == sorted(ever_graph(snapshot(ledger, as_of="2026-06")))
    True
    """
    graph = _graph(snapshot)
    for kind, actor, proposal, position in snapshot.ever:
        graph.add_edge(actor, proposal, edge_type=kind, position=position)
    for key, thing in snapshot.things["proposal"].items():
        for other in thing.body.get("part-of", ()):
            if key in graph and other in graph:
                graph.add_edge(key, other, edge_type="part-of")
    for (one, other), much in agreement(snapshot).items():
        if much > 0:
            graph.add_edge(one, other, edge_type="agreement", much=much)
    return graph


def agreement(snapshot: Snapshot) -> dict[tuple[str, str], float]:
    """Return how much every two actors agree over all days: above 0 they do, below 0 they disagree.

    It is the sum, over the proposals on which both ever took a stance, of the products of their mean places on the
    scale (opposes −1, neutral 0, open +0.5, supports +1). Pairs are in the order of their ids; those without a
    proposal in common are left out.

    >>> from actorgraph import load, snapshot
    >>> agreement(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))["fishers-union", "harbour-board"]
    -0.5
    """
    said: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, actor, proposal, position in snapshot.ever:
        if kind == "stance":
            said[proposal][actor].append(SCALE[position])
    found: dict[tuple[str, str], float] = defaultdict(float)
    for proposal in sorted(said):
        means = {actor: sum(places) / len(places) for actor, places in sorted(said[proposal].items())}
        for one, other in combinations(means, 2):
            found[one, other] += means[one] * means[other]
    return dict(sorted(found.items()))


# -- exchange formats --------------------------------------------------------------------------------------


def to_graphml(graph: Graph) -> str:
    """Return a graph as GraphML, which knows no lists and no nothing: lists are joined by '; '.

    >>> from actorgraph import load, snapshot
    >>> to_graphml(to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))).splitlines()[0]
    "<?xml version='1.0' encoding='utf-8'?>"
    """
    return _written(nx.write_graphml, _flat(graph))


def to_gexf(graph: Graph) -> str:
    """Return a graph as GEXF, dated by its own `as_of` and not by the clock: same graph, same bytes.

    >>> from actorgraph import load, snapshot
    >>> 'lastmodifieddate="2026-06-30"' in to_gexf(to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06")))
    True
    """
    flat = _flat(graph)
    for _, data in flat.nodes(data=True):
        data["label"] = data["name"]
    written = _written(nx.write_gexf, flat)
    head, mark, rest = written.partition('lastmodifieddate="')
    return f"{head}{mark}{graph.graph['as_of']}{rest[10:]}"


def _flat(graph: Graph) -> Graph:
    flat = nx.MultiDiGraph(**graph.graph)
    flat.add_nodes_from((node, _scalars(data)) for node, data in graph.nodes(data=True))
    flat.add_edges_from(
        (one, other, key, _scalars(data)) for one, other, key, data in graph.edges(keys=True, data=True)
    )
    return flat


def _scalars(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: "; ".join(value) if isinstance(value, tuple) else value for key, value in data.items() if value is not None
    }


def _written(write: Any, graph: Graph) -> str:
    stream = io.BytesIO()
    write(graph, stream)
    return stream.getvalue().decode("utf-8")
