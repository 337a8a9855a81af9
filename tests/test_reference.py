"""docs/reference.md is what the code says: every key, word, command, option, code and field."""

import re
from pathlib import Path

from reference import anchor, commands, reference

from actorgraph.model.records import File
from actorgraph.problem_codes import CODES

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference.md"


def test_the_reference_is_fresh(*, update: bool) -> None:
    text = reference()
    if update:
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8"), "docs/reference.md is stale: run `make docs`"


def test_it_has_everything() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [] == [code for code in CODES if f"[{code}](" not in text]
    assert [] == [name for _, name, _ in commands() if f"### actorgraph {name}\n" not in text]
    assert [] == [name for name in File.model_fields if f"### `{name}`\n" not in text]
    assert [] == [line for line in text.splitlines() if "| None |" in line or "`None`" in line]


def test_every_key_and_field_of_the_model_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    disk = text[: text.index("## Words")]
    assert [] == [line for line in disk.splitlines() if line.startswith("|") and line.endswith("|  |")]


def test_links_within_the_pages_lead_to_headings() -> None:
    headings = {
        page: {
            anchor(heading)
            for heading in re.findall(r"^#+ (.*)$", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
        }
        for page in ("reference.md", "problems.md")
    }
    for page, name in re.findall(r"\]\(([\w.]*)#([^)]+)\)", PAGE.read_text(encoding="utf-8")):
        assert name in headings[page or "reference.md"], (page, name)
