"""What merits a second look. (The messages are in tests/bad.)"""

from collections import Counter
from pathlib import Path

import pytest
from generator import model_text

from actorgraph.errors import UsageProblem
from actorgraph.model.loader import load_model, read_model
from actorgraph.model.warnings import ABSENCES, SECOND_LOOKS
from actorgraph.questions.check import check, check_all

HEAD = "model: {{id: {}, title: T, include: [../shared]}}\nproposals: {{plan: {{title: Plan}}}}\n"
SHARED = """\
actors:
  uk: {name: UK, kind: state}
  us: {name: US, kind: state}
  nobody: {name: Nobody, kind: person}
sources:
  a: {title: A, publisher: P, published: 2024, reliability: A}
  b: {title: B, publisher: P, published: 2024, reliability: A}
  c: {title: C, publisher: P, published: 2024, reliability: A}
"""
STANCE = (
    "stances: [{{actor: {}, position: open, proposal: plan, date: 2024, evidence: [{{source: {}, credibility: 2}}]}}]\n"
)
TODAY = "2026-06-01"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two models that share a folder of actors and sources."""
    monkeypatch.chdir(tmp_path)
    for name, actor, source in (("one", "uk", "a"), ("two", "us", "b")):
        (tmp_path / "graphs" / name).mkdir(parents=True)
        text = HEAD.format(name) + STANCE.format(actor, source)
        (tmp_path / "graphs" / name / "m.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "graphs" / "shared").mkdir()
    (tmp_path / "graphs" / "shared" / "s.yaml").write_text(SHARED, encoding="utf-8")
    return tmp_path


def last_words(*paths: str) -> list[str]:
    return [str(problem).rsplit(" ", 1)[-1] for problem in check_all(paths, today=TODAY).problems]


def test_what_another_model_uses_of_a_shared_file_is_used(folder: Path) -> None:
    assert ["'us'", "'nobody'", "'b'", "'c'"] == last_words("graphs/one")
    assert ["'nobody'", "'c'"] == last_words("graphs/one", "graphs/two")
    assert ["'nobody'", "'c'"] == last_words(str(folder / "graphs/one"), "graphs/two")
    assert ["'us'", "'nobody'", "'b'", "'c'"] == last_words("graphs/one", "graphs/one")


def test_errors_cannot_be_ignored(folder: Path) -> None:
    (folder / "graphs/one/m.yaml").write_text("model: {id: one, title: T}\n" + STANCE.format("uk", "a"))
    found = check_all(["graphs/one"], today=TODAY, ignore=["AG012", "AG103"])
    assert ["AG012"] * 3 == [one.code for one in found.problems]
    assert () == found.models


def test_what_only_seems_to_be_missing_is_not_told(folder: Path) -> None:
    (folder / "graphs/one/more.yaml").write_text("stances: [{actor: us}]\n", encoding="utf-8")
    assert {"AG013", "AG018"} == {one.code for one in check("graphs/one", today=TODAY).problems}


def test_questions_do_not_look_at_today() -> None:
    path = "tests/bad/AG107-future.yaml"
    assert () == read_model(path).problems
    assert () == check(path, today="2063").problems
    with pytest.raises(UsageProblem, match="not a date"):
        check(path, today="soon")


def test_the_last_days_of_time(folder: Path) -> None:
    assert {"AG104", "AG103"} == {one.code for one in check(folder / "graphs/one", today="9998-12-31").problems}


def test_every_rule_tells_what_holds() -> None:
    assert all(rule.__doc__ for rule in (*SECOND_LOOKS, *ABSENCES))


def test_broken_entries_of_every_kind_are_stood_in_for(tmp_path: Path) -> None:
    """An entry that is refused still counts as defined, with no date and no name of its own."""
    path = tmp_path / "m.yaml"
    text = SHARED.replace("published: 2024", "published: soon").replace("kind: state", "kind: x, since: 2020")
    text = "model: {id: m, title: T}\nproposals: {plan: {title: ''}}\n" + text + STANCE.format("uk", "a")
    path.write_text(text, encoding="utf-8")
    assert {"AG013", "AG014", "AG015"} == {one.code for one in check(path, today=TODAY).problems}


def test_a_large_model_is_not_full_of_false_alarms(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(model_text(2000), encoding="utf-8")
    found = Counter(one.code for one in check(path, today=TODAY).problems)
    events = len(load_model(path).events)
    assert events == found.pop("AG109"), "the evidence of generated events is not graded"
    assert {"AG108"} == found.keys()
    assert found["AG108"] < 5


def test_programs_need_not_read_what_a_warning_says(tmp_path: Path) -> None:
    """What is unused is named, and so is the grade that is missing; a warning for several says of how many."""
    said = "proposal: old, date: 2024, position: open, evidence: [{source: a}, {source: b}]"
    text = (
        "model: {id: m, title: M}\nactors:\n"
        + "".join(f"  {key}: {{name: {key.title()}, kind: person}}\n" for key in ("ann", "bob", "cid", "dan"))
        + "proposals: {old: {title: An old text, by: [dan], until: 2025, fate: superseded}}\nsources:\n"
        + "".join(f"  {key}: {{title: {key}, publisher: P, published: 2024}}\n" for key in "abc")
        + f"stances:\n  - {{actor: ann, speaker: bob, {said}}}\n  - {{actor: ann, speaker: bob, {said}, until: 2025}}\n"
    )
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    problems = check(path, today=TODAY).problems
    assert {
        ("AG104", "cid", 1),
        ("AG103", "c", 1),
        ("AG115", "old", 1),
        ("AG117", "old", 1),
        ("AG105", "bob for ann", 2),
        ("AG109", "reliability", 3),
        ("AG109", "credibility", 4),
    } == {(problem.code, problem.about, problem.stands_for) for problem in problems if problem.about}
    assert all(problem.about for problem in problems if problem.category == "unused")
    path.write_text(text.replace("actor: ann", "actor: anne"), encoding="utf-8")
    unknown = [problem for problem in check(path, today=TODAY).problems if problem.code == "AG012"]
    assert {"anne"} == {problem.about for problem in unknown}
