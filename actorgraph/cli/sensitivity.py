"""sensitivity: what rests on one source."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared


@click.command(name="sensitivity")
@click.argument(
    "name", metavar="[ACTOR|PROPOSAL]", required=False, shell_complete=completion.things("actor", "proposal")
)
@shared("stated_alone")
def sensitivity_(asked: Shared, *, name: str | None) -> None:
    """Print what rests on one source: of an actor's positions, of those on a proposal, or of all.

    For each source, the most consequential first: how many positions in force would be gone without it, contested,
    settled, or others. Then the positions of which all evidence is from one source. Only what was stated counts.
    """
    from actorgraph.questions.sensitivity import sensitivity
    from actorgraph.render.sensitivity import sensitivity_grids

    answer = sensitivity(asked.open(), name, as_of=asked.day, **asked.narrowing)
    print_listing(asked, answer, lambda: sensitivity_grids(answer))
