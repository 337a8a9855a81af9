"""Lenses: they have what a ledger without the evidence has, and are counted before any is worked out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from generator import model_text
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.ledger.lenses import grades_of, lenses_of
from actorgraph.ledger.load import load
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.vocabulary import parts_of_grade

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HOLDINGS = f"SELECT {', '.join(HOLDING_COLUMNS)} FROM holdings"


@pytest.mark.thorough
@pytest.mark.parametrize("case", ["graphs/nature-restoration", "tests/explorer/models/contested.yaml", "1", "2"])
def test_a_lens_has_what_the_ledger_without_the_evidence_has(case: str, tmp_path: Path) -> None:
    path = tmp_path / "model.yaml" if case.isdigit() else case
    if case.isdigit():
        (tmp_path / "model.yaml").write_text(model_text(120, seed=int(case)), encoding="utf-8")
    lenses, too_many = lenses_of(load(path))
    assert ((), True) == (too_many, any(lens.min_grade for lens in lenses))
    for lens in lenses:
        without = [lens.without] if lens.without else []
        left = load(path, without=without, min_grade=lens.min_grade)
        assert sorted(map(str, left.rows(HOLDINGS))) == sorted(map(str, lens.lines)), (lens.without, lens.min_grade)
        assert {tie.id for tie in left.things("relation")} == {tie.id for tie in lens.left.relations}
        assert left.latest_source_date == lens.latest_source_date


def test_a_lens_is_one_of_what_counts_already() -> None:
    path = "graphs/ukraine-troops"
    lenses, _ = lenses_of(load(path, without=["rt-2025-05-28"], min_grade="D4"))
    lens = next(one for one in lenses if one.min_grade == "C3")
    left = load(path, without=["rt-2025-05-28"], min_grade="C3")
    assert sorted(map(str, left.rows(HOLDINGS))) == sorted(map(str, lens.lines))
    assert "rt-2025-05-28" not in {one.without for one in lenses}


@pytest.mark.parametrize(("most", "expected"), [(20, ()), (19, ("without",)), (9, ("without", "grade"))])
def test_too_many_are_counted_by_kind(most: int, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The harbour has five statements, of four sources, in evidence of two grades that leave some of it out."""
    monkeypatch.setattr("actorgraph.ledger.lenses.MOST_READ", most)
    lenses, too_many = lenses_of(load("examples/minimal.yaml"))
    assert expected == too_many
    assert [4 * ("without" not in expected), 2 * ("grade" not in expected)] == [
        sum(lens.without is not None for lens in lenses),
        sum(lens.min_grade is not None for lens in lenses),
    ]


MARKS = st.one_of(st.none(), st.builds(str.__add__, st.sampled_from("ABCDEF?"), st.sampled_from("123456?")))


@given(st.lists(MARKS, max_size=12))
def test_each_grade_leaves_other_evidence_and_every_grade_is_among_them(marks: Sequence[str | None]) -> None:
    def left(least: str) -> tuple[int, ...]:
        needed = parts_of_grade(least)
        reached = [all(map(str.__le__, parts_of_grade(mark), needed)) for mark in marks]
        return tuple(number for number, is_left in enumerate(reached) if is_left)

    found = [left(least) for least in grades_of(marks)]
    assert len(set(found)) == len(found)
    whole = {(), tuple(range(len(marks)))}
    assert {left(f"{letter}{digit}") for letter, digit in product("ABCDEF", "123456")} - whole == set(found) - whole
    assert not whole & set(found)
