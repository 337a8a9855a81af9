"""Grids of text as a terminal table, Markdown or CSV. Knows nothing of actors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.render.columns import GAP, fits, fitted, natural
from actorgraph.render.wrapping import bare, beside_others, cells_of, clean, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


_COMMAND: Final = re.compile("`(actorgraph [^`]*)`")
_HELD: Final = "\ue000"
"""Stands for a blank at which a line may not end, while lines are made."""

_SHORT_KEY: Final = 50
"""Keys no longer than that follow one another in a paragraph; where one is longer, each has a line."""


class Note(NamedTuple):
    """What stands below tables under a number, by which their lines refer to it.

    `url` is where it can be read, `archived` where a copy of it is kept.
    """

    number: int
    text: str
    url: str | None = None
    archived: str | None = None


class Grid(NamedTuple):
    """A table in words: what stands above it, its headings, and its lines of cells.

    A cell may have several lines, separated by newlines. `tones` gives each line a word by which a terminal may colour
    its `toned` column; `flexible` are the columns that may be wrapped. `keyed` are columns whose texts a terminal shows
    under the table, with a letter in their place, where a line would not fit else; one without any text is not shown.
    `named` are columns whose heading is a name, which is no word to be written small or large. `evidence` are the notes
    to which each line refers, in a last column of their own. `notes` stand under the table, and `below` under these.
    """

    above: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    flexible: frozenset[int] = frozenset()
    toned: int = -1
    tones: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    keyed: frozenset[int] = frozenset()
    evidence: tuple[tuple[Note, ...], ...] = ()
    notes: tuple[Note, ...] = ()
    named: frozenset[int] = frozenset()


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
    grid = _shown(grid)
    titles = [line for text in grid.above for line in wrapped(clean(text), width)]
    first = len(wrapped(clean(grid.above[0]), width)) if grid.above else 0
    out = [paint(text, "title") if at < first else text for at, text in enumerate(titles)]
    if grid.lines:
        references: list[tuple[str, ...]] = [(in_short(notes),) for notes in grid.evidence] or [()] * len(grid.lines)
        cells = [(*map(clean, line), *marks) for line, marks in zip(grid.lines, references, strict=True)]
        headings = (*map(clean, grid.headings), *["SEE"] * bool(grid.evidence))
        table = _table(grid, headings, cells, width, paint)
        if grid.keyed and not fits(natural((headings, *cells)), width):
            short, keys = _with_keys(cells, grid.keyed)
            keyed = _table(grid, headings, short, width, paint)
            table = [*keyed, "", *_keys(keys, width)] if len(keyed) < len(table) else table
        out += [*[""] * bool(out), *table]
    out += _notes(grid.notes, width)
    if grid.below:
        out += [*[""] * bool(out), *(line for text in grid.below for line in _with_whole_commands(clean(text), width))]
    return "\n".join(out)


def _with_whole_commands(text: str, width: int) -> list[str]:
    """Return the lines of a text, with no command in it broken; one that is too long for a line stands alone."""
    too_long = next((match for match in _COMMAND.finditer(text) if cells_of(match[0]) > width), None)
    if too_long is None:
        held = _COMMAND.sub(lambda match: match[0].replace(" ", _HELD), text)
        return [line.replace(_HELD, " ") for line in wrapped(held, width)]
    before, after = text[: too_long.start()].rstrip(), text[too_long.end() :].strip(" .")
    return [
        *(wrapped(before, width) if before else []),
        too_long[1],
        *(_with_whole_commands(after, width) if after else []),
    ]


def _shown(grid: Grid) -> Grid:
    """Return a grid without those of its keyed columns in which nothing stands."""
    empty = {column for column in grid.keyed if not any(line[column] for line in grid.lines)}
    if not empty:
        return grid
    left = [column for column in range(len(grid.headings)) if column not in empty]
    place = {column: at for at, column in enumerate(left)}
    return grid._replace(
        headings=tuple(grid.headings[column] for column in left),
        lines=tuple(tuple(line[column] for column in left) for line in grid.lines),
        flexible=frozenset(place[column] for column in grid.flexible if column in place),
        toned=place.get(grid.toned, -1),
        keyed=frozenset(place[column] for column in grid.keyed if column in place),
        named=frozenset(place[column] for column in grid.named if column in place),
    )


def _with_keys(cells: list[tuple[str, ...]], keyed: frozenset[int]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return lines with a letter for each text of their keyed columns, and the texts in the order of their letters."""
    texts = tuple(dict.fromkeys(line[column] for line in cells for column in sorted(keyed) if line[column]))
    letters = {text: letter(at) for at, text in enumerate(texts)} | {"": ""}
    lines = [tuple(letters[cell] if column in keyed else cell for column, cell in enumerate(line)) for line in cells]
    return lines, texts


