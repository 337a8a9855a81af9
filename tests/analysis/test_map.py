"""Maps: who is on them and where, and one plain reason where there is none."""

import warnings
from pathlib import Path

import numpy as np
import pytest
from asking import ask
from conftest import SHARED
from folders import loaded

from actorgraph.analysis.map import map_actors
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.render.map import map_grids

SIDES = {
    "ada": "+++++",
    "bor": "++++-",
    "cup": "---++",
    "dov": "-----",
    "eve": "++   ",
    "fay": "     ",
}
"""Who supports (+) or opposes (-) the proposals p0 to p4."""


EVIDENCE = "evidence: [{source: s}]"


def ledger_of(folder: Path, sides: dict[str, str], *, extra: str = "") -> Ledger:
    words = {"+": "supports", "-": "opposes", "0": "neutral"}
    stances = "".join(
        f"  - {{actor: {actor}, position: {words[side]}, proposal: p{at}, date: 2024-01-01, {EVIDENCE}}}\n"
        for actor, line in sides.items()
        for at, side in enumerate(line)
        if side in words
    )
    width = max(map(len, sides.values()))
    return loaded(
        folder,
        "model: {id: m, title: M}\n"
        f"actors:\n{''.join(f'  {actor}: {{name: {actor.title()}, kind: state}}{chr(10)}' for actor in sides)}"
        f"proposals:\n{''.join(f'  p{at}: {{title: P{at}}}{chr(10)}' for at in range(width))}"
        f"{'stances:' + chr(10) + stances if stances else ''}{extra}"
        "sources: {s: {title: S, publisher: S, published: 2024-01-01}}\n",
    )


def test_the_four_that_share_all_are_placed(tmp_path: Path) -> None:
    answer = map_actors(ledger_of(tmp_path, SIDES), as_of="2024-02")
    assert ["ada", "bor", "cup", "dov"] == [point.actor for point in answer]
    assert [("eve", 2, 0)] == [(out.actor, out.positions, out.pairs) for out in answer.not_on_map]
    assert (5, 5, 200, None) == (answer.proposals, answer.fewest_shared, answer.replicates, answer.refused)
    ada, bor, cup, dov = answer
    assert ada.x < bor.x < cup.x < dov.x, "as far as they are apart: 1, 3 and 2 of 5"
    assert (5, ("ada.p0.2024-01-01",)) == (ada.positions, ada.records[:1])
    assert all(0 <= point.half_axes[1] <= point.half_axes[0] for point in answer)
    assert 0 < sum(answer.variance) <= 1
    assert (22, 5, 1) == (answer.counted, answer.speaking, answer.others)


def test_the_shares_of_the_axes_are_those_of_the_eigenvalues(tmp_path: Path) -> None:
    """The distances are worked out by hand: of the five proposals, those on which two take different sides."""
    distances = np.array([[0, 1, 3, 5], [1, 0, 4, 4], [3, 4, 0, 2], [5, 4, 2, 0]]) / 5
    centring = np.eye(4) - 0.25
    values = np.linalg.eigvalsh(-centring @ distances**2 @ centring / 2)[::-1]
    whole, negative = values[values > 0].sum(), -values[values < 0].sum()
    answer = map_actors(ledger_of(tmp_path, SIDES), as_of="2024-02")
    assert answer.variance == pytest.approx((values[:2] / whole).tolist(), abs=1e-6)
    assert (answer.next_axis, answer.negative) == pytest.approx((max(values[2], 0) / whole, negative / whole), abs=1e-6)
    assert negative > 0.01


def test_a_proposal_on_which_two_take_a_side_counts(tmp_path: Path) -> None:
    sides = {"ada": "+++++++ ", "bor": "++++-- -", "cup": "---++   ", "dov": "-----   "}
    assert 6 == map_actors(ledger_of(tmp_path, sides), as_of="2024-02").proposals


def test_one_dimension_is_the_first_of_two(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, SIDES)
    line, plane = (map_actors(ledger, as_of="2024-02", dimensions=dimensions) for dimensions in (1, 2))
    assert [point.x for point in plane] == [point.x for point in line]
    assert plane.variance[:1] == line.variance
    assert {(1, None, None)} == {(len(point.half_axes), point.y, point.angle) for point in line}


ALL_AS_FAR = {"ada": "++++++", "bor": "++----", "cup": "--++--", "dov": "----++"}
"""Each two agree on two of six."""


@pytest.mark.parametrize(
    ("sides", "told"),
    [(ALL_AS_FAR, [True, True]), ({**ALL_AS_FAR, "ada": "+++++-"}, [False, False]), (SIDES, [False, False])],
)
def test_where_other_maps_are_as_good_it_is_told(sides: dict[str, str], told: list[bool], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, sides)
    maps = [map_actors(ledger, as_of="2024-02", dimensions=dimensions) for dimensions in (1, 2)]
    assert told == [answer.next_axis == answer.variance[-1] for answer in maps]
    assert told == ["other maps are as good" in map_grids(answer)[0].below[0] for answer in maps]


