"""Moments: the days on which something changed or happened, and how units of positions change over time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import before, iso, vagueness
from actorgraph.ledger.codec import decode_evidence, decode_texts, grounds_in, said_in, turns_of_totals
from actorgraph.questions.changes import Change, Unit, change_of, in_order, loud, parts, rows_of_changes, unit_of
from actorgraph.questions.lines import Line, ParsedLine, parsed
from actorgraph.questions.lives import ends_of, fate_that_ended
from actorgraph.questions.rows import Row, made
from actorgraph.questions.sql import EVENTS
from actorgraph.questions.view import View, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from actorgraph.ledger.codec import Cited
    from actorgraph.ledger.store import Ledger


class Event(NamedTuple):
    """A milestone: its id, title and (partial) date as curated, the ids of its actors, its evidence."""

    id: str
    title: str
    date: str
    actors: tuple[str, ...]
    evidence: tuple[Cited, ...]


class Moment(NamedTuple):
    """A day on which something happened: events, and changes that are in force from that day on."""

    date: str
    events: tuple[Event, ...]
    changes: tuple[Change, ...]


def rows_of_moments(moments: Iterable[Moment]) -> list[Row]:
    """Return the rows of both sides of all changes in moments."""
    return [row for moment in moments for row in rows_of_changes(moment.changes)]


def over_time(
    lines: Iterable[Line], view: View, *, background: Iterable[Line] = (), every: bool = False
) -> Iterator[Moment]:
    """Yield the moments up to and including the day of a view on which the units of these lines change, oldest first.

    A change is what differs between the eve of a day and the day. What begins on a proposal is compared with what the
    actor last held on the nearest one that this carries on, if that has ended by then; `background` are other lines, of
    proposals that may be such, whose own changes are not told.
    """
    course = _UnitsOverTime(view, lines, background)
    by_day: dict[int, list[Change]] = defaultdict(list)
    for unit in course.told:
        for day in turns(course.units[unit], view, every=every):
            by_day[day].extend(course.changes(unit, day))
    ended = {change.proposal for changes in by_day.values() for change in changes if change.change == "ended"}
    ends = ends_of(view.ledger, ended)
    for day in sorted(by_day):
        happened = in_order(
            change._replace(fate=fate_that_ended(change.before, ends, day)) if change.change == "ended" else change
            for change in course.ends_once(loud(by_day[day], every=every), day)
        )
        if happened:
            yield Moment(str(iso(day)), (), happened)


class _UnitsOverTime:
    """The units of some lines over time: `told` are those whose changes are told, `carried_on` those that go on.

    Of the latter there is the day on which the actor went on with them on another proposal, and what of them ended all
    the same, as it is made to others than what followed: for each of those that carry them on.
    """

    def __init__(self, view: View, lines: Iterable[Line], background: Iterable[Line]) -> None:
        self.view = view
        by_unit: dict[Unit, list[Line]] = defaultdict(list)
        for line in lines:
            by_unit[unit_of_line(line)].append(line)
        self.told = tuple(by_unit)
        for line in background:
            by_unit[unit_of_line(line)].append(line)
        self.units = {unit: parsed(of_unit) for unit, of_unit in by_unit.items()}
        self.carried_on: dict[tuple[Unit, int], list[list[Change]]] = defaultdict(list)

    def changes(self, unit: Unit, day: int) -> Iterator[Change]:
        """Yield how a unit changes on a day."""
        before_it, after = self.side(unit, before(day, "1d")), self.side(unit, day)
        earlier, last = self.last_on_an_earlier(unit, day) if after and not before_it else ((), None)
        ended = []
        for part in parts(before_it or earlier, after):
            change = change_of(part, is_carried=bool(earlier))
            change = change._replace(date=_dated(change, day))
            if earlier and not part.after:
                ended.append(change)  # by then, on the earlier proposal
            else:
                yield change
        if last == day:
            self.carried_on[unit_of(earlier[0]), day].append(ended)

    def ends_once(self, changes: Iterable[Change], day: int) -> Iterator[Change]:
        """Yield the changes of a day, of what is carried on only the end of that part of it which is not."""
        for change in changes:
            if change.change == "ended" and (carried := self.carried_on.get((change.unit, day))):
                yield from (left for left in carried[0] if all(left in others for others in carried))
            else:
                yield change

    def side(self, unit: Unit, day: int) -> tuple[Row, ...]:
        """Return the rows of a unit that are in force on a day."""
        in_force = [line for line in self.units[unit] if line.line.since <= day < line.line.until]
        if not in_force:
            return ()
        rows = made(in_force, day, self.view.ledger.sources)
        return settled(rows, self.view.scenario, day)

    def last_on_an_earlier(self, unit: Unit, day: int) -> tuple[tuple[Row, ...], int | None]:
        """Return what the actor last held on the nearest proposal that a unit's carries on, and the day it ended.

        Nothing, where it has not ended by this day, or where on two as near ones something was held. Nor is there where
        the actor has held the unit itself since: then it begins again, and does not go on from there once more.
        """
        steps = self.view.descents.ancestors(unit.proposal) if self.view.descents else {}
        held = {
            earlier: (steps[earlier.proposal], *last)
            for earlier in (unit._replace(proposal=proposal) for proposal in steps)
            if earlier in self.units and (last := self.last_held(earlier, day))
        }
        fewest = min((distance for distance, *_ in held.values()), default=0)
        nearest = [(earlier, rows, end) for earlier, (distance, rows, end) in held.items() if distance == fewest]
        if len(nearest) != 1 or self.side(nearest[0][0], day):
            return (), None
        ((_, rows, end),) = nearest
        itself = self.last_held(unit, day)
        return ((), None) if itself and itself[1] >= end else (rows, end)

    def last_held(self, unit: Unit, day: int) -> tuple[tuple[Row, ...], int] | None:
        """Return the rows of a unit on the last day before another on which it has any, and the day after that one."""
        turned = [turn for turn in turns(self.units[unit], self.view, every=False) if turn < day]
        for end in (day, *reversed(turned)):
            if rows := self.side(unit, before(end, "1d")):
                return rows, end
        return None


def unit_of_line(line: Line) -> Unit:
    """Return the unit that a line belongs to."""
    return Unit(line.basis, line.kind, line.actor, line.proposal)


def _dated(change: Change, day: int) -> str:
    """Return the day of a change by the date as curated from which it comes, if there is one."""
    on = str(iso(day))
    begun = [row.since_date for row in change.after if row.since == on and row.since_date]
    ended = [row.until_date for row in change.before if row.until == on and row.until_date]
    said_again = [row.last_said_date for row in change.after if row.last_said == on and row.last_said_date]
    return min(begun or ended or said_again or [on], key=vagueness)


def turns(track: Sequence[ParsedLine], view: View, *, every: bool) -> list[int]:
    """Return the days, sorted and up to that of a view, on which one track may change.

    With `every` these are also the days on which it may be said again, or another chain leads to it.
    """
    days: set[int] = set()
    for line, said, grounds in track:
        days |= {line.since, line.until} | view.scenario.turns(line.depends_on) | turns_of_totals(line.amounts)
        if every:
            days |= {record.day for record in said_in(said, view.ledger.sources)}
            days |= {day for ground in grounds_in(grounds) for day in (ground.since, ground.until)}
    return sorted(day for day in days if day <= view.day)


def with_events(ledger: Ledger, moments: Iterable[Moment], end: int, *, every: bool) -> tuple[Moment, ...]:
    """Return moments with the events from the first of them on, up to and including a day.

    An event belongs here if it names an actor or a speaker of these moments, or if a source reports it that they
    cite; with `every`, whatever it is about. It counts on the last day of its (partial) date.
    """
    changed = {moment.date: moment for moment in moments}
    if not changed:
        return ()
    wanted = None if every else _events_near(ledger, changed.values())
    happened: dict[str, list[Event]] = defaultdict(list)
    for key, title, date, day, actors, evidence in ledger.rows(EVENTS, (day_of(min(changed)), end)):
        if wanted is None or key in wanted:
            event = Event(key, title, date, decode_texts(actors), decode_evidence(evidence, ledger.sources))
            happened[str(iso(day))].append(event)
    return tuple(
        Moment(when, tuple(happened.get(when, ())), changed[when].changes if when in changed else ())
        for when in sorted({*changed, *happened})
    )


def _events_near(ledger: Ledger, moments: Iterable[Moment]) -> set[str]:
    rows = rows_of_moments(moments)
    actors = {name for row in rows for name in (row.actor, row.speaker) if name}
    sources = {cited.source for row in rows for cited in row.evidence}
    return ledger.events_with("actor", actors) | ledger.events_with("source", sources)
