"""Amounts in words: a range has two ends, and what is no amount is none."""

import pytest

from actorgraph.written_amounts import written_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2,000 soldiers", {"value": "2000", "unit": "soldiers"}),
        ("at most 1.5 tonnes of grain", {"at-most": "1.5", "unit": "tonnes of grain"}),
        ("15-20 ships", {"at-least": "15", "at-most": "20", "unit": "ships"}),
        ("15 to 20 ships", {"at-least": "15", "at-most": "20", "unit": "ships"}),
        ("between 15 and 20 ships", {"at-least": "15", "at-most": "20", "unit": "ships"}),
        ("2,000–3,000", {"at-least": "2000", "at-most": "3000"}),
        ("20", {"value": "20"}),
    ],
)
def test_an_amount_is_one_number_or_two_ends(text: str, amount: dict[str, str]) -> None:
    assert amount == written_amount(text)


@pytest.mark.parametrize("text", ["", "some", "20k euros", "about 20 ships", "€20,000", "between 15", "-3"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert written_amount(text) is None


def test_a_number_that_can_be_read_in_two_ways_is_asked_about() -> None:
    with pytest.raises(ValueError, match=r"2\.000 may be 2 or 2,000; write 2 or 2000"):
        written_amount("1-2.000 soldiers")
