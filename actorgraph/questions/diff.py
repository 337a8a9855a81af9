"""Two sides of a question, compared track by track.

A track's side is the set of rows in force on one date. Sides are compared by position, conditions and contest:
saying it again, or on other evidence, is a re-sourcing and no change of the world.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.names import fold
from actorgraph.questions.about import Mentions, envelope
from actorgraph.questions.cells import EVIDENCE_COLUMNS, TRACK_COLUMNS, side_cells, side_columns
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Line, Row, lines, on_day, rows_of
from actorgraph.questions.sql import IN_FORCE_ON_EITHER
from actorgraph.questions.view import View, by_track, given
from actorgraph.vocabulary import LADDER, REFUSALS, SCALE, UNDERTAKINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.vocabulary import Track

MIRROR: Final[dict[str, str]] = {
    "added": "ended",
    "ended": "added",
    "reversed": "reversed",
    "strengthened": "weakened",
    "weakened": "strengthened",
    "qualified": "qualified",
    "contested": "settled",
    "settled": "contested",
    "re-sourced": "re-sourced",
}
"""Every kind of change, with its kind when the two sides trade places."""


class Change(NamedTuple):
    """How one track differs: the kind of change, and the rows in force on each side (either may be empty)."""

    change: str
    kind: str
    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]


def change_cells(change: Change) -> dict[str, object]:
    """Return the cells of a change: what each side held, on which records and evidence."""
    return {**change._asdict(), **side_cells("before", change.before), **side_cells("after", change.after)}


SIDES: Final = (*TRACK_COLUMNS, *side_columns("before"), *side_columns("after"))
"""The columns of a change, besides its kind."""


def rows_of_changes(changes: Iterable[Change]) -> list[Row]:
    """Return the rows of both sides of changes."""
    return [row for change in changes for row in (*change.before, *change.after)]


@dataclass(frozen=True, repr=False)
class Changes(Envelope[Change]):
    """Changes under the envelope of an answer, `from` and `to` in the query; `as_of` is the later day."""

    changes: tuple[Change, ...]

    LISTS = "changes"
    COLUMNS = ("from", "to", *EVIDENCE_COLUMNS, "assume", "base_assume", "change", *SIDES)
    SHOWN = ("change", "actor_name", "proposal_title", "before", "after", "after_evidence")

    @property
    def subject(self) -> str:
        """What was compared."""
        return f"diff from {self.query['from']} to {self.query['to']}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each change."""
        asked = {**self.query, **self.asked, "base_assume": self.query.get("base_assume", self.assume)}
        return ({**asked, **change_cells(change)} for change in self.changes)


def diff(
    ledger: Ledger,
    start: str | date,
    end: str | date,
    *,
    every: bool = False,
    base_assume: Iterable[str] | None = None,
    **options: Unpack[Narrowing],
) -> Changes:
    """Return what changed from one day to another, or what a scenario changes on a day.

    The days may come in either order: diff(b, a) mirrors diff(a, b), and diff(a, a) is empty.

    Args:
        ledger: The model, opened by `load`.
        start: The first day; a partial date means its last day.
        end: The other day.
        every: Also the tracks that only gained or lost evidence, as `re-sourced`.
        base_assume: What is assumed on the first of the two sides, where that differs from `assume`.
        options: What counts, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The changes, sorted by actor name, proposal and kind, with the rows of both sides.

    Raises:
        UsageProblem: A bad date, or an unknown condition.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> [(one.change, one.actor) for one in diff(ledger, "2025-12", "2026-03").changes]
    [('weakened', 'fishers-union'), ('added', 'harbour-board'), ('ended', 'town-council')]
    >>> what_if = diff(ledger, "2026", "2026", assume=["not:state-loan"], base_assume=[])
    >>> [(one.change, one.actor) for one in what_if.changes]
    [('ended', 'harbour-board')]
    """
    checked_options(options, Narrowing)
    after = View(ledger, as_of=end, **options)
    base: Narrowing = options if base_assume is None else {**options, "assume": base_assume}
    before = View(ledger, as_of=start, **base)
    first, second = before.day, after.day
    with no_garbage_collection():
        chosen = after.selection.or_else(before.selection)
        in_force = lines(ledger, IN_FORCE_ON_EITHER, first, first, second, second, stated=after.stated)
        if not every:
            in_force = _maybe_changed(in_force, first, second)
        old, new = (
            by_track(rows_of(on_day(in_force, view.day), view.day, ledger.sources), view.scenario, view.day)
            for view in (before, after)
        )
        every_change = _compared(old, new, every=every)
        changes = tuple(change for change in every_change if chosen.admits(change.actor, change.proposal))
    query: dict[str, Any] = {
        "command": "diff",
        "from": iso(first),
        "to": iso(second),
        **given(stated=after.stated, all=every),
        **chosen.asked,
    }
    if base_assume is not None:
        query["base_assume"] = before.scenario.assumed
    day, rows = max(first, second), rows_of_changes(changes)
    also = Mentions(actors=chosen.named)
    return Changes(*envelope(ledger, query, rows, day=day, scenario=after.scenario, also=also), changes)


