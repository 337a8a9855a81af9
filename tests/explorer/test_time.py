"""Time on the page: the slider, steps, play, comparison, story, known-by."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pages import address

from actorgraph import load
from actorgraph.explorer.html import Opening, to_html
from actorgraph.ledger.editions import editions

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")


def test_the_slider_moves_the_day_and_the_address(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    expect(page.locator("#counts")).to_contain_text("4 positions")
    slider = page.get_by_role("slider", name="Day")
    slider.focus()
    slider.press("Home")
    expect(page.locator("#as-of")).to_have_text("As of 1 November 2025")
    expect(page.locator("#counts")).to_contain_text("0 positions")
    expect(page.locator("#counts")).to_contain_text("1 possible")  # what was said in November
    slider.press("ArrowRight")
    expect(page.locator("#as-of")).to_have_text("As of 20 November 2025")
    expect(slider).to_have_attribute("aria-valuetext", "20 November 2025")
    expect(page).to_have_url(re.compile("day=2025-11-20"))
    expect(page.locator("#counts")).to_contain_text("1 position")
    slider.press("End")
    expect(page.locator("#as-of")).to_have_text("As of 1 March 2026")


def test_arrows_step_from_change_to_change(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.locator("#drawing").click(position={"x": 3, "y": 3})
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#status")).to_have_text(re.compile("As of .* 2026"))
    before = page.locator("#as-of").text_content()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#as-of")).not_to_have_text(str(before))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#as-of")).to_have_text(str(before))
    for day in ("15 February 2026", "1 March 2026"):
        page.get_by_role("button", name="A change later").click()
        expect(page.locator("#as-of")).to_have_text(f"As of {day}")
    expect(page.get_by_role("button", name="A change later")).to_be_disabled()


def test_arrows_in_a_field_stay_in_the_field(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_role("combobox").first.press_sequentially("abc")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#as-of")).to_have_text("As of 15 February 2026")


def test_time_passes_by_itself_until_its_end(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.get_by_role("slider").press("End")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#as-of")).to_have_text("As of 1 November 2025")
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")
    page.clock.fast_forward(1300)
    expect(page.locator("#as-of")).to_have_text("As of 20 November 2025")
    page.clock.run_for(60_000)
    expect(page.locator("#as-of")).to_have_text("As of 1 March 2026")
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


def test_any_day_can_be_typed(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_label("As of").fill("2025-12-24")
    expect(page.locator("#as-of")).to_have_text("As of 24 December 2025")
    expect(page).to_have_url(re.compile("day=2025-12-24"))


def test_two_days_are_compared_in_words(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("with").fill("2025-12-24")
    expect(page.locator("#as-of")).to_have_text("From 24 December 2025 to 15 February 2026")
    changes = page.locator("#changes")
    expect(changes).to_contain_text("From 24 December 2025 to 15 February 2026: 2 changes.")
    expect(changes.locator("h3")).to_have_text([re.compile("toward-opposition 1"), re.compile("added 1")])
    expect(changes).to_contain_text("Fishers’ Union on “A deep-water harbour”: opposes, before neutral")
    changes.get_by_role("button", name="Fishers’ Union").click()
    expect(page.locator("#chosen")).to_contain_text("opposes")
    expect(changes).to_be_hidden()
    page.go_back()
    expect(changes).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#as-of")).to_have_text("As of 15 February 2026")
    expect(changes).to_be_hidden()


@pytest.mark.parametrize(
    ("as_of", "fragment", "expected"),
    [
        ("2026-11-25", "", "From 5 January 2026 to 25 November 2026"),
        ("2026-01-10", "#day=2025-12-25", "From 30 November 2025 to 25 December 2025"),
        ("2026-01-10", "#focus=germany", "From 5 January 2026 to 10 January 2026"),
    ],
)
def test_compare_opens_with_the_day_before_the_last_change(
    show: Callable[..., Page], as_of: str, fragment: str, expected: str
) -> None:
    page = show(SHIPPED[0], as_of, fragment)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#as-of")).to_have_text(expected)
    expect(page.locator("#changes")).not_to_contain_text(re.compile(r"\b0 changes"))


def test_chapters_in_which_nothing_changed_are_passed_over(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.get_by_role("button", name="Story").click()
    told = page.locator("#changes")
    step = told.get_by_role("button", name="Next", exact=True)
    numbers = []
    while True:
        expect(told).not_to_contain_text("Nothing on record changed")
        numbers.append(int(str(told.locator(".turns span").text_content()).split()[0]))
        if step.is_disabled():
            break
        step.click()
    assert numbers == sorted(set(numbers))
    assert 5 < len(numbers) < 17, "some are passed over"
    back = told.get_by_role("button", name="Previous")
    for number in reversed(numbers[:-1]):
        back.click()
        expect(told.locator(".turns span")).to_have_text(f"{number} of 17")


def test_a_page_opens_with_its_comparison(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, opening=Opening(compare="2025-12-24"))
    expect(page.locator("#changes")).to_contain_text("2 changes")


def test_the_story_is_told_event_by_event(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.get_by_role("button", name="Story").click()
    told = page.locator("#changes")
    expect(told).to_contain_text("2 of 17")
    expect(told).to_contain_text("since 26 February 2024")
    expect(told.get_by_role("button", name="Previous")).to_be_disabled()
    expect(told).to_contain_text("The story begins here: in the first chapter nothing on record changed.")
    expect(told.get_by_role("button", name="Next", exact=True)).to_be_enabled()
    page.go_back()
    page.evaluate("location.hash = '#story=paris-declaration-signed'")
    expect(told.get_by_role("heading", level=2)).to_have_text("Paris summit, declaration of intent signed")
    expect(told).to_contain_text("17 of 17")
    expect(told).to_contain_text("since 28 December 2025")
    told.get_by_role("button", name="Previous").click()
    expect(told).to_contain_text("15 of 17")
    expect(told.get_by_role("button", name="Previous")).to_be_focused()
    expect(page.locator("#status")).to_contain_text("1 December 2025")
    expect(page.locator("#as-of")).to_have_text("From 30 November 2025 to 1 December 2025")
    page.go_back()
    expect(told).to_contain_text("17 of 17")
    page.get_by_role("button", name="Story").click()
    expect(told).to_be_hidden()
    expect(page.locator("#as-of")).to_have_text("As of 6 January 2026")


def test_a_chapter_names_no_source_that_does_not_count(show: Callable[..., Page]) -> None:
    chapter = "#story=paris-declaration-signed"
    told = show(*SHIPPED, chapter).locator("#changes h2 + p").first.inner_text()
    left = show(*SHIPPED, f"{chapter}&without=brighteon-2026-01-07").locator("#changes h2 + p").first.inner_text()
    assert ["6 January 2026", "Brighteon network", "Unnamed explainer"] == told.split("; ")
    assert ["6 January 2026", "Unnamed explainer"] == left.split("; ")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_line_of_a_story_begins_with_a_comma(show: Callable[..., Page], width: int) -> None:
    page = show(*SHIPPED, "#story=paris-declaration-signed", width=width)
    names = page.locator("#changes .event-actors > span")
    expect(names).to_have_count(10)
    apart = names.evaluate_all(
        """all => all.slice(0, -1).filter((one) => {
          const comma = document.createRange();
          comma.selectNodeContents(one.lastChild);
          const [name, sign] = [one.querySelector("button").getBoundingClientRect(), comma.getBoundingClientRect()];
          return one.lastChild.data !== "," || sign.left < name.right - 1 || sign.top > name.bottom;
        }).map(one => one.textContent)"""
    )
    assert [] == apart


def test_a_story_goes_on_by_itself_and_by_the_arrows(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.get_by_role("button", name="Story").click()
    number = page.locator("#changes .turns span")
    expect(number).to_have_text("2 of 17")
    page.get_by_role("button", name="Play").click()
    page.clock.fast_forward(7100)
    expect(number).not_to_have_text("2 of 17")
    second = str(number.text_content())
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(30_000)
    expect(number).to_have_text(second)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    expect(number).to_have_text("2 of 17")
    page.keyboard.press("ArrowRight")
    expect(number).to_have_text(second)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(200_000)
    expect(number).to_have_text("17 of 17")
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


LIT = {
    "lineup": (".chip.lit b", {"France", "Ukraine", "United Kingdom", "United States", "Coalition of the willing"}),
    "matrix": (".cells .lit .heading-name", {"France", "Ukraine", "United Kingdom", "United States"}),
    "table": (".positions .lit [data-title=Actor]", {"France", "Ukraine", "United Kingdom"}),
}


@pytest.mark.parametrize("view", LIT)
def test_the_actors_of_a_chapter_are_lit(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}&story=paris-declaration-signed")
    selector, expected = LIT[view]
    lit = {name.strip() for name in page.locator(selector).all_inner_texts()}
    assert expected <= lit
    assert not {"Italy", "Belgium", "Russia", "Croatia"} & lit


def test_the_timeline_lights_a_pair_too(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=timeline&at=pair/france/russia")
    lines = page.locator("[data-track]")
    tracks = lines.evaluate_all("all => all.map(one => [one.dataset.track, one.matches('.lit')])")
    assert {True, False} == {lit for _, lit in tracks}
    assert all(lit == (track.split("/")[1] in ("france", "russia")) for track, lit in tracks)


def test_a_chapter_opens_the_line_up_of_what_changed_most(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=lineup")
    page.get_by_role("button", name="Story").click()
    expect(page.locator(".question")).to_contain_text("Macron's idea")
    page.evaluate("location.hash = '#view=lineup&story=paris-declaration-signed'")
    expect(page.locator(".question")).to_contain_text("Multinational force")


def test_what_is_merely_new_is_folded_beside_changed_minds(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#story=paris-declaration-signed")
    told = page.locator("#changes")
    expect(told).to_contain_text("strengthened 2")
    expect(told.locator("details summary")).to_have_text(["+ added 45", "− ended 1", " By implication 7"])
    added = told.locator("details").first
    assert not added.locator("li").count()
    added.locator("summary").click()
    expect(added.locator("li").first).to_be_visible()
    assert 45 == added.locator("li").count()
    page.get_by_role("button", name="Story").click()
    page.get_by_role("button", name="Story").click()
    expect(told.locator("h3")).to_have_text([re.compile("added 1")])
    expect(told.locator("details")).to_have_count(0)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("width", [1440, 768, 390])
def test_the_slider_says_its_scale_and_every_year(show: Callable[..., Page], width: int) -> None:
    page = show(*SHIPPED, width=width)
    slider = page.get_by_role("slider", name="Day")
    years = page.locator(".time-ticks text")
    for name, fragment in (("True time", "pace=true"), ("Even steps", None)):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        assert fragment is None or fragment in address(page)
        named = {year for text in years.all_text_contents() for year in (text[:4], text[-4:])}
        assert {"2022", "2026"} <= named
        spans = sorted(one.bounding_box()["x"] for one in years.all())  # type: ignore[index]
        assert all(later - earlier > 30 for earlier, later in pairwise(spans))
        days = []
        for key in ("Home", "ArrowRight", "ArrowRight", "End", "ArrowLeft"):
            slider.press(key)
            days.append(slider.get_attribute("aria-valuetext"))
        assert days[0] is not None
        assert days[0].startswith("1 January 2022")
        assert len(set(days)) == 5, "keys go from change to change in either scale"
        knob = slider.evaluate("one => (one.value - one.min) / (one.max - one.min)")
        assert (knob > 0.99) == (name == "True time"), "the last days lie close together in true time"


def test_moving_the_day_leaves_the_story(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#story=paris-declaration-signed")
    expect(page.get_by_role("button", name="Story")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="A change later").click()
    expect(page.get_by_role("button", name="Story")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#as-of")).to_have_text("As of 7 January 2026")


def test_what_was_known_earlier(show_file: Callable[..., Page], tmp_path: Path) -> None:
    known = editions("examples/minimal.yaml")
    file = tmp_path / "page.html"
    file.write_text(to_html(known[-1], as_of="2026-02-15", earlier=known[:-1]), encoding="utf-8")
    page = show_file(file, "#view=table")
    expect(page.locator("#counts")).to_contain_text("4 positions")
    page.get_by_role("button", name="What if").click()
    page.get_by_label("As known by a day").select_option(label="16 January 2026")
    expect(page.locator("#date-notes")).to_contain_text("Known by 16 January 2026: nothing published later counts.")
    expected = len(
        load("examples/minimal.yaml", known_by="2026-01-16").rows("SELECT 1 FROM holdings WHERE until > 20260215")
    )
    expect(page.locator("#counts")).to_contain_text(f"{expected} position")
    expect(page).to_have_url(re.compile("known=2026-01-16"))
    page.get_by_label("As known by a day").select_option(label="all that is known")
    expect(page.locator("#counts")).to_contain_text("4 positions")


def test_who_leaves_a_story_that_plays_ends_it(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#story=paris-declaration-signed")
    player = page.get_by_role("button", name="Play")
    player.click()
    page.get_by_role("button", name="A change later").click()
    expect(player).to_have_text("Play")
    expect(player).to_have_attribute("aria-pressed", "false")


def test_a_day_chosen_on_the_timeline_leaves_the_story(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=timeline&story=paris-declaration-signed")
    page.locator("#panel-timeline [role=slider]").press("ArrowLeft")
    expect(page).not_to_have_url(re.compile("story=|base="))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_story_that_begins_is_seen_and_said(show: Callable[..., Page], width: int) -> None:
    """On a phone it stands below the view; a mark of the timeline names its event by nothing else there."""
    page = show(*SHIPPED, "#view=timeline", width=width, height=844)
    page.get_by_role("button", name="Story").click()
    expect(page.locator("#changes h2").first).to_be_in_viewport()
    page.locator(".timeline-mark").nth(4).click()
    title = page.locator("#changes h2").first
    expect(title).to_be_in_viewport()
    expect(page.locator("#status")).to_contain_text(title.inner_text())


@pytest.mark.parametrize(("view", "scale"), [("lineup", "#day-slider"), ("timeline", ".timeline-axis")])
@pytest.mark.parametrize(("across", "up", "after"), [(8, 150, "scrolled"), (0, 0, "moved"), (120, 8, "moved")])
def test_a_finger_that_scrolls_leaves_the_day_as_it_is(
    show: Callable[..., Page], view: str, scale: str, across: int, up: int, after: str
) -> None:
    """One that taps or goes sideways moves it."""
    tools = view == "lineup"
    page = show(*SHIPPED, f"#view={view}", width=390, height=844, has_touch=True, is_mobile=True, tools=tools)
    opened = page.locator("#day-slider").input_value()
    box = page.locator(scale).bounding_box()
    assert box
    x, y = 150, box["y"] + min(box["height"] - 8, 110)
    if across or up:
        touch = page.context.new_cdp_session(page)
        for step in range(11):
            at = {"x": x + across * step / 10, "y": y - up * step / 10}
            kind = "touchMove" if step else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        page.touchscreen.tap(x, y)  # at once: a finger that stays for half a second does not tap
    if after == "moved":
        expect(page.locator("#day-slider")).not_to_have_value(opened)
    else:
        expect(page.locator("#as-of")).to_have_text("As of 10 January 2026")
        assert opened == page.locator("#day-slider").input_value()
    assert (after == "moved") == ("day=" in address(page))
