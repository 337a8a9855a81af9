"""Time: holdings by example, by law, and against an oracle that reads the records day by day."""

from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from builders import WINDOW, lives, model, records, stance, statements
from hypothesis import given
from hypothesis import strategies as st
from oracle import EVERYBODY, Day, naive_said, oracle

from actorgraph.dates import OPEN
from actorgraph.ledger.holdings import Holding, holdings
from actorgraph.model.records import Commitment, Stance
from actorgraph.vocabulary import compatible


def brief(found: Iterable[Holding]) -> list[tuple[str, int, int, bool, str]]:
    """Return position, since, until, contested, and the records' ids joined."""
    return [
        (one.position, one.since, one.until, one.contest is not None, "+".join(each.id for each in one.said))
        for one in found
        if not one.is_possible
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


ENDS = {"until": "2024-03", "fate": "withdrawn"}


@pytest.mark.parametrize(
    ("why", "records", "life", "expected"),
    [
        (
            "what comes next ends it",
            [stance("opposes", "2024-01", "much-later"), stance("supports", "2024-02/2024-03", "much-later")],
            {},
            [("opposes", "2024-01", "2024-02/2024-03"), ("supports", "2024-02/2024-03", None)],
        ),
        ("its own end", [stance("open", "2024-01-05", until="2024-02")], {}, [("open", "2024-01-05", "2024-02")]),
        ("a life ends it", [stance("open", "2024-01-05")], ENDS, [("open", "2024-01-05", "2024-03")]),
        (
            "the end that comes first",
            [stance("open", "2024-01-05", until="2024-02")],
            ENDS,
            [("open", "2024-01-05", "2024-02")],
        ),
        (
            "of two ends on one day the more exact, of the record",
            [stance("open", "2024-01-05", until="2024-03-01")],
            ENDS,
            [("open", "2024-01-05", "2024-03-01")],
        ),
        (
            "or of the life",
            [stance("open", "2024-01-05", until="2024-03")],
            ENDS | {"until": "2024-03-01"},
            [("open", "2024-01-05", "2024-03-01")],
        ),
        (
            "of what was said by one day the more exact",
            [stance("opposes", "2024-01", "much-later"), stance("opposes", "2024-01-31", "much-later")],
            {},
            [("opposes", "2024-01-31", None)],
        ),
        (
            "of what ends on one day the more exact",
            [stance("opposes", "2024-01-05", until="2024-03"), stance("opposes", "2024-01-05", until="2024-03-01")],
            {},
            [("opposes", "2024-01-05", "2024-03-01")],
        ),
        (
            "a contest begins with what was said against it",
            [stance("opposes", "2024-01-05"), stance("supports", "2024-01-01/2024-02-10", "much-later")],
            {},
            [
                ("opposes", "2024-01-05", "2024-01-01/2024-02-10"),
                ("opposes", "2024-01-01/2024-02-10", None),
                ("supports", "2024-01-01/2024-02-10", None),
            ],
        ),
        (
            "and ends with the one side, for the other, too",
            [stance("opposes", "2024-01-05", until="2024-02"), stance("supports", "2024-01-05", "late")],
            {},
            [
                ("opposes", "2024-01-05", "2024-02"),
                ("supports", "2024-01-05", "2024-02"),
                ("supports", "2024-02", None),
            ],
        ),
    ],
)
def test_dates_are_those_that_were_curated(
    why: str, records: list[Stance], life: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    found = holdings(model(*records, p=life))
    assert expected == [(one.position, *one.interval[2:]) for one in found if not one.is_possible], why


@pytest.mark.parametrize(
    ("pledged", "declined", "expected"),
    [
        ("2024-01-05", ("2024-03", "2024-03-31"), [(("b",), "2024-03", None), (("c",), "2024-03-31", None)]),
        ("2024-03-10", ("2024-03", "2024-03-05/2024-03-31"), [(("b", "c"), None, None), (("b", "c"), None, "order")]),
    ],
    ids=["ended by two dates", "contested by two dates"],
)
def test_what_is_told_by_the_same_dates_toward_several_is_one(
    pledged: str, declined: tuple[str, str], expected: list[tuple[object, ...]]
) -> None:
    keys = {"actor": "a", "proposal": "p", "evidence": [{"source": "much-later"}]}
    said = [{"stage": "pledges", "date": pledged, "toward": ["b", "c"]}]
    said += [{"stage": "declines", "date": date, "toward": [to]} for date, to in zip(declined, "bc", strict=True)]
    found = holdings(model(*(Commitment.model_validate({**keys, **one}) for one in said)))
    pledges = [one for one in found if one.position == "pledges"]
    assert expected == [(one.toward, one.run.until_date, one.contest) for one in pledges]


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


def as_the_oracle_has_it(holdings: Iterable[Holding], day: int) -> Day:
    """Return what holdings say of a day, in the words of the oracle."""
    found = Day(set(), set())
    for holding in holdings:
        for addressee in holding.toward or (EVERYBODY,):
            track = (holding.kind, holding.actor, holding.proposal, addressee)
            if holding.since <= day < holding.until:
                records = frozenset(said.id for said in holding.said if said.day <= day)
                run = holding.run.since
                found.in_force.add((track, holding.position, holding.conditions, holding.contest, run, records))
            elif holding.earliest <= day < holding.since:
                found.possible.update((track, holding.position, said.id) for said in holding.said)
    return found


def pledge(number: int, day: str, **amount: object) -> Commitment:
    keys = {
        "actor": "a",
        "proposal": "p",
        "stage": "pledges",
        "date": day,
        "id": f"c{number}",
        "amount": amount or None,
    }
    return Commitment.model_validate({**keys, "evidence": [{"source": "s"}]})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"value": "5"}, {"value": "7.50"}, ("5", "7.50")),
        ({"value": "5"}, {"at-least": "4"}, ("4", None)),
        ({"at-least": "4"}, {"at-most": "7"}, None),
        ({"value": "5"}, {"value": "5", "unit": "planes"}, None),
        ({"value": "5"}, {}, ("5", "5")),
    ],
)
def test_reports_of_one_day_make_a_range(
    one: dict[str, object], other: dict[str, object], expected: tuple[str, str | None] | None
) -> None:
    """Where it is open at both ends, or in two units, nothing is told, neither of it nor of what stood before."""
    first, second = ({"unit": "boats"} | amount if amount else {} for amount in (one, other))
    said = [pledge(0, "2024-01-05", value="1", unit="boats"), pledge(1, "2024-02-05", **first)]
    (held,) = holdings(model(*said, pledge(2, "2024-02-05", **second)))
    later = [(total.at_least, total.at_most) for total in held.totals if total.since == 20240205]
    assert ([] if expected is None else [expected]) == later
    assert (20240105, 20240205, "1") == held.totals[0][:3]


