"""Which points of a series moved it most, and which positions or statements did."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.ledger.codec import decode_evidence, decode_texts
from actorgraph.questions.moments import Event
from actorgraph.questions.sql import EVENTS
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from actorgraph.analysis.counting.positions import Positions, Taken
    from actorgraph.analysis.counting.utterances import Utterance
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Row


class Turned(NamedTuple):
    """What an actor held on a proposal before a move and after it, None where it held nothing.

    What does not count, such as `contested`, is listed as well, where it went from or to something that does. Of
    statements, what left the window is `before`, and what came into it `after`. `records` are the ids of the records of
    both, the earlier first.
    """

    actor: str
    proposal: str
    before: str | None
    after: str | None
    records: tuple[str, ...]


class Move(NamedTuple):
    """A difference between two points of a series that follow each other, of one of its lines.

    `since` and `date` are the days of the two points, `change` is the value `after` less that `before`. `same` is the
    change on what both points have in common, where it was asked for and is known. `turned` are the positions that
    began, ended or turned in between and bear on the measure, `events` those of the day (or since the point before,
    where points are far apart).
    """

    since: str
    date: str
    line: str
    before: float
    after: float
    change: float
    same: float | None
    turned: tuple[Turned, ...]
    events: tuple[Event, ...]


class Leap(NamedTuple):
    """A move in the making: the numbers of its two points, and of its line."""

    before: int
    after: int
    line: int
    change: float


def greatest_steps(values: Sequence[Sequence[float | None]], most: int) -> tuple[Leap, ...]:
    """Return the largest differences between points that have a value and the last ones before them that have one.

    `values` has a row for each line of the series, not rounded. The largest come first, of equal ones the earliest;
    what answers round to nothing is none.

    >>> greatest_steps([[0.5, None, 0.25, 0.25, 1.0]], 2)
    (Leap(before=3, after=4, line=0, change=0.75), Leap(before=0, after=2, line=0, change=-0.25))
    """
    steps = []
    for line, row in enumerate(values):
        last: tuple[int, float] | None = None
        for at, value in enumerate(row):
            if value is None:
                continue
            if last is not None and rounded(value - last[1]):
                steps.append(Leap(last[0], at, line, value - last[1]))
            last = at, value
    return tuple(sorted(steps, key=lambda step: (-round(abs(step.change), 9), step.after, step.line))[:most])


def turned_between(
    before: Positions, after: Positions, level_of: Mapping[str, int], *, together: bool
) -> Iterator[tuple[Turned, tuple[Row, ...]]]:
    """Yield what turned from one day to another, with the rows of both, by proposal and actor.

    What stays at its level does not count; with `together` neither does what nobody else stands beside, on either day.
    """
    sides = [dict(_by_track(stand)) for stand in (before, after)]
    holders: dict[str, set[str]] = defaultdict(set)
    for (actor, proposal), taken in (*sides[0].items(), *sides[1].items()):
        if taken.position in level_of:
            holders[proposal].add(actor)
    for actor, proposal in sorted({*sides[0], *sides[1]}, key=lambda track: track[::-1]):
        was, now = (side.get((actor, proposal)) for side in sides)
        if _level(was, level_of) == _level(now, level_of) or (together and len(holders[proposal]) == 1):
            continue
        rows = tuple(dict.fromkeys(row for taken in (was, now) if taken is not None for row in taken.rows))
        records = tuple(dict.fromkeys(record for row in rows for record in row.records))
        yield Turned(actor, proposal, was.position if was else None, now.position if now else None, records), rows


def _by_track(stand: Positions) -> Iterator[tuple[tuple[str, str], Taken]]:
    for actor, theirs in stand.taken.items():
        yield from (((actor, proposal), taken) for proposal, taken in theirs.items())
    yield from stand.aside.items()


def _level(taken: Taken | None, level_of: Mapping[str, int]) -> int | None:
    """Return the level of a position, None where it does not count."""
    return None if taken is None else level_of.get(taken.position)


def said_between(
    before: Iterable[Utterance], after: Iterable[Utterance], level_of: Mapping[str, int], *, together: bool
) -> Iterator[Turned]:
    """Yield what left a window of statements and what came into the next, by proposal, actor and position.

    With `together` what nobody else speaks of, in either window, does not count.
    """
    sides = [{said for said in side if said.position in level_of} for side in (before, after)]
    speakers: dict[str, set[str]] = defaultdict(set)
    for said in sides[0] | sides[1]:
        speakers[said.proposal].add(said.actor)
    moved: dict[tuple[str, str, str, bool], dict[str, None]] = defaultdict(dict)
    for came, gone in ((False, sides[0] - sides[1]), (True, sides[1] - sides[0])):
        for said in sorted(gone, key=lambda said: (said.day, said.record)):
            if not together or len(speakers[said.proposal]) > 1:
                moved[said.proposal, said.actor, said.position, came][said.record] = None
    for (proposal, actor, position, came), records in sorted(moved.items(), key=lambda item: item[0]):
        was, now = (None, position) if came else (position, None)
        yield Turned(actor, proposal, was, now, tuple(records))


def events_between(
    ledger: Ledger, first: int, last: int, concerns: Callable[[tuple[str, ...]], bool]
) -> dict[int, list[Event]]:
    """Return the events from one day to another, both inside, by day, whose actors concern the question."""
    happened: dict[int, list[Event]] = defaultdict(list)
    for key, title, date, day, actors, evidence in ledger.rows(EVENTS, (first, last)):
        theirs = decode_texts(actors)
        if concerns(theirs):
            happened[day].append(Event(key, title, date, theirs, decode_evidence(evidence, ledger.sources)))
    return happened
