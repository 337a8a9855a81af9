"""timeline: every change in an actor's positions, or on a proposal, with the events in between."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared


@click.command(name="timeline")
@click.argument("name", metavar="ACTOR|PROPOSAL", shell_complete=completion.things("actor", "proposal"))
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Also what was only said again, or carried on from an earlier text, and all events.",
)
@shared("model", "up_to", "known_by", "stated", "assume", "narrowing", "style", "output", "no_cache")
def timeline_(asked: Shared, *, name: str, every: bool) -> None:
    """Print every change in an actor's positions, or on a proposal, up to a day, with the events in between."""
    from actorgraph.questions.timeline import timeline
    from actorgraph.render.timeline import timeline_grids

    ledger = asked.open()
    answer = timeline(ledger, name, as_of=asked.day, every=every, **asked.narrowing)
    print_listing(asked, answer, lambda: timeline_grids(answer, asked.model))
