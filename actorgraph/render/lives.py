"""What became of a proposal, in a sentence, where the day that is asked about lies outside its life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.dates import in_sentence
from actorgraph.questions.cells import several

if TYPE_CHECKING:
    from actorgraph.questions.envelope import Life
    from actorgraph.render.phrases import Names


def outside_its_life(life: Life | None, names: Names) -> tuple[str, ...]:
    """Return that a proposal is not on the table yet, or no longer; nothing where it is, or where nothing is known.

    >>> from actorgraph.questions.envelope import Life
    >>> from actorgraph import load, who
    >>> from actorgraph.render.phrases import Names
    >>> names = Names(who(load("examples/minimal.yaml"), "any", "harbour", as_of="2026").about)
    >>> outside_its_life(Life("2024-03", None, None, (), "before"), names)
    ('Not on the table before March 2024.',)
    >>> outside_its_life(Life("2024-03", "2024-06-01", "superseded", ("harbour",), "after"), names)
    ('Superseded: off the table since 1 June 2024. ‘A deep-water harbour’ succeeds it.',)
    """
    if life is None or life.outside is None:
        return ()
    if life.outside == "before":
        return (f"Not on the table before {in_sentence(str(life.since_date))}.",)
    end = f"{str(life.fate).capitalize()}: off the table since {in_sentence(str(life.until_date))}."
    goes_on = " What was said of it goes on." if life.fate == "adopted" else ""
    titles = [f"‘{names.proposal(key)}’" for key in life.succeeded_by]
    successors = f" {several(titles)} succeed{'s' * (len(titles) == 1)} it." if titles else ""
    return (f"{end}{goes_on}{successors}",)
