"""How long the page takes to write, to open, to change its view and its day, and how smoothly it pans.

Three models: the shipped one, one of 500 actors and 5,000 stances, and one of 20,000 nodes and 60,000. Each page is
opened from disk in a browser of its own. `opens` is from navigation until the first picture stands (the first frame
after the page says that it is ready), `tab` from the choice of a view, and `step` from a step of the slider, until
what is shown is laid out; `frames` is how many a second there are while a mouse drags the drawing. A page without data,
in the same run, tells how much of it is the browser's own; with `--beside COMMIT`, the pages that an earlier commit
writes of the same models are measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

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
ROUNDS: Final = 3
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

TAB: Final = """(view) => new Promise((done) => {
  const begun = performance.now();
  const told = () => { document.body.offsetHeight; done(performance.now() - begun); };
  addEventListener("hashchange", told, { once: true });
  location.hash = `view=${view}`;
})"""
STEPS: Final = """() => {
  const slider = document.getElementById("day-slider");
  const most = Number(slider.max);
  return Array.from({ length: Math.min(10, most) }, (_, number) => {
    slider.value = String(Math.round(most * (0.9 - number / 20)));
    const begun = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.offsetHeight;
    return performance.now() - begun;
  });
}"""
VIEWS: Final = ("lineup", "positions", "actors", "matrix", "table", "timeline")


def large(actors: int = 14_000, proposals: int = 6_000, stances: int = 48_000) -> str:
    """Return a model with so many nodes, and as many positions in force on one day: hardly more go on a page."""
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
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{file.as_uri()}{fragment}")
    return page, float(page.evaluate(FIRST_PICTURE))


def frames(page: Page, seconds: float = 2.0) -> float | None:
    """Return how many frames a second there are while the drawing is dragged about; None where nothing is drawn."""
    canvas = page.locator("#drawing canvas")
    box = canvas.bounding_box() if canvas.is_visible() else None
    if box is None:
        return None
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


def written(tree: Path, model: Path, day: str, to: Path) -> float:
    """Write a model's page as a tree of the project does, and return the seconds of the command, load and all."""
    command = [sys.executable, "-m", "actorgraph", "export", "html", "-m", str(model), "--as-of", day, "-o", str(to)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=tree, env=environment | {"PYTHONPATH": str(tree)})
    return time.perf_counter() - begun


def looked_at(browser: Browser, file: Path, view: str) -> tuple[float, float, float | None]:
    """Return how long a page takes to change to a view and to make a step in it, in ms, and its frames a second."""
    tabs, steps, rates = [], [], []
    for _ in range(ROUNDS):
        page, _ = opened(browser, file, f"#view={'table' if view != 'table' else 'matrix'}")
        tabs.append(float(page.evaluate(TAB, view)))
        page.evaluate(STEPS)  # what is made once is made
        steps.append(statistics.median(page.evaluate(STEPS)))
        if view in ("positions", "actors"):
            rates.append(frames(page))
        page.close()
    seen = [rate for rate in rates if rate is not None]
    return statistics.median(tabs), statistics.median(steps), statistics.median(seen) if seen else None


def reported(browser: Browser, name: str, tree: Path, place: Path, models: dict[str, tuple[Path, str]]) -> None:
    """Print the figures of the pages that one tree writes."""
    old = not (tree / "actorgraph/explorer/js/lineup.js").exists()
    print(f"\n{name}")
    print(f"{'page':<10}{'written s':>10}{'MB':>7}{'opens ms':>10}", end="  ")
    print(f"{'view':<11}{'tab ms':>8}{'step ms':>9}{'frames/s':>10}")
    for model, (path, day) in models.items():
        file = place / f"{model}.html"
        seconds = written(tree, path, day, file)
        times = []
        for _ in range(ROUNDS):
            page, took = opened(browser, file)
            times.append(took)
            page.close()
        about = f"{model:<10}{seconds:>10.1f}{file.stat().st_size / 1e6:>7.2f}{statistics.median(times):>10.0f}"
        for view in VIEWS[old:]:
            tab, step, rate = looked_at(browser, file, view)
            print(
                f"{about:<37}  {view:<11}{tab:>8.0f}{step:>9.0f}{'–' if rate is None else f'{rate:.0f}':>10}",
                flush=True,
            )
            about = ""


def main() -> None:
    """Print a table for this tree, and one for the commit beside which it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", metavar="COMMIT", help="a commit whose pages are measured in the same run")
    beside = parser.parse_args().beside
    here = Path(__file__).parent.parent.parent
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playing:
        place = Path(folder)
        browser = playing.chromium.launch(executable_path=shutil.which("chromium"), args=list(SWITCHES))
        (place / "empty.html").write_text(EMPTY, encoding="utf-8")
        (place / "middling.yaml").write_text(large(500, 200, 5_000), encoding="utf-8")
        (place / "large.yaml").write_text(large(), encoding="utf-8")
        models = {
            "shipped": (here / "graphs/ukraine-troops", "2026-01-10"),
            "middling": (place / "middling.yaml", "2026"),
            "large": (place / "large.yaml", "2026"),
        }
        page, took = opened(browser, place / "empty.html")
        page.close()
        print(f"a page without data opens in {took:.0f} ms")
        reported(browser, "this tree", here, place, models)
        if beside:
            tree = place / "beside"
            subprocess.run(["git", "-C", here, "worktree", "add", "--quiet", "--detach", tree, beside], check=True)
            try:
                models["shipped"] = (tree / "graphs/ukraine-troops", "2026-01-10")  # as it was read then
                reported(browser, beside, tree, place, models)
            finally:
                subprocess.run(["git", "-C", here, "worktree", "remove", "--force", tree], check=True)
        browser.close()


if __name__ == "__main__":
    main()
