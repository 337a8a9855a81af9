"""Questions typed into the search, in the words of the command line: answered in a sentence, and by the line-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from actorgraph.explorer.html import Opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MACRON_IDEA = "Superseded: on the table until the end of 3 December 2024. ‘Peacekeepers on the line’ succeeds it."
LATER = "That is after the last day that this page covers, 10 January 2026."
TROOPS = ("graphs/ukraine-troops", "2026-01-10")


def asked(page: Page, text: str) -> tuple[str, str]:
    """Type a question; return how it was understood, and what the first suggestion answers."""
    page.locator("#query").fill(text)
    first = page.locator("#suggestions li").first
    expect(first).to_be_visible()
    return first.locator("span").inner_text(), first.locator("small").inner_text()


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("text", "understood", "answer"),
    [
        (
            "who opposes boots on the ground",
            "Who opposes “Multinational force in Ukraine after a ceasefire”?",
            "Russia.",
        ),
        (
            "Who pledges troops?",
            "Who pledges “Multinational force in Ukraine after a ceasefire”?",
            "France, if “A ceasefire is in force”, if “A peace agreement with Russia is reached”; United Kingdom, if",
        ),
        ("who is open to the US backstop", "Who is open to “US backstop for the European force”?", "United States."),
        (
            "who is silent on boots on the ground",
            "Who is silent on “Multinational force in Ukraine after a ceasefire”?",
            "Unnamed officials at the Paris summit and Unnamed source (Radio Liberty). A person is listed only with",
        ),
        ("who is silent on Macron's idea", "Who is silent on “Macron's idea", MACRON_IDEA),
        ("who supports Macron's idea", "Who supports “Macron's idea", MACRON_IDEA),
        ("who declines the backstop", "Who declines “US backstop for the European force”?", "Nobody is on record"),
        ("where does Italy stand", "Italy: positions", "2 proposals: declines 1; supports 1."),
        ("Germany since 2025", "What changed for Germany from 31 December 2024 to 10 January 2026?", "6 changes: "),
        ("what changed in May 2025", "What changed from 30 April 2025 to 31 May 2025?", "changes"),
        ("what changed from 2026 to May 2025", "What changed from 30 April 2025 to 10 January 2026?", "changes"),
        ("what changed in February 2027", "What changed from 31 January 2027 to 28 February 2027?", LATER),
        ("Germany since 2027", "What changed for Germany from 31 December 2026?", LATER),
        ("what changed on troops since december", "What changed for Multinational force", "changes"),
    ],
)
def test_it_is_answered(show: Callable[..., Page], text: str, understood: str, answer: str) -> None:
    page = show(*TROOPS, opening=Opening())
    title, told = asked(page, text)
    assert title.startswith(understood)
    assert answer in told


def test_the_answer_leads_to_the_line_up(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#view=table", opening=Opening())
    asked(page, "who supports the Paris declaration")
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_text("Who stands where on “Paris declaration of intent (January 2026)”?")


@pytest.mark.parametrize("text", ["who eats boots", "who opposes nothing at all", "what changed in smarch"])
def test_what_is_not_understood_is_said_with_examples(show: Callable[..., Page], text: str) -> None:
    page = show(*TROOPS, opening=Opening())
    page.locator("#query").fill(text)
    expect(page.locator("#no-match")).to_contain_text("who opposes Multinational force")


@pytest.mark.parametrize("width", [390, 1280])
def test_who_is_silent_is_open_and_in_sight_and_so_it_is_by_its_address(show: Callable[..., Page], width: int) -> None:
    page = show(*TROOPS, opening=Opening(), width=width, height=700)
    heading = page.locator("[data-part=silent] > summary")
    for _ in range(2):
        asked(page, "who is silent on boots on the ground")
        page.keyboard.press("Enter")
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
        expect(page.locator(".chip.silent").first).to_be_in_viewport()
        heading.press("Enter")  # who folds it away and asks again has it again
        expect(page.locator(".chip.silent").first).to_be_hidden()
    address = page.evaluate("location.hash")
    assert "silent=yes" in address
    again = show(*TROOPS, address, opening=Opening(), width=width, height=700, tools=False)
    expect(again.locator(".chip.silent").first).to_be_in_viewport()
    asked(page, "who opposes boots on the ground")
    page.keyboard.press("Enter")
    page.locator("#tab-table").click()
    assert "silent" not in page.evaluate("location.hash")


def test_where_nobody_is_silent_nothing_is_opened(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=Opening())
    asked(page, "who is silent on Macron's idea")
    page.keyboard.press("Enter")
    assert "silent" not in page.evaluate("location.hash")


def test_which_states_are_states_alone(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=Opening())
    _, of_all = asked(page, "who supports boots on the ground")
    title, of_states = asked(page, "which states support boots on the ground")
    assert "Which state supports “Multinational force in Ukraine after a ceasefire”?" == title
    assert "European backers" in of_all
    assert "European backers" not in of_states
    assert "Ukraine" in of_states
    assert "European backers" in asked(page, "which coalitions support boots on the ground")[1]
    assert "No person is on record with that position." in asked(page, "which people oppose boots on the ground")[1]
    asked(page, "which states support boots on the ground")
    page.keyboard.press("Enter")
    names = [name.strip() for name in page.locator(".columns .chip b").all_inner_texts()]
    assert "European backers" not in names
    assert "Russia" in names
    expect(page.get_by_role("button", name="Filter (1)")).to_be_visible()


@pytest.mark.parametrize(
    "narrowed",
    [
        "kind=coalition",
        "text=zelensky",
        "focus=actor/italy&steps=2",
        "view=table&kind=coalition&at=multinational-force",
    ],
)
def test_an_answer_and_the_view_that_it_opens_agree_whatever_is_filtered(
    show: Callable[..., Page], narrowed: str
) -> None:
    page = show(*TROOPS, f"#{narrowed}", opening=Opening())
    assert "Russia." == asked(page, "who opposes multinational force")[1]
    page.keyboard.press("Enter")
    expect(page.locator(".column-against .chip").first).to_contain_text("Russia")
    expect(page.locator("#counts")).not_to_contain_text("shown")
    assert "steps=" not in page.evaluate("location.hash")


def test_where_an_actor_stands_is_answered_whatever_is_filtered(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#text=zelensky", opening=Opening())
    _, answer = asked(page, "where does france stand")
    assert "supports" in answer.lower()
    page.keyboard.press("Enter")
    expect(page.locator(".finding")).to_have_text(answer)
