"""remove: what depends on a thing is told, nothing is left that names it, and all else stays."""

import re
from pathlib import Path

import pytest
from asking import ask
from folders import model_file
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from towns import STANCE, files, strictly_clean

from actorgraph.curate.changeset import sound
from actorgraph.curate.locate import find, located
from actorgraph.curate.remove import removal, without
from actorgraph.model.kinds import KIND
from actorgraph.model.loader import load_model
from actorgraph.questions.check import check, new_problems

TODAY = "2026-12-01"
RECORD = "traders.car-free-square.2026-03-12"


def test_a_record_goes_and_nothing_else(town: Path) -> None:
    before = files(town)
    result = ask("remove", "vega.represents.traders", "--yes", "--force")
    assert 0 == result.exit_code, result.stderr
    assert () == load_model(town).relations
    assert ["relations.yaml"] == [path for path, raw in files(town).items() if raw != before[path]]


def test_what_depends_on_a_thing_is_told_by_its_place(town: Path) -> None:
    before = files(town)
    result = ask("remove", "Ana Vega", "--yes")
    assert 1 == result.exit_code
    assert f"graphs/town/stances.yaml:7: the stance {RECORD} depends on it\n" in result.stderr
    assert "graphs/town/relations.yaml:" in result.stderr
    assert "--with-dependents changes them, too\nnothing was written\n" in result.stderr
    assert before == files(town)


def test_what_depends_goes_along(town: Path) -> None:
    result = ask("remove", "bus-stop", "--with-dependents", "--yes", "--force")
    assert 0 == result.exit_code, result.stderr
    assert "depends on it: goes too" in result.stderr
    model = load_model(town)
    assert ({}, ()) == (model.conditions, model.commitments), "a pledge without its condition would look firm"
    assert strictly_clean(town) or "AG104" in result.stderr


def test_the_others_of_a_joint_record_are_told(tmp_path: Path) -> None:
    """By the id of one of them the statement of all would go."""
    said = "actor: [a, b], proposal: p, evidence: [{source: s}]"
    file = model_file(
        tmp_path,
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}, b: {name: B, kind: state}}\n"
        "proposals: {p: {title: P}}\nsources: {s: {title: S, publisher: S, published: 2026-03}}\nstances:\n"
        f"  - {{{said}, position: open, date: 2026-01}}\n  - {{{said}, position: supports, date: 2026-02, id: both}}\n",
    )
    asked = ("-m", file, "--yes", "--force")
    for name, other in (("a.p.2026-01", "b.p.2026-01"), ("both.b", "both.a")):
        refused = ask("remove", name, *asked)
        assert (1, 4) == (refused.exit_code, len(load_model(file).stances))
        assert f"the stance {other} is of the same joint record; `edit` its `actor`" in refused.stderr
    assert 0 == ask("remove", "both", *asked).exit_code
    result = ask("remove", "a.p.2026-01", *asked, "--with-dependents")
    assert "the stance b.p.2026-01 is of the same joint record: goes too" in result.stderr
    assert () == load_model(file).stances


def test_nothing_is_written_without_a_yes(town: Path) -> None:
    before = files(town)
    result = ask("remove", RECORD)
    assert (1, True) == (result.exit_code, "this is no terminal" in result.stderr)
    assert "-  - actor: traders" in result.stdout
    assert before == files(town)


def test_an_id_that_was_made_by_counting_is_told(town: Path) -> None:
    ask(*STANCE, "--yes", "--force")
    ask(*STANCE, "--yes", "--force")
    result = ask("remove", "traders.car-free-square.2026-03", "--yes", "--force")
    assert "nothing bears these now: traders.car-free-square.2026-03-2\n" in result.stderr
    assert "traders.car-free-square.2026-03" == load_model(town).stances[1].id


def test_a_file_in_which_nothing_is_left_is_told(town: Path) -> None:
    result = ask("remove", "valley-courier-2026-03-14", "--with-dependents", "--yes", "--force")
    assert 0 == result.exit_code
    assert "no record is left in seeds/valley-courier-2026-03-14.yaml then; the file can be deleted" in result.stderr
    assert {} == load_model(town).sources


def test_a_file_with_a_byte_order_mark_that_holds_more_is_not_called_empty(town: Path) -> None:
    path = town / "actors.yaml"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    result = ask("remove", "traders", "--with-dependents", "--yes", "--force")
    assert (0, False) == (result.exit_code, f"no record is left in graphs/{town.name}/actors.yaml" in result.stderr)


def test_an_unknown_name_is_told(town: Path) -> None:
    assert "nothing answers to 'no-such-thing'" in ask("remove", "no-such-thing").stderr
    assert town.is_dir()


JOINT = {"actor": ["uk", "fr"], "proposal": "plan", "speaker": "pm", "evidence": [{"source": "a"}, {"source": "b"}]}
LINKED = {"title": "P", "by": "uk", "succeeds": ["plan"], "evidence": [{"source": "a"}]}


