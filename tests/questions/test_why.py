"""Why: what is held, by which chain, on what evidence, since when, and against what."""

from pathlib import Path

import pytest
from folders import loaded

from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.who import everything
from actorgraph.questions.why import Why, why

MODEL = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  boss: {name: Boss, kind: person}
proposals:
  ban: {title: A ban, excludes: [troops], note: Keeps them out.}
  troops: {title: Troops}
  force: {title: A force, entails: [troops], note: Made of troops.}
conditions:
  truce: {title: A truce holds}
relations:
  - {actor: boss, relation: represents, to: a, since: 2024-01-01}
stances:
  - actor: a
    position: supports
    proposal: ban
    date: 2024-01-05
    speaker: boss
    note: Said so twice.
    evidence: [{source: s, lines: 1-2, credibility: 2}]
  - {actor: a, position: supports, proposal: ban, date: 2024-02, evidence: [{source: s, lines: 4, via: Herald}]}
  - {actor: boss, position: supports, proposal: troops, date: 2024-01-05, evidence: [{source: s}]}
commitments:
  - {actor: a, stage: pledges, proposal: ban, date: 2024-03-01, if: [truce], toward: [boss], evidence: [{source: s}]}
sources:
  s: {title: S, publisher: Post, published: 2024-03-06, reliability: B, document: s.txt}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL, encoding="utf-8")
    (tmp_path / "s.txt").write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    return load(path)


def test_a_stated_position(ledger: Ledger) -> None:
    account = why(ledger, "A", "a ban", as_of="2024-02-20")
    assert {"command": "why", "actor": "a", "proposal": "ban"} == account.query
    assert [("stance", "supports")] == [(row.kind, row.position) for row in account.rows]
    (record,) = account.curated
    assert ("a.ban.2024-01-05", "stance", "supports", "2024-01-05", "boss", "Said so twice.") == (
        record.id, record.kind, record.position, record.date, record.speaker, record.note,
    )  # fmt: skip
    assert ("Post", "1-2", "B2") == (record.evidence[0].publisher, record.evidence[0].lines, record.evidence[0].grade)
    assert ((), (), ()) == (account.grounds, account.links, account.passages)


def test_an_inferred_position_tells_its_chain_and_its_rules(ledger: Ledger) -> None:
    account = why(ledger, "A", "a force", as_of="2024-04")
    (row,) = account.rows
    assert ("opposes", "inferred") == (row.position, row.basis)
    assert [("supports", "ban")] == [(link.position, link.proposal) for link in account.grounds]
    assert [("excludes", "ban", "troops", "Keeps them out."), ("entails", "force", "troops", "Made of troops.")] == [
        (link.rule, link.proposal, link.to, link.note) for link in account.links
    ]
    assert all(link.place.endswith(("m.yaml:7", "m.yaml:9")) for link in account.links)
    assert ["a.ban.2024-01-05", "a.ban.2024-02"] == [link.id for link in account.curated]
    assert () == why(ledger, "A", "a force", as_of="2024-04", stated=True).rows


def test_where_both_proposals_exclude_each_other_both_rules_are_told(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        MODEL.replace("{title: Troops}", "{title: Troops, excludes: ban, note: Come in.}"), encoding="utf-8"
    )
    account = why(load(path), "A", "troops", as_of="2024-02-20")
    assert [("excludes", "ban", "troops", "Keeps them out."), ("excludes", "troops", "ban", "Come in.")] == [
        link[:4] for link in account.links
    ]


def test_a_commitment_stands_beside_the_stance(ledger: Ledger) -> None:
    account = why(ledger, "A", "ban", as_of="2024-04")
    assert ["supports", "pledges"] == [row.position for row in account.rows]
    pledge = account.curated[-1]
    assert (("boss",), ("truce",)) == (pledge.toward, pledge.conditions)
    assert () == why(ledger, "A", "ban", as_of="2024-04", assume=["truce"]).rows[1].conditions


def test_the_history_tells_what_was_said_again(ledger: Ledger) -> None:
    account = why(ledger, "A", "ban", as_of="2024-04")
    assert [("2024-01-05", "added"), ("2024-02-29", "re-sourced"), ("2024-03-01", "added")] == [
        (one.date, change.change) for one in account.history for change in one.changes
    ]


