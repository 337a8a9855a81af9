"""The legend: what lines and marks mean, how many there are, and which are shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pages import address

from actorgraph import diff, load, snapshot
from actorgraph.questions.echoes import without_echoes

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
TROOPS = ("graphs/ukraine-troops", "2026-01-10")


def legend(page: Page) -> Locator:
    return page.get_by_label("Legend and filter")


def group(page: Page, name: str) -> list[str]:
    return [
        " ".join(text.split())
        for text in legend(page).get_by_role("list", name=name).get_by_role("button").all_inner_texts()
    ]


def status(page: Page) -> str | None:
    return page.locator("#status").text_content()


def test_stances_and_commitments_that_ever_occur_are_told_apart_and_counted(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    assert ["supports 1", "open 1", "opposes 1"] == group(page, "Stances, what an actor thinks"), "what is drawn"
    page.get_by_role("tab", name="Table").click()
    assert ["supports 1", "open 1", "neutral 0", "opposes 1"] == group(page, "Stances, what an actor thinks")
    page.get_by_role("tab", name="Positions").click()
    assert ["pledges 1"] == group(page, "Commitments, what it undertakes")
    assert ["state", "organisation", "person", "proposal"] == legend(page).get_by_role("list", name="Marks").locator(
        "li"
    ).all_inner_texts()
    assert legend(page).get_by_text("contested").is_hidden(), "nothing ever was"


def test_a_position_is_hidden_and_shown_again(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    opposes = legend(page).get_by_role("button", name="opposes")
    assert "true" == opposes.get_attribute("aria-pressed")
    opposes.click()
    assert "false" == opposes.get_attribute("aria-pressed")
    assert "opposes: hidden" == status(page)
    assert "view=table&position=supports,open,neutral,pledges" == address(page)
    assert "opposes 1" == " ".join(opposes.inner_text().split()), "the count is what the other filters leave"
    opposes.click()
    assert "opposes: shown" == status(page)
    assert "view=table" == address(page)


def test_counts_follow_the_day_and_other_filters(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table&day=2026-01-01&kind=organisation")
    assert ["supports 1", "open 0", "neutral 1", "opposes 0"] == group(page, "Stances, what an actor thinks")


@pytest.mark.parametrize("view", ["table", "matrix", "timeline"])
def test_counts_are_of_what_is_in_focus(show: Callable[..., Page], view: str) -> None:
    page = show(*TROOPS, f"#view={view}&focus=actor/germany")
    rows = [row for row in snapshot(load(TROOPS[0]), as_of=TROOPS[1]).rows if row.actor == "germany"]
    stated = Counter(row.position for row in rows if row.basis == "stated")
    texts = [*group(page, "Stances, what an actor thinks"), *group(page, "Commitments, what it undertakes")]
    counts = {text.split()[0]: int(text.split()[1]) for text in texts}
    assert {one: stated[one] for one in counts} == counts
    legend(page).get_by_role("button", name="considers").click()
    texts = group(page, "Commitments, what it undertakes")
    assert f"considers {stated['considers']}" in [text.partition(" +")[0] for text in texts], "what is hidden, too"


def test_what_filters_would_leave_is_counted_of_what_is_in_focus(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&focus=actor/germany&base=2025-12-01")
    changes = "Changes, since 1 December 2025"
    legend(page).get_by_role("list", name=changes).wait_for()
    told = {text.split()[1]: int(text.split()[2]) for text in group(page, changes)}
    moved = diff(load(TROOPS[0]), "2025-12-01", TROOPS[1], stated=True).changes
    assert {kind: sum(one.change == kind and one.actor == "germany" for one in moved) for kind in told} == told
    page.get_by_role("button", name="Filter (1)", exact=True).click()
    rows = without_echoes(snapshot(load(TROOPS[0]), as_of=TROOPS[1]).rows)
    held = [row for row in rows if row.actor == "germany"]
    assert {"stated"} == {row.basis for row in held}
    actors = [" ".join(text.split()) for text in page.locator(".facet-actor label").all_inner_texts()]
    assert [f"Germany {len(held)}"] == actors, "only whom the focus leaves can be left"


def test_to_hide_the_last_position_shows_all_again(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table&position=opposes")
    legend(page).get_by_role("button", name="opposes").click()
    assert ("view=table", "opposes: shown") == (address(page), status(page))


def test_what_is_inferred_can_be_hidden(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table")
    inferred = legend(page).get_by_role("button", name="inferred")
    inferred.press("Enter")
    assert ("view=table&basis=stated", "inferred: hidden") == (address(page), status(page))
    inferred.press("Enter")
    assert "view=table" == address(page)


def test_kinds_of_change_appear_when_two_days_are_compared(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    assert legend(page).get_by_role("button", name="added").is_hidden()
    page.evaluate("location.hash = 'view=table&base=2025-12-10&day=2026-03-10'")
    changes = "Changes, since 10 December 2025"
    legend(page).get_by_role("list", name=changes).wait_for()
    assert ["+ added 1", "− ended 1", "⇄ reversed 0"] == group(page, changes)[:3]
    legend(page).get_by_role("button", name="ended").click()
    assert "ended: hidden" == status(page)
    assert "− ended 1" == group(page, changes)[1]
    assert 2 == page.get_by_role("table").first.locator("tbody tr").count()


def test_layers_are_toggled_in_the_view_of_actors_only(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=actors")
    layers = legend(page).get_by_role("list", name="Lines, between actors")
    assert ["commitments", "relations", "agreement", "conflict", "speakers"] == [
        text.split()[0] for text in layers.get_by_role("button").all_inner_texts()
    ]
    layers.get_by_role("button", name="agreement").click()
    assert "agreement: hidden" == status(page)
    assert "view=actors&ties=commitments,relations,conflict" == address(page)
    assert "false" == layers.get_by_role("button", name="agreement").get_attribute("aria-pressed")
    page.get_by_role("tab", name="Positions").click()
    assert layers.is_hidden()


def test_who_hides_the_last_layer_has_all_again_and_is_told_so(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=actors")
    layers = legend(page).get_by_role("list", name="Lines, between actors")
    for name in ("commitments", "relations", "agreement"):
        layers.get_by_role("button", name=name).click()
        assert f"{name}: hidden" == status(page)
    layers.get_by_role("button", name="conflict").click()
    assert "conflict: shown" == status(page)
    assert "true" == layers.get_by_role("button", name="conflict").get_attribute("aria-pressed")


def test_the_view_of_actors_has_the_legend_of_what_it_draws(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=actors")
    names = [text.partition(",")[0] for text in legend(page).get_by_role("heading", level=2).all_inner_texts()]
    assert ["Lines", "Commitments", "Both"] == names
    marks = legend(page).get_by_role("list", name="Marks").locator("li:visible").all_inner_texts()
    assert "proposal" not in marks
    below = legend(page).evaluate("one => one.getBoundingClientRect().bottom")
    assert below <= page.locator("#drawing").evaluate("one => one.getBoundingClientRect().top")
    pledges = [text for text in group(page, "Commitments, what it undertakes") if text.startswith("pledges")]
    toward = [
        row for row in snapshot(load(TROOPS[0]), as_of=TROOPS[1]).rows if row.position == "pledges" and row.toward
    ]
    assert [f"pledges {len(toward)}"] == pledges


def test_the_matrix_has_its_own_marks_in_the_legend(show: Callable[..., Page]) -> None:
    page = show(*TROOPS)
    assert (0, True) == (
        legend(page).locator(".cell-mark").count(),
        legend(page).get_by_role("list", name="Marks").is_visible(),
    )
    page.get_by_role("tab", name="Matrix").click()
    assert legend(page).locator(".cell-mark").count() > 9
    assert legend(page).get_by_role("list", name="Marks").is_hidden()


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("view", ["positions", "actors", "matrix", "table"])
def test_it_is_slim_on_a_wide_page_and_hangs_over_no_side(show: Callable[..., Page], view: str) -> None:
    page = show(*TROOPS, f"#view={view}", width=1440)
    assert legend(page).evaluate("one => one.offsetHeight") < 110
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