def test_an_amount_goes_with_the_record_that_said_it() -> None:
    """Only what is said later without one leaves it; what was said the same day does not."""
    much = pledge(0, "2024-01-05", value="5", unit="boats").model_copy(update={"until": "2024-03-01"})
    (held,) = holdings(model(much, pledge(1, "2024-01-05")))
    assert [(20240105, 20240301, "5")] == [total[:3] for total in held.totals]
    (held,) = holdings(model(much, pledge(1, "2024-02-05")))
    assert [(20240105, OPEN, "5")] == [total[:3] for total in held.totals]
    (held,) = holdings(model(much, pledge(1, "2024-01-05"), pledge(2, "2024-04-01")))
    assert [(20240105, 20240301, "5")] == [total[:3] for total in held.totals], "what is gone does not come back"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("2024-01-05", {"at-most": "7"})], [(20240105, OPEN, None, "7")]),
        (
            [("2024-01-05", {"at-most": "7"}), ("2024-02-05", {"at-most": "8"})],
            [(20240105, 20240205, None, "7"), (20240205, OPEN, None, "8")],
        ),
        ([("2024-01-05", {"value": "5"}), ("2024-01-05", {"value": "7"})], [(20240105, OPEN, "5", "7")]),
        ([("2024-01-05", {"at-least": "5"}), ("2024-01-05", {"at-most": "7"})], []),
        (
            [("2024-01-05", {"value": "1"}), ("2024-02-05", {"value": "5"}), ("2024-03-05", {}), ("2024-04-05", {})],
            [(20240105, 20240205, "1", "1"), (20240205, OPEN, "5", "5")],
        ),
        (
            [("2024-01-05", {"value": "5"}), ("2024-02-05", {"value": "5"}), ("2024-03-05", {"value": "6"})],
            [(20240105, 20240305, "5", "5"), (20240305, OPEN, "6", "6")],
        ),
        ([("2024-01-05", {}), ("2024-02-05", {"value": "5"})], [(20240205, OPEN, "5", "5")]),
    ],
)
def test_amounts_over_time(
    said: list[tuple[str, dict[str, object]]], expected: list[tuple[int, int, str | None, str | None]]
) -> None:
    pledges = [
        pledge(number, day, **({"unit": "boats"} | amount if amount else {}))
        for number, (day, amount) in enumerate(said)
    ]
    (held,) = holdings(model(*pledges))
    assert expected == [total[:4] for total in held.totals]


def test_an_amount_stays_with_what_was_said_later_where_both_stand_for_a_time() -> None:
    much = pledge(0, "2024-01-31", value="5", unit="boats").model_copy(update={"until": "2024-03-15"})
    (held,) = (one for one in holdings(model(much, pledge(1, "2024-01/2024-02"))) if not one.is_possible)
    assert [(20240131, OPEN, "5")] == [total[:3] for total in held.totals]


@given(statements(), lives)
def test_holdings_agree_with_the_oracle_on_every_day(
    said: list[Stance | Commitment], dated: dict[str, dict[str, object]]
) -> None:
    every = model(*said, **dated)
    found = holdings(every)
    for day, expected in oracle(every, WINDOW).items():
        assert expected == as_the_oracle_has_it(found, day), day


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_records_is_irrelevant(said: list[Stance], chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert holdings(model(*said)) == holdings(model(*shuffled))


@given(statements())
def test_what_can_hold_at_once_on_one_track_is_one_or_contested(said: list[Stance | Commitment]) -> None:
    found = holdings(model(*said))
    for day in WINDOW[::5]:
        for one, other in combinations([one for one in found if one.since <= day < one.until], 2):
            if one[:4] == other[:4] and one.position != other.position and compatible(one.conditions, other.conditions):
                assert one.contest
                assert other.contest


@given(records(), st.sampled_from(WINDOW))
def test_no_holding_uses_what_could_not_have_been_said(said: list[Stance], day: int) -> None:
    when = {one.id: naive_said(one) for one in said}
    for one in holdings(model(*said)):
        if not one.is_possible:
            assert one.since >= min(when[each.id] for each in one.said)
        if one.since <= day < one.until:
            assert any(when[each.id] <= day for each in one.said)


@given(statements())
def test_runs_of_a_position_never_touch(said: list[Stance | Commitment]) -> None:
    runs = {(*one[:5], one.conditions, one.run) for one in holdings(model(*said)) if not one.is_possible}
    for one, other in pairwise(sorted(runs, key=lambda run: (*run[:6], run[6][:2]))):
        if one[:6] == other[:6] and one[6] != other[6] and len(one[3]) < 2:
            assert one[6].until < other[6].since
