"""what: everything that an actor holds."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_answer
from actorgraph.cli.shared import Shared, shared
from actorgraph.questions.who import what


@click.command(name="what")
@click.argument("actor", shell_complete=completion.things("actor"))
@shared("question")
def what_(asked: Shared, *, actor: str) -> None:
    """Print everything that an actor holds: its stances and its commitments."""
    print_answer(asked, what(asked.open(), actor, **asked.question))
