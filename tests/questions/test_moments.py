"""Moments: what goes on under another proposal is one change, and what ended with a proposal bears its fate."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.diff import diff
from actorgraph.questions.timeline import Timeline, timeline

DESCENT = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  b: {name: B, kind: state}
  c: {name: C, kind: state}
proposals:
  idea: {title: Idea, since: 2024, until: 2025-03-01, fate: superseded}
  text: {title: Text, succeeds: idea, since: 2025-03-01, until: 2025-10-31, fate: withdrawn}
  rival: {title: Rival, succeeds: idea, since: 2025-03-01}
stances:
  - {actor: a, position: open, proposal: idea, date: 2024-12-01, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: text, date: 2025-03-01, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: idea, date: 2024-12-01, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: text, date: 2025-05, evidence: [{source: s}]}
  - {actor: c, position: supports, proposal: idea, date: 2024-12-01, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2026-01-01}
"""


@pytest.fixture
def descent(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, DESCENT)


def lines_of(moments: Timeline) -> list[tuple[object, ...]]:
    """Return date, change, both proposals and fate of each change."""
    return [
        (change.date, change.change, change.before_proposal, change.proposal, change.fate)
        for moment in moments
        for change in moment.changes
    ]


def test_what_is_said_again_some_day_in_a_month_is_dated_as_curated(tmp_path: Path) -> None:
    """No day is made up for it, neither of what is stated nor of what follows from it."""
    text = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}}
proposals: {p: {title: P, entails: q}, q: {title: Q}, r: {title: R}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2025-02-03, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: p, date: 2025-05, evidence: [{source: s}]}
commitments:
  - {actor: a, stage: pledges, proposal: r, date: 2025-03-01, amount: {value: 3, unit: men}, evidence: [{source: s}]}
  - {actor: a, stage: pledges, proposal: r, date: 2025-06/2025-07, amount: {value: 5, unit: men},
     evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2026-01-01}
"""
    told = lines_of(timeline(loaded(tmp_path, text), "a", as_of="2026", every=True))
    assert [
        ("2025-02-03", "added", "p", "p", None),
        ("2025-03-01", "added", "r", "r", None),
        ("2025-05", "re-sourced", "p", "p", None),
        ("2025-06/2025-07", "qualified", "r", "r", None),
    ] == [line for line in told if line[2] != "q"]
    assert [
        ("2025-02-03", "added", "q", "q", None),
        ("2025-05", "re-sourced", "q", "q", None),
    ] == [line for line in told if line[2] == "q"]


def test_what_begins_on_a_successor_is_compared_with_what_was_held_before(descent: Ledger) -> None:
    assert [
        ("2024-12-01", "added", "idea", "idea", None),
        ("2025-03-01", "toward-opposition", "idea", "text", None),
        ("2025-10-31", "ended", "text", "text", "withdrawn"),
    ] == lines_of(timeline(descent, "a", as_of="2026"))


def test_the_same_on_a_successor_is_carried_and_told_only_with_all(descent: Ledger) -> None:
    assert [
        ("2024-12-01", "added", "idea", "idea", None),
        ("2025-03-01", "ended", "idea", "idea", "superseded"),
        ("2025-10-31", "ended", "text", "text", "withdrawn"),
    ] == lines_of(timeline(descent, "b", as_of="2026"))
    assert ("2025-05", "carried", "idea", "text", None) in lines_of(timeline(descent, "b", as_of="2026", every=True))


def test_a_proposals_timeline_knows_what_was_held_on_what_it_carries_on(descent: Ledger) -> None:
    told_of_text = lines_of(timeline(descent, "text", as_of="2025-06", every=True))
    assert [
        ("2025-03-01", "toward-opposition", "idea", "text", None),
        ("2025-05", "carried", "idea", "text", None),
    ] == told_of_text


def test_between_two_days_it_is_one_change(descent: Ledger) -> None:
    def changes(*days: str, every: bool = False) -> list[tuple[object, ...]]:
        return [
            (change.change, change.actor, change.before_proposal, change.proposal, change.date, change.fate)
            for change in diff(descent, *days, every=every)
        ]

    assert [
        ("toward-opposition", "a", "idea", "text", "2025-03-01", None),
        ("ended", "c", "idea", "idea", "2025-03-01", "superseded"),
    ] == changes("2025-01", "2025-06")
    assert ("carried", "b", "idea", "text", "2025-05", None) in changes("2025-01", "2025-06", every=True)
    assert ("toward-support", "a", "text", "idea", "2025-03-01", None) in changes("2025-06", "2025-01")
    assert [("ended", "withdrawn")] * 2 == [(change[0], change[-1]) for change in changes("2025-06", "2026-01")]


def test_what_ended_before_its_proposal_did_has_no_fate(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    last = "date: 2024-12-01, evidence: [{source: s}]}\nsources"
    assert last in DESCENT
    path.write_text(DESCENT.replace(last, last.replace("12-01,", "12-01, until: 2025-02-01,")), encoding="utf-8")
    (own_end,) = [change for change in diff(load(path), "2025-01", "2025-06") if change.actor == "c"]
    assert ("ended", None, "2025-02-01") == (own_end.change, own_end.fate, own_end.date)


def test_what_a_condition_ended_before_its_proposal_did_has_no_fate(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = DESCENT.replace(
        "stances:\n", "conditions:\n  w: {title: W, held: [{since: 2024, until: 2025-02-01}]}\nstances:\n"
    )
    last = "date: 2024-12-01, evidence: [{source: s}]}\nsources"
    path.write_text(text.replace(last, last.replace("12-01,", "12-01, if: [w],")), encoding="utf-8")
    ledger = load(path)
    (held,) = [change for change in diff(ledger, "2025-01-15", "2025-02-15") if change.actor == "c"]
    assert ("ended", None) == (held.change, held.fate), "the idea stood till March"
    assert [("ended", None)] == [
        (change.change, change.fate)
        for moment in timeline(ledger, "c", as_of="2026")
        for change in moment.changes
        if moment.date > "2025"
    ]


LINE_OF_THREE = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}
conditions: {w: {title: W, held: [{since: 2025-01, until: 2025-02-01}]}}
proposals:
  idea: {title: Idea, until: 2025-02-01, fate: superseded}
  draft: {title: Draft, succeeds: idea, until: 2025-03-01, fate: superseded}
  law: {title: Law, succeeds: draft}
sources: {s: {title: S, publisher: P, published: 2025-01-01}}
"""


