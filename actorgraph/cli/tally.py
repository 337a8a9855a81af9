"""tally: how many actors stand where."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.measuring import print_measured
from actorgraph.cli.shared import Shared, shared
from actorgraph.questions.majorities import ALL, SHARE_OF
from actorgraph.questions.options import BY


@click.command(name="tally")
@click.argument("proposal", metavar="[PROPOSAL]", required=False, shell_complete=completion.things("proposal"))
@click.option("--by", type=click.Choice(BY), help="A line for each kind of actors, or for the members of each group.")
@click.option("--since", metavar="DATE", help="Also what has moved since that day.")
@click.option(
    "--weight",
    metavar="NAME",
    multiple=True,
    help="Also the sums of a weight of actors, such as population. Repeatable.",
)
@click.option(
    "--threshold",
    metavar="[NAME=]LEAST",
    multiple=True,
    help="Whether those for it reach a share (65%, 2/3) or a number, of a weight or of actors. Repeatable: all count.",
)
@click.option(
    "--share-of",
    type=click.Choice(SHARE_OF),
    default=ALL,
    show_default=True,
    help="Shares of the weight of all who were asked about, or of who stated a position.",
)
@shared("unmarked")
def tally_(
    asked: Shared,
    *,
    proposal: str | None,
    by: str | None,
    since: str | None,
    weight: tuple[str, ...],
    threshold: tuple[str, ...],
    share_of: str,
) -> None:
    """Print how many actors stand where: on a proposal, or on all of them, the most split first.

    Actors are counted, not statements. Each stands in one place: at its stated position, contested, with a commitment
    only, or silent. What is only implied is counted apart. AGREE is the Agreement Index of Hix, Noury and Roland:
    1 where all who state a position are on one side (for, against or in between), 0 where each of the three has a
    third of them.
    With -o FILE.svg or .png it draws the bars of for and against.
    """
    from actorgraph.questions.tally import tally
    from actorgraph.render.tally import tally_grids
    from actorgraph.render.tally_picture import tally_picture

    answer = tally(
        asked.open(),
        proposal,
        as_of=asked.day,
        by=by,
        since=since,
        weight=weight,
        threshold=threshold,
        share_of=share_of,
        **asked.narrowing,
    )
    print_measured(
        asked, answer, lambda: tally_grids(answer, asked.model), lambda ending: tally_picture(answer, ending)
    )
