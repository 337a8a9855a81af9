"""The head of the page: the model's description, folded until somebody asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pages import taken

from actorgraph.explorer.card import card_of
from actorgraph.explorer.html import Opening, to_html
from actorgraph.ledger.editions import editions
from actorgraph.ledger.load import load
from actorgraph.questions.strongest import camps, part_in_focus

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MODEL = (
    "model: {id: quays, title: Quays, description: 'Who wants a <b>quay</b>?'}\nactors: {a: {name: A, kind: state}}\n"
)


def test_the_description_is_folded_and_is_text(show: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "quays.yaml"
    path.write_text(MODEL, encoding="utf-8")
    page = show(path, "2026")
    text = page.get_by_text("Who wants a <b>quay</b>?")
    expect(text).to_be_hidden()
    page.get_by_text("About", exact=True).click()
    expect(text).to_be_visible()
    expect(page.get_by_text("One actor of the model holds no position")).to_be_visible()


def test_more_actors_are_silent_only_where_some_are_not(show: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "quays.yaml"
    path.write_text("model: {id: quays, title: Quays}\n", encoding="utf-8")
    expect(show(path, "2026").locator("#silent")).to_be_empty()
    shipped = show("graphs/ukraine-troops", "2026-01-10")
    expect(shipped.locator("#silent")).to_contain_text("28 more actors of the model hold no position")


def test_without_a_description_nothing_stands_there(show: Callable[..., Page]) -> None:
    page = show("examples/minimal.yaml", "2026-02-15")
    page.get_by_text("About", exact=True).click()
    expect(page.locator("#description p")).to_be_empty()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_a_part_leaves_out_stands_in_the_head(show_file: Callable[..., Page], tmp_path: Path, width: int) -> None:
    with load("graphs/ukraine-troops") as ledger:
        part = part_in_focus(ledger, "russia", top=3)
    file = tmp_path / "part.html"
    file.write_text(to_html(part, as_of="2026-01-06", opening=Opening(focus="russia")), encoding="utf-8")
    page = show_file(file, width=width, tools=False)
    expect(page.locator("#left-out")).to_be_visible()
    expect(page.locator("#left-out")).to_have_text(part.left_out or "")
    with load("graphs/ukraine-troops") as ledger:
        expect(page.locator("#description p")).to_have_text(str(ledger.description).strip())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_part_gives_away_says_that_it_is_one(show_file: Callable[..., Page], tmp_path: Path) -> None:
    with load("graphs/ukraine-troops") as ledger:
        part = part_in_focus(ledger, "russia", top=3)
    file = tmp_path / "part.html"
    file.write_text(to_html(part, as_of="2026-01-06", opening=Opening(focus="russia")), encoding="utf-8")
    page = show_file(file)
    notes = card_of(part, "russia", as_of="2026-01-06").notes
    assert "A part of the record." == notes[1]
    _, html = taken(page, "Answer card (HTML)")
    assert f"<small>{' '.join(notes)}</small>" in html.decode()
    for name in ("Line-up", "Positions", "Matrix", "Timeline"):
        page.get_by_role("tab", name=name).click()
        _, svg = taken(page, "Picture (SVG)")
        assert "A part of the record." in " ".join(re.sub("<[^>]+>", " ", svg.decode()).split()), name
    expect(page.locator("#silent")).to_contain_text(re.compile("of this part"))
    page.locator("#query").fill("who is silent on Multinational force")
    expect(page.locator("#suggestions li").first).to_contain_text(re.compile("[Ii]n this part"))


def test_what_was_known_by_a_day_between_two_publications_bears_its_name(show: Callable[..., Page]) -> None:
    page = show("graphs/ukraine-troops", "2026-01-06", "#view=lineup&at=proposal/multinational-force&known=2025-12-20")
    expect(page.locator("#date-notes")).to_contain_text("Known by 20 December 2025: nothing published later counts.")
    expect(page.locator("#failure")).to_be_hidden()
    with load("graphs/ukraine-troops", known_by="2025-12-20") as ledger:
        notes = card_of(ledger, "multinational-force", as_of="2026-01-06").notes
    _, html = taken(page, "Answer card (HTML)")
    assert f"<small>{' '.join(notes)}</small>" in html.decode()
    page.get_by_role("button", name="What if").click()
    assert "20 December 2025" == page.locator("#known-by option:checked").inner_text()
    expect(page).to_have_url(re.compile("known=2025-12-20"))
    # On 28 December a source of an event alone came out.
    page = show("graphs/ukraine-troops", "2026-01-06", "#view=lineup&known=2025-12-31")
    expect(page.locator("#date-notes")).to_contain_text("Known by 16 December 2025: nothing published later counts.")
    expect(page.locator("#failure")).to_have_text(
        "The link says known “2025-12-31”, which this page does not tell apart: it shows what was known by "
        "16 December 2025."
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_the_board_of_a_part_tells_of_the_split_proposals_that_it_has_not(
    show_file: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    """They are told with the counts of the whole record, and lead nowhere."""
    with load("graphs/ukraine-troops") as ledger:
        part = part_in_focus(ledger, top=1)
        whole = camps(ledger)
    assert part.elsewhere
    file = tmp_path / "part.html"
    file.write_text(to_html(part, as_of="2026-01-06"), encoding="utf-8")
    page = show_file(file, width=width, tools=False)
    board = page.locator(".elsewhere")
    expect(board.locator("li > span:first-child")).to_have_text([title for title, *_ in part.elsewhere])
    expect(board.locator(".bar-count")).to_have_text([f"{pro} : {contra}" for _, pro, contra in part.elsewhere])
    assert {(pro, contra) for _, pro, contra in part.elsewhere} <= set(whole.values())
    assert 0 == board.locator("a, button, [data-at]").count()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


GOING_ON = (
    "tells the end of ‘European peacekeepers on the demarcation line (2024)’ (superseded, 27 May 2025): positions on it"
)


@pytest.mark.parametrize("is_lens", [True, False])
def test_which_evidence_counts_and_which_ends_do_not_stand_in_the_head(
    show_file: Callable[..., Page], tmp_path: Path, *, is_lens: bool
) -> None:
    rt, path, file = "rt-2025-05-28", "graphs/ukraine-troops", tmp_path / "page.html"
    *earlier, ledger = editions(path) if is_lens else editions(path, without=[rt])
    file.write_text(to_html(ledger, as_of="2026-01-10", earlier=earlier), encoding="utf-8")
    limits = f"without={rt}&" if is_lens else ""
    page = show_file(file, f"#{limits}at=actor/germany")
    head = page.locator("#date-notes")
    expect(head).to_contain_text("Without RT 2025-05-28: what rests on it alone does not count.")
    expect(head).to_contain_text(GOING_ON)
    _, html = taken(page, "Answer card (HTML)")
    with load(path, without=[rt]) as left:
        assert f"<small>{' '.join(card_of(left, 'germany', as_of='2026-01-10').notes)}</small>" in html.decode()
        assert GOING_ON not in " ".join(card_of(left, "italy", as_of="2026-01-10").notes)
    assert GOING_ON in html.decode()
    page.evaluate(f"location.hash = '#{limits}day=2025-05-27'")
    expect(page.locator("#as-of")).to_have_text("As of 27 May 2025")
    expect(head).not_to_contain_text(GOING_ON)
    if is_lens:
        page.evaluate("location.hash = ''")
        expect(head).to_have_text("Latest source: 7 January 2026.")
