"""CSV files of statements: how their cells stand apart, and what is wrong with one, whichever engine reads it."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from actorgraph.engines.table_engine import literal
from actorgraph.errors import UsageProblem, quoted
from actorgraph.model.paths import shown
from actorgraph.vocabulary import counted
from actorgraph.written_rows import BOMS_OF_UTF_32, delimiter_of, rows_of_cells

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterator, Sequence

_ROWS_LOOKED_AT: Final = 1_000_000
"""So many rows are looked at to tell which one makes a file unreadable."""

_SAVE: Final = "save the file as CSV in UTF-8"
_NOT_UTF_8: Final = f"it is not UTF-8; {_SAVE}"
_OPEN: Final = "a quote that opens in it is closed nowhere, or in the middle of a cell further below"
_BEHIND: Final = "text stands behind the quote that closes a cell; a quote that belongs to a cell is written twice"

LONGEST_LINE: Final = 2_000_000
"""Bytes that a line may have at most: DuckDB's own bound."""


_LINES_OF_HEADINGS: Final = 20
"""Over so many lines headings may go, where quoted ones have line breaks."""


class _Beginning(NamedTuple):
    """How a file begins: its headings as they are written, and how many empty lines stand above them."""

    heading: str
    above: int


def _opened(file: str) -> IO[bytes]:
    """Open a file here, unpacked where its name says that it is packed."""
    return gzip.open(file) if file.lower().endswith(".gz") else Path(file).open("rb")  # type: ignore[return-value]


def _beginning(file: str) -> _Beginning:
    try:
        with _opened(file) as packed, io.TextIOWrapper(packed, encoding="utf-8-sig", newline="\n") as stream:
            above = 0
            while (line := stream.readline()) and not line.strip("\r\n"):
                above += 1
            heading = line
            for more in islice(stream, _LINES_OF_HEADINGS):
                if heading.count('"') % 2 == 0:
                    break
                heading += more
            return _Beginning(line if heading.count('"') % 2 else heading, above)
    except (OSError, EOFError, ValueError, zlib.error):
        return _Beginning("", 0)


def heading_of(file: str) -> str:
    """Return the headings of a file here as they are written, nothing where it cannot be read."""
    return _beginning(file).heading


def lines_above(file: str) -> int:
    """Return how many empty lines stand above the headings of a file here, which DuckDB passes over."""
    return _beginning(file).above


_GAP: Final = re.compile(rb"(?:\n\r?\n|\r\r)[\r\n]*[^\r\n]")
"""An empty line with something below it, in a file or in a cell of several lines."""


def gaps_in(file: str) -> list[tuple[int, int]]:
    """Return which rows below the headings of a file here have empty lines right above them, by number from 1.

    Each stands with how many empty lines there are between it and the headings: no engine tells them. A file is only
    read as rows if bytes in it look like such lines, which takes a tenth of the time.
    """
    gaps: list[tuple[int, int]] = []
    with suppress(OSError, EOFError, ValueError, zlib.error, csv.Error):
        if _may_have_gaps(file):
            with _rows(file) as rows:
                number, above, counted_for = -1, 0, 0
                for row in rows:
                    if row:
                        number += 1
                        if above > counted_for:
                            gaps.append((number, above))
                            counted_for = above
                    elif number >= 0:
                        above += 1
    return gaps


def _may_have_gaps(file: str) -> bool:
    with _opened(file) as stream:
        ends = b""
        while block := stream.read(1 << 20):
            joined = ends + block
            if _GAP.search(joined):
                return True
            ends = joined[len(joined.rstrip(b"\r\n")) :][-4:]
    return False


def headings_in(heading: str) -> list[str]:
    """Return the headings that are written so.

    >>> headings_in('actor,"position, or vote"')
    ['actor', 'position, or vote']
    """
    try:
        return next(rows_of_cells(io.StringIO(heading, newline=""), delimiter_of(heading)), [])
    except csv.Error:
        return []


def columns_under(headings: Sequence[str]) -> list[str]:
    """Return what DuckDB calls the columns under some headings: one without a heading, or with that of another, too.

    >>> columns_under(["", " actor ", "note", "Note"])
    ['column0', 'actor', 'note', 'Note_1']
    """
    names: list[str] = []
    often: dict[str, int] = {}
    digits = len(str(len(headings) - 1))
    for number, heading in enumerate(headings):
        name = heading.strip() or f"column{number:0{digits}}"
        while (form := name.casefold()) in often:
            often[form] += 1
            name = f"{name}_{often[form]}"
        often[form] = 0
        names.append(name)
    return names


