"""The matrix: what each actor holds on each proposal, to be read and walked without the drawing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pages import address, crowd, data_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
TROOPS = ("graphs/ukraine-troops", "2026-01-10")
HOSTILE = ("tests/hostile/hostile.yaml", "2026-01-10")

ITALY = "track/commitment/italy/multinational-force"


def names(page: Page, part: str) -> list[str]:
    """What heads the rows (tbody) or the columns (thead)."""
    found: list[str] = page.locator(f"#panel-matrix {part} th button").evaluate_all("all => all.map(one => one.title)")
    return found


def focused(page: Page) -> str | None:
    found: str | None = page.evaluate("document.activeElement.getAttribute('aria-label')")
    return found


def test_a_cell_says_what_an_actor_holds_and_silence_says_so(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=matrix")
    assert ["Fishers’ Union", "Harbour Board", "Town Council"] == sorted(names(page, "tbody"))
    assert ["A deep-water harbour"] == names(page, "thead")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Harbour Board"))
    assert (
        "Harbour Board supports “A deep-water harbour”, since November 2025; "
        "Harbour Board pledges “A deep-water harbour” (toward Town Council), since 1 February 2026, "
        "If: The state grants a loan"
    ) == row.get_by_role("gridcell").get_attribute("aria-label")
    assert 2 == row.locator(".cell-mark").count()
    troops = show(*TROOPS, "#view=matrix")
    assert troops.get_by_role("gridcell", name="no record").count() > 800
    assert 1 == troops.get_by_role("gridcell", name="Italy declines “Multinational force").count()


def test_marks_differ_by_more_than_their_ink(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix")
    shapes = page.locator("#legend .sample .cell-mark").evaluate_all(
        "all => all.map(one => one.innerHTML.replace(/ class=\"(ink-[a-z]+)?( hollow)?\"/g, '$2'))"
    )
    assert len(shapes) > 9
    assert len(shapes) == len(set(shapes))


def test_arrows_walk_over_cells_and_headings_and_one_is_in_the_tab_order(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=matrix&sort=rows:name")
    assert 1 == page.locator("#panel-matrix table [tabindex='0']").count()
    page.locator("#panel-matrix table [tabindex='0']").focus()
    walk = []
    for key in (
        "ArrowDown",
        "ArrowUp",
        "ArrowLeft",
        "ArrowUp",
        "End",
        "ArrowUp",
        "ArrowLeft",
        "Control+End",
        "Control+Home",
    ):
        page.keyboard.press(key)
        walk.append((focused(page) or "").partition("”")[0])
    fishers = "Fishers’ Union opposes “A deep-water harbour"
    assert [
        "Harbour Board supports “A deep-water harbour",
        fishers,
        "Fishers’ Union, 1 position",
        "Fishers’ Union, 1 position",  # nothing stands in the corner
        fishers,
        "A deep-water harbour, 4 positions",
        "A deep-water harbour, 4 positions",
        "Town Council is open to “A deep-water harbour",
        fishers,
    ] == walk
    assert 1 == page.locator("#panel-matrix table [tabindex='0']").count()


def test_enter_opens_what_a_cell_holds_and_again_the_other_one(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=matrix&sort=rows:name")
    cell = page.get_by_role("gridcell", name=re.compile("^Harbour Board"))
    cell.focus()
    page.keyboard.press("Enter")
    assert "view=matrix&at=track/stance/harbour-board/harbour&sort=rows:name" == address(page)
    assert "true" == cell.get_attribute("aria-current")
    cell.focus()
    page.keyboard.press("Enter")
    assert "view=matrix&at=track/commitment/harbour-board/harbour&sort=rows:name" == address(page)
    page.go_back()
    assert "view=matrix&at=track/stance/harbour-board/harbour&sort=rows:name" == address(page)


def test_the_cell_of_what_is_chosen_is_marked_with_its_headings_and_in_sight(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, f"#view=matrix&at={ITALY}")
    assert ["Italy", "Multinational force in Ukraine after a ceasefire"] == sorted(
        page.locator("#panel-matrix th.chosen button").evaluate_all("all => all.map(one => one.title)")
    )
    cell = page.locator("#panel-matrix [aria-current]")
    assert 1 == cell.count()
    box, region = cell.bounding_box(), page.get_by_role("region", name="Matrix of actors and proposals").bounding_box()
    assert box is not None
    assert region is not None
    assert region["x"] < box["x"] < region["x"] + region["width"]
    assert region["y"] < box["y"] < region["y"] + region["height"]


def test_a_heading_chooses_and_orders_the_others_by_their_positions(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=matrix")
    usual = names(page, "tbody")
    heading = page.get_by_role("columnheader", name="A deep-water harbour")
    heading.get_by_role("button").click()
    assert "view=matrix&at=proposal/harbour&sort=column:proposal/harbour" == address(page)
    assert ["Harbour Board", "Town Council", "Fishers’ Union"] == names(page, "tbody")
    assert "descending" == heading.get_attribute("aria-sort")
    assert "Actors by their positions on A deep-water harbour, support first" == page.locator("#status").text_content()
    heading.get_by_role("button").click()
    assert ["Fishers’ Union", "Town Council", "Harbour Board"] == names(page, "tbody")
    assert "ascending" == heading.get_attribute("aria-sort")
    heading.get_by_role("button").click()
    assert usual == names(page, "tbody")
    assert "none" == heading.get_attribute("aria-sort")


def test_the_order_by_agreement_is_that_of_the_drawing_and_explained_beside_it(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix")
    nodes = data_on(page.content())["nodes"]
    columns = [nodes["columns"].index(name) for name in ("id", "at")]
    places = dict([row[column] for column in columns] for row in nodes["rows"])
    for part in ("tbody", "thead"):
        heads = page.locator(f"#panel-matrix {part} th")
        across = [places[key][0] for key in heads.evaluate_all("all => all.map((one) => one.dataset.key)")]
        assert len(across) > 10
        assert sorted(across) == across
    told = " ".join(page.locator("#reading [data-of]:visible").all_inner_texts())
    assert "By agreement, actors and proposals stand as in Positions from left to right" in told


def test_grids_and_tables_have_names(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix")
    assert 1 == page.get_by_role("grid", name="Positions of actors on proposals", exact=True).count()
    page.get_by_role("button", name="Agreement", exact=True).click()
    assert 1 == page.get_by_role("grid", name="Agreement of actors", exact=True).count()
    page.get_by_role("tab", name="Line-up").click()
    assert 1 == page.get_by_role("table", name="How it came to this", exact=True).count()


def test_rows_and_columns_are_ordered_by_name_or_number_and_the_address_keeps_it(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix&sort=-since")
    page.get_by_label("Order of actors").select_option(label="By name")
    page.get_by_label("Order of proposals").select_option(label="By number")
    assert "view=matrix&sort=-since,rows:name,columns:count" == address(page)
    assert sorted(names(page, "tbody"), key=str.casefold) == names(page, "tbody")
    counts = [int(text) for text in page.locator("#panel-matrix thead .count").all_text_contents()]
    assert sorted(counts, reverse=True) == counts
    page.get_by_label("Order of actors").select_option(label="By agreement")
    assert "view=matrix&sort=-since,columns:count" == address(page)


def test_the_page_of_what_is_chosen_is_turned_to(show: Callable[..., Page], tmp_path: Path) -> None:
    """A link to a position opened on the first page, where it is not."""
    file = crowd(tmp_path, actors=130, proposals=70)
    page = show(file, "2026-02-01", "#view=matrix&sort=rows:name,columns:title")
    for button in ("Next actors", "Next proposals"):
        page.get_by_role("button", name=button).click()
    page.locator(".cells td.held").last.click()
    label = page.locator(".cells td[aria-current]").get_attribute("aria-label")
    again = show(file, "2026-02-01", page.url[page.url.index("#") :])
    assert label == again.locator(".cells td[aria-current]").get_attribute("aria-label")
    assert again.get_by_text("Showing 41–80 of 130 actors").is_visible()
    assert again.get_by_text("Showing 49–70 of 70 proposals").is_visible()
    again.get_by_role("button", name="Previous actors").click()
    assert "Showing 40 of 130 actors" == again.locator("#status").text_content()
    assert 40 == len(names(again, "tbody")), "who turns on is not turned back"
    assert 0 == again.locator(".cells td[aria-current]").count()


def test_a_large_matrix_is_paged_both_ways(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(crowd(tmp_path, actors=130, proposals=70), "2026-02-01", "#view=matrix&sort=rows:name,columns:title")
    assert (40, 48) == (len(names(page, "tbody")), len(names(page, "thead")))
    assert page.get_by_text("Showing 40 of 130 actors").is_visible()
    assert page.get_by_text("Showing 48 of 70 proposals").is_visible()
    page.get_by_role("button", name="Next proposals").click()
    assert [f"Proposal {number:03}" for number in range(48, 70)] == names(page, "thead")
    assert "Showing 49–70 of 70 proposals" == page.locator("#status").text_content()
    assert page.get_by_role("button", name="Next proposals").is_disabled()
    page.get_by_role("button", name="Next actors").click()
    assert [f"Actor {number:03}" for number in range(40, 80)] == names(page, "tbody")
    page.get_by_role("button", name="Previous actors").click()
    assert "Actor 000" == names(page, "tbody")[0]


def test_a_page_of_few_actors_has_more_proposals(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix")
    assert (17, 63) == (len(names(page, "tbody")), len(names(page, "thead")))
    assert not page.get_by_role("button", name="Next proposals").is_visible()


def test_changes_bear_their_sign_and_what_is_gone_is_faint(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=matrix&base=2025-12-10&day=2026-03-10")
    fishers = page.get_by_role("gridcell", name=re.compile("^toward-opposition: Fishers’ Union"))
    assert ["↓"] == fishers.locator(".sign").all_text_contents()
    assert (2, 1) == (fishers.locator(".cell-mark").count(), fishers.locator(".gone .cell-mark").count())
    council = page.get_by_role("gridcell", name="ended: Town Council on “A deep-water harbour”: no longer open")
    assert ["−"] == council.locator(".sign").all_text_contents()
    assert 1 == council.locator(".gone").count()


def test_the_keyboard_keeps_its_place_when_the_order_changes(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix&sort=rows:name")
    page.get_by_role("gridcell", name="Italy declines").focus()
    page.evaluate("location.hash = 'view=matrix&sort=rows:count,columns:title'")
    page.wait_for_function("document.querySelector('#panel-matrix tbody button').title !== 'Baltic states'")
    assert "Italy declines" in (focused(page) or "")


def test_hostile_text_and_a_narrow_page_do_no_harm(show: Callable[..., Page]) -> None:
    page = show(*HOSTILE, "#view=matrix", width=360, height=700)
    assert page.get_by_role("gridcell").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && window.__pwned === undefined")
