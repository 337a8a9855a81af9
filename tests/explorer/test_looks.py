"""How the page looks: every view at three widths, light and dark, with no violation that axe-core finds.

With --pictures (`make pictures`) each is kept in build/pictures, for people to look at.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accessibility import violations

pytest.importorskip("playwright.sync_api", reason="playwright missing")
pytest.importorskip("axe_playwright_python", reason="axe missing")

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHIPPED = ("graphs/ukraine-troops", "2026-01-10")
SPANS = ("tests/explorer/models/spans.yaml", "2024-03-15")


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep what a page looks like, by a name, where pictures were asked for."""
    folder = Path("build/pictures") if request.config.getoption("pictures") else None

    def keep(page: Page, name: str, *, whole: bool = False) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}.png", full_page=whole)

    return keep


STATES = {
    "lineup": "#view=lineup",
    "lineup-actor": "#view=lineup&at=actor/germany",
    "lineup-chip": "#view=lineup&at=track/commitment/france/multinational-force",
    "lineup-compared": "#view=lineup&base=2025-05-30",
    "positions": "#view=positions",
    "positions-chosen": "#view=positions&at=proposal/multinational-force",
    "positions-track": "#view=positions&at=track/stance/russia/multinational-force",
    "positions-compared": "#view=positions&base=2025-12-01",
    "positions-focus": "#view=positions&focus=actor/italy&steps=2",
    "actors": "#view=actors",
    "actors-blocs": "#view=actors&blocs=yes",
    "agreement": "#view=matrix&cells=agreement&at=pair/france/uk",
    "agreement-of-a-part": "#view=matrix&cells=agreement&assume=ceasefire",
    "actors-pair": "#view=actors&at=pair/france/us",
    "matrix": "#view=matrix",
    "matrix-compared": "#view=matrix&base=2025-12-01&at=record/italy.multinational-force.2026-01-06.2026-01-07",
    "table": "#view=table",
    "table-compared": "#view=table&base=2025-12-01",
    "timeline": "#view=timeline",
    "timeline-focus": "#view=timeline&focus=proposal/multinational-force",
    "story": "#story=paris-declaration-signed",
    "nothing-left": "#view=matrix&kind=organisation&focus=nobody",
    "embed": "#embed=yes",
}
SIZES = {1440: 1000, 768: 1024, 360: 740}


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", STATES)
def test_nobody_is_shut_out(show: Callable[..., Page], picture: Callable[..., None], name: str, scheme: str) -> None:
    """A scheme changes colours and nothing else."""
    looked_for: dict[str, Any] = {} if scheme == "light" else {"runOnly": ["color-contrast"]}
    page = show(*SHIPPED, STATES[name], color_scheme=scheme)
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert width >= page.evaluate("document.documentElement.scrollWidth")
        picture(page, f"{name}-{width}-{scheme}", whole=True)
        assert "" == violations(page, **looked_for)


def test_what_shuts_somebody_out_is_told(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED)
    assert "" == violations(page)
    page.evaluate("document.querySelector('h1').append(new Image())")
    assert "image-alt" in violations(page)


WCAG: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # off by default
}


@pytest.mark.first_cases(4)
@pytest.mark.parametrize(
    ("fragment", "width", "opened"),
    [
        ("#at=track/stance/russia/multinational-force", 1280, ""),
        ("#view=lineup&at=track/commitment/france/multinational-force", 390, ""),
        ("#view=actors&at=pair/france/us", 1280, ""),
        ("#view=positions&at=actor/germany&theme=dark", 390, ""),
        ("#view=positions&at=record/italy.multinational-force.2026-01-06.2026-01-07", 1280, ""),
        ("#assume=ceasefire", 1280, "What if"),
        ("#view=table", 390, "Filter"),
        ("#view=table&base=2025-12-01", 390, "Take away"),
        ("#view=actors", 390, "What if"),
        ("#view=matrix&assume=ceasefire", 1440, ""),
        ("#view=matrix&base=2025-12-01", 390, "Filter"),
        ("#view=timeline&theme=dark", 1440, "Take away"),
        ("#view=timeline", 390, ""),
        ("#view=lineup&story=paris-declaration-signed", 1440, ""),
        ("#embed=yes&view=matrix&at=actor/germany", 400, ""),
        ("#embed=yes&view=lineup", 720, ""),
    ],
)
def test_wcag_22_is_kept_in_its_sizes_too(show: Callable[..., Page], fragment: str, width: int, opened: str) -> None:
    page = show(*SHIPPED, fragment, width=width, height=844)
    if opened:
        page.get_by_role("button", name=opened).click()
    assert "" == violations(page, **WCAG)


