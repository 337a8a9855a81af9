"""Completion: what each shell is offered, by click's protocol and in the shells themselves."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ask
from terminals import in_a_terminal

from actorgraph.cli.shells import SHELLS

ROOT = Path(__file__).parent.parent.parent
HARBOUR = ("-m", "examples/minimal.yaml")


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A folder with the command in it, as a shell finds it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "actorgraph"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m actorgraph "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def offered(shell: str, *words: str, cwd: Path = ROOT) -> list[str]:
    """Return what the command offers for the last of some words, as a shell writes them."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "_ACTORGRAPH_COMPLETE": f"{shell}_complete"}
    between = "\n" if shell == "bash" else " "
    environment["COMP_WORDS"] = between.join(("actorgraph", *words))
    environment["COMP_CWORD"] = words[-1] if shell == "fish" else str(len(words))
    done = subprocess.run(
        [sys.executable, "-m", "actorgraph"], env=environment, cwd=cwd, capture_output=True, text=True, check=True
    )
    assert "" == done.stderr
    return done.stdout.splitlines()


def in_bash(*words: str, cwd: Path = ROOT) -> list[str]:
    return [line.removeprefix("plain,") for line in offered("bash", *words, cwd=cwd) if line]


def test_commands_and_options() -> None:
    assert ["who", "what", "why"] == in_bash("w")
    assert ["--source"] == in_bash("add", "stance", "--so")
    assert ["bash", "zsh", "fish"] == in_bash("completion", "")


def test_positions_and_stages() -> None:
    assert ["open", "opposes"] == in_bash("who", "op")
    assert ["allocates", "any"] == in_bash("who", "a")
    assert ["pledges"] == in_bash("add", "commitment", "--stage", "p")


def test_several_words_with_commas() -> None:
    assert ["supports,open", "supports,opposes"] == in_bash("who", "supports,op")
    assert ["supports,allocates"] == in_bash("who", "supports,a"), "any is asked for alone"
    assert ["state,person"] == in_bash("who", "any", "--kind", "state,p")


