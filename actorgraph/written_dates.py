"""Dates in the forms in which people write them, as dates of a model."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Final, Literal
from unicodedata import normalize

from actorgraph.dates import MONTHS, period
from actorgraph.errors import ActorgraphError, quoted
from actorgraph.names import fold

Order = Literal["day-first", "month-first"]
ORDERS: Final[tuple[Order, ...]] = ("day-first", "month-first")
"""What the first number of `03/04/2025` is, and of all dates that are written so."""

_WEEKDAYS: Final = (
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, "
    "mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun, "
    "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag, mo, di, mi, do, fr, sa, so, "
    "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, lun, mar, mer, jeu, ven, sam, dim, "
    "lunes, martes, miércoles, jueves, viernes, sábado, domingo, mié, jue, vie, sáb, dom, "
    "lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, gio, sab"
)
_ARTICLES: Final = "on, am, den, le, el, il"
_BEFORE_A_DATE: Final = frozenset(map(fold, f"{_WEEKDAYS}, {_ARTICLES}".split(", ")))
"""What people write before a date that says no more of when it is."""
_OTHER_NAMES: Final = (
    "januar, jänner, janvier, janv, enero, ene, gennaio, gen",
    "februar, février, févr, fév, febrero, febbraio",
    "märz, mär, mrz, mars, marzo",
    "avril, avr, abril, abr, aprile",
    "mai, mayo, maggio, mag",
    "juni, juin, junio, giugno, giu",
    "juli, juillet, juil, julio, luglio, lug",
    "août, agosto, ago",
    "sept, septembre, septiembre, setiembre, settembre, set",
    "oktober, okt, octobre, octubre, ottobre, ott",
    "novembre, noviembre",
    "dezember, dez, décembre, déc, diciembre, dicembre, dic",
)
"""What else people call the months, January first, in the languages in which a sheet's headings are known."""
_MONTH: Final = {
    fold(form): number
    for number, (name, others) in enumerate(zip(MONTHS, _OTHER_NAMES, strict=True), 1)
    for form in (name, name[:3], *others.split(", "))
}
_NUMBERS: Final = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})")
_LETTERS: Final = r"(?P<month>[^\W\d_]+)"
_OF_DAY: Final = r"(?:st|nd|rd|th|er|[.º°])?"
_SECONDS: Final = r"(?:(?:[01]\d|2[0-3])(?:[0-5]\d){2})?"
"""The time of day as coded data has it behind a day, without a sign between them."""
_IN_PARTS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>1[5-9]\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01]){_SECONDS}",  # basic ISO
        r"(?P<year>\d{4})([./-])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?",
        r"(?P<month>\d{1,2})[./-](?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}}){_OF_DAY}[ -](?:of |de )?{_LETTERS}\.?,?[ -](?:del? )?(?P<year>\d{{4}})",
        rf"{_LETTERS}\.?(?:[ -](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|,)?[ -](?:del? )?(?P<year>\d{{4}})",
    )
)
_QUARTER: Final = re.compile(r"(q[1-4]|h[12])[ /-]?(\d{4})|(\d{4})[ /-]?(q[1-4]|h[12])")
_DASH: Final = re.compile(" ?[\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}] ?")
_QUOTES: Final = " \t\n'\"\u2018\u2019\u201c\u201d\u201e"
_LONGEST: Final = 60
"""How long a text is that may be meant for a date."""
_FROM: Final = re.compile("(?:from|vom|von|du|del|dal) ")
_TO: Final = re.compile(" (?:-|to|until|till|bis|au|al|a) ")
_TIGHT: Final = re.compile(r"(?<=[\w.º°])-(?=\w)")
_BARE: Final = re.compile(
    rf"(?P<day>\d{{1,2}}){_OF_DAY}|\d{{4}}|(?:\d{{1,2}}{_OF_DAY} )?[^\W\d_]+\.?(?: \d{{1,2}}{_OF_DAY})?(?:,? \d{{4}})?"
)
"""What may stand before a hyphen without spaces around it, where that is no part of a date."""
_DAY: Final = len("2025-03-05")
_DAYS_OF_MONTH: Final = re.compile(rf"({_LETTERS}\.? )(\d{{1,2}}){_OF_DAY} ?- ?(\d{{1,2}}){_OF_DAY}(,? \d{{4}})")
_CLOCK: Final = re.compile(r"[ t]\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?(z|utc|[ap]m|[+-]\d\d(:?\d\d)?))?$")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d\d")
_YEARS: Final = re.compile(r"(\d\d)(\d\d) ?[./\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}-] ?(1[3-9]|[2-9]\d)")
"""Two years, the later one in two digits that are no month."""
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)?")
SAY_DATES: Final = "say --dates day-first or --dates month-first"
"""What helps where a date can be read in two ways."""
_FORMS: Final = "such as 2025-10-14, 14 October 2025, Oct 2025 or 14/10/2025"


