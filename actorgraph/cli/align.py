"""align: who agrees with whom."""

from __future__ import annotations

from typing import Any

import click

from actorgraph.analysis.words import CORRECTIONS, SCOTT
from actorgraph.cli import completion
from actorgraph.cli.measuring import EXPLAIN, LEVELS, MIN_SHARED, print_measured
from actorgraph.cli.shared import Shared, shared


@click.command(name="align")
@click.argument("actor", metavar="[ACTOR", required=False, shell_complete=completion.things("actor"))
@click.argument("other", metavar="[ACTOR]]", required=False, shell_complete=completion.things("actor"))
@LEVELS
@MIN_SHARED
@click.option(
    "--corrected",
    type=click.Choice(CORRECTIONS),
    default=SCOTT,
    show_default=True,
    help="Correct agreement for chance by Scott's pi or by Cohen's kappa.",
)
@click.option("--sensitivity", is_flag=True, help="Also how far each number moves without any one source.")
@EXPLAIN
@shared("stated_alone")
def align_(
    asked: Shared,
    *,
    actor: str | None,
    other: str | None,
    levels: str,
    **how: Any,
) -> None:
    """Print who agrees with whom: all pairs ranked, one actor against all, or two, proposal by proposal.

    What two share are the proposals on which both have stated a position, certain and uncontested. Supports and open
    are one side, sceptical and opposes the other. Every number stands beside its N; where two share too few, there is
    none. A file that ends in .svg or .png holds a picture.
    """
    from actorgraph.analysis.align import align
    from actorgraph.analysis.align_pair import align_pair
    from actorgraph.render.align import align_grids, align_picture
    from actorgraph.render.align_pair import align_pair_grids, align_pair_picture

    ledger, day, narrowing = asked.open(), asked.day, asked.narrowing
    if actor is not None and other is not None:
        pair = align_pair(ledger, actor, other, as_of=day, levels=levels, **how, **narrowing)
        print_measured(asked, pair, lambda: align_pair_grids(pair), lambda ending: align_pair_picture(pair, ending))
        return
    answer = align(ledger, actor, as_of=day, levels=levels, **how, **narrowing)

    def drawn(ending: str) -> bytes:
        from actorgraph.analysis.blocs import blocs

        groups = blocs(ledger, as_of=day, levels=levels, **narrowing) if actor is None else None
        return align_picture(answer, ending, groups)

    print_measured(asked, answer, lambda: align_grids(answer), drawn)
