"""Inference: the rules by example, by law, and against a naive fixed point worked out for each day."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from builders import WINDOW, model, stance
from hypothesis import given
from hypothesis import strategies as st
from oracle import naive_end, naive_period, naive_said

from actorgraph.dates import OPEN
from actorgraph.ledger.holdings import Holding, holdings
from actorgraph.ledger.inference import inferred, linked_to, reasoned
from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Proposal, Stance
from actorgraph.vocabulary import UNDERTAKINGS

PROPOSALS = "pqrstu"


def commitment(stage: str, when: str, **keys: object) -> Commitment:
    """Return a commitment of a on p."""
    record = {"actor": "a", "proposal": "p", "stage": stage, "date": when, "evidence": [{"source": "early"}], **keys}
    return Commitment.model_validate(record)


LONG_BEFORE = {"since": "2023"}


def thinking(records: list[Stance | Commitment], **proposals: Mapping[str, object]) -> Model:
    """Return a model with these records, these proposals, and others that have been on record for long."""
    whole = model(*records)
    known = {key: Proposal.model_validate({"title": key, **LONG_BEFORE, **proposals.get(key, {})}) for key in PROPOSALS}
    return Model(
        whole.header,
        actors=whole.actors,
        proposals=known,
        sources=whole.sources,
        stances=whole.stances,
        commitments=whole.commitments,
    )


def chains(holding: Holding) -> list[str]:
    """Return the chains to a holding in short."""
    return [" ".join(f"{step.rule}>{step.proposal}" for step in ground.steps) for ground in holding.grounds]


def brief(whole: Model) -> list[tuple[object, ...]]:
    """Return proposal, position, since, until, conditions, contested, and the chains in short."""
    return [
        (
            one.proposal, one.position, one.since, one.until, one.conditions, one.contest is not None,
            chains(one),
        )
        for one in inferred(holdings(whole), whole)
    ]  # fmt: skip


def overruled_on(proposal: str, whole: Model) -> list[Holding]:
    """Return what is overruled on a proposal."""
    return [one for one in reasoned(holdings(whole), whole).overruled if one.proposal == proposal]


def test_support_travels_along_entails() -> None:
    whole = thinking([stance("supports", "2024-01-05")], p={"entails": ["q"]}, q={"entails": ["r"]})
    assert [
        ("q", "supports", 20240105, OPEN, (), False, ["stated>p entails>q"]),
        ("r", "supports", 20240105, OPEN, (), False, ["stated>p entails>q entails>r"]),
    ] == brief(whole)


def test_opposition_travels_against_it() -> None:
    whole = thinking([stance("opposes", "2024-01-05")], q={"entails": ["p"]})
    assert [("q", "opposes", 20240105, OPEN, (), False, ["stated>p entailed>q"])] == brief(whole)


@pytest.mark.parametrize("proposals", [{"p": {"excludes": ["q"]}}, {"q": {"excludes": ["p"]}}])
def test_exclusion_works_both_ways(proposals: dict[str, dict[str, list[str]]]) -> None:
    whole = thinking([stance("supports", "2024-01-05")], **proposals)
    assert [("q", "opposes", 20240105, OPEN, (), False, ["stated>p excludes>q"])] == brief(whole)


@pytest.mark.parametrize("position", ["open", "neutral", "opposes"])
def test_nothing_else_travels(position: str) -> None:
    whole = thinking([stance(position, "2024-01-05")], p={"entails": ["q"], "excludes": ["r"]})
    assert [] == brief(whole)


@pytest.mark.parametrize("stage", ["pledges", "allocates", "delivers"])
def test_an_undertaking_is_support(stage: str) -> None:
    whole = thinking([commitment(stage, "2024-01-05", **{"if": ["c"]})], p={"entails": ["q"]})
    assert [
        ("p", "supports", 20240105, OPEN, ("c",), False, ["stated>p undertakes>p"]),
        ("q", "supports", 20240105, OPEN, ("c",), False, ["stated>p undertakes>p entails>q"]),
    ] == brief(whole)


@pytest.mark.parametrize("stage", ["declines", "withdraws", "considers", "threatens"])
def test_not_taking_part_is_not_opposing(stage: str) -> None:
    assert [] == brief(thinking([commitment(stage, "2024-01-05")], p={"entails": ["q"]}, q={"entails": ["p"]}))


def test_what_is_stated_beats_what_is_inferred_while_it_is_in_force() -> None:
    whole = thinking(
        [stance("supports", "2024-01-05"), stance("neutral", "2024-02-01", proposal="q", until="2024-03-01")],
        p={"entails": ["q"]},
        q={"entails": ["r"]},
    )
    assert [("q", 20240105, 20240201), ("q", 20240301, OPEN), ("r", 20240105, 20240201), ("r", 20240301, OPEN)] == [
        (one[0], one[2], one[3]) for one in brief(whole)
    ]


def test_opposite_inferences_are_both_kept_contested() -> None:
    whole = thinking(
        [stance("supports", "2024-01-05"), stance("supports", "2024-02-01", proposal="q", until="2024-03-01")],
        p={"entails": ["r"]},
        q={"excludes": ["r"]},
    )
    assert [
        ("r", "supports", 20240105, 20240201, False),
        ("r", "opposes", 20240201, 20240301, True),
        ("r", "supports", 20240201, 20240301, True),
        ("r", "supports", 20240301, OPEN, False),
    ] == [(one[0], one[1], one[2], one[3], one[5]) for one in brief(whole) if one[0] == "r"]
    told = [one[6] for one in brief(whole) if one[:2] == ("r", "supports")]
    assert [["stated>p entails>r"]] * 3 == told, "one chain for the whole run"


def test_what_is_contested_infers_nothing() -> None:
    whole = thinking(
        [stance("supports", "2024-01-05"), stance("opposes", "2024-01-05"), stance("supports", "2024-02-01")],
        p={"entails": ["q"]},
    )
    assert [("q", "supports", 20240201, OPEN)] == [one[:4] for one in brief(whole)]


def test_opposites_under_conditions_that_cannot_both_be_met_are_no_contest() -> None:
    whole = thinking(
        [
            stance("supports", "2024-01-05", **{"if": ["c"]}),
            stance("supports", "2024-01-05", proposal="q", unless=["c"]),
        ],
        p={"entails": ["r"]},
        q={"excludes": ["r"]},
    )
    assert [("opposes", ("not:c",), False), ("supports", ("c",), False)] == [
        (one[1], one[4], one[5]) for one in brief(whole) if one[0] == "r"
    ]


@pytest.mark.parametrize("dates", [("2024-02", "2024-02-29"), ("2024-02-29", "2024-02")])
def test_a_proposal_is_on_record_from_what_was_first_said_on_it_though_the_actor_was_gone(
    dates: tuple[str, str],
) -> None:
    later = [stance("neutral", when, "late", id=when, actor="b", proposal="q") for when in dates]
    whole = thinking([stance("supports", "2024-01-05"), *later], p={"entails": ["q"]}, q={"since": None})
    gone = whole.actors["b"].model_copy(update={"until": "2024-01-15"})
    (follows,) = inferred(holdings(whole := replace(whole, actors={**whole.actors, "b": gone})), whole)
    assert ("q", 20240229, "2024-02-29") == (follows.proposal, follows.since, follows.interval.since_date)


def test_another_chain_is_another_ground_of_the_same_holding() -> None:
    whole = thinking(
        [stance("supports", "2024-01-05", until="2024-02-01"), stance("supports", "2024-02-01", proposal="q")],
        p={"entails": ["r"]},
        q={"entails": ["r"]},
    )
    assert [("r", "supports", 20240105, OPEN, (), False, ["stated>p entails>r", "stated>q entails>r"])] == brief(whole)


def in_turn(**proposals: Mapping[str, object]) -> Model:
    """Return a model in which a longer chain to r comes first in time, and then a shorter one."""
    first, then = stance("supports", "2024-01-05", until="2024-02-01"), stance("supports", "2024-02-01", proposal="q")
    return thinking([first, then], p={"entails": ["s"]}, s={"entails": ["r"]}, q={"entails": ["r"]}, **proposals)


IN_TURN = ["stated>p entails>s entails>r", "stated>q entails>r"]


def test_grounds_are_told_in_the_order_of_time() -> None:
    assert ("r", "supports", 20240105, OPEN, (), False, IN_TURN) in brief(in_turn())


def test_what_is_overruled_is_told_in_the_order_of_time() -> None:
    whole = in_turn()
    whole = replace(whole, stances=(*whole.stances, stance("opposes", "2023-12-01", "early", proposal="r", id="no")))
    (one,) = overruled_on("r", whole)
    assert ("supports", 20240105, OPEN, IN_TURN) == (one.position, one.since, one.until, chains(one))


def test_of_two_chains_the_shorter_is_told_whatever_its_names() -> None:
    whole = thinking(
        [stance("supports", "2024-01-05"), stance("supports", "2024-01-05", proposal="q")],
        p={"entails": ["r"]},
        r={"entails": ["s"]},
        q={"entails": ["s"]},
    )
    assert ("s", "supports", 20240105, OPEN, (), False, ["stated>q entails>s"]) in brief(whole)


@pytest.mark.parametrize(
    ("said", "proposals", "told"),
    [
        (
            [stance("supports", "2024-01-05"), stance("opposes", "2024-01-05", proposal="t")],
            {"p": {"excludes": ["q"]}, "q": {"entails": ["t"]}},
            ["stated>p excludes>q", "stated>t entailed>q"],
        ),
        (
            [stance("supports", "2024-01-05"), stance("opposes", "2024-01-05", proposal="t")],
            {"p": {"entails": ["r"]}, "r": {"excludes": ["q"]}, "q": {"entails": ["t"]}},
            ["stated>t entailed>q"],
        ),
        (
            [stance("supports", "2024-01-05"), stance("supports", "2024-01-05", proposal="t")],
            {"p": {"excludes": ["q"]}, "t": {"excludes": ["q"]}},
            ["stated>p excludes>q"],
        ),
        (
            [stance("opposes", "2024-01-05", proposal="t"), stance("opposes", "2024-01-05", proposal="u")],
            {"q": {"entails": ["t", "u"]}},
            ["stated>t entailed>q"],
        ),
    ],
)
def test_what_is_overruled_is_told_once_and_once_more_where_another_dispute_may_tell_it(
    said: list[Stance | Commitment], proposals: dict[str, dict[str, object]], told: list[str]
) -> None:
    whole = thinking([*said, stance("supports", "2024-01-01", proposal="q")], **proposals)
    assert told == sorted(chain for one in overruled_on("q", whole) for chain in chains(one))


def test_an_undertaking_that_is_overruled_is_told_beside_what_else_is() -> None:
    whole = thinking(
        [
            commitment("pledges", "2024-01-05"),
            stance("supports", "2024-01-05", proposal="q"),
            stance("opposes", "2024-01-01"),
        ],
        q={"entails": ["p"]},
    )
    told = sorted(chain for one in overruled_on("p", whole) for chain in chains(one))
    assert ["stated>p undertakes>p", "stated>q entails>p"] == told


def test_the_shortest_chain_is_told_and_fewer_conditions_win() -> None:
    whole = thinking(
        [stance("supports", "2024-01-05", **{"if": ["c"]}), stance("supports", "2024-01-05", proposal="q")],
        p={"entails": ["s"]},
        q={"entails": ["r"]},
        r={"entails": ["s"]},
    )
    assert ("s", "supports", 20240105, OPEN, (), False, ["stated>q entails>r entails>s"]) in brief(whole)
    assert [()] == [one[4] for one in brief(whole) if one[0] == "s"]


def test_what_is_stated_overrules_what_would_follow_and_lies_apart_from_it() -> None:
    whole = thinking(
        [
            stance("supports", "2024-01-05"),
            stance("neutral", "2024-02-01", proposal="q", until="2024-03-01"),
            stance("open", "2024-02-01", proposal="r"),
        ],
        p={"entails": ["q", "r"]},
    )
    overruled = reasoned(holdings(whole), whole).overruled
    assert [("q", "supports", 20240201, 20240301)] == [
        (one.proposal, one.position, one.since, one.until) for one in overruled
    ], "to be open is not to lie apart from support"


# -- laws --------------------------------------------------------------------------------------------------

dates = st.sampled_from(["2024-01-05", "2024-01-20", "2024-02-01", "2024-02-10", "2024-03"])
ends = st.sampled_from([None, None, "2024-06-01", "2025"])


@st.composite
def said(draw: st.DrawFn) -> list[Stance | Commitment]:
    """Return stances and commitments of two actors."""
    found: list[Stance | Commitment] = []
    for number in range(draw(st.integers(0, 7))):
        keys = {
            "id": f"r{number}",
            "actor": draw(st.sampled_from("aab")),
            "proposal": draw(st.sampled_from(PROPOSALS)),
            "until": draw(ends),
            **draw(st.sampled_from([{}, {}, {"if": ("c",)}, {"if": ("c", "d")}, {"unless": ("c",)}])),
        }
        if draw(st.booleans()):
            found.append(stance(draw(st.sampled_from(["supports", "opposes", "neutral"])), draw(dates), **keys))
        else:
            found.append(commitment(draw(st.sampled_from(["pledges", "declines", "delivers"])), draw(dates), **keys))
    return found


structures = st.dictionaries(
    st.sampled_from(PROPOSALS),
    st.fixed_dictionaries(
        {
            "entails": st.lists(st.sampled_from(PROPOSALS), max_size=2, unique=True),
            "excludes": st.lists(st.sampled_from(PROPOSALS), max_size=1),
        },
        optional={
            "since": st.sampled_from([None, "2024-01", "2024-02-05"]),
        },
    ),
)
ending = st.dictionaries(
    st.sampled_from(PROPOSALS),
    st.sampled_from([{"until": "2024-02-07", "fate": "withdrawn"}, {"until": "2024-02-07", "fate": "adopted"}]),
)
"""The ends of some proposals."""
Fact = tuple[str, str, tuple[str, ...]]


def follows(position: str, proposal: str, whole: Model) -> set[tuple[str, str]]:
    """Return (position, proposal) of all that follows by one rule, by looking at every pair of proposals."""
    found = {("supports", proposal)} if position in UNDERTAKINGS else set()
    for key, other in whole.proposals.items():
        mine = whole.proposals[proposal]
        if position == "supports" and key in mine.entails:
            found.add(("supports", key))
        if position == "opposes" and proposal in other.entails:
            found.add(("opposes", key))
        if position == "supports" and (key in mine.excludes or proposal in other.excludes):
            found.add(("opposes", key))
    return found


def naive(
    actor: str, day: int, stated: tuple[Holding, ...], whole: Model
) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Return what an actor's statements amount to on one day, and what they overrule: a fixed point over its facts."""
    now = [one for one in stated if one.actor == actor and one.since <= day < one.until]
    taken = {one.proposal for one in now if one.kind == "stance"}
    facts: set[Fact] = {
        (one.position, one.proposal, one.conditions)
        for one in now
        if one.contest is None and on_record(one.proposal, day, whole)
    }
    drawn: set[Fact] = set()
    while True:
        new = {
            (position, proposal, conditions)
            for position_before, before, conditions in facts | drawn
            for position, proposal in follows(position_before, before, whole)
            if proposal not in taken and on_record(proposal, day, whole)
        } - drawn
        if not new:
            break
        drawn |= new
    kept = {one for one in drawn if not any(one[:2] == other[:2] and set(other[2]) < set(one[2]) for other in drawn)}
    places = {"opposes": -2, "neutral": 0, "open": 1, "supports": 2}
    beaten: set[tuple[object, ...]] = {
        (position, proposal, conditions)
        for position_before, before, conditions in facts | drawn
        for position, proposal in follows(position_before, before, whole)
        for one in now
        if one.kind == "stance" and one.proposal == proposal and on_record(proposal, day, whole)
        if abs(places[one.position] - places[position]) >= 2
    }
    return {
        (*one, any(other[1] == one[1] and other[0] != one[0] and can_hold(other[2], one[2]) for other in kept))
        for one in kept
    }, beaten


