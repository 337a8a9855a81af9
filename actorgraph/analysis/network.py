"""Networks of actors, and of actors and proposals: how much ties each two, by positions of a day or by statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actorgraph.analysis.counting.counts import level_by_position
from actorgraph.analysis.counting.ties import checked_tie, one_mode, two_mode
from actorgraph.analysis.counting.what_counts import positions_that_count, statements_that_count
from actorgraph.analysis.made_when_read import UnreadRecords
from actorgraph.analysis.measured import Measured
from actorgraph.analysis.network_edges import EdgePlaces, NetworkEdge, NetworkEdges
from actorgraph.analysis.words import BINARY, CONFLICT, CONGRUENCE, IGNORE, NONE, ONE, TWO
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.options import Narrowing, checked_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    import networkx as nx

    from actorgraph.analysis.counting.counts import Counts, Matrix
    from actorgraph.analysis.counting.what_counts import WhatCounts
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.envelope import About


class NetworkNode(NamedTuple):
    """An actor, or in a two-mode network also a proposal, of which something counts.

    `statements` is how many count, N_i of an actor: positions of a day, or statements of a window. `records` are the
    ids of the records behind them.
    """

    id: str
    name: str
    type: str
    statements: int
    records: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Network(Measured[NetworkEdge]):
    """A weighted network under the envelope of an answer.

    `nodes` are the actors, by id, then in a two-mode network the proposals: only those of which something counts.
    `isolates` is how many others were asked about, or in a window speak at another time: what every measure calls
    `others`, as whoever works with networks looks for it. `edges` are those that weigh anything, the heaviest first,
    and `zeros` those that weigh 0 though something of the same is said: they are no silence. Weights are whole numbers
    where the formula makes no others. Both are sequences, whose edges are made when they are read.
    """

    nodes: tuple[NetworkNode, ...]
    edges: NetworkEdges
    zeros: NetworkEdges
    isolates: int

    LISTS = "edges"
    # `weight` is the number, so what it measures, the option --weight, has a name of its own.
    COLUMNS = (
        *ASKED_COLUMNS,
        "mode",
        "measure",
        "normalise",
        "levels",
        "from",
        "to",
        "duplicates",
        "by",
        "actor",
        "actor_name",
        "other",
        "other_name",
        "weight",
        "n",
        "actor_statements",
        "other_statements",
        "records",
    )
    SHOWN = ("actor_name", "other_name", "weight", "n", "actor_statements", "other_statements")

    @property
    def is_two_mode(self) -> bool:
        """Whether it ties actors to proposals."""
        return bool(self.query["mode"] == TWO)

    def of_type(self, kind: str) -> tuple[NetworkNode, ...]:
        """Return its actors, or its proposals."""
        return tuple(node for node in self.nodes if node.type == kind)

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each edge, with what was asked for: two exports in one table can be told apart."""
        by_id = {(node.type, node.id): node for node in self.nodes}
        for edge in self.edges:
            actor = by_id["actor", edge.actor]
            other = by_id["proposal" if self.is_two_mode else "actor", edge.other]
            yield {
                **self.asked,
                **self.query,
                "measure": self.query["weight"],
                **edge._asdict(),
                "actor_name": actor.name,
                "other_name": other.name,
                "actor_statements": actor.statements,
                "other_statements": other.statements,
            }

    def square(self) -> list[list[int | float]]:
        """Return the whole matrix: a line for each actor, and in it the weight with each actor, or of each proposal."""
        across = self.of_type("proposal" if self.is_two_mode else "actor")
        row = {node.id: at for at, node in enumerate(self.of_type("actor"))}
        column = {node.id: at for at, node in enumerate(across)}
        table: list[list[int | float]] = [[0] * len(column) for _ in row]
        for edge in self.edges:
            table[row[edge.actor]][column[edge.other]] = edge.weight
            if not self.is_two_mode:
                table[row[edge.other]][column[edge.actor]] = edge.weight
        return table

    def by_bloc(self, among: Iterable[int]) -> tuple[int, ...]:
        """Return some actors of one mode, by their places in `square`, so that those stand together who are tied.

        They come bloc by bloc (see `analysis.blocs`), by what is positive of their weights, and who has no tie last.
        """
        from actorgraph.analysis.camps.partition import partition_of

        some = tuple(among)
        actors = len(self.of_type("actor"))
        weights = np.array(self.square(), dtype=float).reshape(actors, actors)
        return tuple(some[at] for at in partition_of(np.maximum(weights[np.ix_(some, some)], 0)).order)

    def to_graph(self) -> nx.MultiGraph:
        """Return it as an undirected graph, with a `weight` on every edge.

        Nodes bear `node_type`, `name`, `label`, `bipartite` (0 for actors, 1 for proposals) and `statements`, edges
        `weight`, `n` and `records`; the weight's name is their key and `edge_type`.
        """
        import networkx as nx

        about = {"model": self.model, "title": self.about.title, "as_of": self.as_of, **self.query}
        graph = nx.MultiGraph(**{name: value for name, value in about.items() if value is not None})
        for node in self.nodes:
            bipartite = int(node.type == "proposal")
            graph.add_node(
                node.id,
                node_type=node.type,
                name=node.name,
                label=self.about.short_titles.get(node.id, node.name) if bipartite else node.name,
                bipartite=bipartite,
                statements=node.statements,
            )
        kind = self.query["weight"]
        for edge in self.edges:
            drawn = {"edge_type": kind, "weight": edge.weight, "n": edge.n, "records": edge.records}
            graph.add_edge(edge.actor, edge.other, key=kind, **drawn)
        return graph


