"""The page beside the editor: it follows the files, keeps its state, and lists what is wrong until it is fixed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from accessibility import violations
from serving import Served

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 20_000
ENDS = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_INCOMPLETE")
"""What a browser complains of when the preview has ended: before a question, in the middle of it or of its answer."""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model that one may edit, in the current folder."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(ROOT / "examples/minimal.yaml", tmp_path / "model.yaml"))


@pytest.fixture
def served(model: Path) -> Iterator[Served]:
    served = Served(model, "--as-of", "2026-06")
    yield served
    served.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open an address; at the end nothing may have been asked of anybody else, and nothing complained."""
    complaints: list[str] = []
    asked: list[str] = []
    context = browser.new_context(reduced_motion="reduce")

    def visited(address: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield visited
    context.close()
    assert [] == [text for text in complaints if not any(end in text for end in ENDS)]
    assert [] == [url for url in asked if not url.startswith("http://127.0.0.1:")]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_saved_file_shows_at_once_and_the_state_stays(
    served: Served, model: Path, visit: Callable[[str], Page]
) -> None:
    page = visit(f"{served.address}#view=table&at=actor/fishers-union")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The new harbour", timeout=PATIENCE)
    page.get_by_role("tab", name="Matrix").click()
    edit(model, "title: The new harbour", "title: The old harbour")
    expect(heading).to_have_text("The old harbour", timeout=PATIENCE)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert page.url.startswith(f"{served.address}#view=matrix")
    expect(page.get_by_role("tab", name="Matrix")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#chosen")).to_contain_text("Fishers’ Union")


@pytest.mark.parametrize(
    ("role", "name"), [("heading", "Fishers’ Union"), ("link", re.compile("harbour")), ("button", "Copy citation")]
)
def test_who_reads_the_details_goes_on_where_the_page_loaded_itself(
    served: Served, model: Path, visit: Callable[[str], Page], role: Literal["heading", "link", "button"], name: str
) -> None:
    page = visit(f"{served.address}#view=table&at=actor/fishers-union")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    for _ in range(2):  # what unfolds brings other entries along
        page.locator("#chosen details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
    page.get_by_role("button", name="Filter").click()
    opened, at = (
        page.locator("#chosen details[open]").count(),
        page.locator("#chosen").get_by_role(role, name=name).first,
    )
    at.focus()
    page.locator("#details").evaluate("details => details.scrollTo(0, 120)")
    told = page.evaluate("document.activeElement.outerHTML")
    edit(model, "title: The new harbour", "title: The old harbour")
    expect(page.get_by_role("heading", level=1)).to_have_text("The old harbour", timeout=PATIENCE)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert told == page.evaluate("document.activeElement.outerHTML")
    assert opened == page.locator("#chosen details[open]").count() > 0
    assert 120 == page.locator("#details").evaluate("details => details.scrollTop")
    expect(page.get_by_role("button", name="Filter", exact=True)).to_have_attribute("aria-expanded", "true")


def test_what_has_the_keyboard_and_is_gone_leaves_it_to_the_heading(
    served: Served, model: Path, visit: Callable[[str], Page]
) -> None:
    page = visit(f"{served.address}#view=table&at=actor/fishers-union")
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    page.locator("#query").focus()
    edit(model, "title: The new harbour", "title: The old harbour")
    expect(page.get_by_role("heading", level=1)).to_have_text("The old harbour", timeout=PATIENCE)
    expect(page.locator("#query")).to_be_focused()
    page.get_by_role("heading", name="Fishers’ Union").focus()
    edit(model, "Fishers’ Union", "Union of Fishers")
    expect(page.get_by_role("heading", name="Union of Fishers", level=2)).to_be_focused(timeout=PATIENCE)


def test_problems_are_listed_and_go_when_they_are_fixed(
    served: Served, model: Path, visit: Callable[[str], Page]
) -> None:
    page = visit(served.address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    alert = page.get_by_role("alert")
    expect(alert).to_have_count(0)
    edit(model, "kind: person", "kind: pers, <b>: 1")
    expect(alert).to_be_visible(timeout=PATIENCE)
    expect(alert.get_by_role("heading")).to_have_text("2 problems in the model")
    items = alert.get_by_role("listitem")
    expect(items.nth(0)).to_have_text("model.yaml:10:35: AG014 kind 'pers' is not known (did you mean 'person'?)")
    expect(items.nth(1)).to_contain_text("model.yaml:10:41: AG011 unknown key '<b>'")
    expect(page.get_by_role("heading", level=1)).to_have_text("The new harbour")
    edit(model, "kind: pers, <b>: 1", "kind: person")
    expect(alert).to_have_count(0, timeout=PATIENCE)


def test_a_page_that_was_broken_from_the_first_comes(model: Path, visit: Callable[[str], Page]) -> None:
    edit(model, "kind: person", "kind: pers")
    served = Served(model)
    try:
        page = visit(f"{served.address}#view=table")
        expect(page.get_by_role("alert").get_by_role("listitem")).to_contain_text("AG014", timeout=PATIENCE)
        expect(page.get_by_role("heading", level=1)).to_have_text("No page yet")
        edit(model, "kind: pers", "kind: person")
        expect(page.get_by_role("heading", level=1)).to_have_text("The new harbour", timeout=PATIENCE)
        expect(page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("alert")).to_have_count(0)
    finally:
        served.close()


def test_the_end_of_the_preview_is_told(served: Served, visit: Callable[[str], Page]) -> None:
    page = visit(served.address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    expect(page.locator("#live-lost")).to_be_hidden()
    served.end()
    expect(page.get_by_role("status").filter(has_text="The preview has ended")).to_be_visible(timeout=PATIENCE)


def test_the_list_of_problems_can_be_used_by_all(served: Served, model: Path, visit: Callable[[str], Page]) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe missing")
    page = visit(served.address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    edit(model, "kind: person", "kind: pers")
    expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    assert "" == violations(page, "#live-problems")
