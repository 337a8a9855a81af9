"""The SQL of a compile by itself: noted down while actorgraph compiles, and then run in plain DuckDB as if by hand.

    python tests/benchmarks/by_hand.py note NOTES compile TABLE -o HOLDINGS
    python tests/benchmarks/by_hand.py run NOTES

The second does what the first had DuckDB do, text by text, its Parquet files included, with the same limit of memory.
What it does not do is what actorgraph does besides: read names and dates in Python, check, and put the new files in the
place of the old.
"""

import json
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

_ASKS: Final = ("SELECT", "DESCRIBE", "WITH", "FROM")
_OWN: Final = "SET temp_directory"
"""What is left to DuckDB where it works by hand: it makes a folder of its own."""


class Noting:
    """A connection that notes what it is told, and keeps the files made for it."""

    def __init__(self, connection: Any, notes: Path) -> None:
        self._connection = connection
        self._notes = notes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """Run a text, and note it."""
        for file in re.findall(r"'([^']+\.csv)'", sql):
            kept = self._notes / f"{len(list(self._notes.iterdir()))}-{Path(file).name}"
            shutil.copyfile(file, kept)
            sql_noted = sql.replace(file, str(kept.resolve()))
            break
        else:
            sql_noted = sql
        with (self._notes / "texts.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([sql_noted, list(parameters)]) + "\n")
        return self._connection.execute(sql, parameters)

    def cursor(self) -> "Noting":
        """Return another connection to the same tables, which notes as well."""
        return Noting(self._connection.cursor(), self._notes)


def note(notes: Path, arguments: list[str]) -> None:
    """Have actorgraph do what a command says, and note what DuckDB is told."""
    from actorgraph.cli.main import main as command_line

    shutil.rmtree(notes, ignore_errors=True)
    notes.mkdir(parents=True)
    connect = duckdb.connect
    setattr(duckdb, "connect", lambda *given, **named: Noting(connect(*given, **named), notes))  # noqa: B010 - for once
    sys.argv = ["actorgraph", *arguments]
    command_line()


def run(notes: Path) -> None:
    """Do what was noted once more; its files go to a folder of their own, which is removed in the end."""
    lines = (notes / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [tuple(json.loads(line)) for line in lines]
    written = {file for sql, _ in texts if sql.startswith("COPY") for file in re.findall(r"TO '([^']+)' \(FORMAT", sql)}
    folders = {str(Path(file).parent) for file in written}
    made = notes / "made"
    for number, _ in enumerate(folders):
        (made / str(number)).mkdir(parents=True)
    with duckdb.connect(":memory:") as connection:
        for sql, parameters in texts:
            if sql.startswith(_OWN):
                continue
            for number, folder in enumerate(sorted(folders)):
                sql = sql.replace(f"'{folder}/", f"'{made.resolve()}/{number}/")  # noqa: PLW2901 - the same text elsewhere
            done = connection.execute(sql, parameters)
            if sql.lstrip().startswith(_ASKS):
                done.fetchall()
    shutil.rmtree(made)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    if sys.argv[1] == "note":
        note(Path(sys.argv[2]), sys.argv[3:])
    else:
        run(Path(sys.argv[2]))
