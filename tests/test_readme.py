"""The README keeps its word: its answers are the real ones, its Python runs, its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from actorgraph.cli import cli

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted([README, *(ROOT / "docs").glob("*.md"), ROOT / "CHANGELOG.md"])
CONSOLE = re.compile(r"```console\n\$ actorgraph (?P<command>.*)\n(?P<answer>(?:.*\n)*?)```\n")


def test_every_answer_is_the_real_one(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")

    def answered(block: re.Match[str]) -> str:
        result = CliRunner().invoke(cli, shlex.split(block["command"]), catch_exceptions=False)
        assert 0 == result.exit_code, result.output
        return f"```console\n$ actorgraph {block['command']}\n{result.stdout}```\n"

    honest = CONSOLE.sub(answered, text)
    assert CONSOLE.search(text)
    if request.config.getoption("--update"):
        README.write_text(honest, encoding="utf-8")
        text = honest
    assert honest == text


def test_python_blocks_run(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert "Russia 2025-05-28" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_commands_are_those_of_the_readme() -> None:
    told = set(re.findall(r"^\| `actorgraph (\w+)", README.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(cli.commands) == told
