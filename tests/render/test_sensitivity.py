"""What rests on one source, as a contract and as a reader sees it."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from folders import option_naming
from goldens import Golden

from actorgraph.questions.sensitivity import Sensitivity

GOLDEN = [
    ("sensitivity", ("sensitivity", "--as-of", "2026-01", *HARBOUR)),
    ("sensitivity-of-an-actor", ("sensitivity", "fishers", "--as-of", "2026-02", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.mark.parametrize("arguments", [(), ("Russia",), ("multinational-force", "--parts"), ("--kind", "state")])
def test_it_keeps_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("sensitivity", *arguments, "--as-of", "2026-01-10")
    assert len(told["sources"]) > 3
    assert told["positions"] > len(told["alone"]) > 3
    hanging = {row["evidence"][0]["source"] for row in told["alone"]}
    assert hanging <= {loss["source"] for loss in told["sources"] if loss["changes"]}


def test_csv_has_a_line_for_each_change_and_each_row_on_one_source() -> None:
    lines = list(
        csv.DictReader(io.StringIO(ask("sensitivity", "--as-of", "2026-01", *HARBOUR, "--format", "csv").stdout))
    )
    assert list(Sensitivity.COLUMNS) == list(lines[0])
    assert [
        ("without", "coast-weekly", "ended", "open, until 2026-03-01", ""),
        ("without", "board-minutes", "ended", "supports", ""),
        ("without", "union-letter", "toward-support", "opposes", "neutral"),
        ("without", "coast-weekly-2", "", "", ""),
        ("alone", "union-letter", "", "opposes", ""),
        ("alone", "board-minutes", "", "supports", ""),
        ("alone", "coast-weekly", "", "open, until 2026-03-01", ""),
    ] == [(line["part"], line["source"], line["change"], line["before"], line["after"]) for line in lines]


@pytest.mark.parametrize("arguments", [(), ("US backstop",), ("Russia",)])
def test_a_table_fits_80_columns_in_a_pipe(arguments: tuple[str, ...]) -> None:
    text = ask("sensitivity", *arguments, "--as-of", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_another_source_may_report_what_was_not_asked_about() -> None:
    """The weekly reports what the council holds, too, which is in force; the union has changed its mind."""
    told = "1 other source reports no position"
    asked = ("sensitivity", "fishers-union", "--as-of", "2026-01", *HARBOUR)
    assert f"{told} that was asked about and is in force." in " ".join(ask(*asked).stdout.split())
    assert f"{told} that is in force." in " ".join(ask("sensitivity", "--as-of", "2026-06", *HARBOUR).stdout.split())


def test_where_no_evidence_counts_there_is_nothing_to_hang_on() -> None:
    text = ask("sensitivity", "town-council", "--as-of", "2026-02", "--min-grade", "A1", *HARBOUR).stdout
    assert "Nothing that was stated is in force on that day in the evidence that counts." in text


CONTESTED = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}}
proposals: {p: {title: P}}
sources: {s: {title: S, publisher: Post, published: 2026-01-01}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: p, date: 2025-01-01, evidence: [{source: s}]}
"""


def test_all_positions_that_would_be_gone_are_counted(tmp_path: Path) -> None:
    text = ask("sensitivity", "--as-of", "2025-06", *option_naming(tmp_path, CONTESTED)).stdout
    assert "[1] Post 2026-01-01  2          2 gone" in text
    assert "2 of 2 positions rest on one source alone" in text
