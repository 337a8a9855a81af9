"""What every change by hand ends with: the difference is shown, a yes asked for, and all files written or none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NoReturn

import click

from actorgraph.cli.output import write_table
from actorgraph.cli.schema import offer_new_ids
from actorgraph.curate.prompts import confirmed, in_a_terminal
from actorgraph.model.paths import shown
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.cli.shared import Shared
    from actorgraph.curate.changeset import Changeset
    from actorgraph.errors import Problem


YES: Final = click.option("--yes", "-y", is_flag=True, help="Write without asking; not where there are new warnings.")
FORCE: Final = click.option("--force", is_flag=True, help="With --yes: write in spite of new warnings.")
"""The options of a change that is settled so."""


def settle(
    asked: Shared,
    changeset: Changeset,
    doubts: Sequence[str],
    *,
    remarks: Sequence[str] = (),
    yes: bool,
    force: bool = False,
    again: str = "",
) -> None:
    """Show a changeset and what there is to say of it; ask, and write it.

    `doubts` are what a person should see before it is written, `remarks` what is good to know. Ends the command where
    nothing is written: with `again`, the way to go on from there.
    """
    show_difference(changeset, (*remarks, *doubts))
    if changeset.refused:
        stop(refusal(changeset.problems), again)
    if yes and doubts and not force:
        stop("these warnings are new; --force writes in spite of them", again)
    if not yes and not in_a_terminal():
        stop("this is no terminal, so nobody can be asked; --yes writes without asking", again)
    if not yes and not agreed("Write it?"):
        stop(again)
    put(asked, changeset, again)


def refusal(problems: Iterable[Problem]) -> str:
    """Return why a change is refused: how many new errors the model would have, and warnings besides.

    >>> from actorgraph.errors import Problem, Span
    >>> here = Span("stances.yaml", 14, 5)
    >>> refusal([Problem("AG012", "unknown actor 'b'", here), Problem("AG107", "in the future", here)])
    'the model would have 1 new error and 1 new warning'
    """
    warnings = [problem.warning for problem in problems]
    errors = warnings.count(False)
    besides = f" and {counted(len(warnings) - errors, 'new warning')}" if errors < len(warnings) else ""
    return f"the model would have {counted(errors, 'new error')}{besides}"


def show_difference(changeset: Changeset, lines: Sequence[str]) -> None:
    """Show the difference, then lines about it."""
    write_table("-", painted(changeset.diff.splitlines()))
    for line in lines:
        click.echo(line, err=True)


def put(asked: Shared, changeset: Changeset, *again: str) -> None:
    """Write a changeset, and offer its ids to editors; `again` is said where it cannot be written."""
    try:
        changeset.write()
    except OSError as error:
        place = shown(error.filename) if error.filename else changeset.paths[0]
        stop(f"{place}: {error.strerror}", *again)
    for path in changeset.paths:
        click.echo(f"wrote {path}", err=True)
    offer_new_ids(asked)


def agreed(question: str) -> bool:
    """Whether the answer is yes; Ctrl-C is no."""
    try:
        return confirmed(question)
    except click.Abort:
        return False


def stop(*why: str) -> NoReturn:
    """Say why nothing was written, and end the command."""
    for line in filter(None, why):
        click.echo(line, err=True)
    click.echo("nothing was written", err=True)
    sys.exit(1)


def painted(difference: Iterable[str]) -> str:
    """Return the lines of a unified diff for a terminal: what is new in green, what goes in red."""
    tones: Final = {"+": "green", "-": "red", "@": "cyan"}
    return "\n".join(
        click.style(line, fg=tones[line[0]]) if line[:1] in tones and not line.startswith(("+++", "---")) else line
        for line in difference
    )
