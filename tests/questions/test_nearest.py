"""What is nearest to an answer that is not there: every way by example, and what holds of all of them."""

from pathlib import Path

import pytest
from asking import answer
from folders import loaded
from hypothesis import given
from parties import ACTORS, GROUPS, PROPOSALS, days, kinds, ledgers

from actorgraph.ledger.store import Ledger
from actorgraph.questions.disputes import disputes
from actorgraph.questions.envelope import Nearest
from actorgraph.questions.nearest import NEAR
from actorgraph.questions.timeline import timeline
from actorgraph.questions.view import View
from actorgraph.questions.who import what, who
from actorgraph.questions.why import why

MODEL = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  league: {name: The League, kind: coalition}
  kim: {name: Kim, kind: person}
  lou: {name: Lou, kind: person}
proposals:
  plan: {title: The plan}
  treaty: {title: The treaty, succeeds: plan}
  ban: {title: A ban, part-of: treaty}
  watch: {title: Inspectors, part-of: ban}
conditions: {truce: {title: A truce}}
relations:
  - {actor: ada, relation: member-of, to: league, since: 2024-01-01}
  - {actor: kim, relation: represents, to: ada, since: 2024-01-01}
stances:
  - {id: yes, actor: ada, position: supports, proposal: treaty, date: 2024-02-01, speaker: kim, evidence: [{source: s}]}
  - {id: too, actor: ada, position: supports, proposal: treaty, date: 2024-02-10, speaker: lou, evidence: [{source: s}]}
  - {id: no, actor: ada, position: opposes, proposal: plan, date: 2024-04-01, speaker: kim, evidence: [{source: s}]}
  - {id: ban, actor: bor, position: opposes, proposal: ban, date: 2024-02-01, evidence: [{source: s}]}
  - {id: watch, actor: bor, position: open, proposal: watch, date: 2024-02-01, if: [truce], evidence: [{source: s}]}
  - {id: own, actor: lou, position: open, proposal: watch, date: 2024-02-01, evidence: [{source: s}]}
  - {id: for, actor: bor, position: supports, proposal: plan, date: 2024-05-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("treaty"), MODEL)


def ways(nearest: tuple[Nearest, ...]) -> list[str]:
    return [f"{item.near} {item.through}: {', '.join(row.records[0] for row in item.rows)}" for item in nearest]


@pytest.mark.parametrize(
    ("position", "proposal", "day", "expected"),
    [
        ("opposes", "treaty", "2024-03", ["otherwise None: yes", "part ban: ban"]),
        ("opposes", "treaty", "2024-04", ["otherwise None: yes", "part ban: ban", "predecessor plan: no"]),
        ("open", "treaty", "2024-03", ["otherwise None: yes", "part watch: watch, own"]),
        ("opposes", "watch", "2024-03", ["otherwise None: watch, own", "whole ban: ban"]),
        ("supports", "watch", "2024-03", ["otherwise None: watch, own", "whole treaty: yes"]),
        ("supports", "plan", "2024-04", ["otherwise None: no", "successor treaty: yes"]),
        ("any", "plan", "2024-03", ["successor treaty: yes"]),
        ("pledges", "plan", "2024-03", []),
    ],
)
def test_who_holds_it_on_a_part_a_whole_or_another_text(
    treaty: Ledger, position: str, proposal: str, day: str, expected: list[str]
) -> None:
    assert expected == ways(who(treaty, position, proposal, as_of=day).nearest)


GONE = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}, bor: {name: Bor, kind: state}, kim: {name: Kim, kind: person}}
proposals:
  plan: {title: The plan, until: 2024-03-01, fate: withdrawn}
  draft: {title: A draft, until: 2024-03-01, fate: adopted}
