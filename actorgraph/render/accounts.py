"""Longer answers in words: why, a timeline, disputes, two versions of a model."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.questions.disputes import DISPUTES
from actorgraph.questions.versions import MIRROR
from actorgraph.render.answers import (
    CHANGE_TONES,
    ROW_COLUMNS,
    SIDES,
    because,
    both_sides,
    change_record,
    changes_lines,
    cite,
    dateline,
    held,
    leads,
    legend,
    nothing,
    of_lines,
    row_records,
    tone,
)
from actorgraph.render.grid import Grid
from actorgraph.vocabulary import NOT, grade_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.diff import Change
    from actorgraph.questions.disputes import Dispute, Disputes
    from actorgraph.questions.rows import Cited, Row
    from actorgraph.questions.timeline import Event, Moment, Timeline
    from actorgraph.questions.versions import Correction, Versions
    from actorgraph.questions.why import Record, Why
    from actorgraph.render.answers import Envelope

CORRECTIONS: Final = tuple(MIRROR)
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
DISPUTE_COLUMNS: Final = ("dispute", "side", *ROW_COLUMNS)
VERSION_COLUMNS: Final = (
    "as_of",
    "known_by",
    "assume",
    "part",
    "change",
    "type",
    "id",
    "name",
    "field",
    "before",
    "before_records",
    "before_evidence",
    "after",
    "after_records",
    "after_evidence",
    "place",
)

# -- why ---------------------------------------------------------------------------------------------------


def why_grids(account: Why, ledger: Ledger) -> tuple[Grid, ...]:
    """Return the account of a position, part by part: what is held, why, on what evidence, since when, against what."""
    actors, titles = ledger.names("actor"), ledger.names("proposal")
    actor, proposal = actors[account.query["actor"]], titles[account.query["proposal"]]
    above = (f"{actor} on {proposal}", dateline(account, ledger))
    if not account.rows:
        left_out = " / ".join(map(held, account.left_out))
        found = f"Left out by what was asked: {left_out}." if left_out else nothing(account)
        below = (found, *leads(account, ledger, account.query["actor"]), *legend(account.left_out, ledger))
        return (Grid(above, (), (), below=below), *_history(account, ledger))
    lines = tuple(
        (held(row), str(row.since), str(row.last_said), because(row, titles) if row.because else "it was stated")
        for row in account.rows
    )
    tones = tuple(tone(row.position) for row in account.rows)
    headings = ("POSITION", "SINCE", "LAST SAID", "BECAUSE")
    return (
        Grid(above, headings, lines, frozenset({0, 3}), 0, tones),
        *_rules(account, titles),
        Grid(
            ("On what evidence",),
            ("DATE", "SAID", "EVIDENCE"),
            tuple((one.date, _said(one, account, actors, titles), _graded(one.evidence)) for one in account.records),
            frozenset({1, 2}),
        ),
        *_passages(account),
        *_history(account, ledger),
        _disagreement(account, ledger),
    )


def _rules(account: Why, titles: Mapping[str, str]) -> tuple[Grid, ...]:
    lines = tuple(
        (f"‘{titles[one.proposal]}’ {one.rule} ‘{titles[one.to]}’\n{one.place}", one.note or "no reason is noted")
        for one in account.links
    )
    return (Grid(("By which rules",), ("RULE", "NOTE"), lines, frozenset({0, 1})),) if lines else ()


def _said(one: Record, account: Why, actors: Mapping[str, str], titles: Mapping[str, str]) -> str:
    on = "" if one.proposal == account.query["proposal"] else f" ‘{titles[one.proposal]}’"
    voice = f", by {actors[one.speaker]}" if one.speaker else ""
    toward = f", toward {' and '.join(actors[key] for key in one.toward)}" if one.toward else ""
    bound = [f"unless {key.removeprefix(NOT)}" if key.startswith(NOT) else f"if {key}" for key in one.conditions]
    head = ", ".join([f"{one.position}{on}{voice}{toward}", *bound])
    return "\n".join(filter(None, (head, one.note, f"{one.id}, {one.place}")))


def _graded(evidence: Iterable[Cited]) -> str:
    return "\n".join(f"{cite(one)}: {grade_in_words(one.grade)}" for one in evidence)


def _passages(account: Why) -> tuple[Grid, ...]:
    if not account.passages:
        return ()
    lines = tuple(
        (
            f"{one.source}, {of_lines(one.lines) if one.lines else 'no lines cited'}\n{one.message}",
            "\n".join(f"{number}  {text}" for number, text in one.text) or f"({one.state})",
        )
        for one in account.passages
    )
    tones = tuple("for" if one.state == "verified" else "harm" for one in account.passages)
    return (Grid(("In your copies of the documents",), ("DOCUMENT", "TEXT"), lines, frozenset({0, 1}), 0, tones),)


def _history(account: Why, ledger: Ledger) -> tuple[Grid, ...]:
    if not account.history:
        return ()
    return (_moments(("What it held before, and when it said so again",), account.history, ledger, by_actor=False),)


def _disagreement(account: Why, ledger: Ledger) -> Grid:
    rows = [*account.rows, *account.grounds]
    bound = [each for one in account.records for each in one.conditions]
    if not account.disputes:
        told = legend(rows, ledger, conditions=bound)
        return Grid(("What disagrees with it",), (), (), below=("Nothing on record.", *told))
    lines, tones = _dispute_lines(account.disputes, ledger)
    grid = Grid(("What disagrees with it",), _DISPUTE_HEADINGS, lines, frozenset({1, 2}), 0, tones)
    every = [*rows, *(row for one in account.disputes for side in one.sides for row in side)]
    return grid._replace(below=legend(every, ledger, conditions=bound))


# -- timeline ----------------------------------------------------------------------------------------------


def timeline_grids(told: Timeline, ledger: Ledger) -> tuple[Grid, ...]:
    """Return a timeline as a table: changes and events, oldest first."""
    target = ledger.resolve(told.query["target"], "actor", "proposal")
    by_actor = target.type == "proposal"
    above = (f"What happened {'on' if by_actor else 'to the positions of'} {target.name}", _up_to(told, ledger))
    if not told.moments:
        lead = () if by_actor else leads(told, ledger, target.id)
        return (Grid(above, (), (), below=("Nothing on record up to that day.", *lead)),)
    rows = [row for one in told.moments for change in one.changes for row in (*change.before, *change.after)]
    grid = _moments(above, told.moments, ledger, by_actor=by_actor)
    return (grid._replace(below=legend(rows, ledger)),)


def _up_to(told: Timeline, ledger: Ledger) -> str:
    line = dateline(told, ledger)
    return f"Up to {line.removeprefix('As of ')}"


def _moments(above: tuple[str, ...], moments: Iterable[Moment], ledger: Ledger, *, by_actor: bool) -> Grid:
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


# -- disputes ----------------------------------------------------------------------------------------------

_DISPUTE_HEADINGS: Final = ("DISPUTE", "SIDE", "EVIDENCE")


def disputes_grids(told: Disputes, ledger: Ledger) -> tuple[Grid, ...]:
    """Return disputes as a table: both sides of each, with their evidence."""
    target = told.query.get("target")
    about = f" about {ledger.resolve(target, 'actor', 'proposal').name}" if target else ""
    above = (f"What the record disagrees on{about}", dateline(told, ledger))
    if not told.disputes:
        lead = leads(told, ledger, target) if target and not ledger.named(target, "proposal") else ()
        return (Grid(above, (), (), below=("No disputes on record for that day.", *lead)),)
    lines, tones = _dispute_lines(told.disputes, ledger)
    kinds = dict.fromkeys(one.dispute for one in told.disputes)
    rows = [row for one in told.disputes for side in one.sides for row in side]
    meanings = tuple(f"{kind}: {DISPUTES[kind]}." for kind in kinds)
    return (
        Grid(above, _DISPUTE_HEADINGS, lines, frozenset({1, 2}), 0, tones, below=(*meanings, *legend(rows, ledger))),
    )


def _dispute_lines(disputes: Iterable[Dispute], ledger: Ledger) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    titles = ledger.names("proposal")
    lines = [
        (one.dispute if number == 0 else "against", _side(row), _reasons(row, titles))
        for one in disputes
        for number, side in enumerate(one.sides)
        for row in side
    ]
    return tuple(lines), tuple("harm" if line[0] != "against" else "heading" for line in lines)


def _side(row: Row) -> str:
    return f"{row.actor_name} on {row.proposal_title}: {held(row)}, since {row.since}"


def _reasons(row: Row, titles: Mapping[str, str]) -> str:
    return "\n".join((*([because(row, titles)] if row.because else []), *map(cite, row.evidence)))


# -- two versions ------------------------------------------------------------------------------------------


def versions_grids(found: Versions, base: Ledger, ledger: Ledger) -> tuple[Grid, ...]:
    """Return what differs between two versions: the records, field by field, and what that makes of the holdings.

    What was learned is told the other way round: there, most records are new, and the positions are what matters.
    """
    query = found.query
    count = Counter(one.change for one in found.records)
    counted = ", ".join(f"{count[name]} {name}" for name in CORRECTIONS if count[name])
    above: tuple[str, ...] = (f"{_since(query, base, found)}: {counted or 'nothing'}", dateline(found, ledger))
    if base.model != ledger.model:
        above += (f"These are two models, {base.model} and {ledger.model}",)
    if not found.records and not found.changes:
        return (Grid(above, (), (), below=("Both hold the same records.",)),)
    told = any(one.fields for one in found.records)
    lines = tuple((one.change, _which(one), *([_fields(one)] * told)) for one in found.records)
    tones = tuple(CHANGE_TONES.get(one.change, "between") for one in found.records)
    headings = ("RECORD", "WHICH", *["FIELD: BEFORE → AFTER"] * told)
    records = Grid(above, headings, lines, frozenset({1, 2} if told else {1}), 0, tones)
    positions = _positions(found, base, ledger)
    if "base_known_by" in query:
        return positions._replace(above=above), records._replace(above=("On which records",))
    return records, positions


def _since(query: Mapping[str, object], base: Ledger, found: Versions) -> str:
    if "base_known_by" in query:
        return f"What was learned from {query['base_known_by']} to {found.known_by or 'the latest source'}"
    named = str(query.get("base_rev") or query.get("base") or "the other version")
    commit = (base.revision or "").removeprefix(f"{named}, ")
    return f"What was corrected since {named}{f' ({commit})' if commit else ''}"


def _which(one: Correction) -> str:
    """Return which thing differs, and where it stands; the model itself stands nowhere."""
    return "\n".join(filter(None, (f"{one.type} {one.id}", one.name, one.place)))


def _fields(one: Correction) -> str:
    return "\n".join(f"{field.key}: {_text(field.before)} → {_text(field.after)}" for field in one.fields)


def _text(value: object) -> str:
    """Return the value of a key in one line, as nearly as people would write it."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_text, value))
    return str(value)


