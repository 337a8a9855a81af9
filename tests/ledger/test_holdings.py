"""Time: holdings by example, by law, and against an oracle that reads the records day by day."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from builders import (
    WINDOW,
    model,
    naive_end,
    naive_said,
    on,
    records,
    stance,
)
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.dates import OPEN
from actorgraph.ledger.holdings import Holding, holdings
from actorgraph.model.records import Commitment, Stance


def brief(found: Iterable[Holding]) -> list[tuple[str, int, int, bool, str]]:
    """Return position, since, until, contested, and the records' ids joined."""
    return [
        (one.position, one.since, one.until, one.contested, "+".join(each.id for each in one.said)) for one in found
    ]


@pytest.mark.parametrize(
    ("why", "records", "expected"),
    [
        ("no record, no holding", [], []),
        (
            "the next strictly later record supersedes",
            [stance("opposes", "2024-01-05"), stance("supports", "2024-03-01")],
            [("opposes", 20240105, 20240301, False, "r0"), ("supports", 20240301, OPEN, False, "r1")],
        ),
        (
            "reports of one position that no condition can reconcile stand apart",
            [stance("open", "2024-01-05", **{"if": ["c"]}), stance("open", "2024-01-05", unless=["c"])],
            [("open", 20240105, OPEN, False, "r0"), ("open", 20240105, OPEN, False, "r1")],
        ),
        (
            "until is outside",
            [stance("open", "2024-01-05", until="2024-02-01")],
            [("open", 20240105, 20240201, False, "r0")],
        ),
        (
            "what was superseded does not come back",
            [stance("opposes", "2024-01-05"), stance("open", "2024-03-01", until="2024-03-10")],
            [("opposes", 20240105, 20240301, False, "r0"), ("open", 20240301, 20240310, False, "r1")],
        ),
        (
            "a partial date counts from the last day of its period",
            [stance("opposes", "2024-03", "much-later")],
            [("opposes", 20240331, OPEN, False, "r0")],
        ),
        (
            "or from the earliest publication in the period",
            [stance("opposes", "2024", "late", "early")],
            [("opposes", 20240120, OPEN, False, "r0")],
        ),
        (
            "one day, one position: corroborated",
            [stance("opposes", "2024-01-05"), stance("opposes", "2024-01-05", "late")],
            [("opposes", 20240105, OPEN, False, "r0+r1")],
        ),
        (
            "one day, two positions: contested, and both in force",
            [stance("opposes", "2024-01-05"), stance("supports", "2024-01-05", "late")],
            [("opposes", 20240105, OPEN, True, "r0"), ("supports", 20240105, OPEN, True, "r1")],
        ),
        (
            "a contest ends where one side ends",
            [stance("opposes", "2024-01-05", until="2024-02-01"), stance("supports", "2024-01-05", "late")],
            [
                ("opposes", 20240105, 20240201, True, "r0"),
                ("supports", 20240105, 20240201, True, "r1"),
                ("supports", 20240201, OPEN, False, "r1"),
            ],
        ),
        (
            "saying it again joins, and does not restart the clock",
            [stance("opposes", "2024-01-05"), stance("opposes", "2024-03-01")],
            [("opposes", 20240105, OPEN, False, "r0+r1")],
        ),
        (
            "saying it again after it had ended starts anew",
            [stance("opposes", "2024-01-05", until="2024-02-01"), stance("opposes", "2024-03-01")],
            [("opposes", 20240105, 20240201, False, "r0"), ("opposes", 20240301, OPEN, False, "r1")],
        ),
        (
            "another condition is another holding",
            [stance("opposes", "2024-01-05"), stance("opposes", "2024-03-01", **{"if": ["c"]})],
            [("opposes", 20240105, 20240301, False, "r0"), ("opposes", 20240301, OPEN, False, "r1")],
        ),
    ],
)
def test_one_track(why: str, records: list[Stance], expected: list[object]) -> None:
    assert expected == brief(holdings(model(*records))), why


