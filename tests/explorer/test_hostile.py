"""A hostile model: in every view, and in all that the page can be asked for, its text stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HOSTILE = ("tests/hostile/hostile.yaml", "2026-01-10")
STRANGERS = "img, iframe, object, embed, video, math, form, base, link, marquee, main style, main script"


def is_inert(page: Page) -> None:
    """Assert that nothing a model holds has run or become markup."""
    assert page.evaluate("window.__pwned") is None
    assert 0 == page.locator(STRANGERS).count()
    assert 3 == page.locator("script").count()
    assert 1 == page.locator("style").count()
    names = page.evaluate("[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())")
    assert [] == [name for name in names if name.startswith("on")]
    hrefs = page.evaluate("[...document.querySelectorAll('main a')].map((one) => one.protocol)")
    assert set(hrefs) <= {"https:", "http:", "mailto:", "file:"}


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("view", ["lineup", "positions", "actors", "matrix", "table", "timeline"])
@pytest.mark.parametrize("more", ["", "&base=2020-01-01", "&embed=yes"])
def test_every_view_is_inert(show: Callable[..., Page], view: str, more: str) -> None:
    page = show(*HOSTILE, f"#view={view}{more}")
    is_inert(page)
    panel = page.get_by_role("tabpanel")
    for number in range(12):
        button = panel.get_by_role("button").nth(number)
        if number < panel.get_by_role("button").count() and button.is_enabled() and button.is_visible():
            # A mark of the drawing is a button for the keyboard; the mouse finds it on the canvas.
            if button.get_attribute("data-mark"):
                button.press("Enter")
            else:
                button.click()
            is_inert(page)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("width", [360, 768, 1600])
def test_nothing_hangs_over_the_side(show: Callable[..., Page], width: int) -> None:
    page = show(*HOSTILE, "#view=table", width=width, height=760)
    for row in page.locator("#rows button").all()[:20]:
        row.click()
        assert width >= page.evaluate("document.documentElement.scrollWidth")
    for view in ("positions", "matrix", "timeline"):
        page.get_by_role("tab", name=view.capitalize()).click()
        assert width >= page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize(
    "fragment",
    [
        "#view=<script>window.__pwned=1</script>",
        "#at=actor/__proto__&focus=constructor&steps=99&day=2026-99-99",
        "#only=x&position=__proto__,%22%3E%3Cimg%20src=x%20onerror=window.__pwned=1%3E",
        "#text=%3Cimg%20src%3Dx%20onerror%3Dwindow.__pwned%3D1%3E&view=table",
        "#story=nobody&known=1999&assume=not:,not:not:x&sort=toString&theme=neon",
        "#%E0%A4%A",
    ],
)
def test_an_address_may_say_anything(show: Callable[..., Page], fragment: str) -> None:
    page = show(*HOSTILE, fragment)
    expect(page.get_by_role("tab", selected=True)).to_be_visible()
    is_inert(page)


def test_filters_and_story_are_inert(show: Callable[..., Page]) -> None:
    page = show(*HOSTILE)
    for name in ("Filter", "What if", "Take away"):
        if page.get_by_role("button", name=name).count():
            page.get_by_role("button", name=name).click()
            is_inert(page)
    if page.get_by_role("button", name="Story").count():
        page.get_by_role("button", name="Story").click()
        is_inert(page)
