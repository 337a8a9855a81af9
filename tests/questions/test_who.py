"""The questions, on the small model and on the shipped one."""

from pathlib import Path

import pytest
from builders import WINDOW, ledger_of, model, on, records, stance
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.dates import iso
from actorgraph.errors import UsageProblem
from actorgraph.ledger.holdings import holdings
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.model.records import Stance
from actorgraph.questions.relations import speaks_for, ties_of
from actorgraph.questions.show import show
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.who import everything, what, who

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def harbour() -> Ledger:
    return load(ROOT / "examples/minimal.yaml")


@pytest.fixture(scope="module")
def troops() -> Ledger:
    return load(ROOT / "graphs/ukraine-troops")


@pytest.mark.parametrize(
    ("position", "day", "expected"),
    [
        ("opposes", "2026-01-14", []),
        ("opposes", "2026-01-15", ["fishers-union"]),
        ("neutral", "2026-01-14", ["fishers-union"]),
        ("open", "2026-02-28", ["town-council"]),
        ("open", "2026-03-01", []),
        ("supports", "2025-11-19", []),
        ("supports", "2025-11-20", ["harbour-board"]),
        ("pledges", "2026-02", ["harbour-board"]),
        ("any", "2026-02-28", ["fishers-union", "harbour-board", "harbour-board", "town-council"]),
        ("silent", "2025-11-30", ["fishers-union", "town-council"]),
        ("silent", "2026-03-01", ["town-council"]),
        ("declines", "2026-03-01", []),
    ],
)
def test_who(harbour: Ledger, position: str, day: str, expected: list[str]) -> None:
    assert expected == [row.actor for row in who(harbour, position, "harbour", as_of=day).rows]


def test_a_row_says_everything(harbour: Ledger) -> None:
    (row,) = who(harbour, "opposes", "harbour", as_of="2026-06").rows
    assert {
        "actor": "fishers-union",
        "actor_name": "Fishers’ Union",
        "kind": "stance",
        "position": "opposes",
        "proposal": "harbour",
        "proposal_title": "A deep-water harbour",
        "toward": (),
        "amount": None,
        "earliest": None,
        "since": "2026-01-15",
        "since_date": "2026-01-15",
        "until": None,
        "until_date": None,
        "last_said": "2026-01-15",
        "last_said_date": "2026-01-15",
        "conditions": (),
        "speaker": "olsen",
        "basis": "stated",
        "because": (),
        "contested": False,
        "contest": None,
        "stale": False,
        "records": ("fishers-union.harbour.2026-01-15",),
        "evidence": (
            ("union-letter", "Fishers’ Union", "2026-01-16", None, None, None, "3-6", None, "Coast Weekly", "B2"),
        ),
    } == row._asdict()


def test_who_a_person_speaks_for(harbour: Ledger) -> None:
    assert ("fishers-union",) == speaks_for(harbour, "olsen", 20261231)
    assert () == speaks_for(harbour, "olsen", 20240229)
    assert ["represents"] == [one.relation for one in ties_of(harbour, "fishers-union")]


def test_stated_rows_come_first_and_all_are_sorted_by_actor_name_proposal_and_since(troops: Ledger) -> None:
    rows = everything(troops, as_of="2026-01-10").rows
    ordered = sorted(rows, key=lambda row: (row.basis != "stated", row.actor_name.casefold(), row.proposal))
    assert ordered == list(rows)
    assert {"stated", "inferred"} == {row.basis for row in rows}
    assert len(rows) > 100


def test_contested_rows_stand_by_their_grade() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-05", "late"),  # D
            stance("opposes", "2024-01-05", "early"),  # B
            stance("open", "2024-01-05", "middle"),  # not graded
        ]
    )
    assert ["opposes", "supports", "open"] == [row.position for row in what(ledger, "a", as_of="2024-02").rows]


def test_a_side_that_has_stood_longer_does_not_stand_first_for_that() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-05", "late"),  # D
            stance("opposes", "2024-01-05", "early"),  # B
            stance("supports", "2024-02-05", "late"),
            stance("neutral", "2024-02-05", "early"),
        ]
    )
    assert ["neutral", "supports"] == [row.position for row in what(ledger, "a", as_of="2024-02-10", stated=True).rows]


