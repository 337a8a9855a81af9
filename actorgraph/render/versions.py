"""What differs between two versions of a model, as tables and as flat records for CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actorgraph.questions.versions import MIRROR
from actorgraph.render.diff import CHANGE_TONES, change_record, changes_lines
from actorgraph.render.grid import Grid
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
