"""Curves: values and N of points, from what moves between them."""

from typing import NoReturn

import pytest

from actorgraph.analysis.camps import two_camps
from actorgraph.analysis.over_time import curves
from actorgraph.analysis.over_time.curves import (
    agreement_curve,
    index_curve,
    speaking_over_time,
    support_curve,
    two_camp_curve,
)
from actorgraph.analysis.over_time.shifts import Shift
from actorgraph.errors import UsageProblem

FIRST = {"a": (0, 1), "b": (0, 1), "c": (1, 0)}
SECOND = {"a": (0, 1), "b": (1, 0), "d": (1, 0)}
SHIFTS = [Shift(0, "p", {}, FIRST), Shift(1, "p", FIRST, SECOND)]


def test_agreement_of_statements_counts_each_with_each() -> None:
    """a said it twice for and once against, b once for: two pairs agree, one does not."""
    curve = agreement_curve((0.0, 1.0)).curve([Shift(0, "p", {}, {"a": (1, 2), "b": (0, 1)})], 2)
    assert ([[0.667, 0.667]], [3.0, 3.0]) == (curve.values.round(3).tolist(), curve.n.tolist())


def test_on_the_same_leaves_out_who_comes_and_who_goes() -> None:
    """Only a and b stand at both points: they agree at the first and part at the second."""
    then, now = agreement_curve((0.0, 1.0)).on_the_same(SHIFTS, 2)
    assert (1.0, 1.0, 0.0, 1.0) == (then.values[0, 1], then.n[1], now.values[0, 1], now.n[1])


def test_the_mean_index_leaves_small_proposals_out_and_one_proposal_keeps_its_n() -> None:
    votes = [Shift(0, "p", {}, {"a": (1, 0, 0), "b": (1, 0, 0)}), Shift(1, "q", {}, {"a": (0, 1, 0)})]
    mean, one = (index_curve(2, of_one=of_one).curve(votes, 2) for of_one in (False, True))
    assert ([[1.0, 1.0]], [2.0, 2.0], [2.0, 3.0]) == (mean.values.tolist(), mean.n.tolist(), one.n.tolist())


def test_the_mean_index_is_of_indices_that_are_not_rounded() -> None:
    """Of 5 to 4 it is 1/3, of 6 to 4 it is 0.4: two of the one and one of the other have a mean of 16/45."""
    votes = {"p": (5, 4), "q": (5, 4), "r": (6, 4)}
    shifts = [
        Shift(0, proposal, {}, {f"a{at}": (int(at < many), 0, int(at >= many)) for at in range(many + others)})
        for proposal, (many, others) in votes.items()
    ]
    curve = index_curve(3, of_one=False).curve(shifts, 1)
    assert ([[round(16 / 45, 9)]], [28.0]) == (curve.values.round(9).tolist(), curve.n.tolist())


def test_support_counts_the_contested_and_not_in_n() -> None:
    curve = support_curve().curve([Shift(1, "p", {}, {"a": (0, 0, 1, 0), "b": (0, 0, 0, 1)})], 2)
    assert ([[0, 0], [0, 0], [0, 1], [0, 1]], [0, 1]) == (curve.values.tolist(), curve.n.tolist())


def test_an_actor_on_two_proposals_speaks_once() -> None:
    shifts = [*SHIFTS, Shift(1, "q", {}, {"a": (1, 0)})]
    assert ((3, 3), (3, 4)) == tuple(speaking_over_time(shifts, 2))


def test_what_is_contested_is_no_position() -> None:
    contested = Shift(0, "p", {}, {"a": (1, 0, 0, 0), "b": (0, 0, 0, 1)})
    assert ((1,), (1,)) == tuple(speaking_over_time([contested], 1, 3))


def test_too_many_splits_are_refused_before_any_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    def searched(*_: object) -> NoReturn:
        raise AssertionError("it was searched for")

    monkeypatch.setattr(two_camps, "two_camps", searched)
    monkeypatch.setattr(curves, "MOST_SEARCHED", 5)
    with pytest.raises(UsageProblem, match="the best split of 3 actors at so many points takes too long"):
        two_camp_curve((0.0, 1.0)).curve(SHIFTS, 2)
