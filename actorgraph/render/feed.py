"""The days of a feed in words: what changed on each, changed minds first, then what is new, then what is gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import first_day, in_sentence, in_table, iso, last_day
from actorgraph.questions.changes import rows_of_changes
from actorgraph.render.diff import both_sides, by_fate, changes_total, ended_with, in_blocks, on_what, without_ends
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import in_short
from actorgraph.render.phrases import Names, conditions_in, grades_in
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.changes import Change
    from actorgraph.questions.moments import Moment
    from actorgraph.questions.rows import Cited
    from actorgraph.questions.timeline import Timeline
    from actorgraph.render.grid import Note


class FeedDay(NamedTuple):
    """What a feed says of a day: its title, how many changes there are, and under each heading what they are.

    The title says `By` the day where some of the changes may have been made before it. `known_since` is the last day on
    which something was published that its changes rest on, never before the day; `subject` is the proposal on which
    most was stated again, by id, changed minds before what is new or gone, and `is_of_the_day` says whether none of
    what changed on it may have changed before that day.
    """

    day: str
    known_since: str
    title: str
    total: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[Note, ...]
    below: tuple[str, ...]
    subject: str | None
    is_of_the_day: bool


def days_of(answer: Timeline) -> tuple[FeedDay, ...]:
    """Return the days on which something changed, the latest first.

    >>> from actorgraph import load
    >>> from actorgraph.questions.feed import history
    >>> for day in days_of(history(load("examples/minimal.yaml"), since="2026-01-15", as_of="2026-02")):
    ...     print(day.title, day.known_since, day.blocks)
    1 February 2026: 1 change: 1 added 2026-02-01 (('New', ('Harbour Board, A deep-water harbour: pledges toward Town Council, if state-loan [1]',)),)
    15 January 2026: 1 change: 1 toward-opposition 2026-01-16 (('Changed', ('Fishers’ Union, A deep-water harbour: neutral → opposes [1]',)),)
    """  # noqa: E501 - the doctest's answer is in two lines
    names = Names(answer.about)
    return tuple(_day(moment, answer, names) for moment in reversed(answer.moments))


def _day(moment: Moment, answer: Timeline, names: Names) -> FeedDay:
    evidence = Citations()
    changes = tuple(
        (title, tuple(_line(some, moment, names, evidence) for some in by_fate(block)))
        for title, block in in_blocks(moment.changes)
    )
    events = tuple(
        " ".join(filter(None, (isolated(event.title), in_short(evidence.notes(event.evidence)))))
        for event in moment.events
    )
    total, subject = changes_total(moment.changes), _subject(moment.changes)
    of_subject = (change for change in moment.changes if change.proposal == subject and change.basis == "stated")
    in_time = "" if _are_of_the_day(moment, (change for change in moment.changes if change.date)) else "By "
    published = [last_day(cited.published) for change in moment.changes for cited in _grounds(change)]
    known_since = max([str(iso(day)) for day in published] + [moment.date])
    return FeedDay(
        day=moment.date,
        known_since=known_since,
        title=f"{in_time}{in_sentence(moment.date)}: {total.removesuffix('.')}",
        total=total,
        blocks=(*changes, *([("Events", events)] if events else [])),
        notes=evidence.listed,
        below=(*conditions_in(answer, rows_of_changes(moment.changes)), *grades_in(evidence.cited)),
        subject=subject,
        is_of_the_day=_are_of_the_day(moment, of_subject),
    )


def _are_of_the_day(moment: Moment, changes: Iterable[Change]) -> bool:
    """Whether none of some changes may have been made before the day on which they count."""
    return all(change.date is not None and first_day(change.date) >= day_of(moment.date) for change in changes)


def _subject(changes: Iterable[Change]) -> str | None:
    """Return the proposal on which most changed of what is stated, changed minds first; of equals the first by id."""
    stated = [change for change in changes if change.basis == "stated"]
    minds = Counter(change.proposal for change in stated if change.change not in ("added", "ended"))
    counts = Counter(change.proposal for change in stated)
    return min(counts, key=lambda proposal: (-minds[proposal], -counts[proposal], proposal), default=None)


def _grounds(change: Change) -> set[Cited]:
    """Return the evidence of the later side of a change."""
    return {cited for row in change.after or change.before for cited in row.evidence}


def _line(changes: list[Change], moment: Moment, names: Names, evidence: Citations) -> str:
    """Return a change, or all that ended with one proposal, in a line with the numbers of its evidence."""
    change = changes[0]
    on = on_what(change, names)
    notes = in_short(evidence.of(*(row for change in changes for row in change.after or change.before)))
    dated = f" ({in_table(change.date)})" if change.date not in (None, moment.date) else ""
    if len(changes) > 1:
        return f"{on} {ended_with(changes)}{dated} {notes}"
    return f"{names.actor(change.actor)}, {on}: {both_sides(without_ends(change), names)}{dated} {notes}"
