"""The graph of a model as GEXF: over time, or of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem
from actorgraph.exchange.exporting.focus import OF_PART, in_focus
from actorgraph.exchange.formats import OF_A_DAY, OutOptions
from actorgraph.exchange.graphml import ACTORS_ONLY, graph_asked

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(
    tuple("day_or_all" if name == "as_of" else name for name in OF_A_DAY),
    (ACTORS_ONLY, *OF_PART),
    endings=("gexf", "xml"),
)


def write(asked: Request, *, actors_only: bool = False, focus: str | None = None, top: str | None = None) -> str:
    """Return the graph of the day that is named, without one of all time; or that of a part."""
    if asked.as_of is not None:
        from actorgraph.graph.gexf import to_gexf

        return to_gexf(graph_asked(asked, in_focus(asked.open(), focus, top), actors_only=actors_only))
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

    ledger = in_focus(asked.open(), focus, top)
    graph = graph_over_time(ledger, **asked.narrowing)
    if ledger.left_out is not None:
        graph = graph._replace(about={**graph.about, "left_out": ledger.left_out})
    return to_gexf_over_time(graph)
