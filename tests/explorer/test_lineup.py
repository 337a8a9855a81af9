"""The line-up: the page's first view, which answers who stands where before anything is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import model_file

from actorgraph import load, tally, who
from actorgraph.explorer.card import card_of
from actorgraph.explorer.html import Opening

expect = pytest.importorskip("playwright.sync_api", reason="playwright missing").expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from actorgraph.questions.counting import Count

pytestmark = pytest.mark.browser

TROOPS = ("graphs/ukraine-troops", "2026-01-10")
FIRST = Opening()


def question(page: Page) -> str:
    """Return whose line-up it is, as a question."""
    return page.locator(".question").inner_text()


def chips(page: Page, column: str) -> list[str]:
    """Return what the chips of a column say, each in one line."""
    texts = page.locator(f".column-{column} .chip").all_inner_texts()
    return [" | ".join(line.strip() for line in text.splitlines() if line.strip()) for text in texts]


def test_the_page_opens_on_the_most_split_proposal(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=FIRST)
    assert "true" == page.get_by_role("tab", name="Line-up").get_attribute("aria-selected")
    assert "Who stands where on “Multinational force in Ukraine after a ceasefire”?" == question(page)
    assert (
        "1 opposes; 1 threatens; 3 decline to take part; 1 open; 3 consider, all on conditions; 4 support; "
        "2 pledge, all on conditions. 12 actors in all, 3 with several positions. 11 changed since 5 January 2026."
    ) == page.locator(".finding").inner_text()
    assert ["Croatia | declines | + new", "Czech Republic | declines | + new"] == chips(page, "out")[:2]
    pledges = chips(page, "in")
    assert ["France", "United Kingdom"] == [text.split(" | ")[0] for text in pledges]
    assert all("if ceasefire, if peace agreement" in text for text in pledges)
    assert page.locator(".column-in .chip.conditional").count() == 2
    assert not page.locator("#legend").is_visible()


GRADED = """
model: {{id: m, title: M}}
actors: {{a: {{name: A, kind: state}}}}
proposals: {{p: {{title: P}}}}
sources:
  leaflet: {{title: L, publisher: L, published: 2024-03-01, reliability: E}}
  paper: {{title: P, publisher: P, published: 2024-03-01, reliability: B}}
  letter: {{title: N, publisher: N, published: 2024-03-01}}
