"""What blocs say to each proposal: by hand, and the laws of its numbers."""

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st
from tied import SIGNS, TWO_CAMPS, taken_in

from actorgraph.analysis.bloc_votes import BlocVote, bloc_votes, in_common, partings, stated_on
from actorgraph.analysis.counting.positions import Positions, Taken

if TYPE_CHECKING:
    from actorgraph.questions.view import View

BLOCS = (("a1", "a2", "a3", "a4"), ("b1", "b2", "b3"))


def stand(table: Mapping[str, str]) -> Positions:
    """Return the positions of a table; nobody asks for the records behind them."""
    taken = {
        (actor, key): Taken(position, ())
        for actor, theirs in taken_in(table).items()
        for key, position in theirs.items()
    }
    return Positions.of(cast("View", None), table, taken.items())


def by_bloc_and_proposal() -> dict[tuple[int, str], BlocVote]:
    return {(vote.bloc, vote.proposal): vote for vote in bloc_votes(stand(TWO_CAMPS), BLOCS, 3)[0]}


def test_who_takes_which_position() -> None:
    assert {"x": "supports", "b2": "neutral", "y": "neutral"} == stated_on(stand(TWO_CAMPS))["t"]


def test_inside_against_outside() -> None:
    """On p 4 of 4 against 0 of 3: z is 1 / √(4/7 · 3/7 · (1/4 + 1/3)) = √7, seen from either side."""
    votes = by_bloc_and_proposal()
    first, second = votes[1, "p"], votes[2, "p"]
    assert (4, 0, 4, 0, 3) == (first.in_favour, first.against, first.n, first.outside_in_favour, first.outside_n)
    assert (0.8333, 0.2) == (first.share, first.outside_share)
    assert (round(sqrt(7), 4), round(-sqrt(7), 4)) == (first.z, second.z)
    assert (first.p, first.p_holm) == (second.p, second.p_holm)
    assert ("for", "against") == (first.side, second.side)


def test_one_comparison_is_one_test() -> None:
    """On p, q, r and s the outside of one bloc is the other: four tests, not eight. The smallest p is taken times 4."""
    votes, tests, _ = bloc_votes(stand(TWO_CAMPS), BLOCS, 3)
    assert 4 == tests
    tested = {vote.proposal: vote for vote in votes if vote.p is not None}
    assert round(4 * (tested["p"].p or 0), 4) == round(tested["p"].p_holm or 0, 4)


def test_another_who_speaks_is_outside_of_both() -> None:
    votes, tests, _ = bloc_votes(stand({**TWO_CAMPS, "z": "+...."}), BLOCS, 3)
    assert 5 == tests
    assert [(1, 4), (5, 5)] == [(vote.outside_in_favour, vote.outside_n) for vote in votes if vote.proposal == "p"]


def test_too_few_to_tell() -> None:
    vote = by_bloc_and_proposal()[2, "t"]
    assert (0, 0, 1, None, None, None, None) == (
        vote.in_favour,
        vote.against,
        vote.n,
        vote.share,
        vote.p,
        vote.p_holm,
        vote.agreement,
    )
    assert vote.side is None


def test_what_all_could_accept_and_what_divides() -> None:
    """On s 3 of 4 and 3 of 3 are in favour: 4/6 · 4/5; on p 4 of 4 and none of 3: 5/6 · 1/5."""
    votes = bloc_votes(stand(TWO_CAMPS), BLOCS, 3).votes
    common = {one.proposal: one for one in in_common(stand(TWO_CAMPS), votes, 2, 3)}
    assert ["s", "p", "q", "r", "t"] == list(common)[:1] + sorted(list(common)[1:])
    assert (0.5333, 0.1667) == (
        common["s"].consensus,
        common["p"].consensus,
    )
    assert [True, False, False] == [common[key].acceptable for key in "spt"]
    assert [False, True, False] == [common[key].divides for key in "spt"]
    assert ((1,), (2,), ()) == (common["p"].blocs_for, common["p"].blocs_against, common["p"].too_few)
    assert (None, (1, 2), 3) == (common["t"].consensus, common["t"].too_few, common["t"].n)


def test_who_departs() -> None:
    votes = bloc_votes(stand(TWO_CAMPS), BLOCS, 3).votes
    (parting,) = partings(stand(TWO_CAMPS), votes, BLOCS, 3)
    assert ("a3", 1, "s", "opposes", "for", 3, 0, 4) == parting[:8]
    assert () == partings(stand(TWO_CAMPS), votes, BLOCS, 5)


def test_who_takes_no_side_departs_from_nobody() -> None:
    table = {"a": "+", "b": "+", "c": "+", "d": "~", "e": "s"}
    votes = bloc_votes(stand(table), (tuple(table),), 3).votes
    assert ["e"] == [parting.actor for parting in partings(stand(table), votes, (tuple(table),), 3)]


tables = st.lists(st.text("." + "".join(SIGNS), min_size=4, max_size=4), min_size=2, max_size=12)


@given(tables, st.integers(1, 4), st.integers(1, 4))
def test_laws(signs: list[str], least: int, parts: int) -> None:
    table = {f"actor-{at:02}": line for at, line in enumerate(signs)}
    blocs = tuple(bloc for at in range(parts) if (bloc := tuple(table)[at::parts]))
    votes, tests, _ = bloc_votes(stand(table), blocs, least)
    assert all(vote.in_favour + vote.against <= vote.n for vote in votes)
    for vote in votes:
        assert (vote.share is None) == (vote.n < least)
        assert (vote.p is None) == (min(vote.n, vote.outside_n) < least) == (vote.p_holm is None)
        assert vote.share is None or 0 < vote.share < 1
        assert vote.p is None or 0 <= vote.p <= (vote.p_holm or 0) <= 1
    assert tests <= sum(vote.p is not None for vote in votes)
    for common in in_common(stand(table), votes, len(blocs), least):
        assert (common.consensus is None) == bool(common.too_few)
        assert set(common.blocs_for).isdisjoint(common.blocs_against)
        assert not (common.divides and common.acceptable)

    renamed = {f"other-{99 - at:02}": line for at, line in enumerate(signs)}
    names = dict(zip(table, renamed, strict=True))
    again, tests_again, _ = bloc_votes(stand(renamed), [tuple(names[key] for key in bloc) for bloc in blocs], least)
    assert ([vote[:-1] for vote in votes], tests) == ([vote[:-1] for vote in again], tests_again)


def test_what_one_bloc_takes_no_side_on_is_not_what_all_could_accept() -> None:
    table = {"a1": "+", "a2": "+", "a3": "+", "b1": "~", "b2": "~", "b3": "~"}
    blocs = (("a1", "a2", "a3"), ("b1", "b2", "b3"))
    votes = bloc_votes(stand(table), blocs, 3).votes
    (common,) = in_common(stand(table), votes, 2, 3)
    assert ((1,), (), (), 0.16, False) == (*common[2:5], common.consensus, common.acceptable)
