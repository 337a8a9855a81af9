"""Versions: what was corrected, by example; laws of the mirror and of the patch."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import DAYS, PUBLISHED, flipped, graded, model, records, stance, undated
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import Span, UsageProblem
from actorgraph.ledger.filters import NOWHERE_SAID, Filters
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.kinds import TYPES
from actorgraph.model.model import Model, Place
from actorgraph.model.records import Actor, Condition, Relation, Source, Stance
from actorgraph.questions.changes import compared, in_order, loud, units
from actorgraph.questions.renames import paired
from actorgraph.questions.versions import MIRROR, Correction, Field, Versions, diff_versions
from actorgraph.questions.who import everything
from actorgraph.vocabulary import Tie

HEAD = """
model: {id: harbour, title: The new harbour}
actors:
  board: {name: Harbour Board, kind: organisation}
  council: {name: Town Council, kind: state}
proposals: {harbour: {title: A harbour}, tunnel: {title: A tunnel}}
conditions: {loan: {title: A loan}}
sources:
  minutes: {title: Minutes, publisher: Board, published: 2025-11-20}
  weekly: {title: Hearing, publisher: Weekly, published: 2025-12-05}
  letter: {title: A letter, publisher: Board, published: 2026-02-05}
"""

A = "{actor: board, position: supports, proposal: harbour, date: 2025-11-01, evidence: [{source: minutes}]}"
B = "{actor: board, position: open, proposal: harbour, date: 2025-11-01, note: B, evidence: [{source: weekly}]}"
C = "{actor: board, position: opposes, proposal: harbour, date: 2025-11-01, note: C, evidence: [{source: letter}]}"
ID = "board.harbour.2025-11-01"
MEMBER = "{actor: board, relation: member-of, to: council, since: 2020}"


@pytest.fixture
def version(tmp_path: Path) -> "Make":
    """Makes ledgers of YAML text."""
    return Make(tmp_path)


class Make:
    """Makes ledgers of YAML text, each in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def __call__(self, *stances: str, head: str = HEAD, known_by: str | None = None, **sections: str) -> Ledger:
        self.count += 1
        path = self.folder / f"v{self.count}.yaml"
        lists = {"stances": ", ".join(stances), **sections}
        path.write_text(head + "".join(f"{key}: [{value}]\n" for key, value in lists.items()), encoding="utf-8")
        return load(path, known_by=known_by)


def brief(found: Versions) -> list[str]:
    """Return what was corrected, in words."""
    return [
        " ".join(
            [correction.change, correction.id, *(f"{key}={before}>{after}" for key, before, after in correction.fields)]
        )
        for correction in found.corrections
    ]


