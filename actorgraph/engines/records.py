"""Statements as the records that a ledger lists: their keys as curated, made of the columns when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.engines.rules import as_json
from actorgraph.engines.statements import OF_A_RECORD, POINTERS
from actorgraph.engines.table_engine import literal
from actorgraph.vocabulary import IN_A_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Collection

    from actorgraph.engines.table_engine import TableEngine

_DIGITS: Final = 12
"""With as many the number of a line is written for the first of several to be found."""


def records_sql(engine: TableEngine, table: str) -> str:
    """Return the text of the ledger's table `records` over a table of cleaned statements.

    Args:
        engine: Where the table is.
        table: Its name. Columns that are carried along and that a record has (`note`, `jointly`, `lines`, `via` …) are
            taken, too.
    """
    columns = engine.columns(table)
    words = " ".join(f"WHEN '{position}' THEN '{phrase}'" for position, phrase in IN_A_SENTENCE.items())
    carried = [name for name in OF_A_RECORD if name in columns]
    firsts = (
        "kind",
        "actor",
        "proposal",
        "position",
        "date",
        "until_date",
        "speaker",
        "toward",
        "limits",
        *carried,
    )
    listed = ", ".join(f"MIN({name}) AS {name}" for name in firsts)
    evidence = engine.joined(_evidence(columns), "batch, line")
    file = "file" if "file" in columns else literal("statements")
    place = f"MIN({file} || ':' || SUBSTR(CAST({10**_DIGITS} + line AS STRING), 2))"
    line = f"CAST(CAST(SUBSTR(r.place, LENGTH(r.place) - {_DIGITS - 1}) AS BIGINT) AS STRING)"
    return f"""
SELECT r.kind AS type, r.id, a.name || ' ' || CASE r.position {words} ELSE r.position END || ' ' || p.name AS name,
    SUBSTR(r.place, 1, LENGTH(r.place) - {_DIGITS}) || {line} AS place, '{{"actor":' || {as_json("r.actor")} || ',"' ||
    CASE WHEN r.kind = 'stance' THEN 'position' ELSE 'stage' END || '":' || {as_json("r.position")} ||
    ',"proposal":' || {as_json("r.proposal")} || ',"date":' || {as_json("r.date")} ||
    {_optional("until", "r.until_date")} || {_optional("speaker", "r.speaker")} ||
    CASE WHEN r.toward = '' THEN '' ELSE ',"toward":["' || REPLACE(r.toward, ' ', '","') || '"]' END ||
    r.limits || {" || ".join([*(_optional(name, f"r.{name}") for name in carried), "''"])} ||
    ',"evidence":[' || COALESCE(r.evidence, '') || ']}}' AS body
FROM (SELECT id, {listed}, {evidence} AS evidence, {place} AS place FROM {table} GROUP BY id) AS r
JOIN labels AS a ON a.type = 'actor' AND a.id = r.actor
JOIN labels AS p ON p.type = 'proposal' AND p.id = r.proposal"""


def _evidence(columns: Collection[str]) -> str:
    """Return the expression of a row's evidence as JSON, nothing where it has none."""
    told = [_optional(name, name, is_number=name == "credibility") for name in POINTERS if name in columns]
    more = "".join(f" || {each}" for each in told)
    return f"""'{{"source":' || {as_json("source")}{more} || '}}'"""


def _optional(key: str, column: str, *, is_number: bool = False) -> str:
    """Return the expression of a key with its value, or of an empty text where there is none."""
    return f"""COALESCE(',"{key}":' || {column if is_number else as_json(column)}, '')"""
