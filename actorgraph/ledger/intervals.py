"""Intervals of days with the dates that they are told by: the days are worked out, the dates are as curated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from actorgraph.dates import OPEN, vagueness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Interval(NamedTuple):
    """The days from `since` (inside) to `until` (outside), with the dates as curated from which these come.

    An `until` of `OPEN` has no date; nor has a `since` before which nothing is known.
    """

    since: int
    until: int
    since_date: str | None
    until_date: str | None


def shortest(dates: Iterable[str | None]) -> str | None:
    """Return that of several dates of one day that means the fewest days, None where there is none.

    >>> shortest(["2025-10", "2025-10-31", None])
    '2025-10-31'
    """
    known = [date for date in dates if date is not None]
    if len(known) < 2:  # as almost always
        return known[0] if known else None
    return min(known, key=vagueness)


def common(interval: Interval, other: Interval) -> Interval:
    """Return the days that two intervals share: `since` is the later begin, `until` the earlier end.

    It is empty, its end before its start or on it, where they share none.

    >>> common(Interval(20250101, 20251001, "2025", "2025-10"), Interval(20250301, 99991231, "2025-03-01", None))
    Interval(since=20250301, until=20251001, since_date='2025-03-01', until_date='2025-10')
    """
    since, since_date = _of_one_day(interval.since, interval.since_date, other.since, other.since_date, later=True)
    until, until_date = _of_one_day(interval.until, interval.until_date, other.until, other.until_date, later=False)
    return Interval(since, until, since_date, until_date)


def _of_one_day(
    day: int, date: str | None, other: int, other_date: str | None, *, later: bool
) -> tuple[int, str | None]:
    if day == other:
        return day, date if date == other_date else shortest((date, other_date))
    return (day, date) if (day > other) is later else (other, other_date)


def without(interval: Interval, others: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what is left of an interval without others, in order.

    >>> whole = Interval(20250101, 99991231, "2025-01-01", None)
    >>> [part[:2] for part in without(whole, [Interval(20250301, 20250401, "2025-03-01", "2025-04")])]
    [(20250101, 20250301), (20250401, 99991231)]
    """
    since, until, since_date, until_date = interval
    for other in sorted(others, key=_days):
        if other.until <= since or other.since >= until:
            continue
        if other.since > since:
            yield Interval(since, other.since, since_date, other.since_date)
        since, since_date = other.until, other.until_date
        if since >= until:
            return
    if since < until:
        yield Interval(since, until, since_date, until_date)


def _days(interval: Interval) -> tuple[int, int]:
    return interval.since, interval.until


ALWAYS = Interval(0, OPEN, None, None)
"""All days."""
