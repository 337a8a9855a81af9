"""Records of a file changed, edited or taken out: their lines alone are written again, with their comments."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from actorgraph.curate.canonical import Collection, Entry, document, node
from actorgraph.curate.changeset import line_end, lines_of, without_mark
from actorgraph.curate.comments import outline
from actorgraph.curate.draft import Doubt
from actorgraph.curate.locate import records_in
from actorgraph.errors import ModelError, Problem, Span
from actorgraph.model.model import Place
from actorgraph.model.reader import Data, parse
from actorgraph.model.records import PROSE
from actorgraph.model.sections import scalars
from actorgraph.names import LINE_END

_CLOSING: Final = re.compile(r"(?:\s|,|#[^\r\n]*)*[\]}](?:(?:\s|,|#[^\r\n]*)*[\]}])*")
"""What closes a record in brackets, with the comments on the way there."""

Changes = Mapping[Place, Mapping[str, Data] | None]
"""The new bodies of records; None for one that is taken out."""

_IN_LINE: Final = re.compile(r"\bin line ([0-9]+)")
_WHICH_LINES: Final = "cannot tell which lines are the record's; `actorgraph fmt` writes one record per line"


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
    text, mark = without_mark(text)
    extents = _extents(text)
    lines, end = lines_of(text), line_end(text)
    if len({extents[place] for place in changes}) < len(changes):
        raise Doubt(_WHICH_LINES)
    for place in sorted(changes, key=lambda place: extents[place], reverse=True):
        first, behind = extents[place]
        body = changes[place]
        anew = [] if body is None else _anew(lines[first:behind], place, body)
        lines[first:behind] = [f"{line}{end}" for line in anew]
    new = "".join(lines)
    read = parse(new, "")
    if read.problems or read.data != _expected(parse(text, "").data, changes):
        raise Doubt(_WHICH_LINES)
    return mark + new


class Excerpt(NamedTuple):
    """The lines of a record alone, not indented, and how many lines of the file come before them."""

    text: str
    before: int


def excerpt(text: str, place: Place) -> Excerpt:
    r"""Return the lines of a record alone. Raises `Doubt` where others stand on them, as in brackets.

    >>> excerpt("actors:\n  # who\n  uk:\n    name: UK # for short\n  us: {name: US}\n", ("actors", "uk"))
    Excerpt(text='uk:\n  name: UK # for short\n', before=2)
    """
    text, _ = without_mark(text)
    first, behind = _extents(text)[place]
    lines = lines_of(text)[first:behind]
    alone = _alone(place[0], "".join(lines))
    if [body for _, body in alone] != [
        body for key, body in records_in(parse(text, "").data, place[0]) if key == place[1]
    ]:
        raise Doubt(_WHICH_LINES)
    indent = _indent_of(lines)
    bare = (line[min(indent, len(line) - len(line.lstrip(" "))) :].rstrip("\r\n") for line in lines)
    return Excerpt("".join(f"{line}\n" for line in bare), first)


def with_excerpt(text: str, place: Place, new: str, *, canonical: bool = True) -> str:
    r"""Return a text in which the lines of a record are those that somebody has edited, in canonical form or as typed.

    Raises `ModelError` with what is wrong in how they are written, told by the lines of the excerpt; and `Doubt` where
    they are not exactly one record, or the rest of the file would not read as before.

    >>> print(with_excerpt("actors:\n  uk: {name: UK}\n", ("actors", "uk"), "uk: {name: 'Britain'}  # once UK"))
    actors:
      uk: {name: Britain}  # once UK
    <BLANKLINE>
    """
    text, mark = without_mark(text)
    section, key = place
    first, behind = _extents(text)[place]
    lines = lines_of(text)
    indent, end = _indent_of(lines[first:behind]), line_end(text)
    typed = [f"{' ' * indent}{line}" if line.strip() else "" for line in new.rstrip().split("\n")]
    alone_text = f"{section}:\n" + "".join(f"{line}\n" for line in typed)
    if problems := parse(alone_text, "", prose=PROSE).problems:
        raise ModelError(map(_a_line_earlier, problems))
    alone = _alone(section, alone_text.partition("\n")[2])
    if len(alone) != 1:
        number = len(alone) or "no"
        raise Doubt(f"{number} records stand there now; leave one (`add` adds one, `remove` takes one out)")
    if canonical:
        typed = _in_place(document(*outline(alone_text)), indent)
    changed = "".join([*lines[:first], *(f"{line}{end}" for line in typed), *lines[behind:]])
    read = parse(changed, "")
    here = key if isinstance(key, int) else alone[0][0]
    if not read.problems and _others(read.data, (section, here)) != _others(parse(text, "").data, place):
        raise Doubt(_WHICH_LINES)
    return mark + changed


def _a_line_earlier(problem: Problem) -> Problem:
    """Return what is wrong in a section as it is told of the lines below its key, wherever it says a line."""
    message = _IN_LINE.sub(lambda said: f"in line {int(said[1]) - 1}", problem.message)
    return problem._replace(message=message, span=Span("", problem.span.line - 1, problem.span.column))


# -- what is read ----------------------------------------------------------------------------------------------


def _alone(section: str, lines: str) -> list[tuple[str | int, Data]]:
    """Return the records that some lines of a section hold; none where these cannot be read alone."""
    read = parse(f"{section}:\n{lines}", "")
    return [] if read.problems else records_in(read.data, section)


def _others(data: Mapping[str, Data], place: Place) -> dict[str, Any]:
    """Return what a file holds besides a record."""
    section, key = place
    rest = [(name, body) for name, body in records_in(data, section) if name != key]
    keyed = isinstance(data.get(section), dict)
    return {**data, section: dict(rest) if keyed else [body for _, body in rest]}


def _expected(data: dict[str, Any], changes: Changes) -> dict[str, Any]:
    """Return the data of a file with some of its records changed."""
    for section in {section for section, _ in changes}:
        new = {key: body for (name, key), body in changes.items() if name == section}
        left = [(key, new.get(key, body)) for key, body in records_in(data, section)]
        kept: list[tuple[str | int, Any]] = [(key, body) for key, body in left if key not in new or body is not None]
        keyed = isinstance(data[section], dict)
        data[section] = ({str(key): body for key, body in kept} if keyed else [body for _, body in kept]) or None
    return data


# -- the lines -------------------------------------------------------------------------------------------------


def _anew(lines: list[str], place: Place, body: Mapping[str, Data]) -> list[str]:
    """Return the lines, without their ends, of a record that has another body."""
    section, _ = place
    text = f"{section}:\n{''.join(lines)}"
    alone = _alone(section, "".join(lines))
    if len(alone) != 1 or not isinstance(old := alone[0][1], dict):
        raise Doubt(_WHICH_LINES)
    root, _ = outline(text)
    records = root.entries[0].value
    assert isinstance(records, Collection)
    record = records.entries[0].value
    assert isinstance(record, Collection)
    entries = {entry.key: entry for entry in record.entries}
    record.entries = []
    for name, value in body.items():
        entry = entries.get(name) or Entry(name, node(value))
        if old.get(name) != value:
            entry.value = node(value)
        record.entries.append(entry)
    return _in_place(document(root), _indent_of(lines))


def _in_place(written: str, indent: int) -> list[str]:
    """Return the lines of a canonical section with one record, without its key, indented as the record is."""
    _, _, record = written.partition("\n")
    return [f"{' ' * indent}{line[2:]}" if line else "" for line in record.removesuffix("\n").split("\n")]


def _indent_of(lines: list[str]) -> int:
    return len(lines[0]) - len(lines[0].lstrip(" "))


def _extents(text: str) -> dict[Place, Extent]:
    """Return which lines every record takes."""
    reach: dict[Place, tuple[int, int]] = {}
    for loc, _, token in scalars(text):
        if len(loc) > 1:
            place = str(loc[0]), loc[1]
            first, _ = reach.get(place, (token.start, 0))
            reach[place] = first, token.end
    begins = [0, *(found.end() for found in LINE_END.finditer(text))]
    extents = {}
    for place, (start, end) in reach.items():
        closing = _CLOSING.match(text, end)
        last = closing.end() if closing else end
        held = len(text[start:last].rstrip())
        extents[place] = Extent(bisect_right(begins, start) - 1, bisect_right(begins, start + held - 1))
    return extents
