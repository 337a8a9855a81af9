"""What rules bring about: a model with them against one without."""

from pathlib import Path

import pytest
from folders import model_file

from actorgraph.model.loader import load_model
from actorgraph.questions.implications import MOST, brought_about, implications

MODEL = """\
model: {id: m, title: T}
actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}
proposals:
  one: {title: One, entails: two}
  two: {title: Two, entails: three, excludes: four}
  three: {title: Three}
  four: {title: Four}
  five: {title: Five, excludes: four}
stances:
  - {actor: a, position: supports, proposal: one, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: five, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: three, date: 2024-01-05, evidence: [{source: s}]}
commitments:
  - {actor: b, stage: pledges, proposal: four, date: 2024-01-05, evidence: [{source: s}]}
sources: {s: {title: S, publisher: P, published: 2024-01-06}}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return model_file(tmp_path, MODEL)


def test_what_would_not_follow_without(path: Path) -> None:
    model = load_model(path)
    assert {("a", "supports", "two"), ("a", "supports", "three"), ("b", "opposes", "one")} == set(
        brought_about(model, "one")
    )
    # That A opposes `four` follows from `five` as well.
    assert {("a", "supports", "three"), ("b", "opposes", "one"), ("b", "opposes", "two")} == set(
        brought_about(model, "two")
    )
    assert (("b", "opposes", "five"),) == brought_about(model, "five")
    assert () == brought_about(model, "four")


def test_what_only_an_undertaking_implies_is_not_counted(path: Path) -> None:
    found = implications(load_model(path))
    assert (6, (("one", 3), ("two", 3), ("five", 1))) == found


def test_springs_are_counted_as_they_are_told() -> None:
    model = load_model("graphs/ukraine-troops")
    found = implications(model)
    assert found.springs == tuple((key, len(brought_about(model, key))) for key, _ in found.springs)
    assert sorted(found.springs, key=lambda spring: -spring[1]) == list(found.springs)
    assert 0 < len(found.springs) <= MOST
    assert max(number for _, number in found.springs) <= found.total
