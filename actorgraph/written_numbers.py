"""Numbers in the forms in which people write them, as those of a model: digits, and a point before decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from actorgraph.errors import ActorgraphError, quoted

Decimals = Literal["point", "comma"]
DECIMALS: Final[tuple[Decimals, ...]] = ("point", "comma")
"""What stands before the decimals of a number; the other one stands between thousands."""

SAY_DECIMALS: Final = "say --decimals point or --decimals comma"
"""What helps where a number can be read in two ways."""

_SIGN: Final = {"point": ".", "comma": ","}
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " ") | {"’": "'"})
_SPACED: Final = re.compile(r"\d{1,3}([ '])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
_PARTED: Final = re.compile(r"\d{1,3}(?P<between>[.,])\d{3}(?:(?P=between)\d{3})*(?:(?!(?P=between))[.,]\d+)?")
_DECIMAL: Final = re.compile(r"(?P<whole>\d+)(?P<sign>[.,])(?P<decimals>\d+)")
_ZEROS: Final = re.compile(r"(\.\d{3}\d*?)0+")


class AmbiguousNumber(ActorgraphError):  # noqa: N818 - the number is in order, it only can be read in two ways
    """A number that is a thousand times as much where a point, or a comma, stands between thousands.

    `ways` says what it may be, where nobody can be asked for `--decimals`.
    """

    def __init__(self, ways: str) -> None:
        super().__init__(f"{ways}; {SAY_DECIMALS}")
        self.ways = ways


def written_number(text: str, decimals: Decimals | None = None) -> str:
    """Return the number of a model that a text means; what is no number in any of these forms stays as it is.

    `decimals` says what stands before decimals. Raises `AmbiguousNumber` where that matters and is not given, and
    `ValueError`, with a reason fit for a reader, where it cannot be so.

    >>> [written_number(text) for text in ("1 000", "1'000.5", "1.234.567", "1,234.50", "1.234,50", "0.125", "1,5")]
    ['1000', '1000.5', '1234567', '1234.50', '1234.50', '0.125', '1.5']
    >>> written_number("1.000", "comma"), written_number("1.000", "point")
    ('1000', '1.000')
    >>> written_number("1.000")
    Traceback (most recent call last):
        ...
    actorgraph.written_numbers.AmbiguousNumber: '1.000' is 1 or 1000; say --decimals point or --decimals comma
    """
    plain = " ".join(text.translate(_SPACES).split())
    if _SPACED.fullmatch(plain):
        return _with_point(plain.replace(" ", "").replace("'", ""), text, decimals)
    parted, decimal = _PARTED.fullmatch(plain), _DECIMAL.fullmatch(plain)
    if parted and decimal:  # one sign before three digits
        if decimals is None and not plain.startswith("0"):
            ways = Decimal(plain.replace(",", ".")).normalize(), Decimal(re.sub("[.,]", "", plain))
            raise AmbiguousNumber(f"{quoted(text)} is {ways[0]:f} or {ways[1]}")
        if decimals is not None and _SIGN[decimals] != decimal["sign"]:
            return decimal["whole"] + decimal["decimals"]
        return _with_point(plain, text, decimals)
    if parted:
        between = parted["between"]
        if decimals is not None and _SIGN[decimals] == between:
            raise ValueError(f"{quoted(text)} has a {decimals} between thousands, which stands before decimals here")
        return _with_point(plain.replace(between, ""), text, decimals)
    return _with_point(plain, text, decimals) if decimal else text


def _with_point(number: str, text: str, decimals: Decimals | None) -> str:
    """Return digits with a sign before decimals, if they have any, with a point there."""
    other = next((name for name in DECIMALS if _SIGN[name] in number), None)
    if decimals is not None and other not in (None, decimals):
        raise ValueError(f"{quoted(text)} has a {other} before decimals, where a {decimals} stands here")
    pointed = number.replace(",", ".")
    zeros = _ZEROS.fullmatch(pointed[pointed.index(".") :]) if "." in pointed else None
    return pointed[: pointed.index(".")] + zeros[1] if zeros else pointed


def in_one_way(number: str, decimals: Decimals | None = None) -> str:
    """Return the text of what is a number in its file already, so that `written_number` takes its point for one.

    >>> in_one_way("1.125"), written_number(in_one_way("1.125")), in_one_way("1.5")
    ('1.1250', '1.125', '1.5')
    >>> in_one_way("1.5", "comma"), written_number(in_one_way("1.5", "comma"), "comma")
    ('1,5', '1.5')
    """
    if decimals == "comma":
        return number.replace(".", ",")
    return f"{number}0" if re.search(r"\.\d{3}$", number) else number