def letter(at: int) -> str:
    """Return the letter of a key: a to z, then aa, ab and so on.

    >>> [letter(at) for at in (0, 25, 26, 27, 701, 702)]
    ['a', 'z', 'aa', 'ab', 'zz', 'aaa']
    """
    before, last = divmod(at, 26)
    return (letter(before - 1) if before else "") + "abcdefghijklmnopqrstuvwxyz"[last]


def _keys(texts: tuple[str, ...], width: int) -> list[str]:
    """Return what the letters of keyed columns stand for: short texts after one another, else a line for each."""
    marked = [(letter(at), " ".join(text.split("\n"))) for at, text in enumerate(texts)]
    if all(cells_of(text) <= _SHORT_KEY for _, text in marked):
        return wrapped(" · ".join(f"{mark} {text}" for mark, text in marked), width)
    indent = max(len(mark) for mark, _ in marked) + GAP
    return [line for mark, text in marked for line in _hanging(mark, wrapped(text, width - indent), indent)]


def _notes(notes: tuple[Note, ...], width: int) -> list[str]:
    """Return numbered notes, each with its address behind it where that fits, else below it."""
    lines: list[str] = []
    indent = max((len(f"[{note.number}]") for note in notes), default=0) + 1
    for note in notes:
        room = width - indent
        text = wrapped(clean(note.text), room)
        address = wrapped(clean(note.url), room) if note.url else []
        if len(address) == 1 and cells_of(text[-1]) + 1 + cells_of(address[0]) <= room:
            text[-1] += f" {address.pop()}"
        copy = wrapped(clean(f"archived: {note.archived}"), room) if note.archived else []
        lines += _hanging(f"[{note.number}]", [*text, *address, *copy], indent)
    return lines


def _hanging(mark: str, lines: list[str], indent: int) -> list[str]:
    """Return lines behind a mark, all of them indented alike."""
    return [f"{mark if at == 0 else '':{indent}}{line}" for at, line in enumerate(lines)]


def in_short(notes: Iterable[Note]) -> str:
    """Return the numbers of notes in brackets, three and more in a row as the first and the last of them.

    >>> in_short(Note(number, "") for number in (1, 2, 4, 5, 6, 9))
    '[1, 2, 4-6, 9]'
    """
    runs: list[list[int]] = []
    for number in sorted({note.number for note in notes}):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"[{', '.join(parts)}]" if parts else ""


def _table(
    grid: Grid,
    headings: tuple[str, ...],
    cells: Sequence[Sequence[str]],
    width: int,
    paint: Callable[[str, str], str],
) -> list[str]:
    """Return the lines of a table: its headings, then its cells, wrapped to the widths of their columns."""
    most = fitted((headings, *cells), width, grid.flexible)
    rows = [[wrapped(cell, most[column]) for column, cell in enumerate(line)] for line in (headings, *cells)]
    widths = [max(cells_of(part) for row in rows for part in row[column]) for column in range(len(most))]
    out = _row(rows[0], widths, lambda _, text: paint(text, "heading"))
    for number, row in enumerate(rows[1:]):
        tone = grid.tones[number] if grid.tones else ""

        def coloured(column: int, text: str, tone: str = tone) -> str:
            return paint(text, tone) if column == grid.toned else text

        out += _row([[*map(beside_others, cell)] for cell in row], widths, coloured)
    return out


