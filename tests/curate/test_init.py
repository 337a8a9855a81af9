"""init: a starter model that checks clean, is canonical, and overwrites nothing."""

import json
import re
import shlex
from pathlib import Path

import pytest
from asking import answer, ask
from repositories import Repo

from actorgraph.curate.fmt import format_file
from actorgraph.curate.init import TEMPLATES, start
from actorgraph.errors import UsageProblem
from actorgraph.model.loader import load_model, read_model
from actorgraph.model.paths import yaml_files
from actorgraph.model.records import (
    Actor,
    Commitment,
    Condition,
    EventRecord,
    Evidence,
    Header,
    Proposal,
    Relation,
    Source,
    Stance,
)


def test_it_holds_one_of_every_record_and_checks_clean(tmp_path: Path) -> None:
    path = start(tmp_path / "town")[0]
    assert () == read_model(path).problems
    model = load_model(path)
    sections = ("actors", "proposals", "conditions", "sources", "relations", "stances", "commitments", "events")
    assert [2, 1, 1, 1, 1, 1, 1, 1] == [len(getattr(model, name)) for name in sections]
    assert "town" == model.header.id


def test_it_is_canonical_and_names_the_schema(tmp_path: Path) -> None:
    start(tmp_path)
    for name in yaml_files(str(tmp_path)):
        formatted = format_file(name)
        assert (formatted.problems, False) == ((), formatted.changed), name
        first = Path(name).read_text(encoding="utf-8").splitlines()[0]
        way = first.removeprefix("# yaml-language-server: $schema=")
        assert (tmp_path / ".actorgraph/schema.json").resolve() == (Path(name).parent / way).resolve()


KINDS = (Header, Actor, Proposal, Condition, Source, Evidence, Relation, Stance, Commitment, EventRecord)


def test_its_comments_teach_every_key() -> None:
    texts = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.yaml"))
    keys = {str(one.alias) for kind in KINDS for one in kind.model_fields.values()}
    assert set() == {key for key in keys if not re.search(rf"\b{key}:", texts)}


def test_the_commands_it_prints_work_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ask("init", "My town")
    assert 0 == result.exit_code
    first, second, third = result.stdout.splitlines()
    enter, _, check = first.partition(" && ")
    assert ["cd", "My town"] == shlex.split(enter)
    monkeypatch.chdir(tmp_path / "My town")
    assert "0 errors, 0 warnings\n" in ask(*shlex.split(check)[1:]).stderr
    assert "supports" in ask(*shlex.split(second)[1:]).stdout
    assert "missing --actor ACTOR" in ask(*shlex.split(third)[1:]).stderr
    schema = json.loads(Path(".actorgraph/schema.json").read_text(encoding="utf-8"))
    assert "vega" in json.dumps(schema)


def test_the_schema_stays_out_of_git_and_a_clone_gets_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Repo(tmp_path / "town")
    monkeypatch.chdir(project.top)
    ask("init", ".", "--name", "town")
    project.commit("A model.")
    assert [".actorgraph/.gitignore"] == project.git("ls-files", ".actorgraph").splitlines()
    clone = tmp_path / "clone"
    project.git("clone", "--quiet", ".", str(clone))
    monkeypatch.chdir(clone)
    assert 0 == ask("add", "actor", "--name", "Village", "--kind", "state", "--yes").exit_code
    assert '"village"' in Path(".actorgraph/schema.json").read_text("utf-8")


def test_a_second_model_is_named_in_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ask("init", ".", "--name", "one")
    result = ask("init", ".", "--name", "two")
    assert 2 == result.exit_code, "the source is there already"
    assert result.stderr.endswith("Name another folder, or begin one without records, by --empty\n")
    assert 0 == ask("init", ".", "--name", "three", "--empty").exit_code
    Path("seeds/valley-courier-2026-03-14.yaml").unlink()
    result = ask("init", ".", "--name", "two")
    assert "actorgraph check --strict -m graphs/two" == result.stdout.splitlines()[0]


