"""Tables of signed ties, as they come."""

from pathlib import Path

import pytest

from actorgraph.analysis.camps.signed_graph import SignedTie
from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.signed_ties import read_signed_ties


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "ties.csv"


def test_a_table_of_ties(table: Path) -> None:
    table.write_text(
        "\ufeffsign;source;note;target\n1;Åland;x;Brno\n−;Cádiz;;Brno\n\n-1;Brno;;Cádiz\n", encoding="utf-8"
    )
    assert read_signed_ties(str(table)) == {None: [SignedTie("Brno", "Cádiz", -1), SignedTie("Brno", "Åland", 1)]}


def test_a_sign_as_a_sheet_with_commas_before_decimals_has_it(table: Path) -> None:
    table.write_text("source;target;sign\na;b;1,0\nb;c;-1,0\n", encoding="utf-8")
    assert {None: [SignedTie("a", "b", 1), SignedTie("b", "c", -1)]} == read_signed_ties(str(table))


def test_a_first_line_for_excel_is_no_row(table: Path) -> None:
    table.write_text("sep=;\nsource;target;sign\na;b;1\n", encoding="utf-8")
    assert {None: [SignedTie("a", "b", 1)]} == read_signed_ties(str(table))


def test_a_table_of_windows_in_its_order(table: Path) -> None:
    table.write_text("year,source,target,sign\n1950,a,b,1\n1946,a,b,-1\n", encoding="utf-8")
    ties = read_signed_ties(str(table), windows_in="year")
    assert list(ties.items()) == [("1950", [SignedTie("a", "b", 1)]), ("1946", [SignedTie("a", "b", -1)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "has no column 'source'; it has none"),
        ("source,target,sing\n", "has no column 'sign' (did you mean 'sing'?)"),
        ("source,target,sign\n", "has no ties"),
        ("source,target,sign\na,b,2\n", ":2: the sign '2' is not known; write 1 or -1"),
        ("source,target,sign\na,b,1\na,a,1\n", ":3: a tie of 'a' with itself; a tie joins two actors"),
        ("source,target,sign\na,b\n", ":2: nothing stands under 'sign'"),
        ("source,target,sign\na,,1\n", ":2: nothing stands under 'target'"),
        ("source,target,sign\na,b,1\nb,a,-1\n", ":3: b and a have the other sign in line 2"),
        ('source,target,sign\na,"b,1\n', "cannot be read"),
    ],
)
def test_what_is_no_table_of_ties(table: Path, text: str, expected: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        read_signed_ties(str(table))
    assert expected in str(caught.value)


def test_a_column_of_windows_that_is_not_there(table: Path) -> None:
    table.write_text("source,target,sign\na,b,1\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match="has no column 'year'"):
        read_signed_ties(str(table), windows_in="year")
