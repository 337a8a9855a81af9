"""Matches: distances worked out by hand, who stands in the way, and what is no set of positions."""

from pathlib import Path

import pytest
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.analysis.match import Match, Matches, Wanted, match
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.vocabulary import POSITIONS, SCALE

TREATY = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  cup: {name: Cup, kind: organisation}
  dov: {name: Dov, kind: state}
  eve: {name: Eve, kind: state}
proposals:
  ban: {title: The ban, aliases: [total ban]}
  fund: {title: The fund}
  watch: {title: The watch, tags: [arms]}
conditions: {truce: {title: A truce holds}}
stances:
  - {actor: ada, position: supports, proposal: ban, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: ada, position: open, proposal: fund, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: ada, position: supports, proposal: watch, date: 2024-01-01, if: [truce], evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: ban, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: bor, position: supports, proposal: fund, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: bor, position: neutral, proposal: watch, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: cup, position: sceptical, proposal: watch, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: dov, position: supports, proposal: ban, date: 2024-01-01, evidence: [{source: s}]}
  - {actor: dov, position: opposes, proposal: ban, date: 2024-01-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-01-01}}
"""
TROOPS = load("graphs/ukraine-troops")
DRAFT: dict[str, str | tuple[str, float]] = {"total ban": "supports", "fund": "supports", "The watch": ("open", 2)}


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("treaty"), TREATY)


def by_actor(answer: Matches) -> dict[str, Match]:
    return {match.actor: match for match in answer}


def test_distances_by_hand(treaty: Ledger) -> None:
    answer = match(treaty, DRAFT, as_of="2024-02")
    assert ["ada", "bor", "cup"] == [found.actor for found in answer]
    found = by_actor(answer)
    assert (0.1875, 0.8125) == (found["ada"].distance, found["ada"].share), "(0 + ¼ + 2 · ¼) / 4"
    assert (0.375, 4.0, 3) == (found["bor"].distance, found["bor"].weight, found["bor"].shared), "(1 + 0 + 2 · ¼) / 4"
    assert (None, None, 1) == (found["cup"].distance, found["cup"].share, found["cup"].shared), "one is too few"
    assert 2 == answer.others, "Dov is contested, Eve silent"
    assert 1 == answer.left_out["contested"]


AS_NEAR = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}, zoe: {name: Zoe, kind: state}}
proposals: {p: {title: P}, q: {title: Q}, r: {title: R}, s: {title: S}, t: {title: T}}
stances:
  - {actor: ada, position: opposes, proposal: s, date: 2024-01-01, evidence: [{source: src}]}
  - {actor: ada, position: supports, proposal: t, date: 2024-01-01, evidence: [{source: src}]}
  - {actor: zoe, position: opposes, proposal: p, date: 2024-01-01, evidence: [{source: src}]}
  - {actor: zoe, position: supports, proposal: q, date: 2024-01-01, evidence: [{source: src}]}
  - {actor: zoe, position: supports, proposal: r, date: 2024-01-01, evidence: [{source: src}]}
sources: {src: {title: S, publisher: S, published: 2024-01-01}}
"""


def test_who_is_as_near_is_ranked_by_what_is_shared(tmp_path: Path) -> None:
    """Both are apart by a sixth: 0.1 of 0.6, and 0.3 of 1.8, which floats tell apart in their last digit."""
    weights = {"p": 0.1, "q": 0.2, "r": 0.3, "s": 0.3, "t": 1.5}
    wanted = {key: ("supports", weight) for key, weight in weights.items()}
    answer = match(loaded(tmp_path, AS_NEAR), wanted, as_of="2024-02", min_shared=2)
    assert [("zoe", 0.8333, 0.1667, 3), ("ada", 0.8333, 0.1667, 2)] == [(one.actor, *one[2:5]) for one in answer]


def test_where_they_part_and_who_is_in_the_way(treaty: Ledger) -> None:
    answer = match(treaty, DRAFT, as_of="2024-02")
    found = by_actor(answer)
    assert [("watch", "supports", 0.25, True), ("fund", "open", 0.25, False)] == [
        (part.proposal, part.position, part.apart, part.conditional) for part in found["ada"].parts
    ], "the heavier first"
    assert [("ban", 1.0, True), ("watch", 0.25, False)] == [
        (part.proposal, part.apart, part.opposed) for part in found["bor"].parts
    ]
    assert ["ada"] == [willing.actor for willing in answer.willing], "to doubt the watch is to be against it"
    assert [
        ("ban", ("ada",), (), ("bor",)),
        ("fund", ("ada", "bor"), (), ()),
        ("watch", ("ada",), ("bor",), ("cup",)),
    ] == [(aim.proposal, aim.agree, aim.between, aim.against) for aim in answer.aims]
    assert ("bor.ban.2024-01-01",) == found["bor"].parts[0].records


def test_sides_alone(treaty: Ledger) -> None:
    found = by_actor(match(treaty, DRAFT, as_of="2024-02", levels="binary", min_shared=2))
    assert (1.0, 3) == (found["ada"].share, found["ada"].shared)
    assert (0.5, 2) == (found["bor"].share, found["bor"].shared), "to be neutral is to take no side"