def network(  # noqa: PLR0913 - each is an option that users of networks know by its name
    ledger: Ledger,
    *,
    as_of: str | date | None = None,
    window: str | None = None,
    mode: str = ONE,
    weight: str | None = None,
    normalise: str = NONE,
    levels: str = BINARY,
    duplicates: str | None = None,
    by: str | None = None,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Network:
    """Return how much ties actors to each other, or to proposals: by the positions of a day, or what a window has said.

    Of a day, what counts are the positions in force that are stated, certain and uncontested, each once. Of a window,
    it is every passage that states a position, from the one day to the other, each as often as it was said. The
    formulas stand in `analysis.counting.ties.one_mode` and `two_mode`; docs/analysis.md has them by the names that
    Discourse Network Analyzer gives them.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        window: A window of time instead, `FROM/TO` with both days inside, a month or a year.
        mode: `one` for actors, `two` for actors and proposals.
        weight: What a tie weighs: `congruence`, `conflict`, `subtract` (congruence less conflict) or `ignore` (whoever
            says something of the same proposal); of two modes `subtract` (for less against) or `ignore`. The first of
            these where none is named.
        normalise: What weights are divided by: `none`, `average`, `jaccard`, `dna-cosine`, `cosine`; of two modes
            `none`, `activity`, `prominence`.
        levels: `binary`, for or against, or `scale`, each of the six positions.
        duplicates: Of a window: within what a statement that is made again counts once: `all` for nothing, `document`,
            `day`, `week`, `month`, `year` or `window`. With `ignore`, one at another level is the same again, too.
        by: Of a window: whose a statement is: the `actor`'s, that of the `speaker`, or the `organisation`'s for which a
            person stands.
        explain: Also the rows behind the numbers.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The network.

    Raises:
        UsageProblem: An unknown word, or one that does not go with another; a bad date.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> answer = network(ledger, as_of="2026-06", weight="conflict")
    >>> [(edge.actor, edge.other, edge.weight, edge.n) for edge in answer]
    [('fishers-union', 'harbour-board', 1, 1)]
    >>> network(ledger, window="2025/2026", mode="two").square()
    [[-1], [1], [1]]
    """
    checked_options(options, Narrowing)
    weight = checked_tie(mode, weight, normalise)
    level_by_position(levels)
    rules = {"duplicates": duplicates, "by": by}
    asked = {"command": "network", "mode": mode, "weight": weight, "normalise": normalise, "levels": levels}
    with no_garbage_collection():
        if window is None:
            what = positions_that_count(ledger, as_of, levels, rules, options)
        else:
            of_a_day = {"as-of": as_of, "assume": options.get("assume")}
            at_any_level = weight == IGNORE
            what = statements_that_count(ledger, window, levels, rules, of_a_day, options, at_any_level=at_any_level)
        return _network(what, asked, explain=explain)


def _network(what: WhatCounts, asked: Mapping[str, str], *, explain: bool) -> Network:
    """Return a network of what counts, given how it is made."""
    counts, rows = what.counts, what.rows() if explain else ()
    envelope = what.envelope({**asked, **what.asked}, rows)
    edges, zeros = _edges(counts, asked["mode"], asked["weight"], asked["normalise"])
    return Network(
        *envelope,
        counted=int(counts.n.sum()),
        conditional=what.conditional,
        speaking=len(counts.actors),
        others=what.others,
        left_out=counts.left_out,
        rows=rows,
        nodes=_nodes(counts, asked["mode"], envelope[-1]),
        edges=edges,
        zeros=zeros,
        isolates=what.others,
    )


def _nodes(counts: Counts, mode: str, about: About) -> tuple[NetworkNode, ...]:
    """Return the nodes of a network: its actors, and of two modes its proposals."""
    records: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for (actor, proposal), ids in counts.records.items():
        records["actor", actor].update(dict.fromkeys(ids))
        records["proposal", proposal].update(dict.fromkeys(ids))
    of_each = counts.on_each
    sides = [("actor", counts.actors, about.actors, of_each.sum(axis=1))]
    if mode == TWO:
        sides.append(("proposal", counts.proposals, about.proposals, of_each.sum(axis=0)))
    return tuple(
        NetworkNode(key, names[key], kind, int(number), tuple(records[kind, key]))
        for kind, keys, names, numbers in sides
        for key, number in zip(keys, numbers.tolist(), strict=True)
    )


def _edges(counts: Counts, mode: str, weight: str, normalise: str) -> tuple[NetworkEdges, NetworkEdges]:
    """Return what ties those who have anything in common, the heaviest first; and apart what weighs nothing."""
    ids = cache(counts.records.__getitem__)  # many edges rest on the same
    if mode == ONE:
        weights, common, others = np.triu(one_mode(counts, weight, normalise)), np.triu(counts.shared()), counts.actors
        near = _near(counts, weight)

        def records(row: int, column: int) -> tuple[str, ...]:
            both = counts.actors[row], counts.actors[column]
            proposals = (counts.proposals[at] for at in _tied_by(counts, near, row, column))
            return tuple(dict.fromkeys(key for on in proposals for actor in both for key in ids((actor, on))))

    else:
        weights, common, others = two_mode(counts, weight, normalise), counts.on_each, counts.proposals

        def records(row: int, column: int) -> tuple[str, ...]:
            return ids((counts.actors[row], counts.proposals[column]))

    is_whole = normalise == NONE and (counts.levels == BINARY or weight == IGNORE)

    def edge(row: int, column: int, value: float, n: float) -> NetworkEdge:
        behind = UnreadRecords(partial(records, row, column))
        return NetworkEdge(counts.actors[row], others[column], int(value) if is_whole else value, int(n), behind)

    places = EdgePlaces.ranked(weights, common)
    weighs = places.weights != 0
    return NetworkEdges(places.taken(weighs), edge), NetworkEdges(places.taken(~weighs), edge)


def _near(counts: Counts, weight: str) -> Matrix:
    """Return by level, actor and proposal how much the actor's statements add to one of another at that level."""
    distance = counts.distance
    nearness = {CONGRUENCE: 1 - distance, CONFLICT: distance}.get(weight, np.ones_like(distance))
    return np.tensordot(nearness, counts.n, axes=1)


def _tied_by(counts: Counts, near: Matrix, first: int, second: int) -> list[int]:
    """Return the numbers of the proposals that tie two actors."""
    return np.flatnonzero(np.einsum("kp,kp->p", near[:, first], counts.n[:, second])).tolist()
