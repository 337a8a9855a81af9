"""CSV files of statements: how their cells stand apart, and what is wrong with one that DuckDB cannot read."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.engines.table_engine import delimiter_of, literal
from actorgraph.model.paths import shown
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS_LOOKED_AT: Final = 1_000_000
"""So many rows are looked at to tell which one makes a file unreadable."""

LONGEST_LINE: Final = 2_000_000
"""Bytes that a line may have at most: DuckDB's own bound."""


def heading_of(file: str) -> str:
    """Return the first line of a file here, nothing where it cannot be read."""
    try:
        with Path(file).open(encoding="utf-8-sig") as stream:
            return stream.readline()
    except (OSError, ValueError):
        return ""


def headings_in(heading: str) -> list[str]:
    """Return the headings in a first line.

    >>> headings_in('actor,"position, or vote"')
    ['actor', 'position, or vote']
    """
    return next(csv.reader([heading], delimiter=delimiter_of(heading)), [])


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
        why = "it is not UTF-8; save the file as CSV in UTF-8"
    else:
        lines = [line for line in message[at.end() :].splitlines() if not line.startswith("Original Line:")]
        why = f"it is no CSV: {lines[0] if lines else 'it cannot be read'}"
    return f"{shown(file[1].strip()) if file else 'the file'}:{at[1]}: {why}"


def empty(file: str) -> str | None:
    """Return that a file here has nothing in it, None where it has, or nobody knows."""
    with suppress(OSError):
        if not Path(file).stat().st_size:
            return f"{shown(file)} is empty; there should be headings, and rows below them"
    return None


def unpacked(file: str) -> str | None:
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


def wrong_file(files: Sequence[str]) -> str | None:
    """Return what is wrong with CSV files here that cannot be read, None where nothing can be told.

    That is a line that is too long, or the first of its rows that has not as many cells as the header.
    """
    ways = (_too_long, _wrong_row)
    return next((wrong for file in files for way in ways if (wrong := way(file))), None)


def _too_long(file: str) -> str | None:
    with suppress(OSError), Path(file).open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), 1):
            if len(line) > LONGEST_LINE:
                most = f"{LONGEST_LINE:,} bytes"
                return f"{shown(file)}:{number}: the line has more than {most}; is it no CSV, or a cell too long?"
    return None


def _wrong_row(file: str) -> str | None:
    """Return which of the first rows has not as many cells as the header; one over several lines may lack a quote."""
    sign = delimiter_of(heading_of(file))
    with suppress(OSError, ValueError, csv.Error), Path(file).open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream, delimiter=sign)
        width = len(next(rows, []))
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
