"""Narrowing: what each option leaves by example, and the laws: it picks from an answer and changes nothing in it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from builders import flipped, ledger_of
from folders import loaded
from hypothesis import given
from hypothesis import strategies as st
from parties import ACTORS, GROUPS, PROPOSALS, TAGS, days, kinds, ledgers

from actorgraph.errors import UsageProblem
from actorgraph.graph.networks import actor_graph, to_graph
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.diff import diff
from actorgraph.questions.disputes import disputes
from actorgraph.questions.envelope import Answer
from actorgraph.questions.lives import is_off_the_table
from actorgraph.questions.narrowing import select, with_parts
from actorgraph.questions.options import Narrowing
from actorgraph.questions.relations import members_of
from actorgraph.questions.rows import Row
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.timeline import timeline
from actorgraph.questions.versions import diff_versions
from actorgraph.questions.view import View
from actorgraph.questions.who import everything, what, who
from actorgraph.vocabulary import ACTOR_KINDS

TREATY = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  cup: {name: Cup, kind: organisation}
  league: {name: The League, kind: coalition}
  kim: {name: Kim, kind: person}
proposals:
  treaty: {title: The treaty, tags: [Security]}
  ban: {title: A ban, part-of: treaty}
  watch: {title: Inspectors, part-of: ban, tags: [budget]}
  fund: {title: A fund, tags: [budget]}
relations:
  - {actor: ada, relation: member-of, to: league, since: 2024-01-01, until: 2024-06-01}
  - {actor: bor, relation: member-of, to: league, since: 2024-06-01}
  - {actor: kim, relation: leads, to: league, since: 2024-01-01}
  - {actor: kim, relation: represents, to: ada, since: 2024-01-01}
stances:
  - {actor: ada, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: ada, position: open, proposal: watch, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: ban, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: league, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: kim, position: opposes, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: open, proposal: fund, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
"""


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("treaty"), TREATY)


def held(rows: Iterable[Row]) -> list[str]:
    return [f"{row.actor} {row.position} {row.proposal}" for row in rows]


@pytest.mark.parametrize(
    ("position", "target", "narrowing", "expected"),
    [
        ("any", "treaty", {}, ["kim opposes treaty", "ada supports treaty", "league supports treaty"]),
        ("any", "treaty", {"kind": "state"}, ["ada supports treaty"]),
        ("any", "treaty", {"kind": "coalition, state"}, ["ada supports treaty", "league supports treaty"]),
        ("any", "treaty", {"group": "The League"}, ["ada supports treaty"]),
        ("any", "treaty", {"group": "league", "kind": "person"}, []),
        ("any", "treaty", {"tag": "security"}, ["kim opposes treaty", "ada supports treaty", "league supports treaty"]),
        ("any", "treaty", {"tag": "budget"}, []),
        ("opposes", "treaty", {"parts": True}, ["bor opposes ban", "kim opposes treaty"]),
        ("any", "treaty", {"parts": True, "tag": "budget"}, ["ada open watch"]),
        ("any", "watch", {"parts": True}, ["ada open watch"]),
        ("supports,open", "treaty", {"parts": True, "kind": "state"}, ["ada supports treaty", "ada open watch"]),
        ("open,supports", "treaty", {}, ["ada supports treaty", "league supports treaty"]),
        ("silent", "treaty", {"kind": "state,organisation"}, ["bor silent treaty", "cup silent treaty"]),
        ("silent", "treaty", {"kind": "state,organisation", "parts": True}, ["cup silent treaty"]),
        ("silent", "treaty", {"tag": "budget"}, []),
        ("opposes", "league", {"kind": "person"}, ["kim opposes treaty"]),
        ("opposes", "league", {"kind": "state"}, []),
    ],
)
def test_who_is_narrowed(treaty: Ledger, position: str, target: str, narrowing: Narrowing, expected: list[str]) -> None:
    assert sorted(expected) == sorted(held(who(treaty, position, target, as_of="2024-03", **narrowing).rows))


