"""What ties two: every weight by every divisor, by hand, by a slow sum, and by their laws."""

from itertools import product
from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.counting.counts import LEVELS, Counts
from actorgraph.analysis.counting.ties import checked_tie, one_mode, two_mode
from actorgraph.analysis.words import DIVISORS, WEIGHTS
from actorgraph.errors import UsageProblem
from actorgraph.vocabulary import POSITIONS, SCALE

SAID = (
    *[("a", "p", "supports")] * 3,
    ("a", "p", "opposes"),
    ("a", "q", "open"),
    *[("b", "p", "supports")] * 2,
    ("b", "q", "opposes"),
    ("b", "r", "opposes"),
    ("c", "s", "supports"),
)
"""N is 5, 4 and 1. On p a has 3 for and 1 against, b has 2 for; on q a is for and b against."""


def counts(said: tuple[tuple[str, str, str], ...] = SAID, levels: str = "binary") -> Counts:
    return Counts(((*one, ()) for one in said), levels=levels)


@pytest.mark.parametrize(
    ("weight", "normalise", "expected"),
    [
        ("ignore", "none", 4 * 2 + 1 * 1),
        ("congruence", "none", 3 * 2),
        ("conflict", "none", 1 * 2 + 1 * 1),
        ("subtract", "none", 6 - 3),
        ("congruence", "average", 6 / ((5 + 4) / 2)),
        ("subtract", "average", 3 / 4.5),
        # m10: a against p (1), a for q (1); m01: b against q, against r; m11: 3 · 2 for p
        ("congruence", "jaccard", 6 / (2 + 2 + 6)),
        ("ignore", "jaccard", 9 / 10),
        ("conflict", "dna-cosine", 3 / (5 * 4)),
        # the lengths of (3, 1, 1) and (2, 1, 1), over proposals and levels
        ("congruence", "cosine", 6 / sqrt(11 * 6)),
        ("conflict", "cosine", 3 / sqrt(11 * 6)),
        # those of (4, 1) and (2, 1, 1), over proposals
        ("ignore", "cosine", 9 / sqrt(17 * 6)),
    ],
)
def test_one_mode_by_hand(weight: str, normalise: str, expected: float) -> None:
    found = one_mode(counts(), weight, normalise)
    assert isclose(expected, found[0, 1])
    assert (found[0, 1], 0, 0) == (found[1, 0], found[0, 2], found[0, 0]), "c has nothing in common with a"


@pytest.mark.parametrize(
    ("weight", "normalise", "expected"),
    [
        ("ignore", "none", [[4, 1, 0, 0], [2, 1, 1, 0], [0, 0, 0, 1]]),
        ("subtract", "none", [[2, 1, 0, 0], [2, -1, -1, 0], [0, 0, 0, 1]]),
        ("subtract", "activity", [[2 / 5, 1 / 5, 0, 0], [2 / 4, -1 / 4, -1 / 4, 0], [0, 0, 0, 1]]),
        ("subtract", "prominence", [[2 / 6, 1 / 2, 0, 0], [2 / 6, -1 / 2, -1, 0], [0, 0, 0, 1]]),
        ("ignore", "prominence", [[4 / 6, 1 / 2, 0, 0], [2 / 6, 1 / 2, 1, 0], [0, 0, 0, 1]]),
    ],
)
def test_two_mode_by_hand(weight: str, normalise: str, expected: list[list[float]]) -> None:
    assert expected == two_mode(counts(), weight, normalise).tolist()


def test_the_values_of_the_scale_are_summed() -> None:
    assert [[2, 0.5, 0, 0], [2, -1, -1, 0], [0, 0, 0, 1]] == two_mode(counts(levels="scale")).tolist()


def test_nothing_of_nothing_is_nothing() -> None:
    nobody = Counts([], levels="binary", actors="ab")
    for weight, normalise in product(WEIGHTS["one"], DIVISORS["one"]):
        assert [[0, 0], [0, 0]] == one_mode(nobody, weight, normalise).tolist()
    for weight, normalise in product(WEIGHTS["two"], DIVISORS["two"]):
        assert [[], []] == two_mode(nobody, weight, normalise).tolist()


