"""Amounts in the words in which people write them, as amounts of a model."""

from __future__ import annotations

import re
from typing import Final

from actorgraph.written_numbers import AmbiguousNumber, written_number

_NUMBER: Final = r"[0-9](?:[0-9.,'’]|[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9])))*"
_FORMS: Final = (
    re.compile(rf"(?P<bound>at least|at most) +(?P<number>{_NUMBER})(?P<last>)(?: +(?P<unit>\D.*))?"),
    re.compile(rf"(?P<bound>)(?P<number>{_NUMBER})(?: *(?:-|–|to) *(?P<last>{_NUMBER}))?(?: +(?P<unit>\D.*))?"),
    re.compile(rf"between +(?P<bound>)(?P<number>{_NUMBER}) +and +(?P<last>{_NUMBER})(?: +(?P<unit>\D.*))?"),
)
"""2,000 soldiers, at least 1000 soldiers, 1000-2000 soldiers, between 1000 and 2000 soldiers."""
_AS_PRINTED: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
"""A number as answers print it: with a comma between thousands."""


def written_amount(text: str) -> dict[str, str] | None:
    """Return the amount of a model that a text means, a range as its two ends; None where it is no amount.

    The unit is left out where the text has none. A comma before three digits stands between thousands, as in answers,
    but for one behind a zero. Raises `ValueError`, with a reason fit for a reader, for a number that can be read in two
    ways.

    >>> written_amount("2,000 soldiers"), written_amount("at least 5 ships")
    ({'value': '2000', 'unit': 'soldiers'}, {'at-least': '5', 'unit': 'ships'})
    >>> written_amount("1 200,50 euros"), written_amount("0,125 tonnes")
    ({'value': '1200.50', 'unit': 'euros'}, {'value': '0.125', 'unit': 'tonnes'})
    >>> written_amount("15–20"), written_amount("some")
    ({'at-least': '15', 'at-most': '20'}, None)
    """
    amount = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
    if amount is None:
        return None
    number, last = (_number(amount[part] or "") for part in ("number", "last"))
    unit = {"unit": amount["unit"]} if amount["unit"] else {}
    if last:
        return {"at-least": number, "at-most": last, **unit}
    return {(amount["bound"] or "value").replace(" ", "-"): number, **unit}


def _number(text: str) -> str:
    if _AS_PRINTED.fullmatch(text):
        return text.replace(",", "")
    try:
        return written_number(text)
    except AmbiguousNumber as number:
        raise ValueError(f"{number.ways}; write it in one of these ways") from None


def in_braces(amount: dict[str, str]) -> str:
    """Return an amount as a file of a model has it on one line.

    >>> in_braces({"at-least": "15", "at-most": "20", "unit": "ships"})
    '{at-least: 15, at-most: 20, unit: ships}'
    """
    return f"{{{', '.join(f'{key}: {value}' for key, value in amount.items())}}}"
