"""The changes of a model as an Atom feed (RFC 4287): an entry for each day on which something changed.

Whatever stands in it comes from the record, dates too: the same record makes the same feed tomorrow, but for the days
that have passed since.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

import actorgraph
from actorgraph.asked_dates import day_of
from actorgraph.dates import before, iso
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import Option, OutOptions
from actorgraph.names import legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.exchange.formats import Request
    from actorgraph.explorer.card_data import Tree
    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.options import Marking
    from actorgraph.questions.timeline import Timeline
    from actorgraph.render.feed import FeedDay

OUT: Final = OutOptions(
    ("model", "up_to", "known_by", "stated", "assume", "narrowing", "output", "no_cache"),
    (
        Option("since", "the first day that is in the feed.  [default: a year before the latest source]", "DATE"),
        Option("url", "where the page of the model is published: entries link to it.", "BASE"),
        Option("title", "in place of the model's own title.", "TEXT"),
        Option("line-ups", "each entry has a picture of who stands where on what changed most."),
    ),
    endings=("atom", "xml"),
)

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_LENGTH: Final = "1y"
"""How far back from the latest source a feed reaches."""
_NO_DAY: Final = "1970-01-01"
"""When a feed was `updated`, which it must say, of a record that has no dates."""


def write(
    asked: Request,
    *,
    since: str | None = None,
    url: str | None = None,
    title: str | None = None,
    line_ups: bool = False,
) -> str:
    """Return the feed, the latest day first."""
    from actorgraph.explorer.card_files import element_of
    from actorgraph.questions.feed import history, last_day_of
    from actorgraph.render.feed import days_of

    if url is not None:
        _check(url)
    ledger = asked.open()
    last = last_day_of(ledger, day_of(asked.day))
    start = since or str(iso(day_of(asked.day) if last is None else before(last, _LENGTH)))
    answer = history(ledger, since=start, as_of=asked.day, **asked.narrowing)
    days = days_of(answer)
    pictures = {day.day: tuple(_line_up(day, ledger, asked.marking)) for day in days} if line_ups else {}
    in_the_end = ledger.latest_source or (_NO_DAY if last is None else str(iso(last)))
    updated = max((day.known_since for day in days), default=in_the_end)
    tree = [
        "feed",
        {"xmlns": _ATOM, "xml:lang": "en"},
        ["id", {}, _id_of(answer, url)],
        ["title", {}, legible(title or f"{ledger.title}: what changed")],
        *([["subtitle", {}, legible(ledger.description)]] if ledger.description else []),
        ["updated", {}, _time(updated)],
        ["author", {}, ["name", {}, legible(ledger.title)]],
        ["generator", {"version": actorgraph.__version__}, "actorgraph"],
        *_links(asked, url),
        *(_entry(day, _id_of(answer, url, day.day), url, pictures.get(day.day, ())) for day in days),
    ]
    root = element_of(tree)
    ET.indent(root)  # so that a diff of what is published shows what is new
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _id_of(answer: Timeline, url: str | None, day: str = "") -> str:
    """Return the id of the feed, or of what changed on a day: the same whichever other days are in it.

    It is an address of the page's; where it has none, a UUID made of the same words.
    """
    asked = {name: value for name, value in answer.query.items() if name not in ("command", "since")}
    words = quote(answer.model) + (f"?{urlencode(asked)}" if asked else "") + (f"/{day}" if day else "")
    return uuid5(NAMESPACE_URL, f"actorgraph:{words}").urn if url is None else f"{url}#{words}"


def _check(url: str) -> None:
    """Raise `UsageProblem` for what is no address of a page."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and parts.hostname and "#" not in url
    except ValueError:
        is_good = False
    if not is_good or re.search(r"[\s\x00-\x20\x7f<>\"{}|\\^`]", url):
        raise UsageProblem(f"--url {quoted(url)} is not where a page can be; write it as https://example.org/model/")


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _links(asked: Request, url: str | None) -> Iterator[Tree]:
    """Yield links to the page, and to the feed itself, which is taken to be published beside the page."""
    if url is None:
        return
    yield ["link", {"rel": "alternate", "type": "text/html", "href": url}]
    if asked.output != "-":
        name = quote(PurePath(asked.output).name)
        yield ["link", {"rel": "self", "type": "application/atom+xml", "href": urljoin(url, name)}]


def _entry(day: FeedDay, key: str, url: str | None, picture: Iterable[Tree]) -> Tree:
    eve = str(iso(before(day_of(day.day), "1d")))
    page = [] if url is None else [["link", {"rel": "alternate", "href": f"{url}#day={day.day}&base={eve}"}]]
    return [
        "entry",
        {},
        ["id", {}, key],
        ["title", {}, legible(day.title)],
        ["published", {}, _time(day.day)],
        ["updated", {}, _time(day.known_since)],
        *page,
        ["content", {"type": "xhtml"}, ["div", {"xmlns": _XHTML}, *_content(day), *picture]],
    ]


def _content(day: FeedDay) -> Iterator[Tree]:
    from actorgraph.explorer.report import linked

    yield ["p", {}, legible(day.total)]
    for title, texts in day.blocks:
        yield ["h3", {}, title]
        yield ["ul", {}, *(["li", {}, legible(text)] for text in texts)]
    if day.notes:
        yield ["h3", {}, "Sources"]
        yield ["ol", {}, *(["li", {}, linked(legible(note.text), note.url)] for note in day.notes)]
    yield from (["p", {}, legible(text)] for text in day.below)


def _line_up(day: FeedDay, ledger: Ledger, marking: Marking) -> Iterator[Tree]:
    """Yield who stands where, on that day, on what changed most, as a picture with what is new since its eve.

    Where some of it may have changed before that eve, the card has an eve of its own, by which none had.
    """
    from actorgraph.explorer.card import card_of
    from actorgraph.explorer.card_files import palette_of
    from actorgraph.explorer.card_picture import lineup_of

    if day.subject is None:
        return
    eve = str(iso(before(day_of(day.day), "1d"))) if day.is_of_the_day else None
    card = card_of(ledger, day.subject, as_of=day.day, compare=eve, **marking)
    yield ["h3", {}, legible(card.question)]
    yield ["p", {}, legible(card.finding)]
    if any(column.entries for column in card.columns):
        yield lineup_of(card.columns, palette_of("light"))
