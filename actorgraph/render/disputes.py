"""Disputes with both sides of each, as tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from actorgraph.questions.disputes import DISPUTES, rows_of_disputes
from actorgraph.render.evidence import Evidence
from actorgraph.render.grid import Grid
from actorgraph.render.nearest import nearest_lines
from actorgraph.render.phrases import Names, because, conditions_in, dateline, grades_in, since, standing
from actorgraph.render.totals import counted, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.disputes import Dispute, Disputes
    from actorgraph.questions.rows import Row


def disputes_grids(answer: Disputes) -> tuple[Grid, ...]:
    """Return disputes as a table: both sides of each, with their evidence."""
    target = answer.query.get("target")
    names = Names(answer.about)
    is_actor = answer.about.target_type == "actor"
    about = "" if not target else f" about {names.actor(target) if is_actor else names.title(target)}"
    above = (f"Where the record disagrees with itself{about}", dateline(answer))
    if not answer.disputes:
        return (Grid(above, (), (), below=("No disputes on record for that day.", *nearest_lines(answer, names))),)
    kinds = dict.fromkeys(dispute.dispute for dispute in answer.disputes)
    evidence = Evidence()
    grid = disputes_grid(answer.disputes, names, evidence)
    below = (
        *(f"{kind}: {DISPUTES[kind]}." for kind in kinds),
        *conditions_in(answer, rows_of_disputes(answer.disputes)),
        *grades_in(evidence.cited),
        disputes_total(answer.disputes),
    )
    return grid._replace(above=above), *evidence.grid(*below)


def disputes_grid(disputes: Iterable[Dispute], names: Names, evidence: Evidence) -> Grid:
    """Return a line for each row of each side of disputes; what a side shares with the first is said once."""
    rows = [
        (
            dispute.dispute if number == 0 else "against",
            row,
            None if row is dispute.sides[0][0] else dispute.sides[0][0],
        )
        for dispute in disputes
        for number, side in enumerate(dispute.sides)
        for row in side
    ]
    return Grid(
        (),
        ("DISPUTE", "SIDE", "SINCE", "WHY"),
        tuple(
            (kind, _side(row, first, names), since(row), because(row, names, dated=False)) for kind, row, first in rows
        ),
        frozenset({1, 3}),
        0,
        tuple("heading" if kind == "against" else "harm" for kind, _, _ in rows),
        keyed=frozenset({3}),
        evidence=tuple(evidence.of(row) for _, row, _ in rows),
    )


def _side(row: Row, first: Row | None, names: Names) -> str:
    """Return who holds what; of whom and on what only where that differs from the first row of the dispute."""
    actor, proposal = names.actor(row.actor), names.proposal(row.proposal)
    if first is None:
        named = f"{actor} on {proposal}"
    else:
        parts = [actor] * (row.actor != first.actor) + [proposal] * (row.proposal != first.proposal)
        named = " on ".join(parts)
    return f"{named}: {standing(row, names)}" if named else standing(row, names)


def disputes_total(disputes: Iterable[Dispute]) -> str:
    """Return how many disputes there are, by kind."""
    disputes = tuple(disputes)
    count = Counter(dispute.dispute for dispute in disputes)
    return total(counted(len(disputes), "dispute"), [f"{count[kind]} {kind}" for kind in DISPUTES if count[kind]])
