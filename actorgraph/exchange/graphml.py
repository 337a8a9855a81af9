"""The graph of a day as GraphML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from actorgraph.exchange.formats import Option, OutOptions

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OF_GRAPHS: Final = ("model", "as_of", "known_by", "stated", "assume", "stale_after", "narrowing", "output", "no_cache")
ACTORS_ONLY: Final = Option("actors-only", "the one-mode graph of actors.")
OUT: Final = OutOptions(OF_GRAPHS, (ACTORS_ONLY,), endings=("graphml", "xml"))


def write(asked: Request, *, actors_only: bool = False) -> str:
    """Return the graph of a day."""
    from actorgraph.graph.formats import to_graphml

    return to_graphml(graph_asked(asked, actors_only=actors_only))


def graph_asked(asked: Request, *, actors_only: bool) -> Any:
    """Return the graph of the day that is asked about."""
    from actorgraph.graph.networks import actor_graph, to_graph
    from actorgraph.questions.snapshot import snapshot

    now = snapshot(asked.open(), **asked.question)
    return actor_graph(now) if actors_only else to_graph(now)
