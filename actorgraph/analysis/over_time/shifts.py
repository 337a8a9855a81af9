"""What moves from one point of a series to the next: on which proposal, from which state to which."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.analysis.counting.utterances import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from actorgraph.analysis.counting.utterances import Utterance
    from actorgraph.analysis.over_time.turns import Turn

    State: TypeAlias = Mapping[str, tuple[int, ...]]
    """Where actors stand on a proposal: by actor, how often it has taken each level."""


class Levels(NamedTuple):
    """At which level each position counts, of how many; what is not in `at` does not count."""

    at: Mapping[str, int]
    size: int

    def once(self, position: str | None) -> tuple[int, ...] | None:
        """Return how often each level is taken where a position is taken once; None where it does not count.

        >>> Levels({"supports": 1, "opposes": 0}, 2).once("supports")
        (0, 1)
        """
        level = None if position is None else self.at.get(position)
        return None if level is None else tuple(int(at == level) for at in range(self.size))


class Shift(NamedTuple):
    """From one point of a series to the next, by its number, the state of a proposal became another."""

    at: int
    proposal: str
    before: State
    now: State


def shifts_over_days(turns: Iterable[Turn], days: Sequence[int], levels: Levels) -> Iterator[Shift]:
    """Yield what moves up to each of some days, sorted, given turns by day: what the record holds.

    >>> from actorgraph import load
    >>> from actorgraph.analysis.over_time.turns import all_turns
    >>> from actorgraph.questions.view import View
    >>> turns = all_turns(View(load("examples/minimal.yaml"), as_of="2026-06", stated=True))
    >>> [shift.now for shift in shifts_over_days(turns, [20251201, 20260201], Levels({"supports": 0, "opposes": 1}, 2))]
    [{'harbour-board': (1, 0)}, {'harbour-board': (1, 0), 'fishers-union': (0, 1)}]
    """
    once = {position: levels.once(position) for position in levels.at}
    states: dict[str, State] = {}
    for at, some in groupby(turns, key=lambda turn: bisect_left(days, turn.day)):
        if at == len(days):
            return
        moved: dict[str, dict[str, tuple[int, ...] | None]] = defaultdict(dict)
        for turn in some:
            moved[turn.proposal][turn.actor] = once.get(turn.taken.position) if turn.taken else None
        for proposal, actors in moved.items():
            before = states.get(proposal, {})
            now = {actor: taken for actor, taken in {**before, **actors}.items() if taken is not None}
            if now != before:
                states[proposal] = now
                yield Shift(at, proposal, before, now)


def shifts_over_windows(windows: Iterable[Sequence[Utterance]], levels: Levels) -> Iterator[Shift]:
    """Yield what moves from each window of statements, which count once each, to the next.

    >>> from actorgraph.analysis.counting.utterances import Utterance
    >>> said = Utterance("a", "p", "supports", 20240101, "s", "r", 0)
    >>> [(shift.at, shift.now) for shift in shifts_over_windows([[said, said], []], Levels({"supports": 0}, 1))]
    [(0, {'a': (2,)}), (1, {})]
    """
    states: dict[str, State] = {}
    for at, said in enumerate(windows):
        counted: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for utterance in said:
            level = levels.at.get(utterance.position)
            if level is not None:
                counted[utterance.proposal].setdefault(utterance.actor, [0] * levels.size)[level] += 1
        for proposal in sorted({*states, *counted}):
            before = states.get(proposal, {})
            now = {actor: tuple(times) for actor, times in counted.get(proposal, {}).items()}
            if now != before:
                states[proposal] = now
                yield Shift(at, proposal, before, now)


def windows_of(
    said: Sequence[Utterance], windows: Iterable[tuple[int, int]], *, levels: str, duplicates: str
) -> list[tuple[Utterance, ...]]:
    """Return what was said in each window, both days inside, of utterances by day; what is alike in one counts once.

    Raises `UsageProblem` for unknown levels or duplicates.

    >>> from actorgraph.analysis.counting.utterances import Utterance
    >>> said = [Utterance("a", "p", "supports", day, "s", "r", 0) for day in (20240101, 20240102, 20240201)]
    >>> list(map(len, windows_of(said, [(20240101, 20240131), (20240102, 20240201)], levels="scale", duplicates="all")))
    [2, 2]
    """
    days = [utterance.day for utterance in said]
    return [
        tuple(distinct(said[bisect_left(days, first) : bisect_right(days, last)], levels=levels, duplicates=duplicates))
        for first, last in windows
    ]
