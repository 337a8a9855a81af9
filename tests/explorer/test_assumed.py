"""What if changes: listed as the command line lists it, and marked in every view."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from asking import ask
from pages import taken

from actorgraph import diff, load, to_html
from actorgraph.questions.as_json import plain
from actorgraph.render.diff import blocks_of_changes
from actorgraph.render.evidence import Citations
from actorgraph.render.grid import to_csv
from actorgraph.render.phrases import Names

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HARBOUR = ("examples/minimal.yaml", "2026-02-15")
SHIPPED = ("graphs/ukraine-troops", "2026-01-10")


def listed(page: Page) -> list[str]:
    """Return the changes that are listed: each its kind, its actor, and what before and after."""
    return [" ".join(entry.locator(".soft, b, .each").all_inner_texts()) for entry in page.locator("#changes li").all()]


@pytest.mark.first_cases(1)
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
    page.get_by_role("group", name="What if").get_by_label("loan").select_option(label="does not hold")
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
    page.get_by_role("button", name="Clear what if").click()
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
    expect(caption).to_have_text("21 changes +1 by implication if “A ceasefire is in force” holds")


def test_what_an_assumption_ends_stays_in_the_timeline_with_its_sign(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#view=timeline&assume=not:state-loan")
    row = page.locator('[data-track="commitment/harbour-board/harbour"]')
    expect(row.locator(".timeline-sign text")).to_have_text("−")
    expect(row.locator(".timeline-bar")).to_have_count(0)


def test_what_changes_can_be_taken_away(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#assume=ceasefire")
    answer = diff(load(SHIPPED[0]), SHIPPED[1], SHIPPED[1], assume=["ceasefire"], base_assume=[])
    for form, expected in (("CSV", to_csv(answer.records(), answer.columns) + "\n"), ("JSON", None)):
        text = taken(page, f"Changes ({form})")[1].decode()
        assert (expected or plain(answer)) == (text if expected else json.loads(text))


# -- other evidence --------------------------------------------------------------------------------------------

EDITIONS = {
    "without=rt-2025-05-28": ("--without", "rt-2025-05-28"),
    "grade=C2": ("--min-grade", "C2"),
    "known=2025-12-01": ("--known-by", "2025-12-01"),
}


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(("fragment", "options"), EDITIONS.items())
def test_rows_and_changes_on_other_evidence_are_those_of_the_command_line(
    show: Callable[..., Page], fragment: str, options: tuple[str, ...]
) -> None:
    page = show(*SHIPPED, f"#{fragment}")
    asked = (*options, "--model", SHIPPED[0], "--as-of", SHIPPED[1], "--no-cache")
    for form in ("csv", "json"):
        rows, changes = (taken(page, f"{what} ({form.upper()})")[1].decode() for what in ("Rows", "Changes"))
        expected = ask("export", form, *asked).stdout
        compared = ask("diff", *asked, "--format", form).stdout
        if form == "csv":
            assert expected == rows
            # What became of the records themselves, the command line alone tells.
            positions = [one for one in csv.DictReader(io.StringIO(compared)) if one["part"] == "position"]
            assert positions == list(csv.DictReader(io.StringIO(changes)))
        else:
            assert json.loads(expected)["rows"] == json.loads(rows)["rows"]
            theirs, ours = json.loads(compared), json.loads(changes)
            shared = ("query", "model", "as_of", "known_by", "min_grade", "without", "assume", "changes")
            assert [theirs[key] for key in shared] == [ours[key] for key in shared]
            assert theirs["changes"]


def test_other_evidence_is_chosen_one_at_a_time_and_goes_with_an_assumption(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR)
    page.get_by_role("button", name="What if").click()
    choices = page.get_by_role("group", name="What if")
    choices.get_by_label("A source is left out").select_option("without=union-letter")
    expect(page.locator("#date-notes")).to_contain_text("Without ")
    expect(page.locator("#changes")).to_contain_text("1 record of 5 has no evidence left, 0 keep some of it.")
    expect(page.locator("#changes li")).to_have_count(1)
    choices.get_by_label("loan").select_option(label="does not hold")
    expect(page.locator("#changes").get_by_role("heading", level=2)).to_have_text("What both change")
    expect(page.locator("#changes li")).to_have_count(2)
    choices.get_by_label("Only evidence graded so, or better").select_option("grade=B2")
    expect(page).to_have_url(re.compile(r"#grade=B2&assume=not:state-loan$"))
    expect(choices.get_by_label("A source is left out")).to_have_value("")
    expect(page.locator("#date-notes")).to_contain_text("Only evidence graded B2 or better counts.")
    page.go_back()
    expect(choices.get_by_label("A source is left out")).to_have_value("without=union-letter")
    page.get_by_role("button", name="Clear what if").click()
    expect(page.locator("#changes")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"page\.html#?$"))


def test_what_evidence_changes_is_marked_in_every_view(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=lineup&at=proposal/multinational-force&without=rt-2025-05-28")
    expect(page.locator(".finding")).to_contain_text("1 changed without RT 2025-05-28.")
    gone = page.locator(".lineup-fold", has_text="Gone without RT 2025-05-28: 1")
    gone.locator("summary").click()
    expect(gone.get_by_role("button", name="European backers")).to_be_visible()
    page.evaluate("location.hash = 'without=rt-2025-05-28'")  # nothing is chosen any more
    page.get_by_role("tab", name="Matrix").click()
    expect(page.locator(".cells .changed")).to_have_count(13)
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator(".timeline-sign").first).to_be_visible()
    page.get_by_role("tab", name="Table").click()
    caption = page.locator(".changed-positions caption")
    expect(caption).to_have_text("14 changes +3 by implication without RT 2025-05-28")
    page.locator("#changes").get_by_role("link", name="Russia").last.click()
    expect(page.locator("#chosen")).to_contain_text("Ended without RT 2025-05-28")
    expect(page.locator("#chosen")).to_contain_text("On what counts here")


def test_between_two_days_the_same_evidence_counts_on_both(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, "#view=table&without=rt-2025-05-28&base=2025-06-01")
    ledger = load(SHIPPED[0], without=["rt-2025-05-28"])
    changes = diff(ledger, "2025-06-01", SHIPPED[1], stated=True).changes
    expect(page.locator("#changes")).to_contain_text(f"{len(changes)} changes")


def test_a_record_that_does_not_count_says_so(show: Callable[..., Page]) -> None:
    page = show(*HARBOUR, "#at=record/fishers-union.harbour.2026-01-15&without=union-letter")
    expect(page.locator("#chosen .marked")).to_contain_text("Nothing that reports it counts without ")


def test_what_is_too_much_for_a_page_is_said_where_it_would_be(
    show_file: Callable[..., Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actorgraph.ledger.lenses.MOST_READ", 3)
    monkeypatch.setattr("actorgraph.ledger.editions.MOST_STATEMENTS", 3)
    file = tmp_path / "page.html"
    file.write_text(to_html(load(HARBOUR[0]), as_of=HARBOUR[1]), encoding="utf-8")
    page = show_file(file, "#grade=B2")
    expect(page.locator("#failure")).to_have_text(
        "The link says grade “B2”, which is no grade that this page tells apart."
    )
    page.get_by_role("button", name="What if").click()
    for title, command in (
        ("A source is left out", "actorgraph diff --without SOURCE"),
        ("Only evidence graded so, or better", "actorgraph diff --min-grade C3"),
        ("As known by a day", "actorgraph diff --base-known-by DATE"),
    ):
        sentence = page.locator("#what-if p", has_text=title)
        expect(sentence).to_contain_text(command)
