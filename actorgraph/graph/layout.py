"""Where the nodes of a graph stand when it is drawn: near means agreeing."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import networkx as nx
import numpy as np

from actorgraph.vocabulary import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.things import Thing

_PULL: Final = {
    "supports": 1.5,
    "open": 1.0,
    "undecided": 0.5,
    "neutral": 0.5,
    "sceptical": 0.2,
    "opposes": 0.05,
}
"""How strongly a stance draws its actor to its proposal: opponents are to stand apart, which stock layouts, blind
to the sign of an edge, do not show."""
_TIES_PULL: Final = 0.5
"""What a commitment or a part-of contributes to that pull, whatever its direction."""
_AGREEMENT_PULL: Final = 2.0
"""How strongly two actors are drawn to each other for each proposal on which they fully agree."""
_PATIENCE: Final = 60_000_000
"""How many pairs of nodes a layout may look at in all: networkx looks at each in every round."""
MOST_PAIRWISE: Final = 1000
"""How many nodes a graph may have of which every pair is looked at: ForceAtlas2 takes seconds at a thousand."""
_STEPS: Final = 200
"""How many steps the random walk of a spectral layout takes: by then its fast modes have died away."""


class EverHeld(NamedTuple):
    """What an actor held on a proposal on some day."""

    kind: str
    actor: str
    proposal: str
    position: str


def layout(graph: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    """Return a place for every node, within −1 and 1 on both axes; y grows downwards, as on a screen.

    Near means agreeing: an edge pulls as strongly as its stance supports, and actors who agree pull each other.
    ForceAtlas2 (Jacomy et al. 2014) lays that out, from a golden-angle spiral in the order of the nodes, so that the
    same graph gives the same picture and no two start at one point (there networkx divides by zero). It looks at
    every pair of nodes; above a thousand, the two slowest modes of a random walk on the graph take its place (spectral
    drawing: Hall 1970), which leads from actor to actor over the proposals that both support.

    >>> layout(nx.MultiDiGraph([("italy", "force")])).keys()
    dict_keys(['italy', 'force'])
    """
    pull = _pull(graph)
    if len(pull) < 2:
        return dict.fromkeys(pull, (0.0, 0.0))
    if len(pull) > MOST_PAIRWISE:
        return _fit(_spectral(pull))
    start = {node: np.array(_spiral(number, len(pull))) for number, node in enumerate(pull)}
    rounds = max(20, min(300, _PATIENCE // len(pull) ** 2))
    places = nx.forceatlas2_layout(
        pull, pos=start, max_iter=rounds, scaling_ratio=2.0, gravity=1.0, weight="weight", seed=1, dim=2
    )
    return _fit({node: (float(x), float(y)) for node, (x, y) in places.items()})


def ever_graph(held: Iterable[EverHeld], proposals: Iterable[Thing] = ()) -> nx.MultiDiGraph:
    """Return everything that was ever held, and which of the proposals are parts of which.

    Actors who agree are joined by an `agreement` edge with its `strength` (see `affinity`), unless there are too many
    nodes to look at pairs.

    >>> ever_graph([EverHeld("stance", "italy", "force", "opposes")]).edges["italy", "force", 0]
    {'edge_type': 'stance', 'position': 'opposes'}
    """
    graph = nx.MultiDiGraph()
    held = tuple(held)
    for kind, actor, proposal, position in held:
        graph.add_edge(actor, proposal, edge_type=kind, position=position)
    for thing in proposals:
        for other in thing.body.get("part-of", ()):
            if thing.id in graph and other in graph:
                graph.add_edge(thing.id, other, edge_type="part-of")
    pairs = affinity(held) if len(graph) <= MOST_PAIRWISE else {}
    for (actor, other), strength in pairs.items():
        if strength > 0:
            graph.add_edge(actor, other, edge_type="agreement", strength=strength)
    return graph


def affinity(held: Iterable[EverHeld]) -> dict[tuple[str, str], float]:
    """Return how much every two actors are alike over all days: above 0 they agree, below 0 they disagree.

    It is the sum, over the proposals on which both ever took a stance, of the products of their mean places on the
    scale (opposes −1, sceptical −0.5, neutral and undecided 0, open +0.5, supports +1). Pairs are in the order of their
    ids; those without a proposal in common are left out.

    >>> affinity([EverHeld("stance", "italy", "force", "opposes"), EverHeld("stance", "malta", "force", "sceptical")])
    {('italy', 'malta'): 0.5}
    """
    places: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, actor, proposal, position in held:
        if kind == "stance":
            places[proposal][actor].append(SCALE[position])
    strengths: dict[tuple[str, str], float] = defaultdict(float)
    for proposal in sorted(places):
        means = {actor: sum(scores) / len(scores) for actor, scores in sorted(places[proposal].items())}
        for actor, other in combinations(means, 2):
            strengths[actor, other] += means[actor] * means[other]
    return dict(sorted(strengths.items()))


def _pull(graph: nx.MultiDiGraph) -> nx.Graph:
    """Return how strongly nodes draw each other, as one weight between every two."""
    pull = nx.Graph()
    pull.add_nodes_from(graph)
    for source, target, data in graph.edges(data=True):
        if source != target:
            before = pull.get_edge_data(source, target, {"weight": 0.0})["weight"]
            pull.add_edge(source, target, weight=before + _weight(data))
    return pull


def _weight(data: Mapping[str, Any]) -> float:
    if data.get("edge_type") == "agreement":
        return float(_AGREEMENT_PULL * data["strength"])
    return _PULL.get(data.get("position", ""), _TIES_PULL)


def _spectral(pull: nx.Graph) -> dict[str, tuple[float, float]]:
    """Return the places of nodes by the slowest modes of a random walk: what is often walked between stands near.

    The power method on the lazy walk: each step takes out what is constant, and for y also what x shows already.
    """
    number = {node: index for index, node in enumerate(pull)}
    count = len(number)
    ends = np.array([(number[node], number[other]) for node, other in pull.edges], dtype=int).reshape(-1, 2)
    weights = np.array([weight for *_, weight in pull.edges(data="weight")], dtype=float)
    tails, heads, weights = np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]], np.r_[weights, weights]
    degree = np.bincount(tails, weights, count) + 1e-9
    known = [np.ones(count)]
    for axis in range(2):
        mode = np.array([_spiral(index, count)[axis] for index in range(count)])
        for _ in range(_STEPS):
            mode = (mode + np.bincount(tails, weights * mode[heads], count) / degree) / 2
            for other in known:
                mode = mode - other * ((degree * mode) @ other) / ((degree * other) @ other)
            mode /= np.abs(mode).max() or 1.0
        known.append(mode)
    return {node: (float(known[1][index]), float(known[2][index])) for node, index in number.items()}


def _spiral(number: int, count: int) -> tuple[float, float]:
    turn = number * math.pi * (3 - math.sqrt(5))
    radius = math.sqrt((number + 0.5) / count)
    return radius * math.cos(turn), radius * math.sin(turn)


def _fit(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    lows, highs = zip(*((min(axis), max(axis)) for axis in zip(*places.values(), strict=True)), strict=True)
    middle = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
    reach = max((high - low) / 2 for low, high in zip(lows, highs, strict=True)) or 1.0
    return {
        node: (round((x - middle[0]) / reach, 4), round((y - middle[1]) / reach, 4)) for node, (x, y) in places.items()
    }
