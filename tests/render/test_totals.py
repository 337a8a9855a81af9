"""The last line of an answer: how many were stated, and beside them how many are implied."""

from pathlib import Path

import pytest
from asking import ask
from folders import option_naming

TROOPS = ("-m", "graphs/ukraine-troops")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("who", "any", "US backstop", "--as-of", "2026-01-10"),
            "4 actors: 3 support, 1 open, 1 contested.",
        ),
        (("who", "opposes", "Russia", "--as-of", "2026-01-10"), "4 actors on 4 proposals; +10 by implication."),
        (("what", "Croatia", "--as-of", "2026-01-10"), "2 proposals: declines 1, pledges 1."),
        (
            ("what", "Germany", "--as-of", "2026-01-10"),
            "5 proposals: declines 1, considers 3 (all on conditions), pledges 1.",
        ),
        (
            ("who", "any", "multinational-force", "--as-of", "2025-06"),
            "6 actors: 3 support, 2 oppose (1 on conditions), 3 consider (all on conditions).",
        ),
        (("disputes", "--as-of", "2026-01-10"), "2 disputes: 1 contested, 1 implies."),
        (("who", "silent", "Pre-emptive strikes", "--as-of", "2026-01-10"), " actors."),
    ],
)
def test_the_last_line_counts(arguments: tuple[str, ...], expected: str) -> None:
    last = ask(*arguments, *TROOPS).stdout.splitlines()[-1]
    assert last.endswith(expected)


TWO_PLEDGES = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}
proposals: {whole: {title: Whole}, piece: {title: Piece, part-of: whole}}
sources: {s: {title: S, publisher: S, published: 2026-01-01}}
stances:
  - {actor: a, position: supports, proposal: whole, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: piece, date: 2025-01-01, evidence: [{source: s}]}
commitments:
  - {actor: a, stage: pledges, proposal: whole, date: 2025-01-01, toward: b, evidence: [{source: s}]}
  - {actor: a, stage: pledges, proposal: whole, date: 2025-01-02, toward: c, evidence: [{source: s}]}
"""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("who", "any", "whole"), "1 actor: 1 supports, 1 pledges."),
        (("who", "any", "whole", "--parts"), "1 actor: 1 supports, 1 pledges."),
        (("what", "a"), "2 proposals: supports 2, pledges 1."),
    ],
)
def test_nobody_counts_twice_at_one_position(tmp_path: Path, arguments: tuple[str, ...], expected: str) -> None:
    result = ask(*arguments, "--as-of", "2025-06", *option_naming(tmp_path, TWO_PLEDGES))
    assert expected == result.stdout.splitlines()[-1]
