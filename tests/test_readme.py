"""The README keeps its word: its answers are the real ones, its Python runs, its links lead somewhere."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from shown_answers import check_answer, commands_on

from actorgraph.cli.main import PURPOSES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted([README, *(ROOT / "docs").glob("*.md"), ROOT / "CHANGELOG.md"])


@pytest.mark.parametrize("command", commands_on(README))
def test_every_answer_is_the_real_one(command: str, *, update: bool) -> None:
    revision = re.search(r"--base-rev (\S+)", command)
    if revision and not in_history(revision[1]):
        pytest.skip("history missing")
    check_answer(README, command, update=update)


def in_history(revision: str) -> bool:
    """Whether this is a clone that reaches back to a revision: an archive or a shallow clone does not."""
    if shutil.which("git") is None:
        return False
    command = ["git", "cat-file", "-e", f"{revision}^{{commit}}"]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True).returncode == 0


def test_the_readme_answers_the_four_questions() -> None:
    asked = " ".join(commands_on(README))
    assert all(word in asked for word in ("who opposes", "--assume ", "--known-by", "--base-rev", "why ", "disputes"))


def test_python_blocks_run(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert "Russia 2025-05-28" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.lstrip("<").startswith("http"):
            assert (page.parent / target).exists(), target


def test_commands_are_those_of_the_readme() -> None:
    listed = re.findall(r"^\| `actorgraph (\w+)", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {name for names in PURPOSES.values() for name in names} == set(listed)
    assert {"export"} == {name for name in listed if listed.count(name) > 1}, "all others have one row"
    questions = [*PURPOSES["Ask"], *PURPOSES["Measure"]]
    assert questions == [name for name in listed if name in questions]
