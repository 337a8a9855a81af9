"""What docs/export.md and docs/import.md have their reader write of tables, packages and time is written."""

import re
import shlex
from pathlib import Path

import pytest
from asking import ask
from nodes import ROOT

from actorgraph.model.loader import load_model

SECTIONS = [("export", "Tables"), ("export", "Data package"), ("export", "Gephi, with time")]
COMMAND = re.compile(r"```sh\n(actorgraph .*)\n```\n")


def section(page: str, title: str) -> str:
    """Return a section of a page of the documents."""
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", text, flags=re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str) -> str:
    result = ask(*shlex.split(command)[1:])
    assert 0 == result.exit_code, result.output
    return result.stdout + result.stderr


@pytest.mark.parametrize(("page", "title"), SECTIONS)
def test_what_is_to_be_written_is(page: str, title: str, folder: Path) -> None:
    found = COMMAND.findall(section(page, title))
    assert found
    for command in found:
        run(command)
        assert (folder / command.split()[-1]).exists()


def test_a_package_comes_back_as_is_shown(folder: Path) -> None:
    text = section("import", "Data package")
    (header,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    (folder / "harbour.yaml").write_text(header, encoding="utf-8")
    run("actorgraph export datapackage -m examples/minimal.yaml -o package")
    (command,) = COMMAND.findall(text)
    (last,) = re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)
    assert run(command).endswith(last)
    assert load_model("examples/minimal.yaml").stances == load_model("harbour.yaml").stances


def test_the_rows_of_a_day_are_those_that_r_is_told_to_take(folder: Path) -> None:
    pd = pytest.importorskip("pandas")
    run("actorgraph export holdings -m examples/minimal.yaml --stated -o holdings.csv")
    frame = pd.read_csv(folder / "holdings.csv")
    on_day = frame[(frame.since <= "2026-01-10") & (frame.until.isna() | (frame.until > "2026-01-10"))]
    run("actorgraph export csv -m examples/minimal.yaml --stated --as-of 2026-01-10 -o day.csv")
    assert sorted(pd.read_csv(folder / "day.csv").actor) == sorted(on_day.actor)
