"""The page in a real browser: what a reader does, what the page must never do."""

from __future__ import annotations

import json
import math
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from actorgraph import load, snapshot, to_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("needs chromium on the path", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright for Python")
expect = sync_api.expect

pytestmark = pytest.mark.browser

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

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
HOSTILE = ("tests/hostile/hostile.yaml", "2026-01-10")

DISPUTED = """
model: {id: disputed, title: Disputed}
actors:
  turkey: {name: Türkiye, kind: state, aliases: [Ankara, Große Pforte, Østersjø, Wałęsa]}
  union: {name: Union, kind: organisation}
  spokesman: {name: Spokesman, kind: person}
proposals:
  bridge: {title: A bridge that is long enough for two lines of its label and more, aliases: [the bridge]}
conditions: {loan: {title: A loan is granted}}
relations:
  - {actor: spokesman, relation: represents, to: turkey, role: Spokesman of the government, since: 2020-01-01}
stances:
  - id: yes-to-it
    actor: turkey
    position: supports
    proposal: bridge
    date: 2025-05-01
    speaker: spokesman
    unless: [loan]
    note: It said so twice.
    evidence:
      - {source: daily, lines: 3-4, via: Radio, credibility: 2, quote: We will build it}
  - id: no-to-it
    actor: turkey
    position: opposes
    proposal: bridge
    date: 2025-05-01
    evidence:
      - {source: weekly, page: "9"}
commitments:
  - actor: union
    stage: considers
    proposal: bridge
    date: 2025-06-01
    toward: [turkey]
    evidence:
      - {source: daily, lines: 7}
sources:
  daily: {title: On bridges, publisher: Daily, published: 2025-06-02, url: "https://example.org/a", reliability: B}
  weekly: {title: On straits, publisher: Weekly, published: 2025-06-03, reliability: C}
"""


@cache
def _html(path: str | Path, as_of: str) -> str:
    return to_html(snapshot(load(path), as_of=as_of))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a model's page from disk, offline; at the end nothing may have been asked for, and nothing complained."""
    complaints: list[str] = []
    requests: list[str] = []
    contexts = []

    def opened(path: str | Path, as_of: str, *, width: int = 1280, height: int = 900, **how: object) -> Page:
        file = tmp_path / "page.html"
        file.write_text(_html(path, as_of), encoding="utf-8")
        how = {"reduced_motion": "reduce", "offline": True, **how}
        context = browser.new_context(viewport={"width": width, "height": height}, **how)  # type: ignore[arg-type]
        contexts.append(context)
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("popup", lambda popup: complaints.append(f"popup: {popup.url}"))
        page.goto(file.as_uri())
        requests.remove(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
    assert requests == []


@pytest.fixture
def disputed(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "disputed.yaml"
    path.write_text(DISPUTED, encoding="utf-8")
    return path, "2026-01-01"


def search(page: Page, text: str) -> None:
    page.get_by_label("Find an actor or a proposal").press_sequentially(text)
    page.keyboard.press("Enter")


def test_the_head_is_told(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    expect(page).to_have_title("The new harbour | As of 15 February 2026")
    expect(page.get_by_role("heading", level=1)).to_have_text("The new harbour")
    expect(page.locator("#as-of")).to_have_text("As of 15 February 2026")
    expect(page.locator("#date-notes")).to_have_text("The latest source is of 1 February 2026.")
    expect(page.locator("#counts li")).to_have_text(["3 actors", "1 proposal", "4 positions", "0 contested"])
    expect(page.locator("#silent")).to_contain_text("One more actor of the model is not drawn")


# -- search ------------------------------------------------------------------------------------------------


def test_an_alias_finds_the_details_and_their_evidence(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "the fishers")
    details = page.get_by_role("complementary")
    expect(details.get_by_role("heading", level=2)).to_have_text("Fishers’ Union")
    expect(details.get_by_role("heading", level=2)).to_be_focused()
    expect(page.locator("#status")).to_have_text("Details: Fishers’ Union")
    details.get_by_text("opposes A deep-water harbour").click()
    expect(details.locator(".record")).to_have_text(
        "opposes, dated 15 January 2026Said by Kari Olsen, Chair"
        "The dredging would close the spring fishery."
        "Fishers’ Union: Open letter"
        "published 16 January 2026, lines 3–6, relaying Coast Weekly"
        "Grade B2: usually reliable; probably true"
    )
    expect(details).to_contain_text("is represented by")


@pytest.mark.parametrize(
    "typed", ["TURKIYE", "türkİye", "  ankara", "GROSSE PFORTE", "turkey", "Østersjø", "ostersjo", "WAŁĘSA"]
)
def test_names_are_found_whatever_their_spelling(
    show: Callable[..., Page], disputed: tuple[Path, str], typed: str
) -> None:
    page = show(*disputed)
    search(page, typed)
    expect(page.locator("#chosen h2")).to_have_text("Türkiye")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Kiev", "Ukraine"),
        ("UK", "United Kingdom"),
        ("US", "United States"),
        ("NATO", "NATO"),
        ("trump", "Donald Trump"),
    ],
)
def test_the_whole_name_comes_first(show: Callable[..., Page], typed: str, found: str) -> None:
    page = show("graphs/ukraine-troops", "2026-01-10")
    search(page, typed)
    expect(page.locator("#chosen h2")).to_have_text(found)


def test_suggestions_are_walked_with_the_arrows(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    field = page.get_by_role("combobox")
    field.press_sequentially("harbour")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Harbour Board")
    field.press("Enter")
    expect(page.locator("#chosen h2")).to_have_text("Harbour Board")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_name_that_nothing_bears_is_said(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "<b>Atlantis")
    expect(page.locator("#no-match")).to_have_text("Nothing here is called “<b>Atlantis”.")
    expect(page.locator("#status")).to_have_text("Nothing here is called “<b>Atlantis”.")
    page.keyboard.press("Escape")
    expect(page.locator("#no-match")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("")


def test_the_silent_are_found_too(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "olsen")
    expect(page.locator("#chosen")).to_contain_text("Nothing is on record in its own name on this day.")
    expect(page.locator("#chosen")).to_contain_text("Said for others (1)")
    expect(page.locator("#chosen dl")).to_contain_text("represents")


# -- details -----------------------------------------------------------------------------------------------


def test_a_row_of_the_table_opens_all_that_is_known_of_it(
    show: Callable[..., Page], disputed: tuple[Path, str]
) -> None:
    page = show(*disputed)
    page.get_by_text("All positions", exact=True).click()
    page.get_by_role("button", name="Türkiye supports “A bridge").click()
    details = page.locator("#chosen")
    for told in (
        "In force since 1 May 2025.",
        "Unless: A loan is granted",
        "Contested Other sources say: Türkiye opposes “A bridge",
        "Said by Spokesman, Spokesman of the government",
        "It said so twice.",
        "published 2 June 2025, lines 3–4, relaying Radio",
        "Grade B2: usually reliable; probably true",
        "“We will build it”",
    ):
        expect(details).to_contain_text(told)
    source = details.get_by_role("link", name="On bridges")
    expect(source).to_have_attribute("href", "https://example.org/a")
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    details.get_by_role("button", name="Türkiye opposes “A bridge").click()
    expect(details.locator("h2")).to_contain_text("Türkiye opposes")
    expect(details).to_contain_text("published 3 June 2025, page 9")


def test_a_mark_and_a_line_of_the_drawing_open_their_details(
    show: Callable[..., Page], disputed: tuple[Path, str]
) -> None:
    page = show(*disputed)
    canvas = page.locator("canvas")
    search(page, "ankara")  # frames the mark and the proposal that it is tied to
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    # The mark lies somewhere on the way out from the middle of the frame, in the direction that the island tells.
    places = {
        node["id"]: (node["x"], node["y"]) for node in json.loads(str(page.locator("#island").text_content()))["nodes"]
    }
    (x, y), (other_x, other_y) = places["actor/turkey"], places["proposal/bridge"]
    away = math.hypot(x - other_x, y - other_y)
    box = canvas.bounding_box()
    assert box
    for step in range(20, int(min(box["width"], box["height"])), 8):
        across = box["width"] / 2 + (x - other_x) / away * step
        down = box["height"] / 2 + (y - other_y) / away * step
        if not (0 < across < box["width"] and 0 < down < box["height"]):
            break
        canvas.click(position={"x": across, "y": down})
        if "Türkiye" in page.locator("#chosen h2").all_text_contents():  # and not one of its lines
            break
    expect(page.locator("#chosen h2")).to_have_text("Türkiye")

    page.get_by_text("All positions", exact=True).click()
    page.get_by_role("button", name="Union considers").click()  # brings the middle of the line there
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    canvas.click()
    expect(page.locator("#chosen h2")).to_contain_text("Union considers “A bridge")

    canvas.click(position={"x": 3, "y": 3})
    expect(page.get_by_text("How to read this page")).to_be_visible()


# -- legend ------------------------------------------------------------------------------------------------


def test_the_legend_hides_and_shows_a_position(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_text("All positions", exact=True).click()
    expect(page.locator("[data-position]")).to_have_text(["supports 1", "open 1", "opposes 1", "pledges 1"])
    opposes = page.get_by_role("button", name="opposes 1")
    opposes.click()
    expect(opposes).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#rows tr:visible")).to_have_count(3)
    expect(page.locator("#status")).to_have_text("opposes: hidden")
    opposes.click()
    expect(page.locator("#rows tr:visible")).to_have_count(4)


# -- everyone ----------------------------------------------------------------------------------------------


def test_everything_is_reached_with_the_keyboard(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_text("Skip to the table")).to_be_focused()
    keys.press("Tab")
    expect(page.get_by_role("combobox")).to_be_focused()
    keys.type("board")
    keys.press("Enter")
    expect(page.locator("#chosen h2")).to_be_focused()
    keys.press("Tab")
    expect(page.locator("#chosen summary").first).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#chosen .evidence").first).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("combobox")).to_be_focused()
    for position in ("supports", "open", "opposes", "pledges"):
        keys.press("Tab")
        expect(page.locator(f"[data-position={position}]")).to_be_focused()
    for name in ("Zoom in", "Zoom out", "Show all"):
        keys.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
        keys.press("Enter")
    keys.press("Tab")
    expect(page.locator("#positions > summary")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Tab")
    first = page.locator("#rows button").first
    expect(first).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#chosen h2")).to_have_text("Fishers’ Union opposes “A deep-water harbour”")
    keys.press("Escape")
    expect(first).to_be_focused()


def test_the_skip_link_opens_the_table(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#rows tr").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 768, 1600])
def test_nothing_hangs_over_the_side(show: Callable[..., Page], width: int) -> None:
    page = show(*HOSTILE, width=width, height=760)
    page.get_by_text("All positions", exact=True).click()
    for row in page.locator("#rows button").all():
        row.click()
        expect(page.locator("#chosen")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_details_stand_below_the_drawing_where_it_is_narrow(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, width=360, height=760)
    search(page, "the fishers")
    drawing, details = page.locator("#drawing").bounding_box(), page.locator("#details").bounding_box()
    assert drawing is not None
    assert details is not None
    assert drawing["y"] + drawing["height"] <= details["y"]
    expect(page.locator("#chosen h2")).to_be_in_viewport()


HAS_PIXEL = """([red, green, blue]) => {
  const canvas = document.querySelector("canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) return true;
  }
  return false;
}"""


def test_the_drawing_follows_the_scheme(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(21, 23, 26)")
    page.wait_for_function(HAS_PIXEL, arg=[0xEC, 0xEB, 0xE6])  # a mark in the ink of the dark scheme
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_css("background-color", "rgb(253, 252, 249)")
    page.wait_for_function(HAS_PIXEL, arg=[0x1B, 0x1B, 0x1A])


# -- hostile text ------------------------------------------------------------------------------------------


def test_hostile_text_stays_text(show: Callable[..., Page]) -> None:
    page = show(*HOSTILE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("</title></script><script>window.__pwned")
    page.get_by_text("All positions", exact=True).click()
    hrefs = []
    for row in page.locator("#rows button").all():
        row.click()
        expect(page.locator("#chosen .evidence").first).to_be_visible()
        hrefs += [link.get_attribute("href") for link in page.locator("#chosen a").all()]
        _is_inert(page)
    for name in ("constructor", "isprototypeof", "valueof", "script", "hasownproperty", "tostring", "{{ config }}"):
        page.get_by_role("combobox").fill(name)
        options = page.get_by_role("option")
        for number in range(options.count()):
            page.get_by_role("combobox").fill(name)
            options.nth(number).click()
            expect(page.locator("#chosen h2")).to_be_focused()
            for summary in page.locator("#chosen summary").all():
                summary.click()
            _is_inert(page)
    assert sorted(set(filter(None, hrefs))) == [
        'https://example.org/"onmouseover="window.__pwned=20',
        "https://example.org/<script>",
    ]
    page.hover("canvas")
    _is_inert(page)


def _is_inert(page: Page) -> None:
    assert page.evaluate("window.__pwned") is None
    strangers = "img, iframe, object, embed, video, math, form, base, link, marquee, #chosen style, #chosen script"
    assert page.locator(strangers).count() == 0
    assert page.locator("script").count() == 3
    assert page.locator("style").count() == 1
    names = page.evaluate("[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())")
    assert [name for name in names if name.startswith("on")] == []
