"""The options of a format as those of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from actorgraph.cli import completion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.exchange.formats import Option

Command = Callable[..., Any]


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
    look: dict[str, Any] = {"help": option.help}
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
