"""Two dates and two scenarios, as a reader sees what differs."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, ask, check_golden
from folders import option_naming
from goldens import Golden

from actorgraph.questions.diff import Changes

GOLDEN = [
    ("diff", ("diff", "2025-12", "2026-03", *HARBOUR)),
    ("diff-nothing", ("diff", "2026-03", "2026-04", *HARBOUR)),
    ("scenario", ("diff", "--assume", "not:state-loan", "--as-of", "2026-06", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "what is to be compared?"),
        (("2026",), "name a second date: from 2026 to when?"),
        (("2025", "2026", "--base", "x.yaml"), "FROM TO and --base ask different questions"),
        (("--base", "x.yaml", "--base-rev", "HEAD"), "--base and --base-rev ask different questions"),
        (("--base", "x.yaml", "--base-assume", "state-loan"), "--base and --base-assume ask different questions"),
        (("2025", "2026", "--base-assume", "state-loan"), "FROM TO and --base-assume ask different questions"),
        (("2025", "2026", "--as-of", "2026"), "FROM TO name the days already"),
        (("--base-known-by", "2026-02", "--known-by", "2026-01"), "comes after --known-by 2026-01-31; swap them"),
        (("--base", "nowhere"), "cannot read it"),
        (("--base-known-by", "soon"), "'soon' is not a date"),
    ],
)
def test_a_diff_that_means_nothing(arguments: tuple[str, ...], message: str) -> None:
    result = ask("diff", *arguments, *HARBOUR)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in " ".join(result.stderr.split())


def test_a_table_fits_80_columns_in_a_pipe() -> None:
    text = ask("diff", "2025", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_csv_of_changes() -> None:
    lines = list(csv.DictReader(io.StringIO(ask("diff", "2025-12", "2026-03", *HARBOUR, "--format", "csv").stdout)))
    assert list(Changes.COLUMNS) == list(lines[0])
    assert ["toward-opposition", "added", "ended"] == [line["change"] for line in lines]
    assert {("2025-12-31", "2026-03-31")} == {(line["from"], line["to"]) for line in lines}


def test_backwards_what_comes_back_with_a_text_is_told_position_by_position() -> None:
    """Forward, what ended with it is one line; backwards nothing of it has ended."""
    days, model = ("2025-09-30", "2025-06-12"), ("--stated", "--model", "examples/bridge.yaml")
    backwards = ask("diff", *days, *model).stdout
    assert "positions ended" not in backwards
    assert "Valley League  Toll: supports" in backwards
    assert "3 positions ended" in ask("diff", *reversed(days), *model).stdout


def test_backwards_a_change_has_a_date_and_neither_begin_nor_end() -> None:
    forward = ask("diff", "2025-12", "2026-03", *HARBOUR).stdout
    assert 2 == forward.count("SINCE")
    assert 1 == forward.count("UNTIL")
    backwards = ask("diff", "2026-03", "2025-12", *HARBOUR).stdout
    assert 3 == backwards.count("DATE"), "of what changed, is new, and is gone"
    assert "SINCE" not in backwards
    assert "UNTIL" not in backwards


SEVERAL = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}, b: {name: Bor, kind: state}, c: {name: Cup, kind: state}}
proposals: {p: {title: The treaty}}
sources: {s: {title: S, publisher: S, published: 2025-12-31}}
commitments:
  - {actor: a, stage: pledges, proposal: p, date: 2025-03-01, toward: b, until: 2025-07, evidence: [{source: s}]}
  - {actor: a, stage: declines, proposal: p, date: 2025-05, toward: c, until: 2025-09-20, evidence: [{source: s}]}
"""


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (("2025-01", "2025-06"), "Ada The treaty: pledges toward Bor, until 2025-07 2025-03-01 / 2025-05 [1]"),
        (("2025-06", "2025-10"), "a 2025-07 / 2025-09-20"),
    ],
)
def test_of_several_positions_that_are_new_or_gone_each_has_its_date(
    tmp_path: Path, days: tuple[str, str], line: str
) -> None:
    text = ask("diff", *days, *option_naming(tmp_path, SEVERAL)).stdout
    assert line in [" ".join(row.split()) for row in text.splitlines()]
