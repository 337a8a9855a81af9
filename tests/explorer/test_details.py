"""The details: what they tell of things, tracks, records and pairs, and how they come and go."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from folders import AMOUNTS, model_file
from pages import crowd, search

import actorgraph
from actorgraph import load
from actorgraph.explorer.html import to_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright for Python")
expect = sync_api.expect

pytestmark = pytest.mark.browser

SIGNS = {
    "added": "+",
    "ended": "−",
    "reversed": "⇄",
    "toward-support": "↑",
    "toward-opposition": "↓",
    "strengthened": "▲",
    "weakened": "▼",
    "qualified": "~",
    "contested": "?",
    "settled": "✓",
}
HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SPANS = ("tests/explorer/models/spans.yaml", "2024-05-20")
HOSTILE = ("tests/hostile/hostile.yaml", "2026-01-10")

DISPUTED = """
model: {id: disputed, title: Disputed}
actors:
  turkey: {name: Türkiye, kind: state, aliases: [Ankara]}
  union: {name: Union, kind: organisation}
  board: {name: Board, kind: organisation, note: It sits in town.}
  spokesman: {name: Spokesman, kind: person}
proposals:
  bridge: {title: A long bridge, aliases: [the bridge], entails: [road], excludes: [ferry]}
  road: {title: A road}
  ferry: {title: A ferry, part-of: road}
conditions:
  loan: {title: A loan is granted}
  war: {title: A war is on}
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
  - id: early
    actor: board
    position: opposes
    proposal: bridge
    date: 2024-02-01
    evidence: [{source: early, lines: 1}]
  - id: late
    actor: board
    position: supports
    proposal: bridge
    date: 2025-06-01
    until: 2025-09-01
    evidence: [{source: daily, lines: 2}]
  - id: union-ferry
    actor: union
    position: opposes
    proposal: ferry
    date: 2025-06-01
    evidence: [{source: daily, lines: 8}]
  - id: turkey-ferry
    actor: turkey
    position: supports
    proposal: ferry
    date: 2025-06-01
    evidence: [{source: daily, lines: 8}]
commitments:
  - actor: union
    stage: pledges
    proposal: bridge
    date: 2025-06-01
    toward: [turkey]
    if: [loan]
    evidence:
      - {source: daily, lines: 7}
sources:
  daily:
    title: On bridges
    publisher: Daily
    author: A. Writer
    published: 2025-06-02
    url: https://example.org/a
    document: daily.txt
    reliability: B
  weekly: {title: On straits, publisher: Weekly, published: 2025-06-03, reliability: C, url: "news://weekly"}
  early: {title: Before it, publisher: Daily, published: 2024-02-02}
