"""What leaves the page: its theme, links, pictures, rows, paper, and the frame of another page."""

from __future__ import annotations

import csv
import json
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from asking import CONTRACT
from pages import taken

from actorgraph import diff, load
from actorgraph.questions.as_json import plain
from actorgraph.questions.who import everything
from actorgraph.render.grid import to_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UKRAINE = "graphs/ukraine-troops"
HOSTILE = "tests/hostile/hostile.yaml"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_theme_is_chosen_kept_in_the_address_and_announced(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10", color_scheme="light")
    page.get_by_label("Theme").select_option("Dark")
    found = page.evaluate("[document.documentElement.dataset.theme, getComputedStyle(document.body).colorScheme]")
    assert ["dark", "dark"] == found
    assert "#theme=dark" == page.evaluate("location.hash")
    assert "Theme: Dark" == page.locator("#status").text_content()
    page.get_by_label("Theme").select_option("System")
    assert ["", ""] == [page.evaluate("document.documentElement.dataset.theme"), page.evaluate("location.hash")]


def test_the_menu_opens_and_closes_by_keyboard_and_by_a_click_elsewhere(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10")
    button = page.get_by_role("button", name="Take away")
    button.focus()
    page.keyboard.press("Enter")
    assert "true" == button.get_attribute("aria-expanded")
    page.keyboard.press("Tab")
    assert "Copy link" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Escape")
    assert ("false", "Take away") == (
        button.get_attribute("aria-expanded"),
        page.evaluate("document.activeElement.textContent"),
    )
    button.click()
    page.locator("h1").click()
    assert "false" == button.get_attribute("aria-expanded")


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("width", [320, 360, 390, 414, 480, 577, 600, 768, 1440])
def test_the_menu_lies_inside_the_page(show: Callable[..., Page], width: int) -> None:
    page = show(UKRAINE, "2026-01-10", "#view=table&base=2025-08-01", width=width)
    page.get_by_role("button", name="Take away").click()
    box = page.locator("#take-away-list").bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_links_bear_the_state(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10", "#view=table&day=2025-08-01", permissions=["clipboard-read", "clipboard-write"])
    address = page.url
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("button", name="Copy link", exact=True).click()
    page.locator(".outcome", has_text="Link copied.").wait_for()
    assert address == page.evaluate("navigator.clipboard.readText()")
    from_file = "Link copied. The page was opened from a file: the link works on this computer alone."
    assert from_file == page.locator(".outcome").text_content() == page.locator("#status").text_content()
    page.get_by_role("button", name="Copy the part from # on alone").click()
    page.locator(".outcome", has_text="Copied from # on").wait_for()
    assert "#view=table&day=2025-08-01" == page.evaluate("navigator.clipboard.readText()")
    assert page.get_by_role("button", name="Copy the part from # on alone").is_hidden()
    page.get_by_role("button", name="Copy link for embedding").click()
    page.locator(".outcome", has_text="Frame copied.").wait_for()
    assert (
        '<iframe src="page.html#view=table&amp;day=2025-08-01&amp;embed=yes" title="Western troops in Ukraine" '
        'width="100%" height="600" loading="lazy"></iframe>'
    ) == page.evaluate("navigator.clipboard.readText()")


def test_a_link_to_a_page_on_the_web_needs_no_warning(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(UKRAINE, "2026-01-10")
    context = page.context.browser.new_context(permissions=["clipboard-read", "clipboard-write"])  # type: ignore[union-attr]
    served = context.new_page()
    served.route("https://troops.example/**", lambda route: route.fulfill(path=tmp_path / "page.html"))
    served.goto("https://troops.example/page.html#view=table")
    served.get_by_role("button", name="Take away").click()
    served.get_by_role("button", name="Copy link", exact=True).click()
    served.locator(".outcome", has_text="Link copied.").wait_for()
    assert "Link copied." == served.locator(".outcome").text_content()
    assert "https://troops.example/page.html#view=table" == served.evaluate("navigator.clipboard.readText()")
    context.close()


def test_what_cannot_be_copied_is_there_to_copy_by_hand(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.evaluate("() => { document.execCommand = () => false; }")
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("button", name="Copy link", exact=True).click()
    assert page.url.split("#")[0] + "#" == page.get_by_label("To copy by hand").input_value()


@pytest.mark.parametrize(
    ("day", "assume"), [("2026-01-10", ()), ("2025-08-01", ()), ("2026-01-10", ("not:ceasefire",))]
)
def test_rows_are_those_of_the_command_line(show: Callable[..., Page], day: str, assume: tuple[str, ...]) -> None:
    page = show(UKRAINE, "2026-01-10", f"#day={day}&assume={','.join(assume)}")
    answer = everything(load(UKRAINE), as_of=day, assume=assume)
    name, text = taken(page, "Rows (CSV)")
    assert f"ukraine-troops-rows-{day}.csv" == name
    assert to_csv(answer.records(), answer.columns) + "\n" == text.decode()
    name, text = taken(page, "Rows (JSON)")
    assert f"ukraine-troops-rows-{day}.json" == name
    assert plain(answer) == json.loads(text)


def test_changes_are_those_of_the_command_line(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10", "#base=2025-08-01&assume=ceasefire")
    answer = diff(load(UKRAINE), "2025-08-01", "2026-01-10", assume=["ceasefire"])
    name, text = taken(page, "Changes (CSV)")
    assert "ukraine-troops-changes-2025-08-01-to-2026-01-10.csv" == name
    assert to_csv(answer.records(), answer.columns) + "\n" == text.decode()
    assert plain(answer) == json.loads(taken(page, "Changes (JSON)")[1])


def test_rows_are_those_that_filters_leave(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10", "#position=declines")
    rows = json.loads(taken(page, "Rows (JSON)")[1])["rows"]
    assert {"declines"} == {row["position"] for row in rows}
    assert f"{len(rows)} rows, as filtered, of 137." in (page.locator(".outcome").text_content() or "")
    assert 0 == page.get_by_role("button", name="Changes (CSV)").count()


@pytest.mark.parametrize(
    ("fragment", "options"),
    [
        ("kind=state", {"kind": "state"}),
        ("kind=organisation,state", {"kind": "state,organisation"}),
        ("tag=aid", {"tag": "aid"}),
        ("group=nato&kind=state&tag=aid", {"group": "nato", "kind": "state", "tag": "aid"}),
    ],
)
def test_rows_say_what_they_are_narrowed_to_as_the_command_line_does(
    show: Callable[..., Page], fragment: str, options: dict[str, str]
) -> None:
    page = show(UKRAINE, "2026-01-10", f"#{fragment}")
    answer = everything(load(UKRAINE), as_of="2026-01-10", **options)  # type: ignore[arg-type]
    name, text = taken(page, "Rows (CSV)")
    assert "ukraine-troops-rows-filtered-2026-01-10.csv" == name
    assert to_csv(answer.records(), answer.columns) + "\n" == text.decode()
    assert plain(answer) == json.loads(taken(page, "Rows (JSON)")[1])


@pytest.mark.parametrize(
    ("fragment", "narrowed", "query"),
    [
        (
            "position=opposes,declines&kind=state",
            "kind state; position opposes,declines",
            {"kind": "state", "filters": {"position": ["opposes", "declines"]}},
        ),
        (
            "tag=aid,force&view=table&text=italy",
            "tag aid,force; text italy",
            {"filters": {"tag": ["aid", "force"], "text": "italy"}},
        ),
        ("focus=germany&steps=2", "focus germany, steps 2", {"filters": {"focus": "germany", "steps": 2}}),
        (
            "source=paris-explainer-2026-01-07&basis=stated&tag=force",
            "tag force; source paris-explainer-2026-01-07; basis stated",
            {"tag": "force", "filters": {"source": ["paris-explainer-2026-01-07"], "basis": ["stated"]}},
        ),
        ("base=2025-08-01&change=added", "change added", {"filters": {"change": ["added"]}}),
    ],
)
def test_a_file_of_rows_tells_every_filter(
    show: Callable[..., Page], fragment: str, narrowed: str, query: dict[str, Any]
) -> None:
    page = show(UKRAINE, "2026-01-10", f"#{fragment}")
    for what in ["Rows"] + ["Changes"] * ("base" in fragment):
        name, text = taken(page, f"{what} (CSV)")
        assert "-filtered-" in name
        assert {narrowed} == {row["narrowed"] for row in csv.DictReader(text.decode().splitlines())}
        answer = json.loads(taken(page, f"{what} (JSON)")[1])
        CONTRACT.validate(answer)
        asked = {key: value for key, value in answer["query"].items() if key not in ("command", "from", "to")}
        assert query == asked


def test_rows_are_those_that_the_table_finds(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10", "#view=table&text=Zelensky&base=2025-08-01")
    seen = page.locator("#rows tr").count()
    rows = json.loads(taken(page, "Rows (JSON)")[1])["rows"]
    assert 0 < len(rows) == seen < 137
    assert f"{len(rows)} rows, as filtered, of 137." in (page.locator(".outcome").text_content() or "")
    assert len(rows) == len(list(csv.reader(taken(page, "Rows (CSV)")[1].decode().splitlines()))) - 1
    changes = json.loads(taken(page, "Changes (JSON)")[1])["changes"]
    assert page.locator(".changed-positions tbody tr").count() == len(changes)
    page.get_by_role("tab", name="Matrix").click()  # words are a filter of every view
    assert rows == json.loads(taken(page, "Rows (JSON)")[1])["rows"]


@pytest.mark.parametrize("model", [UKRAINE, HOSTILE])
def test_rows_for_spreadsheets_are_those_of_the_command_line(
    show: Callable[..., Page], tmp_path: Path, model: str
) -> None:
    page = show(model, "2026-01-10", "#base=2025-08-01")
    command = [sys.executable, "-m", "actorgraph"]
    options = ["--model", model, "--excel", "-o", str(tmp_path / "excel.csv")]
    subprocess.run([*command, "export", "csv", "--as-of", "2026-01-10", *options], check=True)
    name, text = taken(page, "Rows (CSV for spreadsheets)")
    assert name.endswith("-rows-2025-08-01-to-2026-01-10-for-spreadsheets.csv")
    assert (tmp_path / "excel.csv").read_bytes() == text
    assert text.startswith(b"\xef\xbb\xbf")
    subprocess.run([*command, "diff", "2025-08-01", "2026-01-10", "--format", "csv", *options], check=True)
    assert (tmp_path / "excel.csv").read_bytes() == taken(page, "Changes (CSV for spreadsheets)")[1]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("view", ["lineup", "positions", "actors", "matrix", "timeline"])
@pytest.mark.parametrize("model", [UKRAINE, HOSTILE])
def test_a_picture_stands_alone(show: Callable[..., Page], model: str, view: str) -> None:
    page = show(model, "2026-01-10", f"#view={view}&base=2025-12-01&theme=dark")
    _, text = taken(page, "Picture (SVG)")
    root = ET.fromstring(text)  # noqa: S314 - our own page wrote it
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert set() == tags - {"svg", "g", "title", "text", "path", "line", "rect", "circle", "polygon"}
    attributes = {name for node in root.iter() for name in node.attrib}
    assert [] == [name for name in attributes if "href" in name or name.startswith("on") or name in ("style", "class")]
    words = " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
    ledger = load(model)
    assert all(
        part in words for part in ("From 1 December 2025 to 10 January 2026", f"{len(ledger.things('source'))} source")
    )
    assert model == HOSTILE or all(name in words for name in ("Czech Republic", "France"))


def test_a_picture_says_what_its_lines_mean(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10", "#view=positions&position=opposes,threatens")
    name, text = taken(page, "Picture (SVG)")
    assert "ukraine-troops-positions-2026-01-10.svg" == name
    words = [node.text for node in ET.fromstring(text).iter(f"{SVG}text")]  # noqa: S314
    assert [True, True, False] == [word in words for word in ("opposes", "threatens", "supports")]
    assert any("of 119 positions" in (word or "") for word in words), words


@pytest.mark.thorough
@pytest.mark.parametrize("model", [UKRAINE, HOSTILE])
def test_a_png_is_the_picture_at_twice_its_size(show: Callable[..., Page], model: str) -> None:
    page = show(model, "2026-01-10")
    root = ET.fromstring(taken(page, "Picture (SVG)")[1])  # noqa: S314
    name, png = taken(page, "Picture (PNG)")
    assert name.endswith("-positions-2026-01-10.png")
    size: tuple[int, int] = struct.unpack(">II", png[16:24])
    assert (2 * int(root.attrib["width"]), 2 * int(root.attrib["height"])) == size
    colours = page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
        }""",
        list(png),
    )
    assert colours > 20


@pytest.mark.parametrize("width", [360, 600])
def test_in_a_frame_there_is_the_picture_and_the_way_to_the_page(show: Callable[..., Page], width: int) -> None:
    page = show(UKRAINE, "2026-01-10", "#view=actors&embed=yes", width=width, height=400)
    shown = {
        name: page.locator(name).is_visible()
        for name in ("h1", "#as-of", "#drawing", "#menus", "#views", "#time", "#search")
    }
    assert ["h1", "#as-of", "#drawing"] == [name for name, visible in shown.items() if visible]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    link = page.get_by_role("link", name="Open the whole page")
    assert ("_blank", "noopener", True) == (
        link.get_attribute("target"),
        link.get_attribute("rel"),
        (link.get_attribute("href") or "").endswith("page.html#view=actors"),
    )


def test_the_foot_says_what_made_the_page(show: Callable[..., Page]) -> None:
    page = show(UKRAINE, "2026-01-10")
    text = page.locator("#foot").text_content() or ""
    sources = len(load(UKRAINE).things("source"))
    records = len(load(UKRAINE).things("stance", "commitment", "relation"))
    assert f"Western troops in Ukraine (ukraine-troops): {sources} sources, {records} records." in text
    assert "loads nothing" in text
