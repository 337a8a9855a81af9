"""list: the actors, proposals, sources, events, conditions or records of a model."""

from __future__ import annotations

from typing import Final

import click

from actorgraph.cli.output import print_things
from actorgraph.cli.shared import Shared, shared
from actorgraph.model.kinds import KIND, NAMED, OF_SECTION, TYPES

LISTS: Final = tuple(KIND[name].section for name in (*NAMED, *(name for name in TYPES if name not in NAMED)))


@click.command(name="list")
@click.argument("things", type=click.Choice(LISTS))
@shared("model", "style", "output", "no_cache")
def list_(asked: Shared, *, things: str) -> None:
    """List the actors, proposals, sources, events or conditions of a model, or its records with what they say."""
    from actorgraph.questions.list import named
    from actorgraph.render.list import list_grid

    ledger = asked.open()
    answer = named(ledger, OF_SECTION[things].name)
    query = {"command": "list", "things": things}
    print_things(asked, ledger, query, answer.things, lambda: list_grid(answer, things))
