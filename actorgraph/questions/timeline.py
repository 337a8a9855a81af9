"""What happened over time to positions, of an actor, on a proposal or in a model: every change, and the events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.dates import before, day_of, iso, vagueness
from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import decode_evidence, decode_texts, grounds_in, said_in
from actorgraph.ledger.things import in_parts
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS, CITED_COLUMNS, cited_cells
from actorgraph.questions.changes import (
    SIDES,
    Change,
    Unit,
    change_cells,
    change_of,
    in_order,
    loud,
    parts,
    rows_of_changes,
)
from actorgraph.questions.echoes import changes_without_echoes, echoes_among
from actorgraph.questions.envelope import Envelope, Nearest
from actorgraph.questions.lines import Line, ParsedLine, lines, parsed
from actorgraph.questions.lives import ends_of, fate_that_ended
from actorgraph.questions.nearest import nearest_of, nearest_on, rows_of_nearest
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Row, made
from actorgraph.questions.sql import EVENTS, EVER_IN_FORCE, OF_ACTOR, of_proposals
from actorgraph.questions.view import View, given, settled
from actorgraph.vocabulary import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from typing import Unpack

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


@dataclass(frozen=True, repr=False)
class Timeline(Envelope[Moment]):
    """Moments, oldest first, under the envelope of an answer; `as_of` is the last day that counts.

    `nearest` is what is nearest to an answer on that day, where there are none.
    """

    moments: tuple[Moment, ...]
    nearest: tuple[Nearest, ...] = ()

    LISTS = "moments"
    COLUMNS = ("date", *ASKED_COLUMNS, "change", "event", "event_title", *SIDES, *CITED_COLUMNS)
    SHOWN = ("date", "change", "event_title", "actor_name", "proposal_title", "before", "after", "after_evidence")

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each event and each change, day by day."""
        for moment in self.moments:
            dated = {**self.asked, "date": moment.date}
            for event in moment.events:
                event_cells = {"change": "event", "event": event.id, "event_title": event.title}
                yield {**dated, **event_cells, **cited_cells(event.evidence)}
            for change in moment.changes:
                yield {**dated, **change_cells(change)}


def timeline(
    ledger: Ledger,
    name: str,
    *,
    as_of: str | date,
    every: bool = False,
    **options: Unpack[Narrowing],
) -> Timeline:
    """Return every change in the positions of an actor, or on a proposal, up to a day, with the events in between.

    A change is dated to the first day on which it is in force; its kind is named as `diff` names it. Events are
    those, from the first change on, that name an actor or a speaker of these changes, or that a source reports which
    they cite. A day on which a condition begins or ends to hold changes what depends on it.

    Args:
        ledger: The model, opened by `load`.
        name: The id, a name, a title or an alias of an actor or a proposal.
        as_of: The last day that counts; a partial date means its last day.
        every: All events, and also what was only said again, as `re-sourced`.
        options: What counts, and to whom and what it is narrowed (a group by membership on that day): see `Narrowing`.

    Returns:
        The days on which something changed or happened, oldest first.

    Raises:
        UsageProblem: An unknown name or condition, or a bad date.

    >>> from actorgraph import load
    >>> for moment in timeline(load("examples/minimal.yaml"), "fishers-union", as_of="2026-06"):
    ...     print(moment.date, [change.change for change in moment.changes], [event.id for event in moment.events])
    2025-12-03 ['added'] ['hearing']
    2026-01-15 ['toward-opposition'] []
    """
    checked_options(options, Narrowing)
    target = checked_ledger(ledger).resolve(name, "actor", "proposal")
    about = target.id if target.type == "proposal" else None
    view = View(ledger, as_of=as_of, about=about, **options)
    with no_garbage_collection():
        questions = (
            [(OF_ACTOR, (target.id,))]
            if about is None
            else [(of_proposals(len(some)), some) for some in view.asked_about()]
        )
        recorded = [
            line
            for where, ids in questions
            for line in lines(ledger, where, *ids, stated=view.stated)
            if view.selection.admits_actor(line.actor)
        ]
        moments = tuple(over_time(recorded, view, background=_background(view), every=every))
        is_echo = echoes_among(rows_of_moments(moments))
        moments = tuple(
            _only(
                moments,
                lambda change: (
                    not is_echo(change) and view.selection.admits(change.actor, change.proposal, change.before_proposal)
                ),
            )
        )
    query = {"command": "timeline", "target": target.id, **given(all=every)}
    moments = with_events(ledger, moments, view.day, every=every)
    also = Mentions(target, {actor for moment in moments for event in moment.events for actor in event.actors})
    nearest = () if moments else nearest_of(view, target.id) if about is None else nearest_on(view, about, (ANY,))
    named = (*rows_of_moments(moments), *rows_of_nearest(nearest))
    return Timeline(*view.envelope(query, named, also), moments, nearest)


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
    first = day_of(since)
    if first > view.day:
        raise UsageProblem(f"nothing can have changed since {iso(first)}: that is after {view.date}")
    with no_garbage_collection():
        every = lines(ledger, EVER_IN_FORCE, stated=view.stated)
        units = {
            unit_of(line)
            for line in every
            if line.since >= first or first <= line.until <= view.day or line.conditions is not None
        }
        moving = [line for line in every if unit_of(line) in units]
        others = [line for line in every if unit_of(line) not in units] if view.descents else []
        admits = view.selection.admits
        told = (
            moment._replace(
                changes=tuple(
                    change
                    for change in changes_without_echoes(moment.changes)
                    if admits(change.actor, change.proposal, change.before_proposal)
                )
            )
            for moment in over_time(moving, view, background=others)
            if day_of(moment.date) >= first
        )
        changed = [moment for moment in told if moment.changes]
        happened = {moment.date: moment for moment in with_events(ledger, changed, view.day, every=True)}
        moments = tuple(happened[moment.date] for moment in changed)
    query = {"command": "feed", "since": str(iso(first))}
    also = Mentions(actors={actor for moment in moments for event in moment.events for actor in event.actors})
    return Timeline(*view.envelope(query, rows_of_moments(moments), also), moments)


