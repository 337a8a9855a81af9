"""docs/contributing.md leads through the house as it is."""

import re
from pathlib import Path

from test_architecture import HOUSE, PACKAGE

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")


def test_its_packages_are_those_of_the_house_in_their_order() -> None:
    assert [name for name in HOUSE if name != "base"] == re.findall(r"^\| `([a-z]+)` \|", TEXT, flags=re.MULTILINE)


def test_what_it_names_is_there() -> None:
    named = set(re.findall(r"`([\w./]+(?:\.py|/))`", TEXT))
    assert "questions/sql.py" in named
    gone = {name for name in named if not any((root / name).exists() for root in (ROOT, PACKAGE))}
    assert not gone
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", TEXT)) <= targets


def test_make_docs_writes_every_page_anew() -> None:
    """It asks what has the mark of the fixture `update`: a test that read the option itself would be passed over."""
    recipe = re.search(r"^docs:.*\n(?:\t.*\n)*", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert recipe
    assert "pytest -q --update -m docs tests" in recipe[0]
    tests = {str(path.relative_to(ROOT / "tests")): path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py")}
    option = "getoption(" + '"--update")'
    assert ["conftest.py"] == [name for name, text in tests.items() if option in text]
