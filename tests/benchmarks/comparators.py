"""The same three questions to actorgraph and to other ways of keeping dated edges. Run by `make bench`.

Who holds what on a proposal as of a day, all that is in force on a day, and what differs between two days. Everyone
gets the same edges, actorgraph's stated holdings, and has to give the same answers before it is timed, alone in a
process of its own. What others do not have is left out for all: inference, and conditions known to hold or not.

Actorgraph's rows also bear records, evidence and grades, in order; the others return bare positions. So actorgraph
takes part twice: with its rows, and with the question that it puts to its ledger and nothing more.
"""

import gc
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import DAYS, START, model_text

import actorgraph
from actorgraph.dates import OPEN
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.holdings import holdings
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.questions.sql import IN_FORCE

SIZES: Final = (1_000, 10_000, 100_000)
DAY, YEAR_BEFORE = 20240630, 20230630
PATIENCE: Final = 120.0
"""How many seconds a library may take to build and answer."""

Held = tuple[str, str, str]
"""(actor, proposal, position)"""


class Edge(NamedTuple):
    """A stated holding as an edge from an actor to a proposal; days are integers, `until` is outside."""

    actor: str
    proposal: str
    position: str
    since: int
    until: int


class Answers(NamedTuple):
    """What everyone has to answer: by proposal, (actor, position); all in force; what a year brought and took.

    And all in force on a turning day, which shows who takes `until` for the last day inside.
    """

    who: dict[str, set[tuple[str, str]]]
    snapshot: set[Held]
    turned: set[Held]
    diff: tuple[set[Held], set[Held]]


class Exam(NamedTuple):
    """What everyone is given, and what they have to answer.

    `proposals` are a middling one and the busiest, `turning` is the last day of a month on which many edges end.
    """

    file: Path
    edges: tuple[Edge, ...]
    proposals: tuple[str, str]
    turning: int
    answers: Answers


class Candidate(ABC):
    """A way of keeping dated edges."""

    packages: tuple[str, ...] = ()
    """What it needs: the modules' names."""

    def __init__(self, exam: Exam) -> None:
        self.edges = exam.edges

    @abstractmethod
    def build(self) -> None:
        """Take in the edges."""

    @abstractmethod
    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        """Return who holds which position on a proposal, as of a day."""

    @abstractmethod
    def snapshot(self, day: int) -> set[Held]:
        """Return all that is in force on a day."""

    def diff(self, first: int, second: int) -> tuple[set[Held], set[Held]]:
        """Return what the second day has that the first has not, and the reverse."""
        before, after = self.snapshot(first), self.snapshot(second)
        return after - before, before - after


class Actorgraph(Candidate):
    """The ledger, with whole rows."""

    packages = ("actorgraph",)

    def __init__(self, exam: Exam) -> None:
        super().__init__(exam)
        self.model = undecided(load_model(exam.file))

    def build(self) -> None:
        with no_garbage_collection():
            self.ledger = Ledger(build(self.model))

    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        answer = actorgraph.who(self.ledger, "any", proposal, as_of=_iso(day), stated=True)
        return {(row.actor, row.position) for row in answer.rows}

    def snapshot(self, day: int) -> set[Held]:
        return _held(actorgraph.snapshot(self.ledger, as_of=_iso(day), stated=True).rows)

    def diff(self, first: int, second: int) -> tuple[set[Held], set[Held]]:
        changes = actorgraph.diff(self.ledger, _iso(first), _iso(second), stated=True).changes
        before = _held(row for change in changes for row in change.before)
        after = _held(row for change in changes for row in change.after)
        return after - before, before - after


class ActorgraphBare(Actorgraph):
    """The ledger, asked for positions only."""

    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        return set(self.bare("actor, position", day, "AND proposal = ?", proposal))

    def snapshot(self, day: int) -> set[Held]:
        return set(self.bare("actor, proposal, position", day))

    def diff(self, first: int, second: int) -> tuple[set[Held], set[Held]]:
        return Candidate.diff(self, first, second)

    def bare(self, columns: str, day: int, where: str = "", *parameters: str) -> list[tuple[Any, ...]]:
        sql = f"SELECT {columns} FROM holdings WHERE {IN_FORCE} {where} AND basis = 'stated'"
        return self.ledger.rows(sql, (day, day, *parameters))


