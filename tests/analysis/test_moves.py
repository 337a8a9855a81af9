"""Moves: the largest differences, and who turned in them."""

from builders import ledger_of, stance

from actorgraph.analysis.moves import Turned, greatest_steps, said_between, turned_between
from actorgraph.analysis.positions import positions
from actorgraph.analysis.utterances import Utterance

BINARY = {"supports": 1, "open": 1, "opposes": 0}


def test_the_largest_first_then_the_earliest_and_a_gap_is_stepped_over() -> None:
    steps = greatest_steps([[0.0, 0.5, None, 1.0], [None, 3, 3, 2]], 9)
    assert [(2, 3, 1, -1), (0, 1, 0, 0.5), (1, 3, 0, 0.5)] == [tuple(step) for step in steps]


def test_who_turned_and_not_who_says_the_same_or_stands_alone() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-01"),
            stance("supports", "2024-01-01", actor="b"),
            stance("opposes", "2024-02-01", actor="b"),
            stance("open", "2024-02-01"),
            stance("opposes", "2024-02-01", proposal="q"),
        ]
    )
    first, second = (positions(ledger, as_of=day) for day in ("2024-01-15", "2024-02-15"))
    turned = [one for one, _ in turned_between(first, second, BINARY, together=True)]
    assert [Turned("b", "p", "supports", "opposes", ("r1", "r2"))] == turned
    alone = [one.proposal for one, _ in turned_between(first, second, BINARY, together=False)]
    assert ["p", "q"] == alone


def test_what_left_the_window_and_what_came_into_it() -> None:
    old, kept, new = (
        Utterance(actor, "p", position, day, "s", f"r{day}", 0)
        for actor, position, day in (("a", "supports", 1), ("b", "opposes", 2), ("a", "opposes", 3))
    )
    assert [
        Turned("a", "p", None, "opposes", ("r3",)),
        Turned("a", "p", "supports", None, ("r1",)),
    ] == list(said_between([old, kept], [kept, new], BINARY, together=True))
