"""Who agrees with whom over time, as the page has it: pairs, blocs and the agreement of all.

It is worked out here, for the whole record and for every day on which it changes; the page only looks it up. Each step
bears what is new since the one before.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.analysis.camps.partition import blocs_of
from actorgraph.analysis.counting.counts import counts_of
from actorgraph.analysis.over_time.turns import all_turns, change_days, positions_over_time
from actorgraph.analysis.words import BINARY, MIN_SHARED
from actorgraph.dates import LAST_DAY
from actorgraph.explorer.keys import actor_key, proposal_key
from actorgraph.questions.view import View
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from actorgraph.analysis.counting.counts import Counts
    from actorgraph.ledger.store import Ledger

MOST_ACTORS: Final = 80
MOST_DAYS: Final = 400
MOST_SHARED: Final = 60_000
"""Of how many actors and days a page holds agreement, and how often two come to share a proposal, or cease to."""
MOST_SEARCHED: Final = 3_000
"""Among how many actors blocs are looked for, day by day: about five seconds."""

_Track = tuple[str, str]


class FoundBlocs(NamedTuple):
    """The blocs of a day, as the numbers of their actors, the largest first, and what they rest on.

    `agreeing` of `seeds` searches found exactly these blocs; `shared` is on how many proposals two that are tied both
    take a side, the median, None where there are no blocs.
    """

    members: list[list[int]]
    agreeing: int
    seeds: int
    shared: float | None


class AgreementStep(NamedTuple):
    """What is new on a day, with actors and proposals as their numbers.

    `pairs` are [actor, actor, proposal, side]: 1 where from now on the two are on one side, -1 on opposite ones, 0 no
    more both on any. `blocs` are the blocs, None where they are as before. Of all pairs, `agree` of `shared` proposals
    are agreed on, and `share` is that as a number, None where it would rest on too few.
    """

    day: int
    pairs: list[tuple[int, int, int, int]]
    blocs: FoundBlocs | None
    agree: int
    shared: int
    share: float | None


class TooMuch(Exception):  # noqa: N818 - it is no error: the page says so, and does without
    """What is too much for a page, in words."""


def agreement_over_time(ledger: Ledger) -> dict[str, Any]:
    """Return who agrees with whom on what, from each day on which it changes to the next.

    `least` is on how many proposals two must both stand for a number; `actors` and `proposals` are keys, `steps` the
    days on which something is new (`AgreementStep`), by the names of their fields. `left_out` says what is too much for
    a page, and then there are no steps.

    >>> from actorgraph import load
    >>> found = agreement_over_time(load("examples/minimal.yaml"))
    >>> found["actors"][:2], found["steps"][1]["pairs"]
    (['actor/harbour-board', 'actor/town-council'], [(0, 1, 0, 1)])
    """
    course, left_out = _Course(), None
    try:
        steps = list(course.steps(ledger))
    except TooMuch as reason:
        left_out, course, steps = str(reason), _Course(), []
    return {
        "least": MIN_SHARED,
        "actors": list(map(actor_key, course.actors)),
        "proposals": list(map(proposal_key, course.proposals)),
        "steps": [{**step._asdict(), "blocs": step.blocs and step.blocs._asdict()} for step in steps],
        "left_out": left_out,
    }


class _Course:
    """What is known while going from day to day: the numbers of actors and proposals, and who was on which side."""

    def __init__(self) -> None:
        self.actors: dict[str, int] = {}
        self.proposals: dict[str, int] = {}
        self._sides: dict[_Track, int] = {}
        self._blocs: FoundBlocs | None = None
        self._many = 0

    def steps(self, ledger: Ledger) -> Iterator[AgreementStep]:
        """Yield the steps of a record, oldest first. Raises `TooMuch`."""
        view = View(ledger, as_of=LAST_DAY, stated=True)
        turns = all_turns(view)
        days = change_days(turns)
        if len(days) > MOST_DAYS:
            raise TooMuch(f"positions change on {len(days):,} days, and it holds {MOST_DAYS} at most")
        _must_be_few([stand.speaking for _, stand in positions_over_time(view, days, turns)])
        for day, stand in positions_over_time(view, days, turns):
            counts = counts_of(stand, BINARY)
            sides = _sides_in(counts)
            if sides != self._sides:
                yield self._step(day, counts, sides)

    def _step(self, day: int, counts: Counts, sides: dict[_Track, int]) -> AgreementStep:
        for actor, proposal in sorted(sides):
            self.actors.setdefault(actor, len(self.actors))
            self.proposals.setdefault(proposal, len(self.proposals))
        pairs = self._moved(sides)
        self._sides = sides
        self._many += len(pairs)
        if self._many > MOST_SHARED:
            raise TooMuch("actors share more proposals than it holds")
        blocs = self._found(counts)
        known, self._blocs = self._blocs, blocs
        # Each pair stands twice in the tables.
        agree, shared = (int(table.sum()) // 2 for table in (counts.congruence(), counts.shared()))
        share = rounded(agree / shared) if shared >= MIN_SHARED else None
        return AgreementStep(day, pairs, None if blocs == known else blocs, agree, shared, share)

    def _found(self, counts: Counts) -> FoundBlocs:
        partition, weights = blocs_of(counts)
        members = [[self.actors[counts.actors[at]] for at in bloc] for bloc in partition.blocs]
        if not members:
            return FoundBlocs([], 0, partition.seeds, None)
        return FoundBlocs(members, partition.agreeing, partition.seeds, median(counts.shared()[weights > 0].tolist()))

    def _moved(self, sides: Mapping[_Track, int]) -> list[tuple[int, int, int, int]]:
        """Return what two actors do on a proposal, where that is no more as it was."""
        was = self._sides
        moved = {track for track in {*was, *sides} if was.get(track) != sides.get(track)}
        states = set()
        for actor, proposal in moved:
            for other in self.actors:
                if other == actor:
                    continue
                now, before = (_together(some, (actor, proposal), (other, proposal)) for some in (sides, was))
                if now != before:
                    first, second = sorted((self.actors[actor], self.actors[other]))
                    states.add((first, second, self.proposals[proposal], now))
        return sorted(states)


def _must_be_few(speaking: Sequence[tuple[str, ...]]) -> None:
    """Raise `TooMuch` where too many actors take positions, on some day or day by day: before blocs are looked for."""
    actors = {actor for of_day in speaking for actor in of_day}
    if len(actors) > MOST_ACTORS:
        raise TooMuch(f"{len(actors)} actors take positions, and it holds {MOST_ACTORS} at most")
    if sum(map(len, speaking)) > MOST_SEARCHED:
        raise TooMuch(f"{len(actors)} actors take positions that change on {len(speaking)} days, and blocs take long")


def _sides_in(counts: Counts) -> dict[_Track, int]:
    """Return on which side each actor is on each proposal: 1 for, -1 against."""
    against, support = counts.n
    lines, columns = (support - against).nonzero()
    return {
        (counts.actors[line], counts.proposals[column]): 1 if support[line, column] else -1
        for line, column in zip(lines.tolist(), columns.tolist(), strict=True)
    }


def _together(sides: Mapping[_Track, int], track: _Track, other: _Track) -> int:
    """Return 1 where two are on one side, -1 where on opposite ones, 0 where not both are on any."""
    return sides.get(track, 0) * sides.get(other, 0)
