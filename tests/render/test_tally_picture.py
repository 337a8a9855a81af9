"""The bars of a tally, read back from the SVG as text."""

import re
from pathlib import Path

import pytest
from asking import ask

pytest.importorskip("matplotlib")


def drawn(folder: Path, *arguments: str) -> str:
    """Return the words in a picture of a tally."""
    path = folder / "bars.svg"
    result = ask("tally", *arguments, "-o", str(path))
    assert 0 == result.exit_code, result.output
    return " | ".join(re.findall(r">([^<>]+)</text>", path.read_text(encoding="utf-8")))


def test_bars_say_in_words_what_they_are(tmp_path: Path) -> None:
    words = drawn(tmp_path, "--model", "graphs/nature-restoration", "--as-of", "2024-07-01")
    assert "For and against, the most split first" in words
    assert "As of 2024-07-01" in words
    assert re.search(r"\d+ against \| \d+ for, 1 undecided", words)
    assert re.search(
        r"N = \d+ stances, stated and uncontested\. Bars are actors: against left, hatched; for right\.", words
    )


def test_no_more_than_thirty_and_the_others_are_counted(tmp_path: Path) -> None:
    words = drawn(tmp_path, "--as-of", "2026-01-10")
    assert "Not drawn: 34 more" in words
    assert "Elsewhere: only an undertaking" in words


def test_bars_of_a_weight(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        """
model: {id: m, title: M}
actors: {a: {name: A, kind: state, weight: {votes: 29}}, b: {name: B, kind: state}, c: {name: $C$, kind: coalition}}
proposals: {law: {title: The law}}
relations: [{actor: a, relation: member-of, to: c, since: 2020}]
stances:
  - {actor: [a, b], position: supports, proposal: law, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-02-02}}
""",
        encoding="utf-8",
    )
    model = ("--model", str(path), "--as-of", "2024-04")
    words = drawn(tmp_path, "law", "--weight", "votes", *model)
    assert "29 for" in words
    assert "Bars are votes" in words
    assert "In no sum: 2 actors without that weight on record." in words
    assert "$C$" in drawn(tmp_path, "law", "--by", "group", *model)


def test_where_nobody_takes_a_side(tmp_path: Path) -> None:
    assert "Nobody is for or against." in drawn(tmp_path, "military-hubs", "--as-of", "2026-01-10")


def test_the_same_picture_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.png", tmp_path / "b.png"
    for path in (first, second):
        assert 0 == ask("tally", "--as-of", "2026-01-10", "-o", str(path)).exit_code
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\x89PNG")
