"""Partial dates and their days."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.asked_dates import day_of
from actorgraph.dates import (
    LONG_AGO,
    OPEN,
    before,
    checked_end,
    ends_on,
    first_day,
    in_force_from,
    in_sentence,
    in_table,
    iso,
    last_day,
    latest,
    period,
    steps_back,
    vagueness,
)
from actorgraph.errors import UsageProblem

DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))
PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026", (20260101, 20261231)),
        ("2026-01", (20260101, 20260131)),
        ("2026-12", (20261201, 20261231)),
        ("2026-01-06", (20260106, 20260106)),
        ("2024-02", (20240201, 20240229)),
        ("2023-02", (20230201, 20230228)),
        ("1900-02", (19000201, 19000228)),
        ("2000-02-29", (20000229, 20000229)),
        ("0001", (10101, 11231)),
        ("0001-12", (11201, 11231)),
        ("9998-12", (99981201, 99981231)),
    ],
)
def test_a_partial_date_is_the_days_of_its_period(text: str, days: tuple[int, int]) -> None:
    assert days == period(text) == (first_day(text), last_day(text))


SHAPE = "a date is YYYY, YYYY-MM or YYYY-MM-DD"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0000", r"the year 0000 is out of range \(0001 to 9998\)"),
        ("9999", r"the year 9999 is out of range \(0001 to 9998\)"),
        ("9999-12-31", r"the year 9999 is out of range \(0001 to 9998\)"),
        ("2024-00", "there is no month 00"),
        ("2024-13-01", "there is no month 13"),
        ("2024-04-31", "2024-04 has no day 31"),
        ("2023-02-29", "2023-02 has no day 29"),
        ("2024-01-00", "2024-01 has no day 00"),
        ("", SHAPE),
        ("24", SHAPE),
        ("20240106", SHAPE),
        ("2024-1", SHAPE),
        ("2024-1-5", SHAPE),
        ("2024-001", SHAPE),
        ("2024/01/05", SHAPE),
        ("-2024", SHAPE),
        (" 2024", SHAPE),
        ("2024 ", SHAPE),
        ("2024\n", SHAPE),
        ("2024-01-05\n", SHAPE),
        ("2024-01-05T12:00", SHAPE),
        ("٢٠٢٤", SHAPE),
        ("2024-0١", SHAPE),  # noqa: RUF001 - a digit, but not ASCII's
        ("２０２４", SHAPE),  # noqa: RUF001 - digits, but not ASCII's
        ("2024−01", SHAPE),
        ("2024-02/2024-01", "2024-01 comes before 2024-02"),
        ("2024-01-02/2024-01-01", "2024-01-01 comes before 2024-01-02"),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        period(text)


@given(DAYS)
def test_days_are_numbers_in_the_order_of_time(day: date) -> None:
    number = day_of(day)
    assert day.isoformat() == iso(number)
    assert number == day_of(day.isoformat()) == first_day(day.isoformat()) < OPEN
    if day.year < 9998:
        assert number < day_of(day + timedelta(days=1))


@given(PARTIAL)
def test_a_period_is_whole_and_its_ends_lie_in_it(text: str) -> None:
    first, last = period(text)
    assert first <= last
    assert str(iso(first)).startswith(text)
    assert str(iso(last)).startswith(text)
    assert first == ends_on(text), "an until leaves out its whole period"


@given(PARTIAL, st.lists(DAYS.map(day_of), max_size=4))
def test_in_force_from_a_day_of_the_period_and_no_later_than_what_reports_it(text: str, published: list[int]) -> None:
    first, last = period(text)
    since = in_force_from(text, published)
    assert first <= since <= last
    earliest = min(published, default=last)
    assert since == (earliest if first <= earliest <= last else last)


@given(st.text(max_size=12))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    try:
        first, last = period(text)
    except ValueError:
        return
    assert first <= last
    assert text.isascii()


def test_an_open_end() -> None:
    assert OPEN == ends_on(None)
    assert iso(OPEN) is None


PERIODS = st.one_of(
    PARTIAL,
    st.builds(lambda text: f"../{text}", PARTIAL),
    st.tuples(PARTIAL, PARTIAL)
    .map(lambda dates: sorted(dates, key=lambda text: (first_day(text), last_day(text))))
    .filter(lambda dates: first_day(dates[0]) <= last_day(dates[1]))
    .map("/".join),
)


@given(PERIODS)
def test_a_period_holds_the_days_of_both_its_ends(text: str) -> None:
    first, last = period(text)
    begin, _, end = text.rpartition("/")
    assert last == last_day(end)
    assert first == (LONG_AGO if begin == ".." else first_day(begin or end))


@given(PERIODS)
def test_the_day_from_which_it_counts_lies_in_its_period(text: str) -> None:
    first, last = period(text)
    assert first <= in_force_from(text, [last - 1]) <= last
    assert last == in_force_from(text, [])


@pytest.mark.parametrize(
    ("text", "table", "sentence"),
    [
        ("2025", "2025", "2025"),
        ("2025-10", "2025-10", "October 2025"),
        ("2025-10-04", "2025-10-04", "4 October 2025"),
        ("../2025-10-14", "by 2025-10-14", "by 14 October 2025"),
        ("../2025", "by 2025", "by 2025"),
        ("2025-09-12/2025-09-24", "2025-09-12/24", "12–24 September 2025"),
        ("2025-09-30/2025-10-02", "2025-09-30/10-02", "30 September–2 October 2025"),
        ("2025-12-30/2026-01-02", "2025-12-30/2026-01-02", "30 December 2025–2 January 2026"),
        ("2025-09/2025-11", "2025-09/11", "September–November 2025"),
        ("2024/2025", "2024/2025", "2024–2025"),
        ("2025/2025-03", "2025/2025-03", "2025–March 2025"),
        ("2025-03/2025", "2025-03/2025", "March 2025–2025"),
        ("2025-10-14/2025-10-14", "2025-10-14/14", "14–14 October 2025"),
    ],
)
def test_dates_are_printed_as_curated(text: str, table: str, sentence: str) -> None:
    assert (table, sentence) == (in_table(text), in_sentence(text))


@given(st.lists(PERIODS, min_size=1))
def test_the_shortest_period_is_the_least_vague(texts: list[str]) -> None:
    shortest = min(texts, key=vagueness)
    for text in texts:
        if period(text)[0] == period(shortest)[0]:
            assert period(shortest)[1] <= period(text)[1]
        if period(text)[1] == period(shortest)[1]:
            assert period(shortest)[0] >= period(text)[0]


@given(st.lists(PERIODS, min_size=1))
def test_the_latest_ends_last_and_is_the_most_exact_of_those_that_do(texts: list[str]) -> None:
    last = latest(texts)
    assert last in texts
    assert max((last_day(text), first_day(text)) for text in texts) == (last_day(last), first_day(last))


@pytest.mark.parametrize(
    ("day", "length", "earlier"),
    [
        (20260110, "1mo", 20251210),
        (20260131, "2mo", 20251130),
        (20260301, "1d", 20260228),
        (20240229, "4y", 20200229),
        (10102, "1d", 10101),
        (10101, "1d", 0),
        (20101, "1y", 10101),
        (11231, "1y", 0),
        (20260110, "0d", 20260110),
    ],
)
def test_a_length_of_time_before_a_day(day: int, length: str, earlier: int) -> None:
    assert earlier == before(day, length)


def test_steps_go_back_as_far_as_there_are_days() -> None:
    assert [20260331, 20260228, 20260131] == list(islice(steps_back(20260331, "1mo"), 3))
    assert [30101, 20101, 10101] == list(steps_back(30101, "1y"))
    assert [20260110, before(20260110, "50000d")] == list(steps_back(20260110, "50000d"))


@pytest.mark.parametrize("length", ["soon", "3", "1h", "100000d", "-1d", 5, None])
def test_what_is_no_length_of_time(length: str) -> None:
    with pytest.raises(UsageProblem, match="is not a length of time; write 90d, 6w, 18mo or 2y"):
        before(20260110, length)


def test_no_time_is_no_step() -> None:
    with pytest.raises(UsageProblem, match="'0d' is no step"):
        next(steps_back(20260110, "0d"))


@pytest.mark.parametrize("text", ["2024/2025", "../2025", "soon"])
def test_an_end_is_no_span(text: str) -> None:
    with pytest.raises(ValueError, match=r"^an end is|^a date is"):
        checked_end(text)
