"""A document as a reference manager has it, in the words of a model: what CSL-JSON and BibTeX have in common."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from actorgraph.dates import period
from actorgraph.errors import quoted
from actorgraph.exchange.importing.incoming import why_too_long
from actorgraph.model.links import is_link
from actorgraph.vocabulary import RELIABILITY
from actorgraph.written_dates import AmbiguousDate, written_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from actorgraph.ledger.store import Ledger


class LibraryItem(NamedTuple):
    """What a reference manager says of a document.

    `key` is the citation key, empty where it has none; `body` what it says by the keys of a source, without those that
    it says nothing of. `sort` is what sort of document it is, such as `Report`, and `files` are the names of its
    attachments. `lost` tells what of it a source cannot hold.
    """

    place: str
    key: str
    body: Mapping[str, str]
    sort: str
    files: tuple[str, ...]
    lost: tuple[str, ...]


OWN: Final = ("document", "sha256", "reliability")
"""What the formats have no word for: it goes into fields of our own, which others pass over."""

SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "@": "{@}",  # some readers would begin an entry here
}
r"""The signs that mean something else in LaTeX. Braces are words, since BibTeX counts those of `\{`, too."""

SORTS: Final = {
    "article-journal": "Journal article",
    "article-magazine": "Magazine article",
    "article-newspaper": "Newspaper article",
    "bill": "Bill",
    "book": "Book",
    "broadcast": "Broadcast",
    "chapter": "Chapter of a book",
    "conference": "Conference paper",
    "dataset": "Data set",
    "hearing": "Hearing",
    "inbook": "Chapter of a book",
    "incollection": "Chapter of a book",
    "inproceedings": "Conference paper",
    "interview": "Interview",
    "jurisdiction": "Court decision",
    "legal_case": "Court decision",
    "legislation": "Law",
    "letter": "Letter",
    "manuscript": "Manuscript",
    "mastersthesis": "Thesis",
    "motion_picture": "Film",
    "pamphlet": "Pamphlet",
    "paper-conference": "Conference paper",
    "patent": "Patent",
    "personal_communication": "Letter",
    "phdthesis": "Thesis",
    "post": "Post",
    "post-weblog": "Blog post",
    "regulation": "Regulation",
    "report": "Report",
    "review": "Review",
    "speech": "Speech",
    "standard": "Standard",
    "techreport": "Report",
    "thesis": "Thesis",
    "treaty": "Treaty",
    "unpublished": "Manuscript",
}
"""The types of CSL and BibTeX that tell a reader what a document is, in words."""

BOOKS: Final = frozenset({"chapter", "conference", "inbook", "incollection", "inproceedings", "paper-conference"})
"""Those of which the publisher is better known than the title of the volume that holds them."""

_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BREAKS: Final = re.compile(f"\\s*[\t\n\r\u2028\u2029{_CONTROL}][\\s{_CONTROL}]*")
_UNWRITABLE: Final = re.compile(f"[{_CONTROL}]+")
_NO_LETTERS: Final = re.compile("[\ud800-\udfff\ufeff\ufffe\uffff]")
_SHA256: Final = re.compile("[0-9a-f]{64}")
_DOI: Final = re.compile(r"^(?:https?://(?:dx[.])?doi[.]org/|doi:)\s*", re.IGNORECASE)
_FITS: Final[Mapping[str, Callable[[str], object]]] = {
    "url": is_link,
    "archived": is_link,
    "sha256": _SHA256.fullmatch,
    "reliability": RELIABILITY.__contains__,
}
"""What a model would refuse stays out."""
_NUMBERS: Final = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:[T ]\d{1,2}:.*)?", re.ASCII)


def line(text: object) -> str:
    r"""Return a text in one line, with a space for what no model may hold; empty for what is no text.

    >>> line(" Two\n   lines\x00 "), line("Two\x0blines"), line("Two\tlines"), line(None), line(2020)
    ('Two lines', 'Two lines', 'Two lines', '', '2020')
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return str(text)
    return _NO_LETTERS.sub("", _BREAKS.sub(" ", text)).strip() if isinstance(text, str) else ""


