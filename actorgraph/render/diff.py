"""Changes between two dates or scenarios, as tables and as flat records for CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.questions.diff import MIRROR
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import cite, dateline, held, legend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.diff import Change, Changes
    from actorgraph.questions.rows import Row

SIDES: Final = (
    "kind",
    "actor",
    "actor_name",
    "proposal",
    "proposal_title",
    "before",
    "before_records",
    "before_evidence",
    "after",
    "after_records",
    "after_evidence",
)

CHANGE_COLUMNS: Final = ("from", "to", "known_by", "assume", "base_assume", "change", *SIDES)

CHANGE_TONES: Final = {
    "added": "for",
    "strengthened": "for",
    "ended": "against",
    "weakened": "against",
    "reversed": "harm",
}


def changes_grid(changes: Changes, ledger: Ledger) -> Grid:
    """Return changes as a table: what changed, for whom, and both sides."""
    query = changes.query
    count = Counter(one.change for one in changes.changes)
    counted = ", ".join(f"{count[name]} {name}" for name in MIRROR if count[name])
    one_day = "base_assume" in query and query["from"] == query["to"]
    asked = "What the scenario changes" if one_day else f"What changed from {query['from']} to {query['to']}"
    above = (asked + f": {counted}" * bool(counted), dateline(changes, ledger, dated=one_day))
    if not changes.changes:
        return Grid(above, (), (), below=("Nothing: the same positions are in force on both sides.",))
    return changes_lines(changes.changes, ledger)._replace(above=above)


def changes_lines(changes: Iterable[Change], *ledgers: Ledger) -> Grid:
    """Return the lines of changes: what changed, for whom, and both sides, maybe of two ledgers."""
    changes = tuple(changes)
    lines = tuple((one.change, one.actor_name, f"{one.proposal_title}: {both_sides(one)}") for one in changes)
    tones = tuple(CHANGE_TONES.get(one.change, "between") for one in changes)
    rows = [row for one in changes for row in (*one.before, *one.after)]
    headings = ("CHANGE", "ACTOR", "PROPOSAL: BEFORE → AFTER")
    return Grid((), headings, lines, frozenset({1, 2}), 0, tones, legend(rows, *ledgers))


def both_sides(change: Change) -> str:
    """Return what was held before and what is held after, with the evidence of what is told."""

    def side(rows: tuple[Row, ...]) -> str:
        return " / ".join(held(row) for row in rows) or "nothing"

    told = change.after or change.before
    evidence = dict.fromkeys(cite(one) for row in told for one in row.evidence)
    return "\n".join((f"{side(change.before)} → {side(change.after)}", *evidence))


def change_records(changes: Changes) -> list[dict[str, object]]:
    """Return changes as flat records with the columns of `CHANGE_COLUMNS`."""
    scenarios = {"assume": changes.assume, "base_assume": changes.query.get("base_assume", changes.assume)}
    asked = {**changes.query, "known_by": changes.known_by, **scenarios}
    return [{**asked, **change_record(one)} for one in changes.changes]


def change_record(one: Change) -> dict[str, object]:
    """Return a change as a flat record: what each side held, on which records and evidence."""
    sides = (("before", one.before), ("after", one.after))
    return {**one._asdict(), **{name: value for side, rows in sides for name, value in _side(side, rows)}}


def _side(side: str, rows: tuple[Row, ...]) -> Iterable[tuple[str, object]]:
    yield side, tuple(map(held, rows))
    yield f"{side}_records", tuple(record for row in rows for record in row.records)
    yield f"{side}_evidence", tuple(dict.fromkeys(cite(one) for row in rows for one in row.evidence))
