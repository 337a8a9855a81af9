"""The search: what is found by which words, in which order, and where it leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pages import search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright for Python")
expect = sync_api.expect

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
HOSTILE = ("tests/hostile/hostile.yaml", "2026-01-10")

SPELT = """
model: {id: spelt, title: Spelt}
actors:
  turkey: {name: Türkiye, kind: state, aliases: [Ankara, Große Pforte, Østersjø, Wałęsa]}
  the-union: {name: The Union, kind: organisation, note: "Long a friend of bridges, and of Türkiye’s harbours."}
proposals:
  bridge: {title: A bridge, aliases: [the bridge]}
stances:
  - actor: turkey
    position: supports
    proposal: bridge
    date: 2025-05-01
    evidence:
      - {source: daily, lines: 3-4}
sources:
  daily: {title: On bridges, publisher: Daily, published: 2025-06-02}
"""

MANY = """
model: {id: many, title: Many}
actors:
  state: {name: A state, kind: state}
proposals:
%s
stances:
  - actor: state
    position: supports
    proposal: plan-1
    date: 2025-05-01
    evidence:
      - {source: daily, lines: 3-4}
sources:
  daily: {title: On bridges, publisher: Daily, published: 2025-06-02}
"""


@pytest.fixture
def spelt(tmp_path: Path) -> tuple[Path, str]:
    """Write a model of names that are not ASCII."""
    path = tmp_path / "spelt.yaml"
    path.write_text(SPELT, encoding="utf-8")
    return path, "2026-01-01"


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    "typed", ["TURKIYE", "türkİye", "  ankara", "GROSSE PFORTE", "turkey", "Østersjø", "ostersjo", "WAŁĘSA"]
)
def test_names_are_found_whatever_their_spelling(
    show: Callable[..., Page], spelt: tuple[Path, str], typed: str
) -> None:
    page = show(*spelt)
    search(page, typed)
    expect(page.locator("#chosen h2")).to_have_text("Türkiye")


def test_an_article_is_no_part_of_a_name(show: Callable[..., Page], spelt: tuple[Path, str]) -> None:
    page = show(*spelt)
    search(page, "the union")
    expect(page.locator("#chosen h2")).to_have_text("The Union")


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Kiev", "Ukraine"),
        ("UK", "United Kingdom"),
        ("US", "United States"),
        ("NATO", "NATO"),
        ("trump", "Donald Trump"),
    ],
)
def test_the_whole_name_comes_first(show: Callable[..., Page], typed: str, found: str) -> None:
    page = show("graphs/ukraine-troops", "2026-01-10")
    search(page, typed)
    expect(page.locator("#chosen h2")).to_have_text(found)


def test_suggestions_are_walked_with_the_arrows(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    field = page.get_by_role("combobox", name="Find")
    field.press_sequentially("harbour")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_contain_text("Harbour Board")
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("#chosen h2")).to_have_text("Harbour Board")
    expect(page.locator("#chosen h2")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_every_suggestion_says_what_it_matched(show: Callable[..., Page], spelt: tuple[Path, str]) -> None:
    page = show(*spelt)
    page.get_by_role("combobox", name="Find").press_sequentially("bridge")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(
        [
            "A bridgeproposal; alias: the bridge",
            "Long a friend of bridges, and of Türkiye’s harbours.note of The Union",
            "Daily: On bridgessource of Türkiye supports “A bridge”, 1 May 2025",
        ]
    )
    expect(page.locator("#status")).to_have_text("3 suggestions")


def test_names_come_before_speakers_before_notes(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_role("combobox", name="Find").press_sequentially("chair")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(
        ["Kari Olsenspeaker: Kari Olsen, Chair; said for others: Fishers’ Union opposes “A deep-water harbour”"]
    )
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_have_text("Kari Olsen")
    expect(page).to_have_url(re.compile(r"#at=actor/olsen$"))


def test_a_word_of_a_note_leads_to_its_record(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_role("combobox", name="Find").press_sequentially("spring fish")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(
        [
            (
                "The dredging would close the spring fishery."
                "note of Fishers’ Union opposes “A deep-water harbour”, 15 January 2026"
            )
        ]
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#at=record/fishers-union\.harbour\.2026-01-15$"))
    expect(page.locator("#chosen .record.marked")).to_contain_text("Said by Kari Olsen, Chair")


def test_an_event_leads_to_its_story(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "public hearing")
    expect(page).to_have_url(re.compile("story=hearing"))


def test_more_than_a_dozen_are_counted(show: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(MANY % "\n".join(f"  plan-{number}: {{title: Plan {number}}}" for number in range(40)), "utf-8")
    page = show(path, "2026-01-01")
    page.get_by_role("combobox", name="Find").press_sequentially("plan")
    expect(page.get_by_role("listbox").get_by_role("option", disabled=False)).to_have_count(12)
    expect(page.get_by_role("listbox").get_by_role("option", disabled=True)).to_have_text(
        "28 more: keep typing to narrow them down"
    )
    expect(page.locator("#status")).to_have_text("12 of 40 suggestions")


def test_a_name_that_nothing_bears_is_said(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "<b>Atlantis")
    expect(page.locator("#no-match")).to_contain_text("Nothing here is called “<b>Atlantis”.")
    expect(page.locator("#status")).to_contain_text("Nothing here is called “<b>Atlantis”.")
    page.keyboard.press("Escape")
    expect(page.locator("#no-match")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Find")).to_have_value("")


def test_what_is_chosen_already_is_gone_to_again(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "board")
    search(page, "board")
    expect(page.locator("#chosen h2")).to_be_focused()


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("typed", ["constructor", "__proto__", "isprototypeof", "script", "{{ config }}", "(", "\\"])
def test_hostile_words_are_only_words(show: Callable[..., Page], typed: str) -> None:
    page = show(*HOSTILE, width=360)
    page.get_by_role("combobox", name="Find").fill(typed)
    assert page.evaluate("window.__pwned") is None
    assert page.locator("#suggestions :not(li, span, small)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