def prose(text: object) -> str:
    """Return a text that may have several lines, with a space for what no model may hold; empty for what is no text."""
    return (
        _NO_LETTERS.sub("", _UNWRITABLE.sub(" ", text.replace("\r\n", "\n"))).strip() if isinstance(text, str) else ""
    )


def first(*texts: object) -> str:
    """Return the first of several that is a text, in one line, empty where none is."""
    return next((said for text in texts if (said := line(text))), "")


def date_in(text: str) -> str:
    """Return a date as a model writes it. Raises `ValueError`, with a reason fit for a reader, where it is none.

    >>> date_in("2025-9-3"), date_in("2025-10-14T08:00:00Z"), date_in("/2025"), date_in("8 Oct 2025")
    ('2025-09-03', '2025-10-14', '../2025', '2025-10-08')
    >>> date_in("Spring 2025")
    Traceback (most recent call last):
        ...
    ValueError: its date 'Spring 2025' is none that a model has: a date is YYYY, YYYY-MM or YYYY-MM-DD; A/B is some day from A to B, ../B by B
    """  # noqa: E501 - the reason is printed whole
    written = text.strip()
    if parts := _NUMBERS.fullmatch(written):
        written = "-".join([parts[1], *(f"{int(part):02}" for part in parts.groups()[1:] if part)])
    elif written.startswith("/"):
        written = f"..{written}"
    try:
        period(written)
    except ValueError as reason:
        with suppress(ValueError, AmbiguousDate):
            return written_date(written)
        raise ValueError(f"its date {quoted(text)} is none that a model has: {reason}") from reason
    return written


def library_item(
    place: str,
    key: str,
    said: Mapping[str, str],
    *,
    published: str,
    accessed: str,
    sort: str,
    files: Iterable[str] = (),
) -> LibraryItem:
    """Return a reference of what is said of a document by the keys of a source, with dates as the format has them.

    A publisher is needed: where none is named, it is the site that the address leads to, or else who wrote it. Raises
    `ValueError`, with a reason fit for a reader, where it can be no source: without a title, a date or any publisher.
    """
    body = {name: text for name, text in said.items() if text and _FITS.get(name, bool)(text)}
    if too_long := next(filter(None, (why_too_long(name, text) for name, text in body.items())), None):
        raise ValueError(too_long)
    links = [said[name] for name in ("url", "archived") if said.get(name) and name not in body]
    lost = [f"the address {quoted(link)}, which is no http, https or mailto link" for link in links]
    for name, needed in (("title", body.get("title")), ("date", published)):
        if not needed:
            raise ValueError(f"it has no {name}")
    body["published"] = date_in(published)
    try:
        body |= {"accessed": date_in(accessed)} if accessed else {}
    except ValueError as reason:
        lost.append(f"the day of access: {reason}")
    site = urlsplit(body.get("url", "")).netloc.removeprefix("www.")
    body["publisher"] = body.get("publisher") or site or body.get("author", "")
    if not body["publisher"]:
        raise ValueError("nobody is named who published it")
    return LibraryItem(place, key, body, sort, tuple(files), tuple(lost))


def link_of(doi: str) -> str:
    """Return the address that a DOI leads to, empty where there is none.

    >>> link_of("10.1000/182"), link_of("doi:10.1000/182"), link_of("")
    ('https://doi.org/10.1000/182', 'https://doi.org/10.1000/182', '')
    """
    return f"https://doi.org/{_DOI.sub('', doi)}" if doi else ""


def authors(text: str) -> list[str]:
    """Return who wrote something, one by one: a model has several in one line with semicolons between them.

    >>> authors("Jane Doe; Council of the EU"), authors("Doe, Jane")
    (['Jane Doe', 'Council of the EU'], ['Doe, Jane'])
    """
    parts = text.split("; ")
    return parts if all(part and part == part.strip() for part in parts) else [text]


def sources(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the sources of a model by their keys, with their ids, sorted by id."""
    return [{"id": thing.id, **thing.body} for thing in ledger.things("source")]