@pytest.mark.parametrize(
    ("why", "before", "after", "expected"),
    [
        ("nothing differs", [A, B], [A, B], []),
        ("a record is new", [A], [A, B], [f"added {ID}-2"]),
        ("a record is gone", [A, B], [A], [f"removed {ID}-2"]),
        ("a position is corrected", [A], [A.replace("supports", "open")], [f"corrected {ID} position=supports>open"]),
        (
            "a date is corrected, and with it the id that is made of it",
            [A],
            [A.replace("11-01", "11-02")],
            [f"corrected board.harbour.2025-11-02 id={ID}>board.harbour.2025-11-02 date=2025-11-01>2025-11-02"],
        ),
        (
            "an actor is corrected",
            [A],
            [A.replace("board", "council")],
            [f"corrected council.harbour.2025-11-01 id={ID}>council.harbour.2025-11-01 actor=board>council"],
        ),
        (
            "only evidence differs",
            [A],
            [A.replace("minutes", "weekly")],
            [f"re-sourced {ID} evidence=[{{'source': 'minutes'}}]>[{{'source': 'weekly'}}]"],
        ),
        (
            "what is put before others of its day moves their ids",
            [A, B],
            [C, A, B],
            [f"added {ID}", f"renamed {ID}-2 id={ID}>{ID}-2", f"renamed {ID}-3 id={ID}-2>{ID}-3"],
        ),
        (
            "and so does what is taken from before them",
            [C, A, B],
            [A, B],
            [f"removed {ID}", f"renamed {ID} id={ID}-2>{ID}", f"renamed {ID}-2 id={ID}-3>{ID}-2"],
        ),
        (
            "what was corrected as it moved is not taken for what took its place",
            [A],
            [C, A.replace("supports", "open")],
            [f"added {ID}", f"corrected {ID}-2 id={ID}>{ID}-2 position=supports>open"],
        ),
        (
            "a record comes to stand on the day from which another was corrected away",
            [B],
            [C, B.replace("11-01", "11-02")],
            [
                f"added {ID}",
                f"corrected board.harbour.2025-11-02 id={ID}>board.harbour.2025-11-02 date=2025-11-01>2025-11-02",
            ],
        ),
        (
            "two trade places",
            [A, B],
            [B, A],
            [f"renamed {ID} id={ID}-2>{ID}", f"renamed {ID}-2 id={ID}>{ID}-2"],
        ),
        (
            "a record is given an id",
            [A],
            [A.replace("{", "{id: first, ", 1)],
            [f"renamed first id={ID}>first"],
        ),
        (
            "with an id of its own it stays itself, whatever else is said",
            [A.replace("{", "{id: first, ", 1), B],
            [C.replace("letter", "minutes").replace("{", "{id: first, ", 1).replace("board", "council"), B],
            ["corrected first actor=board>council note=None>C position=supports>opposes"],
        ),
        (
            "another day and another source: another record, though the actor says the same",
            [A],
            [A.replace("11-01", "12-01").replace("minutes", "weekly")],
            [f"removed {ID}", "added board.harbour.2025-12-01"],
        ),
        (
            "half of the keys are not enough",
            [A],
            [A.replace("board", "council").replace("harbour", "tunnel").replace("evidence", "note: N, evidence")],
            [f"removed {ID}", "added council.tunnel.2025-11-01"],
        ),
        ("the same words twice", [A], [A, A], [f"added {ID}-2"]),
    ],
)
def test_records(why: str, before: list[str], after: list[str], expected: list[str], version: Make) -> None:
    assert expected == brief(diff_versions(version(*before), version(*after), as_of="2026")), why


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: Harbour Board", "name: Port Board", ["corrected board name=Harbour Board>Port Board"]),
        ("council: {name", "town: {name", ["renamed town id=council>town"]),
        ("{title: A tunnel}", "{title: A tunnel, part-of: harbour}", ["corrected tunnel part-of=None>['harbour']"]),
        (
            "{title: A tunnel}",
            "{title: A tunnel, entails: [harbour]}",
            ["corrected tunnel entails=None>['harbour']"],
        ),
        ("loan: {title: A loan}", "loan: {title: The loan}", ["corrected loan title=A loan>The loan"]),
        (
            "title: The new harbour}",
            "title: The new harbour, description: All about it.}",
            ["corrected harbour description=None>All about it."],
        ),
        ("letter: {title: A letter,", "note: {title: A note,", ["removed letter", "added note"]),
        (
            "tunnel: {title: A tunnel}",
            "tube: {title: A tunnel, since: 2025, tags: [roads]}",
            ["corrected tube id=tunnel>tube since=None>2025 tags=None>['roads']"],
        ),
        ("tunnel: {title: A tunnel}", "tube: {title: A tube}", ["added tube", "removed tunnel"]),
        ("2026-02-05", "2026-02-06", ["corrected letter published=2026-02-05>2026-02-06"]),
        (
            "id: harbour, title: The new",
            "id: port, title: A new",
            ["corrected port id=harbour>port title=The new harbour>A new harbour"],
        ),
    ],
)  # fmt: skip
def test_things(old: str, new: str, expected: list[str], version: Make) -> None:
    assert old in HEAD
    found = diff_versions(version(head=HEAD), version(head=HEAD.replace(old, new)), as_of="2026")
    assert expected == brief(found)