@pytest.mark.parametrize(
    ("mode", "weight", "normalise", "message"),
    [
        ("three", None, "none", "no mode 'three'; it is one or two"),
        ("one", "congruense", "none", r"no weight 'congruense' \(did you mean 'congruence'\?\)"),
        ("two", "conflict", "none", "'conflict' is a weight of one-mode networks, not of two-mode ones; it is one of"),
        ("one", "ignore", "activity", "'activity' is a divisor of two-mode networks, not of one-mode ones"),
        ("two", None, "jaccard", "'jaccard' is a divisor of one-mode networks"),
        ("one", None, "nothing", "no divisor 'nothing'"),
    ],
)
def test_words_that_are_none(mode: str, weight: str | None, normalise: str, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        checked_tie(mode, weight, normalise)


statements = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("pqr"), st.sampled_from(POSITIONS)), max_size=20
).map(tuple)
every_tie = st.tuples(
    st.sampled_from(WEIGHTS["one"]), st.sampled_from(DIVISORS["one"]), st.sampled_from(sorted(LEVELS))
)


@given(statements, every_tie)
def test_symmetric_and_bounded(said: tuple[tuple[str, str, str], ...], tie: tuple[str, str, str]) -> None:
    weight, normalise, levels = tie
    found = one_mode(counts(said, levels), weight, normalise)
    assert np.array_equal(found, found.T)
    assert not found.diagonal().any()
    assert np.isfinite(found).all()
    assert weight == "subtract" or (found >= 0).all()
    if normalise in ("cosine", "dna-cosine"):
        assert (np.abs(found) <= 1 + 1e-12).all()
    if normalise == "jaccard" and levels == "binary" and weight == "congruence":
        assert (found <= 1).all()


@given(statements, every_tie, st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(
    said: tuple[tuple[str, str, str], ...], tie: tuple[str, str, str], chance: object
) -> None:
    weight, normalise, levels = tie
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    renamed = {"a": "z", "b": "y", "c": "x", "d": "w"}  # sorted the other way round
    other = counts(tuple((renamed[actor], proposal, position) for actor, proposal, position in shuffled), levels)
    found = one_mode(counts(said, levels), weight, normalise)
    assert np.allclose(found, one_mode(other, weight, normalise)[::-1, ::-1])


@given(statements, every_tie)
def test_by_a_slow_sum(said: tuple[tuple[str, str, str], ...], tie: tuple[str, str, str]) -> None:
    weight, normalise, levels = tie
    counted = counts(said, levels)
    values = {position: SCALE[position] for position in POSITIONS}
    if levels == "binary":
        values = {"supports": 1, "open": 1, "opposes": -1, "sceptical": -1}
    said = tuple(one for one in said if one[2] in values)

    def weighed(i: str, j: str) -> float:
        apart = [
            abs(values[k] - values[m]) / 2
            for actor, p, k in said
            for other, q, m in said
            if (actor, other) == (i, j) and p == q
        ]
        sums = {"ignore": len(apart), "conflict": sum(apart), "congruence": len(apart) - sum(apart)}
        return sums["congruence"] - sums["conflict"] if weight == "subtract" else sums[weight]

    def divisor(i: str, j: str) -> float:
        kind = {position: LEVELS[levels][position] for position in values}
        of_i, of_j = ([(p, kind[k]) for actor, p, k in said if actor == one] for one in (i, j))
        if normalise == "jaccard":
            m10 = sum(one not in of_j for one in of_i)
            m01 = sum(one not in of_i for one in of_j)
            return m10 + m01 + sum(one == other for one in of_i for other in of_j)
        if normalise == "cosine":
            own = [
                sum(
                    1 if weight == "ignore" else 1 - abs(values[k] - values[m]) / 2
                    for actor, p, k in said
                    for other, q, m in said
                    if actor == other == one and p == q
                )
                for one in (i, j)
            ]
            return sqrt(own[0] * own[1])
        by = {"none": 1, "average": (len(of_i) + len(of_j)) / 2, "dna-cosine": len(of_i) * len(of_j)}
        return by[normalise]

    found = one_mode(counted, weight, normalise)
    for (row, i), (column, j) in product(enumerate(counted.actors), repeat=2):
        expected = 0 if i == j or not divisor(i, j) else weighed(i, j) / divisor(i, j)
        assert isclose(expected, found[row, column], abs_tol=1e-12), (i, j)
