"""Changes over time with the events in between, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from actorgraph.dates import in_table
from actorgraph.questions.moments import rows_of_moments
from actorgraph.render.diff import (
    CHANGE_TONES,
    addressees,
    both_sides,
    by_fate,
    changes_total,
    ended_with,
    is_implied,
    on_what,
    without_addressees,
    without_ends,
)
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.nearest import nearest_told
from actorgraph.render.phrases import Names, conditions_in, grades_in, standing, under, up_to
from actorgraph.render.who import BY_IMPLICATION
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.questions.changes import Change
    from actorgraph.questions.moments import Moment
    from actorgraph.questions.rows import Cited, Row
    from actorgraph.questions.timeline import Timeline


def timeline_grids(answer: Timeline, model: str | None) -> tuple[Grid, ...]:
    """Return a timeline as tables: changes and events, oldest first, and then what changed by implication.

    `model` is the path of the model as it was named, for the command that tells more of it.
    """
    target, names = answer.query["target"], Names(answer.about)
    by_actor = answer.about.target_type == "proposal"
    title = f"Positions on {names.title(target)}" if by_actor else f"{names.actor(target)}: positions"
    above = (f"{title} over time", up_to(answer))
    if not answer.moments:
        nearest, listed = nearest_told(answer, names, model)
        below = (f"Nothing is on record up to that day{under(answer)}.", *nearest, *conditions_in(answer, listed))
        return (Grid(above, (), (), below=below),)
    evidence, subject, on = Citations(), "ACTOR" if by_actor else "PROPOSAL", target if by_actor else ""
    stated = tuple(
        moment._replace(changes=tuple(change for change in moment.changes if not is_implied(change)))
        for moment in answer.moments
    )
    implied = tuple(
        moment._replace(events=(), changes=tuple(change for change in moment.changes if is_implied(change)))
        for moment in answer.moments
    )
    grids = (
        moments_grid(above, stated, names, evidence, subject=subject, on=on),
        *(
            [moments_grid((BY_IMPLICATION,), implied, names, evidence, subject=subject, on=on)]
            if any(moment.changes for moment in implied)
            else []
        ),
    )
    below = (
        *conditions_in(answer, rows_of_moments(answer.moments)),
        *grades_in(evidence.cited),
        moments_total(answer.moments),
    )
    return (*grids, *evidence.grid(*below))


def moments_grid(
    above: tuple[str, ...],
    moments: Iterable[Moment],
    names: Names,
    evidence: Citations,
    *,
    subject: str = "",
    on: str,
) -> Grid:
    """Return moments as a table: a line for each event and each change, named by its ACTOR or PROPOSAL, if by any.

    Where all are on one proposal, `on` is its id: a change that is on another one, or went on from another, says so.
    Without a subject what is implied stands among what is stated, and is called inferred.
    """
    lines = tuple(line for moment in moments for line in _lines(moment, names, subject, on))
    return Grid(
        above,
        ("DATE", "CHANGE", f"{subject}{': ' if subject else ''}BEFORE → AFTER", "TO"),
        tuple(cells for cells, _ in lines),
        frozenset({2, 3}),
        1,
        tuple("heading" if cells[1] == "event" else CHANGE_TONES.get(cells[1], "between") for cells, _ in lines),
        keyed=frozenset({3}),
        evidence=tuple(evidence.notes(cited) for _, cited in lines),
    )


_Line: TypeAlias = "tuple[tuple[str, str, str, str], tuple[Cited, ...]]"
"""The cells of a line: when, which kind of change, what, and toward whom; and the evidence for it."""


def _lines(moment: Moment, names: Names, subject: str, on: str) -> Iterator[_Line]:
    """Yield the cells of each event and each change of a moment, with the evidence for it."""
    for event in moment.events:
        yield (in_table(event.date), "event", isolated(event.title), ""), event.evidence
    for changes in by_fate(moment.changes):
        change = changes[0]
        other = "" if {change.before_proposal, change.proposal} == {on} else on_what(change, names)
        if len(changes) > 1:
            cited = _cited(row for change in changes for row in change.before)
            yield (_on(change, moment), change.change, f"{other} {ended_with(changes)}".lstrip(), ""), cited
            continue
        actor = names.actor(change.actor) if subject == "ACTOR" else ""
        name = " on ".join(filter(None, (actor, other)))
        to = addressees(change, names)
        change = without_addressees(change) if to else change
        change = without_ends(change)
        text, cited = _again(change, names) or (
            both_sides(change, names, apart=bool(subject)),
            _cited(change.after or change.before),
        )
        yield (_on(change, moment), change.change, f"{name}{': ' if name else ''}{text}", to), cited


def _on(change: Change, moment: Moment) -> str:
    """Return when a change was, as curated."""
    return in_table(change.date or moment.date)


def _cited(rows: Iterable[Row]) -> tuple[Cited, ...]:
    return tuple(dict.fromkeys(cited for row in rows for cited in row.evidence))


def _again(change: Change, names: Names) -> tuple[str, tuple[Cited, ...]] | None:
    """Return what was said again, and the evidence that is new; nothing where a change is more than that."""
    old = set(_cited(change.before))
    new = tuple(cited for cited in _cited(change.after) if cited not in old)
    if change.change != "re-sourced" or not new:
        return None
    return f"{' / '.join(standing(row, names) for row in change.after)}, said again", new


def moments_total(moments: Iterable[Moment]) -> str:
    """Return how many changes and events a timeline has.

    >>> from actorgraph import load, timeline
    >>> moments_total(timeline(load("examples/minimal.yaml"), "fishers-union", as_of="2026-06"))
    '2 changes: 1 toward-opposition, 1 added; 1 event.'
    """
    moments = tuple(moments)
    events = sum(len(moment.events) for moment in moments)
    total = changes_total(change for moment in moments for change in moment.changes)
    return f"{total.removesuffix('.')}; {counted(events, 'event')}." if events else total