@pytest.mark.parametrize(
    ("kind", "body", "gone", "left"),
    [
        ("stance", JOINT, ("actor", "fr"), JOINT | {"actor": "uk"}),
        ("stance", JOINT, ("actor", "us"), JOINT),
        ("stance", JOINT, ("proposal", "plan"), None),
        ("stance", JOINT, ("actor", "pm"), None),
        ("stance", JOINT, ("source", "a"), JOINT | {"evidence": [{"source": "b"}]}),
        ("stance", {"actor": "uk", "evidence": [{"source": "a"}]}, ("source", "a"), None),
        ("proposal", LINKED, ("source", "a"), {"title": "P", "by": "uk", "succeeds": ["plan"]}),
        ("proposal", LINKED, ("actor", "uk"), {key: LINKED[key] for key in LINKED if key != "by"}),
        ("proposal", LINKED, ("proposal", "plan"), {key: LINKED[key] for key in LINKED if key != "succeeds"}),
        ("event", {"id": "e", "actors": ["uk", "fr"]}, ("actor", "uk"), {"id": "e", "actors": ["fr"]}),
        ("commitment", {"actor": "uk", "toward": ["us", "fr"]}, ("actor", "us"), None),
    ],
)
def test_what_is_left_of_a_record(
    kind: str, body: dict[str, object], gone: tuple[str, str], left: dict[str, object] | None
) -> None:
    assert left == without(kind, body, {gone})  # type: ignore[arg-type]


LOADED, _ = sound("graphs/ukraine-troops", today=TODAY)
EVERYTHING = located(LOADED)


@examples(20)  # each checks a whole model
@given(st.sampled_from([found.id for found in EVERYTHING if found.kind.name != "event"]))
def test_the_model_can_be_used_without_it(name: str) -> None:
    """Whatever goes, with all that depends on it: no error is left, and what does not depend on it is there still."""
    target = find(name, [found for found in EVERYTHING if found.id == name][:1])
    removed = removal(LOADED, target, today=TODAY)
    assert not removed.changeset.refused
    assert removed.changeset.model
    gone = {key for found in removed.gone for key in found.ids}
    assert target.id in gone
    made = {key for found in EVERYTHING if found.kind.is_record for key in found.ids}
    left = {str(key) for _, key in removed.changeset.model.places}
    assert {key for found in EVERYTHING for key in found.ids} - gone - made <= left
    keyed = {found.id for found in EVERYTHING if KIND[found.kind.name].keyed}
    assert not (gone & keyed & left) or name in made


UNGRADED = """\
model: {id: m, title: M}
actors: {a: {name: A, kind: state}, b: {name: Bo, kind: person}}
proposals: {p: {title: P}}
sources:
  s: {title: S, publisher: S, published: 2026-03}
  t: {title: T, publisher: T, published: 2026-03}
stances:
  - {actor: a, proposal: p, position: open, date: 2026-01, speaker: b, evidence: [{source: s}]}
  - {actor: a, proposal: p, position: neutral, date: 2026-02, speaker: b, evidence: [{source: t}]}
  - {actor: a, proposal: p, position: supports, date: 2026-03, speaker: b, evidence: [{source: s}]}
"""


def test_a_warning_that_stands_for_many_is_not_new_where_they_are_fewer(tmp_path: Path) -> None:
    file = model_file(tmp_path, UNGRADED)
    assert 3 == ask("check", file).stdout.count(" AG1"), "no grades, twice, and nobody knows of a role"
    result = ask("remove", "a.p.2026-01", "-m", file, "--yes")
    assert (0, f"wrote {file}\n") == (result.exit_code, result.stderr)


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (("title: S,", "title: S, reliability: B,"), []),
        (("[{source: t}]", "[{source: t, credibility: 2}]"), []),
        (("  t: {", "  u: {title: U, publisher: U, published: 2026-03}\n  t: {"), ["AG109", "AG103"]),
        (("[{source: t}]", "[{source: t}, {source: s}]"), ["AG109"]),
    ],
    ids=["a source graded", "an evidence graded", "one more source", "one more evidence"],
)
def test_what_one_warning_stood_for_is_not_new_by_itself(
    change: tuple[str, str], new: list[str], tmp_path: Path
) -> None:
    before, after = (
        check(model_file(tmp_path, text), today=TODAY).problems for text in (UNGRADED, UNGRADED.replace(*change))
    )
    assert before != after
    assert new == [problem.code for problem in new_problems(before, after)]


def test_a_number_that_somebody_wrote_is_no_line(tmp_path: Path) -> None:
    """Where the record stands that another one repeats may change; what is wrong may not."""
    before, after = (
        check(model_file(tmp_path, UNGRADED.replace("position: open", f"position: 'page.html:{number}'")), today=TODAY)
        for number in (5, 6)
    )
    assert ["AG014"] == [problem.code for problem in new_problems(before.problems, after.problems)]


def test_a_broken_model_is_told_by_its_errors_alone(tmp_path: Path) -> None:
    file = model_file(tmp_path, UNGRADED.replace("position: open", "position: opn"))
    result = ask("remove", "a.p.2026-02", "-m", file, "--yes")
    assert (1, ["AG014"]) == (result.exit_code, re.findall("AG[0-9]+", result.stderr))
