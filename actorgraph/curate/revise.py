"""Records of a file changed, or taken out: their lines alone are written anew, with their comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.add import Doubt
from actorgraph.curate.canonical import Collection, Entry, document, node
from actorgraph.curate.comments import outline
from actorgraph.model.reader import parse
from actorgraph.model.sections import scalars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.model.reader import Data

_BREAK: Final = re.compile("\r\n|[\n\r]")
_CLOSING: Final = re.compile(r"(?:\s|,|#[^\r\n]*)*[\]}](?:(?:\s|,|#[^\r\n]*)*[\]}])*")
"""What closes a record in brackets, with the comments on the way there."""


class Extent(NamedTuple):
    """The lines of a record: the first one (from 0) and the one behind the last."""

    first: int
    behind: int


def revised(text: str, changes: Mapping[tuple[str, str | int], Mapping[str, Data] | None]) -> str:
    r"""Return a text that `parse` reads without a problem with some of its records changed; None takes one out.

    Records are named by their section and their id or their index (from 0). A changed one is in canonical form, and
    keeps its comments; so are those above one that is taken out, which may be about what comes next. Raises `Doubt`
    where the rest of the file would not read as before, as it may where a section is written in brackets.

    >>> text = "actors:\n  # who\n  uk: {name: UK, kind: state} # for short\n  us: {name: US, kind: state}\n"
    >>> print(revised(text, {("actors", "uk"): {"name": "UK", "kind": "state", "country": "GB"}, ("actors", "us"): None}))
    actors:
      # who
      uk: {name: UK, kind: state, country: GB}  # for short
    <BLANKLINE>
    """
    extents = _extents(text)
    lines = StringIO(text, newline="").readlines()
    for place in sorted(changes, key=lambda place: extents[place], reverse=True):
        first, behind = extents[place]
        body = changes[place]
        lines[first:behind] = [] if body is None else _anew(lines[first:behind], place, body)
    new = "".join(lines)
    if parse(new, "").data != _expected(parse(text, "").data, changes):
        raise Doubt("cannot tell which lines are the record's; write one record per line, indented, or change it by hand")
    return new


def _expected(data: dict[str, Data], changes: Mapping[tuple[str, str | int], Mapping[str, Data] | None]) -> dict[str, Data]:
    """Return the data of a file with some of its records changed."""
    for section in {section for section, _ in changes}:
        records = data[section]
        new = {key: body for (name, key), body in changes.items() if name == section}
        if isinstance(records, dict):
            merged = {key: dict(new[key] or {}) if key in new else body for key, body in records.items()}  # type: ignore[index]
            data[section] = {key: body for key, body in merged.items() if key not in new or new[key] is not None} or None
        elif isinstance(records, list):
            kept = [new.get(number, body) for number, body in enumerate(records)]
            data[section] = [dict(body) if isinstance(body, dict) else body for body in kept if body is not None] or None
    return data


def _anew(lines: list[str], place: tuple[str, str | int], body: Mapping[str, Data]) -> list[str]:
    """Return the lines of a record that has another body."""
    section, key = place
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    text = f"{section}:\n{''.join(lines)}"
    root, _ = outline(text)
    held = parse(text, "").data[section]
    old = held[0] if isinstance(held, list) else held[key] if isinstance(held, dict) and isinstance(key, str) else None
    records = root.entries[0].value
    assert isinstance(records, Collection)
    record = records.entries[0].value
    assert isinstance(record, Collection)
    entries = {entry.key: entry for entry in record.entries}
    record.entries = []
    for name, value in body.items():
        entry = entries.get(name) or Entry(name, node(value))
        if not isinstance(old, dict) or old.get(name) != value:
            entry.value = node(value)
        record.entries.append(entry)
    _, _, written = document(root).partition("\n")
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    return [f"{' ' * indent}{line[2:]}{end}" if line else end for line in written.removesuffix("\n").split("\n")]


def _extents(text: str) -> dict[tuple[str, str | int], Extent]:
    """Return which lines every record takes, by its section and its id or index."""
    reach: dict[tuple[str, str | int], tuple[int, int]] = {}
    for loc, _, token in scalars(text):
        if len(loc) > 1:
            place = str(loc[0]), loc[1]
            first, _ = reach.get(place, (token.start, 0))
            reach[place] = first, token.end
    begins = [0, *(found.end() for found in _BREAK.finditer(text))]
    extents = {}
    for place, (start, end) in reach.items():
        closing = _CLOSING.match(text, end)
        last = closing.end() if closing else end
        held = len(text[start:last].rstrip())
        extents[place] = Extent(bisect_right(begins, start) - 1, bisect_right(begins, start + held - 1))
    return extents
