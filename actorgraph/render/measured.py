"""What stands below the tables of every measure: what counts, what is left out, and the records behind the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.counting import ALTERNATIVES
from actorgraph.render.evidence import Citations
from actorgraph.render.phrases import conditions_in, grades_in, on_conditions
from actorgraph.render.who import rows_grids
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from typing import Any

    from actorgraph.analysis.measured import Measured
    from actorgraph.questions.pledges import Pledges
    from actorgraph.render.grid import Grid
    from actorgraph.render.phrases import Names

IN_WORDS: Final = {ALTERNATIVES: "one way or another"}
"""What reasons for which a stance does not count are called, as `tally` does, where it is not by their own names."""


def number(value: float | None) -> str:
    """Return a share or an index as tables print it, with two digits; a dash where there is none.

    >>> number(0.625), number(-0.5), number(None)
    ('0.63', '−0.50', '–')
    """
    if value is None:
        return "–"
    text = f"{abs(value) + 1e-9:.2f}"  # people round half up
    return f"−{text}" if value < 0 and text != "0.00" else text


def what_counts(answer: Measured[Any], noun: str = "position") -> str:
    """Return the last line of every measure: what counts, of how many, who takes none, and what is left out.

    >>> from actorgraph import load
    >>> from actorgraph.analysis.measured import Measured, head_of
    >>> from actorgraph.analysis.counting.positions import positions
    >>> stand = positions(load("examples/minimal.yaml"), as_of="2026-06")
    >>> what_counts(Measured(*head_of(stand, {"command": "align"})))
    '2 positions of 2 actors, stated and uncontested; 2 other actors take none.'
    """
    others = f"; {counted(answer.others, 'other actor')} {'takes' if answer.others == 1 else 'take'} none"
    others += " that counts" * any(answer.left_out.values())
    stated = ", stated and uncontested" if noun == "position" else ""  # a statement was made, whoever contests it
    if conditions := on_conditions(answer.conditional or 0, answer.counted):
        stated += f", {conditions}"
    return (
        f"{counted(answer.counted, noun)} of {counted(answer.speaking, 'actor')}{stated}"
        f"{others * bool(answer.others)}{left_out(answer)}."
    )


def left_out(answer: Measured[Any]) -> str:
    """Return how many stances do not count, by the reason, as the end of a sentence; nothing where all count."""
    reasons = ", ".join(
        f"{number:,} {IN_WORDS.get(reason, reason)}" for reason, number in answer.left_out.items() if number
    )
    return f"; left out: {reasons}" if reasons else ""


def behind(answer: Measured[Any] | Pledges, names: Names) -> tuple[Grid, ...]:
    """Return the rows behind the numbers of a measure with their evidence; no table where nobody asked for them."""
    if not answer.rows:
        return ()
    evidence = Citations()
    grids = rows_grids(("The records behind the numbers",), answer.rows, ("ACTOR", "PROPOSAL"), names, evidence)
    return *grids, *evidence.grid(*conditions_in(answer, answer.rows), *grades_in(evidence.cited))
