"""A brief: the same answers for all, each as its own question gives it."""

from pathlib import Path

import pytest
from folders import loaded
from generator import model_text

from actorgraph.asked_dates import day_of
from actorgraph.dates import OPEN, iso
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.brief import Brief, brief, changes_on
from actorgraph.questions.diff import diff
from actorgraph.questions.disputes import disputes
from actorgraph.questions.lives import is_off_the_table
from actorgraph.questions.silence import proposals_silent_on
from actorgraph.questions.view import View
from actorgraph.questions.who import what, who

MODELS = ("graphs/ukraine-troops", "graphs/nature-restoration", "examples/minimal.yaml")
DAY = "2026-01-10"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load("graphs/ukraine-troops")


def test_a_brief_holds_what_each_question_answers(ledger: Ledger) -> None:
    told = brief(ledger, "boots on the ground", as_of=DAY, since="2025-06")
    assert who(ledger, "any", "multinational-force", as_of=DAY) == told.positions
    assert disputes(ledger, "multinational-force", as_of=DAY) == told.disputes
    assert told.silent is not None
    assert who(ledger, "silent", "multinational-force", as_of=DAY).rows == told.silent.rows
    assert told.changes is not None
    assert tuple(
        change
        for change in diff(ledger, "2025-06", DAY)
        if "multinational-force" in (change.proposal, change.before_proposal)
    ) == tuple(told.changes)
    assert what(ledger, "france", as_of=DAY) == brief(ledger, "France", as_of=DAY).positions


@pytest.mark.parametrize("path", MODELS)
@pytest.mark.parametrize("day", ["2023-06-20", "2025-05-28", DAY])
def test_an_actor_is_silent_on_what_it_is_listed_for(path: str, day: str) -> None:
    """Who is silent on a proposal, and on what an actor is silent, are one relation read from either end."""
    _holds_from_either_end(load(path), day)


def test_so_it_is_in_a_model_of_any_kind(tmp_path: Path) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(model_text(400, seed=7), encoding="utf-8")
    _holds_from_either_end(load(file), "2021-05-05")


def _holds_from_either_end(ledger: Ledger, day: str) -> None:
    listed = {
        (row.actor, proposal.id)
        for proposal in ledger.things("proposal")
        if not is_off_the_table(proposal, day_of(day))
        for row in who(ledger, "silent", proposal.id, as_of=day)
    }
    view = View(ledger, as_of=day)
    answers = (proposals_silent_on(view, actor) for actor in ledger.things("actor"))
    assert listed == {(row.actor, row.proposal) for answer in answers if answer is not None for row in answer}


def test_the_silence_of_whoever_speaks_for_another_does_not_count(ledger: Ledger) -> None:
    assert brief(ledger, "meloni", as_of=DAY).silent is None


def test_changes_are_told_from_the_eve_of_the_last_one(ledger: Ledger) -> None:
    for name in ("multinational-force", "france", "no-red-lines"):
        told: Brief = brief(ledger, name, as_of=DAY)
        assert told.changes is not None
        assert len(told.changes) > 0
    assert changes_on(ledger, ledger.resolve("france", "actor"), as_of="2001") is None
    assert changes_on(ledger, ledger.resolve("france", "actor"), as_of=DAY, since=DAY) is None


def test_nothing_can_have_changed_since_a_later_day(ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match="nothing can have changed since 2026-02-28: that is after 2026-01-10"):
        brief(ledger, "france", as_of=DAY, since="2026-02")


def test_assumptions_may_come_from_anything_that_yields_them(ledger: Ledger) -> None:
    as_a_list = brief(ledger, "france", as_of=DAY, assume=["ceasefire"])
    assert as_a_list == brief(ledger, "france", as_of=DAY, assume=iter(["ceasefire"]))


VAGUE = """
model: {id: vague, title: Vague dates}
actors: {ann: {name: Ann, kind: state}, bob: {name: Bob, kind: state}, cat: {name: Cat, kind: state}}
proposals: {plan: {title: Plan}, road: {title: Road, since: 2025-03}, fund: {title: Fund}, bridge: {title: Bridge}}
stances:
  - {actor: ann, position: supports, proposal: plan, date: 2025, evidence: [{source: daily}]}
  - {actor: bob, position: opposes, proposal: plan, date: 2025, evidence: [{source: daily}]}
  - {actor: cat, position: open, proposal: plan, date: 2024-12-20/2025-01-10, evidence: [{source: daily}]}
  - {actor: ann, position: supports, proposal: road, date: ../2025-06-30, evidence: [{source: daily}]}
  - {actor: ann, position: supports, proposal: fund, date: ../2025-06-30, evidence: [{source: daily}]}
  - {actor: bob, position: supports, proposal: bridge, date: 2025-02, evidence: [{source: daily}]}
  - {actor: bob, position: opposes, proposal: bridge, date: 2025-07-14, evidence: [{source: daily}]}
sources: {daily: {title: Daily, publisher: Daily, published: 2026-01-10}}
"""


@pytest.mark.parametrize(
    ("name", "eve"),
    [("plan", "2024-12-19"), ("road", "2025-02-28"), ("bridge", "2025-07-13"), ("cat", "2024-12-19")],
)
def test_the_eve_lies_in_no_period_in_which_a_change_may_have_been_made(tmp_path: Path, name: str, eve: str) -> None:
    """Nobody knows on which day of 2025 it was said: not on 31 December, of all days."""
    told = brief(loaded(tmp_path, VAGUE), name, as_of="2025-12-31").changes
    assert told is not None
    assert eve == told.query["from"]


def test_what_was_said_by_a_day_has_not_changed_since_any_that_is_chosen(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, VAGUE)
    assert brief(ledger, "fund", as_of="2025-12-31").changes is None
    assert ["plan", "road"] == [change.proposal for change in brief(ledger, "ann", as_of="2025-12-31").changes or ()]
    named = brief(ledger, "ann", as_of="2025-12-31", since="2025-01-31").changes or ()
    assert ["fund", "plan", "road"] == [change.proposal for change in named]


def test_a_day_that_is_named_stays_as_it_is(tmp_path: Path) -> None:
    told = brief(loaded(tmp_path, VAGUE), "plan", as_of="2025-12-31", since="2025-12-30").changes
    assert told is not None
    assert ("2025-12-30", 2) == (told.query["from"], len(told))


@pytest.mark.parametrize("path", ["tests/explorer/models/spans.yaml", "tests/explorer/models/learned.yaml", *MODELS])
def test_what_changed_since_the_eve_was_not_possible_on_it(path: str) -> None:
    """The ledger itself knows on which days something may have been said already."""
    ledger = load(path)
    days = sorted({day for line in ledger.rows("SELECT since, until FROM holdings") for day in line if day < OPEN})
    for thing in (*ledger.things("actor"), *ledger.things("proposal")):
        for day in days[:: max(1, len(days) // 12)]:
            for change in (changed := changes_on(ledger, thing, as_of=str(iso(day)))) or ():
                assert changed is not None
                possible = View(ledger, as_of=changed.query["from"]).possible()
                maybe = {(row.track, row.position, row.since) for row in possible}
                assert not maybe & {(row.track, row.position, row.since) for row in change.after}