def can_hold(conditions: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether no condition must hold for the one and must not for the other."""
    both = {*conditions, *others}
    return not any(f"not:{condition}" in both for condition in both)


def on_record(key: str, day: int, whole: Model) -> bool:
    """Return whether a proposal is on record on a day: since its own date, or since something was said on it."""
    proposal = whole.proposals[key]
    records: list[Stance | Commitment] = [*whole.stances, *whole.commitments]
    said = [naive_said(record) for record in records if record.proposal == key]
    begin = naive_period(proposal.since)[-1] if proposal.since else min(said, default=0)
    return begin <= day and (proposal.fate == "adopted" or day < naive_end(proposal.until))


@given(said(), structures, ending)
def test_inference_agrees_with_a_fixed_point_of_each_day(
    records: list[Stance | Commitment], structure: dict[str, dict[str, object]], ends: dict[str, dict[str, object]]
) -> None:
    whole = thinking(records, **{key: {**structure.get(key, {}), **ends.get(key, {})} for key in PROPOSALS})
    stated = holdings(whole)
    found, overruled = reasoned(stated, whole)
    assert inferred(stated, whole) == found
    for day in WINDOW[::7]:
        for actor in "ab":
            drawn = {
                (one.position, one.proposal, one.conditions, one.contest is not None)
                for one in found
                if one.actor == actor and one.since <= day < one.until
            }
            beaten = {
                (one.position, one.proposal, one.conditions)
                for one in overruled
                if one.actor == actor and one.since <= day < one.until
            }
            assert naive(actor, day, stated, whole) == (drawn, beaten)


@given(said(), structures, st.randoms(use_true_random=False))
def test_the_fixed_point_does_not_depend_on_order(
    records: list[Stance | Commitment], structure: dict[str, dict[str, list[str]]], chance: random.Random
) -> None:
    whole = thinking(records, **structure)
    stated = list(holdings(whole))
    expected = reasoned(stated, whole)
    chance.shuffle(stated)
    turned = {
        key: {name: others if name == "since" else others[::-1] for name, others in structure[key].items()}
        for key in reversed(structure)
    }
    assert expected == reasoned(stated, thinking(records, **turned))


@given(said(), structures, ending, st.sampled_from(PROPOSALS))
def test_what_follows_on_a_proposal_needs_no_more_than_those_linked_to_it(
    records: list[Stance | Commitment],
    structure: dict[str, dict[str, object]],
    ends: dict[str, dict[str, object]],
    asked: str,
) -> None:
    known = {key: {**structure.get(key, {}), **ends.get(key, {})} for key in PROPOSALS}
    whole = thinking(records, **known)
    linked = linked_to([asked], whole.proposals)
    some = [record for record in records if record.proposal in linked]
    part = replace(whole, stances=thinking(some).stances, commitments=thinking(some).commitments)
    every, fewer = (
        [one for one in (*holdings(side), *inferred(holdings(side), side)) if one.proposal in linked]
        for side in (whole, part)
    )
    assert every == fewer


@given(said(), said(), structures)
def test_another_actors_record_takes_nothing_away(
    records: list[Stance | Commitment], more: list[Stance | Commitment], structure: dict[str, dict[str, object]]
) -> None:
    structure = {key: {**keys, **LONG_BEFORE} for key, keys in structure.items()}  # no record puts it on record
    mine = [one for one in records if one.actor == "a"]
    others = [one.model_copy(update={"id": f"more-{one.id}"}) for one in more if one.actor == "b"]
    alone, together = thinking(mine, **structure), thinking([*mine, *others], **structure)
    found = [one for one in inferred(holdings(together), together) if one.actor == "a"]
    assert list(inferred(holdings(alone), alone)) == found


@given(said(), structures)
def test_every_chain_replays_to_its_conclusion(
    records: list[Stance | Commitment], structure: dict[str, dict[str, list[str]]]
) -> None:
    whole = thinking(records, **structure)
    stated = holdings(whole)
    found = reasoned(stated, whole)
    for one in (*found.inferred, *found.overruled):
        assert one.run[:2] == (one.grounds[0].since, one.grounds[-1].until)
        for ground in one.grounds:
            first, *rest = ground.steps
            bases = [
                base
                for base in stated
                if (base.actor, base.position, base.proposal) == (one.actor, first.position, first.proposal)
                and (base.conditions, tuple(each.id for each in base.said)) == (one.conditions, ground.records)
                and base.contest is None
            ]
            for day in WINDOW[::3]:
                if ground.since <= day < ground.until:
                    assert [base for base in bases if base.since <= day < base.until]
            position, proposal = first.position, first.proposal
            for step in rest:
                assert (step.position, step.proposal) in follows(position, proposal, whole)
                position, proposal = step.position, step.proposal
            assert (one.position, one.proposal) == (position, proposal)
