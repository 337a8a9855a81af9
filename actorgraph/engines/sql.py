"""Expressions that the SQL of several tables is made of."""

from __future__ import annotations

from typing import Final

AS_READ: Final = "batch, file, line"
"""The order in which rows of one statement were read."""

SO_FAR: Final = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
BEFORE: Final = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


def lesser(value: str, other: str) -> str:
    """Return the lesser of two values, of which either may be nothing.

    >>> lesser("a", "b")
    'CASE WHEN a IS NULL OR b < a THEN b ELSE a END'
    """
    return f"CASE WHEN {value} IS NULL OR {other} < {value} THEN {other} ELSE {value} END"


def in_force_from(row: str) -> str:
    """Return the day from which a row, or several of one statement, count, as `dates.in_force_from` has it.

    >>> in_force_from("r").startswith("CASE WHEN r.first < r.last AND r.published >= r.first")
    True
    """
    in_time = f"{row}.first < {row}.last AND {row}.published >= {row}.first AND {row}.published < {row}.last"
    return f"CASE WHEN {in_time} THEN {row}.published ELSE {row}.last END"


def of_one_track(table: str, other: str) -> str:
    """Return the condition that rows of two tables are of one actor on one proposal, and of one kind.

    >>> of_one_track("c", "s")
    'c.kind = s.kind AND c.actor = s.actor AND c.proposal = s.proposal'
    """
    return " AND ".join(f"{table}.{column} = {other}.{column}" for column in ("kind", "actor", "proposal"))


def as_json(column: str) -> str:
    """Return a text column as JSON; it has no control characters."""
    return rf"""'"' || REPLACE(REPLACE({column}, '\', '\\'), '"', '\"') || '"'"""


def lines_as_json(column: str) -> str:
    """Return a text column as JSON; of control characters it has no other than line feeds."""
    return rf"REPLACE({as_json(column)}, CHR(10), '\n')"
