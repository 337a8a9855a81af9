"""A report as one HTML file in the page's style: no script, no network, and nothing of the record in it as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from actorgraph.explorer import assets
from actorgraph.explorer.card_files import element_of, palette_of
from actorgraph.explorer.card_picture import lineup_of
from actorgraph.explorer.csp import policy
from actorgraph.model.links import is_link
from actorgraph.render.report import ADDRESS
from actorgraph.render.wrapping import clean, isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.explorer.card_data import CardColumn, Tree
    from actorgraph.render.grid import Grid, Note
    from actorgraph.render.report import Briefing, Chapter, Topic

_STYLES: Final = ("base", "report")


def report_html(report: Briefing, columns: Mapping[str, Sequence[CardColumn]]) -> str:
    """Return a report as an HTML file; `columns` are those of the line-up of each chapter, by its id.

    Same report, same bytes.
    """
    style = assets.style(*_STYLES)
    many = len(report.chapters) > 1
    title = report.made if many else report.chapters[0].question
    contents = [["nav", {"aria-label": "Contents"}, ["ul", {}, *map(_entry, report.chapters)]]] if many else []
    tree = [
        "html",
        {"lang": "en"},
        [
            "head",
            {},
            ["meta", {"charset": "utf-8"}],
            ["meta", {"http-equiv": "Content-Security-Policy", "content": policy(scripts=(), styles=[style])}],
            ["meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}],
            ["title", {}, clean(title)],
            ["style", {}, style],
        ],
        [
            "body",
            {"class": "report"},
            *contents,
            *(_chapter(chapter, columns[chapter.id]) for chapter in report.chapters),
            *(["section", {"class": "sources"}, *_section(section)] for section in report.sources),
            ["footer", {"class": "foot"}, *_paragraphs([report.made]), ["p", {}, ["code", {}, clean(report.again)]]],
        ],
    ]
    return f"<!doctype html>\n{ET.tostring(element_of(tree), encoding='unicode', method='html')}\n"


def _entry(chapter: Chapter) -> Tree:
    return ["li", {}, ["a", {"href": f"#{chapter.id}"}, clean(chapter.question)]]


def _chapter(chapter: Chapter, columns: Sequence[CardColumn]) -> Tree:
    finding, *dated = chapter.told
    palette = {ink: f"var(--{ink})" for ink in palette_of("light")}
    figure = ["figure", {"class": "picture-of-it"}, lineup_of(columns, palette)]
    return [
        "article",
        {"id": chapter.id},
        ["h1", {}, clean(chapter.question)],
        ["p", {"class": "finding"}, clean(finding)],
        *(["p", {"class": "soft"}, clean(text)] for text in dated),
        *([figure] if any(column.entries for column in columns) else []),
        *(["section", {}, *_section(section)] for section in chapter.sections),
    ]


def _section(section: Topic) -> Iterator[Tree]:
    yield ["h2", {}, clean(section.title)]
    for grid in section.grids:
        yield from grid_trees(grid)


def grid_trees(grid: Grid) -> Iterator[Tree]:
    """Yield a table in words as trees of HTML: what stands above it, its lines, its notes, and what stands below.

    Each cell bears its heading, for a page that is too narrow for columns.
    """
    first, *rest = grid.above or ("",)
    if first:
        yield ["h3", {}, clean(first)]
    yield from _paragraphs(rest)
    if grid.lines:
        # A keyed column in which nothing stands is none, as in a terminal.
        shown = [at for at in range(len(grid.headings)) if at not in grid.keyed or any(line[at] for line in grid.lines)]
        heads = [*(grid.headings[at].capitalize() for at in shown), *["Evidence"] * bool(grid.evidence)]
        evidence = grid.evidence or [()] * len(grid.lines)
        body = [
            ["tr", {}, *_cells([line[at] for at in shown], heads, notes if grid.evidence else None)]
            for line, notes in zip(grid.lines, evidence, strict=True)
        ]
        head = ["thead", {}, ["tr", {}, *(["th", {"scope": "col", "data-of": text}, text] for text in heads)]]
        yield ["table", {}, head, ["tbody", {}, *body]]
    if grid.notes:
        yield ["ol", {"class": "notes"}, *map(_note, grid.notes)]
    yield from _paragraphs(grid.below)


def _cells(line: Sequence[str], heads: Sequence[str], notes: Sequence[Note] | None) -> Iterator[Tree]:
    for at, (text, heading) in enumerate(zip(line, heads, strict=False)):
        tag = "td" if at else "th"
        is_address = heading == ADDRESS.capitalize()
        yield [tag, {"data-of": heading, **({} if at else {"scope": "row"})}, *_in_lines(text, is_address=is_address)]
    if notes is not None:
        links = [["a", {"href": f"#source-{note.number}"}, f"{note.number}"] for note in notes]
        parts = [part for link in links for part in (", ", link)][1:]
        yield ["td", {"data-of": "Evidence", "class": "cites"}, *parts]


def _in_lines(text: str, *, is_address: bool) -> Iterator[Tree | str]:
    for at, line in enumerate(clean(text).split("\n")):
        if at:
            yield ["br", {}]
        yield linked(line, line) if is_address and is_link(line) else line


def _paragraphs(texts: Iterable[str]) -> Iterator[Tree]:
    return (["p", {}, clean(text)] for text in texts)


def _note(note: Note) -> Tree:
    parts: list[Tree | str] = [linked(clean(note.text), note.url)]
    if note.url and is_link(note.url):
        parts += [" ", ["span", {"class": "address"}, isolated(clean(note.url))]]
    if note.archived:
        parts += ["; ", linked("archived copy", note.archived)]
    return ["li", {"id": f"source-{note.number}", "value": note.number}, *parts]


def linked(text: str, url: str | None) -> Tree | str:
    """Return a text as a link, where there is where to; what may be no link is told behind it."""
    if not url:
        return text
    return ["a", {"href": url}, text] if is_link(url) else f"{text}, {clean(url)}"
