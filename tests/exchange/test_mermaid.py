"""A flowchart of Mermaid, held to a grammar stricter than Mermaid's own: its parser needs a browser."""

import re

import pytest
from asking import ask
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.exchange.mermaid import label

_TEXT = r"(?:[\w ,.:/()'’‘“”–—→+!?-]|\#\d+;)*"
GRAMMAR = re.compile(
    rf"""
    (?:%%[ ][^\n%{{}}]*\n)+
    flowchart[ ]LR\n
    (?:[ ]{{2}}(?:actor|proposal)_[a-z0-9_]+(?:\["{_TEXT}"\]|\(\["{_TEXT}"\]\))
       (?::::(?:for|against|between|centre))?\n)+
    (?:[ ]{{2}}\w+[ ](?:-->|-\.->)\|"{_TEXT}"\|[ ]\w+\n)*
    (?:[ ]{{2}}classDef[ ]\w+[ ][a-z-]+:[\#\w]+(?:,[a-z-]+:[\#\w]+)*\n)+
    (?:[ ]{{2}}linkStyle[ ]\d+(?:,\d+)*[ ]stroke:\#[0-9a-f]{{6}}\n)*
    """,
    re.VERBOSE,
)

DAY = ("--as-of", "2026-01-10")
HOSTILE = ("--model", "tests/hostile/hostile.yaml")


@pytest.mark.parametrize(
    "arguments",
    [
        ("france", *DAY),
        ("multinational-force", *DAY, "--steps", "2"),
        ("meloni", *DAY),
        ("constructor", *HOSTILE, *DAY),
        ("tostring", *HOSTILE, *DAY, "--steps", "2"),
    ],
)
def test_it_keeps_the_grammar(arguments: tuple[str, ...]) -> None:
    text = ask("export", "mermaid", *arguments).stdout
    assert GRAMMAR.fullmatch(text if text.endswith("\n") else f"{text}\n")
    boxes = set(re.findall(r"^  ((?:actor|proposal)_\w+)[\[(]", text, re.MULTILINE))
    ends = re.findall(r'^  (\w+) -.*"\| (\w+)$', text, re.MULTILINE)
    assert {key for pair in ends for key in pair} <= boxes
    styled = [int(number) for some in re.findall(r"linkStyle ([\d,]+)", text) for number in some.split(",")]
    assert list(range(len(ends))) == sorted(styled)


@given(st.text())
def test_a_label_is_only_its_words(text: str) -> None:
    """Mermaid puts back the signs that it is told by number; nothing else in a label may say anything."""
    told = label(text)
    assert not set(told) & set('"<>&`|\\{}[]*_~$@^=%\n') - {"_"}
    assert text == re.sub(r"#(\d+);", lambda match: chr(int(match[1])), told)
    assert not re.match(r"\d{1,2}[.)]|[-+*]", told), "Mermaid would take it for a list"
