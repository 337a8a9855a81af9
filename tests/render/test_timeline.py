"""Timelines, as a contract and as a reader sees them."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from folders import option_naming
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


TEXTS = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}, b: {name: Bor, kind: state}}
proposals:
  old: {title: Old text, since: 2025-01, until: 2025-03-01, fate: superseded}
  new: {title: New text, since: 2025-03-01, succeeds: old}
  piece: {title: Piece, part-of: new}
sources: {s: {title: S, publisher: S, published: 2026-01-01}}
stances:
  - {actor: a, position: open, proposal: old, date: 2025-02-01, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: new, date: 2025-03-05, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: piece, date: 2025-03-06, evidence: [{source: s}]}
commitments:
  - {actor: b, stage: pledges, proposal: new, date: 2025-03-07, evidence: [{source: s}]}
"""


def printed(tmp_path: Path, *arguments: str) -> str:
    return " ".join(ask(*arguments, "--as-of", "2025-06", *option_naming(tmp_path, TEXTS)).stdout.split())


def test_what_is_on_another_proposal_says_so(tmp_path: Path) -> None:
    text = printed(tmp_path, "timeline", "new", "--parts")
    assert "2025-03-05 toward-opposition Ada on Old text → New text: open → opposes" in text
    assert "2025-03-06 added Bor on Piece: opposes" in text
    assert "2025-03-07 added Bor: pledges" in text
    assert "toward-opposition Old text → New text: open → opposes" in printed(tmp_path, "why", "a", "new")


def test_a_history_calls_inferred_what_is(tmp_path: Path) -> None:
    text = printed(tmp_path, "why", "b", "new")
    assert "2025-03-07 added pledges [1] 2025-03-07 added supports, inferred [1]" in text