class AmbiguousDate(ActorgraphError):  # noqa: N818 - the date is in order, it only can be read in two ways
    """A date that means one day where days come first, and another where months do."""


@lru_cache(maxsize=8192)  # a sheet repeats its dates
def written_date(text: str, order: Order | None = None) -> str:
    """Return the date of a model that a text means.

    `order` says whether days or months come first where a date is three numbers with the year last. Raises
    `ValueError`, with a reason fit for a reader, for what is no date, and `AmbiguousDate` where the order matters and
    is not given.

    >>> written_date("14 October 2025"), written_date("Oct. 2025"), written_date("14/10/2025"), written_date("Q3 2025")
    ('2025-10-14', '2025-10', '2025-10-14', '2025-07/2025-09')
    >>> written_date("03/04/2025", "day-first"), written_date("by 3 April 2025")
    ('2025-04-03', '../2025-04-03')
    >>> written_date("3. März 2025"), written_date("1er avril 2025"), written_date("3 de abril de 2025")
    ('2025-03-03', '2025-04-01', '2025-04-03')
    >>> written_date("Monday, 3 March 2025"), written_date("3–5 March 2025"), written_date("Dec 2024 to Jan 2025")
    ('2025-03-03', '2025-03-03/2025-03-05', '2024-12/2025-01')
    >>> written_date("03/04/2025")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    actorgraph.written_dates.AmbiguousDate: '03/04/2025' is 3 April 2025 or 4 March 2025; say ...
    """
    plain = normalize("NFC", " ".join(text.lower().split()))
    if plain.startswith("by "):
        until = written_date(text.strip()[3:], order)
        return until if until.startswith("../") else f"../{until.rpartition('/')[2]}"
    curated = _one(plain, order) or _range(_FROM.sub("", _DASH.sub(" - ", plain), count=1), order)
    if curated is None or _two_years(plain):
        raise ValueError(_why_not(plain))
    period(curated)
    return curated


def is_day(text: str) -> bool:
    """Whether a text means one day, even if it can be read in two ways.

    >>> is_day("20240105"), is_day("03/04/2025"), is_day("2025"), is_day("date")
    (True, True, False, False)
    """
    try:
        return len(written_date(text)) == _DAY
    except AmbiguousDate:
        return True
    except ValueError:
        return False


def not_a_date(text: str, reason: object, *, is_end: bool = False) -> str:
    """Return that a text is no date of a model, with the date that may be meant, or else the reason.

    An end is no span of days, so none is meant by it.

    >>> not_a_date("2026-1-7", "…"), not_a_date("7.1.2026", "…")
    ("'2026-1-7' is not a date (did you mean '2026-01-07'?)", "'7.1.2026' is not a date (did you mean '2026-01-07' or '2026-07-01'?)")
    >>> not_a_date("soon", "it has no year")
    "'soon' is not a date: it has no year"
    """  # noqa: E501 - the sentences are shown whole
    meant = [date for date in _meant(text) if date != text and not (is_end and "/" in date)]
    why = f" (did you mean {' or '.join(map(quoted, meant))}?)" if meant else f": {reason}"
    return f"{quoted(text)} is not a date{why}"


def _meant(text: str) -> tuple[str, ...]:
    """Return the dates that a text may mean: two where days or months may come first.

    Besides what people write, that is a date in quotes that YAML does not know, with other dashes or dots for a slash,
    and a span as a table prints it, whose end leaves out what it shares with its start.
    """
    if len(text) > _LONGEST:
        return ()
    bare = text.strip(_QUOTES)
    begin, slash, end = bare.partition("/")
    spans = [f"{begin}/{begin[: -len(end)]}{end}"] if slash and 0 < len(end) < len(begin) else []
    for form in (bare, _DASH.sub("-", bare), bare.replace("..", " - "), *spans):
        meant = []
        for order in ORDERS:
            with suppress(ValueError):
                meant.append(written_date(form, order))
        if meant:
            return tuple(dict.fromkeys(meant))
    return ()


