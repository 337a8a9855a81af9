"""What is related to a thing, on a day or on any: who stands where, what depends on it, what rests on it."""

from pathlib import Path

import pytest
from folders import QUARRY, loaded

from actorgraph.ledger.store import Ledger
from actorgraph.questions.accounts import ActorAccount, ConditionAccount, ProposalAccount, SourceAccount
from actorgraph.questions.show import Shown, show


def shown(quarry: Ledger, name: str, as_of: str = "2021-06") -> Shown:
    return show(quarry, name, as_of=as_of)


def test_who_stands_where_on_it_and_on_its_parts_stated_first(quarry: Ledger) -> None:
    (account,) = shown(quarry, "plan").accounts
    assert isinstance(account, ProposalAccount)
    held = [(row.proposal, row.actor, row.position, row.basis) for row in account.rows]
    assert [
        ("bridge", "firm", "supports", "stated"),
        ("road", "firm", "pledges", "stated"),
        ("plan", "town", "supports", "stated"),
        ("rail", "town", "opposes", "stated"),
        ("rail", "union", "opposes", "stated"),
        ("rail", "firm", "opposes", "inferred"),
        ("bridge", "town", "opposes", "inferred"),
    ] == held
    (before,) = shown(quarry, "plan", "2021-03").accounts
    assert isinstance(before, ProposalAccount)
    assert () == before.rows


@pytest.mark.parametrize(("day", "holds"), [("2021-04", False), ("2021-06", True), ("2022-01", False)])
def test_what_depends_on_a_condition_is_told_whether_or_not_it_holds(quarry: Ledger, day: str, holds: bool) -> None:  # noqa: FBT001 - a case of a test
    (account,) = shown(quarry, "permit", day).accounts
    assert isinstance(account, ConditionAccount)
    assert holds == account.holds
    stated = [(row.actor, row.proposal, row.conditions) for row in account.rows if row.basis == "stated"]
    assert [("firm", "bridge", ("permit",)), ("firm", "road", ("permit",))] == stated
    records = ["firm.bridge.2021-04-02", "firm.road.2021-04-04"]
    assert records == [record.id for record in account.records]


def test_what_a_condition_would_undo_depends_on_it_too_and_what_is_not_on_record_is_not_known(quarry: Ledger) -> None:
    (account,) = shown(quarry, "drought").accounts
    assert isinstance(account, ConditionAccount)
    assert account.holds is None
    assert {("not:drought",)} == {record.conditions for record in account.records}
    held = [(row.actor, row.proposal, row.basis) for row in account.rows]
    assert [("town", "rail", "stated"), ("town", "tolls", "stated"), ("union", "rail", "stated")] == held[:3]
    assert [("town", "bridge", "inferred")] == held[3:]
    (before,) = shown(quarry, "drought", "2021-04-01").accounts
    assert isinstance(before, ConditionAccount)
    assert () == before.rows
    assert account.records == before.records, "records are those of any day"


def test_what_rests_on_a_source_is_told_type_by_type_with_where_it_stands(quarry: Ledger) -> None:
    (account,) = shown(quarry, "gazette").accounts
    assert isinstance(account, SourceAccount)
    assert "B" == account.reliability
    assert [
        ("proposal", "first-plan", "9", "B?"),
        ("event", "fair", "5", "B?"),
        ("relation", "firm.member-of.union", "2", "B?"),
        ("stance", "town.plan.2021-04-01", "3", "B2"),
        ("stance", "town.rail.2021-04-05", "12", "B?"),
        ("stance", "union.rail.2021-04-05", "12", "B?"),
        ("commitment", "firm.road.2021-04-04", None, "B?"),
    ] == [(thing.type, thing.id, item.lines, item.grade) for thing in account.things for item in thing.evidence]
    joint = [thing for thing in account.things if thing.jointly]
    assert [("town", "union")] * 2 == [thing.jointly for thing in joint]
    assert 1 == len({thing.place for thing in joint})
    (unread,) = shown(quarry, "unread").accounts
    assert isinstance(unread, SourceAccount)
    assert () == unread.things


def test_an_id_that_is_part_of_another_is_not_mistaken_for_it(tmp_path: Path) -> None:
    text = QUARRY.read_text(encoding="utf-8")
    longer = text.replace("  permit:", "  build-permit: {title: A permit to build}\n  permit:")
    (account,) = show(loaded(tmp_path, longer), "build-permit", as_of="2021-06").accounts
    assert isinstance(account, ConditionAccount)
    assert ((), ()) == (account.rows, account.records)


def test_an_actor_has_its_groups_and_members_on_the_day(quarry: Ledger) -> None:
    (firm,) = shown(quarry, "firm").accounts
    assert isinstance(firm, ActorAccount)
    assert ["union"] == [tie.to for tie in firm.groups]
    assert ["ann"] == [tie.actor for tie in firm.spoken_for_by]
    (union,) = shown(quarry, "union").accounts
    assert isinstance(union, ActorAccount)
    assert ["firm"] == [tie.actor for tie in union.members]
    (later,) = shown(quarry, "union", "2021-07-01").accounts
    assert isinstance(later, ActorAccount)
    assert () == later.members