def test_what_disagrees(ledger: Ledger) -> None:
    """The speaker wants the troops that the actor, by its ban, opposes."""
    (only,) = why(ledger, "A", "troops", as_of="2024-04").disputes
    assert ("departs", "boss", ["supports", "opposes"]) == (
        only.dispute,
        only.actor,
        [side[0].position for side in only.sides],
    )
    assert (only,) == why(ledger, "Boss", "troops", as_of="2024-04").disputes


def test_the_cited_lines_of_the_readers_copies(ledger: Ledger, tmp_path: Path) -> None:
    account = why(ledger, "A", "ban", as_of="2024-02-29", documents=tmp_path)
    assert [("a.ban.2024-01-05", ((1, "one"), (2, "two"))), ("a.ban.2024-02", ((4, "four"),))] == [
        (one.record, one.text) for one in account.passages
    ]


def test_nothing_in_force_still_has_a_history(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL.replace("date: 2024-02,", "date: 2024-02, until: 2024-04,"), encoding="utf-8")
    account = why(load(path), "A", "ban", as_of="2024-05", stated=True, assume=["not:truce"])
    assert ((), ()) == (account.rows, account.curated)
    assert ["added", "re-sourced", "ended"] == [change.change for one in account.history for change in one.changes]


def test_what_the_question_leaves_out_is_told(ledger: Ledger) -> None:
    account = why(ledger, "A", "ban", as_of="2024-04", assume=["not:truce"])
    assert (["supports"], ["pledges"]) == (
        [row.position for row in account.rows],
        [row.position for row in account.left_out],
    )
    assert ["opposes"] == [row.position for row in why(ledger, "A", "force", as_of="2024-04", stated=True).left_out]
    assert () == why(ledger, "A", "ban", as_of="2024-04").left_out


