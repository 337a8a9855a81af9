"""What changed from one day to another: the world moved, or a scenario would move it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.about import Mentions, envelope
from actorgraph.questions.cells import EVIDENCE_COLUMNS
from actorgraph.questions.changes import (
    SIDES,
    Change,
    Part,
    change_cells,
    change_of,
    in_order,
    in_units,
    parts,
    rows_of_changes,
    unit_of,
    units,
)
from actorgraph.questions.descents import NO_DESCENTS
from actorgraph.questions.echoes import changes_without_echoes
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.lines import BareLine, LeftUnread, briefly, lines, on_day
from actorgraph.questions.lives import ends_of, fate_that_ended
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Row, by_track, rows_of
from actorgraph.questions.sql import IN_FORCE_ON_EITHER, maybe_changed
from actorgraph.questions.view import View, given, settled_tracks
from actorgraph.reading_ahead import reading_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.descents import Descents
    from actorgraph.vocabulary import Track


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

    The days may come in either order: diff(b, a) mirrors diff(a, b), and diff(a, a) is empty. What an actor held on a
    proposal on the one day alone, and on one that succeeds it on the other day alone, is one change.

    Args:
        ledger: The model, opened by `load`.
        start: The first day; a partial date means its last day.
        end: The other day.
        every: Also what only gained or lost evidence, as `re-sourced`, and the same position on the proposal that
            succeeds, as `carried`.
        base_assume: What is assumed on the first of the two sides, where that differs from `assume`.
        options: What counts, and to whom and what it is narrowed: see `Narrowing`.

    Returns:
        The changes, with the rows of both sides: of what was stated before what is inferred, changed minds before what
        is new or gone, sorted by actor name, proposal and kind.

    Raises:
        UsageProblem: A bad date, or an unknown condition.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> [(change.change, change.actor) for change in diff(ledger, "2025-12", "2026-03").changes]
    [('toward-opposition', 'fishers-union'), ('added', 'harbour-board'), ('ended', 'town-council')]
    >>> what_if = diff(ledger, "2026", "2026", assume=["not:state-loan"], base_assume=[])
    >>> [(change.change, change.actor) for change in what_if.changes]
    [('ended', 'harbour-board')]
    """
    checked_options(options, Narrowing)
    after = View(ledger, as_of=end, **options)
    base: Narrowing = options if base_assume is None else {**options, "assume": base_assume}
    before = View(ledger, as_of=start, **base)
    first, second = before.day, after.day
    with no_garbage_collection():
        chosen = after.selection.or_else(before.selection)
        between = _between(before, after, every=every)
        if not chosen.is_whole:
            between = (item for item in between if chosen.admits(item.actor, item.proposal, item.before_proposal))
        changes = in_order(changes_without_echoes(between))
    query: dict[str, Any] = {
        "command": "diff",
        "from": iso(first),
        "to": iso(second),
        **given(stated=after.stated, all=every),
        **chosen.asked,
    }
    if base_assume is not None:
        query["base_assume"] = before.scenario.assumed
    asked: Any = {"day": max(first, second), "scenario": after.scenario, "also": Mentions(actors=chosen.named)}
    return Changes(*envelope(ledger, query, _RowsOf(changes), **asked, many=len(changes)), changes)


class _RowsOf:
    """The rows of both sides of changes, put together when somebody asks for them, as few do."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self._changes = changes

    def __iter__(self) -> Iterator[Row]:
        return iter(rows_of_changes(self._changes))


def _between(before: View, after: View, *, every: bool) -> Iterator[Change]:
    """Yield the changes from one day to another, in no order; what is one matter on two proposals once."""
    in_time = before.day <= after.day
    earlier, later = (before, after) if in_time else (after, before)

    def compared(was: tuple[Row, ...], is_now: tuple[Row, ...]) -> list[Part]:
        return parts(*((was, is_now) if in_time else (is_now, was)), every=every)

    gone: list[tuple[Row, ...]] = []
    begun: list[tuple[Row, ...]] = []
    for in_force, unread in reading_ahead(_in_force(before, after, every=every)):
        tracks, others = (_tracks_on(view, in_force, unread) for view in (earlier, later))
        for track, was in tracks.items():
            is_now = others.pop(track, ())
            if len(was) == len(is_now) == 1 and was[0].basis == is_now[0].basis:  # as mostly, where both days have some
                stay: Iterable[tuple[tuple[Row, ...], tuple[Row, ...]]] = ((was, is_now),)
            else:
                old, now = units(was), units(is_now)
                stay = [(old[unit], now[unit]) for unit in old if unit in now]
                gone += [some for unit, some in old.items() if unit not in now]
                begun += [some for unit, some in now.items() if unit not in old]
            for both in stay:
                for part in compared(*both):
                    yield change_of(part, after_is_later=in_time)
        begun += in_units(others.values())
    ends = ends_of(after.ledger, {was[0].proposal for was in gone})
    descents = after.descents if before.day != after.day else NO_DESCENTS
    for was, is_now, is_carried in _carried_on(gone, begun, descents):
        for part in compared(was, is_now):
            was_so, is_left = (part.before, part.after) if in_time else (part.after, part.before)
            fate = None if is_left else fate_that_ended(was_so, ends, later.day)
            yield change_of(part, after_is_later=in_time, fate=fate, is_carried=is_carried)


def _carried_on(
    gone: list[tuple[Row, ...]], begun: list[tuple[Row, ...]], descents: Descents
) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...], bool]]:
    """Yield each unit that is gone and each that is new: the two of one matter on two proposals together, and so."""
    if descents:
        old, new = ({unit_of(rows[0]): rows for rows in side} for side in (gone, begun))
        for was, is_now in descents.successions(old, new):
            yield old.pop(was), new.pop(is_now), True
        gone, begun = list(old.values()), list(new.values())
    yield from ((was, (), False) for was in gone)
    yield from (((), is_now, False) for is_now in begun)


def _tracks_on(view: View, in_force: Sequence[BareLine], unread: LeftUnread | None) -> dict[Track, tuple[Row, ...]]:
    """Return what lines make on the day of a view, by track; of some nothing may be left."""
    rows = rows_of(on_day(in_force, view.day), view.day, view.ledger, unread)
    tracks = by_track(rows)
    return dict(zip(tracks, settled_tracks(tracks.values(), view.scenario, view.day), strict=True))


def _in_force(before: View, after: View, *, every: bool) -> Iterator[tuple[Sequence[BareLine], LeftUnread | None]]:
    """Yield the lines in force on either day, or those of tracks that may differ between them, with what reads them.

    Only where every change is asked for is it compared on what evidence anything was said: else that is left unread.
    """
    ledger, stated = after.ledger, after.stated
    days, ordered = (before.day, before.day, after.day, after.day), sorted((before.day, after.day))
    if every:
        yield lines(ledger, IN_FORCE_ON_EITHER, *days, stated=stated), None
        return
    for table in ledger.parts():
        one_by_one = ledger.lines_each(table) is None
        where, alone = maybe_changed(table, one_by_one=one_by_one), ordered if one_by_one else ()
        yield briefly(ledger, where, *days, *alone, *days, *ordered, stated=stated, table=table)
