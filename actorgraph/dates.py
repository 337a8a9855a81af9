"""Dates as curated, and days as integers that every SQL engine compares alike.

A *day* is an integer yyyymmdd. An open end is `OPEN`. Intervals are half-open: since is inside, until is
outside. A *date as curated* names a period, and means some day in it: a day, a month or a year (`2026-01-06`,
`2026-01`, `2026`), from one to another (`2026-01-06/2026-01-20`, `2026-01/2026-03`), or by one (`../2026-01-06`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import Final

from actorgraph.errors import UsageProblem, quoted

OPEN: Final = 99991231
"""The `until` of what has not ended. It is nobody's date: no model reaches the year 9999."""

LONG_AGO: Final = 0
"""The first day of a period whose begin nobody knows, as in `../2026-01-06`: before every day."""

LAST_DAY: Final = "9998-12-31"
"""The last day that a date can mean."""

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_BY: Final = ".."

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)

A_DATE: Final = "a date is YYYY, YYYY-MM or YYYY-MM-DD; A/B is some day from A to B, ../B by B"
"""How dates are written, in words."""


@lru_cache(maxsize=8192)  # a model repeats its dates: two of three look-ups are for one seen before
def period(text: str) -> tuple[int, int]:
    """Return the first and the last day that a date as curated may mean, both inside.

    Raises `ValueError`, with a reason fit for a reader, for anything else.

    >>> period("2024-02"), period("2024-02/2024-04-10"), period("../2024-02")
    ((20240201, 20240229), (20240201, 20240410), (0, 20240229))
    >>> period("2024-13")
    Traceback (most recent call last):
        ...
    ValueError: there is no month 13
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return _days(begin)
    first, last = LONG_AGO if begin == _BY else _days(begin)[0], _days(end)[1]
    if last < first:
        raise ValueError(f"{end} comes before {begin}")
    return first, last


def _days(text: str) -> tuple[int, int]:
    """Return the first and the last day of a day, a month or a year."""
    parts = _PARTIAL.match(text)
    if parts is None:
        raise ValueError(A_DATE)
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
    """Return the first day that a date as curated may mean, `LONG_AGO` where nobody knows.

    >>> first_day("2026"), first_day("../2026")
    (20260101, 0)
    """
    return period(text)[0]


def last_day(text: str) -> int:
    """Return the last day that a date as curated may mean.

    >>> last_day("2026"), last_day("2026-01-06/2026-02")
    (20261231, 20260228)
    """
    return period(text)[1]


def in_force_from(text: str, publications: Iterable[int]) -> int:
    """Return the last day on which something could have been said: the day from which it is in force.

    That is the last day of its date, or the earliest of the days on which its sources were published if that comes
    sooner and lies in the period.

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


def checked_end(text: str) -> str:
    """Return an `until` as curated: a day, a month or a year.

    Raises `ValueError`, with a reason fit for a reader, for anything else.

    >>> checked_end("2026-03/2026-04")
    Traceback (most recent call last):
        ...
    ValueError: an end is one day, month or year, not a span
    """
    if "/" in text:
        raise ValueError("an end is one day, month or year, not a span")
    _days(text)
    return text


def latest(dates: Iterable[str]) -> str | None:
    """Return the date as curated that ends last, of those that end together the most exact; None where there is none.

    >>> latest(["2025", "2025-12-31", "../2025-12-31", "2025-06"]), latest(["2024-02", "2025"]), latest([])
    ('2025-12-31', '2025', None)
    """
    return max(dates, key=lambda text: (*period(text)[::-1], text), default=None)


def in_id(text: str) -> str:
    """Return a date as curated, as the id of a record holds it.

    >>> in_id("2025-10"), in_id("2025-09-12/2025-09-24"), in_id("../2025-10-14")
    ('2025-10', '2025-09-12.2025-09-24', 'by.2025-10-14')
    """
    return text.replace(f"{_BY}/", "by.").replace("/", ".")


def vagueness(text: str) -> tuple[int, str]:
    """Return a key that sorts dates as curated by how many days they may mean, the shortest period first.

    >>> sorted(["../2026-01-06", "2026-01", "2026", "2026-01-06", "2026-01-02/2026-01-06"], key=vagueness)
    ['2026-01-06', '2026-01-02/2026-01-06', '2026-01', '2026', '../2026-01-06']
    """
    first, last = period(text)
    begin = 0 if first == LONG_AGO else ordinal(first)
    return ordinal(last) - begin, text


