"""rename: another id everywhere, and no other byte."""

import os
import random
import tempfile
from pathlib import Path

import pytest
from asking import ask
from hypothesis import assume, given
from hypothesis import strategies as st
from laws import examples
from layouts import Layout, commented, shuffled

from actorgraph.curate import rename
from actorgraph.errors import UsageProblem
from actorgraph.model.loader import load_model, read_model
from actorgraph.model.model import Model
from actorgraph.model.reader import Data, parse
from actorgraph.model.records import File

ROOT = Path(__file__).parent.parent.parent

TEXT = """\
# uk everywhere: uk
model: {id: uk, title: About uk}
actors: {uk: {name: uk, kind: state, aliases: [uk]}, "fr": {name: France, kind: state}} # uk
proposals:
  plan: {title: Plan, note: the plan of the uk}
  other: {title: Other, part-of: plan, entails: ['plan'], excludes: [plan-b]}
  plan-b: {title: B, part-of: [plan]}
conditions:
  truce: {title: A truce}
relations:
  - {id: uk-fr, actor: uk, relation: allied-with, to: fr, since: 2024, evidence: [{source: uk}]}
  - {actor: fr, relation: allied-with, to: 'uk', since: 2024}
"""
MORE = """\
stances:
- actor: "uk"   # uk
  position: supports
  proposal: plan
  date: 2024
  speaker: uk
  if: [truce]
  note: uk
  evidence: [{source: uk, via: uk}]
commitments:
- actor: fr
  stage: threatens
  proposal: plan
  date: 2024
  toward: [uk,uk]
  unless: [truce]
  evidence: [{source: uk}]
events: [{id: truce, title: uk, date: 2024, actors: [fr, uk], evidence: [{source: 'uk'}]}]
sources: {uk: {title: uk, publisher: uk, published: 2024}}
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "a.yaml").write_text(TEXT)
    (folder / "b.yaml").write_bytes(b"\xef\xbb\xbf" + MORE.replace("\n", "\r\n").encode())
    return folder


def changed(model: Path, *arguments: str) -> list[str]:
    """Return the lines that a renaming changed, as they are now."""
    before = [line for path in sorted(model.iterdir()) for line in path.read_bytes().split(b"\n")]
    result = ask("rename", *arguments, "-m", model)
    assert 0 == result.exit_code, result.output
    after = [line for path in sorted(model.iterdir()) for line in path.read_bytes().split(b"\n")]
    assert len(before) == len(after)
    return [new.decode().rstrip("\r") for old, new in zip(before, after, strict=True) if old != new]


def test_an_actor_everywhere_and_in_no_text(model: Path) -> None:
    expected = [
        'actors: {britain: {name: uk, kind: state, aliases: [uk]}, "fr": {name: France, kind: state}} # uk',
        "  - {id: uk-fr, actor: britain, relation: allied-with, to: fr, since: 2024, evidence: [{source: uk}]}",
        "  - {actor: fr, relation: allied-with, to: 'britain', since: 2024}",
        '- actor: "britain"   # uk',
        "  speaker: britain",
        "  toward: [britain,britain]",
        "events: [{id: truce, title: uk, date: 2024, actors: [fr, britain], evidence: [{source: 'uk'}]}]",
    ]
    assert expected == changed(model, "uk", "britain", "--type", "actor")


def test_a_source(model: Path) -> None:
    expected = [
        "  - {id: uk-fr, actor: uk, relation: allied-with, to: fr, since: 2024, evidence: [{source: gazette}]}",
        "  evidence: [{source: gazette, via: uk}]",
        "  evidence: [{source: gazette}]",
        "events: [{id: truce, title: uk, date: 2024, actors: [fr, uk], evidence: [{source: 'gazette'}]}]",
        "sources: {gazette: {title: uk, publisher: uk, published: 2024}}",
    ]
    assert expected == changed(model, "uk", "gazette", "--type", "source")


def test_a_proposal(model: Path) -> None:
    expected = [
        "  big-plan: {title: Plan, note: the plan of the uk}",
        "  other: {title: Other, part-of: big-plan, entails: ['big-plan'], excludes: [plan-b]}",
        "  plan-b: {title: B, part-of: [big-plan]}",
        "  proposal: big-plan",
        "  proposal: big-plan",
    ]
    assert expected == changed(model, "plan", "big-plan")


def test_a_condition_an_event_and_a_record(model: Path) -> None:
    expected = ["  peace: {title: A truce}", "  if: [peace]", "  unless: [peace]"]
    assert expected == changed(model, "truce", "peace", "--type", "condition")
    expected = ["events: [{id: summit, title: uk, date: 2024, actors: [fr, uk], evidence: [{source: 'uk'}]}]"]
    assert expected == changed(model, "truce", "summit")
    expected = [
        "  - {id: entente.1904, actor: uk, relation: allied-with, to: fr, since: 2024, evidence: [{source: uk}]}"
    ]
    assert expected == changed(model, "uk-fr", "entente.1904")


def test_entailed_proposals_may_be_the_keys_of_a_mapping_or_negated_conditions() -> None:
    text = "proposals: {a: {entails: {b: as b}}, b: {}}\nstances: [{if: ['not:c']}]\nconditions: {c: {}}\n"
    mentions = [(one.kind, one.name, one.defines) for one in rename.mentions(text)]
    expected = [
        ("proposal", "a", True),
        ("proposal", "b", False),
        ("proposal", "b", True),
        ("condition", "c", False),
        ("condition", "c", True),
    ]
    assert expected == mentions
    tokens = [one.token for one in rename.mentions(text) if one.name == "c"]
    new = "proposals: {a: {entails: {b: as b}}, b: {}}\nstances: [{if: ['not:d']}]\nconditions: {d: {}}\n"
    assert new == rename.replaced(text, tokens, "c", "d")


def test_a_dry_run_shows_the_patch_and_writes_nothing(model: Path) -> None:
    before = {path: path.read_bytes() for path in model.iterdir()}
    result = ask("rename", "plan-b", "plan-c", "--dry-run", "-m", model)
    assert 0 == result.exit_code
    assert "\n+  plan-c: {title: B, part-of: [plan]}\n" in result.stdout
    assert "proposal plan-b would be plan-c now: 2 places in 1 file\n" == result.stderr
    assert before == {path: path.read_bytes() for path in model.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pan", "x"), "no thing is called 'pan' (did you mean 'plan'?)"),
        (("France", "x"), "no thing is called 'France' (did you mean 'fr'?)"),
        (("FR", "x", "--type", "actor"), "no actor is called 'FR' (did you mean 'fr'?)"),
        (("plan", "x", "--type", "source"), "no source is called 'plan'; it is a proposal"),
        (("uk", "x"), "'uk' is an actor and a source; say which with --type"),
        (
            ("plan", "Big Plan"),
            "'Big Plan' is not an id: lower-case letters and digits, joined by '-' (did you mean 'big-plan'?)",
        ),
        (("plan", "null"), "'null' is not an id"),
        (("plan", "plan"), "'plan' is its id already"),
        (("plan", "other"), "'other' is taken: a proposal is called so; are both one, `actorgraph merge plan other`"),
        (("plan", "fr"), "'fr' is taken: an actor is called so"),
        (("uk-fr", "truce"), "'truce' is taken: an event is called so"),
        (("uk-fr", "uk.plan.2024"), "'uk.plan.2024' is taken: a record is called so"),
        (("uk.plan.2024", "x"), "is made of the record's own words; give the record at "),
    ],
)
def test_what_cannot_be_renamed(model: Path, arguments: tuple[str, ...], words: str) -> None:
    before = {path: path.read_bytes() for path in model.iterdir()}
    result = ask("rename", *arguments, "-m", model)
    assert 2 == result.exit_code
    assert words in " ".join(result.stderr.split())
    assert before == {path: path.read_bytes() for path in model.iterdir()}


def test_a_file_that_cannot_be_read_stops_it(model: Path) -> None:
    (model / "c.yaml").write_text("stances: [")
    result = ask("rename", "plan", "x", "-m", model)
    assert 1 == result.exit_code
    assert f"{model / 'c.yaml'}:2:1: AG003 " in result.stderr


def test_a_model_with_other_problems_keeps_them(model: Path) -> None:
    (model / "c.yaml").write_text("events: [{id: e, title: E, date: 2024-13, actors: [uk, nobody], evidence: []}]\n")
    before = read_model(model).problems
    assert before
    assert 0 == ask("rename", "uk", "britain", "--type", "actor", "-m", model).exit_code
    assert [one.code for one in before] == [one.code for one in read_model(model).problems]


def test_an_id_that_somebody_refers_to_by_mistake_is_not_free(model: Path) -> None:
    (model / "c.yaml").write_text("relations: [{actor: uk, relation: leads, to: nato, since: 2024}]\n")
    result = ask("rename", "fr", "nato", "-m", model)
    assert 2 == result.exit_code
    assert "'nato' is taken: an actor is called so somewhere, though nobody defined it" in " ".join(
        result.stderr.split()
    )


def test_what_would_make_a_problem_is_refused(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rename, "replaced", lambda text, *_: text.replace("  plan: ", "  plot: "))
    with pytest.raises(UsageProblem, match=r"that would make new problems(.|\n)*AG012 unknown proposal"):
        rename.rename(str(model), "plan", "plot")


def test_all_files_are_written_or_none(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in model.iterdir()}
    replace, calls = os.replace, []

    def fails_once(old: str, new: str) -> None:
        if new.endswith(".yaml"):  # and not the journal
            calls.append(new)
        if new.endswith(".yaml") and len(calls) == 2:
            raise OSError(5, "Input/output error", new)
        replace(old, new)

    monkeypatch.setattr(os, "replace", fails_once)
    result = ask("rename", "plan", "x", "-m", model)
    assert 1 == result.exit_code
    assert "Input/output error" in result.stderr
    assert before == {path: path.read_bytes() for path in model.iterdir()}
    assert 3 == len(calls), "the first file was put back"


# -- laws ------------------------------------------------------------------------------------------------------

MINIMAL: dict[str, Data] = parse((ROOT / "examples" / "minimal.yaml").read_text(encoding="utf-8"), "a.yaml").data
KINDS = {"actor": "actors", "proposal": "proposals", "condition": "conditions", "source": "sources"}
NAMES = sorted((kind, name) for kind, section in KINDS.items() for name in MINIMAL[section])  # type: ignore[union-attr]
FIELDS = {
    "actor": {"actor", "speaker", "to", "toward", "actors"},
    "proposal": {"proposal", "part_of", "entails", "excludes"},
    "condition": {"if_", "unless"},
    "source": {"source"},
}


@examples(40)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(NAMES),
    st.from_regex("[a-z0-9]{1,6}(-[a-z0-9]{1,3})?", fullmatch=True),
)
def test_there_and_back_is_the_identity_and_all_that_loads_is_the_id(
    chance: random.Random, thing: tuple[str, str], new: str
) -> None:
    kind, old = thing
    assume(new != "null" and (kind, new) not in NAMES)
    assume(not ({kind} & {"actor", "proposal"} and {("actor", new), ("proposal", new)} & set(NAMES)))
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        parts: list[dict[str, Data]] = [{}, {}]
        for section, held in shuffled(chance, MINIMAL).items():
            chance.choice(parts)[section] = held
        for number, part in enumerate(parts):
            text = commented(chance, Layout(chance).text(part), 0.1)
            (where / f"{number}.yaml").write_text(text, encoding="utf-8", newline="\n")
        before = load_model(where)
        texts = {path: path.read_bytes() for path in where.iterdir()}
        rename.rename(folder, old, new, kind=kind).write()
        after = load_model(where)
        assert said(before, kind, old, new) == said(after)
        rename.rename(folder, new, old, kind=kind).write()
        assert texts == {path: path.read_bytes() for path in where.iterdir()}


def said(model: Model, kind: str = "", old: str = "", new: str = "") -> dict[str, object]:
    """Return what a model says, with an id changed; without the ids that are made of others."""
    sections = {name: getattr(model, name) for name in File.model_fields if name != "model"}
    content: dict[str, object] = {}
    for section, records in sections.items():
        if isinstance(records, tuple):
            content[section] = [mapped(one.model_dump(exclude={"id"}), kind, old, new) for one in records]
        else:
            names = {key: new if KINDS.get(kind) == section and key == old else key for key in records}
            content[section] = {names[key]: mapped(one.model_dump(), kind, old, new) for key, one in records.items()}
    return content


def mapped(data: object, kind: str, old: str, new: str, field: str = "") -> object:
    if isinstance(data, dict):
        return {key: mapped(one, kind, old, new, key) for key, one in data.items()}
    if isinstance(data, tuple | list):
        return [mapped(one, kind, old, new, field) for one in data]
    return new if data == old and field in FIELDS.get(kind, ()) else data


def test_a_broken_model_is_renamed_in_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ask("init", ".", "--name", "town")
    commitments = Path("graphs/town/commitments.yaml")
    commitments.write_text(commitments.read_text("utf-8").replace("actor: traders", "actor: tradrs"), "utf-8")
    result = ask("rename", "traders", "union")
    assert (0, "") == (result.exit_code, result.stdout)
    assert [
        "actor traders is union now: 4 places in 4 files",
        "1 problem in the model (`actorgraph check`); editors do not offer what is new",
    ] == result.stderr.splitlines()