stances:
  - {id: yes, actor: ada, position: supports, proposal: plan, date: 2024-02-01, speaker: kim, evidence: [{source: s}]}
  - {id: no, actor: bor, position: opposes, proposal: plan, date: 2024-02, until: 2024-02-20, evidence: [{source: s}]}
  - {id: goes, actor: ada, position: supports, proposal: draft, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


def test_what_was_held_on_the_last_day_of_a_proposal(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, GONE)
    assert [] == ways(who(ledger, "supports", "plan", as_of="2024-02-29").nearest)
    assert ["last None: yes"] == ways(who(ledger, "supports", "plan", as_of="2024-03-01").nearest)
    assert ["last None: yes"] == ways(who(ledger, "any", "plan", as_of="2026", kind="state").nearest)
    assert [] == ways(who(ledger, "opposes", "plan", as_of="2026").nearest), "it had ended before"
    assert ["otherwise None: goes"] == ways(who(ledger, "opposes", "draft", as_of="2026").nearest)
    assert ["last None: yes"] == ways(why(ledger, "ada", "plan", as_of="2026").nearest)
    assert [] == ways(why(ledger, "bor", "plan", as_of="2026").nearest)


def test_parts_that_are_taken_in_are_not_near(treaty: Ledger) -> None:
    reply = who(treaty, "neutral", "treaty", as_of="2024-03", parts=True)
    assert ["otherwise None: yes, ban, watch, own"] == ways(reply.nearest)


def test_where_there_is_an_answer_nothing_is_near(treaty: Ledger) -> None:
    assert () == who(treaty, "supports", "treaty", as_of="2024-03").nearest
    assert () == what(treaty, "bor", as_of="2024-03").nearest
    assert () == who(treaty, "silent", "watch", as_of="2024-03", kind="person").nearest
    assert () == why(treaty, "bor", "ban", as_of="2024-03").nearest
    assert () == timeline(treaty, "bor", as_of="2024-03").nearest


def test_what_the_options_leave_out(treaty: Ledger) -> None:
    assert ["left-out None: yes"] == ways(who(treaty, "supports", "treaty", as_of="2024-03", kind="person").nearest)
    failed = who(treaty, "open", "watch", as_of="2024-03", kind="state", assume=["not:truce"])
    assert ["left-out None: watch, own"] == ways(failed.nearest)
    assert ["left-out None: ban, watch"] == ways(what(treaty, "bor", as_of="2024-03", group="league").nearest)


LEFT = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}}
proposals: {p: {title: P, tags: [x], entails: q}, q: {title: Q}, r: {title: R, tags: [y]}}
conditions: {truce: {title: A truce}}
stances:
  - {id: yes, actor: ada, position: supports, proposal: p, date: 2024-02-01, if: [truce], evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


def test_each_option_alone_may_leave_it_out(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, LEFT)
    assert ["left-out None: yes"] == ways(who(ledger, "supports", "q", as_of="2024-03", stated=True).nearest)
    assert ["left-out None: yes"] == ways(who(ledger, "supports", "p", as_of="2024-03", assume=["not:truce"]).nearest)
    assert ["left-out None: yes, yes"] == ways(what(ledger, "ada", as_of="2024-03", tag="y").nearest)
    account = why(ledger, "ada", "p", as_of="2024-03", assume=["not:truce"])
    assert (1, ()) == (len(account.left_out), account.nearest), "an account has a list of what is left out"


def test_with_parts_taken_in_a_whole_is_still_near(treaty: Ledger) -> None:
    reply = who(treaty, "supports", "ban", as_of="2024-03", parts=True)
    assert ["otherwise None: ban, watch, own", "whole treaty: yes"] == ways(reply.nearest)


def test_what_was_held_on_the_last_day_is_so_under_the_same_assumptions(tmp_path: Path) -> None:
    text = LEFT.replace("{title: P, tags", "{title: P, until: 2024-03-01, fate: withdrawn, tags")
    ledger = loaded(tmp_path, text)
    assert ["last None: yes"] == ways(who(ledger, "any", "p", as_of="2024-04").nearest)
    assert [] == ways(who(ledger, "any", "p", as_of="2024-04", assume=["not:truce"]).nearest)


def test_those_for_whom_a_person_speaks_need_not_be_persons(treaty: Ledger) -> None:
    kim = what(treaty, "kim", as_of="2024-03", kind="person")
    assert ["spoken ada: yes", "represented ada: yes"] == ways(kim.nearest)


def test_what_was_said_for_another_is_told_of_the_proposals_that_are_asked_about(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, MODEL.replace("title: The plan}", "title: The plan, tags: [x]}"))
    assert ["spoken ada: no"] == ways(why(ledger, "kim", "plan", as_of="2024-04").nearest)
    tagged = what(ledger, "kim", as_of="2024-04", tag="x").nearest
    assert ["spoken ada: no", "represented ada: no"] == ways(tagged)


def test_what_a_person_said_for_another_even_where_somebody_else_said_it_again(treaty: Ledger) -> None:
    kim = what(treaty, "kim", as_of="2024-03")
    assert () == kim.rows
    assert ["spoken ada: yes", "represented ada: yes"] == ways(kim.nearest)
    assert ["spoken ada: no, yes", "represented ada: no, yes"] == ways(what(treaty, "kim", as_of="2024-04").nearest)
    lou = what(treaty, "lou", as_of="2024-03")
    assert ["own"] == [row.records[0] for row in lou.rows]
    assert ["spoken ada: yes"] == ways(lou.nearest)
    assert [] == ways(what(treaty, "lou", as_of="2024-02-09").nearest), "it was not yet for Lou to say"


def test_what_those_hold_who_are_close(treaty: Ledger) -> None:
    assert ["member ada: yes"] == ways(why(treaty, "league", "treaty", as_of="2024-03").nearest)
    assert ["spoken ada: yes"] == ways(why(treaty, "kim", "treaty", as_of="2024-03").nearest)
    assert ["part ban: ban", "part watch: watch"] == ways(why(treaty, "bor", "treaty", as_of="2024-03").nearest)
    assert ["spoken ada: yes", "represented ada: yes"] == ways(timeline(treaty, "kim", as_of="2024-03").nearest)
    assert ["successor treaty: yes"] == ways(timeline(treaty, "plan", as_of="2024-03").nearest)


def test_who_stands_against_those_for_whom_an_actor_speaks(treaty: Ledger) -> None:
    assert ["bor"] == [row.actor for row in who(treaty, "opposes", "ada", as_of="2024-05").rows]
    reply = who(treaty, "opposes", "kim", as_of="2024-05")
    assert () == reply.rows
    assert ["represented ada: for"] == ways(reply.nearest)


def test_a_model_without_disputes_leads_nowhere(treaty: Ledger) -> None:
    assert () == disputes(treaty, "kim", as_of="2024-03").nearest
    assert () == disputes(treaty, as_of="2024-03").nearest


def test_json_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL, encoding="utf-8")
    question = ("--model", str(path), "--as-of", "2024-03")
    reply = answer("what", "kim", *question)
    assert [("spoken", "ada"), ("represented", "ada")] == [(item["near"], item["through"]) for item in reply["nearest"]]
    assert "treaty" == reply["nearest"][0]["rows"][0]["proposal"]
    assert {"ada", "kim", "lou"} <= reply["about"]["actors"].keys()
    assert ["member"] == [item["near"] for item in answer("why", "league", "treaty", *question)["nearest"]]
    assert ["spoken", "represented"] == [item["near"] for item in answer("timeline", "kim", *question)["nearest"]]
    assert [] == answer("disputes", "kim", *question)["nearest"]


