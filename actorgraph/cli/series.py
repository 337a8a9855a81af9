"""series: a measure over time."""

from __future__ import annotations

import click

from actorgraph.analysis.over_time.series_measures import MEASURES
from actorgraph.cli import completion
from actorgraph.cli.measuring import DUPLICATES, EXPLAIN, LEVELS, print_measured
from actorgraph.cli.shared import Shared, shared


@click.command(name="series")
@click.argument("measure", metavar="MEASURE", type=click.Choice(MEASURES))
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=completion.things("actor", "proposal"))
@click.option("--from", "since", metavar="DATE", help="The first day.  [default: that of the record]")
@click.option("--to", "until", metavar="DATE", help="The last day.  [default: that of --as-of]")
@click.option("--every", metavar="LENGTH", help="A point every so often, such as 3mo, in place of every day of change.")
@click.option("--window", metavar="LENGTH", help="Count what was said in windows of this length, such as 12mo.")
@click.option("--step", metavar="LENGTH", help="How far windows are apart.  [default: as long as they are]")
@click.option(
    "--duplicates",
    type=DUPLICATES,
    help="In a window: what is said again within it counts once.  [default: document]",
)
@LEVELS
@click.option(
    "--min-shared",
    type=click.IntRange(min=1),
    metavar="N",
    help="No number that rests on less than that.  [default: 3; for balance 1]",
)
@click.option("--on-same-proposals", is_flag=True, help="Also how it moves on what each point shares with the last.")
@click.option("--sensitivity", is_flag=True, help="Also the range when any one source is left out.")
@click.option(
    "--top", type=click.IntRange(min=0), metavar="N", default=5, show_default=True, help="How many moves are printed."
)
@EXPLAIN
@shared("stated_alone")
def series_(  # noqa: PLR0913 - each is an option
    asked: Shared,
    *,
    measure: str,
    names: tuple[str, ...],
    since: str | None,
    until: str | None,
    every: str | None,
    window: str | None,
    step: str | None,
    duplicates: str | None,
    levels: str,
    min_shared: int | None,
    on_same_proposals: bool,
    sensitivity: bool,
    top: int,
    explain: bool,
) -> None:
    """Print a measure over time, which days moved it most, and who turned on them.

    MEASURE is `agreement` of two actors or of all pairs, `index` (the Agreement Index of Hix, Noury and Roland) of a
    proposal or its mean, `support` of a proposal (for, against, between, contested), `two-camp` or `balance`. It is
    worked out on each day on which it may move, or every so often, or in windows of statements. Every number stands
    beside its N; where that is too small, there is none. A file that ends in .svg or .png holds a picture.
    """
    from actorgraph.analysis.series import series
    from actorgraph.render.series import series_grids
    from actorgraph.render.series_picture import series_picture

    answer = series(
        asked.open(),
        measure,
        *names,
        as_of=asked.day,
        since=since,
        until=until,
        every=every,
        window=window,
        step=step,
        duplicates=duplicates,
        levels=levels,
        min_shared=min_shared,
        on_same_proposals=on_same_proposals,
        sensitivity=sensitivity,
        most=top,
        explain=explain,
        **asked.narrowing,
    )
    print_measured(asked, answer, lambda: series_grids(answer), lambda ending: series_picture(answer, ending))
