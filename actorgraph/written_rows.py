"""The rows of a CSV: how a file may begin that has them, and which sign stands between their cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterable

BOMS_OF_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
"""How a file in UTF-32 begins; the first of them begins as UTF-16 does."""

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 20
"""How many rows tell which sign stands between cells."""


def rows_of_cells(lines: Iterable[str], delimiter: str, *, strict: bool = False) -> CsvReader:
    """Return a reader of the rows of a CSV, in which blanks may stand before the quote that opens a cell.

    >>> list(rows_of_cells(['France, "Tram, new"'], ","))
    [['France', 'Tram, new']]
    """
    return csv.reader(lines, delimiter=delimiter, strict=strict, skipinitialspace=True)


def delimiter_of(text: str) -> str:
    r"""Return the sign between cells: that which parts the first rows into most cells, as many in each.

    >>> delimiter_of("a;b;c\n1,5;2;3\n"), delimiter_of("a\tb\n1\t2\n"), delimiter_of("alone")
    (';', '\t', ',')
    """
    start = text[:65536]

    def fits(sign: str) -> tuple[int, int]:
        try:
            first = islice(rows_of_cells(io.StringIO(start, newline=""), sign), _SAMPLE)
            rows = [len(cells) for cells in first if cells]
        except csv.Error:
            return 0, 0
        width, number = Counter(rows).most_common(1)[0] if rows else (1, 0)
        return (number, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=fits)