LOOKS = """() => {
  const look = (one) => {
    const { backgroundColor, borderBottomColor, outlineStyle } = getComputedStyle(one);
    return [backgroundColor, borderBottomColor, outlineStyle].join();
  };
  const pairs = [
    ['.time-paces [aria-pressed="true"]', '.time-paces [aria-pressed="false"]'],
    ['.views [aria-selected="true"]', '.views [aria-selected="false"]'],
    ['.cells td[aria-current]', '.cells td:not([aria-current], .changed)'],
  ];
  return pairs.map((pair) => pair.map((one) => document.querySelector(one)))
    .filter(([one, other]) => one && other).map((pair) => pair.map(look));
}"""
"""How what is pressed or chosen looks, and beside it how its like does, wherever the page has both."""


@pytest.mark.parametrize(
    ("fragment", "pairs"),
    [("#view=timeline", 2), ("#view=matrix&at=track/commitment/italy/multinational-force", 3)],
)
def test_what_is_pressed_and_chosen_is_seen_in_forced_colours(
    show: Callable[..., Page], picture: Callable[..., None], fragment: str, pairs: int
) -> None:
    """What is pressed differs from its like in background or border, which are not the reader's plain ones."""
    page = show(*SHIPPED, fragment, forced_colors="active")
    picture(page, f"forced-{fragment.strip('#').partition('&')[0].replace('=', '-')}")
    looks = page.evaluate(LOOKS)
    assert pairs == len(looks)
    assert all(one != other for one, other in looks)


PLATED = """() => {
  const probe = document.body.appendChild(document.createElement("p"));
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  return [...document.querySelectorAll("body *")].filter((one) => {
    if (!one.checkVisibility() || !one.textContent.trim()) return false;
    const { color, forcedColorAdjust } = getComputedStyle(one);
    return color === canvas && forcedColorAdjust !== "none";
  }).map((one) => `${one.className} ${one.textContent}`);
}"""
"""Words in the colour of the page: where a browser forces colours it puts them on a plate of just that colour."""


@pytest.mark.parametrize("view", ["lineup", "positions", "actors", "matrix", "table", "timeline"])
def test_no_word_has_the_colour_of_its_plate_in_forced_colours(show: Callable[..., Page], view: str) -> None:
    page = show(*SHIPPED, f"#view={view}&base=2025-12-01&at=actor/germany", forced_colors="active")
    assert [] == page.evaluate(PLATED)


def test_no_tab_paints_over_the_line_below_it_in_forced_colours(show: Callable[..., Page]) -> None:
    page = show(*SHIPPED, forced_colors="active")
    tabs, line = page.evaluate(
        """[[...document.querySelectorAll("#views button")], [document.querySelector(".bar")]]
        .map((all) => Math.max(...all.map((one) => one.getBoundingClientRect().bottom)))"""
    )
    assert tabs <= line - 1


@pytest.mark.parametrize(("theme", "track"), [("light", "rgb(253, 252, 249)"), ("dark", "rgb(21, 23, 26)")])
def test_scroll_bars_are_of_the_theme(show: Callable[..., Page], theme: str, track: str) -> None:
    """Firefox would leave them white in the dark."""
    page = show(*SHIPPED, f"#theme={theme}", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.querySelector('aside')).scrollbarColor").endswith(track)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("opened", ["Filter", "What if", "Take away"])
