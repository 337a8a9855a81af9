"""The columns of a line-up: what they have room for, what they count, and the days before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import model_file

from actorgraph.explorer.html import Opening

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TROOPS = ("graphs/ukraine-troops", "2026-01-10")
FIRST = Opening()

BROKEN_WORDS = """() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector(".lineup-body"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const { 0: word, index } of text.data.matchAll(/[^\\s–-]+/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word);
    }
  }
  return broken;
}"""
"""The words that stand in more than one line, wherever the line-up has them."""


@pytest.mark.parametrize("path", [TROOPS, ("graphs/nature-restoration", "2024-10-22")])
@pytest.mark.parametrize("width", [390, 768, 1000, 1024, 1180, 1280, 1460, 1600])
def test_no_word_breaks_whatever_stands_beside(show: Callable[..., Page], path: tuple[str, str], width: int) -> None:
    """With details beside it, letters of a name stood one under another."""
    page = show(*path, opening=FIRST, width=width, height=800)
    assert [] == page.evaluate(BROKEN_WORDS)
    page.locator(".column .chip").first.click()
    assert page.locator("#chosen").is_visible()
    assert [] == page.evaluate(BROKEN_WORDS), "with the details of a chip"
    page.evaluate("location.hash = '#base=2023-01-01'")
    page.locator(".finding", has_text="changed since").wait_for()
    assert [] == page.evaluate(BROKEN_WORDS), "with what changed"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_word_that_no_column_has_room_for_breaks(show: Callable[..., Page], tmp_path: Path) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsvereinigungsvorsitzende"
    model = model_file(
        tmp_path,
        f"model: {{id: m, title: M}}\nactors: {{a: {{name: {long}{long.lower()}, kind: state}}}}\n"
        "proposals: {p: {title: P}}\nsources: {s: {title: S, publisher: S, published: 2024-03}}\n"
        "stances: [{actor: a, position: open, proposal: p, date: 2024-01-01, evidence: [{source: s}]}]\n",
    )
    for width in (390, 1024, 1280):
        page = show(model, "2024-06-01", opening=FIRST, width=width)
        page.locator(".column .chip").first.click()
        body = page.locator(".lineup-body")
        assert body.evaluate("(body) => body.scrollWidth <= body.clientWidth + 1")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


VAGUE = """
model: {id: vague, title: Vague dates}
actors: {ann: {name: Ann, kind: state}, bob: {name: Bob, kind: state}, cat: {name: Cat, kind: state}}
proposals: {plan: {title: Plan}}
stances:
  - {actor: ann, position: supports, proposal: plan, date: 2025, evidence: [{source: daily}]}
  - {actor: bob, position: opposes, proposal: plan, date: 2025-06, evidence: [{source: daily}]}
  - {actor: cat, position: open, proposal: plan, date: ../2025-03-31, evidence: [{source: daily}]}
sources: {daily: {title: Daily, publisher: Daily, published: 2026-01-10}}
"""


def test_what_has_changed_is_told_from_before_all_days_that_it_may_date_from(
    show: Callable[..., Page], tmp_path: Path
) -> None:
    page = show(model_file(tmp_path, VAGUE), "2025-12-31", opening=FIRST)
    said = page.locator(".finding")
    expect(said).to_have_text("1 opposes; 1 open; 1 supports. 2 changed since 31 December 2024.")
    assert ["Ann", "Bob"] == sorted(page.locator(".chip:has(.moved) b").all_inner_texts())
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#base-day")).to_have_value("2024-12-31")
    page.evaluate("location.hash = '#base=2025-12-30'")
    expect(said).to_have_text("1 opposes; 1 open; 1 supports. 1 changed since 30 December 2025.")


def test_the_days_before_are_dated_as_curated(show: Callable[..., Page], tmp_path: Path) -> None:
    """A record of June 2025 was not made on the 30th."""
    text = VAGUE.replace("date: 2025-06,", "date: 2025-06-03,").replace("date: 2025,", "date: 2025-05,")
    page = show(model_file(tmp_path, text.replace("\nsources", LATER)), "2025-12-31", opening=FIRST)
    expected = ["3 June 2025", "May 2025", "by 31 March 2025"]
    assert expected == page.locator(".earlier [data-day]").all_inner_texts()
    page.evaluate("location.hash = '#view=table&at=proposal/plan'")
    history = page.locator("[data-part=history]")
    history.wait_for()
    if history.get_attribute("open") is None:
        history.locator("summary").click()
    told = [text for text in history.locator("button").all_inner_texts() if "20" in text]
    assert ["2025", *expected] == told


LATER = """
  - {actor: bob, position: supports, proposal: plan, date: 2025, evidence: [{source: daily}]}
sources"""


COUNTED = """
model: {id: counted, title: Counted}
actors: {ann: {name: Ann, kind: state}, bob: {name: Bob, kind: state}, cat: {name: Cat, kind: state}}
proposals: {plan: {title: Plan}}
stances:
  - {actor: ann, position: open, proposal: plan, date: 2025-01-01, evidence: [{source: daily}]}
  - {actor: bob, position: open, proposal: plan, date: 2025-01-01, evidence: [{source: daily}]}
  - {actor: bob, position: supports, proposal: plan, date: 2025-01-01, evidence: [{source: daily}]}
  - {actor: cat, position: supports, proposal: plan, date: 2025-01-01, evidence: [{source: daily}]}
commitments:
  - {actor: ann, stage: considers, proposal: plan, date: 2025-01-01, evidence: [{source: daily}]}
sources: {daily: {title: Daily, publisher: Daily, published: 2026-01-10}}
"""


def test_the_sentence_the_numbers_over_the_columns_and_the_chips_agree(
    show: Callable[..., Page], tmp_path: Path
) -> None:
    """What one counts otherwise than another is said: actors, positions, and what is contested."""
    page = show(model_file(tmp_path, COUNTED), "2025-12-31", opening=FIRST)
    said = "1 open; 1 considers; 1 supports; 1 contested. 3 actors in all, 1 with several positions."
    assert page.locator(".finding").inner_text().startswith(said)
    over = {name: page.locator(f".column-{name} h3 small").inner_text() for name in ("against", "between", "for")}
    assert {"against": "0", "between": "2 actors, 3 positions, 1 contested", "for": "2, 1 contested"} == over
    assert [3, 2] == [page.locator(f".column-{name} .chip").count() for name in ("between", "for")]


def test_on_a_phone_what_is_chosen_follows_the_line_up(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=FIRST, width=390, height=844, tools=False)
    chip = page.locator(".column .chip").first
    chip.click()
    (details, body) = (page.locator(name).bounding_box() for name in ("#details", ".lineup-body"))
    assert details
    assert body
    assert details["y"] - (body["y"] + body["height"]) < 60
    page.keyboard.press("Escape")
    expect(page.locator(".lineup-list")).to_be_visible()
    expect(chip).to_be_in_viewport()
