"""CSV: the rows of a day go out, and the rows of a sheet come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from actorgraph.exchange.formats import OF_A_DAY, Option, OutOptions
from actorgraph.exchange.importing.decoding import decoded, must_be_file
from actorgraph.exchange.sheets.guess import guessed
from actorgraph.exchange.sheets.mapping import OPTIONS, mapping_of
from actorgraph.exchange.sheets.sheet import arrivals
from actorgraph.exchange.sheets.sheet_rows import Sheet, parted
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actorgraph.exchange.formats import Request
    from actorgraph.exchange.importing.incoming import Arrival, Skipped, Things

OUT: Final = OutOptions(
    (*OF_A_DAY, "excel"),
    (Option("wide", "a line for each actor and a column for each proposal; an empty cell is silence."),),
    endings=("csv",),
)

IN: Final = (
    *OPTIONS,
    Option("encoding", "How the letters are stored, such as cp1252.  [default: UTF-8, or UTF-16]", "NAME"),
    Option("delimiter", "The sign between cells.  [default: found: a comma, semicolon, tab or bar]", "SIGN"),
)

_FIX: Final = "if Excel on Windows wrote it, --encoding cp1252; or save it as “CSV UTF-8”"


def write(asked: Request, *, wide: bool = False) -> str | Iterator[str]:
    """Return the rows of a day, in pieces as they are read; a `wide` table at once, since its columns need all rows."""
    if wide:
        from actorgraph.questions.who import everything
        from actorgraph.render.grid import to_csv
        from actorgraph.render.wide import wide as wide_table

        return to_csv(*wide_table(everything(asked.open(), **asked.question)), excel=asked.excel)
    from actorgraph.questions.streaming import everything_by_blocks
    from actorgraph.render.grid import csv_pieces

    whole = everything_by_blocks(asked.open(), **asked.question)
    return csv_pieces(whole.records(), whole.answer.columns, excel=asked.excel)


def read(files: Sequence[str], known: Things, **options: Any) -> Iterator[Arrival | Skipped]:
    """Yield what rows bring. Raises `UsageProblem` for what is no CSV, or lacks a column that is needed."""
    mapping = mapping_of(options)
    yield from arrivals([_sheet(file, options) for file in files], known, mapping)


def guess(files: Sequence[str], **options: Any) -> str:
    """Return a mapping file for the first of some files, as its headings and words suggest it."""
    return guessed(_sheet(files[0], options), mapping_of(options))


def _sheet(file: str, options: dict[str, Any]) -> Sheet:
    must_be_file(file)
    text = decoded(Path(file).read_bytes(), shown(file), options.get("encoding"), fix=_FIX)
    sign, rows = parted(text, shown(file), options.get("delimiter") or "")
    return Sheet(file, rows, sign=sign)
