"""What happened over time to the positions of an actor, or on a proposal: every change, with the events in between."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.dates import before, day_of, iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import decode_evidence, decode_texts, grounds_in, said_in
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.cells import ASKED_COLUMNS, CITED_COLUMNS, cited_cells
from actorgraph.questions.diff import SIDES, Change, change_cells, change_of, in_order, rows_of_changes
from actorgraph.questions.envelope import Envelope, Nearest
from actorgraph.questions.nearest import nearest_of, nearest_on, rows_of_nearest
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Line, ParsedLine, Row, lines, made, parsed
from actorgraph.questions.sql import EVENTS, OF_ACTOR, of_proposals
from actorgraph.questions.view import View, by_track, given
from actorgraph.vocabulary import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.codec import Cited
    from actorgraph.ledger.store import Ledger
    from actorgraph.vocabulary import Track


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
    2026-01-15 ['weakened'] []
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
            if view.selection.admits(line.actor, line.proposal)
        ]
        moments = tuple(over_time(recorded, view, every=every))
    query = {"command": "timeline", "target": target.id, **given(all=every)}
    moments = with_events(ledger, moments, view.day, every=every)
    also = Mentions(target, {actor for moment in moments for event in moment.events for actor in event.actors})
    nearest = () if moments else nearest_of(view, target.id) if about is None else nearest_on(view, about, (ANY,))
    named = (*rows_of_moments(moments), *rows_of_nearest(nearest))
    return Timeline(*view.envelope(query, named, also), moments, nearest)


def rows_of_moments(moments: Iterable[Moment]) -> list[Row]:
    """Return the rows of both sides of all changes in moments."""
    return [row for moment in moments for row in rows_of_changes(moment.changes)]


def over_time(lines: Iterable[Line], view: View, *, every: bool = False) -> Iterator[Moment]:
    """Yield the moments up to and including the day of a view on which the tracks of these lines change, oldest first.

    A change is what differs between the eve of a day and the day.
    """
    tracks: dict[Track, list[Line]] = defaultdict(list)
    for line in lines:
        tracks[line.track].append(line)
    by_day: dict[int, list[Change]] = defaultdict(list)
    for of_track in tracks.values():
        track = parsed(of_track)
        for day in _turns(track, view, every=every):
            change = change_of(_side(track, view, before(day, "1d")), _side(track, view, day))
            if change and (every or change.change != "re-sourced"):
                by_day[day].append(change)
    for day in sorted(by_day):
        yield Moment(str(iso(day)), (), in_order(by_day[day]))


def _side(track: Sequence[ParsedLine], view: View, day: int) -> tuple[Row, ...]:
    """Return the rows of one track that are in force on a day."""
    in_force = [parsed_line for parsed_line in track if parsed_line.line.since <= day < parsed_line.line.until]
    if not in_force:
        return ()
    return next(iter(by_track(made(in_force, day, view.ledger.sources), view.scenario, day).values()), ())


def _turns(track: Sequence[ParsedLine], view: View, *, every: bool) -> list[int]:
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
