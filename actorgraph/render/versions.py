"""What differs between two versions of a model, as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import plain_value
from actorgraph.questions.changes import rows_of_changes
from actorgraph.questions.versions import MIRROR
from actorgraph.render.diff import CHANGE_TONES, blocks_of_changes, changes_total
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import Names, conditions_in, dateline, grades_in
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.questions.versions import Correction, Versions

CORRECTIONS: Final = tuple(MIRROR)

_SHORTEST_HASH: Final = 4
"""As many digits of a hash as git wants at least."""


def versions_grids(answer: Versions) -> tuple[Grid, ...]:
    """Return what differs between two versions: the records, field by field, and what that makes of the positions.

    Of what was learned, and of what does not count, the positions come first: there, most records are only new or gone,
    and the positions are what matters.
    """
    query = answer.query
    statements = _statements(answer.corrections)
    count = Counter(record.change for record, _ in statements)
    counted = ", ".join(f"{count[kind]:,} {kind}" for kind in CORRECTIONS if count[kind])
    above: tuple[str, ...] = (f"{_since(answer)}: {counted or 'nothing'}", dateline(answer))
    if answer.base_model != answer.model:
        above += (f"These are two models, {answer.base_model} and {answer.model}",)
    if not answer:
        return (Grid(above, (), (), below=("Both have the same records.",)),)
    evidence = Citations()
    records, positions = _records(above, statements), _positions(answer, evidence)
    below = (
        *conditions_in(answer, rows_of_changes(answer.changes)),
        *grades_in(evidence.cited),
        *([changes_total(answer.changes)] if answer.changes else []),
    )
    if "base_known_by" in query or "base_without" in query:
        first, *blocks = positions
        first = first._replace(above=above)
        return first, *blocks, records._replace(above=("On which records",)), *evidence.grid(*below)
    return records, *positions, *evidence.grid(*below)


def _statements(corrections: Iterable[Correction]) -> list[tuple[Correction, int]]:
    """Return the corrections, and how many records each is about: what befell a whole joint statement is one."""
    together: dict[tuple[object, ...], list[Correction]] = defaultdict(list)
    for record in corrections:
        fields = tuple(str(field) for field in record.fields if field.key not in ("id", "actor"))
        key = (record.place, *record.jointly, fields) if record.jointly else (record.id,)
        together[record.change, record.type, *key].append(record)
    return [(records[0], len(records)) for records in together.values()]


def _records(above: tuple[str, ...], statements: list[tuple[Correction, int]]) -> Grid:
    """Return a line for each record that differs; what differs in it where that is so for any of them."""
    records = [record for record, _ in statements]
    any_fields = any(record.fields for record in records)
    lines = tuple(
        (record.change, _which(record, number), *([_fields(record)] * any_fields)) for record, number in statements
    )
    tones = tuple(CHANGE_TONES.get(record.change, "between") for record in records)
    fields_differ = any(record.change not in _GOES_ON and record.fields for record in records)
    headings = ("RECORD", "WHICH", *["FIELD: BEFORE → AFTER" if fields_differ else "HOW"] * any_fields)
    return Grid(above, headings, lines, frozenset({1, 2} if any_fields else {1}), 0, tones)


def _since(answer: Versions) -> str:
    query = answer.query
    if "base_known_by" in query:
        return f"What was learned from {query['base_known_by']} to {answer.known_by or 'the latest source'}"
    if "base_without" in query:
        return "What goes with the evidence that does not count"
    named = str(query.get("base_rev") or query.get("base") or "the other version")
    commit = str(query.get("base_commit", ""))
    short, _, day = commit.partition(", ")
    also = day if len(named) >= _SHORTEST_HASH and (short.startswith(named) or named.startswith(short)) else commit
    return f"What was corrected since {named}{f' ({also})' if also else ''}"


def _which(record: Correction, number: int) -> str:
    """Return which record differs, and where it stands; the model itself stands nowhere."""
    others = f"and {counted(number - 1, 'other')} of one joint statement" if number > 1 else ""
    return "\n".join(filter(None, (f"{record.type} {record.id}", isolated(record.name), others, record.place)))


_GOES_ON: Final = {"removed": "merged into {}", "added": "split from {}"}
"""What is said of what is gone, or new, and goes on as another: by the kind of its correction."""


def _fields(record: Correction) -> str:
    """Return what differs in a record; of one that goes on as another, as which."""
    if record.change in _GOES_ON and record.fields:
        _, before, after = record.fields[0]
        return _GOES_ON[record.change].format(after if record.change == "removed" else before)
    return "\n".join(
        f"{field.key}: {plain_value(field.before)} → {plain_value(field.after)}" for field in record.fields
    )


def _positions(answer: Versions, evidence: Citations) -> tuple[Grid, ...]:
    """Return a heading, and a table for each block of what changes; or the heading and that nothing does."""
    above = (f"What that changes as of {answer.as_of}",)
    if not answer.changes:
        same = "Nothing: the same positions are in force. --all also shows those with other dates or evidence."
        if "all" in answer.query:
            same = "Nothing: the same positions are in force, with the same dates and on the same evidence."
        return (Grid(above, (), (), below=(same,)),)
    return Grid(above, (), ()), *blocks_of_changes(answer.changes, Names(answer.about), evidence)
