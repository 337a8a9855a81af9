"""A program in a terminal of its own, answered as a person would: each answer after the question that it is to."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
PATIENCE: Final = 60
"""Seconds after which a program that says nothing is called dead: a busy machine starts it slowly."""

STEP: Final = 2
"""Seconds after which Ctrl-C is pressed again."""

CTRL_C: Final = "\x03"

_OWNED: Final = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execvp(sys.argv[1], sys.argv[1:])"
"""Whoever leads a session and opens a terminal owns it: then Ctrl-C is a signal wherever no program reads the key."""


def in_a_terminal(
    *command: str, environment: Mapping[str, str], answers: Sequence[tuple[str, str]] = ()
) -> tuple[int, str]:
    """Run a command in a terminal and give its answers, each once its question stands there; return code and text."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _OWNED, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        start_new_session=True,
    )
    os.close(theirs)
    text, seen = b"", 0
    try:
        for question, answer in answers:
            while (at := text.find(question.encode(), seen)) < 0:
                text += _read(ours) or pytest.fail(f"it ended before it asked {question!r}: {text[seen:]!r}")
            seen = at + len(question.encode())
            os.write(ours, answer.encode())
        interrupted = bool(answers) and answers[-1][1] == CTRL_C
        while chunk := _read(ours, again=CTRL_C if interrupted else ""):
            text += chunk
        return process.wait(PATIENCE), text.decode("utf-8")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _read(terminal: int, *, again: str = "") -> bytes:
    """Return what stands in a terminal next, and nothing where its programs have ended.

    A key that may have come to nothing is pressed again, as a person would: a signal that comes after the question is
    printed and before its answer is waited for is only noticed with the next key.
    """
    for _ in range(PATIENCE // STEP):
        if select.select([terminal], [], [], STEP)[0]:
            break
        if again:
            os.write(terminal, again.encode())
    else:
        pytest.fail(f"nothing was said for {PATIENCE} seconds")
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux's word for: the other end is closed
        return b""
