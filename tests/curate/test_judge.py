"""Values that are typed are judged as `check` would judge them in a file."""

from pathlib import Path

import pytest

from actorgraph.curate.fields import FormField, form_fields
from actorgraph.curate.judge import judge_answer, judge_part, judge_value
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.model.kinds import KIND
from actorgraph.model.reader import Data

SOURCE = "valley-courier-2026-03-14"


@pytest.fixture
def ledger(town: Path) -> Ledger:
    return load(town)


def field_of(kind: str, name: str) -> FormField:
    return next(field for field in form_fields(kind) if field.name == name)


@pytest.mark.parametrize(
    ("kind", "field", "typed", "expected"),
    [
        ("stance", "actor", "the traders", "traders"),
        ("stance", "actor", "the traders, Ana Vega", ["traders", "vega"]),
        ("stance", "position", "OPPOSES", "opposes"),
        ("stance", "lines", "1,2 , 4-5", "1, 2, 4-5"),
        ("stance", "if", " bus-stop , The bus stops at the square,", ["bus-stop", "bus-stop"]),
        ("stance", "until", "  ", None),
        ("source", "reliability", "b", "B"),
        ("actor", "country", "dk", "DK"),
        ("actor", "aliases", "Rome, the Italians", ["Rome", "the Italians"]),
        ("actor", "aliases", '["Vega, Ana", the trader]', ["Vega, Ana", "the trader"]),
        ("proposal", "tags", "[a", ["[a"]),
        ("condition", "since", "2026-02", "2026-02"),
        ("commitment", "amount", "2,000 soldiers", {"value": "2000", "unit": "soldiers"}),
        ("commitment", "amount", "at least 1.5 tonnes of grain", {"at-least": "1.5", "unit": "tonnes of grain"}),
        ("commitment", "amount", "1,000-2,000 soldiers", {"at-least": "1000", "at-most": "2000", "unit": "soldiers"}),
        ("commitment", "amount", "0.125 tonnes", {"value": "0.125", "unit": "tonnes"}),
        ("commitment", "amount", "{at-most: 3, unit: ships}", {"at-most": "3", "unit": "ships"}),
        ("actor", "weight", "population: 59, votes: 29", {"population": "59", "votes": "29"}),
    ],
)
def test_what_is_typed_as_the_model_holds_it(kind: str, field: str, typed: str, expected: Data, ledger: Ledger) -> None:
    assert expected == judge_answer(KIND[kind], field_of(kind, field), typed, ledger=ledger)


@pytest.mark.parametrize(
    ("kind", "field", "typed", "words"),
    [
        ("stance", "actor", " ", "actor is missing"),
        ("stance", "actor", "Wega", r"did you mean 'vega' \(Ana Vega\)\? \(`actorgraph add actor` adds a new one\)"),
        ("condition", "since", "2026-02-30", "AG015 '2026-02-30' is not a date: 2026-02 has no day 30"),
        ("actor", "id", "vega", "'vega' is there already: Ana Vega, "),
        ("proposal", "id", "vega", "'vega' is there already: Ana Vega, "),
        ("actor", "country", "Italy", "AG014 country 'ITALY' should be two capital letters"),
        ("event", "id", "A.B", "AG016 'A.B' is not an id"),
        ("commitment", "amount", "2.000 soldiers", "'2.000' is 2 or 2000; write it in one of these ways"),
        ("commitment", "amount", "10-15.500 tonnes", "'15.500' is 15.5 or 15500; write it in one of these ways"),
        ("commitment", "amount", "many soldiers", "write it as in the model, such as {value: 2000, unit: soldiers}"),
        ("commitment", "amount", "3-2 ships", "AG014 amount: at-least 3 is more than at-most 2"),
        ("commitment", "amount", "{value: x, unit: ships}", "AG014 value 'x': a number is digits, such as 2000 or 0.5"),
        ("actor", "name", "Caf\udce9", r"AG002 name 'Caf\\udce9' is not UTF-8 text"),
        ("actor", "weight", "59", "write it as in the model, such as {population: 59, votes: 29}"),
    ],
)
def test_what_check_would_refuse(kind: str, field: str, typed: str, words: str, ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match=words):
        judge_answer(KIND[kind], field_of(kind, field), typed, ledger=ledger)


def test_an_id_may_be_that_of_another_namespace(ledger: Ledger) -> None:
    assert "vega" == judge_value(KIND["condition"], field_of("condition", "id"), "vega", ledger=ledger)


def test_a_mapping_in_a_list_is_written_as_in_the_model(ledger: Ledger) -> None:
    evidence = [field for field in form_fields("stance") if field.part_of == "evidence"]
    expected = {"source": SOURCE, "lines": "3-4", "quote": "a, b"}
    for text in (f"{{source: {SOURCE}, lines: 3-4, quote: 'a, b'}}", f"source: {SOURCE}, lines: 3-4, quote: 'a, b'"):
        assert expected == judge_part(KIND["stance"], "evidence", text, fields=evidence, ledger=ledger)
    held = [field for field in form_fields("condition") if field.part_of == "held"]
    assert {"since": "2026"} == judge_part(KIND["condition"], "held", "since: 2026", fields=held, ledger=ledger)
    with pytest.raises(UsageProblem, match="'since' is missing"):
        judge_part(KIND["condition"], "held", "until: 2026", fields=held, ledger=ledger)