def test_a_group_is_who_belongs_to_it_on_the_day(treaty: Ledger) -> None:
    assert {"ada"} == members_of(treaty, "league", 20240531)
    assert {"bor"} == members_of(treaty, "league", 20240601)
    assert ["ada supports treaty", "ada open watch"] == held(everything(treaty, as_of="2024-05-31", group="league"))
    assert ["bor opposes ban"] == held(everything(treaty, as_of="2024-06-01", group="league"))


def test_of_two_days_it_is_who_belongs_to_it_on_either(treaty: Ledger) -> None:
    changes = diff(treaty, "2024-01", "2024-07", group="league")
    assert [("added", "ada"), ("added", "ada"), ("added", "bor")] == [(item.change, item.actor) for item in changes]
    assert "league" == changes.query["group"]
    assert {"ada"} == {item.actor for item in diff(treaty, "2024-01", "2024-05", group="league")}


def test_what_takes_a_tag_and_its_parts(treaty: Ledger) -> None:
    assert ["ada supports treaty"] == held(what(treaty, "ada", as_of="2024-03", tag="SECURITY"))
    answer = what(treaty, "ada", as_of="2024-03", tag="SECURITY", parts=True)
    assert ["ada supports treaty", "ada open watch"] == held(answer)
    assert {"command": "what", "target": "ada", "tag": "Security", "parts": True} == answer.query


def test_a_timeline_takes_the_parts(treaty: Ledger) -> None:
    (moment,) = timeline(treaty, "treaty", as_of="2024-03", parts=True, kind="state")
    assert ["ada treaty", "ada watch", "bor ban"] == [f"{item.actor} {item.proposal}" for item in moment.changes]


def test_a_change_of_texts_is_left_where_either_text_is(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        TREATY.replace("tags: [Security]}", "tags: [Security], until: 2024-03-01, fate: superseded}")
        .replace("  fund: {", "  pact: {title: A pact, succeeds: treaty, tags: [new]}\n  fund: {")
        .replace(
            "sources:",
            "  - {actor: ada, position: opposes, proposal: pact, date: 2024-03-01, evidence: [{source: s}]}\nsources:",
        ),
        encoding="utf-8",
    )
    ledger = load(path)
    for tag in ("security", "new"):
        changes = [item for moment in timeline(ledger, "ada", as_of="2024-03", tag=tag) for item in moment.changes]
        assert ("reversed", "treaty", "pact") == (changes[-1].change, changes[-1].before_proposal, changes[-1].proposal)
        (change,) = diff(ledger, "2024-02", "2024-03", tag=tag, kind="state")
        assert ("reversed", "treaty", "pact") == (change.change, change.before_proposal, change.proposal)


def test_a_dispute_is_left_where_it_concerns_whom_and_what_is_asked_for(treaty: Ledger) -> None:
    def departing(**narrowing: str) -> list[str]:
        return [item.actor for item in disputes(treaty, as_of="2024-03", **narrowing)]  # type: ignore[arg-type]

    assert ["kim"] == departing() == departing(kind="state") == departing(kind="person") == departing(group="league")
    assert ["kim"] == departing(tag="security")
    assert [] == departing(kind="organisation") == departing(tag="budget")
    assert ["kim"] == [item.actor for item in disputes(treaty, "treaty", as_of="2024-03", parts=True)]


def test_a_graph_holds_only_who_and_what_is_left(treaty: Ledger) -> None:
    now = snapshot(treaty, as_of="2024-03", kind="state,coalition", tag="security", parts=True)
    graph = to_graph(now)
    assert ["ada", "bor", "league", "ban", "treaty", "watch"] == list(graph)
    edges = graph.edges(data="edge_type")
    assert [("ada", "league")] == [(start, end) for start, end, kind in edges if kind == "relation"]
    assert [] == [node for node, data in graph.nodes(data=True) if "name" not in data]
    assert ["ada", "bor", "league"] == list(actor_graph(now))


