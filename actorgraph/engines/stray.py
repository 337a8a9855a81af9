"""Cells of a statement table that count for nothing though their row is taken: found, so that they can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.engines.table_engine import literal
from actorgraph.engines.texts import KEYS_OF, POINTERS, text_column, text_of
from actorgraph.vocabulary import OF_COMMITMENTS, ONLY_COMMITMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.engines.texts import Incoming


class Stray(NamedTuple):
    """A cell that may not be read though its row is taken: its column in `given`, what is told of it, and why."""

    column: str
    cell: str
    reason: str


HAS_STAGE: Final = text_column("has_stage")
"""The column of `texts` that says whether a row has a stage, too."""

_NAMING: Final = ("source", "url", "title", "published")
"""The keys by which a source is known, and that which counts without one."""
_OF_SOURCES: Final = (*POINTERS, *(key for key in KEYS_OF["source"] if key not in _NAMING))


def strays_of(incoming: Incoming) -> list[Stray]:
    """Return which cells may be stray: what only a commitment has, and what is said of a source where none is named."""
    of_stances = f"position.kind = 'stance' AND NOT t.{HAS_STAGE}"
    when = {"toward": of_stances, "amount": f"{of_stances} AND COALESCE(amount.amount, amount.misread) IS NOT NULL"}
    cases = [(key, KEYS_OF[key], when[key], ONLY_COMMITMENTS) for key in OF_COMMITMENTS]
    unsourced = "source.source IS NULL" if incoming.tells(KEYS_OF["source"]) else "TRUE"
    cases += [(key, (key,), unsourced, "no source is named") for key in _OF_SOURCES]
    return [
        Stray(
            text_column(f"stray_{key}"),
            f"CASE WHEN {condition} THEN COALESCE({', '.join(map(text_of, keys))}) ELSE NULL END",
            f"{key} is not read: {why}",
        )
        for key, keys, condition, why in cases
        if incoming.tells(keys)
    ]


def cells_of(stray: Sequence[Stray]) -> list[str]:
    """Return texts of the cells that were not read, as the table `left_out` has its rows."""
    return [
        f"SELECT {literal(reason)} AS reason, {column} AS value, file, line FROM given "
        f"WHERE reason IS NULL AND {column} IS NOT NULL"
        for column, _, reason in stray
    ]
