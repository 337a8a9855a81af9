"""Where a series stops to measure: on days of the record, or at the ends of windows of statements."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

from actorgraph.analysis.counting.counts import NO_SIDE
from actorgraph.analysis.counting.positions import Positions
from actorgraph.analysis.counting.utterances import distinct, rows_said, utterances
from actorgraph.analysis.measured import head_of
from actorgraph.analysis.over_time.moves import said_between, turned_between
from actorgraph.analysis.over_time.shifts import shifts_over_days, shifts_over_windows, windows_of
from actorgraph.analysis.over_time.turns import all_turns, positions_over_time, turns_of
from actorgraph.dates import before, day_after, iso, steps_back
from actorgraph.errors import UsageProblem
from actorgraph.ledger.codec import new
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.lines import Line, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from actorgraph.analysis.measured import MeasuredHead
    from actorgraph.analysis.over_time.moves import Leap, Turned
    from actorgraph.analysis.over_time.shifts import Shift
    from actorgraph.analysis.over_time.turns import Turn
    from actorgraph.analysis.over_time.yardsticks import Yardstick
    from actorgraph.questions.about import Mentions
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import View
    from actorgraph.vocabulary import Track

Stopped = TypeVar("Stopped")

MOST_STOPS: Final = 20_000
"""How many points a series has at most: more than a day each for fifty years."""

ONCE_A_DOCUMENT: Final = "document"
"""Within what a statement that is made again counts once, unless it is said: passages are how it was cited."""


NO_WINDOW: Final = "in no window"
"""Why a statement is left out that was made before the first window begins, or between two."""


class Stop(NamedTuple):
    """A day, or a window from one day to another, both inside; `since` is None for a day."""

    since: int | None
    day: int


class Found(NamedTuple):
    """What turned between two stops, and the rows of it."""

    turned: tuple[Turned, ...]
    rows: tuple[Row, ...]


class Stops(Protocol):
    """Where a series stops to measure, and what it asks there: `DaysOfRecord` and `WindowsOfStatements` answer it."""

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Each of them, oldest first."""

    @property
    def last(self) -> int:
        """The last day of the series, inside; no stop lies after it."""

    @property
    def near(self) -> bool:
        """Whether every day on which the measure moves is a stop: only its own events stand beside a move then."""

    @property
    def rests_on(self) -> str:
        """What the N of the measure counts, in words."""

    @property
    def asked(self) -> Mapping[str, Any]:
        """What a query says of how the stops were asked for."""

    def shifts(self) -> tuple[Shift, ...]:
        """Return what moves from stop to stop."""

    def without_each_source(self) -> Iterator[tuple[str, tuple[Shift, ...], tuple[Shift, ...]]]:
        """Yield each source with what moves on the proposals that it bears on, with it and without it.

        Raises `UsageProblem` where the stops do not tell.
        """

    def records(self) -> Iterator[tuple[str, ...]]:
        """Yield for each stop the ids behind what moved since the stop before; of the first, all that it has."""

    def found(self, steps: Sequence[Leap]) -> Iterator[Found]:
        """Yield what turned in each of some steps."""

    def head(self, query: Mapping[str, Any], also: Mentions, rows: tuple[Row, ...]) -> MeasuredHead:
        """Return what the answer says of itself, and how much counts: of days, on the last one."""


class WindowsAsked(NamedTuple):
    """Windows as they are asked for.

    `step` is how far they are apart, None for as far as they are long; `duplicates` is within what a statement that is
    made again counts once, None for a document.
    """

    length: str
    step: str | None
    duplicates: str | None


