"""A snapshot as NetworkX graphs, their layout, and their exchange formats. The only user of networkx."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx
import numpy as np

from actorgraph.words import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.query import Snapshot
    from actorgraph.rows import Row

Graph: TypeAlias = nx.MultiDiGraph

_PULL: Final = {"supports": 1.5, "open": 1.0, "neutral": 0.5, "opposes": 0.05}
"""How strongly a stance draws its actor to its proposal: opponents are to stand apart, which stock layouts, blind
to the sign of an edge, do not show."""
_TIES_PULL: Final = 0.5
"""What a commitment or a part-of contributes to that pull, whatever its direction."""
_AGREEMENT_PULL: Final = 2.0
"""How strongly two actors are drawn to each other for each proposal on which they fully agree, all told."""


def to_graph(snapshot: Snapshot) -> Graph:
    """Return a two-mode graph of a snapshot: actors and proposals, and an edge for everything in force.

    Nodes bear `node_type` (actor, proposal), `kind`, `name` and `bipartite` (0 for actors, 1 for proposals).
    Edges are keyed by the id of the record in force (the latest of a holding), inferred ones by that of the record
    at the start of their chain with `.inferred.` and the position behind it, structural ones by their type, and
    bear `edge_type` (stance, commitment, relation, part-of, entails, excludes); stances and commitments also
    `position`, `score` (stances: −1 opposes to +1 supports), `since`, `until`, `basis`, `contested`,
    `conditions`, `records` and `sources`. Same snapshot, same order of nodes and edges.

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


# -- layout ------------------------------------------------------------------------------------------------


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


def layout(graph: Graph) -> dict[str, tuple[float, float]]:
    """Return a place for every node, within −1 and 1 on both axes; y grows downwards, as on a screen.

    Near means agreeing: an edge pulls as strongly as its stance supports, and actors who agree pull each other.
    ForceAtlas2 (Jacomy et al. 2014) lays that out, from a golden-angle spiral in the order of the nodes, so that the
    same graph gives the same picture and no two start at one point (there networkx divides by zero). It looks at
    every pair of nodes; above a thousand, the two slowest modes of a random walk on the graph take its place
    (spectral drawing: Hall 1970).
    """
    pull = _pull(graph)
    if len(pull) < 2:
        return dict.fromkeys(pull, (0.0, 0.0))
    if len(pull) > _MOST_PAIRWISE:
        return _fit(_spectral(pull))
    start = {node: np.array(_spiral(number, len(pull))) for number, node in enumerate(pull)}
    rounds = max(20, min(300, _PATIENCE // len(pull) ** 2))
    found = nx.forceatlas2_layout(
        pull, pos=start, max_iter=rounds, scaling_ratio=2.0, gravity=1.0, weight="weight", seed=1, dim=2
    )
    return _fit({node: (float(x), float(y)) for node, (x, y) in found.items()})


_PATIENCE: Final = 60_000_000
"""How many pairs of nodes a layout may look at in all: networkx looks at each in every round."""
_MOST_PAIRWISE: Final = 1000
"""How many nodes a layout may have that looks at every pair of them: ForceAtlas2 takes seconds at a thousand."""
_STEPS: Final = 200
"""How many steps the random walk of a spectral layout takes: by then its fast modes have died away."""


def _pull(graph: Graph) -> nx.Graph:
    """Return how strongly nodes draw each other, as one weight between every two."""
    pull = nx.Graph()
    pull.add_nodes_from(graph)
    for one, other, data in graph.edges(data=True):
        if one != other:
            before = pull.get_edge_data(one, other, {"weight": 0.0})["weight"]
            pull.add_edge(one, other, weight=before + _weight(data))
    return pull


def _weight(data: Mapping[str, Any]) -> float:
    if data.get("edge_type") == "agreement":
        return float(_AGREEMENT_PULL * data["much"])
    return _PULL.get(data.get("position", ""), _TIES_PULL)


def _spectral(pull: nx.Graph) -> dict[str, tuple[float, float]]:
    """Return the places of nodes by the slowest modes of a random walk: what is often walked between stands near.

    The power method on the lazy walk, with what is constant, and for y what x has told already, taken out.
    """
    number = {node: at for at, node in enumerate(pull)}
    count = len(number)
    ends = np.array([(number[one], number[other]) for one, other in pull.edges], dtype=int).reshape(-1, 2)
    weights = np.array([weight for *_, weight in pull.edges(data="weight")], dtype=float)
    tails, heads, weights = np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]], np.r_[weights, weights]
    degree = np.bincount(tails, weights, count) + 1e-9
    known = [np.ones(count)]
    for axis in range(2):
        mode = np.array([_spiral(at, count)[axis] for at in range(count)])
        for _ in range(_STEPS):
            mode = (mode + np.bincount(tails, weights * mode[heads], count) / degree) / 2
            for other in known:
                mode = mode - other * ((degree * mode) @ other) / ((degree * other) @ other)
            mode /= np.abs(mode).max() or 1.0
        known.append(mode)
    return {node: (float(known[1][at]), float(known[2][at])) for node, at in number.items()}


def _spiral(number: int, count: int) -> tuple[float, float]:
    turn = number * math.pi * (3 - math.sqrt(5))
    away = math.sqrt((number + 0.5) / count)
    return away * math.cos(turn), away * math.sin(turn)


def _fit(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    lows, highs = zip(*((min(axis), max(axis)) for axis in zip(*places.values(), strict=True)), strict=True)
    middle = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
    reach = max((high - low) / 2 for low, high in zip(lows, highs, strict=True)) or 1.0
    return {
        node: (round((x - middle[0]) / reach, 4), round((y - middle[1]) / reach, 4)) for node, (x, y) in places.items()
    }


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
