"""In a frame of another page, small or wide, every view has its title, its day and what is chosen in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHIPPED = ("graphs/ukraine-troops", "2026-01-10")
SIZES = ((400, 300), (400, 500), (720, 600), (900, 700), (1100, 300), (1100, 700))
VIEWS = ("lineup", "positions", "actors", "matrix", "table", "timeline")
CHOSEN = {
    "lineup": (".chip[aria-pressed=true]", "track/commitment/france/multinational-force"),
    "matrix": (".cells td[aria-current]", "record/italy.multinational-force.2026-01-06.2026-01-07"),
    "table": ("#rows tr[aria-current]", "track/stance/russia/multinational-force"),
    "timeline": (".timeline-track.chosen", "track/commitment/germany/multinational-force"),
    "positions": ("#drawing", "proposal/multinational-force"),  # where its mark stands, test_drawing.py looks
    "actors": ("#drawing", "actor/germany"),
}

FAULTS = """(chosen) => {
  const faults = [];
  const box = (one) => one.getBoundingClientRect();
  const picture = box(document.querySelector(".picture"));
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the frame");
  if (scrollY) faults.push("the page is scrolled");
  for (const id of ["title", "as-of"]) if (box(document.getElementById(id)).bottom > picture.top) faults.push(`${id} is covered`);
  if (Math.min(picture.bottom, innerHeight) - picture.top < 120) faults.push("no room for the picture");
  if (chosen) {
    const one = document.querySelector(chosen);
    if (!one) return [...faults, "nothing is chosen"];
    const { left, right, top, bottom } = box(one);
    const at = document.elementFromPoint(Math.max(left, Math.min((left + right) / 2, picture.right - 4)), (top + bottom) / 2);
    if (!at || !one.contains(at)) faults.push(`what is chosen is covered or out of sight: ${[left, top, right, bottom]}`);
    const aside = box(document.getElementById("details"));
    if (!aside.height) faults.push("no details");
    if (aside.left < picture.right - 1 && aside.top < picture.bottom - 1) faults.push("the details cover the picture");
  }
  return faults;
}"""  # noqa: E501
ROWS = """() => {
  const region = document.querySelector(".matrix-region").getBoundingClientRect();
  const head = document.querySelector(".cells thead").getBoundingClientRect().bottom;
  const isSeen = ({ top, bottom }) => top >= head - 1 && bottom <= Math.min(region.bottom, innerHeight) + 1;
  return [...document.querySelectorAll(".cells tbody tr")].filter((row) => isSeen(row.getBoundingClientRect())).length;
}"""


def framed(page: Page, view: str, at: str, size: tuple[int, int]) -> None:
    """Open a frame as a reader of another page finds it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(f"location.hash = 'embed=yes&view={view}&at={at}'")
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    page.evaluate("() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); })")


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_chosen_is_in_sight_and_not_covered(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, "#embed=yes")
    chosen, at = CHOSEN[view]
    for size in SIZES:
        framed(page, view, at, size)
        assert [] == page.evaluate(FAULTS, chosen), size
        framed(page, view, "", size)
        assert [] == page.evaluate(FAULTS, ""), size


def test_a_matrix_shows_rows_below_its_headings(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#embed=yes")
    for size in SIZES:
        framed(page, "matrix", "", size)
        assert page.evaluate(ROWS) >= (1 if size[1] == 300 else 4), size
