from pathlib import Path

import pytest
from generator import model_text

from actorgraph.ledger.holdings import holdings
from actorgraph.ledger.inference import inferred
from actorgraph.model.loader import read_model
from actorgraph.vocabulary import POSITIONS, STAGES


@pytest.mark.parametrize("records", [1, 30, 100, 1000])
def test_a_generated_model_has_what_was_asked_for_and_nothing_to_mend(records: int, tmp_path: Path) -> None:
    file = tmp_path / "generated.yaml"
    file.write_text(model_text(records), encoding="utf-8")
    loaded = read_model(file)
    assert () == loaded.problems
    assert loaded.model is not None
    assert records == len(loaded.model.stances) + len(loaded.model.commitments)


def test_the_same_seed_makes_the_same_model() -> None:
    assert model_text(200) == model_text(200)
    assert model_text(200) != model_text(200, seed=2)


def test_a_generated_model_has_everything_that_real_ones_have(tmp_path: Path) -> None:
    file = tmp_path / "generated.yaml"
    file.write_text(model_text(2000), encoding="utf-8")
    model = read_model(file).model
    assert model is not None
    stated = holdings(model)
    assert {*POSITIONS, *STAGES} == {holding.position for holding in stated}
    assert any(holding.contest for holding in stated)
    assert any(len(holding.said) > 1 for holding in stated), "some say the same again"
    assert any(len(ground.steps) > 3 for holding in inferred(stated, model) for ground in holding.grounds)
    assert any(stance.until for stance in model.stances)
    assert any(stance.speaker for stance in model.stances)
    assert any(stance.unless for stance in model.stances)
    assert any(len(stance.evidence) > 1 for stance in model.stances)
    assert any(commitment.toward for commitment in model.commitments)
    assert any(condition.held for condition in model.conditions.values())
    assert any(proposal.excludes for proposal in model.proposals.values())
    assert any(proposal.part_of for proposal in model.proposals.values())
    assert model.relations
    assert model.events
