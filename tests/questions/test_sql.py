"""The SQL of the questions keeps to the rules of portability that its module states."""

import re
from pathlib import Path

import pytest
from builders import NOT_EVERYWHERE

from actorgraph.ledger.schema import SCHEMA
from actorgraph.questions import sql

TEXTS = {name: text for name, text in vars(sql).items() if name.isupper() and isinstance(text, str)}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_holds_nothing_that_only_one_engine_has(name: str) -> None:
    text = TEXTS[name].upper()
    assert [] == [word for word in NOT_EVERYWHERE if word in text]
    assert "WHERE 1 " not in f"{text} ", "a number is no condition"
    assert text.count("CASE") == text.count("ELSE")


def test_a_text_reads_tables_and_columns_that_there_are() -> None:
    tables = dict(re.findall(r"CREATE TABLE (\w+) \((.*?)\);", SCHEMA, flags=re.DOTALL))
    for name, text in TEXTS.items():
        for columns, table in re.findall(r"SELECT (?:DISTINCT )?([\w, .]+) FROM (\w+)", text):
            for column in columns.split(","):
                assert column.strip().removeprefix("h.") in re.findall(r"\w+", tables[table]), name


def test_every_day_is_given_twice_and_everything_else_once() -> None:
    assert 2 == sql.IN_FORCE.count("?")
    assert 4 == sql.IN_FORCE_ON_EITHER.count("?")
    assert (2, 4) == (sql.TIES.count("?"), sql.TIES_OF.count("?"))
    assert 3 == sql.in_force(sql.OF_ACTOR).count("?")


def test_no_question_has_a_text_of_its_own() -> None:
    """So that whoever looks for what is asked of the tables finds all of it, and its rules, in one place."""
    modules = Path(sql.__file__).parent.glob("*.py")
    assert {"sql.py"} == {path.name for path in modules if re.search(r"SELECT\b.*\bFROM\b", path.read_text("utf-8"))}
