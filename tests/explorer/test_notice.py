"""What the page says before it shows anything: that a link names what is not here, that filters leave nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHIPPED = ("graphs/ukraine-troops", "2026-01-10")
VIEWS = ("positions", "actors", "matrix", "table", "timeline")


def test_a_link_to_what_is_not_here_is_told(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#focus=nobody&assume=renamed&source=gone&view=matrix")
    expect(page.locator("#failure")).to_have_text(
        "The link says assume “renamed”, which is no condition of this model. "
        "The link says focus “nobody”, which is no actor or proposal of this model. "
        "The link says source “gone”, which is no source of this model."
    )
    expect(page.get_by_role("tab", selected=True)).to_have_text("Matrix")
    expect(page.locator("#counts")).not_to_contain_text("shown")
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("#failure")).to_be_hidden()
    page.go_back()
    expect(page.locator("#failure")).to_contain_text("“gone”")


def test_a_link_that_changes_nothing_but_what_it_cannot_is_told(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    page.evaluate("location.hash = '#story=gone'")
    expect(page.locator("#failure")).to_have_text("The link says story “gone”, which is no event of this model.")
    page.evaluate("location.hash = ''")
    expect(page.locator("#failure")).to_be_hidden()


def test_a_link_names_a_thing_by_its_id_alone(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&focus=germany&at=germany")
    expect(page.locator("#chosen h2")).to_have_text("Germany")
    assert {"Germany"} == set(page.locator("#rows .of-actor").all_inner_texts())
    expect(page.locator("#failure")).to_be_hidden()


def test_an_actor_is_no_pair_with_itself(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#at=pair/russia/russia")
    expect(page.locator("#failure")).to_have_text("The link says at “pair/russia/russia”, which is not in this model.")
    expect(page.locator("#chosen")).to_be_hidden()


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [390, 1440])
def test_filters_that_leave_nothing_say_so_in_every_view(show: Callable[..., Page], view: str, width: int) -> None:
    page = show(*SHIPPED, f"#view={view}&kind=organisation", width=width)
    told = page.locator(".emptied")
    expect(told).to_contain_text("The filters leave none of the 119 positions +18 by implication on 10 January 2026.")
    page.get_by_role("button", name="Clear the filters").click()
    expect(told).to_be_hidden()
    assert "kind=" not in page.evaluate("location.hash")
    expect(page.get_by_role("tab", selected=True)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_focus_that_leaves_nothing_says_so_too(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=matrix&focus=germany&position=threatens")
    expect(page.locator(".emptied")).to_contain_text(
        "Filters and focus leave none of the 119 positions +18 by implication"
    )
    page.get_by_role("button", name="Clear filters and focus").click()
    expect(page.locator(".emptied")).to_be_hidden()
    page.evaluate("location.hash = '#day=2022-02-01&kind=organisation'")
    expect(page.locator("#as-of")).to_have_text("As of 1 February 2022")
    expect(page.locator(".emptied")).to_be_hidden()  # nothing was in force, with filters or without


def test_a_text_that_no_row_contains_can_be_cleared(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&text=nobody+says+this")
    page.get_by_role("button", name="Clear the text").click()
    expect(page.get_by_label("Rows that contain")).to_have_value("")
    expect(page.get_by_label("Rows that contain")).to_be_focused()
    expect(page.locator("#rows tr").first).to_be_visible()


def test_in_a_frame_it_is_said_too(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=matrix&kind=organisation&at=gone&embed=yes", width=500, height=400)
    expect(page.locator("#failure")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator(".emptied")).to_be_hidden()


def test_of_a_line_up_what_is_implied_is_counted_apart(show: Callable[..., Page]) -> None:
    """`what France` has 17 positions, and 3 by implication."""
    page = show(*SHIPPED, "#view=lineup&at=actor/france&kind=coalition")
    expect(page.locator(".emptied")).to_contain_text(
        "The filters leave none of the 17 positions +3 by implication of France"
    )
    expect(page.locator(".finding")).to_have_text(
        "None of the 17 positions +3 by implication on record on this day is shown."
    )


def test_a_link_says_what_of_it_means_nothing(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&ties=ropes&sort=colour&inferred=no&pace=slow")
    expect(page.locator("#failure")).to_have_text(
        "The link says pace “slow”, which is neither “even” nor “true”. "
        "The link says inferred “no”, which is not “yes”. "
        "The link says ties “ropes”, which is nothing that the view of actors draws. "
        "The link says sort “colour”, which is no order of the table or the matrix."
    )
    page.evaluate("location.hash = '#view=actors&blocs=no&embed=1'")
    expect(page.locator("#failure")).to_have_text(
        "The link says blocs “no”, which is not “yes”. The link says embed “1”, which is not “yes”."
    )


NOTHING = {
    "positions": ("#caption", "No position is in force on this day."),
    "actors": ("#caption", "No position is in force on this day."),
    "matrix": ("#panel-matrix", "No position is in force on this day."),
    "table": ("#panel-table", "No position is in force on this day."),
    "timeline": (".timeline-none", "No position is on record."),
    "lineup": (".lineup", "No position on this day."),
}


@pytest.mark.parametrize("view", NOTHING)
def test_a_model_without_positions_says_so_in_every_view(show: Callable[..., Page], tmp_path: Path, view: str) -> None:
    model = tmp_path / "quiet.yaml"
    model.write_text("model: {id: quiet, title: Quiet}\nactors: {ada: {name: Ada, kind: person}}\n", encoding="utf-8")
    page = show(model, "2026-01-10", f"#view={view}", width=390)
    where, said = NOTHING[view]
    expect(page.locator(where)).to_contain_text(said)
    expect(page.locator(where)).to_be_visible()
    assert "on record on this day" not in page.locator("main").inner_text(), "relations may be"


@pytest.mark.parametrize("view", ["positions", "actors", "matrix", "table"])
def test_a_view_says_which_of_filters_and_focus_leave_nothing(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}&kind=organisation&position=opposes")
    expect(page.locator(NOTHING[view][0])).to_contain_text("The filters leave no position.")


@pytest.mark.parametrize("view", ["positions", "matrix"])
def test_a_view_without_what_is_inferred_says_that_there_is_some(
    show: Callable[..., Page], tmp_path: Path, view: str
) -> None:
    model = tmp_path / "implied.yaml"
    model.write_text(
        """
model: {id: implied, title: Implied}
actors: {ada: {name: Ada, kind: person}}
proposals: {bridge: {title: A bridge, entails: [crossing]}, crossing: {title: A crossing, tags: [river]}}
stances: [{actor: ada, position: supports, proposal: bridge, date: 2025-02-01, evidence: [{source: daily}]}]
sources: {daily: {title: Daily, publisher: Daily, published: 2025-02-01}}
""",
        encoding="utf-8",
    )
    page = show(model, "2025-03-01", f"#view={view}&tag=river")
    where, said = NOTHING[view][0], "All that is left here is by implication: the legend shows it."
    expect(page.locator(where)).to_contain_text(said)
    page.locator("#legend").get_by_role("button", name="inferred").click()
    expect(page.get_by_role("tabpanel").get_by_text(said)).to_be_hidden()
