"""Joint statements: one record in the file, one of each actor in the model. (What is none is in tests/bad.)"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asking import ask
from folders import model_file
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.curate.fmt import format_text
from actorgraph.explorer.data import page_data
from actorgraph.explorer.recorded import Recorded
from actorgraph.ledger.load import load
from actorgraph.model.joint import Piece, split
from actorgraph.model.loader import load_model
from actorgraph.model.model import entries
from actorgraph.questions.check import check
from actorgraph.questions.verify import verify
from actorgraph.questions.versions import Versions, diff_versions
from actorgraph.questions.why import why
from actorgraph.render.versions import versions_grids

if TYPE_CHECKING:
    from actorgraph.model.reader import Data

MODEL = """\
model: {id: m, title: T}
actors:
  uk: {name: UK, kind: state}
  france: {name: France, kind: state}
  poland: {name: Poland, kind: state}
  macron: {name: Macron, kind: person}
proposals: {plan: {title: Plan}, guard: {title: Guard}}
conditions: {truce: {title: A truce}}
relations:
  - {actor: macron, relation: represents, to: france, since: 2020}
stances:
  - actor: [france, uk]
    position: supports
    proposal: plan
    date: 2024-05-01
    speaker: macron
    evidence: [{source: paper, lines: 1, quote: "A plan", credibility: 2}]
  - {actor: poland, position: open, proposal: plan, date: 2024-05-01, evidence: [{source: paper, credibility: 2}]}
commitments:
  - id: the-declaration
    actor: [uk, poland, france]
    stage: pledges
    proposal: guard
    date: 2024-05-01
    if: truce
    evidence: [{source: paper, lines: 3, credibility: 2}]
sources:
  paper: {title: Paper, publisher: Press, published: 2024-08-01, reliability: B, document: paper.txt}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return model_file(tmp_path, MODEL)


def test_what_is_no_list_of_texts_is_left_as_it_is() -> None:
    records: list[Data] = [{"actor": []}, {"actor": ["a", ["b"]]}, {"actor": None}, {"actor": "a"}, "a", None, {}]
    whole = split({"stances": records, "commitments": {"actor": ["a", "b"]}, "events": [{"actor": ["a", "b"]}]})
    assert records == whole.data["stances"]
    assert {} == whole.parts
    assert Piece(3) == whole.part("stances", 3)


def test_each_actor_has_a_record_of_its_own(path: Path) -> None:
    model = load_model(path)
    assert ["france.plan.2024-05-01", "uk.plan.2024-05-01", "poland.plan.2024-05-01"] == [
        stance.id for stance in model.stances
    ]
    assert ["the-declaration.uk", "the-declaration.poland", "the-declaration.france"] == [
        commitment.id for commitment in model.commitments
    ]
    assert ["uk", "poland", "france"] == [commitment.actor for commitment in model.commitments]
    assert {20} == {span.line for (section, _), span in model.places.items() if section == "commitments"}
    assert ("the-declaration.uk", ("uk", "poland", "france")) == model.joint["the-declaration.france"]
    statements = (*model.stances, *model.commitments)
    assert model.joint.keys() == {record.id for record in statements} - {"poland.plan.2024-05-01"}


@given(st.lists(st.lists(st.sampled_from(["uk", "france", "poland"]), min_size=1, unique=True), max_size=5), st.data())
def test_together_or_apart_is_the_same(signatories: list[list[str]], data: st.DataObject) -> None:
    said = [
        (actors, {"proposal": "plan", "date": data.draw(st.sampled_from(["2024", "2024-05", "2024-05-01"]))})
        for actors in signatories
    ]
    together = split({"stances": [{"actor": list(actors), **body} for actors, body in said]})
    apart = [{"actor": actor, **body} for actors, body in said for actor in actors]
    assert apart == together.data["stances"]
    parts = [together.part("stances", number) for number in range(len(apart))]
    assert [number for number, (actors, _) in enumerate(said) for _ in actors] == [part.record for part in parts]
    assert [record["actor"] for record in apart] == [said[part.record][0][part.actor] for part in parts]


def test_one_in_brackets_is_one_alone(path: Path) -> None:
    path.write_text(MODEL.replace("[uk, poland, france]", "[uk]"), encoding="utf-8")
    model = load_model(path)
    assert ["the-declaration"] == [commitment.id for commitment in model.commitments]
    assert {"france.plan.2024-05-01", "uk.plan.2024-05-01"} == model.joint.keys()


def test_it_counts_once_in_check(path: Path) -> None:
    model = load_model(path)
    assert (2, 1, 4) == tuple(entries(model, section) for section in ("stances", "commitments", "actors"))
    assert "2 stances, 1 commitment\n" in ask("check", "-m", path).stderr


def test_who_speaks_for_one_speaks_for_all(path: Path) -> None:
    assert () == check(path, today="2026-06-01").problems
    path.write_text(MODEL.replace("    speaker: macron\n", "    speaker: poland\n"), encoding="utf-8")
    problems = check(path, today="2026-06-01").problems
    assert [("AG105", 16)] == [(problem.code, problem.span.line) for problem in problems]


def test_a_warning_about_it_is_said_once(path: Path) -> None:
    statement = MODEL[MODEL.index("  - actor: [france, uk]") : MODEL.index("  - {actor: poland")]
    again = statement.replace("[france, uk]", "[uk, france]")
    path.write_text(MODEL.replace("commitments:", f"{again}commitments:"), encoding="utf-8")
    (problem,) = check(path, today="2026-06-01").problems
    assert ("AG108", 19) == (problem.code, problem.span.line)


