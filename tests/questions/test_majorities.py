"""Majorities: small councils worked out by hand, and the laws, against a naive look at every coalition."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import UsageProblem
from actorgraph.questions.majorities import (
    Majority,
    Threshold,
    majority,
    minimal_blocking,
    parsed_threshold,
    smallest_blocking,
)

VOTES = {"fr": 4, "de": 4, "it": 4, "nl": 2, "be": 2, "lu": 1}
"""The Council of the six of 1958: 17 votes, of which 12 carry. Luxembourg can never be missed."""


def council(supporting: str, opposing: str, *thresholds: str, share_of: str = "all") -> Majority:
    votes = {actor: Fraction(number) for actor, number in VOTES.items()}
    weights = {"votes": votes, "actors": dict.fromkeys(VOTES, Fraction(1))}
    sides = supporting.split(), opposing.split()
    return majority(
        map(parsed_threshold, thresholds),
        weights,
        supporting=sides[0],
        opposing=sides[1],
        stating=[*sides[0], *sides[1]],
        share_of=share_of,
    )


def test_the_council_of_1958() -> None:
    found = council("fr de it", "be", "votes=12")
    assert (True, True, ("de", "fr", "it")) == (found.carries, found.reachable, found.pivotal)
    assert () == council("fr de it nl be", "", "votes=12").pivotal, "16 votes: without any of them 12 are left"
    assert ("de", "fr", "it") == council("fr de it lu", "", "votes=12").pivotal, "nobody needs Luxembourg"


def test_what_is_missing_and_what_can_be_reached() -> None:
    (hurdle,) = council("fr nl", "be", "votes=12").hurdles
    assert ("votes", "12", 12, 6, 6, False, 15, True) == (*hurdle[:7], hurdle.reachable)
    assert (14, 0) == council("fr de it nl", "", "votes=12").hurdles[0][3:5], "what is beyond it misses nothing"


def test_those_against_block() -> None:
    found = council("fr", "de nl be lu", "votes=12")
    assert (False, 8) == (found.reachable, found.hurdles[0].most)
    assert (("be", "de"), ("de", "nl")) == found.smallest, "6 of 17 votes leave 11"
    assert 2 == found.blocking
    assert (0, ()) == council("fr", "nl be lu", "votes=12")[3:5]


def test_all_of_several_thresholds_must_be_met() -> None:
    found = council("fr de it", "lu nl", "votes=2/3", "actors=4")
    assert [True, False] == [hurdle.met for hurdle in found.hurdles]
    assert (False, True, 1) == (found.carries, found.reachable, found.hurdles[1].missing)
    blocked = council("fr de it", "lu nl be", "votes=2/3", "actors=4")
    assert (False, 1, (("be", "lu", "nl"),)) == (blocked.reachable, blocked.blocking, blocked.smallest), "three of six"


def test_a_share_of_those_who_state_a_position() -> None:
    found = council("fr", "lu", "votes=60%", share_of="stated")
    assert (True, ("fr",)) == (found.carries, found.pivotal)
    assert (3, 10.2, 16, True) == (
        found.hurdles[0].needed,
        found.hurdles[0].needed_of_all,
        found.hurdles[0].most,
        found.hurdles[0].reachable,
    )


def test_a_share_is_met_exactly_on_it() -> None:
    assert council("fr de it lu nl", "", "votes=15/17").carries
    assert not council("fr de it lu", "", "votes=15/17").carries


def test_what_not_even_all_can_reach_has_no_blocking_minority() -> None:
    found = council("fr", "de", "votes=100")
    assert (False, False, 0, ()) == (found.carries, found.reachable, found.blocking, found.smallest)
    assert (0, ()) == council("fr", "de", "votes=18")[3:5], "one vote more than there are"
    assert (0, ()) == council("fr", "de nl be lu", "votes=18", "actors=4")[3:5], "nor is one, then, of the other sum"


def test_who_has_no_weight_neither_blocks_nor_is_pivotal() -> None:
    weights = {"votes": {"a": Fraction(2), "b": Fraction(2), "c": Fraction(1)}}
    threshold = [parsed_threshold("votes=4")]
    held = majority(threshold, weights, supporting=["a", "b", "x"], opposing=["c"], stating=["a", "b", "c", "x"])
    assert (True, ("a", "b")) == (held.carries, held.pivotal)
    blocked = majority(threshold, weights, supporting=["a"], opposing=["x", "y", "b"], stating=["a", "b", "x", "y"])
    assert (1, (("b",),)) == (blocked.blocking, blocked.smallest)
    assert (0, ()) == majority(threshold, weights, supporting=["a"], opposing=["x", "y"], stating="axy")[3:5]


def test_a_share_of_nothing_is_never_met() -> None:
    found = majority([parsed_threshold("v=1%")], {"v": {}}, supporting="a", opposing="b", stating="ab")
    assert (False, False) == (found.carries, found.reachable)
    assert 0 == majority([parsed_threshold("1%")], {"actors": {}}, supporting="", opposing="", stating="").blocking


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("65%", ("actors", Fraction(13, 20), True)),
        ("population = 66.6 %", ("population", Fraction(333, 500), True)),
        ("votes=2/3", ("votes", Fraction(2, 3), True)),
        ("votes=255", ("votes", Fraction(255), False)),
        ("100%", ("actors", Fraction(1), True)),
        ("1", ("actors", Fraction(1), False)),
        ("gdp per head=1.5", ("gdp per head", Fraction(3, 2), False)),
    ],
)
def test_what_a_threshold_means(text: str, meant: tuple[object, ...]) -> None:
    assert meant == parsed_threshold(text)[:3]


def test_a_threshold_without_a_name_is_of_the_only_weight() -> None:
    assert "votes" == parsed_threshold("65%", ("votes",)).weight
    assert "votes" == parsed_threshold("votes=65%", ("population", "votes")).weight
    with pytest.raises(UsageProblem, match="a threshold of 65% of what\\? write votes=65%"):
        parsed_threshold("65%", ("votes", "population"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0%", "always met"),
        ("0", "always met"),
        ("101%", "more than all there is"),
        ("3/2", "more than all there is"),
        ("0.65", "a share is written 65%"),
        ("1/0", "is no threshold"),
        ("most", "is no threshold; write 65%, 2/3, or a number"),
        ("votes=", "is no threshold"),
        ("-5", "is no threshold"),
    ],
)
def test_what_is_no_threshold(text: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        parsed_threshold(text)


def test_too_many_minorities_are_not_counted() -> None:
    assert minimal_blocking([(10**6 + at**3 * 7919 % 99991,) for at in range(40)], [2 * 10**7]) is None
    assert 10 == len(smallest_blocking({f"m{at}": (1000 + at,) for at in range(40)}, [20_000]))
    (alone,) = smallest_blocking({f"m{at}": (1,) for at in range(3000)}, [2000])
    assert 2000 == len(alone), "of so many members one is enough"


_WEIGHTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=7)


@given(_WEIGHTS, st.integers(1, 15), st.integers(1, 15))
def test_minorities_are_those_that_a_look_at_every_coalition_finds(
    weights: list[tuple[int, int]], first: int, second: int
) -> None:
    members = {f"m{at}": each for at, each in enumerate(weights)}
    least = (first, second)

    def blocks(coalition: tuple[str, ...]) -> bool:
        return any(sum(members[key][at] for key in coalition) >= least[at] for at in (0, 1))

    every = [some for size in range(1, len(members) + 1) for some in combinations(sorted(members), size)]
    minimal = [
        some for some in every if blocks(some) and not any(blocks(tuple(k for k in some if k != key)) for key in some)
    ]
    assert len(minimal) == minimal_blocking(members.values(), least)
    fewest = min(map(len, minimal), default=0)
    smallest = {some for some in minimal if len(some) == fewest}
    found = smallest_blocking(members, least)
    assert len(set(found)) == len(found) == min(len(smallest), 10)
    assert set(found) <= smallest


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 9), st.sampled_from(["for", "against", ""]))),
    st.integers(1, 100),
)
def test_who_carries_is_not_blocked_and_who_is_pivotal_is_for(actors: dict[str, tuple[int, str]], percent: int) -> None:
    weights = {actor: Fraction(number, 10) for actor, (number, _) in actors.items()}
    sides = {side: [actor for actor, (_, where) in actors.items() if where == side] for side in ("for", "against")}
    threshold = Threshold("v", Fraction(percent, 100), is_share=True, text=f"{percent}%")
    found = majority(
        [threshold],
        {"v": weights},
        supporting=sides["for"],
        opposing=sides["against"],
        stating=[*sides["for"], *sides["against"]],
    )
    assert not (found.carries and not found.reachable)
    assert set(found.pivotal) <= set(sides["for"])
    assert bool(found.smallest) == (not found.reachable and bool(sum(weights.values())))
    for actor in sides["for"]:
        left = sum((weights[other] for other in sides["for"] if other != actor), Fraction())
        loses = found.carries and left < threshold.least * sum(weights.values())
        assert loses == (actor in found.pivotal)
