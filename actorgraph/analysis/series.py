"""A measure over time: its value on many days or in many windows, what moved it most, and by which records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.analysis.measured import Measured, checked_min_shared
from actorgraph.analysis.over_time.moves import Move, events_between, greatest_steps
from actorgraph.analysis.over_time.series_measures import MEASURES
from actorgraph.analysis.over_time.stops import DaysOfRecord, WindowsAsked, WindowsOfStatements
from actorgraph.analysis.over_time.tracing import trace
from actorgraph.analysis.over_time.yardsticks import yardstick
from actorgraph.asked_dates import day_of
from actorgraph.dates import first_day, iso
from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_number, checked_text, checked_word
from actorgraph.questions.cells import ASKED_COLUMNS
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.view import View, given
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any, Unpack

    from actorgraph.analysis.over_time.moves import Leap, Turned
    from actorgraph.analysis.over_time.stops import Stops
    from actorgraph.analysis.over_time.tracing import Traced
    from actorgraph.analysis.over_time.yardsticks import Yardstick
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.moments import Event


class Point(NamedTuple):
    """A measure on a day, or in a window of which `since` and `date` are the first and the last day, both inside.

    `values` are by line of the series, None where `n` is too small. `bound` is what a value that is searched for,
    the two-camp index, cannot exceed; it is exact where both are the same. `n` is what the value rests on (see
    `Series`), `actors` how many actors take a position that counts, and `counted` how many positions, or
    statements, these are. `same` is the chained value on what points have in common, `same_n` what its last link
    rests on; None where nobody asked, or where the chain starts, or starts again, for want of a link. `low` and
    `high` are the least and the greatest value when any one source is left out, all of them counted with it, and
    `refused_without` the ids of the sources without which there is none; None and none where nobody asked.
    `records` are the ids of those behind what began, ended or turned since the point before; of the first point,
    all.
    """

    date: str
    since: str | None
    values: Mapping[str, float | None]
    bound: float | None
    n: int
    actors: int
    counted: int
    same: float | None
    same_n: int | None
    low: float | None
    high: float | None
    refused_without: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Series(Measured[Point]):
    """A measure over time, oldest point first, under the envelope of an answer.

    `lines` are the names of its values, `rests_on` says what N counts. `moves` are the largest differences between
    points that follow each other, the largest first. `events` are those from the first point to the last that concern
    an actor that is asked about. `breaks` is how often the chain on what points have in common starts again.
    """

    points: tuple[Point, ...]
    lines: tuple[str, ...]
    rests_on: str
    moves: tuple[Move, ...]
    events: tuple[Event, ...]
    breaks: int

    LISTS = "points"
    COLUMNS = (
        *ASKED_COLUMNS,
        "measure",
        "line",
        "since",
        "date",
        "value",
        "bound",
        "same",
        "same_n",
        "low",
        "high",
        "refused_without",
        "n",
        "actors",
        "counted",
        "records",
    )
    SHOWN = ("line", "since", "date", "value", "n", "actors", "counted")

    @property
    def subject(self) -> str:
        """What was measured, until when."""
        return f"series {self.query['measure']}, as of {self.as_of}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each line at each point."""
        for point in self.points:
            for line in self.lines:
                cells = {"measure": self.query["measure"], "line": line, "value": point.values[line]}
                yield {**self.asked, **point._asdict(), **cells}


