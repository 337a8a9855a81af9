"""The life of a proposal, as answers tell it."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.ledger.store import Ledger
from actorgraph.questions.lives import is_off_the_table, life_of
from actorgraph.questions.who import who

MODEL = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  b: {name: B, kind: state}
proposals:
  draft: {title: Draft, since: 2025-03, until: 2025-10-31, fate: withdrawn}
  text: {title: Text, succeeds: draft, since: 2025-11-05}
  law: {title: Law, since: 2024, until: 2025-06, fate: adopted}
stances:
  - {actor: a, position: supports, proposal: draft, date: 2025-04-01, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: law, date: 2025-04-01, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2025-04-02}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, MODEL)


@pytest.mark.parametrize(
    ("proposal", "day", "outside", "gone"),
    [
        ("draft", 20250228, "before", True),
        ("draft", 20250315, None, False),
        ("draft", 20251030, None, False),
        ("draft", 20251031, "after", True),
        ("text", 20251104, "before", True),
        ("law", 20250601, "after", False),
    ],
)
def test_a_day_lies_in_a_life_or_outside(
    ledger: Ledger, proposal: str, day: int, outside: str | None, *, gone: bool
) -> None:
    thing = ledger.resolve(proposal, "proposal")
    life = life_of(ledger, thing, day)
    assert life is not None
    assert (outside, gone, gone) == (life.outside, is_off_the_table(thing, day), life.is_off_the_table)


def test_an_answer_tells_the_fate_and_what_came_after(ledger: Ledger) -> None:
    answer = who(ledger, "any", "draft", as_of="2025-12")
    assert ((), ("2025-03", "2025-10-31", "withdrawn", ("text",), "after")) == (answer.rows, answer.life)
    assert "Text" == answer.about.proposals["text"]


def test_in_the_period_of_its_since_nothing_is_inferred_and_nothing_said_to_be_missing(tmp_path: Path) -> None:
    partial = MODEL.replace("b: {name: B, kind: state}", "b: {name: B, kind: state, since: 2025-03}")
    implied = "text: {title: Text, entails: draft, since: 2025-01-01}"
    partial = partial.replace("text: {title: Text, succeeds: draft, since: 2025-11-05}", implied)
    stance = "{actor: b, position: supports, proposal: text, date: 2025-03-05, evidence: [{source: s}]}"
    ledger = loaded(tmp_path, partial.replace("stances:\n", f"stances:\n  - {stance}\n"))
    days = ("2025-02-28", "2025-03-10", "2025-03-30", "2025-03-31")
    silent = [[row.actor for row in who(ledger, "silent", "draft", as_of=day)] for day in days]
    assert [[], ["a", "b"], ["a", "b"], ["a", "b"]] == silent
    assert [[], [], [], ["b"]] == [[row.actor for row in who(ledger, "any", "draft", as_of=day)] for day in days]


def test_nobody_is_silent_on_what_is_not_on_the_table(ledger: Ledger) -> None:
    assert ["b"] == [row.actor for row in who(ledger, "silent", "draft", as_of="2025-05")]
    assert [] == list(who(ledger, "silent", "draft", as_of="2025-12"))
    assert [] == list(who(ledger, "silent", "text", as_of="2025-11-01"))
    assert ["b"] == [row.actor for row in who(ledger, "silent", "law", as_of="2025-12")], "adopted, it goes on"