def ordinal(day: int) -> int:
    """Return the number of a day, so that the days between two can be counted.

    >>> ordinal(20260301) - ordinal(20260228)
    1
    """
    return date(day // 10000, day // 100 % 100, day % 100).toordinal()


def number_of_day(text: str) -> int:
    """Return the number of a day in ISO form, so that the days between two can be counted.

    >>> number_of_day("2026-03-01") - number_of_day("2026-02-28")
    1
    """
    return ordinal(int(text.replace("-", "")))


def in_table(text: str) -> str:
    """Return a date as curated, as a table prints it.

    >>> [in_table(text) for text in ("2025-10", "2025-09-12/2025-09-24", "2025-12-30/2026-01-02", "../2025-10-14")]
    ['2025-10', '2025-09-12/24', '2025-12-30/2026-01-02', 'by 2025-10-14']
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return text
    if begin == _BY:
        return f"by {end}"
    shared = _shared_parts(begin, end)
    return f"{begin}/{'-'.join(end.split('-')[shared:])}"


def begun(text: str) -> str:
    """Return since when something is so, as a phrase of a line.

    >>> begun("2025-10"), begun("../2025-10-14")
    ('since 2025-10', 'by 2025-10-14')
    """
    date_in_table = in_table(text)
    return date_in_table if date_in_table.startswith("by ") else f"since {date_in_table}"


def ended(text: str) -> str:
    """Return until when something is so, as a phrase of a line: what was said by a day superseded it by then.

    >>> ended("2025-10"), ended("../2025-10-14")
    ('until 2025-10', 'until 2025-10-14 at the latest')
    """
    begin, _, end = text.partition("/")
    return f"until {end} at the latest" if begin == _BY else f"until {in_table(text)}"


def in_sentence(text: str) -> str:
    """Return a date as curated, in words.

    >>> [in_sentence(text) for text in ("2025-10-14", "2025-10", "2025", "../2025-10-14")]
    ['14 October 2025', 'October 2025', '2025', 'by 14 October 2025']
    >>> [in_sentence(text) for text in ("2025-09-12/2025-09-24", "2025-09-30/2025-10-02", "2025-12/2026-02-01")]
    ['12–24 September 2025', '30 September–2 October 2025', 'December 2025–1 February 2026']
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return _spelled(text)
    if begin == _BY:
        return f"by {_spelled(end)}"
    parts = _spelled(begin).split(" ")
    shared = _shared_parts(begin, end)
    return f"{' '.join(parts[: len(parts) - shared])}–{_spelled(end)}"


def _spelled(text: str) -> str:
    year, *rest = text.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join((*day, *month, year))


def _shared_parts(begin: str, end: str) -> int:
    """Return how many leading parts, year and month, two dates of one shape share, short of all of them."""
    parts, others = begin.split("-"), end.split("-")
    if len(parts) != len(others):
        return 0
    same = 0
    while same < len(parts) - 1 and parts[same] == others[same]:
        same += 1
    return same


def before(day: int, length: str) -> int:
    """Return the day that lies a length of time before another: days, weeks, months or years, as in `18mo`.

    Months are the calendar's: one month before 31 March is the last day of February. Raises `UsageProblem` for
    what is no length of time.

    >>> before(20260331, "18mo"), before(20260331, "1mo"), before(20260110, "2w"), before(20240229, "1y")
    (20240930, 20260228, 20251227, 20230228)
    """
    number, unit = _of_length(length)
    year, month = divmod(day // 10000 * 12 + day // 100 % 100 - 1, 12)
    if unit in _DAYS:
        ordinal = date(year, month + 1, day % 100).toordinal() - number * _DAYS[unit]
        return 0 if ordinal < 1 else int(date.fromordinal(ordinal).strftime("%Y%m%d"))
    year, month = divmod(year * 12 + month - number * _MONTHS[unit], 12)
    if year < 1:
        return 0
    last = period(f"{year:04}-{month + 1:02}")[1]
    return min(year * 10000 + (month + 1) * 100 + day % 100, last)


def steps_back(day: int, length: str) -> Iterator[int]:
    """Yield a day, and those that lie a length of time, twice the length … before it, without end in sight.

    Months are the calendar's, counted from the first of the days. Raises `UsageProblem` for what is no length of time,
    and for none.

    >>> from itertools import islice
    >>> [*islice(steps_back(20260531, "3mo"), 4)]
    [20260531, 20260228, 20251130, 20250831]
    """
    number, unit = _of_length(length)
    if number == 0:
        raise UsageProblem(f"{quoted(length)} is no step: days would never go on")
    for times in count():
        day_before = before(day, f"{times * number}{unit}") if times * number < _LONGEST else 0
        if not day_before:
            return
        yield day_before


def day_after(day: int) -> int:
    """Return the next day.

    >>> day_after(20240228), day_after(20241231)
    (20240229, 20250101)
    """
    return int(date.fromordinal(ordinal(day) + 1).strftime("%Y%m%d"))


def last_inside(until: str) -> str:
    """Return the last day, month or year that lies before an end, as vague as the end is.

    >>> last_inside("2024-06-18"), last_inside("2024-01"), last_inside("2024")
    ('2024-06-17', '2023-12', '2023')
    """
    last = before(ends_on(until), "1d")
    return f"{last // 10000:04}-{last // 100 % 100:02}-{last % 100:02}"[: len(until)]


def _of_length(length: str) -> tuple[int, str]:
    """Return the number and the unit of a length of time."""
    parts = _LENGTH.match(length) if isinstance(length, str) else None
    if parts is None:
        raise UsageProblem(f"{quoted(str(length))} is not a length of time; write 90d, 6w, 18mo or 2y")
    return int(parts[1]), parts[2]


_LENGTH: Final = re.compile(r"(\d{1,5})(d|w|mo|y)\Z", re.ASCII)
_LONGEST: Final = 100_000
_DAYS: Final = {"d": 1, "w": 7}
_MONTHS: Final = {"mo": 1, "y": 12}


@lru_cache(maxsize=65536)  # an answer of many rows names few days
def iso(day: int) -> str | None:
    """Return a day in ISO form, or None for an open end.

    >>> iso(20260106), iso(OPEN)
    ('2026-01-06', None)
    """
    return None if day >= OPEN else f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