class DaysOfRecord:
    """Days on which a measure is taken of what the record holds: each on which it may move, or one every so often.

    `first` is the first that counts, None for the whole record, and `last` the last one, both inside.
    """

    def __init__(self, view: View, stick: Yardstick, first: int | None, last: int, every: str | None) -> None:
        self._view, self._stick = view.on(last), stick
        self._turns = self._bearing(all_turns(self._view, *stick.condition))
        moving = sorted({turn.day for turn in self._turns if self._moves(turn)})
        if every is None:
            days = moving if first is None else [first, *(day for day in moving if day > first)]
        else:
            earliest = first if first is not None else moving[0] if moving else None
            days = [] if earliest is None else _back_to(earliest, steps_back(last, every))
        self.stops = tuple(Stop(None, day) for day in days)
        self.near = every is None
        self.last = last
        self.rests_on = stick.rests_on
        self.asked: Mapping[str, Any] = {} if every is None else {"every": every}

    def _bearing(self, turns: Iterable[Turn]) -> tuple[Turn, ...]:
        return tuple(turn for turn in turns if self._stick.concerns(turn.actor, turn.proposal))

    def _moves(self, turn: Turn) -> bool:
        level = self._stick.levels.at.get
        was, now = (taken and level(taken.position) for taken in (turn.before, turn.taken))
        return was != now

    @property
    def days(self) -> list[int]:
        """The days, oldest first."""
        return [stop.day for stop in self.stops]

    def shifts(self) -> tuple[Shift, ...]:
        """Return what moves from stop to stop."""
        return tuple(shifts_over_days(self._turns, self.days, self._stick.levels))

    def without_each_source(self) -> Iterator[tuple[str, tuple[Shift, ...], tuple[Shift, ...]]]:
        """Yield each source with what moves on the proposals that it bears on, with it and without it."""
        from actorgraph.ledger.curated import Curated  # it imports pydantic

        curated, admits = Curated(self._view.ledger), self._view.selection.admits
        by_proposal: dict[str, list[Turn]] = defaultdict(list)
        for turn in self._turns:
            by_proposal[turn.proposal].append(turn)
        shifts: dict[str, list[Shift]] = defaultdict(list)
        for shift in self.shifts():
            shifts[shift.proposal].append(shift)

        def is_asked_about(track: Track) -> bool:
            return track[0] == "stance" and admits(*track[1:]) and self._stick.concerns(*track[1:])

        for source, all_tracks in sorted(curated.tracks.items()):
            tracks = sorted(filter(is_asked_about, all_tracks))
            if not tracks:
                continue
            gone, proposals = {track[1:] for track in tracks}, sorted({track[2] for track in tracks})
            left = turns_of(parsed([new(Line, line) for line in curated.lines_without(source, tracks)]), self._view)
            on_them = (turn for proposal in proposals for turn in by_proposal[proposal])
            others = [turn for turn in on_them if (turn.actor, turn.proposal) not in gone]
            turns = sorted((*others, *left), key=lambda turn: turn[:3])
            without = tuple(shifts_over_days(turns, self.days, self._stick.levels))
            yield source, tuple(shift for proposal in proposals for shift in shifts[proposal]), without

    def records(self) -> Iterator[tuple[str, ...]]:
        """Yield for each stop the ids behind what moved since the stop before; of the first, all that is held."""
        held: dict[tuple[str, str], tuple[str, ...]] = {}
        coming = iter(self._turns)
        turn = next(coming, None)
        for at, day in enumerate(self.days):
            moved: dict[str, None] = {}
            while turn is not None and turn.day <= day:
                theirs = turn.taken or turn.before
                counts = turn.taken is not None and turn.taken.position in self._stick.levels.at
                held[turn.actor, turn.proposal] = turn.taken.records if turn.taken is not None and counts else ()
                if theirs is not None and self._moves(turn):
                    moved |= dict.fromkeys(theirs.records)
                turn = next(coming, None)
            yield tuple(dict.fromkeys(one for some in held.values() for one in some)) if at == 0 else tuple(moved)

    def found(self, steps: Sequence[Leap]) -> Iterator[Found]:
        """Yield what turned in each of some steps."""
        days = {self.stops[at].day for step in steps for at in (step.before, step.after)}
        stands = dict(positions_over_time(self._view, days, self._turns))
        for step in steps:
            was, now = (stands[self.stops[at].day] for at in (step.before, step.after))
            turned = list(turned_between(was, now, self._stick.levels.at, together=self._stick.measure.together))
            yield Found(tuple(one for one, _ in turned), tuple(row for _, rows in turned for row in rows))

    def head(self, query: Mapping[str, Any], also: Mentions, rows: tuple[Row, ...]) -> MeasuredHead:
        """Return what the answer says of itself, and how much counts on the last day."""
        ((_, stand),) = positions_over_time(self._view, [self._view.day], self._turns)
        asked = {actor: theirs for actor, theirs in stand.taken.items() if self._stick.asks(actor)}
        stand = Positions(stand.view, asked, stand.aside)
        return head_of(stand, query, explain=True, rows=rows, level_of=self._stick.levels.at, also=also)


