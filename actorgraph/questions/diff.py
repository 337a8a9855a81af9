"""What changed from one day to another: the world moved, or a scenario would move it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actorgraph.dates import iso
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import new
from actorgraph.questions.about import Mentions, envelope
from actorgraph.questions.cells import EVIDENCE_COLUMNS
from actorgraph.questions.changes import (
    SIDES,
    Change,
    Part,
    Unit,
    change_cells,
    change_of,
    in_order,
    parts,
    rows_of_changes,
    units_of,
)
from actorgraph.questions.echoes import changes_without_echoes
from actorgraph.questions.envelope import Envelope
from actorgraph.questions.lines import LeftUnread, Line, briefly, lines, on_day
from actorgraph.questions.lives import ends_of, fate_that_ended
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Row, rows_of
from actorgraph.questions.sql import IN_FORCE_ON_EITHER, maybe_changed
from actorgraph.questions.view import View, given, settled_tracks
from actorgraph.reading_ahead import reading_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger


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
        told = _between(before, after, every=every)
        admitted = (change for change in told if chosen.admits(change.actor, change.proposal, change.before_proposal))
        changes = in_order(changes_without_echoes(admitted))
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
    return Changes(*envelope(ledger, query, rows, day=day, scenario=after.scenario, also=also, later=True), changes)


def _between(before: View, after: View, *, every: bool) -> Iterator[Change]:
    """Yield the changes from one day to another, in no order; what is one matter on two proposals once."""
    sides: tuple[dict[Unit, tuple[Row, ...]], ...] = {}, {}
    for in_force, unread in reading_ahead(_in_force(before, after, every=every)):
        for view, side in zip((before, after), sides, strict=True):
            rows = rows_of(on_day(in_force, view.day), view.day, view.ledger, unread)
            side.update(units_of(settled_tracks(rows, view.scenario, view.day)))
    in_time = before.day <= after.day
    earlier, later = sides if in_time else sides[::-1]
    gone = [unit for unit in earlier if unit not in later]
    begun = [unit for unit in later if unit not in earlier]
    pairs = dict(after.descents.successions(gone, begun)) if before.day != after.day else {}
    successors = {*pairs.values()}
    ends = ends_of(after.ledger, {unit.proposal for unit in gone})
    for unit, was in earlier.items():
        other = pairs.get(unit, unit)
        is_now = later.get(other, ())
        for part in parts(*((was, is_now) if in_time else (is_now, was)), every=every):
            was_so, is_left = (part.before, part.after) if in_time else (part.after, part.before)
            fate = None if is_left else fate_that_ended(was_so, ends, max(before.day, after.day))
            yield change_of(part, after_is_later=in_time, fate=fate, is_carried=other != unit)
    for unit in begun:
        if unit not in successors:
            is_now = later[unit]
            change = ("added", (), is_now) if in_time else ("ended", is_now, ())
            yield change_of(new(Part, change), after_is_later=in_time)


def _in_force(before: View, after: View, *, every: bool) -> Iterator[tuple[list[Line], LeftUnread | None]]:
    """Yield the lines in force on either day, or those of tracks that may differ between them, with what reads them.

    Only where every change is asked for is it compared on what evidence anything was said: else that is left unread.
    """
    ledger, stated = after.ledger, after.stated
    days, ordered = (before.day, before.day, after.day, after.day), sorted((before.day, after.day))
    if every:
        yield lines(ledger, IN_FORCE_ON_EITHER, *days, stated=stated), None
        return
    for table in ledger.parts.each():
        yield briefly(ledger, maybe_changed(table), *days, *days, *ordered, stated=stated, table=table)
