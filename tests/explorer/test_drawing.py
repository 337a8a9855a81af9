"""The drawing: marks and lines under the pointer, moving and zooming, themes, and how much is drawn at once."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from folders import model_file
from pages import address, taken

from actorgraph import load, snapshot, tally
from actorgraph.explorer.html import Opening

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import FloatRect, Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
FISHERS = ("actor/fishers-union", "proposal/harbour")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")

SVG = "{http://www.w3.org/2000/svg}"

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


def mark(page: Page, key: str) -> tuple[float, float]:
    """Return where on screen a mark stands: its button lies over it while it has the focus."""
    button = page.locator(f"#drawing [data-mark='{key}']")
    button.focus()
    expect(button).to_have_attribute("style", re.compile("left"))
    picture(page)
    box = button.bounding_box()
    assert box is not None
    button.blur()
    expect(page.locator("#hover-card")).to_be_hidden()
    return box["x"] + box["width"] / 2, box["y"] + 10


def line(page: Page, one: str, other: str) -> tuple[float, float]:
    """Return a point of the line between two marks, and leave the pointer on it: its card says who holds what."""
    (x, y), (across, down) = mark(page, one), mark(page, other)
    for part in (0.5, 0.4, 0.6, 0.45, 0.55):
        point = x + part * (across - x), y + part * (down - y)
        page.mouse.move(2, 2)
        expect(page.locator("#hover-card")).to_be_hidden()
        page.mouse.move(*point)
        if page.evaluate("drawing.classList.contains('on-something')"):
            expect(page.locator("#hover-card h3")).to_contain_text("“")
            return point
    raise AssertionError("no line is there")


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
    page.mouse.click(*mark(page, page.locator("#drawing [data-mark]").first.get_attribute("data-mark") or ""))
    expect(page.locator("#chosen h2")).to_be_visible()
    expect(page).to_have_url(re.compile("at=(actor|proposal)/"))
    box = area(page)
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    expect(page.locator("#reading")).to_be_visible()
    page.go_back()
    expect(page.locator("#chosen h2")).to_be_visible()


def test_a_line_tells_what_it_is_and_opens_its_records(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, width=1000, height=600)
    x, y = line(page, *FISHERS)
    told = page.locator("#hover-card h3").inner_text()
    page.mouse.click(x, y)
    expect(page.locator("#hover-card")).to_be_hidden()
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


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("view", ["positions", "actors"])
def test_a_link_shows_what_is_chosen_as_choosing_it_does(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}")
    whole = picture(page)
    page.evaluate(f"location.hash = 'view={view}&at=actor/germany'")
    after(page, whole)
    names, keys = page.locator("#drawing canvas").get_attribute("aria-label"), ("actor/germany", "actor/france")
    places = [mark(page, key) for key in keys]
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert names == page.locator("#drawing canvas").get_attribute("aria-label")
    assert places == [mark(page, key) for key in keys]


# -- pointing --------------------------------------------------------------------------------------------------


def test_what_is_pointed_at_tells_itself_on_a_card_that_covers_nothing_of_it(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    whole = picture(page)
    x, y = mark(page, "actor/germany")
    page.mouse.move(x, y)
    card = page.locator("#hover-card")
    expect(card).to_be_visible()
    expect(card.locator("h3")).to_have_text("Germany")
    assert whole != picture(page), "what is not tied to it stands back"
    box = card.bounding_box()
    assert box is not None
    assert not (box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"])
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 1440
    assert 0 <= box["y"] <= box["y"] + box["height"] <= 900
    page.mouse.move(box["x"] + 8, box["y"] + 8, steps=3)
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(area(page)["x"] + 2, area(page)["y"] + 2)
    page.wait_for_function("(whole) => document.querySelector('#drawing canvas').toDataURL() === whole", arg=whole)


def test_escape_closes_the_card_before_the_details(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=positions&at=actor/russia", width=1440)
    page.mouse.move(*mark(page, "actor/germany"))
    expect(page.locator("#hover-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#hover-card")).to_be_hidden()
    expect(page.locator("#chosen h2")).to_have_text("Russia")
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()


def test_the_card_of_a_line_has_its_dates_conditions_and_evidence(show: Callable[..., Page]) -> None:
    page = show("examples/minimal.yaml", "2026-02-15", width=1000, height=700)
    line(page, *FISHERS)
    told = page.locator("#hover-card").inner_text()
    assert "In force " in told
    assert re.search("Grade [A-F][1-6]|Not graded", told)


def test_the_card_of_a_line_has_the_best_graded_evidence(show: Callable[..., Page], tmp_path: Path) -> None:
    """It had the last one, or the last that is quoted, as if a position rested on that."""
    page = show(
        model_file(
            tmp_path,
            "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}}\nproposals: {p: {title: P}}\nsources:\n"
            "  paper: {title: Paper, publisher: Paper, published: 2024-03-01, reliability: B}\n"
            "  leaflet: {title: Leaflet, publisher: Leaflet, published: 2024-04-01, reliability: E}\n"
            "stances:\n- {actor: a, position: supports, proposal: p, date: 2024-03-01, evidence: "
            "[{source: paper, credibility: 2}, {source: leaflet, credibility: 3, quote: Some words.}]}\n",
        ),
        "2024-06-01",
    )
    line(page, "actor/a", "proposal/p")
    expect(page.locator("#hover-card")).to_contain_text("Grade B2: usually reliable; probably true. And 1 more")


def test_marks_are_walked_through_with_the_keyboard(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    marks = page.locator("#drawing [data-mark]")
    names = [str(one.get_attribute("aria-label")) for one in marks.all()]
    assert 1 == page.locator("#drawing [data-mark][tabindex='0']").count()
    marks.first.focus()
    day = page.locator("#as-of").inner_text()
    for name in names[:4]:
        focused = page.locator("#drawing [data-mark]:focus")
        expect(focused).to_have_attribute("aria-label", name)
        expect(page.locator("#hover-card h3")).to_have_text(re.compile(re.escape(name.split(",")[0])))
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(page.locator("#drawing [data-mark]:focus")).to_have_attribute("aria-label", names[-1])
    assert day == page.locator("#as-of").inner_text(), "the arrow keys move no day here"
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_have_text(names[-1].split(",")[0])
    expect(page.locator("#hover-card")).to_be_hidden()


# -- fingers ---------------------------------------------------------------------------------------------------


def phone(show: Callable[..., Page]) -> Page:
    return show(*SHIPPED, width=390, height=844, has_touch=True, is_mobile=True, tools=False)


def test_one_finger_scrolls_the_page_and_leaves_the_drawing_where_it_is(show: Callable[..., Page]) -> None:
    page = phone(show)
    expect(page.locator(".hint")).to_have_text(re.compile("Two fingers move the picture"))
    box = area(page)
    before = picture(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + 400
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(20, 320, 20):
        cdp.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - moved}]})
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => scrollY > 150")
    assert before == picture(page)


def test_two_fingers_zoom_and_move_it_and_cannot_push_it_out_of_sight(show: Callable[..., Page]) -> None:
    page = phone(show)
    box = area(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    cdp = page.context.new_cdp_session(page)

    def fingers(kind: str, apart: float, across: float = 0) -> None:
        points = [{"x": x - apart + across, "y": y, "id": 1}, {"x": x + apart + across, "y": y, "id": 2}]
        touches = [] if kind == "touchEnd" else points
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    before = picture(page)
    fingers("touchStart", 30)
    for step in range(1, 7):
        fingers("touchMove", 30 + 12 * step)
    fingers("touchEnd", 0)
    assert before != after(page, before)
    for _ in range(8):
        fingers("touchStart", 30)
        for step in range(1, 5):
            fingers("touchMove", 30, 35 * step)
        fingers("touchEnd", 0)
    page.wait_for_function(HAS_PIXEL, arg=[0x1B, 0x1B, 0x1A])
    assert 0 == page.evaluate("scrollY")


def test_a_tap_chooses_and_shows_no_card(show: Callable[..., Page]) -> None:
    page = phone(show)
    x, y = mark(page, "actor/russia")
    page.touchscreen.tap(x, y)
    expect(page.locator("#chosen h2")).to_have_text("Russia")
    expect(page.locator("#hover-card")).to_be_hidden()


def test_it_cannot_be_dragged_out_of_sight(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1000)
    box = area(page)
    for _ in range(5):
        page.mouse.move(box["x"] + 4, box["y"] + 4)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4, steps=4)
        page.mouse.up()
    picture(page)
    assert page.evaluate(HAS_PIXEL, [0x1B, 0x1B, 0x1A])


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
    assert "12 of" not in str(label.get_attribute("aria-label"))
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


def test_a_large_model_opens_with_its_line_up_and_draws_what_is_most_split(
    show: Callable[..., Page], tmp_path: Path
) -> None:
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
    drawn = page.locator("#drawn")
    expect(drawn).to_have_text(re.compile(r"^12 of 97 proposals, the most split; \d+ of 7\d\d actors"))
    expect(page.get_by_role("button", name="All", exact=True)).to_be_hidden()
    page.get_by_role("combobox", name="Find").press_sequentially("plan 90")
    page.keyboard.press("Enter")
    expect(drawn).to_have_text(re.compile("^13 of 97 proposals: the 12 most split, and 1 for Plan 90;"))
    expect(page.locator("#chosen h2")).to_have_text("Plan 90")
    assert 1 == page.locator("#drawing [data-mark='proposal/p90']").count()


def test_more_is_drawn_by_asking_and_the_back_button_takes_it_back(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    drawn, marks = page.locator("#drawn"), page.locator("#drawing [data-mark^='proposal/']")
    expect(drawn).to_have_text(re.compile(r"^12 of \d\d proposals, the most split\.$"))
    assert 12 == marks.count()
    page.get_by_role("button", name="More", exact=True).click()
    expect(marks).to_have_count(24)
    assert "drawn=24" == address(page)
    page.get_by_role("button", name="All", exact=True).click()
    expect(drawn).to_be_hidden()
    assert marks.count() > 40
    page.go_back()
    expect(marks).to_have_count(24)
    page.get_by_role("button", name="Fewer", exact=True).click()
    expect(marks).to_have_count(12)


def test_where_everybody_stands_on_everything_as_much_is_drawn_as_can_be_followed(
    show: Callable[..., Page], tmp_path: Path
) -> None:
    stances = "\n".join(
        f"  - {{actor: a{actor}, position: {('supports', 'opposes')[(actor + on) % 2]}, proposal: p{on}, date: 2025, "
        "evidence: [{source: daily}]}"
        for actor in range(20)
        for on in range(20)
    )
    actors = "\n".join(f"  a{number}: {{name: Actor {number}, kind: state}}" for number in range(20))
    proposals = "\n".join(f"  p{number}: {{title: Plan {number}}}" for number in range(20))
    path = tmp_path / "dense.yaml"
    path.write_text(MANY % (actors, proposals, stances), "utf-8")
    page = show(path, "2026-01-01", width=1440)
    drawn = page.locator("#drawn")
    expect(drawn).to_have_text("6 of 20 proposals, the most split.")
    keys = "all => all.map((one) => one.dataset.mark).filter((key) => key.startsWith('proposal/'))"
    first = set(page.locator("#drawing [data-mark]").evaluate_all(keys))
    page.get_by_role("combobox", name="Find").press_sequentially("plan 19")
    page.keyboard.press("Enter")
    expect(drawn).to_have_text("7 of 20 proposals: the 6 most split, and 1 for Plan 19.")
    assert first < set(page.locator("#drawing [data-mark]").evaluate_all(keys)), "nothing goes for it"
    page.get_by_role("button", name="More", exact=True).click()
    expect(drawn).to_have_text("12 of 20 proposals, the most split.")
    page.get_by_role("button", name="More", exact=True).click()
    expect(drawn).to_be_hidden()


def test_the_drawn_proposals_are_those_that_tally_ranks_first(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    keys = {str(one.get_attribute("data-mark")) for one in page.locator("#drawing [data-mark^='proposal/']").all()}
    sides = {
        f"proposal/{one.proposal}": (one.stances["supports"], one.stances["opposes"])
        for one in tally(load(SHIPPED[0]), as_of=SHIPPED[1]).proposals
    }
    ranks = sorted(((min(both), sum(both)) for both in sides.values()), reverse=True)
    assert ranks[:12] == sorted(((min(sides[key]), sum(sides[key])) for key in keys), reverse=True)


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("view", "at"), [("positions", "actor/uk"), ("actors", "actor/uk"), ("positions", "proposal/land-contribution")]
)
@pytest.mark.parametrize("size", [(400, 600), (720, 600), (900, 700), (1100, 700)])
def test_in_a_frame_nothing_covers_what_is_chosen(
    show: Callable[..., Page], size: tuple[int, int], view: str, at: str
) -> None:
    page = show(*SHIPPED, f"#embed=yes&view={view}&at={at}", width=size[0], height=size[1])
    x, y = mark(page, at)
    assert page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y) === document.querySelector('#drawing canvas')", [x, y]
    )


def test_the_threshold_of_agreement_is_moved_and_kept(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=actors", width=1440)
    slider = page.get_by_role("slider", name="Agree or disagree on at least")
    told = page.locator(".threshold output")
    before = int(re.findall(r"(\d+) lines", told.inner_text())[0])
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(told).to_have_text(re.compile("^3 proposals: "))
    assert int(re.findall(r"(\d+) lines", told.inner_text())[0]) < before
    assert "view=actors&shared=3" == address(page)
    page.go_back()
    expect(told).to_have_text(re.compile("^1 proposal: "))


ANNOUNCED = """() => {
  window.announced = [];
  for (const live of document.querySelectorAll("output:not([aria-live=off]), [role=status], [aria-live=polite]"))
    new MutationObserver(() => announced.push(live.textContent)).observe(live, { childList: true, subtree: true });
}"""
"""Keep what screen readers announce by themselves from now on."""


@pytest.mark.parametrize("view", ["positions", "actors"])
def test_a_step_in_time_is_announced_once(show: Callable[..., Page], view: str) -> None:
    """How much is drawn, and from how many shared proposals on, was announced with each day, changed or not."""
    page = show(*SHIPPED, f"#view={view}", width=1440)
    page.evaluate(ANNOUNCED)
    earlier = page.get_by_role("button", name="A change earlier")
    days = []
    for _ in range(3):
        earlier.click()
        days.append(page.locator("#as-of").inner_text())
    assert days == page.evaluate("announced")


def test_who_asks_for_more_of_a_drawing_is_told_once(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    page.evaluate(ANNOUNCED)
    page.get_by_role("button", name="More", exact=True).click()
    assert [page.locator("#drawn").inner_text()] == page.evaluate("announced")


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


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("view", ["positions", "actors"])
@pytest.mark.parametrize(("path", "day"), [SHIPPED, ("graphs/nature-restoration", "2024-06-17")])
def test_every_actor_that_is_drawn_is_named(
    show: Callable[..., Page], path: str, day: str, view: str, width: int
) -> None:
    page = show(path, day, f"#view={view}", width=width)
    texts = " ".join(page.evaluate(NAMES_DRAWN))
    keys = [str(one.get_attribute("data-mark")) for one in page.locator("#drawing [data-mark^='actor/']").all()]
    names = {f"actor/{actor.id}": actor.name for actor in snapshot(load(path), as_of=day).things["actor"].values()}
    assert len(keys) > 5
    assert [] == [names[key] for key in keys if not all(word in texts for word in names[key].split())]


@pytest.mark.parametrize("view", ["positions", "actors"])
@pytest.mark.parametrize("size", [(1440, 900), (2560, 1440)])
def test_the_picture_is_whole_within_the_window(show: Callable[..., Page], size: tuple[int, int], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}", width=size[0], height=size[1])
    box = page.locator("#panel-drawing").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]
    assert box["width"] > 0.6 * size[0]
    assert box["height"] > 0.6 * size[1]


def courses(page: Page) -> tuple[list[list[tuple[float, float]]], list[tuple[float, float, float]]]:
    """Return the points of every line of the picture to take away, and its marks: x, y, and a radius."""
    picture = ET.fromstring(taken(page, "Picture (SVG)")[1])  # noqa: S314 - our own
    drawn = next(one for one in picture.iter(f"{SVG}g") if (one.get("transform") or "").startswith("scale"))
    lines = []
    for tie in drawn[0]:
        numbers = [float(each) for each in re.findall(r"-?[0-9.]+", tie.findall(f"{SVG}path")[0].get("d") or "")]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        (x, y), (across, down) = points[0], points[-1]
        via = points[1] if len(points) == 3 else ((x + across) / 2, (y + down) / 2)
        parts = [part / 100 for part in range(101)]
        lines.append(
            [
                (
                    (1 - t) ** 2 * x + 2 * t * (1 - t) * via[0] + t**2 * across,
                    (1 - t) ** 2 * y + 2 * t * (1 - t) * via[1] + t**2 * down,
                )
                for t in parts
            ]
        )
    marks = []
    for shape in drawn[-1]:
        numbers = [float(each) for each in re.findall(r"-?[0-9.]+", shape.get("points") or "")]
        if shape.get("cx"):
            marks.append((float(shape.get("cx") or 0), float(shape.get("cy") or 0), float(shape.get("r") or 0)))
        elif shape.get("width"):
            half = float(shape.get("width") or 0) / 2
            marks.append((float(shape.get("x") or 0) + half, float(shape.get("y") or 0) + half, half))
        else:
            x, y = (sum(axis) * 2 / len(numbers) for axis in (numbers[::2], numbers[1::2]))
            marks.append((x, y, math.hypot(numbers[0] - x, numbers[1] - y)))
    return lines, marks


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("path", "day"), [SHIPPED, ("graphs/nature-restoration", "2024-06-17")])
def test_no_line_runs_through_a_mark_that_it_does_not_touch(
    show: Callable[..., Page], path: str, day: str, width: int
) -> None:
    lines, marks = courses(show(path, day, "#view=positions", width=width))
    assert len(lines) > 20
    assert [] == [
        (line[0], mark)
        for line in lines
        for mark in marks
        if all(math.hypot(mark[0] - x, mark[1] - y) > mark[2] for x, y in (line[0], line[-1]))
        and any(math.hypot(mark[0] - x, mark[1] - y) < mark[2] - 0.5 for x, y in line)
    ]
