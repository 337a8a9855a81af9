"""What if: assumptions and what is known of conditions, on rows and between scenarios."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.errors import UsageProblem
from actorgraph.ledger.store import Ledger
from actorgraph.questions.diff import diff
from actorgraph.questions.who import what, who

MODEL = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  b: {name: B, kind: state}
proposals:
  p: {title: P, entails: [q]}
  q: {title: Q}
conditions:
  ceasefire: {title: A ceasefire holds}
  mandate: {title: There is a mandate}
  winter: {title: It is winter, held: [{since: 2023-12-01, until: 2024-03}]}
stances:
  - {actor: a, position: supports, proposal: p, date: 2024-01-05, if: [ceasefire], evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: p, date: 2024-01-05, unless: [ceasefire], evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: p, date: 2024-01-05, if: [ceasefire, mandate], evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: q, date: 2024-01-05, if: [winter], until: 2024-06, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2024-01-06}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, MODEL)


def rows(ledger: Ledger, actor: str, *assume: str, as_of: str = "2024-07-01") -> list[tuple[object, ...]]:
    """Return what an actor holds under assumptions."""
    found = what(ledger, actor, as_of=as_of, assume=assume).rows
    return [(row.proposal, row.position, row.conditions, row.contested, row.basis) for row in found]


def test_assumptions_decide(ledger: Ledger) -> None:
    assert [
        ("p", "supports", ("ceasefire",), False, "stated"),  # the two are alternatives, and no contest
        ("p", "opposes", ("not:ceasefire",), False, "stated"),
        ("q", "supports", ("ceasefire",), False, "inferred"),
    ] == rows(ledger, "a")
    assert [("p", "supports", (), False, "stated"), ("q", "supports", (), False, "inferred")] == rows(
        ledger, "a", "ceasefire"
    )
    assert [("p", "opposes", (), False, "stated")] == rows(ledger, "a", "not:ceasefire")


def test_what_is_still_undecided_keeps_its_condition(ledger: Ledger) -> None:
    assert ("p", "supports", ("mandate",), False, "stated") in rows(ledger, "b", "ceasefire")
    assert ("p", "supports", (), False, "stated") in rows(ledger, "b", "ceasefire", "mandate")
    assert [] == rows(ledger, "b", "ceasefire", "not:mandate")


def test_held_decides_where_nothing_is_assumed(ledger: Ledger) -> None:
    assert ("q", "opposes", (), False, "stated") in rows(ledger, "b", as_of="2024-02-29")
    assert "opposes" not in [row[1] for row in rows(ledger, "b", as_of="2024-03-01")]
    assert ("q", "opposes", (), False, "stated") in rows(ledger, "b", "winter", as_of="2024-03-01")


def test_an_answer_tells_its_assumptions(ledger: Ledger) -> None:
    answer = who(ledger, "supports", "p", as_of="2024-07", assume=["There is a mandate", "not:Ceasefire"])
    assert ("mandate", "not:ceasefire") == answer.assume
    assert () == answer.rows


def test_an_unknown_condition_names_the_nearest(ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match="no condition answers to 'ceasefir'; did you mean 'ceasefire'"):
        who(ledger, "supports", "p", as_of="2024", assume=["not:ceasefir"])


def test_one_day_under_two_scenarios(ledger: Ledger) -> None:
    found = diff(ledger, "2024-07", "2024-07", assume=["ceasefire"], base_assume=["not:ceasefire"])
    assert [("reversed", "a", "p"), ("added", "b", "p"), ("added", "a", "q"), ("added", "b", "q")] == [
        (change.change, change.actor, change.proposal) for change in found.changes
    ]
    assert (("ceasefire",), ("not:ceasefire",)) == (found.assume, found.query["base_assume"])


def test_the_end_of_a_condition_is_a_change_of_the_world(ledger: Ledger) -> None:
    (only,) = diff(ledger, "2024-02-29", "2024-03-01", stated=True).changes
    assert ("ended", "b", "q") == (only.change, only.actor, only.proposal)
