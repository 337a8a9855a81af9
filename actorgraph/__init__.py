"""Who stands where on what, since when, on what evidence, and what changed.

The verbs of the command line, as functions: `check` a model, `load` it, ask `who`, `what` and `why`, tell the
`timeline` and the `disputes`, take a `snapshot`, `diff` two dates, `diff_versions` of a model (one of them by
`load_revision` from git, if need be), `verify` the evidence against your copies of the documents, turn a snapshot into
graphs (`to_graph`, `actor_graph`), or the ledger, with its earlier `editions`, into a page (`to_html`).

>>> import actorgraph
>>> ledger = actorgraph.load("examples/minimal.yaml")
>>> [row.actor_name for row in actorgraph.who(ledger, "opposes", "harbour", as_of="2026-06-01").rows]
['Fishers’ Union']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from actorgraph.account import Why, why
    from actorgraph.changes import Change, Changes, diff
    from actorgraph.disagreement import Dispute, Disputes, disputes
    from actorgraph.errors import ActorgraphError, ModelError, Problem, Span, UsageProblem
    from actorgraph.explorer import Opening, to_html
    from actorgraph.graph import actor_graph, to_graph
    from actorgraph.history import Event, Moment, Timeline, timeline
    from actorgraph.ledger import Ledger, editions, load
    from actorgraph.query import Snapshot, snapshot, what, who
    from actorgraph.revisions import load_revision
    from actorgraph.rows import Answer, Row
    from actorgraph.scrutiny import check
    from actorgraph.verification import Checked, Miss, Verification, verify
    from actorgraph.versions import Correction, Field, Versions, diff_versions

__version__ = "0.1.0"

__all__ = [
    "ActorgraphError",
    "Answer",
    "Change",
    "Changes",
    "Checked",
    "Correction",
    "Dispute",
    "Disputes",
    "Event",
    "Field",
    "Ledger",
    "Miss",
    "ModelError",
    "Moment",
    "Opening",
    "Problem",
    "Row",
    "Snapshot",
    "Span",
    "Timeline",
    "UsageProblem",
    "Verification",
    "Versions",
    "Why",
    "actor_graph",
    "check",
    "diff",
    "diff_versions",
    "disputes",
    "editions",
    "load",
    "load_revision",
    "snapshot",
    "timeline",
    "to_graph",
    "to_html",
    "verify",
    "what",
    "who",
    "why",
]

_ROOMS: Final = {
    "account": ("Why", "why"),
    "changes": ("Change", "Changes", "diff"),
    "disagreement": ("Dispute", "Disputes", "disputes"),
    "errors": ("ActorgraphError", "ModelError", "Problem", "Span", "UsageProblem"),
    "explorer": ("Opening", "to_html"),
    "graph": ("actor_graph", "to_graph"),
    "history": ("Event", "Moment", "Timeline", "timeline"),
    "ledger": ("Ledger", "editions", "load"),
    "query": ("Snapshot", "snapshot", "what", "who"),
    "revisions": ("load_revision",),
    "rows": ("Answer", "Row"),
    "scrutiny": ("check",),
    "verification": ("Checked", "Miss", "Verification", "verify"),
    "versions": ("Correction", "Field", "Versions", "diff_versions"),
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
