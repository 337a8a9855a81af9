"""Tallies, as a contract and as a reader sees them."""

import csv
import io

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

from actorgraph.questions.tally import Tally

GOLDEN = [
    ("tally", ("tally", "harbour", "--as-of", "2026-02", *HARBOUR)),
    ("tally-all", ("tally", "--as-of", "2026-02", *HARBOUR)),
    ("tally-by-kind", ("tally", "--by", "kind", "--as-of", "2026-02", *HARBOUR)),
    ("tally-since", ("tally", "harbour", "--since", "2025-12", "--as-of", "2026-02", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.mark.parametrize(
    "arguments",
    [(), ("multinational-force",), ("--by", "kind"), ("--by", "group"), ("--since", "2025-12"), ("--kind", "state")],
)
def test_tallies_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("tally", *arguments, "--as-of", "2026-01-10")
    assert told["proposals"]
    first = told["proposals"][0]
    assert ("multinational-force", 2) == (first["proposal"], first["stances"]["opposes"] if not arguments else 2)
    assert (first["moved"] is None) == ("--since" not in arguments)


def test_csv_has_a_line_for_each_count() -> None:
    text = ask("tally", "--by", "kind", "--as-of", "2026-01-10", "--format", "csv").stdout
    lines = list(csv.DictReader(io.StringIO(text)))
    assert list(Tally.COLUMNS) == list(lines[0])
    assert len(answer("tally", "--by", "kind", "--as-of", "2026-01-10")["proposals"]) == len(lines)


@pytest.mark.parametrize(
    "arguments",
    [(), ("multinational-force", "--since", "2025-12"), ("--by", "kind"), ("--by", "group", "--since", "2025-12")],
)
def test_a_table_fits_80_columns_in_a_pipe(arguments: tuple[str, ...]) -> None:
    text = ask("tally", *arguments, "--as-of", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_one_line_a_proposal_where_its_title_is_short() -> None:
    text = ask("tally", "--as-of", "2026-01-10", "--kind", "state").stdout
    (line,) = [line for line in text.splitlines() if line.startswith("US troops in Ukraine")]
    assert ["0", "0", "0"] == line.split()[4:7]


def test_nothing_to_count() -> None:
    text = ask("tally", "--by", "group", "--as-of", "2026-02", *HARBOUR).stdout
    assert "of no group" in text


def test_help_tells_of_the_index() -> None:
    assert "Hix, Noury and Roland" in " ".join(ask("tally", "--help").stdout.split())
