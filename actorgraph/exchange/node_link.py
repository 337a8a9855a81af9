"""The graph of a day as node-link JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.exporting.focus import OF_PART, in_focus
from actorgraph.exchange.formats import OF_A_DAY, OutOptions
from actorgraph.exchange.graphml import ACTORS_ONLY, graph_asked

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_A_DAY, (ACTORS_ONLY, *OF_PART), endings=("json",))


def write(asked: Request, *, actors_only: bool = False, focus: str | None = None, top: str | None = None) -> str:
    """Return the graph of a day, or of a part of it."""
    from actorgraph.graph.node_link import to_node_link

    return to_node_link(graph_asked(asked, in_focus(asked.open(), focus, top), actors_only=actors_only))