def test_tags(tmp_path: Path) -> None:
    text = (ROOT / HARBOUR[1]).read_text(encoding="utf-8")
    path = tmp_path / "m.yaml"
    path.write_text(text.replace("aliases: [the harbour]", "tags: [sea, security, trade]"), encoding="utf-8")
    assert ["sea", "security"] == in_bash("what", "-m", str(path), "--tag", "se")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("who", "opposes", "harbour"), ["harbour-board", "harbour"]),
        (("who", "supports", "harbour"), ["harbour"]),
        (("what", *HARBOUR, "harb"), ["harbour-board"]),
        (("what", *HARBOUR, "Kari"), [r"Kari\ Olsen"]),
        (("what", *HARBOUR, '"Kari'), ["Kari Olsen"]),
        (("what", *HARBOUR, "Fishers’"), [r"Fishers’\ Union"]),
        (("what", *HARBOUR, r"the\ fish"), [r"the\ fishers"]),
        (("why", *HARBOUR, "olsen", r"a\ deep"), [r"A\ deep-water\ harbour"]),
        (("show", *HARBOUR, "coast"), ["coast-weekly", "coast-weekly-2"]),
        (
            ("show", *HARBOUR, "fishers-union.h"),
            ["fishers-union.harbour.2025-12-03", "fishers-union.harbour.2026-01-15"],
        ),
        (("who", *HARBOUR, "any", "--assume", "s"), ["state-loan"]),
        (("who", *HARBOUR, "any", "--assume", "n"), ["not:"]),
        (("who", *HARBOUR, "any", "--assume", "not", ":", "st"), ["state-loan"]),
        (("who", *HARBOUR, "any", "--assume", "not", ":"), ["state-loan"]),
        (("add", "stance", *HARBOUR, "--actor", "=", "ol"), ["olsen"]),
        (("export", "html", *HARBOUR, "--focus", "ol"), ["olsen"]),
        (("who", *HARBOUR, "any", "--without", "un"), ["union-letter"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_names_and_ids_of_the_model_in_use(
    words: tuple[str, ...], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "-m" not in words:
        monkeypatch.setenv("ACTORGRAPH_MODEL", "examples/minimal.yaml")
    assert expected == in_bash(*words)


def test_the_only_model_under_graphs_is_the_model_in_use() -> None:
    assert [r"boots\ on\ the\ ground"] == in_bash("who", "opposes", "boots")


def test_paths_are_left_to_the_shell() -> None:
    assert ["file,gra"] == offered("bash", "who", "-m", "gra")
    assert ["dir,do"] == offered("bash", "why", "--documents", "do")


def test_errors_are_silent(tmp_path: Path) -> None:
    assert [] == in_bash("what", "it", cwd=tmp_path)
    assert [] == in_bash("what", "-m", "no-such.yaml", "it")
    (tmp_path / "broken.yaml").write_text("actors: [", encoding="utf-8")
    assert [] == in_bash("what", "-m", str(tmp_path / "broken.yaml"), "it")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_zsh_and_fish_take_an_option_and_its_value_for_one_word(shell: str) -> None:
    values = [line for line in offered(shell, "list", "stances", *HARBOUR, "--actor=Kari") if "Kari" in line]
    assert [{"zsh": "--actor=Kari Olsen", "fish": "plain,--actor=Kari Olsen\tolsen"}[shell]] == values
    assert any(line.endswith("--format=json") for line in offered(shell, "what", "--format=j"))


def test_zsh_is_told_a_backslash_as_one(tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        "model: {id: m, title: M}\nactors: {slash: {name: 'Back\\slash', kind: organisation}}\n", encoding="utf-8"
    )
    assert ["plain", "Back\\\\slash", "slash"] == offered("zsh", "what", "-m", str(model), "Back")


def test_zsh_and_fish_are_told_names_as_well() -> None:
    assert ["plain", "olsen", "Kari Olsen"] == offered("zsh", "what", *HARBOUR, "ol")
    assert ["plain,olsen\tKari Olsen"] == offered("fish", "what", *HARBOUR, "ol")
    assert ["plain,the fishers\tFishers’ Union"] == offered("fish", "what", *HARBOUR, "the")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_says_what_click_says(shell: str) -> None:
    result = ask("completion", shell)
    assert 0 == result.exit_code
    assert f"_ACTORGRAPH_COMPLETE={shell}_complete" in result.stdout


# -- in the shells themselves ----------------------------------------------------------------------------------


BASH = ["bash", "--norc", "--noprofile", "-i"]
ZSH = ["zsh", "-f", "-i"]
PROMPT = "ready: "


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("what fishers-\t", "Fishers’ Union: positions"),
        ("what olsen --format=j\t --model=exam\tmin\t", '"target": "olsen"'),
        ("what Kari\t", "Kari Olsen: positions"),
        ('what "Kari\t', "Kari Olsen: positions"),
        ("who opp\tthe\\ har\t", "Who opposes A deep-water harbour?"),
        ("who any harbour --assume not:st\t", "assuming not:state-loan"),
    ],
)
@pytest.mark.parametrize("shell", [BASH, ZSH], ids=lambda shell: shell[0])
def test_the_tab_key(shell: list[str], words: str, expected: str, command: Path, tmp_path: Path) -> None:
    if shutil.which(shell[0]) is None:
        pytest.skip(f"{shell[0]} missing")
    answer = tmp_path / "answer"
    lines = (
        f'eval "$(actorgraph completion {shell[0]})"',
        "export ACTORGRAPH_MODEL=examples/minimal.yaml",
        f"actorgraph {words} > {answer}",
        "exit",
    )
    environment = {
        "PATH": f"{command}:{os.environ['PATH']}",
        "PS1": PROMPT,
        "TERM": "xterm",
        "HOME": str(tmp_path),
    }
    in_a_terminal(*shell, answers=[(PROMPT, f"{line}\n") for line in lines], environment=environment)
    assert expected in answer.read_text(encoding="utf-8")


def test_fish_asks_in_its_own_way(command: Path, tmp_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish missing")
    asked = "actorgraph completion fish | source; complete --do-complete 'actorgraph what -m examples/minimal.yaml {}'"
    environment = {**os.environ, "PATH": f"{command}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment["HOME"] = str(tmp_path)
    offers = [
        subprocess.run(
            ["fish", "--no-config", "-c", asked.format(word)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for word in ("ol", "Kari", "--model=examples/min")
    ]
    assert ["olsen\tKari Olsen\n", "Kari Olsen\tolsen\n", "--model=examples/minimal.yaml\n"] == offers
