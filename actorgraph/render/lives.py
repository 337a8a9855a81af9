"""What became of a proposal, or will, in a sentence, and what need not be said again of the positions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.dates import ends_on, in_sentence, last_inside
from actorgraph.names import fold
from actorgraph.questions.cells import several
from actorgraph.render.phrases import first_of
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.questions.envelope import Life
    from actorgraph.questions.rows import Row
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
    ('Superseded: on the table until the end of 31 May 2024. ‘A deep-water harbour’ succeeds it.',)
    """
    if life is None or life.outside is None:
        return ()
    if life.outside == "before":
        return (f"Not on the table before {in_sentence(str(life.since_date))}.",)
    last = in_sentence(last_inside(str(life.until_date)))
    end = f"{str(life.fate).capitalize()}: on the table until the end of {last}."
    goes_on = " Positions on it go on." if life.fate == "adopted" else ""
    titles = [f"‘{names.proposal(key)}’" for key in life.succeeded_by]
    successors = f" {several(titles)} succeed{'s' * (len(titles) == 1)} it." if titles else ""
    return (f"{end}{goes_on}{successors}",)


def told_of_life(life: Life | None, names: Names) -> tuple[str, ...]:
    """Return what there is to say of the life of a proposal below a question about it."""
    return *outside_its_life(life, names), *in_its_life(life)


def in_its_life(life: Life | None) -> tuple[str, ...]:
    """Return to which day a proposal was on the table, where that is known and lies ahead of the day; else nothing.

    >>> from actorgraph.questions.envelope import Life
    >>> in_its_life(Life("2024-03", "2024-06-01", "withdrawn", (), None))
    ('On the table until the end of 31 May 2024, then withdrawn.',)
    >>> in_its_life(Life("2024-03", None, None, (), None))
    ()
    """
    if life is None or life.outside is not None or life.until_date is None:
        return ()
    return (f"On the table until the end of {in_sentence(last_inside(life.until_date))}, then {life.fate}.",)


def going_on(ends: Mapping[str, Sequence[str]], titles: Mapping[str, str], day: int) -> tuple[str, ...]:
    """Return which proposals had ended by a day, and go on as no evidence of it counts: `ends` are end and fate, by id.

    >>> going_on({"draft": ("2025-06-15", "superseded")}, {"draft": "The draft"}, 20260101)
    ('no evidence that counts tells the end of ‘The draft’ (superseded, 14 June 2025): positions on it go on here',)
    >>> going_on({"draft": ("2025-06-15", "superseded")}, {"draft": "The draft"}, 20250601)
    ()
    """
    named = [
        f"‘{isolated(titles[key])}’ ({fate}, {in_sentence(last_inside(until))})"
        for key, (until, fate) in sorted(ends.items(), key=lambda end: (fold(titles[end[0]]), end[0]))
        if ends_on(until) <= day
    ]
    if not named:
        return ()
    listed = several(first_of(named, _MOST_NAMED))
    on = "them" if len(named) > 1 else "it"
    return (f"no evidence that counts tells the end of {listed}: positions on {on} go on here",)


_MOST_NAMED: Final = 3
"""How many proposals a line names that go on."""


def without_its_end(rows: Iterable[Row], proposal: str | None, life: Life | None) -> tuple[Row, ...]:
    """Return rows without the end that they share with the proposal that is asked about, as that is said above them."""
    end = life.until_date if life and life.fate != "adopted" else None
    return tuple(
        row._replace(until_date=None) if end and (row.proposal, row.until_date) == (proposal, end) else row
        for row in rows
    )
