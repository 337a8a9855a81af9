"""SQLite as an engine: it answers at once or in blocks."""

import sqlite3

import pytest

from actorgraph.ledger.engine import Sqlite


def test_rows_come_at_once_or_in_blocks() -> None:
    engine = Sqlite(sqlite3.connect(":memory:"))
    engine.connection.execute("CREATE TABLE numbers (n INTEGER)")
    engine.connection.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(5)])
    assert [(1,), (2,)] == engine.run("SELECT n FROM numbers WHERE n > ? AND n < ? ORDER BY n", (0, 3))
    assert [[(0,), (1,)], [(2,), (3,)], [(4,)]] == list(engine.blocks("SELECT n FROM numbers ORDER BY n", size=2))


def test_a_closed_engine_answers_no_more() -> None:
    engine = Sqlite(sqlite3.connect(":memory:"))
    engine.close()
    engine.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        engine.run("SELECT 1")
