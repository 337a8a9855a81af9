"""Intervals of days with their dates: what two share, and what is left of one without others."""

from hypothesis import given
from hypothesis import strategies as st

from actorgraph.dates import OPEN, iso
from actorgraph.ledger.intervals import ALWAYS, Interval, common, shortest, without

DAYS = [20250101 + number for number in range(12)]


def interval(since: int, until: int) -> Interval:
    """Return an interval that is told by its own days."""
    return Interval(since, until, iso(since), iso(until))


intervals = (
    st.tuples(st.sampled_from(DAYS), st.sampled_from([*DAYS, OPEN]))
    .filter(lambda days: days[0] < days[1])
    .map(lambda days: interval(*days))
)


@given(intervals, st.lists(intervals, max_size=4))
def test_what_is_left_has_the_days_that_no_other_has(whole: Interval, others: list[Interval]) -> None:
    left = list(without(whole, others))
    for day in DAYS:
        taken = any(other.since <= day < other.until for other in others)
        expected = whole.since <= day < whole.until and not taken
        assert expected == any(part.since <= day < part.until for part in left)
    assert sorted(left) == left
    for part in left:
        assert (part.since_date, part.until_date) == (iso(part.since), iso(part.until)), "dates go with their days"


@given(intervals, intervals)
def test_what_two_share_has_the_days_that_both_have(one: Interval, other: Interval) -> None:
    shared = common(one, other)
    assert shared == common(other, one)
    for day in DAYS:
        expected = one.since <= day < one.until and other.since <= day < other.until
        assert expected == (shared.since <= day < shared.until)
    assert one == common(one, ALWAYS)


def test_of_one_day_the_shortest_date_is_told() -> None:
    month, day = Interval(20250131, OPEN, "2025-01", None), Interval(20250131, OPEN, "2025-01-31", None)
    assert "2025-01-31" == common(month, day).since_date == common(day, month).since_date
    assert None is shortest([]) is shortest([None])