def series(  # noqa: PLR0913 - each is an option
    ledger: Ledger,
    measure: str,
    *names: str,
    as_of: str | date,
    since: str | date | None = None,
    until: str | date | None = None,
    every: str | None = None,
    window: str | None = None,
    step: str | None = None,
    duplicates: str | None = None,
    levels: str = "binary",
    min_shared: int | None = None,
    on_same_proposals: bool = False,
    sensitivity: bool = False,
    most: int = 5,
    explain: bool = False,
    **options: Unpack[Narrowing],
) -> Series:
    """Return a measure over time, with the moves that changed it most.

    The measures are `agreement`, congruence as a share of congruence and conflict, of two actors or of all pairs;
    `index`, the Agreement Index of a proposal, or its mean over all; `support`, how many are for, against, between and
    contested on a proposal; `two-camp`, the two-camp index; `balance`, the share of balanced triangles. Its points are
    the days on which a position that counts begins or ends. With `every` they are days at that distance, counted back
    from the last; with `window` they are what was said in windows of that length, each `step` (or as long as itself)
    before the next: the last ends on `until`, or else when the last statement was made.

    Args:
        ledger: The model, opened by `load`.
        measure: Its name.
        names: The two actors, or the proposal, that it is about.
        as_of: The last day that is looked at; a partial date means its last day. A group is as of this day.
        since: The first day: points lie on it or after it, windows begin on it or after it. The whole record without.
            A partial date means its first day.
        until: The last day of the series, where it is to end before `as_of`; a partial date means its last day.
        every: A length of time, such as `3mo`.
        window: A length of time, such as `12mo`.
        step: How far windows are apart.
        duplicates: In a window: within what a statement that is made again counts once; `document` where it is None.
        levels: `binary` for or against alone, or the six-step `scale`; of the index and of support neither.
        min_shared: No number rests on less than that; where it is None, 3, and for `balance` 1, as `balance` has it.
        on_same_proposals: Also the value chained over what points have in common with those before them.
        sensitivity: Also the range of values when any one source is left out.
        most: How many moves are returned, the largest first; 0 for none.
        explain: Also the rows behind the moves.
        options: What counts, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The series.

    Raises:
        UsageProblem: An unknown measure, name, level, condition, kind, group or tag, a bad date or length of time, and
            options that do not go together.

    >>> from actorgraph import load
    >>> answer = series(load("examples/minimal.yaml"), "support", "harbour", as_of="2026-06")
    >>> [(point.date, [int(number) for number in point.values.values()]) for point in answer]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('2025-11-20', [1, 0, 0, 0]), ('2025-12-03', [1, 0, 2, 0]), ('2026-01-15', [1, 1, 1, 0]),
     ('2026-03-01', [1, 1, 0, 0])]
    """
    checked_options(options, Narrowing)
    checked_text(measure, "a measure")
    known = MEASURES[checked_word(measure, MEASURES, "no series of", f"it is one of {', '.join(MEASURES)}")]
    least = checked_min_shared(known.fewest if min_shared is None else min_shared)
    checked_number(most, "the most moves", 0)
    stated: Narrowing = {**options, "stated": True}
    view = View(ledger, as_of=as_of, **stated)
    stick = yardstick(ledger, known, names, levels=levels, least=least)
    first, last = _between(view, since, until)
    _must_go_together(window, every, step, duplicates)
    with no_garbage_collection():
        stops: Stops = (
            DaysOfRecord(view, stick, first, last, every)
            if window is None
            else WindowsOfStatements(
                view, stick, first, last, WindowsAsked(window, step, duplicates), open_end=until is None
            )
        )
        how = {
            "levels": levels,
            "min_shared": least,
            **given(on_same_proposals=on_same_proposals, sensitivity=sensitivity),
        }
        traced = trace(stick, stops, on_same=on_same_proposals, sensitivity=sensitivity)
        return _answer(view, stick, stops, traced, {**_asked(stick, stops, first), **how}, most, explain=explain)


def _must_go_together(window: str | None, every: str | None, step: str | None, duplicates: str | None) -> None:
    """Raise `UsageProblem` where a series of days is given what windows have, or the other way round."""
    if window is None and (step is not None or duplicates is not None):
        raise UsageProblem("a step and duplicates go with a window of statements; days take every")
    if window is not None and every is not None:
        raise UsageProblem("a series has days every so often, or windows, not both")


def _between(view: View, since: str | date | None, until: str | date | None) -> tuple[int | None, int]:
    """Return the first day of a series, None for the whole record, and the last."""
    first = None if since is None else _first_day(since)
    last = view.day if until is None else day_of(until)
    if last > view.day:
        raise UsageProblem(f"a series as of {view.date} cannot go to {iso(last)}; say --as-of")
    if first is not None and first > last:
        raise UsageProblem(f"a series cannot go from {iso(first)} to {iso(last)}: that is before")
    return first, last


def _first_day(when: str | date) -> int:
    """Return the day that a date means as the begin of a series: its first one, as `until` means its last."""
    last = day_of(when)  # what is no date is refused here
    return first_day(when) if isinstance(when, str) else last