def quoting_of(files: Sequence[str]) -> str:
    """Return how cells are parted and quoted in CSV files, as everybody writes them.

    DuckDB would guess it from the first 20,000 rows, of which none may have a quoted cell. What parts the cells is left
    to it only where the headings do not agree, or cannot be read from here.
    """
    signs = {delimiter_of(heading) if heading else "" for heading in map(heading_of, files)}
    sign = signs.pop() if len(signs) == 1 else ""
    return f"quote = '\"', escape = '\"'{f', delim = {literal(sign)}' if sign else ''}"


def wrong_line(message: str) -> str | None:
    r"""Return what is wrong with a line of a CSV file and where, None where a message is of something else.

    >>> wrong_line("CSV Error on Line: 7\nOriginal Line: a\nExpected Number of Columns: 4 Found: 2\n  file = a.csv\n")
    'a.csv:7: it has 2 cells, and the header 4'
    """
    at = re.search(r"CSV Error on Line: (\d+)\n", message)
    if at is None:
        return None
    file = re.search(r"^ *file = (.*)$", message, re.MULTILINE)
    cells = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if "Maximum line size" in message:
        return _too_long(file[1].strip() if file else "") or f"a line has more than {LONGEST_LINE:,} bytes"
    if cells is not None:
        why = f"it has {cells[2]} cells, and the header {cells[1]}"
    elif "unicode" in message:
        why = _NOT_UTF_8
    elif "unterminated quote" in message:
        if wrong := _open_quote(file[1].strip()) if file else None:
            return wrong
        why = _OPEN
    else:
        lines = [line for line in message[at.end() :].splitlines() if not line.startswith("Original Line:")]
        why = f"it is no CSV: {lines[0] if lines else 'it cannot be read'}"
    return f"{shown(file[1].strip()) if file else 'the file'}:{at[1]}: {why}"


def must_begin_well(files: Sequence[str]) -> None:
    """Raise `UsageProblem` where a CSV file here is empty, is not packed as its name says, or begins as no CSV does."""
    ways = (_empty, _unpacked, _wrong_beginning)
    if wrong := next((wrong for file in files for way in ways if (wrong := way(file))), None):
        raise UsageProblem(wrong)


def _empty(file: str) -> str | None:
    """Return that a file here has nothing in it, None where it has, or nobody knows."""
    with suppress(OSError, EOFError, zlib.error), _opened(file) as stream:
        if not stream.read(_SAMPLE).removeprefix(codecs.BOM_UTF8).strip(b"\r\n") and not stream.read(1):
            return f"{shown(file)} is empty; there should be headings, and rows below them"
    return None


def _unpacked(file: str) -> str | None:
    """Return that a file here is not packed as its name says, None where it is: some DuckDB reads what is cut off."""
    if "://" in file or not file.lower().endswith(".gz"):
        return None
    try:
        with gzip.open(file) as stream:
            while stream.read(1 << 20):
                pass
    except (OSError, EOFError, zlib.error):
        return f"{shown(file)} is cut off, or no gzip file; pack the table anew, or unpack it"
    return None


def _wrong_beginning(file: str) -> str | None:
    """Return what is wrong with how a CSV file here begins, so that its headings cannot be read; None where nothing is.

    That is another encoding, as of “Unicode text” from Excel, another sort of file, and a line above the headings in
    which something stands.
    """
    try:
        with _opened(file) as stream:
            sample = stream.read(_SAMPLE)
    except (OSError, EOFError, zlib.error):
        return None
    if other := next((other for begin, other in _OTHER_SORTS.items() if sample.startswith(begin)), None):
        return f"{shown(file)} is {other}"
    if sample.startswith(BOMS_OF_UTF_32):
        return f"{shown(file)} is UTF-32, and not UTF-8; {_SAVE}"
    if _is_utf_16(sample):
        return f"{shown(file)} is UTF-16, and not UTF-8; {_SAVE}"
    heading, above = _beginning(file)
    line = heading.strip()
    if re.fullmatch('"?sep=.*', line, re.IGNORECASE):
        why = f"{quoted(line)} is for Excel alone, and no heading"
    elif heading and not any(text.strip() for text in headings_in(heading)):
        why = "its cells are empty, where headings should stand"
    else:
        return None
    return f"{shown(file)}:{above + 1}: {why}; delete this line"


_SAMPLE: Final = 4_096
_OTHER_SORTS: Final = {
    b"PAR1": "Parquet, and no CSV; let its name end in .parquet",
    b"PK\x03\x04": f"a workbook or a zip archive, and no CSV; {_SAVE}",
    b"\x1f\x8b": "packed by gzip, and no CSV; let its name end in .csv.gz",
}
"""How files begin that are no CSV, whatever they are called, and what is to be said of each."""


