"""Numbers are read in the forms that people write; what can be read in two ways is never guessed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.written_numbers import DECIMALS, AmbiguousNumber, Decimals, in_one_way, written_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *((same, same) for same in ("1000", "1.5", "0.125", "12345.678", "2000.50", "many", "-5", "1,2,3", "1.00.000")),
        ("1 000", "1000"),
        ("1\u202f000\u00a0000", "1000000"),
        ("1\u202f000\u202f000,5", "1000000.5"),
        ("1'234.50", "1234.50"),
        ("1’234", "1234"),
        ("1,5", "1.5"),
        ("0,125", "0.125"),
        ("12345,678", "12345.678"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234,500", "1234.500"),
    ],
)
def test_a_number_that_can_be_read_in_one_way(text: str, number: str) -> None:
    assert number == written_number(text)


@pytest.mark.parametrize(
    ("text", "ways"),
    [("1.000", "1 or 1000"), ("1,000", "1 or 1000"), ("12.500", "12.5 or 12500"), ("100,125", "100.1")],
)
def test_one_that_can_be_read_in_two_is_not_guessed(text: str, ways: str) -> None:
    with pytest.raises(AmbiguousNumber, match=f"'{text}' is {ways}"):
        written_number(text)


@pytest.mark.parametrize(
    ("decimals", "text", "number"),
    [
        ("comma", "1.000", "1000"),
        ("comma", "1,000", "1.000"),
        ("point", "1,000", "1000"),
        ("point", "1.000", "1.000"),
        ("point", "1,000.5", "1000.5"),
    ],
)
def test_it_is_read_as_is_said(decimals: Decimals, text: str, number: str) -> None:
    assert number == written_number(text, decimals)


@pytest.mark.parametrize(
    ("decimals", "text"), [("comma", "1.5"), ("point", "1,5"), ("comma", "1,000,000"), ("point", "1.234,5")]
)
def test_what_cannot_be_so_is_said(decimals: Decimals, text: str) -> None:
    with pytest.raises(ValueError, match=r"here$"):
        written_number(text, decimals)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_what_is_a_number_in_its_file_stays_that(number: object) -> None:
    assert [str(number)] * 3 == [written_number(in_one_way(str(number)), sign) for sign in (None, "point", "point")]


@given(st.text(alphabet="0123456789., '"), st.sampled_from([None, *DECIMALS]))
def test_any_text_is_read_or_told(text: str, decimals: Decimals | None) -> None:
    with suppress(AmbiguousNumber, ValueError):
        assert "," not in written_number(text, decimals) or written_number(text, decimals) == text
