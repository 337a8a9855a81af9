"""Changes between two dates or scenarios, as tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from actorgraph.questions.cells import held
from actorgraph.questions.diff import MIRROR, rows_of_changes
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, citations, dateline, legend

if TYPE_CHECKING:
    from actorgraph.questions.diff import Change, Changes
    from actorgraph.questions.envelope import Envelope
    from actorgraph.questions.rows import Row

CHANGE_TONES: Final = {
    "added": "for",
    "strengthened": "for",
    "ended": "against",
    "weakened": "against",
    "reversed": "harm",
}


def changes_grid(answer: Changes) -> Grid:
    """Return changes as a table: what changed, for whom, and both sides."""
    query = answer.query
    count = Counter(change.change for change in answer.changes)
    counted = ", ".join(f"{count[kind]} {kind}" for kind in MIRROR if count[kind])
    one_day = "base_assume" in query and query["from"] == query["to"]
    asked = "What the scenario changes" if one_day else f"What changed from {query['from']} to {query['to']}"
    above = (asked + f": {counted}" * bool(counted), dateline(answer, dated=one_day))
    if not answer.changes:
        return Grid(above, (), (), below=("Nothing: the same positions are in force on both sides.",))
    return changes_lines(answer, answer.changes)._replace(above=above)


def changes_lines(answer: Envelope[Any], changes: tuple[Change, ...]) -> Grid:
    """Return the lines of changes in an answer: what changed, for whom, and both sides."""
    names = Names(answer.about)
    lines = tuple(
        (change.change, names.actor(change.actor), f"{names.proposal(change.proposal)}: {both_sides(change)}")
        for change in changes
    )
    tones = tuple(CHANGE_TONES.get(change.change, "between") for change in changes)
    headings = ("CHANGE", "ACTOR", "PROPOSAL: BEFORE → AFTER")
    return Grid((), headings, lines, frozenset({1, 2}), 0, tones, legend(answer, rows_of_changes(changes)))


def both_sides(change: Change) -> str:
    """Return the positions before and after, with the evidence of the later side that there is."""

    def side(rows: tuple[Row, ...]) -> str:
        return " / ".join(map(held, rows)) or "nothing"

    evidence = dict.fromkeys(line for row in change.after or change.before for line in citations(row.evidence))
    return "\n".join((f"{side(change.before)} → {side(change.after)}", *evidence))