def test_the_speaker_is_the_best_graded_of_the_last_day() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-05", "early", id="r1", speaker="b"),
            stance("supports", "2024-01-05", "late", id="r2"),
        ]
    )
    assert "b" == what(ledger, "a", as_of="2024-02-10").rows[0].speaker


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (("oppose", "harbour", "2026"), "unknown position 'oppose' \\(did you mean 'opposes'\\?\\)"),
        (("likes", "harbour", "2026"), "unknown position 'likes'; it is one of supports, open"),
        (("opposes", "harbor", "2026"), "did you mean 'harbour'"),
        (("opposes", "harbour", "2026-13"), "'2026-13' is not a date: there is no month 13"),
        (("opposes", "harbour", "soon"), "'soon' is not a date"),
        (("supports", "olsen", "2026"), "'olsen' is the actor Kari Olsen, not a proposal"),
    ],
)
def test_a_question_that_cannot_be_asked(harbour: Ledger, question: tuple[str, str, str], message: str) -> None:
    position, target, day = question
    with pytest.raises(UsageProblem, match=message):
        who(harbour, position, target, as_of=day)


@given(records(), st.sampled_from(WINDOW))
def test_a_snapshot_shows_only_what_had_been_said(said: list[Stance], day: int) -> None:
    rows = everything(ledger_of(said), as_of=str(iso(day))).rows
    shown = set()
    for row in rows:
        since = int(str(row.since).replace("-", ""))
        side = (row.position, row.conditions, row.contest)
        shown.add((row.actor, row.proposal, *side, since, frozenset(row.records)))
    assert on(day, holdings(model(*said))) == shown
    assert all(str(row.last_said) <= str(iso(day)) for row in rows)


def test_a_snapshot_holds_the_things_that_its_rows_name(troops: Ledger) -> None:
    now = snapshot(troops, as_of="2026-01-10")
    for row in now.rows:
        assert row.actor in now.things["actor"]
        assert row.proposal in now.things["proposal"]
        assert all(record in {**now.things["stance"], **now.things["commitment"]} for record in row.records)
        assert all(one.source in now.things["source"] for one in row.evidence)
    assert now.ties


def test_a_model_answers_to_its_id(troops: Ledger) -> None:
    (itself,) = show(troops, "Ukraine-Troops", as_of="2026-01-10").things
    assert ("model", "Western troops in Ukraine", "") == (itself.type, itself.name, itself.place)
    assert itself.body["description"] == troops.description
    assert str(troops.description).startswith("Who wants, refuses, offers")


def test_stale_goes_by_what_had_been_published_by_the_day() -> None:
    ledger = ledger_of([stance("opposes", "2024-01-05", "early", "much-later")])

    def stale(day: str, length: str) -> bool:
        (row,) = what(ledger, "a", as_of=day, stale_after=length).rows
        return row.stale

    assert not stale("2024-02-20", "1mo"), "published on 20 January: a month old, not older"
    assert stale("2024-02-21", "1mo")
    assert stale("2025-05-31", "12mo"), "what comes out the day after does not count yet"
    assert not stale("2025-06-01", "12mo")
    assert stale("2024-01-19", "1w"), "nothing is out yet, and it was said two weeks ago"


CONTEST = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}
proposals: {p: {title: P}, q: {title: Q, entails: [p]}}
conditions: {c1: {title: C1}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: p, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: q, date: 2024-01-05, if: [c1], evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: p, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: q, date: 2024-01-05, unless: [c1], evidence: [{source: s}]}
  - {actor: c, position: opposes, proposal: q, date: 2024-01-05, if: [c1], evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-01-06}}
"""


def test_who_opposes_an_actor_counts_no_contest_of_its_own_and_nothing_that_cannot_hold_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(CONTEST, encoding="utf-8")
    found = who(load(path), "opposes", "A", as_of="2024-02").rows
    assert [("c", "q")] == [(row.actor, row.proposal) for row in found]
    assert () == who(load(path), "opposes", "A", as_of="2024-02", assume=["not:c1"]).rows


def test_silence_is_about_what_was_stated_under_whatever_conditions(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, CONTEST)
    assert ["c"] == [row.actor for row in who(ledger, "silent", "p", as_of="2024-02").rows], "opposes it by inference"
    assert [] == [row.actor for row in who(ledger, "silent", "q", as_of="2024-02", assume=["not:c1"]).rows]
    assert ["a", "b", "c"] == [row.actor for row in who(ledger, "silent", "q", as_of="2024-01-04").rows]