@pytest.mark.parametrize("empty", [[], ["--empty"]], ids=["starter", "empty"])
def test_where_each_model_has_a_folder_of_sources_so_has_a_new_one(
    empty: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = Path("seeds/other/gazette.yaml")
    other.parent.mkdir(parents=True)
    other.write_text("sources: {gazette: {title: G, publisher: G, published: 2025}}\n", encoding="utf-8")
    result = ask("init", ".", "--name", "mine", *empty)
    assert (0, False) == (result.exit_code, "reads them, too" in result.stderr)
    ask("add", "source", "--title", "T", "--publisher", "P", "--published", "2025", "--reliability", "B", "--yes")
    sources = [] if empty else ["valley-courier-2026-03-14"]
    assert ["p-2025", *sources] == [source["id"] for source in answer("list", "sources")["items"]]
    assert Path("seeds/mine/p-2025.yaml").is_file()
    for path in () if empty else map(Path, yaml_files("seeds/mine")):
        assert (
            "# yaml-language-server: $schema=../../.actorgraph/schema.json" == path.read_text("utf-8").splitlines()[0]
        )


@pytest.mark.parametrize("name", ["null", "true", "007", "2026", "1e3"])
def test_a_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    path = start(tmp_path / name)[0]
    assert () == read_model(path).problems
    assert name == load_model(path).header.id
    path = start(tmp_path / "empty", name=name, empty=True)[0]
    assert name == load_model(path).header.id


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "graphs/town/stances.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("stances: []\n", encoding="utf-8")
    result = ask("init", tmp_path, "--name", "town")
    assert 2 == result.exit_code
    expected = "stances.yaml is there already; nothing was written. Name another folder, or another --name\n"
    assert result.stderr.endswith(expected)
    assert [mine] == [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "stances: []\n" == mine.read_text(encoding="utf-8")


def test_what_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(UsageProblem, match="cannot write"):
        start(tmp_path, name="town")
    assert ["seeds"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(("name", "said"), [("My Town", "did you mean 'my-town'"), ("中国", "is not an id")])
def test_a_name_is_an_id(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=said):
        start(tmp_path, name=name)
    assert [] == [*tmp_path.iterdir()]


# -- empty -----------------------------------------------------------------------------------------------------


def test_an_empty_model_checks_clean_and_is_canonical(tmp_path: Path) -> None:
    path, *names = start(tmp_path / "debate", name="my-debate", empty=True)
    assert () == read_model(path).problems
    model = load_model(path)
    assert ("my-debate", "My debate", 0) == (model.header.id, model.header.title, len(model.places))
    for name in (name for name in names if name.endswith(".yaml")):
        formatted = format_file(name)
        assert (formatted.problems, False) == ((), formatted.changed), name


def test_an_empty_model_is_filled_by_the_commands_it_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ask("init", ".", "--empty", "--name", "debate")
    assert 0 == result.exit_code
    check, *steps = result.stdout.splitlines()
    assert "0 errors, 0 warnings\n" in ask(*shlex.split(check)[1:]).stderr
    given = {
        "source": "--publisher P --published 2026-01-02 --title T --reliability B --url https://example.org/a",
        "proposal": "--title 'A plan' --id plan",
        "actor": "--name Denmark --kind state --country dk",
        "stance": "--actor Denmark --position open --proposal plan --date 2026-01 --credibility 2"
        " --source https://example.org/a",
    }
    assert [*given] == [shlex.split(step)[2] for step in steps]
    for step in steps:
        kind = shlex.split(step)[2]
        done = ask(*shlex.split(step)[1:], *shlex.split(given[kind]), "--yes")
        assert 0 == done.exit_code, done.stderr
    files = {path.name for path in Path("graphs/debate").iterdir()}
    assert {"actors.yaml", "proposals.yaml", "stances.yaml"} <= files
    assert "0 errors, 0 warnings\n" in ask("check", "--strict").stderr
    assert "DK" == load_model("graphs/debate").actors["denmark"].country


def test_an_empty_model_takes_the_sources_that_are_there(tmp_path: Path) -> None:
    start(tmp_path, name="one")
    start(tmp_path, name="two", empty=True)
    assert not (tmp_path / "seeds/README.md").exists()
    assert ["AG103"] == [problem.code for problem in read_model(tmp_path / "graphs/two").problems]
