"""Excel's own files: the rows of a sheet come in."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from errno import EINVAL
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from zipfile import ZipFile

from actorgraph.errors import UsageProblem, did_you_mean, lacking, quoted
from actorgraph.exchange.formats import Option
from actorgraph.exchange.guess import guessed
from actorgraph.exchange.incoming import Skipped
from actorgraph.exchange.mapping import OPTIONS, mapping_of
from actorgraph.exchange.sheet import Sheet, SheetRow, arrivals
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actorgraph.exchange.incoming import Arrival, Things

IN: Final = (*OPTIONS, Option("sheet", "The name of the sheet.  [default: the only one, or the first]", "NAME"))

_LAST_ROW: Final = 2**20
"""How many rows a sheet has at most, in any program; a number beyond it would make empty rows without end."""
_MOST_UNPACKED: Final = 512 * 1024 * 1024
"""How many bytes the parts of a workbook may take unpacked: 100,000 rows of ten columns take a tenth of it."""


def read(files: Sequence[str], known: Things, **options: Any) -> Iterator[Arrival | Skipped]:
    """Yield what rows bring. Raises `UsageProblem` for what is no xlsx, or lacks a column that is needed."""
    mapping = mapping_of(options)
    for file in () if options.get("sheet") else files:
        names = _names(file)
        for name in names[1:]:
            yield Skipped(f"sheet {quoted(name)}", f"the first is read, {quoted(names[0])}; --sheet names another")
    yield from arrivals([_sheet(file, options.get("sheet")) for file in files], known, mapping)


def guess(files: Sequence[str], **options: Any) -> str:
    """Return a mapping file for the first of some files, as its headings and words suggest it."""
    return guessed(_sheet(files[0], options.get("sheet")), mapping_of(options))


def _sheet(file: str, name: str | None) -> Sheet:
    return Sheet(file, _rows(file, name))


def _rows(file: str, name: str | None) -> Iterator[SheetRow]:
    """Yield the rows of a sheet; it is read as they are asked for."""
    with _opened(file) as book:
        named = [sheet.title for sheet in book.worksheets]
        if name is not None and name not in named:
            hint = did_you_mean(name, named) or f"; there are {', '.join(map(quoted, named))}"
            raise UsageProblem(f"{shown(file)} has no sheet {quoted(name)}{hint}")
        if not named:
            raise UsageProblem(f"{shown(file)} has no sheet with cells")
        sheet = book[name or named[0]]
        sheet.reset_dimensions()  # some programs note a wrong size, beyond which nothing would be read
        links = _links(book, sheet)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > _LAST_ROW:
                raise UsageProblem(
                    f"{shown(file)} is damaged: it has a row behind the last that there can be, {_LAST_ROW:,}"
                )
            numbers = [at for at, cell in enumerate(cells) if isinstance(cell.value, float)]
            yield SheetRow(number, [_text(cell) for cell in cells], numbers, links.get(number, {}))


def _links(book: Any, sheet: Any) -> dict[int, dict[int, str]]:
    """Return the addresses to which cells lead, by row (from 1) and column (from 0); of several cells, the first's.

    Openpyxl has them only of sheets that it reads whole, which takes fifty times the memory.
    """
    from openpyxl.utils.cell import coordinate_to_tuple
    from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS
    from openpyxl.xml.functions import fromstring, iterparse

    packed, part = book._archive, sheet._worksheet_path  # noqa: SLF001 - the part has no other name
    folder, _, name = part.rpartition("/")
    named = f"{folder}/_rels/{name}.rels"
    if named not in packed.namelist():
        return {}
    relations = fromstring(packed.read(named))
    links_out = [relation for relation in relations if relation.get("Type", "").endswith("/hyperlink")]
    leads_to = {relation.get("Id"): relation.get("Target", "") for relation in links_out}
    links: dict[int, dict[int, str]] = {}
    if not leads_to:
        return links
    with packed.open(part) as stream:
        for _, element in iterparse(stream):
            address = leads_to.get(element.get(f"{{{REL_NS}}}id"), "")
            if element.tag == f"{{{SHEET_MAIN_NS}}}hyperlink" and address.startswith(("http://", "https://")):
                row, column = coordinate_to_tuple(element.get("ref", "").partition(":")[0])
                behind = f"#{element.get('location')}" if element.get("location") else ""
                links.setdefault(row, {})[column - 1] = f"{address}{behind}"
            element.clear()
    return links


def _names(file: str) -> list[str]:
    with _opened(file) as book:
        return [sheet.title for sheet in book.worksheets]


@contextmanager
def _opened(file: str) -> Iterator[Any]:
    """Open a workbook, to be read row by row.

    Raises `UsageProblem` for what is none or damaged, then and later, and where openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError as error:
        raise lacking("xlsx", "xlsx", error) from error
    with Path(file).open("rb") as stream:  # openpyxl leaves a file open that it cannot read
        try:
            _must_have_room(stream, file)
            book = load_workbook(stream, read_only=True)
        except Exception as error:  # openpyxl raises whatever its parts do: of the zip, of XML, of its own checks
            if not _tells_of_damage(error):
                raise
            fix = "save an old or a protected file as .xlsx without a password; for CSV, import csv"
            raise UsageProblem(f"{shown(file)} is no xlsx file, or damaged; {fix}") from error
        try:
            yield book
        except Exception as error:
            if not _tells_of_damage(error):
                raise
            fix = "open it in a spreadsheet program and save it anew"
            raise UsageProblem(f"{shown(file)} is damaged: {error}; {fix}") from error
        finally:
            book.close()


def _tells_of_damage(error: Exception) -> bool:
    """Whether an error tells of what is in a file, not of the disk: a damaged index makes `zipfile` seek before it."""
    if isinstance(error, OSError):
        return error.errno == EINVAL
    return not isinstance(error, UsageProblem)


def _must_have_room(stream: BinaryIO, file: str) -> None:
    """Raise `UsageProblem` where a file unpacks to more than a sheet of positions takes, as one made to fill memory."""
    with ZipFile(stream) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > _MOST_UNPACKED:
        most = f"{_MOST_UNPACKED // 2**20} MiB"
        raise UsageProblem(
            f"{shown(file)} unpacks to more than {most}; save the sheet with the positions alone, or as CSV"
        )


def _text(cell: Any) -> str:
    """Return what a cell says as text: a day as in a model, a formula as it is written."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return _day(value, cell.number_format)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if value is None or isinstance(value, str | int | float | time | timedelta):
        return "" if value is None else str(value)
    return f"={getattr(value, 'text', None) or 'a formula'}"  # of several cells, for which openpyxl has classes


def _day(value: date, shape: str) -> str:
    """Return a day, or only its month or year where the cell shows no more."""
    day = value.isoformat()[:10]
    shows = re.sub(r"\[[^]]*\]", "", shape.lower().partition(";")[0])  # without colours and languages
    if "d" in shows or not ("y" in shows or "m" in shows):
        return day
    return day[:7] if "m" in shows else day[:4]
