"""Disputes, as a contract and as a reader sees them."""

import csv
import io

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

from actorgraph.questions.disputes import Disputes

GOLDEN = [
    ("disputes-nothing", ("disputes", "--as-of", "2026-06", *HARBOUR)),
]


@pytest.mark.parametrize("day", ["2026-01-06", "2026-01-10"])
def test_disputes_keep_the_contract(day: str) -> None:
    assert answer("disputes", "--as-of", day)["disputes"]
    assert {"us"} == {dispute["actor"] for dispute in answer("disputes", "US", "--as-of", day)["disputes"]}


def test_csv_has_its_columns() -> None:
    text = ask("disputes", "--as-of", "2026-01-10", "--format", "csv").stdout
    assert list(Disputes.COLUMNS) == list(next(csv.DictReader(io.StringIO(text))))


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


def test_a_table_fits_80_columns_in_a_pipe() -> None:
    text = ask("disputes", "--as-of", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
