"""The drawing: marks and lines under the pointer, moving and zooming, themes, and how much is drawn at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from actorgraph import load, snapshot
from actorgraph.explorer.html import Opening

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import FloatRect, Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")

HAS_PIXEL = """([red, green, blue]) => {
  const canvas = document.querySelector("#drawing canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) return true;
  }
  return false;
}"""


def area(page: Page) -> FloatRect:
    """Return where the drawing stands on screen."""
    box = page.locator("#drawing canvas").bounding_box()
    assert box is not None
    return box


def found(page: Page, *, line: bool) -> tuple[float, float]:
    """Return a point of a line, which tells what it is, or of a mark, which does not, by feeling for one."""
    box = area(page)
    for down in range(6, int(box["height"]), 12):
        for across in range(6, int(box["width"]), 9):
            page.mouse.move(box["x"] + across, box["y"] + down)
            told = page.evaluate(
                "(({ classList, title }) => classList.contains('on-something') ? title : null)(drawing)"
            )
            if told is not None and bool(told) == line:
                return box["x"] + across, box["y"] + down
    raise AssertionError("nothing is under the pointer anywhere")


SETTLED = """async () => {
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  const canvas = document.querySelector("#drawing canvas");
  for (let now = "", before = null; ; before = now) {
    await frame();
    await frame();
    now = canvas.toDataURL();
    if (now === before) return now;
  }
}"""


def picture(page: Page) -> str:
    """Return what the canvas shows when it has come to rest, to be compared."""
    return str(page.evaluate(SETTLED))


def after(page: Page, before: str) -> str:
    """Return what the canvas shows as soon as it shows something else."""
    page.wait_for_function("(before) => document.querySelector('#drawing canvas').toDataURL() !== before", arg=before)
    return picture(page)


def test_a_mark_opens_its_details_and_the_paper_closes_them(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, width=1000, height=600)
    page.mouse.click(*found(page, line=False))
    expect(page.locator("#chosen h2")).to_be_visible()
    expect(page).to_have_url(re.compile("at=(actor|proposal)/"))
    box = area(page)
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    expect(page.locator("#reading")).to_be_visible()
    page.go_back()
    expect(page.locator("#chosen h2")).to_be_visible()


def test_a_line_tells_what_it_is_and_opens_its_records(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, width=1000, height=600)
    x, y = found(page, line=True)
    told = str(page.locator("#drawing").get_attribute("title"))
    page.mouse.click(x, y)
    expect(page.locator("#chosen h2")).to_have_text(told)
    expect(page.locator("#chosen .evidence").first).to_be_visible()


def test_it_is_dragged_and_zoomed_and_shown_whole_again(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    whole = picture(page)
    box = area(page)
    x, y = box["x"] + 5, box["y"] + 5
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 60, steps=4)
    page.mouse.up()
    dragged = after(page, whole)
    page.get_by_role("button", name="Zoom in").click()
    zoomed = after(page, dragged)
    page.get_by_role("button", name="Show all").click()
    assert after(page, zoomed) not in (dragged, zoomed)


@pytest.mark.parametrize("view", ["positions", "actors"])
def test_a_link_shows_what_is_chosen_as_choosing_it_does(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}")
    whole = picture(page)
    page.evaluate(f"location.hash = 'view={view}&at=actor/germany'")
    looked_at = after(page, whole)
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert looked_at == picture(page)
    page.get_by_role("button", name="Show all").click()
    assert looked_at != after(page, looked_at)


def test_a_wheel_moves_the_page_and_zooms_only_with_ctrl(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, height=500)
    box = area(page)
    before = picture(page)
    page.mouse.move(box["x"] + 5, box["y"] + 40)
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => scrollY > 0")
    assert before == picture(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    assert before != after(page, before)


def test_the_slider_is_dragged_through_time(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    box = page.get_by_role("slider", name="Day").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    expect(page.locator("#as-of")).to_have_text(re.compile("As of .* 2025"))
    expect(page).to_have_url(re.compile("day=2025-"))


def test_it_follows_the_theme(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, color_scheme="dark")
    page.wait_for_function(HAS_PIXEL, arg=[0xEC, 0xEB, 0xE6])  # a mark in the ink of the dark scheme
    page.emulate_media(color_scheme="light")
    page.wait_for_function(HAS_PIXEL, arg=[0x1B, 0x1B, 0x1A])
    page.get_by_label("Theme").select_option("dark")
    page.wait_for_function(HAS_PIXEL, arg=[0xEC, 0xEB, 0xE6])


def test_the_actors_are_drawn_among_themselves(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=actors")
    label = page.get_by_role("img", name=re.compile("actors"))
    expect(label).to_have_attribute("aria-label", re.compile(r"^\d+ actors, 0 proposals, \d+ lines"))
    before = str(label.get_attribute("aria-label"))
    page.get_by_role("button", name="speakers").click()
    expect(label).not_to_have_attribute("aria-label", before)


MANY = """
model: {id: many, title: Many}
actors:
%s
proposals:
%s
sources: {daily: {title: On plans, publisher: Daily, published: 2025-06-02}}
stances:
%s
"""


def test_a_large_model_opens_with_its_line_up_and_draws_what_is_near(show: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    stances = [
        f"  - {{actor: a{actor}, position: supports, proposal: p{actor % count}, date: 2025-01-01, "
        "evidence: [{source: daily, lines: 1}]}"
        for actor in range(700)
        for count in (7, 97)
        if count == 97 or actor % 97 != actor % 7
    ]
    actors = "\n".join(f"  a{number}: {{name: Actor {number}, kind: state}}" for number in range(700))
    proposals = "\n".join(f"  p{number}: {{title: Plan {number}}}" for number in range(97))
    path.write_text(MANY % (actors, proposals, "\n".join(stances)), "utf-8")
    page = show(path, "2026-01-01", opening=Opening())
    expect(page.get_by_role("tab", selected=True)).to_have_text("Line-up")
    page.get_by_role("tab", name="Positions").click()
    expect(page.locator("#drawn")).to_contain_text("797 actors and proposals are too many for one drawing.")
    page.get_by_role("combobox", name="Find").press_sequentially("plan 5")
    page.keyboard.press("Enter")
    expect(page.locator("#drawn")).to_have_text("Showing 300 of 797: the nearest to what is chosen.")
    expect(page.locator("#chosen h2")).to_have_text("Plan 5")
    expect(page.locator("#drawing canvas")).to_have_attribute("aria-label", re.compile("showing 300 of 797"))


NAMES_DRAWN = """async () => {
  const texts = new Set();
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
    texts.add(text);
    return fillText.call(this, text, ...where);
  };
  document.getElementById("fit").click();
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  for (let count = 0; count < 4; count += 1) await frame();
  return [...texts];
}"""


@pytest.mark.parametrize("view", ["positions", "actors"])
@pytest.mark.parametrize(("path", "day"), [SHIPPED, ("graphs/nature-restoration", "2024-06-17")])
def test_every_actor_is_named_on_a_wide_page(show: Callable[..., Page], path: str, day: str, view: str) -> None:
    page = show(path, day, f"#view={view}", width=1440)
    texts = " ".join(page.evaluate(NAMES_DRAWN))
    drawn = int(str(page.locator("#drawing canvas").get_attribute("aria-label")).partition(" actors")[0])
    actors = snapshot(load(path), as_of=day).things["actor"].values()
    named = [actor.name for actor in actors if all(word in texts for word in actor.name.split())]
    assert drawn <= len(named)
