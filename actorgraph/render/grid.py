"""Grids of text as a terminal table, Markdown or CSV, and values as JSON. Knows nothing of actors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.render.wrapping import NARROWEST, bare, beside_others, cells_of, clean, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_GAP: Final = 2

_LONGEST_WORD: Final = 22


class Grid(NamedTuple):
    """A table in words: what stands above it, its headings, and its lines of cells.

    A cell may have several lines, separated by newlines. `tones` gives each line a word by which a terminal may colour
    its `toned` column; `flexible` are the columns that may be wrapped. `below` stands under the table.
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
    titles = [line for text in grid.above for line in wrapped(clean(text), width)]
    first = len(wrapped(clean(grid.above[0]), width)) if grid.above else 0
    out = [paint(text, "title") if at < first else text for at, text in enumerate(titles)]
    if grid.lines:
        cells = [[clean(cell) for cell in line] for line in grid.lines]
        widths = _widths(grid, cells, width)
        out += [""] * bool(out)
        out.append(_line(grid.headings, widths, lambda _, text: paint(text, "heading")))
        for number, line in enumerate(cells):
            tone = grid.tones[number] if grid.tones else ""

            def coloured(column: int, text: str, tone: str = tone) -> str:
                return paint(text, tone) if column == grid.toned else text

            columns = [[*map(beside_others, wrapped(cell, widths[column]))] for column, cell in enumerate(line)]
            for level in range(max(map(len, columns))):
                level_cells = [column[level] if level < len(column) else "" for column in columns]
                out.append(_line(level_cells, widths, coloured))
    if grid.below:
        out += ["", *(line for text in grid.below for line in wrapped(clean(text), width))]
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
    out = [f"**{_marked(grid.above[0].strip())}**", *map(_paragraph, grid.above[1:])] if grid.above else []
    parts = ["\n\n".join(out)] if out else []
    if grid.lines:
        headings = [heading.capitalize() for heading in grid.headings]
        table = [
            headings,
            ["---"] * len(headings),
            *([_marked(cell) for cell in line] for line in grid.lines),
        ]
        parts.append("\n".join(f"| {' | '.join(line)} |" for line in table))
    parts.extend(map(_paragraph, grid.below))
    return "\n\n".join(parts)


def to_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str], *, excel: bool = False) -> str:
    r"""Return records as CSV (RFC 4180, but with `\n`): lists joined by '; ', nothing as an empty field.

    With `excel`, as spreadsheets open it without harm: a byte order mark tells that it is UTF-8, lines end in `\r\n`,
    and a text that would be run as a formula has an apostrophe before it (OWASP, "CSV Injection").

    >>> to_csv([{"a": 1, "b": ("x", "y")}], ("a", "b"))
    'a,b\n1,x; y'
    >>> to_csv([{"a": "=1+1"}], ["a"], excel=True)
    "\ufeffa\r\n'=1+1\r"
    """
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n" if excel else "\n")
    writer.writerow(columns)
    field = _harmless_field if excel else _field
    for record in records:
        writer.writerow([field(record[column]) for column in columns])
    return "\ufeff" * excel + stream.getvalue().removesuffix("\n")


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
    """Return a value with named tuples and answers as dicts and tuples as lists, all the way down."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if hasattr(value, "_asdict"):
        return {key: plain(inner) for key, inner in value._asdict().items()}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value]


def _field(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _harmless_field(value: object) -> object:
    field = _field(value)
    return f"'{field}" if isinstance(field, str) and field.startswith(_FORMULA) else field


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With these a spreadsheet begins a formula: OWASP's list, with their full-width forms."""


def _paragraph(text: str) -> str:
    """Return a text as a paragraph of Markdown, whose first characters make it no heading, list or code."""
    return re.sub(r"^(\d*)([#+-]|(?<=\d)[.)])", r"\1\\\2", _marked(text.strip()))


def _marked(text: str) -> str:
    """Return a text as Markdown (CommonMark, and what GitHub adds) that says nothing but its words."""
    escaped = re.sub(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))", r"\\\1", bare(clean(text)))
    return escaped.replace("\n", "<br>")


def _widths(grid: Grid, cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the columns' widths: as wide as they need, or, where that is too much, fair shares of the room.

    Flexible is also what would take more than half of the width. A flexible column gets what it needs or, if less, its
    share of the room by the square root of that need, so that a long text does not squeeze the short ones; but not less
    than its longest word, unless that word is absurd or the words of all columns do not fit beside one another.
    """
    columns = [
        [part for line in (grid.headings, *cells) for part in line[column].split("\n")]
        for column in range(len(grid.headings))
    ]
    widths = [max(map(cells_of, parts)) for parts in columns]
    flexible = [column for column, wide in enumerate(widths) if column in grid.flexible or wide > width // 2]
    room = width - _GAP * (len(columns) - 1) - sum(widths) + sum(widths[column] for column in flexible)
    left = sorted(flexible, key=lambda column: widths[column])
    while left:
        column = left.pop(0)
        longest = max(map(cells_of, {word for part in columns[column] for word in part.split()}), default=0)
        share = int(room * widths[column] ** 0.5 / (sum(widths[other] ** 0.5 for other in (column, *left)) or 1))
        widths[column] = min(widths[column], max(share, min(longest, _LONGEST_WORD)))
        room -= widths[column]
    while room < 0 and flexible:
        widest = max(flexible, key=lambda column: widths[column])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
        room += 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], paint: Callable[[int, str], str]) -> str:
    """Return one line of a table: its cells, painted, padded to the columns' widths; nothing after the last text."""
    last = max((column for column, cell in enumerate(cells) if cell), default=-1)
    shown = [
        paint(column, cell) + " " * (0 if column == last else widths[column] - cells_of(cell))
        if cell
        else " " * widths[column]
        for column, cell in enumerate(cells[: last + 1])
    ]
    return (" " * _GAP).join(shown)
