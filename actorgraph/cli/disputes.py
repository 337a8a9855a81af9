"""disputes: where the record disagrees with itself."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared


@click.command(name="disputes")
@click.argument(
    "name", metavar="[ACTOR|PROPOSAL]", required=False, shell_complete=completion.things("actor", "proposal")
)
@shared("question")
def disputes_(asked: Shared, *, name: str | None) -> None:
    """Print where the record disagrees with itself, with both sides' evidence.

    Contested positions, speakers and members who differ from the actor that they represent or belong to, support for
    proposals that exclude each other, and commitments that do not fit stances.
    """
    from actorgraph.questions.disputes import disputes
    from actorgraph.render.disputes import disputes_grids

    ledger = asked.open()
    answer = disputes(ledger, name, **asked.question)
    print_listing(asked, answer, lambda: disputes_grids(answer, asked.model))