def _one(plain: str, order: Order | None) -> str | None:
    """Return the date of a model that a text means which is no range, None where no form fits."""
    first, _, rest = plain.partition(" ")
    without = rest if fold(first) in _BEFORE_A_DATE else ""
    return _whole(plain) or _parsed(_CLOCK.sub("", plain), order) or (_one(without, order) if without else None)


def _range(plain: str, order: Order | None) -> str | None:
    """Return the days from one date to another, of which the first may leave out what both share."""
    if matched := _DAYS_OF_MONTH.fullmatch(plain):
        month, first, last, year = matched[1], matched[3], matched[4], matched[5]
        return _from_to(_one(f"{month}{first}{year}", order), _one(f"{month}{last}{year}", order))
    spaced = [(plain[: at.start()], plain[at.end() :]) for at in _TO.finditer(plain)]
    tight = [(plain[: at.start()], plain[at.end() :]) for at in _TIGHT.finditer(plain)]
    for begin, end in (*spaced, *(way for way in tight if _BARE.fullmatch(way[0]))):
        last = _one(end, order)
        if last is None:
            continue
        bare = _BARE.fullmatch(begin)
        first = _one(begin, order)
        if bare and bare["day"]:
            is_clear = len(last) == _DAY and (order == "day-first" or not _NUMBERS.fullmatch(end))
            first = f"{last[:8]}{int(bare['day']):02}" if is_clear else None
        elif first is None and len(last) > len("2025"):
            first = _one(f"{begin} {last[:4]}", order)
        if first is not None:
            return _from_to(first, last)
    return None


def _from_to(first: str | None, last: str | None) -> str | None:
    """Return the days from one date to another, None where one of them is none."""
    if first is None or last is None or ".." in first or ".." in last:
        return None
    return first if first == last else f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


def _whole(plain: str) -> str | None:
    """Return a text that is a date of a model already."""
    try:
        period(plain)
    except ValueError:
        return None
    return plain


def _parsed(plain: str, order: Order | None) -> str | None:
    """Return the date of a model, None where no form fits."""
    if matched := _NUMBERS.fullmatch(plain):
        return _of_numbers(int(matched[1]), int(matched[3]), matched[4], plain, order)
    if matched := _QUARTER.fullmatch(plain):
        part, year = matched[1] or matched[4], matched[2] or matched[3]
        months = 3 if part[0] == "q" else 6
        last = int(part[1]) * months
        return f"{year}-{last - months + 1:02}/{year}-{last:02}"
    for form in _IN_PARTS:
        if matched := form.fullmatch(plain):
            parts = matched.groupdict()
            month = fold(parts["month"])
            if month.isdigit() or month in _MONTH:
                return _joined(parts["year"], int(_MONTH.get(month, month)), parts.get("day"))
    return None


def _of_numbers(first: int, second: int, year: str, text: str, order: Order | None) -> str:
    """Return the day that two numbers and a year name. Raises `AmbiguousDate` where that depends on the order."""
    ways = {"day-first": (first, second), "month-first": (second, first)}
    if order is None:
        possible = {(day, month) for day, month in ways.values() if 1 <= month <= 12}
        if len(possible) > 1:
            days = " or ".join(f"{day} {MONTHS[month - 1]} {year}" for day, month in ways.values())
            raise AmbiguousDate(f"{quoted(text)} is {days}; {SAY_DATES}")
        day, month = next(iter(possible), (first, second))
    else:
        day, month = ways[order]
        if month > 12:
            raise ValueError(f"there is no month {month}, and dates are {order} here")
    return _joined(year, month, str(day))


def _joined(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{int(day):02}"


def _two_years(plain: str) -> re.Match[str] | None:
    """Return the parts of a text that is a year and a later one in two digits, as of a season, which is no month."""
    years = _YEARS.fullmatch(plain)
    return years if years and years[2] < years[3] else None


def _why_not(plain: str) -> str:
    if years := _two_years(plain):
        return f"write both years with four digits, {years[1]}{years[2]}/{years[1]}{years[3]}, or its months"
    if _SHORT_YEAR.fullmatch(plain):
        return "write its year with four digits"
    if _SERIAL.fullmatch(plain):
        return "it may be a spreadsheet's own number for a day; give the column the form of a date, and save it again"
    return f"write it {_FORMS}, or between which days it was, such as 2025-03/2025-05"
