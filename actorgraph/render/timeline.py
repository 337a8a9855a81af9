"""Changes over time with the events in between, as tables and as flat records for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.render.diff import CHANGE_TONES, SIDES, both_sides, change_record
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import asked_columns, cite, dateline, held, leads, legend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.diff import Change
    from actorgraph.questions.rows import Row
    from actorgraph.questions.timeline import Event, Moment, Timeline

TIMELINE_COLUMNS: Final = (
    "date",
    "as_of",
    "known_by",
    "assume",
    "change",
    "event",
    "event_title",
    *SIDES,
    "evidence",
)


def timeline_grids(told: Timeline, ledger: Ledger) -> tuple[Grid, ...]:
    """Return a timeline as a table: changes and events, oldest first."""
    target = ledger.resolve(told.query["target"], "actor", "proposal")
    by_actor = target.type == "proposal"
    above = (f"What happened {'on' if by_actor else 'to the positions of'} {target.name}", _up_to(told, ledger))
    if not told.moments:
        lead = () if by_actor else leads(told, ledger, target.id)
        return (Grid(above, (), (), below=("Nothing on record up to that day.", *lead)),)
    rows = [row for one in told.moments for change in one.changes for row in (*change.before, *change.after)]
    grid = moments_grid(above, told.moments, ledger, by_actor=by_actor)
    return (grid._replace(below=legend(rows, ledger)),)


def _up_to(told: Timeline, ledger: Ledger) -> str:
    line = dateline(told, ledger)
    return f"Up to {line.removeprefix('As of ')}"


def moments_grid(above: tuple[str, ...], moments: Iterable[Moment], ledger: Ledger, *, by_actor: bool) -> Grid:
    """Return moments as a table: a line for each event and each change, named by its actor or by its proposal."""
    actors = ledger.names("actor")
    lines: list[tuple[str, ...]] = []
    tones: list[str] = []
    for moment in moments:
        for event in moment.events:
            lines.append((moment.date, "event", _event(event, actors), "\n".join(map(cite, event.evidence))))
            tones.append("heading")
        for change in moment.changes:
            subject = change.actor_name if by_actor else change.proposal_title
            told = change._replace(before=_open(change.before), after=_open(change.after))
            first, _, evidence = (_again(told) or both_sides(told)).partition("\n")
            lines.append((moment.date, change.change, f"{subject}: {first}", evidence))
            tones.append(CHANGE_TONES.get(change.change, "between"))
    subject = "ACTOR" if by_actor else "PROPOSAL"
    headings = ("DATE", "CHANGE", f"{subject}: BEFORE → AFTER", "EVIDENCE")
    return Grid(above, headings, tuple(lines), frozenset({2, 3}), 1, tuple(tones))


def _open(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return rows without their ends: a timeline tells of an end where it comes, and of none that lies ahead."""
    return tuple(row._replace(until=None) for row in rows)


def _again(change: Change) -> str | None:
    """Return what was said again, with the evidence that is new; nothing where a change is more than that."""
    old = {one for row in change.before for one in row.evidence}
    new = dict.fromkeys(one for row in change.after for one in row.evidence if one not in old)
    if change.change != "re-sourced" or not new:
        return None
    first = any(row.basis == "inferred" for row in change.before) and all(row.basis == "stated" for row in change.after)
    said = "which was only inferred" if first else "said again"
    return "\n".join((f"{' / '.join(map(held, change.after))}, {said}", *map(cite, new)))


def _event(event: Event, actors: Mapping[str, str]) -> str:
    names = ", ".join(actors[key] for key in event.actors)
    return f"{event.title}{f' ({names})' if names else ''}"


def timeline_records(told: Timeline) -> list[dict[str, object]]:
    """Return changes and events as flat records with the columns of `TIMELINE_COLUMNS`."""
    empty: dict[str, object] = dict.fromkeys(TIMELINE_COLUMNS)
    found: list[dict[str, object]] = []
    for moment in told.moments:
        dated = {**empty, **asked_columns(told), "date": moment.date}
        found.extend(
            {
                **dated,
                "change": "event",
                "event": one.id,
                "event_title": one.title,
                "evidence": tuple(map(cite, one.evidence)),
            }
            for one in moment.events
        )
        found.extend({**dated, **change_record(one)} for one in moment.changes)
    return found
