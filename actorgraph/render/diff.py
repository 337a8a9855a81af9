"""Changes between two dates or scenarios, as tables: changed minds first, then what is new, then what is gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import in_table
from actorgraph.questions.changes import rows_of_changes
from actorgraph.questions.kinds_of_change import MIRROR
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, addressed, conditions_in, dateline, grades_in, standing
from actorgraph.render.totals import total
from actorgraph.render.who import BY_IMPLICATION
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.questions.changes import Change
    from actorgraph.questions.diff import Changes
    from actorgraph.questions.envelope import Envelope
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
    return tables_of_changes(above, answer, answer.changes, backwards=not one_day and query["from"] > query["to"])


def tables_of_changes(
    above: tuple[str, ...], answer: Envelope[Any], changes: tuple[Change, ...], *, backwards: bool = False
) -> tuple[Grid, ...]:
    """Return changes that stand in an answer as `blocks_of_changes` does, with their evidence and total below."""
    evidence = Citations()
    grids = blocks_of_changes(changes, Names(answer.about), evidence, backwards=backwards)
    below = (
        *conditions_in(answer, rows_of_changes(changes)),
        *grades_in(evidence.cited),
        changes_total(changes),
    )
    return Grid(above, (), ()), *grids, *evidence.grid(*below)


def blocks_of_changes(
    changes: Iterable[Change], names: Names, evidence: Citations, *, backwards: bool = False
) -> tuple[Grid, ...]:
    """Return changes as a table for each block: changed minds, what is new, what is gone, what is only implied.

    The date of a change is when the later side begins, or where that is empty the earlier one ended. So from a day
    `backwards` it is not since when what is new holds, nor until when what is gone held.
    """
    return tuple(_block(title, block, names, evidence, backwards=backwards) for title, block in in_blocks(changes))


def in_blocks(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield the blocks of changes that there are, each with its title: what is printed first comes first."""
    changes = tuple(changes)
    stated = [change for change in changes if not is_implied(change)]
    blocks = (
        ("Changed", [change for change in stated if change.change not in ("added", "ended")]),
        ("New", [change for change in stated if change.change == "added"]),
        ("Gone", [change for change in stated if change.change == "ended"]),
        (BY_IMPLICATION, [change for change in changes if is_implied(change)]),
    )
    return ((title, block) for title, block in blocks if block)


def _block(title: str, changes: list[Change], names: Names, evidence: Citations, *, backwards: bool) -> Grid:
    """Return the lines of a block; the kinds of change stand in it only where they may differ."""
    is_of_one_kind = title in ("New", "Gone")
    lines = [_line(of_line, names) for of_line in by_fate(changes)]
    first = 0 if is_of_one_kind else 1
    return Grid(
        (title,),
        (
            *([] if is_of_one_kind else ["CHANGE"]),
            "ACTOR",
            "PROPOSAL: POSITION" if is_of_one_kind else "PROPOSAL: BEFORE → AFTER",
            "DATE" if backwards else {"Gone": "UNTIL", BY_IMPLICATION: "DATE"}.get(title, "SINCE"),
        ),
        tuple(line.cells[1 - first :] for line in lines),
        frozenset({first, first + 1, first + 2}),
        first - 1,
        tuple(CHANGE_TONES.get(line.cells[0], "between") for line in lines),
        keyed=frozenset({first + 2}),
        evidence=tuple(evidence.of(*line.rows) for line in lines),
    )


class _Line(NamedTuple):
    """A line of changes: the kind of change, whose, what, and since when; and the rows that it rests on."""

    cells: tuple[str, str, str, str]
    rows: tuple[Row, ...]


def _line(changes: list[Change], names: Names) -> _Line:
    """Return the line of a change, or of all that ended with one proposal."""
    change = changes[0]
    on, date = on_what(change, names), " / ".join(map(in_table, dates_of(change)))
    rows = tuple(row for change in changes for row in change.after or change.before)
    if len(changes) > 1:
        actors = counted(len({change.actor for change in changes}), "actor")
        return _Line((change.change, actors, f"{on} {ended_with(changes)}", date), rows)
    to = addressees(change, names) if date else ""
    if to:
        change = without_addressees(change)
    dated = ", ".join(filter(None, (date, to)))
    return _Line((change.change, names.actor(change.actor), f"{on}: {both_sides(change, names)}", dated), rows)


def dates_of(change: Change) -> list[str]:
    """Return when a change was made, as curated; of several positions that are new or gone when each was.

    They are in the order of the positions. A position keeps its date where another of its actor came or went later.
    """
    ends = [row.since_date for row in change.after] or [row.until_date for row in change.before]
    dates = [date for date in ends if date]
    if change.change in ("added", "ended") and len(dates) == len(ends) and len(set(dates)) > 1:
        return dates
    return [change.date] if change.date else []


def by_fate(changes: Iterable[Change]) -> list[list[Change]]:
    """Return changes in their order, each alone, but together what ended with one proposal: it is printed once.

    What comes back with it, from a later day to an earlier one, is told position by position.
    """
    groups: dict[object, list[Change]] = {}
    for number, change in enumerate(changes):
        key = (change.proposal, change.fate, change.date) if change.fate and change.change == "ended" else number
        groups.setdefault(key, []).append(change)
    return list(groups.values())


def ended_with(changes: list[Change]) -> str:
    """Return how many positions ended with a proposal, and what became of it."""
    return f"{changes[0].fate}: {counted(len(changes), 'position')} ended"


def addressees(change: Change, names: Names) -> str:
    """Return toward whom a change is, where that is the same on both sides; else nothing."""
    rows = (*change.before, *change.after)
    return addressed(rows[0], names) if len({row.toward for row in rows}) == 1 else ""


def without_addressees(change: Change) -> Change:
    """Return a change without the addressees of its rows, where these are printed beside it."""
    before, after = (tuple(row._replace(toward=()) for row in rows) for rows in (change.before, change.after))
    return change._replace(before=before, after=after)


def without_ends(change: Change) -> Change:
    """Return a change without the ends of its rows: day by day, an end is printed on its day, and none lies ahead."""
    before, after = (
        tuple(row._replace(until=None, until_date=None) for row in rows) for rows in (change.before, change.after)
    )
    return change._replace(before=before, after=after)


def on_what(change: Change, names: Names) -> str:
    """Return the proposal of a change; of a position that went on to another, both, the earlier first."""
    return " → ".join(map(names.proposal, dict.fromkeys((change.before_proposal, change.proposal))))


def both_sides(change: Change, names: Names, *, apart: bool = True) -> str:
    """Return the positions before and after; of what was added or has ended, the one that there is.

    When the side before ended is the date of the change, and the fate of the proposal, if it ended with that, stands
    behind it. Where nothing was stated, the block or the line is headed so, and no position is called inferred, unless
    it does not stand `apart`.
    """
    apart = apart and is_implied(change)

    def side(rows: Iterable[Row]) -> str:
        return " / ".join(standing(row, names, apart=apart) for row in rows)

    before = [row._replace(until_date=None) for row in change.before]
    fate = f"; text {change.fate}" if change.fate else ""
    return " → ".join(side(rows) for rows in (before, change.after) if rows) + fate


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
    return [f"{count[kind]:,} {kind}" for kind in kinds if count[kind]]