def test_versions_are_narrowed_by_what_they_are_about(treaty: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    old = TREATY.replace("opposes, proposal: ban", "open, proposal: ban").replace("name: Kim", "name: Kimberley")
    path.write_text(old.replace("title: S,", "title: T,").replace(", tags: [Security]", ""), encoding="utf-8")
    base = load(path)

    def differing(narrowing: Narrowing) -> list[str]:
        answer = diff_versions(base, treaty, as_of="2024-03", **narrowing)
        return [item.id for item in answer.corrections] + [item.proposal for item in answer.changes]

    bans = ["bor.ban.2024-02-01", "ban"]
    assert ["kim", "treaty", "s", *bans] == differing({})
    assert bans == differing({"kind": "state"})
    assert ["kim"] == differing({"kind": "person"})
    assert ["treaty"] == differing({"tag": "security"}), "which only the later version knows"
    assert ["treaty", *bans] == differing({"tag": "security", "parts": True})
    with pytest.raises(UsageProblem, match="no proposal is tagged 'secrecy'"):
        differing({"tag": "secrecy"})


@pytest.mark.parametrize(
    ("narrowing", "message"),
    [
        ({"kind": "states"}, "unknown kind of actors 'states' (did you mean 'state'?)"),
        ({"kind": "x"}, "unknown kind of actors 'x'; it is one of state, organisation, coalition, person"),
        ({"kind": ""}, "unknown kind of actors ''; it is one of state, organisation, coalition, person"),
        ({"kind": 3}, "a kind of actors is a text, not 3"),
        ({"group": "leage"}, "no actor answers to 'leage'; did you mean 'league' (The League)?"),
        ({"group": "cup"}, "nobody is on record as a member of Cup; groups with members are league"),
        ({"tag": "buget"}, "no proposal is tagged 'buget' (did you mean 'budget'?)"),
        ({"tag": "x"}, "no proposal is tagged 'x'; tags are Security, budget"),
        ({"parts": True}, "parts of what? They go with a proposal, or with the proposals of a tag"),
    ],
)
def test_what_nothing_can_be_narrowed_to(treaty: Ledger, narrowing: Narrowing, message: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        everything(treaty, as_of="2024-03", **narrowing)
    assert message == str(caught.value)


@pytest.mark.parametrize("position", ["any,supports", "silent,opposes", "supports,silent"])
def test_any_and_silent_are_asked_for_alone(treaty: Ledger, position: str) -> None:
    with pytest.raises(UsageProblem, match="is asked for alone, not with other positions"):
        who(treaty, position, "treaty", as_of="2024-03")


def test_an_answer_says_what_it_was_narrowed_to(treaty: Ledger) -> None:
    answer = who(treaty, "open, supports", "treaty", as_of="2024-03", kind="person,state", group="league", parts=True)
    expected = {"kind": "state,person", "group": "league", "parts": True}
    assert {"command": "who", "position": "open,supports", "target": "treaty", **expected} == answer.query
    assert "The League" == answer.about.actors["league"]
    assert {("kind state,person", "group league", "parts")} == {record["narrowed"] for record in answer.records()}
    assert "narrowed" not in who(treaty, "open", "treaty", as_of="2024-03").columns


# -- laws ------------------------------------------------------------------------------------------------------


@st.composite
def narrowings(draw: st.DrawFn) -> Narrowing:
    """Return options that narrow a question, some of which its ledger may not know."""
    narrowing: Narrowing = {}
    if draw(st.booleans()):
        narrowing["kind"] = draw(kinds)
    if draw(st.booleans()):
        narrowing["group"] = draw(st.sampled_from(GROUPS))
    if draw(st.booleans()):
        narrowing["tag"] = draw(st.sampled_from(TAGS))
        narrowing["parts"] = draw(st.booleans())
    return narrowing


def naive(ledger: Ledger, narrowing: Narrowing, *days: str) -> tuple[set[str], set[str]]:
    """Return the actors and the proposals that are left, found the long way round."""
    actors = {
        thing.id
        for thing in ledger.things("actor")
        if ("kind" not in narrowing or thing.body["kind"] in str(narrowing["kind"]).split(","))
        and (
            "group" not in narrowing
            or any(
                tie.body["relation"] == "member-of"
                and tie.body["actor"] == thing.id
                and tie.body["to"] == narrowing["group"]
                and {"2024-01-05": "2024-01-05", "2024-02": "2024-02-29"}[tie.body["since"]]
                <= day
                < (tie.body.get("until") or "9999")
                for tie in ledger.things("relation")
                for day in days
            )
        )
    }
    wholes = {thing.id: set(thing.body.get("part-of", ())) for thing in ledger.things("proposal")}
    proposals = {
        thing.id
        for thing in ledger.things("proposal")
        if "tag" not in narrowing or narrowing["tag"] in thing.body.get("tags", ())
    }
    for _ in wholes if narrowing.get("parts") else ():
        proposals |= {key for key, above in wholes.items() if above & proposals}
    return actors, proposals


def known(ledger: Ledger, narrowing: Narrowing) -> Narrowing:
    """Return of some options those that a ledger can be asked for."""
    known: Narrowing = {}
    for name, value in narrowing.items():
        try:
            select(ledger, 20240101, {name: value} if name != "parts" else narrowing)  # type: ignore[misc]
        except UsageProblem:
            continue
        known |= {name: value}  # type: ignore[misc]
    return known if "tag" in known else {key: value for key, value in known.items() if key != "parts"}  # type: ignore[return-value]


@given(ledgers(), narrowings(), days, days)
def test_to_narrow_a_question_is_to_pick_from_its_answer(
    ledger: Ledger, drawn: Narrowing, day: str, other: str
) -> None:
    narrowing = known(ledger, drawn)
    actors, proposals = naive(ledger, narrowing, day)

    def picked(rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(row for row in rows if row.actor in actors and row.proposal in proposals)

    def holds(whole: Answer, narrowed: Answer) -> None:
        assert picked(whole.rows) == narrowed.rows
        assert picked(whole.possible) == narrowed.possible

    holds(everything(ledger, as_of=day), everything(ledger, as_of=day, **narrowing))
    for actor in ACTORS:
        holds(what(ledger, actor, as_of=day), what(ledger, actor, as_of=day, **narrowing))
        holds(who(ledger, "opposes", actor, as_of=day), who(ledger, "opposes", actor, as_of=day, **narrowing))
    of_target = {**narrowing, "parts": False}
    actors, proposals = naive(ledger, of_target, day)  # type: ignore[arg-type]
    for proposal in PROPOSALS:
        for position in ("any", "silent", "supports,opposes"):
            asked = who(ledger, position, proposal, as_of=day)
            holds(asked, who(ledger, position, proposal, as_of=day, **of_target))  # type: ignore[arg-type]
    actors, proposals = naive(ledger, narrowing, day, other)
    changes = diff(ledger, day, other, **narrowing).changes
    whole = diff(ledger, day, other).changes
    texts = {item: {item.proposal, item.before_proposal} for item in whole}
    assert changes == tuple(item for item in whole if item.actor in actors and not proposals.isdisjoint(texts[item]))


@given(ledgers(), days, st.sampled_from(["any", "supports", "supports,open"]))
def test_an_answer_with_parts_is_the_union_of_those_on_each_part(ledger: Ledger, day: str, position: str) -> None:
    view = View(ledger, as_of=day)
    for proposal in PROPOSALS:
        parts = with_parts(ledger, [proposal])
        answers = [who(ledger, position, part, as_of=day) for part in parts]
        whole = who(ledger, position, proposal, as_of=day, parts=True)
        assert Counter(row for reply in answers for row in reply.rows) == Counter(whole.rows)
        assert Counter(row for reply in answers for row in reply.possible) == Counter(whole.possible)
        silent = [
            {row.actor for row in who(ledger, "silent", part, as_of=day)}
            for part in parts
            if not is_off_the_table(ledger.resolve(part, "proposal"), view.day)
        ]
        on_all = {row.actor for row in who(ledger, "silent", proposal, as_of=day, parts=True)}
        whole_is_there = not is_off_the_table(ledger.resolve(proposal, "proposal"), view.day)
        assert (set.intersection(*silent) if whole_is_there else set()) == on_all


@given(ledgers(), days, days)
def test_kinds_share_an_answer_among_them(ledger: Ledger, day: str, other: str) -> None:
    by_kind = [row for kind in ACTOR_KINDS for row in everything(ledger, as_of=day, kind=kind)]
    assert sorted(by_kind) == sorted(everything(ledger, as_of=day))
    assert everything(ledger, as_of=day, kind=",".join(ACTOR_KINDS)).rows == everything(ledger, as_of=day).rows
    changes = [item for kind in ACTOR_KINDS for item in diff(ledger, day, other, kind=kind)]
    assert sorted(changes) == sorted(diff(ledger, day, other))


@given(ledgers(), narrowings(), days, days)
def test_a_narrowed_diff_mirrors_itself(ledger: Ledger, drawn: Narrowing, day: str, other: str) -> None:
    narrowing = known(ledger, drawn)
    there, back = diff(ledger, day, other, **narrowing), diff(ledger, other, day, **narrowing)
    assert flipped(there) == set(back)
    assert () == diff(ledger, day, day, **narrowing).changes
    assert () == diff_versions(ledger, ledger, as_of=day, **narrowing).differences


@given(ledgers(), narrowings(), days)
def test_a_narrowed_timeline_is_picked_from_the_whole(ledger: Ledger, drawn: Narrowing, day: str) -> None:
    narrowing = known(ledger, drawn)
    for name in (*ACTORS, *PROPOSALS):
        options: Narrowing = narrowing if name in ACTORS else {**narrowing, "parts": False}
        actors, proposals = naive(ledger, options, day)
        whole = [(moment.date, item) for moment in timeline(ledger, name, as_of=day) for item in moment.changes]
        left = [
            (moment.date, item) for moment in timeline(ledger, name, as_of=day, **options) for item in moment.changes
        ]
        assert left == [
            (date, item)
            for date, item in whole
            if item.actor in actors and not proposals.isdisjoint({item.proposal, item.before_proposal})
        ]


@given(ledgers(), narrowings(), days)
def test_disputes_are_picked_by_whom_and_what_they_are_about(ledger: Ledger, drawn: Narrowing, day: str) -> None:
    narrowing = known(ledger, drawn)
    actors, proposals = naive(ledger, narrowing, day)
    sides = {item: [row for side in item.sides for row in side] for item in disputes(ledger, as_of=day)}
    picked = [
        item
        for item, rows in sides.items()
        if not actors.isdisjoint(row.actor for row in rows) and not proposals.isdisjoint(row.proposal for row in rows)
    ]
    assert picked == list(disputes(ledger, as_of=day, **narrowing))


@given(ledgers(), days)
def test_several_positions_are_the_union_of_each(ledger: Ledger, day: str) -> None:
    for proposal in PROPOSALS:
        alone = [row for position in ("open", "opposes") for row in who(ledger, position, proposal, as_of=day)]
        assert sorted(alone) == sorted(who(ledger, "open,opposes", proposal, as_of=day))


def test_an_empty_ledger_has_no_groups() -> None:
    with pytest.raises(UsageProblem, match="nobody is on record as a member of a; no group has members"):
        select(ledger_of([]), 20240101, {"group": "a"})
