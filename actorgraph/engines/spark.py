"""Spark as an engine of large tables: on a cluster, where one machine is not enough, or on the cores of this one."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from contextlib import contextmanager
from functools import reduce
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from actorgraph.engines.csv_files import (
    columns_under,
    heading_of,
    headings_in,
    is_odd,
    lines_above,
    must_begin_well,
    not_utf_8,
    write_plainly,
    wrong_file,
)
from actorgraph.engines.scratch import scratch_of
from actorgraph.engines.spark_session import PATIENCE, Session, first_cause
from actorgraph.engines.table_engine import FILE, IDS_IN_A_TEXT, OF_HOLDINGS, ROW, is_parquet, wrong_parquet
from actorgraph.errors import UsageProblem
from actorgraph.model.paths import shown
from actorgraph.written_rows import delimiter_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame

_TYPES: Final = {"TEXT": "string", "INTEGER": "bigint"}
_AT_ONCE: Final = 50_000
"""Rows from here that go to Spark in one piece."""

_QUOTED: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_LIKE: Final = re.compile(r"\bLIKE \?(?! ESCAPE)")
_NO_ESCAPE: Final = "LIKE ? ESCAPE '\x01'"
"""Spark takes `\\` in a pattern for a sign that escapes; no other engine does."""

FIRST_FILES: Final = 8
"""So many CSV files are looked through before they are read: of one in many parts the others are as these."""

_GLOB: Final = re.compile(r"([\\*?\[\]{}])")


class Spark:
    """A Spark cluster, or Spark on this machine.

    Where a worker is lost, others take its share over. A view means the tables that stood when it was made. Files have
    to lie where all workers reach them, and so has the folder for what is worked out on the way, which is made in
    `TMPDIR`.

    Args:
        master: Its address, such as `spark://host:7077`, or `local[*]` for all cores of this machine.
        memory: How much memory each worker may take for us, or this machine alone, such as `2GB`; what Spark's own
            configuration says where None.
        patience: Seconds for which the cluster may be without any worker for us, before that is said.

    Raises:
        UsageProblem: Spark or Java is not installed, the address is none, or nobody answers there.

    >>> engine = Spark("local[*]")  # doctest: +SKIP
    >>> engine.make("numbers", "SELECT 1 AS n UNION ALL SELECT 2 AS n")  # doctest: +SKIP
    >>> engine.run("SELECT SUM(n) FROM numbers WHERE n > ?", (1,))  # doctest: +SKIP
    [(2,)]
    >>> engine.close()  # doctest: +SKIP
    """

    name = "spark"
    part_rows = 5_000_000
    """As many as one worker can number: tracks are numbered through."""

    ids_at_once = IDS_IN_A_TEXT

    def __init__(self, master: str, *, memory: str | None = None, patience: float = PATIENCE) -> None:
        self.master = master
        self._session = Session(master, memory=memory, patience=patience)
        self._spark = self._session.spark
        self.scratch, self._tidy = scratch_of(self)
        self._kept: dict[str, str] = {}
        self._numbers = count()
        self._csv_files: set[str] = set()

    def joined(self, text: str, order: str) -> str:
        """Return the expression that joins texts of a group, with commas between them, in the order of another."""
        return f"LISTAGG({text}, ',') WITHIN GROUP (ORDER BY {order})"

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text."""
        with self._asked():
            return [tuple(row) for row in self._frame(sql, parameters).collect()]

    def blocks(self, sql: str, parameters: Sequence[object] = (), *, size: int = 10_000) -> Iterator[list[Any]]:
        """Yield the rows that answer a text, so many at a time: memory holds a share of them, as Spark cuts them."""
        with self._asked():
            rows = self._frame(sql, parameters).toLocalIterator()
        while True:
            with self._asked():
                block = [tuple(row) for row in islice(rows, size)]
            if not block:
                return
            yield block

    def close(self) -> None:
        """Let go of all tables and of the cluster, which others in this program may go on to use."""
        self._session.close()
        self._tidy()

    def _frame(self, sql: str, parameters: Sequence[object] = ()) -> DataFrame:
        return self._spark.sql(in_sparks_words(sql), args=list(parameters) or None)

    # -- tables ----------------------------------------------------------------------------------------------

    def digest(self, text: str) -> str:
        """Return the expression of a whole number that equal texts have in common, and others hardly ever."""
        return f"xxhash64({text})"

    def read(self, table: str, files: Sequence[str], *, numbered: bool = False) -> None:
        """Let a name stand for the rows of Parquet or CSV files (see `TableEngine.read`)."""
        from pyspark.errors import AnalysisException

        wrong = f"{shown(files[0])} cannot be read"
        is_csv = not is_parquet(files[0])
        places = list(files)
        if is_csv:
            self._must_be_sheets(files)
            places = list(map(self._plain, files))
        paths = list(map(_to_read, places))
        try:
            with self._asked(wrong):
                frames = self._sheets(files, paths) if is_csv else [self._spark.read.parquet(*paths)]
                if numbered:
                    frames = [self._numbered(frame, files, places) for frame in frames]
                self._keep(table, reduce(lambda whole, more: whole.unionByName(more, allowMissingColumns=True), frames))
        except AnalysisException as error:
            if error.getCondition() == "PATH_NOT_FOUND":
                gone = next((file for file in files if "://" not in file and not Path(file).exists()), files[0])
                raise UsageProblem(f"there is no file {shown(gone)}") from error
            why = _SAVE_MICROSECONDS if _OF_NANOSECONDS in str(error) else first_cause(error)
            raise UsageProblem(f"{wrong}: {why}{_other_type(str(error))}") from error
        except UsageProblem as problem:
            if is_csv:
                raise
            why = wrong_parquet(files) or f"{problem}{_other_type(str(problem))}"
            raise UsageProblem(f"{why}{'' if numbered else OF_HOLDINGS}") from problem.__cause__

    def text(self, file: str) -> str:
        """Return what a small text file holds, at a path or an address."""
        from pyspark.errors import AnalysisException

        wrong = f"{shown(file)} cannot be read"
        try:
            with self._session.asked(wrong):
                return str(self._spark.read.text(_path(file), wholetext=True).collect()[0][0])
        except (AnalysisException, IndexError) as error:
            raise UsageProblem(f"{wrong}: {first_cause(error)}") from error

    def _must_be_sheets(self, files: Sequence[str]) -> None:
        """Raise `UsageProblem` for CSV files that cannot be read, as far as can be told of those that lie here.

        Spark itself would take an open quote, and what is not UTF-8, for text.
        """
        must_begin_well(files)
        if wrong := not_utf_8(files) or wrong_file(files[:FIRST_FILES]):
            raise UsageProblem(wrong)
        self._csv_files.update(files)

    def _plain(self, file: str) -> str:
        """Return where a CSV file can be read in which nothing is that Spark does not expect."""
        if not is_odd(file):
            return file
        place = f"{self.scratch}/plain-{next(self._numbers)}.csv"
        return place if write_plainly(file, place) else file

    @contextmanager
    def _asked(self, wrong: str = "Spark could not do it") -> Iterator[None]:
        """Ask Spark something within, as `Session.asked`; what is wrong with a CSV row has its line."""
        try:
            with self._session.asked(wrong):
                yield
        except UsageProblem as problem:
            is_of_row = "MALFORMED_CSV_RECORD" in str(problem)
            if is_of_row and (message := wrong_file(sorted(self._csv_files))):
                raise UsageProblem(message) from problem.__cause__
            raise

    def _sheets(self, files: Sequence[str], paths: Sequence[str]) -> list[DataFrame]:
        """Return the rows of CSV files, those under the same headings together; paths are as Spark has them.

        Each file is read in one go, since a text may go on in the next line. Columns are called as DuckDB does.
        """
        under: dict[str, list[str]] = defaultdict(list)
        for file, path in zip(files, paths, strict=True):
            heading = heading_of(file)
            if not heading and (first := self._spark.read.text(path).first()) is not None:
                heading = str(first[0]).removeprefix("\ufeff")
            under[heading].append(path)
        reader = self._spark.read.options(header=True, multiLine=True, escape='"', maxCharsPerColumn=-1)
        reader = reader.options(mode="FAILFAST", nullValue="")
        frames = []
        for heading, below in under.items():
            reader = reader.option("sep", delimiter_of(heading))
            is_whole = heading.count('"') % 2 == 0  # at an address its first line alone is known
            names = columns_under(headings_in(heading)) if is_whole else []
            columns = ", ".join(f"`{name.replace('`', '``')}` string" for name in names)
            frames.append(reader.csv(below, schema=columns or None, enforceSchema=bool(columns)))
        return frames

    def _numbered(self, frame: DataFrame, files: Sequence[str], places: Sequence[str]) -> DataFrame:
        """Return rows with their number in their file, from 1, and the file as its user calls it.

        `places` are where the files are read.
        """
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        if not is_parquet(files[0]):  # its rows come in their order, a file at a time
            in_file = Window.partitionBy("_metadata.file_path").orderBy(f.monotonically_increasing_id())
            line = f.row_number().over(in_file).cast("bigint")
            above = {file: lines for file in files if (lines := lines_above(file))}
        else:
            line = f.col("_metadata.row_index") + 1
            above = {}
        java_path = self._spark._jvm.org.apache.hadoop.fs.Path  # noqa: SLF001 - only it spells a path as Spark does
        uris = [f"file:{java_path(_path(place)).toUri()}".replace("file:file:", "file:") for place in places]
        names = zip(uris, files, strict=True)
        whole = f.regexp_replace("_metadata.file_path", "^file:/+", "file:/")
        known = f.create_map(*(f.lit(text) for pair in names for text in pair))
        place = f.coalesce(f.try_element_at(known, whole), whole)
        if above:
            lines = f.create_map(*(f.lit(each) for pair in above.items() for each in pair))
            line += f.coalesce(f.try_element_at(lines, place), f.lit(0))
        return frame.select("*", line.alias(ROW), place.alias(FILE))

    def names_in(self, file: str) -> list[str]:
        """Return what the columns of a Parquet file are called in it."""
        with self._asked():
            return list(self._spark.read.parquet(_to_read(file)).columns)

    def columns(self, table: str) -> dict[str, str]:
        """Return the names and types of the columns of a table."""
        with self._asked():
            return dict(self._spark.table(table).dtypes)

    def fill(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Make a table of rows from here."""
        schema = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in columns.items())
        left = iter(rows)
        with self._asked():
            frame = self._spark.createDataFrame(list(islice(left, _AT_ONCE)), schema, verifySchema=False)
            while more := list(islice(left, _AT_ONCE)):
                frame = frame.unionAll(self._spark.createDataFrame(more, schema, verifySchema=False))
            self._keep(table, frame)

    def make(self, table: str, sql: str) -> None:
        """Keep what a text gives as a table; one of that name goes.

        It is written to a file: no worker that goes takes it along, and Spark need not think again of how it came
        about, which takes it minutes where a dozen tables rest on each other.
        """
        with self._asked():
            place = f"{self.scratch}/{table}-{next(self._numbers)}"
            frame = self._written(sql, place)
            self._keep(table, self._spark.read.schema(frame.schema).parquet(place))
            self._kept[table] = place

    def keep(self, table: str, sql: str) -> None:
        """Let a name stand for a text that gives few rows: Spark reads them anew, from files that it knows."""
        self.view(table, sql)

    def view(self, table: str, sql: str) -> None:
        """Let a name stand for a text; one of that name goes."""
        with self._asked():
            self._keep(table, self._frame(sql))

    def _keep(self, table: str, frame: DataFrame) -> None:
        self.drop(table)
        frame.createOrReplaceTempView(table)

    def drop(self, table: str) -> None:
        """Forget a table or a view, if there is one."""
        with self._asked():
            self._spark.catalog.dropTempView(table)
        if place := self._kept.pop(table, None):
            shutil.rmtree(place, ignore_errors=True)

    # -- files -----------------------------------------------------------------------------------------------

    def write(self, sql: str, path: str) -> None:
        """Write what a text gives, in its order, as a folder of Parquet files; one that is there goes.

        Raises `UsageProblem` where the folder is not on a disk that workers and this machine share.
        """
        with self._asked():
            self._written(sql, _path(path))

    def write_parts(self, sql: str, folder: str, *, parts: int) -> None:  # noqa: ARG002 - Spark sees for itself
        """Write what a text gives as Parquet, apart for each value of its column `part`."""
        with self._asked():
            frame = _writable(self._frame(sql)).hint("rebalance", "part")
            frame.write.mode("overwrite").partitionBy("part").parquet(_path(folder))

    def _written(self, sql: str, path: str) -> DataFrame:
        """Write what a text gives; return it, as it is written."""
        frame = _writable(self._frame(sql))
        frame.write.mode("overwrite").parquet(path)
        if "://" not in path and not any(Path(path).glob("*.parquet")):
            here = f"{shown(path)} is not on a disk that all of them and this machine share"
            raise UsageProblem(f"what the workers write cannot be read here: {here}")
        return frame


def in_sparks_words(sql: str) -> str:
    r'''Return a portable text as Spark has it.

    In a literal `\` escapes what follows, as it does in a pattern; and names of columns have quotes of their own.

    >>> print(in_sparks_words(r"""SELECT REPLACE("the ""big"" one", '\', '"') FROM t WHERE b = 'it''s'"""))
    SELECT REPLACE(`the "big" one`, '\\', '"') FROM t WHERE b = 'it''s'
    '''
    return _LIKE.sub(_NO_ESCAPE, _QUOTED.sub(_requoted, sql))


_OF_NANOSECONDS: Final = "TIMESTAMP(NANOS"
_OF_NO_TYPE: Final = ("PARQUET_TYPE_ILLEGAL", "UNSUPPORTED_TIME_TYPE", "DECIMAL_PRECISION_EXCEEDS")
"""How Spark calls it that a column of a Parquet file is of a type which it has not."""
_BY_DUCKDB: Final = "or compile without --engine, by DuckDB"
_SAVE_MICROSECONDS: Final = (
    f"Spark reads no moments that Parquet has in nanoseconds; save them in microseconds or as dates, {_BY_DUCKDB}"
)


def _other_type(said: str) -> str:
    """Return what to do where Spark says of a Parquet file that it has no type like one of its columns."""
    lacks_type = any(name in said for name in _OF_NO_TYPE) and _OF_NANOSECONDS not in said
    return f"; save that column as another type, {_BY_DUCKDB}" if lacks_type else ""


def _requoted(quoted: re.Match[str]) -> str:
    text = quoted[0]
    if text[0] == "'":
        return text.replace("\\", "\\\\")
    return "`" + text[1:-1].replace('""', '"').replace("`", "``") + "`"


def _writable(frame: DataFrame) -> DataFrame:
    """Return rows that Parquet takes: a column that is nothing throughout is text."""
    return frame.withColumns({name: frame[name].cast("string") for name, kind in frame.dtypes if kind == "void"})


def _path(file: str) -> str:
    """Return a file's path as Spark takes it: from the root."""
    return file if "://" in file else str(Path(file).absolute())


def _to_read(file: str) -> str:
    """Return a file's path as Spark reads from it: a sign that would stand for others stands for itself."""
    return _GLOB.sub(r"\\\1", _path(file))
