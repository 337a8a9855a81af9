"""DuckDB: window functions at question time, over the raw statements or over a table of its own that is sorted."""

import tempfile
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.peers.contestant import CONTESTED, Answer, Contestant

_SAID: Final = """
SELECT kind, actor, proposal, toward, position, until, CASE
    WHEN length(date) = 10 THEN date
    WHEN starts_with(published, date) THEN published
    ELSE date || substr('-12-31', length(date) - 3) END AS said
FROM read_parquet('{}')
"""
"""The statements with the day from which they count. Days are ISO texts, which compare as days do."""

_DAY: Final = "CASE WHEN said LIKE '%-31' THEN last_day((said[:8] || '01')::DATE) ELSE said::DATE END"
"""The day of such a text: the 31st is the last of any month."""

_HOLDING: Final = """
SELECT DISTINCT kind, actor, proposal, toward, position FROM (
    SELECT *, RANK() OVER (PARTITION BY kind, actor, proposal, toward ORDER BY said DESC) AS age
    FROM said WHERE said <= {day} {where}
) WHERE age = 1 AND (until IS NULL OR until > {day})
"""


class DuckdbRaw(Contestant):
    """DuckDB over the Parquet file as it came: every question reads what it needs of all statements."""

    packages = ("duckdb", "pyarrow")

    def load(self) -> None:
        self.connection = import_module("duckdb").connect()
        self.connection.execute(f"CREATE VIEW said AS {_SAID.format(self.table)}")

    def close(self) -> None:
        self.connection.close()

    def who(self, proposal: str, day: str) -> Answer:
        holding = _HOLDING.format(day="$day", where="AND proposal = $proposal")
        sql = f"SELECT DISTINCT kind, actor, position FROM ({holding})"
        return self.connection.execute(sql, {"day": day, "proposal": proposal}).fetchall()

    def snapshot(self, day: str) -> Answer:
        return self.table_of(_HOLDING.format(day="$day", where=""), day=day)

    def diff(self, first: str, second: str) -> Answer:
        sides = (_HOLDING.format(day=day, where="") for day in ("$first", "$second"))
        before, after = (f"{side} " for side in sides)
        sql = (
            f"WITH old AS MATERIALIZED ({before}), fresh AS MATERIALIZED ({after}) "
            "SELECT DISTINCT kind, actor, proposal FROM "
            "((FROM old EXCEPT FROM fresh) UNION ALL (FROM fresh EXCEPT FROM old))"
        )
        return self.table_of(sql, first=first, second=second)

    def tally(self, day: str) -> Answer:
        sql = (
            "SELECT proposal, position, COUNT(*) AS number FROM (SELECT actor, proposal, "
            f"CASE WHEN MIN(position) = MAX(position) THEN MIN(position) ELSE '{CONTESTED}' END AS position "
            f"FROM ({_HOLDING.format(day='$day', where='AND kind = $kind')}) GROUP BY actor, proposal) "
            "GROUP BY proposal, position"
        )
        return self.table_of(sql, day=day, kind="stance")

    def table_of(self, sql: str, **parameters: str) -> Any:
        """Return what a text gives as an Arrow table: to make Python objects of millions of rows is not its fault."""
        return self.connection.sql(sql, params=parameters).to_arrow_table()

    def rows(self, answer: Answer) -> Iterable[tuple[object, ...]]:
        if isinstance(answer, list):
            return answer
        columns = [name for name in answer.column_names if name != "toward"]
        return zip(*(answer[name].to_pylist() for name in columns), strict=True)


class DuckdbLoaded(DuckdbRaw):
    """DuckDB with a database of its own: days are read and statements sorted by proposal once, tracks found when asked.

    The best that window functions can do: a question about one proposal reads that proposal alone.
    """

    def load(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="duckdb-", dir=self.table.parent)
        self.connection = import_module("duckdb").connect(Path(self.folder.name) / "statements.duckdb")
        self.connection.execute(
            f"CREATE TABLE said AS SELECT * REPLACE ({_DAY} AS said, until::DATE AS until) "
            f"FROM ({_SAID.format(self.table)}) ORDER BY proposal, actor, said"
        )
        self.connection.execute("CHECKPOINT")

    def close(self) -> None:
        super().close()
        self.folder.cleanup()
