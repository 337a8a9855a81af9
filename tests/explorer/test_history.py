"""The back button: every step is taken back, what goes on and on is one step, and no step leaves the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages import address

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHIPPED = ("graphs/ukraine-troops", "2026-01-10")


def legend(page: Page) -> None:
    page.locator("#legend").get_by_role("button", name="opposes").click()


def layer(page: Page) -> None:
    page.get_by_role("button", name="speakers").click()


def filtering(page: Page) -> None:
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("group", name="Kind of actor").get_by_role("checkbox", name="coalition").check()


def assumption(page: Page) -> None:
    page.get_by_role("button", name="What if").click()
    page.get_by_label("A ceasefire is in force").select_option("holds")


def text(page: Page) -> None:
    page.get_by_label("Rows that contain").press_sequentially("ukraine")


def sort(page: Page) -> None:
    page.get_by_role("columnheader", name="Since").get_by_role("button").click()


def order(page: Page) -> None:
    page.get_by_label("Order of actors").select_option("By name")


def drag(page: Page) -> None:
    box = page.get_by_role("slider", name="Day").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()


def axis(page: Page) -> None:
    box = page.locator(".timeline-axis").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] - 8
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=8)
    page.mouse.up()


def keys(page: Page) -> None:
    page.get_by_role("slider", name="Day").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")


def a_change_earlier(page: Page) -> None:
    page.get_by_role("button", name="A change earlier").click()


def theme(page: Page) -> None:
    page.get_by_label("Theme").select_option("Dark")


@pytest.mark.first_cases(3)
@pytest.mark.parametrize(
    ("view", "act"),
    [
        ("positions", legend),
        ("actors", layer),
        ("table", filtering),
        ("positions", assumption),
        ("table", text),
        ("table", sort),
        ("matrix", order),
        ("positions", drag),
        ("timeline", axis),
        ("positions", keys),
        ("positions", a_change_earlier),
        ("positions", theme),
    ],
)
def test_back_returns_to_the_state_before(show: Callable[..., Page], view: str, act: Callable[[Page], None]) -> None:
    page = show(*SHIPPED, f"#view={view}")
    opened = address(page)
    act(page)
    done = address(page)
    assert done != opened
    page.go_back()
    assert opened == address(page)
    expect(page.locator("#as-of")).to_have_text("As of 10 January 2026")
    page.go_forward()
    assert done == address(page)


def test_two_of_a_kind_with_something_between_are_two_steps(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table")
    drag(page)
    halfway = address(page)
    text(page)
    page.get_by_role("slider", name="Day").press("Home")
    page.go_back()
    assert f"{halfway}&text=ukraine" == address(page)
    page.go_back()
    assert halfway == address(page)
    page.go_back()
    assert "view=table" == address(page)
    drag(page)
    drag(page)
    page.go_back()
    page.go_back()
    assert "view=table" == address(page), "each drag is a step of its own"


def test_time_that_passes_by_itself_is_one_step_and_back_stops_it(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&day=2024-01-01")
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(6000)
    assert "day=2024-01-01" not in address(page)
    page.go_back()
    assert "view=table&day=2024-01-01" == address(page)
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")
    page.clock.run_for(6000)
    assert "view=table&day=2024-01-01" == address(page)
