"""Descent: what is one matter on two proposals, and what is not."""

import pytest

from actorgraph.questions.changes import Unit
from actorgraph.questions.descents import Descents


def unit(proposal: str, actor: str = "a", kind: str = "stance") -> Unit:
    """Return what an actor states on a proposal."""
    return Unit("stated", kind, actor, proposal)


CHAIN = Descents([("draft", "idea"), ("law", "draft"), ("rival", "idea"), ("merged", "left"), ("merged", "right")])


@pytest.mark.parametrize(
    ("why", "gone", "new", "expected"),
    [
        ("a text and what carries it on", [unit("draft")], [unit("law")], [("draft", "law")]),
        ("over several steps", [unit("idea")], [unit("law")], [("idea", "law")]),
        ("siblings are no succession", [unit("draft")], [unit("rival")], []),
        ("nor is going back", [unit("law")], [unit("draft")], []),
        ("of another actor", [unit("draft")], [unit("law", "b")], []),
        ("of another kind", [unit("draft")], [unit("law", kind="commitment")], []),
        ("the nearest of two, the other is new", [unit("idea")], [unit("draft"), unit("law")], [("idea", "draft")]),
        ("two as near are neither", [unit("idea")], [unit("draft"), unit("rival")], []),
        ("two that are merged neither", [unit("left"), unit("right")], [unit("merged")], []),
        ("the nearest before", [unit("idea"), unit("draft")], [unit("law")], [("draft", "law")]),
    ],
)
def test_successions(why: str, gone: list[Unit], new: list[Unit], expected: list[tuple[str, str]]) -> None:
    pairs = [(before.proposal, after.proposal) for before, after in CHAIN.successions(gone, new)]
    assert expected == pairs, why


def test_what_succeeds_itself_in_a_circle_has_ends() -> None:
    assert {"b": 1} == Descents([("a", "b"), ("b", "a")]).ancestors("a")
    assert not Descents([])