def test_two_articles_of_one_paper_are_two(version: Make) -> None:
    weekly = "weekly: {title: Hearing, publisher: Weekly, published: 2025-12-05"
    head = HEAD.replace(weekly, weekly + ", author: A. Berg, language: en, reliability: B")
    other = head.replace("weekly: {title: Hearing", "weekly-2: {title: Weather")
    found = diff_versions(version(head=head), version(head=other), as_of="2026")
    assert ["removed weekly", "added weekly-2"] == brief(found)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            "{actor: board, relation: leads, to: council, since: 2020}",
            "corrected board.leads.council id=board.member-of.council>board.leads.council relation=member-of>leads",
        ),
        (
            "{actor: board, relation: member-of, to: council, since: 2021}",
            "corrected board.member-of.council since=2020>2021",
        ),
        (
            "{actor: board, relation: member-of, to: council, since: 2020, evidence: [{source: weekly}]}",
            "re-sourced board.member-of.council evidence=None>[{'source': 'weekly'}]",
        ),
    ],
)
def test_relations(after: str, expected: str, version: Make) -> None:
    assert [expected] == brief(diff_versions(version(relations=MEMBER), version(relations=after), as_of="2026"))


def test_another_member_is_another_relation(version: Make) -> None:
    head = HEAD.replace("council:", "union: {name: Union, kind: organisation}\n  council:")
    before, after = (version(head=head, relations=MEMBER.replace("board", who)) for who in ("board", "union"))
    expected = ["removed board.member-of.council", "added union.member-of.council"]
    assert expected == brief(diff_versions(before, after, as_of="2026"))


def test_a_renamed_actor_takes_its_records_along(version: Make) -> None:
    before = version(A, head=HEAD, relations=MEMBER)
    after = version(
        A.replace("board", "port"), head=HEAD.replace("board", "port"), relations=MEMBER.replace("board", "port")
    )
    found = diff_versions(before, after, as_of="2026", every=True)
    assert (["renamed port id=board>port"], ()) == (brief(found), found.changes)


def test_events_and_where_things_stand(version: Make) -> None:
    hearing = "{id: hearing, title: The hearing, date: 2025-12-03, evidence: [{source: weekly}]}"
    base, ledger = version(A, events=hearing), version(B, events=hearing.replace("12-03", "12-04"))
    found = diff_versions(base, ledger, as_of="2026").corrections
    expected = [
        Correction(
            "corrected", "event", "hearing", "The hearing", ledger.find("hearing")[0].place,
            (Field("date", "2025-12-03", "2025-12-04"),),
        ),
        Correction(
            "corrected", "stance", ID, "Harbour Board is open to A harbour", ledger.find(ID)[0].place,
            (
                Field("evidence", [{"source": "minutes"}], [{"source": "weekly"}]),
                Field("note", None, "B"),
                Field("position", "supports", "open"),
            ),
        ),
    ]  # fmt: skip
    assert expected == list(found)
    (removed,) = diff_versions(base, version(events=hearing), as_of="2026").corrections
    assert base.find(ID)[0].place == removed.place


def test_what_was_learned_between_two_days(version: Make) -> None:
    late = A.replace("[{source: minutes}]", "[{source: minutes}, {source: letter}]")
    then, now = (version(late, B, C, known_by=day) for day in ("2025-11-30", "2026-03"))
    found = diff_versions(then, now, as_of="2026-03", query={"base_known_by": "2025-11-30"})
    assert {"command": "diff", "base_known_by": "2025-11-30"} == found.query
    assert ("harbour", "2026-03-31", "2026-03-31", ()) == (found.model, found.as_of, found.known_by, found.assume)
    assert [
        "added letter",
        "added weekly",
        f"re-sourced {ID} evidence=[{{'source': 'minutes'}}]>[{{'source': 'minutes'}}, {{'source': 'letter'}}]",
        f"added {ID}-2",
        f"added {ID}-3",
    ] == brief(found)
    assert ["contested"] == [one.change for one in found.changes]


