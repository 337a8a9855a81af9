"""Who stands where on what, since when, on what evidence, and what changed.

The verbs of the command line, as functions: `check` a model, `load` it, ask `who`, `what` and `why` (or for
`everything`), tell the `timeline` and the `disputes`, `tally` how many stand where, take a `snapshot`, `diff` two
dates, `diff_versions` of a model (one of them by `load_revision` from git, if need be), `verify` the evidence against
your copies of the documents, turn a snapshot into graphs (`to_graph`, `actor_graph`), or the ledger, with its earlier
`editions`, into a page (`to_html`). Tables too large to be curated are compiled once (`compile_holdings`), and asked
the same (`open_holdings`).

>>> import actorgraph
>>> ledger = actorgraph.load("examples/minimal.yaml")
>>> [row.actor_name for row in actorgraph.who(ledger, "opposes", "harbour", as_of="2026-06-01").rows]
['Fishers’ Union']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # `X as X` is how a name is re-exported to type checkers: mypy sees each without `__all__`
    from actorgraph.analysis.align import Alignment as Alignment
    from actorgraph.analysis.align import align as align
    from actorgraph.analysis.align_pair import Comparison as Comparison
    from actorgraph.analysis.align_pair import Matter as Matter
    from actorgraph.analysis.align_pair import Stand as Stand
    from actorgraph.analysis.align_pair import align_pair as align_pair
    from actorgraph.analysis.aligned_pairs import AlignedPair as AlignedPair
    from actorgraph.analysis.aligned_pairs import Swing as Swing
    from actorgraph.analysis.balance import Balance as Balance
    from actorgraph.analysis.balance import PositionBehind as PositionBehind
    from actorgraph.analysis.balance import TwoCamps as TwoCamps
    from actorgraph.analysis.balance import balance as balance
    from actorgraph.analysis.bloc_votes import BlocParting as BlocParting
    from actorgraph.analysis.bloc_votes import BlocVote as BlocVote
    from actorgraph.analysis.bloc_votes import CommonGround as CommonGround
    from actorgraph.analysis.blocs import Bloc as Bloc
    from actorgraph.analysis.blocs import BlocMember as BlocMember
    from actorgraph.analysis.blocs import Blocs as Blocs
    from actorgraph.analysis.blocs import Untied as Untied
    from actorgraph.analysis.blocs import blocs as blocs
    from actorgraph.analysis.camps.signed_graph import CampsOfPart as CampsOfPart
    from actorgraph.analysis.camps.signed_graph import Census as Census
    from actorgraph.analysis.camps.signed_graph import SignedStructure as SignedStructure
    from actorgraph.analysis.camps.signed_graph import SignedTie as SignedTie
    from actorgraph.analysis.map import ActorMap as ActorMap
    from actorgraph.analysis.map import NotOnMap as NotOnMap
    from actorgraph.analysis.map import PointOnMap as PointOnMap
    from actorgraph.analysis.map import Refusal as Refusal
    from actorgraph.analysis.map import map_actors as map_actors
    from actorgraph.analysis.match import Aim as Aim
    from actorgraph.analysis.match import Match as Match
    from actorgraph.analysis.match import Matches as Matches
    from actorgraph.analysis.match import Parting as Parting
    from actorgraph.analysis.match import Wanted as Wanted
    from actorgraph.analysis.match import match as match
    from actorgraph.analysis.network import Network as Network
    from actorgraph.analysis.network import NetworkNode as NetworkNode
    from actorgraph.analysis.network import network as network
    from actorgraph.analysis.network_edges import NetworkEdge as NetworkEdge
    from actorgraph.analysis.over_time.moves import Move as Move
    from actorgraph.analysis.over_time.moves import Turned as Turned
    from actorgraph.analysis.pairs import Mover as Mover
    from actorgraph.analysis.series import Point as Point
    from actorgraph.analysis.series import Series as Series
    from actorgraph.analysis.series import series as series
    from actorgraph.engines.opening import open_holdings as open_holdings
    from actorgraph.errors import ActorgraphError as ActorgraphError
    from actorgraph.errors import ModelError as ModelError
    from actorgraph.errors import Problem as Problem
    from actorgraph.errors import Span as Span
    from actorgraph.errors import UsageProblem as UsageProblem
    from actorgraph.exchange.compiled import Compiled as Compiled
    from actorgraph.exchange.compiled import LeftOutProblem as LeftOutProblem
    from actorgraph.exchange.compiled import compile_holdings as compile_holdings
    from actorgraph.explorer.html import Opening as Opening
    from actorgraph.explorer.html import to_html as to_html
    from actorgraph.graph.networks import actor_graph as actor_graph
    from actorgraph.graph.networks import to_graph as to_graph
    from actorgraph.ledger.editions import editions as editions
    from actorgraph.ledger.filters import Limits as Limits
    from actorgraph.ledger.load import load as load
    from actorgraph.ledger.revision import load_revision as load_revision
    from actorgraph.ledger.store import Ledger as Ledger
    from actorgraph.ledger.things import HeldPosition as HeldPosition
    from actorgraph.model.loader import Loaded as Loaded
    from actorgraph.questions.changes import Change as Change
    from actorgraph.questions.check import check as check
    from actorgraph.questions.counting import Count as Count
    from actorgraph.questions.diff import Changes as Changes
    from actorgraph.questions.diff import diff as diff
    from actorgraph.questions.disputes import Dispute as Dispute
    from actorgraph.questions.disputes import Disputes as Disputes
    from actorgraph.questions.disputes import disputes as disputes
    from actorgraph.questions.envelope import Answer as Answer
    from actorgraph.questions.majorities import Hurdle as Hurdle
    from actorgraph.questions.majorities import Majority as Majority
    from actorgraph.questions.majorities import Weighed as Weighed
    from actorgraph.questions.moments import Event as Event
    from actorgraph.questions.moments import Moment as Moment
    from actorgraph.questions.options import Marking as Marking
    from actorgraph.questions.options import Narrowing as Narrowing
    from actorgraph.questions.options import Options as Options
    from actorgraph.questions.options import Reading as Reading
    from actorgraph.questions.pledges import Fulfilment as Fulfilment
    from actorgraph.questions.pledges import Pledges as Pledges
    from actorgraph.questions.pledges import pledges as pledges
    from actorgraph.questions.rows import Row as Row
    from actorgraph.questions.sensitivity import Loss as Loss
    from actorgraph.questions.sensitivity import Sensitivity as Sensitivity
    from actorgraph.questions.sensitivity import sensitivity as sensitivity
    from actorgraph.questions.snapshot import Snapshot as Snapshot
    from actorgraph.questions.snapshot import snapshot as snapshot
    from actorgraph.questions.tally import Tally as Tally
    from actorgraph.questions.tally import tally as tally
    from actorgraph.questions.timeline import Timeline as Timeline
    from actorgraph.questions.timeline import timeline as timeline
    from actorgraph.questions.uncited import Coverage as Coverage
    from actorgraph.questions.uncited import Uncited as Uncited
    from actorgraph.questions.uncited import UncitedLine as UncitedLine
    from actorgraph.questions.uncited import uncited as uncited
    from actorgraph.questions.undertakings import Reached as Reached
    from actorgraph.questions.undertakings import Undertaking as Undertaking
    from actorgraph.questions.verify import Checked as Checked
    from actorgraph.questions.verify import Miss as Miss
    from actorgraph.questions.verify import Verification as Verification
    from actorgraph.questions.verify import verify as verify
    from actorgraph.questions.versions import Correction as Correction
    from actorgraph.questions.versions import Field as Field
    from actorgraph.questions.versions import Versions as Versions
    from actorgraph.questions.versions import diff_versions as diff_versions
    from actorgraph.questions.who import everything as everything
    from actorgraph.questions.who import what as what
    from actorgraph.questions.who import who as who
    from actorgraph.questions.why import Why as Why
    from actorgraph.questions.why import why as why

__version__ = "0.1.0"

_PLACES: Final = {
    "analysis.align": ("Alignment", "align"),
    "analysis.align_pair": ("Comparison", "Matter", "Stand", "align_pair"),
    "analysis.balance": ("Balance", "PositionBehind", "TwoCamps", "balance"),
    "analysis.bloc_votes": ("BlocVote", "CommonGround", "BlocParting"),
    "analysis.blocs": ("Bloc", "Blocs", "BlocMember", "Untied", "blocs"),
    "analysis.network": ("Network", "NetworkNode", "network"),
    "analysis.network_edges": ("NetworkEdge",),
    "analysis.map": ("ActorMap", "NotOnMap", "PointOnMap", "Refusal", "map_actors"),
    "analysis.match": ("Aim", "Match", "Matches", "Parting", "Wanted", "match"),
    "analysis.over_time.moves": ("Move", "Turned"),
    "analysis.aligned_pairs": ("AlignedPair", "Swing"),
    "analysis.pairs": ("Mover",),
    "analysis.series": ("Point", "Series", "series"),
    "analysis.camps.signed_graph": ("CampsOfPart", "Census", "SignedStructure", "SignedTie"),
    "engines.opening": ("open_holdings",),
    "exchange.compiled": ("Compiled", "LeftOutProblem", "compile_holdings"),
    "errors": ("ActorgraphError", "ModelError", "Problem", "Span", "UsageProblem"),
    "explorer.html": ("Opening", "to_html"),
    "graph.networks": ("actor_graph", "to_graph"),
    "ledger.filters": ("Limits",),
    "ledger.editions": ("editions",),
    "ledger.load": ("load",),
    "ledger.revision": ("load_revision",),
    "ledger.store": ("Ledger",),
    "ledger.things": ("HeldPosition",),
    "model.loader": ("Loaded",),
    "questions.check": ("check",),
    "questions.counting": ("Count",),
    "questions.changes": ("Change",),
    "questions.diff": ("Changes", "diff"),
    "questions.disputes": ("Dispute", "Disputes", "disputes"),
    "questions.majorities": ("Hurdle", "Majority", "Weighed"),
    "questions.options": ("Marking", "Narrowing", "Options", "Reading"),
    "questions.pledges": ("Fulfilment", "Pledges", "pledges"),
    "questions.rows": ("Row",),
    "questions.envelope": ("Answer",),
    "questions.tally": ("Tally", "tally"),
    "questions.moments": ("Event", "Moment"),
    "questions.timeline": ("Timeline", "timeline"),
    "questions.undertakings": ("Reached", "Undertaking"),
    "questions.uncited": ("Coverage", "Uncited", "UncitedLine", "uncited"),
    "questions.verify": ("Checked", "Miss", "Verification", "verify"),
    "questions.versions": ("Correction", "Field", "Versions", "diff_versions"),
    "questions.sensitivity": ("Loss", "Sensitivity", "sensitivity"),
    "questions.snapshot": ("Snapshot", "snapshot"),
    "questions.who": ("everything", "what", "who"),
    "questions.why": ("Why", "why"),
}
"""Where each public name is defined. A test holds that the imports above are the same."""

__all__ = sorted(name for names in _PLACES.values() for name in names)  # noqa: PLE0605


def __dir__() -> list[str]:
    """Return the public names, imported or not, and no others."""
    return list(__all__)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: networkx alone takes longer to import than a warm answer."""
    for module, names in _PLACES.items():
        if name in names:
            value: object = getattr(import_module(f"actorgraph.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'actorgraph' has no attribute '{name}'")
