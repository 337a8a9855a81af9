"""Weights in a tally: what is summed, who is in no sum, and what cannot be asked."""

from fractions import Fraction
from pathlib import Path

import pytest
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import UsageProblem
from actorgraph.ledger.store import Ledger
from actorgraph.questions.tally import tally
from actorgraph.questions.weights import weigh

COUNCIL = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state, weight: {population: 0.1, votes: 3}}
  bor: {name: Bor, kind: state, weight: {population: 0.2, votes: 2}}
  cup: {name: Cup, kind: state, weight: {population: 0.4}}
  dov: {name: Dov, kind: organisation, weight: {population: 0.3, votes: 1}}
  eve: {name: Eve, kind: organisation}
  fay: {name: Fay, kind: person}
  club: {name: The Club, kind: coalition}
proposals:
  law: {title: The law, entails: idea}
  idea: {title: The idea}
  gone: {title: Gone, until: 2024-02-20, fate: withdrawn}
relations:
  - {actor: ada, relation: member-of, to: club, since: 2024-01-01}
  - {actor: eve, relation: member-of, to: club, since: 2024-01-01}
  - {actor: fay, relation: represents, to: ada, since: 2024-01-01}
stances:
  - {actor: ada, position: supports, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, position: supports, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: opposes, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: dov, position: open, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: dov, position: opposes, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("council"), COUNCIL)


def test_sums_are_exact_and_who_has_no_weight_is_named(council: Ledger) -> None:
    (counted,) = tally(council, "law", as_of="2024-04", weight="population")
    (weighed,) = counted.weighed or ()
    assert 0.3 == weighed.supporting, "0.1 + 0.2, to the digit"
    assert (0.4, 0, 0.3, 0, 1) == (
        weighed.opposing,
        weighed.between,
        weighed.contested,
        weighed.silent,
        weighed.whole,
    )
    assert (0.3, 0.4) == (weighed.supporting_share, weighed.opposing_share)
    assert ("club", "eve") == weighed.without, "the person speaks for a state, and nobody asked about it"
    assert counted.majority is None
    assert (None, None) == tally(council, "law", as_of="2024-04")[0][-2:]


def test_shares_may_be_of_those_who_state_a_position(council: Ledger) -> None:
    answer = tally(council, "law", as_of="2024-04", weight=["votes", "actors"], share_of="stated")
    votes, heads = answer[0].weighed or ()
    assert (5, 0, 1, 6, 5, 1.0) == (
        votes.supporting,
        votes.opposing,
        votes.contested,
        votes.whole,
        votes.of,
        votes.supporting_share,
    )
    assert ("club", "cup", "eve") == votes.without
    assert (2, 1, 1, 2, 6, 3, 0.6667) == (
        heads.supporting,
        heads.opposing,
        heads.contested,
        heads.silent,
        heads.whole,
        heads.of,
        heads.supporting_share,
    )


def test_a_double_majority(council: Ledger) -> None:
    answer = tally(council, "law", as_of="2024-04", threshold=["population=65%", "actors=1/3"])
    held = answer[0].majority
    assert held is not None
    assert [(0.65, 0.3, 0.35, 0.6, False), (2, 2, 0, 5, True)] == [
        (hurdle.needed, hurdle.reached, hurdle.missing, hurdle.most, hurdle.reachable) for hurdle in held.hurdles
    ]
    assert (False, False, 1, (("cup",),)) == held[1:5]
    assert {"population": True, "actors": True} == dict.fromkeys(answer.query["weight"], True)
    assert {"club", "eve", "cup"} <= set(answer.about.actors)


def test_thresholds_may_be_of_those_who_state_a_position(council: Ledger) -> None:
    of_all, of_stated = (
        tally(council, "law", as_of="2024-04", threshold="actors=2/3", share_of=share_of)[0].majority
        for share_of in ("all", "stated")
    )
    assert of_all is not None
    assert of_stated is not None
    assert [(4, False), (2, True)] == [(held.hurdles[0].needed, held.carries) for held in (of_all, of_stated)]


