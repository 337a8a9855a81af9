"""What is conditional or inferred looks it in every view and every picture, without colour, and is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pages import address, taken

from actorgraph import load, snapshot
from actorgraph.questions.echoes import without_echoes

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from actorgraph.questions.rows import Row

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")
SVG = "{http://www.w3.org/2000/svg}"


def rows() -> list[Row]:
    return list(snapshot(load(SHIPPED[0]), as_of=SHIPPED[1]).rows)


def conditional(some: list[Row]) -> int:
    return sum(bool(row.conditions) and row.basis == "stated" for row in some)


def rings(page: Page) -> int:
    """Return how many rings the picture to take away has, besides that of its legend."""
    picture = ET.fromstring(taken(page, "Picture (SVG)")[1])  # noqa: S314 - our own
    found = [one for one in picture.iter(f"{SVG}circle") if one.findtext(f"{SVG}title") == "conditional"]
    words = ["".join(one.itertext()) for one in picture.iter(f"{SVG}text")]
    assert bool(found) == ("conditional" in words)
    page.keyboard.press("Escape")
    in_legend = "view=matrix" in address(page) and "conditional" in words  # elsewhere a sample is a line of its own
    return len(found) - in_legend


def entry(page: Page) -> str:
    return " ".join(page.locator(".legend .entry", has_text="conditional").inner_text().split())


@pytest.mark.parametrize("view", ["positions", "matrix"])
def test_every_position_on_conditions_has_its_ring(show: Callable[..., Page], view: str) -> None:
    expected = conditional(rows())
    assert expected > 20
    page = show(*SHIPPED, f"#view={view}&drawn=all")
    assert f"conditional {expected}" == entry(page)
    assert expected == rings(page)
    if view == "matrix":
        assert expected == page.locator(".cells .if").count()


def test_a_commitment_on_conditions_is_no_part_of_a_firm_one(show: Callable[..., Page]) -> None:
    toward = [row for row in rows() if row.kind == "commitment" and row.toward and row.conditions]
    expected = {(row.actor, row.position, to) for row in toward for to in row.toward}
    assert len(expected) > 3
    assert len(expected) == rings(show(*SHIPPED, "#view=actors&ties=commitments"))


def test_bars_of_the_timeline_bear_ring_and_word(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=timeline&focus=proposal/multinational-force")
    bars = page.locator(".timeline-bar", has=page.locator(".timeline-if"))
    told = page.locator(".timeline-bar[aria-label*='; if “'], .timeline-bar[aria-label*='; unless “']")
    assert bars.count() == told.count() > 3
    expect(page.locator(".timeline-word", has_text="pledges (if)").first).to_be_visible()
    assert rings(page) == bars.count()


def test_nothing_is_said_of_conditions_where_there_are_none(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#assume=state-loan")
    expect(page.locator(".legend .entry", has_text="conditional")).to_be_hidden()
    assert 0 == rings(page)


def test_in_forced_colours_a_ring_is_one_still(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=matrix", forced_colors="active")
    fill, stroke, paper = page.locator(".cells .if").first.evaluate(
        "(one) => { const { fill, stroke } = getComputedStyle(one);"
        " return [fill, stroke, getComputedStyle(document.body).backgroundColor]; }"
    )
    assert fill == paper != stroke


# -- by implication --------------------------------------------------------------------------------------------


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("view", ["positions", "actors", "matrix", "timeline"])
def test_what_is_inferred_is_drawn_where_that_is_asked_for(show: Callable[..., Page], view: str) -> None:
    added = sum(row.basis == "inferred" for row in without_echoes(rows()))
    page = show(*SHIPPED, f"#view={view}")
    switch = page.get_by_label("Legend and filter").get_by_role("button", name="inferred")
    assert ("false", f"inferred +{added}") == (
        switch.get_attribute("aria-pressed"),
        " ".join(switch.inner_text().split()),
    )
    switch.click()
    assert f"inferred: {added} positions added" == page.locator("#status").text_content()
    assert "true" == switch.get_attribute("aria-pressed")
    assert address(page).endswith("inferred=yes")
    switch.click()
    assert "inferred: hidden" == page.locator("#status").text_content()
    assert not address(page).endswith("inferred=yes")


def test_the_matrix_gains_as_many_marks_as_the_switch_says(show: Callable[..., Page]) -> None:
    added = sum(row.basis == "inferred" for row in without_echoes(rows()))
    page = show(*SHIPPED, "#view=matrix")
    assert 0 == page.locator(".cells .hollow").count()
    page.evaluate("location.hash = 'view=matrix&inferred=yes'")
    expect(page.locator(".cells .hollow")).to_have_count(added)


def test_the_table_keeps_what_is_inferred(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table")
    inferred = sum(row.basis == "inferred" for row in without_echoes(rows()))
    expect(page.locator(".positions caption").last).to_contain_text(f"+{inferred} by implication")
    assert "true" == page.get_by_label("Legend and filter").get_by_role("button", name="inferred").get_attribute(
        "aria-pressed"
    )
