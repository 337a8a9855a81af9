"""Positions: what of a record counts as an actor's position on a day."""

import pytest
from builders import ledger_of, stance

from actorgraph.analysis.counting.positions import positions
from actorgraph.ledger.load import load


def test_contested_and_alternatives_are_left_out_and_counted() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-10"),
            stance("opposes", "2024-01-10", "middle"),
            stance("open", "2024-01-10", actor="b", proposal="q"),
            stance("supports", "2024-02", "much-later", actor="a", proposal="q"),
        ]
    )
    stand = positions(ledger, as_of="2024-01-20")
    assert {"b": {"q": "open"}} == {
        actor: {key: taken.position for key, taken in theirs.items()} for actor, theirs in stand.taken.items() if theirs
    }
    assert {"contested": 1, "alternatives": 0} == dict(stand.left_out)
    assert (("a",), ("b",), ("q",), 1, 0) == (
        stand.others,
        stand.speaking,
        stand.proposals,
        len(stand),
        stand.conditional(),
    )


@pytest.mark.thorough
def test_without_each_source_is_what_a_load_without_it_answers() -> None:
    path = "graphs/nature-restoration"
    stand = positions(load(path), as_of="2024-07")
    seen = 0
    for source, left in stand.without_each_source():
        again = positions(load(path, without=[source]), as_of="2024-07")
        assert _places(again) == _places(left)
        seen += 1
    assert seen > 3


def _places(stand: object) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    return {
        (actor, proposal): (taken.position, taken.records)
        for actor, theirs in stand.taken.items()  # type: ignore[attr-defined]
        for proposal, taken in theirs.items()
    }


def test_narrowed_and_under_assumptions() -> None:
    ledger = load("graphs/ukraine-troops")
    whole = positions(ledger, as_of="2026-01-10")
    states = positions(ledger, as_of="2026-01-10", kind="state")
    assert set(states.speaking) < set(whole.speaking)
    assert len(states) == sum(len(whole.taken[actor]) for actor in states.actors)
