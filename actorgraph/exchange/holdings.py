"""Every position over time as CSV: what charts of time and statistics read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.formats import OutOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(("model", "known_by", "stated", "excel", "output", "no_cache"), endings=("csv",))


def write(asked: Request) -> Iterator[str]:
    """Return a line for each unbroken time in which an actor held a position, of all time, in pieces as read."""
    from actorgraph.ledger.things import HeldPosition
    from actorgraph.questions.cells import ROW_COLUMNS
    from actorgraph.render.grid import csv_pieces

    # The columns of rows that tell of all days, in the order in which rows have them.
    columns = tuple(column for column in ROW_COLUMNS if column in HeldPosition._fields)
    blocks = asked.open().holding_blocks(stated=asked.stated)
    return csv_pieces(([holding._asdict() for holding in block] for block in blocks), columns, excel=asked.excel)
