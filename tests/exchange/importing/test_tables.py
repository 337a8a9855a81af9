"""The tables of a data package derive from the classes of a model: no key is left out, and none is described twice."""

import pytest

from actorgraph.exchange.importing.tables import NUMBER, STATEMENT, fields_of, parts_of, table_of, tables
from actorgraph.model.kinds import KIND, KINDS, references


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_key_of_a_kind_stands_in_one_place(kind) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    keys = {info.alias or name for name, info in kind.record_class.model_fields.items()}
    columns = [field.way[0] for field in fields_of(kind.name) if field.name not in ("id", STATEMENT)]
    lists = [part.key for part in parts_of(kind.name)]
    assert set(columns).isdisjoint(lists)
    assert keys - {"id"} == {*columns, *lists}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_column_is_described_as_the_key_is(kind) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    by_key = {info.alias or name: info.description for name, info in kind.record_class.model_fields.items()}
    for field in fields_of(kind.name):
        if len(field.way) == 1 and field.name not in ("id", STATEMENT):
            assert by_key[field.name] == field.about
    assert all(field.about for table in tables() for field in table.fields)


def test_every_reference_is_a_foreign_key() -> None:
    for kind in KINDS:
        single = {field.way: field.refers for field in fields_of(kind.name) if field.refers}
        several: dict[tuple[str, ...], str] = {
            (part.key, field.name) if part.is_mapping else (part.key,): field.refers
            for part in parts_of(kind.name)
            for field in part.fields
            if field.refers
        }
        found = {reference.keys: reference.kind for reference in references(kind.name)}
        assert found == {keys: name for keys, name in {**single, **several}.items() if keys != (STATEMENT,)}


def test_what_has_a_line_has_what_tells_it_from_others() -> None:
    names = [table.name for table in tables()]
    assert len(names) == len(set(names))
    assert {kind.section for kind in KINDS} <= set(names)
    assert ("commitment", NUMBER) == table_of("commitments-toward").primary
    owners = [field.name for field in table_of("evidence").fields if field.refers and field.name in KIND]
    assert [kind.name for kind in KINDS if kind.cites] == [name for name in owners if name != "source"]
