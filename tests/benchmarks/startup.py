"""Times of a question, from starting the command until it is answered, as ratios to what any such command must import.

The answer has been given when its reader, at the other end of a pipe, is told that it has ended; after a cold one the
command works on for the next, which is told beside it. Each figure is the median of alternating runs of the two
commands, so that a machine that slows down slows both. Run by `make bench`.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import model_text

RUNS = 21
WARM_FLOOR = "import click, sqlite3"
READ_FLOOR = """
import gc, sys, click, yaml, pydantic
gc.disable()
from actorgraph.model.joint import split
from actorgraph.model.paths import yaml_files
from actorgraph.model.records import PROSE, File
from actorgraph.model.reader import parse
names = [name for root in sys.argv[1:] for name in yaml_files(root)]
read = [parse(open(name, encoding="utf-8").read(), name, prose=PROSE).data for name in names]
"""
"""The stricter floor: the YAML is read, but not parsed into the classes."""
COLD_FLOOR = f"""{READ_FLOOR}
for data in read:
    File.model_validate(split(data).data)
"""


def seconds(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return how long a command takes until its answer has been given, and as a whole process."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.read()
        answered = time.perf_counter() - start
        assert process.wait() == 0
    return answered, time.perf_counter() - start


def compare(name: str, who: list[str], floor: list[str], environment: dict[str, str], *, forget: bool) -> None:
    """Print the medians of two commands that take turns, and their ratio; `forget` the kept ledger before each."""
    turns = []
    for _ in range(RUNS + 2):
        if forget:
            shutil.rmtree(Path(environment["XDG_CACHE_HOME"]) / "actorgraph", ignore_errors=True)
        turns.append((*seconds(who, environment), seconds(floor, environment)[1]))
    answered, ended, theirs = (statistics.median(side) * 1000 for side in zip(*turns[2:], strict=True))
    print(
        f"{name:<34}{answered:8.0f} ms {theirs:8.0f} ms   ratio {answered / theirs:.2f}   (bar 1.50); "
        f"ended after {ended:.0f} ms, {ended / theirs:.2f}"
    )


def floors_of(roots: list[str]) -> list[list[str]]:
    """Return the commands that read and validate the models at some paths, and that only read them."""
    return [[sys.executable, "-c", program, *roots] for program in (COLD_FLOOR, READ_FLOOR)]


SHIPPED = ["graphs/ukraine-troops", "seeds"]


def main() -> None:
    """Measure warm and cold answers on the shipped model and on a generated one of 5,000 records."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        generated = Path(folder) / "generated.yaml"
        generated.write_text(model_text(5000), encoding="utf-8")
        time.sleep(2.5)  # a file that was only just written is read once more to be sure: not what is measured
        models = {
            "shipped": (SHIPPED, "multinational-force"),
            "5,000 records": ([str(generated)], "proposal-1"),
        }
        command = str(Path(sys.executable).with_name("actorgraph"))
        print(f"{'median of ' + str(RUNS) + ' runs':<34}{'who':>11}{'floor':>12}")
        for name, (roots, target) in models.items():
            who = [command, "who", "opposes", target, "--model", roots[0]]
            cold_floor, read_floor = floors_of(roots)
            compare(f"warm, {name}", who, [sys.executable, "-c", WARM_FLOOR], environment, forget=False)
            compare(f"cold, {name}", who, cold_floor, environment, forget=True)
            compare(f"cold over reading, {name}", who, read_floor, environment, forget=True)


if __name__ == "__main__":
    main()
