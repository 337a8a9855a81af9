"""Dates are read in the forms that people write; what can be read in two ways is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.exchange.written_dates import ORDERS, AmbiguousDate, Order, written_date


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
        ("14. 10. 2025", "2025-10-14"),
        ("10/14/2025", "2025-10-14"),
        ("14.10.2025", "2025-10-14"),
        ("04/04/2025", "2025-04-04"),
        ("2025-10-14 00:00:00", "2025-10-14"),
        ("2025-10-14T09:30:00Z", "2025-10-14"),
        ("Q3 2025", "2025-07/2025-09"),
        ("by 14 October 2025", "../2025-10-14"),
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
        ("45944", None, "a spreadsheet's own number"),
        ("soon", None, "write it such as"),
        ("", None, "write it such as"),
        ("14 Foo 2025", None, "write it such as"),
        ("14 Märzen 2025", None, "write it such as"),
    ],
)
def test_what_is_no_date(text: str, order: Order | None, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        written_date(text, order)
