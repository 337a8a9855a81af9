"""The rows of a day as JSON: what every answer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.exchange.formats import OF_A_DAY, OutOptions

if TYPE_CHECKING:
    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(OF_A_DAY, endings=("json",))


def write(asked: Request) -> str:
    """Return the rows of a day."""
    from actorgraph.questions.as_json import to_json
    from actorgraph.questions.who import everything

    return to_json(everything(asked.open(), **asked.question))
