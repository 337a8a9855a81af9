"""The rows of a day as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.formats import OutOptions
from actorgraph.exchange.json import OF_ROWS

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions((*OF_ROWS, "excel"), endings=("csv",))


def write(asked: Request) -> str:
    """Return the rows of a day."""
    from actorgraph.questions.who import everything
    from actorgraph.render.grid import to_csv

    answer = everything(asked.open(), **asked.question)
    return to_csv(answer.records(), answer.columns, excel=asked.excel)
