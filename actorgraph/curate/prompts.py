"""Prompts: one answer at a time, completed by what the model knows, and judged at once.

Names complete as they are typed; where the terminal cannot move its cursor, a plain line is asked for.
"""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import click

from actorgraph.errors import ActorgraphError, UsageProblem
from actorgraph.names import completing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.completion import CompleteEvent, Completion
    from prompt_toolkit.document import Document

T = TypeVar("T")

BACK: Final = "<"
"""What is typed to go back to the question before."""


class WentBack(ActorgraphError):  # noqa: N818 - an answer that is none
    """Somebody wants to answer the question before again."""


class Choice(NamedTuple):
    """What an answer may be: the text that is put in, what it means, and the names by which it is found."""

    text: str
    meaning: str = ""
    names: tuple[str, ...] = ()


def in_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(
    prompt: str, judge: Callable[[str], T], *, choices: Sequence[Choice] = (), default: str = "", files: bool = False
) -> tuple[str, T]:
    """Return what is typed, and the answer as `judge` takes it.

    What it raises `UsageProblem` for is said, and asked for again. The names of `files` complete where one is meant.
    Raises `WentBack` for `<`, and `click.Abort` where there is no more answer to come.
    """
    while True:
        answer = _line(prompt, choices, default, files=files).strip() or default
        if answer == BACK:
            raise WentBack
        try:
            return answer, judge(answer)
        except UsageProblem as problem:
            say(str(problem), indent="  ")


def confirmed(question: str) -> bool:
    """Whether the answer is yes; anything else, and no answer, is no."""
    return _line(f"{question} [y/N]", (), "").strip().casefold() in {"y", "yes"}


def say(text: str, *, indent: str = "") -> None:
    """Say something to whoever answers, broken between words where the terminal would break it anywhere."""
    click.echo(_folded(text, indent), err=True)


def _folded(text: str, indent: str = "") -> str:
    """Return a text whose lines fit the terminal, a cell spared for the cursor; those that go on are indented."""
    folder = TextWrapper(
        width=max(get_terminal_size().columns, 40) - 1,
        initial_indent=indent,
        subsequent_indent=indent or "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return "\n".join(folder.fill(line) for line in text.splitlines())


def _line(prompt: str, choices: Sequence[Choice], default: str, *, files: bool = False) -> str:
    shown = f"{_folded(f'{prompt} [{default}]:' if default else f'{prompt}:')} "
    try:
        if _can_complete():
            return _completed_line(shown, choices, files=files)
        click.echo(shown, err=True, nl=False)
        return input()
    except (EOFError, KeyboardInterrupt) as ended:
        click.echo(err=True)
        raise click.Abort from ended


def _can_complete() -> bool:
    """Whether names can be completed while they are typed: the terminal can move its cursor."""
    return os.environ.get("TERM", "dumb") != "dumb" and sys.stderr.isatty()


def _completed_line(shown: str, choices: Sequence[Choice], *, files: bool) -> str:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, Completion, PathCompleter
    from prompt_toolkit.output import create_output

    class ChoiceCompleter(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            del complete_event
            typed = document.text_before_cursor.rpartition(",")[2].lstrip()
            for text, _ in completing(typed, ((choice.text, choice.names) for choice in choices)):
                yield Completion(text, start_position=-len(typed), display_meta=meanings[text])

    meanings = {choice.text: choice.meaning for choice in choices}

    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))
    completer = PathCompleter(expanduser=True) if files else ChoiceCompleter() if choices else None
    return session.prompt(shown, completer=completer, complete_while_typing=True)
