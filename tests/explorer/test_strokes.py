"""How positions, actors and proposals are drawn, and where: no two words alike, and no label on another."""

from itertools import combinations
from typing import get_args

import pytest

from actorgraph.explorer.drawing import SHAPES, STROKES, arrange
from actorgraph.explorer.words import TIES
from actorgraph.vocabulary import POSITIONS, STAGES, ActorKind, Tie


def test_every_word_of_the_vocabulary_has_its_looks() -> None:
    assert set(STROKES) == {*POSITIONS, *STAGES}
    assert set(SHAPES) == {*get_args(ActorKind), "proposal"}
    assert set(TIES) == {*get_args(Tie), "part-of", "entails", "excludes", "succeeds", "by"}


def test_colour_never_stands_alone() -> None:
    looks = {(stroke.dash, stroke.width, stroke.head) for stroke in STROKES.values()}
    assert len(looks) == len(STROKES)


def test_marks_and_labels_do_not_cover_each_other() -> None:
    boxes = [(100.0, 40.0)] * 40
    rough = [((number % 7) / 10, (number % 3) / 10) for number in range(40)]
    placed = arrange(rough, boxes)
    assert [
        (one, other)
        for one, other in combinations(placed, 2)
        if abs(one[0] - other[0]) < 98 and abs(one[1] - other[1]) < 38
    ] == []


@pytest.mark.parametrize("count", [0, 1, 2, 1600])
def test_any_number_of_things_is_arranged(count: int) -> None:
    rough = [((number * 7 % 11) / 11, 0.0) for number in range(count)]
    placed = arrange(rough, [(60.0, 30.0)] * count)
    assert (count, placed) == (len(set(placed)), arrange(rough, [(60.0, 30.0)] * count))
