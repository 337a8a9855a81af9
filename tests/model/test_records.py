"""What one record may hold. (What it may not is in tests/bad.)"""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from pydantic import BaseModel, ValidationError

from actorgraph.dates import OPEN, ends_on
from actorgraph.model import records
from actorgraph.model.records import (
    DATES,
    NUMBERS,
    PROSE,
    Amount,
    Commitment,
    EventRecord,
    Evidence,
    File,
    Held,
    Proposal,
    Relation,
    Stance,
    fields_under,
)
from actorgraph.model.values import Text


def test_keys_are_written_with_a_hyphen_and_if_is_a_key() -> None:
    proposal = Proposal.model_validate({"title": "Plan", "part-of": "larger-plan"})
    assert ("larger-plan",) == proposal.part_of
    said = {"actor": "uk", "proposal": "plan", "date": "2024", "if": ["ceasefire"], "evidence": [{"source": "paper"}]}
    assert ("ceasefire",) == Stance.model_validate({**said, "position": "open"}).if_
    with pytest.raises(ValidationError):
        Stance.model_validate({**said, "position": "open", "if_": []})


def test_records_are_frozen_and_made_of_tuples() -> None:
    commitment = Commitment.model_validate(
        {
            "actor": "uk",
            "stage": "pledges",
            "proposal": "plan",
            "date": "2024-05",
            "toward": ["fr"],
            "evidence": [{"source": "paper", "credibility": "3"}],
        }
    )
    assert ("fr",) == commitment.toward
    assert (Evidence(source="paper", credibility=3),) == commitment.evidence
    assert "pledges" == commitment.word
    with pytest.raises(ValidationError):
        commitment.actor = "fr"  # type: ignore[misc]
    assert hash(commitment) == hash(commitment.model_copy())


def test_a_relation_holds_from_the_last_day_of_its_since() -> None:
    relation = Relation.model_validate({"actor": "uk", "relation": "leads", "to": "nato", "since": "2024-02"})
    assert (20240229, "leads", OPEN) == (relation.first, relation.word, ends_on(relation.until))


def test_an_empty_file_holds_nothing_and_shares_nothing() -> None:
    file, other = File(), File()
    assert file == other
    assert file.actors is not other.actors


def test_prose_is_what_people_write_freely() -> None:
    assert {
        *("title", "name", "aliases", "description", "note", "role", "about", "quote", "include"),
        *("publisher", "author", "language", "url", "archived", "document", "page", "via", "short", "tags", "unit"),
    } == set(PROSE)


def test_dates_and_numbers_are_known_by_their_keys() -> None:
    assert {"date", "since", "until", "published", "accessed"} == set(DATES)
    assert {"weight", "value", "at-least", "at-most"} == set(NUMBERS)


def test_every_record_class_is_found_however_deep_it_stands() -> None:
    classes = {name for name, made in vars(records).items() if isinstance(made, type) and issubclass(made, BaseModel)}
    public = {name for name in classes if not name.startswith("_")} - {"BaseModel", "StatementRecord"}
    assert public == {record.__name__ for record in fields_under(File)}

    class Inner(Held):
        remark: Text

    class Outer(Held):
        inner: Mapping[str, tuple[Inner, ...]] | None

    assert {Outer, Inner} == {*fields_under(Outer)}
    assert {"since", "until", "remark"} == {*fields_under(Outer)[Inner]}


def test_one_alone_stands_without_brackets() -> None:
    assert ("uk",) == Proposal.model_validate({"title": "Plan", "by": "uk"}).by
    evidence = {"evidence": [{"source": "paper"}]}
    said = {"actor": "uk", "proposal": "plan", "date": "2024", **evidence}
    commitment = Commitment.model_validate({**said, "stage": "pledges", "toward": "fr", "unless": "war"})
    assert (("fr",), ("war",)) == (commitment.toward, commitment.unless)
    event = EventRecord.model_validate({"id": "e", "title": "E", "date": "2024", "actors": "uk", **evidence})
    assert ("uk",) == event.actors


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ({"value": "2000"}, "Field required"),
        ({"unit": "soldiers"}, "give it a value, an at-least or an at-most"),
        ({"value": "1", "at-most": "2", "unit": "soldiers"}, "a value leaves no room"),
        ({"at-least": "3", "at-most": "2", "unit": "soldiers"}, "at-least 3 is more than at-most 2"),
        ({"value": "-1", "unit": "soldiers"}, "a number is digits"),
    ],
)
def test_an_amount_is_one_value_or_bounds(amount: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Amount.model_validate(amount)


def test_an_amount_is_exact() -> None:
    amount = Amount.model_validate({"at-least": "0.10", "at-most": "1000000000000", "unit": "euros"})
    assert (None, "0.10", "1000000000000") == (amount.value, str(amount.at_least), str(amount.at_most))


@pytest.mark.parametrize(
    ("amount", "bounds"),
    [
        ({"value": "3"}, (3, 3)),
        ({"at-least": "3"}, (3, None)),
        ({"at-most": "3"}, (None, 3)),
        ({"at-least": "0.5", "at-most": "3"}, (Decimal("0.5"), 3)),
    ],
)
def test_the_bounds_of_an_amount(amount: dict[str, str], bounds: tuple[Decimal | None, Decimal | None]) -> None:
    assert bounds == Amount.model_validate({**amount, "unit": "tonnes"}).bounds
