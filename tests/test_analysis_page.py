"""docs/analysis.md keeps its word: commands print what it shows, and its pictures are theirs."""

import re
import shlex
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from asking import ask
from shown_answers import check_answer, commands_on

from actorgraph.cli.main import PURPOSES

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "analysis.md"
PICTURES = PAGE.parent / "pictures"
TEXT = PAGE.read_text(encoding="utf-8")
DRAWN = re.findall(r"^actorgraph (.* -o (\S+\.svg))\n```\n\n!", TEXT, re.MULTILINE)
"""The commands that draw the pictures of the page, each above its picture, and what they draw."""


@pytest.mark.parametrize("command", commands_on(PAGE))
def test_every_answer_is_the_real_one(command: str, *, update: bool) -> None:
    check_answer(PAGE, command, update=update)


def words(picture: Path) -> set[str]:
    """Return the texts of a picture; numbers on its axes aside, which are matplotlib's own choice."""
    texts = {" ".join("".join(found.itertext()).split()) for found in ET.parse(picture).iter() if "text" in found.tag}  # noqa: S314 - our own picture
    return {text for text in texts if re.search("[^\\W\\d_]", text)}


@pytest.mark.parametrize(("command", "picture"), DRAWN, ids=lambda value: value.rpartition(" ")[2])
def test_every_picture_is_the_real_one(tmp_path: Path, command: str, picture: str, *, update: bool) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib missing")
    kept = PICTURES / picture
    drawn = kept if update else tmp_path / picture
    result = ask(*shlex.split(command.removesuffix(picture)), drawn)
    assert 0 == result.exit_code, result.output
    assert words(drawn) == words(kept), f"{picture} is stale: run `make docs`"


def test_every_picture_is_shown_and_told() -> None:
    shown = re.findall(r"^!\[(.+)\]\((.+)\)$", TEXT, re.MULTILINE)
    assert [f"pictures/{picture}" for _, picture in DRAWN] == [picture for _, picture in shown]
    assert all(len(told) > 60 for told, _ in shown), "who cannot see it is told what it shows"
    assert {file.name for file in PICTURES.iterdir()} == {picture for _, picture in DRAWN}


def test_every_measure_has_its_section() -> None:
    titles = " ".join(re.findall("^## (.*)$", TEXT, re.MULTILINE))
    elsewhere = {"network": "DNA", "pledges": ""}
    assert [] == [name for name in PURPOSES["Measure"] if elsewhere.get(name, name) not in titles]
