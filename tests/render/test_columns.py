"""The widths of columns: as few lines as can be, nothing wider than the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.render.columns import GAP, fits, fitted, natural


def test_the_longest_of_a_few_is_wrapped_before_all_others_are() -> None:
    lines = [("ACTOR", "POSITION"), *[("Coalition of the willing", "considers, if ceasefire")] * 5]
    lines += [("Unnamed official of a ministry", "opposes")]
    assert [24, 23] == fitted(lines, 24 + GAP + 23, {0, 1})


def test_what_takes_more_than_half_of_the_width_is_flexible() -> None:
    assert [42, 6] == fitted([("a " * 40, "SINCE!")], 50, ())


def test_dates_are_broken_only_where_nothing_else_helps() -> None:
    lines = [("PROPOSAL", "SINCE", "EVIDENCE"), ("A bridge over the inner harbour", "2026-01-06", "[1, 4-9]")]
    assert [19, 10, 8] == fitted(lines, 41, {0})
    assert [8, 10, 8] == fitted(lines, 30, {0})
    assert fits(fitted(lines, 24, {0}), 24)


words = st.text(st.sampled_from("ab "), min_size=0, max_size=40)


@given(st.integers(1, 4), st.integers(30, 100), st.data())
def test_columns_fit_and_are_no_wider_than_they_need(count: int, width: int, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.tuples(*[words] * count), min_size=1, max_size=6))
    flexible = data.draw(st.frozensets(st.integers(0, count - 1)))
    widths = fitted(lines, width, flexible)
    assert fits(widths, width)
    assert all(wide <= need for wide, need in zip(widths, natural(lines), strict=True))
    if fits(natural(lines), width):
        assert natural(lines) == widths


@pytest.mark.parametrize("rows", [1, 299, 301, 5000])
def test_long_tables_are_judged_by_some_of_their_rows(rows: int) -> None:
    lines = [("ACTOR", "SAYS"), *[("A committee of nine", "yes, if it rains")] * rows]
    assert fits(fitted(lines, 30, {0, 1}), 30)
