"""A compile that is killed at every write that it makes: run as a program, since it forks and kills.

python tests/killed_compile.py compile|append STRIDE FOLDER: for calls by which something changes on the disk, all of
them with a stride of 1, a process is started that is killed just before it; a table that an engine writes counts three
times: before it, when half of it is there, and after it. Printed, as JSON, is a list of what came of it each time: what
the folder answers, then what it answers once the work is done again, and the files that are too many or too few then.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.folder import manifest_of
from actorgraph.engines.opening import open_holdings
from actorgraph.exchange.compiled import append_source, compile_source
from actorgraph.questions.who import who

HEADER: Final = "id,actor,position,proposal,date\n"
OLD: Final = "a1,a,supports,p,2024-01-01\nb1,b,opposes,p,2024-01-01\n"
NEW: Final = "a2,a,opposes,p,2024-02-01\nc1,c,open,p,2024-02-01\n"
CALLS: Final = ("mkdir", "replace", "unlink", "rmdir", "fsync")
"""The functions of `os` by which a folder of holdings changes."""


def answered(folder: Path) -> list[str]:
    """Return who has which position in the folder."""
    with open_holdings(folder) as ledger:
        return [f"{row.actor} {row.position}" for row in who(ledger, "any", "p", as_of="2024-06-01").rows]


def work(kind: str, root: Path) -> None:
    """Compile all statements, or append the new ones."""
    (root / "new.csv").write_text(HEADER + (OLD if kind == "compile" else "") + NEW, encoding="utf-8")
    engine = Duckdb()
    (compile_source if kind == "compile" else append_source)(engine, str(root / "new.csv"), str(root / "h"))
    engine.close()


def in_another(job: Callable[[], Any], result: Path) -> bool:
    """Do a job in a process of its own, which writes what comes of it; return whether it was killed."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            result.write_text(json.dumps(job()), encoding="utf-8")
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(process, 0)[1]
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        sys.exit("a process failed, see above")
    return os.WIFSIGNALED(status)


class Countdown:
    """What kills its own process at the nth step."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def is_over(self) -> bool:
        """Take a step, and tell whether it is the last one."""
        self.steps -= 1
        return self.steps == 0

    def step(self) -> None:
        """Take a step, the last one into death."""
        if self.is_over():
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(number: int, job: Callable[[], None]) -> None:
    """Do a job, and be killed just before its nth change of the disk."""
    countdown = Countdown(number)

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            countdown.step()
            return function(*arguments, **more)

        return call

    def halved(function: Callable[..., Any]) -> Callable[..., Any]:
        def write(engine: Duckdb, sql: str, path: str, **more: int) -> None:
            countdown.step()
            function(engine, sql, path, **more)
            if countdown.is_over():
                cut(Path(path))
                os.kill(os.getpid(), signal.SIGKILL)
            countdown.step()

        return write

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    for name in ("write", "write_parts"):
        setattr(Duckdb, name, halved(getattr(Duckdb, name)))
    job()


def cut(path: Path) -> None:
    """Leave half of a file, or of every file of a folder."""
    for file in [path] if path.is_file() else path.rglob("*.parquet"):
        os.truncate(file, file.stat().st_size // 2)


def main() -> None:
    """Kill a compile everywhere."""
    kind, stride, root = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    outcomes = []
    result = root / "result.json"

    def first() -> None:
        (root / "old.csv").write_text(HEADER + OLD, encoding="utf-8")
        engine = Duckdb()
        compile_source(engine, str(root / "old.csv"), str(root / "template"))
        engine.close()

    def seen() -> dict[str, object]:
        before = answered(root / "h")
        work("compile", root)
        manifest = manifest_of(str(root / "h"))
        needed = {*manifest.files, *manifest.previous, "manifest.json", ".compiling"}
        files = {path.relative_to(root / "h").as_posix() for path in (root / "h").rglob("*") if path.is_file()}
        return {"before": before, "after": answered(root / "h"), "left over": sorted(files ^ needed)}

    in_another(first, result)
    for number in range(1, 1000, stride):
        shutil.rmtree(root / "h", ignore_errors=True)
        shutil.copytree(root / "template", root / "h")
        if not in_another(lambda number=number: killed_at(number, lambda: work(kind, root)), result):  # type: ignore[misc]
            break
        in_another(seen, result)
        outcomes.append(json.loads(result.read_text(encoding="utf-8")))
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()