def test_only_what_the_day_shows_is_a_change(version: Make) -> None:
    base, ledger = (
        version(A, B.replace("11-01", "12-01")),
        version(A.replace("supports", "opposes"), B.replace("11-01", "12-01")),
    )
    then, later = (diff_versions(base, ledger, as_of=day) for day in ("2025-11", "2026"))
    assert then.corrections == later.corrections
    assert [["reversed"], []] == [[one.change for one in found.changes] for found in (then, later)]


def test_a_re_sourcing_is_a_change_only_with_every(version: Make) -> None:
    base, ledger = version(A), version(A.replace("minutes", "weekly"))
    found = [diff_versions(base, ledger, as_of="2026", every=every) for every in (False, True)]
    assert [0, 1] == [len(one.changes) for one in found]
    assert ["re-sourced", "re-sourced"] == [one.corrections[0].change for one in found]


@pytest.mark.parametrize("name", ["Harbour Board", "The Board"], ids=["alone", "beside another correction"])
@pytest.mark.parametrize("old", ["minutes", "records"], ids=["of one id", "renamed"])
def test_what_was_corrected_of_a_source_re_sources_nothing(old: str, name: str, version: Make) -> None:
    base = version(A.replace("minutes", old), head=HEAD.replace("minutes:", f"{old}:"))
    ledger = version(A, head=HEAD.replace("2025-11-20}", "2025-11-21}").replace("Harbour Board", name))
    found = diff_versions(base, ledger, as_of="2026", every=True)
    assert ("source", ()) == (found.corrections[-1].type, found.changes)


def test_a_condition_that_came_to_hold_changes_what_depends_on_it(version: Make) -> None:
    depends = A.replace("evidence", "if: [loan], evidence")
    held = HEAD.replace("{title: A loan}", "{title: A loan, held: [{since: 2025-12-01}]}")
    found = diff_versions(version(depends), version(depends, head=held), as_of="2026")
    assert ["corrected loan held=None>[{'since': '2025-12-01'}]"] == brief(found)
    assert ["qualified"] == [one.change for one in found.changes]


def test_assumptions_hold_on_each_side_that_knows_them(version: Make) -> None:
    depends = A.replace("evidence", "if: [loan], evidence")
    without = HEAD.replace("conditions: {loan: {title: A loan}}\n", "")
    base, ledger = version(A, head=without), version(depends)
    there = diff_versions(base, ledger, as_of="2026", assume=["not:loan"])
    back = diff_versions(ledger, base, as_of="2026", assume=["not:loan"])
    assert [("not:loan",)] * 2 == [there.assume, back.assume]
    assert [["ended"], ["added"]] == [[one.change for one in found.changes] for found in (there, back)]
    with pytest.raises(UsageProblem, match="did you mean 'loan'"):
        diff_versions(base, ledger, as_of="2026", assume=["lone"])
    with pytest.raises(UsageProblem, match="is not a date"):
        diff_versions(base, ledger, as_of="today")


# -- laws --------------------------------------------------------------------------------------------------


def numbered(found: list[Stance]) -> list[Stance]:
    """Return stances with the ids that the loader gives them."""
    seen: Counter[str] = Counter()
    named = []
    for record in found:
        name = f"{record.actor}.{record.proposal}.{record.date}"
        seen[name] += 1
        named.append(record.model_copy(update={"id": name if seen[name] == 1 else f"{name}-{seen[name]}"}))
    return named


TIES: list[Tie] = ["leads", "mediates"]
EDITS: list[dict[str, object]] = [
    {},
    {"position": "neutral"},
    {"actor": "b"},
    {"proposal": "q"},
    {"note": "n"},
    {"if_": ("c",)},
    {"date": DAYS[50].isoformat(), "until": None},
    {"date": DAYS[50].isoformat(), "until": None, "position": "neutral"},
]


