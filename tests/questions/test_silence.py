"""Whose silence counts: that of every actor, but of persons only while they have a voice of their own."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.ledger.load import load
from actorgraph.questions.silence import proposals_silent_on, whose_silence_counts
from actorgraph.questions.view import View
from actorgraph.questions.who import who

PERSONS = """
model: {id: m, title: M}
actors:
  mill: {name: Mill, kind: organisation}
  own: {name: Own Voice, kind: person}
  envoy: {name: Envoy, kind: person}
  mute: {name: Mute, kind: person}
proposals: {p: {title: P}, q: {title: Q}}
relations:
  - {actor: envoy, relation: represents, to: mill, since: 2024-03-01, until: 2024-05-01}
stances:
  - {actor: own, position: supports, proposal: q, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: envoy, position: supports, proposal: q, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-01-31", ["mill"]),  # nobody has said anything in their own name
        ("2024-02-01", ["envoy", "mill", "own"]),
        ("2024-03-01", ["mill", "own"]),  # the envoy speaks for the mill
        ("2024-05-01", ["envoy", "mill", "own"]),
    ],
)
def test_a_silent_person_is_listed_with_positions_of_their_own_and_only_while_they_speak_for_nobody(
    tmp_path: Path, day: str, expected: list[str]
) -> None:
    ledger = loaded(tmp_path, PERSONS)
    assert expected == [thing.id for thing in whose_silence_counts(View(ledger, as_of=day))]
    assert expected == [row.actor for row in who(ledger, "silent", "p", as_of=day).rows]


def test_a_view_that_is_narrowed_has_fewer(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(PERSONS, encoding="utf-8")
    view = View(load(path), as_of="2024-06", kind="person")
    assert ["envoy", "own"] == [thing.id for thing in whose_silence_counts(view)]


def test_who_does_not_exist_is_not_silent(tmp_path: Path) -> None:
    dated = PERSONS.replace("kind: organisation}", "kind: organisation, since: 2024-02-10, until: 2024-06-01}")
    ledger = loaded(tmp_path, dated)
    days = ("2024-02-09", "2024-02-10", "2024-05-31", "2024-06-01")
    counted = [{thing.id for thing in whose_silence_counts(View(ledger, as_of=day))} for day in days]
    assert [False, True, True, False] == ["mill" in ids for ids in counted]
    assert "mill" not in {row.actor for row in who(ledger, "silent", "q", as_of="2024-07").rows}


@pytest.mark.parametrize("relation", ["leads", "member-of", "advises"])
def test_who_is_tied_to_another_and_does_not_represent_it_has_a_voice_of_its_own(tmp_path: Path, relation: str) -> None:
    tie = f"  - {{actor: own, relation: {relation}, to: mill, since: 2024-01-01}}\n"
    ledger = loaded(tmp_path, PERSONS.replace("relations:\n", f"relations:\n{tie}"))
    assert ["mill", "own"] == [thing.id for thing in whose_silence_counts(View(ledger, as_of="2024-03-01"))]


def test_what_an_actor_is_silent_on_comes_by_title(tmp_path: Path) -> None:
    titles = "{p: {title: Zebra}, q: {title: The Élan}, r: {title: apple}}"
    ledger = loaded(tmp_path, PERSONS.replace("{p: {title: P}, q: {title: Q}}", titles))
    answer = proposals_silent_on(View(ledger, as_of="2024-06"), ledger.resolve("mill", "actor"))
    assert answer is not None
    assert [("r", "apple"), ("q", "The Élan"), ("p", "Zebra")] == [(row.proposal, row.proposal_title) for row in answer]
    assert {("mill", "Mill")} == {(row.actor, row.actor_name) for row in answer}
