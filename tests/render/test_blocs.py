"""Blocs, as a contract and as a reader sees them."""

import csv
import io
from pathlib import Path

import pytest
from asking import answer, ask
from tied import TWO_CAMPS, model_of

from actorgraph.analysis.blocs import Blocs

NATURE = ("--model", "graphs/nature-restoration", "--as-of", "2024-06-17")
TROOPS = ("--model", "graphs/ukraine-troops", "--as-of", "2026-01-10")


@pytest.fixture
def camps(tmp_path: Path) -> tuple[str, ...]:
    path = tmp_path / "m.yaml"
    path.write_text(model_of(TWO_CAMPS), encoding="utf-8")
    return "blocs", "--model", str(path), "--as-of", "2024-02"


def line_of(text: str, title: str) -> str:
    """Return the first line of the table below a title, its words one space apart."""
    lines = text[text.index(title) :].splitlines()
    headings = next(at for at, line in enumerate(lines) if line.isupper())
    return " ".join(lines[headings + 1].split())


def test_the_tables(camps: tuple[str, ...]) -> None:
    text = ask(*camps).stdout
    assert "1 A1, A2, A3 and A4 4 16 4 0.88 (24) 0.91 (4)" == line_of(text, "Who stands with whom?")
    assert "In no bloc: X shares no proposal with anybody; Y takes no side." in text
    assert "50 of 50 seeds gave exactly these blocs" in text
    assert "1 Plan P for: 4 of 4 1.00" == line_of(text, "What holds each bloc together")
    assert "Plan P bloc 1: 4 of 4 bloc 2: 3 of 3" == line_of(text, "What divides the blocs")
    assert "Plan S bloc 1: 3 of 4, bloc 2: 3 of 3 0.53" == line_of(text, "What all blocs could accept")
    assert "1 Plan P 0.83 (4 of 4) 0.20 (0 of 3) 0.033" == line_of(text, "Support inside each bloc")
    assert "A3 1 opposes Plan S for: 3 of 4" == line_of(text, "Who departs")
    assert "corrected by Holm (1979) for 4 tests in all" in " ".join(text.split())


def test_a_majority_that_only_leans_is_told(tmp_path: Path) -> None:
    """On r two of three lean to one side, and one of three to the other; on q nobody leans."""
    signs = {"a1": "+++++", "a2": "++o++", "a3": "++o++", "a4": "++s++"}
    table = {**signs, "b1": "--s--", "b2": "-----", "b3": "-++--", "b4": "-----"}
    (tmp_path / "m.yaml").write_text(model_of(table), encoding="utf-8")
    text = " ".join(ask("blocs", "--model", str(tmp_path / "m.yaml"), "--as-of", "2024-02").stdout.split())
    assert "sceptical Plan R for or open: 3 of 4" in text
    assert "supports Plan Q against: 3 of 4" in text
    assert "supports Plan R against or sceptical: 3 of 4" in text
    assert "For: supports or open; against: opposes or sceptical; neutral and undecided take no side." in text
    partings = answer("blocs", "--model", str(tmp_path / "m.yaml"), "--as-of", "2024-02")["partings"]
    assert {("a4", "r", 2), ("b3", "q", 0), ("b3", "r", 1)} == {
        (parting["actor"], parting["proposal"], parting["leaning"]) for parting in partings
    }


def test_long_lists_are_cut_and_counted_and_whole_with_explain(tmp_path: Path) -> None:
    """Fifteen proposals divide fifty actors, thirty against twenty, one of whom departs on all of them."""
    table = {f"a{at}": "+" * 15 for at in range(30)} | {f"b{at}": "-" * 15 for at in range(20)}
    table = {actor: f"{signs}{'+' * 30}" for actor, signs in table.items()} | {"c": f"{'-' * 15}{'+' * 15}{'-' * 15}"}
    (tmp_path / "m.yaml").write_text(model_of(table), encoding="utf-8")
    asked = ("blocs", "--model", str(tmp_path / "m.yaml"), "--as-of", "2024-02")
    text, explained = ask(*asked).stdout, ask(*asked, "--explain").stdout
    assert "and 10 more" in text.split("What holds")[0]
    for title, left in (("What divides the blocs", 5), ("What all blocs could accept", 20), ("Who departs", 5)):
        assert (
            f"and {left} more: all with --explain and in JSON."
            == text[text.index(title) :].split("\n\n")[2].split("\n")[0]
        )
    assert " more" not in explained.split("Two are tied")[0]


def test_ties_that_rest_on_one_proposal_are_told() -> None:
    assert "rest on one shared proposal alone" in " ".join(ask("blocs", *NATURE).stdout.split())
    assert "Read with care" not in ask("blocs", *TROOPS).stdout


def test_a_bloc_that_is_too_small_to_compare_is_named() -> None:
    text = ask("blocs", *TROOPS).stdout
    assert "No number: bloc 2 has fewer than 3 members." in text
    assert "No number:" not in ask("blocs", *TROOPS, "--min-shared", "1").stdout


def test_seeds_that_disagree_are_told(tmp_path: Path) -> None:
    """A ring of twelve, each of whom agrees with its two neighbours alone, falls into arcs that may begin anywhere."""
    ring = {f"a{at}": "".join("+" if (place - at) % 12 < 2 else "." for place in range(12)) for at in range(12)}
    path = tmp_path / "m.yaml"
    path.write_text(model_of(ring), encoding="utf-8")
    text = " ".join(ask("blocs", "--model", str(path), "--as-of", "2024-02").stdout.split())
    assert "Read with care: other seeds give other blocs." in text
    assert "Loosely in their bloc" in text


def test_where_there_are_no_blocs_it_is_told_in_a_sentence() -> None:
    result = ask("blocs", "--model", "examples/minimal.yaml", "--as-of", "2026-06")
    assert 0 == result.exit_code
    assert "There are no blocs: it takes 3 actors" in result.stdout
    assert "Fishers’ Union and Harbour Board agree with nobody more than they disagree" in " ".join(
        result.stdout.split()
    )
    assert "" == result.stderr


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("where", [NATURE, TROOPS])
@pytest.mark.parametrize("least", ["1", "3"])
@pytest.mark.parametrize("levels", ["binary", "scale"])
def test_answers_keep_the_contract(where: tuple[str, ...], least: str, levels: str) -> None:
    told = answer("blocs", *where, "--min-shared", least, "--levels", levels, "--explain")
    assert told["blocs"]
    assert told["rows"]
    assert [] == answer("blocs", "--model", "examples/minimal.yaml", "--as-of", "2026-06")["blocs"]


def test_explain_lists_the_records(camps: tuple[str, ...]) -> None:
    assert "The records behind the numbers" not in ask(*camps).stdout
    assert "The records behind the numbers" in ask(*camps, "--explain").stdout


def test_csv_has_a_line_for_each_actor(camps: tuple[str, ...]) -> None:
    lines = list(csv.DictReader(io.StringIO(ask(*camps, "--format", "csv").stdout)))
    assert list(Blocs.COLUMNS) == list(lines[0])
    assert 9 == len(lines)


@pytest.mark.parametrize("where", [NATURE, TROOPS])
def test_a_table_fits_80_columns_in_a_pipe(where: tuple[str, ...]) -> None:
    text = ask("blocs", *where).stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
