"""The tables of a folder of UN votes: CSV files, plain or packed by gzip, whose columns are known by their names."""

from __future__ import annotations

import csv
import gzip
import zlib
from functools import partial
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.incoming import RowPlace, Skipped
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_LONGEST_LINE: Final = 1024 * 1024


class VoteTable(NamedTuple):
    """A file and the columns that are asked of it. Every cell is a text: `NA` is Namibia, and nothing is missing."""

    file: Path
    columns: tuple[str, ...]

    @staticmethod
    def path(folder: Path, name: str) -> Path | None:
        """Return the file of a table, None where the folder has none."""
        return next((file for end in ("csv", "csv.gz") if (file := folder / f"{name}.{end}").is_file()), None)

    @classmethod
    def of(cls, folder: Path, name: str, columns: tuple[str, ...]) -> VoteTable:
        """Return a table. Raises `UsageProblem` where the folder has none."""
        file = cls.path(folder, name)
        if file is None:
            raise UsageProblem(f"{shown(str(folder))} has no {name}.csv")
        return cls(file, columns)

    @classmethod
    def all_of(cls, folder: Path, name: str) -> list[VoteTable]:
        """Return all tables of votes, by name: `un_votes.csv`, `un_votes_2014_2019.csv`, …."""
        files = sorted(file for end in ("csv", "csv.gz") for file in folder.glob(f"{name}*.{end}") if file.is_file())
        return [cls(file, ("rcid", "country", "country_code", "vote")) for file in files]

    def rows(self, skipped: list[Skipped]) -> Iterator[tuple[RowPlace, tuple[str, ...]]]:
        """Yield the cells of the columns, row by row, each with its place; rows without some of them are left out.

        The header is row 1. Raises `UsageProblem` for what is no such table.
        """
        name = self.file.name
        row = 1
        try:
            with gzip.open(self.file) if self.file.suffix == ".gz" else self.file.open("rb") as raw:
                lines = (line.decode("utf-8-sig" if not number else "utf-8") for number, line in self._lines(raw))
                table = csv.reader(lines, strict=True)
                at = self._places(next(table, []))
                needed = max(at) + 1
                for row, cells in enumerate(table, start=2):
                    place = RowPlace(name, row)
                    if len(cells) >= needed:
                        yield place, tuple([cells[index].strip() for index in at])
                    elif any(cells):
                        skipped.append(Skipped(place, f"it has {len(cells)} cells, and the header {needed} or more"))
        except UnicodeDecodeError as error:
            raise self._wrong(f"after row {row}: it is not UTF-8 ({error.reason}); save it as CSV in UTF-8") from error
        except csv.Error as error:
            raise self._wrong(f"after row {row}: it is no CSV ({error}); save it as CSV in UTF-8") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise self._wrong(f"after row {row}: it is damaged, or no gzip ({error}); get it anew") from error

    def _lines(self, raw: IO[bytes] | gzip.GzipFile) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a file, numbered from 0. Raises `UsageProblem` for one that might fill the memory."""
        for number, line in enumerate(iter(partial(raw.readline, _LONGEST_LINE), b"")):
            if len(line) == _LONGEST_LINE:
                raise self._wrong(f"line {number + 1} has no end within {_LONGEST_LINE:,} bytes, so it is no CSV")
            yield number, line

    def _places(self, header: list[str]) -> list[int]:
        """Return where the columns stand. Raises `UsageProblem` where one is missing."""
        names = [name.strip().casefold() for name in header]
        if not any(names):
            raise self._wrong("it is empty")
        missing = [column for column in self.columns if column not in names]
        if missing:
            columns = ", ".join(name[:40] for name in header[:12])
            raise self._wrong(f"row 1: there is no column {missing[0]} among {columns}")
        return [names.index(column) for column in self.columns]

    def _wrong(self, message: str) -> UsageProblem:
        return UsageProblem(f"{shown(str(self.file))}: {message}")
