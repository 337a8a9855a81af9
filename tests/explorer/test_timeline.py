"""The timeline: bars over days, events as marks, and the day that can be moved along the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages import address

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

TROOPS = "graphs/ukraine-troops"
DAY = "2026-01-10"

SMALL = """\
model: {id: small, title: Small}
actors:
  anna: {name: Anna, kind: person}
  ben: {name: Ben, kind: person}
proposals:
  bridge: {title: The bridge}
  tunnel: {title: The tunnel, excludes: [bridge]}
conditions:
  money: {title: There is money}
stances:
  - {actor: anna, position: supports, proposal: bridge, date: 2020-01-01, evidence: [{source: early}]}
  - {actor: anna, position: supports, proposal: bridge, date: 2020-03-01, evidence: [{source: early}]}
  - {actor: anna, position: opposes, proposal: bridge, date: 2021-01-01, evidence: [{source: late}]}
  - {actor: ben, position: supports, proposal: tunnel, date: 2020-02-01, evidence: [{source: early}]}
  - {actor: ben, position: opposes, proposal: tunnel, date: 2020-02-01, evidence: [{source: early}]}
commitments:
  - {actor: anna, stage: pledges, proposal: bridge, date: 2020-01-01, until: 2020-12-01, if: [money], \
evidence: [{source: early}]}
events:
  - {id: opening, title: The opening, date: 2020-02-01, evidence: [{source: early}]}
  - {id: closing, title: The closing, date: 2021-01-01, evidence: [{source: late}]}
sources:
  early: {title: Early, publisher: A, published: 2020-04-01}
  late: {title: Late, publisher: A, published: 2021-02-01}
"""


CUT = """(words) => words.filter((word) => {
  const [box, row] = [word.getBoundingClientRect(), word.closest(".timeline-row").getBoundingClientRect()];
  return box.left < row.left - 1 || box.right > row.right + 1;
}).map((word) => word.textContent)"""
"""The words of bars that stand over the end of their row."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A model whose whole timeline can be written down."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def panel(page: Page) -> Locator:
    """The timeline."""
    return page.locator("#panel-timeline")


def bars(page: Page) -> list[str | None]:
    """What the bars say, in their order."""
    return [bar.get_attribute("aria-label") for bar in panel(page).locator(".timeline-bar").all()]


def words(page: Page, track: str) -> list[str]:
    """What is printed in a track's row."""
    return panel(page).locator(f'[data-track="{track}"] .timeline-word').all_text_contents()


