"""What stands in Python and in JavaScript: the table in docs/mirrored.md names what exists, and goldens hold it."""

import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

JS = Path("actorgraph/explorer/js")
TESTS = Path("tests/explorer")


class Pair(NamedTuple):
    """A row of the table."""

    python: str
    script: str
    golden: str


def pairs() -> list[Pair]:
    text = Path("docs/mirrored.md").read_text(encoding="utf-8")
    return [Pair(*found) for found in re.findall(r"^\| [^|]+ \| `(\S+)` \| `(\S+)` \| `(\S+)` \|$", text, re.MULTILINE)]


def test_the_table_has_rows() -> None:
    rows = Path("docs/mirrored.md").read_text(encoding="utf-8").count("\n| ") - 2  # without the two of its head
    assert len(pairs()) == rows


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.python} = {pair.script}")
def test_both_names_exist_and_both_sides_read_the_golden(pair: Pair) -> None:
    module, _, name = pair.python.rpartition(".")
    assert hasattr(import_module(f"actorgraph.{module}"), name)
    module, _, name = pair.script.rpartition(".")
    script = (JS / f"{module}.js").read_text(encoding="utf-8")
    assert re.search(rf"^export (?:async )?(?:function|const|class) {name}\b", script, re.MULTILINE)
    assert (Path("tests/golden/explorer") / pair.golden).exists()
    stem = pair.golden.partition(".")[0]
    assert f'"{stem}"' in (TESTS / "answers.test.js").read_text(encoding="utf-8")
    assert any(stem in (TESTS / name).read_text(encoding="utf-8") for name in ("test_data.py", "test_card.py"))
