"""The graph of a model as GEXF: over time, or of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.formats import OutOptions
from actorgraph.exchange.graphml import ACTORS_ONLY, OF_GRAPHS, graph_asked

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_GRAPHS, (ACTORS_ONLY,), endings=("gexf", "xml"))


def write(asked: Request, *, actors_only: bool = False) -> str:
    """Return the graph of the day that is named; without one, of the whole model over time."""
    if asked.as_of is not None:
        from actorgraph.graph.gexf import to_gexf

        return to_gexf(graph_asked(asked, actors_only=actors_only))
    of_a_day = {
        "--actors-only": actors_only,
        "--stale-after": asked.stale_after,
        "--group": asked.narrowing.get("group"),
    }
    for option, value in of_a_day.items():
        if value:
            raise UsageProblem(f"{option} needs a day: without --as-of the graph is of all time; name one")
    from actorgraph.graph.gexf import to_gexf_over_time
    from actorgraph.graph.over_time import graph_over_time

    return to_gexf_over_time(graph_over_time(asked.open(), **asked.narrowing))
