"""What fits the life of a proposal, and what of it seems to be wrong. (The messages are in tests/bad.)"""

from pathlib import Path

import pytest

from actorgraph.questions.check import check

EVIDENCE = "evidence: [{source: paper, credibility: 2}]"
HEAD = """\
model: {id: m, title: T}
actors: {uk: {name: UK, kind: state}, fr: {name: France, kind: state}, pl: {name: Poland, kind: state}}
sources: {paper: {title: Paper, publisher: P, published: 2025-01-01, reliability: B}}
"""


def codes(path: Path, *proposals: str, records: str = "") -> list[str]:
    """Return the codes of what `check` says, but that nothing refers to a thing."""
    text = HEAD + "proposals:\n" + "".join(f"  {line}\n" for line in proposals) + records
    (path / "m.yaml").write_text(text, encoding="utf-8")
    problems = check(path / "m.yaml", today="2026-06-01").problems
    return [problem.code for problem in problems if problem.code not in ("AG103", "AG104")]


def stances(*dates: str) -> str:
    words = ("supports", "opposes")
    return "stances:\n" + "".join(
        f"  - {{actor: uk, position: {words[number % 2]}, proposal: p, date: {date}, {EVIDENCE}}}\n"
        for number, date in enumerate(dates)
    )


def commitments(*words: str) -> str:
    """Return commitments, each as `STAGE MONTH [ADDRESSEE …]`."""
    lines = []
    for stage, month, *toward in map(str.split, words):
        keys = f"actor: uk, stage: {stage}, proposal: p, date: 2024-{month}, toward: [{', '.join(toward)}]"
        lines.append(f"  - {{{keys}, {EVIDENCE}}}\n")
    return "commitments:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("life", "date", "expected"),
    [
        ("since: 2024-03-02", "2024-03-01", ["AG113"]),
        ("since: 2024-03", "2024-03-01", []),
        ("since: 2024-03", "2024", []),
        ("since: ../2024-03", "2020", []),
        ("until: 2024-06-02, fate: lapsed", "2024-06-01", []),
        ("until: 2024-06-02, fate: lapsed", "2024-06-02", ["AG114"]),
        ("until: 2024-06-02, fate: lapsed", "2024-06-03", ["AG113"]),
        ("until: 2024-06-02, fate: adopted", "2024-06-03", []),
        ("until: 2024-06, fate: lapsed", "2024-06-01", ["AG114"]),
        ("until: 2024-06, fate: lapsed", "2024-06", ["AG114"]),
        ("until: 2024-06, fate: lapsed", "2024-05", []),
        ("until: 2024-06, fate: lapsed", "2024-07", ["AG113"]),
        ("until: 2024-06-02, fate: lapsed", "2024-06", ["AG113"]),
        ("until: 2025-01-02, fate: lapsed", "2025", []),  # it was published on the first
    ],
)
def test_records_and_lives(life: str, date: str, expected: list[str], tmp_path: Path) -> None:
    assert expected == codes(tmp_path, f"p: {{title: P, {life}}}", records=stances(date))


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("until: 2024, fate: superseded", "succeeds: p", []),
        ("until: 2024, fate: withdrawn", "succeeds: p", []),
        ("until: 2024, fate: withdrawn", "", []),
        ("until: 2024, fate: superseded", "", ["AG115"]),
        ("since: 2024", "succeeds: p", ["AG116"]),
    ],
)
def test_successions(older: str, newer: str, expected: list[str], tmp_path: Path) -> None:
    texts = (f"p: {{title: An old text, {older}}}", f"q: {{title: What came then, {newer}}}")
    assert expected == codes(tmp_path, *texts)


def test_names_of_successors_may_be_near(tmp_path: Path) -> None:
    first = "p: {title: The compromise proposals, until: 2024, fate: superseded}"
    assert ["AG110", "AG115"] == sorted(codes(tmp_path, first, "q: {title: The compromise proposal}"))
    assert [] == codes(tmp_path, first, "q: {title: The compromise proposal, succeeds: p}")


def test_authors(tmp_path: Path) -> None:
    text = "p: {title: P, by: [uk, fr]}"
    assert ["AG117", "AG117"] == codes(tmp_path, text)
    assert ["AG117"] == codes(tmp_path, text, records=stances("2024"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("pledges 01 fr", "pledges 02 pl"), ["AG119"]),
        (("pledges 01 fr", "pledges 02 pl fr"), []),
        (("pledges 01 fr pl", "delivers 02 pl"), []),
        (("pledges 01 fr", "pledges 02"), []),
        (("pledges 01", "pledges 02 fr"), []),
        (("pledges 01 fr", "pledges 02", "delivers 03 pl"), []),
        (("pledges 01 fr", "withdraws 02 fr", "delivers 03 pl"), []),
        (("pledges 01 fr", "declines 02 pl"), []),
        (("threatens 01 fr", "pledges 02 pl"), []),
        (("delivers 02 pl", "pledges 01 fr"), ["AG119"]),
        (("pledges 01 fr", "pledges 01 pl"), []),
    ],
)
def test_addressees(words: tuple[str, ...], expected: list[str], tmp_path: Path) -> None:
    assert expected == codes(tmp_path, "p: {title: P}", records=commitments(*words))
