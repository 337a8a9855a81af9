"""tally: how many actors stand where."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.output import print_listing
from actorgraph.cli.shared import Shared, shared
from actorgraph.questions.options import BY


@click.command(name="tally")
@click.argument("proposal", metavar="[PROPOSAL]", required=False, shell_complete=completion.things("proposal"))
@click.option("--by", type=click.Choice(BY), help="A line for each kind of actors, or for the members of each group.")
@click.option("--since", metavar="DATE", help="Also what has moved since that day.")
@shared("model", "as_of", "known_by", "stated", "assume", "narrowing", "style", "output", "no_cache")
def tally_(asked: Shared, *, proposal: str | None, by: str | None, since: str | None) -> None:
    """Print how many actors stand where: on a proposal, or on all of them, the most split first.

    Actors are counted, not statements. Each stands in one place: at its stated position, contested, with a commitment
    only, or silent. What is only implied is counted apart. AGREE is the Agreement Index of Hix, Noury and Roland:
    1 where all who state a position are for, against or in between, 0 where each of the three has a third of them.
    """
    from actorgraph.questions.tally import tally
    from actorgraph.render.tally import tally_grids

    ledger = asked.open()
    answer = tally(ledger, proposal, as_of=asked.day, by=by, since=since, **asked.narrowing)
    print_listing(asked, answer, lambda: tally_grids(answer))
