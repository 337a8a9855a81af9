"""Grids of text as a terminal table, Markdown or CSV, and values as JSON. Knows nothing of actors."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_GAP: Final = 2
_NARROWEST: Final = 8
_LONGEST_WORD: Final = 22


class Grid(NamedTuple):
    """A table in words: what stands above it, its headings, and its lines of cells.

    A cell may hold several lines, parted by newlines. `tones` gives each line a word that a terminal may colour
    its `toned` column by; `flexible` names the columns that may be wrapped. `below` stands under the table.
    """

    above: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    flexible: frozenset[int] = frozenset()
    toned: int = -1
    tones: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def unpainted(text: str, _tone: str) -> str:
    """Return a text without colour."""
    return text


def to_text(grid: Grid, *, width: int, paint: Callable[[str, str], str] = unpainted) -> str:
    """Return a grid for a terminal of some width, wrapped, with two spaces between columns.

    `paint(text, tone)` may colour a piece of text; tones are those of the grid, `heading` and `title`. Control
    characters show as `�`, so that no record can drive the reader's terminal.

    >>> print(to_text(Grid(("Who?",), ("ACTOR", "SINCE"), (("Russia", "2025"),)), width=80))
    Who?
    <BLANKLINE>
    ACTOR   SINCE
    Russia  2025
    """
    titles = [line for text in grid.above for line in _wrapped(_clean(text), width)]
    first = len(_wrapped(_clean(grid.above[0]), width)) if grid.above else 0
    out = [paint(text, "title") if at < first else text for at, text in enumerate(titles)]
    if grid.lines:
        cells = [[_clean(cell) for cell in line] for line in grid.lines]
        widths = _widths(grid, cells, width)
        out += [""] * bool(out)
        out.append(_line(grid.headings, widths, lambda _, text: paint(text, "heading")))
        for number, line in enumerate(cells):
            tone = grid.tones[number] if grid.tones else ""

            def coloured(column: int, text: str, tone: str = tone) -> str:
                return paint(text, tone) if column == grid.toned else text

            wrapped = [_wrapped(cell, widths[column]) for column, cell in enumerate(line)]
            for level in range(max(map(len, wrapped))):
                level_cells = [cell[level] if level < len(cell) else "" for cell in wrapped]
                out.append(_line(level_cells, widths, coloured))
    if grid.below:
        out += ["", *(line for text in grid.below for line in _wrapped(_clean(text), width))]
    return "\n".join(out)


def to_markdown(grid: Grid) -> str:
    r"""Return a grid as Markdown: what stands above it as paragraphs, then a pipe table.

    >>> print(to_markdown(Grid(("Who?",), ("ACTOR",), (("A|B",),))))
    **Who?**
    <BLANKLINE>
    | Actor |
    | --- |
    | A\|B |
    """
    out = [f"**{_marked(grid.above[0])}**", *map(_marked, grid.above[1:])] if grid.above else []
    parts = ["\n\n".join(out)] if out else []
    if grid.lines:
        headings = [heading.capitalize() for heading in grid.headings]
        table = [
            headings,
            ["---"] * len(headings),
            *([_marked(cell) for cell in line] for line in grid.lines),
        ]
        parts.append("\n".join(f"| {' | '.join(line)} |" for line in table))
    parts.extend(map(_marked, grid.below))
    return "\n\n".join(parts)


def to_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    r"""Return records as CSV (RFC 4180, but with `\n`): lists joined by '; ', nothing as an empty field.

    >>> to_csv([{"a": 1, "b": ("x", "y")}], ("a", "b"))
    'a,b\n1,x; y'
    """
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_field(record[column]) for column in columns])
    return stream.getvalue().removesuffix("\n")


def to_json(value: object) -> str:
    """Return a value as JSON, named tuples as objects, in their own order.

    >>> print(to_json({"rows": (Grid((), (), ()).below,)}))
    {
      "rows": [
        []
      ]
    }
    """
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Return a value with named tuples as dicts and tuples as lists, all the way down."""
    if hasattr(value, "_asdict"):
        return {key: plain(one) for key, one in value._asdict().items()}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


def _field(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def _marked(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]<>|])", r"\\\1", _clean(text))
    return escaped.replace("\n", "<br>")


def _cells(text: str) -> int:
    """Return how many terminal cells a text takes: two for East Asian wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


@lru_cache(maxsize=1024)
def _cells_of(letter: str) -> int:
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        if _cells(part) <= width:  # as most are
            lines.append(" ".join(part.split()))
            continue
        line = ""
        for word in part.split():
            rest = word
            while _cells(rest) > width:
                room = width - _cells(line) - bool(line)
                if room < _NARROWEST:
                    lines.append(line)
                    line = ""
                    continue
                fits = _fitting(rest, room)
                lines.append(f"{line} {rest[:fits]}".lstrip())
                rest, line = rest[fits:], ""
            if line and _cells(line) + 1 + _cells(rest) > width:
                lines.append(line)
                line = rest
            else:
                line = f"{line} {rest}".strip()
        lines.append(line)
    return lines


def _fitting(text: str, room: int) -> int:
    """Return how many letters of a long word go into so many terminal cells, at least one: up to a joint, if near."""
    fits = 1
    while fits < len(text) and _cells(text[: fits + 1]) <= room:
        fits += 1
    joint = max(text.rfind(sign, 0, fits) for sign in _JOINTS) + 1
    return joint if joint > fits / 2 else fits


_JOINTS: Final = "/.-_:"
"""After these a path, an id or an address may be broken, and is still one to the eye."""


def _widths(grid: Grid, cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the columns' widths: as wide as they need, or, where that is too much, fair shares of the room.

    A flexible column gets what it needs or, if less, its share of the room by the square root of that need, so that a
    long text does not squeeze the short ones; but never less than its longest word, unless that is absurd.
    """
    columns = [
        [part for line in (grid.headings, *cells) for part in line[at].split("\n")] for at in range(len(grid.headings))
    ]
    widths = [max(map(_cells, parts)) for parts in columns]
    room = width - _GAP * (len(columns) - 1) - sum(widths[at] for at in range(len(columns)) if at not in grid.flexible)
    left = sorted(grid.flexible, key=lambda at: widths[at])
    while left:
        at = left.pop(0)
        words = max(map(_cells, {word for part in columns[at] for word in part.split()}), default=0)
        share = int(room * widths[at] ** 0.5 / (sum(widths[other] ** 0.5 for other in (at, *left)) or 1))
        widths[at] = min(widths[at], max(share, min(words, _LONGEST_WORD)))
        room -= widths[at]
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], paint: Callable[[int, str], str]) -> str:
    padded = [cell + " " * (widths[column] - _cells(cell)) for column, cell in enumerate(cells)]
    bare = (" " * _GAP).join(padded).rstrip()
    if not bare:
        return bare
    last = max((column for column, cell in enumerate(cells) if cell), default=0)
    shown = [
        paint(column, cell) + " " * (0 if column == last else widths[column] - _cells(cell))
        if cell
        else " " * widths[column]
        for column, cell in enumerate(cells[: last + 1])
    ]
    return (" " * _GAP).join(shown)