def _asked(stick: Yardstick, stops: Stops, first: int | None) -> dict[str, Any]:
    """Return what a query says of what is measured, of whom or what, and when."""
    about: dict[str, Any] = {}
    if stick.target is not None:
        about = {"target": stick.target.id}
    elif stick.things:
        about = {"actors": tuple(thing.id for thing in stick.things)}
    begin = {} if first is None else {"from": iso(first)}
    return {"command": "series", "measure": stick.measure.name, **about, **begin, "to": iso(stops.last), **stops.asked}


def _answer(
    view: View,
    stick: Yardstick,
    stops: Stops,
    traced: Traced,
    asked: Mapping[str, Any],
    most: int,
    *,
    explain: bool,
) -> Series:
    """Return the answer, given the numbers of every point."""
    leaps = greatest_steps(traced.exact, most)
    turns = tuple(stops.found(leaps))
    happened = _events(view, stick, stops)
    moves = [_move(stick, stops, traced, leap, turn.turned, happened) for leap, turn in zip(leaps, turns, strict=True)]
    events = tuple(event for day in sorted(happened) for event in happened[day])
    rows = tuple(dict.fromkeys(row for turn in turns for row in turn.rows)) if explain else ()
    also = Mentions(
        stick.target,
        {
            *(thing.id for thing in stick.things if thing.type == "actor"),
            *(one.actor for move in moves for one in move.turned),
            *(actor for event in events for actor in event.actors),
        },
        {one.proposal for move in moves for one in move.turned},
    )
    return Series(
        *stops.head(asked, also, rows),
        points=tuple(_points(stick, stops, traced)),
        lines=stick.measure.lines,
        rests_on=stops.rests_on,
        moves=tuple(moves),
        events=events,
        breaks=traced.breaks,
    )


def _move(
    stick: Yardstick,
    stops: Stops,
    traced: Traced,
    leap: Leap,
    turned: tuple[Turned, ...],
    happened: Mapping[int, Sequence[Event]],
) -> Move:
    """Return a move, with what turned in it, and with the events (by day) that lie on its way."""
    before, after = stops.stops[leap.before].day, stops.stops[leap.after].day
    first = after if stops.near else before + 1
    line = traced.values[leap.line]
    return Move(
        since=str(iso(before)),
        date=str(iso(after)),
        line=stick.measure.lines[leap.line],
        before=line[leap.before] or 0.0,
        after=line[leap.after] or 0.0,
        change=rounded(leap.change),
        same=traced.links[leap.after] if leap.after == leap.before + 1 else None,
        turned=turned if len(stick.measure.lines) == 1 else _of_line(stick, leap.line, turned),
        events=tuple(event for day in sorted(happened) if first <= day <= after for event in happened[day]),
    )


def _of_line(stick: Yardstick, line: int, turned: Iterable[Turned]) -> tuple[Turned, ...]:
    """Return what went to one of several lines, or from it: each line counts one level."""
    level = stick.levels.at.get
    return tuple(one for one in turned if line in (level(one.before or ""), level(one.after or "")))


def _points(stick: Yardstick, stops: Stops, traced: Traced) -> Iterator[Point]:
    lines = stick.measure.lines
    for at, (stop, records) in enumerate(zip(stops.stops, stops.records(), strict=True)):
        yield Point(
            date=str(iso(stop.day)),
            since=None if stop.since is None else iso(stop.since),
            values=ReadOnly({line: values[at] for line, values in zip(lines, traced.values, strict=True)}),
            bound=traced.bound[at],
            n=traced.n[at],
            actors=traced.speaking.actors[at],
            counted=traced.speaking.counted[at],
            same=traced.same[at],
            same_n=traced.same_n[at],
            low=traced.low[at],
            high=traced.high[at],
            refused_without=traced.refused_without[at],
            records=records,
        )


def _events(view: View, stick: Yardstick, stops: Stops) -> Mapping[int, Sequence[Event]]:
    """Return the events between the first and the last point, by day, of actors that are asked about."""
    if not stops.stops:
        return {}

    def concerns(actors: tuple[str, ...]) -> bool:
        return not actors or any(stick.asks(actor) and view.selection.admits_actor(actor) for actor in actors)

    first = stops.stops[0].since or stops.stops[0].day
    return events_between(view.ledger, first, stops.stops[-1].day, concerns)
