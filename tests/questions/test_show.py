"""Whatever answers to a name: all about it in one answer, and as flat records."""

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.accounts import ProposalAccount
from actorgraph.questions.show import show


def test_flat_records_have_what_hangs_together_by_ids(quarry: Ledger) -> None:
    (plan,) = show(quarry, "plan", as_of="2021-06").records()
    assert (("rail", "road", "bridge"), ("last-plan",)) == (plan["parts"], plan["succeeded_by"])
    assert ("firm",) == plan["by"]
    (permit,) = show(quarry, "permit", as_of="2021-06").records()
    assert ("firm.bridge.2021-04-02", "firm.road.2021-04-04") == permit["rests"]
    (union,) = show(quarry, "union", as_of="2021-06").records()
    assert ("firm",) == union["members"]


def test_dates_as_curated_are_no_days_in_a_frame(quarry: Ledger) -> None:
    frame = show(quarry, "first-plan", as_of="2021-06").to_frame()
    assert "datetime64[s]" == str(frame["as_of"].dtype)
    assert "2020" == frame["since"][0]


def test_only_what_was_stated_counts_where_that_is_asked(quarry: Ledger) -> None:
    (account,) = show(quarry, "plan", as_of="2021-06", stated=True).accounts
    assert isinstance(account, ProposalAccount)
    assert {"stated"} == {row.basis for row in account.rows}


def test_the_points_of_a_framework_are_learned_from_one_answer() -> None:
    (account,) = show(load("graphs/ukraine-troops"), "Miami", as_of="2026-01-10").accounts
    assert isinstance(account, ProposalAccount)
    assert 5 == len(account.structure.parts)
    sides = {(row.proposal, row.position, row.actor) for row in account.rows if row.basis == "stated"}
    assert {"us"} == {actor for part, position, actor in sides if (part, position) == ("no-nato-path", "supports")}
    against = {actor for part, position, actor in sides if (part, position) == ("no-nato-troops", "opposes")}
    assert {"european-allies", "france", "uk"} == against
