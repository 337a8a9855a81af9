"""pledges: what became of each undertaking."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.measuring import EXPLAIN, print_measured
from actorgraph.cli.shared import Shared, shared


@click.command(name="pledges")
@click.argument(
    "name", metavar="[ACTOR|PROPOSAL]", required=False, shell_complete=completion.things("actor", "proposal")
)
@click.option(
    "--min-delivered",
    type=click.IntRange(min=1),
    metavar="N",
    default=3,
    show_default=True,
    help="No median where an actor has delivered fewer than that.",
)
@EXPLAIN
@shared("model", "up_to", "known_by", "assume", "narrowing", "style", "output", "no_cache")
def pledges_(asked: Shared, *, name: str | None, min_delivered: int, explain: bool) -> None:
    """Print what became of each undertaking, of all or of an actor or on a proposal, and how long it took.

    When it was pledged, allocated and delivered, what is open since when, and what was withdrawn or lapsed. What is
    contested or only possible is shown apart and not counted. With -o FILE.svg or .png it draws a bar for each.
    """
    from actorgraph.questions.pledges import pledges
    from actorgraph.render.pledges import pledges_grids, pledges_picture

    answer = pledges(
        asked.open(), name, as_of=asked.day, min_delivered=min_delivered, explain=explain, **asked.narrowing
    )
    print_measured(asked, answer, lambda: pledges_grids(answer), lambda ending: pledges_picture(answer, ending))
