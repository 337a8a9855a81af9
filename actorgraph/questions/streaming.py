"""All that is in force on a day by blocks of rows, so that memory does not grow with the table.

What decides about a row (its scenario, its contest, what it echoes) stands in the lines of the same actor on the same
proposal. So lines are read in the order of answers, pairs of actor and proposal are kept together, and each is settled
alone. Only that what was stated stands before all that is inferred takes more: what is inferred waits while it is
little, and is read a second time where it is much.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import new
from actorgraph.questions import sql
from actorgraph.questions.about import Mentions
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.lines import Line
from actorgraph.questions.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.options import Options
    from actorgraph.questions.rows import Row

MOST_WAITING: Final = 20_000
"""How many inferred rows wait in memory until all that was stated has gone by."""


class Streamed(NamedTuple):
    """An answer whose rows come by blocks, each once: `answer` is its envelope, without rows."""

    answer: Answer
    blocks: Iterator[tuple[Row, ...]]

    def records(self) -> Iterator[list[dict[str, object]]]:
        """Yield the flat records of each block, as `Listing.records` has them."""
        for rows in self.blocks:
            yield replace(self.answer, rows=rows).records()


def everything_by_blocks(ledger: Ledger, *, as_of: str | date, **options: Unpack[Options]) -> Streamed:
    """Return every row in force on a day, as `everything` does, in the same order, some thousands at a time.

    Args:
        ledger: The model, opened by `load`; it stays open until the last block.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, what is marked, and to whom and what it is narrowed: see `Options`.

    Returns:
        The answer, without what is only possible, and its rows.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, or a bad date or length of time: at once.

    >>> from actorgraph import load
    >>> whole = everything_by_blocks(load("examples/minimal.yaml"), as_of="2025-12")
    >>> [(row.actor, row.position) for block in whole.blocks for row in block]
    [('fishers-union', 'neutral'), ('harbour-board', 'supports'), ('town-council', 'open')]
    """
    view = View(ledger, as_of=as_of, **options)
    return Streamed(view.answer({"command": "export"}, (), Mentions()), _rows(view))


def _rows(view: View) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of a view: what was stated, then what is inferred."""
    waiting: list[Row] = []
    number = 0
    for rows in _settled(view):
        stated = tuple(row for row in rows if row.basis == "stated")
        inferred = [row for row in rows if row.basis != "stated"]
        number += len(inferred)
        waiting = [*waiting, *inferred] if number <= MOST_WAITING else []
        if stated:
            yield stated
    if waiting:
        yield tuple(waiting)
    elif number:
        for rows in _settled(view, sql.OF_A_PAIR_WITH_SOMETHING_INFERRED):
            yield tuple(row for row in rows if row.basis != "stated")


def _settled(view: View, where: str = "") -> Iterator[tuple[Row, ...]]:
    """Yield the rows of a view, in order, that a condition in SQL on pairs of actor and proposal leaves."""
    admits = view.selection.admits
    for lines in _pairs(view, where):
        with no_garbage_collection():
            rows = without_echoes(view.settled([line for line in lines if admits(line.actor, line.proposal)]))
        yield rows


def _pairs(view: View, where: str) -> Iterator[list[Line]]:
    """Yield lines in force, by actors and proposals: all those of an actor on a proposal come together."""
    text = sql.select_lines_in_order(Line._fields, sql.in_force(where), stated=view.stated)
    left: list[Line] = []
    for block in view.ledger.blocks(text, (view.day, view.day)):
        left += [new(Line, line) for line in block]
        last = _pair(left[-1])
        whole = next((at for at in range(len(left), 0, -1) if _pair(left[at - 1]) != last), 0)
        if whole:
            yield left[:whole]
            left = left[whole:]
    if left:
        yield left


def _pair(line: Line) -> tuple[str, str]:
    return line.actor, line.proposal
