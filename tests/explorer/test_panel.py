"""Filters and assumptions on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from actorgraph import load, snapshot

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")


def shown(page: Page) -> int:
    """Return how many positions the panel says are shown."""
    return int(str(page.locator("#filters .clear").text_content()).split(" of ")[0])


@pytest.mark.parametrize(
    ("group", "choice"),
    [
        ("Kind of actor", "coalition"),
        ("Source", "RT"),
        ("Reliability of the source", "D, not usually reliable"),
        ("Credibility of the information", "3, possibly true"),
        ("Basis", "inferred"),
        ("Marked", "contested"),
        ("Depends on", "no condition"),
    ],
)
def test_each_filter_leaves_as_many_as_it_says(show: Callable[..., Page], group: str, choice: str) -> None:
    page = show(*SHIPPED)
    page.get_by_role("button", name="Filter").click()
    option = page.get_by_role("group", name=group).get_by_role("checkbox", name=re.compile(f"^{choice}"))
    label = option.locator("xpath=..")
    count = int(str(label.locator(".count").text_content()))
    option.check()
    assert count == shown(page)
    expect(option).to_be_focused()
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Filter (1)").click()
    assert count == shown(page)
    page.get_by_role("button", name="Clear all filters").click()
    assert 159 == shown(page)


def test_a_click_in_the_legend_is_no_filter_of_the_menu(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.locator("#legend").get_by_role("button", name="opposes").click()
    expect(page).to_have_url(re.compile("position="))
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_visible()
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("group", name="Kind of actor").get_by_role("checkbox", name=re.compile("^state")).check()
    page.get_by_role("group", name="Kind of actor").get_by_role("checkbox", name=re.compile("^coalition")).check()
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_a_count_is_on_one_line(show: Callable[..., Page], width: int) -> None:
    page = show(*SHIPPED, width=width)
    page.get_by_role("button", name="Filter").click()
    counts = page.locator("#filters .count")
    assert counts.count() > 20
    lines: list[int] = counts.evaluate_all("all => all.map(one => one.getClientRects().length)")
    heights: list[float] = counts.evaluate_all("all => all.map(one => one.offsetHeight)")
    assert {1} == set(lines)
    assert 1 == len(set(heights))


def test_the_choices_of_what_if_stand_in_line(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    page.get_by_role("button", name="What if").click()
    boxes = page.locator("#what-if .condition select").evaluate_all(
        "all => all.map(one => { const { x, y, width } = one.getBoundingClientRect(); return [x, y, width]; })"
    )
    across = len({box[0] for box in boxes})
    assert (3, 1) == (across, len({box[2] for box in boxes}))
    assert -(-len(boxes) // across) == len({box[1] for box in boxes}), "those of one line are at one height"


def test_an_assumption_makes_positions_unconditional_or_drops_them(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    expect(page.locator("#panel-table")).to_contain_text("If: ")
    page.get_by_role("button", name="What if").click()
    page.get_by_role("group", name="What if").get_by_label("loan").select_option(label="does not hold")
    expect(page.locator("#counts")).to_contain_text("3 positions")
    expect(page.locator("#date-notes")).to_contain_text("Assumed: not: ")
    expect(page).to_have_url(re.compile("assume=not:state-loan"))
    page.get_by_role("group", name="What if").get_by_label("loan").select_option(label="holds")
    expect(page.locator("#counts")).to_contain_text("4 positions")
    expect(page.locator("#panel-table")).not_to_contain_text("If: ")
    page.get_by_role("button", name="Clear what if").click()
    expect(page.locator("#panel-table")).to_contain_text("If: ")


def test_the_page_assumes_what_python_does(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&assume=ceasefire,not:us-backing")
    ledger = load(SHIPPED[0])
    rows = snapshot(ledger, as_of=SHIPPED[1], assume=["ceasefire", "not:us-backing"]).rows
    stated = sum(row.basis == "stated" for row in rows)
    expected = f"{stated} positions +{len(rows) - stated} by implication"
    expect(page.locator("#counts")).to_contain_text(expected)


def test_focus_shows_one_neighbourhood_in_every_view(show: Callable[..., Page]) -> None:
    ledger = load(SHIPPED[0])
    rows = snapshot(ledger, as_of=SHIPPED[1]).rows
    own = {row.proposal for row in rows if row.actor == "italy"}
    near = [row for row in rows if row.proposal in own]
    page = show(*SHIPPED, "#view=table&focus=actor/italy")
    expect(page.locator("#counts")).to_contain_text(f"{sum(row.actor == 'italy' for row in rows)} shown")
    page.goto(f"{page.url}&steps=2")
    expect(page.locator("#counts")).to_contain_text(f"{len(near)} shown")
