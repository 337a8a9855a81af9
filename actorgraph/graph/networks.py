"""A snapshot as NetworkX graphs."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.counting import place_of
from actorgraph.questions.snapshot import Snapshot
from actorgraph.vocabulary import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.questions.rows import Row

Graph: TypeAlias = nx.MultiDiGraph


@no_garbage_collection()
def to_graph(snapshot: Snapshot) -> Graph:
    """Return a two-mode graph of a snapshot: actors and proposals, and an edge for everything in force.

    Nodes bear `node_type` (actor, proposal), `kind`, `name`, `label` (its short name, where it has one), `bipartite`
    (0 for actors, 1 for proposals), and where they are on record `country` and `url`.
    Edges are keyed by the id of the record in force (the latest of a holding), inferred ones by that of the record
    at the start of their chain with `.inferred.` and the position behind it, structural ones by their type, and
    bear `edge_type` (stance, commitment, relation, part-of, succeeds, entails, excludes); stances and commitments also
    `position`, `score` (stances: −1 opposes to +1 supports), `toward` (ids of addressees), `at_least`, `at_most` and
    `unit` (an amount), `since`, `until`, both also as curated (`since_date`, `until_date`), `basis`, `contested`,
    `contest`, `conditions`, `records`, `sources` and `urls`, where these can be read. What is only possible has no edge.
    One commitment that has come to different ends toward different addressees has an edge for each, with `.to.` and the
    addressees behind the id.

    Args:
        snapshot: What is in force on a day (see `snapshot`).

    Returns:
        A `networkx.MultiDiGraph`. Same snapshot, same order of nodes and edges.

    Raises:
        UsageProblem: It is given something else than a snapshot.

    >>> from actorgraph import load, snapshot
    >>> graph = to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> [(actor, target, data["position"]) for actor, target, data in graph.edges(data=True) if "position" in data]
    [('fishers-union', 'harbour', 'opposes'), ('harbour-board', 'harbour', 'supports'), ('harbour-board', 'harbour', 'pledges')]
    """  # noqa: E501 - the doctest's answer is one line
    graph = _graph(snapshot)
    _add_actors(graph, snapshot)
    for key, proposal in snapshot.things["proposal"].items():
        label = proposal.body.get("short") or proposal.name
        known = {name: proposal.body[name] for name in ("url",) if name in proposal.body}
        graph.add_node(
            key, node_type="proposal", kind="proposal", name=proposal.name, label=label, **known, bipartite=1
        )
    for row in snapshot.rows:
        key = row.records[-1] if row.basis == "stated" else f"{row.records[-1]}.inferred.{row.position}"
        if graph.has_edge(row.actor, row.proposal, key):
            key = f"{key}.to.{'.'.join(row.toward)}"
        graph.add_edge(row.actor, row.proposal, key=key, edge_type=row.kind, **attributes_of(row))
    _add_relations(graph, snapshot)
    for key, proposal in snapshot.things["proposal"].items():
        for kind in ("part-of", "succeeds", "entails", "excludes"):
            for other in proposal.body.get(kind, ()):
                if other in snapshot.things["proposal"]:
                    graph.add_edge(key, other, key=kind, edge_type=kind)
    return graph


@no_garbage_collection()
def actor_graph(snapshot: Snapshot) -> Graph:
    """Return a one-mode graph of a snapshot: actors only.

    Commitments are drawn to those that they are made to (`toward`), relations as they are; `agreement` and
    `conflict` edges join two actors, in the order of their ids, with the `proposals` on which both hold an
    uncontested stance of the same or of opposite sign (neutral and undecided have none, nor has who holds one position
    `if` and another `unless` the same condition), and their `count`; their keys are `agreement:` and `conflict:`, which
    no record's id can be.

    Args:
        snapshot: What is in force on a day (see `snapshot`).

    Returns:
        A `networkx.MultiDiGraph`. Same snapshot, same order of nodes and edges.

    Raises:
        UsageProblem: It is given something else than a snapshot.

    >>> from actorgraph import load, snapshot
    >>> graph = actor_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> [(actor, target, data["edge_type"]) for actor, target, data in graph.edges(data=True)]
    [('fishers-union', 'harbour-board', 'conflict'), ('harbour-board', 'town-council', 'commitment'), ('olsen', 'fishers-union', 'relation')]
    """  # noqa: E501 - the doctest's answer is one line
    graph = _graph(snapshot)
    _add_actors(graph, snapshot)
    for row in snapshot.rows:
        if row.kind == "commitment":
            for addressee in (key for key in row.toward if key in snapshot.things["actor"]):  # it may be narrowed
                attributes = {"proposal": row.proposal, **attributes_of(row)}
                graph.add_edge(row.actor, addressee, key=row.records[-1], edge_type="commitment", **attributes)
    _add_relations(graph, snapshot)
    for (actor, other), (agree, conflict) in sorted(_shared(snapshot).items()):
        for kind, proposals in (("agreement", agree), ("conflict", conflict)):
            if proposals:
                shared = tuple(sorted(proposals))
                graph.add_edge(actor, other, key=f"{kind}:", edge_type=kind, count=len(shared), proposals=shared)
    return graph


def _graph(snapshot: Snapshot) -> Graph:
    if not isinstance(snapshot, Snapshot):
        kind = type(snapshot).__name__
        raise UsageProblem(f"a graph is made of a snapshot, not of a {kind}: snapshot(ledger, as_of=…) makes one")
    return nx.MultiDiGraph(
        model=snapshot.model,
        title=snapshot.title,
        as_of=snapshot.as_of,
        **({"known_by": snapshot.known_by} if snapshot.known_by else {}),
        **({"min_grade": snapshot.min_grade} if snapshot.min_grade else {}),
        **({"without": snapshot.without} if snapshot.without else {}),
        **({"assume": snapshot.assume} if snapshot.assume else {}),
        **({"narrowed": snapshot.narrowed} if snapshot.narrowed else {}),
    )


def _add_actors(graph: Graph, snapshot: Snapshot) -> None:
    for key, actor in snapshot.things["actor"].items():
        known = {name: actor.body[name] for name in ("country",) if name in actor.body}
        kind = actor.body["kind"]
        graph.add_node(key, node_type="actor", kind=kind, name=actor.name, label=actor.name, **known, bipartite=0)


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


def attributes_of(row: Row) -> dict[str, Any]:
    """Return the attributes of the edge of a row."""
    at_least, at_most, unit = row.amount or (None, None, None)
    return {
        "position": row.position,
        "score": SCALE.get(row.position),
        "toward": row.toward,
        "at_least": None if at_least is None else float(at_least),
        "at_most": None if at_most is None else float(at_most),
        "unit": unit,
        "since": row.since,
        "since_date": row.since_date,
        "until": row.until,
        "until_date": row.until_date,
        "basis": row.basis,
        "contested": row.contested,
        "contest": row.contest,
        "conditions": row.conditions,
        "records": row.records,
        "sources": tuple(dict.fromkeys(evidence.source for evidence in row.evidence)),
        "urls": tuple(dict.fromkeys(evidence.url for evidence in row.evidence if evidence.url)),
    }


def _shared(snapshot: Snapshot) -> Mapping[tuple[str, str], tuple[set[str], set[str]]]:
    """Return, for each pair of actors, the proposals on which they agree and those on which they conflict."""
    tracks: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in snapshot.rows:
        if row.kind == "stance":
            tracks[row.proposal, row.actor].append(row)
    sides: dict[str, dict[str, float]] = defaultdict(dict)
    for (proposal, actor), rows in tracks.items():
        if score := SCALE.get(place_of(rows)):
            sides[proposal][actor] = score
    pairs: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for proposal, scores in sides.items():
        for actor, other in combinations(sorted(scores), 2):
            pairs[actor, other][scores[actor] * scores[other] < 0].add(proposal)
    return pairs
