"""docs/export.md keeps its word: commands and Python print what it shows, and its workflow runs as it stands."""

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from shown_answers import check_answer, commands_on

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "export.md"


@pytest.mark.parametrize("command", commands_on(PAGE))
def test_every_answer_is_the_real_one(command: str, *, update: bool) -> None:
    check_answer(PAGE, command, update=update)


def test_the_workflow_publishes_a_model(tmp_path: Path) -> None:
    """Each of its own steps runs, where a model is, as the workflow has it; those of others are left out."""
    bash = shutil.which("bash")
    if bash is None or subprocess.run(["date", "-d", "yesterday"], capture_output=True, check=False).returncode:
        pytest.skip("bash, or GNU date, missing")
    (text,) = re.findall(r"```yaml\n(name: publish\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    workflow: Any = YAML(typ="safe").load(text)
    (tmp_path / "graphs").mkdir()
    shutil.copy("examples/minimal.yaml", tmp_path / "graphs" / "minimal.yaml")
    output = tmp_path / "output"
    command = f'actorgraph() {{ "{sys.executable}" -m actorgraph "$@"; }}\n'
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "GITHUB_OUTPUT": str(output),
        "HOME": str(tmp_path),
    }
    for step in workflow["jobs"]["publish"]["steps"]:
        if "run" in step and "pip install" not in step["run"]:
            script = [bash, "-e", "-c", f"{command}{step['run']}"]
            done = subprocess.run(script, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert 0 == done.returncode, done.stderr
    assert re.fullmatch(r"moved=[01]\n", output.read_text(encoding="utf-8"))
    assert (tmp_path / "site" / "index.html").is_file()
    assert "<id>https://example.org/model/#minimal</id>" in (tmp_path / "site" / "changes.atom").read_text("utf-8")


def test_its_python_prints_what_it_shows() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert failed == 0 < tried
