"""Statements of models as the tables that holdings are compiled from, and SQLite as an engine of such tables."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from actorgraph.dates import ends_on, period
from actorgraph.engines.frame import dated_key, fill_frame
from actorgraph.engines.table_engine import TableEngine
from actorgraph.engines.texts import amount_keys, condition_keys
from actorgraph.ledger.engine import Sqlite
from actorgraph.model.model import Model
from actorgraph.vocabulary import grade

if TYPE_CHECKING:
    from actorgraph.model.records import Commitment, Stance

COLUMNS = {
    **dict.fromkeys(("id", "kind", "actor", "proposal", "position", "date", "date_key"), "TEXT"),
    **dict.fromkeys(("first", "last", "until"), "INTEGER"),
    **dict.fromkeys(
        ("until_date", "until_key", "toward", "conditions", "amount", "limits", "speaker", "source"), "TEXT"
    ),
    "published": "INTEGER",
    **dict.fromkeys(("grade", "evidence"), "TEXT"),
    "line": "INTEGER",
    "file": "TEXT",
    "batch": "INTEGER",
}


class Joined:
    """An aggregate: texts joined in the order of another."""

    def __init__(self) -> None:
        self.parts: list[tuple[Any, str]] = []

    def step(self, text: str | None, order: Any) -> None:
        if text is not None:
            self.parts.append((order, text))

    def finalize(self) -> str | None:
        return ",".join(text for _, text in sorted(self.parts)) if self.parts else None


class SqliteTables(Sqlite):
    """SQLite as an engine of large tables, as far as rules need one: nothing is read from files, or written to them."""

    name = "sqlite"
    part_rows = 1000
    scratch = ""

    def __init__(self) -> None:
        super().__init__(sqlite3.connect(":memory:"))
        self.connection.create_aggregate("joined", 2, Joined)  # type: ignore[arg-type]

    def digest(self, text: str) -> str:
        raise NotImplementedError

    def joined(self, text: str, order: str) -> str:
        by, *ties = order.split(", ")
        return f"joined({text}, {by}{''.join(f' || SUBSTR(100000 + {tie}, 2)' for tie in ties)})"

    def read(self, table: str, files: Sequence[str], *, numbered: bool = False) -> None:
        raise NotImplementedError

    def text(self, file: str) -> str:
        raise NotImplementedError

    def columns(self, table: str) -> dict[str, str]:
        return {name: kind for _, name, kind, *_ in self.run(f"PRAGMA table_info({table})")}

    def names_in(self, file: str) -> Sequence[str]:
        raise NotImplementedError

    def fill(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        self.drop(table)
        named = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self.connection.execute(f"CREATE TABLE {table} ({named})")
        self.connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)

    def make(self, table: str, sql: str) -> None:
        self.drop(table)
        self.connection.execute(f"CREATE TABLE {table} AS {sql}")

    def keep(self, table: str, sql: str) -> None:
        self.make(table, sql)

    def view(self, table: str, sql: str) -> None:
        self.drop(table)
        self.connection.execute(f"CREATE VIEW {table} AS {sql}")

    def drop(self, table: str) -> None:
        for (kind,) in self.run("SELECT type FROM sqlite_master WHERE name = ?", (table,)):
            self.connection.execute(f"DROP {kind} {table}")

    def write(self, sql: str, path: str) -> None:
        raise NotImplementedError

    def write_parts(self, sql: str, folder: str, *, parts: int) -> None:
        raise NotImplementedError


def statement_rows(model: Model) -> Iterator[tuple[object, ...]]:
    """Yield the rows that the stances and commitments of a model are, one for each evidence."""
    line = count(1)
    records: tuple[tuple[str, Stance | Commitment], ...] = (
        *(("stance", record) for record in model.stances),
        *(("commitment", record) for record in model.commitments),
    )
    for kind, record in records:
        amount, limits = None, condition_keys(sorted(record.conditions))
        if record.amount is not None:
            bounds = [None if bound is None else str(bound) for bound in record.amount.bounds]
            amount = json.dumps([*bounds, record.amount.unit])
            limits += amount_keys(bounds[0], bounds[1], record.amount.unit)
        head = (
            *(record.id, kind, record.actor, record.proposal, record.word, record.date, dated_key(record.date)),
            *(*period(record.date), ends_on(record.until), record.until, dated_key(record.until)),
            *(" ".join(sorted(record.toward)), json.dumps(sorted(record.conditions)), amount, limits, record.speaker),
        )
        for cited in record.evidence:
            mark = grade(model.sources[cited.source].reliability, cited.credibility)
            evidence = json.dumps([cited.source, cited.lines, cited.page, cited.via, mark], separators=(",", ":"))
            yield *head, cited.source, model.published(cited.source), mark, evidence, next(line), "statements", 0


def filled(engine: TableEngine, model: Model) -> Model:
    """Make the tables that the rules begin with, of statements that are `stored`; return the frame."""
    frame = replace(model, stances=(), commitments=())
    engine.fill("stored", COLUMNS, statement_rows(model))
    fill_frame(engine, frame)
    return frame