stances: [{{actor: a, position: opposes, proposal: p, date: 2024-03-01, evidence: [{evidence}]}}]
"""


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("{source: leaflet, credibility: 3}", "weak evidence (E3)"),
        ("{source: paper, credibility: 6}, {source: leaflet, credibility: 2}", "weak evidence (B6)"),
        ("{source: paper, credibility: 2}, {source: leaflet, credibility: 2}", ""),
        ("{source: letter}", ""),
    ],
)
def test_a_chip_says_what_rests_on_weak_evidence_alone(
    show: Callable[..., Page], tmp_path: Path, evidence: str, said: str
) -> None:
    """It looked as what is confirmed; what nobody judged is not called weak."""
    page = show(model_file(tmp_path, GRADED.format(evidence=evidence)), "2024-06-01", opening=FIRST)
    assert [" | ".join(filter(None, ("A", "opposes", said, "+ new")))] == chips(page, "against")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = page.locator("#print .printed").text_content() or ""
    assert (said in drawn) if said else ("weak" not in drawn), "on paper, and in pictures, too"


def numbers(tallied: Count) -> str:
    """Return what stands beside a proposal: how many are for and against or, where none is, how many hold anything."""
    sides = tallied.stances["supports"], tallied.stances["opposes"]
    held = sum(tallied.stances.values()) + tallied.contested + tallied.commitment_only
    return " : ".join(map(str, sides)) if any(sides) else f"{held} {'have' if held > 1 else 'has'} a position"


@pytest.mark.parametrize("path", [TROOPS, ("graphs/nature-restoration", "2024-06-17")])
def test_bars_are_the_numbers_of_tally(show: Callable[..., Page], path: tuple[str, str]) -> None:
    page = show(*path, opening=FIRST)
    more = page.locator(".lineup-list .link")
    if more.count():
        more.click()
    shown = dict(
        zip(
            [
                key.removeprefix("proposal/")
                for key in page.locator(".lineup-list [data-at]").evaluate_all(
                    "all => all.map((one) => one.dataset.at)"
                )
            ],
            page.locator(".lineup-list .bar-count").all_inner_texts(),
            strict=True,
        )
    )
    counted = {one.proposal: numbers(one) for one in tally(load(path[0]), as_of=path[1]).proposals}
    assert {key: counted[key] for key in shown} == shown
    assert [key for key in counted if key in shown] == list(shown), "those that tie in the order of their names"


def test_of_commitments_alone_it_is_told_how_many_hold_any(show: Callable[..., Page], tmp_path: Path) -> None:
    """All stood there at 0 : 0, as the most split."""
    model = model_file(
        tmp_path,
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}, b: {name: B, kind: state}}\n"
        "proposals: {p: {title: P}, q: {title: Q}}\nsources: {s: {title: S, publisher: S, published: 2024-03}}\n"
        "commitments:\n"
        "  - {actor: [a, b], stage: pledges, proposal: p, date: 2024-01-01, evidence: [{source: s}]}\n"
        "  - {actor: a, stage: declines, proposal: q, date: 2024-01-01, evidence: [{source: s}]}\n",
    )
    page = show(model, "2024-06-01", opening=FIRST)
    assert ["2 have a position", "1 has a position"] == page.locator(".lineup-list .bar-count").all_inner_texts()
    said = page.locator(".lineup-list > .soft").inner_text()
    assert "By name: how many have a position." == said


def test_what_filters_hide_is_not_counted_among_what_changed(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#position=supports", opening=FIRST)
    assert "4 support. 1 changed since 5 January 2026." == page.locator(".finding").inner_text()
    earlier = page.locator(".earlier td").all_inner_texts()
    assert not any("Russia" in text for text in earlier), "nor told of the days before"
    assert any("France" in text for text in earlier)
    page.evaluate("location.hash = 'position=declines'")
    expect(page.locator(".finding")).to_have_text("3 decline to take part. 3 changed since 5 January 2026.")
    page.evaluate("location.hash = 'focus=actor/russia&at=proposal/multinational-force'")
    expect(page.locator(".finding")).to_have_text("1 opposes; 1 threatens. 1 actor in all.")


def test_an_actor_has_a_line_up_of_its_own(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#at=actor/germany", opening=FIRST)
    assert "Germany: positions" == question(page)
    assert ["Own soldiers in Ukraine"] == [text.split(" | ")[0] for text in chips(page, "out")]
    page.locator(".column-out .chip").click()
    assert "Germany: positions" == question(page), "a chip leaves its line-up where it is"
    assert "Germany declines" in page.locator("#chosen h2").inner_text()
    page.locator(".lineup-list [data-at='proposal/us-backstop']").click()
    assert "Who stands where on “US backstop for the European force”?" == question(page)
    assert [1, 1] == [sum("contested" in text for text in chips(page, name)) for name in ("between", "in")]


def test_silent_actors_are_folded_and_earlier_days_below(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=FIRST)
    fold = page.locator(".lineup-fold", has_text="Silent")
    assert not fold.locator(".chip").first.is_visible()
    fold.locator("summary").click()
    assert "Poland" in fold.inner_text()
    days = page.locator(".earlier [data-day]").all_inner_texts()
    assert ["6 January 2026", "by 1 December 2025", "28 May 2025"] == days[:3]
    page.locator(".earlier [data-day]").nth(2).click()
    assert "As of 28 May 2025" == page.locator("#as-of").inner_text()


def test_a_search_in_the_page_reaches_what_the_line_up_folds(show: Callable[..., Page]) -> None:
    """A browser finds what is in a closed fold, and opens it; what is not there yet it cannot find."""
    page = show(*TROOPS, "#at=proposal/foreign-forces&base=2025-01-01", opening=FIRST)
    folds = page.locator(".lineup-fold")
    assert 2 <= folds.count() == page.locator(".lineup-fold:not([open]):has(.chip)").count()
    assert not folds.locator(".chip").first.is_visible()
    held = page.locator(".lineup-fold .chip[data-at^='track/']").first.get_attribute("data-at")
    scrolled = page.locator("#panel-lineup").evaluate("one => one.scrollTop")
    page.evaluate("at => { location.hash = `view=lineup&subject=proposal/foreign-forces&at=${at}`; }", held)
    expect(page.locator("#chosen")).to_be_visible()
    assert scrolled == page.locator("#panel-lineup").evaluate("one => one.scrollTop"), (
        "what is folded is not scrolled to"
    )


def test_who_does_not_exist_is_not_silent(show: Callable[..., Page], tmp_path: Path) -> None:
    model = model_file(
        tmp_path,
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}, b: {name: B, kind: state, until: 2024-05-01}, "
        "c: {name: C, kind: state, since: 2024-07-01}, d: {name: D, kind: state}}\nproposals: {p: {title: P}}\n"
        "sources: {s: {title: S, publisher: S, published: 2024-03}}\n"
        "stances: [{actor: a, position: open, proposal: p, date: 2024-01-01, evidence: [{source: s}]}]\n",
    )
    for day, expected in (("2024-04-30", ["B", "D"]), ("2024-06-01", ["D"]), ("2024-07-01", ["C", "D"])):
        said = who(load(model), "silent", "p", as_of=day)
        page = show(model, day, "#view=lineup&at=proposal/p")
        assert expected == [row.actor_name for row in said.rows] == silent(page)


def silent(page: Page) -> list[str]:
    """Return who is listed as silent."""
    fold = page.locator(".lineup-fold", has_text="Silent")
    if not fold.count():
        return []
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold.locator(".chip").all_inner_texts()


@pytest.mark.parametrize(
    ("filtered", "kind"),
    [("", None), ("position=opposes&", None), ("text=ceasefire&", None), ("kind=person&", "person")],
)
def test_a_filter_makes_nobody_silent(show: Callable[..., Page], filtered: str, kind: str | None) -> None:
    page = show(*TROOPS, f"#{filtered}at=proposal/multinational-force", opening=FIRST)
    said = who(load(TROOPS[0]), "silent", "multinational-force", as_of=TROOPS[1], kind=kind)
    assert [row.actor_name for row in said] == silent(page)


def test_a_line_up_that_filters_leave_nothing_of_says_so(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#kind=person&at=proposal/multinational-force", opening=FIRST)
    assert "None of the 15 positions on record on this day is shown." == page.locator(".finding").inner_text()
    notice = page.locator(".notice.emptied")
    assert (
        "The filters leave none of the 15 positions on “Multinational force in Ukraine after a ceasefire” "
        "on 10 January 2026."
    ) == notice.locator("span").inner_text()
    notice.get_by_role("button", name="Clear the filters").click()
    assert not notice.is_visible()
    assert page.locator(".finding").inner_text().startswith("1 opposes;")


def test_nobody_is_silent_on_what_is_not_on_the_table(show: Callable[..., Page]) -> None:
    page = show("graphs/nature-restoration", "2024-06-17", "#at=proposal/commission-proposal", opening=FIRST)
    life = page.locator(".lineup-body .life").inner_text()
    assert life.startswith("Superseded: on the table until the end of")
    assert life.endswith(("succeeds it.", "succeed it."))
    assert [] == silent(page)


@pytest.mark.parametrize("path", [TROOPS, ("graphs/nature-restoration", "2024-10-22")])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_ends_with_its_foot(show: Callable[..., Page], path: tuple[str, str], width: int) -> None:
    page = show(*path, opening=FIRST, width=width)
    more = page.locator(".lineup-list .link")
    if more.count():
        more.click()
    below = "(foot) => document.documentElement.scrollHeight - scrollY - foot.getBoundingClientRect().bottom"
    assert page.locator("#foot").evaluate(below) < 40, "what is said to screen readers alone is no part of its length"


def test_headings_of_empty_columns_are_not_torn(show: Callable[..., Page]) -> None:
    page = show("graphs/nature-restoration", "2024-10-22", opening=FIRST, width=768)
    row = page.locator(".earlier thead tr")
    assert {"Stay out", "Take part"} <= set(row.locator("th").all_inner_texts())
    assert row.evaluate("(row) => row.offsetHeight") < 40


@pytest.mark.parametrize(
    ("width", "height", "most"), [(1440, 900, 170), (1024, 768, 200), (768, 1024, 200), (390, 844, 200)]
)
def test_the_answer_begins_on_the_first_screen(show: Callable[..., Page], width: int, height: int, most: int) -> None:
    page = show(*TROOPS, opening=FIRST, width=width, height=height, tools=False)
    assert page.locator(".question").evaluate("one => one.getBoundingClientRect().top") <= most
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_tools_stand_behind_one_button_on_a_narrow_page(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=FIRST, width=390, height=844, tools=False)
    assert not page.locator("#day-slider").is_visible()
    page.get_by_role("button", name="Tools").click()
    assert page.locator("#day-slider").is_visible()
    assert page.get_by_role("combobox").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fragment(page: Page) -> str:
    """Return what the address says of the state."""
    return str(page.evaluate("location.hash"))


def test_choosing_evidence_filters_nothing(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#at=actor/france", opening=FIRST)
    page.locator(".columns .chip").first.click()
    assert "focus" not in fragment(page)
    page.keyboard.press("Escape")
    assert "France: positions" == question(page), "its line-up stays"
    page.reload()
    assert "France: positions" == question(page), "for whoever has the link, too"
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("table.positions:not(.changed-positions) caption")).not_to_contain_text("25 of")


def test_choosing_evidence_leaves_a_focus_that_was_set(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#focus=proposal/multinational-force&steps=2", opening=FIRST)
    page.locator(".columns .chip").first.click()
    assert "focus=proposal/multinational-force&steps=2" in fragment(page)
    page.locator(".lineup-list [data-at='proposal/us-backstop']").click()
    assert "focus=proposal/multinational-force&steps=2" in fragment(page)
    assert "Who stands where on “US backstop for the European force”?" == question(page)


def test_a_line_up_gives_way_to_what_is_chosen_elsewhere(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#subject=actor/france&at=track/stance/russia/multinational-force", opening=FIRST)
    assert question(page).startswith("Who stands where on “Multinational force"), "a position that is not of France"
    page.evaluate("location.hash = 'subject=actor/france'")
    expect(page.locator(".question")).to_have_text("France: positions")
    page.get_by_role("button", name="Story").click()
    expect(page.locator(".question")).not_to_have_text("France: positions")
    assert "subject" not in fragment(page)


def test_the_keyboard_stays_where_it_was(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#at=proposal/multinational-force", opening=FIRST)
    held = page.locator(":focus")
    page.locator(".chip[data-at='track/stance/russia/multinational-force']").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#as-of")).to_have_text("As of 7 January 2026")
    expect(held).to_have_attribute("data-at", "track/stance/russia/multinational-force")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(held).to_have_attribute("data-at", "track/stance/russia/multinational-force")
    page.locator(".lineup-list [data-at='proposal/us-backstop']").press("Enter")
    expect(page.locator(".question")).to_contain_text("US backstop")
    expect(held).to_have_attribute("data-at", "proposal/us-backstop")
    page.set_viewport_size({"width": 390, "height": 700})
    page.locator(".earlier [data-day]").first.press("Enter")
    expect(held).to_have_class("question")
    expect(held).to_be_in_viewport()
    expect(page.locator("#status")).to_contain_text("As of")


def test_who_asks_for_all_proposals_goes_on_with_the_first_of_the_others(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, opening=FIRST)
    listed = page.locator(".lineup-list [data-at]").count()
    page.locator(".lineup-list .link").press("Enter")
    expect(page.locator(".lineup-list [data-at]").nth(listed)).to_be_focused()


def test_a_chip_that_is_gone_leaves_the_keyboard_to_the_question(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#at=proposal/multinational-force", opening=FIRST)
    page.locator(".column-in .chip").first.focus()
    page.evaluate("location.hash = 'at=proposal/multinational-force&position=opposes'")
    expect(page.locator(".question")).to_be_focused()


def test_what_is_unfolded_stays_so(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#at=actor/france", opening=FIRST)
    implied = page.locator(".lineup-fold[data-part=implied]")
    implied.locator("summary").click()
    page.locator(".columns .chip").first.click()
    expect(implied).to_have_attribute("open", "")
    page.evaluate("location.hash = 'at=proposal/multinational-force'")
    silence = page.locator(".lineup-fold[data-part=silent]")
    silence.locator("summary").press("Enter")
    page.get_by_role("button", name="A change earlier").click()
    expect(page.locator("#as-of")).to_have_text("As of 7 January 2026")
    expect(silence).to_have_attribute("open", "")
    expect(silence.locator(".chip").first).to_be_visible()
    page.locator(".lineup-list [data-at='proposal/us-backstop']").click()
    expect(silence).not_to_have_attribute("open", "")


def test_a_line_up_follows_how_far_a_focus_reaches(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#focus=actor/russia&at=proposal/multinational-force", opening=FIRST)
    assert "1 opposes; 1 threatens. 1 actor in all." == page.locator(".finding").inner_text()
    page.evaluate("location.hash = 'focus=actor/russia&steps=2&at=proposal/multinational-force'")
    expect(page.locator(".finding")).to_contain_text("4 support; 2 pledge")


def changed(page: Page) -> int:
    """Return how many chips of a line-up are marked as changed, or are of what is gone."""
    page.locator(".lineup-fold[data-part=gone] summary").click()
    return page.locator(".columns .chip .moved, .lineup-fold[data-part=gone] .chip").count()


@pytest.mark.parametrize(
    ("compared", "said", "fold"),
    [
        ("base=2025-06-01", "12 changed since 1 June 2025.", "− Gone since 1 June 2025: 1"),
        (
            "day=2025-12-01&base=2026-01-10",
            "12 changed until 10 January 2026.",
            "− Still to come until 10 January 2026",
        ),
    ],
)
def test_what_is_counted_as_changed_is_shown(show: Callable[..., Page], compared: str, said: str, fold: str) -> None:
    page = show(*TROOPS, f"#{compared}", opening=FIRST)
    assert page.locator(".finding").inner_text().endswith(said)
    assert fold in page.locator(".lineup-fold[data-part=gone] summary").inner_text()
    assert int(said.split(maxsplit=1)[0]) == changed(page)


@pytest.mark.parametrize("kind", ["coalition", "state"])
def test_what_is_at_issue_is_of_what_filters_leave(show: Callable[..., Page], kind: str) -> None:
    page = show(*TROOPS, f"#kind={kind}", opening=FIRST)
    shown = dict(
        zip(
            page.locator(".lineup-list [data-at]").evaluate_all("all => all.map((one) => one.dataset.at.slice(9))"),
            page.locator(".lineup-list .bar-count").all_inner_texts(),
            strict=True,
        )
    )
    tallied = tally(load(TROOPS[0]), as_of=TROOPS[1], kind=kind).proposals
    counted = {one.proposal: numbers(one) for one in tallied}
    assert [(key, counted[key]) for key in counted if key in shown] == list(shown.items())
    assert next(iter(counted)) in shown
    page.evaluate("location.hash = 'kind=person&at=proposal/us-backstop'")
    own = page.locator(".lineup-list [aria-current]")
    expect(own).to_have_attribute("data-at", "proposal/us-backstop")
    expect(own.locator(".bar-count")).to_have_text("0 : 0")


def test_a_day_that_is_pressed_leaves_the_story(show: Callable[..., Page]) -> None:
    page = show(*TROOPS, "#story=paris-declaration-signed", opening=FIRST)
    page.locator(".earlier [data-day]").first.click()
    expect(page.locator("#as-of")).to_contain_text("As of ")
    assert not {"story", "base"} & {part.partition("=")[0] for part in fragment(page)[1:].split("&")}


def test_a_chip_says_how_much_and_to_whom_it_was_where_that_is_what_changed(
    show: Callable[..., Page], tmp_path: Path
) -> None:
    """Of a pledge of 2,000 that is one of 3,000 now it said `pledges 3,000 soldiers, was pledges`; so did cards."""
    pledges = (
        "{actor: north, date: 2025-01-01, toward: [port], amount: {value: 2000, unit: soldiers}",
        "{actor: north, date: 2025-03-01, toward: [port], amount: {value: 3000, unit: soldiers}",
        "{actor: south, date: 2025-01-01, toward: [port]",
        "{actor: south, date: 2025-03-01",
        "{actor: east, date: 2025-01-01, toward: [port], if: [peace]",
        "{actor: east, date: 2025-03-01, toward: [port]",
    )
    file = tmp_path / "pledges.yaml"
    file.write_text(
        f"""
model: {{id: pledges, title: Pledges}}
actors: {{{", ".join(f"{one}: {{name: {one.title()}, kind: state}}" for one in ("north", "south", "east", "port"))}}}
proposals: {{force: {{title: A force}}}}
conditions: {{peace: {{title: There is peace}}}}
commitments: [{", ".join(f"{one}, stage: pledges, proposal: force, evidence: [{{source: d}}]}}" for one in pledges)}]
sources: {{d: {{title: D, publisher: D, published: 2025-04-01}}}}
""",
        encoding="utf-8",
    )
    expected = ["was pledges 2,000 soldiers toward Port", "was pledges toward Port", "was pledges, if peace"]
    card = card_of(load(file), "force", as_of="2025-04-01", compare="2025-02-01")
    limits = [chip.limits for column in card.columns for chip in column.entries]
    assert expected == sorted(text[text.index("was ") :] for text in limits)
    page = show(file, "2025-04-01", "#base=2025-02-01&at=proposal/force", opening=FIRST)
    moved = page.locator(".chip .moved").all_inner_texts()
    assert [f"~ {was}" for was in expected] == sorted(moved)
