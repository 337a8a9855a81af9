"""Graphs with signs: triangles by their signs, and the fewest ties that go against two camps."""

import csv
from collections import defaultdict
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from signed_graphs import Matrix, by_hand, symmetric

from actorgraph.analysis.camps.signed_graph import (
    CampsOfPart,
    Census,
    expected_share,
    frustration,
    structure_of,
    triangles,
)
from actorgraph.vocabulary import rounded

SIGNED = SHARED / "data/signed"
NEEDS_SHARED = pytest.mark.skipif(not SIGNED.exists(), reason="shared")


@st.composite
def signs(draw: st.DrawFn, most: int = 10) -> Matrix:
    size = draw(st.integers(1, most))
    cells = draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=size * size, max_size=size * size))
    return symmetric(np.array(cells, dtype=float).reshape(size, size))


def one_by_one(matrix: Matrix) -> tuple[int, ...]:
    kinds = [0, 0, 0, 0]
    for a, b, c in combinations(range(len(matrix)), 3):
        ties = (matrix[a, b], matrix[a, c], matrix[b, c])
        if all(ties):
            kinds[sum(tie < 0 for tie in ties)] += 1
    return tuple(kinds)


def two_colours_do(matrix: Matrix) -> bool:
    """Whether a graph is balanced, as networkx tells: friends made one, the rest has two colours."""
    graph = nx.from_numpy_array(matrix)
    friends = nx.Graph((a, b) for a, b, sign in graph.edges(data="weight") if sign > 0)
    friends.add_nodes_from(graph)
    circle = {node: at for at, part in enumerate(nx.connected_components(friends)) for node in part}
    enemies = nx.Graph((circle[a], circle[b]) for a, b, sign in graph.edges(data="weight") if sign < 0)
    return not nx.number_of_selfloops(enemies) and nx.is_bipartite(enemies)


@given(signs())
def test_triangles_are_counted_as_one_by_one(matrix: Matrix) -> None:
    assert tuple(triangles(matrix)) == one_by_one(matrix)


@given(signs())
def test_what_is_frustrated(matrix: Matrix) -> None:
    found = frustration(matrix)
    ties = np.count_nonzero(matrix) // 2
    assert (found.exact, found.index, found.bound) == (True, round((ties - by_hand(matrix)) / 2), found.index)
    assert (found.index == 0) == two_colours_do(matrix)
    first, _ = found.split
    assert found.index == len(found.against)
    assert set(found.against) == {
        (a, b)
        for a, b in combinations(range(len(matrix)), 2)
        if matrix[a, b] and (matrix[a, b] > 0) != ((a in first) == (b in first))
    }


@given(signs(), st.data())
def test_who_changes_all_signs_changes_nothing(matrix: Matrix, data: st.DataObject) -> None:
    switch = np.array([data.draw(st.sampled_from([-1, 1])) for _ in matrix])
    switched = matrix * np.outer(switch, switch)
    assert frustration(matrix).index == frustration(switched).index
    assert triangles(matrix).share == triangles(switched).share


@given(signs(most=5))
def test_what_is_expected_is_the_mean_of_all_ways_to_deal_the_signs(matrix: Matrix) -> None:
    ties = np.argwhere(np.triu(matrix)).tolist()
    positive = int(np.count_nonzero(matrix > 0)) // 2
    shares = []
    for chosen in combinations(range(len(ties)), positive):
        dealt = np.zeros_like(matrix)
        for at, (a, b) in enumerate(ties):
            dealt[a, b] = dealt[b, a] = 1 if at in chosen else -1
        shares.append(triangles(dealt).share)
    expected = expected_share(positive, len(ties) - positive)
    told = structure_of("abcde"[: len(matrix)], matrix).expected
    if triangles(matrix).share is None:
        assert told is None
    else:
        assert expected == pytest.approx(np.mean([share for share in shares if share is not None]))
        assert told == rounded(expected)


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [(0, 0, None), (2, 0, None), (3, 0, 1), (2, 1, 0), (1, 2, 1), (0, 3, 0), (2, 2, 0.5), (3, 3, 10 / 20)],
)
def test_what_signs_alone_give(positive: int, negative: int, expected: float | None) -> None:
    """Of two and two, three are one positive with two negative half of the times; of three and three so is 1 + 9."""
    assert expected_share(positive, negative) == expected


def test_five_who_all_are_enemies() -> None:
    """Two against three have four ties inside the camps."""
    enemies = np.eye(5) - np.ones((5, 5))
    assert triangles(enemies) == Census(0, 0, 0, 10)
    assert triangles(enemies).share == 0
    assert frustration(enemies).index == 4


def test_no_triangle_no_share() -> None:
    assert triangles(np.array([[0, 1], [1, 0]])).share is None


def windows(name: str) -> dict[str, Matrix]:
    ties: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    with (SIGNED / name).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            ties[line.get("year_index", "")][line["source"], line["target"]] = int(line["sign"])
    found = {}
    for window, signs_of in ties.items():
        at = {actor: n for n, actor in enumerate(sorted({actor for pair in signs_of for actor in pair}))}
        found[window] = np.zeros((len(at), len(at)))
        for (source, target), sign in signs_of.items():
            found[window][at[source], at[target]] = found[window][at[target], at[source]] = sign
    return found


@NEEDS_SHARED
def test_the_tribes_of_new_guinea() -> None:
    """Read (1954): 16 tribes, 58 ties."""
    (tribes,) = windows("tribes.csv").values()
    census, found = triangles(tribes), frustration(tribes)
    assert (census.balanced, census.triangles) == (59, 68)
    assert (found.index, found.bound, found.exact) == (7, 7, True)


@NEEDS_SHARED
@pytest.mark.parametrize(("window", "index"), [("46-49", 17), ("67-70", 27), ("95-98", 38)])
def test_alliances_and_conflicts_of_states(window: str, index: int) -> None:
    """Three of the 51 windows of Doreian & Mrvar (2015); tests/benchmarks/frustration.py asks all."""
    pytest.importorskip("scipy")
    found = frustration(windows("cowList.csv")[window])
    assert (found.index, found.bound, found.exact) == (index, index, True)


def test_parts_that_no_tie_joins_have_camps_of_their_own() -> None:
    matrix = np.zeros((5, 5))
    for a, b, sign in ((0, 1, 1), (2, 3, -1), (3, 4, -1)):
        matrix[a, b] = matrix[b, a] = sign
    assert structure_of("abcde", matrix).camps == (CampsOfPart(("c", "e"), ("d",)), CampsOfPart(("a", "b"), ()))


@given(signs(most=7), st.data())
def test_values_do_not_hang_on_names(matrix: Matrix, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(matrix))))
    names = "abcdefg"[: len(matrix)]
    one, other = structure_of(names, matrix), structure_of(names, matrix[np.ix_(order, order)])
    assert one._replace(camps=(), ties=()) == other._replace(camps=(), ties=())
    assert one.frustration == len(one.against)
