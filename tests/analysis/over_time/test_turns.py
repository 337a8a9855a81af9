"""Positions over time: on every day what a question about that day answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from builders import WINDOW, ledger_of, lives, model, records, stance
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.counting.positions import Positions, Taken, positions
from actorgraph.analysis.over_time import turns as module
from actorgraph.analysis.over_time.turns import all_turns, change_days, positions_over_time, turns_of
from actorgraph.dates import iso
from actorgraph.errors import Span
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.records import Condition, Stance
from actorgraph.questions.lines import lines, parsed
from actorgraph.questions.sql import EVER_IN_FORCE
from actorgraph.questions.view import View

held = st.sampled_from(
    [
        [],
        [{"since": "2024-01-20", "until": "2024-02-20"}],
        [{"since": "2024-01-20", "until": "2024-01-25"}, {"since": "2024-03"}],
    ]
).map(lambda held: {"c": Condition.model_validate({"title": "C", "held": held}), "d": Condition(title="D")})
"""When condition c held; of d nobody knows."""


def test_each_day_is_what_a_question_about_it_answers() -> None:
    for path in ("graphs/ukraine-troops", "graphs/nature-restoration"):
        _is_the_same_on(load(path), [20240101, 20240620, 20250101, 20250901, 20260106, 20260601])


@given(records(), lives, held, st.sets(st.sampled_from(WINDOW), max_size=12), st.sampled_from(["", "d", "not:d"]))
def test_each_day_of_any_record(
    said: list[Stance], life: dict[str, dict[str, Any]], conditions: dict[str, Condition], days: set[int], assumed: str
) -> None:
    whole = model(*said, **life)
    places = {**whole.places, ("conditions", "c"): Span("m.yaml"), ("conditions", "d"): Span("m.yaml")}
    ledger = Ledger(build(replace(whole, conditions=conditions, places=places)))
    _is_the_same_on(ledger, days, [assumed] if assumed else [])


def test_a_position_begins_turns_and_ends_and_a_record_that_only_says_it_again_is_no_change() -> None:
    ledger = ledger_of(
        [
            stance("supports", "2024-01-10"),
            stance("supports", "2024-01-20"),
            stance("opposes", "2024-02-01", until="2024-03-01"),
            stance("open", "2024-02-10", actor="b"),
            stance("opposes", "2024-02-10", actor="b"),
        ]
    )
    turns = all_turns(View(ledger, as_of="2024-12", stated=True))
    assert (20240110, 20240201, 20240210, 20240301) == change_days(turns)
    assert [
        (20240110, "a", None, "supports", ("r0",)),
        (20240120, "a", "supports", "supports", ("r0", "r1")),
        (20240201, "a", "supports", "opposes", ("r2",)),
        (20240210, "b", None, "contested", ("r3", "r4")),
        (20240301, "a", "opposes", None, ()),
    ] == [
        (
            turn.day,
            turn.actor,
            turn.before and turn.before.position,
            turn.taken and turn.taken.position,
            turn.taken.records if turn.taken else (),
        )
        for turn in turns
    ]


@pytest.mark.parametrize("at_once", [1, 7, 5_000])
def test_turns_are_the_same_however_many_lines_are_parsed_at_once(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    troops = load("graphs/ukraine-troops")
    view = View(troops, as_of="2026-06", stated=True)
    whole = turns_of(parsed(lines(troops, f"kind = 'stance' AND {EVER_IN_FORCE}", stated=True)), view)
    monkeypatch.setattr(module, "PARSED_AT_ONCE", at_once)
    assert whole == all_turns(view)


def test_what_one_record_says_is_what_its_rows_say() -> None:
    ledger = ledger_of([stance("supports", "2024-01-10"), stance("open", "2024-01-10", actor="b", until="2024-02")])
    rows = {row.actor: row for row in View(ledger, as_of="2024-01-20", stated=True).rows()}
    turns = all_turns(View(ledger, as_of="2024-12", stated=True))
    assert [("a", "supports"), ("b", "open"), ("b", None)] == [
        (turn.actor, turn.taken and turn.taken.position) for turn in turns
    ]
    for turn in turns[:2]:
        assert turn.taken == Taken(rows[turn.actor].position, (rows[turn.actor],))
        assert turn.taken is not None
        assert (rows[turn.actor],) == turn.taken.rows
        assert rows[turn.actor].records == turn.taken.records
        assert repr(rows[turn.actor]) in repr(turn.taken)
    assert turns[0].taken != turns[1].taken
    assert turns[1].taken is turns[2].before


def test_what_did_not_change_is_shared() -> None:
    ledger = ledger_of([stance("supports", "2024-01-10"), stance("supports", "2024-02-01", actor="b")])
    view = View(ledger, as_of="2024-12", stated=True)
    (_, first), (_, second) = positions_over_time(view, [20240115, 20240301])
    assert first.taken["a"] is second.taken["a"]
    assert {} == first.taken["b"]


def _is_the_same_on(ledger: Ledger, days: Iterable[int], assume: Sequence[str] = ()) -> None:
    view = View(ledger, as_of="2026-06", stated=True, assume=assume)
    for day, stand in positions_over_time(view, days):
        assert _told(positions(ledger, as_of=str(iso(day)), assume=assume)) == _told(stand)


def _told(stand: Positions) -> tuple[object, ...]:
    return stand.view.day, stand.actors, stand.taken, stand.aside, dict(stand.left_out), set(stand.rows)
