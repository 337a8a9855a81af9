"""The picture of a view: what the screen shows, choice included, titled by what it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pages import taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

UKRAINE = ("graphs/ukraine-troops", "2026-01-10")
NATURE = ("graphs/nature-restoration", "2024-06-17")
SPANS = ("tests/explorer/models/spans.yaml", "2024-05-20")
SVG = "{http://www.w3.org/2000/svg}"
FORCE = "Multinational force in Ukraine after a ceasefire"


def picture(page: Page) -> ET.Element:
    """Return the picture of what a page shows."""
    return ET.fromstring(taken(page, "Picture (SVG)")[1])  # noqa: S314 - our own page wrote it


def texts(root: ET.Element, **attributes: str) -> list[str]:
    """Return the texts of a picture, those that have these attributes; their halos are texts of their own."""
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    letters = [text for text in root.iter(f"{SVG}text") if text.get("fill") != "none"]
    return [text.text or "" for text in letters if wanted.items() <= text.attrib.items()]


@pytest.mark.first_cases(3)
@pytest.mark.parametrize(
    ("fragment", "title"),
    [
        ("#view=lineup", f"Who stands where on “{FORCE}”?"),
        ("#view=lineup&at=actor/germany", "Germany: positions"),
        ("#view=positions", "Who stands where"),
        ("#view=positions&at=proposal/multinational-force", f"Who stands where on “{FORCE}”"),
        ("#view=positions&at=actor/germany", "Germany: positions"),
        ("#view=positions&at=pair/france/russia", "France and Russia"),
        ("#view=positions&at=track/stance/russia/multinational-force", f"Russia on “{FORCE}”"),
        ("#view=actors", "How the actors stand to each other"),
        ("#view=actors&focus=actor/germany", "Germany among the actors"),
        ("#view=matrix&at=actor/germany", "Who stands where"),
        ("#view=matrix&focus=proposal/multinational-force", f"Who stands where on “{FORCE}”"),
        ("#view=timeline&at=proposal/multinational-force", "Who stood where over time"),
        ("#view=timeline&focus=proposal/multinational-force", f"Who stood where on “{FORCE}” over time"),
        ("#view=timeline&focus=actor/germany", "Germany: positions over time"),
    ],
)
def test_a_picture_is_titled_by_what_it_shows(show: Callable[..., Page], fragment: str, title: str) -> None:
    root = picture(show(*UKRAINE, fragment))
    assert title == " ".join(texts(root, font_size="32", font_weight="700"))
    found = root.find(f"{SVG}title")
    assert found is not None
    assert f"{title}{'' if title.endswith('?') else '.'} As of 10 January 2026" == found.text
    assert ["As of 10 January 2026 · Western troops in Ukraine"] == texts(root, font_size="18", font_weight="700")[:1]


def seen(root: ET.Element) -> int:
    """Return how many rectangles of a picture can be seen: the timeline has others, one a track of its sheet."""
    return sum(rectangle.get("fill") != "transparent" for rectangle in root.iter(f"{SVG}rect"))


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    ("fragment", "note"),
    [
        ("#view=matrix&at=actor/germany", "Marked: Germany."),
        ("#view=matrix&at=track/stance/russia/multinational-force", f"Marked: Russia on “{FORCE}”."),
        ("#view=timeline&at=proposal/multinational-force", f"First: “{FORCE}”."),
        ("#view=timeline&at=track/stance/russia/multinational-force", f"Marked: Russia on “{FORCE}”."),
    ],
)
def test_where_all_is_shown_what_is_chosen_is_marked_and_named(
    show: Callable[..., Page], fragment: str, note: str
) -> None:
    root = picture(show(*UKRAINE, fragment))
    assert note in " ".join(texts(root, font_size="16") + [text for g in root.iter(f"{SVG}g") for text in texts(g)])
    without = picture(show(*UKRAINE, fragment.partition("&at")[0]))
    assert seen(root) > seen(without) or "First" in note


def test_what_is_not_near_to_a_choice_stands_back_as_on_the_page(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE, "#view=positions&at=proposal/multinational-force")
    page.get_by_role("tab", name="Table").click()
    root = picture_of_positions(page)
    back = [group for group in root.iter(f"{SVG}g") if group.get("opacity") == "0.1"]
    lines = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}path") is not None]
    lit = [
        title.text or ""
        for group in lines
        for title in group.findall(f"{SVG}title")
        if group not in back and group.get("opacity") is None
    ]
    assert lit
    assert all(f"“{FORCE}”" in title for title in lit)
    assert len(lines) == len(back) + len(lit)
    assert "0.65" in {text.get("opacity") for text in root.iter(f"{SVG}text")}
    unchosen = picture(show(*UKRAINE, "#view=positions"))
    assert {"0.1", "0.2", "0.65"}.isdisjoint({one.get("opacity") for one in unchosen.iter()})


def picture_of_positions(page: Page) -> ET.Element:
    """Return the picture of positions, from wherever the page is."""
    page.get_by_role("tab", name="Positions").click()
    return picture(page)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("pace", ["even", "true"])
@pytest.mark.parametrize(
    ("model", "fragment"),
    [
        (UKRAINE, "#view=timeline&at=proposal/multinational-force&base=2025-12-01"),
        (UKRAINE, "#view=timeline&at=track/commitment/france/multinational-force&inferred=yes"),
        (NATURE, "#view=timeline&focus=actor/austria"),
    ],
)
def test_the_picture_of_the_timeline_is_the_one_on_the_screen(
    show: Callable[..., Page], model: tuple[str, str], fragment: str, pace: str
) -> None:
    page = show(*model, f"{fragment}&pace={pace}", width=1600)
    root = picture(page)
    words = texts(root)

    def on_screen(selector: str) -> list[str]:
        return page.locator(f"#panel-timeline {selector}").all_text_contents()

    headings = on_screen(".timeline-group h3")
    assert headings == texts(root, font_size="16", font_weight="700")
    assert [*on_screen(".timeline-group h4")] == texts(root, font_weight="600", fill="#5c5a55")[: len(on_screen("h4"))]
    years = texts(root, font_size="12", font_weight="600", fill="#1b1b1a")
    assert [text[-2:] for text in on_screen(".timeline-year")] == [text[-2:] for text in years if len(text) in (3, 4)]
    assert on_screen(".timeline-mark") == texts(root, font_size="11")
    assert [text for text in on_screen(".timeline-flag") if text in words] == on_screen(".timeline-flag:not([hidden])")
    assert sorted(on_screen(".timeline-sign text")) == sorted(
        text for text in texts(root, font_size="12") if len(text) == 1
    )
    bars = [one for one in root.iter(f"{SVG}g") if one.get("color")]
    assert page.locator("#panel-timeline .timeline-bar").count() == len(
        [one for one in bars if one.find(f"{SVG}title") is not None]
    )
    notes = " ".join(words)
    assert ("Time to scale." in notes) is (pace == "true")
    named = [text for text in words if text.startswith("(1) ")]
    assert [True] == [bool(re.match(r"\(1\) \d{1,2} [A-Z][a-z]+ \d{4}: ", text)) for text in named], "no 1 beside a day"


@pytest.mark.parametrize("view", ["matrix", "timeline"])
def test_who_is_lit_on_the_page_is_lit_in_its_picture(show: Callable[..., Page], view: str) -> None:
    root = picture(show(*UKRAINE, f"#view={view}&at=pair/france/russia"))
    assert "#fbeebb" in {rect.get("fill") for rect in root.iter(f"{SVG}rect")}
    assert "Marked: France and Russia." in " ".join(texts(root))


def test_the_picture_of_a_long_timeline_is_of_the_page_of_tracks_on_the_screen(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE, "#view=timeline")
    page.get_by_role("button", name="Next", exact=True).click()
    root = picture(page)
    assert page.locator(".timeline-group h3").all_text_contents() == texts(root, font_size="16", font_weight="700")
    assert any("Tracks 61–120 of " in text for text in texts(root))


def test_headings_of_a_matrix_are_whole_or_told_in_full(show: Callable[..., Page], tmp_path: Path) -> None:
    long = "A duty to restore what was drained, felled, dammed, built over, or otherwise put to use, " * 2
    titles = {
        "short": "A short one",
        "two": "Targets for restoring and rewetting drained peatland by 2030",
        "long": long,
    }
    name = "The Committee of the Regions and of all other places"
    rest = "date: 2025, evidence: [{source: d}]"
    model = tmp_path / "long.yaml"
    model.write_text(
        f"""