def test_corroborating_reports_bind_by_all_their_conditions() -> None:
    found = holdings(
        model(
            stance("supports", "2024-01-05", **{"if": ["ceasefire"]}),
            stance("supports", "2024-01-05", "late", **{"if": ["ceasefire"], "unless": ["war"]}),
        )
    )
    assert [("ceasefire", "not:war")] == [one.conditions for one in found]


def test_stances_and_commitments_are_tracks_of_their_own() -> None:
    declines = Commitment.model_validate(
        {"actor": "a", "proposal": "p", "stage": "declines", "date": "2024-03-01", "evidence": [{"source": "late"}]}
    )
    found = holdings(model(stance("supports", "2024-01-05"), declines))
    assert [("commitment", "declines", OPEN), ("stance", "supports", OPEN)] == [
        (one.kind, one.position, one.until) for one in found
    ]


# -- laws --------------------------------------------------------------------------------------------------


def oracle(said: list[Stance]) -> dict[int, set[tuple[object, ...]]]:
    """Return what is in force on each day of the window, by going through it day by day."""
    facts = [(one, naive_said(one), naive_end(one.until)) for one in said]
    tracks = {(one.actor, one.proposal) for one in said}
    yesterday: dict[tuple[object, ...], tuple[int, frozenset[str]]] = {}
    answer: dict[int, set[tuple[object, ...]]] = {}
    for day in WINDOW:
        today: dict[tuple[object, ...], tuple[int, frozenset[str]]] = {}
        for actor, proposal in tracks:
            spoken = [
                fact for fact in facts if (fact[0].actor, fact[0].proposal) == (actor, proposal) and fact[1] <= day
            ]
            latest = max((fact[1] for fact in spoken), default=0)
            in_force = [one for one, when, end in spoken if when == latest and day < end]
            positions = {one.position for one in in_force}
            for position in positions:
                alike = [one for one in in_force if one.position == position]
                conditions = tuple(sorted({each for one in alike for each in one.if_}))
                key = (actor, proposal, position, conditions, len(positions) > 1)
                since, before = yesterday.get(key, (day, frozenset[str]()))
                today[key] = (since, before | {one.id for one in alike})
        answer[day] = {(*key, since, ids) for key, (since, ids) in today.items()}
        yesterday = today
    return answer


@given(records())
def test_holdings_agree_with_the_oracle_on_every_day(said: list[Stance]) -> None:
    found = holdings(model(*said))
    expected = oracle(said)
    assert expected == {day: on(day, found) for day in WINDOW}


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_records_is_irrelevant(said: list[Stance], chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert holdings(model(*said)) == holdings(model(*shuffled))


@given(records())
def test_at_most_one_uncontested_holding_a_track_and_day(said: list[Stance]) -> None:
    found = holdings(model(*said))
    for day in WINDOW:
        alone = [(one.actor, one.proposal) for one in found if one.since <= day < one.until and not one.contested]
        contested = {(one.actor, one.proposal) for one in found if one.since <= day < one.until and one.contested}
        assert len(set(alone)) == len(alone)
        assert not contested & set(alone)


@given(records(), st.sampled_from(WINDOW))
def test_no_holding_uses_what_could_not_have_been_said(said: list[Stance], day: int) -> None:
    when = {one.id: naive_said(one) for one in said}
    for one in holdings(model(*said)):
        assert one.since >= min(when[each.id] for each in one.said)
        if one.since <= day < one.until:
            assert any(when[each.id] <= day for each in one.said)


@given(records())
def test_holdings_of_a_track_and_position_never_touch(said: list[Stance]) -> None:
    found = sorted(
        holdings(model(*said)),
        key=lambda one: (one.actor, one.proposal, one.position, one.conditions, one.contested, one.since),
    )
    for one, other in pairwise(found):
        if one[:4] == other[:4] and (one.conditions, one.contested) == (other.conditions, other.contested):
            assert one.until < other.since
