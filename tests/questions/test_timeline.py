"""Timelines: every change in order, with the events in between, and the laws that tie them to diff and to answers."""

from pathlib import Path
from typing import Final

import pytest
from builders import PUBLISHED, WINDOW, amounts, ledger_of, records, stance, undated
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from actorgraph.dates import before, iso
from actorgraph.errors import Span, UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.model import Model, Place
from actorgraph.model.records import Actor, Commitment, Condition, Header, Proposal, Source, Stance
from actorgraph.questions.diff import diff
from actorgraph.questions.echoes import echoes_among
from actorgraph.questions.moments import rows_of_moments
from actorgraph.questions.rows import Row
from actorgraph.questions.timeline import Timeline, timeline
from actorgraph.questions.who import what

MODEL = """
model: {id: m, title: M}
actors:
  a: {name: A, kind: state}
  b: {name: B, kind: state}
proposals:
  p: {title: P, entails: [q]}
  q: {title: Q}
conditions:
  winter: {title: It is winter, held: [{since: 2023-12-01, until: 2024-03}]}
stances:
  - {actor: a, position: opposes, proposal: p, date: 2024-01-05, evidence: [{source: s}]}
  - {actor: a, position: opposes, proposal: p, date: 2024-01-20, evidence: [{source: t}]}
  - {actor: a, position: supports, proposal: p, date: 2024-02-10, until: 2024-06, evidence: [{source: s}]}
  - {actor: b, position: opposes, proposal: q, date: 2024-01-05, if: [winter], evidence: [{source: s}]}
events:
  - {id: before-all, title: Before all, date: 2023-12-31, evidence: [{source: s}]}
  - {id: summit, title: The summit, date: 2024-02, actors: [a], evidence: [{source: s, lines: 3, credibility: 2}]}
  - {id: after-all, title: After all, date: 2024-12, evidence: [{source: s}]}
sources:
  s: {title: S, publisher: P, published: 2024-01-06, reliability: B}
  t: {title: T, publisher: P, published: 2024-01-21}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, MODEL)


def test_flat_records_have_the_changes_and_the_events_each_on_its_day(ledger: Ledger) -> None:
    answer = timeline(ledger, "a", as_of="2024-12", stated=True, every=True)
    lines = [tuple(line[key] for key in ("date", "change", "event_title", "change_date")) for line in answer.records()]
    assert [
        ("2024-01-05", "added", None, "2024-01-05"),
        ("2024-01-20", "re-sourced", None, "2024-01-20"),
        ("2024-02-10", "reversed", None, "2024-02-10"),
        ("2024-02-29", "event", "The summit", None),
        ("2024-06-01", "ended", None, "2024-06"),
        ("2024-12-31", "event", "After all", None),
    ] == lines
    assert True is answer.query["all"]


def told(found: Timeline) -> list[str]:
    """Return what a timeline tells, a line each."""
    return [
        line
        for moment in found.moments
        for line in (
            *(f"{moment.date} event {event.id}" for event in moment.events),
            *(f"{moment.date} {each.change} {each.actor} {each.proposal}" for each in moment.changes),
        )
    ]


def test_an_actors_timeline(ledger: Ledger) -> None:
    assert [
        "2024-01-05 added a p",
        "2024-02-10 reversed a p",
        "2024-02-10 added a q",  # inferred: P entails Q
        "2024-02-29 event summit",
        "2024-06-01 ended a p",
        "2024-06-01 ended a q",
    ] == told(timeline(ledger, "A", as_of="2024-11"))


def test_a_proposals_timeline_knows_when_a_condition_held(ledger: Ledger) -> None:
    assert [
        "2024-01-05 added a p",
        "2024-01-05 added b p",
        "2024-02-10 reversed a p",
        "2024-02-29 event summit",
        "2024-03-01 ended b p",
        "2024-06-01 ended a p",
        "2024-12-31 event after-all",
    ] == told(timeline(ledger, "P", as_of="2025"))
    assumed = told(timeline(ledger, "P", as_of="2025", assume=["winter"]))
    assert "2024-03-01 ended b p" not in assumed


def test_what_was_before_is_what_held_on_the_eve(ledger: Ledger) -> None:
    """The repetition of 20 January is no change of its own, but part of what was reversed."""
    (change,) = [one for one in timeline(ledger, "A", as_of="2024-11").moments[1].changes if one.proposal == "p"]
    assert ("reversed", ("a.p.2024-01-05", "a.p.2024-01-20")) == (change.change, change.before[0].records)
    assert "2024-01-20" == change.before[0].last_said


def test_what_was_said_again_comes_with_all(ledger: Ledger) -> None:
    assert "2024-01-20 re-sourced a p" in told(timeline(ledger, "A", as_of="2024-11", every=True))
    assert "2024-01-20 re-sourced a p" not in told(timeline(ledger, "A", as_of="2024-11"))


def test_only_what_was_stated(ledger: Ledger) -> None:
    assert not [line for line in told(timeline(ledger, "A", as_of="2024-11", stated=True)) if line.endswith(" q")]


def test_nothing_looks_ahead(ledger: Ledger) -> None:
    assert ["2024-01-05 added a p"] == told(timeline(ledger, "A", as_of="2024-02-09"))
    assert [] == told(timeline(ledger, "A", as_of="2024-01-04"))


def test_events_come_with_their_evidence(ledger: Ledger) -> None:
    (event,) = [each for one in timeline(ledger, "A", as_of="2024-11").moments for each in one.events]
    assert ("The summit", "2024-02", ("a",)) == (event.title, event.date, event.actors)
    assert ("s", "3", "B2") == (event.evidence[0].source, event.evidence[0].lines, event.evidence[0].grade)


def test_known_by_knows_no_later_event(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL.replace("id: summit, title: The summit, date: 2024-02, actors: [a], evidence: [{source: s,",
                                  "id: summit, title: The summit, date: 2024-01, actors: [a], evidence: [{source: t,"),
                    encoding="utf-8")  # fmt: skip
    assert "2024-01-21 event summit" in told(timeline(load(path), "A", as_of="2024-11"))
    assert "2024-01-21 event summit" not in told(timeline(load(path, known_by="2024-01-10"), "A", as_of="2024-11"))


def test_the_envelope(ledger: Ledger) -> None:
    found = timeline(ledger, "A", as_of="2024", assume=["not:winter"])
    assert {"command": "timeline", "target": "a"} == found.query
    assert ("m", "2024-12-31", None, ("not:winter",)) == (found.model, found.as_of, found.known_by, found.assume)


def test_a_name_that_is_neither(ledger: Ledger) -> None:
    with pytest.raises(UsageProblem, match="'summit' is the event The summit, not an actor or a proposal"):
        timeline(ledger, "summit", as_of="2024")
    with pytest.raises(UsageProblem, match="no actor or proposal answers to 'X'"):
        timeline(ledger, "X", as_of="2024")


def test_what_ended_with_a_text_does_not_end_again_on_the_next(tmp_path: Path) -> None:
    said = "actor: a, date: 2025-01-10, evidence: [{source: s}]"
    ledger = loaded(
        tmp_path,
        "model: {id: m, title: M}\n"
        "actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}\n"
        "proposals: {p: {title: P, until: 2025-06-01, fate: lapsed}, q: {title: Q, succeeds: [p]}}\n"
        "sources: {s: {title: S, publisher: S, published: 2025-12}}\ncommitments:\n"
        f"  - {{stage: pledges, proposal: p, toward: c, {said}}}\n"
        f"  - {{stage: considers, proposal: p, toward: b, {said}}}\n"
        f"  - {{stage: allocates, proposal: q, toward: c, {said.replace('01-10', '06-10')}}}\n",
    )
    changes = [
        (moment.date, change.change) for moment in timeline(ledger, "a", as_of="2025-12") for change in moment.changes
    ]
    assert [("2025-01-10", "added"), ("2025-06-01", "ended"), ("2025-06-10", "strengthened")] == changes


LAST: Final = str(iso(WINDOW[-1]))


@st.composite
def histories(draw: st.DrawFn, *, in_line: bool = False) -> Model:
    """Return stances of a on three proposals, two of which entail the third, and how much it pledges on one.

    A condition holds for some weeks, and again. `in_line` each proposal succeeds the one before.
    """
    said = draw(st.lists(stances(), max_size=5))
    records = [one.model_copy(update={"id": f"r{number}"}) for number, one in enumerate(said)]
    pledged = tuple(
        one.model_copy(update={"id": f"c{number}"}) for number, one in enumerate(draw(st.lists(pledges(), max_size=3)))
    )
    weeks = [{"since": "2024-01-20", "until": "2024-03-02"}, {"since": "2024-03-25", "until": "2024-04-05"}]
    held = {"title": "C", "held": weeks}
    carried_on = {"y": ("x",), "z": ("y",)} if in_line else {}
    places: dict[Place, Span] = {("stances", one.id): Span("m.yaml") for one in records}
    places |= {("commitments", one.id): Span("m.yaml") for one in pledged}
    places |= {("actors", "a"): Span("m.yaml"), ("conditions", "c"): Span("m.yaml")}
    places |= {("proposals", key): Span("m.yaml") for key in "xyz"}
    places |= {("sources", key): Span("m.yaml") for key in PUBLISHED}
    return Model(
        Header(id="m", title="M"),
        actors={"a": Actor(name="a", kind="state")},
        proposals={
            key: Proposal(title=key, entails=("z",) if key in "xy" else (), succeeds=carried_on.get(key, ()))
            for key in "xyz"
        },
        conditions={"c": Condition.model_validate(held)},
        sources={key: Source(title=key, publisher=key, published=when) for key, when in PUBLISHED.items()},
        stances=tuple(records),
        commitments=pledged,
        places=places,
    )


@st.composite
def pledges(draw: st.DrawFn) -> Commitment:
    """Return a pledge of a, with or without an amount."""
    keys = {"amount": draw(amounts), "date": iso(draw(st.sampled_from(WINDOW[::4])))}
    evidence = [{"source": draw(st.sampled_from(sorted(PUBLISHED)))}]
    said = {"id": "c", "actor": "a", "proposal": "x", "stage": "pledges", "evidence": evidence, **keys}
    return Commitment.model_validate(said)


@st.composite
def stances(draw: st.DrawFn) -> Stance:
    """Return a stance of a, with a condition or an end or neither."""
    day = iso(draw(st.sampled_from(WINDOW[::4])))
    end = draw(st.sampled_from([None, "2024-02-11", "2024-03-20"]))
    keys: dict[str, object] = {"if": ["c"]} if draw(st.booleans()) else {}
    keys |= {"until": end} if end and end > str(day) else {}
    found = stance(draw(st.sampled_from(["supports", "opposes"])), str(day), draw(st.sampled_from(sorted(PUBLISHED))))
    body = {**found.model_dump(by_alias=True, exclude={"id"}), **keys, "proposal": draw(st.sampled_from("xyz"))}
    return Stance.model_validate(body)


Side = dict[tuple[str, str, str], frozenset[tuple[str, tuple[str, ...], bool]]]


def sides(rows: tuple[Row, ...]) -> Side:
    """Return what is compared of rows, by track."""
    tracks: dict[tuple[str, str, str], set[tuple[str, tuple[str, ...], bool]]] = {}
    for row in rows:
        tracks.setdefault(row.track, set()).add((row.position, row.conditions, row.contested))
    return {track: frozenset(found) for track, found in tracks.items()}


@given(records(), st.sampled_from(WINDOW))
def test_the_changes_up_to_a_day_add_up_to_what_is_in_force(said: list[Stance], day: int) -> None:
    ledger, when = ledger_of(said), str(iso(day))
    for actor in "ab":
        now: Side = {}
        for one in timeline(ledger, actor, as_of=when).moments:
            for change in one.changes:
                track = (change.kind, change.actor, change.proposal)
                assert now.get(track, frozenset()) == sides(change.before).get(track, frozenset())
                now[track] = sides(change.after).get(track, frozenset())
        assert {track: side for track, side in now.items() if side} == sides(what(ledger, actor, as_of=when).rows)


@given(histories(), st.booleans())
@examples(10)  # each asks for a diff of every day of more than a year
def test_a_moment_is_a_diff_from_its_eve_and_every_diff_a_moment(model: Model, every: bool) -> None:  # noqa: FBT001
    """With inference, several chains to one conclusion, and a condition that holds for a time.

    A pledge that a timeline has in it says what its echo on a later day would, when a stance on the same has ended.
    """
    ledger = Ledger(build(model))
    moments = timeline(ledger, "a", as_of=LAST, every=every).moments
    told = {one.date: one.changes for one in moments if one.changes}
    is_echo = echoes_among(rows_of_moments(moments))
    eve = before(WINDOW[0], "1d")
    for day in WINDOW:
        found = diff(ledger, str(iso(eve)), str(iso(day)), every=every)
        changes = {change for change in found.changes if change.actor == "a" and not is_echo(change)}
        assert undated(changes) == undated(told.get(str(iso(day)), ())), (
            "a timeline dates what a condition changes, too"
        )
        eve = day


def test_a_pledge_that_a_timeline_has_is_not_echoed_where_a_stance_ends() -> None:
    said = {"date": "2024-01-01", "evidence": [{"source": "early"}]}
    pledged = Commitment.model_validate({"actor": "a", "proposal": "p", "stage": "pledges", **said})
    ledger = ledger_of([stance("supports", "2024-01-01", until="2024-02-11"), pledged])
    told = [
        (moment.date, change.kind, change.change)
        for moment in timeline(ledger, "a", as_of=LAST).moments
        for change in moment.changes
    ]
    assert told == [
        ("2024-01-01", "stance", "added"),
        ("2024-01-01", "commitment", "added"),
        ("2024-02-11", "stance", "ended"),
    ]
    of_that_day = diff(ledger, "2024-02-10", "2024-02-11").changes
    assert [(change.change, change.basis) for change in of_that_day] == [("ended", "stated"), ("added", "inferred")]


@given(histories(in_line=True))
def test_what_goes_on_from_text_to_text_adds_up_to_what_is_in_force(model: Model) -> None:
    """What goes on under another text is what was last held there, and later than anything held on the text itself."""
    ledger = Ledger(build(model))
    now: Side = {}
    last: dict[tuple[str, str, str], tuple[str, frozenset[tuple[str, tuple[str, ...], bool]]]] = {}
    for moment in timeline(ledger, "a", as_of=LAST, every=True, stated=True).moments:
        for change in moment.changes:
            track, earlier = ((change.kind, "a", key) for key in (change.proposal, change.before_proposal))
            before_it = sides(change.before).get(earlier, frozenset())
            if track == earlier:
                assert now.pop(track, frozenset()) == before_it
            else:
                if earlier in now:
                    last[earlier] = moment.date, now.pop(earlier)
                assert last[earlier][1] == before_it
                assert track not in last or last[track][0] < last[earlier][0]
            if change.after:
                now[track] = sides(change.after)[track]
            else:
                last[track] = moment.date, before_it
    assert now == sides(what(ledger, "a", as_of=LAST, stated=True).rows)


def test_only_events_that_belong_here(tmp_path: Path) -> None:
    """What names the actor, or stands in a source that its changes cite; all of them with `every`."""
    path = tmp_path / "m.yaml"
    elsewhere = "  - {id: elsewhere, title: X, date: 2024-03-01, actors: [b], evidence: [{source: u}]}\n"
    named = "  - {id: named, title: X, date: 2024-03-02, actors: [a], evidence: [{source: u}]}\n"
    text = MODEL.replace("events:\n", f"events:\n{elsewhere}{named}")
    path.write_text(f"{text}  u: {{title: U, publisher: P, published: 2024-03-03}}\n", encoding="utf-8")
    ledger = load(path)
    found = [line for line in told(timeline(ledger, "A", as_of="2024-11")) if "event" in line]
    assert ["2024-02-29 event summit", "2024-03-02 event named"] == found
    assert "2024-03-01 event elsewhere" in told(timeline(ledger, "A", as_of="2024-11", every=True))
