"""Amounts in the words in which people write them, as amounts of a model."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = "[0-9][0-9.,]*"
_FORMS: Final = (
    re.compile(rf"(?P<bound>at least|at most) +(?P<number>{_NUMBER})(?P<last>)(?: +(?P<unit>\D.*))?"),
    re.compile(rf"(?P<bound>)(?P<number>{_NUMBER})(?: *(?:-|–|to) *(?P<last>{_NUMBER}))?(?: +(?P<unit>\D.*))?"),
    re.compile(rf"between +(?P<bound>)(?P<number>{_NUMBER}) +and +(?P<last>{_NUMBER})(?: +(?P<unit>\D.*))?"),
)
"""2,000 soldiers, at least 1000 soldiers, 1000-2000 soldiers, between 1000 and 2000 soldiers."""
_THOUSANDS_OR_DECIMALS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""A number whose dot stands before thousands in one language, and before decimals in another."""


def written_amount(text: str) -> dict[str, str] | None:
    """Return the amount of a model that a text means, a range as its two ends; None where it is no amount.

    The unit is left out where the text has none. Raises `ValueError`, with a reason fit for a reader, for a number that
    can be read in two ways.

    >>> written_amount("2,000 soldiers"), written_amount("at least 5 ships")
    ({'value': '2000', 'unit': 'soldiers'}, {'at-least': '5', 'unit': 'ships'})
    >>> written_amount("15–20"), written_amount("some")
    ({'at-least': '15', 'at-most': '20'}, None)
    """
    amount = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
    if amount is None:
        return None
    numbers = [amount[part] or "" for part in ("number", "last")]
    if unclear := next(filter(_THOUSANDS_OR_DECIMALS.fullmatch, numbers), None):
        whole, _, rest = unclear.partition(".")
        raise ValueError(f"{unclear} may be {whole} or {whole},{rest}; write {whole} or {whole}{rest}")
    number, last = (re.sub(r",(?=[0-9]{3}\b)", "", text) for text in numbers)
    unit = {"unit": amount["unit"]} if amount["unit"] else {}
    if last:
        return {"at-least": number, "at-most": last, **unit}
    return {(amount["bound"] or "value").replace(" ", "-"): number, **unit}


def in_braces(amount: dict[str, str]) -> str:
    """Return an amount as a file of a model has it on one line.

    >>> in_braces({"at-least": "15", "at-most": "20", "unit": "ships"})
    '{at-least: 15, at-most: 20, unit: ships}'
    """
    return f"{{{', '.join(f'{key}: {value}' for key, value in amount.items())}}}"
