"""Editions: a model as it was known by each day of publication."""

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.editions import editions, editions_of
from actorgraph.model.loader import load_model


def test_editions_of_a_model_are_those_of_its_path() -> None:
    model = load_model("examples/minimal.yaml")
    for known_by in (None, "2026-01"):
        from_path, from_model = (
            editions("examples/minimal.yaml", known_by=known_by),
            editions_of(model, known_by=known_by),
        )
        assert [edition.known_by for edition in from_path] == [edition.known_by for edition in from_model]
        assert [edition.things() for edition in from_path] == [edition.things() for edition in from_model]
    with pytest.raises(UsageProblem, match="is not a date"):
        editions_of(model, known_by="someday")
