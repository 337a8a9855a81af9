"""The table: every position that is shown, sorted, searched and in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages import address, crowd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
TROOPS = ("graphs/ukraine-troops", "2026-01-10")
HOSTILE = ("tests/hostile/hostile.yaml", "2026-01-10")

ITALY = "track/commitment/italy/multinational-force"


def table(page: Page) -> list[list[str]]:
    """The words in the cells of all rows."""
    cells: list[list[str]] = page.locator("#rows tr").evaluate_all(
        r"all => all.map(row => [...row.cells].map(cell => cell.innerText.replace(/\s+/g, ' ').trim()))"
    )
    return cells


def caption(page: Page) -> str | None:
    return page.locator("#panel-table caption").last.text_content()


def test_every_position_is_in_the_table_with_all_that_is_known_of_it(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    assert "4 positions on 15 February 2026" == caption(page)
    harbour = "A deep-water harbour"
    november, december = "November 2025", "3 December 2025"
    january, february = "15 January 2026", "1 February 2026"
    loan = "If: The state grants a loan"
    assert [
        ["Fishers’ Union", "opposes", harbour, january, january, "Kari Olsen", "", "Fishers’ Union B2"],
        ["Harbour Board", "supports", harbour, november, november, "", "", "Harbour Board A1"],
        ["Harbour Board", "pledges toward Town Council", harbour, february, february, "", loan, "Coast Weekly B2"],
        ["Town Council", "open", harbour, december, december, "", "", "Coast Weekly B3"],
    ] == table(page)


def test_it_is_sorted_by_any_column_both_ways(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table&sort=rows:name")
    since = page.get_by_role("columnheader", name="Since")
    since.get_by_role("button").click()
    assert ("ascending", "view=table&sort=since,rows:name") == (since.get_attribute("aria-sort"), address(page))
    assert ["November 2025", "3 December 2025", "15 January 2026", "1 February 2026"] == [row[3] for row in table(page)]
    since.get_by_role("button").click()
    assert ("descending", "view=table&sort=-since,rows:name") == (since.get_attribute("aria-sort"), address(page))
    assert "Sorted by since, descending" == page.locator("#status").text_content()
    assert "1 February 2026" == table(page)[0][3]
    page.get_by_role("columnheader", name="Position").get_by_role("button").click()
    assert ["supports", "open", "opposes", "pledges toward Town Council"] == [row[1] for row in table(page)]
    page.get_by_role("columnheader", name="Speaker").get_by_role("button").click()
    assert ["Kari Olsen", "", "", ""] == [row[5] for row in table(page)], "what is empty comes last"


def test_rows_are_found_by_words_in_any_order_without_case_and_accents(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table")
    field = page.get_by_label("Rows that contain")
    assert "all of these words" == field.get_attribute("placeholder")
    field.press_sequentially("LOÁN pledges")
    assert ["pledges toward Town Council"] == [row[1] for row in table(page)]
    assert "1 of 4 positions on 15 February 2026" == caption(page) == page.locator("#status").text_content()
    assert "LOÁN pledges" == field.input_value()
    field.fill("coast weekly")
    assert ["Harbour Board", "Town Council"] == [row[0] for row in table(page)]
    field.fill("nobody says this")
    assert page.get_by_text("No row contains “nobody says this”.").is_visible()
    page.reload()
    assert ("nobody says this", []) == (page.get_by_label("Rows that contain").input_value(), table(page))


def test_a_position_and_both_names_can_be_chosen(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&text=italy+declines")
    page.get_by_role("button", name="Italy declines “Multinational force").click()
    assert f"view=table&at={ITALY}&text=italy+declines" == address(page)
    assert "true" == page.locator("#rows tr").first.get_attribute("aria-current")
    page.locator("#rows").get_by_role("button", name="Italy", exact=True).click()
    assert "view=table&at=actor/italy&text=italy+declines" == address(page)
    page.locator("#rows").get_by_role(
        "button", name="Multinational force in Ukraine after a ceasefire", exact=True
    ).click()
    page.go_back()
    assert "view=table&at=actor/italy&text=italy+declines" == address(page)


def test_flags_stand_beside_the_position(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&flag=contested")
    assert {"contested"} == {row[1].split()[-1] for row in table(page)}
    inferred = show(*TROOPS, "#view=table&basis=inferred")
    assert all(row[1].endswith("inferred") for row in table(inferred))
    assert "+18 of 119 positions +18 by implication on 10 January 2026" == caption(inferred)


def test_a_long_table_comes_in_pages(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show(crowd(tmp_path, actors=230), "2026-02-01", "#view=table")
    pages = page.get_by_role("group", name="Pages of positions")
    assert (100, "1–100 of 230 positions") == (len(table(page)), pages.locator("span").text_content())
    assert pages.get_by_role("button", name="Previous positions").is_disabled()
    for _ in range(2):
        pages.get_by_role("button", name="Next positions").click()
    assert (30, "201–230 of 230 positions") == (len(table(page)), page.locator("#status").text_content())
    page.get_by_role("columnheader", name="Actor").get_by_role("button").click()
    assert "Actor 000" == table(page)[0][0], "another order begins at its first page"


def in_sight(page: Page, row: str) -> bool:
    """Whether a row lies between the headings and the end of the table's region, on the screen."""
    return bool(
        page.locator(row).first.evaluate(
            """(row) => {
              const [box, seen] = [row, row.closest(".table-region")].map((one) => one.getBoundingClientRect());
              const { tHead: head } = row.closest("table");
              const isFixed = getComputedStyle(head.rows[0].cells[0]).position === "sticky";
              const top = isFixed ? seen.top + head.getBoundingClientRect().height : 0;
              return box.top >= top && box.bottom <= Math.min(seen.bottom, innerHeight) + 1;
            }"""
        )
    )


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("at", ["actor/a170", "track/stance/a170/p000"])
def test_what_a_link_chooses_is_turned_to_marked_and_in_sight(
    show: Callable[..., Page], tmp_path: Path, width: int, at: str
) -> None:
    page = show(crowd(tmp_path, actors=230), "2026-02-01", f"#view=table&at={at}", width=width, tools=False)
    marked = page.locator("#rows tr[aria-current]")
    assert [True] == [(row or "").startswith("Actor 170") for row in marked.all_inner_texts()]
    assert in_sight(page, "#rows tr[aria-current]")