model: {{id: long, title: Long}}
actors: {{a: {{name: {name}, kind: organisation}}}}
proposals: {{{", ".join(f'{key}: {{title: "{title.strip()}"}}' for key, title in titles.items())}}}
stances: [{", ".join(f"{{actor: a, position: supports, proposal: {key}, {rest}}}" for key in titles)}]
sources: {{d: {{title: D, publisher: D, published: 2025-01-01}}}}
""",
        encoding="utf-8",
    )
    root = picture(show(model, "2026", "#view=matrix"))
    headings = {
        " ".join("".join(text.itertext()) for text in group.findall(f"{SVG}text")): group.findtext(f"{SVG}title")
        for group in root.iter(f"{SVG}g")
        if group.find(f"{SVG}text") is not None and group.get("transform")
    }
    for whole in (titles["short"], titles["two"], name):
        assert whole in headings, "in full"
        assert headings[whole] is None
    assert long.strip() in headings.values()
    assert f"In full: {long.strip()}." in " ".join(texts(root))


@pytest.mark.parametrize(
    "fragment",
    [
        "#view=lineup",
        "#view=positions&blocs=yes&base=2025-12-01",
        "#view=positions&at=actor/france",
        "#view=actors",
        "#view=matrix",
        "#view=matrix&cells=agreement",
        "#view=timeline&base=2025-12-01",
    ],
)
def test_no_halo_is_above_its_letters_in_a_reader_that_knows_no_paint_order(
    show: Callable[..., Page], fragment: str
) -> None:
    root = picture(show(*UKRAINE, fragment))
    assert [] == [part.tag for part in root.iter() if "paint-order" in part.attrib]
    inherited = {child: part for part in root.iter() for child in part}

    def given(part: ET.Element | None, name: str) -> str | None:
        return None if part is None else part.get(name) or given(inherited.get(part), name)

    lettering = list(root.iter(f"{SVG}text"))
    halos = [at for at, text in enumerate(lettering) if given(text, "stroke") not in (None, "none")]
    assert ["none"] * len(halos) == [lettering[at].get("fill") for at in halos]
    assert [lettering[at].text for at in halos] == [lettering[at + 1].text for at in halos]


@pytest.mark.parametrize(
    ("model", "fragment", "note"),
    [
        (
            UKRAINE,
            "at=proposal/multinational-force&base=2025-12-01",
            "Not shown: 1 gone since 1 December 2025, 8 silent.",
        ),
        (UKRAINE, "at=actor/france", "Not shown: 3 by implication."),
        (
            UKRAINE,
            "at=actor/russia&day=2025-12-01&base=2026-01-10",
            "Not shown: 8 still to come until 10 January 2026.",
        ),
        (NATURE, "at=proposal/annulment-action&day=2024-01-01", "Not on the table before 17 June 2024."),
        (
            NATURE,
            "at=proposal/annulment-action&day=2024-10-25",
            "Withdrawn: on the table until the end of 22 October 2024. Not shown: 2 gone since 22 October 2024.",
        ),
        (SPANS, "at=proposal/aid", "Not shown: 1 only possible."),
    ],
)
def test_a_line_up_tells_in_its_picture_and_on_paper_what_the_page_folds(
    show: Callable[..., Page], model: tuple[str, str], fragment: str, note: str
) -> None:
    page = show(*model, f"#view=lineup&{fragment}")
    assert note in " ".join(texts(picture(page)))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert note in " ".join((page.locator("#print figcaption").text_content() or "").split())


@pytest.mark.parametrize("limit", ["assume=ceasefire", "base=2025-12-01", "grade=C3", ""])
def test_a_line_up_counts_the_same_changes_in_its_picture(show: Callable[..., Page], limit: str) -> None:
    page = show(*UKRAINE, f"#view=lineup&at=proposal/multinational-force&{limit}")
    finding = page.locator(".finding").text_content() or ""
    assert "changed" in finding
    assert finding in " ".join(texts(picture(page)))


@pytest.mark.parametrize("view", ["actors", "positions"])
def test_no_line_bends_into_the_legend(show: Callable[..., Page], view: str) -> None:
    page = show(*UKRAINE, f"#view={view}")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    lowest, legend = page.locator("#print .printed").evaluate(
        """(picture) => {
          const bottoms = [...picture.querySelectorAll("g > path")].map((line) => line.getBoundingClientRect().bottom);
          return [Math.max(...bottoms), picture.querySelector(":scope > line").getBoundingClientRect().top];
        }"""
    )
    assert lowest <= legend


@pytest.mark.parametrize("fragment", ["#view=actors", "#view=actors&ties=commitments,speakers", "#view=positions"])
def test_the_legend_of_a_picture_has_all_that_the_page_has(show: Callable[..., Page], fragment: str) -> None:
    page = show(*UKRAINE, fragment)
    words = texts(picture(page))
    stages = ["declines", "withdraws", "considers", "pledges", "allocates", "delivers", "threatens"]
    legend = page.locator(".legend li:visible").all_inner_texts()
    told = {word: any(one.split()[:1] == [word] for one in legend) for word in stages}
    assert any(told.values())
    assert told == {word: word in words for word in stages}
    assert ("speakers" in fragment) == ("speaks for" in words)
    assert ("#view=actors" == fragment) == ("relation" in words)


def test_a_table_has_no_picture(show: Callable[..., Page]) -> None:
    page = show(*UKRAINE, "#view=table")
    page.get_by_role("button", name="Take away").click()
    assert [] == [
        name for name in page.locator("#take-away-list button:visible").all_inner_texts() if "Picture" in name
    ]
    page.get_by_role("tab", name="Matrix").click()
    page.get_by_role("button", name="Take away").click()
    assert page.get_by_role("button", name="Picture (SVG)").is_visible()


@pytest.fixture
def outside(browser: Browser, tmp_path: Path) -> Iterator[Callable[[ET.Element], list[str]]]:
    """Return the texts that stand outside of a picture, as Chromium draws it alone."""
    context = browser.new_context(offline=True)

    def found(root: ET.Element) -> list[str]:
        file = tmp_path / "picture.svg"
        file.write_text(ET.tostring(root, encoding="unicode"), encoding="utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        wrong: list[str] = page.evaluate(
            """() => {
              const whole = document.documentElement.getBoundingClientRect();
              return [...document.querySelectorAll("text")].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1
                  || box.bottom > whole.bottom + 1;
              }).map((one) => one.textContent);
            }"""
        )
        page.close()
        return wrong

    yield found
    context.close()


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("model", [UKRAINE, NATURE, ("tests/hostile/hostile.yaml", "2026-01-10")])
@pytest.mark.parametrize("view", ["lineup", "positions", "actors", "matrix", "timeline"])
def test_nothing_stands_outside_of_a_picture(
    show: Callable[..., Page], outside: Callable[[ET.Element], list[str]], model: tuple[str, str], view: str
) -> None:
    assert [] == outside(picture(show(*model, f"#view={view}&base=2024-01-01")))
