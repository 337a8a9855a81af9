"""What differs between two versions of a model, as tables and as flat records for CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.questions.versions import MIRROR
from actorgraph.render.diff import CHANGE_TONES, change_record, changes_lines
from actorgraph.render.grid import Grid, isolated
from actorgraph.render.phrases import asked_columns, dateline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.versions import Correction, Versions

CORRECTIONS: Final = tuple(MIRROR)

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


def versions_grids(answer: Versions, base: Ledger, ledger: Ledger) -> tuple[Grid, ...]:
    """Return what differs between two versions: the records, field by field, and what that makes of the positions.

    Of what was learned, the positions come first: there, most records are new, and the positions are what matters.
    """
    query = answer.query
    count = Counter(record.change for record in answer.records)
    counted = ", ".join(f"{count[kind]} {kind}" for kind in CORRECTIONS if count[kind])
    above: tuple[str, ...] = (f"{_since(query, base, answer)}: {counted or 'nothing'}", dateline(answer, ledger))
    if base.model != ledger.model:
        above += (f"These are two models, {base.model} and {ledger.model}",)
    if not answer.records and not answer.changes:
        return (Grid(above, (), (), below=("Both have the same records.",)),)
    records = _records(above, answer)
    positions = _positions(answer, base, ledger)
    if "base_known_by" in query:
        return positions._replace(above=above), records._replace(above=("On which records",))
    return records, positions


def _records(above: tuple[str, ...], answer: Versions) -> Grid:
    """Return a line for each record that differs; what differs in it where that is so for any of them."""
    any_fields = any(record.fields for record in answer.records)
    lines = tuple((record.change, _which(record), *([_fields(record)] * any_fields)) for record in answer.records)
    tones = tuple(CHANGE_TONES.get(record.change, "between") for record in answer.records)
    headings = ("RECORD", "WHICH", *["FIELD: BEFORE → AFTER"] * any_fields)
    return Grid(above, headings, lines, frozenset({1, 2} if any_fields else {1}), 0, tones)


def _since(query: Mapping[str, object], base: Ledger, answer: Versions) -> str:
    if "base_known_by" in query:
        return f"What was learned from {query['base_known_by']} to {answer.known_by or 'the latest source'}"
    named = str(query.get("base_rev") or query.get("base") or "the other version")
    commit = (base.revision or "").removeprefix(f"{named}, ")
    return f"What was corrected since {named}{f' ({commit})' if commit else ''}"


def _which(record: Correction) -> str:
    """Return which record differs, and where it stands; the model itself stands nowhere."""
    return "\n".join(filter(None, (f"{record.type} {record.id}", isolated(record.name), record.place)))


def _fields(record: Correction) -> str:
    return "\n".join(f"{field.key}: {_text(field.before)} → {_text(field.after)}" for field in record.fields)


def _text(value: object) -> str:
    """Return the value of a key in one line, as nearly as people would write it."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_text, value))
    return str(value)


def _positions(answer: Versions, base: Ledger, ledger: Ledger) -> Grid:
    above = (f"What that changes as of {answer.as_of}",)
    if not answer.changes:
        same = "Nothing: the same positions are in force. --all also shows those with other dates or evidence."
        return Grid(above, (), (), below=(same,))
    return changes_lines(answer.changes, ledger, base)._replace(above=above)


def version_records(found: Versions) -> list[dict[str, object]]:
    """Return corrections, one line a field, and then changes, as flat records with the columns of `VERSION_COLUMNS`."""
    empty: dict[str, object] = {**dict.fromkeys(VERSION_COLUMNS), **asked_columns(found), "part": "record"}
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
