"""Shares of support, the z-test and Holm's correction: by hand, and their laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.counting.proportions import Votes, consensus, holm, two_proportions

groups = st.integers(1, 500).flatmap(lambda n: st.builds(Votes, st.integers(0, n), st.just(n)))
chances = st.lists(st.floats(0, 1), max_size=12)


def test_the_z_test_by_hand() -> None:
    """8 of 10 against 2 of 10: pooled 1/2, standard error √(1/2 · 1/2 · (1/10 + 1/10)) = √0.05; 0.6 / √0.05 = 2.683.

    A table of the normal distribution has 0.0036 above 2.683.
    """
    found = two_proportions(Votes(8, 10), Votes(2, 10))
    assert 2.683 == pytest.approx(found.z, abs=1e-3)
    assert 2 * 0.00365 == pytest.approx(found.p, abs=2e-5)


def test_both_tails_of_the_normal_distribution() -> None:
    stats = pytest.importorskip("scipy.stats")
    found = two_proportions(Votes(15, 24), Votes(56, 71))
    assert 2 * stats.norm.sf(abs(found.z)) == pytest.approx(found.p)


@pytest.mark.parametrize("in_favour", [0, 1])
def test_where_all_say_the_same_nothing_differs(in_favour: int) -> None:
    assert (0, 1) == two_proportions(Votes(4 * in_favour, 4), Votes(9 * in_favour, 9))


def test_holm_by_hand() -> None:
    """0.01 · 3 = 0.03; 0.02 · 2 = 0.04; 0.021 · 1 is below that, and so 0.04, too."""
    assert [0.04, 0.03, 0.04] == pytest.approx(list(holm([0.02, 0.01, 0.021])))


@given(chances)
def test_holm_keeps_the_order_and_lets_nothing_shrink(raw: list[float]) -> None:
    corrected = holm(raw)
    assert all(before <= after <= 1 for before, after in zip(raw, corrected, strict=True))
    pairs = sorted(zip(raw, corrected, strict=True))
    assert [after for _, after in pairs] == sorted(after for _, after in pairs)
    assert len(set(raw)) == len(raw) or all(
        len({after for before, after in pairs if before == same}) == 1 for same in raw
    )


@given(chances)
def test_holm_does_not_hang_on_the_order(raw: list[float]) -> None:
    assert holm(raw) == holm(raw[::-1])[::-1]


@given(groups, groups)
def test_a_test_is_the_same_from_either_side(inside: Votes, outside: Votes) -> None:
    one, other = two_proportions(inside, outside), two_proportions(outside, inside)
    assert one.z == pytest.approx(-other.z)
    assert one.p == pytest.approx(other.p)
    assert 0 <= one.p <= 1


@given(st.lists(groups, min_size=1, max_size=6))
def test_shares_are_inside_their_bounds(votes: list[Votes]) -> None:
    assert all(0 < group.share < 1 for group in votes)
    assert 0 < consensus(votes) <= min(group.share for group in votes)
