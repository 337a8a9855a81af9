"""Letters: the table is what a browser measures, and lines are never wider than they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.explorer.lettering import LETTERS, in_lines, width

if TYPE_CHECKING:
    from playwright.sync_api import Browser


MEASURED: Final = """([letters, weights]) => {
  const pen = document.createElement("canvas").getContext("2d");
  return weights.map((weight) => {
    pen.font = `${weight} 1000px "Liberation Sans"`;
    return Object.fromEntries([...letters].map((letter) => [letter, Math.round(pen.measureText(letter).width)]));
  });
}"""


@pytest.mark.browser
def test_the_table_is_what_a_browser_measures(browser: Browser) -> None:
    page = browser.new_page()
    letters = "".join(dict.fromkeys("".join((*table("regular").values(), *table("bold").values()))))
    measured = page.evaluate(MEASURED, [letters, [400, 700]])
    page.close()
    if measured[0]["W"] != 944:
        pytest.skip("no face of Arial's measure")
    for name, found in zip(("regular", "bold"), measured, strict=True):
        wrong = {
            letter: (wide, found[letter])
            for wide, letters in table(name).items()
            for letter in letters
            if abs(wide - found[letter]) > 2
        }
        assert {} == wrong


def table(name: str) -> dict[int, str]:
    found: Any = LETTERS[name]
    return dict(found)


@given(st.text(), st.integers(20, 400), st.integers(14, 30), st.booleans(), st.integers(1, 4))
def test_lines_are_never_wider_than_they_may_be(text: str, wide: int, size: int, bold: bool, most: int) -> None:  # noqa: FBT001
    lines = in_lines(text, wide, size, bold=bold, most=most)
    assert len(lines) <= most
    for line in lines:
        assert width(line, bold=bold) * size <= wide * 1000 or len(line.rstrip("…")) <= 1 + marks(line)


def marks(line: str) -> int:
    """Return how many letters of a line have no width: they stay with the one that they belong to."""
    return sum(1 for letter in line if width(letter) == 0)


@given(st.text(alphabet="ab é\u0301中ע ", max_size=60), st.integers(20, 200))
def test_nothing_is_lost_where_there_is_room(text: str, wide: int) -> None:
    lines = in_lines(text, wide, 14)
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert not any(
        line.startswith("\u0301") for line in lines[1:] if not text.startswith("\u0301") and " \u0301" not in text
    )
