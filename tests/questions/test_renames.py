"""What was renamed between two versions is one line, and compared under its new id wherever it is named."""

from pathlib import Path

import pytest

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.questions.diff import diff
from actorgraph.questions.renames import GONE, paired
from actorgraph.questions.versions import Versions, diff_versions

FARMERS = "{actor: farmers, position: opposes, proposal: flood, date: 2025-01-05, evidence: [{source: gazette}]}"
VALLEY = """
model: {id: valley, title: A dam in the valley}
actors:
  farmers: {name: Farmers, kind: organisation}
  mayor: {name: The Mayor, kind: person}
  village: {name: The Village, kind: organisation}
proposals:
  dam: {title: A dam}
  high-dam: {title: A high dam, part-of: [dam], entails: [flood]}
  flood: {title: To flood the valley, excludes: [keep]}
  keep: {title: To keep the valley as it is}
conditions:
  grant: {title: The state pays}
relations:
  - {actor: mayor, relation: represents, to: village, since: 2020, evidence: [{source: gazette}]}
stances:
  - {actor: farmers, position: opposes, proposal: flood, date: 2025-01-05, evidence: [{source: gazette}]}
  - {actor: village, position: supports, proposal: high-dam, date: 2025-01-05, speaker: mayor, if: [grant],
     evidence: [{source: gazette, lines: 4}, {source: letter}]}
  - {actor: village, position: open, proposal: keep, date: 2025-01-05, unless: [grant], evidence: [{source: letter}]}
commitments:
  - {actor: village, stage: pledges, proposal: dam, date: 2025-02, toward: [farmers], if: [grant],
     evidence: [{source: letter}]}
events:
  - {id: vote, title: A vote, date: 2025-03-01, actors: [village, mayor], evidence: [{source: gazette}]}
sources:
  gazette: {title: News, publisher: Gazette, published: 2025-01-06, reliability: B}
  letter: {title: A letter, publisher: Village, published: 2025-02-20, reliability: B}
"""


def ledger(tmp_path: Path, *replaced: tuple[str, str]) -> Ledger:
    """Return a ledger of the valley, with words of its text replaced, whole words only."""
    text = VALLEY
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / f"{abs(hash(replaced))}.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def brief(found: Versions) -> list[str]:
    return [
        " ".join(
            [
                correction.change,
                correction.type,
                correction.id,
                *(f"{key}={before}>{after}" for key, before, after in correction.fields),
            ]
        )
        for correction in found.corrections
    ]


RENAMED = {
    "an actor": ([("farmers", "growers")], ["renamed actor growers id=farmers>growers"]),
    "a speaker": ([("mayor", "mayor-lind")], ["renamed actor mayor-lind id=mayor>mayor-lind"]),
    "an actor whom everything names": ([("village", "hamlet")], ["renamed actor hamlet id=village>hamlet"]),
    "a proposal": ([(": flood", ": drown"), ("[flood]", "[drown]"), ("  flood:", "  drown:")], None),
    "a proposal that another is part of": (
        [("  dam:", "  wall:"), ("[dam]", "[wall]"), ("proposal: dam", "proposal: wall")],
        ["renamed proposal wall id=dam>wall"],
    ),
    "a condition": ([("grant", "state-grant")], ["renamed condition state-grant id=grant>state-grant"]),
    "a source": ([("gazette", "gazette-news")], ["renamed source gazette-news id=gazette>gazette-news"]),
    "proposals that name each other": (
        [("flood", "drown"), ("keep", "leave"), ("To drown", "To flood"), ("To leave", "To keep")],
        ["renamed proposal drown id=flood>drown", "renamed proposal leave id=keep>leave"],
    ),
}


@pytest.mark.parametrize("what", RENAMED)
def test_what_was_renamed_is_one_line_and_changes_no_position(what: str, tmp_path: Path) -> None:
    replaced, expected = RENAMED[what]
    if expected is None:
        expected = ["renamed proposal drown id=flood>drown"]
    base, now = ledger(tmp_path), ledger(tmp_path, *replaced)
    for day in ("2025-01-10", "2026"):
        found = diff_versions(base, now, as_of=day, every=True)
        assert (expected, ()) == (brief(found), found.changes)


def test_all_at_once(tmp_path: Path) -> None:
    words = ("farmers", "mayor", "village", "dam", "flood", "keep", "grant", "gazette", "letter")
    replaced = [(word, f"{word}-2") for word in words]
    titles = [(f"A {word}-2", f"A {word}") for word in ("dam", "letter")]
    titles += [("high-dam-2", "high-dam-3"), ("A high dam-2", "A high dam"), ("id: vote", "id: vote")]
    titles += [("To flood-2", "To flood"), ("To keep-2", "To keep"), ("A dam in the valley", "A dam in the valley")]
    found = diff_versions(ledger(tmp_path), ledger(tmp_path, *replaced, *titles), as_of="2026", every=True)
    assert {"renamed"} == {one.change for one in found.corrections}
    assert (10, ()) == (len(found.corrections), found.changes)


