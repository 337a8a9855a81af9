"""Lists: everything of a kind, sorted by id, with what the model covers."""

from pathlib import Path

import pytest

from actorgraph.engines.opening import open_holdings
from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import compile_holdings
from actorgraph.ledger.load import load
from actorgraph.model.kinds import TYPES
from actorgraph.questions.list import Chosen, named
from actorgraph.questions.sensitivity import sensitivity
from actorgraph.render.sensitivity import sensitivity_grids


@pytest.mark.parametrize("kind", TYPES)
def test_a_list_is_sorted_and_complete(kind: str) -> None:
    ledger = load("graphs/ukraine-troops")
    answer = named(ledger, kind)
    assert sorted(ledger.names(kind)) == [thing.id for thing in answer.things]
    assert {kind} == {thing.type for thing in answer.things}


def test_a_list_carries_what_the_model_covers() -> None:
    answer = named(load("graphs/ukraine-troops"), "condition")
    assert ("ukraine-troops", "Western troops in Ukraine") == (answer.model, answer.about.title)
    assert str(answer.about.description).startswith("Who wants, refuses")


# -- chosen ----------------------------------------------------------------------------------------------------


def test_what_is_chosen_meets_all_that_is_asked_for() -> None:
    ledger = load("graphs/ukraine-troops")
    urls = {thing.id: thing.body.get("url") for thing in ledger.things("source")}
    answer = named(ledger, "commitment", actor="Italy", source="brighteon-2026-01-07")
    assert answer.things
    assert {"actor": "italy", "source": "brighteon-2026-01-07"} == answer.chosen
    for thing in ledger.things("commitment"):
        sources = [evidence["source"] for evidence in thing.body["evidence"]]
        meets = thing.body["actor"] == "italy" and "brighteon-2026-01-07" in sources
        assert meets == (thing in answer.things)
    bare = named(ledger, "stance", unsourced_url=True).things
    for thing in ledger.things("stance"):
        assert (thing in bare) == (not any(urls[evidence["source"]] for evidence in thing.body["evidence"]))


def test_a_relation_is_of_both_its_actors_and_an_event_of_all() -> None:
    ledger = load("graphs/ukraine-troops")
    ties = named(ledger, "relation", actor="Italy").things
    assert {"actor", "to"} == {key for thing in ties for key in ("actor", "to") if thing.body[key] == "italy"}
    assert all("russia" in thing.body["actors"] for thing in named(ledger, "event", actor="Russia").things)


def test_what_cites_nothing_has_no_url_and_no_young_evidence(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    table = tmp_path / "t.csv"
    table.write_text("id,actor,position,proposal,date\nbare,A,supports,X,2024-01-01\n", encoding="utf-8")
    compile_holdings(table, tmp_path / "h", today="2024-02")
    with open_holdings(tmp_path / "h") as ledger:
        for choice in ({"unsourced_url": True}, {"stale_after": "10y", "today": "2024-02"}):
            assert ["bare"] == [thing.id for thing in named(ledger, "stance", **choice).things]
        (grid,) = sensitivity_grids(sensitivity(ledger, as_of="2024-02"))
        assert ("1 position in force, and no source is cited.",) == grid.below


def test_what_has_no_young_evidence_is_stale() -> None:
    ledger = load("examples/minimal.yaml")

    def stale(length: str) -> list[str]:
        return [thing.id for thing in named(ledger, "stance", stale_after=length, today="2026-02-20").things]

    assert stale("10y") == []
    assert sorted(ledger.names("stance")) == stale("1d")
    assert set(stale("2mo")) < set(stale("1mo"))


@pytest.mark.parametrize(
    ("kind", "choice", "said"),
    [
        ("actor", {"source": "union-letter"}, "--source does not go with actors; it goes with proposals, "),
        ("relation", {"proposal": "harbour"}, "--proposal does not go with relations; it goes with stances, commit"),
        ("stance", {"actor": "harbor bord"}, "no actor answers to 'harbor bord'"),
        ("stance", {"stale_after": "soon", "today": "2026"}, "'soon' is not a length of time"),
    ],
)
def test_a_choice_that_cannot_be_met_is_told(kind: str, choice: Chosen, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        named(load("examples/minimal.yaml"), kind, **choice)
