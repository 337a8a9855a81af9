"""Changes between two dates or scenarios, as tables: changed minds first, then what is new, then what is gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.questions.changes import MIRROR, rows_of_changes
from actorgraph.render.evidence import Evidence
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, conditions_in, dateline, grades_in, standing
from actorgraph.render.totals import counted, total
from actorgraph.render.who import BY_IMPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.changes import Change
    from actorgraph.questions.diff import Changes
    from actorgraph.questions.rows import Row

CHANGE_TONES: Final = {
    "added": "for",
    "strengthened": "for",
    "toward-support": "for",
    "ended": "against",
    "weakened": "against",
    "toward-opposition": "against",
    "reversed": "harm",
}


def changes_grids(answer: Changes) -> tuple[Grid, ...]:
    """Return changes as tables: what changed, for whom, and both sides."""
    query = answer.query
    one_day = "base_assume" in query and query["from"] == query["to"]
    asked = "What the scenario changes" if one_day else f"What changed from {query['from']} to {query['to']}"
    above = (asked, dateline(answer, dated=one_day))
    if not answer.changes:
        return (Grid(above, (), (), below=("Nothing: the same positions are in force on both sides.",)),)
    evidence = Evidence()
    grids = blocks_of_changes(answer.changes, Names(answer.about), evidence)
    below = (
        *conditions_in(answer, rows_of_changes(answer.changes)),
        *grades_in(evidence.cited),
        changes_total(answer.changes),
    )
    return Grid(above, (), ()), *grids, *evidence.grid(*below)


def blocks_of_changes(changes: Iterable[Change], names: Names, evidence: Evidence) -> tuple[Grid, ...]:
    """Return changes as a table for each block: changed minds, what is new, what is gone, what is only implied."""
    changes = tuple(changes)
    stated = [change for change in changes if not is_implied(change)]
    blocks = (
        ("Changed", [change for change in stated if change.change not in ("added", "ended")]),
        ("New", [change for change in stated if change.change == "added"]),
        ("Gone", [change for change in stated if change.change == "ended"]),
        (BY_IMPLICATION, [change for change in changes if is_implied(change)]),
    )
    return tuple(_block(title, block, names, evidence) for title, block in blocks if block)


def _block(title: str, changes: list[Change], names: Names, evidence: Evidence) -> Grid:
    """Return the lines of a block; the kinds of change stand in it only where they may differ."""
    is_of_one_kind = title in ("New", "Gone")
    lines = tuple(
        (
            *([] if is_of_one_kind else [change.change]),
            names.actor(change.actor),
            f"{on_what(change, names)}: {both_sides(change, names)}",
        )
        for change in changes
    )
    return Grid(
        (title,),
        ("ACTOR", "PROPOSAL: POSITION") if is_of_one_kind else ("CHANGE", "ACTOR", "PROPOSAL: BEFORE → AFTER"),
        lines,
        frozenset({0, 1} if is_of_one_kind else {1, 2}),
        -1 if is_of_one_kind else 0,
        tuple(CHANGE_TONES.get(change.change, "between") for change in changes),
        evidence=tuple(evidence.of(*(change.after or change.before)) for change in changes),
    )


def on_what(change: Change, names: Names) -> str:
    """Return the proposal of a change; of a position that went on to another, both, the earlier first."""
    return " → ".join(map(names.proposal, dict.fromkeys((change.before_proposal, change.proposal))))


def both_sides(change: Change, names: Names) -> str:
    """Return the positions before and after; of what was added or has ended, the one that there is.

    Where nothing was stated, the block or the line is headed so, and no position is called inferred.
    """
    apart = is_implied(change)

    def side(rows: tuple[Row, ...]) -> str:
        return " / ".join(standing(row, names, apart=apart) for row in rows)

    return " → ".join(side(rows) for rows in (change.before, change.after) if rows)


def is_implied(change: Change) -> bool:
    """Whether nothing that was stated is on either side of a change."""
    return change.basis != "stated"


def changes_total(changes: Iterable[Change]) -> str:
    """Return how many changes there are, of what was stated by kind, and beside them of what is implied.

    >>> from actorgraph import diff, load
    >>> changes_total(diff(load("examples/minimal.yaml"), "2025-12", "2026-03"))
    '3 changes: 1 toward-opposition, 1 added, 1 ended.'
    """
    changes = tuple(changes)
    stated = [change for change in changes if not is_implied(change)]
    return total(counted(len(stated), "change"), _kinds(stated), len(changes) - len(stated))


def _kinds(changes: Iterable[Change]) -> list[str]:
    """Return how many changes there are of each kind: changed minds first, then what is new, then what is gone."""
    count = Counter(change.change for change in changes)
    kinds = sorted(MIRROR, key=lambda kind: kind in ("added", "ended"))
    return [f"{count[kind]} {kind}" for kind in kinds if count[kind]]