class WindowsOfStatements:
    """Windows in which a measure is taken of what was said: of one length, the last of which ends on the last day.

    Each begins on the first day or after it; without one, when the first statement was made. With `open_end` the last
    ends when the last statement was made, if that is before the last day.
    """

    near: Final = False

    def __init__(
        self,
        view: View,
        stick: Yardstick,
        first: int | None,
        last: int,
        asked: WindowsAsked,
        *,
        open_end: bool,
    ) -> None:
        rests_on = stick.rests_on_of_statements
        if rests_on is None:
            raise UsageProblem(
                f"the {stick.measure.name} counts actors, not statements: it has days, by --every or of every change"
            )
        self._view, self._stick = view.on(last), stick
        self.rests_on = rests_on
        length, step = asked.length, asked.step or asked.length
        duplicates = asked.duplicates or ONCE_A_DOCUMENT
        everything, _ = utterances(self._view, first or 0, last)
        said = [one for one in everything if stick.concerns(one.actor, one.proposal)]
        if open_end and said:
            last = said[-1].day
        self.last = last
        earliest = first if first is not None else said[0].day if said else None
        ends = steps_back(last, step)
        spans = ((day_after(begin) if (begin := before(end, length)) else 0, end) for end in ends)
        whole = takewhile(lambda span: earliest is not None and span[0] >= max(earliest, 1), spans)
        stops = [Stop(*span) for span in islice(whole, MOST_STOPS + 1)]
        if said and not stops:
            raise UsageProblem(f"no window of {length} lies between {iso(earliest or 0)} and {iso(last)}")
        self.stops = _few(tuple(reversed(stops)))
        spans_of = [(stop.since or 0, stop.day) for stop in self.stops]
        self._windows = windows_of(said, spans_of, levels=stick.alike, duplicates=duplicates)
        outside = (one for one in said if not any(begin <= one.day <= end for begin, end in spans_of))
        self._outside = tuple(distinct(outside, levels=stick.alike, duplicates=duplicates))
        self.asked: Mapping[str, Any] = {"window": length, "step": step, "duplicates": duplicates}

    def shifts(self) -> tuple[Shift, ...]:
        """Return what moves from stop to stop."""
        return tuple(shifts_over_windows(self._windows, self._stick.levels))

    def without_each_source(self) -> Iterator[tuple[str, tuple[Shift, ...], tuple[Shift, ...]]]:
        """Raise `UsageProblem`: which day a statement counts on may depend on its sources."""
        raise UsageProblem("--sensitivity goes with days, not with windows: take --every in place of --window")

    def records(self) -> Iterator[tuple[str, ...]]:
        """Yield for each stop the ids of what came into the window or left it; of the first, all that is in it."""
        last: dict[str, None] = {}
        for window in self._windows:
            now = {said.record: None for said in window if said.position in self._stick.levels.at}
            yield tuple(record for record in {**last, **now} if (record in last) != (record in now))
            last = now

    def found(self, steps: Sequence[Leap]) -> Iterator[Found]:
        """Yield what left the window, and what came into it, in each of some steps."""
        for step in steps:
            was, now = (self._windows[at] for at in (step.before, step.after))
            turned = tuple(said_between(was, now, self._stick.levels.at, together=self._stick.measure.together))
            yield Found(
                turned, rows_said(self._view, dict.fromkeys(record for one in turned for record in one.records))
            )

    def head(self, query: Mapping[str, Any], also: Mentions, rows: tuple[Row, ...]) -> MeasuredHead:
        """Return what the answer says of itself, and how many statements count in any window, each once."""
        seen = {said for window in self._windows for said in window}
        counted = [said for said in seen if said.position in self._stick.levels.at]
        speaking = len({said.actor for said in counted})
        asked = sum(map(self._view.selection.admits_actor, filter(self._stick.asks, self._view.ledger.names("actor"))))
        left_out = {NO_SIDE: len(seen) - len(counted), NO_WINDOW: len(self._outside)}
        envelope = self._view.envelope(query, rows, also)
        return *envelope, len(counted), None, speaking, asked - speaking, ReadOnly(left_out), rows


def _back_to(earliest: int, days: Iterator[int]) -> list[int]:
    """Return days that go back, down to the earliest, oldest first."""
    latest = tuple(islice(takewhile(lambda day: day >= earliest, days), MOST_STOPS + 1))
    return list(reversed(_few(latest)))


def _few(stops: tuple[Stopped, ...]) -> tuple[Stopped, ...]:
    """Return what stands there, where it is not too much."""
    if len(stops) > MOST_STOPS:
        raise UsageProblem(f"that makes more than {MOST_STOPS:,} points; take longer steps")
    return stops