def test_the_records_of_a_joint_statement_are_renamed_with_their_actors(tmp_path: Path) -> None:
    joint = ("- {actor: farmers,", "- {id: letter-of-both, actor: [farmers, village],")
    base, now = ledger(tmp_path, joint), ledger(tmp_path, joint, ("farmers", "growers"))
    found = diff_versions(base, now, as_of="2026", every=True)
    assert (["renamed actor growers id=farmers>growers"], ()) == (brief(found), found.changes)
    own = diff_versions(base, ledger(tmp_path, joint, ("letter-of-both", "open-letter")), as_of="2026")
    assert ["renamed"] * 2 == [correction.change for correction in own.corrections]


def test_what_is_called_the_same_is_the_same_whatever_else_was_written(tmp_path: Path) -> None:
    words = (("  dam: {title: A dam}", "  wall: {title: A dam, since: 2024, tags: [water]}"), ("[dam]", "[wall]"))
    now = ledger(tmp_path, *words, ("proposal: dam", "proposal: wall"))
    found = diff_versions(ledger(tmp_path), now, as_of="2026", every=True)
    assert (["corrected proposal wall id=dam>wall since=None>2024 tags=None>['water']"], ()) == (
        brief(found),
        found.changes,
    )


@pytest.mark.parametrize("assumed", ["grant", "state-grant", "The state pays", "state pays"])
@pytest.mark.parametrize("sign", ["", "not:"])
def test_what_is_assumed_of_a_renamed_condition_holds_on_both_sides(sign: str, assumed: str, tmp_path: Path) -> None:
    base, now = ledger(tmp_path), ledger(tmp_path, ("grant", "state-grant"))
    for old, new, key in ((base, now, "state-grant"), (now, base, "grant")):
        found = diff_versions(old, new, as_of="2026", assume=[f"{sign}{assumed}"])
        assert ((), (f"{sign}{key}",)) == (found.changes, found.assume)


@pytest.mark.parametrize("group", ["village", "hamlet", "The Village"])
def test_a_renamed_group_is_the_same_on_both_sides(group: str, tmp_path: Path) -> None:
    member = ("relations:", "relations:\n  - {actor: farmers, relation: member-of, to: village, since: 2020}")
    base = ledger(tmp_path, member)
    now = ledger(tmp_path, ("village", "hamlet"), ("position: opposes", "position: open"))
    found = diff_versions(base, now, as_of="2026", group=group)
    assert "corrected stance farmers.flood.2025-01-05 position=opposes>open" in brief(found)
    assert [("toward-support", "farmers", "flood")] == [
        (change.change, change.actor, change.proposal) for change in found.changes if change.basis == "stated"
    ]


def test_a_rename_hides_no_correction(tmp_path: Path) -> None:
    now = ledger(tmp_path, ("farmers", "growers"), ("position: opposes", "position: open"))
    found = diff_versions(ledger(tmp_path), now, as_of="2026")
    assert [
        "renamed actor growers id=farmers>growers",
        "corrected stance growers.flood.2025-01-05 position=opposes>open",
    ] == brief(found)
    (change,) = [one for one in found.changes if one.proposal == "flood"]
    assert ("growers", "farmers", "growers") == (change.actor, change.before[0].actor, change.after[0].actor)


def test_what_ended_of_a_renamed_actor_is_under_its_new_id(tmp_path: Path) -> None:
    now = ledger(tmp_path, (f"  - {FARMERS}\n", ""), ("farmers", "growers"))
    found = diff_versions(ledger(tmp_path), now, as_of="2026", stated=True)
    assert [("ended", "growers")] == [(one.change, one.actor) for one in found.changes]
    assert "Farmers" == found.about.actors["growers"]


def test_an_id_that_another_took_over_is_another(tmp_path: Path) -> None:
    """The farmers are gone, and the village is now called by their id: what it holds was not theirs."""
    base = ledger(tmp_path)
    text = VALLEY.replace("  farmers: {name: Farmers, kind: organisation}\n", "").replace(", toward: [farmers]", "")
    text = "".join(line for line in text.splitlines(keepends=True) if "actor: farmers" not in line)
    path = tmp_path / "taken.yaml"
    path.write_text(text.replace("village", "farmers"), encoding="utf-8")
    found = diff_versions(base, load(path), as_of="2026", stated=True)
    assert {"renamed actor farmers id=village>farmers", "removed actor farmers"} <= set(brief(found))
    assert [("qualified", "farmers", "dam"), ("ended", "farmers", "flood")] == [
        (one.change, one.actor, one.proposal) for one in found.changes
    ], "what was made to the farmers is to nobody now"
    assert GONE not in str(found)
    assert {"farmers": f"farmers{GONE}", "village": "farmers"} == paired(base, load(path)).renames.ids["actor"]


