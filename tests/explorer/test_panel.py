"""Filters and assumptions on the page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from pages import crowd, taken

from actorgraph import load, snapshot
from actorgraph.explorer.html import Opening
from actorgraph.questions.echoes import without_echoes

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from actorgraph.questions.rows import Row

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")


ALL = "119 positions +18 by implication"


def shown(page: Page) -> str:
    """Return how many positions the panel says are shown: what is stated, and beside it what is implied."""
    return str(page.locator("#filters .clear [role=status]").text_content()).removesuffix(" shown")


def in_brief(rows: Iterable[Row]) -> str:
    """Say how many rows are stated, and beside them how many are implied: 17 +3."""
    rows = tuple(rows)
    stated = sum(row.basis == "stated" for row in rows)
    implied = len(rows) - stated
    return " ".join([str(stated)] * bool(stated or not implied) + [f"+{implied}"] * bool(implied))


def positions() -> tuple[Row, ...]:
    """Return the positions of the day as the command line counts them."""
    return without_echoes(snapshot(load(SHIPPED[0]), as_of=SHIPPED[1]).rows)


def test_a_tag_with_a_comma_is_a_filter_that_its_link_keeps(show: Callable[..., Page], tmp_path: Path) -> None:
    model = tmp_path / "tags.yaml"
    model.write_text(
        """
model: {id: tags, title: Tags}
actors: {ada: {name: Ada, kind: person}, bob: {name: Bob, kind: person}}
proposals: {food: {title: Food, tags: ["aid, humanitarian"]}, arms: {title: Arms, tags: [aid]}}
stances:
  - {actor: ada, position: supports, proposal: food, date: 2025-02-01, evidence: [{source: daily}]}
  - {actor: bob, position: opposes, proposal: arms, date: 2025-02-01, evidence: [{source: daily}]}