def test_what_a_scenario_rules_out_on_an_earlier_proposal_was_not_held_there(tmp_path: Path) -> None:
    """What was last held is then on the one before, whether or not what is ruled out would have ended by then."""
    for length in ("", ", until: 2025-02-20"):
        ledger = loaded(
            tmp_path,
            LINE_OF_THREE + "stances:\n"
            "  - {actor: a, position: opposes, proposal: idea, date: 2025-01-05, evidence: [{source: s}]}\n"
            f"  - {{actor: a, position: opposes, proposal: draft, date: 2025-01-10{length}, if: [w],"
            " evidence: [{source: s}]}\n"
            "  - {actor: a, position: supports, proposal: law, date: 2025-02-25, evidence: [{source: s}]}\n",
        )
        *_, last = lines_of(timeline(ledger, "a", as_of="2026", assume=["not:w"]))
        assert ("2025-02-25", "reversed", "idea", "law", None) == last


def test_what_was_last_held_may_have_ended_with_its_condition(tmp_path: Path) -> None:
    ledger = loaded(
        tmp_path,
        LINE_OF_THREE + "stances:\n"
        "  - {actor: a, position: opposes, proposal: draft, date: 2025-01-31, if: [w], evidence: [{source: s}]}\n"
        "  - {actor: a, position: supports, proposal: law, date: 2025-03-05, evidence: [{source: s}]}\n",
    )
    assert [
        ("2025-01-31", "added", "draft", "draft", None),
        ("2025-02-01", "ended", "draft", "draft", None),
        ("2025-03-05", "reversed", "draft", "law", None),
    ] == lines_of(timeline(ledger, "a", as_of="2026"))


def test_what_begins_on_a_successor_again_does_not_go_on_from_the_earlier_one_again(tmp_path: Path) -> None:
    again = LINE_OF_THREE.replace("until: 2025-02-01}]", "until: 2025-02-20}, {since: 2025-02-25}]")
    for position, change in (("opposes", "reversed"), ("supports", "carried")):
        ledger = loaded(
            tmp_path,
            again + "stances:\n"
            "  - {actor: a, position: supports, proposal: idea, date: 2025-01-31, evidence: [{source: s}]}\n"
            f"  - {{actor: a, position: {position}, proposal: draft, date: 2025-02-01, if: w,"
            " evidence: [{source: s}]}\n",
        )
        assert [
            ("2025-01-31", "added", "idea", "idea", None),
            ("2025-02-01", change, "idea", "draft", None),
            ("2025-02-20", "ended", "draft", "draft", None),
            ("2025-02-25", "added", "draft", "draft", None),
            ("2025-03-01", "ended", "draft", "draft", "superseded"),
        ] == lines_of(timeline(ledger, "a", as_of="2026", every=True))


def test_what_is_carried_on_toward_some_has_ended_toward_the_others(tmp_path: Path) -> None:
    ledger = loaded(
        tmp_path,
        LINE_OF_THREE + "commitments:\n"
        "  - {actor: a, stage: pledges, proposal: draft, toward: [b, c], date: 2025-02-03, evidence: [{source: s}]}\n"
        "  - {actor: a, stage: delivers, proposal: law, toward: b, date: 2025-03-01, evidence: [{source: s}]}\n",
    )
    of_the_day = timeline(ledger, "a", as_of="2026").moments[-1].changes
    for changes in (of_the_day, diff(ledger, "2025-02-28", "2025-03-01").changes):
        assert [
            ("strengthened", "draft", "law", None, ("b",), ("b",)),
            ("ended", "draft", "draft", "superseded", ("c",), ()),
        ] == [
            (
                change.change,
                change.before_proposal,
                change.proposal,
                change.fate,
                *(tuple(name for row in side for name in row.toward) for side in (change.before, change.after)),
            )
            for change in changes
        ]
