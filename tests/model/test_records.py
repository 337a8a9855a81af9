"""What one record may hold. (What it may not is in tests/bad.)"""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from actorgraph.dates import OPEN, ends_on
from actorgraph.model.records import (
    PROSE,
    Commitment,
    Country,
    Credibility,
    Date,
    Evidence,
    File,
    Header,
    Id,
    Lines,
    Model,
    Proposal,
    RecordId,
    Relation,
    Sha256,
    Stance,
    Text,
)

GOOD = [
    (Id, "a", "a"),
    (Id, "1-a-2", "1-a-2"),
    (RecordId, "a.b-c.2024-01-01-2", "a.b-c.2024-01-01-2"),
    (Date, "2024-02-29", "2024-02-29"),
    (Text, " padded\n", "padded"),
    (Text, "NO", "NO"),
    (Lines, "12", "12"),
    (Lines, "12-12", "12-12"),
    (Lines, "9-10, 2,3-4", "9-10, 2,3-4"),
    (Lines, "1234567", "1234567"),
    (Credibility, "1", 1),
    (Credibility, "6", 6),
    (Credibility, 3, 3),
    (Country, "IT", "IT"),
    (Sha256, "0" * 64, "0" * 64),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_what_a_value_may_be(kind: Any, text: str, value: object) -> None:
    assert value == TypeAdapter(kind).validate_python(text)


BAD: list[tuple[Any, object]] = [
    *((Id, each) for each in ("", "A", "a_b", "a.b", "-a", "a-", "a--b", "a b", "a\n", "\na", "é", "٢", "a\x00")),
    *((RecordId, each) for each in ("", "A", "a..b", ".a", "a.", "a\n", "a.-b")),
    *((Date, each) for each in ("", "24", "2024-13", "2024\n", "٢٠٢٤")),
    *((Text, each) for each in ("", " ", "\n", "\u2003")),
    *(
        (Lines, each)
        for each in ("", "0", "01", "5-", "-5", "13-12", "1, 3-2", "1;2", "1 - 2", "1٢", "12\n", "9" * 5000)
    ),
    *((Credibility, each) for each in ("", "0", "7", "3.0", "03", "+3", " 3", "3\n", "٣", "x", "9" * 5000)),
    (Credibility, 0),
    (Credibility, 7),
    (Credibility, ["3"]),
    (Credibility, {}),
    *((Country, each) for each in ("", "it", "ITA", "IT\n", "ÉÉ")),
    *((Sha256, each) for each in ("", "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n")),
]


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_what_a_value_may_not_be(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


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


def test_a_model_counts_stances_commitments_and_relations_as_records() -> None:
    relation = Relation.model_validate({"actor": "uk", "relation": "leads", "to": "nato", "since": "2024"})
    assert (relation,) == Model(Header(id="m", title="T"), relations=(relation,)).records


def test_an_empty_file_holds_nothing_and_shares_nothing() -> None:
    file, other = File(), File()
    assert file == other
    assert file.actors is not other.actors


def test_prose_is_what_people_write_freely() -> None:
    assert {
        *("title", "name", "aliases", "description", "note", "role", "about", "quote", "include"),
        *("publisher", "author", "language", "url", "document", "page", "via"),
    } == set(PROSE)
