"""Pages that show what commands print: each answer on them is held to the real one."""

import re
import shlex
from pathlib import Path
from typing import Final

from asking import ask

CONSOLE: Final = re.compile(r"```console\n\$ actorgraph (?P<command>.*)\n(?P<answer>(?:.*\n)*?)```\n")


def commands_on(page: Path) -> list[str]:
    """Return the commands of which a page shows the answer, in order."""
    return [block["command"] for block in CONSOLE.finditer(page.read_text(encoding="utf-8"))]


def check_answer(page: Path, command: str, *, update: bool) -> None:
    """Assert that a page shows what a command prints; with `update` it is made to."""
    result = ask(*shlex.split(command))
    assert 0 == result.exit_code, result.output
    real = f"{result.stdout.rstrip()}\n"
    text = page.read_text(encoding="utf-8")
    (shown,) = [block for block in CONSOLE.finditer(text) if block["command"] == command]
    if update:
        page.write_text(f"{text[: shown.start('answer')]}{real}{text[shown.end('answer') :]}", encoding="utf-8")
        return
    assert real == shown["answer"], f"{page.name} is stale: run `make docs`"
