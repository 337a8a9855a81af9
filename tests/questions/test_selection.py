"""Selections: which actors and proposals a narrowed question leaves."""

import pytest

from actorgraph.ledger.things import Thing
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.selection import Selection, all_about

STATES = Selection(frozenset({"uk", "france"}), None, (), ReadOnly({"kind": "state"}))
TAGGED = Selection(None, frozenset({"force"}), (), ReadOnly({"tag": "security"}))


def thing(kind: str, key: str, **body: object) -> Thing:
    """Return a thing with these keys."""
    return Thing(kind, key, key, "m.yaml:1", body)


def test_what_is_not_narrowed_leaves_all() -> None:
    every = all_about("force")
    assert ("force",) == every.about
    assert every.admits("anybody", "anything")
    assert () == all_about(None).about == all_about(None).named


def test_who_and_what_is_left() -> None:
    assert STATES.admits("uk", "anything")
    assert not STATES.admits("nato", "anything")
    assert TAGGED.admits("anybody", "idea", "force"), "a change from one text to another is left where either is"
    assert not TAGGED.admits("anybody", "idea")


@pytest.mark.parametrize(
    ("curated", "left"),
    [
        (thing("stance", "s", actor="uk", proposal="idea"), True),
        (thing("stance", "s", actor="nato", proposal="force"), False),
        (thing("relation", "r", actor="nato", to="france"), True),
        (thing("actor", "uk"), True),
        (thing("source", "s"), False),
    ],
)
def test_what_a_thing_concerns(curated: Thing, *, left: bool) -> None:
    assert left == STATES.concerns(curated)


def test_on_either_of_two_days() -> None:
    earlier = STATES._replace(actors=frozenset({"poland"}))
    assert frozenset({"uk", "france", "poland"}) == STATES.or_else(earlier).actors
    assert None is STATES.or_else(all_about(None)).actors, "one that is not narrowed leaves all"
