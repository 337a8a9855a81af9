"""The formats as commands: each is made when it is asked for, with the options of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from actorgraph.cli import completion
from actorgraph.cli.shared import Group
from actorgraph.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.exchange.formats import Format, Option

Command = Callable[..., Any]


class FormatGroup(Group):
    """Makes the command of a format when it is asked for: each has options of its own.

    `make` returns the command of a format, given its name and what it is in a line.
    """

    of_each = "format"

    def __init__(self, *, formats: Sequence[Format], make: Callable[[str, str], click.Command], **look: Any) -> None:
        super().__init__(**look)
        self._about = {known.name: known.about for known in formats}
        self._make = make
        self._said_for = {said: known.name for known in formats for said in known.also}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the formats."""
        del ctx
        return list(self._about)

    def meant_by(self, typed: str) -> str:
        """Return a hint at the format that somebody may mean: by another name of it, or by a file."""
        form = typed.rpartition(".")[2].lower()
        meant = self._said_for.get(form) or (form if form in self._about else "")
        return f" (did you mean {quoted(meant)}?)" if meant else super().meant_by(typed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a format, or None."""
        del ctx
        return self._make(cmd_name, self._about[cmd_name]) if cmd_name in self._about else None


def with_options(options: Sequence[Option]) -> Callable[[Command], Command]:
    """Give a command the options of a format; what is not given is not passed on."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = click.option(f"--{option.name}", option.dest, **_look(option))(command)
        return command

    return decorate


def given(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given."""
    return {name: value for name, value in options.items() if value not in (None, ())}


def _look(option: Option) -> dict[str, Any]:
    look: dict[str, Any] = {"help": option.help[:1].upper() + option.help[1:]}
    if option.is_flag:
        return look | {"is_flag": True, "default": None}
    if option.choices:
        look["type"] = click.Choice(option.choices)
    elif option.completes:
        look["shell_complete"] = _completer(option)
    return look | {"metavar": None if option.choices else option.metavar, "multiple": option.many}


def _completer(option: Option) -> Any:
    if option.completes in (("file",), ("folder",)):
        return completion.file if option.completes == ("file",) else completion.folder
    return completion.things(*option.completes)
