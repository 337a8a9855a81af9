"""What an assumption changes: listed as the command line lists it, and marked in every view."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from actorgraph import diff, load
from actorgraph.render.diff import blocks_of_changes
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import plain, to_csv
from actorgraph.render.phrases import Names

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")


def listed(page: Page) -> list[str]:
    """Return the changes that are listed: each its kind, its actor, and what before and after."""
    return [" ".join(entry.locator(".soft, b, .each").all_inner_texts()) for entry in page.locator("#changes li").all()]


@pytest.mark.parametrize("assume", ["ceasefire", "not:ceasefire"])
@pytest.mark.parametrize("compared", ["", "&base=2026-01-10"])
def test_the_list_is_that_of_the_command_line(show: Callable[..., Page], assume: str, compared: str) -> None:
    page = show(*SHIPPED, f"#assume={assume}{compared}")
    answer = diff(load(SHIPPED[0]), SHIPPED[1], SHIPPED[1], assume=[assume], base_assume=[])
    expected = []
    for grid in blocks_of_changes(answer.changes, Names(answer.about), Citations()):
        kind = {"New": ["added"], "Gone": ["ended"]}.get(grid.above[0], [])
        expected += [" ".join([*kind, *line[:-1]]) for line in grid.lines]
    assert len(expected) > 9
    assert expected == listed(page)


def test_the_list_opens_with_the_assumption_and_leads_to_tracks(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#at=actor/town-council")
    page.get_by_role("button", name="What if").click()
    page.get_by_role("group", name="Assumptions").get_by_label("loan").select_option(label="does not hold")
    changes = page.locator("#changes")
    expect(changes.get_by_role("heading", level=2)).to_have_text("What the scenario changes")
    expect(changes).to_contain_text("On 15 February 2026, if “The state grants a loan” does not hold: 1 change.")
    expect(page.locator("#status")).to_contain_text("1 change, listed beside the picture")
    expect(page.locator("#what-if")).to_contain_text("1 change: listed beside the picture, and marked in it.")
    link = changes.get_by_role("link", name="Harbour Board")
    expect(link).to_have_attribute("href", "#assume=not:state-loan&at=track/commitment/harbour-board/harbour")
    link.click()
    expect(page.locator("#chosen")).to_contain_text("Ended if “The state grants a loan” does not hold")
    expect(page.locator("#chosen")).to_contain_text("Without the assumption")
    page.go_back()
    expect(changes).to_be_visible()
    page.get_by_role("button", name="Assume nothing").click()
    expect(changes).to_be_hidden()


def test_an_assumption_that_changes_nothing_says_so(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#assume=state-loan&day=2025-12-01")
    expect(page.locator("#changes")).to_contain_text("Nothing: the same positions are in force on both sides.")


def test_what_changes_is_marked_in_the_views(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=matrix&assume=ceasefire")
    changes = diff(load(SHIPPED[0]), SHIPPED[1], SHIPPED[1], assume=["ceasefire"], base_assume=[], stated=True).changes
    assert {(change.actor, change.proposal) for change in changes}
    expect(page.locator(".cells .changed")).to_have_count(len({(one.actor, one.proposal) for one in changes}))
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator(".timeline-sign").first).to_be_visible()
    page.get_by_role("tab", name="Table").click()
    caption = page.locator(".changed-positions caption")
    expect(caption).to_have_text("20 changes +1 by implication if “A ceasefire is in force” holds")


def test_what_an_assumption_ends_stays_in_the_timeline_with_its_sign(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=timeline&assume=not:state-loan")
    row = page.locator('[data-track="commitment/harbour-board/harbour"]')
    expect(row.locator(".timeline-sign text")).to_have_text("−")
    expect(row.locator(".timeline-bar")).to_have_count(0)


def test_what_changes_can_be_taken_away(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#assume=ceasefire")
    answer = diff(load(SHIPPED[0]), SHIPPED[1], SHIPPED[1], assume=["ceasefire"], base_assume=[])
    page.get_by_role("button", name="Take away").click()
    for form, expected in (("CSV", to_csv(answer.records(), answer.columns) + "\n"), ("JSON", None)):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Changes ({form})", exact=True).click()
        text = download.value.path().read_text(encoding="utf-8")
        assert (expected or plain(answer)) == (text if expected else json.loads(text))
