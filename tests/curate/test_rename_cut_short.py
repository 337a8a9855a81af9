"""rename, ended at any moment: what it left is finished or undone, and nothing is lost."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from asking import ask
from killed import FILES as OLD
from killed import texts

from actorgraph.curate import rename
from actorgraph.model.loader import read_model

ROOT = Path(__file__).parent.parent.parent

NEW = {name: text.replace("uk:", "britain:").replace("actor: uk", "actor: britain") for name, text in OLD.items()}


@pytest.mark.first_cases(1)
@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_ended_at_any_step_it_can_be_settled(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tests/killed.py"), str(int(getattr(signal, name))), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "" == done.stderr
    outcomes = json.loads(done.stdout)
    assert len(outcomes) > 20, "every call was tried"
    assert {False, True} == {outcome["after"] == OLD for outcome in outcomes}
    for outcome in outcomes:
        assert outcome["after"] in (OLD, NEW)
        if outcome["left"].get(".renaming.json"):
            assert outcome["finished"] is (outcome["after"] == NEW)
    replaced = [
        {key: outcome["left"].get(key) == NEW[key] for key in NEW if NEW[key] != OLD[key]} for outcome in outcomes
    ]
    if name == "SIGKILL":
        assert any({False, True} == {*files.values()} for files in replaced), "some were killed in between"
    else:
        assert all(len({*files.values()}) == 1 for files in replaced), "other signals wait until all are replaced"


@pytest.fixture
def cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model whose renaming was killed when one of its files had been replaced."""
    folder = tmp_path / "m"
    folder.mkdir()
    for name, text in OLD.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = rename.rename(str(folder), "uk", "britain")
    replace, remove = os.replace, os.remove

    def killed_at_the_second(old: str, new: str) -> None:
        if new.endswith(".yaml") and any(path.read_text() in NEW.values() for path in folder.glob("*s.yaml")):
            raise SystemExit
        replace(old, new)

    monkeypatch.setattr(os, "replace", killed_at_the_second)
    monkeypatch.setattr(os, "remove", lambda _: None)
    monkeypatch.setattr("actorgraph.replacing._put_back", lambda *_: None)
    with pytest.raises(SystemExit):
        done.write()
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(os, "remove", remove)
    journal = json.loads((folder / ".renaming.json").read_text())
    (folder / ".renaming.json").write_text(json.dumps(journal | {"state": "replacing"}))
    return folder


def test_the_same_renaming_finishes_it(cut_short: Path) -> None:
    result = ask("rename", "uk", "britain", "-m", cut_short)
    assert (0, "finished an interrupted rename: uk is britain now, in 3 files\n") == (result.exit_code, result.stderr)
    assert NEW == texts(cut_short)


def test_another_renaming_finishes_it_first(cut_short: Path) -> None:
    result = ask("rename", "fr", "france", "-m", cut_short)
    assert 0 == result.exit_code
    assert "finished an interrupted rename: uk is britain now" in result.stderr
    assert "actor fr is france now" in result.stderr
    assert {*NEW} == {*texts(cut_short)}


def test_until_then_it_is_a_problem_that_check_names_and_nothing_is_answered(cut_short: Path) -> None:
    result = ask("check", cut_short)
    assert 1 == result.exit_code
    assert ".renaming.json:1:1: AG025 a renaming was cut short; any `actorgraph rename`" in result.stdout
    assert 1 == ask("list", "actors", "-m", cut_short).exit_code
    assert 2 == ask("rename", "uk", "britain", "--dry-run", "-m", cut_short).exit_code


def test_what_was_edited_in_the_meantime_is_not_lost(cut_short: Path) -> None:
    (edited,) = [path for path in cut_short.glob("*.yaml") if path.read_text() == OLD.get("relations.yaml")]
    edited.write_text("# typed since\n" + OLD["relations.yaml"])
    before = texts(cut_short)
    result = ask("rename", "uk", "britain", "-m", cut_short)
    assert 1 == result.exit_code
    assert "it was edited after the replacement was cut short; the other text is in " in " ".join(result.stderr.split())
    assert before == texts(cut_short)


