"""DuckDB as an engine of large tables: in the same process, and out of core where memory does not hold them."""

from __future__ import annotations

import errno
import os
import re
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from actorgraph.engines.csv_files import (
    badly_quoted,
    gaps_in,
    heading_of,
    headings_in,
    lines_above,
    must_begin_well,
    quoting_of,
    wrong_file,
    wrong_line,
)
from actorgraph.engines.scratch import scratch_of
from actorgraph.engines.table_engine import (
    FILE,
    IDS_IN_A_TEXT,
    MORE_MEMORY,
    OF_HOLDINGS,
    ROW,
    for_engines,
    is_parquet,
    literal,
    wrong_parquet,
)
from actorgraph.errors import UsageProblem, lacking
from actorgraph.model.paths import must_be_there, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

MEMORY: Final = "1500MB"
"""How much memory its tables may take where nobody says it; what does not fit goes to the disk for a while."""

_SETTINGS: Final = {
    "default_null_order": "'nulls_first_on_asc_last_on_desc'",  # as SQLite and Spark
    "preserve_insertion_order": "true",  # what is written in order stays so
    "partitioned_write_max_open_files": "500",  # what belongs to a part that was closed begins a further file of it
    "enable_progress_bar": "false",
    "parquet_metadata_cache": "true",  # files never change: where their rows stand is read once
}
_OF_THE_SYSTEM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.EIO)
"""What the system refuses a file for; DuckDB has only its words."""

_ROW_OF_FILE: Final = "file_row_number"
"""What DuckDB calls the number of a row of a Parquet file, unless the file has a column of that name."""

_GAPS: Final = "actorgraph_gaps"
"""The table of the empty lines in the CSV files that were read with numbers last."""

_TYPES: Final = {"TEXT": "VARCHAR", "INTEGER": "BIGINT"}
_LEAST: Final = 1 << 20
_LONGEST: Final = 1 << 25
"""Bytes of a line of a small table on its way in: twice as many are set aside for it at once."""

_DAMAGED: Final = re.compile(
    "TProtocolException|[Pp]arquet (?:file|page|reader|metadata)|decompress|ZSTD|Failed to read file"
    "|Could not read enough bytes|Out of buffer|don't know what type"
)
"""What DuckDB says of a Parquet file in which something else stands than what was written."""

_GROUP_ROWS: Final = 4_096
"""Rows of a row group: the least that is read of a file where a question asks for one proposal. With five times as many
what is said on a middling proposal takes twice as long to read, and a diff as long as with these (measured)."""

_WAITING: Final = 1 << 19
_FEWEST_WAITING: Final = 2_048
"""So many rows wait in memory to be written to all parts together, and at least so many to each."""


class _DamagedProblem(UsageProblem):
    """A file holds something else than what was written."""


_LACKS: Final = re.compile(r"install the required extension '(\w+)")
"""What DuckDB says of an extension without which it reads no address of some sort, where it cannot fetch it."""

_AMOUNT: Final = re.compile(r"\s*\d")
"""How an amount of memory begins: DuckDB takes `-1GB`, and words such as `none`, for all that there is."""


