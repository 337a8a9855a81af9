"""The numbers of each actor, medians over few and over unknown times, and what cannot be asked."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.pledges import Pledges, pledges

MODEL = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  cup: {name: Cup, kind: organisation}
proposals: {a: {title: A, tags: [x]}, b: {title: B, part-of: a}, c: {title: C}, d: {title: D}}
commitments:
"""
SAID = """
ada pledges a 2024-01-01
ada delivers a 2024-01-11
ada pledges b 2024-01-01
ada delivers b 2024-02
ada pledges c ../2024-01-01
ada delivers c 2024-01-05
ada pledges d 2024-01-01
bor pledges a 2024-01-01
bor declines a 2024-01-05
bor delivers b 2024-01-05
cup pledges a 2024
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    lines = [
        "  - {{actor: {}, stage: {}, proposal: {}, date: {}, evidence: [{{source: s}}]}}".format(*line.split())
        for line in SAID.strip().splitlines()
    ]
    sources = "\nsources: {s: {title: S, publisher: S, published: 2026-01-01}}\n"
    return loaded(tmp_path_factory.mktemp("pledges"), MODEL + "\n".join(lines) + sources)


def outcomes(answer: Pledges) -> list[tuple[str, str, str]]:
    return [(each.actor, each.proposal, each.outcome) for each in answer]


def test_numbers_of_each_actor(ledger: Ledger) -> None:
    answer = pledges(ledger, as_of="2024-06-01")
    ada, bor, cup = answer.by_actor
    assert (4, 3, 1, 0, 3) == (ada.n, ada.delivered, ada.open, ada.withdrawn, ada.timed)
    assert (10, 59) == (ada.median_at_least, ada.median_at_most), "of 4, 10 and 31; of 10, 59 and nobody knows"
    assert (2, 1, 0, 1, 0) == (bor.n, bor.delivered, bor.open, bor.withdrawn, bor.timed)
    assert (0, 1, None) == (cup.n, cup.possible, cup.median_at_least)


def test_a_median_over_fewer_is_none(ledger: Ledger) -> None:
    (ada,) = pledges(ledger, "ada", as_of="2024-06-01", min_delivered=4).by_actor
    assert (3, None, None) == (ada.timed, ada.median_at_least, ada.median_at_most)
    (only,) = pledges(ledger, "c", as_of="2024-06-01", min_delivered=1).by_actor
    assert (4, None) == (only.median_at_least, only.median_at_most)


def test_of_an_actor_or_on_a_proposal(ledger: Ledger) -> None:
    assert {"ada"} == {each.actor for each in pledges(ledger, "Ada", as_of="2024-06-01")}
    on = pledges(ledger, "a", as_of="2024-06-01")
    assert [("ada", "a", "delivered"), ("bor", "a", "withdrawn"), ("cup", "a", "possible")] == outcomes(on)
    parts = pledges(ledger, "a", as_of="2024-06-01", parts=True, kind="state")
    assert {"a", "b"} == {each.proposal for each in parts}
    assert "cup" not in {each.actor for each in parts}
    assert {"a"} == {each.proposal for each in pledges(ledger, as_of="2024-06-01", tag="x")}
    assert [] == list(pledges(ledger, as_of="2020"))


def test_it_opens_to_its_records(ledger: Ledger) -> None:
    assert () == pledges(ledger, "bor", as_of="2024-06-01").rows
    answer = pledges(ledger, "bor", as_of="2024-06-01", explain=True)
    shown = {record for row in answer.rows for record in row.records}
    assert {record for each in answer for record in each.records} == shown
    assert {"bor.a.2024-01-01", "bor.a.2024-01-05", "bor.b.2024-01-05"} == shown


def test_flat_records(ledger: Ledger) -> None:
    answer = pledges(ledger, "ada", as_of="2024-06-01")
    records = answer.records()
    assert list(answer.columns) == list(records[0])
    (b,) = [record for record in records if record["proposal"] == "b"]
    assert ("2024-01-01", None, "2024-02", 31, 59) == (
        b["pledged"],
        b["allocated"],
        b["delivered"],
        b["days_at_least"],
        b["days_at_most"],
    )
    assert "<Pledges: pledges ada, as of 2024-06-01, 4 undertakings>" == repr(answer)


def test_flat_records_have_the_amount_of_each_step(tmp_path: Path) -> None:
    line = "  - {{actor: ada, stage: {}, proposal: a, date: {}, amount: {{{}, unit: men}}, evidence: [{{source: s}}]}}"
    said = (("pledges", "2024-01-01", "at-least: 2000"), ("delivers", "2024-02-01", "value: 50"))
    sources = "\nsources: {s: {title: S, publisher: S, published: 2026-01-01}}\n"
    model = MODEL + "\n".join(line.format(*each) for each in said) + sources
    (cells,) = pledges(loaded(tmp_path, model), as_of="2024-06-01").records()
    parts = ("at_least", "at_most", "unit")
    amounts = {past: tuple(cells[f"{past}_{part}"] for part in parts) for past in ("pledged", "allocated", "delivered")}
    assert {"pledged": (2000, None, "men"), "allocated": (None,) * 3, "delivered": (50, 50, "men")} == amounts


def test_what_cannot_be_asked(ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match="the fewest deliveries cannot be 0; at least 1"):
        pledges(ledger, as_of="2024", min_delivered=0)
    with pytest.raises(UsageProblem, match="no actor or proposal answers to 'zed'"):
        pledges(ledger, "zed", as_of="2024")


REFUSED_ONE = """
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}
proposals: {p: {title: P}}
commitments:
- {actor: a, stage: declines, proposal: p, date: 2020-01-01, toward: [b], evidence: [{source: s}]}
- {actor: a, stage: delivers, proposal: p, date: 2021-01-01, evidence: [{source: s}]}
sources: {s: {title: T, publisher: G, published: 2021-01-02}}
"""


def test_whom_something_was_refused_before_it_went_to_everybody_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(REFUSED_ONE, encoding="utf-8")
    answer = pledges(load(path), as_of="2023")
    assert ["b"] == [undertaking.toward for undertaking in answer]
    assert "B" == answer.about.actors["b"]


HELD = """
model: {id: m, title: M}
actors: {ann: {name: Ann, kind: state}, cat: {name: Cat, kind: state}}
proposals: {dam: {title: Dam}}
conditions: {board: {title: The board sits, held: [{since: 2025-07-01, until: 2025-10-01}]}}
sources: {s: {title: S, publisher: S, published: 2025-12-01}}
commitments:
  - {actor: ann, stage: pledges, proposal: dam, date: 2025-08-01, if: board, evidence: [{source: s}]}
  - {actor: ann, stage: delivers, proposal: dam, date: 2025-09-01, evidence: [{source: s}]}
  - {actor: cat, stage: pledges, proposal: dam, date: 2025-08-01, if: board, evidence: [{source: s}]}
"""


def test_what_no_longer_holds_undoes_no_pledge(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, HELD)
    ann, cat = pledges(ledger, as_of="2025-11-01")
    assert (["pledges", "delivers"], "delivered", 31) == (
        [step.stage for step in ann.steps],
        ann.outcome,
        ann.days_at_most,
    )
    assert ("open", ("board",)) == (cat.outcome, cat.conditions)
    _, while_it_holds = pledges(ledger, as_of="2025-09-15")
    assert ("open", ()) == (while_it_holds.outcome, while_it_holds.conditions)
    assert ["ann"] == [each.actor for each in pledges(ledger, as_of="2025-11-01", assume=["not:board"])]
