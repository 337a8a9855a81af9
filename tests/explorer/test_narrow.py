"""On a phone nothing is wider than the screen, whatever is open, and everything can be hit with a finger."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from folders import model_file
from pages import crowd

from actorgraph.explorer.drawing import labels_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MODELS = (("graphs/ukraine-troops", "2026-01-10"), ("graphs/nature-restoration", "2024-06-17"))
VIEWS = ("lineup", "positions", "actors", "matrix", "table", "timeline")
MENUS = ("Tools", "Filter", "Sources", "What if", "Take away")
WIDTHS = (320, 360, 390)

FAULTS = """() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getBoundingClientRect().width > 2;
  const isInText = (one) => getComputedStyle(one).display === "inline" && one.parentElement.textContent.trim() !== one.textContent.trim();
  const targets = document.querySelectorAll("button, select, summary, a[href], input:not([type=checkbox], [type=range]), label:has(input[type=checkbox])");
  for (const one of targets) {
    if (!seen(one) || isInText(one) || one.id === "skip") continue;
    const { left, right, height } = one.getBoundingClientRect();
    const name = `${one.tagName} ${one.className} “${one.textContent.trim().slice(0, 30)}”`;
    if (height < 23.5) faults.push(`${Math.round(height)} px high: ${name}`);
    const scrolls = one.closest(".matrix-region, .table-region, .timeline-scroll");
    if (!scrolls && (left < -1 || right > innerWidth + 1)) faults.push(`over the side: ${name}`);
  }
  return [...new Set(faults)];
}"""  # noqa: E501


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("model", MODELS, ids=["ukraine", "nature"])
@pytest.mark.parametrize("view", VIEWS)
def test_everything_fits_and_can_be_hit(show: Callable[..., Page], model: tuple[str, str], view: str) -> None:
    page = show(*model, f"#view={view}", width=390, height=844, tools=False, has_touch=True)
    for menu in ("", *MENUS):
        if menu == "What if" and not page.get_by_role("button", name=menu).count():
            continue
        if menu:
            page.get_by_role("button", name=menu, exact=False).first.click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            assert [] == page.evaluate(FAULTS), (menu, width)


@pytest.mark.parametrize("view", VIEWS)
def test_everything_fits_where_letters_are_twice_as_large(show: Callable[..., Page], view: str) -> None:
    page = show("graphs/ukraine-troops", "2026-01-10", f"#view={view}", width=390, height=844, tools=False)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 391, "height": 844})
    assert [] == page.evaluate(FAULTS)
    for menu in MENUS:
        page.get_by_role("button", name=menu, exact=False).first.click()
        assert [] == page.evaluate(FAULTS), menu


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    "at",
    ["actor/germany", "track/stance/russia/multinational-force", "pair/france/us", "actor/germany&base=2025-12-01"],
)
def test_details_fit_too(show: Callable[..., Page], at: str) -> None:
    page = show(*MODELS[0], f"#view=positions&at={at}", width=390, height=844, tools=False, has_touch=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert [] == page.evaluate(FAULTS), width


LOWEST = """() => [...document.querySelectorAll("tbody tr, .timeline-track, #drawing canvas")].filter((one) =>
  one.checkVisibility()).map((one) => {
    const region = one.closest(".matrix-region, .table-region, .timeline-scroll")?.getBoundingClientRect();
    const head = one.closest("table, .timeline-scroll")?.querySelector("thead, .timeline-head");
    const [box, above] = [one, head ?? one].map((part) => part.getBoundingClientRect());
    return Math.min(region?.bottom ?? Infinity, box.bottom) - Math.max(head ? above.bottom : 0, box.top);
  })"""
"""How much is seen of what a view shows in its own region, below its headings."""


@pytest.mark.parametrize(("width", "height"), [(320, 200), (640, 300)])
@pytest.mark.parametrize("view", ["positions", "actors", "matrix", "table", "timeline"])
def test_on_a_low_screen_a_view_shows_more_than_its_headings(
    show: Callable[..., Page], view: str, width: int, height: int
) -> None:
    """As of a window that is seen at 400 %, or a phone that lies: drawings had no height, and the matrix no row."""
    page = show(*MODELS[0], f"#view={view}", width=width, height=height, tools=False)
    seen = [high for high in page.evaluate(LOWEST) if high > 10]
    assert sum(seen) > 100, seen


@pytest.mark.parametrize("width", [390, 600, 768, 1000, 1280])
def test_no_year_and_no_number_of_the_slider_is_cut(show: Callable[..., Page], width: int) -> None:
    page = show(*MODELS[0], width=width)
    years = page.locator(".time-ticks text")
    named = "–".join(years.all_text_contents())
    assert ("2022", "2026") == (named[:4], named[-4:])
    boxes = years.evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert all(one[1] + 3 < other[0] for one, other in pairwise(boxes))
    value = page.locator(".series-value")
    assert "0.69 (38 of 55 shared)" in value.inner_text()
    assert value.evaluate(
        "one => one.scrollWidth <= one.clientWidth && getComputedStyle(one).textOverflow !== 'ellipsis'"
    )


def test_a_word_of_a_hundred_letters_makes_nothing_wider(show: Callable[..., Page], tmp_path: Path) -> None:
    file = crowd(tmp_path, actors=4)
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Actor 001", word).replace("Proposal 000", word), encoding="utf-8")
    page = show(file, "2026-01-01", width=390, tools=False)
    for view in VIEWS:
        page.evaluate("(view) => { location.hash = `view=${view}`; }", view)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert [] == page.evaluate(FAULTS), (view, width)


@pytest.mark.parametrize("width", [768, 1280])
def test_everything_can_be_hit_on_a_wider_page_too(show: Callable[..., Page], width: int) -> None:
    page = show(*MODELS[0], "#view=table", width=width, tools=False, has_touch=True)
    assert [] == page.evaluate(FAULTS)


def test_of_a_name_that_is_cut_no_half_line_is_seen(show: Callable[..., Page], tmp_path: Path) -> None:
    file = crowd(tmp_path, actors=4)
    words = "a title of very many words " * 9
    file.write_text(file.read_text(encoding="utf-8").replace("Proposal 000", words), encoding="utf-8")
    page = show(file, "2026-01-01", "#view=timeline", width=1280)
    title = page.locator(".timeline-title").first
    assert title.evaluate("one => one.scrollHeight > one.clientHeight")
    assert 3 == title.evaluate(
        """(one) => {
          const { lineHeight, paddingTop } = getComputedStyle(one);
          return Math.ceil((one.clientHeight - parseFloat(paddingTop)) / parseFloat(lineHeight) - 0.05);
        }"""
    )


@pytest.mark.parametrize("width", [320, 390, 700, 1000])
def test_of_the_days_before_no_column_is_out_of_sight(show: Callable[..., Page], width: int) -> None:
    page = show(*MODELS[0], "#view=lineup", width=width, height=844, tools=False)
    table = page.locator(".earlier table")
    assert ["table", "row", "rowheader", "cell"] == [
        table.locator(one).first.get_attribute("role") for one in ("xpath=.", "tr", "tbody th", "td")
    ], "blocks are no table by themselves"
    held = table.locator("td:not(:empty)")
    sides = held.evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((one) => [one.left, one.right])"
    )
    assert all(left >= 0 and right <= width for left, right in sides)
    day = table.locator("tbody tr", has_text="28 May 2025")
    in_favour = day.locator("[data-title='In favour']")
    assert "European backers, France, United Kingdom" == in_favour.inner_text()
    named = in_favour.evaluate("one => getComputedStyle(one, '::before').content")
    assert named == ("none" if width > 704 else '"In favour"'), "where no head stands above, it is beside"
    assert page.locator(".earlier [tabindex='0']").count() == 0, "what does not scroll is no stop for Tab"


def test_a_long_name_breaks_beside_its_mark(show: Callable[..., Page], tmp_path: Path) -> None:
    """A name without a blank moved below its mark, which stood alone on a line."""
    model = model_file(
        tmp_path,
        "model: {id: m, title: M}\nactors: {a: {name: Bundesverteidigungsministeriumsbeauftragter, kind: person}, "
        "b: {name: Landwirtschaftskammervorsitzender, kind: person}, c: {name: C, kind: state}}\n"
        "proposals: {p: {title: P}}\nsources: {s: {title: S, publisher: S, published: 2024-03}}\n"
        "stances:\n"
        "  - {actor: a, position: opposes, proposal: p, date: 2024-01-01, evidence: [{source: s}]}\n"
        "  - {actor: b, position: supports, proposal: p, date: 2024-01-01, evidence: [{source: s}]}\n"
        "  - {actor: c, position: open, proposal: p, date: 2024-01-01, evidence: [{source: s}]}\n",
    )
    page = show(model, "2024-06-01", "#view=lineup", width=1000)
    names = page.locator(".chip b")
    assert names.all_inner_texts() == [
        "Bundesverteidigungsministeriumsbeauftragter",
        "C",
        "Landwirtschaftskammervorsitzender",
    ]
    below = """(names) => names.map((name) => {
      const words = document.createRange();
      words.selectNodeContents(name.lastChild);
      return words.getClientRects()[0].top >= name.querySelector(".mark").getBoundingClientRect().bottom;
    })"""
    assert [False, False, False] == names.evaluate_all(below)
    assert page.locator(".chip").evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")


LABELS = """async () => {
  const [texts, marks] = [[], []];
  const { fillText, arc } = CanvasRenderingContext2D.prototype;
  const at = (context, x, y) => context.getTransform().transformPoint(new DOMPoint(x, y));
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const wide = this.measureText(text).width * this.getTransform().a;
    const spot = at(this, x, y);
    const left = spot.x - { left: 0, center: wide / 2, right: wide }[this.textAlign];
    texts.push([text, left, spot.y - 6, left + wide, spot.y + 6]);
    return fillText.call(this, text, x, y);
  };
  CanvasRenderingContext2D.prototype.arc = function (x, y, radius, ...turn) {
    const spot = at(this, x, y);
    marks.push([spot.x, spot.y, radius * this.getTransform().a]);
    return arc.call(this, x, y, radius, ...turn);
  };
  document.getElementById("fit").click();
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  for (let count = 0; count < 4; count += 1) await frame();
  return { texts, marks };
}"""


def ministries(folder: Path, *, actors: int = 40, proposals: int = 12) -> tuple[Path, dict[str, str]]:
    """Write a model of long names, in which six of ten say something; return it, and the names by their keys."""
    of = ("Economic Affairs and Climate Action", "Housing, Urban Development and Building", "Justice and Consumers")
    bodies = ("Federal Ministry for", "Association of Enterprises for", "Parliamentary Committee on")
    names = {f"actor/a{number}": f"{bodies[number % 3]} {of[number // 3 % 3]} {number}" for number in range(actors)}
    titles = {
        f"proposal/p{number}": f"{('Introduce', 'Abolish')[number % 2]} the target for supply chains of goods {number}"
        for number in range(proposals)
    }
    said = "".join(
        f"  - {{actor: a{actor}, position: {('supports', 'opposes', 'open')[actor * on % 3]}, proposal: p{on},"
        " date: 2025, evidence: [{source: daily}]}\n"
        for actor in range(actors)
        for on in range(proposals)
        if (actor * 7 + on * 3) % 10 < 6
    )
    file = folder / "ministries.yaml"
    file.write_text(
        "model: {id: ministries, title: Ministries}\nactors:\n"
        + "".join(f'  {key[6:]}: {{name: "{name}", kind: organisation}}\n' for key, name in names.items())
        + "proposals:\n"
        + "".join(f'  {key[9:]}: {{title: "{title}"}}\n' for key, title in titles.items())
        + f"stances:\n{said}sources: {{daily: {{title: Daily, publisher: Daily, published: 2025-12-31}}}}\n",
        encoding="utf-8",
    )
    return file, names | titles


@pytest.mark.parametrize("view", ["positions", "actors"])
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_long_names_all_stand_beside_their_marks_and_cover_none(
    show: Callable[..., Page], tmp_path: Path, view: str, width: int
) -> None:
    file, names = ministries(tmp_path)
    page = show(file, "2026-01-01", f"#view={view}", width=width, height=844, tools=False)
    drawn = page.evaluate(LABELS)
    labels = "\n".join(text for text, *_ in drawn["texts"])
    keys = [str(one.get_attribute("data-mark")) for one in page.locator("#drawing [data-mark]").all()]
    assert len(keys) >= 8
    named = labels_of(names)
    assert len(set(named.values())) == len(names), "no two are cut alike"
    assert [] == [names[key] for key in keys if "\n".join(named[key]) not in labels]
    assert [] == [
        (text, x, y)
        for text, left, top, right, bottom in drawn["texts"]
        for x, y, radius in drawn["marks"]
        if left < x + radius - 1 and right > x - radius + 1 and top < y + radius - 1 and bottom > y - radius + 1
    ]


@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("cells", ["positions", "agreement"])
def test_rows_of_the_matrix_whose_names_begin_alike_are_told_apart(
    show: Callable[..., Page], tmp_path: Path, cells: str, width: int
) -> None:
    names = [
        f"{body} {of}"
        for body in ("National Advisory Council for", "Federal Ministry for")
        for of in ("the Interior and Community", "the Environment", "Labour and Social Affairs")
    ]
    said = ", ".join(
        f"{{actor: a{actor}, position: supports, proposal: p{on}, date: 2025, evidence: [{{source: d}}]}}"
        for actor in range(len(names))
        for on in range(3)
    )
    file = model_file(
        tmp_path,
        "model: {id: m, title: M}\nproposals: {p0: {title: P}, p1: {title: Q}, p2: {title: R}}\nactors: {"
        + ", ".join(f"a{number}: {{name: {name}, kind: organisation}}" for number, name in enumerate(names))
        + f"}}\nstances: [{said}]\nsources: {{d: {{title: D, publisher: D, published: 2025-12-31}}}}\n",
    )
    page = show(file, "2026-01-01", f"#view=matrix&cells={cells}", width=width, tools=False)
    cut = page.locator("#panel-matrix tbody .heading-name:visible").evaluate_all(
        "all => all.map((name) => [name.scrollHeight > name.clientHeight + 1, name.textContent])"
    )
    assert sorted([False, name] for name in names) == sorted(cut)


def test_titles_in_wide_letters_are_in_lines_that_fit(show: Callable[..., Page], tmp_path: Path) -> None:
    title = "全国人民代表大会常务委员会关于修改个人所得税法的决定草案的提案"
    file = model_file(
        tmp_path,
        f"model: {{id: m, title: M}}\nactors: {{a: {{name: 中华人民共和国外交部发言人办公室, kind: state}}}}\n"
        f"proposals: {{p: {{title: {title}}}}}\n"
        "stances: [{actor: a, position: supports, proposal: p, date: 2025, evidence: [{source: d}]}]\n"
        "sources: {d: {title: D, publisher: D, published: 2025-12-31}}\n",
    )
    page = show(file, "2026-01-01", "#view=matrix", width=390, tools=False)
    name = page.locator("#panel-matrix thead .heading-name")
    assert title == name.inner_text().replace(" ", "").replace("\n", "")
    assert name.evaluate("name => [...name.children].every((line) => line.scrollHeight <= name.clientHeight + 1)")
    page.get_by_role("tab", name="Positions").click()
    assert max(right - left for _, left, _, right, _ in page.evaluate(LABELS)["texts"]) < 200
