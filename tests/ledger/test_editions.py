"""Editions: a model as it was known by each day of publication."""

from typing import Any

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.editions import editions, editions_of
from actorgraph.model.loader import load_model


def test_editions_of_a_model_are_those_of_its_path() -> None:
    model = load_model("examples/minimal.yaml")
    choices: list[dict[str, Any]] = [{}, {"known_by": "2026-01"}, {"min_grade": "B2", "without": ["Open letter"]}]
    for limits in choices:
        from_path, from_model = editions("examples/minimal.yaml", **limits), editions_of(model, **limits)
        assert [edition.known_by for edition in from_path] == [edition.known_by for edition in from_model]
        assert [edition.things() for edition in from_path] == [edition.things() for edition in from_model]
    with pytest.raises(UsageProblem, match="is not a date"):
        editions_of(model, known_by="someday")
    with pytest.raises(UsageProblem, match="no source answers to 'nowhere'"):
        editions_of(model, without=["nowhere"])


def test_what_is_left_out_is_left_out_of_every_edition() -> None:
    ledgers = editions("examples/minimal.yaml", without=["coast-weekly"])
    assert [("coast-weekly",)] * 3 == [tuple(ledger.without) for ledger in ledgers]
    assert ["2025-11-20", "2026-01-16", None] == [ledger.known_by for ledger in ledgers]
