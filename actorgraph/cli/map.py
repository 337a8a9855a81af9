"""map: the actors in one or two dimensions, near each other where they hold the same."""

from __future__ import annotations

import click

from actorgraph.cli.measuring import EXPLAIN, MIN_SHARED, levels, print_measured
from actorgraph.cli.shared import Shared, shared


@click.command(name="map")
@click.option(
    "--dimensions", type=click.IntRange(1, 2), default=2, show_default=True, metavar="1|2", help="A line, or a plane."
)
@levels("scale")
@MIN_SHARED
@EXPLAIN
@shared("stated_alone")
def map_(asked: Shared, *, dimensions: int, levels: str, min_shared: int, explain: bool) -> None:
    """Print where the actors are on a map, near each other where they hold the same; with -o x.svg or x.png, draw it.

    Classical scaling of the city-block distances over shared proposals. Ellipses would hold 95 % of the places that an
    actor has when other proposals weigh more (a seeded bootstrap), if these scattered normally. Every two actors on a
    map share --min-shared proposals at least; with fewer than four actors or five proposals there is none, and the
    answer says what is missing.
    """
    from actorgraph.analysis.map import map_actors
    from actorgraph.render.map import map_grids
    from actorgraph.render.map_picture import map_picture

    answer = map_actors(
        asked.open(),
        as_of=asked.day,
        dimensions=dimensions,
        levels=levels,
        min_shared=min_shared,
        explain=explain,
        **asked.narrowing,
    )
    print_measured(asked, answer, lambda: map_grids(answer), lambda ending: map_picture(answer, ending))
