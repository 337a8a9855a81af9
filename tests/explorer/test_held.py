"""Who uses the keyboard keeps it, whatever is pressed: it goes to what is nearest where it cannot stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages import crowd

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

SHIPPED = ("graphs/ukraine-troops", "2026-01-10")
PAGERS = [
    ("timeline", ".timeline-tools", "Next", "Previous"),
    ("table", ".table-tools", "Next positions", "Previous positions"),
    ("matrix", ".matrix-tools", "Next proposals", "Previous proposals"),
]


def press(button: Locator) -> None:
    button.focus()
    button.press("Enter")


@pytest.mark.parametrize(("view", "part", "on", "back"), PAGERS, ids=[view for view, *_ in PAGERS])
def test_a_pager_that_ends_hands_the_keyboard_to_its_other_button(
    show: Callable[..., Page], tmp_path: Path, view: str, part: str, on: str, back: str
) -> None:
    page = show(crowd(tmp_path, actors=90, proposals=60), "2026-02-01", f"#view={view}")
    forward = page.locator(part).get_by_role("button", name=on, exact=True)
    backward = page.locator(part).get_by_role("button", name=back, exact=True)
    forward.focus()
    while forward.is_enabled():
        page.keyboard.press("Enter")
        expect(page.locator("button:focus")).to_have_count(1)
    expect(backward).to_be_focused()


def test_the_first_and_the_last_day_keep_the_keyboard(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    earlier, later = (page.get_by_role("button", name=f"A change {where}") for where in ("earlier", "later"))
    page.get_by_label("Day", exact=True).press("Home")
    page.get_by_label("Day", exact=True).press("ArrowRight")
    press(earlier)
    expect(earlier).to_be_disabled()
    expect(later).to_be_focused()
    page.get_by_label("Day", exact=True).press("End")
    page.get_by_label("Day", exact=True).press("ArrowLeft")
    press(later)
    expect(later).to_be_disabled()
    expect(earlier).to_be_focused()


def test_a_position_that_leaves_the_legend_hands_the_keyboard_to_its_neighbour(show: Callable[..., Page]) -> None:
    """What is drawn nowhere stands in the legend of a drawing only while it is hidden."""
    others = "supports,open,sceptical,opposes,declines,considers,pledges,allocates,delivers,threatens"
    page = show(*SHIPPED, f"#view=positions&position={others}")
    legend = page.locator("#legend")
    press(legend.get_by_role("button", name="withdraws"))
    expect(legend.get_by_role("button", name="withdraws")).to_be_hidden()
    expect(legend.locator("button:focus")).to_be_visible()


def test_a_legend_without_positions_hands_the_keyboard_to_the_drawing(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=positions&position=withdraws&source=rt-2025-05-28&day=2024-11-22")
    press(page.locator("#legend").get_by_role("button", name="opposes"))
    expect(page.locator(":focus")).to_be_visible()
    assert "BODY" != page.evaluate("document.activeElement.tagName")


@pytest.mark.parametrize("view", ["lineup", "positions", "matrix", "table"])
def test_who_closes_the_details_of_a_link_goes_on_in_the_view(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}&at=track/commitment/italy/multinational-force")
    press(page.locator("#chosen").get_by_role("button", name="Close"))
    expect(page.locator("#chosen")).to_be_hidden()
    expect(page.get_by_role("tabpanel")).to_be_focused()


def test_who_closes_what_was_chosen_in_a_menu_goes_on_in_the_view(show: Callable[..., Page]) -> None:
    """The menu closes behind the choice, and the keyboard cannot go back into it."""
    page = show(*SHIPPED, "#view=table")
    press(page.get_by_role("button", name="Sources", exact=True))
    press(page.locator(".source-list a").nth(2))
    page.get_by_role("button", name="Filter", exact=True).click()
    press(page.locator("#chosen").get_by_role("button", name="Close"))
    expect(page.locator("#panel-table")).to_be_focused()


@pytest.mark.parametrize("part", [".timeline-marks", ".timeline-events"])
def test_an_event_of_the_timeline_keeps_the_keyboard(show: Callable[..., Page], part: str) -> None:
    """Its chapter compares two days, and where filters ask for the day the tracks are drawn anew."""
    page = show(*SHIPPED, "#view=timeline&base=2025-12-01&change=added,ended,reversed")
    press(page.locator(f"{part} button").nth(3))
    expect(page.locator("#changes h2").first).to_be_visible()
    expect(page.locator(f"{part} button").nth(3)).to_be_focused()


def test_a_link_from_details_to_a_line_up_takes_the_keyboard_along(show: Callable[..., Page]) -> None:
    page = show("examples/minimal.yaml", "2026-02-15", "#view=lineup&at=record/fishers-union.harbour.2026-01-15")
    page.locator("#chosen a[data-at='actor/fishers-union']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-lineup .question")).to_be_focused()
