"""How long the page takes to open, and how smoothly it pans: the shipped model's, and one of 20,000 nodes.

Each page is opened from disk in a browser of its own. `opens` is from navigation until the first picture stands (the
first frame after the page says that it is ready), `frames` how many a second there are while a mouse drags the
drawing. A page without data, in the same run, tells how much of it is the browser's own.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from actorgraph import load
from actorgraph.explorer.html import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SWITCHES: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROUNDS: Final = 5
EMPTY: Final = "<!doctype html><html lang=en data-ready=yes><title>Nothing</title><p>Nothing"

FIRST_PICTURE: Final = """() => new Promise((done) => {
  const wait = () => document.documentElement.dataset.ready
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
    : setTimeout(wait, 5);
  wait();
})"""
COUNT: Final = """() => {
  window.frames_ = [];
  const count = (now) => { window.frames_.push(now); window.counting_ = requestAnimationFrame(count); };
  window.counting_ = requestAnimationFrame(count);
}"""
COUNTED: Final = """() => {
  cancelAnimationFrame(window.counting_);
  const [first, last] = [window.frames_[0], window.frames_[window.frames_.length - 1]];
  return (window.frames_.length - 1) * 1000 / (last - first);
}"""


def large(actors: int = 14_000, proposals: int = 6_000, stances: int = 60_000) -> str:
    """Return a model with so many nodes, and as many positions in force on one day."""
    chance = random.Random(1)  # noqa: S311 - no secret, but the same model every time
    pairs: dict[tuple[int, int], None] = {}
    for number in range(actors):
        pairs[number, chance.randrange(proposals)] = None
    for number in range(proposals):
        pairs[chance.randrange(actors), number] = None
    while len(pairs) < stances:  # few proposals draw many
        pairs[chance.randrange(actors), int(proposals * chance.random() ** 2)] = None
    words = ("supports", "supports", "open", "neutral", "opposes")
    lines = ["model: {id: large, title: A large model}", "actors:"]
    lines += [f"  a{number}: {{name: Actor number {number}, kind: organisation}}" for number in range(actors)]
    lines.append("proposals:")
    lines += [f"  p{number}: {{title: Proposal number {number} of many}}" for number in range(proposals)]
    lines.append("sources:")
    lines += [
        f"  s{number}: {{title: Report {number}, publisher: Daily, published: {2016 + number % 10}-06-01}}"
        for number in range(200)
    ]
    lines.append("stances:")
    lines += [
        f"  - {{actor: a{actor}, position: {chance.choice(words)}, proposal: p{proposal}, "
        f"date: {2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}, "
        f"evidence: [{{source: s{chance.randrange(200)}, lines: {number % 90 + 1}, credibility: 2}}]}}"
        for number, (actor, proposal) in enumerate(pairs)
    ]
    return "\n".join(lines) + "\n"


def opened(browser: Browser, file: Path, fragment: str = "") -> tuple[Page, float]:
    """Open a page, and return it with how many milliseconds passed until its first picture."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{file.as_uri()}{fragment}")
    return page, float(page.evaluate(FIRST_PICTURE))


def frames(page: Page, seconds: float = 3.0) -> float:
    """Return how many frames a second there are while the drawing is dragged about."""
    box = page.locator("#drawing canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 37, y + 61)
    page.mouse.down()
    page.evaluate(COUNT)
    end, turn = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        turn += 1
        page.mouse.move(x + 37 + 150 * ((turn % 40) / 20 - 1), y + 61 + 80 * ((turn % 26) / 13 - 1))
    counted = float(page.evaluate(COUNTED))
    page.mouse.up()
    return counted


def main() -> None:
    """Print a table: file size, time to the first picture, and frames a second."""
    if len(sys.argv) > 1:
        sys.exit("no arguments are taken")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playing:
        place = Path(folder)
        browser = playing.chromium.launch(executable_path=shutil.which("chromium"), args=list(SWITCHES))
        (place / "empty.html").write_text(EMPTY, encoding="utf-8")
        (place / "large.yaml").write_text(large(), encoding="utf-8")
        made = {}
        for name, path, day in (
            ("shipped", "graphs/ukraine-troops", "2026-01-10"),
            ("large", place / "large.yaml", "2026"),
        ):
            ledger = load(path)
            begun = time.perf_counter()
            (place / f"{name}.html").write_text(to_html(ledger, as_of=day), encoding="utf-8")
            made[name] = time.perf_counter() - begun
        cases = {
            "empty": ("empty", ""),
            "shipped": ("shipped", ""),
            "shipped, actors": ("shipped", "#view=actors"),
            "large": ("large", ""),
            "large, matrix": ("large", "#view=matrix"),
            "large, positions": ("large", "#view=positions&at=proposal/p0"),
            "large, actors": ("large", "#view=actors"),
        }
        print(f"{'page':<20}{'written s':>10}{'MB':>8}{'opens ms':>10}{'frames/s':>10}")
        for name, (file, fragment) in cases.items():
            times, rates = [], []
            for _ in range(ROUNDS):
                page, took = opened(browser, place / f"{file}.html", fragment)
                times.append(took)
                if page.locator("#drawing canvas").is_visible():
                    rates.append(frames(page))
                page.close()
            size = (place / f"{file}.html").stat().st_size / 1e6
            rate = f"{statistics.median(rates):.0f}" if rates else "–"
            written = f"{made[file]:.1f}" if file in made else "–"
            print(f"{name:<20}{written:>10}{size:>8.2f}{statistics.median(times):>10.0f}{rate:>10}")
        browser.close()


if __name__ == "__main__":
    main()
