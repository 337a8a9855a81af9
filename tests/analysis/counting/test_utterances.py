"""Utterances: which statements of a window count, whose they are, and which are the same again."""

from pathlib import Path

import pytest
from builders import ledger_of, stance

from actorgraph.analysis.counting.utterances import counts_in, rows_said, utterances, window_of
from actorgraph.analysis.words import DUPLICATES
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.view import View

LEDGER = ledger_of(
    [
        stance("supports", "2024-01-01", "early", "middle"),  # a Monday
        stance("supports", "2024-01-01", "late"),
        stance("open", "2024-01-07", "late"),
        stance("supports", "2024-01-08", "late"),
        stance("supports", "2024-02-01", "late"),
        stance("supports", "2025-01-01", "much-later"),
        stance("opposes", "2025-01-01", "much-later"),
    ]
)


def said(ledger: Ledger, window: str, by: str = "actor") -> list[tuple[str, str, str]]:
    found, _ = utterances(View(ledger, as_of="2026"), *window_of(window), by=by)
    return [(one.actor, one.position, one.source) for one in found]


def test_both_days_of_a_window_are_inside() -> None:
    assert 3 == len(said(LEDGER, "2024-01-01"))
    assert 1 == len(said(LEDGER, "2024-01-07/2024-01-07"))
    assert 8 == len(said(LEDGER, "../2025"))
    assert [] == said(LEDGER, "2024-03")


@pytest.mark.parametrize(
    ("duplicates", "binary", "scale"),
    [
        ("all", 8, 8),
        ("document", 5, 6),
        ("day", 6, 6),
        ("week", 5, 6),
        ("month", 4, 5),
        ("year", 3, 4),
        ("window", 2, 3),
    ],
)
def test_said_again(duplicates: str, binary: int, scale: int) -> None:
    for levels, expected in (("binary", binary), ("scale", scale)):
        counted = counts_in(View(LEDGER, as_of="2026"), window_of("../2025"), levels=levels, duplicates=duplicates)
        assert expected == counted.n.sum(), levels


def test_at_any_level_the_other_side_is_the_same_again() -> None:
    view = View(LEDGER, as_of="2026")
    for duplicates, expected in (("all", 8), ("day", 5), ("year", 2), ("window", 1)):
        counted = counts_in(view, window_of("../2025"), duplicates=duplicates, at_any_level=True)
        assert expected == counted.n.sum(), duplicates


def test_what_takes_no_side_is_told_as_often_as_it_was_said() -> None:
    ledger = ledger_of([stance("neutral", "2024-01-01", "early", "middle"), stance("undecided", "2024-01-01")])
    for duplicates in ("all", "window"):
        counted = counts_in(View(ledger, as_of="2026"), window_of("2024"), duplicates=duplicates)
        assert {"no side": 3} == dict(counted.left_out)


def test_the_rows_of_what_was_said() -> None:
    ledger = ledger_of([stance("supports", "2024-01", "early", **{"if": ("c",)}), stance("opposes", "2024-03-01")])
    rows = rows_said(View(ledger, as_of="2026"), ["r1", "r0"])
    assert [
        ("supports", "2024-01", ("c",), ("r0",), "B?"),
        ("opposes", "2024-03-01", (), ("r1",), "B?"),
    ] == [(row.position, row.since_date, row.conditions, row.records, row.evidence[0].grade) for row in rows]
    assert {(None, False)} == {(row.until, row.contested) for row in rows}


MODEL = """
model: {id: m, title: M}
actors:
  ann: {name: Ann, kind: person}
  ben: {name: Ben, kind: person}
  cat: {name: Cat, kind: person}
  one: {name: One, kind: organisation}
  two: {name: Two, kind: organisation}
proposals: {p: {title: P}}
relations:
  - {actor: ann, relation: member-of, to: two, since: 2024}
  - {actor: ann, relation: represents, to: one, since: 2024-06-01}
  - {actor: ben, relation: member-of, to: one, since: 2023}
  - {actor: ben, relation: member-of, to: two, since: 2023}
stances:
  - {actor: ann, position: supports, proposal: p, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: ben, position: supports, proposal: p, date: 2025-01-02, evidence: [{source: s}, {source: s, page: 2}]}
  - {actor: cat, position: supports, proposal: p, date: 2025-01-03, evidence: [{source: s}]}
  - {actor: two, speaker: cat, position: opposes, proposal: p, date: 2025-01-04, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2025-02-01}}
"""


def test_whose_a_statement_is(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(MODEL, encoding="utf-8")
    ledger = load(file)
    assert ["ann", "ben", "ben", "cat", "two"] == [actor for actor, _, _ in said(ledger, "2025")]
    assert ["ann", "ben", "ben", "cat", "cat"] == [actor for actor, _, _ in said(ledger, "2025", "speaker")]
    assert ["one", "two"] == [actor for actor, _, _ in said(ledger, "2025", "organisation")]
    _, left_out = utterances(View(ledger, as_of="2026"), *window_of("2025"), by="organisation")
    assert {"of no organisation": 1, "of several organisations": 2} == left_out


@pytest.mark.parametrize("window", ["2024/2023", "yesterday", "", "2024-13"])
def test_what_is_no_window(window: str) -> None:
    with pytest.raises(UsageProblem, match="is no window: "):
        window_of(window)


def test_words_that_are_none() -> None:
    view = View(LEDGER, as_of="2026")
    with pytest.raises(UsageProblem, match="cannot be counted by 'actr'"):
        utterances(view, 0, 20260101, by="actr")
    with pytest.raises(UsageProblem, match=f"no duplicates 'hour'; they are one of {', '.join(DUPLICATES)}"):
        counts_in(view, (0, 20260101), duplicates="hour")
