"""The graph of a day as GEXF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.formats import OutOptions
from actorgraph.exchange.graphml import ACTORS_ONLY, OF_GRAPHS, graph_asked

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_GRAPHS, (ACTORS_ONLY,), endings=("gexf", "xml"))


def write(asked: Request, *, actors_only: bool = False) -> str:
    """Return the graph of a day."""
    from actorgraph.graph.formats import to_gexf

    return to_gexf(graph_asked(asked, actors_only=actors_only))
