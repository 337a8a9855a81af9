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
    assert {*POSITIONS, *STAGES} == {one.position for one in stated}
    assert any(one.contested for one in stated)
    assert any(len(one.said) > 1 for one in stated), "some say the same again"
    assert any(len(ground.steps) > 3 for one in inferred(stated, model) for ground in one.grounds)
    assert any(one.until for one in model.stances)
    assert any(one.speaker for one in model.stances)
    assert any(one.unless for one in model.stances)
    assert any(len(one.evidence) > 1 for one in model.stances)
    assert any(one.toward for one in model.commitments)
    assert any(one.held for one in model.conditions.values())
    assert any(one.excludes for one in model.proposals.values())
    assert any(one.part_of for one in model.proposals.values())
    assert model.relations
    assert model.events
