"""Partitions: who is in one bloc with whom by the ties alone, how surely, and how far two of them agree."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from tied import TWO_TRIANGLES, random_ties

from actorgraph.analysis.camps.partition import adjusted_rand_index, partition_of, positive_part
from actorgraph.errors import UsageProblem


def test_two_triangles_are_two_blocs() -> None:
    found = partition_of(TWO_TRIANGLES)
    assert ((0, 1, 2), (3, 4, 5)) == found.blocs
    assert () == found.untied
    assert (1.0, 50, 50) == (found.stability, found.agreeing, found.seeds)
    assert (1.0, 1.0, 0.0) == (found.together[0, 0], found.together[0, 2], found.together[2, 3])
    assert round(6 / 7 - 1 / 2, 9) == round(found.modularity or 0, 9)


def test_who_has_no_tie_is_in_no_bloc() -> None:
    ties = np.zeros((4, 4))
    ties[1, 3] = ties[3, 1] = 2
    found = partition_of(ties)
    assert (((1, 3),), (0, 2)) == (found.blocs, found.untied)
    assert (1, 3, 0, 2) == found.order
    assert [0, 1, 0, 1] == found.together.diagonal().tolist()


@pytest.mark.parametrize("actors", [0, 1, 3])
def test_without_a_tie_there_is_no_bloc(actors: int) -> None:
    found = partition_of(np.zeros((actors, actors)))
    assert ((), tuple(range(actors)), None, None, 0) == found[:5]


def test_one_seed_cannot_show_how_far_seeds_agree() -> None:
    with pytest.raises(UsageProblem, match="at least 2"):
        partition_of(TWO_TRIANGLES, seeds=1)


def test_disagreement_is_no_tie() -> None:
    congruence, conflict = np.array([[0.0, 2], [2, 0]]), np.array([[0.0, 3], [3, 0]])
    assert [[0, 0], [0, 0]] == positive_part(congruence, conflict).tolist()


@given(st.integers(0, 2**32), st.integers(1, 20), st.floats(0, 1))
@examples(30)
def test_who_is_tied_is_in_one_bloc_and_the_order_of_actors_decides_nothing(
    seed: int, nodes: int, density: float
) -> None:
    ties = np.zeros((nodes + 1, nodes + 1))
    some = random_ties(seed, nodes, density)
    ties[: len(some), : len(some)] = some
    found = partition_of(ties, seeds=5)
    assert sorted(found.order) == list(range(nodes + 1))
    assert set(found.untied) == set(range(len(some), nodes + 1))
    assert 1 <= found.agreeing <= 5 if found.blocs else found.agreeing == 0
    assert (found.together == found.together.T).all()
    assert 0 <= found.together.min() <= found.together.max() <= 1

    shuffled = np.random.default_rng(seed).permutation(nodes + 1)
    again = partition_of(ties[np.ix_(shuffled, shuffled)], seeds=5)
    assert {frozenset(bloc) for bloc in found.blocs} == {frozenset(shuffled[list(bloc)]) for bloc in again.blocs}
    assert (found.modularity, found.stability, found.agreeing) == (again.modularity, again.stability, again.agreeing)


@given(st.integers(0, 2**32), st.integers(3, 12), st.floats(0.1, 1))
@examples(50)
def test_where_actors_are_alike_the_order_decides_no_number(seed: int, nodes: int, density: float) -> None:
    """Of partitions that mirror each other the one with the first actors is taken: names decide which, not how good."""
    ties = random_ties(seed, nodes, density, whole=True)
    shuffled = np.random.default_rng(seed).permutation(len(ties))
    found, again = partition_of(ties, seeds=5), partition_of(ties[np.ix_(shuffled, shuffled)], seeds=5)
    assert found[2:6] == again[2:6]
    assert list(map(len, found.blocs)) == list(map(len, again.blocs))


def test_the_adjusted_rand_index_by_hand() -> None:
    """Six things; in one bloc both times are (0, 1) and (4, 5): 2 pairs. Each has 3 + 3 and 1 + 1 + 1 pairs, of 15.

    By chance 6 · 3 / 15 = 1.2 would be; at most (6 + 3) / 2 = 4.5: (2 − 1.2) / (4.5 − 1.2).
    """
    assert round(0.8 / 3.3, 9) == round(adjusted_rand_index((0, 0, 0, 1, 1, 1), (0, 0, 1, 1, 2, 2)), 9)


@pytest.mark.parametrize("alike", [(0, 0, 0), (0, 1, 2), (0,), ()])
def test_partitions_that_leave_nothing_to_chance_are_the_same(alike: tuple[int, ...]) -> None:
    assert adjusted_rand_index(alike, alike) == 1


def test_all_in_one_against_each_in_its_own_is_no_agreement() -> None:
    assert adjusted_rand_index((0, 0, 0), (0, 1, 2)) == 0


def test_fifty_seeds_of_five_hundred_actors_are_quick() -> None:
    started = time.process_time()
    partition_of(random_ties(1, 500, 0.3, whole=True))
    assert time.process_time() - started < 10  # about 2 where nothing else runs
