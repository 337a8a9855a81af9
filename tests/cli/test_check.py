"""The command `check`, and the hook that runs it before a commit."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from asking import ask

ROOT = Path(__file__).parent.parent.parent
MINIMAL = "examples/minimal.yaml"
FUTURE = "tests/bad/AG107-future.yaml"


@pytest.mark.parametrize("named", [(MINIMAL,), ("--model", MINIMAL), (MINIMAL, "graphs/ukraine-troops"), ()])
def test_a_model_is_named_in_any_way(named: tuple[str, ...]) -> None:
    result = ask("check", *named, "--strict", "--today", "2026-11-22")
    assert (0, "") == (result.exit_code, result.stdout)
    assert result.stderr.endswith("2026-11-22: 0 errors, 0 warnings\n")


def test_a_path_comes_before_the_environment_and_not_beside_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTORGRAPH_MODEL", FUTURE)
    assert 1 == ask("check", "--strict", "--today", "2026-06-01").exit_code
    assert 0 == ask("check", MINIMAL, "--strict", "--today", "2026-06-01").exit_code
    both = ask("check", MINIMAL, "--model", FUTURE)
    assert (2, True) == (both.exit_code, "name models in one way" in both.stderr)


def test_what_follows_by_implication_is_counted_and_no_warning() -> None:
    result = ask("check", "graphs/ukraine-troops", "--strict", "--today", "2026-11-22")
    assert 0 == result.exit_code
    line = r"^ukraine-troops: \d+ positions by implication, \d+ of them through [a-z-]+(, \d+ through [a-z-]+){1,4}$"
    assert re.search(line, result.stderr, re.MULTILINE)
    assert "by implication" not in ask("check", MINIMAL).stderr


def test_the_day_may_be_partial_and_must_be_one() -> None:
    assert "2026-06-30: 0 errors, 2 warnings\n" in ask("check", FUTURE, "--today", "2026-06").stderr
    assert "2064-12-31: 0 errors, 0 warnings\n" in ask("check", FUTURE, "--today", "2064").stderr
    assert 2 == ask("check", FUTURE, "--today", "soon").exit_code


def test_a_kind_of_warning_can_be_ignored_and_an_error_cannot() -> None:
    strict = ("--strict", "--today", "2026-06-01")
    assert [1, 0] == [ask("check", FUTURE, *strict, *more).exit_code for more in ((), ("--ignore", "AG107"))]
    refused = ask("check", FUTURE, "--ignore", "AG012")
    assert (2, True) == (refused.exit_code, "'AG012' is not one of" in refused.stderr)


def test_formats_on_stdout_and_in_a_file(tmp_path: Path) -> None:
    there = tmp_path / "log.sarif"
    asked = (FUTURE, "--today", "2026-06-01", "--strict", "--format")
    report = json.loads(ask("check", *asked, "json").stdout)
    assert (["m"], "2026-06-01", 3) == (report["models"], report["today"], report["errors"])
    assert 3 == ask("check", *asked, "github").stdout.count("::error file=tests/bad/AG107-future.yaml,line=")
    done = ask("check", *asked[:-1], "-o", there)
    assert (1, "") == (done.exit_code, done.stdout)
    assert "2.1.0" == json.loads(there.read_text(encoding="utf-8"))["version"]


def test_every_model_under_graphs_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    none = ask("check")
    assert (2, True) == (none.exit_code, "there is no model under ./graphs" in none.stderr)
    assert none.stderr.endswith("name one, or several, or begin one with `actorgraph init DIR`\n")
    (tmp_path / "graphs").mkdir()
    for name in ("a", "b"):
        (tmp_path / "graphs" / f"{name}.yaml").write_text(f"model: {{id: {name}, title: T, x: 1}}\n", encoding="utf-8")
    assert ["graphs/a.yaml:1:26", "graphs/b.yaml:1:26"] == [
        line.split(": ")[0] for line in ask("check").stdout.splitlines()
    ]


def test_what_repeats_is_told_once_unless_all_is_asked_for(tmp_path: Path) -> None:
    model = tmp_path / "m.yaml"
    actors = "".join(f"  land-{number}: {{name: {'ABCDEFG'[number] * 9}, kind: state}}\n" for number in range(7))
    model.write_text(f"model: {{id: m, title: M}}\nactors:\n{actors}", encoding="utf-8")
    told, every, strict = (ask("check", model, *more) for more in ((), ("--all",), ("--strict",)))
    assert [3, 7, 3] == [len(result.stdout.splitlines()) for result in (told, every, strict)]
    assert told.stdout.startswith(f"{model}:3:3: AG104 nothing refers to the actor 'land-0' (warning)\n    and 6 more")
    assert [0, 0, 1] == [result.exit_code for result in (told, every, strict)]
    assert every.stderr == told.stderr
    assert 7 == len(json.loads(ask("check", model, "--format", "json").stdout)["problems"])


# -- before a commit -------------------------------------------------------------------------------------------

KEYS = {
    "id", "name", "entry", "language", "files", "exclude", "types", "types_or", "exclude_types", "always_run",
    "fail_fast", "verbose", "pass_filenames", "require_serial", "description", "language_version",
    "minimum_pre_commit_version", "args", "stages", "additional_dependencies", "log_file",
}  # fmt: skip
"""What pre-commit lets a hook say (https://pre-commit.com/#creating-new-hooks)."""


def hook() -> dict[str, object]:
    (hook_entry,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(hook_entry, dict)
    return hook_entry


def test_the_hook_says_what_pre_commit_understands() -> None:
    entry = hook()
    assert {"id", "name", "entry", "language"} <= entry.keys() <= KEYS
    assert ("python", False) == (entry["language"], entry["pass_filenames"])
    files = re.compile(str(entry["files"]))
    assert [True, True, False, False] == [
        bool(files.search(name)) for name in ("graphs/x/stances.yaml", "a.yml", "yaml", "a.yaml.orig")
    ]


def test_the_hook_runs_on_a_repository(tmp_path: Path) -> None:
    """As pre-commit runs it: the entry alone, in the top folder of the repository."""
    model = tmp_path / "graphs" / "harbour.yaml"
    model.parent.mkdir()
    shutil.copy(ROOT / MINIMAL, model)
    program, *arguments = shlex.split(str(hook()["entry"]))
    assert "actorgraph" == program
    command = [sys.executable, "-m", program, *arguments]

    def run(*args: str) -> tuple[int, str]:
        done = subprocess.run([*command, *args], cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    assert (0, "") == run()
    model.write_text(model.read_text(encoding="utf-8").replace("kind: person", "kind: persn"), encoding="utf-8")
    problem = "graphs/harbour.yaml:10:35: AG014 kind 'persn' is not known (did you mean 'person'?)\n"
    assert (1, problem) == run() == run("--strict", "graphs/harbour.yaml")
