"""docs/semantics.md keeps its word: what its examples ask is answered as it says."""

import re
import shlex
from pathlib import Path

import pytest
from asking import ask

GUIDE = Path("docs/semantics.md")
BLOCK = re.compile(r"```console\n\$ actorgraph (?P<question>.*)\n(?P<answer>(?:.*\n)*?)```\n")
REST = "…"
"""A line that stands for any lines."""


def examples() -> list[tuple[str, str]]:
    """Return what the page asks, and what it says is answered."""
    text = GUIDE.read_text(encoding="utf-8")
    return [(found["question"], found["answer"]) for found in BLOCK.finditer(text)]


@pytest.mark.parametrize(("question", "answer"), examples())
def test_an_example_is_answered_as_the_page_says(question: str, answer: str) -> None:
    told = ask(*shlex.split(question)).stdout
    for part in answer.split(f"{REST}\n"):
        assert part in told, part


def test_the_page_has_examples() -> None:
    assert len(examples()) == GUIDE.read_text(encoding="utf-8").count("```console") >= 8
