"""Grids of text as a terminal table, Markdown or CSV, and values as JSON. Knows nothing of actors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_FSI, _PDI = "\u2068", "\u2069"
"""First strong isolate, and its end (Unicode Standard Annex #9): what stands between them takes its direction from its
own letters and moves nothing around it."""

_DRIVING: Final = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Characters that may drive a terminal, or turn the direction of what follows them; all but the line feed."""

_CONTROL: Final = re.compile(f"{_FSI}[^\n{_DRIVING}]*{_PDI}|[{_DRIVING}]")
"""One of these characters, or a whole isolate, which does no harm."""

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of scripts that are written from right to left (Unicode's DerivedBidiClass.txt: R and AL)."""

_ONE_CELL: Final = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u200a"
    "\u2010-\u2027\u202f-\u205f\u2070-\u20cf\u2100-\u2319]*"
)
"""Latin, Greek and Cyrillic letters and common signs: each takes one cell, which needs no table of widths."""

_REPLACEMENT: Final = "\ufffd"
_GAP: Final = 2
_NARROWEST: Final = 8
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

            wrapped = [[*map(_beside_others, _wrapped(cell, widths[column]))] for column, cell in enumerate(line)]
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


def isolated(text: str) -> str:
    """Return a name or title so that its letters do not move what stands around it in a line.

    That takes two invisible characters where it holds letters that are written from right to left, and nothing
    elsewhere. Markdown leaves them out again.

    >>> isolated("Coast Weekly"), isolated("\u05d9\u05d5\u05dd") == "\u2068\u05d9\u05d5\u05dd\u2069"
    ('Coast Weekly', True)
    """
    return f"{_FSI}{re.sub(f'[{_DRIVING}]', _REPLACEMENT, text)}{_PDI}" if _is_right_to_left(text) else text


def _is_right_to_left(text: str) -> bool:
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def _harmless_field(value: object) -> object:
    field = _field(value)
    return f"'{field}" if isinstance(field, str) and field.startswith(_FORMULA) else field


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With these a spreadsheet begins a formula: OWASP's list, with their full-width forms."""


def _clean(text: str) -> str:
    return _CONTROL.sub(lambda match: match[0] if len(match[0]) > 1 else _REPLACEMENT, text)


def _marked(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]<>|])", r"\\\1", re.sub(f"[{_FSI}{_PDI}]", "", _clean(text)))
    return escaped.replace("\n", "<br>")


def _cells(text: str) -> int:
    """Return how many terminal cells a text takes, by the tables of `wcwidth`.

    Two for East Asian wide letters and for emoji, joined ones and flags too; none for combining marks. The tables are
    loaded only for a text that needs them: most answers do not.
    """
    if text.isascii() or _ONE_CELL.fullmatch(text):
        return len(text)
    return sum(_measured(text[at : at + _PART]) for at in range(0, len(text), _PART))


_PART: Final = 500
"""So many characters are measured at once: of flags in a row, `wcwidth` looks back to the first for each."""


@lru_cache(maxsize=4096)
def _measured(text: str) -> int:
    from wcwidth import wcswidth

    return wcswidth(text)


def _letters(text: str) -> Iterable[str]:
    """Return what a reader sees as the letters of a text: a letter with its marks, a flag, a joined emoji."""
    if text.isascii() or _ONE_CELL.fullmatch(text):
        return text
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none of them wider than that."""
    return _balanced([line for part in text.split("\n") for line in _wrapped_line(part, width)])


def _wrapped_line(text: str, width: int) -> list[str]:
    if _cells(text) <= width:  # as most are
        return [" ".join(text.split())]
    lines: list[str] = []
    line = ""
    for word in text.split():
        last = word
        if _cells(word) > width:
            room = width - _cells(line) - bool(line)
            if line and room < _NARROWEST:
                lines.append(line)
                line, room = "", width
            *pieces, last = _pieces(word, room, width)
            for piece in pieces:
                lines.append(f"{line} {piece}".lstrip())
                line = ""
        if line and _cells(line) + 1 + _cells(last) > width:
            lines.append(line)
            line = last
        else:
            line = f"{line} {last}".strip()
    return [*lines, line]


def _pieces(word: str, room: int, width: int) -> Iterator[str]:
    """Yield a long word piece by piece: the first goes into `room` cells, the others into `width` cells each."""
    letters = [(letter, _cells(letter)) for letter in _letters(word)]
    start = 0
    while start < len(letters):
        end = _end_of_piece(letters, start, room)
        yield "".join([letter for letter, _ in letters[start:end]])
        start, room = end, width


def _end_of_piece(letters: Sequence[tuple[str, int]], start: int, room: int) -> int:
    """Return where a piece of a word ends that goes into so many cells: whole letters, one at least, up to a joint.

    A joint counts if what stands before it fills more than half of the room; the end of a part of a path, an address or
    an id before a hyphen, which may be that of a date.
    """
    used = part = hyphen = 0
    for at in range(start, len(letters)):
        letter, cells = letters[at]
        used += cells
        if used > room and at > start:
            return part or hyphen or at
        if used * 2 > room:
            part = at + 1 if letter in _ENDS_A_PART else part
            hyphen = at + 1 if letter in _HYPHENS else hyphen
    return len(letters)


_ENDS_A_PART: Final = frozenset("/.:?&")
_HYPHENS: Final = frozenset("-_=@")
"""After these a path, an id or an address may be broken, and the eye still reads it as one."""


def _balanced(lines: list[str]) -> list[str]:
    """Return the lines of one text, each of which closes the isolates that it opens or goes on with."""
    if not any(_FSI in line for line in lines):
        return lines
    balanced: list[str] = []
    is_open = False
    for text in lines:
        line = _FSI * is_open + text
        is_open = line.rfind(_FSI) > line.rfind(_PDI)
        balanced.append(line + _PDI * is_open)
    return balanced


def _beside_others(line: str) -> str:
    """Return a line of a cell, isolated as a whole where it would else move something in the cells beside it."""
    whole = line.startswith(_FSI) and line.find(_PDI) == len(line) - 1
    return f"{_FSI}{line}{_PDI}" if _is_right_to_left(line) and not whole else line


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
    widths = [max(map(_cells, parts)) for parts in columns]
    flexible = [column for column, wide in enumerate(widths) if column in grid.flexible or wide > width // 2]
    room = width - _GAP * (len(columns) - 1) - sum(widths) + sum(widths[column] for column in flexible)
    left = sorted(flexible, key=lambda column: widths[column])
    while left:
        column = left.pop(0)
        longest = max(map(_cells, {word for part in columns[column] for word in part.split()}), default=0)
        share = int(room * widths[column] ** 0.5 / (sum(widths[other] ** 0.5 for other in (column, *left)) or 1))
        widths[column] = min(widths[column], max(share, min(longest, _LONGEST_WORD)))
        room -= widths[column]
    while room < 0 and flexible:
        widest = max(flexible, key=lambda column: widths[column])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
        room += 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], paint: Callable[[int, str], str]) -> str:
    """Return one line of a table: its cells, painted, padded to the columns' widths; nothing after the last text."""
    last = max((column for column, cell in enumerate(cells) if cell), default=-1)
    shown = [
        paint(column, cell) + " " * (0 if column == last else widths[column] - _cells(cell))
        if cell
        else " " * widths[column]
        for column, cell in enumerate(cells[: last + 1])
    ]
    return (" " * _GAP).join(shown)
