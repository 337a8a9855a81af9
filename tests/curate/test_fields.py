"""What `add` asks for is what the model's classes have: no key is left out, none is made up."""

import pytest

from actorgraph.curate.canonical import key_order
from actorgraph.curate.fields import form_fields, parts, purpose
from actorgraph.model.kinds import KIND, TYPES, references


@pytest.mark.parametrize("kind", TYPES)
def test_every_key_can_be_given(kind: str) -> None:
    own = {field.name for field in form_fields(kind) if not field.part_of}
    assert {*key_order(KIND[kind].section), "id"} == own | {*parts(kind)}
    for key in parts(kind):
        assert key_order(key) == tuple(field.name for field in form_fields(kind) if field.part_of == key)


@pytest.mark.parametrize("kind", TYPES)
def test_what_names_something_completes_its_names(kind: str) -> None:
    refers = {(field.part_of, field.name): field.refers for field in form_fields(kind) if field.refers}
    expected = {(("", *one.keys)[-2], one.keys[-1]): (one.kind,) for one in references(kind)}
    assert expected == refers


@pytest.mark.parametrize("kind", TYPES)
def test_what_must_be_given_is_asked_first_and_the_id_last(kind: str) -> None:
    fields = form_fields(kind)
    required = [field.required and not field.part_of for field in fields]
    assert sorted(required, reverse=True) == required
    assert "id" == fields[-1].name


def test_values_that_must_be_given() -> None:
    required = {kind: [field.name for field in form_fields(kind) if field.required] for kind in TYPES}
    assert {
        "actor": ["name", "kind"],
        "proposal": ["title"],
        "condition": ["title"],
        "source": ["title", "publisher", "published"],
        "event": ["title", "date", "source"],
        "relation": ["actor", "relation", "to", "since"],
        "stance": ["actor", "position", "proposal", "date", "source"],
        "commitment": ["actor", "stage", "proposal", "date", "source"],
    } == required


@pytest.mark.parametrize("kind", TYPES)
def test_help_and_questions_are_sentences_that_begin_as_such(kind: str) -> None:
    assert purpose(kind).startswith("Add ")
    assert purpose(kind).endswith(".")
    for field in form_fields(kind):
        assert field.help[0].isupper()
        assert field.question[0].islower()
        assert not field.question.endswith(".")
