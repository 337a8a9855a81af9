"""The same questions to actorgraph and to what a user would pick instead, on tables of millions of statements.

    python tests/benchmarks/side_by_side.py [1m,20m,200m] [build/bench-scale]

Run by `make bench-scale`. What it finds goes into found.json in the folder, which `verdicts.py` prints as tables.
Tables and holdings are made where they are missing, and stay for the next run.

First everyone has to give the same answers, on the tracks on which that can be asked for (see `peers.contestant`) and
on the real votes of the UN. Then each question is put to each contestant in a process of its own: what it takes to load
and to answer the first time, with nothing of the files in memory; the median of further times; the most memory that
the process ever held; and how much it read from the disk until the first answer.
"""

import hashlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.peers.actorgraph_peer import ActorgraphBare, ActorgraphWhole
from benchmarks.peers.contestant import MILLION, Contestant
from benchmarks.peers.duckdb_peer import DuckdbLoaded, DuckdbRaw
from benchmarks.peers.networkx_peer import Networkx
from benchmarks.peers.pandas_peer import Pandas
from benchmarks.peers.polars_peer import Polars
from benchmarks.peers.raphtory_peer import Raphtory
from benchmarks.statements import write_exact_share, write_statements, write_un_votes

from actorgraph.engines.folder import manifest_of
from actorgraph.errors import UsageProblem

SHARED: Final = Path(__file__).parents[3] / "shared" / "data" / "unvotes"
SIZES: Final = {"1m": MILLION, "20m": 20 * MILLION, "200m": 200 * MILLION}
DAY, YEAR_BEFORE = "2024-06-30", "2023-06-30"
UN_DAY, UN_YEAR_BEFORE = "2018-12-31", "2017-12-31"
PATIENCE: Final = 900
"""How many seconds one process may take."""

CONTESTANTS: Final[dict[str, type[Contestant]]] = {
    "actorgraph, whole rows": ActorgraphWhole,
    "actorgraph, bare positions": ActorgraphBare,
    "duckdb, raw statements": DuckdbRaw,
    "duckdb, sorted table": DuckdbLoaded,
    "polars, lazy": Polars,
    "pandas": Pandas,
    "networkx, loops": Networkx,
    "raphtory": Raphtory,
}
QUESTIONS: Final = ("who, middling", "who, busiest", "snapshot", "diff", "tally")


class Exam(NamedTuple):
    """A table, what actorgraph compiled of it, and what is asked of both.

    `proposals` are a middling one and the busiest, by the number of statements.
    """

    name: str
    table: Path
    holdings: Path
    statements: int
    proposals: tuple[str, str]
    day: str
    before: str

    def given_to(self, contestant: str) -> Path:
        """Return what a contestant is given."""
        return self.holdings if contestant.startswith("actorgraph") else self.table


def main() -> None:
    """Measure all, and write down what was found."""
    names = sys.argv[1].split(",") if len(sys.argv) > 1 else ["1m", "20m"]
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "build/bench-scale")
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {"tables": {}, "answers": {}, "times": {}, "compile": {}}
    exams = list(_exams(names, folder))
    for exam in exams:
        made = exam.table.stat()
        found["tables"][exam.name] = {"statements": exam.statements, "MiB": made.st_size / 2**20, **exam._asdict()}
        found["compile"][exam.name] = compiled(exam)
        if exam.name in ("exact", "un"):
            found["answers"][exam.name] = examined(exam)
        if exam.name != "exact":
            found["times"][exam.name] = measured(exam)
        (folder / "found.json").write_text(json.dumps(found, indent=1, default=str), encoding="utf-8")


# -- what is asked -----------------------------------------------------------------------------------------------


def _exams(names: Iterable[str], folder: Path) -> Iterator[Exam]:
    """Yield the exams, with tables that are made where they are missing."""
    for name in names:
        table = _made(folder / f"{name}.parquet", partial(write_statements, SIZES[name]))
        if name == "1m":
            exact = _made(folder / "exact.parquet", partial(write_exact_share, table))
            yield _exam("exact", exact, DAY, YEAR_BEFORE)
        yield _exam(name, table, DAY, YEAR_BEFORE)
    if SHARED.is_dir():
        votes = _made(folder / "un.parquet", partial(write_un_votes, SHARED))
        yield _exam("un", votes, UN_DAY, UN_YEAR_BEFORE)


def _made(file: Path, make: Callable[[Path], None]) -> Path:
    if not file.exists():
        _say(f"making {file}")
        make(file)
    return file


def _exam(name: str, table: Path, day: str, before: str) -> Exam:
    counted = f"SELECT proposal, COUNT(*) FROM '{table}' WHERE date <= '{day}' GROUP BY proposal ORDER BY 2, 1"
    with import_module("duckdb").connect() as connection:
        counts = connection.execute(counted).fetchall()
    statements = import_module("pyarrow.parquet").read_metadata(table).num_rows
    proposals = counts[len(counts) // 2][0], counts[-1][0]
    return Exam(name, table.resolve(), table.with_suffix(".holdings").resolve(), statements, proposals, day, before)


def _asked(contestant: Contestant, exam: Exam, question: str) -> object:
    """Return what a contestant answers to a question."""
    if question.startswith("who"):
        return contestant.who(exam.proposals[question == "who, busiest"], exam.day)
    if question == "diff":
        return contestant.diff(exam.before, exam.day)
    answer: object = getattr(contestant, question)(exam.day)
    return answer


# -- the same answers --------------------------------------------------------------------------------------------


def examined(exam: Exam) -> dict[str, Any]:
    """Return, by contestant, whether it answers as actorgraph does: what each question's answer is, as a digest."""
    answers: dict[str, Any] = {}
    for name in CONTESTANTS:
        answers[name] = _invited("answer", name, exam)
        _say(f"{exam.name}: {name} answers {answers[name]}")
    return answers


def answer(name: str, exam: Exam) -> dict[str, str]:
    """Return a contestant's answers by question: how many rows each has, and a digest of them."""
    contestant = CONTESTANTS[name](exam.given_to(name))
    contestant.load()
    answers = {}
    for question in QUESTIONS:
        rows = ["\t".join(map(str, row)) for row in contestant.rows(_asked(contestant, exam, question))]
        digest = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:12]
        answers[question] = f"{len(rows):,} rows, {digest}"
    contestant.close()
    return answers


