"""The days that questions ask about, as their users name them."""

from __future__ import annotations

from datetime import date

from actorgraph.dates import iso, last_day
from actorgraph.errors import UsageProblem


def checked_since(since: str | date, day: int, verb: str = "changed") -> int:
    """Return the day since which something is asked for. Raises `UsageProblem` where it lies after the day asked about.

    >>> checked_since("2026-02", 20260115)
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: nothing can have changed since 2026-02-28: that is after 2026-01-15
    """
    first = day_of(since)
    if first > day:
        raise UsageProblem(f"nothing can have {verb} since {iso(first)}: that is after {iso(day)}")
    return first


def day_of(when: str | date) -> int:
    """Return the day that a question asks about: a date that may mean several days means the last of them.

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
        from actorgraph.written_dates import not_a_date  # most questions ask about a date

        raise UsageProblem(not_a_date(text, reason)) from reason
