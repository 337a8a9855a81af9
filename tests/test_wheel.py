"""The wheel: built, put where the repository is not, and run there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel in it, and nothing else of ours."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, *arguments: str) -> str:
    """Return what the installed command line prints, run in a folder that is not the repository."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-m", "actorgraph", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def test_the_wheel_runs_outside_the_repository(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-c", "import actorgraph; print(actorgraph.__file__)"]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
    assert Path(where.strip()).is_relative_to(installed)
    model = str(ROOT / "examples/minimal.yaml")
    assert "Fishers’ Union" in run(installed, tmp_path, "who", "opposes", "harbour", "--model", model)
    assert "Correct the id" in run(installed, tmp_path, "check", model, "--format", "sarif")
    run(installed, tmp_path, "export", "html", "--model", model, "-o", "page.html")
    assert "vis-network" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "actorgraph check --strict" in run(installed, tmp_path, "init", "town")
    assert "supports" in run(installed, tmp_path / "town", "why", "traders", "car-free square")


def test_the_wheel_holds_the_package_and_nothing_else(installed: Path) -> None:
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert {
        "actorgraph/answer.schema.json",
        "actorgraph/py.typed",
        "actorgraph/explorer/js/main.js",
    } <= names
    assert {"actorgraph"} == {name.split("/")[0] for name in names if ".dist-info" not in name}