sources: {daily: {title: Daily, publisher: Daily, published: 2025-02-01}}
""",
        encoding="utf-8",
    )
    page = show(model, "2025-03-01", "#view=table")
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("aid, humanitarian").check()
    expect(page.locator("#rows .of-actor")).to_have_text(["Ada"])
    page.reload()
    expect(page.locator("#rows .of-actor")).to_have_text(["Ada"])
    expect(page.locator("#failure")).to_be_hidden()


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("group", "choice"),
    [
        ("Position", "opposes"),
        ("Actor", "Germany"),
        ("Kind of actor", "coalition"),
        ("Tag of the proposal", "troops"),
        ("Source", "RT"),
        ("Reliability of the source", "D, not usually reliable"),
        ("Credibility of the information", "3, possibly true"),
        ("Basis", "inferred"),
        ("Marked", "contested"),
        ("Depends on", "no condition"),
    ],
)
def test_each_filter_leaves_as_many_as_it_says(show: Callable[..., Page], group: str, choice: str) -> None:
    page = show(*SHIPPED)
    page.get_by_role("button", name="Filter").click()
    option = page.get_by_role("group", name=group).get_by_role("checkbox", name=re.compile(f"^{choice}"))
    label = option.locator("xpath=..")
    count = f"{label.locator('.count').text_content()} of {ALL}"
    option.check()
    assert count == shown(page)
    expect(option).to_be_focused()
    name = "Filter" if group == "Position" else "Filter (1)"  # which positions are shown the legend tells, too
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    page.reload()
    page.get_by_role("button", name=name, exact=True).click()
    assert count == shown(page)
    page.get_by_role("button", name="Clear all filters").click()
    assert ALL == shown(page)


def test_two_actors_alone_in_every_view(show: Callable[..., Page]) -> None:
    """Russia and Ukraine only (audit, task d): what is shown is what the command line says of the two."""
    page = show(*SHIPPED, "#view=table&actor=russia,ukraine")
    expect(page.locator("#rows tr")).to_have_count(sum(row.actor in ("russia", "ukraine") for row in positions()))
    page.get_by_role("tab", name="Matrix").click()
    expect(page.locator(".cells tbody th")).to_have_count(2)
    page.get_by_role("tab", name="Timeline").click()
    tracks = page.locator("[data-track]").evaluate_all("all => all.map(one => one.dataset.track.split('/')[1])")
    assert {"russia", "ukraine"} == set(tracks)
    page.get_by_role("tab", name="Line-up").click()
    assert {"Russia", "Ukraine"} == {name.strip() for name in page.locator(".columns .chip b").all_inner_texts()}


def test_members_of_a_group_on_the_day(show: Callable[..., Page]) -> None:
    page = show("graphs/nature-restoration", "2024-06-17", "#view=table&group=council")
    rows = without_echoes(snapshot(load("graphs/nature-restoration"), as_of="2024-06-17", group="council").rows)
    assert 20 < len(rows)
    expect(page.locator("#rows tr")).to_have_count(len(rows))


def test_words_are_a_filter_of_every_view(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table")
    page.get_by_role("button", name="Filter").click()
    field = page.get_by_label("Contains all of these words")
    field.press_sequentially("zelensky force")
    expect(field).to_be_focused()
    left = sum(map(int, shown(page).split(" of ")[0].split()))
    assert 0 < left < 20
    expect(page.locator("#rows tr")).to_have_count(left)
    page.get_by_role("tab", name="Matrix").click()
    assert page.locator(".cells tbody .track").count() <= left
    field.fill("zzz")
    expect(page.locator(".emptied")).to_contain_text("The filters leave none of the 119 positions +18 by implication")
    page.get_by_role("button", name="Clear the filters").click()
    assert ALL == shown(page)


def test_a_long_list_of_values_is_searched(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(crowd(tmp_path, actors=60), "2026-02-01")
    page.get_by_role("button", name="Filter").click()
    group = page.get_by_role("group", name="Actor", exact=True)
    expect(group.get_by_role("checkbox")).to_have_count(24)
    group.get_by_role("searchbox").press_sequentially("tor 057")
    expect(group.get_by_role("checkbox")).to_have_count(1)
    group.get_by_role("checkbox", name="Actor 057").check()
    assert "1 of 60 positions" == shown(page)


# -- sources


def test_the_sources_and_what_rests_on_each(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.get_by_role("button", name="Sources").click()
    on: dict[str, list[set[str]]] = {}
    for row in snapshot(load(SHIPPED[0]), as_of=SHIPPED[1]).rows:
        sources = {one.source for one in row.evidence}
        for source in sources if row.basis == "stated" else ():
            on.setdefault(source, []).append(sources)
    listed = page.locator(".source-list li")
    expect(page.locator("#source-list")).to_contain_text(f"{len(load(SHIPPED[0]).things('source'))} sources")
    told = {str(one.locator("a").get_attribute("data-at")): str(one.inner_text()) for one in listed.all()}
    for source, resting in on.items():
        alone = sum(len(sources) == 1 for sources in resting)
        words = told[f"source/{source}"]
        assert f"{len(resting)} position" in words
        assert (f"{alone} on it alone" in words) == bool(alone)
    listed.first.locator("a").click()
    details = page.locator("#chosen")
    expect(details.locator("h2")).to_be_focused()
    name = max(on, key=lambda source: len(on[source]))
    expect(page).to_have_url(re.compile(f"at=source/{name}"))
    alone = sum(len(sources) == 1 for sources in on[name])
    expect(details.locator("h3").first).to_have_text(f"On it alone ({alone})")
    details.get_by_role("button", name="What if it is left out").click()
    expect(page.locator("#changes")).to_be_visible()
    expect(page).to_have_url(re.compile(f"without={name}"))
    page.go_back()
    details.get_by_role("button", name="Only what rests on it").click()
    expect(page).to_have_url(re.compile(f"source={name}"))


def test_a_source_is_a_place_in_every_view(show: Callable[..., Page]) -> None:
    for view in ("lineup", "matrix", "timeline"):
        page = show(*SHIPPED, f"#view={view}&at=source/rt-2025-05-28")
        expect(page.locator("#chosen h2")).to_be_visible()
        expect(page.locator("#chosen .kind")).to_have_text("Source")
    page.locator("#chosen summary").first.click()
    page.locator("#chosen .evidence a").first.click()
    expect(page.locator("#chosen .kind")).to_have_text("Source")


def test_a_click_in_the_legend_is_no_filter_of_the_menu(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.locator("#legend").get_by_role("button", name="opposes").click()
    expect(page).to_have_url(re.compile("position="))
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_visible()
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("group", name="Kind of actor").get_by_role("checkbox", name=re.compile("^state")).check()
    page.get_by_role("group", name="Kind of actor").get_by_role("checkbox", name=re.compile("^coalition")).check()
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_a_count_is_on_one_line(show: Callable[..., Page], width: int) -> None:
    page = show(*SHIPPED, width=width)
    page.get_by_role("button", name="Filter").click()
    counts = page.locator("#filters .count")
    assert counts.count() > 20
    lines: list[int] = counts.evaluate_all("all => all.map(one => one.getClientRects().length)")
    heights: list[float] = counts.evaluate_all("all => all.map(one => one.offsetHeight)")
    assert {1} == set(lines)
    assert 1 == len(set(heights))


def test_the_choices_of_what_if_stand_in_line(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, width=1440)
    page.get_by_role("button", name="What if").click()
    boxes = page.locator("#what-if .condition select").evaluate_all(
        "all => all.map(one => { const { x, y, width } = one.getBoundingClientRect(); return [x, y, width]; })"
    )
    across = len({box[0] for box in boxes})
    assert (3, 1) == (across, len({box[2] for box in boxes}))
    assert -(-len(boxes) // across) == len({box[1] for box in boxes}), "those of one line are at one height"


def test_an_assumption_makes_positions_unconditional_or_drops_them(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    expect(page.locator("#panel-table")).to_contain_text("If: ")
    page.get_by_role("button", name="What if").click()
    page.get_by_role("group", name="What if").get_by_label("loan").select_option(label="does not hold")
    expect(page.locator("#counts")).to_contain_text("3 positions")
    expect(page.locator("#date-notes")).to_contain_text("Assumed: not: ")
    expect(page).to_have_url(re.compile("assume=not:state-loan"))
    page.get_by_role("group", name="What if").get_by_label("loan").select_option(label="holds")
    expect(page.locator("#counts")).to_contain_text("4 positions")
    expect(page.locator("#panel-table")).not_to_contain_text("If: ")
    page.get_by_role("button", name="Clear what if").click()
    expect(page.locator("#panel-table")).to_contain_text("If: ")


def test_the_page_assumes_what_python_does(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&assume=ceasefire,not:us-backing")
    ledger = load(SHIPPED[0])
    rows = without_echoes(snapshot(ledger, as_of=SHIPPED[1], assume=["ceasefire", "not:us-backing"]).rows)
    stated = sum(row.basis == "stated" for row in rows)
    expected = f"{stated} positions +{len(rows) - stated} by implication"
    expect(page.locator("#counts")).to_contain_text(expected)


def test_focus_shows_one_neighbourhood_in_every_view(show: Callable[..., Page]) -> None:
    rows = positions()
    own = {row.proposal for row in rows if row.actor == "italy"}
    near = [row for row in rows if row.proposal in own]
    page = show(*SHIPPED, "#view=table&focus=actor/italy")
    expect(page.locator("#counts")).to_contain_text(f"{in_brief(row for row in rows if row.actor == 'italy')} shown")
    page.goto(f"{page.url}&steps=2")
    expect(page.locator("#counts")).to_contain_text(f"{in_brief(near)} shown")


# -- what is filtered is counted, and can be undone


@pytest.mark.parametrize(
    ("fragment", "test"),
    [
        ("position=supports", lambda row: row.position == "supports"),
        ("actor=france", lambda row: row.actor == "france"),
        ("basis=inferred", lambda row: row.basis == "inferred"),
        ("focus=france", lambda row: row.actor == "france"),
    ],
)
def test_every_part_of_the_page_counts_as_the_command_line(
    show: Callable[..., Page], fragment: str, test: Callable[[Row], bool]
) -> None:
    """Support that only echoes an undertaking is counted nowhere, and what is implied beside what is stated."""
    page = show(*SHIPPED, f"#view=table&{fragment}")
    left = [row for row in positions() if test(row)]
    expected = f"{in_brief(left)} of {ALL}"
    expect(page.locator("table:not(.changed-positions) caption")).to_have_text(f"{expected} on 10 January 2026")
    expect(page.locator("#rows tr")).to_have_count(len(left))
    expect(page.locator("#counts")).to_contain_text(f"{ALL}")
    expect(page.locator("#counts")).to_contain_text(f"{in_brief(left)} shown")
    page.get_by_role("button", name=re.compile("^Filter")).click()
    assert expected == shown(page)
    rows = json.loads(taken(page, "Rows (JSON)")[1])["rows"]
    expect(page.locator(".outcome")).to_contain_text(f"{len(left)} rows, as filtered, of 137.")
    assert len(left) == len(rows)


def test_a_focus_is_a_filter_that_is_counted_and_cleared(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&focus=actor/france&steps=2")
    page.get_by_role("button", name="Filter (1)", exact=True).click()
    near = page.get_by_role("group", name="Focus").get_by_role("checkbox", name="2 steps around France")
    expect(near).to_be_checked()
    near.click()
    expect(near).to_be_hidden()
    expect(page.get_by_label("Contains all of these words")).to_be_focused()
    expect(page).to_have_url(re.compile("#view=table$"))
    page.go_back()
    page.get_by_role("button", name="Clear all filters").click()
    expect(page).to_have_url(re.compile("#view=table$"))
    assert ALL == shown(page)
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Clear all filters")).to_be_disabled()
    expect(page.get_by_label("Contains all of these words")).to_be_focused()


@pytest.mark.parametrize("view", ["lineup", "matrix&cells=agreement"])
def test_where_no_legend_tells_of_hidden_positions_the_menu_does(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}&position=opposes,pledges&base=2025-06-01&change=added", opening=Opening())
    expect(page.locator("#legend")).to_be_hidden()
    page.get_by_role("button", name="Filter (2)", exact=True).click()
    page.get_by_role("group", name="Change").get_by_role("checkbox", name="added").click()
    expect(page.get_by_role("button", name="Filter (1)", exact=True)).to_be_visible()
    page.get_by_role("tab", name="Table").click()
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_visible()
    expect(page.locator("#legend")).to_be_visible()


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ("position=opposes", "The filters leave out some positions."),
        ("focus=actor/russia", "The focus leaves out some positions."),
        ("focus=actor/russia&kind=state", "Filters and focus leave out some positions."),
    ],
)
def test_the_line_up_says_what_leaves_positions_out(show: Callable[..., Page], fragment: str, sentence: str) -> None:
    page = show(*SHIPPED, f"#at=proposal/multinational-force&{fragment}", opening=Opening())
    expect(page.locator(".lineup-body > .soft")).to_have_text(sentence)


def test_kinds_of_change_are_no_filter_without_a_comparison(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table")
    compare = page.get_by_role("button", name="Compare")
    compare.click()
    page.locator("#legend").get_by_role("button", name="added").click()
    expect(page).to_have_url(re.compile("change="))
    compare.click()
    expect(page).to_have_url(re.compile("#view=table$"))
    expect(page.locator(".emptied")).to_be_hidden()
    expect(page.locator("#counts")).not_to_contain_text("shown")


def test_kinds_of_change_are_no_filter_without_what_if(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=timeline&assume=ceasefire&change=added")
    page.get_by_role("button", name="What if").click()
    page.get_by_role("button", name="Clear what if").click()
    expect(page).to_have_url(re.compile("#view=timeline$"))
    expect(page.locator(".emptied")).to_be_hidden()


def test_a_link_to_a_kind_of_change_without_a_comparison_is_told(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=matrix&change=added")
    expect(page.locator("#failure")).to_have_text("The link says change “added”, which needs a day to compare with.")
    expect(page.locator(".emptied")).to_be_hidden()
    expect(page.locator(".cells:not(.heats)")).to_be_visible()


@pytest.mark.parametrize("menu", ["Filter", "Sources", "What if"])
def test_a_menu_closes_with_escape_and_for_the_story(show: Callable[..., Page], menu: str) -> None:
    page = show(*SHIPPED, opening=Opening())
    button = page.get_by_role("button", name=menu, exact=True)
    panel = page.locator("#panel")
    button.click()
    panel.locator("input, select, a").last.focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.locator(".column .chip").first.click()
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    button.click()
    page.get_by_role("button", name="Story").click()
    expect(panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_of_a_source_without_positions_it_is_said_what_rests_on_it(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, opening=Opening())
    page.get_by_role("button", name="Sources").click()
    more = page.locator("#source-list .link", has_text="more")
    if more.count():
        more.click()
    links = page.locator(".source-list a").evaluate_all("all => all.map((one) => one.dataset.at.slice(7))")
    told = dict(zip(links, page.locator(".source-list small").all_inner_texts(), strict=True))
    ledger = load(SHIPPED[0])

    def counted(kind: str) -> dict[str, int]:
        cited = [{one["source"] for one in thing.body.get("evidence", ())} for thing in ledger.things(kind)]
        return {source: sum(source in sources for sources in cited) for source in told}

    counts, ties, lives = map(counted, ("event", "relation", "proposal"))
    assert any(counts.values())
    for source, text in told.items():
        number = counts[source]
        assert bool(number) is ("dates" in text)
        assert not number or f"dates {number} event{'s' * (number > 1)}" in text
        assert bool(ties[source]) is (f"reports {ties[source]} relation{'s' * (ties[source] > 1)}" in text)
        assert bool(lives[source]) is (f" of {lives[source]} proposal{'s' * (lives[source] > 1)}" in text)
        assert any((counts[source], ties[source], lives[source])) or "no position rests on it" not in text
    one = next(source for source, text in told.items() if "no position rests on it" in text and counts[source])
    page.locator(f".source-list a[data-at='source/{one}']").click()
    expect(page.locator("#chosen")).to_contain_text("No position rests on it on 10 January 2026.")
    expect(page.locator("#chosen")).to_contain_text("It dates 1 event: ")
    page.locator(".source-list a[data-at='source/ansa-2022-10-22']").click()
    expect(page.locator("#chosen")).to_contain_text("It reports 1 relation: Giorgia Meloni represents Italy.")
