"""A renaming that is ended at every step that it takes: run as a program, since it forks and kills.

python tests/killed.py SIGNAL FOLDER: for each call to the system by which a renaming changes something on the disk, a
process is started that gets the signal just before that call. Printed, as JSON, is a list of what was left each time:
the files before and after `recover`, and what `recover` said.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from actorgraph.curate.rename import recover, rename

FILES: Final = {
    "model.yaml": "model: {id: m, title: M}\n",
    "actors.yaml": "actors:\n  uk: {name: UK, kind: state}\n  fr: {name: France, kind: state}\n",
    "relations.yaml": "relations:\n  - {actor: uk, relation: leads, to: fr, since: 2024}\n",
    "more.yaml": "relations:\n  - {actor: uk, relation: negotiates-with, to: fr, since: 2025}\n",
}
CALLS: Final = ("open", "replace", "remove", "link", "fsync", "chmod", "close")
"""The functions of `os` by which something changes on the disk, or is about to."""


def texts(folder: Path) -> dict[str, str]:
    """Return every file of a folder, hidden ones too."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def ended_at(number: int, signal_number: int, folder: Path) -> bool:
    """Rename in a process of its own, which gets a signal before its nth call; return whether it was ended by it."""
    process = os.fork()
    if process == 0:
        done = rename(str(folder), "uk", "britain")
        calls = 0

        def counted(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **more: Any) -> Any:
                nonlocal calls
                calls += 1
                if calls == number:
                    os.kill(os.getpid(), signal_number)
                return function(*arguments, **more)

            return call

        for name in CALLS:
            setattr(os, name, counted(getattr(os, name)))
        signal.signal(signal_number, signal.SIG_DFL) if signal_number != signal.SIGKILL else None
        done.write()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def main() -> None:
    """End a renaming everywhere."""
    signal_number, root = int(sys.argv[1]), Path(sys.argv[2])
    outcomes = []
    for number in range(1, 500):
        folder = root / "m"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        if not ended_at(number, signal_number, folder):
            break
        left = texts(folder)
        recovery = recover(str(folder))
        outcomes.append({"left": left, "finished": recovery and recovery.finished, "after": texts(folder)})
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()