def _is_utf_16(sample: bytes) -> bool:
    """Whether a file that begins so is UTF-16: it says so, or every second byte of most letters is 0."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return sample.startswith((b"\xff\xfe", b"\xfe\xff")) or (min(even, odd) == 0 and max(even, odd) * 4 > len(sample))


def wrong_file(files: Sequence[str]) -> str | None:
    """Return what is wrong with CSV files here that cannot be read, None where nothing can be told.

    That is a line that is too long, the first of its rows that has not as many cells as the header, or an open quote.
    """
    ways = (_too_long, _wrong_row, _open_quote)
    return next((wrong for file in files for way in ways if (wrong := way(file))), None)


_ODD: Final = re.compile(rb'[,;\t|\n] +"(?:[^"]|"[,;\t|\r\n])')
"""A quote that opens a cell behind blanks."""
_OVERLAP: Final = 64


def is_odd(file: str) -> bool:
    """Whether a CSV file here has lines that end in two ways, or quotes behind blanks: Spark does not expect them."""
    ends: set[bool] = set()
    before = b""
    with suppress(OSError, EOFError, zlib.error), _opened(file) as stream:
        while block := stream.read(1 << 20):
            joined = before + block
            windows = joined.count(b"\r\n")
            ends |= {True} if windows else set()
            ends |= {False} if joined.count(b"\n") > windows else set()
            if len(ends) > 1 or _ODD.search(joined):
                return True
            before = joined[-_OVERLAP:].lstrip(b"\n")  # which may have lost what stood before it
    return False


def write_plainly(file: str, place: str) -> bool:
    """Write the rows of a CSV file here anew, unpacked, so that Spark reads them; return whether that was done."""
    try:
        with _rows(file) as rows, Path(place).open("w", encoding="utf-8", newline="") as written:
            csv.writer(written, delimiter=delimiter_of(heading_of(file)), lineterminator="\n").writerows(rows)
    except csv.Error:
        return False
    return True


def not_utf_8(files: Sequence[str]) -> str | None:
    """Return which line of a CSV file here is not UTF-8, None where all are: Spark puts another sign in its place."""
    for file in files:
        decoder = codecs.getincrementaldecoder("utf-8")()
        line = 1
        with suppress(OSError, EOFError, zlib.error), _opened(file) as stream:
            while True:
                piece = stream.read(1 << 20)
                try:
                    text = decoder.decode(piece, final=not piece)
                except UnicodeDecodeError as error:
                    line += error.object[: error.start].count(b"\n")
                    return f"{shown(file)}:{line}: {_NOT_UTF_8}"
                line += text.count("\n")
                if not piece:
                    break
    return None


def _too_long(file: str) -> str | None:
    with suppress(OSError), _opened(file) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), 1):
            if len(line) > LONGEST_LINE:
                most = f"{LONGEST_LINE:,} bytes"
                return f"{shown(file)}:{number}: the line has more than {most}; is it no CSV, or a cell too long?"
    return None


@contextmanager
def _rows(file: str, *, strict: bool = False) -> Iterator[CsvReader]:
    """Open a file as rows of cells."""
    with _opened(file) as packed, io.TextIOWrapper(packed, encoding="utf-8-sig", newline="") as stream:
        lines = (_BLANKS_BEHIND.sub('"', line) for line in stream) if strict else stream
        yield rows_of_cells(lines, delimiter_of(heading_of(file)), strict=strict)


_BLANKS_BEHIND: Final = re.compile('" +(?=[,;\t|\r\n]|$)')
"""Blanks between the quote that closes a cell and its end, which every engine takes."""


def _wrong_row(file: str) -> str | None:
    """Return which of the first rows has not as many cells as the header; one over several lines may lack a quote."""
    with suppress(OSError, ValueError, csv.Error), _rows(file) as rows:
        width = len(next((row for row in rows if row), []))
        before = rows.line_num
        for row in islice(rows, _ROWS_LOOKED_AT):
            if row and len(row) != width:
                wrong = f"{shown(file)}:{before + 1}: it has {counted(len(row), 'cell')}, and the header {width}"
                lines = rows.line_num - before
                return wrong + (
                    f"; a quote that opens in it ends {counted(lines - 1, 'line')} below, or nowhere"
                    if lines > 1
                    else ""
                )
            before = rows.line_num
    return None


def badly_quoted(files: Sequence[str]) -> str | None:
    """Return in which row of CSV files here a quote is not closed, or in the middle of a cell; all rows are read."""
    return next((wrong for file in files if (wrong := _open_quote(file, None))), None)


def _open_quote(file: str, most: int | None = _ROWS_LOOKED_AT) -> str | None:
    """Return in which of the first rows a quote opens that is not closed, or in the middle of a cell."""
    with suppress(OSError, ValueError), _rows(file, strict=True) as rows:
        before = 0
        try:
            for _ in islice(rows, most):
                before = rows.line_num
        except csv.Error as error:
            is_open = rows.line_num > before + 1 or "unexpected end" in str(error)
            if is_open or "expected after" in str(error):
                return f"{shown(file)}:{before + 1}: {_OPEN if is_open else _BEHIND}"
    return None
