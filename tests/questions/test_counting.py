"""Counting: each actor stands in one place, by example, and the bounds of the agreement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.questions.behind import Quantity
from actorgraph.questions.counting import AGAINST, BETWEEN, FOR, agreement_index, asked_about, count, standings, subset
from actorgraph.questions.rows import NOTHING_SAID, Row
from actorgraph.vocabulary import POSITIONS, SCALE

votes = st.lists(st.integers(0, 1000), min_size=3, max_size=3)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((4, 0, 0), 1.0),
        ((0, 0, 7), 1.0),
        ((2, 2, 0), 0.25),
        ((1, 1, 1), 0.0),
        ((3, 2, 1), 0.25),
        ((6, 3, 1), 0.4),
        ((1, 2, 0), 0.5),
        ((0, 0, 0), None),
    ],
)
def test_the_agreement_index(counts: tuple[int, int, int], expected: float | None) -> None:
    assert expected == agreement_index(*counts)


@given(votes)
def test_agreement_is_the_formula_of_its_source_and_lies_between_0_and_1(counts: list[int]) -> None:
    index = agreement_index(*counts)
    if index is None:
        assert [0, 0, 0] == counts
        return
    most, total = max(counts), sum(counts)
    assert index == pytest.approx((most - (total - most) / 2) / total, abs=0.00005)
    assert 0 <= index <= 1
    if index == 1:
        assert most / total > 0.9999
    if most == total:
        assert 1 == index


@given(st.permutations([5, 3, 1]))
def test_agreement_does_not_ask_which_side_is_larger(counts: list[int]) -> None:
    assert agreement_index(5, 3, 1) == agreement_index(*counts)


def test_for_against_and_between_are_all_positions() -> None:
    assert sorted(POSITIONS) == sorted((*FOR, *AGAINST, *BETWEEN))
    assert {-0.5, 0, 0.5} == {SCALE[position] for position in BETWEEN}


def said(position: str, kind: str = "stance", **keys: object) -> Row:
    """Return a row of a on p: stated, certain, uncontested and without conditions, but for these keys."""
    usual = {"actor": "a", "proposal": "p", "basis": "stated", "earliest": None, "contested": False, "conditions": ()}
    return NOTHING_SAID._replace(kind=kind, position=position, **{**usual, **keys})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([said("supports")], ("supports", False, None)),
        ([said("supports", conditions=("c",))], ("supports", True, None)),
        ([said("supports", conditions=("c",)), said("supports", conditions=("d",))], ("supports", True, None)),
        ([said("supports", conditions=("c",)), said("supports")], ("supports", False, None)),
        ([said("supports", contested=True)], ("contested", False, None)),
        ([said("supports", conditions=("c",)), said("opposes", conditions=("not:c",))], ("alternatives", False, None)),
        ([said("supports", basis="inferred")], (None, False, "supports")),
        ([said("supports", basis="inferred", contested=True)], (None, False, "contested")),
        (
            [
                said("supports", basis="inferred", conditions=("c",)),
                said("opposes", basis="inferred", conditions=("not:c",)),
            ],
            (None, False, "contested"),
        ),
        ([said("opposes", basis="inferred", conditions=("c",)), said("supports")], ("supports", False, None)),
        ([said("opposes", earliest="2024-01-01"), said("supports")], ("supports", False, None)),
        ([said("opposes", earliest="2024-01-01")], ("possible", False, None)),
        ([said("pledges", "commitment")], ("commitment_only", False, None)),
        ([said("pledges", "commitment", earliest="2024-01-01")], ("possible", False, None)),
        (
            [said("pledges", "commitment"), said("declines", "commitment", earliest="2024-01-01")],
            ("commitment_only", False, None),
        ),
        ([said("pledges", "commitment"), said("opposes", earliest="2024-01-01")], ("possible", False, None)),
        ([said("pledges", "commitment"), said("opposes", basis="inferred")], ("commitment_only", False, "opposes")),
    ],
)
def test_where_an_actor_stands(rows: list[Row], expected: tuple[object, ...]) -> None:
    assert expected == standings(rows)["p"]["a"][:3] == standings(rows[::-1])["p"]["a"][:3]


def test_what_is_contested_is_no_stage_and_in_no_sum() -> None:
    rows = [
        said("pledges", "commitment", contested=True, amount=Quantity(5, 5, "t")),
        said("declines", "commitment", contested=True),
        said("pledges", "commitment", actor="b", amount=Quantity(3, 3, "t")),
    ]
    counted = count(("p", "P"), asked_about(standings(rows)["p"], "ab", {}), subset(None, None, {}))
    assert {"pledges": 1} == {stage: number for stage, number in counted.commitments.items() if number}
    assert (1, 2, (("pledges", "t", 3, 3, 0, 1),)) == (
        counted.contested_commitments,
        counted.commitment_only,
        counted.amounts,
    )


def test_a_sum_has_a_lower_end_where_any_amount_has_one_and_an_upper_end_where_all_have() -> None:
    def total(*amounts: Quantity) -> tuple[object, ...]:
        rows = [
            NOTHING_SAID._replace(actor=str(at), kind="commitment", position="pledges", proposal="p", amount=amount)
            for at, amount in enumerate(amounts)
        ]
        asked = asked_about(standings(rows)["p"], (), {})
        (summed,) = count(("p", "P"), asked, subset(None, None, {})).amounts
        return summed.at_least, summed.at_most

    assert (0.3, 0.3) == total(Quantity(0.1, 0.1, "t"), Quantity(0.2, 0.2, "t"))
    assert (3, None) == total(Quantity(1, None, "t"), Quantity(2, 2, "t"))
    assert (None, 3) == total(Quantity(None, 1, "t"), Quantity(None, 2, "t"))
    assert (1, 3) == total(Quantity(1, 1, "t"), Quantity(None, 2, "t"))