def test_records_that_traded_places_are_no_re_sourcing(tmp_path: Path) -> None:
    """The place of a record among those of its day is part of its id, and tells nothing."""
    first = f"  - {FARMERS}\n"
    second = first.replace("opposes", "open").replace("gazette", "letter")
    base, now = (ledger(tmp_path, (first, both)) for both in (first + second, second + first))
    found = diff_versions(base, now, as_of="2026", every=True)
    assert [
        "renamed stance farmers.flood.2025-01-05 id=farmers.flood.2025-01-05-2>farmers.flood.2025-01-05",
        "renamed stance farmers.flood.2025-01-05-2 id=farmers.flood.2025-01-05>farmers.flood.2025-01-05-2",
    ] == brief(found)
    assert () == found.changes


TWO: list[tuple[str, str]] = [
    ("  village:", "  hamlet: {name: The Hamlet, kind: organisation}\n  village:"),
    ("actor: village, position: open", "actor: hamlet, position: open"),
    ("to: village", "to: hamlet"),
    ("[village, mayor]", "[hamlet, mayor]"),
]
"""The village twice, and a third of what it says by its other name."""
ALIAS = ("{name: The Village, ", "{name: The Village, aliases: [The Hamlet], ")


def test_two_that_were_made_one_are_compared_as_one(tmp_path: Path) -> None:
    two, merged = ledger(tmp_path, *TWO), ledger(tmp_path, ALIAS)
    found = diff_versions(two, merged, as_of="2026", every=True, stated=True)
    corrected = "corrected actor village aliases="
    assert (["removed actor hamlet id=hamlet>village", f"{corrected}None>['The Hamlet']"], ()) == (
        brief(found),
        found.changes,
    )
    back = diff_versions(merged, two, as_of="2026", every=True, stated=True)
    assert (["added actor hamlet id=village>hamlet", f"{corrected}['The Hamlet']>None"], ()) == (
        brief(back),
        back.changes,
    )


def test_what_else_changed_with_a_merge_is_told_of_the_one_that_stays(tmp_path: Path) -> None:
    two, merged = ledger(tmp_path, *TWO), ledger(tmp_path, ALIAS, ("position: open", "position: opposes"))
    for base, now, change in ((two, merged, "toward-opposition"), (merged, two, "toward-support")):
        found = diff_versions(base, now, as_of="2026", stated=True)
        assert [(change, "village")] == [(one.change, one.actor) for one in found.changes]
        before, after = ({row.actor for one in found.changes for row in getattr(one, side)} for side in SIDES)
        assert ({"hamlet"}, {"village"}) == ((before, after) if base is two else (after, before)), "as curated"


SIDES = ("before", "after")


def test_what_is_narrowed_to_one_of_two_has_what_became_of_it(tmp_path: Path) -> None:
    """The hamlet alone is of a club; as a part of the village, which is none, it is compared as the village."""
    kind = ("The Hamlet, kind: organisation", "The Hamlet, kind: coalition")
    two, merged = ledger(tmp_path, *TWO, kind), ledger(tmp_path, ALIAS, ("position: open", "position: opposes"))
    for base, now, change in ((two, merged, "toward-opposition"), (merged, two, "toward-support")):
        found = diff_versions(base, now, as_of="2026", stated=True, kind="coalition")
        assert [(change, "village")] == [(one.change, one.actor) for one in found.changes]


def test_what_gave_its_name_and_nothing_else_is_not_the_same(tmp_path: Path) -> None:
    """The hamlet is gone with what it said; that the village bears its name now makes nothing of it the village's."""
    said = "  - {actor: village, position: open, proposal: keep, date: 2025-01-05, unless: [grant], "
    rest = "evidence: [{source: letter}]}\n"
    without = (said + rest, "")
    met = (
        "{id: vote, title: A vote, date: 2025-03-01, actors: [village, mayor]",
        "{id: vote, title: A vote, date: 2025",
    )
    tied = ("  - {actor: mayor, relation: represents, to: village, since: 2020, evidence: [{source: gazette}]}\n", "")
    two = ledger(tmp_path, *TWO)
    gone = ledger(tmp_path, ALIAS, without, met, tied)
    found = diff_versions(two, gone, as_of="2026", stated=True)
    assert [("ended", "hamlet", "keep")] == [(one.change, one.actor, one.proposal) for one in found.changes]
    back = diff_versions(gone, two, as_of="2026", stated=True)
    assert [("added", "hamlet", "keep")] == [(one.change, one.actor, one.proposal) for one in back.changes]


