"""Blocs as hulls, agreement as a heat map, and its series below the slider: what they show is what the measures say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pages import address, crowd, taken

from actorgraph import load
from actorgraph.analysis.counting.counts import counts_of
from actorgraph.analysis.counting.positions import positions
from actorgraph.dates import last_day
from actorgraph.explorer.agreement import agreement_over_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from actorgraph import Ledger

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
TROOPS = ("graphs/ukraine-troops", "2026-01-10")
NATURE = ("graphs/nature-restoration", "2024-06-17")
HEAT = "#view=matrix&cells=agreement"
OF_WHOLE = "Agreement and blocs are of the whole record, without assumptions"


def heat(page: Page) -> Locator:
    return page.get_by_role("region", name="Agreement of actors, bloc by bloc")


def blocs_on(ledger: Ledger, day: str) -> list[list[str]]:
    """Return the blocs of a day, by id."""
    found = agreement_over_time(ledger)
    last = [step["blocs"]["members"] for step in found["steps"] if step["blocs"] and step["day"] <= last_day(day)][-1]
    return [[found["actors"][actor].removeprefix("actor/") for actor in bloc] for bloc in last]


def series(page: Page) -> str:
    return " ".join((page.locator(".series-value").text_content() or "").split())


def heading_names(page: Page) -> list[str]:
    found: list[str] = heat(page).locator("tbody th button").evaluate_all("all => all.map(one => one.title)")
    return found


# -- heat map


@pytest.mark.parametrize("day", ["2026-01-10", "2025-06-01"])
def test_each_cell_says_what_the_measures_say(show: Callable[..., Page], day: str) -> None:
    page = show(*TROOPS, f"{HEAT}&day={day}")
    ledger = load(TROOPS[0])
    counts = counts_of(positions(ledger, as_of=day))
    agree, shared, names = counts.congruence(), counts.shared(), ledger.names("actor")
    expected = {
        f"{names[one]} / {names[other]}": f"– of {shared[at, to]:.0f}"
        if shared[at, to] < 3
        else f"{agree[at, to]:.0f}/{shared[at, to]:.0f}"
        for at, one in enumerate(counts.actors)
        for to, other in enumerate(counts.actors)
        if shared[at, to]
    }
    rows = (
        heat(page).locator("tbody tr").evaluate_all("all => all.map(row => [...row.cells].map(one => one.innerText))")
    )
    shown = {
        f"{one} / {other}": row[at + 1]
        for one, row in zip(heading_names(page), rows, strict=True)
        for at, other in enumerate(heading_names(page))
        if row[at + 1]
    }
    assert expected == shown
    few = heat(page).locator("td.few")
    assert sum(text.startswith("–") for text in shown.values()) == few.count()


def test_actors_stand_bloc_by_bloc(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, HEAT)
    ledger = load(TROOPS[0])
    blocs = blocs_on(ledger, TROOPS[1])
    names = heading_names(page)
    for bloc in blocs:
        places = sorted(names.index(ledger.names("actor")[actor]) for actor in bloc)
        assert list(range(places[0], places[-1] + 1)) == places
    numbers = heat(page).locator("tbody .count").all_text_contents()
    assert [str(number) for number, bloc in enumerate(blocs, 1) for _ in bloc] == [one for one in numbers if one != "–"]
    said = "The ties of the blocs rest on 2 shared proposals (median); 50 of 50 searches found these blocs."
    assert page.locator(".matrix-note", has_text=said).is_visible()
    assert len(blocs) == heat(page).locator("tbody tr.begins").count(), (
        "a line before each bloc but the first, and after"
    )


def test_the_mode_is_a_button_of_the_matrix_and_kept_in_the_address(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=matrix")
    assert heat(page).is_hidden()
    mode = page.get_by_role("button", name="Agreement", exact=True)
    mode.press("Enter")
    assert ("view=matrix&cells=agreement", "true") == (address(page), mode.get_attribute("aria-pressed"))
    assert heat(page).is_visible()
    assert page.get_by_role("region", name="Matrix of actors and proposals").is_hidden()
    assert page.get_by_label("Legend and filter").is_hidden(), "it hides positions, and none is shown"
    page.go_back()
    assert page.get_by_role("region", name="Matrix of actors and proposals").is_visible()


def test_a_cell_opens_what_two_share_with_its_evidence(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, HEAT)
    heat(page).get_by_role("gridcell", name="European backers and United States agree on 2 of 5").first.click()
    assert f"{HEAT[1:].replace('&cells', '&at=pair/european-allies/us&cells')}" == address(page)
    details = page.locator("#chosen")
    assert details.get_by_text("European backers and United States agree on 2 of 5 proposals that").is_visible()
    headings = details.get_by_role("heading", level=3).all_text_contents()
    assert ["They disagree (3)", "They agree (2)"] == headings[:2]
    entry = details.locator("li details").first
    entry.locator("summary").first.click()
    assert entry.locator("blockquote, .record, a[href]").count() > 0
    assert 2 == heat(page).locator("td[aria-current]").count(), "both cells of the pair"


def test_it_is_walked_with_the_keyboard(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, HEAT)
    assert 1 == heat(page).locator("table [tabindex='0']").count()
    heat(page).locator("table [tabindex='0']").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.search("share 1 proposal: too few to say how far they agree$", label)
    page.keyboard.press("Enter")
    assert "at=pair/" in address(page)
    page.keyboard.press("Escape")
    assert "at=" not in address(page)


def test_on_a_phone_it_scrolls_by_itself(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, HEAT, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert heat(page).evaluate("one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === 'auto'")


def test_only_some_of_many_actors_are_made_at_once(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(crowd(tmp_path, actors=60), "2026-02-01", HEAT)
    assert (40, 1600) == (len(heading_names(page)), heat(page).locator("tbody td").count())
    page.get_by_role("button", name="Next rows").click()
    assert 20 == len(heading_names(page))
    assert "Rows 41–60 of 60" == page.locator("#status").text_content()


def test_where_nothing_is_shared_enough_no_number_is_said(show: Callable[..., Page]) -> None:
    page = show(*NATURE, HEAT)
    texts = set(heat(page).locator("tbody td").all_inner_texts()) - {""}
    assert {"– of 1", "– of 2"} == texts


def test_too_many_actors_are_left_out_in_a_sentence(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(crowd(tmp_path, actors=81), "2026-02-01", HEAT)
    said = "Agreement and blocs are left out of this page: 81 actors take positions, and it holds 80 at most."
    assert page.get_by_text(said).is_visible()
    assert heat(page).is_hidden()
    page.get_by_role("tab", name="Actors").click()
    assert page.get_by_role("button", name="blocs").is_hidden()


# -- of what record


@pytest.mark.parametrize("edition", ["assume=ceasefire", "known=2025-12-31", "grade=B2"])
def test_of_another_record_there_is_no_number(show: Callable[..., Page], edition: str) -> None:
    page = show(*TROOPS, f"{HEAT}&{edition}")
    assert page.get_by_text(OF_WHOLE).is_visible()
    assert (True, True) == (heat(page).is_hidden(), page.locator(".series").is_hidden())
    page.evaluate(f"location.hash = 'view=actors&blocs=yes&{edition}'")
    page.wait_for_selector("#panel-drawing:not([hidden])")
    assert "Bloc" not in (page.locator("#drawing canvas").get_attribute("aria-label") or "")
    assert page.get_by_role("button", name="blocs").is_hidden()


def test_a_frame_says_it_too(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, f"{HEAT}&assume=ceasefire&embed=yes", width=600, height=400)
    assert page.get_by_text(OF_WHOLE).is_visible()


def test_filters_change_no_number_and_it_says_so(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, HEAT)
    before = heat(page).inner_text()
    page.evaluate("location.hash = 'view=matrix&cells=agreement&kind=state'")
    page.get_by_text("These numbers are of the whole record: filters and focus leave them as they are.").wait_for()
    assert before == heat(page).inner_text()


# -- hulls


@pytest.mark.parametrize("view", ["positions", "actors"])
def test_blocs_are_switched_on_in_the_legend(show: Callable[..., Page], view: str) -> None:
    page = show(*TROOPS, f"#view={view}")
    canvas = page.locator("#drawing canvas")
    button = page.get_by_label("Legend and filter").get_by_role("button", name="blocs")
    assert ("false", "blocs 2") == (button.get_attribute("aria-pressed"), " ".join(button.inner_text().split()))
    assert "Bloc" not in (canvas.get_attribute("aria-label") or "")
    button.click()
    assert address(page).endswith("blocs=yes")
    assert "true" == button.get_attribute("aria-pressed")
    sizes = [len(bloc) for bloc in blocs_on(load(TROOPS[0]), TROOPS[1])]
    said = re.findall(r"Bloc (\d): (?:\d of )?(\d) actors", canvas.get_attribute("aria-label") or "")
    assert [(str(number), str(size)) for number, size in enumerate(sizes, 1)] == said


def test_a_picture_has_the_blocs_that_the_screen_shows(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=actors&blocs=yes")
    root = ET.fromstring(taken(page, "Picture (SVG)")[1])  # noqa: S314 - our own page wrote it
    svg = "{http://www.w3.org/2000/svg}"
    hulls = [path for path in root.iter(f"{svg}path") if (path.findtext(f"{svg}title") or "").startswith("Bloc")]
    assert ["Bloc 1: 6 actors", "Bloc 2: 2 actors"] == [path.findtext(f"{svg}title") for path in hulls]
    assert len({path.get("stroke-dasharray") for path in hulls}) == len(hulls), "told apart without their colours"
    texts = [text.text for text in root.iter(f"{svg}text")]
    assert {"Bloc 1: 6 actors", "Bloc 2: 2 actors"} <= set(texts)
    plain = ET.fromstring(taken(show(*TROOPS, "#view=actors"), "Picture (SVG)")[1])  # noqa: S314
    assert "Bloc" not in "".join(plain.itertext())


def test_a_picture_of_agreement_has_its_cells(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, HEAT)
    root = ET.fromstring(taken(page, "Picture (SVG)")[1])  # noqa: S314 - our own page wrote it
    letters = [text for text in root.iter("{http://www.w3.org/2000/svg}text") if text.get("fill") != "none"]
    texts = [text.text or "" for text in letters]
    cells = sorted(text for text in texts if re.fullmatch(r"\d+/\d+|– of \d+", text))
    assert sorted(filter(None, heat(page).locator("tbody td").all_inner_texts())) == cells
    assert "How far the actors agree" in texts


# -- series


@pytest.mark.parametrize("pace", ["even", "true"])
def test_the_series_says_its_value_on_each_day(show: Callable[..., Page], pace: str) -> None:
    page = show(*TROOPS, f"#view=table&pace={pace}")
    steps = agreement_over_time(load(TROOPS[0]))["steps"]
    for step in steps[-6:]:
        page.evaluate(f"location.hash = 'view=table&pace={pace}&day={_iso(step['day'])}'")
        share = "–" if step["share"] is None else f"{step['share']:.2f}"
        page.wait_for_function(f"document.querySelector('.series-value b').textContent === '{share}'")
        count = f"({step['agree']} of {step['shared']} shared)"
        assert f"Agreement of all pairs {share} {count}" == series(page)
        spot, knob = (
            page.locator(".series-line circle").bounding_box(),
            page.locator(f".time-track input[data-pace={pace}]").evaluate(
                "one => { const box = one.getBoundingClientRect();"
                " return box.left + 8 + (box.width - 16) * one.value / one.max; }"
            ),
        )
        assert spot is not None
        assert abs(spot["x"] + spot["width"] / 2 - knob) < 2, "below the knob of the slider"


@pytest.mark.parametrize(("width", "lines"), [(1280, 2), (2560, 1)])
def test_the_series_has_room_for_its_value(show: Callable[..., Page], width: int, lines: int) -> None:
    """It stood in three lines, beside a slider of 1,600 pixels too."""
    page = show(*TROOPS, "#view=table", width=width)
    value = page.locator(".series-value")
    said = value.bounding_box()
    paces = page.locator(".time-paces").bounding_box()
    assert said is not None
    assert paces is not None
    assert lines == round(said["height"] / value.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)"))
    assert said["x"] + said["width"] <= paces["x"], "and covers nothing"


def test_the_series_has_a_gap_where_too_little_is_shared(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&day=2022-03-01")
    assert "Agreement of all pairs – (fewer than 3 shared)" == series(page)
    assert 0 == page.locator(".series-line circle").count()
    path = page.locator(".series-line path").get_attribute("d") or ""
    assert float(path[1:].split()[0]) > 0, "it begins where there is a number"
    page.get_by_role("button", name="A change later").click()
    assert "Agreement of all pairs" in series(page)


def test_a_model_without_enough_has_no_series(show: Callable[..., Page]) -> None:
    page = show("examples/bridge.yaml", "2026-02-15", "#view=table")
    found = agreement_over_time(load("examples/bridge.yaml"))
    assert all(step["share"] is None for step in found["steps"]) == page.locator(".series").is_hidden()


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
