"""An answer card as a piece of HTML, for an article. The page's scripts (js/layout.js) make the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.explorer.card_picture import LAYOUT

if TYPE_CHECKING:
    from actorgraph.explorer.card_data import Card, CardColumn, CardSource, Chip, Tree


def fragment_of(card: Card) -> Tree:
    """Return a card as a piece of HTML, for an article: it has the colours and the type of what is around it."""
    columns = [_column(column) for column in card.columns if column.entries]
    body = columns or [["p", {}, LAYOUT["silence"]]]
    link = (
        ["a", {"href": card.link}, card.link]
        if card.link.startswith(("http://", "https://"))
        else ["code", {}, card.link]
    )
    return [
        "article",
        {"lang": "en", "style": "border-top:4px solid;padding:.75em 0"},
        ["h2", {"style": "margin:0"}, card.question],
        ["p", {"style": "margin:.25em 0"}, card.finding],
        ["p", {"style": "margin:.25em 0"}, ["small", {}, " ".join(card.notes)]],
        ["div", {"style": "display:flex;flex-wrap:wrap;gap:1em 1.5em"}, *body],
        *([["h3", {"style": "font-size:1em;margin:1em 0 0"}, "Sources"]] if card.sources else []),
        *([["ol", {"style": "font-size:.875em"}, *map(_source, card.sources)]] if card.sources else []),
        *([["p", {"style": "font-size:.875em"}, card.grades]] if card.grades else []),
        ["footer", {"style": "font-size:.875em"}, ["p", {}, card.made], *([["p", {}, link]] if card.link else [])],
    ]


def _column(column: CardColumn) -> Tree:
    heading = ["h3", {"style": "font-size:1em;margin:.5em 0"}, f"{column.title} ({column.number:,})"]
    items = ["ul", {"style": "margin:0;padding-left:1.1em"}, *map(_item, column.entries)]
    return ["section", {"style": "flex:1 1 11em"}, heading, items]


def _item(entry: Chip) -> Tree:
    limits = [f": {entry.limits}"] if entry.limits else []
    cites = [f" [{', '.join(map(str, entry.cites))}]"] if entry.cites else []
    return ["li", {}, ["b", {}, entry.name], *limits, *cites]


def _source(source: CardSource) -> Tree:
    return ["li", {}, ["a", {"href": source.url}, source.text] if source.url else source.text]
