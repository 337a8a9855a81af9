"""blocs: who stands with whom, what holds and divides them, and what all could accept."""

from __future__ import annotations

import click

from actorgraph.cli.measuring import EXPLAIN, LEVELS, MIN_SHARED, print_measured
from actorgraph.cli.shared import Shared, shared


@click.command(name="blocs")
@LEVELS
@MIN_SHARED
@EXPLAIN
@shared("stated_alone")
def blocs_(asked: Shared, *, levels: str, min_shared: int, explain: bool) -> None:
    """Print who stands with whom: the blocs, what holds each together, what divides them, and what all could accept.

    Two are tied by how far they agree more than they disagree. Blocs are looked for from 50 seeds (Louvain), and the
    answer says how far these agree. With `-o FILE.svg` or `.png`, a table in colours: how many of a bloc support what.
    """
    from actorgraph.analysis.blocs import blocs
    from actorgraph.render.blocs import blocs_grids
    from actorgraph.render.blocs_picture import blocs_picture

    ledger = asked.open()
    answer = blocs(ledger, as_of=asked.day, levels=levels, min_shared=min_shared, explain=explain, **asked.narrowing)
    print_measured(asked, answer, lambda: blocs_grids(answer), lambda ending: blocs_picture(answer, ending))
