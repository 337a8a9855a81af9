"""Lists: what a model names, and what the model itself covers."""

import re
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask
from folders import model_file
from goldens import Golden

from actorgraph.cli.list import LISTS


@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, style: str) -> None:
    result = ask("list", "sources", *HARBOUR, "--format", style)
    assert 0 == result.exit_code, result.output
    golden.check(f"list.{'txt' if style == 'table' else 'md'}", result.stdout)


@pytest.mark.parametrize("things", ["stances", "commitments", "relations"])
def test_records_are_listed_with_what_they_say(things: str) -> None:
    items = answer("list", things, *HARBOUR)["items"]
    (table,) = re.findall(
        r"\n\n(\| Id .*?)\n(?:\n|\Z)", ask("list", things, *HARBOUR, "--format", "md").stdout, re.DOTALL
    )
    _, _, *lines = table.splitlines()
    assert len(items) == len(lines)
    for item, line in zip(items, lines, strict=True):
        assert line.startswith(f"| {item['id']} | {item['name']} · ")
        assert item.get("role") or item["date"] in line


def test_a_list_says_what_the_model_covers() -> None:
    text = " ".join(ask("list", "conditions", "--format", "md").stdout.split())
    assert "Model ukraine-troops: Western troops in Ukraine Who wants, refuses, offers" in text
    assert "Model minimal: The new harbour" in ask("list", "conditions", *HARBOUR).stdout


def test_a_list_fits_80_columns_in_a_pipe() -> None:
    for things in LISTS:
        assert max(map(len, ask("list", things).stdout.splitlines())) <= 80


def test_what_stands_in_a_list_by_its_id_is_named_or_explained() -> None:
    """Whom a record is toward, who took part in an event, conditions, grades, and dates as other answers print them."""
    undertakings = ask("list", "commitments", *HARBOUR).stdout
    assert "· toward Town Council · if state-loan\n" in undertakings
    assert undertakings.endswith("\nConditions: state-loan: The state grants a loan.\n")
    stances = ask("list", "stances", "--actor", "Russia", "--format", "md").stdout
    assert "Russia opposes Multinational force in Ukraine after a ceasefire · by 2025-05-28" in stances
    assert "../" not in stances
    events = ask("list", "events", "--format", "md").stdout
    assert "by 2025-12-01 · United Kingdom, United States, Keir Starmer" in events
    assert "\nA to F: how reliable a source is" in ask("list", "sources").stdout
    assert "A to F" not in ask("list", "actors").stdout


def test_a_list_of_things_of_which_nothing_more_is_known_has_no_column_for_it(tmp_path: Path) -> None:
    file = model_file(tmp_path, "model: {id: m, title: M}\nconditions: {truce: {title: A truce}}\n")
    text = ask("list", "conditions", "--model", file).stdout
    assert text.endswith("ID     NAME\ntruce  A truce\n")
