"""Disputes with both sides of each, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.disputes import DISPUTES
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import because, cite, dateline, held, leads, legend
from actorgraph.render.who import ROW_COLUMNS, row_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.disputes import Dispute, Disputes
    from actorgraph.questions.rows import Row

DISPUTE_COLUMNS: Final = ("dispute", "side", *ROW_COLUMNS)

DISPUTE_HEADINGS: Final = ("DISPUTE", "SIDE", "EVIDENCE")


def disputes_grids(told: Disputes, ledger: Ledger) -> tuple[Grid, ...]:
    """Return disputes as a table: both sides of each, with their evidence."""
    target = told.query.get("target")
    about = f" about {ledger.resolve(target, 'actor', 'proposal').name}" if target else ""
    above = (f"What the record disagrees on{about}", dateline(told, ledger))
    if not told.disputes:
        lead = leads(told, ledger, target) if target and not ledger.named(target, "proposal") else ()
        return (Grid(above, (), (), below=("No disputes on record for that day.", *lead)),)
    lines, tones = dispute_lines(told.disputes, ledger)
    kinds = dict.fromkeys(one.dispute for one in told.disputes)
    rows = [row for one in told.disputes for side in one.sides for row in side]
    meanings = tuple(f"{kind}: {DISPUTES[kind]}." for kind in kinds)
    return (
        Grid(above, DISPUTE_HEADINGS, lines, frozenset({1, 2}), 0, tones, below=(*meanings, *legend(rows, ledger))),
    )


def dispute_lines(disputes: Iterable[Dispute], ledger: Ledger) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return a line for each row of each side of disputes, and the tones of these lines."""
    titles = ledger.names("proposal")
    lines = [
        (one.dispute if number == 0 else "against", _side(row), _reasons(row, titles))
        for one in disputes
        for number, side in enumerate(one.sides)
        for row in side
    ]
    return tuple(lines), tuple("harm" if line[0] != "against" else "heading" for line in lines)


def _side(row: Row) -> str:
    return f"{row.actor_name} on {row.proposal_title}: {held(row)}, since {row.since}"


def _reasons(row: Row, titles: Mapping[str, str]) -> str:
    return "\n".join((*([because(row, titles)] if row.because else []), *map(cite, row.evidence)))


def dispute_records(told: Disputes) -> list[dict[str, object]]:
    """Return the rows of every side as flat records with the columns of `DISPUTE_COLUMNS`; sides count from 1."""
    return [
        {"dispute": one.dispute, "side": number, **record}
        for one in told.disputes
        for number, side in enumerate(one.sides, start=1)
        for record in row_records(told, side)
    ]
