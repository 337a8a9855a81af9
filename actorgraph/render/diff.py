"""Changes between two dates or scenarios, as tables and as flat records for CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.questions.diff import MIRROR
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import citations, cite, dateline, held, legend, names_of

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


def changes_grid(answer: Changes, ledger: Ledger) -> Grid:
    """Return changes as a table: what changed, for whom, and both sides."""
    query = answer.query
    count = Counter(change.change for change in answer.changes)
    counted = ", ".join(f"{count[kind]} {kind}" for kind in MIRROR if count[kind])
    one_day = "base_assume" in query and query["from"] == query["to"]
    asked = "What the scenario changes" if one_day else f"What changed from {query['from']} to {query['to']}"
    above = (asked + f": {counted}" * bool(counted), dateline(answer, ledger, dated=one_day))
    if not answer.changes:
        return Grid(above, (), (), below=("Nothing: the same positions are in force on both sides.",))
    return changes_lines(answer.changes, ledger)._replace(above=above)


def changes_lines(changes: Iterable[Change], *ledgers: Ledger) -> Grid:
    """Return the lines of changes: what changed, for whom, and both sides, maybe of two ledgers."""
    changes = tuple(changes)
    names = names_of(*ledgers)
    lines = tuple(
        (change.change, names.actor(change.actor), f"{names.proposal(change.proposal)}: {both_sides(change)}")
        for change in changes
    )
    tones = tuple(CHANGE_TONES.get(change.change, "between") for change in changes)
    rows = [row for change in changes for row in (*change.before, *change.after)]
    headings = ("CHANGE", "ACTOR", "PROPOSAL: BEFORE → AFTER")
    return Grid((), headings, lines, frozenset({1, 2}), 0, tones, legend(rows, *ledgers))


def both_sides(change: Change) -> str:
    """Return the positions before and after, with the evidence of the later side that there is."""

    def side(rows: tuple[Row, ...]) -> str:
        return " / ".join(map(held, rows)) or "nothing"

    evidence = dict.fromkeys(line for row in change.after or change.before for line in citations(row.evidence))
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