def test_an_actor_that_is_chosen_elsewhere_is_turned_to(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&base=2025-08-01&sort=-actor")
    page.get_by_role("combobox", name="Find").press_sequentially("belgium")
    page.keyboard.press("Enter")
    marked = page.locator("tr[aria-current]")
    assert 2 == marked.count(), "the first of the changes, and the first of the positions"
    assert all("Belgium" in row for row in marked.all_inner_texts())
    assert in_sight(page, "tr[aria-current]")
    page.get_by_role("group", name="Pages of positions").get_by_role("button", name="Previous").click()
    page.get_by_role("slider", name="Day").press("ArrowLeft")
    assert "1–100" in (page.get_by_role("group", name="Pages of positions").locator("span").text_content() or "")


def test_who_chooses_in_the_table_is_not_moved(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&sort=-since")
    name = page.locator("#rows .of-actor button", has_text="Germany").last
    name.scroll_into_view_if_needed()
    region = page.get_by_role("region", name="Table of positions")
    before = region.evaluate("one => one.scrollTop")
    assert before > 0
    name.click()
    assert page.locator("#chosen h2", has_text="Germany").is_visible()
    assert before == region.evaluate("one => one.scrollTop")


def test_changes_come_first_when_two_days_are_compared(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=table&base=2025-12-10&day=2026-03-10")
    changes = page.get_by_role("table", name="3 changes from 10 December 2025 to 10 March 2026")
    harbour, pledge = "A deep-water harbour", "pledges toward Town Council, if “The state grants a loan”"
    assert [
        ["↓ toward-opposition", "Fishers’ Union", harbour, "15 January 2026", "neutral", "opposes"],
        ["+ added", "Harbour Board", harbour, "1 February 2026", "", pledge],
        ["− ended", "Town Council", harbour, "1 March 2026", "open", ""],
    ] == changes.locator("tbody tr").evaluate_all(
        r"all => all.map(row => [...row.cells].map(cell => cell.innerText.replace(/\s+/g, ' ').trim()))"
    )
    assert "3 positions on 10 March 2026" == caption(page)
    changes.get_by_role("button", name="ended").click()
    assert address(page).endswith("at=track/stance/town-council/harbour")


def test_keyboard_and_scroll_stay_where_they_were(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table")
    button = page.locator("#rows").get_by_role("button", name="Italy declines “Multinational force")
    button.focus()
    region = page.get_by_role("region", name="Table of positions")
    before = region.evaluate("one => one.scrollTop")
    assert before > 0
    page.evaluate("location.hash = 'view=table&day=2026-01-09'")
    page.get_by_text("by implication on 9 January 2026").wait_for()
    assert button.evaluate("one => one === document.activeElement")
    assert before == region.evaluate("one => one.scrollTop")


def test_on_a_narrow_page_rows_are_blocks_and_still_rows(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table&text=italy", width=360, height=700)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#rows td").first.evaluate("one => getComputedStyle(one).display") == "block"
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="Italy declines"))
    assert 8 >= row.get_by_role("cell").count() > 5


def test_hostile_text_is_text(show: Callable[..., Page]) -> None:
    page = show(*HOSTILE, "#view=table&text=%3Cscript")
    assert page.evaluate("window.__pwned === undefined")
    assert "<svg><script>window.__pwned = 7</script></svg>" in {row[2] for row in table(show(*HOSTILE, "#view=table"))}


@pytest.mark.parametrize("fragment", ["", "&base=2025-12-01", "&at=actor/france"])
def test_nothing_of_it_stands_beside_the_screen(show: Callable[..., Page], fragment: str) -> None:
    page = show(*TROOPS, f"#view=table{fragment}", tools=False)
    region = page.locator(".table-region")
    for width in (1920, 1440, 1280, 1024, 961, 768, 600, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, 0) == (width, region.evaluate("one => one.scrollWidth - one.clientWidth"))


def test_two_columns_share_one_where_eight_have_no_room(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table")
    left = "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    pairs = (("Actor", "Speaker"), ("Position", "Depends on"), ("Proposal", "Sources"), ("Since", "Last said"))
    first = page.locator("#rows tr").first
    for above, below in pairs:
        head = page.locator("#panel-table table:not(.changed-positions)").get_by_role("columnheader")
        heads = [head.get_by_role("button", name=name).evaluate_all(left) for name in (above, below)]
        cells = [first.locator(f'[data-title="{name}"]').evaluate_all(left) for name in (above, below)]
        assert [heads[0]] * 4 == [*heads, *cells]
    page.set_viewport_size({"width": 1920, "height": 900})
    assert 8 == len(set(first.locator("td").evaluate_all(left)))


def test_a_long_name_without_a_speaker_leaves_no_gap_beside_it(show: Callable[..., Page], tmp_path: Path) -> None:
    """Sources and conditions stood as far below the rest of their row as the name was long."""
    file = crowd(tmp_path, actors=2)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Actor 001", "A name of very many words " * 6), encoding="utf-8")
    page = show(file, "2026-01-01", "#view=table")
    row = page.locator("#rows tr").filter(has_text="very many words")
    boxes = [row.locator(f'[data-title="{name}"]').bounding_box() for name in ("Actor", "Proposal", "Sources")]
    actor, proposal, sources = ((box["y"], box["height"]) for box in boxes if box)
    assert abs(proposal[0] + proposal[1] - sources[0]) < 2
    assert sources[0] < actor[0] + actor[1] / 2


@pytest.mark.parametrize("height", [500, 844])
def test_on_a_phone_another_tab_leaves_the_page_where_it_is(show: Callable[..., Page], height: int) -> None:
    page = show(*TROOPS, "#at=actor/uk", width=390, height=height, tools=False)
    page.evaluate("scrollTo(0, 0)")
    page.locator("#tab-table").click()
    expect(page.locator("#rows tr[aria-current]")).to_have_count(1)
    expect(page.locator("#tab-table")).to_be_focused()
    expect(page.locator("#tab-table")).to_be_in_viewport()


COPIED = """([first, last]) => {
  const range = document.createRange();
  range.setStartBefore(document.querySelector(first));
  range.setEndAfter(document.querySelector(last));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  let taken;
  document.addEventListener("copy", ({ clipboardData, defaultPrevented }) => {
    taken = defaultPrevented ? ["plain", "html"].map((kind) => clipboardData.getData(`text/${kind}`)) : null;
  }, { once: true });
  document.execCommand("copy");
  return taken;
}"""


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_rows_that_are_copied_are_cells(show: Callable[..., Page], width: int) -> None:
    page = show(*HARBOUR, "#view=table", width=width, tools=False)
    head = ["Actor", "Position", "Proposal", "Since", "Last said", "Speaker", "Depends on", "Sources"]
    harbour, february, loan = "A deep-water harbour", "1 February 2026", "If: The state grants a loan"
    board = ["Harbour Board", "pledges toward Town Council", harbour, february, february, "", loan, "Coast Weekly B2"]
    council = ["Town Council", "open", harbour, "3 December 2025", "3 December 2025", "", "", "Coast Weekly B3"]
    plain, html = page.evaluate(COPIED, ["#rows tr:nth-child(3)", "#rows tr:nth-child(4)"])
    assert [board, council] == [line.split("\t") for line in plain.split("\n")]
    cells = "all => [...all.rows].map((row) => [...row.cells].map((cell) => cell.textContent))"
    page.set_content(html)
    assert [board, council] == page.locator("table").evaluate(cells)
    assert 0 == page.locator("button, svg, [style], [class]").count()
    page = show(*HARBOUR, "#view=table", width=width, tools=False)
    plain, _ = page.evaluate(COPIED, ["#panel-table table:not(.changed-positions) thead tr", "#rows tr:nth-child(1)"])
    assert [head, "Fishers’ Union"] == [plain.split("\n")[0].split("\t"), plain.split("\n")[1].split("\t")[0]]


def test_several_sources_are_one_cell_and_hostile_words_stay_words(show: Callable[..., Page]) -> None:
    page = show(*HOSTILE, "#view=table")
    every = [table.split("\t") for table in page.evaluate(COPIED, ["#rows", "#rows"])[0].split("\n")]
    assert {8} == {len(line) for line in every}
    assert "<svg><script>window.__pwned = 7</script></svg>" in {line[2] for line in every}
    _, html = page.evaluate(COPIED, ["#rows", "#rows"])
    page.set_content(html)
    assert page.evaluate("window.__pwned === undefined")
    assert ["td", "tr", "table", "tbody"] == page.evaluate(
        "[...new Set([...document.body.querySelectorAll('*')].map((one) => one.localName))].sort()"
        ".sort((one, other) => one.length - other.length)"
    )


@pytest.mark.parametrize("part", ["#rows td:first-child button", "#title"])
def test_words_that_are_copied_stay_words(show: Callable[..., Page], part: str) -> None:
    page = show(*HARBOUR, "#view=table")
    assert page.evaluate(COPIED, [part, part]) is None
