"""Excel's own files: the rows of a sheet come in."""

from __future__ import annotations

import re
import warnings
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from errno import EINVAL
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple
from zipfile import ZipFile

from actorgraph.errors import UsageProblem, did_you_mean, lacking, quoted
from actorgraph.exchange.formats import Option
from actorgraph.exchange.importing.decoding import must_be_file
from actorgraph.exchange.importing.incoming import Skipped
from actorgraph.exchange.sheets.guess import guessed
from actorgraph.exchange.sheets.mapping import OPTIONS, mapping_of
from actorgraph.exchange.sheets.sheet import arrivals
from actorgraph.exchange.sheets.sheet_rows import Sheet, SheetRow
from actorgraph.model.paths import shown
from actorgraph.written_cells import OF_ITS_DAY

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from actorgraph.exchange.importing.incoming import Arrival, Things

IN: Final = (*OPTIONS, Option("sheet", "The name of the sheet.  [default: the first that is not hidden]", "NAME"))

_LAST_ROW: Final = 2**20
"""How many rows a sheet has at most, in any program; a number beyond it would make empty rows without end."""
_MOST_UNPACKED: Final = 512 * 1024 * 1024
"""How many bytes the parts of a workbook may take unpacked: 100,000 rows of ten columns take a tenth of it."""


_MARKS: Final = b"mergeCell"
"""What stands in the part of a sheet in which cells are merged."""
_HYPERLINK: Final = re.compile(r'=\s*HYPERLINK\(\s*"(https?://[^"]+)"', re.IGNORECASE)


def read(files: Sequence[str], known: Things, **options: Any) -> Iterator[Arrival | Skipped]:
    """Yield what rows bring. Raises `UsageProblem` for what is no xlsx, or lacks a column that is needed."""
    mapping = mapping_of(options)
    sheets = [_sheet(file, mapping.sheet) for file in files]
    for sheet in () if mapping.sheet else sheets:
        before = f"{shown(sheet.file)}, " if len(sheets) > 1 else ""
        for name in sheet.beside:
            reason = f"{quoted(sheet.title)} is read; --sheet names another"
            yield Skipped(f"{before}sheet {quoted(name)}", reason, "sheet")
    yield from arrivals(sheets, known, mapping)


def guess(files: Sequence[str], **options: Any) -> str:
    """Return a mapping file for the first of some files, as its headings and words suggest it."""
    mapping = mapping_of(options)
    return guessed(_sheet(files[0], mapping.sheet), mapping)


def _sheet(file: str, name: str | None) -> Sheet:
    """Return the sheet of a name, or the first that is shown. Raises `UsageProblem` where there is none."""
    names = _names(file)
    if name is not None and name not in names:
        hint = did_you_mean(name, names) or f"; there are {', '.join(map(quoted, names))}"
        raise UsageProblem(f"{shown(file)} has no sheet {quoted(name)}{hint}")
    title = name or names[0]
    beside = tuple(other for other in names if other != title)
    return Sheet(file, _rows(file, title), title if beside else "", beside)


def _rows(file: str, name: str) -> Iterator[SheetRow]:
    """Yield the rows of a sheet; it is read as they are asked for."""
    with _opened(file) as book, closing(_saved(file, name)) as saved:
        sheet = book[name]
        sheet.reset_dimensions()  # some programs note a wrong size, beyond which nothing would be read
        marks = _marks(book, sheet)
        over: dict[int, tuple[int, _Content]] = {}
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > _LAST_ROW:
                raise UsageProblem(
                    f"{shown(file)} is damaged: it has a row behind the last that there can be, {_LAST_ROW:,}"
                )
            kinds = [cell.data_type for cell in cells]
            has_formula = "f" in kinds
            if not (has_formula or over or number in marks.links or number in marks.merged):  # as most rows are
                texts = [value if isinstance(value := cell.value, str) else _text(cell) for cell in cells]
                has_number = "n" in kinds
                numbers = [at for at, cell in enumerate(cells) if isinstance(cell.value, float)] if has_number else ()
                yield SheetRow(number, texts, numbers)
                continue
            values = next((row for at, row in saved if at == number), cells) if has_formula else cells
            links = marks.links.get(number, {})
            row = [_Content.of(*pair, links.get(at, "")) for at, pair in enumerate(zip(cells, values, strict=True))]
            yield _merged(number, row, marks.merged.get(number, ()), over)


class _Content(NamedTuple):
    """What a cell says, whether that is a number which may have decimals, and to which address it leads, if any."""

    text: str = ""
    is_number: bool = False
    link: str = ""

    @classmethod
    def of(cls, cell: Any, saved: Any, link: str) -> _Content:
        """Return what a cell says; a formula says what was saved with it, or else what it is."""
        if cell.data_type != "f":
            return cls(_text(cell), isinstance(cell.value, float), link)
        formula = getattr(cell.value, "text", None) or cell.value  # of several cells, openpyxl has classes
        written = formula if isinstance(formula, str) else "=a formula"
        leads = _HYPERLINK.match(written)
        has_value = saved.value is not None or saved.data_type == "str"  # the latter is an empty text
        is_known = has_value and not OF_ITS_DAY.search(written)
        text = _text(saved) if is_known else written if written.startswith("=") else f"={written}"
        return cls(text, isinstance(saved.value, float), link or (leads[1] if leads else ""))


