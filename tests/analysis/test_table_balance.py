"""Structural balance of tables of signed ties, by window."""

from actorgraph.analysis.camps.signed_graph import CampsOfPart, SignedTie
from actorgraph.analysis.table_balance import balance_of_table

WINDOWS: dict[str | None, list[SignedTie]] = {
    "then": [SignedTie("a", "b", 1), SignedTie("b", "c", 1), SignedTie("a", "c", 1)],
    "now": [SignedTie("a", "b", 1), SignedTie("b", "c", 1), SignedTie("a", "c", -1), SignedTie("c", "d", -1)],
}


def test_each_window_stands_for_itself() -> None:
    answer = balance_of_table("ties.csv", WINDOWS, windows_in="year")
    then, now = answer
    assert (then.structure.share, then.structure.frustration) == (1, 0)
    assert (now.structure.share, now.structure.frustration, now.structure.actors) == (0, 1, 4)
    assert (then.structure.expected, now.structure.expected) == (1, 0.5)
    assert [record["expected"] for record in answer.records()] == [1, 0.5]
    assert answer.query == {"command": "balance", "table": "ties.csv", "windows_in": "year"}
    assert [(record["window"], record["one_negative"], record["bound"]) for record in answer.records()] == [
        ("then", 0, 0),
        ("now", 1, 1),
    ]


def test_what_goes_against_the_camps_is_told() -> None:
    (window,) = balance_of_table("ties.csv", {None: WINDOWS["now"]})
    (tie,) = window.structure.against
    ends = {tie.source, tie.target}
    (camps,) = window.structure.camps
    together = any(ends <= set(camp) for camp in camps)
    assert together == (tie.sign < 0)
    assert sorted((*camps.first, *camps.second)) == ["a", "b", "c", "d"]
    assert isinstance(camps, CampsOfPart)