def test_nobody_is_shut_out_of_what_opens(show: Callable[..., Page], picture: Callable[..., None], opened: str) -> None:
    page = show(*SHIPPED)
    page.get_by_role("button", name=opened).click()
    picture(page, f"open-{opened.lower().replace(' ', '-')}")
    assert "" == violations(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_asks_for_more_contrast_has_every_word_in_ink(show: Callable[..., Page], theme: str) -> None:
    page = show(*SHIPPED, f"#theme={theme}", contrast="more")
    ink, soft = page.evaluate(
        "['#title', '#date-notes'].map((one) => getComputedStyle(document.querySelector(one)).color)"
    )
    assert ink == soft
    usual = show(*SHIPPED, f"#theme={theme}")
    assert ink != usual.evaluate("getComputedStyle(document.querySelector('#date-notes')).color")


PALE = """([selector, least, pseudo]) => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminance = (paints) => {
    for (const [paint, opacity] of paints) {
      pixel.globalAlpha = opacity;
      pixel.fillStyle = paint;
      pixel.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const judged = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => {
    const above = [];
    for (let part = one; part; part = part.parentElement) above.unshift(part);
    const grounds = above.filter((part) => !(part instanceof SVGElement)).map((part) => [getComputedStyle(part).backgroundColor, 1]);
    const opacity = above.reduce((product, part) => product * getComputedStyle(part).opacity, 1);
    const style = getComputedStyle(one, pseudo);
    const paints = pseudo ? [style.color] : [style.stroke, one.tagName === "line" ? "none" : style.fill].filter((paint) => paint !== "none");
    const contrasts = paints.map((paint) => [luminance(grounds), luminance([...grounds, [paint, opacity]])].sort((less, more) => less - more))
      .map(([low, high]) => (high + 0.05) / (low + 0.05));
    return [Math.max(...contrasts), one.outerHTML];
  });
  return [judged.length, judged.filter(([contrast]) => contrast < least)];
}"""  # noqa: E501
"""How many parts a selector picks, and those that stand out too little from what is behind them."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_stands_in_an_empty_field_can_be_read(show: Callable[..., Page], theme: str) -> None:
    """Browsers write it in a grey of their own, whatever the page is."""
    page = show(*SHIPPED, f"#view=table&theme={theme}")
    assert [2, []] == page.evaluate(PALE, ["input:is(#query, #rows-text)", 4.5, "::placeholder"])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("model", "fragment", "parts"),
    [
        (SHIPPED, "view=timeline&story=paris-declaration-signed", ".timeline-bar > line:not(.timeline-inside)"),
        (SPANS, "view=timeline", ".timeline-key line:not(.timeline-inside)"),
        (SPANS, "at=track/stance/ash/draft", "#chosen .swatch > *"),
    ],
)
def test_what_is_only_possible_stands_out_from_the_page_too(
    show: Callable[..., Page], model: tuple[str, str], fragment: str, parts: str, theme: str
) -> None:
    """Its dots say what it is; it was paler than its ink, too."""
    page = show(*model, f"#{fragment}&theme={theme}")
    number, pale = page.evaluate(PALE, [parts, 3, None])
    assert number
    assert [] == pale


@pytest.mark.parametrize("how", [{"contrast": "more"}, {"forced_colors": "active"}])
def test_no_mark_of_a_comparison_is_pale_for_who_asks_for_more_contrast(
    show: Callable[..., Page], how: dict[str, str]
) -> None:
    parts = ".cells .track .cell-mark :is(.solid, .outline, .slice)"
    usual = show(*SHIPPED, "#view=matrix&base=2025-12-01").evaluate(PALE, [parts, 3, None])
    page = show(*SHIPPED, "#view=matrix&base=2025-12-01", **how)
    assert [usual[0], []] == page.evaluate(PALE, [parts, 3, None])
    assert usual[1], "what did not change stands back otherwise"
