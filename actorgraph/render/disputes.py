"""Disputes with both sides of each, as tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from actorgraph.questions.disputes import DISPUTES, rows_of_disputes
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.nearest import nearest_lines
from actorgraph.render.phrases import (
    Names,
    addressed,
    because,
    conditions_in,
    dateline,
    grades_in,
    since,
    standing,
    under,
)
from actorgraph.render.totals import total
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.disputes import Dispute, Disputes
    from actorgraph.questions.rows import Row


def disputes_grids(answer: Disputes, model: str | None) -> tuple[Grid, ...]:
    """Return disputes as a table: both sides of each, with their evidence.

    `model` is the path of the model as it was named, for the command that tells more of it.
    """
    target = answer.query.get("target")
    names = Names(answer.about)
    is_actor = answer.about.target_type == "actor"
    title = "Where the record disagrees with itself"
    if target:
        title = f"{names.actor(target)}: w{title[1:]}" if is_actor else f"{title} on {names.title(target)}"
    above = (title, dateline(answer))
    if not answer.disputes:
        return (
            Grid(
                above,
                (),
                (),
                below=(f"No disputes on record for that day{under(answer)}.", *nearest_lines(answer, names, model)),
            ),
        )
    evidence = Citations()
    grid = disputes_grid(answer.disputes, names, evidence)
    below = (*legend(answer), *grades_in(evidence.cited), disputes_total(answer.disputes))
    return grid._replace(above=above), *evidence.grid(*below)


def legend(answer: Disputes) -> tuple[str, ...]:
    """Return what the kinds of disputes in an answer mean, and the conditions in them."""
    kinds = dict.fromkeys(dispute.dispute for dispute in answer.disputes)
    meanings = tuple(f"{kind}: {DISPUTES[kind]}." for kind in kinds)
    return *meanings, *conditions_in(answer, rows_of_disputes(answer.disputes))


def disputes_grid(disputes: Iterable[Dispute], names: Names, evidence: Citations) -> Grid:
    """Return a line for each row of each side of disputes; what a side shares with the first is said once.

    Beside each stands to whom it is said, or of what was inferred why.
    """
    lines: list[tuple[str, str, Row]] = []
    for dispute in disputes:
        first = dispute.sides[0][0]
        for number, side in enumerate(dispute.sides):
            for row in side:
                kind = "against" if number else dispute.dispute
                lines.append(
                    (
                        kind,
                        _named(row, first, names) + standing(_unmarked(row, dispute)._replace(toward=()), names),
                        row,
                    )
                )
    return Grid(
        (),
        ("DISPUTE", "SIDE", "SINCE", "NB"),
        tuple(
            (kind, side, since(row), addressed(row, names) or because(row, names, dated=False))
            for kind, side, row in lines
        ),
        frozenset({1, 3}),
        0,
        tuple("heading" if kind == "against" else "harm" for kind, _, _ in lines),
        keyed=frozenset({3}),
        evidence=tuple(evidence.of(row) for _, _, row in lines),
    )


def _named(row: Row, first: Row, names: Names) -> str:
    """Return who holds something, and on what; of both only what differs from the first row of the dispute."""
    actor, proposal = names.actor(row.actor), names.proposal(row.proposal)
    if row is first:
        return f"{actor} on {proposal}: "
    parts = [actor] * (row.actor != first.actor) + [proposal] * (row.proposal != first.proposal)
    return f"{' on '.join(parts)}: " if parts else ""


def _unmarked(row: Row, dispute: Dispute) -> Row:
    """Return a row of a contest, which need not be called contested again, unless only the order is unknown."""
    return row._replace(contested=False) if dispute.dispute == "contested" and row.contest != "order" else row


def disputes_total(disputes: Iterable[Dispute]) -> str:
    """Return how many disputes there are, by kind."""
    disputes = tuple(disputes)
    count = Counter(dispute.dispute for dispute in disputes)
    return total(counted(len(disputes), "dispute"), [f"{count[kind]:,} {kind}" for kind in DISPUTES if count[kind]])