def test_nobody_is_told_of_disputes_that_are_not_theirs(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    against = "  - {actor: a, position: opposes, proposal: force, date: 2024-01-05, evidence: [{source: s}]}\n"
    both = against + against.replace("opposes", "supports")
    path.write_text(MODEL.replace("commitments:\n", f"{both}commitments:\n"), encoding="utf-8")
    ledger = load(path)
    assert ["contested"] == [one.dispute for one in why(ledger, "A", "force", as_of="2024-02").disputes]
    assert () == why(ledger, "Boss", "force", as_of="2024-02", stated=True).disputes


def test_a_member_and_its_group_are_told_where_they_differ(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = MODEL.replace("  boss: ", "  bloc: {name: Bloc, kind: coalition}\n  boss: ")
    text = text.replace(
        "relations:\n", "relations:\n  - {actor: a, relation: member-of, to: bloc, since: 2024-01-01}\n"
    )
    against = "  - {actor: bloc, position: opposes, proposal: ban, date: 2024-01-05, evidence: [{source: s}]}\n"
    path.write_text(text.replace("commitments:\n", f"{against}commitments:\n"), encoding="utf-8")
    for actor in ("A", "Bloc"):
        (dispute,) = why(load(path), actor, "ban", as_of="2024-02", stated=True).disputes
        assert ("departs", "a", ["supports", "opposes"]) == (
            dispute.dispute, dispute.actor, [side[0].position for side in dispute.sides],
        )  # fmt: skip


def test_what_starts_no_chain_is_no_ground(tmp_path: Path) -> None:
    """A pledge to somebody else, on a condition or against a contest: no more than the chain rests on is told."""
    pledge = (
        "  - {actor: a, stage: STAGE, proposal: force, date: 2024-01-10, toward: [boss], evidence: [{source: s}]}\n"
    )
    pledges = [
        "  - {id: plain, actor: a, stage: pledges, proposal: force, date: 2024-01-02, evidence: [{source: s}]}\n",
        pledge.replace("STAGE", "pledges"),
        pledge.replace("STAGE", "declines"),
        pledge.replace("STAGE", "pledges").replace("[boss]", "[b], if: [truce]"),
    ]
    path = tmp_path / "m.yaml"
    text = MODEL.replace("  a: {name: A", "  b: {name: B, kind: state}\n  a: {name: A")
    path.write_text(text.replace("commitments:\n", f"commitments:\n{''.join(pledges)}"), encoding="utf-8")
    account = why(load(path), "A", "troops", as_of="2024-01-20")
    reasons = [(row.position, row.because[0].proposal, row.records) for row in account.rows]
    assert [("opposes", "ban", ("a.ban.2024-01-05",)), ("supports", "force", ("plain",))] == reasons
    assert [("ban", ("a.ban.2024-01-05",)), ("force", ("plain",))] == [
        (row.proposal, row.records) for row in account.grounds
    ]
    assert ["plain", "a.ban.2024-01-05"] == [record.id for record in account.curated]


def test_in_a_circle_the_rule_is_the_one_that_was_used(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = MODEL.replace("troops: {title: Troops}", "troops: {title: Troops, entails: [force], note: The other way.}")
    path.write_text(text, encoding="utf-8")
    (_, second) = why(load(path), "A", "force", as_of="2024-04").links
    assert ("force", "troops", "Made of troops.") == (second.proposal, second.to, second.note)


def test_an_unknown_name(ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match="no actor answers to 'X'"):
        why(ledger, "X", "ban", as_of="2024")
    with pytest.raises(UsageProblem, match="'A' is the actor A, not a proposal"):
        why(ledger, "A", "A", as_of="2024")


@pytest.mark.parametrize("day", ["2024-12-10", "2025-06-15", "2025-12-10", "2026-01-10"])
def test_every_row_of_the_shipped_model_can_give_an_account(day: str) -> None:
    ledger = load("graphs/ukraine-troops")
    rows = everything(ledger, as_of=day).rows
    for row in rows:
        account = why(ledger, row.actor, row.proposal, as_of=day)
        assert row in account.rows
        assert complete(account)


def complete(account: Why) -> bool:
    """Whether every record behind every row is there, every chain has its ground, and every rule its reason."""
    named = {record for row in (*account.rows, *account.grounds) for record in row.records}
    steps = sum(step.rule in ("entails", "entailed", "excludes") for row in account.rows for step in row.because)
    return (
        named == {one.id for one in account.curated}
        and all(one.evidence for one in account.curated)
        and all(account.grounds for row in account.rows if row.because)
        and (bool(account.links) == bool(steps))
        and all(one.note for one in account.links)
    )


def test_records_are_told_in_the_order_of_their_days_whatever_their_ids(tmp_path: Path) -> None:
    said = "".join(
        f"  - {{id: {key}, actor: a, position: open, proposal: force, date: {day}, evidence: [{{source: s}}]}}\n"
        for key, day in (("zz", "2024-01-05"), ("mm", "2024-01-20"), ("aa", "2024-02-20"))
    )
    account = why(loaded(tmp_path, MODEL.replace("stances:\n", f"stances:\n{said}")), "a", "force", as_of="2024-03")
    assert ["zz", "mm", "aa"] == [record.id for record in account.curated]


def test_a_rule_is_told_as_the_proposal_states_it_that_has_it(ledger: Ledger) -> None:
    (link,) = why(ledger, "boss", "ban", as_of="2024-02").links
    assert ("excludes", "ban", "troops", "Keeps them out.") == link[:4]


def test_what_is_possible_is_near_enough(tmp_path: Path) -> None:
    said = "  - {actor: %s, position: open, proposal: law, date: %s, evidence: [{source: s}]}\n"
    text = MODEL.replace("proposals:\n", "proposals:\n  law: {title: A law}\n")
    text = text.replace("stances:\n", f"stances:\n{said % ('boss', '2024-01-05')}{said % ('a', '2024-02')}")
    ledger = loaded(tmp_path, text)
    maybe, before = (why(ledger, "a", "law", as_of=day) for day in ("2024-02-10", "2024-01-20"))
    assert (["open"], ()) == ([row.position for row in maybe.possible], maybe.nearest)
    assert ((), True) == (before.possible, bool(before.nearest))


def test_what_succeeds_is_named(tmp_path: Path) -> None:
    lives = "  old: {title: Old, until: 2024-02-01, fate: superseded}\n  new: {title: The new one, succeeds: old}\n"
    account = why(loaded(tmp_path, MODEL.replace("proposals:\n", f"proposals:\n{lives}")), "a", "old", as_of="2024-03")
    assert account.life is not None
    assert ("new",) == account.life.succeeded_by
    assert "The new one" == account.about.proposals["new"]