class NetworkxLoop(Candidate):
    """NetworkX, and a loop over every dated edge."""

    packages = ("networkx",)

    def build(self) -> None:
        self.graph = import_module("networkx").MultiDiGraph()
        for edge in self.edges:
            self.graph.add_edge(edge.actor, edge.proposal, position=edge.position, since=edge.since, until=edge.until)

    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        return {(actor, position) for actor, target, position in self.snapshot(day) if target == proposal}

    def snapshot(self, day: int) -> set[Held]:
        edges = self.graph.edges(data=True)
        return {
            (actor, proposal, data["position"])
            for actor, proposal, data in edges
            if data["since"] <= day < data["until"]
        }


class NetworkxNear(NetworkxLoop):
    """NetworkX, and a loop over the edges of the one proposal."""

    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        edges = self.graph.in_edges(proposal, data=True)
        return {(actor, data["position"]) for actor, _, data in edges if data["since"] <= day < data["until"]}


class NetworkxTemporal(Candidate):
    """networkx-temporal, sliced by month.

    It keeps snapshots, not intervals: an edge is repeated in every snapshot in which it is in force. A snapshot for
    each of 3,653 days would not fit into memory, so it can be asked about the last days of months only.
    """

    packages = ("networkx_temporal",)

    def build(self) -> None:
        graph = import_module("networkx_temporal").TemporalMultiDiGraph()
        graph.add_edges_from(
            (edge.actor, edge.proposal, {"position": edge.position, "time": month})
            for edge in self.edges
            for month in _months(edge.since, edge.until)
        )
        self.sliced = graph.slice(attr="time")

    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        month = self.sliced[str(day // 100)]
        edges = month.in_edges(proposal, data="position") if proposal in month else ()
        return {(actor, position) for actor, _, position in edges}

    def snapshot(self, day: int) -> set[Held]:
        return set(self.sliced[str(day // 100)].edges(data="position"))


class Raphtory(Candidate):
    """Raphtory's persistent graph: an edge lasts from its addition to its deletion, in a layer for each position."""

    packages = ("raphtory", "pandas")

    def build(self) -> None:
        frame = import_module("pandas").DataFrame(self.edges)
        self.graph = import_module("raphtory").PersistentGraph()
        columns = {"src": "actor", "dst": "proposal", "layer_col": "position"}
        # Of a deletion and an addition on one day the later loaded counts: what ends is followed by what begins.
        self.graph.load_edge_deletions(frame[frame["until"] < OPEN], time="until", **columns)
        self.graph.load_edges(frame, time="since", **columns)

    def who(self, proposal: str, day: int) -> set[tuple[str, str]]:
        view = self.graph.at(day)
        edges = view.node(proposal).in_edges.explode_layers() if view.has_node(proposal) else ()
        return {(edge.src.name, edge.layer_name) for edge in edges}

    def snapshot(self, day: int) -> set[Held]:
        return {(edge.src.name, edge.dst.name, edge.layer_name) for edge in self.graph.at(day).edges.explode_layers()}


CANDIDATES: Final[dict[str, type[Candidate]]] = {
    "actorgraph, whole rows": Actorgraph,
    "actorgraph, bare positions": ActorgraphBare,
    "networkx, every edge": NetworkxLoop,
    "networkx, near edges": NetworkxNear,
    "networkx-temporal": NetworkxTemporal,
    "raphtory": Raphtory,
}


# -- the exam --------------------------------------------------------------------------------------------------


def exam_of(records: int, folder: Path) -> Exam:
    """Return a generated model's stated holdings as edges, and actorgraph's answers, which a plain loop confirms."""
    file = folder / f"{records}.yaml"
    file.write_text(model_text(records), encoding="utf-8")
    stated = holdings(undecided(load_model(file)))
    edges = tuple(
        Edge(holding.actor, holding.proposal, holding.position, holding.since, holding.until) for holding in stated
    )
    counts = Counter(edge.proposal for edge in edges if edge.since <= DAY < edge.until)
    ends = Counter(edge.until for edge in edges)
    ranked = sorted(counts, key=lambda proposal: (counts[proposal], proposal))
    turning = max(LAST_DAYS, key=lambda day: ends[day])
    blank = Answers({}, set(), set(), (set(), set()))
    exam = Exam(file, edges, (ranked[len(ranked) // 2], ranked[-1]), turning, blank)
    candidate = Actorgraph(exam)
    candidate.build()
    answers = answers_of(candidate, exam)
    for day, answered in ((DAY, answers.snapshot), (turning, answers.turned)):
        in_force = {(edge.actor, edge.proposal, edge.position) for edge in edges if edge.since <= day < edge.until}
        assert in_force == answered, "actorgraph differs from a plain loop over its holdings"
    return exam._replace(answers=answers)


def undecided(model: Model) -> Model:
    """Return a model of which no condition is known to hold or not."""
    conditions = {key: condition.model_copy(update={"held": ()}) for key, condition in model.conditions.items()}
    return replace(model, conditions=conditions)


def answers_of(candidate: Candidate, exam: Exam) -> Answers:
    """Return what a candidate that has been built answers."""
    by_proposal = {proposal: candidate.who(proposal, DAY) for proposal in exam.proposals}
    diff = candidate.diff(YEAR_BEFORE, DAY)
    return Answers(by_proposal, candidate.snapshot(DAY), candidate.snapshot(exam.turning), diff)


def sit(name: str, file: str) -> dict[str, float]:
    """Return how long a candidate takes for an exam, in seconds, and how much memory it grows by, in MiB."""
    exam: Exam = pickle.loads(Path(file).read_bytes())  # noqa: S301 - our own file
    candidate = CANDIDATES[name](exam)
    for package in candidate.packages:
        import_module(package)
    gc.collect()
    gc.freeze()  # the exam itself is not to be looked through
    before, start = _memory(), time.perf_counter()
    candidate.build()
    figures = {"build": time.perf_counter() - start, "MiB": _memory() - before}
    assert exam.answers == answers_of(candidate, exam), f"{name} answers otherwise"
    middling, busiest = exam.proposals
    figures["who, middling"] = median_seconds(lambda: candidate.who(middling, DAY))
    figures["who, busiest"] = median_seconds(lambda: candidate.who(busiest, DAY))
    figures["snapshot"] = median_seconds(lambda: candidate.snapshot(DAY))
    figures["diff"] = median_seconds(lambda: candidate.diff(YEAR_BEFORE, DAY))
    return figures


def median_seconds(ask: Callable[[], object]) -> float:
    """Return the median of at least three runs, more where they are quick."""
    runs: list[float] = []
    while len(runs) < 3 or (sum(runs) < 0.5 and len(runs) < 500):
        start = time.perf_counter()
        ask()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)


def main() -> None:
    """Print one table for each size."""
    columns = ("build", "who, middling", "who, busiest", "snapshot", "diff")
    with tempfile.TemporaryDirectory() as folder:
        for records in SIZES:
            exam = exam_of(records, Path(folder))
            file = Path(folder) / "exam.pickle"
            file.write_bytes(pickle.dumps(exam))
            rows = len(exam.answers.who[exam.proposals[0]]), len(exam.answers.who[exam.proposals[1]])
            print(f"\n{records:,} records, {len(exam.edges):,} stated holdings; {rows[0]} and {rows[1]} hold one")
            print(f"{'milliseconds':<36}{''.join(f'{column:>15}' for column in columns)}{'MiB':>8}")
            for name in CANDIDATES:
                figures = invite(name, file)
                if isinstance(figures, str):
                    print(f"{_with_version(name):<36}  {figures}")
                else:
                    times = "".join(f"{figures[column] * 1000:>15.2f}" for column in columns)
                    print(f"{_with_version(name):<36}{times}{figures['MiB']:>8.0f}")


def invite(name: str, file: Path) -> dict[str, float] | str:
    """Return what a candidate's own process finds, or why it finds nothing."""
    if not all(find_spec(package) for package in CANDIDATES[name].packages):
        return "missing"
    command = [sys.executable, __file__, name, str(file)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"over {PATIENCE:g} seconds"
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _with_version(name: str) -> str:
    library, _, rest = name.partition(",")
    try:
        return f"{library} {metadata.version(library)}{',' if rest else ''}{rest}"
    except metadata.PackageNotFoundError:
        return name


def _held(rows: Iterable[actorgraph.Row]) -> set[Held]:
    return {(row.actor, row.proposal, row.position) for row in rows}


def _iso(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"


LAST_DAYS: Final = tuple(
    year * 10000 + month * 100 + monthrange(year, month)[1]
    for year in range(START.year, START.year + DAYS // 365)
    for month in range(1, 13)
)


def _months(since: int, until: int) -> Iterator[int]:
    """Yield the months, as yyyymm, on whose last day an interval is in force."""
    return (day // 100 for day in LAST_DAYS if since <= day < until)


def _memory() -> float:
    """Return how much memory this process holds, in MiB; nothing where the system does not tell."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text(encoding="ascii").split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        print(json.dumps(sit(*sys.argv[1:])))