def _merged(
    number: int, row: list[_Content], begun: Iterable[tuple[int, int]], over: dict[int, tuple[int, _Content]]
) -> SheetRow:
    """Return a row of cells, of which those that are merged with one above say what it does.

    `begun` are the columns in which merged cells begin here, each with its last row; `over` are those still open. In a
    row in which nothing else stands they say nothing.
    """
    for at in [at for at, (last, _) in over.items() if last < number]:
        del over[at]
    if any(content.text.strip() for content in row):
        row += [_Content()] * (max(over, default=-1) + 1 - len(row))
        for at, (_, content) in over.items():
            row[at] = content
    over |= {at: (last, row[at]) for at, last in begun if at < len(row)}
    return SheetRow(
        number,
        [content.text for content in row],
        [at for at, content in enumerate(row) if content.is_number],
        {at: content.link for at, content in enumerate(row) if content.link},
    )


def _saved(file: str, name: str) -> Generator[tuple[int, Sequence[Any]]]:
    """Yield the rows of a sheet with the values that were saved with its formulas; it is opened if one is asked for."""
    with _opened(file, data_only=True) as book:
        sheet = book[name]
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(), 1)


class _Marks(NamedTuple):
    """What openpyxl tells only of sheets that it reads whole, which takes fifty times the memory.

    `links` are the addresses to which cells lead, by row (from 1) and column (from 0); of several cells, the first's.
    `merged` are by their first row the columns that are merged over several rows, each with its last one.
    """

    links: dict[int, dict[int, str]]
    merged: dict[int, list[tuple[int, int]]]


def _marks(book: Any, sheet: Any) -> _Marks:
    """Return to where cells lead, and which are merged."""
    from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    packed, part = book._archive, sheet._worksheet_path  # noqa: SLF001 - the part has no other name
    leads_to = _links_out(packed, part)
    marks = _Marks({}, {})
    if not leads_to and not _has_merged(packed, part):
        return marks
    with packed.open(part) as stream:
        for _, element in iterparse(stream):
            if element.tag == f"{{{SHEET_MAIN_NS}}}mergeCell":
                column, first, _, last = _bounds(element)
                if last > first:
                    marks.merged.setdefault(first, []).append((column - 1, last))
            address = leads_to.get(element.get(f"{{{REL_NS}}}id"), "")
            if element.tag == f"{{{SHEET_MAIN_NS}}}hyperlink" and address.startswith(("http://", "https://")):
                column, row, _, _ = _bounds(element)
                behind = f"#{element.get('location')}" if element.get("location") else ""
                marks.links.setdefault(row, {})[column - 1] = f"{address}{behind}"
            element.clear()
    return marks


def _bounds(element: Any) -> tuple[int, ...]:
    """Return the first column and row of a range and its last ones, from 1; 0 where it names none."""
    from openpyxl.utils.cell import range_boundaries

    return tuple(bound or 0 for bound in range_boundaries(element.get("ref", "")))


def _links_out(packed: Any, part: str) -> dict[str | None, str]:
    """Return the addresses that the part of a sheet refers to, by what it calls them."""
    from openpyxl.xml.functions import fromstring

    folder, _, name = part.rpartition("/")
    named = f"{folder}/_rels/{name}.rels"
    if named not in packed.namelist():
        return {}
    relations = fromstring(packed.read(named))
    links_out = [relation for relation in relations if relation.get("Type", "").endswith("/hyperlink")]
    return {relation.get("Id"): relation.get("Target", "") for relation in links_out}


def _has_merged(packed: Any, part: str) -> bool:
    """Whether cells are merged in a sheet: to look for the word takes a tenth of the time that to read it all does."""
    with packed.open(part) as stream:
        before = b""
        while block := stream.read(2**20):
            if _MARKS in before + block:
                return True
            before = block[-len(_MARKS) :]
    return False


def _names(file: str) -> list[str]:
    """Return the names of the sheets of a file, those that are hidden last."""
    with _opened(file) as book:
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        if not sheets:
            fix = "save it as an Excel workbook (.xlsx), if it is one of Strict Open XML"
            raise UsageProblem(f"{shown(file)} has no sheet with cells; {fix}")
        return [sheet.title for sheet in sheets]


@contextmanager
def _opened(file: str, *, data_only: bool = False) -> Iterator[Any]:
    """Open a workbook, to be read row by row, with its formulas or with the values that were saved with them.

    Raises `UsageProblem` for what is none or damaged, then and later, and where openpyxl is not installed. Of what
    openpyxl warns, such as a day after the last that it knows, the rows tell.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise lacking("xlsx", "xlsx", error) from error
    must_be_file(file)
    with warnings.catch_warnings(), Path(file).open("rb") as stream:  # openpyxl leaves a file open that it cannot read
        warnings.filterwarnings("ignore", module="openpyxl")
        try:
            _must_have_room(stream, file)
            book = load_workbook(stream, read_only=True, data_only=data_only)
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
    """Return what a value says as text, as its cell shows it: a day as in a model, a share of 0.25 as 25%."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return _day(value, cell.number_format)
    if isinstance(value, int | float) and "%" in _bare(cell.number_format):
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _day(value: date, shape: str) -> str:
    """Return a day, or only its month or year where the cell shows no more."""
    day = value.isoformat()[:10]
    shows = _bare(shape)
    has_day = re.search("[dhs]", shows)  # beside hours and seconds, m is of minutes
    if has_day or not ("y" in shows or "m" in shows):
        return day
    return day[:7] if "m" in shows else day[:4]


def _bare(shape: str) -> str:
    r"""Return the form of the numbers of a cell without words, colours and languages in it.

    >>> _bare('[Red]mmmm "and days" yyyy;@'), _bare(r"0.0\%")
    ('mmmm  yyyy', '0.0')
    """
    return re.sub(r'\[[^]]*\]|"[^"]*"|\\.', "", shape.lower().partition(";")[0])
