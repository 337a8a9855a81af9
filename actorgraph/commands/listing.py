"""list and show: what a model names."""

from __future__ import annotations

from typing import Final

import click

from actorgraph import completion
from actorgraph.console import Shared, print_things, shared
from actorgraph.query import called

LISTS: Final = ("actors", "proposals", "sources", "events", "conditions")


@click.command(name="list")
@click.argument("things", type=click.Choice(LISTS))
@shared("model", "style", "output", "no_cache")
def list_(asked: Shared, *, things: str) -> None:
    """List the actors, proposals, sources, events or conditions of a model."""
    from actorgraph import wording  # noqa: PLC0415 - export html has no need of it

    ledger = asked.open()
    found = ledger.things(things.removesuffix("s"))
    query = {"command": "list", "things": things}
    print_things(asked, ledger, query, found, lambda: wording.things_grid(found, ledger, things))


@click.command()
@click.argument("name", metavar="ID", shell_complete=completion.anything)
@shared("model", "style", "output", "no_cache")
def show(asked: Shared, *, name: str) -> None:
    """Print all that is curated of one thing: an actor, proposal, source, event, condition or record."""
    from actorgraph import wording  # noqa: PLC0415 - export html has no need of it

    ledger = asked.open()
    found = called(ledger, name)
    query = {"command": "show", "target": name}
    print_things(asked, ledger, query, found, lambda: wording.thing_grids(found, ledger))