class Duckdb:
    """DuckDB, with a folder for what does not fit into memory.

    Args:
        memory: How much memory it may take, such as `2GB`.
        on_disk: Whether tables that are made here are millions of rows: they are kept in the folder, compressed, where
            those in memory take four times as much of the disk when they do not fit (measured).

    Raises:
        UsageProblem: It is not installed, or the memory is none.

    >>> engine = Duckdb()
    >>> engine.make("numbers", "SELECT 1 AS n UNION ALL SELECT 2 AS n")
    >>> engine.run("SELECT SUM(n) FROM numbers WHERE n > ?", (1,))
    [(2,)]
    >>> engine.close()
    """

    name = "duckdb"
    part_rows = 1_000_000
    ids_at_once = IDS_IN_A_TEXT

    def __init__(self, *, memory: str | None = None, on_disk: bool = False) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise lacking("a large table", "duckdb", error) from error
        self._error, self._out_of_memory = duckdb.Error, duckdb.OutOfMemoryException
        self._conversion = duckdb.ConversionException
        self._memory = memory or MEMORY
        self._lock = Lock()
        self.scratch, self._tidy = scratch_of(self)
        place = f"{self.scratch}/tables.duckdb" if on_disk else ":memory:"
        try:
            with self._plain_words():
                self._connection: DuckDBPyConnection = duckdb.connect(place)
        except BaseException:
            self._tidy()
            raise
        if on_disk:
            self._connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # it goes with the folder
        self._known = {name for (name,) in self._connection.execute("SELECT name FROM duckdb_settings()").fetchall()}
        self._set(temp_directory=literal(self.scratch), **_SETTINGS)
        if "TimeZone" in self._known:  # of cursors, too; else the day of a moment would be another on another machine
            self._connection.execute("SET GLOBAL TimeZone = 'UTC'")
        try:
            amount = self._memory if _AMOUNT.match(self._memory) else ""
            self._connection.execute(f"SET memory_limit = {literal(amount)}")
        except (self._error, UnicodeEncodeError) as error:
            self.close()
            raise UsageProblem(f"{memory!r} is no amount of memory; say it as 2GB or 500MB") from error

    def _set(self, **settings: str) -> None:
        """Set what this DuckDB has a setting for."""
        for name in settings.keys() & self._known:
            self._connection.execute(f"SET {name} = {settings[name]}")

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text; several threads may ask."""
        with self._plain_words(), self._lock:  # an answer is fetched before the connection hears the next text
            return self._connection.execute(sql, list(parameters)).fetchall()

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        """Say what went wrong as the rest of the program does: Ctrl-C, the disk, memory.

        Raises `KeyboardInterrupt`, OSError or `UsageProblem` in the place of what DuckDB raises.
        """
        try:
            yield
        except RuntimeError as error:
            if str(error) != "Query interrupted":
                raise
            raise KeyboardInterrupt from error
        except self._out_of_memory as error:
            raise UsageProblem(
                f"this takes more than {self._memory} of memory, with what may go to the disk; {MORE_MEMORY}"
            ) from error
        except self._conversion as error:
            why = _first_line(error).removeprefix("Conversion Error: ")
            raise UsageProblem(f"a column holds something else than its like in another table: {why}") from error
        except self._error as error:
            if wrong := wrong_line(str(error)):
                raise UsageProblem(wrong) from error
            if gone := re.search(r'No files found that match the pattern "(.*?)"', str(error)):
                raise UsageProblem(
                    f"{shown(_as_named(gone[1]))} is gone; if its holdings were compiled anew, open them again"
                ) from error
            if _DAMAGED.search(str(error)):
                raise _DamagedProblem(f"a file is damaged ({_first_line(error)}){OF_HOLDINGS}") from error
            code = next((code for code in _OF_THE_SYSTEM if os.strerror(code) in str(error)), None)
            if code is None:
                raise
            file = re.search(r'file \\?"(.*?)\\?"', str(error))
            raise OSError(code, os.strerror(code), file[1] if file else None) from error

    def blocks(self, sql: str, parameters: Sequence[object] = (), *, size: int = 10_000) -> Iterator[list[Any]]:
        """Yield the rows that answer a text, so many at a time; others may be asked for in between."""
        cursor = self._connection.cursor()
        try:
            with self._plain_words():
                cursor.execute(sql, list(parameters))
                while block := cursor.fetchmany(size):
                    yield block
        finally:
            cursor.close()

    def close(self) -> None:
        """Let go of all tables, and of what lies on the disk for them."""
        self._connection.close()
        self._tidy()

    # -- tables ----------------------------------------------------------------------------------------------

    def joined(self, text: str, order: str) -> str:
        """Return the expression that joins texts of a group, with commas between them, in the order of columns."""
        return f"string_agg({text}, ',' ORDER BY {order})"

    def digest(self, text: str) -> str:
        """Return the expression of a whole number that equal texts have in common, and others hardly ever."""
        return f"hash({text})"

    def read(self, table: str, files: Sequence[str], *, numbered: bool = False) -> None:
        """Let a name stand for the rows of Parquet or CSV files (see `TableEngine.read`)."""
        for file in files:
            must_be_there(for_engines(file))
        is_csv = not is_parquet(files[0])
        if is_csv:
            must_begin_well(files)
        try:
            self.view(table, self._reading(files, numbered=numbered))
            columns = self.columns(table)
        except (self._error, _DamagedProblem) as error:
            cause = error.__cause__ or error
            wrong = (wrong_file(files) if is_csv else wrong_parquet(files)) or wrong_line(str(cause))
            if wrong is None and is_csv and self._reads_loosely(table, files, numbered=numbered):
                return
            remedy = "" if is_csv or numbered else OF_HOLDINGS
            raise UsageProblem(
                f"{wrong or f'{shown(files[0])} cannot be read: {_first_line(cause)}'}{remedy}"
            ) from error
        names = headings_in(heading_of(files[0])) if is_csv else []
        are_headings = len(names) <= len(columns) and all(map(str.startswith, columns, names))  # `date_1` is a second
        if not are_headings and (wrong := wrong_file(files)):  # it took a later row for the header
            raise UsageProblem(wrong)

    def _reads_loosely(self, table: str, files: Sequence[str], *, numbered: bool) -> bool:
        """Read CSV files of which DuckDB finds no way by itself, as those are whose lines end in several ways."""
        if not heading_of(files[0]):
            return False
        if wrong := badly_quoted(files):  # of which it would drop letters
            raise UsageProblem(wrong)
        try:
            self.view(table, self._reading(files, numbered=numbered, strictly=False))
            self.columns(table)
        except self._error:
            return False
        return True

    def text(self, file: str) -> str:
        """Return what a small text file holds, at a path or an address."""
        try:
            contents = self.run("SELECT content FROM read_text(?)", (_as_it_is(file),))
        except (self._error, OSError, ValueError) as error:
            lacks = _LACKS.search(str(error))
            why = f"DuckDB could not install its extension {lacks[1]}, which it needs for that" if lacks else ""
            raise UsageProblem(f"{shown(file)} cannot be read: {why or _first_line(error)}") from error
        if not contents:
            raise UsageProblem(f"there is no file {shown(file)} that DuckDB can read")
        return str(contents[0][0])

    def _reading(self, files: Sequence[str], *, numbered: bool, strictly: bool = True) -> str:
        of_parquet = bool(files) and is_parquet(files[0])
        listed = f"[{', '.join(literal(_as_it_is(file)) for file in files)}]"
        if of_parquet:
            reader = f"read_parquet({listed}, hive_partitioning = false, union_by_name = true"
        else:
            how = "all_varchar = true, header = true, union_by_name = true, comment = ''"  # a row may begin with #
            reader = f"read_csv({listed}, {how}, {quoting_of(files)}"
            reader += "" if strictly else ", strict_mode = false"
        if not numbered:
            return f"SELECT * FROM {reader})"
        reader += f", filename = {literal(FILE)}"
        if of_parquet and _ROW_OF_FILE not in map(str.casefold, self.columns(f"SELECT * FROM {reader})")):
            reader += f", {_ROW_OF_FILE} = true"
            return f"SELECT * EXCLUDE ({_ROW_OF_FILE}), {_ROW_OF_FILE} + 1 AS {ROW} FROM {reader})"
        by_file = f"PARTITION BY {FILE}" if len(files) > 1 else ""
        above = {file: lines for file in files if not of_parquet and (lines := lines_above(file))}
        whens = " ".join(f"WHEN {literal(file)} THEN {lines}" for file, lines in above.items())
        shift = f" + CASE {FILE} {whens} ELSE 0 END" if above else ""
        number = f"ROW_NUMBER() OVER ({by_file})"
        gaps = [] if of_parquet else [(file, *gap) for file in files for gap in gaps_in(file)]
        if not gaps:
            return f"SELECT *, {number}{shift} AS {ROW} FROM {reader})"
        self.fill(_GAPS, {"gap_file": "TEXT", "gap_row": "INTEGER", "gap_lines": "INTEGER"}, gaps)
        return (
            f"SELECT * EXCLUDE ({ROW}, gap_file, gap_row, gap_lines), {ROW} + COALESCE(gap_lines, 0){shift} AS {ROW} "
            f"FROM (SELECT *, {number} AS {ROW} FROM {reader})) AS r "
            f"ASOF LEFT JOIN {_GAPS} AS g ON g.gap_file = r.{FILE} AND g.gap_row <= r.{ROW}"
        )

    def columns(self, table: str) -> dict[str, str]:
        """Return the names and types of the columns of a table, or of a text."""
        return {name: kind for name, kind, *_ in self.run(f"DESCRIBE {table}")}

    def names_in(self, file: str) -> list[str]:
        """Return what the columns of a Parquet file are called in it: of `actor` and `Actor` DuckDB renames one."""
        _, *below = self.run("SELECT name, num_children FROM parquet_schema(?)", (_as_it_is(file),))
        names: list[str] = []
        inside = 0
        for name, children in below:  # whatever a column consists of stands behind it
            if not inside:
                names.append(name)
            inside += (children or 0) - bool(inside)
        return names

    def fill(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Make a table of rows from here, by way of a file: nothing is quicker that needs no other library."""
        file = Path(self.scratch, f"{table}.csv")
        with file.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(f"{','.join(map(_cell, row))}\n" for row in rows)
        longest = min(max(file.stat().st_size, _LEAST), _LONGEST)
        types = ", ".join(f"{literal(name)}: {literal(_TYPES[kind])}" for name, kind in columns.items())
        try:
            self.make(
                table,
                f"SELECT * FROM read_csv({literal(str(file))}, columns = {{{types}}}, header = false, quote = '\"', "
                "escape = '\"', delim = ',', nullstr = '', allow_quoted_nulls = false, auto_detect = false, "
                f"max_line_size = {longest}, buffer_size = {2 * longest}, parallel = false)",
            )
        finally:
            file.unlink()

    def make(self, table: str, sql: str) -> None:
        """Keep what a text gives as a table; one of that name goes."""
        self.drop(table)
        self.run(f"CREATE TABLE {table} AS {sql}")

    def keep(self, table: str, sql: str) -> None:
        """Let a name stand for a text that gives few rows, and hold them."""
        self.make(table, sql)

    def view(self, table: str, sql: str) -> None:
        """Let a name stand for a text; one of that name goes."""
        self.drop(table)
        self.run(f"CREATE VIEW {table} AS {sql}")

    def drop(self, table: str) -> None:
        """Forget a table or a view, if there is one."""
        sql = "SELECT table_type FROM information_schema.tables WHERE table_name = ?"
        for (kind,) in self.run(sql, (table,)):
            self.run(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {table}")

    # -- files -----------------------------------------------------------------------------------------------

    def write(self, sql: str, path: str) -> None:
        """Write what a text gives, in its order, as a Parquet file."""
        self._copy(sql, path, f"ROW_GROUP_SIZE {_GROUP_ROWS}")

    def write_parts(self, sql: str, folder: str, *, parts: int) -> None:
        """Write what a text gives as Parquet, apart for each value of its column `part`, of which there are so many."""
        self._set(partitioned_write_flush_threshold=str(max(_FEWEST_WAITING, _WAITING // parts)))
        self._copy(sql, folder, "PARTITION_BY (part), OVERWRITE_OR_IGNORE")

    def _copy(self, sql: str, path: str, options: str) -> None:
        self.run(f"COPY ({sql}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd, {options})")


def _as_it_is(file: str) -> str:
    """Return a path in which no sign stands for others.

    >>> _as_it_is("votes[1].csv")
    'votes[[]1].csv'
    """
    return re.sub(r"[*?\[]", r"[\g<0>]", file)


def _as_named(pattern: str) -> str:
    """Return the path of which `_as_it_is` made a pattern.

    >>> _as_named("votes[[]1].csv")
    'votes[1].csv'
    """
    return re.sub(r"\[([*?\[])\]", r"\1", pattern)


def _cell(value: object) -> str:
    """Return a value as a CSV file of this module's own has it: text in quotes, and nothing at all for None."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else '"' + str(value).replace('"', '""') + '"'


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]
