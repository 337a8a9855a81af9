"""show: all that is curated of one thing, and what is related to it on a day."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared


@click.command(name="show")
@click.argument("name", metavar="ID", shell_complete=completion.anything)
@shared("model", "as_of", "known_by", "stated", "assume", "style", "output", "no_cache")
def show_(asked: Shared, *, name: str) -> None:
    """Print all that is curated of one thing: an actor, proposal, source, event, condition or record.

    Of a proposal also its parts, what it succeeds, entails and excludes, and who stands where; of a condition, what
    depends on it; of a source, what rests on it; of an actor, its groups and members. As csv, these by their ids.
    """
    from actorgraph.questions.show import show
    from actorgraph.render.show import show_grids

    shown = show(asked.open(), name, as_of=asked.day, **asked.reading)
    print_listing(asked, shown, lambda: show_grids(shown))
