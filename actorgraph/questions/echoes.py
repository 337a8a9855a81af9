"""Echoes: inferred support that says no more than the undertaking that it was inferred from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from actorgraph.questions.rows import are_all_stated
from actorgraph.vocabulary import UNDERTAKINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from actorgraph.questions.changes import Change
    from actorgraph.questions.rows import Row


def without_echoes(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of an answer, in their order, without the inferred support that echoes an undertaking among them.

    Whoever pledges, allocates or delivers something supports it. Where the answer has the undertaking in it, that
    support is no news; where it has not, as in `who supports`, it stays. Graphs keep every row, and the page has
    it in the details of its track alone.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> view = View(load("graphs/ukraine-troops"), as_of="2026-01-10")
    >>> rows = view.rows("actor = ? AND proposal = ?", "uk", "ceasefire-monitoring")
    >>> [(row.position, row.basis) for row in rows], [row.position for row in without_echoes(rows)]
    ([('supports', 'inferred'), ('pledges', 'stated')], ['pledges'])
    """
    rows = tuple(rows)
    if are_all_stated(rows):  # only what is inferred echoes
        return rows
    is_echo = _echo_of(rows)
    return tuple([row for row in rows if row.basis == "stated" or not is_echo(row)])


def changes_without_echoes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes, in their order, without those of support that echoes an undertaking which changes among them.

    >>> from actorgraph import diff, load
    >>> moved = diff(load("graphs/ukraine-troops"), "2025-12-30", "2026-01-10")
    >>> [(one.kind, one.change) for one in moved if (one.actor, one.proposal) == ("uk", "skies-and-seas")]
    [('commitment', 'added')]
    """
    changes = tuple(changes)
    if all(change.basis == "stated" for change in changes):  # only what is inferred echoes
        return changes
    undertaken = (change for change in changes if change.kind == "commitment")
    is_echo = echoes_among(row for change in undertaken for row in (*change.before, *change.after))
    return tuple([change for change in changes if change.basis == "stated" or not is_echo(change)])


def echoes_among(rows: Iterable[Row]) -> Callable[[Change], bool]:
    """Return what tells whether a change is of nothing but support that echoes an undertaking among some rows."""
    is_echo = _echo_of(rows)
    return lambda change: all(map(is_echo, (*change.before, *change.after)))


def _echo_of(rows: Iterable[Row]) -> Callable[[Row], bool]:
    """Return what tells whether a row is inferred from nothing but an undertaking, among some rows, on its proposal.

    Its chain is read only where its actor undertakes something there.
    """
    stages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.position in UNDERTAKINGS:
            stages[row.actor, row.proposal].add(row.position)

    def is_echo(row: Row) -> bool:
        proposal = row.proposal
        undertaken = stages.get((row.actor, proposal))
        if undertaken is None or row.basis == "stated" or row.kind != "stance":
            return False
        because = row.because
        on_the_same = bool(because) and all(step.proposal == proposal for step in because)
        return on_the_same and because[0].position in undertaken

    return is_echo
