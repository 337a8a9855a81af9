"""Drawings of a part: `--focus` and `--top`, which several formats take, and when a record is too large for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import Option

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger

TOP: Final = Option(
    "top", "only so many actors and proposals: the strongest around the focus, or of the whole record.", "N"
)
FOCUS: Final = Option(
    "focus", "only the strongest around this actor or proposal.", "NAME", completes=("actor", "proposal")
)
OF_PART: Final = (FOCUS, TOP)

MOST_POSITIONS: Final = 50_000
"""How many positions a page may have. One of so many takes 45 s to make and four to open (measured: 51,000 positions
of 50,000 records, 5 MB), and the drawing is one that nobody can read."""


def in_focus(ledger: Ledger, focus: str | None, top: str | None) -> Ledger:
    """Return the part of a record that is asked for, and tell what it leaves out; the whole where none is asked for.

    Raises `UsageProblem` for a name that nothing answers to, and for a number that is none.
    """
    if focus is None and top is None:
        return ledger
    from actorgraph.questions.strongest import USUAL, part_in_focus

    part = part_in_focus(ledger, focus, top=USUAL if top is None else _number(top))
    part.notice = ledger.notice
    if part.left_out is not None:
        part.notice(part.left_out)
    return part


def must_fit_a_page(ledger: Ledger) -> None:
    """Raise `UsageProblem` where a record is too large for a page, with the way to a smaller one."""
    from actorgraph.questions.strongest import positions_on_record

    number = positions_on_record(ledger)
    if number > MOST_POSITIONS:
        most = f"a page can show {MOST_POSITIONS:,}"
        way = "--focus NAME --top 50 takes the strongest around an actor or a proposal, --top 50 those of all"
        raise UsageProblem(f"the record has {number:,} positions, and {most}; {way}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageProblem(f"--top {quoted(text)} is no whole number")
    return int(text)
