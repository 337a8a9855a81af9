"""Partial dates, and days as integers that every SQL engine compares alike.

A *day* is an integer yyyymmdd. An open end is `OPEN`. Intervals are half-open: since is inside, until is
outside. A *partial date* (`2026`, `2026-01`, `2026-01-06`) means some day in that period.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from actorgraph.errors import UsageProblem, quoted

OPEN: Final = 99991231
"""The `until` of what has not ended. It is nobody's date: no model reaches the year 9999."""

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@lru_cache(maxsize=8192)  # a model repeats its dates: two of three look-ups are for one seen before
def period(text: str) -> tuple[int, int]:
    """Return the first and the last day of a partial date, both inside.

    Raises `ValueError`, with a reason fit for a reader, for anything else.

    >>> period("2024-02")
    (20240201, 20240229)
    >>> period("2024-13")
    Traceback (most recent call last):
        ...
    ValueError: there is no month 13
    """
    parts = _PARTIAL.match(text)
    if parts is None:
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(parts[1])
    if not 1 <= year <= 9998:
        raise ValueError(f"the year {parts[1]} is out of range (0001 to 9998)")
    if parts[2] is None:
        return year * 10000 + 101, year * 10000 + 1231
    month = int(parts[2])
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {parts[2]}")
    days = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    if parts[3] is None:
        return year * 10000 + month * 100 + 1, year * 10000 + month * 100 + days
    day = int(parts[3])
    if not 1 <= day <= days:
        raise ValueError(f"{parts[1]}-{parts[2]} has no day {parts[3]}")
    return (year * 10000 + month * 100 + day,) * 2


def first_day(text: str) -> int:
    """Return the first day of a partial date.

    >>> first_day("2026")
    20260101
    """
    return period(text)[0]


def last_day(text: str) -> int:
    """Return the last day of a partial date.

    >>> last_day("2026")
    20261231
    """
    return period(text)[1]


def in_force_from(text: str, publications: Iterable[int]) -> int:
    """Return the last day on which something could have been said: the day from which it is in force.

    That is the last day of its (partial) date, or the earliest of the days on which its sources were published
    if that comes sooner and lies in the period.

    >>> in_force_from("2025", [20250528, 20260107]), in_force_from("2024", [20250528])
    (20250528, 20241231)
    """
    first, last = period(text)
    if first == last:
        return last
    earliest = min(publications, default=last)
    return earliest if first <= earliest < last else last


def ends_on(until: str | None) -> int:
    """Return the first day on which something no longer holds: a partial `until` leaves out its whole period.

    >>> ends_on("2026-03"), ends_on(None)
    (20260301, 99991231)
    """
    return OPEN if until is None else first_day(until)


def day_of(when: str | date) -> int:
    """Return the day that a question asks about: a partial date means the last day of its period.

    Raises `UsageProblem` for what is no date, and for the year 9999, in which nothing is.

    >>> day_of("2026-01")
    20260131
    >>> day_of(date(2026, 1, 6))
    20260106
    """
    text = date.isoformat(when) if isinstance(when, date) else when
    if not isinstance(text, str):
        raise UsageProblem(f"{when!r} is not a date; give a text, such as '2026-01-06', or a datetime.date")
    try:
        return last_day(text)
    except ValueError as reason:
        raise UsageProblem(f"{quoted(text)} is not a date: {reason}") from reason


def before(day: int, length: str) -> int:
    """Return the day that lies a length of time before another: days, weeks, months or years, as in `18mo`.

    Months are the calendar's: one month before 31 March is the last day of February. Raises `UsageProblem` for
    what is no length of time.

    >>> before(20260331, "18mo"), before(20260331, "1mo"), before(20260110, "2w"), before(20240229, "1y")
    (20240930, 20260228, 20251227, 20230228)
    """
    parts = _LENGTH.match(length)
    if parts is None:
        raise UsageProblem(f"{quoted(length)} is not a length of time; write 90d, 6w, 18mo or 2y")
    number, unit = int(parts[1]), parts[2]
    year, month = divmod(day // 10000 * 12 + day // 100 % 100 - 1, 12)
    if unit in _DAYS:
        ordinal = date(year, month + 1, day % 100).toordinal() - number * _DAYS[unit]
        return 0 if ordinal < 1 else int(date.fromordinal(ordinal).strftime("%Y%m%d"))
    year, month = divmod(year * 12 + month - number * _MONTHS[unit], 12)
    if year < 1:
        return 0
    last = period(f"{year:04}-{month + 1:02}")[1]
    return min(year * 10000 + (month + 1) * 100 + day % 100, last)


_LENGTH: Final = re.compile(r"(\d{1,5})(d|w|mo|y)\Z", re.ASCII)
_DAYS: Final = {"d": 1, "w": 7}
_MONTHS: Final = {"mo": 1, "y": 12}


@lru_cache(maxsize=8192)
def iso(day: int) -> str | None:
    """Return a day in ISO form, or None for an open end.

    >>> iso(20260106), iso(OPEN)
    ('2026-01-06', None)
    """
    return None if day >= OPEN else f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
