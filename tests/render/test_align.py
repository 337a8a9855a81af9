"""Who agrees with whom, as a contract, and as a reader sees it."""

import csv
import io
from pathlib import Path

import pytest
from asking import answer, ask
from folders import option_naming
from generator import model_text

from actorgraph.analysis.align import Alignment

TROOPS = ("--model", "graphs/ukraine-troops", "--as-of", "2026-01-10")
NATURE = ("--model", "graphs/nature-restoration", "--as-of", "2024-07")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("France",),
        ("Germany",),
        ("--levels", "scale"),
        ("--corrected", "cohen"),
        ("--sensitivity", "--explain"),
        ("France", "--explain"),
        ("--min-shared", "1", "--kind", "state"),
    ],
)
def test_answers_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("align", *arguments, *TROOPS)
    assert told["asked_pairs"] == told["enough"] + told["too_few"] + told["none"]
    for pair in told["pairs"]:
        assert len(pair["records"]) > 0
        if pair["shared"] >= told["query"]["min_shared"]:
            assert pair["agreement"] + pair["conflict"] == pair["shared"]
        else:
            assert [None] * 4 == [pair[key] for key in ("agreement", "conflict", "share", "corrected")]
    assert bool(told["rows"]) == ("--explain" in arguments)


@pytest.mark.parametrize(
    "arguments", [(), ("France",), ("--sensitivity",), ("--levels", "scale", "--explain"), ("Poland",)]
)
def test_a_table_fits_80_columns_in_a_pipe(arguments: tuple[str, ...]) -> None:
    for model in (TROOPS, NATURE):
        text = ask("align", *arguments, *model).stdout
        assert max(map(len, text.splitlines())) <= 80


def test_every_number_stands_beside_its_n() -> None:
    text = ask("align", *TROOPS).stdout
    assert ["France", "United", "Kingdom", "7", "7", "0", "1.00", "1.00"] == _line(text, "France ").split()
    assert "78 pairs: 10 share at least 3 proposals, 11 share fewer and have no number, 57\nshare none." in text
    assert "Scott’s π takes off what two would agree on by chance" in text
    assert "75 positions of 13 actors, stated and uncontested, 1 on conditions; 32 other" in text


def _line(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def test_which_formula_is_said() -> None:
    text = ask("align", "--corrected", "cohen", *TROOPS).stdout
    assert "COHEN κ" in text
    assert "Cohen’s κ takes off" in text
    on_the_scale = " ".join(ask("align", "--levels", "scale", *TROOPS).stdout.split())
    assert "if both took each position as often" in on_the_scale
    assert "weighted by how far" in on_the_scale


def test_where_no_pair_shares_enough_it_says_so_and_what_can_be_asked() -> None:
    assert (
        ask("align", *NATURE).stdout
        == """\
Who agrees with whom, nearest first?
As of 2024-07-31 · only what was stated · model nature-restoration

No pair shares 3 proposals or more, so none has a number. Of 666 pairs, 666
share 1 to 2 and 0 share none.
What can be asked instead: `--min-shared 1` ranks them all the same,
`actorgraph blocs` shows who stands together, `actorgraph tally` how many stand
where.
49 positions of 37 actors, stated and uncontested; 3 other actors take none that
counts; left out: 1 contested, 1 no side.
"""
    )


def test_of_one_actor_those_with_whom_it_shares_too_few_are_named() -> None:
    text = ask("align", "France", *TROOPS).stdout
    assert "Too few shared (how many, in brackets): Russia (2), Ukraine (2)," in text
    assert "Germany shares no proposal with anybody." in ask("align", "Germany", *TROOPS).stdout


def test_of_many_pairs_the_nearest_and_the_farthest_are_shown() -> None:
    text = ask("align", "--min-shared", "1", *NATURE).stdout
    assert "626 more stand between these; `--format csv` or json has all of them." in " ".join(text.split())
    assert any(line.startswith("…") for line in text.splitlines())
    lines = list(csv.DictReader(io.StringIO(ask("align", "--min-shared", "1", *NATURE, "--format", "csv").stdout)))
    assert 666 == len(lines)
    assert list(Alignment.COLUMNS) == list(lines[0])


def test_the_range_and_which_source_moves_it() -> None:
    text = ask("align", "--sensitivity", *TROOPS).stdout
    assert "0.67–1.00" in text
    assert "[1] Brighteon network 2026-01-07" in " ".join(text.split())


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("ending", ["svg", "png"])
@pytest.mark.parametrize("arguments", [(), ("France",), ("France", "UK")])
def test_a_picture_of_it(tmp_path: Path, arguments: tuple[str, ...], ending: str) -> None:
    pytest.importorskip("matplotlib")
    out = tmp_path / f"x.{ending}"
    result = ask("align", *arguments, *TROOPS, "-o", str(out))
    assert (0, "") == (result.exit_code, result.stdout)
    drawn = out.read_bytes()
    assert ask("align", *arguments, *TROOPS, "-o", str(out)).exit_code == 0
    assert drawn == out.read_bytes(), "same answer, same bytes"
    if ending == "svg":
        text = drawn.decode()
        assert "As of 2026-01-10" in text
        assert "stated and uncontested" in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("Germany",), "there is nothing to draw. Germany shares no proposal with anybody."),
        (("Poland", "Turkey"), "there is nothing to draw. Poland and Turkey share no proposal: there is none"),
        (
            ("--min-shared", "99"),
            "there is nothing to draw. No pair shares 99 proposals or more, so none has a number.",
        ),
    ],
)
def test_nothing_is_drawn_where_there_is_nothing(tmp_path: Path, arguments: tuple[str, ...], expected: str) -> None:
    out = tmp_path / "x.svg"
    result = ask("align", *arguments, *TROOPS, "-o", str(out))
    assert 2 == result.exit_code
    assert expected in " ".join(result.output.split())
    assert not out.exists()


