"""Loading: what is left out, and what is no model."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.editions import editions
from actorgraph.ledger.load import load


@pytest.mark.parametrize(
    "name", ["coast-weekly-2", "board offers to pay its share", "https://example.org/coast-weekly/2"]
)
@pytest.mark.parametrize("cache", [False, True])
def test_a_source_is_left_out_by_id_title_or_url(name: str, cache: bool) -> None:  # noqa: FBT001 - both are tried
    for _ in range(2):
        ledger = load("examples/minimal.yaml", without=[name], cache=cache)
        assert {"coast-weekly-2": "Coast Weekly 2026-02-01"} == ledger.without
        assert () == ledger.things("commitment")
        assert "2026-01-16" == ledger.latest_source


def test_an_unknown_source_cannot_be_left_out() -> None:
    with pytest.raises(
        UsageProblem, match=r"no source answers to 'union-leter'; did you mean 'union-letter' \(Open letter\)"
    ):
        load("examples/minimal.yaml", without=["board-minutes", "union-leter"])


@pytest.mark.parametrize("opening", [load, editions])
def test_holdings_are_not_opened_as_a_model(opening: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "manifest.json").touch()
    with pytest.raises(UsageProblem, match=r"is no model; open_holdings opens a folder of holdings"):
        opening(tmp_path)


def test_a_table_is_no_model(tmp_path: Path) -> None:
    table = tmp_path / "coded.csv"
    table.touch()
    (tmp_path / "book.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageProblem, match=r"book\.xlsx is a workbook, and no model: `actorgraph import xlsx`"):
        load(tmp_path / "book.xlsx")
    with pytest.raises(UsageProblem, match=r"coded\.csv is a table, and no model: `actorgraph compile`"):
        load(table)
