"""What became of a proposal, in a sentence."""

from pathlib import Path

import pytest
from asking import ask

MODEL = """
model: {id: m, title: M}
actors: {ada: {name: Ada, kind: state}}
proposals:
  draft: {title: A draft, since: 2024-02, until: 2024-03, fate: %s}
  text: {title: A text, since: 2024-03, succeeds: draft}
  other: {title: Another text, since: 2024-03, succeeds: draft}
stances:
  - {actor: ada, position: supports, proposal: draft, date: 2024-02-10, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-12}}
"""


@pytest.mark.parametrize(
    ("day", "fate", "expected"),
    [
        ("2024-01-31", "withdrawn", "Not on the table before February 2024."),
        ("2024-02-20", "withdrawn", ""),
        ("2024-03-01", "withdrawn", "Withdrawn: off the table since March 2024. ‘Another text’ and ‘A text’"),
        ("2024-03-01", "adopted", "Adopted: off the table since March 2024. What was said of it goes on."),
    ],
)
def test_what_became_of_it(tmp_path: Path, day: str, fate: str, expected: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL % fate, encoding="utf-8")
    text = ask("tally", "draft", "--as-of", day, "--model", str(path), "--format", "md").stdout
    if expected:
        assert expected in text
    else:
        assert "table" not in text
    silent = "| silent |" in text
    assert not silent, "nobody is silent on what is not there, and Ada has spoken on what is"
