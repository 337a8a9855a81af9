"""How far long work has come, in one line of a terminal that goes when the work is done; nothing anywhere else."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, TextIO

import click

from actorgraph.progress import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.progress import Progress

PATIENCE: Final = 1.0
"""Seconds that work may take before anything is said of it."""

_PACE: Final = 0.1
"""Seconds between two lines: nobody reads faster."""


@contextmanager
def progress(stream: TextIO | None = None, *, patience: float = PATIENCE) -> Iterator[Progress]:
    """Give what is to be told of every step of long work: what is being done, how much is done, and of how much.

    The line is written by a thread, since the work waits for an engine most of the time.

    Args:
        stream: Where the line is shown; standard error where nothing is said. In what is no terminal, or one that
            cannot go back in its line, nothing is.
        patience: Seconds that pass before anything is shown.
    """
    stream = sys.stderr if stream is None else stream
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield quiet
        return
    line = _Line(stream)
    done = Event()
    thread = Thread(target=_shown, args=(line, done, patience), daemon=True)
    thread.start()
    try:
        yield line.tell
    finally:
        done.set()
        thread.join()
        line.clear()


ANSWERING: Final = "working out the answer"
ANSWER_PATIENCE: Final = 3.0
"""Seconds that an answer may take before anything is said of it."""

_WAITING: Final = f"{__name__}.waiting"


def wait_for_answer() -> None:
    """Let a line say from now on that the answer of this command is worked out, until it comes or the command ends."""
    answer_comes()
    context = click.get_current_context(silent=True)
    if context is not None:
        waiting = context.meta[_WAITING] = ExitStack()
        waiting.enter_context(progress(patience=ANSWER_PATIENCE))(ANSWERING, 0, 0)
        context.call_on_close(waiting.close)


def answer_comes() -> None:
    """Take that line away, before anything else is written."""
    context = click.get_current_context(silent=True)
    waiting = context.meta.pop(_WAITING, None) if context is not None else None
    if waiting is not None:
        waiting.close()


def in_words(what: str, done: int, of: int) -> str:
    """Return what the line says of a step.

    >>> in_words("working out holdings", 1200, 3000), in_words("reading the source", 0, 0)
    ('working out holdings: 1,200 of 3,000', 'reading the source …')
    """
    return f"{what}: {done:,} of {of:,}" if of else f"{what} …"


class _Line:
    """A line of a terminal that is written again and again: `told` is what it is to say, `shown` what stands there."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told = self._shown = ""

    def tell(self, what: str, done: int, of: int) -> None:
        """Say how far a step is."""
        self._told = in_words(what, done, of)

    def show(self) -> None:
        """Write what was told last, unless it stands there: over the line before, and never into the next one."""
        line = self._told[: self._width() - 1]
        if line != self._shown:
            self._write("\r" + line.ljust(len(self._shown)))
            self._shown = line

    def clear(self) -> None:
        """Leave no trace of it."""
        if self._shown:
            self._write("\r" + " " * min(len(self._shown), self._width() - 1) + "\r")
            self._shown = ""

    def _width(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        except OSError:
            return 80

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # the terminal has gone: the work goes on
            self._told = self._shown


def _shown(line: _Line, done: Event, patience: float) -> None:
    """Show a line until the work is done."""
    wait = patience
    while not done.wait(wait):
        line.show()
        wait = _PACE
