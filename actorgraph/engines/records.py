"""Statements as the records that a ledger lists: their keys as curated, made of the columns when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.engines.sql import AS_READ, as_json, lines_as_json
from actorgraph.engines.statements import NOTE, OF_A_RECORD
from actorgraph.engines.texts import POINTERS
from actorgraph.vocabulary import IN_A_SENTENCE, JOINTLY

if TYPE_CHECKING:
    from collections.abc import Collection

    from actorgraph.engines.table_engine import TableEngine

_DIGITS: Final = 12
"""With as many the number of a batch, or of a line, is written for the first of several to be found."""


_BATCH, _LINE = (f"SUBSTR(CAST({10**_DIGITS} + {number} AS STRING), 2)" for number in ("batch", "line"))
_PLACE: Final = f"{_BATCH} || file || CHR(31) || {_LINE}"
"""Where a row stands: the least of several is the first, in the order in which they were read."""
_NOTED: Final = f"CASE WHEN {NOTE} IS NULL THEN NULL ELSE {_PLACE} || CHR(31) || {NOTE} END"
_FIRST_NOTE: Final = f"SPLIT_PART(r.{NOTE}, CHR(31), 3)"


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
    values = {name: as_json(f"r.{name}") for name in carried}
    if JOINTLY in values:
        listed_makers = f"""'["' || REPLACE(r.{JOINTLY}, ' ', '","') || '"]'"""
        values[JOINTLY] = f"CASE WHEN r.{JOINTLY} LIKE '% %' THEN {listed_makers} ELSE {values[JOINTLY]} END"
    if NOTE in values:
        values[NOTE] = lines_as_json(_FIRST_NOTE)
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
    listed = ", ".join(f"MIN({_NOTED if name == NOTE else name}) AS {name}" for name in firsts)
    evidence = engine.joined(_evidence(columns), AS_READ)
    place = f"MIN({_PLACE})"
    file = f"SUBSTR(r.place, {_DIGITS + 1}, LENGTH(r.place) - {2 * _DIGITS + 1})"
    line = f"CAST(CAST(SUBSTR(r.place, LENGTH(r.place) - {_DIGITS - 1}) AS BIGINT) AS STRING)"
    return f"""
SELECT r.kind AS type, r.id, a.name || ' ' || CASE r.position {words} ELSE r.position END || ' ' || p.name AS name,
    {file} || ':' || {line} AS place, '{{"actor":' || {as_json("r.actor")} || ',"' ||
    CASE WHEN r.kind = 'stance' THEN 'position' ELSE 'stage' END || '":' || {as_json("r.position")} ||
    ',"proposal":' || {as_json("r.proposal")} || ',"date":' || {as_json("r.date")} ||
    {_optional("until", as_json("r.until_date"))} || {_optional("speaker", as_json("r.speaker"))} ||
    CASE WHEN r.toward = '' THEN '' ELSE ',"toward":["' || REPLACE(r.toward, ' ', '","') || '"]' END ||
    r.limits || {" || ".join([*(_optional(name, value) for name, value in values.items()), "''"])} ||
    ',"evidence":[' || COALESCE(r.evidence, '') || ']}}' AS body
FROM (SELECT id, {listed}, {evidence} AS evidence, {place} AS place FROM {table} GROUP BY id) AS r
JOIN labels AS a ON a.type = 'actor' AND a.id = r.actor
JOIN labels AS p ON p.type = 'proposal' AND p.id = r.proposal"""


def _evidence(columns: Collection[str]) -> str:
    """Return the expression of a row's evidence as JSON, nothing where it has none."""
    more = "".join(f" || {_optional(name, _pointer(name))}" for name in POINTERS if name in columns)
    return f"""'{{"source":' || {as_json("source")}{more} || '}}'"""


def _pointer(name: str) -> str:
    """Return the expression of a pointer as JSON: a digit for credibility, text for the others."""
    if name == "credibility":
        return name
    return lines_as_json(name) if name == "quote" else as_json(name)


def _optional(key: str, value: str) -> str:
    """Return the expression of a key with its value as JSON, or of an empty text where there is none."""
    return f"""COALESCE(',"{key}":' || {value}, '')"""
