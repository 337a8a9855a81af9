"""The numbers of evidence: in the order in which it is first cited, each once."""

import re
from pathlib import Path

import pytest
from asking import ask

TROOPS = ("-m", "graphs/ukraine-troops")
DAY = ("--as-of", "2026-01-10")

ANSWERS = [
    ("who", "any", "Multinational force", *DAY),
    ("who", "opposes", "Russia", *DAY),
    ("what", "UK", *DAY),
    ("timeline", "Germany", *DAY),
    ("disputes", *DAY),
    ("why", "US", "US backstop", *DAY),
    ("diff", "2025-05-30", "2026-01-10"),
    ("diff", "--base-known-by", "2025-12-31", *DAY),
]


@pytest.mark.parametrize("arguments", ANSWERS)
def test_every_number_is_listed_once_and_in_the_order_in_which_it_is_cited(arguments: tuple[str, ...]) -> None:
    text = ask(*arguments, *TROOPS).stdout
    tables, _, below = text.partition("\nEvidence\n")
    listed = [int(number) for number in re.findall(r"^\[(\d+)\] ", below, flags=re.MULTILINE)]
    cited: dict[int, None] = {}
    for group in re.findall(r"\[(\d[\d, -]*)\]$", tables, flags=re.MULTILINE):
        for part in group.split(", "):
            first, _, last = part.partition("-")
            cited |= dict.fromkeys(range(int(first), int(last or first) + 1))
    assert list(range(1, len(listed) + 1)) == listed == sorted(cited)
    texts = re.split(r"^\[\d+\] ", below, flags=re.MULTILINE)[1:]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("arguments", ANSWERS)
def test_grades_are_explained_where_one_is_printed_alone(arguments: tuple[str, ...]) -> None:
    assert "Admiralty code" in ask(*arguments, *TROOPS).stdout
    assert "Admiralty code" not in ask("who", "silent", "US backstop", *DAY, *TROOPS).stdout


def test_evidence_is_cited_with_its_date_as_tables_print_dates(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("published: 2026-01-16", "published: ../2026-01-16"), encoding="utf-8")
    asked = ("who", "opposes", "harbour", "--as-of", "2026-02", "-m", str(path))
    assert "Fishers’ Union by 2026-01-16, lines 3-6" in ask(*asked).stdout
    assert "Fishers’ Union ../2026-01-16, lines 3-6" in ask(*asked, "--format", "csv").stdout
    without = ask("who", "any", "harbour", "--as-of", "2026-02", "--without", "union-letter", "-m", str(path)).stdout
    assert "without Fishers’ Union by 2026-01-16" in " ".join(without.split())
