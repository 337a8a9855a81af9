"""What was taken in of a table of statements, and what the manifest of holdings keeps of it for those added later."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.engines.left_out import LeftOut
    from actorgraph.model.model import Model

MOST_REASONS: Final = 100
"""So many reasons why rows were left out are kept in the manifest."""


class TakenIn(NamedTuple):
    """What was taken in; the cleaned statements stand in the engine (`engines.statements.clean_table`).

    `frame` is a model of whom and what they are about; `left_out` says which rows were not taken, and why;
    `passed_over`, which cells of others; `rows` is how many came in; `unread` are the columns of the tables beside them
    that mean nothing, and `carried` those of the statements that are kept and mean nothing, with what may have been
    meant; `unclear`, which of their sources may be one of several, and are kept apart; `in_utc`,
    the columns of dates that hold moments of a time zone; `meant`, what `HeldTables` is to have of it.
    """

    frame: Model
    left_out: tuple[LeftOut, ...]
    rows: int
    files: tuple[str, ...]
    passed_over: tuple[LeftOut, ...] = ()
    unread: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    in_utc: tuple[str, ...] = ()
    meant: Mapping[str, str] = MappingProxyType({})


class HeldTables(NamedTuple):
    """The engine's tables of what is there already, where a table is added to it.

    `sources` are those that the frame has no room for (`engines.sources`), None where it has all. `meant` are those
    that rows meant which say less of them (`CodedSources.meant`).
    """

    statements: str
    sources: str | None = None
    meant: Mapping[str, str] = MappingProxyType({})


def left_out_kept(taken: TakenIn) -> dict[str, Any]:
    """Return what the manifest says of rows that were left out, and of cells of others that were not read."""
    cells = {"cells": _reasons(taken.passed_over)} if taken.passed_over else {}
    return {"rows": sum(each.rows for each in taken.left_out), "reasons": _reasons(taken.left_out), **cells}


_MEANT: Final = "meant"


def meant_kept(taken: TakenIn) -> dict[str, Any]:
    """Return what the manifest says of the sources that rows meant which say less of them, if any did."""
    return {_MEANT: dict(taken.meant)} if taken.meant else {}


def meant_before(made_of: Mapping[str, Any]) -> dict[str, str]:
    """Return what a manifest says of all such rows, of the first table and of those that were appended."""
    return {said: key for each in (made_of, *made_of.get("appended", ())) for said, key in each.get(_MEANT, {}).items()}


def _reasons(left_out: tuple[LeftOut, ...]) -> list[dict[str, Any]]:
    return [
        {
            "reason": reason,
            "rows": rows,
            "places": [{"file": file, "line": line, "value": value} for file, line, value in places],
        }
        for reason, rows, places, _ in left_out[:MOST_REASONS]
    ]
