"""The graph of a day as GraphML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from actorgraph.exchange.exporting.focus import OF_PART, in_focus
from actorgraph.exchange.formats import OF_A_DAY, Option, OutOptions

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request
    from actorgraph.ledger.store import Ledger

ACTORS_ONLY: Final = Option("actors-only", "the one-mode graph of actors.")
OUT: Final = OutOptions(OF_A_DAY, (ACTORS_ONLY, *OF_PART), endings=("graphml", "xml"))


def write(asked: Request, *, actors_only: bool = False, focus: str | None = None, top: str | None = None) -> str:
    """Return the graph of a day, or of a part of it."""
    from actorgraph.graph.formats import to_graphml

    return to_graphml(graph_asked(asked, in_focus(asked.open(), focus, top), actors_only=actors_only))


def graph_asked(asked: Request, ledger: Ledger, *, actors_only: bool) -> Any:
    """Return the graph of a ledger on the day that is asked about."""
    from actorgraph.graph.networks import actor_graph, to_graph
    from actorgraph.questions.snapshot import snapshot

    now = snapshot(ledger, **asked.question)
    graph = actor_graph(now) if actors_only else to_graph(now)
    if ledger.left_out is not None:
        graph.graph["left_out"] = ledger.left_out
    return graph