@given(ledgers(), days, kinds)
def test_what_is_near_is_in_force_and_is_no_row(ledger: Ledger, day: str, kind: str) -> None:
    in_force = set(View(ledger, as_of=day).rows())
    answers = [who(ledger, "supports,open", proposal, as_of=day, kind=kind) for proposal in PROPOSALS]
    answers += [what(ledger, actor, as_of=day) for actor in (*ACTORS, *GROUPS)]
    accounts = [why(ledger, actor, "p", as_of=day) for actor in ACTORS]
    both = [(reply.rows, reply.nearest) for reply in answers] + [(reply.rows, reply.nearest) for reply in accounts]
    for rows, nearest in both:
        near = {row for item in nearest for row in item.rows if item.near != "last"}
        assert not near & set(rows)
        assert near <= in_force
        assert all(item.rows for item in nearest)
        assert {item.near for item in nearest} <= (NEAR.keys() if not rows else {"spoken"})


FOUND = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  b: {name: B, kind: state}
  boss: {name: Boss, kind: person}
  aide: {name: Aide, kind: person}
proposals: {p: {title: P}, q: {title: Q}}
relations:
  - {actor: boss, relation: represents, to: a, since: 2024-01-01}
  - {actor: aide, relation: represents, to: a, since: 2024-01-01}
stances:
  - {actor: boss, position: supports, proposal: p, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: p, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: a, position: supports, proposal: q, date: 2024-01-05, speaker: boss, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: q, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: aide, position: open, proposal: q, date: 2024-02, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-06-01}}
"""


@pytest.mark.parametrize(
    ("position", "target", "found"),
    [("opposes", "p", (1, 0)), ("open", "q", (0, 1)), ("supports,open", "q", (1, 1)), ("opposes", "boss", (1, 0))],
)
def test_where_something_is_found_or_possible_nothing_is_near(
    tmp_path: Path, position: str, target: str, found: tuple[int, int]
) -> None:
    answer = who(loaded(tmp_path, FOUND), position, target, as_of="2024-02-10")
    assert (found, ()) == ((len(answer.rows), len(answer.possible)), answer.nearest)


@pytest.mark.parametrize(("actor", "near"), [("boss", ["spoken"]), ("aide", []), ("b", [])])
def test_what_somebody_said_for_another_is_all_that_is_told_beside_its_own(
    tmp_path: Path, actor: str, near: list[str]
) -> None:
    answer = what(loaded(tmp_path, FOUND), actor, as_of="2024-02-10")
    assert answer.rows or answer.possible
    assert near == [item.near for item in answer.nearest]


def test_who_has_a_history_has_nothing_near(tmp_path: Path) -> None:
    history = timeline(loaded(tmp_path, FOUND), "boss", as_of="2024-02-10")
    assert (1, ()) == (len(history.moments), history.nearest)


@pytest.mark.parametrize(("day", "near"), [("2024-01-04", []), ("2024-01-05", ["represented"])])
def test_who_stands_against_whom_somebody_speaks_for_is_near_where_there_is_anybody(
    tmp_path: Path, day: str, near: list[str]
) -> None:
    answer = who(loaded(tmp_path, FOUND), "opposes", "aide", as_of=day)
    assert ((), near) == (answer.rows, [item.near for item in answer.nearest])
