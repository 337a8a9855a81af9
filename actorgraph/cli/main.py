"""The command line: which commands there are, and where each stands."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from actorgraph import __version__
from actorgraph.cli.output import end_output, steady_streams
from actorgraph.cli.shared import Group, cannot_go_on

if TYPE_CHECKING:
    from collections.abc import Callable

PURPOSES: Final = {
    "Ask": ("who", "what", "why", "timeline", "disputes", "tally", "diff", "sensitivity"),
    "Measure": ("network", "align", "match", "blocs", "balance", "series", "map", "pledges"),
    "Look up": ("list", "show"),
    "Curate": (
        "init",
        "add",
        "edit",
        "remove",
        "rename",
        "merge",
        "import",
        "check",
        "verify",
        "fmt",
        "schema",
        "serve",
    ),
    "Publish": ("export",),
    "Scale up": ("compile",),
    "Set up": ("completion",),
}
"""Every command, by purpose. Each stands in the module of `actorgraph.cli` that bears its name."""

MODULES: Final = {"completion": "completion_command", "import": "import_command"}
"""The exceptions: the module `cli.completion` is what all commands use to complete words, and `import` is a keyword."""

SENTENCE: Final = 1000
"""How many characters of a command's first sentence the list of commands shows: all of them."""


class Commands(Group):
    """Imports a command when it is asked for, so that no command waits for another one's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, by purpose."""
        del ctx
        return [name for names in PURPOSES.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None."""
        del ctx
        for names in PURPOSES.values():
            if cmd_name in names:
                module = import_module(f"actorgraph.cli.{MODULES.get(cmd_name, cmd_name)}")
                commands = (value for value in vars(module).values() if isinstance(value, click.Command))
                return next(command for command in commands if command.name == cmd_name)
        return None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; what stands before a command and belongs to it is told to stand behind it."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            command = next((word for word in args if word in self.list_commands(ctx)), None)
            if command is None:
                raise
            there = f"options stand behind the command: actorgraph {command} {error.option_name} …"
            raise click.UsageError(f"there is no option {error.option_name} before a command; {there}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands into the help, by purpose."""
        for purpose, names in PURPOSES.items():
            with formatter.section(purpose):
                commands = ((name, self.get_command(ctx, name)) for name in names)
                formatter.write_dl(
                    [(name, command.get_short_help_str(SENTENCE)) for name, command in commands if command]
                )


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine; 1 problems in the data, or what --exit-code, fmt --check and verify look for; 2 wrong "
    "usage.",
)
@click.version_option(__version__, prog_name="actorgraph")
def cli() -> None:
    """Who stands where on what, since when, on what evidence, and what changed."""


def main() -> None:
    """Run the command line."""
    # Pydantic would look for plugins in the metadata of every package that is installed; none has business here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    steady_streams()
    if "_ACTORGRAPH_COMPLETE" in os.environ:
        from actorgraph.cli.shells import register

        register()
    later: list[Callable[[], None]] = []
    try:
        cli(prog_name="actorgraph", obj=later.append)
    except OSError as error:  # the help itself could not be printed
        cannot_go_on(error).show()
        sys.exit(1)
    finally:
        if later:
            end_output()
            with suppress(KeyboardInterrupt):  # the answer has been given
                for finish in later:
                    finish()
        # The process ends: the collector need not look through all that is left (a tenth of a warm answer, measured).
        gc.freeze()
