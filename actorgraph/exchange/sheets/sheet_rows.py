"""A sheet as a program wrote it: its rows, and which column of them holds what."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from operator import eq
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.importing.incoming import form_of
from actorgraph.exchange.sheets.headings import Headings
from actorgraph.exchange.sheets.mapping import KEYS
from actorgraph.model.paths import shown
from actorgraph.model.reader import MAX_LETTERS
from actorgraph.names import fold
from actorgraph.written_rows import delimiter_of, rows_of_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.exchange.sheets.mapping import SheetMapping


class SheetRow(NamedTuple):
    """A row of a sheet: its number, from 1 as spreadsheets count, and the texts in its cells.

    Which of them hold a number, and to which address which leads, is told by columns from 0; where a file knows texts
    alone there are none.
    """

    number: int
    cells: Sequence[str]
    numbers: Collection[int] = ()
    links: Mapping[int, str] = MappingProxyType({})


_FOR_EXCEL: Final = re.compile(r"sep=(.)[\r\n]")
"""What may stand in the first line for Excel alone: the sign between cells."""


def parted(text: str, file: str, delimiter: str = "") -> tuple[str, Iterator[SheetRow]]:
    r"""Return the sign between the cells of a text, found out where none is given, and its rows.

    A first line that tells Excel the sign is no row.

    >>> sign, rows = parted("sep=;\na;b\n", "a.csv")
    >>> sign, [row.cells for row in rows]
    (';', [['a', 'b']])
    """
    named = _FOR_EXCEL.match(text)
    sign = delimiter or (named[1] if named else delimiter_of(text))
    return sign, islice(rows_of(text, file, sign), 1 if named else 0, None)


def rows_of(text: str, file: str, delimiter: str) -> Iterator[SheetRow]:
    r"""Yield the rows of a text. Raises `UsageProblem` where a quote is not closed, or a cell is endless.

    >>> [(row.number, row.cells) for row in rows_of("a;b\n1;2", "a.csv", ";")]
    [(1, ['a', 'b']), (2, ['1', '2'])]
    """
    if len(delimiter) != 1:
        raise UsageProblem(f"--delimiter {quoted(delimiter)} is not one sign")
    reader = rows_of_cells(io.StringIO(text, newline=""), delimiter, strict=True)
    number = line = 0
    try:
        for number, cells in enumerate(reader, 1):
            line = reader.line_num
            yield SheetRow(number, cells)
    except csv.Error as error:
        where = f"{file}:{line + 1}: row {number + 1}"
        if "field limit" in str(error):
            most = f"more than {csv.field_size_limit():,} characters, and no text of a model more than {MAX_LETTERS:,}"
            raise UsageProblem(f"{where} has a cell of {most}; shorten it, or close its quote") from error
        raise UsageProblem(
            f"{where} cannot be read: {error}; a quote in a cell is not doubled, or not closed"
        ) from error


class Sheet(NamedTuple):
    """A sheet of a file: its rows, and where there are others `beside` it, its title and theirs.

    Where a `sign` parts its cells, a row with more of them than there are headings has one that is not in quotes.
    """

    file: str
    rows: Iterable[SheetRow]
    title: str = ""
    beside: Sequence[str] = ()
    sign: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{shown(self.file)}, sheet {quoted(self.title)}" if self.title else shown(self.file)

    @property
    def should_have(self) -> str:
        """What should stand in it, and where that may be instead."""
        others = f"; --sheet names another: {', '.join(map(quoted, self.beside))}" if self.beside else ""
        return f"there should be headings, and rows below them{others}"


class Columns(NamedTuple):
    """Where what stands in a sheet: the number of the column (from 0) by key, and those that cross actors or proposals.

    `across` is the key that the headings of the crossing columns are; `unread` are the headings that mean nothing.
    """

    of_key: dict[str, int]
    across: str
    crossing: dict[int, str]
    unread: tuple[str, ...]


def columns_of(
    place: str,
    header: SheetRow,
    mapping: SheetMapping,
    *,
    known: Things | None = None,
    sourced: bool = True,
    beside: Sequence[str] = (),
    likely_header: int = 0,
) -> Columns:
    """Return where what stands below a row of headings; a table that is not `sourced` may be without sources.

    In a wide one, two headings may name one of the things that are `known`. Raises `UsageProblem` for a heading that
    is not there or stands twice, and where a column is missing; it names `place`, and what sheets stand `beside`.
    `likely_header` is the row in which the headings seem to stand, by what all rows say.
    """
    elsewhere = "--header N where they stand in another row" if sourced else "headings stand in the first row"
    if likely_header not in (0, header.number):
        elsewhere = f"--header {likely_header}, where they seem to stand"
    if beside:
        elsewhere += f", --sheet in another sheet ({', '.join(map(quoted, beside))})"
    headings = Headings(f"{place}, row {header.number}", header.cells, elsewhere)
    at_key = {key: headings.find(heading) for key, heading in mapping.columns.items()}
    ignored = {headings.find(heading) for heading in mapping.ignore}
    for key in KEYS:
        if key not in at_key and (at := headings.called(key)) is not None and at not in {*at_key.values(), *ignored}:
            at_key[key] = at
    for key in mapping.constants:
        if key in at_key:
            where = headings.texts[at_key[key]]
            raise UsageProblem(f"{headings.place}: {key} is set for all rows, and is the column {quoted(where)}, too")
    headings.must_be_some(at_key.get("date"))
    left = {
        number: text
        for number, text in enumerate(headings.texts)
        if text and number not in {*at_key.values(), *ignored}
    }
    across = "actor" if "proposal" in at_key and "actor" not in at_key else "proposal"
    if mapping.wide:
        headings.must_differ(left, lambda text: (known and known.known(across, text)) or form_of(text))
    present = {*at_key, *mapping.constants, *((across, "position") if mapping.wide and left else ())}
    headings.must_have(present, wide=mapping.wide, sourced=sourced)
    return Columns(at_key, across, left if mapping.wide else {}, () if mapping.wide else tuple(left.values()))


def filled(rows: Iterable[SheetRow], header: int) -> Iterator[SheetRow]:
    """Yield the rows in which anything stands, from that with the headings on."""
    return (row for row in rows if row.number >= header and any(text.strip() for text in row.cells))


def has_heading(header: SheetRow, number: int) -> bool:
    """Whether a heading stands over a column, counted from 0."""
    return number < len(header.cells) and bool(header.cells[number].strip())


def says_the_same(row: SheetRow, header: SheetRow) -> bool:
    """Whether a row has the texts of another, in whatever spelling."""
    texts, others = ([text for text in cells if text.strip()] for cells in (row.cells, header.cells))
    return len(texts) == len(others) and all(map(eq, map(fold, texts), map(fold, others)))