def _background(view: View) -> Iterator[Line]:
    """Yield the lines on the proposals that those that are asked about carry on, of whomever they may concern.

    Of an actor that is asked about, all lines are there already.
    """
    about = view.selection.about
    earlier = {key for proposal in about for key in view.descents.ancestors(proposal)}.difference(about)
    for some in in_parts(earlier):
        yield from lines(view.ledger, of_proposals(len(some)), *some, stated=view.stated)


def _only(moments: Iterable[Moment], is_told: Callable[[Change], bool]) -> Iterator[Moment]:
    """Yield moments with some of their changes; what is left without any is no moment."""
    for moment in moments:
        changes = tuple(filter(is_told, moment.changes))
        if changes:
            yield moment._replace(changes=changes)


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
    course = _Course(view, lines, background)
    by_day: dict[int, list[Change]] = defaultdict(list)
    for unit in course.told:
        for day in turns(course.units[unit], view, every=every):
            by_day[day].extend(course.changes(unit, day))
    ended = {change.proposal for changes in by_day.values() for change in changes if change.change == "ended"}
    ends = ends_of(view.ledger, ended)
    for day in sorted(by_day):
        told = in_order(
            change._replace(fate=fate_that_ended(change.before, ends, day)) if change.change == "ended" else change
            for change in loud(by_day[day], every=every)
            if not (change.change == "ended" and (change.unit, day) in course.carried_on)
        )
        if told:
            yield Moment(str(iso(day)), (), told)


class _Course:
    """The units of some lines over time: `told` are those whose changes are told, `carried_on` those that go on.

    Of the latter there is the day on which the actor went on with them on another proposal.
    """

    def __init__(self, view: View, lines: Iterable[Line], background: Iterable[Line]) -> None:
        self.view = view
        by_unit: dict[Unit, list[Line]] = defaultdict(list)
        for line in lines:
            by_unit[unit_of(line)].append(line)
        self.told = tuple(by_unit)
        for line in background:
            by_unit[unit_of(line)].append(line)
        self.units = {unit: parsed(of_unit) for unit, of_unit in by_unit.items()}
        self.carried_on: set[tuple[Unit, int]] = set()

    def changes(self, unit: Unit, day: int) -> Iterator[Change]:
        """Yield how a unit changes on a day."""
        before_it, after = self.side(unit, before(day, "1d")), self.side(unit, day)
        earlier = self.last_on_an_earlier(unit, day) if after and not before_it else ()
        for part in parts(before_it or earlier, after):
            change = change_of(part, is_carried=bool(earlier))
            yield change._replace(date=_dated(change, day))

    def side(self, unit: Unit, day: int) -> tuple[Row, ...]:
        """Return the rows of a unit that are in force on a day."""
        in_force = [line for line in self.units[unit] if line.line.since <= day < line.line.until]
        if not in_force:
            return ()
        rows = made(in_force, day, self.view.ledger.sources)
        return settled(rows, self.view.scenario, day)

    def last_on_an_earlier(self, unit: Unit, day: int) -> tuple[Row, ...]:
        """Return what the actor last held on the nearest proposal that a unit's carries on, if that has ended by a day.

        Nothing, where on two as near ones something was held.
        """
        if not self.view.descents:
            return ()
        steps = self.view.descents.ancestors(unit.proposal)
        held = {
            earlier: steps[earlier.proposal]
            for earlier in (unit._replace(proposal=proposal) for proposal in steps)
            if earlier in self.units and any(line.line.since < day for line in self.units[earlier])
        }
        nearest = [earlier for earlier, distance in held.items() if distance == min(held.values())]
        if len(nearest) != 1 or self.side(nearest[0], day):
            return ()
        last = max(line.line.until for line in self.units[nearest[0]] if line.line.until <= day)
        if last == day:
            self.carried_on.add((nearest[0], day))
        return self.side(nearest[0], before(last, "1d"))


def unit_of(line: Line) -> Unit:
    """Return the unit that a line belongs to."""
    return Unit(line.basis, line.kind, line.actor, line.proposal)


def _dated(change: Change, day: int) -> str:
    """Return the day of a change by the date as curated from which it comes, if there is one."""
    on = str(iso(day))
    begun = [row.since_date for row in change.after if row.since == on and row.since_date]
    ended = [row.until_date for row in change.before if row.until == on and row.until_date]
    return min(begun or ended or [on], key=vagueness)


def turns(track: Sequence[ParsedLine], view: View, *, every: bool) -> list[int]:
    """Return the days, sorted and up to that of a view, on which one track may change.

    With `every` these are also the days on which it may be said again, or another chain leads to it.
    """
    days: set[int] = set()
    for line, said, grounds in track:
        days |= {line.since, line.until} | view.scenario.turns(line.depends_on)
        if every:
            days |= {record.day for record in said_in(said, view.ledger.sources)}
            days |= {day for ground in grounds_in(grounds) for day in (ground.since, ground.until)}
    return sorted(day for day in days if day <= view.day)


def with_events(ledger: Ledger, moments: Iterable[Moment], end: int, *, every: bool = False) -> tuple[Moment, ...]:
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
