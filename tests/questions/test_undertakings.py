"""What became of undertakings, one kind of course a test, worked out by hand."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builders import model
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from actorgraph.errors import Span
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.records import Actor, Commitment, Condition
from actorgraph.questions.pledges import pledges
from actorgraph.questions.undertakings import CERTAIN, Undertaking
from actorgraph.questions.who import who
from actorgraph.vocabulary import LADDER, STAGES

if TYPE_CHECKING:
    from actorgraph.model.model import Place

MODEL = """
model: {{id: m, title: M}}
actors:
  ada: {{name: Ada, kind: state}}
  bor: {{name: Bor, kind: state}}
  cup: {{name: Cup, kind: state}}
proposals:
  aid: {{title: Aid}}
  plan: {{title: A plan, since: 2024-01-01, until: 2024-06-01, fate: rejected}}
conditions: {{truce: {{title: A truce holds{held}}}}}
commitments:
{commitments}
sources: {{s: {{title: S, publisher: S, published: 2026-01-01}}}}
"""


def course(folder: Path, *said: str, as_of: str = "2025-01-01", held: str = "", **options: object) -> list[Undertaking]:
    """Return the undertakings of Ada, given what it said: a stage, a date and perhaps more."""
    lines = []
    for text in said:
        stage, date, *more = text.split(" ", 2)
        keys = more[0] if more else "proposal: aid"
        keys = keys if "proposal:" in keys else f"proposal: aid, {keys}"
        lines.append(f"  - {{actor: ada, stage: {stage}, date: {date}, {keys}, evidence: [{{source: s}}]}}")
    ledger = loaded(folder, MODEL.format(commitments="\n".join(lines), held=held and f", held: {held}"))
    return list(pledges(ledger, as_of=as_of, **options))  # type: ignore[arg-type]


def told(undertaking: Undertaking) -> tuple[object, ...]:
    return (
        undertaking.outcome,
        [(step.stage, step.date) for step in undertaking.steps],
        (undertaking.days_at_least, undertaking.days_at_most),
    )


def test_from_pledge_to_delivery(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-01-10", "allocates 2024-02-01", "delivers 2024-03-01")
    steps = [("pledges", "2024-01-10"), ("allocates", "2024-02-01"), ("delivers", "2024-03-01")]
    assert ("delivered", steps, (51, 51)) == told(aid)
    assert 3 == len(aid.records)


def test_days_are_an_interval_where_dates_are_periods(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-01", "delivers 2024-03-01/2024-03-10")
    assert (30, 69) == told(aid)[2], "31 January to 1 March, 1 January to 10 March"
    (aid,) = course(tmp_path, "pledges ../2024-01-31", "delivers 2024-03-01")
    assert (30, None) == told(aid)[2], "nobody knows how early it was pledged"
    (aid,) = course(tmp_path, "pledges 2024-01-31", "delivers ../2024-03-01")
    assert ("contested", (None, None)) == (aid.outcome, told(aid)[2]), (
        "it may have been delivered before it was pledged"
    )


def test_a_delivery_without_a_pledge_has_no_time(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "delivers 2024-03-01")
    assert ("delivered", [("delivers", "2024-03-01")], (None, None)) == told(aid)


def test_what_is_open_and_for_how_long(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-12-01 if: [truce]", "allocates 2024-12-11 if: [truce]")
    assert ("open", (31, 31), ("truce",)) == (aid.outcome, told(aid)[2], aid.conditions)
    (aid,) = course(tmp_path, "pledges 2024-12-01 if: [truce]", assume=["truce"])
    assert () == aid.conditions
    assert [] == course(tmp_path, "pledges 2024-12-01 if: [truce]", assume=["not:truce"])
    assert [] == course(tmp_path, "pledges 2025-12-01")


def test_said_again_it_restarts_no_clock(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-01-01", "pledges 2024-06-01", "pledges 2024-07-01 if: [truce]")
    assert [("pledges", "2024-01-01")] == told(aid)[1]
    assert (366, 366) == told(aid)[2]


@pytest.mark.parametrize("stage", ["withdraws", "declines", "considers", "threatens"])
def test_what_was_taken_back_and_pledged_again_are_two(stage: str, tmp_path: Path) -> None:
    first, second = course(tmp_path, "pledges 2024-01-01", f"{stage} 2024-02", "pledges 2024-12-31")
    assert ("withdrawn", "2024-02-29", "2024-02") == (first.outcome, first.closed, first.closed_date)
    assert (None, None) == told(first)[2]
    assert ("open", [("pledges", "2024-12-31")], (1, 1)) == told(second)


def test_a_pledge_after_a_delivery_is_another_one(tmp_path: Path) -> None:
    first, second = course(tmp_path, "pledges 2024-01-01", "delivers 2024-01-31", "pledges 2024-05-01")
    assert [("delivered", (30, 30)), ("open", (245, 245))] == [
        (told(each)[0], told(each)[2]) for each in (first, second)
    ]
    (aid,) = course(tmp_path, "pledges 2024-01-01", "allocates 2024-01-31", "pledges 2024-05-01")
    assert "open" == aid.outcome


def test_only_a_refusal_undoes_a_delivery(tmp_path: Path) -> None:
    assert ["delivered"] == [each.outcome for each in course(tmp_path, "delivers 2024-01-01", "considers 2024-02-01")]
    assert ["withdrawn"] == [each.outcome for each in course(tmp_path, "delivers 2024-01-01", "withdraws 2024-02-01")]
    assert ["delivered"] == [each.outcome for each in course(tmp_path, "delivers 2024-01-01 until: 2024-03")]


def test_what_lapsed_with_the_proposal_and_what_ended_by_itself(tmp_path: Path) -> None:
    (plan,) = course(tmp_path, "pledges 2024-02-01 proposal: plan")
    assert ("lapsed", "rejected", "2024-06-01") == (plan.outcome, plan.fate, plan.closed_date)
    (aid,) = course(tmp_path, "pledges 2024-02-01 until: 2024-04")
    assert ("ended", None, "2024-04-01", "2024-04") == (aid.outcome, aid.fate, aid.closed, aid.closed_date)
    first, second = course(tmp_path, "pledges 2024-02-01 until: 2024-04", "pledges 2024-05-01")
    assert ["ended", "open"] == [first.outcome, second.outcome]
    (aid,) = course(tmp_path, "pledges 2024-02-01 until: 2024-04", "declines 2024-05-01")
    assert "ended" == aid.outcome, "it was over before anything was refused"


def test_each_addressee_is_followed_apart(tmp_path: Path) -> None:
    to_bor, to_cup = course(tmp_path, "pledges 2024-01-01 toward: [bor, cup]", "delivers 2024-02-01 toward: bor")
    assert [("bor", "delivered"), ("cup", "open")] == [(each.toward, each.outcome) for each in (to_bor, to_cup)]


def test_what_is_said_to_everybody_carries_on_what_was_said_to_one(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-01-01 toward: bor", "delivers 2024-01-31")
    assert ("bor", "delivered", (30, 30)) == (aid.toward, aid.outcome, told(aid)[2])
    general, to_bor = course(tmp_path, "pledges 2024-01-01", "delivers 2024-01-31 toward: bor")
    assert [(None, "open"), ("bor", "delivered")] == [(each.toward, each.outcome) for each in (general, to_bor)]


def test_a_pledge_to_one_after_a_delivery_to_everybody_is_another_one(tmp_path: Path) -> None:
    first, second = course(
        tmp_path, "declines 2024-01-05 toward: bor", "delivers 2024-02-10", "pledges 2024-03-01 toward: bor"
    )
    assert [("bor", "delivered", None), ("bor", "open", 306)] == [
        (each.toward, each.outcome, each.days_at_least) for each in (first, second)
    ]


def test_a_rule_and_its_exceptions_are_undertakings_of_their_own(tmp_path: Path) -> None:
    """What is refused to one later ends nothing for the others, and what is said to all goes on where it began."""
    to_bor, general = course(
        tmp_path, "pledges 2024-01-10 toward: bor", "pledges 2024-02-10", "withdraws 2024-03-10 toward: bor"
    )
    assert ("bor", "withdrawn", "2024-03-10") == (to_bor.toward, to_bor.outcome, to_bor.closed)
    assert (None, "open", "2024-02-10") == (general.toward, general.outcome, general.steps[0].date)
    (general,) = course(tmp_path, "pledges 2024-01-10", "declines 2024-02-10 toward: bor", "declines 2024-03-10")
    assert (None, "withdrawn", "2024-03-10") == (general.toward, general.outcome, general.closed)
    general, to_bor = course(tmp_path, "pledges 2024-01-10", "pledges 2024-02-10 toward: bor", "delivers 2024-03-10")
    assert [(None, "delivered", 60), ("bor", "delivered", 29)] == [
        (each.toward, each.outcome, each.days_at_least) for each in (general, to_bor)
    ]


def test_what_is_pledged_either_way_depends_on_nothing(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-01-10 if: truce", "pledges 2024-01-10 unless: truce")
    assert ("open", ()) == (aid.outcome, aid.conditions)
    (aid,) = course(tmp_path, "pledges 2024-01-10 if: truce")
    assert ("open", ("truce",)) == (aid.outcome, aid.conditions)


def test_what_is_refused_after_a_contest_is_withdrawn(tmp_path: Path) -> None:
    contest = ("pledges 2024-01-10", "pledges 2024-03-10", "declines 2024-03-10")
    (aid,) = course(tmp_path, *contest, "declines 2024-04-10")
    assert ("withdrawn", "2024-03-10") == (aid.outcome, aid.closed)
    assert "ada.aid.2024-04-10" in aid.records


def test_a_contest_after_a_delivery_is_of_another_undertaking(tmp_path: Path) -> None:
    said = ("pledges 2024-01-10", "delivers 2024-02-10", "pledges 2024-06-10", "allocates 2024-06-10")
    delivered, contested = course(tmp_path, *said)
    assert [("delivered", 2), ("contested", 2)] == [
        (each.outcome, len(each.records)) for each in (delivered, contested)
    ]
    delivered, still = course(tmp_path, *said, "pledges 2024-09-10")
    assert ["delivered", "open"] == [delivered.outcome, still.outcome]


def test_a_step_has_the_amount_that_stood_last(tmp_path: Path) -> None:
    said = (
        "pledges 2024-01-10 amount: {value: 1000, unit: men}",
        "pledges 2024-02-01 amount: {at-least: 2000, unit: men}",
        "pledges 2024-02-20",
        "allocates 2024-03-01",
        "delivers 2024-04-01 amount: {value: 50, unit: men}",
    )
    (aid,) = course(tmp_path, *said)
    steps = [("pledges", "2024-01-10", (2000, None, "men")), ("allocates", "2024-03-01", None)]
    assert [*steps, ("delivers", "2024-04-01", (50, 50, "men"))] == [(s.stage, s.date, s.amount) for s in aid.steps]
    (aid,) = course(tmp_path, *said, as_of="2024-01-20")
    assert [("pledges", (1000, 1000, "men"))] == [(s.stage, s.amount) for s in aid.steps], "as it stood by that day"


def test_what_is_contested_is_told_apart(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024-01-01", "declines 2024-01-01")
    assert ("contested", 2) == (aid.outcome, len(aid.records)), "what contests it is of it"
    (aid,) = course(tmp_path, "pledges 2024-01-01", "delivers 2024-02-01", "declines 2024-02-01")
    assert ("contested", 2) == (aid.outcome, len(set(aid.records) - {"ada.aid.2024-01-01"}))
    (aid,) = course(
        tmp_path, "pledges 2024-01-01", "allocates 2024-02-01", "declines 2024-02-01", "delivers 2024-03-01"
    )
    assert ("delivered", (60, 60)) == (aid.outcome, told(aid)[2]), "a contest that is over breaks nothing"


def test_a_contest_is_over_where_an_assumption_leaves_out_what_contests(tmp_path: Path) -> None:
    said = ("pledges 2024-01-01", "withdraws 2024-01-01 if: [truce]")
    assert ["contested"] == [each.outcome for each in course(tmp_path, *said)]
    assert ["contested"] == [each.outcome for each in course(tmp_path, *said, assume=["truce"])]
    (aid,) = course(tmp_path, *said, assume=["not:truce"])
    assert ("open", ("ada.aid.2024-01-01",)) == (aid.outcome, aid.records)
    for_a_time = (*said, "declines 2024-01-01 until: 2024-04")
    for day, outcome in (("2024-03", "contested"), ("2024-04", "open")):
        (aid,) = course(tmp_path, *for_a_time, as_of=day, assume=["not:truce"])
        assert outcome == aid.outcome


def test_a_contest_is_over_where_by_the_record_a_condition_does_not_hold(tmp_path: Path) -> None:
    held = "[{since: 2024-02-01, until: 2024-06-01}, {since: 2024-09-01}]"
    days = ("2024-01-15", "2024-03-01", "2024-07-01", "2024-10-01")

    def outcomes(*said: str) -> list[list[str]]:
        return [[each.outcome for each in course(tmp_path, *said, as_of=day, held=held)] for day in days]

    assert [["open"], ["contested"]] * 2 == outcomes("pledges 2024-01-01", "withdraws 2024-01-01 if: [truce]")
    assert [[], ["contested"]] * 2 == outcomes("pledges 2024-01-01 if: [truce]", "withdraws 2024-01-01")
    assert [["open"]] * 4 == outcomes("pledges 2024-01-01 if: [truce]"), "alone it stands, whatever it depends on"
    (aid,) = course(tmp_path, "pledges 2024-01-01", "declines 2024-01-01 if: [truce]", as_of="2024-07-01", held=held)
    assert ([("pledges", "2024-01-01")], (182, 182)) == told(aid)[1:], "a contest that is over restarts no clock"


def test_the_rows_of_a_contest_that_is_over_are_contested_by_nothing(tmp_path: Path) -> None:
    line = "  - {{actor: ada, stage: {}, date: 2024-01-01, proposal: aid, {}evidence: [{{source: s}}]}}"
    said = "\n".join(line.format(*each) for each in (("pledges", ""), ("withdraws", "if: [truce], ")))
    ledger = loaded(tmp_path, MODEL.format(commitments=said, held=""))
    for assume, contests in (("not:truce", {None}), ("truce", {"sources"})):
        answer = pledges(ledger, as_of="2024-06-01", assume=[assume], explain=True)
        assert contests == {row.contest for row in answer.rows}
        assert {contest is not None for contest in contests} == {row.contested for row in answer.rows}
        assert "target" not in answer.query


def test_a_refusal_after_a_gap_in_contests_withdraws_nothing(tmp_path: Path) -> None:
    said = (
        "pledges 2024-01-01 until: 2024-02",
        "pledges 2024-05-01 until: 2024-06",
        "declines 2024-05-01 until: 2024-06",
    )
    (aid,) = course(tmp_path, *said, "declines 2024-07-01")
    assert ("ended", "2024-02-01", "2024-02") == (aid.outcome, aid.closed, aid.closed_date)


def test_flat_records_tell_the_addressee_and_what_it_depends_on(tmp_path: Path) -> None:
    said = "  - {actor: ada, stage: pledges, date: 2024-01-01, proposal: aid, toward: bor, evidence: [{source: s}]}"
    both = said + "\n" + said.replace("toward: bor, ", "").replace("01-01", "01-02").replace("ada", "cup")
    ledger = loaded(tmp_path, MODEL.format(commitments=both, held=""))
    assert [("bor",), ()] == [cells["toward"] for cells in pledges(ledger, as_of="2024-06-01").cells()]


def test_what_is_only_possible_is_told_apart(tmp_path: Path) -> None:
    (aid,) = course(tmp_path, "pledges 2024", as_of="2024-06-01")
    assert ("possible", [("pledges", "2024")], (None, None)) == told(aid)
    assert [] == course(tmp_path, "considers 2024", as_of="2024-06-01")


def test_one_way_or_another_is_no_refusal(tmp_path: Path) -> None:
    (aid,) = course(
        tmp_path, "pledges 2024-12-30", "pledges 2024-12-31 if: [truce]", "declines 2024-12-31 unless: [truce]"
    )
    assert ("open", (2, 2)) == (aid.outcome, told(aid)[2])


# -- the laws ----------------------------------------------------------------------------------------------------


_DATES = ("2024-01-05", "2024-01", "2024-02-10", "../2024-02-20", "2024-03-01", "2024-02/2024-03")


@st.composite
def said(draw: st.DrawFn) -> list[Commitment]:
    """Return what few actors undertake and refuse, toward anybody."""
    return [
        Commitment.model_validate(
            {
                "id": f"r{number}",
                "actor": draw(st.sampled_from("ab")),
                "stage": draw(st.sampled_from(STAGES)),
                "proposal": "p",
                "date": draw(st.sampled_from(_DATES)),
                "until": draw(st.sampled_from([None, None, "2024-04"])),
                "toward": draw(st.sampled_from([(), (), ("c",), ("c", "d")])),
                "if": draw(st.sampled_from([(), (), ("truce",)])),
                "evidence": [{"source": "early"}],
            }
        )
        for number in range(draw(st.integers(0, 8)))
    ]


_ON = st.sampled_from(["2024-01-20", "2024-02-15", "2024-03-01", "2024-12-31"])


@examples(150)
@given(said(), _ON)
def test_laws(records: list[Commitment], day: str) -> None:
    ledger = ledger_of(records)
    answer = pledges(ledger, as_of=day, min_delivered=1)
    order = list(LADDER)
    for each in answer:
        stages = [step.stage for step in each.steps]
        assert stages == sorted(stages, key=order.index)
        assert stages
        assert set(each.records) <= {record.id for record in records}
        assert (each.closed is None) == (each.outcome not in ("withdrawn", "lapsed", "ended"))
        assert each.days_at_most is None or 0 <= (each.days_at_least or 0) <= each.days_at_most
        assert "delivered" != each.outcome or "delivers" in stages
    for counted in answer.by_actor:
        outcomes = [each.outcome for each in answer if each.actor == counted.actor]
        assert counted.n == sum(outcome in CERTAIN for outcome in outcomes)
    assert answer.undertakings == pledges(ledger_of(records[::-1]), as_of=day).undertakings, "in whatever order"


@examples(150)
@given(said(), _ON, st.sampled_from([(), ("truce",), ("not:truce",)]))
def test_what_stands_uncontested_is_open(records: list[Commitment], day: str, assume: tuple[str, ...]) -> None:
    ledger = ledger_of(records)
    standing = {
        (row.actor, addressee)
        for row in who(ledger, "pledges,allocates", "p", as_of=day, assume=assume).rows
        for addressee in row.toward
        if not row.contested
    }
    undertaken = pledges(ledger, as_of=day, assume=assume)
    assert standing <= {(each.actor, each.toward) for each in undertaken if each.outcome == "open"}


def ledger_of(records: list[Commitment]) -> Ledger:
    """Return the ledger of commitments of a and b, to c and d."""
    known = model(*records)
    actors = {key: Actor(name=key, kind="state") for key in "abcd"}
    conditions = {"truce": Condition(title="A truce holds")}
    places: dict[Place, Span] = {**known.places, ("conditions", "truce"): Span("m.yaml")}
    places |= {("actors", key): Span("m.yaml") for key in "abcd"}
    return Ledger(build(replace(known, actors=actors, conditions=conditions, places=places)))
