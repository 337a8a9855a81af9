"""Balance, as a contract and as a reader sees it."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from asking import answer, ask
from tied import model_of

from actorgraph.analysis.balance import Balance, balance
from actorgraph.analysis.table_balance import TableBalance
from actorgraph.ledger.load import load
from actorgraph.render.balance import balance_grids

TROOPS = ("--model", "graphs/ukraine-troops", "--as-of", "2026-01-10")
MANY = {"ada": "+++", "bor": "+++", "cup": "+--", "dov": "--+"}
"""Ada and Bor agree; Cup parts with both, on q and r, and so does Dov, on p and q. Cup parts with Dov on p and r.

With Ada and Bor in one camp the sum is 3 within it, 4 between, −1 within the other: 6 of 18."""


def words(*arguments: str) -> str:
    result = ask(*arguments)
    assert 0 == result.exit_code, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def day(tmp_path: Path) -> tuple[str, ...]:
    path = tmp_path / "m.yaml"
    path.write_text(model_of(MANY), encoding="utf-8")
    return "balance", "--model", str(path), "--as-of", "2024-02"


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "ties.csv"
    path.write_text("year,source,target,sign\n1,a,b,1\n1,b,c,1\n1,a,c,-1\n2,a,b,-1\n", encoding="utf-8")
    return str(path)


def test_the_tables(day: tuple[str, ...]) -> None:
    text = words(*day)
    assert "+−− 2 balanced: enemies of enemies are friends −−− 2 not balanced" in text
    assert "Balanced: 0.50, 2 of 4 triangles; 0.50 if the same signs were dealt at random to the same ties." in text
    assert "6 ties of 4 actors: 1 positive, 5 negative." in text
    assert (
        "Frustration index 1 of 6 ties, exact: no camps have fewer ties against them, and others may have as few."
        in text
    )
    assert "CUP DOV − 3 Plan Q Plan P and Plan R" in text
    assert "2: ADA, BOR 2: CUP, DOV" in text
    index = "Two-camp index 0.33, N = 18 pairs of positions, exact: no camps have more, and others may have as much."
    assert f"{index} Its camps are the same." in text
    assert "balance theory (Cartwright & Harary 1956)" in text
    assert text.endswith("12 positions of 4 actors, stated and uncontested.")


def test_where_all_pairs_agree_as_often_as_not_there_are_no_camps(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of({"ada": "+-+-", "bor": "++--", "cup": "-++-"}), encoding="utf-8")
    text = words("balance", "--model", str(path), "--as-of", "2024-02")
    assert (
        "All 3 pairs agree as often as not: there are no ties. Two-camp index 0.00, N = 12 pairs of positions: any two "
        "camps fit as well." in text
    )
    assert not [claim for claim in ("ONE CAMP", "Frustration", "Nothing: all ties fit") if claim in text]


def test_who_fits_two_camps_fits_no_others(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of({"ada": "++", "bor": "--"}), encoding="utf-8")
    text = words("balance", "--model", str(path), "--as-of", "2024-02")
    assert "Two-camp index 1.00, N = 2 pairs of positions, exact: no camps have more. Its camps are the same." in text


@pytest.mark.parametrize("arguments", [(), ("--levels", "scale"), ("--min-shared", "3"), ("--explain",)])
def test_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("balance", *TROOPS, *arguments)
    assert told["structure"]["frustration"] == sum(tie["against"] for tie in told["structure"]["ties"])
    held = told["held"]
    for tie in told["structure"]["ties"]:
        both = set(held[tie["source"]]) & set(held[tie["target"]])
        assert tie["shared"] == len(both)
        assert all(held[end][key]["records"] for end in (tie["source"], tie["target"]) for key in both)
    assert bool(told["rows"]) == ("--explain" in arguments)


def test_csv_of_a_day_is_a_table_of_ties(day: tuple[str, ...], tmp_path: Path) -> None:
    text = ask(*day, "--format", "csv").stdout
    assert list(Balance.COLUMNS) == list(next(iter(csv.DictReader(io.StringIO(text)))))
    (tmp_path / "again.csv").write_text(text, encoding="utf-8")
    assert "Frustration index 1 of 6 ties" in words("balance", str(tmp_path / "again.csv"))


def test_a_table(table: str) -> None:
    told = answer("balance", table, "--windows-in", "year")
    assert [window["structure"]["frustration"] for window in told["windows"]] == [1, 0]
    text = words("balance", table, "--windows-in", "year")
    assert "1 3 2 1 1 0.00 0.00 1 exact 2 2 0 1 0 – – 0 exact" in text
    assert "EXPECTED: the share of balanced triangles if the same signs were dealt at random" in text
    lines = list(csv.DictReader(io.StringIO(ask("balance", table, "--windows-in", "year", "--format", "csv").stdout)))
    assert list(TableBalance.COLUMNS) == list(lines[0])


def test_the_whole_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,1\na,c,-1\n", encoding="utf-8")
    text = words("balance", str(path))
    assert "Balanced: 0.00, 0 of 1 triangle; 0.00 if the same signs were dealt at random to the same ties." in text
    assert "3 ties of 3 actors: 2 positive, 1 negative." in text
    assert "ACTOR ACTOR TIE b c + Assumption" in text
    answer("balance", str(path))


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ({"ada": "."}, "No two actors share 1 proposal: there are no ties."),
        ({"ada": "+"}, "No two actors share 1 proposal: there are no ties."),
        ({"ada": "+.", "bor": ".+"}, "No two actors share 1 proposal: there are no ties."),
        ({"ada": "~", "bor": "~"}, "No two actors share 1 proposal: there are no ties."),
        (
            {"ada": "+", "bor": "-"},
            "no triangles, no share of balanced ones. 1 tie of 2 actors: 0 positive, 1 negative.",
        ),
        ({"ada": "++", "bor": "+-"}, "The only pair agrees as often as not: there are no ties."),
    ],
)
def test_little_gives_a_sentence(tmp_path: Path, positions: dict[str, str], expected: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_of(positions), encoding="utf-8")
    arguments = "balance", "--model", str(path), "--as-of", "2024-02"
    assert expected in words(*arguments)
    answer(*arguments)


@pytest.mark.parametrize("option", [("--min-shared", "2"), ("--as-of", "2024"), ("--explain",), ("-m", "graphs")])
def test_what_is_about_a_model_does_not_go_with_a_table(tmp_path: Path, option: tuple[str, ...]) -> None:
    table = tmp_path / "ties.csv"
    table.write_text("source,target,sign\na,b,1\n", encoding="utf-8")
    result = ask("balance", str(table), *option)
    assert (2, True) == (result.exit_code, "is about a model, and EDGES.csv is none" in result.output)


def test_windows_are_of_a_table() -> None:
    result = ask("balance", "--windows-in", "year")
    assert 2 == result.exit_code
    assert "--windows-in goes with a table of ties" in result.output


@pytest.mark.parametrize("model", ["graphs/ukraine-troops", "graphs/nature-restoration"])
def test_a_table_fits_80_columns_in_a_pipe(model: str) -> None:
    assert max(map(len, ask("balance", "--model", model).stdout.splitlines())) <= 80


def test_of_many_ties_that_go_against_the_camps_and_many_proposals_a_few_are_named(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    table = {f"a{at:02}": "".join(chance.choice(["+", "-"], 7)) for at in range(24)}
    path = tmp_path / "m.yaml"
    path.write_text(model_of(table), encoding="utf-8")
    asked = ("balance", "--model", str(path), "--as-of", "2024-02")
    against = [tie for tie in answer(*asked)["structure"]["ties"] if tie["against"]]
    grid = balance_grids(balance(load(path), as_of="2024-02"))[-1]
    assert 40 == len(grid.lines)
    assert f"{len(against) - 40} more; --format json or csv has all." == grid.below[0]
    assert any("Plan P, Plan Q, Plan R and 2 more" in line for line in grid.lines)
    assert max(cell.count("Plan") for line in grid.lines for cell in line) == 3
