"""How `export html` opens: every option of it, seen in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asking import ARTICLES, BRIDGE, ask

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def exported(show_file: Callable[..., Page], tmp_path: Path) -> Callable[..., Page]:
    """Export the shipped model by the command line, with these options, and open the file."""

    def opened(*options: str, fragment: str = "", **how: object) -> Page:
        file = tmp_path / "page.html"
        command = ["export", "html", *options, "-o", str(file)]
        if "--model" not in options:
            command += ["--model", "graphs/ukraine-troops"]
        assert 0 == ask(*command).exit_code
        return show_file(file, fragment, **how)

    return opened


def test_as_of(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2025-06")
    expect(page.locator("#as-of")).to_have_text("As of 30 June 2025")
    assert "" == page.evaluate("location.hash")


def test_compare(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2026-01-10", "--compare", "2025-12-01")
    expect(page.locator("#as-of")).to_have_text("From 1 December 2025 to 10 January 2026")
    expect(page.get_by_role("button", name="Compare")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#as-of")).to_have_text("As of 10 January 2026")
    assert "#base=" == page.evaluate("location.hash")
    page.reload()
    expect(page.locator("#as-of")).to_have_text("As of 10 January 2026")


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("view", ["lineup", "positions", "actors", "matrix", "table", "timeline"])
def test_view(exported: Callable[..., Page], view: str) -> None:
    page = exported("--as-of", "2026-01-10", "--view", view)
    expect(page.get_by_role("tab", selected=True)).to_have_text({"lineup": "Line-up"}.get(view, view.capitalize()))
    expect(page.get_by_role("tabpanel")).to_be_visible()


def test_focus(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2026-01-10", "--focus", "rome", "--view", "table")
    expect(page.locator("#chosen h2")).to_have_text("Italy")
    actors = page.locator("#rows tr > :first-child").all_inner_texts()
    assert {"Italy"} == {name.strip() for name in actors}


def test_title(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2026-01-10", "--title", "Who would go? <b>")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who would go? <b>")
    expect(page).to_have_title("Who would go? <b> | As of 10 January 2026")


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(("theme", "paper"), [("dark", "rgb(21, 23, 26)"), ("light", "rgb(253, 252, 249)")])
def test_theme(exported: Callable[..., Page], theme: str, paper: str) -> None:
    other = "light" if theme == "dark" else "dark"
    page = exported("--as-of", "2026-01-10", "--theme", theme, color_scheme=other)
    expect(page.locator("body")).to_have_css("background-color", paper)
    expect(page.get_by_label("Theme")).to_have_value(theme)


def test_embed(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2026-01-10", "--embed", width=600, height=400)
    expect(page.locator(".question")).to_be_visible()
    for part in ("#search", "#views", "#menus", "#time"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.get_by_role("link", name="Open the whole page")).to_be_visible()


def test_assume_and_known_by(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2026-01-10", "--assume", "ceasefire", "--known-by", "2025-12-31")
    expect(page.locator("#date-notes")).to_contain_text("Known by 31 December 2025")
    expect(page.locator("#date-notes")).to_contain_text("Assumed: A ceasefire is in force.")
    page.get_by_role("button", name="What if").click()
    expect(page.locator("#known-by option")).to_have_count(11)


def test_documents(exported: Callable[..., Page]) -> None:
    page = exported("--as-of", "2021-06", *BRIDGE, fragment="#at=track/stance/kelmark/bridge")
    page.locator("#chosen summary").get_by_text("Cited lines").first.click()
    lines = page.locator("#chosen .passage[open] li")
    expect(lines.first).to_be_visible()
    shown = [line.strip() for line in lines.all_inner_texts()]
    files = (ARTICLES / "documents").glob("*.txt")
    written = {line.strip() for file in files for line in file.read_text("utf-8").splitlines()}
    assert shown
    assert set(shown) <= written


def test_a_view_is_announced_by_the_name_of_its_tab(show: Callable[..., Page]) -> None:
    page = show("examples/minimal.yaml", "2026-02-15", "#view=table")
    for name in ("Line-up", "Matrix", "Timeline"):
        page.get_by_role("tab", name=name).click()
        assert f"{name} view" == page.locator("#status").text_content()
