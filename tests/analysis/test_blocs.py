"""Blocs: who is in one with whom, what holds them together and what several could accept."""

from pathlib import Path

import pytest
from folders import loaded
from tied import TWO_CAMPS, model_of

from actorgraph.analysis.blocs import NO_AGREEMENT, NO_SIDE_TAKEN, NOTHING_SHARED, TOO_FEW_TIED, blocs
from actorgraph.errors import UsageProblem
from actorgraph.ledger.store import Ledger


@pytest.fixture(scope="module")
def camps(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("camps"), model_of(TWO_CAMPS))


def test_who_is_in_which_bloc(camps: Ledger) -> None:
    found = blocs(camps, as_of="2024-02")
    assert [("a1", "a2", "a3", "a4"), ("b1", "b2", "b3")] == [bloc.actors for bloc in found]
    assert [("x", 1, NOTHING_SHARED), ("y", 1, NO_SIDE_TAKEN)] == list(map(tuple, found.untied))
    assert (9, 4.0, 50, 1.0) == (found.ties, found.median_shared, found.agreeing, found.stability)
    assert {1.0} == {member.together for bloc in found for member in bloc.members}


def test_how_far_a_bloc_agrees(camps: Ledger) -> None:
    """The six pairs of a1 to a4 share 4 proposals each; a3 disagrees with the three others on s: 21 of 24.

    All of them are of one mind on p, q and r; on s three for and one against have an Agreement Index of 5/8.
    """
    first, second = blocs(camps, as_of="2024-02")
    assert (16, 4, 24, 0.875) == (first.positions, first.shared, first.shared_by_pairs, first.cohesion)
    assert (round((3 + 5 / 8) / 4, 4), 4) == (first.agreement, first.agreement_n)
    assert (("p", "q", "r"), ("p", "q", "r", "s")) == (first.held_by, second.held_by)
    assert (13, 4, 12, 1.0, 1.0) == (
        second.positions,
        second.shared,
        second.shared_by_pairs,
        second.cohesion,
        second.agreement,
    )
    assert 16 == len(first.records)


def test_how_far_a_bloc_agrees_is_the_mean_of_what_is_not_rounded(tmp_path: Path) -> None:
    """On p and q five support and four are open, an index of 1/3; on r six and four, 0.4: 16/45 is 0.3556."""
    table = {f"a{at}": "+++" if at < 5 else "oo+" if at == 5 else "ooo" for at in range(9)} | {"a9": "..o"}
    (found,) = blocs(loaded(tmp_path, model_of(table)), as_of="2024-02")
    assert (0.3556, 3) == (found.agreement, found.agreement_n)


def test_one_alone_holds_nothing_together(tmp_path: Path) -> None:
    (found,) = blocs(loaded(tmp_path, model_of({"a": "++", "b": "+.", "c": "+."})), as_of="2024-02", min_shared=1)
    assert ("p",) == found.held_by


def test_what_is_shared_two_take_and_what_holds_them_together_is_told_by_how_many_hold_it(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, model_of({"a": "+++.", "b": "+++.", "c": ".++."}))
    (found,) = blocs(ledger, as_of="2024-02", min_shared=2)
    assert (3, ("q", "r", "p")) == (found.shared, found.held_by)
    (found,) = blocs(loaded(tmp_path, model_of({"a": "++++", "b": "+++.", "c": "+++."})), as_of="2024-02")
    assert (3, ("p", "q", "r")) == (found.shared, found.held_by), "on s one alone takes a side"
    (found,) = blocs(ledger, as_of="2024-02", min_shared=3)
    assert ("q", "r") == found.held_by, "two are too few"


