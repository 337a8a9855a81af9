"""Echoes: inferred support that says no more than the undertaking that it was inferred from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.vocabulary import UNDERTAKINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.rows import Row


def without_echoes(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of an answer, in their order, without the inferred support that echoes an undertaking among them.

    Whoever pledges, allocates or delivers something supports it. Where the answer has the undertaking in it, that
    support is no news; where it has not, as in `who supports`, it stays. The graph and the page keep every row.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> view = View(load("graphs/ukraine-troops"), as_of="2026-01-10")
    >>> rows = view.rows("actor = ? AND proposal = ?", "uk", "ceasefire-monitoring")
    >>> [(row.position, row.basis) for row in rows], [row.position for row in without_echoes(rows)]
    ([('supports', 'inferred'), ('pledges', 'stated')], ['pledges'])
    """
    rows = tuple(rows)
    undertakings = {(row.actor, row.proposal, row.position) for row in rows if row.position in UNDERTAKINGS}
    return tuple(row for row in rows if _undertaking(row) not in undertakings)


def _undertaking(row: Row) -> tuple[str, str, str] | None:
    """Return what a row echoes, if it is inferred from nothing but an undertaking on its own proposal."""
    is_echo = bool(row.because) and all(step.proposal == row.proposal for step in row.because)
    return (row.actor, row.proposal, row.because[0].position) if is_echo else None
