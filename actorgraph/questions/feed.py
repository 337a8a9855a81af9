"""What changed in a model from one day to another, day by day: what `export feed` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.asked_dates import checked_since, day_of
from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.about import Mentions
from actorgraph.questions.echoes import changes_without_echoes
from actorgraph.questions.lines import lines
from actorgraph.questions.moments import over_time, rows_of_moments, unit_of_line, with_events
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.sql import EVER_IN_FORCE, LAST_BEGUN
from actorgraph.questions.timeline import Timeline
from actorgraph.questions.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.lines import Line
    from actorgraph.questions.moments import Moment


def history(
    ledger: Ledger,
    *,
    since: str | date,
    as_of: str | date,
    **options: Unpack[Narrowing],
) -> Timeline:
    """Return every change in a model from one day to another, day by day, each day with its events.

    A day with changes tells the same whichever days are asked for besides: it has all events of that day, and support
    that echoes an undertaking is left out where both changed on it.

    Args:
        ledger: The model, opened by `load`.
        since: The first day that counts; a partial date means its last day.
        as_of: The last day that counts.
        options: What counts, and to whom and what it is narrowed (a group by membership on the last day): see
            `Narrowing`.

    Returns:
        The days on which something changed, oldest first.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, a bad date, or a first day that lies after the last.

    >>> from actorgraph import load
    >>> for moment in history(load("examples/minimal.yaml"), since="2026-01-15", as_of="2026-06"):
    ...     print(moment.date, [(change.actor, change.change) for change in moment.changes])
    2026-01-15 [('fishers-union', 'toward-opposition')]
    2026-02-01 [('harbour-board', 'added')]
    2026-03-01 [('town-council', 'ended')]
    """
    checked_options(options, Narrowing)
    view = View(ledger, as_of=as_of, **options)
    first = checked_since(since, view.day)
    with no_garbage_collection():
        moving, others = _moving(lines(ledger, EVER_IN_FORCE, stated=view.stated), first, view.day)
        moments = over_time(moving, view, background=others if view.descents else ())
        admitted = (_admitted(moment, view) for moment in moments if day_of(moment.date) >= first)
        changed = [moment for moment in admitted if moment.changes]
        happened = {moment.date: moment for moment in with_events(ledger, changed, view.day, every=True)}
        days = tuple(happened[moment.date] for moment in changed)
    query = {"command": "feed", "since": str(iso(first))}
    also = Mentions(actors={actor for day in days for event in day.events for actor in event.actors})
    return Timeline(*view.envelope(query, rows_of_moments(days), also), days)


def _moving(every: Sequence[Line], first: int, last: int) -> tuple[list[Line], list[Line]]:
    """Return the lines of the units that may change from one day to another, both inside, and all others.

    What depends on conditions may change on any day on which these do, and so may what has an amount.
    """
    moving = {
        unit_of_line(line)
        for line in every
        if line.since >= first or first <= line.until <= last or line.conditions or line.amounts
    }
    sides: tuple[list[Line], list[Line]] = [], []
    for line in every:
        sides[unit_of_line(line) not in moving].append(line)
    return sides


def _admitted(moment: Moment, view: View) -> Moment:
    """Return a moment with those of its changes that are asked about, without support that echoes an undertaking."""
    admits = view.selection.admits
    changes = changes_without_echoes(moment.changes)
    return moment._replace(
        changes=tuple(change for change in changes if admits(change.actor, change.proposal, change.before_proposal))
    )


def last_day_of(ledger: Ledger, day: int) -> int | None:
    """Return the last day of a record up to another one, None where it has no dates.

    It is that of the latest source or, of a record without sources, the last one on which a position began.

    >>> from actorgraph import load
    >>> last_day_of(load("examples/minimal.yaml"), 20260131), last_day_of(load("examples/minimal.yaml"), 20270101)
    (20260131, 20260201)
    """
    if ledger.latest_source is not None:
        return min(day_of(ledger.latest_source), day)
    ((since,),) = ledger.rows(LAST_BEGUN, (day,))
    return None if since is None else int(since)
