"""Timelines, as a contract and as a reader sees them."""

import csv
import io

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

from actorgraph.questions.timeline import Timeline

GOLDEN = [
    ("timeline", ("timeline", "harbour", "--as-of", "2026-06", *HARBOUR)),
    ("timeline-nothing", ("timeline", "olsen", "--as-of", "2026-06", *HARBOUR)),
]


def test_timelines_keep_the_contract() -> None:
    for name in ("Russia", "US", "multinational-force", "us-backstop"):
        timeline = answer("timeline", name, "--as-of", "2026-01-10", "--all")
        assert timeline["moments"] == sorted(timeline["moments"], key=lambda moment: moment["date"])


def test_csv_has_its_columns() -> None:
    text = ask("timeline", "Russia", "--as-of", "2026-01-10", "--format", "csv").stdout
    assert list(Timeline.COLUMNS) == list(next(csv.DictReader(io.StringIO(text))))


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


def test_a_table_fits_80_columns_in_a_pipe() -> None:
    text = ask("timeline", "Russia", "--as-of", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
