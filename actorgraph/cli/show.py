"""show: all that is curated of one thing."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_things
from actorgraph.cli.shared import Shared, shared


@click.command(name="show")
@click.argument("name", metavar="ID", shell_complete=completion.anything)
@shared("model", "style", "output", "no_cache")
def show_(asked: Shared, *, name: str) -> None:
    """Print all that is curated of one thing: an actor, proposal, source, event, condition or record."""
    from actorgraph.questions.show import show
    from actorgraph.render.show import thing_grid

    ledger = asked.open()
    shown = show(ledger, name)
    query = {"command": "show", "target": name}
    print_things(asked, ledger, query, shown.things, lambda: thing_grid(shown))
