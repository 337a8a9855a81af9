"""What the page is on paper: what it shows, what is chosen, what changed, all rows, and the sources of all that."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pages import crowd

from actorgraph import diff, load, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from actorgraph.questions.rows import Row

pytestmark = pytest.mark.browser

UKRAINE = ("graphs/ukraine-troops", "2026-01-10")
NATURE = ("graphs/nature-restoration", "2024-06-17")
VIEWS = ("lineup", "positions", "actors", "matrix", "table", "timeline")
CHOICES = {
    UKRAINE: ("at=actor/germany", "at=track/stance/russia/multinational-force", "at=pair/france/us&base=2025-12-01"),
    NATURE: ("at=actor/austria", "at=pair/austria/belgium", "base=2024-03-01"),
}
A4 = 688
"""How wide the paper is between its margins, in pixels."""
HIGH = 760
"""How high a picture may be, so that its heading and, on the first sheet, the page's own stand above it."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FAULTS = """(months) => {
  const dates = new RegExp(`\\\\b(\\\\d{1,2}\\\\s)?(${months})\\\\s\\\\d{4}\\\\b`, "g");
  const faults = [];
  const texts = document.createTreeWalker(document.getElementById("print"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement.closest("svg")) continue;
    for (const found of node.data.matchAll(dates)) {
      const words = document.createRange();
      words.setStart(node, found.index);
      words.setEnd(node, found.index + found[0].length);
      const lines = new Set([...words.getClientRects()].map((line) => Math.round(line.top)));
      if (lines.size > 1) faults.push(`torn: ${found[0]}`);
    }
  }
  for (const one of document.querySelectorAll("#print :is(td, th, p, li, h2)")) {
    const { right } = one.getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(one);
    if (words.getBoundingClientRect().right > right + 1) faults.push(`too wide: ${one.textContent}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the paper");
  return faults;
}"""
"""Dates on two lines, and what hangs over its side."""


def put_on_paper(page: Page, fragment: str) -> None:
    page.evaluate(
        "(fragment) => { dispatchEvent(new Event('afterprint')); location.hash = fragment;"
        " dispatchEvent(new Event('hashchange')); dispatchEvent(new Event('beforeprint')); }",
        fragment,
    )


def text(page: Page, part: str) -> str:
    return " ".join((page.locator(f"#print {part}").text_content() or "").split())


def listed(page: Page) -> list[str]:
    """Return the list of sources, as it is numbered."""
    return [" ".join(one.split()) for one in page.locator("#print .cited li").all_text_contents()]


def cited(page: Page, part: str) -> set[int]:
    """Return the numbers of sources that stand in a part."""
    found = page.locator(f"#print {part}").all_text_contents()
    return {int(one) for words in found for group in re.findall(r"\[([\d, ]+)\]", words) for one in group.split(",")}


def sources_of(rows: Iterable[Row]) -> set[str]:
    return {one.source for row in rows for one in row.evidence}


@pytest.mark.thorough
@pytest.mark.parametrize("model", CHOICES, ids=["ukraine", "nature"])
def test_every_view_is_whole_on_paper_and_cites_its_sources(show: Callable[..., Page], model: tuple[str, str]) -> None:
    """In each view, with and without a choice: no torn date, nothing over the side, every number in the list."""
    ledger = load(model[0])
    everything = sources_of(snapshot(ledger, as_of=model[1]).rows)
    page = show(*model, width=A4)
    page.emulate_media(media="print")
    for view in VIEWS:
        for choice in ("", *CHOICES[model]):
            put_on_paper(page, f"#view={view}&{choice}")
            assert [] == page.evaluate(FAULTS, MONTHS), (view, choice)
            sources = listed(page)
            assert set(range(1, len(sources) + 1)) == cited(page, ":is(.choice, .changed, .of-sources)"), (view, choice)
            assert (page.locator("#print .printed").count() > 0) == (view != "table")
            assert page.locator("#print .choice").count() == choice.startswith("at=")
            if not choice:
                assert len(everything) == len(sources)


LETTERS = """() => [...document.querySelectorAll("#print .printed text")]
  .filter((one) => one.textContent.length > 2)
  .map((one) => [parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().d * 0.75, one.textContent])
  .filter(([points]) => points > 0 && points < 4.75)"""
"""Words that are smaller than any in a printed newspaper; of those that are turned this is not their size."""


@pytest.mark.parametrize("fragment", [*VIEWS, "matrix&cells=agreement", "timeline&pace=true&base=2025-12-01"])
@pytest.mark.parametrize("model", CHOICES, ids=["ukraine", "nature"])
def test_words_of_pictures_can_be_read(show: Callable[..., Page], model: tuple[str, str], fragment: str) -> None:
    page = show(*model, width=A4)
    page.emulate_media(media="print")
    put_on_paper(page, f"#view={fragment}")
    turned = page.locator("#print .printed [transform*=rotate] text").all_text_contents()
    assert [] == [words for _, words in page.evaluate(LETTERS) if words not in turned]


WORDS = (
    "families",
    "separated",
    "by",
    "war",
    "are",
    "told",
    "of",
    "prisoners",
    "talks",
    "and",
    "guarantees",
    "timetables",
)
"""Of which titles are made that no label holds."""


def title(number: int) -> str:
    """Return a title of its own that is as long as a paragraph."""
    return " ".join([WORDS[(number * at + at) % len(WORDS)] for at in range(1, 32)] + [str(number)])


@pytest.fixture
def long_titles(tmp_path: Path) -> Path:
    """Write a model in which whatever has a title has a long one."""
    many = range(26)
    stances = "".join(
        f"  - {{actor: a{actor}, position: {('supports', 'opposes')[on % 2]}, proposal: p{on}, "
        f"date: 2025-0{1 + on % 9}-0{1 + actor % 9}, evidence: [{{source: daily}}]}}\n"
        for actor in many
        for on in many
        if not (actor * 7 + on * 3) % 4
    )
    text = f"""
model: {{id: long, title: "{title(99)}"}}
actors: {{{", ".join(f'a{number}: {{name: "{title(number)}", kind: organisation}}' for number in many)}}}
proposals: {{{", ".join(f'p{number}: {{title: "{title(number + 30)}"}}' for number in many)}}}
stances:
{stances}
events: [{{id: fair, title: "{title(70)}", date: 2025-04-01, evidence: [{{source: daily}}]}}]
sources: {{daily: {{title: "{title(80)}", publisher: "{title(81)}", published: 2025-10-01, reliability: B}}}}
"""
    file = tmp_path / "long.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("fragment", ["matrix", "timeline", "positions", "actors", "matrix&cells=agreement"])
def test_long_titles_make_no_letters_smaller(show: Callable[..., Page], long_titles: Path, fragment: str) -> None:
    """What is cut in a picture stands in full below it, and takes nothing of its room."""
    page = show(long_titles, "2025-10-01", width=A4)
    page.emulate_media(media="print")
    put_on_paper(page, f"#view={fragment}")
    turned = page.locator("#print .printed [transform*=rotate] text").all_text_contents()
    assert [] == [words for _, words in page.evaluate(LETTERS) if words not in turned]
    heights = page.locator("#print .printed").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert max(heights) <= HIGH
    if fragment not in ("positions", "actors"):
        assert "In full: " in page.locator("#print figcaption").first.inner_text()


def test_a_timeline_takes_as_many_sheets_as_it_needs(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE, "#view=timeline", width=A4)
    listed = page.locator(".timeline-track").count()
    assert 60 == listed
    page.emulate_media(media="print")
    put_on_paper(page, "#view=timeline")
    sheets = page.locator("#print .printed")
    heights = sheets.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert max(heights) <= HIGH
    figures = page.locator("#print figure")
    told = [re.findall(r"Tracks (\d+)–(\d+) of 134\.", sheet) for sheet in figures.all_text_contents()]
    spans = [(int(first), int(last)) for found in told for first, last in found]
    assert (1, listed) == (spans[0][0], spans[-1][1])
    assert [last + 1 for _, last in spans[:-1]] == [first for first, _ in spans[1:]]
    # The first says what is left out, the last what signs and numbers stand for.
    assert [0] == [at for at, sheet in enumerate(figures.all_text_contents()) if "Not drawn" in sheet]
    assert [len(told) - 1] * 2 == [
        at
        for word in ("What actors think", "French and British")
        for at, sheet in enumerate(sheets.all_text_contents())
        if word in sheet
    ]


@pytest.mark.parametrize(("width", "height"), [(1017, 688), (453, 688)], ids=["A4 that lies", "A5"])
def test_other_sheets_cut_nothing_either(show: Callable[..., Page], width: int, height: int) -> None:
    page = show(*UKRAINE, width=width, height=height, tools=False)
    page.emulate_media(media="print")
    for view in VIEWS:
        put_on_paper(page, f"#view={view}&at=actor/germany&base=2025-12-01")
        assert [] == page.evaluate(FAULTS, MONTHS), view
        tall = page.locator("#print .printed").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert max(tall, default=0) < 0.8 * height
        assert page.locator("#print table").last.evaluate("one => getComputedStyle(one).display") == "table"


def test_the_list_of_sources_says_all_that_it_takes_to_find_them(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE)
    page.emulate_media(media="print")
    put_on_paper(page, "#view=table")
    ledger = load(UKRAINE[0])
    rows = snapshot(ledger, as_of=UKRAINE[1]).rows
    told = listed(page)
    for source in ledger.things("source"):
        if source.id not in sources_of(rows):
            continue
        grades = {one.grade for row in rows for one in row.evidence if one.source == source.id and one.grade}
        [line] = [one for one in told if source.body["title"] in one and source.body["publisher"] in one]
        assert all(grade in line for grade in grades)
        assert (source.body.get("url") or "") in line
        assert re.search(r"\. Published .*20\d\d|, published .*20\d\d", line), "a sentence, as of who wrote it or not"
    of_list, of_note = (
        page.locator(f"#print {part}").last.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        for part in (".cited li", ".left-out")
    )
    assert of_note < of_list, "a note is not larger than what it is on"


def test_a_line_up_on_paper_cuts_neither_names_nor_what_limits_a_position(
    show: Callable[..., Page], tmp_path: Path
) -> None:
    """Nobody can look it up there: two committees stood under one name, and what was held before was a dot-dot-dot."""
    page = show(*UKRAINE)
    page.emulate_media(media="print")
    put_on_paper(page, "#view=lineup")
    words = page.locator("#print .printed text").all_text_contents()
    assert not [one for one in words if one.endswith("…")]
    assert 3 == " ".join(words).count("was considers, if ceasefire")
    bodies = [
        f"Standing Committee on the Reconstruction of Ports and Roads in the {part} Provinces"
        for part in ("Eastern", "Western")
    ]
    file = crowd(tmp_path, actors=4)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Actor 001", bodies[0]).replace("Actor 002", bodies[1]), encoding="utf-8")
    page = show(file, "2026-01-01")
    page.emulate_media(media="print")
    put_on_paper(page, "#view=lineup")
    drawn = " ".join(page.locator("#print .printed text").all_text_contents())
    assert all(body in drawn for body in bodies)


@pytest.mark.parametrize("fragment", ["matrix", "matrix&cells=agreement", "timeline"])
def test_headings_of_a_picture_that_begin_alike_are_told_apart(
    show: Callable[..., Page], tmp_path: Path, fragment: str
) -> None:
    """Six councils stood under one heading, and only the list below said, in their order, which was whose."""
    sides = ["Northern", "Eastern", "Southern", "Western"]
    council = "National Advisory Council for the Management of Inland and Coastal Fisheries of the {} Provinces"
    rules = "Regulation on the management and the financing of harbours and of all waterways in the {} Provinces"
    file = crowd(tmp_path, actors=4, proposals=4)
    model = file.read_text(encoding="utf-8")
    for number, side in enumerate(sides):
        model = model.replace(f"Actor {number:03}", council.format(side))
        model = model.replace(f"Proposal {number:03}", rules.format(side))
    every = ", ".join(
        f"{{actor: a{actor:03}, position: opposes, proposal: p{on:03}, date: 2025, evidence: [{{source: daily}}]}}"
        for actor in range(4)
        for on in range(4)
    )
    file.write_text(re.sub(r"stances: \[.*\]", f"stances: [{every}]", model), encoding="utf-8")
    page = show(file, "2026-01-01", width=A4)
    page.emulate_media(media="print")
    put_on_paper(page, f"#view={fragment}")
    drawn = page.locator("#print .printed text").all_text_contents()
    assert any("…" in words for words in drawn), "they have no room"
    assert [] == [side for side in sides if not any(f"{side} Provinces" in words for words in drawn if "…" in words)]


def test_what_is_chosen_is_printed_with_its_evidence(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE)
    page.emulate_media(media="print")
    put_on_paper(page, "#at=proposal/multinational-force")
    told = text(page, ".choice")
    rows = [row for row in snapshot(load(UKRAINE[0]), as_of=UKRAINE[1]).rows if row.proposal == "multinational-force"]
    assert all(record in told for row in rows if row.basis == "stated" for record in row.records)
    assert "Grade D2: not usually reliable; probably true" in told
    assert re.search(r"lines? \d", told)
    assert 0 == page.locator("#print :is(button, a[data-at], details:not([open]))").count()
    assert page.locator("#print .evidence").first.is_visible()


def test_a_line_up_and_the_list_number_sources_alike(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE)
    page.emulate_media(media="print")
    put_on_paper(page, "#view=lineup&at=track/commitment/italy/multinational-force")
    picture = page.locator("#print .printed")
    assert "Sources" not in " ".join(picture.locator("text").all_text_contents())
    [number] = re.findall(
        r"new\s*\[(\d+)\]", " ".join(picture.locator("text").all_text_contents()).partition("Italy")[2]
    )[:1]
    assert int(number) in cited(page, ".choice")


def test_filters_are_told_on_paper_and_kept(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE)
    page.emulate_media(media="print")
    put_on_paper(page, "#view=table&kind=state&position=declines&text=Italy")
    assert text(page, ".limits").startswith(
        "Only: Position: declines; Kind of actor: state; rows that contain “Italy”: "
    )
    assert {"Italy"} == set(page.locator("#print tbody .of-actor").all_text_contents())


@pytest.mark.parametrize("sort", ["", "-since", "proposal"])
def test_rows_on_paper_stand_as_in_the_table(show: Callable[..., Page], sort: str) -> None:
    """What was stated comes before what is inferred, or as its reader has sorted it: paper had them mixed, by actor."""
    page = show(*UKRAINE, f"#view=table&kind=state&position=opposes&sort={sort}")
    names = "all => all.map((one) => ['actor', 'proposal'].map((cell) => one.querySelector(`.of-${cell}`).innerText))"
    on_screen = page.locator("#rows tr").evaluate_all(names)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    lines = page.locator("#print tbody tr")
    assert on_screen == [[cell.replace("\xa0", " ") for cell in line] for line in lines.evaluate_all(names)]
    inferred = ["inferred" in line for line in lines.locator(".of-position").all_text_contents()]
    assert (inferred == sorted(inferred)) == (not sort)
    assert any(inferred)


def test_paper_has_the_picture_the_changes_and_all_rows(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE, "#base=2025-08-01&position=declines&theme=dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = {
        name: page.locator(name).first.is_visible()
        for name in (
            "h1",
            "#as-of",
            "#print .printed",
            "#print table",
            "#print .changed",
            "#menus",
            "#views",
            "#search",
            ".spread",
        )
    }
    assert [name for name, visible in shown.items() if visible] == [
        "h1",
        "#as-of",
        "#print .printed",
        "#print table",
        "#print .changed",
    ]
    rows = diff(load(UKRAINE[0]), "2025-08-01", "2026-01-10").changes
    declined = {one.actor_name for one in rows for row in one.after if row.position == "declines"}
    assert all(name in (page.locator("#print .changed").text_content() or "") for name in declined)
    assert ["rgb(0, 0, 0)", "rgb(255, 255, 255)"] == page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "" == page.locator("#print").text_content()


def test_a_chapter_of_the_story_is_told_on_paper(show: Callable[..., Page]) -> None:
    """Paper listed what changed, and left out the event by which it did."""
    page = show(*UKRAINE, width=A4)
    page.emulate_media(media="print")
    put_on_paper(page, "#view=lineup&story=paris-declaration-signed")
    [event] = [one for one in load(UKRAINE[0]).things("event") if one.id == "paris-declaration-signed"]
    heading = page.locator("#print h2", has_text=event.body["title"])
    when, note, actors, changes = (
        " ".join(heading.locator(f"xpath=following-sibling::*[{place}]").inner_text().split()) for place in range(1, 5)
    )
    [numbers] = re.findall(r"^6 January 2026 \[([\d, ]+)\]$", when)
    sources = listed(page)
    cited_here = [sources[int(number) - 1] for number in numbers.split(", ")]
    titles = {one.id: one.body["title"] for one in load(UKRAINE[0]).things("source")}
    assert all(any(titles[one["source"]] in line for line in cited_here) for one in event.body["evidence"])
    assert event.body["note"] == note
    assert actors.startswith("United Kingdom, France, Ukraine, ")
    assert changes.startswith("51 changes +7 by implication from 28 December 2025")
    assert 0 == page.locator("#print button").count()
    assert [] == page.evaluate(FAULTS, MONTHS)


def test_no_heading_of_the_table_stands_at_the_end_of_a_sheet(show: Callable[..., Page]) -> None:
    reader = pytest.importorskip("pypdf", reason="pypdf missing").PdfReader
    page = show(*UKRAINE, "#view=matrix")
    alone = []
    for height in range(248, 266, 6):
        sheets = reader(BytesIO(page.pdf(width="210mm", height=f"{height}mm", page_ranges="1-2"))).pages
        alone += [(height, at) for at, sheet in enumerate(sheets) if re.search(r"Sources\s*$", sheet.extract_text())]
        assert any("Depends on" in sheet.extract_text() for sheet in sheets)
    assert [] == alone


def test_it_prints(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE, "#view=timeline")
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") > 3
    assert "" == page.locator("#print").text_content()
