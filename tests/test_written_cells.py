"""What a cell holds that is no value, wherever it stands: in a sheet, or in a table of millions."""

import pytest

from actorgraph.written_cells import why_no_value, why_not_text


@pytest.mark.parametrize("text", ["#N/A", "#n/a", "#BEZUG!", "#VALEUR!", "#¡REF!", "#N/D"])
def test_an_error_of_a_spreadsheet_is_told_in_any_language(text: str) -> None:
    assert (
        why_no_value("actor", text)
        == "its actor is an error of a spreadsheet, which found no value; put it there instead"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("=A1&B1", "its date is a formula, which is not run"),
        ("=today()", "its date is a formula of another value each day"),
        ("=RANDBETWEEN(1,2)", "its date is a formula of another value each day"),
        ('=DATE(2025,1,1)&" TODAY"', "its date is a formula, which is not run"),
    ],
)
def test_a_formula_is_told_by_what_would_help(text: str, reason: str) -> None:
    assert str(why_no_value("date", text)).startswith(reason)


@pytest.mark.parametrize("text", ["", "=", "N/A", "# 12", "a = b", "#1"])
def test_what_only_looks_like_one_is_a_value(text: str) -> None:
    assert why_no_value("actor", text) is None
    assert why_not_text("actor", text) is None


def test_a_character_that_no_model_may_have_is_named() -> None:
    assert "U+0000" in str(why_not_text("actor", "Nor\0way"))
    assert why_not_text("quote", "one\r\ntwo\tthree\u2028four") is None
