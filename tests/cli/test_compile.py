"""compile: what comes in, what is left out, and what is said of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.cli.main import cli

CODED = (
    "Country,vote,proposal,date\n"
    "France,yes,A new harbour,2025-01-02\n"
    "Italy,no,A new harbour,2025-01\n"
    "Spain,maybe,A new harbour,2025-01-03\n"
    "Spain,yes,A new harbour,03/04/2025\n"
)
READ = ("--map", "actor=Country", "--map", "position=vote", "--word", "yes=supports", "--word", "no=opposes")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("coded.csv").write_text(CODED, encoding="utf-8")
    return lambda *words: CliRunner().invoke(cli, words)


def test_it_says_what_became_of_all_rows(run: Run) -> None:
    made = run("compile", "coded.csv", "-o", "h", *READ)
    assert (0, "") == (made.exit_code, made.stdout)
    assert (
        "left out 2 rows:\n"
        "  1: 'maybe' is no position or stage; --word 'maybe'=… says what it means (coded.csv, row 4)\n"
        "  1: its date can be read in two ways; --dates day-first or --dates month-first "
        "(coded.csv, row 5: '03/04/2025')\n"
        "4 rows from coded.csv became 3 holdings of 2 actors on 1 proposal, said from 2025-01-01 to 2025-01-31\n"
        "nothing is inferred from a table: what proposals entail or exclude is kept, not applied; import it into a "
        "model to reason over it\n"
        "wrote h\n"
    ) == made.stderr


def test_its_holdings_are_asked_as_a_model_is(run: Run) -> None:
    run("compile", "coded.csv", "-o", "h", *READ)
    asked = run("who", "opposes", "A new harbour", "-m", "h", "--as-of", "2025-06-01", "--format", "json")
    assert ["italy"] == [row["actor"] for row in json.loads(asked.stdout)["rows"]]
    changes = run("diff", "2025-01-01", "2025-06-01", "-m", "h", "--format", "json")
    assert ["added", "added"] == [change["change"] for change in json.loads(changes.stdout)["changes"]]


def test_strict_leaves_nothing_out_and_writes_nothing(run: Run) -> None:
    made = run("compile", "coded.csv", "-o", "h", "--strict", *READ)
    assert 1 == made.exit_code
    assert made.stderr.endswith("with --strict no row may be left out\nnothing was written\n")
    assert not Path("h").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("compile", "coded.csv", "-o", "h"), "--map actor='Country' says which one it is"),
        (("compile", "missing.csv", "-o", "h"), "there is no file missing.csv"),
        (("compile", "coded.csv", "-o", "h", "--engine", "postgres"), "'postgres' is no engine"),
        (("compile", "coded.csv", "-o", "h", "--memory", "much"), "'much' is no amount of memory"),
        (("compile", "coded.csv", "-o", "."), "holds something else than holdings"),
        (("compile", "coded.csv", "-o", "h", "--id", "My Id"), "'My Id' is no id"),
    ],
)
def test_what_cannot_be_compiled_is_said_in_a_sentence(run: Run, words: tuple[str, ...], message: str) -> None:
    made = run(*words, *(READ if "." in words else ()))
    assert 2 == made.exit_code
    assert message in made.stderr


@pytest.mark.parametrize(
    "words",
    [("check", "-m", "h"), ("fmt", "-m", "h"), ("rename", "a", "b", "-m", "h"), ("serve", "-m", "h"),
     ("diff", "--base-rev", "HEAD", "-m", "h")],
)  # fmt: skip
def test_what_corrects_a_model_does_not_take_holdings(run: Run, words: tuple[str, ...]) -> None:
    run("compile", "coded.csv", "-o", "h", *READ)
    made = run(*words)
    assert 2 == made.exit_code
    assert "h is a folder of holdings: it can be asked and exported; to correct it" in made.stderr
