"""The command line, asked in this process, and its answers held to their contract."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from goldens import Golden
from jsonschema import Draft202012Validator

import actorgraph
from actorgraph.cli.main import cli
from actorgraph.render import grid
from actorgraph.render.grid import Grid

HARBOUR = ("--model", "examples/minimal.yaml")
ARTICLES = Path("tests/articles")
"""An invented model, bridge.yaml, and in documents/ the invented articles that it cites."""
BRIDGE = ("--model", str(ARTICLES / "bridge.yaml"), "--documents", str(ARTICLES / "documents"))

SCHEMA = json.loads((Path(actorgraph.__file__).parent / "answer.schema.json").read_text(encoding="utf-8"))


def ask(*arguments: str | Path, stdin: str = "") -> Result:
    """Return what a command line does."""
    return CliRunner().invoke(cli, list(map(str, arguments)), input=stdin, catch_exceptions=False)


CONTRACT = Draft202012Validator(SCHEMA)
"""Made once: to check the schema anew at each answer takes a hundred times as long as to check the answer."""


def answer(*arguments: str) -> Any:
    """Return a JSON answer that keeps the contract."""
    result = ask(*arguments, "--format", "json")
    assert 0 == result.exit_code, result.output
    answered = json.loads(result.stdout)
    CONTRACT.validate(answered)
    return answered


def tables_of(*arguments: str | Path) -> tuple[Grid, ...]:
    """Return the tables of an answer, as they are handed to the terminal."""
    handed: list[Grid] = []
    printed = grid.to_text

    def noted(table: Grid, **options: Any) -> str:
        handed.append(table)
        return printed(table, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "to_text", noted)
        result = ask(*arguments)
    assert 0 == result.exit_code, result.output
    return tuple(handed)


def check_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    """Assert that a command line prints what its golden file holds, as a table or as Markdown."""
    result = ask(*arguments, "--format", style)
    assert 0 == result.exit_code, result.output
    golden.check(f"{name}.{'txt' if style == 'table' else 'md'}", result.stdout)
