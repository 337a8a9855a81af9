"""Who stands where on what, since when, on what evidence, and what changed.

The verbs of the command line, as functions: `load` a model, ask `who` and `what`, take a `snapshot`, `diff` two
dates, and turn a snapshot into graphs (`to_graph`, `actor_graph`) or a page (`to_html`).

>>> import actorgraph
>>> ledger = actorgraph.load("examples/minimal.yaml")
>>> [row.actor_name for row in actorgraph.who(ledger, "opposes", "harbour", as_of="2026-06-01").rows]
['Fishers’ Union']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from actorgraph.changes import Change, Changes, diff
    from actorgraph.errors import ActorgraphError, ModelError, Problem, Span, UsageProblem
    from actorgraph.explorer import to_html
    from actorgraph.graph import actor_graph, to_graph
    from actorgraph.ledger import Ledger, load
    from actorgraph.query import Snapshot, snapshot, what, who
    from actorgraph.rows import Answer, Row

__version__ = "0.1.0"

__all__ = [
    "ActorgraphError",
    "Answer",
    "Change",
    "Changes",
    "Ledger",
    "ModelError",
    "Problem",
    "Row",
    "Snapshot",
    "Span",
    "UsageProblem",
    "actor_graph",
    "diff",
    "load",
    "snapshot",
    "to_graph",
    "to_html",
    "what",
    "who",
]

_ROOMS: Final = {
    "changes": ("Change", "Changes", "diff"),
    "errors": ("ActorgraphError", "ModelError", "Problem", "Span", "UsageProblem"),
    "explorer": ("to_html",),
    "graph": ("actor_graph", "to_graph"),
    "ledger": ("Ledger", "load"),
    "query": ("Snapshot", "snapshot", "what", "who"),
    "rows": ("Answer", "Row"),
}


def __dir__() -> list[str]:
    """Return what the library has, imported or not."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: networkx alone takes longer than a warm answer."""
    for room, names in _ROOMS.items():
        if name in names:
            found: object = getattr(import_module(f"actorgraph.{room}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module 'actorgraph' has no attribute '{name}'")