def test_who_states_nothing_is_silent_whatever_follows_for_it(council: Ledger) -> None:
    (counted,) = tally(council, "idea", as_of="2024-04", weight="votes")
    (votes,) = counted.weighed or ()
    assert 2 == counted.implied["supports"]
    assert (0, 6, 6) == (votes.supporting, votes.silent, votes.whole)


def test_by_kind_and_by_group_each_has_sums_of_its_own(council: Ledger) -> None:
    kinds = {count.by: count for count in tally(council, "law", as_of="2024-04", by="kind", threshold="votes=50%")}
    (votes,) = kinds["state"].weighed or ()
    assert (5, 5, ("cup",)) == (votes.supporting, votes.whole, votes.without)
    assert kinds["state"].majority is not None
    assert ("ada",) == kinds["state"].majority.pivotal
    groups = {count.by: count for count in tally(council, "law", as_of="2024-04", by="group", weight="votes")}
    (votes,) = groups["club"].weighed or ()
    assert (3, 3, ("eve",)) == (votes.supporting, votes.whole, votes.without)


def test_on_what_is_gone_nobody_has_weight(council: Ledger) -> None:
    (counted,) = tally(council, "gone", as_of="2024-04", threshold="votes=50%")
    (votes,) = counted.weighed or ()
    assert (0, None, ()) == (votes.whole, votes.supporting_share, votes.without)
    assert counted.majority is not None
    assert (False, False, 0) == counted.majority[1:4]


def test_flat_records_have_the_sums(council: Ledger) -> None:
    answer = tally(council, "law", as_of="2024-04", threshold="votes=4")
    (record,) = answer.records()
    assert list(answer.columns) == list(record)
    assert (5, 0, 1, ("club", "cup", "eve")) == (
        record["votes_for"],
        record["votes_against"],
        record["votes_contested"],
        record["votes_without"],
    )
    assert (True, True, 0, (), ("ada", "bor")) == tuple(record.values())[-5:]
    assert "votes_for" not in tally(council, "law", as_of="2024-04").columns
    without = tally(council, "law", as_of="2024-04", weight="votes")
    assert list(without.columns) == list(without.records()[0])
    assert "votes_without" == without.columns[-1]


def test_what_cannot_be_asked(council: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"weight 'votez' \(did you mean 'votes'\?\); weights on record are pop"):
        tally(council, as_of="2024", weight="votez")
    with pytest.raises(UsageProblem, match="no actor has the weight 'gdp'; weights on record are population, votes"):
        tally(council, as_of="2024", threshold="gdp=5%")
    with pytest.raises(UsageProblem, match="no share of 'al' \\(did you mean 'all'\\?\\)"):
        tally(council, as_of="2024", weight="votes", share_of="al")
    for asked in ({"weight": 5}, {"threshold": 5}):
        with pytest.raises(UsageProblem, match="weights and thresholds are texts, not 5"):
            tally(council, as_of="2024", **asked)  # type: ignore[arg-type]
    bare = loaded(tmp_path, "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}}\n")
    with pytest.raises(UsageProblem, match="no actor has the weight 'votes'; no actor has a weight"):
        tally(bare, as_of="2024", weight="votes")


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.tuples(
            st.sampled_from(["supports", "opposes", "open", "silent", "contested"]), st.decimals(0, 99, places=2)
        ),
    )
)
def test_the_places_add_up_to_the_whole(actors: dict[str, tuple[str, str]]) -> None:
    places = {actor: place for actor, (place, _) in actors.items()}
    weighed = weigh(places, "v", {actor: Fraction(number) for actor, (_, number) in actors.items()})
    sums = (weighed.supporting, weighed.opposing, weighed.between, weighed.contested, weighed.silent)
    assert Fraction(str(weighed.whole)) == sum((Fraction(str(number)) for number in sums), Fraction())
