"""What every measure takes as a whole process on 500 actors with 5,000 stances, beside a snapshot of them all.

    python tests/benchmarks/measures.py

Each figure is the median of three runs, with the ledger kept: the clock, the processor's time of all its threads, and
the clock as a multiple of what `export csv` of the same rows takes in turn.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ACTORS, PROPOSALS, STANCES, DAYS = 500, 120, 5_000, 300
RUNS = 3
DAY = "2025-12-31"
FLOOR = ("export", "csv")
MEASURES: tuple[tuple[str, ...], ...] = (
    ("network",),
    ("network", "--mode", "two"),
    ("align",),
    ("align", "a0"),
    ("match", "a0"),
    ("blocs",),
    ("balance",),
    ("series", "agreement"),
    ("series", "index"),
    ("series", "support", "p0"),
    ("series", "balance"),
    ("series", "two-camp", "--every", "1y"),
    ("map", "--min-shared", "2"),
    ("pledges",),
    ("tally",),
)


def lines(chance: random.Random) -> Iterator[str]:
    """Yield a model in two camps, which each actor leaves on every fifth proposal."""
    yield "model: {id: crowd, title: A crowd}"
    yield "actors:"
    yield from (f"  a{actor}: {{name: Actor {actor}, kind: state}}" for actor in range(ACTORS))
    yield "proposals:"
    yield from (f"  p{proposal}: {{title: Proposal {proposal}}}" for proposal in range(PROPOSALS))
    yield "sources:"
    yield from (
        f"  s{number}: {{title: Paper {number}, publisher: Paper, published: 2025-12-31}}" for number in range(50)
    )
    yield "stances:"
    tracks = sorted(chance.sample(range(ACTORS * PROPOSALS), STANCES))
    for track in tracks:
        actor, proposal = divmod(track, PROPOSALS)
        side = (actor % 2 == proposal % 2) != (chance.random() < 0.2)
        word = chance.choice(("supports", "supports", "open") if side else ("opposes", "opposes", "sceptical"))
        day = chance.randrange(DAYS)
        when = f"2025-{day // 28 + 1:02}-{day % 28 + 1:02}"
        evidence = f"evidence: [{{source: s{chance.randrange(50)}, page: 1}}]"
        yield f"  - {{actor: a{actor}, position: {word}, proposal: p{proposal}, date: {when}, {evidence}}}"


def taken(command: tuple[str, ...], environment: dict[str, str], model: Path) -> tuple[float, float]:
    """Return how long a command takes, and how much of the processor's time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    whole = [sys.executable, "-m", "actorgraph", *command, "--model", str(model), "--as-of", DAY]
    subprocess.run(whole, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used


def main() -> None:
    """Print a line for each measure."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        model = Path(folder) / "crowd.yaml"
        model.write_text("\n".join(lines(random.Random(1))) + "\n", encoding="utf-8")  # noqa: S311 - a model, no secret
        time.sleep(2.5)  # a file that was only just written is read once more to be sure: not what is measured
        taken(FLOOR, environment, model)
        print(f"{ACTORS} actors, {STANCES:,} stances; load {os.getloadavg()[0]:.1f}")
        for command in MEASURES:
            runs = [(*taken(command, environment, model), *taken(FLOOR, environment, model)) for _ in range(RUNS)]
            clock, used, floor, _ = (statistics.median(side) for side in zip(*runs, strict=True))
            print(f"{' '.join(command):<34}{clock:7.2f} s {used:7.2f} s of processor   {clock / floor:5.2f} snapshots")


if __name__ == "__main__":
    main()