def test_it_counts_once_in_verify(path: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("A plain\ntext\n\n", encoding="utf-8")
    verified = verify(load(path), tmp_path)
    assert [3] == [source.cited for source in verified.sources]
    assert ["france.plan.2024-05-01", "the-declaration.france"] == [miss.record for miss in verified.misses]


def test_why_says_with_whom(path: Path) -> None:
    (record,) = why(load(path), "poland", "guard", as_of="2024-06").curated
    assert ("the-declaration.poland", ("uk", "poland", "france")) == (record.id, record.jointly)
    answer = ask("why", "poland", "guard", "--as-of", "2024-06", "-m", path).stdout
    assert "jointly with UK and France" in " ".join(answer.split())


def test_show_says_whose_it_is(path: Path) -> None:
    shown = ask("show", "the-declaration.poland", "-m", path).stdout
    assert "UK (uk) Poland (poland) France (france)" in " ".join(shown.partition("jointly")[2].split())


# -- versions --------------------------------------------------------------------------------------------------


def versions(path: Path, *changes: tuple[str, str]) -> Versions:
    """Return what differs in the model after some replacements in its text."""
    now = path.with_name("now.yaml")
    text = MODEL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    now.write_text(text, encoding="utf-8")
    return diff_versions(load(path), load(now), as_of="2024-06")


def heading(answer: Versions) -> str:
    return versions_grids(answer)[0].above[0].partition(": ")[2]


def test_its_correction_is_one_in_tables(path: Path) -> None:
    answer = versions(path, ("stage: pledges", "stage: allocates"))
    assert ["the-declaration.france", "the-declaration.poland", "the-declaration.uk"] == [
        correction.id for correction in answer.corrections
    ]
    assert "1 corrected" == heading(answer)
    (line,) = versions_grids(answer)[0].lines
    assert "and 2 others of one joint statement" in line[1]
    assert 3 == len(answer.changes)


def test_who_joins_is_new_and_the_statement_corrected(path: Path) -> None:
    answer = versions(path, ("actor: [france, uk]", "actor: [france, uk, macron]"))
    assert "1 added, 1 corrected" == heading(answer)
    assert [("jointly", ["france", "uk"], ["france", "uk", "macron"])] * 2 == [
        (field.key, list(field.before), list(field.after))
        for correction in answer.corrections
        for field in correction.fields
    ]


def test_a_renamed_actor_is_the_only_difference(path: Path) -> None:
    answer = versions(path, ("france", "fr"))
    assert {"renamed"} == {correction.change for correction in answer.corrections}
    assert () == answer.changes


# -- curating --------------------------------------------------------------------------------------------------


def test_renaming(path: Path) -> None:
    assert 0 == ask("rename", "france", "fr", "-m", path).exit_code
    assert "actor: [fr, uk]" in path.read_text(encoding="utf-8")
    assert 0 == ask("rename", "the-declaration", "vow", "-m", path).exit_code
    assert {"vow.uk", "vow.poland", "vow.fr"} == {commitment.id for commitment in load_model(path).commitments}
    part = ask("rename", "vow.uk", "other", "-m", path)
    assert "'vow.uk' is part of the joint record 'vow'; rename that" in " ".join(part.stderr.split())


def test_it_has_a_canonical_form(path: Path) -> None:
    text = format_text(path.read_text(encoding="utf-8"))
    assert "    actor: [uk, poland, france]\n    stage: pledges\n" in text
    path.write_text(text, encoding="utf-8")
    assert 5 == len(load_model(path).joint)


def test_it_is_added_by_options(path: Path) -> None:
    stance = ("--position", "neutral", "--proposal", "guard", "--date", "2024-06", "--source", "paper", "--force")
    added = ask("add", "stance", "--actor", "UK", "--actor", "France", *stance, "--credibility", "2", "-m", path, "-y")
    assert 0 == added.exit_code, added.stderr
    assert "actor: [uk, france]\n" in path.read_text(encoding="utf-8")
    assert "next: actorgraph why uk guard" in added.stderr
    assert (
        0 == ask("add", "stance", "--actor", "poland,macron", *stance, "--credibility", "2", "-m", path, "-y").exit_code
    )
    assert "actor: [poland, macron]\n" in path.read_text(encoding="utf-8")
    assert 0 == ask("add", "stance", "--actor", "Poland", *stance, "--credibility", "2", "-m", path, "-y").exit_code
    assert "actor: poland\n" in path.read_text(encoding="utf-8")


def test_every_actor_must_be_known(path: Path) -> None:
    path.write_text(MODEL.replace("[france, uk]", "[france, ukk]"), encoding="utf-8")
    (problem,) = check(path, today="2026-06-01").problems
    assert ("AG012", (12, 21)) == (problem.code, problem.span[1:])


def test_the_records_of_a_joint_statement_share_one_list(tmp_path: Path) -> None:
    """A list in each record of a vote of 190 states would make the page of a few hundred votes gigabytes."""
    names = [f"state-{number}" for number in range(60)]
    actors = "\n".join(f"  {name}: {{name: {name}, kind: state}}" for name in names)
    path = tmp_path / "votes.yaml"
    path.write_text(
        f"""model: {{id: votes, title: Votes}}
actors:
{actors}
proposals:
  text: {{title: A text}}
stances:
  - {{actor: [{", ".join(names)}], proposal: text, position: supports, date: 2026-01-10, evidence: [{{source: un}}]}}
sources:
  un: {{title: UN, publisher: UN, published: 2026-01-10}}
""",
        encoding="utf-8",
    )
    ledger = load(path)
    stances = ledger.things("stance")
    assert [names] * 60 == [thing.body["jointly"] for thing in stances]
    assert 1 == len({id(thing.body["jointly"]) for thing in stances})
    data = page_data(Recorded([ledger]))
    assert [[f"actor/{name}" for name in names]] == data["joint"]
