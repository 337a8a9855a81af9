"""Disputes with both sides of each, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import held
from actorgraph.questions.disputes import DISPUTES, rows_of_disputes
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, dateline, leads, legend, reasons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.disputes import Dispute, Disputes
    from actorgraph.questions.rows import Row

DISPUTE_HEADINGS: Final = ("DISPUTE", "SIDE", "EVIDENCE")


def disputes_grids(answer: Disputes) -> tuple[Grid, ...]:
    """Return disputes as a table: both sides of each, with their evidence."""
    target = answer.query.get("target")
    names = Names(answer.about)
    is_actor = answer.about.target_type == "actor"
    about = "" if not target else f" about {names.actor(target) if is_actor else names.proposal(target)}"
    above = (f"Where the record disagrees with itself{about}", dateline(answer))
    if not answer.disputes:
        lead = leads(answer, str(target), names) if is_actor else ()
        return (Grid(above, (), (), below=("No disputes on record for that day.", *lead)),)
    lines, tones = dispute_lines(answer.disputes, names)
    kinds = dict.fromkeys(dispute.dispute for dispute in answer.disputes)
    below = (*(f"{kind}: {DISPUTES[kind]}." for kind in kinds), *legend(answer, rows_of_disputes(answer.disputes)))
    return (Grid(above, DISPUTE_HEADINGS, lines, frozenset({1, 2}), 0, tones, below),)


def dispute_lines(disputes: Iterable[Dispute], names: Names) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return a line for each row of each side of disputes, and the tones of these lines."""
    lines = [
        (dispute.dispute if number == 0 else "against", _row(row, names), reasons(row, names))
        for dispute in disputes
        for number, side in enumerate(dispute.sides)
        for row in side
    ]
    return tuple(lines), tuple("harm" if line[0] != "against" else "heading" for line in lines)


def _row(row: Row, names: Names) -> str:
    return f"{names.actor(row.actor)} on {names.proposal(row.proposal)}: {held(row)}, since {row.since}"
