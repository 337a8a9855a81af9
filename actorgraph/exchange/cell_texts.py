"""What the cells of a row say, in a sheet that is imported and in a table that is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.engines.texts import SEVERAL
from actorgraph.exchange.mapping import AMOUNT_KEYS
from actorgraph.model.records import PROSE
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.model.reader import Data

SPEAKER_KIND: Final = "person"
"""The kind of who spoke for an actor, where it is new: its silence means nothing."""

SAY_DECIMALS: Final = "say --decimals point or --decimals comma"
"""What helps where a number can be read in two ways."""


def condition_in(text: str) -> tuple[bool, str]:
    """Return whether a condition is marked as one that must not hold, and the condition without that mark.

    >>> condition_in("A ceasefire"), condition_in("NOT: a ceasefire"), condition_in("not:not:x")
    ((False, 'A ceasefire'), (True, 'a ceasefire'), (False, 'x'))
    """
    is_otherwise = False
    while text.lower().startswith(NOT):
        is_otherwise, text = not is_otherwise, text[len(NOT) :].lstrip()
    return is_otherwise, text


def amount_of(said: Mapping[str, str]) -> dict[str, Data]:
    """Return how much a row says, empty where it says nothing."""
    value = {"value": said["amount"]} if "amount" in said else {}
    bounds = {key: said[key] for key in AMOUNT_KEYS if key in said}
    return {**value, **bounds} if value or len(bounds) > 1 else {}


def cleaned(key: str, text: str) -> str:
    """Return what a cell says: in one line, but for what may take several; a letter of reliability as a capital.

    >>> cleaned("title", " The  harbour "), cleaned("reliability", "b")
    ('The harbour', 'B')
    """
    if key == "reliability":
        return text.strip().upper()
    if key in SEVERAL or (key in PROSE and key in ("note", "quote", "about")):
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    return " ".join(text.split())
