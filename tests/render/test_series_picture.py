"""Pictures of series: what is written on them."""

from pathlib import Path

import pytest
from asking import HARBOUR, ask

LAW = ("--model", "graphs/nature-restoration", "--as-of", "2024-06-30")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("agreement", "--on-same-proposals", "--sensitivity", *LAW),
            (
                "on the same proposals",
                "without any one source",
                "A gap: N is below 3.",
                "2023-11-09",
                "As of 2024-06-30",
            ),
        ),
        (("support", "nature-restoration-law", *LAW), ("for", "against", "between", "contested", ">actors<")),
        (("support", "nature-restoration-law", "--window", "6mo", *LAW), (">statements<", "Grey: N, statements")),
        (("agreement", "--window", "6mo", *LAW), ("pairs of statements on one proposal",)),
        (("balance", "--every", "6mo", *LAW), ("triangles of actors",)),
        (("support", "harbour", "--as-of", "2025-11-20", *HARBOUR), ("for",)),
    ],
)
def test_a_picture_says_what_it_shows(arguments: tuple[str, ...], words: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    drawn = tmp_path / "series.svg"
    result = ask("series", *arguments, "-o", str(drawn))
    assert 0 == result.exit_code, result.output
    text = drawn.read_text(encoding="utf-8")
    assert [] == [word for word in words if word not in text]
    assert "over time?" in text


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("agreement", "--as-of", "2000", *HARBOUR), "No position that counts bears on it in that time."),
        (("agreement", "--min-shared", "9", "--as-of", "2026-06", *HARBOUR), "below 9 there is no number, so at"),
    ],
)
def test_nothing_is_drawn_where_no_point_has_a_number(arguments: tuple[str, ...], why: str, tmp_path: Path) -> None:
    result = ask("series", *arguments, "-o", str(tmp_path / "series.svg"))
    assert (2, []) == (result.exit_code, list(tmp_path.iterdir()))
    assert "Error: there is nothing to draw." in result.stderr
    assert why in result.stderr