def test_a_folder_that_was_moved_is_settled_where_it_is_now(cut_short: Path, tmp_path: Path) -> None:
    moved = cut_short.rename(tmp_path / "elsewhere")
    assert 0 == ask("rename", "uk", "britain", "-m", moved).exit_code
    assert NEW == texts(moved)


@pytest.mark.parametrize("broken", ["", "{}", "[1]", '{"state": "gone", "label": "", "files": []}'])
def test_a_journal_that_says_nothing_is_left_to_a_person(cut_short: Path, broken: str) -> None:
    (cut_short / ".renaming.json").write_text(broken)
    before = texts(cut_short)
    result = ask("rename", "uk", "britain", "-m", cut_short)
    assert 1 == result.exit_code
    assert "it is no journal of a replacement; look at it, and remove it" in " ".join(result.stderr.split())
    assert before == texts(cut_short)


@pytest.mark.parametrize("command", [["fmt", "-m", "m"], ["fmt", "m"], ["fmt", "m/actors.yaml"], ["add", "actor"]])
def test_until_then_nothing_else_is_written(
    cut_short: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    before = texts(cut_short)
    monkeypatch.chdir(cut_short.parent)
    options = ["--name", "Malta", "--kind", "state", "-m", "m", "--yes"] if command[0] == "add" else []
    result = ask(*command, *options)
    assert (True, True) == (result.exit_code > 0, "a renaming" in result.stderr), result.stderr
    assert before == texts(cut_short)
    assert 0 == ask("rename", "uk", "britain", "-m", "m").exit_code
    assert NEW == texts(cut_short)


@pytest.mark.skipif(os.name != "posix", reason="locks")
@pytest.mark.parametrize("command", ["check", "fmt --check", "fmt m --check", "rename uk britain --dry-run"])
def test_one_that_is_going_on_is_waited_for(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    folder = tmp_path / "m"
    folder.mkdir()
    for name, text in OLD.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    expected = ask(*command.split(), "-m", "m")
    journal = folder / ".renaming.json"
    journal.write_text("{}", encoding="utf-8")
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    def end() -> None:
        journal.unlink()
        os.close(handle)

    ending = Timer(0.2, end)
    ending.start()
    result = ask(*command.split(), "-m", "m")
    ending.join()
    assert (expected.exit_code, expected.output) == (result.exit_code, result.output)


def test_a_merge_that_was_killed_is_finished_as_a_renaming_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is killed when one of its files has been replaced is named by `check`, and finished by any `rename`."""
    for name, text in OLD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "c.yaml").write_text("actors:\n  gb: {name: GB, kind: state}\n", encoding="utf-8")
    replace, replaced = os.replace, list[str]()

    def killed_at_the_second(old: str, new: str) -> None:
        if new.endswith(".yaml"):
            replaced.append(new)
        if len(replaced) == 2:
            raise SystemExit
        replace(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", killed_at_the_second)
        patched.setattr(os, "remove", lambda _: None)
        patched.setattr("actorgraph.replacing._put_back", lambda *_: None)
        ask("merge", "uk", "gb", "-m", tmp_path, "--yes", "--force")
    journal = json.loads((tmp_path / ".renaming.json").read_text())
    (tmp_path / ".renaming.json").write_text(json.dumps(journal | {"state": "replacing"}))
    assert "AG025" in ask("check", tmp_path).stdout
    result = ask("rename", "gb", "britain", "-m", tmp_path)
    assert "finished an interrupted rename: uk is gb now, in 4 files" in result.stderr
    model = read_model(tmp_path).model
    assert model is not None
    assert ({"fr", "britain"}, {"britain"}) == ({*model.actors}, {relation.actor for relation in model.relations})
