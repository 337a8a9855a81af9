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
    from actorgraph.errors import ActorgraphError, ModelError, Problem, Span, UsageProblem
    from actorgraph.explorer.html import Opening, to_html
    from actorgraph.graph.networks import actor_graph, to_graph
    from actorgraph.ledger.git import load_revision
    from actorgraph.ledger.store import Ledger, editions, load
    from actorgraph.model.warnings import check
    from actorgraph.questions.diff import Change, Changes, diff
    from actorgraph.questions.disputes import Dispute, Disputes, disputes
    from actorgraph.questions.rows import Answer, Row
    from actorgraph.questions.timeline import Event, Moment, Timeline, timeline
    from actorgraph.questions.verify import Checked, Miss, Verification, verify
    from actorgraph.questions.versions import Correction, Field, Versions, diff_versions
    from actorgraph.questions.who import Snapshot, snapshot, what, who
    from actorgraph.questions.why import Why, why

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
    "errors": ("ActorgraphError", "ModelError", "Problem", "Span", "UsageProblem"),
    "explorer.html": ("Opening", "to_html"),
    "graph.networks": ("actor_graph", "to_graph"),
    "ledger.git": ("load_revision",),
    "ledger.store": ("Ledger", "editions", "load"),
    "model.warnings": ("check",),
    "questions.diff": ("Change", "Changes", "diff"),
    "questions.disputes": ("Dispute", "Disputes", "disputes"),
    "questions.rows": ("Answer", "Row"),
    "questions.timeline": ("Event", "Moment", "Timeline", "timeline"),
    "questions.verify": ("Checked", "Miss", "Verification", "verify"),
    "questions.versions": ("Correction", "Field", "Versions", "diff_versions"),
    "questions.who": ("Snapshot", "snapshot", "what", "who"),
    "questions.why": ("Why", "why"),
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