def test_two_proposals_that_were_made_one(tmp_path: Path) -> None:
    double = [
        ("  keep:", "  stay: {title: To stay as it is}\n  keep:"),
        ("proposal: keep", "proposal: stay"),
    ]
    title = ("{title: To keep the valley as it is", "{title: To keep the valley as it is, aliases: [To stay as it is]")
    two, merged = ledger(tmp_path, *double), ledger(tmp_path, title)
    found = diff_versions(two, merged, as_of="2026", stated=True)
    expected = {"removed proposal stay id=stay>keep", "corrected proposal keep aliases=None>['To stay as it is']"}
    assert (expected, 2) == ({*brief(found)}, len(found.corrections))
    assert () == found.changes


def test_records_of_one_day_are_told_by_their_ids_where_these_cannot_be_made(tmp_path: Path) -> None:
    """What both said on one day bears the one id, with a number."""
    said = "position: supports, proposal: high-dam, date: 2025-01-05, evidence: [{source: letter}]}\n"
    stances = ("stances:\n", f"stances:\n  - {{actor: village, {said}")
    two = ledger(tmp_path, *TWO[:1], ("stances:\n", f"stances:\n  - {{actor: hamlet, {said}"))
    merged = ledger(tmp_path, ALIAS, stances)
    found = diff_versions(two, merged, as_of="2026", every=True)
    made = "village.high-dam.2025-01-05"
    assert [
        "removed actor hamlet id=hamlet>village",
        "corrected actor village aliases=None>['The Hamlet']",
        f"renamed stance {made}-2 id={made}>{made}-2",
    ] == brief(found)


DOUBLES = {
    "a source by its title": (
        (
            "  letter:",
            "  note: {title: A letter, publisher: Village, published: 2025-02-20, reliability: B}\n  letter:",
        ),
    ),
    "a source by its address": (
        (
            "  letter: {",
            "  note: {title: N, publisher: Village, published: 2025-02-20, reliability: B, url: http://v}\n  letter: {",
        ),
        ("title: A letter,", "title: A letter, url: http://v,"),
    ),
    "a condition": (("  grant:", "  money: {title: The state pays}\n  grant:"),),
}


@pytest.mark.parametrize("what", DOUBLES)
def test_sources_and_conditions_that_were_made_one(what: str, tmp_path: Path) -> None:
    """What names them is no correction: one line says as what they go on, and no record is told to be re-sourced."""
    kind = what.split()[1]
    (gone, stays), named = {
        "source": (("note", "letter"), ("evidence: [{source: letter}]", "evidence: [{source: note}]")),
        "condition": (("money", "grant"), ("unless: [grant]", "unless: [money]")),
    }[kind]
    double, *both = DOUBLES[what]
    two, merged = ledger(tmp_path, *both, double, named), ledger(tmp_path, *both)
    for base, now, line in (
        (two, merged, f"removed {kind} {gone} id={gone}>{stays}"),
        (merged, two, f"added {kind} {gone} id={stays}>{gone}"),
    ):
        found = diff_versions(base, now, as_of="2026", every=True)
        assert ([line], ()) == (brief(found), found.changes)


def test_a_source_whose_citations_go_to_another_document_is_not_merged(tmp_path: Path) -> None:
    other = ("  letter:", "  note: {title: A note, publisher: Valley, published: 2025-02-20}\n  letter:")
    cited = ("evidence: [{source: letter}]", "evidence: [{source: note}]")
    found = diff_versions(ledger(tmp_path, other, cited), ledger(tmp_path), as_of="2026")
    assert ["re-sourced", "re-sourced", "removed"] == sorted(correction.change for correction in found.corrections)


def test_an_id_that_is_the_same_before_and_after_is_no_renaming(tmp_path: Path) -> None:
    """A record that is compared under a number, since one of the other actor had its id, has not changed."""
    said = "position: open, proposal: dam, date: 2025-01-05, evidence: [{source: letter, lines: 9}]}\n"
    again = said.replace("lines: 9", "lines: 3")
    first, second = f"  - {{actor: hamlet, {said}", f"  - {{actor: village, {again}"
    two = ledger(tmp_path, *TWO[:1], ("stances:\n", f"stances:\n{second}{first}"))
    merged = ledger(tmp_path, ALIAS, ("stances:\n", f"stances:\n{second}{first.replace('hamlet', 'village')}"))
    for base, now in ((two, merged), (merged, two)):
        fields = [
            field for correction in diff_versions(base, now, as_of="2026").corrections for field in correction.fields
        ]
        assert fields
        assert all(field.before != field.after for field in fields)


def test_dates_are_compared_as_before(tmp_path: Path) -> None:
    assert diff(ledger(tmp_path), "2025-01", "2025-03").changes
