"""Shifts: what moves between two points, from days and from windows."""

from actorgraph.analysis.counting.positions import Taken
from actorgraph.analysis.counting.utterances import Utterance
from actorgraph.analysis.over_time.shifts import Levels, Shift, shifts_over_days, shifts_over_windows, windows_of
from actorgraph.analysis.over_time.turns import Turn

LEVELS = Levels({"opposes": 0, "supports": 1}, 2)


def _turn(day: int, actor: str, position: str | None) -> Turn:
    return Turn(day, actor, "p", None, None if position is None else Taken(position, ()))


def test_several_turns_between_two_points_are_one_shift_and_what_comes_to_nothing_is_none() -> None:
    turns = [_turn(1, "a", "supports"), _turn(2, "b", "opposes"), _turn(4, "b", None), _turn(5, "b", "opposes")]
    assert [
        Shift(0, "p", {}, {"a": (0, 1), "b": (1, 0)}),
    ] == list(shifts_over_days(turns, [3, 6], LEVELS))


def test_what_has_no_level_ends_what_had_one_and_what_comes_after_the_last_point_is_not_told() -> None:
    turns = [_turn(1, "a", "supports"), _turn(2, "a", "neutral"), _turn(9, "a", "supports")]
    assert [Shift(0, "p", {}, {"a": (0, 1)}), Shift(1, "p", {"a": (0, 1)}, {})] == list(
        shifts_over_days(turns, [1, 2, 3], LEVELS)
    )


def test_a_window_counts_each_time_and_forgets() -> None:
    said = [Utterance("a", "p", position, 1, "s", "r", 0) for position in ("supports", "supports", "opposes")]
    assert [Shift(0, "p", {}, {"a": (1, 2)}), Shift(2, "p", {"a": (1, 2)}, {})] == list(
        shifts_over_windows([said, said, []], LEVELS)
    )


def test_both_ends_of_a_window_are_inside() -> None:
    said = [Utterance("a", "p", "supports", day, "s", f"r{day}", 0) for day in (1, 2, 3, 4)]
    (window,) = windows_of(said, [(2, 3)], levels="binary", duplicates="all")
    assert ["r2", "r3"] == [one.record for one in window]
