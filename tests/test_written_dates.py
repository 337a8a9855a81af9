"""Dates are read in the forms that people write; what can be read in two ways is never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.written_dates import ORDERS, AmbiguousDate, Order, not_a_date, written_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        *((same, same) for same in ("2025-10-14", "2025-10", "2025", "../2025-10", "2025-09-12/2025-09-24")),
        ("14 October 2025", "2025-10-14"),
        ("14th of October 2025", "2025-10-14"),
        ("October 14, 2025", "2025-10-14"),
        ("14-Oct-2025", "2025-10-14"),
        ("14. Oct. 2025", "2025-10-14"),
        ("Oct 2025", "2025-10"),
        ("sept. 2025", "2025-09"),
        ("10/2025", "2025-10"),
        ("2025/1/5", "2025-01-05"),
        ("14. Oktober 2025", "2025-10-14"),
        ("3. MÄRZ 2025", "2025-03-03"),
        ("März 2025", "2025-03"),
        ("5 Jänner 2025", "2025-01-05"),
        ("Dez. 2025", "2025-12"),
        ("1er août 2025", "2025-08-01"),
        ("3 fe\u0301vrier 2025", "2025-02-03"),
        ("juil. 2025", "2025-07"),
        ("3 de abril de 2025", "2025-04-03"),
        ("septiembre de 2025", "2025-09"),
        ("1º maggio 2025", "2025-05-01"),
        ("14-ott-2025", "2025-10-14"),
        ("14/10/2025", "2025-10-14"),
        ("20251014", "2025-10-14"),
        ("19991231", "1999-12-31"),
        ("20251014235959", "2025-10-14"),
        ("14. 10. 2025", "2025-10-14"),
        ("10/14/2025", "2025-10-14"),
        ("14.10.2025", "2025-10-14"),
        ("04/04/2025", "2025-04-04"),
        ("2025-10-14 00:00:00", "2025-10-14"),
        ("2025-10-14T09:30:00Z", "2025-10-14"),
        ("Q3 2025", "2025-07/2025-09"),
        ("by 14 October 2025", "../2025-10-14"),
        ("H2 2025", "2025-07/2025-12"),
        ("Monday, 3 March 2025", "2025-03-03"),
        ("Montag, 3. März 2025", "2025-03-03"),
        ("Mo, 31.03.2025", "2025-03-31"),
        ("mar. 1er avril 2025", "2025-04-01"),
        ("Mar 3 2025", "2025-03-03"),
        ("Mar 2025", "2025-03"),
        *(
            (f"{article} 2025", "2025-03-03")
            for article in ("on 3 March", "am 3. März", "le 3 mars", "le lundi 3 mars")
        ),
        *((f"{article} 2025", "2025-03-03") for article in ("el 3 de marzo de", "il 3 marzo")),
        ("Tue Mar 4 2025", "2025-03-04"),
        ("mar 4 2025", "2025-03-04"),
        ("3-5 March 2025", "2025-03-03/2025-03-05"),
        ("3–5 March 2025", "2025-03-03/2025-03-05"),
        ("March 3–5, 2025", "2025-03-03/2025-03-05"),
        ("1. bis 3. März 2025", "2025-03-01/2025-03-03"),
        ("du 3 au 5 mars 2025", "2025-03-03/2025-03-05"),
        ("3 a 5 de marzo de 2025", "2025-03-03/2025-03-05"),
        ("1 March - 5 April 2025", "2025-03-01/2025-04-05"),
        ("March-April 2025", "2025-03/2025-04"),
        ("Dec 2024 – Jan 2025", "2024-12/2025-01"),
        ("13/03/2025 - 15/03/2025", "2025-03-13/2025-03-15"),
        ("2025-03-01 to 2025-03-05", "2025-03-01/2025-03-05"),
        ("2025-03-01 - 2025-03-01", "2025-03-01"),
        ("2024–2025", "2024/2025"),
        ("Q2 2025 - Q3 2025", "2025-04/2025-09"),
        ("by 3-5 March 2025", "../2025-03-05"),
    ],
)
def test_usual_forms(text: str, date: str) -> None:
    assert date == written_date(text)


@given(day=st.dates())
def test_two_ways_are_one_where_it_is_asked_for(day: object) -> None:
    year, month, number = str(day).split("-")
    assert str(day) == written_date(f"{number}/{month}/{year}", "day-first")
    assert str(day) == written_date(f"{month}/{number}/{year}", "month-first")
    if int(number) <= 12 and number != month:
        with pytest.raises(AmbiguousDate):
            written_date(f"{number}/{month}/{year}")


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("31/11/2025", None, "2025-11 has no day 31"),
        ("14/10/2025", ORDERS[1], "there is no month 14, and dates are month-first here"),
        ("14/10/25", None, "four digits"),
        ("2025/26", None, "write both years with four digits, 2025/2026, or its months"),
        ("2025–26", None, "write both years with four digits, 2025/2026, or its months"),
        ("2025-13", None, "there is no month 13"),
        ("45944", None, "a spreadsheet's own number"),
        ("45944.5", None, "a spreadsheet's own number"),
        ("soon", None, "write it such as"),
        ("5-3 March 2025", None, "2025-03-03 comes before 2025-03-05"),
        ("December - January 2025", None, "2025-01 comes before 2025-12"),
        ("3-45 March 2025", None, "2025-03 has no day 45"),
        ("May - 2025", None, "write it such as"),
        ("3-5/03/2025", ORDERS[1], "write it such as"),
        *(
            (text, None, "or between which days it was, such as 2025-03/2025-05")
            for text in ("c. March 2025", "spring 2025")
        ),
        ("", None, "write it such as"),
        ("14 Foo 2025", None, "write it such as"),
        ("14 Märzen 2025", None, "write it such as"),
    ],
)
def test_what_is_no_date(text: str, order: Order | None, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        written_date(text, order)


@given(
    first=st.dates(dt.date(1000, 1, 1)),
    last=st.dates(dt.date(1000, 1, 1)),
    order=st.sampled_from(ORDERS),
    sign=st.sampled_from([" - ", "–", " – ", " to ", " bis "]),
)
def test_the_dates_of_a_range_are_read_as_they_are_alone(
    first: dt.date, last: dt.date, order: Order, sign: str
) -> None:
    begin, end = sorted((first, last))
    shape = "%d/%m/%Y" if order == "day-first" else "%m/%d/%Y"
    texts = [f"{date:{shape}}" for date in (begin, end)]
    assert (f"{begin}/{end}" if begin != end else str(begin)) == written_date(sign.join(texts), order)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7.1.2026", "'2026-01-07' or '2026-07-01'"),
        ("7.31.2026", "'2026-07-31'"),
        ("2026-1-7", "'2026-01-07'"),
        ("Jan 2026", "'2026-01'"),
        ("\u20182026-01-07\u2019", "'2026-01-07'"),
        ('"2026-01-07"', "'2026-01-07'"),
        ("2026\u201301\u201307", "'2026-01-07'"),
        ("2026-01-07..2026-01-09", "'2026-01-07/2026-01-09'"),
        ("2026-01-07/09", "'2026-01-07/2026-01-09'"),
        ("2026-01-07/02-09", "'2026-01-07/2026-02-09'"),
        ("2026-01/03", "'2026-01/2026-03'"),
        ("by 2026-01-07", "'../2026-01-07'"),
    ],
)
def test_a_date_that_is_none_says_which_may_be_meant(text: str, meant: str) -> None:
    assert f"(did you mean {meant}?)" == not_a_date(text, "why").partition(" is not a date ")[2]


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "26-01-07", "2026-01-07/..", "", "1.1.2026 " * 40, "x-" * 10_000]
)
def test_where_no_date_is_meant_the_reason_stands(text: str) -> None:
    assert not_a_date(text, "why").endswith(" is not a date: why")


def test_no_span_is_meant_by_an_end() -> None:
    assert not_a_date("2026-01/03", "why", is_end=True).endswith(" is not a date: why")
    assert not_a_date("1 March 2026", "why", is_end=True).endswith("(did you mean '2026-03-01'?)")