def test_a_picture_has_n_in_each_cell_and_marks_where_there_is_no_number(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    out = tmp_path / "x.svg"
    ask("align", *TROOPS, "-o", str(out))
    text = out.read_text(encoding="utf-8")
    assert ">0.75<" in text
    assert "x: fewer than 3, so no number" in text
    assert ">United Kingdom<" in text


@pytest.mark.thorough
def test_a_picture_of_many_draws_those_who_share_enough_with_most(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    model = tmp_path / "big.yaml"
    model.write_text(model_text(3000), encoding="utf-8")
    out = tmp_path / "x.svg"
    ask("align", "--model", str(model), "--as-of", "2026", "--min-shared", "2", "-o", str(out))
    assert "45 of " in out.read_text(encoding="utf-8")


BOUND = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}, b: {name: Bor, kind: state}}
proposals: {p: {title: P}, q: {title: Q}}
conditions: {k: {title: K}}
sources: {s: {title: S, publisher: S, published: 2025-02-01}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2025-01-01, if: k, evidence: [{source: s}]}
  - {actor: a, position: neutral, proposal: q, date: 2025-01-01, if: k, evidence: [{source: s}]}
  - {actor: b, position: supports, proposal: p, date: 2025-01-01, evidence: [{source: s}]}
"""


@pytest.mark.parametrize(
    "question",
    [
        *("align --min-shared 1", "align a b --min-shared 1", "match b --min-shared 1", "blocs --min-shared 1"),
        *("network", "balance", "map --min-shared 1", "series agreement --min-shared 1"),
    ],
)
def test_every_measure_says_how_many_positions_depend_on_conditions(tmp_path: Path, question: str) -> None:
    asked = (*question.split(), "--as-of", "2025-06", *option_naming(tmp_path, BOUND))
    text = " ".join(ask(*asked).stdout.split())
    number = {"map": 2}.get(question.split(maxsplit=1)[0], 1)  # on a map who is neutral has a place, too
    assert (", on conditions" if "match" in question else f", {number} on conditions") in text
    assert number == answer(*asked)["conditional"]
    assert "on conditions" not in ask(*asked, "--assume", "k").stdout


def test_statements_depend_on_nothing(tmp_path: Path) -> None:
    asked = ("network", "--window", "2025-01/2025-02", *option_naming(tmp_path, BOUND))
    assert answer(*asked)["conditional"] is None
    assert "on conditions" not in ask(*asked).stdout
