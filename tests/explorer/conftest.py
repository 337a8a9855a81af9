"""What all tests of the page share: a browser, and a page opened from disk that must ask for nothing."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from actorgraph.explorer.html import Opening, to_html
from actorgraph.ledger.editions import editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

AS_IT_IS = Opening(view="positions")
"""Most tests look at the drawing, or name a view in the address; those of the first view open it as it is."""
PATIENCE = 20_000
"""How long a test waits for what is to come, in milliseconds: a busy machine is slow, and no test measures time."""
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def html(path: str | Path, as_of: str, opening: Opening) -> str:
    """Return a model's page; most tests look at one of a few."""
    *earlier, ledger = editions(path)
    return to_html(ledger, as_of=as_of, opening=opening, earlier=earlier)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which `make test` installs where it may: without its windows, where it comes so, too.

    Both draw the same; a page opens in half the time (measured) where no window is thought of.
    """
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium missing")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright missing")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def show_file(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page from disk, offline; at the end nothing may have been asked for, and nothing complained."""
    complaints: list[str] = []
    requests: list[str] = []
    contexts = []

    def opened(
        file: Path, fragment: str = "", *, width: int = 1280, height: int = 900, tools: bool = True, **how: object
    ) -> Page:
        """Open a page; on a narrow one the tools are unfolded, unless it is to be as its reader finds it."""
        how = {"reduced_motion": "reduce", "offline": True, **how}
        context = browser.new_context(viewport={"width": width, "height": height}, **how)  # type: ignore[arg-type]
        contexts.append(context)
        # The page itself, and what it makes itself (a picture to download), ask nobody.
        own = (file.as_uri(), "blob:")
        context.on("request", lambda request: requests.extend([request.url] * (not request.url.startswith(own))))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("popup", lambda popup: complaints.append(f"popup: {popup.url}"))
        page.goto(f"{file.as_uri()}{fragment}")
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        if tools and page.locator("#more-tools").is_visible():
            page.locator("#more-tools").click()
            page.evaluate("document.activeElement.blur()")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
    assert requests == []


@pytest.fixture
def show(show_file: Callable[..., Page], tmp_path: Path) -> Callable[..., Page]:
    """Open a model's page as of a day: show(path, as_of, "#view=table", opening=Opening(…), width=360, …)."""

    def opened(path: str | Path, as_of: str, fragment: str = "", *, opening: Opening = AS_IT_IS, **how: object) -> Page:
        file = tmp_path / "page.html"
        file.write_text(html(path, as_of, opening), encoding="utf-8")
        return show_file(file, fragment, **how)

    return opened