def whole(draw: st.DrawFn, found: list[Stance]) -> Model:
    """Return a model of stances, some with ids of their own, and a few things of other types."""
    made = model(*(numbered(found) if draw(st.booleans()) else found))
    some, word = st.lists(st.sampled_from(["c", "d", "e"]), max_size=2, unique=True), st.sampled_from(["x", "y"])
    actors = {key: Actor(name=draw(word), kind="state") for key in draw(some)}
    conditions = {key: Condition(title=draw(word)) for key in draw(some)}
    sources = {key: Source(title=draw(word), publisher=draw(word), published="2024") for key in draw(some)}
    relations = tuple(
        Relation(id=f"a.{kind}.b", actor="a", relation=kind, to="b", since=draw(st.sampled_from(["2024", "2025"])))
        for kind in draw(st.lists(st.sampled_from(TIES), max_size=2, unique=True))
    )
    named: dict[str, Mapping[str, object]] = {"actors": actors, "conditions": conditions, "sources": sources}
    places: dict[Place, Span] = {(section, key): Span("m.yaml") for section, things in named.items() for key in things}
    places |= {("relations", one.id): Span("m.yaml") for one in relations}
    return replace(
        made,
        actors={**made.actors, **actors},
        conditions=conditions,
        sources={**made.sources, **sources},
        relations=relations,
        places={**made.places, **places},
    )


@st.composite
def versions(draw: st.DrawFn) -> tuple[Model, Model]:
    """Return two models, the second most likely an edit of the first."""
    first = draw(records())
    kept = [one for one in first if draw(st.integers(0, 4))]
    fresh = [
        stance("open", DAYS[draw(st.integers(0, 90))].isoformat(), "late", note="new", id=f"new{number}")
        for number in range(draw(st.integers(0, 2)))
    ]
    second = draw(st.permutations([*fresh, *(one.model_copy(update=draw(st.sampled_from(EDITS))) for one in kept)]))
    return whole(draw, first), whole(draw, second)


def bodies(ledger: Ledger) -> dict[tuple[str, str], dict[str, Any]]:
    """Return all that a ledger's model says, by type and id."""
    return {(one.type, one.id): one.body for one in ledger.things(*TYPES)}


def patched(
    base: Mapping[tuple[str, str], dict[str, Any]], found: Versions, added: Ledger
) -> dict[tuple[str, str], object]:
    """Return what corrections make of a version; what was added is taken from where it stands.

    What was renamed is named by its new id.
    """
    ids = {
        field.before: field.after
        for correction in found.corrections
        for field in correction.fields
        if (correction.type, field.key) == ("condition", "id")
    }
    left = {key: renamed(body, ids) for key, body in base.items()}
    fresh: dict[tuple[str, str], object] = {}
    for correction in found.corrections:
        fields = {key: (before, after) for key, before, after in correction.fields}
        if correction.change == "added":
            fresh[correction.type, correction.id] = bodies(added)[correction.type, correction.id]
            continue
        place = correction.type, fields.pop("id", (correction.id, correction.id))[0]
        body = left.pop(place)
        if correction.change == "removed":
            continue
        assert all(base[place].get(key) == before for key, (before, _) in fields.items()), "as curated"
        assert all(body.get(key) != after for key, (_, after) in fields.items()), "under the new ids, it differs"
        values = {**body, **{key: after for key, (_, after) in fields.items()}}
        fresh[correction.type, correction.id] = {key: value for key, value in values.items() if value is not None}
    assert not fresh.keys() & left.keys()
    return {**left, **fresh}


