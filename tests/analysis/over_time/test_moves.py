"""Moves: the largest differences, and who turned in them."""

from builders import ledger_of, stance

from actorgraph.analysis.counting.positions import positions
from actorgraph.analysis.counting.utterances import Utterance
from actorgraph.analysis.over_time.moves import Turned, greatest_steps, said_between, turned_between
from actorgraph.model.records import Stance

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


def turns(*said: Stance, together: bool = True) -> list[tuple[str, str, str | None, str | None]]:
    """Return who turned from the middle of January to the middle of February, where on, from what and to what."""
    first, second = (positions(ledger_of(list(said)), as_of=day) for day in ("2024-01-15", "2024-02-15"))
    return [one[:4] for one, _ in turned_between(first, second, BINARY, together=together)]


def test_who_leaves_stands_beside_who_comes() -> None:
    gone, come = stance("opposes", "2024-01-01", until="2024-02-01"), stance("supports", "2024-02-01", actor="b")
    assert [("a", "p", "opposes", None), ("b", "p", None, "supports")] == turns(gone, come)
    assert [] == turns(gone), "nobody stands beside it on either day"
    assert [("a", "p", "opposes", None)] == turns(gone, together=False)


def test_what_takes_no_side_is_nobody_to_stand_beside_and_a_contest_is_no_level() -> None:
    turned = stance("supports", "2024-01-01"), stance("opposes", "2024-02-01")
    assert [] == turns(*turned, stance("neutral", "2024-01-01", actor="b"))
    contested = *turned, stance("supports", "2024-02-01"), stance("open", "2024-01-01", actor="b")
    assert [("a", "p", "supports", "contested")] == turns(*contested)


def test_turns_come_by_proposal_and_actor() -> None:
    said = [stance("supports", "2024-02-01", actor=actor, proposal=on) for on in "qp" for actor in "ba"]
    assert [(actor, on) for on in "pq" for actor in "ab"] == [one[:2] for one in turns(*said)]


def test_what_left_and_came_is_told_by_proposal_with_its_records_in_the_order_of_days() -> None:
    def said(actor: str, on: str, position: str, *days: int) -> list[Utterance]:
        return [Utterance(actor, on, position, day, "s", f"r{20 - day}", 0) for day in days]

    before = [*said("b", "q", "opposes", 1), *said("a", "q", "supports", 2, 3, 11), *said("c", "q", "neutral", 1)]
    after = [*said("a", "p", "supports", 12), *said("c", "p", "neutral", 12)]
    gone = [("a", "q", "supports", None, ("r18", "r17", "r9")), ("b", "q", "opposes", None, ("r19",))]
    assert gone == list(said_between(before, after, BINARY, together=True)), "alone beside who takes no side"
    alone = ("a", "p", None, "supports", ("r8",))
    assert [alone, *gone] == list(said_between(before, after, BINARY, together=False))
    came = [(actor, on, now, was, records) for actor, on, was, now, records in gone]
    assert came == list(said_between([], before, BINARY, together=True))
