"""A column is named by its heading or its letter; what cannot be named is told with what can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.headings import Headings, letter

ELSEWHERE = "headings stand in the first row"


def headings(*cells: str) -> Headings:
    return Headings("a.csv, row 1", cells, ELSEWHERE)


@given(st.integers(0, 18_277))
def test_every_column_of_a_spreadsheet_is_found_by_its_letter(number: int) -> None:
    """The last one that Excel has is XFD; LibreOffice has as many."""
    assert number == headings("Actor").find(letter(number))


def test_a_heading_comes_before_the_letter_that_it_may_be() -> None:
    assert 2 == headings("Actor", "Date", "A").find("a")


@pytest.mark.parametrize("heading", ["Vote", "", "ABCD", "a1"])
def test_a_heading_that_is_not_there_is_told_with_those_that_are(heading: str) -> None:
    with pytest.raises(UsageProblem) as told:
        headings("Actor", "", "Date  of  it").find(heading)
    assert f"a.csv, row 1: no column has the heading '{heading}'; there are 'Actor', 'Date of it'" == str(told.value)


def test_of_a_row_with_one_text_it_is_told_where_headings_may_stand() -> None:
    with pytest.raises(UsageProblem) as told:
        headings("Our tracker", "").find("Vote")
    assert f"a.csv, row 1: no column has the heading 'Vote'; there are 'Our tracker'; {ELSEWHERE}" == str(told.value)


def test_dates_may_stand_under_no_heading() -> None:
    for cells in (("Actor",), ("Actor", ""), ("Actor", "", "2025")):
        headings(*cells).must_be_some(1)
    with pytest.raises(UsageProblem, match="'2025-01-02' stands over the dates, and is one itself"):
        headings("Actor", "2025-01-02").must_be_some(1)


def test_what_is_missing_is_told_with_the_heading_that_is_likely_to_be_it() -> None:
    with pytest.raises(UsageProblem) as told:
        headings("Country name", "", "Stance on it").must_have({"proposal", "date"}, wide=False, sourced=False)
    fix = "--map actor='Country name' --map position=COLUMN say which ones they are, --set what holds for all rows"
    assert f"a.csv, row 1: no column for actor, position or stage among 'Country name', 'Stance on it'; {fix}" == str(
        told.value
    )


def test_a_table_without_a_column_of_proposals_may_be_wide() -> None:
    asked = "is it a table of actors by proposals? {}".format
    for sourced, way in ((True, "--wide"), (False, "`actorgraph import csv --wide` reads it")):
        with pytest.raises(UsageProblem) as told:
            headings("actor", "Toll", "Ferry").must_have({"actor", "date", "source"}, wide=False, sourced=sourced)
        assert str(told.value).endswith(f"; {asked(way)}")
    with pytest.raises(UsageProblem) as told:
        headings("actor", "Toll").must_have({"actor", "date", "source"}, wide=True, sourced=True)
    assert "is it a table" not in str(told.value)
