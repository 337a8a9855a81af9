"""list: the actors, proposals, sources, events, conditions or records of a model."""

from __future__ import annotations

from typing import Final

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_things
from actorgraph.cli.shared import Shared, shared, today
from actorgraph.model.kinds import KIND, NAMED, OF_SECTION, TYPES

LISTS: Final = tuple(KIND[name].section for name in (*NAMED, *(name for name in TYPES if name not in NAMED)))


@click.command(name="list")
@click.argument("things", metavar="THINGS", type=click.Choice(LISTS))
@shared("model", "style", "output", "no_cache")
@click.option(
    "--actor", metavar="ACTOR", shell_complete=completion.things("actor"), help="Only records and events of an actor."
)
@click.option(
    "--proposal",
    metavar="PROPOSAL",
    shell_complete=completion.things("proposal"),
    help="Only stances and commitments on a proposal.",
)
@click.option(
    "--source",
    metavar="SOURCE",
    shell_complete=completion.things("source"),
    help="Only what a source reports; by id, title or url.",
)
@click.option("--unsourced-url", is_flag=True, help="Only what has no source with a url.")
@click.option("--stale-after", metavar="LENGTH", help="Only what has no evidence newer than that: 90d, 6w, 18mo, 2y.")
def list_(
    asked: Shared,
    *,
    things: str,
    actor: str | None,
    proposal: str | None,
    source: str | None,
    unsourced_url: bool,
    stale_after: str | None,
) -> None:
    """List the actors, proposals, sources, events or conditions of a model, or its records with what they say.

    THINGS is actors, proposals, conditions, sources, events, relations, stances or commitments.
    """
    from actorgraph.questions.list import named
    from actorgraph.render.list import list_grid

    ledger = asked.open()
    answer = named(
        ledger,
        OF_SECTION[things].name,
        actor=actor,
        proposal=proposal,
        source=source,
        unsourced_url=unsourced_url,
        stale_after=stale_after,
        today=today(),
    )
    query = {"command": "list", "things": things, **answer.chosen}
    print_things(asked, ledger, query, answer.things, lambda: list_grid(answer, things))