def _positions(found: Versions, base: Ledger, ledger: Ledger) -> Grid:
    above = (f"What that changes as of {found.as_of}",)
    if not found.changes:
        same = "Nothing: the same positions are in force. --all tells of those with other dates or evidence."
        return Grid(above, (), (), below=(same,))
    return changes_lines(found.changes, ledger, base)._replace(above=above)


# -- flat records ------------------------------------------------------------------------------------------


def timeline_records(told: Timeline) -> list[dict[str, object]]:
    """Return changes and events as flat records with the columns of `TIMELINE_COLUMNS`."""
    empty: dict[str, object] = dict.fromkeys(TIMELINE_COLUMNS)
    found: list[dict[str, object]] = []
    for moment in told.moments:
        dated = {**empty, **_asked(told), "date": moment.date}
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


def _asked(answer: Envelope) -> dict[str, object]:
    return {"as_of": answer.as_of, "known_by": answer.known_by, "assume": answer.assume}


def version_records(found: Versions) -> list[dict[str, object]]:
    """Return corrections, one line a field, and then changes, as flat records with the columns of `VERSION_COLUMNS`."""
    empty: dict[str, object] = {**dict.fromkeys(VERSION_COLUMNS), **_asked(found), "part": "record"}
    records: list[dict[str, object]] = []
    for one in found.records:
        line = {**empty, "change": one.change, "type": one.type, "id": one.id, "name": one.name, "place": one.place}
        fields = [{"field": each.key, "before": _cell(each.before), "after": _cell(each.after)} for each in one.fields]
        records.extend({**line, **field} for field in fields or [{}])
    for change in found.changes:
        flat = change_record(change)
        name = f"{change.actor_name} on {change.proposal_title}"
        line = {**empty, **{key: flat[key] for key in flat if key in VERSION_COLUMNS}}
        records.append(
            {**line, "part": "position", "type": change.kind, "id": f"{change.actor}.{change.proposal}", "name": name}
        )
    return records


def _cell(value: object) -> str | None:
    return None if value is None else _text(value)


def dispute_records(told: Disputes) -> list[dict[str, object]]:
    """Return the rows of every side as flat records with the columns of `DISPUTE_COLUMNS`; sides count from 1."""
    return [
        {"dispute": one.dispute, "side": number, **record}
        for one in told.disputes
        for number, side in enumerate(one.sides, start=1)
        for record in row_records(told, side)
    ]
