"""Series, as a contract and as a reader sees them."""

import csv
import io
from dataclasses import replace

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

from actorgraph.analysis.series import series
from actorgraph.ledger.load import load
from actorgraph.render.series import series_grids

LAW = ("--model", "graphs/nature-restoration", "--as-of", "2024-06-30")

GOLDEN = [
    ("series-support", ("series", "support", "harbour", "--as-of", "2026-06", *HARBOUR)),
    (
        "series-agreement",
        ("series", "agreement", "--on-same-proposals", "--sensitivity", "--from", "2024-03", "--top", "2", *LAW),
    ),
    ("series-window", ("series", "agreement", "--window", "6mo", "--step", "3mo", "--top", "1", *LAW)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.mark.parametrize(
    "arguments",
    [
        ("agreement",),
        ("agreement", "france", "uk"),
        ("agreement", "--on-same-proposals", "--sensitivity", "--levels", "scale"),
        ("agreement", "--every", "1mo", "--from", "2025-06"),
        ("agreement", "--window", "3mo", "--step", "1mo", "--duplicates", "all", "--explain"),
        ("index",),
        ("index", "multinational-force", "--kind", "state"),
        ("support", "multinational-force", "--explain"),
        ("support", "multinational-force", "--window", "3mo"),
        ("two-camp", "--top", "1"),
        ("balance", "--sensitivity", "--min-shared", "1"),
    ],
)
def test_series_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("series", *arguments, "--as-of", "2026-01-10")
    assert told["points"]
    assert all({*told["lines"]} == {*point["values"]} for point in told["points"])
    assert bool(told["rows"]) == ("--explain" in arguments)


def test_csv_has_a_line_for_each_value_of_each_point() -> None:
    text = ask("series", "support", "harbour", "--as-of", "2025-12-31", "--format", "csv", *HARBOUR).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [
        ("2025-11-20", "for", "1"),
        ("2025-11-20", "against", "0"),
        ("2025-11-20", "between", "0"),
        ("2025-11-20", "contested", "0"),
        ("2025-12-03", "for", "1"),
        ("2025-12-03", "against", "0"),
        ("2025-12-03", "between", "2"),
        ("2025-12-03", "contested", "0"),
    ] == [(row["date"], row["line"], str(int(float(row["value"])))) for row in rows]


def test_a_long_table_has_the_last_point_of_each_period_and_says_so() -> None:
    shown = ask("series", "agreement", "--every", "1w", *LAW).stdout
    assert "points: of each month the last; `--format csv` or json has all of them." in shown


def test_nothing_to_measure_is_said_in_a_sentence() -> None:
    shown = ask("series", "agreement", "--as-of", "2000", *HARBOUR).stdout
    assert "No position that counts bears on it in that time." in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("support",), "support is about one proposal"),
        (("agreement", "olsen"), "agreement is about two actors, or nobody"),
        (("agreement", "olsen", "olsen"), "agrees with itself"),
        (("balance", "olsen"), "balance is about all actors: it takes no name"),
        (("index", "--levels", "scale"), "levels of its own"),
        (("index", "--window", "1y"), "counts actors, not statements"),
        (("agreement", "--window", "30y"), "no window of 30y lies between"),
        (("agreement", "--step", "1y"), "go with a window"),
        (("agreement", "--every", "1y", "--window", "1y"), "not both"),
        (("agreement", "--every", "soon"), "not a length of time"),
        (("agreement", "--every", "0d"), "is no step"),
        (("agreement", "--from", "2027"), "that is before"),
        (("agreement", "--to", "2027"), "cannot go to 2027-12-31"),
        (("support", "harbour", "--sensitivity"), "support counts"),
        (("two-camp", "--on-same-proposals"), "not of two-camp"),
        (("agreement", "--window", "1mo", "--sensitivity"), "goes with days"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    result = ask("series", *arguments, "--as-of", "2026-06", *HARBOUR)
    assert (2, True) == (result.exit_code, said in result.stderr), result.stderr


def test_a_bound_is_told_where_one_stands() -> None:
    camps = series(load("graphs/ukraine-troops"), "two-camp", as_of="2026-01-10")
    assert "BOUND" not in "".join(text for grid in series_grids(camps) for text in (*grid.headings, *grid.below))
    points = tuple(point._replace(bound=point.bound and 1.5) for point in camps.points)
    grids = series_grids(replace(camps, points=points))
    assert "BOUND" in grids[0].headings
    assert "Where it is less than its BOUND, no better split was found" in "".join(grids[-1].below)
