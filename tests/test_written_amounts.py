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
        ("1,234,567.5 euros", {"value": "1234567.5", "unit": "euros"}),
        ("0,125 tonnes", {"value": "0.125", "unit": "tonnes"}),
        ("1,5–2,25 bcm", {"at-least": "1.5", "at-most": "2.25", "unit": "bcm"}),
        ("200.000.000 euros", {"value": "200000000", "unit": "euros"}),
        ("at least 1.234,50 Mio. EUR", {"at-least": "1234.50", "unit": "Mio. EUR"}),
        ("1 200,50 Mio. EUR", {"value": "1200.50", "unit": "Mio. EUR"}),
        ("1\u202f000 – 2\u202f000 tonnes", {"at-least": "1000", "at-most": "2000", "unit": "tonnes"}),
        ("1'000 francs", {"value": "1000", "unit": "francs"}),
    ],
)
def test_an_amount_is_one_number_or_two_ends(text: str, amount: dict[str, str]) -> None:
    assert amount == written_amount(text)


@pytest.mark.parametrize("text", ["", "some", "20k euros", "about 20 ships", "€20,000", "between 15", "-3"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert written_amount(text) is None


def test_a_number_that_can_be_read_in_two_ways_is_asked_about() -> None:
    with pytest.raises(ValueError, match=r"'2\.500' is 2\.5 or 2500; write it in one of these ways"):
        written_amount("1-2.500 tonnes")