def to_markdown(grid: Grid) -> str:
    r"""Return a grid as Markdown: what stands above it as paragraphs, then a pipe table, then a list of its notes.

    >>> print(to_markdown(Grid(("Who?",), ("ACTOR",), (("A|B",),))))
    **Who?**
    <BLANKLINE>
    | Actor |
    | --- |
    | A\|B |
    """
    grid = _shown(grid)
    out = [f"**{_marked(grid.above[0].strip())}**", *map(_paragraph, grid.above[1:])] if grid.above else []
    parts = ["\n\n".join(out)] if out else []
    if grid.lines:
        words = (
            _marked(heading) if column in grid.named else heading.capitalize()
            for column, heading in enumerate(grid.headings)
        )
        headings = [*words, *["Evidence"] * bool(grid.evidence)]
        references = [[", ".join(map(_reference, notes))] for notes in grid.evidence] or [[]] * len(grid.lines)
        lines = [[*map(_marked, line), *marks] for line, marks in zip(grid.lines, references, strict=True)]
        table = [headings, ["---"] * len(headings), *lines]
        parts.append("\n".join(f"| {' | '.join(line)} |" for line in table))
    if grid.notes:
        parts.append("\n".join(f"{note.number}. {_note(note)}" for note in grid.notes))
    parts.extend(map(_paragraph, grid.below))
    return "\n\n".join(parts)


def heading(text: str, level: int) -> str:
    r"""Return a heading of Markdown, in which no sign of the text says anything but itself.

    >>> print(heading("Plan #1 *now* #", 2))
    ## Plan #1 \*now\* \#
    """
    words = re.sub(r"(#+)$", r"\\\1", _marked(" ".join(text.split())))
    return f"{'#' * level} {words}"


def _note(note: Note) -> str:
    """Return a note that links to where it can be read, with the copy of it; what may be no link is told as text."""
    text = _linked(_marked(note.text), note.url)
    if note.url and text == _marked(note.text):
        text += f", {_marked(note.url)}"
    return f"{text}, {_linked('archived copy', note.archived)}" if note.archived else text


def _reference(note: Note) -> str:
    return _linked(f"\\[{note.number}\\]", note.url)


def _linked(text: str, url: str | None) -> str:
    """Return a text as a link, if there is where to; the address holds nothing that would end it, or a cell."""
    if not url:
        return text
    from urllib.parse import quote

    from actorgraph.model.links import is_link

    if not is_link(url):
        return text

    address = "".join(quote(sign) if sign in "<>|\\" or sign.isspace() else sign for sign in clean(url))
    return f"[{text}](<{address}>)"


def to_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str], *, excel: bool = False) -> str:
    r"""Return records as CSV (RFC 4180, but with `\n`): lists joined by '; ', nothing as an empty field.

    With `excel`, as spreadsheets open it without harm: a byte order mark tells that it is UTF-8, lines end in `\r\n`,
    and a text that would be run as a formula, also one above a column, has an apostrophe before it (OWASP, "CSV
    Injection").

    >>> to_csv([{"a": 1, "b": ("x", "y")}], ("a", "b"))
    'a,b\n1,x; y'
    >>> to_csv([{"a": "=1+1"}], ["a"], excel=True)
    "\ufeffa\r\n'=1+1\r"
    """
    return "".join(csv_pieces([records], columns, excel=excel)).removesuffix("\n")


def csv_pieces(
    blocks: Iterable[Iterable[Mapping[str, object]]], columns: Sequence[str], *, excel: bool
) -> Iterator[str]:
    r"""Yield the CSV that `to_csv` returns in pieces of whole lines: the header, then one for each block of records.

    >>> list(csv_pieces(([{"a": 1}, {"a": 2}], [{"a": 3}]), ["a"], excel=False))
    ['a\n', '1\n2\n', '3\n']
    """
    import csv
    import io

    field = _harmless_field if excel else _field

    def lines(rows: Iterable[Iterable[object]]) -> str:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\r\n" if excel else "\n").writerows(rows)
        return stream.getvalue()

    yield "\ufeff" * excel + lines([map(field, columns)])
    for block in blocks:
        yield lines([field(record[column]) for column in columns] for record in block)


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


def _row(columns: Sequence[Sequence[str]], widths: Sequence[int], paint: Callable[[int, str], str]) -> list[str]:
    """Return the lines that one row of a table takes, given the lines of each of its cells."""
    levels = range(max(map(len, columns)))
    return [
        _line([column[level] if level < len(column) else "" for column in columns], widths, paint) for level in levels
    ]


def _line(cells: Sequence[str], widths: Sequence[int], paint: Callable[[int, str], str]) -> str:
    """Return one line of a table: its cells, painted, padded to the columns' widths; nothing after the last text."""
    last = max((column for column, cell in enumerate(cells) if cell), default=-1)
    shown = [
        paint(column, cell) + " " * (0 if column == last else widths[column] - cells_of(cell))
        if cell
        else " " * widths[column]
        for column, cell in enumerate(cells[: last + 1])
    ]
    return (" " * GAP).join(shown)
