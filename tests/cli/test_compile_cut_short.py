"""A compile that is cut short, as real processes: killed, interrupted, on a full disk, or beside another one."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("resource", reason="no limits of a process")

import resource

from actorgraph.engines.folder import writing
from actorgraph.engines.opening import open_holdings
from actorgraph.questions.who import who

COMMAND: Final = (sys.executable, "-m", "actorgraph", "compile")
KILLED: Final = Path(__file__).parent.parent / "killed_compile.py"
ROWS: Final = [
    f"s{number},actor-{number % 50},supports,proposal-{number % 40},2024-01-02\n" for number in range(20_000)
]


def table(path: Path, rows: list[str]) -> str:
    path.write_text("id,actor,position,proposal,date\n" + "".join(rows), encoding="utf-8")
    return str(path)


def compiled(table: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMMAND, table, "-o", str(folder)], capture_output=True, text=True, check=False)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["compile", "append"])
def test_wherever_it_is_killed_the_folder_answers_and_the_next_one_tidies(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, str(KILLED), kind, "17", str(tmp_path)]
    own = {**os.environ, "TMPDIR": str(tmp_path)}  # who is killed leaves what it worked on
    outcomes = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=own).stdout)
    old, new = ["a supports", "b opposes"], ["a opposes", "b opposes", "c open"]
    assert len(outcomes) > 3
    assert all(outcome["before"] in (old, new) for outcome in outcomes)
    assert old == outcomes[0]["before"]
    assert {(tuple(new), ())} == {(tuple(outcome["after"]), tuple(outcome["left over"])) for outcome in outcomes}


def test_ctrl_c_is_one_word_and_leaves_what_stood(tmp_path: Path) -> None:
    folder = tmp_path / "h"
    compiled(table(tmp_path / "old.csv", ROWS[:2]), folder)
    before = (folder / "manifest.json").read_bytes()
    more = table(tmp_path / "new.csv", ROWS * 6)
    with subprocess.Popen([*COMMAND, more, "-o", str(folder)], stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not (folder / "g2").exists() and time.monotonic() < deadline and process.poll() is None:
            pass
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert "\nAborted!\n" == process.stderr.read()
    assert 1 == process.returncode
    assert before == (folder / "manifest.json").read_bytes()
    assert ["g1"] == [path.name for path in folder.glob("g*")]


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("most", [4_000, 40_000])
def test_a_full_disk_is_said_in_a_sentence_and_leaves_what_stood(tmp_path: Path, most: int) -> None:
    folder = tmp_path / "h"
    compiled(table(tmp_path / "old.csv", ROWS[:2]), folder)
    before = (folder / "manifest.json").read_bytes()
    made = subprocess.run(
        [*COMMAND, table(tmp_path / "new.csv", ROWS), "-o", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # it would be cut off, too, for whoever runs it next
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert 1 == made.returncode
    assert made.stderr.startswith("Error: cannot go on: ")
    assert made.stderr.endswith(": File too large\n")
    assert 1 == made.stderr.count("\n")
    assert before == (folder / "manifest.json").read_bytes()
    assert ["g1"] == [path.name for path in folder.glob("g*")]


def test_of_two_processes_one_says_so(tmp_path: Path) -> None:
    one = table(tmp_path / "one.csv", ROWS[:2])
    assert 0 == compiled(one, tmp_path / "h").returncode
    with writing(str(tmp_path / "h")):
        other = compiled(one, tmp_path / "h")
    assert 2 == other.returncode
    assert "another compile is writing into " in other.stderr
    assert 0 == compiled(one, tmp_path / "h").returncode


def test_who_reads_goes_on_after_a_compile(tmp_path: Path) -> None:
    compiled(table(tmp_path / "one.csv", ROWS[:50]), tmp_path / "h")
    with open_holdings(tmp_path / "h") as ledger:
        before = who(ledger, "any", "proposal-1", as_of="2025-01-01").rows
        compiled(table(tmp_path / "one.csv", ROWS[100:150]), tmp_path / "h")
        assert before == who(ledger, "any", "proposal-1", as_of="2025-01-01").rows
        assert before != ()
    with open_holdings(tmp_path / "h") as ledger:
        assert before != who(ledger, "any", "proposal-1", as_of="2025-01-01").rows
