"""Disputes with both sides of each, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.disputes import DISPUTES
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import dateline, held, leads, legend, names_of, reasons
from actorgraph.render.who import ROW_COLUMNS, row_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.disputes import Dispute, Disputes
    from actorgraph.questions.rows import Row
    from actorgraph.render.phrases import Names

DISPUTE_COLUMNS: Final = ("dispute", "side", *ROW_COLUMNS)

DISPUTE_HEADINGS: Final = ("DISPUTE", "SIDE", "EVIDENCE")


def disputes_grids(answer: Disputes, ledger: Ledger) -> tuple[Grid, ...]:
    """Return disputes as a table: both sides of each, with their evidence."""
    target = answer.query.get("target")
    names = names_of(ledger)
    is_actor = bool(target) and not ledger.named(str(target), "proposal")
    about = "" if not target else f" about {names.actor(target) if is_actor else names.proposal(target)}"
    above = (f"Where the record disagrees with itself{about}", dateline(answer, ledger))
    if not answer.disputes:
        lead = leads(answer, ledger, str(target), names) if is_actor else ()
        return (Grid(above, (), (), below=("No disputes on record for that day.", *lead)),)
    lines, tones = dispute_lines(answer.disputes, names)
    kinds = dict.fromkeys(dispute.dispute for dispute in answer.disputes)
    rows = [row for dispute in answer.disputes for side in dispute.sides for row in side]
    below = (*(f"{kind}: {DISPUTES[kind]}." for kind in kinds), *legend(rows, ledger))
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


def dispute_records(told: Disputes) -> list[dict[str, object]]:
    """Return the rows of every side as flat records with the columns of `DISPUTE_COLUMNS`; sides count from 1."""
    return [
        {"dispute": one.dispute, "side": number, **record}
        for one in told.disputes
        for number, side in enumerate(one.sides, start=1)
        for record in row_records(told, side)
    ]
