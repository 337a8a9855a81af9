from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from actorgraph.asked_dates import day_of
from actorgraph.errors import UsageProblem


def test_a_question_may_ask_about_a_date_or_a_text() -> None:
    assert 20260106 == day_of("2026-01-06") == day_of(date(2026, 1, 6)) == day_of(datetime(2026, 1, 6, 12, tzinfo=UTC))
    assert 20241231 == day_of("2024")


@pytest.mark.parametrize("when", ["soon", "2024-13", "9999", date.max, "x" * 1000])
def test_a_question_about_no_date_is_refused_in_one_short_line(when: str | date) -> None:
    with pytest.raises(UsageProblem, match=r"^'.{1,60}' is not a date: [^\n]*$"):
        day_of(when)


@pytest.mark.parametrize(
    ("when", "meant"),
    [
        ("7.1.2026", "'2026-01-07' or '2026-07-01'"),
        ("2026-1-7", "'2026-01-07'"),
        ("Jan 2026", "'2026-01'"),
        ("Q1 2026", "'2026-01/2026-03'"),
    ],
)
def test_what_people_type_for_a_date_is_refused_with_the_one_that_may_be_meant(when: str, meant: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        day_of(when)
    assert f"'{when}' is not a date (did you mean {meant}?)" == str(refused.value)
