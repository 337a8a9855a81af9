"""What a model cites of its documents, and whether that stands there: lines, pages and quotes looked up in one copy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from actorgraph.errors import quoted
from actorgraph.model.kinds import CITING
from actorgraph.questions.cells import of_lines
from actorgraph.questions.documents import ranges
from actorgraph.questions.pdf import PdfPages, Unread, means_pages
from actorgraph.questions.quotes import SearchedText, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.documents import Copy, Documents
    from actorgraph.questions.quotes import Pieces

Failure: TypeAlias = Literal["no-such-line", "empty-line", "no-such-page", "elsewhere", "not-found", "not-checked"]
"""How a citation fails: the document ends before a cited line; nothing but white space stands in the lines; it has no
such page; the quote stands in other lines or pages; it stands nowhere in the document. The last one is no failure: the
copy is there, and the citation cannot be looked up in it."""

_MOST_PLACES: Final = 3


class Citation(NamedTuple):
    """An evidence of a record: which one, where it is curated, and what it cites of a source."""

    type: str
    record: str
    place: str
    source: str
    lines: str | None
    page: str | None
    quote: str | None

    @property
    def is_whole(self) -> bool:
        """Whether it cites the document as a whole, so that there is nothing to look up in it."""
        return self.lines is None and self.page is None and self.quote is None


class Outcome(NamedTuple):
    """How a citation fails or why it is not looked up, where its quote stands after all, and words for it."""

    failure: Failure
    found: str | None
    message: str


class Opened(NamedTuple):
    """A copy in which citations can be looked up: the name of its file, its lines, and its pages if it is a PDF."""

    name: str
    text: SearchedText
    pages: PdfPages | None = None

    def outcomes(self, citation: Citation) -> Iterator[Outcome]:
        """Yield every way in which a citation fails, or that it cannot be looked up; nothing where it holds."""
        return _on_pages(citation, self, self.pages) if self.pages else _in_lines(citation, self)

    def covered(self, citation: Citation) -> set[int]:
        """Return the lines that a citation points at: those cited, those of its pages, else those of its quote."""
        spans: tuple[tuple[int, int], ...] = ()
        if self.pages:
            reading = next(self.pages.readings(citation.page or ""), ())
            spans = self.pages.lines_of(reading)
        elif citation.lines:
            spans = tuple(ranges(citation.lines))
        if not spans and citation.quote and (pieces := pieces_of(citation.quote)):
            spans = self.text.spans(pieces)
        return {line for first, last in spans for line in range(first, min(last, self.text.length) + 1)}

    def place_of(self, line: int) -> tuple[str | None, int]:
        """Return the page, None in a text, and the number there of a line of the document."""
        if self.pages is None:
            return None, line
        number = self.pages.page_of(line)
        ((first, _),) = self.pages.lines_of((number,))
        return self.pages.named(number, number), line - first + 1


def citations_by_source(ledger: Ledger) -> defaultdict[str, list[Citation]]:
    """Return every evidence of a model by its source; that of a record of several actors once."""
    cited: defaultdict[str, list[Citation]] = defaultdict(list)
    joint: set[tuple[str, ...]] = set()
    for thing in ledger.things(*CITING):
        statement = thing.place, *thing.jointly
        if len(statement) > 1 and statement in joint:
            continue  # one record in the file, of several actors
        joint.add(statement)
        for evidence in thing.body.get("evidence", ()):
            where = (evidence.get(key) for key in ("lines", "page", "quote"))
            citation = Citation(thing.type, thing.id, thing.place, evidence["source"], *where)
            cited[citation.source].append(citation)
    return cited


def opened(folder: Documents, source: Thing, *, whole: bool = False) -> tuple[Copy, Opened | None, Unread | None]:
    """Return what became of a source's copy, what can be looked up in it, and why nothing can although it is there.

    Where only the copy as a `whole` counts, a PDF stays closed: to read hundreds of pages takes seconds.
    """
    copy = folder.copy(source)
    if not copy.is_trusted or (whole and copy.is_pdf):
        return copy, None, None
    name = str(source.body["document"])
    if copy.lines is not None:
        return copy, Opened(name, SearchedText(copy.lines)), None
    if not copy.is_pdf:
        return copy, None, "no-text"
    pages = folder.pages(source)
    if not isinstance(pages, PdfPages):
        return copy._replace(message=f"{copy.message}; {pages.message}"), None, pages.why
    if pages.blank:
        blank = ", ".join(pages.named(number, number) for number in pages.blank[:_MOST_PLACES])
        more = f" and {rest} more" if (rest := len(pages.blank) - _MOST_PLACES) > 0 else ""
        s = "s" * (len(pages.blank) > 1)
        copy = copy._replace(message=f"{copy.message}; no text stands on page{s} {blank}{more}")
    return copy, Opened(name, SearchedText(pages.lines), pages), None


# -- in the lines of a text ------------------------------------------------------------------------------------


def _in_lines(citation: Citation, document: Opened) -> Iterator[Outcome]:
    name, text = document.name, document.text
    cited = tuple(ranges(citation.lines or ""))
    beyond = [lines for lines in cited if lines[1] > text.length]
    for first, last in beyond:
        yield Outcome("no-such-line", None, f"cites {_lines(first, last)}, but {name} ends with line {text.length}")
    for first, last in cited:
        if (first, last) not in beyond and not any(map(str.strip, text.lines[first - 1 : last])):
            yield Outcome("empty-line", None, f"cites {_lines(first, last)} of {name}, where nothing stands")
    if citation.quote is not None:
        yield from _quote_in_lines(citation.quote, citation.lines, cited, document)
    elif citation.page is not None and not cited:
        yield Outcome(
            "not-checked", None, f"cites page {quoted(citation.page)} of {name}, a text, which has lines only"
        )


def _quote_in_lines(
    quote: str, lines: str | None, cited: tuple[tuple[int, int], ...], document: Opened
) -> Iterator[Outcome]:
    pieces = pieces_of(quote)
    text = document.text
    if not pieces:
        yield _wordless(quote)
    elif not (text.holds(pieces, cited) if cited else text.spans(pieces)):
        where = text.spans(pieces)[:_MOST_PLACES]
        elsewhere = ", ".join(_range(*lines) for lines in where)
        if elsewhere:
            instead = f"found in {_lines(*where[0]) if len(where) == 1 else f'lines {elsewhere}'}"
            yield Outcome(
                "elsewhere", elsewhere, f"quotes {quoted(quote)}, {instead} of {document.name} instead of {lines}"
            )
        else:
            yield _not_found(quote, pieces, document)


def _wordless(quote: str) -> Outcome:
    return Outcome("not-found", None, f"quotes {quoted(quote)}, which holds no word")


def _not_found(quote: str, pieces: Pieces, document: Opened) -> Outcome:
    """Return that a quote stands nowhere, and what is nearest to it."""
    message = f"quotes {quoted(quote)}, which {document.name} does not hold"
    if near := document.text.nearest(pieces):
        pages = document.pages
        where = f"on page {_pages(pages, near.first, near.last)}" if pages else f"in {_lines(near.first, near.last)}"
        message += f"; the nearest is {quoted(near.text)} {where}"
    return Outcome("not-found", None, message)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _lines(first: int, last: int) -> str:
    return of_lines(_range(first, last))


# -- on the pages of a PDF -------------------------------------------------------------------------------------


def _on_pages(citation: Citation, document: Opened, pages: PdfPages) -> Iterator[Outcome]:
    readings = list(pages.readings(citation.page)) if citation.page else []
    of_document = f"page {quoted(citation.page or '')} of {document.name}"
    is_a_page = bool(citation.page) and means_pages(citation.page or "")
    elsewhere = _pages_with(citation.quote, document, pages)
    if not readings and is_a_page:
        there = f"; the quote stands on page {elsewhere}" if elsewhere else ""
        yield Outcome(
            "no-such-page",
            elsewhere,
            f"cites page {quoted(citation.page or '')}, but {document.name} has {pages.extent}{there}",
        )
    if citation.quote is not None:
        yield from _quote_on_pages(citation, document, pages, readings, elsewhere)
    elif readings and all(number in pages.blank for reading in readings for number in reading):
        yield Outcome("not-checked", None, f"cites {of_document}, on which no text stands")
    elif not readings and not is_a_page and not citation.is_whole:
        what = of_document if citation.page else f"{of_lines(citation.lines or '')} of {document.name}"
        yield Outcome("not-checked", None, f"cites {what}, a PDF, in which pages and quotes are looked up")


def _quote_on_pages(
    citation: Citation, document: Opened, pages: PdfPages, readings: list[tuple[int, ...]], elsewhere: str | None
) -> Iterator[Outcome]:
    quote = citation.quote or ""
    pieces = pieces_of(quote)
    if not pieces:
        yield _wordless(quote)
    elif elsewhere is None:
        if any(number in pages.blank for reading in readings for number in reading):
            where = f"page {quoted(citation.page or '')} of {document.name}"
            yield Outcome("not-checked", None, f"quotes {quoted(quote)}, but on {where} no text stands")
        else:
            yield _not_found(quote, pieces, document)
    elif readings and not any(document.text.holds(pieces, pages.lines_of(reading)) for reading in readings):
        message = f"quotes {quoted(quote)}, found on page {elsewhere} of {document.name} instead of {citation.page}"
        yield Outcome("elsewhere", elsewhere, message)


def _pages_with(quote: str | None, document: Opened, pages: PdfPages) -> str | None:
    """Return the pages on which a quote stands, as `page:` would have them, None where it stands on none."""
    pieces = pieces_of(quote or "")
    spans = document.text.spans(pieces) if pieces else ()
    return ", ".join(dict.fromkeys(_pages(pages, *span) for span in spans[:_MOST_PLACES])) or None


def _pages(pages: PdfPages, first: int, last: int) -> str:
    """Return the pages on which lines stand."""
    return pages.named(pages.page_of(first), pages.page_of(last))
