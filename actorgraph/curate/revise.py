"""Records of a file changed, or taken out: their lines alone are written anew, with their comments."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from io import StringIO
from typing import Any, Final, NamedTuple

from actorgraph.curate.add import Doubt
from actorgraph.curate.canonical import Collection, Entry, document, node
from actorgraph.curate.comments import outline
from actorgraph.model.reader import Data, parse
from actorgraph.model.sections import scalars

_BREAK: Final = re.compile("\r\n|[\n\r]")
_CLOSING: Final = re.compile(r"(?:\s|,|#[^\r\n]*)*[\]}](?:(?:\s|,|#[^\r\n]*)*[\]}])*")
"""What closes a record in brackets, with the comments on the way there."""


Changes = Mapping[tuple[str, str | int], Mapping[str, Data] | None]
"""The new bodies of records, by section and id or index (from 0); None for one that is taken out."""


class Extent(NamedTuple):
    """The lines of a record: the first one (from 0) and the one behind the last."""

    first: int
    behind: int


def revised(text: str, changes: Changes) -> str:
    r"""Return a text that `parse` reads without a problem with some of its records changed; None takes one out.

    Records are named by their section and their id or their index (from 0). A changed one is in canonical form, and
    keeps its comments; so are those above one that is taken out, which may be about what comes next. Raises `Doubt`
    where the rest of the file would not read as before, as it may where a section is written in brackets.

    >>> text = "actors:\n  # who\n  uk: {name: UK, kind: state} # for short\n  us: {name: US, kind: state}\n"
    >>> uk = {"name": "UK", "kind": "state", "country": "GB"}
    >>> print(revised(text, {("actors", "uk"): uk, ("actors", "us"): None}))
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
        raise Doubt("cannot tell which lines are the record's; write one record per line, indented")
    return new


def _expected(data: dict[str, Any], changes: Changes) -> dict[str, Any]:
    """Return the data of a file with some of its records changed."""
    for section in {section for section, _ in changes}:
        new = {key: body for (name, key), body in changes.items() if name == section}
        records = data[section]
        listed = (
            records.items() if isinstance(records, dict) else enumerate(records) if isinstance(records, list) else ()
        )
        left = [(key, new.get(key, body)) for key, body in listed]
        kept: list[tuple[str | int, Any]] = [(key, body) for key, body in left if body is not None]
        keyed = isinstance(records, dict)
        data[section] = ({str(key): body for key, body in kept} if keyed else [body for _, body in kept]) or None
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
