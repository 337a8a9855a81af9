"""How long a curator waits: from the save of a file until the new page, or the list of problems, stands in the browser.

The shipped model, served by the real command and watched in a real browser. `heard` is until the server tells of the
news, `shown` until the page says that it is ready again, or that the problem is listed.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT: Final = Path(__file__).parent.parent.parent
ROUNDS: Final = 7
READY: Final = "title => document.documentElement.dataset.ready && document.querySelector('h1').textContent === title"
LISTED: Final = "() => document.querySelector('#live-problems li')"
CLEAR: Final = "() => !document.querySelector('#live-problems li')"


def waits(folder: Path, served: Served, page: Page) -> dict[str, list[float]]:
    """Return the milliseconds of each wait."""
    file, news = folder / "graphs/ukraine-troops/model.yaml", served.news()
    sound = file.read_text(encoding="utf-8")
    waits: dict[str, list[float]] = {"page, heard": [], "page, shown": [], "problem, heard": [], "problem, shown": []}
    next(news)
    for number in range(ROUNDS):
        for text, kind, test, argument in (
            (sound.replace("Western troops", f"{number} troops"), "page", READY, f"{number} troops in Ukraine"),
            (f"{sound}typo:\n", "problem", LISTED, None),
        ):
            file.write_text(text, encoding="utf-8")
            begun = time.perf_counter()
            next(news)
            waits[f"{kind}, heard"].append((time.perf_counter() - begun) * 1000)
            page.wait_for_function(test, arg=argument)
            waits[f"{kind}, shown"].append((time.perf_counter() - begun) * 1000)
        file.write_text(sound, encoding="utf-8")
        next(news)
        page.wait_for_function(CLEAR)
        page.wait_for_function(READY, arg="Western troops in Ukraine")
    return waits


def main() -> None:
    """Measure and print."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium missing")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playing:
        folder = Path(name)
        for part in ("graphs", "seeds"):
            shutil.copytree(ROOT / part, folder / part)
        served = Served(folder / "graphs/ukraine-troops")
        browser = playing.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        page.goto(served.address)
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        for kind, times in waits(folder, served, page).items():
            print(f"{kind:16} {statistics.median(times):6.0f} ms (at most {max(times):.0f})")
        browser.close()
        served.close()


if __name__ == "__main__":
    main()
