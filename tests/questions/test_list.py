"""Lists: everything of a kind, sorted by id, with what the model covers."""

import pytest

from actorgraph.ledger.store import load
from actorgraph.model.kinds import TYPES
from actorgraph.questions.list import named


@pytest.mark.parametrize("kind", TYPES)
def test_a_list_is_sorted_and_complete(kind: str) -> None:
    ledger = load("graphs/ukraine-troops")
    answer = named(ledger, kind)
    assert sorted(ledger.names(kind)) == [thing.id for thing in answer.things]
    assert {kind} == {thing.type for thing in answer.things}


def test_a_list_carries_what_the_model_covers() -> None:
    answer = named(load("graphs/ukraine-troops"), "condition")
    assert ("ukraine-troops", "Western troops in Ukraine") == (answer.model, answer.title)
    assert str(answer.description).startswith("Who wants, refuses")
