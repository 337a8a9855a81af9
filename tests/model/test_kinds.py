"""The table of kinds agrees with the classes that say what each kind's keys are."""

from typing import get_args, get_origin

import pytest

from actorgraph.model.kinds import KIND, KINDS, NAMED, OF_SECTION, STATEMENTS, TYPES, Kind, references
from actorgraph.model.model import Model
from actorgraph.model.records import File

EVERY = pytest.mark.parametrize("kind", KINDS, ids=TYPES)


def test_every_section_of_a_file_is_of_a_kind() -> None:
    assert {*File.model_fields} - {"model"} == {*OF_SECTION}
    assert {*OF_SECTION} <= {*Model.__annotations__}


@EVERY
def test_a_keyed_kind_is_a_mapping_and_the_others_are_lists(kind: Kind) -> None:
    assert (dict if kind.keyed else tuple) is get_origin(File.model_fields[kind.section].annotation)
    assert kind.record_class in get_args(File.model_fields[kind.section].annotation)


@EVERY
def test_what_cites_has_evidence(kind: Kind) -> None:
    assert kind.cites is ("evidence" in kind.record_class.model_fields)


@EVERY
def test_an_id_is_made_of_keys_that_must_be_there(kind: Kind) -> None:
    required = {name for name, field in kind.record_class.model_fields.items() if field.is_required()}
    assert {*kind.made_of} <= required
    assert kind.keyed is ("id" not in kind.record_class.model_fields)


@EVERY
def test_references_are_to_kinds(kind: Kind) -> None:
    assert {reference.kind for reference in references(kind.name)} <= {*TYPES}
    assert kind.cites is (("evidence", "source") in {reference.keys for reference in references(kind.name)})


def test_references_of_a_commitment() -> None:
    expected = {
        ("actor",): ("actor", False),
        ("proposal",): ("proposal", False),
        ("speaker",): ("actor", False),
        ("if",): ("condition", True),
        ("unless",): ("condition", True),
        ("toward",): ("actor", True),
        ("evidence", "source"): ("source", False),
    }
    assert expected == {one.keys: (one.kind, one.many) for one in references("commitment")}


def test_the_groups_of_kinds() -> None:
    assert {"stance", "commitment", "relation"} == {kind.name for kind in KINDS if kind.is_record}
    assert {*TYPES} - {"stance", "commitment", "relation"} == {*NAMED}
    assert {*STATEMENTS} < {*TYPES}
    assert ("actor", "proposal") == KIND["actor"].companions
    assert {"event", "stance", "commitment", "relation"} == {*KIND["event"].companions}