"""

DAY = "2026-01-01"


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """Write a model with something of everything."""
    path = tmp_path / "disputed.yaml"
    path.write_text(DISPUTED, encoding="utf-8")
    return path


def pasted(page: Page) -> str:
    """Return what is on the clipboard, as a reader gets at it."""
    field = page.get_by_role("combobox", name="Find")
    field.focus()
    page.keyboard.press("ControlOrMeta+v")
    return str(field.input_value())


def entry(page: Page, text: str) -> Locator:
    """Return an entry of a line-up."""
    return page.locator("#chosen details.row", has=page.locator("summary", has_text=text))


# -- things ------------------------------------------------------------------------------------------------------------


def test_an_alias_finds_the_details_and_their_evidence(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "the fishers")
    details = page.get_by_role("complementary")
    expect(details.get_by_role("heading", level=2)).to_have_text("Fishers’ Union")
    expect(details.get_by_role("heading", level=2)).to_be_focused()
    expect(page.locator("#status")).to_have_text("Details: Fishers’ Union")
    expect(page.locator("#reading")).to_be_hidden()
    details.get_by_text("opposes A deep-water harbour").click()
    expect(details.locator(".record")).to_have_text(
        "opposes, dated 15 January 2026Said by Kari Olsen, Chair"
        "The dredging would close the spring fishery."
        "Fishers’ Union: Open letter"
        "published 16 January 2026, lines 3–6, relaying Coast Weekly"
        "Grade B2: usually reliable; probably true"
        "Copy citation Link to this record Record fishers-union.harbour.2026-01-15"
    )
    expect(details).to_contain_text("is represented by")


def test_the_silent_are_told_too(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#at=actor/olsen")
    chosen = page.locator("#chosen")
    expect(chosen).to_contain_text("Nothing is on record in its own name on this day.")
    expect(chosen).to_contain_text("Said for others (1)")
    expect(chosen).to_contain_text("Fishers’ Union opposes “A deep-water harbour”")
    expect(chosen.locator(".ties")).to_have_text("Fishers’ Union Chair, since 1 March 2024")


def test_who_is_silent_now_is_shown_when_it_was_not(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=actor/board")
    chosen = page.locator("#chosen")
    expect(chosen).to_contain_text("An earlier position: until 1 September 2025.")
    page.get_by_role("button", name="Show its last day").click()
    expect(page.locator("#as-of")).to_have_text("As of 31 August 2025")
    expect(entry(page, "supports A long bridge")).to_be_visible()
    expect(chosen.locator("h2")).to_be_focused()  # what had the focus is gone


def test_a_proposal_has_its_line_up_by_position_and_its_ties(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=proposal/bridge")
    expect(page.locator("#chosen h3")).to_have_text(
        ["supports (1)", "opposes (1)", "pledges (1)", "How it changed", "Ties"]
    )
    expect(page.locator("#chosen h4")).to_have_text(["entails", "excludes"])
    page.get_by_role("link", name="A ferry").click()
    expect(page.locator("#chosen h2")).to_have_text("A ferry")
    expect(page.locator("#chosen h4")).to_have_text(["excludes", "is part of"])
    page.go_back()
    expect(page.locator("#chosen h2")).to_have_text("A long bridge")


def test_what_is_possible_stands_below_what_is_certain(show: Callable[..., Page]) -> None:
    page = show(*SPANS, "#at=proposal/draft")
    expect(page.locator("#chosen h3")).to_have_text(
        ["supports (1)", "open (1)", "sceptical (1)", "Possibly (1)", "How it changed", "Ties"]
    )
    possible = entry(page, "Ash possibly opposes")
    expect(possible).to_contain_text("said 10 May–20 June 2024. If: There are funds")
    possible.locator("summary").first.click()
    expect(possible).to_contain_text("Possible: said some day in 10 May–20 June 2024")
    expect(page.locator("#counts")).to_contain_text("3 possible")


def test_a_proposal_tells_its_life_and_what_succeeds_it(show: Callable[..., Page]) -> None:
    page = show(*SPANS, "#at=proposal/draft")
    life = page.locator("#chosen .life")
    expect(life).to_have_text(
        [
            "First on the table: March 2024.",
            "On the table until the end of 30 August 2024, then superseded.",
            "Succeeded by A second text",
        ]
    )
    page.evaluate("location.hash = 'at=proposal/draft&day=2024-10-01'")
    expect(life).to_have_text(
        [
            "First on the table: March 2024.",
            "Superseded: on the table until the end of 30 August 2024.",
            "Succeeded by A second text",
        ]
    )
    life.get_by_role("link").click()
    expect(page.locator("#chosen h2")).to_have_text("A second text")


def test_dates_are_those_that_were_curated_and_inferences_stand_apart(show: Callable[..., Page]) -> None:
    page = show(*SPANS, "#at=actor/cedar&day=2024-06-15")
    expect(page.locator("#chosen h3")).to_have_text(["Positions (3)", "By implication (1)", "How it changed"])
    expect(entry(page, "supports A levy")).to_contain_text("since 1–20 April 2024")
    expect(entry(page, "sceptical A first draft")).to_contain_text("by 15 May 2024")
    expect(entry(page, "delivers at most 10 tonnes toward Dale")).to_contain_text("since April 2024")


def test_what_filters_hide_is_marked_and_not_dropped(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=proposal/bridge&position=opposes")
    expect(page.locator("#chosen")).to_contain_text("2 of these positions are left out of the picture by the filters.")
    expect(entry(page, "Türkiye")).to_have_count(3)  # with what Union pledges toward it
    expect(page.locator("#chosen .hushed")).to_have_count(2)
    expect(page.locator("#chosen .hushed").first).to_contain_text("Filtered out")


def test_the_focus_is_set_and_stays_where_the_reader_is(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "board")
    entry(page, "supports").locator("summary").first.click()
    steps = page.get_by_role("group", name="Focus on this")
    expect(steps.get_by_role("button", pressed=True)).to_have_text("Everything")
    steps.get_by_role("button", name="2 steps").click()
    expect(page).to_have_url(re.compile("focus=actor/harbour-board&steps=2"))
    expect(steps.get_by_role("button", pressed=True)).to_have_text("2 steps")
    expect(steps.get_by_role("button", name="2 steps")).to_be_focused()
    expect(entry(page, "supports").locator(".evidence")).to_be_visible()
    steps.get_by_role("button", name="Everything").click()
    expect(page).not_to_have_url(re.compile("[#&]focus="))


# -- tracks ------------------------------------------------------------------------------------------------------------


def test_a_contested_track_shows_both_sides(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=track/stance/turkey/bridge", width=1600)
    expect(page.locator("#chosen h2")).to_have_text("Türkiye on “A long bridge”")
    sides = page.locator("#chosen .one-side")
    expect(sides).to_have_count(2)
    left, right = (sides.nth(number).bounding_box() for number in (0, 1))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    told = sides.filter(has_text="supports")
    for text in (
        "In force since 1 May 2025.",
        "Unless: A loan is granted (not known whether it holds)",
        "Said by Spokesman, Spokesman of the government",
        "It said so twice.",
        "A. Writer, published 2 June 2025, lines 3–4, relaying Radio",
        "Grade B2: usually reliable; probably true",
        "“We will build it”",
    ):
        expect(told).to_contain_text(text)
    source = told.get_by_role("link", name="On bridges")
    expect(source).to_have_attribute("href", "https://example.org/a")
    expect(source).to_have_attribute("target", "_blank")
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    other = sides.filter(has_text="opposes")
    expect(other).to_contain_text("published 3 June 2025, page 9")
    expect(other.locator("code").first).to_have_text("news://weekly")
    expect(other.get_by_role("link", name="On straits")).to_have_count(0)


def test_a_scenario_decides_conditions(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=track/commitment/union/bridge&assume=loan")
    expect(page.locator("#chosen .body")).to_contain_text("If: A loan is granted (assumed that it holds)")
    page = show(disputed, DAY, "#at=track/commitment/union/bridge&assume=not:loan")
    expect(page.locator("#chosen")).to_contain_text("What would be in force depends on conditions that fail here.")


def test_a_chain_leads_to_where_it_starts(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=track/stance/union/bridge")
    body = page.locator("#chosen .body")
    expect(body).to_contain_text("inferred Pledges ‘A long bridge’ (1 June 2025) and so supports it.")
    body.get_by_role("link", name="Union pledges “A long bridge”").click()
    expect(page).to_have_url(re.compile("at=track/commitment/union/bridge"))
    expect(page.locator("#chosen h2")).to_have_text("Union pledges “A long bridge” (toward Türkiye)")
    expect(page.locator("#chosen h2")).to_be_focused()


def test_a_track_is_followed_over_time(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=track/stance/board/bridge")
    expect(page.locator("#chosen")).to_contain_text("Nothing is in force here on 1 January 2026.")
    past = page.locator("#chosen .past li")
    expect(past).to_have_text(
        [
            "since 1 February 2024 until 1 June 2025: opposes Go there",
            "since 1 June 2025 until 1 September 2025: supports Go there",
        ]
    )
    past.first.get_by_role("button").click()
    expect(page.locator("#as-of")).to_have_text("As of 1 February 2024")
    expect(page.locator("#chosen h2")).to_have_text("Board opposes “A long bridge”")
    expect(past.first).to_have_attribute("aria-current", "date")


def test_a_change_shows_before_and_after(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, "2025-07-01", "#at=track/stance/board/bridge&base=2025-01-01")
    chosen = page.locator("#chosen")
    expect(chosen.locator("h3").first).to_have_text("Reversed between 1 January 2025 and 1 July 2025")
    expect(chosen.locator(".abreast .one-side")).to_have_text(
        [
            "1 January 2025opposessince 1 February 2024Last said: 1 February 2024",
            "1 July 2025supportssince 1 June 2025Last said: 1 June 2025",
        ]
    )
    expect(page.locator("#reading")).to_be_hidden()


# -- records -----------------------------------------------------------------------------------------------------------


def test_a_record_is_opened_and_marked(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=record/no-to-it", height=500)
    marked = page.locator("#chosen .record.marked")
    expect(marked).to_contain_text("opposes, dated 1 May 2025")
    expect(marked).to_be_in_viewport()
    page = show(disputed, DAY, "#at=record/early")
    expect(page.locator("#chosen .record.marked")).to_contain_text("Daily: Before it")


def test_a_link_to_what_is_not_there_says_so(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=record/nope")
    expect(page.locator("#failure")).to_have_text("The link says at “record/nope”, which is not in this model.")
    page.evaluate("location.hash = '#at=record/yes-to-it'")
    expect(page.locator("#chosen .record.marked")).to_be_visible()
    expect(page.locator("#failure")).to_be_hidden()


def test_what_was_not_known_yet_is_not_told(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=record/late&known=2024-06-01")
    expect(page.locator("#chosen .marked")).to_contain_text("Not known by 1 June 2024")
    expect(page.locator("#chosen .marked .evidence")).to_have_count(0)


@pytest.mark.parametrize("has_clipboard", [True, False])
def test_a_record_is_cited_and_linked(show: Callable[..., Page], disputed: Path, *, has_clipboard: bool) -> None:
    page = show(disputed, DAY, "#at=record/yes-to-it")
    if not has_clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    record = page.locator("#chosen .marked")
    record.get_by_role("button", name="Copy citation").click()
    expect(page.locator("#status")).to_have_text("Citation copied")
    expect(record.get_by_role("button", name="Copy citation")).to_be_focused()
    assert (
        "Türkiye supports “A long bridge”, 1 May 2025 (said by Spokesman, Spokesman of the government). "
        "A. Writer, Daily, “On bridges”, 2 June 2025, lines 3–4, relaying Radio, "
        "grade B2 (usually reliable; probably true). "
        f"In: Disputed (model disputed), as of 1 January 2026; record yes-to-it; actorgraph {actorgraph.__version__}."
    ) == pasted(page)
    page.get_by_role("combobox", name="Find").fill("")
    record.get_by_role("button", name="Link to this record").click()
    expect(page.locator("#status")).to_have_text("Link copied")
    assert page.url == pasted(page)
    expect(record.get_by_role("link", name="Record yes-to-it")).to_have_attribute("href", "#at=record/yes-to-it")


def test_the_lines_of_the_readers_own_copy_stand_beside_it(
    show_file: Callable[..., Page], disputed: Path, tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "daily.txt").write_text("one\ntwo\n<b>three</b>\nfour\n", encoding="utf-8")
    file = tmp_path / "copied.html"
    file.write_text(to_html(load(disputed), as_of=DAY, documents=tmp_path / "copies"), encoding="utf-8")
    page = show_file(file, "#at=record/yes-to-it")
    page.locator(".marked").get_by_text("Cited lines").click()
    expect(page.locator(".marked .passage li")).to_have_text(["<b>three</b>", "four"])
    expect(page.locator(".marked .passage li").first).to_have_attribute("value", "3")
    expect(page.locator(".marked .passage")).to_contain_text("daily.txt may be another document")


# -- pairs -------------------------------------------------------------------------------------------------------------


def test_two_actors_are_compared(show: Callable[..., Page], disputed: Path) -> None:
    page = show(disputed, DAY, "#at=pair/turkey/union")
    expect(page.locator("#chosen h2")).to_have_text("Türkiye and Union")
    expect(page.locator("#chosen h3")).to_have_text(["They disagree (1)", "They agree (0)"])
    both = "Türkiye supports it since 1 June 2025 Union opposes it since 1 June 2025"
    expect(page.locator("#chosen .pair li")).to_have_text(
        [f"A ferry {both}"], use_inner_text=True
    )  # Türkiye's bridge is contested
    page.locator("#chosen .pair summary", has_text="Union opposes it").click()
    page.get_by_role("link", name="How this came about over time").click()
    expect(page.locator("#chosen h2")).to_have_text("Union opposes “A ferry”")


# -- coming and going --------------------------------------------------------------------------------------------------


def test_closing_gives_the_focus_back(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    search(page, "board")
    expect(page.locator("#chosen h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="1 step")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    expect(page.locator("#reading")).to_be_visible()
    expect(page.get_by_role("combobox", name="Find")).to_be_focused()
    search(page, "council")
    page.get_by_role("button", name="Close").press("Enter")
    expect(page.get_by_role("combobox", name="Find")).to_be_focused()
    expect(page.locator("#status")).to_have_text("Nothing chosen")


def test_nothing_takes_the_focus_when_the_page_opens(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#at=actor/harbour-board")
    expect(page.locator("#chosen h2")).to_have_text("Harbour Board")
    expect(page.locator("body")).to_be_focused()
    expect(page.locator("#status")).to_have_text("")


def test_a_click_on_the_drawing_leaves_the_focus_where_it_is(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    canvas = page.locator("canvas")
    box = canvas.bounding_box()
    assert box is not None
    for across in range(20, int(box["width"]) - 20, 12):  # somewhere on the way a mark or a line is met
        canvas.click(position={"x": across, "y": box["height"] / 2})
        if page.locator("#chosen").is_visible():
            break
    expect(page.locator("#chosen h2")).to_be_visible()
    expect(page.locator("#chosen h2")).not_to_be_focused()
    expect(page.locator("#status")).to_have_text(re.compile("^Details: "))


def test_the_details_stand_below_the_drawing_where_it_is_narrow(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, width=360, height=760)
    search(page, "the fishers")
    boxes = "['drawing', 'details'].map((id) => document.getElementById(id).getBoundingClientRect())"
    bottom, top = page.evaluate(f"(([drawing, details]) => [drawing.bottom, details.top])({boxes})")
    assert bottom <= top
    expect(page.locator("#chosen h2")).to_be_in_viewport()


def test_a_long_line_up_is_shown_a_part_at_a_time(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(crowd(tmp_path, actors=60), DAY, "#at=proposal/p000")
    expect(page.locator("#chosen h3")).to_have_text(["supports (60)", "How it changed"])
    expect(page.locator("#chosen .row")).to_have_count(25)
    page.get_by_role("button", name="Show 25 of 35 more").press("Enter")
    expect(page.locator("#chosen .row")).to_have_count(50)
    expect(page.locator("#chosen .row").nth(25).locator("summary")).to_be_focused()
    page.get_by_role("button", name="Show 10 more").click()
    expect(page.locator("#chosen .row")).to_have_count(60)


# -- hostile text ------------------------------------------------------------------------------------------------------


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("width", [360, 768, 1600])
def test_hostile_text_stays_text_and_hangs_over_no_side(show: Callable[..., Page], width: int) -> None:
    page = show(*HOSTILE, width=width, height=760)
    hrefs = []
    for at in (
        "actor/constructor",
        "actor/script",
        "actor/hasownproperty",
        "proposal/isprototypeof",
        "track/stance/constructor/isprototypeof",
        "track/commitment/hasownproperty/tostring",
        "record/constructor",
        "pair/constructor/valueof",
    ):
        page.evaluate("(at) => { location.hash = `at=${at}`; }", at)
        expect(page.locator("#chosen h2")).to_be_focused()
        closed = page.locator("#chosen details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        hrefs += [link.get_attribute("href") for link in page.locator("#chosen a[target]").all()]
        assert page.evaluate("window.__pwned") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {
        'https://example.org/"onmouseover="window.__pwned=20',
        "https://example.org/<script>",
    } == set(hrefs)
    strangers = "img, iframe, object, embed, video, math, form, base, link, marquee, #chosen style, #chosen script"
    assert page.locator(strangers).count() == 0
    names = page.evaluate("[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())")
    assert [name for name in names if name.startswith("on")] == []


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("thing", ["actor/germany", "actor/us", "proposal/multinational-force"])
def test_a_thing_has_its_history_as_diff_tells_it(show: Callable[..., Page], thing: str) -> None:
    page = show("graphs/ukraine-troops", "2026-01-10", f"#at={thing}")
    history = page.locator("details.history")
    history.locator("summary").click()
    ledger = load("graphs/ukraine-troops")
    kind, _, name = thing.partition("/")
    days = history.locator("ol.course > li")
    assert days.count() > 2
    told = []
    for one in days.all():
        one.locator("button").first.scroll_into_view_if_needed()
        day = date(*time.strptime(str(one.locator("button").first.get_attribute("data-day")), "%Y%m%d")[:3])
        told.append(day)
        changes = actorgraph.diff(ledger, day - timedelta(days=1), day).changes
        own = [
            change
            for change in changes
            if change.basis == "stated"
            and (change.actor == name if kind == "actor" else name in (change.proposal, change.before_proposal))
        ]
        assert len(own) == one.locator("li").count(), day
        assert sorted(SIGNS[change.change] for change in own) == sorted(
            str(sign) for sign in one.locator(".sign").all_text_contents()
        )
    assert told == sorted(told, reverse=True)
    days.nth(1).locator("button").first.click()
    expect(page.locator("#as-of")).to_contain_text(f"{told[1].day} {told[1]:%B %Y}")


def test_how_to_read_tells_of_what_the_view_shows(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    begins = {
        "view=positions": "Every line is a position",
        "view=actors": "Every line is between two actors",
        "view=matrix": "Every row is an actor, every column a proposal",
        "view=matrix&cells=agreement": "Every row and every column is an actor",
        "view=table": "Every row is a position",
        "view=timeline": "Every bar is a position over time",
    }
    for fragment, begin in begins.items():
        page.evaluate("fragment => { location.hash = fragment; }", fragment)
        told = page.locator("#reading [data-of]:visible")
        expect(told.first).to_have_text(re.compile(f"^{begin}"))
        drawn = fragment in ("view=positions", "view=actors")
        assert drawn is bool(re.search(r"\blines?\b(?! is the day)", " ".join(told.all_inner_texts()))), fragment
        assert 2 == told.count()


def test_a_thing_has_its_amounts_in_its_history(show: Callable[..., Page], tmp_path: Path) -> None:
    """They cut no run: the position is held on through all of them."""
    history = show(model_file(tmp_path, AMOUNTS), "2024-03-31", "#at=actor/a").locator("details.history")
    history.locator("summary").click()
    days = [one.locator("button").first.text_content() for one in history.locator("ol.course > li").all()]
    assert ["25 January 2024", "15 January 2024", "1 January 2024"] == days


def test_a_record_names_whom_it_is_toward_as_its_position_does(show: Callable[..., Page]) -> None:
    page = show("graphs/ukraine-troops", "2026-01-10", "#at=track/commitment/russia/multinational-force")
    details = page.locator("#chosen")
    expect(details.locator(".record p").first).to_have_text("Toward France and United Kingdom")
    expect(details.locator(".record").first).to_contain_text("threatens")


def test_of_a_line_up_beside_which_no_details_are_shown_none_are_announced(show: Callable[..., Page]) -> None:
    page = show("graphs/ukraine-troops", "2026-01-10", "#view=lineup")
    page.locator(".lineup-list [data-at]").nth(1).click()
    expect(page.locator("#status")).to_have_text(re.compile("^Line-up: "))
    page.locator(".columns .chip").first.click()
    expect(page.locator("#status")).to_have_text(re.compile("^Details: "))


@pytest.mark.parametrize("at", ["actor/germany", "proposal/multinational-force"])
def test_a_search_in_the_page_reaches_what_the_details_fold(show: Callable[..., Page], at: str) -> None:
    """It is filled while nobody does anything; its links lead where they lead when they are pressed."""
    page = show("graphs/ukraine-troops", "2026-01-10", f"#view=table&at={at}")
    folds = page.locator("#chosen details")
    expect(page.locator("#chosen details:not(:has(> summary + *))")).to_have_count(0)
    assert folds.count() > 10
    assert 0 == page.locator("#chosen details[open]:not([open] details, .record)").count()
    assert not page.locator("#chosen .evidence").first.is_visible()
    assert 0 == page.locator("#chosen a[href='#']").count()
    page.locator("#chosen .row > summary").first.click()
    expect(page.locator("#chosen .evidence").first).to_be_visible()
