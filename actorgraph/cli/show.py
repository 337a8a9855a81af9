"""show: all that is curated of one thing."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.shared import Shared, print_things, shared
from actorgraph.questions.who import called


@click.command()
@click.argument("name", metavar="ID", shell_complete=completion.anything)
@shared("model", "style", "output", "no_cache")
def show(asked: Shared, *, name: str) -> None:
    """Print all that is curated of one thing: an actor, proposal, source, event, condition or record."""
    from actorgraph.render.show import thing_grids

    ledger = asked.open()
    found = called(ledger, name)
    query = {"command": "show", "target": name}
    print_things(asked, ledger, query, found, lambda: thing_grids(found, ledger))