def test_a_set_that_takes_no_side_has_nobody_in_its_way(treaty: Ledger) -> None:
    (aim,) = match(treaty, {"ban": "neutral"}, as_of="2024-02").aims
    assert ((), ("ada", "bor"), ()) == (aim.agree, aim.between, aim.against)


def test_the_positions_of_an_actor(treaty: Ledger) -> None:
    answer = match(treaty, "Bor", as_of="2024-02", min_shared=1)
    assert [("ban", "opposes"), ("fund", "supports"), ("watch", "neutral")] == [
        (aim.proposal, aim.position) for aim in answer.aims
    ]
    assert {"ada": round(1 - 1.75 / 3, 4), "cup": 0.75} == {key: found.share for key, found in by_actor(answer).items()}
    assert "bor" == answer.query["actor"]
    assert ["cup"] == list(by_actor(match(treaty, "bor", as_of="2024-02", kind="organisation")))
    assert ["watch"] == [aim.proposal for aim in match(treaty, "bor", as_of="2024-02", tag="arms").aims]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"bann": "supports"}, r"no proposal answers to 'bann'; did you mean 'ban' \(The ban\)"),
        ({"ban": "suports"}, r"position 'suports' is not known \(did you mean 'supports'"),
        ({"ban": ("supports", 0)}, "weight '0' is no number above 0"),
        ({"ban": ("supports", float("nan"))}, "weight 'nan' is no number above 0"),
        ({"ban": ("supports", 1e9)}, "weight '1000000000.0' is no number above 0 and up to 1,000,000"),
        ({"ban": "supports", "total ban": "opposes"}, "'total ban' is in the set already"),
        (
            [Wanted("bann", "open", 1, "a.yaml:2:3"), Wanted("fund", "opn", 1, "a.yaml:3:3")],
            "(?s)a.yaml:2:3: .*a.yaml:3:3: ",
        ),
        ({"ban": 1}, "'ban' should have a position, or a pair of a position and its weight, not 1"),
        ({"ban": None}, "'ban' should have a position, or a pair of a position and its weight, not None"),
        (["ban"], "a set of positions is a mapping, an actor's name or several Wanted; not str"),
        (3, "a set of positions is a mapping, an actor's name or several Wanted; not int"),
        ({}, "no position is left to match"),
        ("Eve", "Eve takes no position that counts on 2024-02-29"),
        ("Eva", r"no actor answers to 'Eva'; did you mean 'eve' \(Eve\)"),
        ("ban", "'ban' is the proposal The ban, not an actor"),
    ],
)
def test_what_is_no_set(treaty: Ledger, wanted: object, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        match(treaty, wanted, as_of="2024-02")  # type: ignore[arg-type]


def test_nobody_takes_a_position(treaty: Ledger) -> None:
    answer = match(treaty, DRAFT, as_of="2023")
    assert ((), 0, 5) == (answer.matches, answer.counted, answer.others)


sets = st.dictionaries(
    st.sampled_from(["ban", "fund", "watch"]),
    st.tuples(st.sampled_from(POSITIONS), st.sampled_from([0.5, 1.0, 2.0])),
    min_size=1,
)


@given(sets, st.integers(2, 5), st.randoms(use_true_random=False))
def test_bounds_and_that_neither_order_nor_the_unit_of_weights_matters(
    wanted: dict[str, tuple[str, float]], times: int, chance: object
) -> None:
    ledger = TROOPS
    names = dict(zip(["ban", "fund", "watch"], ["multinational-force", "foreign-forces", "us-backstop"], strict=True))
    renamed = {names[key]: value for key, value in wanted.items()}
    items = [(key, (position, weight * times)) for key, (position, weight) in renamed.items()]
    chance.shuffle(items)  # type: ignore[attr-defined]
    one, other = (match(ledger, some, as_of="2026-01-10", min_shared=1) for some in (renamed, dict(items)))
    for found, again in zip(one, other, strict=True):
        assert (found.actor, found.shared, found.opposed) == (again.actor, again.shared, again.opposed)
        assert found.share == pytest.approx(again.share)
        assert found.share is None or 0 <= found.share <= 1
        assert found.shared or found.share is None


@pytest.mark.parametrize("position", POSITIONS)
def test_to_want_what_somebody_holds_is_to_be_near_it(treaty: Ledger, position: str) -> None:
    found = by_actor(match(treaty, {"ban": position}, as_of="2024-02", min_shared=1))
    assert 1 - abs(SCALE[position] - 1) / 2 == found["ada"].share
    assert 1 - abs(SCALE[position] + 1) / 2 == found["bor"].share


def test_who_is_matched_is_none_of_those_who_are_counted() -> None:
    ledger = load("graphs/ukraine-troops")
    answer = match(ledger, "France", as_of="2026-01-10", min_shared=1)
    assert len(answer.matches) == answer.speaking
    assert "france" not in {found.actor for found in answer.matches}
