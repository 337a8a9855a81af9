"""Changes over time with the events in between, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.questions.cells import held
from actorgraph.questions.timeline import rows_of_moments
from actorgraph.render.diff import CHANGE_TONES, both_sides
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, citations, dateline, leads, legend
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.diff import Change
    from actorgraph.questions.rows import Row
    from actorgraph.questions.timeline import Event, Moment, Timeline


def timeline_grids(answer: Timeline) -> tuple[Grid, ...]:
    """Return a timeline as a table: changes and events, oldest first."""
    target, names = answer.query["target"], Names(answer.about)
    by_actor = answer.about.target_type == "proposal"
    about = f"on {names.proposal(target)}" if by_actor else f"of {names.actor(target)}"
    above = (f"What happened to the positions {about}", f"Up to {dateline(answer).removeprefix('As of ')}")
    if not answer.moments:
        lead = () if by_actor else leads(answer, target, names)
        return (Grid(above, (), (), below=("Nothing is on record up to that day.", *lead)),)
    below = legend(answer, rows_of_moments(answer.moments))
    return (moments_grid(above, answer.moments, names, by_actor=by_actor)._replace(below=below),)


def moments_grid(above: tuple[str, ...], moments: Iterable[Moment], names: Names, *, by_actor: bool) -> Grid:
    """Return moments as a table: a line for each event and each change, named by its actor or by its proposal."""
    lines: list[tuple[str, ...]] = []
    tones: list[str] = []
    for moment in moments:
        for event in moment.events:
            lines.append((moment.date, "event", _event(event, names), "\n".join(citations(event.evidence))))
            tones.append("heading")
        for change in moment.changes:
            subject = names.actor(change.actor) if by_actor else names.proposal(change.proposal)
            without_ends = change._replace(before=_open(change.before), after=_open(change.after))
            text = _again(without_ends) or both_sides(without_ends)
            first, _, evidence = text.partition("\n")
            lines.append((moment.date, change.change, f"{subject}: {first}", evidence))
            tones.append(CHANGE_TONES.get(change.change, "between"))
    subject = "ACTOR" if by_actor else "PROPOSAL"
    headings = ("DATE", "CHANGE", f"{subject}: BEFORE → AFTER", "EVIDENCE")
    return Grid(above, headings, tuple(lines), frozenset({2, 3}), 1, tuple(tones))


def _open(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return rows without their ends: a timeline shows an end on its day, and none that lies ahead."""
    return tuple(row._replace(until=None) for row in rows)


def _again(change: Change) -> str | None:
    """Return what was said again, with the evidence that is new; nothing where a change is more than that."""
    old = {item for row in change.before for item in row.evidence}
    new = dict.fromkeys(item for row in change.after for item in row.evidence if item not in old)
    if change.change != "re-sourced" or not new:
        return None
    first = any(row.basis == "inferred" for row in change.before) and all(row.basis == "stated" for row in change.after)
    said = "which was only inferred" if first else "said again"
    return "\n".join((f"{' / '.join(map(held, change.after))}, {said}", *citations(new)))


def _event(event: Event, names: Names) -> str:
    title = isolated(event.title)
    return f"{title} ({names.actors(event.actors)})" if event.actors else title