def test_every_bar_says_who_holds_what_since_when(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline")
    ended = "until 1 January 2021 (that day not included); said again: 1 March 2020"
    pledged = "until 1 December 2020 (that day not included); if “There is money”"
    expected = {
        f"Anna supports “The bridge”, since 1 January 2020, {ended}",
        "Anna opposes “The bridge”, since 1 January 2021",
        f"Anna pledges “The bridge”, since 1 January 2020, {pledged}",
        "Ben opposes “The tunnel”, since 1 February 2020; contested",
        "Ben supports “The tunnel”, since 1 February 2020; contested",
    }
    said = bars(page)
    assert expected == {one for one in said if one and "inferred" not in one}
    assert "Anna opposes “The bridge”, since 1 January 2021" == said[1]
    assert ["supports", "opposes"] == words(page, "stance/anna/bridge")
    assert ["pledges (if)"] == words(page, "commitment/anna/bridge")


def test_what_is_possible_is_dotted_before_it_is_certain(show: Callable[..., Page]) -> None:
    page = show("tests/explorer/models/spans.yaml", "2024-05-20", "#view=timeline")
    row = panel(page).locator('[data-track="stance/cedar/draft"]')
    expected = [
        "Cedar is possibly sceptical of “A first draft”, said by 15 May 2024",
        "Cedar is sceptical of “A first draft”, by 15 May 2024, until 31 August 2024 (that day not included)",
    ]
    assert expected == [bar.get_attribute("aria-label") for bar in row.locator(".timeline-bar").all()]
    assert [True, False] == [
        "possible" in (bar.get_attribute("class") or "") for bar in row.locator(".timeline-bar").all()
    ]


def test_rows_stand_under_their_actors(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline")
    assert ["Anna", "Ben"] == panel(page).locator(".timeline-group h3").all_text_contents()
    assert "3 tracks" == panel(page).locator(".timeline-count").inner_text()
    said = panel(page).get_by_text("Not to scale: even steps")
    assert said.is_visible()
    page.get_by_role("button", name="True time").click()
    expect(said).to_be_hidden()
    page.get_by_role("button", name="Even steps").click()
    page.evaluate("location.hash = 'view=timeline&inferred=yes'")
    panel(page).get_by_text("4 tracks").wait_for()


def test_a_proposal_in_focus_is_read_as_a_line_up(show: Callable[..., Page]) -> None:
    page = show(TROOPS, DAY, "#view=timeline&focus=proposal/multinational-force")
    assert ["Multinational force in Ukraine after a ceasefire"] == panel(page).locator("h3").all_text_contents()[:1]
    parts = panel(page).locator(".timeline-group h4").all_text_contents()
    assert ["Supports", "Open", "Opposes", "Declines", "Considers", "No longer in force"] == parts
    # A commitment stands under its actor's stance, whatever it is.
    tracks = [row.get_attribute("data-track") for row in panel(page).locator("[data-track]").all()]
    assert ["stance/france/multinational-force", "commitment/france/multinational-force"] == tracks[1:3]


def test_what_stands_first_is_kept_in_the_address(show: Callable[..., Page]) -> None:
    """A bar that was chosen, or a line-up left long ago, made it another than its link and the way back show."""
    page = show(TROOPS, DAY, "#view=timeline&at=proposal/nato-troops")
    first = page.locator(".timeline-group h3").first
    expect(first).to_have_text("Troops of NATO members in Ukraine")
    bars = page.locator(".timeline-bar")
    bars.first.press("Enter")
    track = page.locator(".timeline-track.chosen").get_attribute("data-track")
    assert f"view=timeline&at=track/{track}&subject=proposal/nato-troops" == address(page)
    elsewhere = page.locator(".timeline-track:not([data-track$='/nato-troops']) .timeline-bar").first
    elsewhere.press("Enter")
    expect(first).to_have_text("Troops of NATO members in Ukraine")
    linked = show(TROOPS, DAY, f"#{address(page)}")
    expect(linked.locator(".timeline-group h3").first).to_have_text("Troops of NATO members in Ukraine")
    # Its line-up is that of the bar; another one is the first from there on.
    page.get_by_role("tab", name="Line-up").click()
    assert "subject" not in address(page)
    page.evaluate("location.hash = 'view=lineup&at=proposal/us-backstop'")
    page.locator("#panel-lineup .chip").first.click()
    page.get_by_role("tab", name="Timeline").click()
    expect(first).to_have_text("US backstop for the European force")


def test_filters_leave_whole_tracks(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline&position=opposes&kind=person")
    tracks = [row.get_attribute("data-track") for row in panel(page).locator("[data-track]").all()]
    assert ["stance/anna/bridge"] == tracks[:1]
    assert ["supports", "opposes"] == words(page, "stance/anna/bridge")
    assert "commitment/anna/bridge" not in tracks


def test_an_assumption_takes_bars_away(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline&assume=not:money")
    assert 0 == panel(page).locator('[data-track="commitment/anna/bridge"]').count()


def test_an_event_starts_its_story(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline")
    marks = panel(page).get_by_role("toolbar", name="Events")
    marks.get_by_role("button", name="The opening, 1 February 2020").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert "story=closing" in address(page)
    assert "The closing, 1 January 2021" == marks.locator('[aria-current="true"]').get_attribute("aria-label")
    page.go_back()
    assert "view=timeline" == address(page)


def test_the_day_moves_along_the_axis(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline")
    slider = panel(page).get_by_role("slider", name="Day on the timeline")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert "1 January 2021" == slider.get_attribute("aria-valuetext")
    page.keyboard.press("Home")
    assert "day=2020-01-01" in address(page)
    axis = panel(page).locator(".timeline-axis").bounding_box()
    assert axis is not None
    bottom = axis["y"] + axis["height"] - 4
    page.mouse.move(axis["x"] + 20, bottom)
    page.mouse.down()
    page.mouse.move(axis["x"] + axis["width"] - 10, bottom, steps=5)
    page.mouse.up()
    expect(slider).to_have_attribute("aria-valuetext", "1 June 2021")


def test_changes_bear_their_sign(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline&base=2020-06-01")
    row = panel(page).locator('[data-track="stance/anna/bridge"]')
    assert "⇄" == row.locator(".timeline-sign text").text_content()
    assert "Changed. Anna on “The bridge”: opposes, before supports." in row.inner_text()
    assert "1 Jun 2020" == panel(page).locator(".timeline-base").inner_text()
    assert 1 == panel(page).locator(".timeline-span").count()


def test_bars_are_walked_by_arrows_and_chosen_by_enter(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline")
    tabbed = panel(page).locator('.timeline-bar[tabindex="0"]')
    assert 1 == tabbed.count()
    tabbed.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert "Anna opposes “The bridge”, since 1 January 2021" == page.locator(":focus").get_attribute("aria-label")
    page.keyboard.press("Enter")
    assert address(page).endswith("at=track/stance/anna/bridge")
    assert 1 == panel(page).locator(".chosen").count()
    assert ["true", "true"] == [
        bar.get_attribute("aria-pressed") for bar in panel(page).locator(".chosen .timeline-bar:not(.possible)").all()
    ]


def test_what_was_not_known_yet_is_not_shown(show: Callable[..., Page], small: Path) -> None:
    page = show(small, "2021-06-01", "#view=timeline&known=2020-12-31")
    events = panel(page).locator(".timeline-mark")
    assert ["The opening, 1 February 2020"] == [one.get_attribute("aria-label") for one in events.all()]


def test_true_time_begins_where_nearly_everything_is(show: Callable[..., Page]) -> None:
    page = show(TROOPS, DAY, "#view=timeline")
    assert "true" == page.get_by_role("button", name="Even steps").get_attribute("aria-pressed")
    assert ["2024", "2025", "2026"] == panel(page).locator(".timeline-year").all_text_contents()[-3:]
    page.get_by_role("button", name="True time").click()
    assert ["2024", "2025", "2026"] == panel(page).locator(".timeline-year").all_text_contents()
    assert "pace=true" in address(page)


def test_pages_of_sixty_tracks(show: Callable[..., Page]) -> None:
    page = show(TROOPS, DAY, "#view=timeline")
    assert 60 == panel(page).locator("[data-track]").count()
    assert "Tracks 1–60 of 134" == panel(page).locator(".timeline-count").inner_text()
    panel(page).get_by_role("button", name="Next", exact=True).click()
    assert "Tracks 61–120 of 134" == page.locator("#status").text_content()


def test_what_is_chosen_elsewhere_is_turned_to(show: Callable[..., Page]) -> None:
    page = show(TROOPS, DAY, "#view=timeline&at=track/commitment/italy/multinational-force")
    chosen = panel(page).locator(".chosen .timeline-bar:not(.possible)")
    assert (chosen.get_attribute("aria-label") or "").startswith("Italy declines “Multinational force")
    assert chosen.bounding_box() is not None


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("is_link", [True, False])
def test_an_actor_that_is_chosen_has_its_group_in_sight(
    show: Callable[..., Page], width: int, *, is_link: bool
) -> None:
    page = show(TROOPS, DAY, f"#view=timeline{'&at=actor/uk' * is_link}", width=width)
    if not is_link:
        page.evaluate("location.hash = 'view=timeline&at=actor/uk'")
    heading = panel(page).get_by_role("heading", name="United Kingdom", exact=True)
    heading.wait_for()
    below = """one => [
      one.getBoundingClientRect().top - document.querySelector(".timeline-head").getBoundingClientRect().bottom,
      document.querySelector(".timeline-scroll").getBoundingClientRect().bottom - one.getBoundingClientRect().bottom,
    ]"""
    above, left = heading.evaluate(below)
    assert -1 <= above
    assert 0 < left


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_link_has_its_track_in_sight(show: Callable[..., Page], width: int) -> None:
    page = show(TROOPS, DAY, "#view=timeline&at=track/commitment/uk/multinational-force", width=width)
    seen = (
        panel(page)
        .locator(".chosen")
        .evaluate(
            """one => {
          const find = (name) => document.querySelector(name);
          const [row, head, all] = [one, find(".timeline-head"), find(".timeline-scroll")]
            .map((each) => each.getBoundingClientRect());
          return row.top >= head.bottom - 1 && row.bottom <= all.bottom + 1;
        }"""
        )
    )
    assert seen


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_word_is_cut_and_nothing_hangs_over(show: Callable[..., Page], width: int) -> None:
    page = show(TROOPS, DAY, "#view=timeline&base=2025-12-01", width=width)
    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert [] == panel(page).locator(".timeline-word").evaluate_all(CUT)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_is_cut_where_letters_are_spaced_out(show: Callable[..., Page], width: int) -> None:
    """As readers may do (WCAG 2.2, 1.4.12): before a page is drawn, or afterwards."""
    page = show(TROOPS, DAY, "#view=timeline", width=width)
    spaced = """() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }");
      document.adoptedStyleSheets = [sheet];
    }"""
    page.evaluate(spaced)
    words = panel(page).locator(".timeline-word")
    assert words.count() > 20
    assert [] == words.evaluate_all(CUT)
    page.get_by_role("button", name="A change earlier").click()
    assert [] == words.evaluate_all(CUT)


def test_a_hostile_model_is_text_here(show: Callable[..., Page]) -> None:
    page = show("tests/hostile/hostile.yaml", DAY, "#view=timeline")
    assert panel(page).locator(".timeline-bar").count() > 0
    assert [] == page.evaluate("Object.keys(window).filter((one) => one.startsWith('__pwned'))")


def test_it_follows_the_width(show: Callable[..., Page]) -> None:
    page = show(TROOPS, DAY, "#view=timeline", width=1440)
    wide = panel(page).locator(".timeline-row").first.get_attribute("width")
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_selector(".timeline-scroll.narrow")
    assert wide != panel(page).locator(".timeline-row").first.get_attribute("width")


@pytest.mark.parametrize("height", [600, 720, 800, 900])
def test_the_event_that_has_the_keyboard_stays_in_the_window(show: Callable[..., Page], height: int) -> None:
    page = show(TROOPS, DAY, "#view=timeline", height=height)
    for event in panel(page).locator(".timeline-events button").all():
        page.evaluate("location.hash = 'view=timeline'")
        page.locator("#panel-timeline [aria-current]").first.wait_for(state="detached")
        page.evaluate("scrollTo(0, 0)")
        event.focus()
        page.keyboard.press("Enter")
        box = event.bounding_box()
        assert box
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height + 1


@pytest.mark.parametrize("width", [390, 1280])
def test_no_line_goes_through_the_words_of_an_empty_timeline(
    show: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text("model: {id: empty, title: Empty}\nactors: {anna: {name: Anna, kind: person}}\n", encoding="utf-8")
    page = show(file, DAY, "#view=timeline", width=width)
    none = panel(page).locator(".timeline-none")
    assert "No position is on record." == none.text_content()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == none.evaluate("one => getComputedStyle(one).backgroundColor"), (
        "it stands on the line, not behind it"
    )