def test_explained_by_the_rows_of_those_on_it(tmp_path: Path) -> None:
    answer = map_actors(ledger_of(tmp_path, SIDES), as_of="2024-02", explain=True)
    assert {"ada", "bor", "cup", "dov"} == {row.actor for row in answer.rows}
    assert {record for point in answer for record in point.records} == {
        key for row in answer.rows for key in row.records
    }


@pytest.mark.parametrize(
    ("sides", "least", "expected"),
    [
        ({"ada": "+++++", "bor": "+++++", "cup": "---++"}, 3, ("actors", ("ada", "bor", "cup"), 5, None)),
        ({"ada": "++++", "bor": "+++-", "cup": "--++", "dov": "----"}, 3, ("proposals", (*SIDES,)[:4], 4, None)),
        ({"ada": "+++++", "bor": "+++++", "cup": "+++++", "dov": "+++++"}, 3, ("distances", (*SIDES,)[:4], 5, None)),
        ({"ada": "+++++", "bor": "+++  ", "cup": "--+++", "dov": "-++--"}, 4, ("actors", ("ada", "cup", "dov"), 5, 3)),
        ({"ada": "     ", "bor": "     "}, 3, ("actors", (), 0, None)),
        ({"ada": "+++++"}, 3, ("actors", ("ada",), 0, None)),
        ({"ada": "+    ", "bor": " +   ", "cup": "  +  ", "dov": "   + "}, 1, ("actors", ("ada",), 0, None)),
    ],
)
def test_refused(tmp_path: Path, sides: dict[str, str], least: int, expected: tuple[object, ...]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = map_actors(ledger_of(tmp_path, sides), as_of="2024-02", min_shared=least)
    assert answer.refused is not None
    assert expected == tuple(answer.refused)
    assert ((), (), None, None) == (answer.points, answer.variance, answer.next_axis, answer.negative)


def test_contested_positions_place_nobody(tmp_path: Path) -> None:
    other = "  - {actor: dov, position: supports, proposal: p0, date: 2024-01-01, evidence: [{source: s}]}\n"
    answer = map_actors(ledger_of(tmp_path, SIDES, extra=other), as_of="2024-02")
    assert [5, 5, 5, 4] == [point.positions for point in answer]
    assert (1, 4) == (answer.left_out["contested"], answer.fewest_shared)


def test_two_levels_leave_out_who_takes_no_side(tmp_path: Path) -> None:
    sides = {**SIDES, "dov": "----0"}
    answer = map_actors(ledger_of(tmp_path, sides), as_of="2024-02", levels="binary")
    assert [5, 5, 5, 4] == [point.positions for point in answer]
    assert 1 == answer.left_out["no side"]


@pytest.mark.parametrize("bad", [{"dimensions": 3}, {"min_shared": 0}, {"levels": "ordinal"}])
def test_what_cannot_be_asked(bad: dict[str, object]) -> None:
    with pytest.raises(UsageProblem):
        map_actors(load("examples/minimal.yaml"), as_of="2026", **bad)  # type: ignore[arg-type]


@pytest.mark.thorough
def test_the_votes_of_an_autumn(tmp_path: Path) -> None:
    """Who votes as the United States do is near them, and Cuba is not: nobody needs a map to know that."""
    folder = SHARED / "data" / "unvotes"
    if not folder.is_dir():
        pytest.skip("documents")
    (tmp_path / "un").mkdir()
    (tmp_path / "un" / "model.yaml").write_text("model: {id: un, title: UN}\n", encoding="utf-8")
    window = ("--from", "2014-12", "--to", "2014-12", "--match", "nuclear", "--create", "--yes")
    done = ask("import", "un-votes", str(folder), *window, "--model", str(tmp_path / "un"))
    assert 0 == done.exit_code, done.output
    answer = map_actors(load(tmp_path / "un"), as_of="2014-12-31")
    assert len(answer) > 150
    at = {point.actor: complex(point.x, point.y or 0) for point in answer}
    us, uk, israel, cuba = (at[name] for name in ("united-states", "united-kingdom", "israel", "cuba"))
    assert max(abs(us - uk), abs(us - israel)) < abs(us - cuba) / 2
    assert answer.variance[0] > 0.5


def test_names_and_order_do_not_matter(tmp_path: Path) -> None:
    """A map of the same positions under other names is the same, perhaps seen in a mirror."""
    renamed = dict(zip(("zoe", "yul", "xia", "wim", "val", "una"), SIDES.values(), strict=True))
    one, other = (
        {point.actor: point for point in map_actors(ledger_of(tmp_path, sides), as_of="2024-02")}
        for sides in (SIDES, renamed)
    )
    for name, alias in zip(SIDES, renamed, strict=True):
        if name in one:
            assert abs(one[name].x) == pytest.approx(abs(other[alias].x), abs=1e-5)
            assert one[name].half_axes == pytest.approx(other[alias].half_axes, abs=1e-4)