def _maybe_changed(lines: list[Line], *days: int) -> list[Line]:
    """Return the lines of tracks that may differ between days: not all of it is in force on both, or depends on more.

    Only these need to be made rows of. What depends on a condition may change with it, or with its scenario.
    """
    first, last = min(days), max(days)
    moved = {line.track for line in lines if line.since > first or line.until <= last or line.conditions != "[]"}
    return [line for line in lines if line.track in moved]


def compare(before: Iterable[Row], after: Iterable[Row], *, every: bool = False) -> tuple[Change, ...]:
    """Return the changes between two sides of rows, each in the order of an answer, whatever made them differ.

    >>> from actorgraph import load, what
    >>> ledger = load("examples/minimal.yaml")
    >>> sides = [what(ledger, "town council", as_of=day).rows for day in ("2025-12", "2026-06")]
    >>> [(one.change, one.actor) for one in compare(*sides)]
    [('ended', 'town-council')]
    """
    return _compared(_tracks(before), _tracks(after), every=every)


def _tracks(rows: Iterable[Row]) -> dict[Track, tuple[Row, ...]]:
    tracks: dict[Track, list[Row]] = defaultdict(list)
    for row in rows:
        tracks[row.track].append(row)
    return {track: tuple(rows_of_track) for track, rows_of_track in tracks.items()}


def _compared(
    before: Mapping[Track, tuple[Row, ...]], after: Mapping[Track, tuple[Row, ...]], *, every: bool
) -> tuple[Change, ...]:
    changes = (change_of(before.get(track, ()), after.get(track, ())) for track in {**before, **after})
    wanted = (change for change in changes if change and (every or change.change != "re-sourced"))
    return in_order(wanted)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes sorted by actor name, proposal and kind."""
    return tuple(
        sorted(
            changes,
            key=lambda change: (fold(change.actor_name), change.actor, change.proposal, change.kind != "stance"),
        )
    )


def change_of(before: tuple[Row, ...], after: tuple[Row, ...]) -> Change | None:
    """Return how one track differs between two sides of it, None where it does not to the letter."""
    name = kind_of_change(before, after)
    if name is None:
        return None
    row = (after or before)[0]
    return Change(name, row.kind, row.actor, row.actor_name, row.proposal, row.proposal_title, before, after)


def kind_of_change(before: tuple[Row, ...], after: tuple[Row, ...]) -> str | None:
    """Return the kind of change between two sides of one track, None where they are the same to the letter.

    Words of one rung (`declines`, `withdraws`) that follow each other count as qualified, and so does a contest
    whose sides change without a shift of their mean. `threatens` has no rung: to or from it is a reversal.

    >>> from actorgraph import load, who
    >>> ledger = load("examples/minimal.yaml")
    >>> then, now = (who(ledger, "any", "harbour", as_of=day).rows[:1] for day in ("2025-12", "2026-02"))
    >>> [row.position for row in (*then, *now)], kind_of_change(then, now), kind_of_change((), now)
    (['neutral', 'opposes'], 'weakened', 'added')
    """
    if not before or not after:
        return "added" if after else "ended" if before else None
    if _side(before) == _side(after):
        return None if _grounds(before) == _grounds(after) else "re-sourced"
    was, now = before[0].contested, after[0].contested
    if was != now:
        return "contested" if now else "settled"
    if not now and _opposed(before[0].position, after[0].position):
        return "reversed"
    shift = _strength(after) - _strength(before)
    return "strengthened" if shift > 0 else "weakened" if shift < 0 else "qualified"


def _side(rows: tuple[Row, ...]) -> frozenset[tuple[str, tuple[str, ...], bool]]:
    return frozenset((row.position, row.conditions, row.contested) for row in rows)


def _grounds(rows: tuple[Row, ...]) -> frozenset[object]:
    return frozenset(
        (row.since, row.until, row.speaker, frozenset(row.records), row.because, frozenset(row.evidence))
        for row in rows
    )


def _opposed(old: str, new: str) -> bool:
    if old == new:
        return False
    undertaken, refused = {old, new} & UNDERTAKINGS, {old, new} & REFUSALS
    return {old, new} == {"supports", "opposes"} or bool(undertaken and refused) or "threatens" in (old, new)


def _strength(rows: tuple[Row, ...]) -> float:
    places = [(SCALE | LADDER).get(row.position, 0.0) for row in rows]
    return sum(places) / len(places)