@pytest.mark.parametrize(("others", "held_by"), [(9, ("p", "q", "r", "s")), (8, ("q", "r", "s"))])
def test_nine_of_ten_are_nearly_all(tmp_path: Path, others: int, held_by: tuple[str, ...]) -> None:
    table = {f"a{at}": "++++" for at in range(others)} | {"b": "-+++"}
    (found,) = blocs(loaded(tmp_path, model_of(table)), as_of="2024-02")
    assert sorted(held_by) == sorted(found.held_by)


def test_no_number_rests_on_fewer_than_it_must(camps: Ledger) -> None:
    found = blocs(camps, as_of="2024-02", min_shared=5)
    assert [None, None] == [bloc.cohesion for bloc in found]
    assert [(None, 0), (None, 0)] == [(bloc.agreement, bloc.agreement_n) for bloc in found]
    assert {None} == {number for vote in found.votes for number in (vote.share, vote.p, vote.p_holm, vote.agreement)}
    assert {None} == {common.consensus for common in found.common}
    assert (0, ()) == (found.tests, found.partings)


@pytest.mark.parametrize(
    ("table", "reasons"),
    [
        ({"a": "+"}, [NOTHING_SHARED]),
        ({"a": "+..", "b": ".+.", "c": "..+"}, [NOTHING_SHARED] * 3),
        ({"a": "~", "b": "~", "c": "~"}, [NO_SIDE_TAKEN] * 3),
        ({"a": "+", "b": "-"}, [NO_AGREEMENT] * 2),
        ({"a": "+", "b": "+", "c": "-"}, [TOO_FEW_TIED, TOO_FEW_TIED, NO_AGREEMENT]),
        ({"a": ".", "b": "."}, []),
    ],
)
def test_where_there_are_no_blocs_everybody_is_told_why(
    tmp_path: Path, table: dict[str, str], reasons: list[str]
) -> None:
    found = blocs(loaded(tmp_path, model_of(table)), as_of="2024-02")
    assert ((), (), ()) == (found.blocs, found.votes, found.common)
    assert reasons == [actor.reason for actor in found.untied]


def test_on_the_scale_those_who_are_open_agree_with_supporters_in_part(tmp_path: Path) -> None:
    """Of a scale from −1 to 1, open is a quarter from supporting: a pair agrees by 3/4."""
    found = blocs(loaded(tmp_path, model_of({"a": "+++", "b": "ooo", "c": "+++"})), as_of="2024-02", levels="scale")
    assert [round((3 + 2 * 3 * 0.75) / 9, 4)] == [bloc.cohesion for bloc in found]


@pytest.mark.parametrize("least", [0, -1])
def test_fewer_than_one_is_no_minimum(camps: Ledger, least: int) -> None:
    with pytest.raises(UsageProblem, match="at least 1"):
        blocs(camps, as_of="2024-02", min_shared=least)


def test_what_actors_are_called_decides_nothing(camps: Ledger, tmp_path: Path) -> None:
    other = {"z": "a1", "k": "a2", "m": "a3", "a": "a4", "w": "b1", "c": "b2", "e": "b3", "b": "x", "d": "y"}
    found = blocs(camps, as_of="2024-02")
    again = blocs(loaded(tmp_path, model_of({new: TWO_CAMPS[old] for new, old in other.items()})), as_of="2024-02")
    assert {frozenset(bloc.actors) for bloc in found} == {frozenset(map(other.get, bloc.actors)) for bloc in again}
    numbers = [[(bloc.positions, bloc.shared, bloc.cohesion, bloc.agreement) for bloc in one] for one in (found, again)]
    assert numbers[0] == numbers[1]


def test_a_flat_record_for_each_who_takes_a_position(camps: Ledger) -> None:
    found = blocs(camps, as_of="2024-02")
    records = found.records()
    assert [1, 1, 1, 1, 2, 2, 2, None, None] == [record["bloc"] for record in records]
    assert ("A3", 4, 0.875) == tuple(records[2][key] for key in ("actor_name", "bloc_members", "bloc_cohesion"))
    assert NO_SIDE_TAKEN == records[-1]["reason"]
