"""match: how near every actor is to a set of positions."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.measuring import EXPLAIN, MIN_SHARED, levels, print_measured
from actorgraph.cli.shared import Shared, shared


@click.command(name="match")
@click.argument("wanted", metavar="FILE|POSITIONS|ACTOR", shell_complete=completion.things("actor"))
@levels("scale")
@MIN_SHARED
@EXPLAIN
@shared("stated_alone")
def match_(asked: Shared, *, wanted: str, levels: str, min_shared: int, explain: bool) -> None:
    """Print how near every actor is to a set of positions: who could sign this, and who stands in the way of what.

    The set is a FILE (YAML: `positions: {harbour: supports, bridge: {position: opposes, weight: 2}}`, or CSV with the
    columns proposal, position, weight), POSITIONS such as harbour=supports,bridge=opposes*2, or an ACTOR, whose own
    positions are taken. A match is 1 less the city-block distance over the proposals that both speak of.
    """
    from actorgraph.analysis.match import match
    from actorgraph.exchange.sheets.positions import wanted_of
    from actorgraph.render.match import match_grids

    given = wanted_of(wanted)
    answer = match(
        asked.open(),
        given,
        as_of=asked.day,
        levels=levels,
        min_shared=min_shared,
        explain=explain,
        **asked.narrowing,
    )
    print_measured(asked, answer, lambda: match_grids(answer))
