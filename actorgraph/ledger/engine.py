"""What a ledger asks: an engine runs SQL over tables. Here is SQLite's, for curated models; `engines` has the others.

The texts are portable (see `questions.sql`), so whoever asks need not know which engine answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from actorgraph.ledger.things import IDS_AT_ONCE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence


class Engine(Protocol):
    """Runs SQL over the tables of `ledger.schema.SCHEMA`: parameters are `?`, and nothing sorts before something."""

    ids_at_once: int
    """How many ids one text is given, where many are asked for: a large table may be read whole for each text."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text."""

    def blocks(self, sql: str, parameters: Sequence[object] = (), *, size: int = 10_000) -> Iterator[list[Any]]:
        """Yield the rows that answer a text, so many at a time: memory holds one block of them."""

    def close(self) -> None:
        """Let go of the tables; to close again does nothing."""


class Parts(Protocol):
    """The tables of which the ledger's `holdings` are made: a large one has parts, each with proposals of its own."""

    def on(self, proposals: Sequence[str]) -> str:
        """Return the table that has all holdings on some proposals: a part, or all of them."""

    def each(self) -> Iterator[str]:
        """Yield the parts; together they have every holding once, and each has all of a proposal."""

    def lines_each(self, table: str) -> float | None:
        """Return how many lines a proposal of a large table has on average, 0 where nobody knows; None of another.

        Of a large one a question does better to read first what it needs at once, and what was said later.
        """


class Whole:
    """Holdings in one table.

    >>> list(Whole().each())
    ['holdings']
    """

    def on(self, proposals: Sequence[str]) -> str:
        """Return the one table."""
        del proposals
        return "holdings"

    def each(self) -> Iterator[str]:
        """Yield the one table."""
        yield "holdings"

    def lines_each(self, table: str) -> None:
        """Return None: it is not large."""
        del table


class Sqlite:
    """SQLite as an engine: what is in memory, or in the user's cache folder.

    >>> import sqlite3
    >>> engine = Sqlite(sqlite3.connect(":memory:"))
    >>> engine.run("SELECT 1 + ?", (2,))
    [(3,)]
    """

    ids_at_once = IDS_AT_ONCE

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that answer a text."""
        return self.connection.execute(sql, parameters).fetchall()

    def blocks(self, sql: str, parameters: Sequence[object] = (), *, size: int = 10_000) -> Iterator[list[Any]]:
        """Yield the rows that answer a text, so many at a time."""
        cursor = self.connection.execute(sql, parameters)
        while block := cursor.fetchmany(size):
            yield block

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