# -- what it takes -----------------------------------------------------------------------------------------------


def measured(exam: Exam) -> dict[str, Any]:
    """Return, by contestant and question, what it takes; of the largest table, of actorgraph's `who` only."""
    figures: dict[str, Any] = {}
    for name, kind in CONTESTANTS.items():
        if exam.statements > kind.largest:
            continue
        questions = QUESTIONS if exam.statements <= 20 * MILLION else QUESTIONS[:2]
        figures[name] = {}
        for question in questions:
            figures[name][question] = _invited("measure", name, exam, question)
            _say(f"{exam.name}: {name}, {question}: {figures[name][question]}")
    return figures


def measure(name: str, exam: Exam, question: str) -> dict[str, float]:
    """Return what one question takes in this process: seconds, and MiB of memory and read from the disk."""
    contestant = CONTESTANTS[name](exam.given_to(name))
    for package in contestant.packages:
        import_module(package)
    read, start = _read(), time.perf_counter()
    contestant.load()
    loaded = time.perf_counter()
    answered = _asked(contestant, exam, question)
    first = time.perf_counter()
    figures = {"load": loaded - start, "first": first - loaded, "read": _read() - read}
    figures["rows"] = contestant.length(answered)
    del answered
    figures["warm"], figures["processors"] = _median_seconds(lambda: _asked(contestant, exam, question))
    figures["peak"] = _peak()
    contestant.close()
    return figures


def _is_of_this_version(holdings: Path) -> bool:
    """Whether a folder of holdings, if there is one, can be read: another version may have left it."""
    try:
        manifest_of(str(holdings))
    except UsageProblem:
        return False
    return True


def compiled(exam: Exam) -> dict[str, Any]:
    """Return what it takes to compile a table, and to run the same SQL by hand; only where it is not done yet.

    Both are seconds by the clock and of the processors, and MiB of memory; `MiB` is what is on the disk then.
    """
    kept = exam.holdings.with_suffix(".compiled.json")
    if not kept.exists() or not _is_of_this_version(exam.holdings):
        shutil.rmtree(exam.holdings, ignore_errors=True)
        notes = exam.holdings.with_suffix(".notes")
        script = [sys.executable, str(Path(__file__).with_name("by_hand.py"))]
        _forget(exam.table)
        _say(f"compiling {exam.table}, and the same by hand")
        ours = _taken([*script, "note", str(notes), "compile", str(exam.table), "-o", str(exam.holdings)])
        by_hand = _taken([*script, "run", str(notes)])
        files = [file for file in exam.holdings.rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files) / 2**20
        kept.write_text(json.dumps({"ours": ours, "by hand": by_hand, "MiB": size}), encoding="utf-8")
        shutil.rmtree(notes)
    figures: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return figures


def _taken(command: list[str]) -> dict[str, float]:
    """Return what a process takes: seconds by the clock and of the processors, and the most MiB of memory."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    seconds, processors = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    return {"seconds": seconds, "processors": processors, "peak": usage.ru_maxrss / 2**10}


def _median_seconds(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the medians, by the clock and of the processors, of at least three times, fewer where they are long."""
    runs: list[tuple[float, float]] = []
    spent = 0.0
    while (len(runs) < 3 and spent < 60) or (spent < 1 and len(runs) < 100):
        start, used = time.perf_counter(), time.process_time()
        ask()
        runs.append((time.perf_counter() - start, time.process_time() - used))
        spent += runs[-1][0]
    clock, processors = (statistics.median(side) for side in zip(*runs, strict=True))
    return clock, processors


def _invited(task: str, name: str, exam: Exam, *question: str) -> dict[str, Any] | str:
    """Return what a contestant's own process finds, or why it finds nothing."""
    if not all(find_spec(package) for package in CONTESTANTS[name].packages):
        return "missing"
    _forget(exam.given_to(name))
    command = [sys.executable, __file__, f"--{task}", name, json.dumps(exam, default=str), *question]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"over {PATIENCE} seconds"
    if done.returncode < 0:
        return f"died of signal {-done.returncode}"
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _forget(path: Path) -> None:
    """Let the system forget what it holds of files in memory, so that they are read from the disk."""
    os.sync()
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            handle = os.open(file, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def _read() -> float:
    """Return how many MiB this process has had read from the disk."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["read_bytes"]) / 2**20


def _peak() -> float:
    """Return the most memory that this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _as_said(task: str, name: str, written: str, *question: str) -> dict[str, Any]:
    """Return what a process finds that was started to do one thing."""
    exam = Exam(*json.loads(written))
    exam = exam._replace(table=Path(exam.table), holdings=Path(exam.holdings))
    return answer(name, exam) if task == "--answer" else measure(name, exam, *question)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].startswith("--"):
        print(json.dumps(_as_said(*sys.argv[1:])))
    else:
        main()