def renamed(body: dict[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """Return a body under the new ids of conditions, the only things of the drawn models that others refer to."""
    gone = {*ids.values()} - {*ids}
    new: dict[str, Any] = {
        key: [f"{condition} (gone)" if condition in gone else ids.get(condition, condition) for condition in body[key]]
        for key in ("if", "unless")
        if key in body
    }
    return {**body, **new}


@given(versions())
def test_a_version_does_not_differ_from_itself(pair: tuple[Model, Model]) -> None:
    found = diff_versions(Ledger(build(pair[0])), Ledger(build(pair[0])), as_of="2024-03", every=True)
    assert ((), ()) == (found.corrections, found.changes)


@given(versions())
def test_corrections_are_a_patch(pair: tuple[Model, Model]) -> None:
    base, ledger = (Ledger(build(one)) for one in pair)
    assert bodies(ledger) == patched(bodies(base), diff_versions(base, ledger, as_of="2024-03"), ledger)


def turned(correction: Correction) -> tuple[object, ...]:
    """Return a correction as it must read the other way round, without its name and place."""
    key = next((field.before for field in correction.fields if field.key == "id"), correction.id)
    return (
        MIRROR[correction.change],
        correction.type,
        key,
        tuple(Field(key, after, before) for key, before, after in correction.fields),
    )


@given(versions(), st.booleans())
def test_the_mirror(pair: tuple[Model, Model], every: bool) -> None:  # noqa: FBT001 - drawn
    base, ledger = (Ledger(build(change)) for change in pair)
    there, back = (diff_versions(*two, as_of="2024-03", every=every) for two in ((base, ledger), (ledger, base)))
    expected = [(change.change, change.type, change.id, change.fields) for change in back.corrections]
    assert sorted(map(turned, there.corrections), key=str) == sorted(expected, key=str)
    assert flipped(there.changes, dated=False) == undated(back.changes)


@given(versions(), st.booleans(), st.sampled_from(["2024-01", "2024-03-05", "2025"]))
def test_changes_are_those_of_two_snapshots(pair: tuple[Model, Model], every: bool, day: str) -> None:  # noqa: FBT001 - drawn
    base, ledger = (Ledger(build(one)) for one in pair)
    renames = paired(base, ledger).renames
    before = [renames.row(row) for row in everything(base, as_of=day)]
    expected = in_order(loud(compared(units(before), units(everything(ledger, as_of=day))), every=every))
    found = diff_versions(base, ledger, as_of=day, every=every).changes
    assert expected == tuple(one._replace(before=tuple(map(renames.row, one.before))) for one in found)


@given(versions())
def test_what_was_learned_is_never_removed(pair: tuple[Model, Model]) -> None:
    then, now = (Ledger(build(pair[0], Filters(day))) for day in (20240301, 20250101))
    found = diff_versions(then, now, as_of="2024-03").corrections
    assert {one.change for one in found} <= {"added", "re-sourced"}
    learned = {key for key, when in PUBLISHED.items() if "2024-03" < when < "2025"}
    assert learned <= {one.id for one in found if one.type == "source"}


@given(
    graded(),
    st.sampled_from([Filters(min_grade="B6"), Filters(without=("early",)), Filters(20240315, "D3", ("late",))]),
    st.sampled_from(["2024-01", "2024-03-05", "2025"]),
)
def test_what_does_not_count_is_removed_and_comes_back_the_other_way_round(
    every: Model, filters: Filters, day: str
) -> None:
    whole, left = Ledger(build(every)), Ledger(build(every, filters))
    there, back = (diff_versions(*sides, as_of=day) for sides in ((whole, left), (left, whole)))
    kinds = {correction.change for correction in there.corrections if correction.type != "proposal"}
    assert kinds <= {"removed", "re-sourced"}
    lives = [correction for correction in there.corrections if correction.type == "proposal"]
    assert {field.key for correction in lives for field in correction.fields} <= {"evidence", *NOWHERE_SAID}
    expected = [(change.change, change.type, change.id, change.fields) for change in back.corrections]
    assert sorted(map(turned, there.corrections), key=str) == sorted(expected, key=str)
    assert flipped(there.changes, dated=False) == undated(back.changes)
