"""How far long work has come: in a terminal, after a while, in one line that goes again."""

import io
import os
import threading
from collections.abc import Callable
from typing import Final

import click
import pyte
import pytest

from actorgraph.cli.progress import answer_comes, progress, wait_for_answer

pty = pytest.importorskip("pty", reason="no terminals")
termios = pytest.importorskip("termios", reason="no terminals")

WIDTH: Final = 30


class Terminal(io.StringIO):
    """A terminal of one line, some letters wide: what stands there, and all that ever stood there."""

    def __init__(self) -> None:
        super().__init__()
        self.screen = pyte.Screen(WIDTH, 3)
        self.history: list[str] = []
        self.said = threading.Event()
        self._stream = pyte.Stream(self.screen)
        self._ours, self._theirs = pty.openpty()
        os.set_blocking(self._ours, False)
        termios.tcsetwinsize(self._theirs, (3, WIDTH))

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._theirs)

    def write(self, text: str) -> int:
        self._stream.feed(text)
        self.history.append(self.lines()[0])
        self.said.set()
        return len(text)

    def lines(self) -> list[str]:
        """Return the lines that stand there."""
        return [line.rstrip() for line in self.screen.display]

    def close(self) -> None:
        os.close(self._ours)
        os.close(self._theirs)
        super().close()


def seen(terminal: Terminal, tell: Callable[[str, int, int], None], *step: str | int) -> list[str]:
    """Tell a step, and return the lines once it is shown."""
    what, done, of = step
    terminal.said.clear()
    tell(str(what), int(done), int(of))
    assert terminal.said.wait(10)
    return terminal.lines()


def test_one_line_is_written_again_and_again_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with progress(terminal, patience=0) as tell:
        assert ["reading the source …", "", ""] == seen(terminal, tell, "reading the source", 0, 0)
        assert ["sorting: 1 of 1,200", "", ""] == seen(terminal, tell, "sorting", 1, 1200)
    assert ["", "", ""] == terminal.lines()
    assert (0, 0) == (terminal.screen.cursor.x, terminal.screen.cursor.y)
    terminal.close()


def test_what_is_too_long_is_cut_and_never_fills_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with progress(terminal, patience=0) as tell:
        assert [("x" * 99)[: WIDTH - 1], "", ""] == seen(terminal, tell, "x" * 99, 0, 0)
    assert ["", "", ""] == terminal.lines()
    terminal.close()


def test_what_is_done_soon_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with progress(terminal, patience=60) as tell:
        tell("reading the source", 0, 0)
    assert [] == terminal.history
    terminal.close()


def test_a_failure_takes_the_line_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()

    def stopped() -> None:
        with progress(terminal, patience=0) as tell:
            seen(terminal, tell, "reading the source", 0, 0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert ["", "", ""] == terminal.lines()
    terminal.close()


@pytest.mark.parametrize(("stream", "term"), [(io.StringIO, "xterm"), (Terminal, "dumb")])
def test_nothing_is_shown_where_no_line_can_be_written_again(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    made, threads = stream(), threading.active_count()
    with progress(made, patience=0) as tell:
        tell("reading the source", 0, 0)
        assert threads == threading.active_count()
    assert not made.getvalue()
    made.close()


def test_a_line_says_that_an_answer_takes_long_until_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("actorgraph.cli.progress.ANSWER_PATIENCE", 0)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with click.Context(click.Command("who")):
        wait_for_answer()
        assert terminal.said.wait(10)
        assert ["working out the answer …", "", ""] == terminal.lines()
        answer_comes()
        assert ["", "", ""] == terminal.lines()
        terminal.said.clear()
        wait_for_answer()
        assert terminal.said.wait(10)
    assert ["", "", ""] == terminal.lines(), "the command has ended"
    terminal.close()
