"""The rows of a day as CSV: a line for each row, or for each actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.formats import Option, OutOptions
from actorgraph.exchange.json import OF_ROWS

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(
    (*OF_ROWS, "excel"),
    (Option("wide", "a line for each actor and a column for each proposal; an empty cell is silence."),),
    endings=("csv",),
)


def write(asked: Request, *, wide: bool = False) -> str:
    """Return the rows of a day."""
    from actorgraph.questions.who import everything
    from actorgraph.render.grid import to_csv

    answer = everything(asked.open(), **asked.question)
    if wide:
        from actorgraph.render.wide import wide as in_columns

        return to_csv(*in_columns(answer), excel=asked.excel)
    return to_csv(answer.records(), answer.columns, excel=asked.excel)
