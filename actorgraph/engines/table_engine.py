"""What an engine of large tables does besides answering: read files, keep what a text gives, write it as Parquet."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from actorgraph.errors import UsageProblem
from actorgraph.ledger.engine import Engine
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def is_parquet(file: str) -> bool:
    """Whether a file is Parquet, and no CSV, by its name.

    >>> is_parquet("VOTES.PARQUET"), is_parquet("votes.csv.gz")
    (True, False)
    """
    return file.lower().endswith(".parquet")


def wrong_parquet(files: Sequence[str]) -> str | None:
    """Return which Parquet file here does not begin and end as one, None where all do, or nobody here can tell.

    >>> wrong_parquet(["examples/debates.csv"])
    'examples/debates.csv is cut off, or no Parquet file'
    """
    for file in files:
        with suppress(OSError), Path(file).open("rb") as stream:
            begin = stream.read(len(_PARQUET))
            stream.seek(max(Path(file).stat().st_size - len(_PARQUET), 0))
            if not begin == stream.read() == _PARQUET:
                return f"{shown(file)} is cut off, or no Parquet file"
    return None


MORE_MEMORY: Final = "give more with --memory, or to a question with ACTORGRAPH_MEMORY"
"""What to do where memory does not suffice: questions have no such option."""

OF_HOLDINGS: Final = "; if it is of holdings, compile them from their source"
"""What to do about a Parquet file that is damaged."""

_PARQUET: Final = b"PAR1"
"""What a Parquet file begins and ends with."""


def for_engines(path: str) -> str:
    r"""Return a path. Raises `UsageProblem` where it is not UTF-8, since no engine takes it then.

    >>> for_engines("h\udcff")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: h\udcff is no path that an engine takes: its name is not UTF-8; give it another
    """
    try:
        path.encode()
    except UnicodeEncodeError as error:
        why = "is no path that an engine takes: its name is not UTF-8; give it another"
        raise UsageProblem(f"{shown(path)} {why}") from error
    return path


def quoted_name(name: str) -> str:
    """Return a column's name as SQL has it.

    >>> quoted_name('The "big" state')
    '"The ""big"" state"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL has it.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


ROW: Final = "actorgraph_row"
"""The column of a numbered table with the number of a row in its file, from 1. No table of a user's has one like it."""

FILE: Final = "actorgraph_file"
"""The column of a numbered table with the file that a row stands in."""


IDS_IN_A_TEXT: Final = 20_000
"""How many ids one text is given at most: fewer would read a large table more often, more make a text long to parse."""


class TableEngine(Engine, Protocol):
    """Runs SQL over tables at rest and in memory.

    The texts are portable, but for what `joined` and `digest` word.
    """

    name: str
    """What the engine is called in a command, such as `duckdb`."""

    part_rows: int
    """How many statements a part of a table of holdings has, about: as much as is worked out at once."""

    scratch: str
    """A folder for what is worked out on the way; it goes with the engine."""

    def joined(self, text: str, order: str) -> str:
        """Return the expression that joins texts of a group, with commas between them, in the order of columns."""

    def digest(self, text: str) -> str:
        """Return the expression of a whole number that equal texts have in common, and others hardly ever."""

    def read(self, table: str, files: Sequence[str], *, numbered: bool = False) -> None:
        """Let a name stand for the rows of Parquet or CSV files; what a CSV file holds is text.

        With `numbered` each row has its file and its number in it, as the columns `FILE` and `ROW`. Raises
        `UsageProblem` for a file that is missing or cannot be read.
        """

    def text(self, file: str) -> str:
        """Return what a small text file holds, at a path or an address; `UsageProblem` where it cannot be read."""

    def columns(self, table: str) -> dict[str, str]:
        """Return the names and types of the columns of a table, as the engine calls them."""

    def names_in(self, file: str) -> Sequence[str]:
        """Return what the columns of a Parquet file are called in it, where the engine renames what is alike."""

    def fill(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Make a table of rows from here; columns by name are `TEXT` or `INTEGER`."""

    def make(self, table: str, sql: str) -> None:
        """Keep what a text gives as a table; one of that name goes."""

    def keep(self, table: str, sql: str) -> None:
        """Let a name stand for a text that gives few rows: at hand if the engine has them in its own memory."""

    def view(self, table: str, sql: str) -> None:
        """Let a name stand for a text, worked out anew whenever it is asked for; one of that name goes."""

    def drop(self, table: str) -> None:
        """Forget a table or a view, if there is one."""

    def write(self, sql: str, path: str) -> None:
        """Write what a text gives, in its order, as Parquet: a new file, or a folder of them."""

    def write_parts(self, sql: str, folder: str, *, parts: int) -> None:
        """Write what a text gives as Parquet, apart for each value of its column `part`: `FOLDER/part=7/…`.

        `parts` is how many values it has.
        """
