"""Counts: what agreement and conflict are worked out from, by small cases worked out by hand, and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.counting.counts import LEVELS, Counts, RecordsBehind
from actorgraph.errors import UsageProblem
from actorgraph.vocabulary import POSITIONS, SCALE

SAID = (
    ("a", "p", "supports"),
    ("a", "p", "supports"),
    ("a", "q", "open"),
    ("b", "p", "opposes"),
    ("b", "q", "neutral"),
)


def counts(*said: tuple[str, str, str], levels: str = "binary") -> Counts:
    return Counts(((*one, (f"r{at}",)) for at, one in enumerate(said)), levels=levels)


class Unreadable(tuple[str, ...]):
    """What has records that nobody should ask for."""

    __slots__ = ()

    @property
    def records(self) -> tuple[str, ...]:
        raise AssertionError("the records were read")


def test_who_asks_which_records_there_are_reads_none() -> None:
    behind = RecordsBehind({("a", "p"): Unreadable(), ("b", "p"): [Unreadable(), ("r",)]})
    assert ("a", "p") in behind
    assert ("a", "q") not in behind
    assert [("a", "p"), ("b", "p")] == list(behind)
    assert [("b", "p")] == list(behind.only({("b", "p")}))


def test_for_and_against_alone() -> None:
    counted = counts(*SAID)
    assert ("a", "b") == counted.actors
    assert [3, 1] == counted.activity.tolist()
    assert [[0, 2], [2, 0]] == counted.conflict().tolist() == counted.same_proposals().tolist()
    assert [[0, 0], [0, 0]] == counted.congruence().tolist()
    assert [[0, 1], [1, 0]] == counted.shared().tolist()
    assert {"no side": 1} == dict(counted.left_out)
    assert ("r0", "r1") == counted.records["a", "p"]


def test_the_whole_scale() -> None:
    counted = counts(*SAID, levels="scale")
    assert [[0, 0.75], [0.75, 0]] == counted.congruence().tolist(), "open and neutral are a quarter of the scale apart"
    assert [[0, 2.25], [2.25, 0]] == counted.conflict().tolist()
    assert {} == dict(counted.left_out)


def test_the_range_is_that_of_the_scale_and_not_of_the_data() -> None:
    counted = counts(("a", "p", "neutral"), ("b", "p", "open"), levels="scale")
    assert 0.25 == counted.conflict()[0, 1]


@pytest.mark.parametrize("levels", ["binry", "", "scales"])
def test_levels_that_are_none(levels: str) -> None:
    with pytest.raises(UsageProblem, match="no levels"):
        counts(levels=levels)


def test_too_many_to_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actorgraph.analysis.counting.positions.MOST_CELLS", 3)
    with pytest.raises(UsageProblem, match="2 actors and 1 proposals are too many to compare"):
        counts(("a", "p", "supports"), ("b", "p", "opposes"))


statements = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("pqr"), st.sampled_from(POSITIONS)), max_size=20
)


@given(statements, st.sampled_from(sorted(LEVELS)))
def test_agreement_and_conflict_are_all_that_two_say_of_the_same(said: list[tuple[str, str, str]], levels: str) -> None:
    counted = counts(*said, levels=levels)
    congruence, conflict = counted.congruence(), counted.conflict()
    assert np.array_equal(congruence + conflict, counted.same_proposals())
    for matrix in (congruence, conflict, counted.shared()):
        assert np.array_equal(matrix, matrix.T)
        assert (matrix >= 0).all()
        assert not matrix.diagonal().any()


@given(statements, st.sampled_from(sorted(LEVELS)), st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(said: list[tuple[str, str, str]], levels: str, chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    renamed = {"a": "z", "b": "y", "c": "x", "d": "w"}  # sorted the other way round
    other = counts(*((renamed[actor], proposal, position) for actor, proposal, position in shuffled), levels=levels)
    counted = counts(*said, levels=levels)
    assert np.array_equal(counted.congruence(), other.congruence()[::-1, ::-1])
    assert np.array_equal(counted.conflict(), other.conflict()[::-1, ::-1])


@given(statements)
def test_by_a_slow_sum(said: list[tuple[str, str, str]]) -> None:
    counted = counts(*said, levels="scale")
    for i, actor in enumerate(counted.actors):
        for j, other in enumerate(counted.actors):
            slow = sum(
                1 - abs(SCALE[position] - SCALE[against]) / 2
                for one, proposal, position in said
                for another, on, against in said
                if (one, another) == (actor, other) and proposal == on and actor != other
            )
            assert slow == counted.congruence()[i, j]
