"""docs/import.md keeps its word: whoever follows a section of it gets what it shows."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from test_guide import BLOCK, COMMAND, shell

from actorgraph.cli.shared import today

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "import.md"
SHEET = re.compile(r"```csv\n(.*?)```\n", flags=re.DOTALL)
DAY = "2026-06-01"
"""The day that stands in the guide for that on which it is followed."""


def section(title: str) -> str:
    """Return a section of the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.split(r"^## ", text.partition(f"## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty current folder, in which the command `actorgraph` is this one."""
    command = tmp_path / "bin" / "actorgraph"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m actorgraph "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path / "own")


def followed(title: str, *, update: bool) -> tuple[list[str], list[str]]:
    """Return the blocks of a section, and what they are when they are typed; with `update` the guide has the latter."""
    text = section(title)
    typed: list[str] = []
    for block in BLOCK.finditer(text):
        if block["kind"] == "sh":
            shell(block["text"])
            typed.append(block["text"])
            continue
        command = COMMAND.fullmatch(block["text"])
        assert command, block["text"]
        typed.append(f"$ {command['command']}{shell(command['command']).replace(today(), DAY)}")
    if update:
        answers = iter(typed)
        new = BLOCK.sub(lambda block: f"```{block['kind']}\n{next(answers)}```\n", text)
        GUIDE.write_text(GUIDE.read_text(encoding="utf-8").replace(text, new), encoding="utf-8")
    return [block["text"] for block in BLOCK.finditer(section(title))], typed


@pytest.mark.usefixtures("_folder")
def test_a_spreadsheet(*, update: bool) -> None:
    sheet = SHEET.search(section("Spreadsheets"))
    assert sheet
    Path("positions.csv").write_text(sheet[1], encoding="utf-8")
    shown, typed = followed("Spreadsheets", update=update)
    assert shown == typed, "docs/import.md is stale: run `make docs`"
    assert Path("chat-control.html").stat().st_size > 100_000


@pytest.mark.usefixtures("_folder")
def test_the_way_in_the_readme(*, update: bool) -> None:
    """Its commands make a page; of what the import says it shows all but the files."""
    shutil.copytree(ROOT / "examples", "examples")
    text = README.read_text(encoding="utf-8")
    shown = re.search(r"## From a spreadsheet to a page\n.*?```sh\n(.*?)```.*?```text\n(.*?)```", text, flags=re.DOTALL)
    assert shown
    said = shell(f"exec 2>&1\n{shown[1]}").splitlines(keepends=True)
    lines = "".join(line for line in said if line.startswith(("row ", "graphs/", "new: ")))
    if update:
        README.write_text(f"{text[: shown.start(2)]}{lines}{text[shown.end(2) :]}", encoding="utf-8")
        return
    assert lines == shown[2], "README.md is stale: run `make docs`"
    assert Path("debates", "debates.html").stat().st_size > 0
