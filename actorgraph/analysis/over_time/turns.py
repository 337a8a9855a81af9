"""Where actors stand on each of many days: the record is read once, and each position worked out where it changes."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.analysis.counting.positions import (
    Positions,
    Taken,
    asked_actors,
    by_actor_and_proposal,
    is_plain,
    taken_of,
)
from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.lines import line_blocks, number_of, parsed
from actorgraph.questions.moments import turns
from actorgraph.questions.rows import made
from actorgraph.questions.sql import ANY_DAY, EVER_IN_FORCE
from actorgraph.questions.view import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.questions.lines import Line, ParsedLine
    from actorgraph.questions.view import View


class Turn(NamedTuple):
    """A day from which on an actor stands elsewhere on a proposal, or says the same by other records.

    `taken` is where it stands from then on, None where it states nothing more, and `before` where it stood.
    """

    day: int
    actor: str
    proposal: str
    before: Taken | None
    taken: Taken | None

    @property
    def is_change(self) -> bool:
        """Whether it stands elsewhere: a position, or a contest, begins, ends or turns into another."""
        return _place(self.before) != _place(self.taken)


_MOST_LINES: Final = 2_000_000
"""Of how many positions over time turns are returned: with what they rest on they take some gigabytes."""


def all_turns(view: View, where: str = ANY_DAY, *parameters: object) -> tuple[Turn, ...]:
    """Return every turn up to the day of a view, which is of what is stated, by day, actor and proposal.

    A condition in SQL may leave some of them. Whom and what the view is narrowed to is as of its own day. Raises
    `UsageProblem` where there are too many to be held.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> for turn in all_turns(View(load("examples/minimal.yaml"), as_of="2026-06", stated=True)):
    ...     print(turn.day, turn.actor, turn.taken and turn.taken.position)
    20251120 harbour-board supports
    20251203 fishers-union neutral
    20251203 town-council open
    20260115 fishers-union opposes
    20260301 town-council None
    """
    condition = f"kind = 'stance' AND {EVER_IN_FORCE} AND ({where})"
    if view.selection.is_whole:
        number = number_of(view.ledger, condition, *parameters)
        if number > _MOST_LINES:
            raise UsageProblem(
                f"{number:,} positions over time are too many for a series of all; name what it is to be of, or narrow "
                "the question with --kind, --group or --tag"
            )
    every_turn: list[Turn] = []
    with no_garbage_collection():
        for table in view.ledger.parts():
            blocks = line_blocks(view.ledger, condition, *parameters, stated=True, table=table)
            admitted = [line for block in blocks for line in block if view.selection.admits(line.actor, line.proposal)]
            for some in _some_tracks(admitted):
                every_turn += turns_of(parsed(some), view)
        return tuple(sorted(every_turn, key=lambda turn: turn[:3]))


PARSED_AT_ONCE: Final = 5_000
"""How many lines are parsed at a time, and a track more: of what was said in all of them little is kept."""


def _some_tracks(stances: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines of some whole tracks at a time."""
    some: list[Line] = []
    for _, track in groupby(by_actor_and_proposal(stances), key=attrgetter("actor", "proposal")):
        some += track
        if len(some) >= PARSED_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def turns_of(stances: Iterable[ParsedLine], view: View) -> tuple[Turn, ...]:
    """Return the turns that lines of stances make up to the day of a view, by day, actor and proposal."""
    tracks: dict[tuple[str, str], list[ParsedLine]] = defaultdict(list)
    for stance in stances:
        tracks[stance.line.actor, stance.line.proposal].append(stance)
    every_turn = [turn for track, of_track in tracks.items() for turn in _of_track(*track, of_track, view)]
    return tuple(sorted(every_turn, key=lambda turn: turn[:3]))


def _of_track(actor: str, proposal: str, track: Sequence[ParsedLine], view: View) -> Iterator[Turn]:
    """Yield the turns of an actor on a proposal, oldest first."""
    if len(track) == 1 and is_plain(track[0].line) and len(track[0].said) == 1:
        yield from _of_one_record(track[0], view)
        return
    before: Taken | None = None
    for day in turns(track, view, every=True):
        in_force = [stance for stance in track if stance.line.since <= day < stance.line.until]
        taken = None
        if in_force:
            rows = settled(made(in_force, day, view.ledger.sources), view.scenario, day)
            taken = next(iter(taken_of(rows).values()), None)
        if taken != before:
            yield Turn(day, actor, proposal, before, taken)
            before = taken


def _of_one_record(stance: ParsedLine, view: View) -> Iterator[Turn]:
    """Yield the turns of a track on which one thing was said once: whenever it holds, it says the same."""
    line = stance.line
    if line.since <= view.day:
        ((record, *_),) = stance.said
        taken = Taken.by(line, record, view)
        yield Turn(line.since, line.actor, line.proposal, None, taken)
        if line.until <= view.day:
            yield Turn(line.until, line.actor, line.proposal, taken, None)


def change_days(turns: Iterable[Turn]) -> tuple[int, ...]:
    """Return the days on which a position, or a contest, begins or ends, sorted.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> change_days(all_turns(View(load("examples/minimal.yaml"), as_of="2026-06", stated=True)))
    (20251120, 20251203, 20260115, 20260301)
    """
    return tuple(sorted({turn.day for turn in turns if turn.is_change}))


def positions_over_time(
    view: View, days: Iterable[int], turns: Iterable[Turn] | None = None
) -> Iterator[tuple[int, Positions]]:
    """Yield days, sorted, with where actors stand on each: what `positions` returns, sharing what did not change.

    `turns` are all of the view, where they are known already. The days lie up to that of the view.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> view = View(load("examples/minimal.yaml"), as_of="2026-06", stated=True)
    >>> [(day, len(stand)) for day, stand in positions_over_time(view, [20251201, 20260101, 20260401])]
    [(20251201, 1), (20260101, 3), (20260401, 2)]
    """
    coming = iter(all_turns(view) if turns is None else turns)
    turn = next(coming, None)
    taken: Mapping[str, Mapping[str, Taken]] = {actor: {} for actor in asked_actors(view)}
    aside: Mapping[tuple[str, str], Taken] = {}
    for day in sorted(set(days)):
        moved: list[Turn] = []
        while turn is not None and turn.day <= day:
            moved.append(turn)
            turn = next(coming, None)
        if moved:
            taken, aside = _after(moved, taken, aside)
        yield day, Positions(view.on(day), taken, aside)


def _after(
    moved: Iterable[Turn], taken: Mapping[str, Mapping[str, Taken]], aside: Mapping[tuple[str, str], Taken]
) -> tuple[Mapping[str, Mapping[str, Taken]], Mapping[tuple[str, str], Taken]]:
    """Return what actors take and what does not count after some turns; of what stays the same, the same objects."""
    others: dict[str, dict[str, Taken]] = {}
    left = dict(aside)
    for _, actor, proposal, _, now in moved:
        theirs = others.get(actor)
        if theirs is None:
            theirs = others[actor] = dict(taken[actor])
        theirs.pop(proposal, None)
        left.pop((actor, proposal), None)
        if now is not None and now.counts:
            theirs[proposal] = now
        elif now is not None:
            left[actor, proposal] = now
    return {**taken, **others}, left


def _place(taken: Taken | None) -> str | None:
    return None if taken is None else taken.position
