"""The pages of a PDF: what stands on them, and which of them a citation means, by number or by label."""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from actorgraph.errors import quoted
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pypdf import PdfReader

Unread: TypeAlias = Literal["no-reader", "encrypted", "damaged", "scanned", "no-text"]
"""Why nothing can be looked up in a copy that is there: the extra that reads PDFs is not installed; the PDF is locked
by a password; it is damaged; its pages are pictures; it is neither text nor a PDF."""

_PDF: Final = b"%PDF-"
_HEAD: Final = 1024
"""How many bytes may come before the header of a PDF (ISO 32000-1, annex H), or behind its last word."""

_PREFIX: Final = re.compile(r"(?:pages?\b|pp?\.|pp?(?=\s*\d))\s*", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:\d+|[ivxlcdm]+)(?:\s*[-\u2010-\u2015]\s*(?:\d+|[ivxlcdm]+))?", re.IGNORECASE)
_DASH: Final = re.compile(r"\s*[-\u2010-\u2015]\s*")
_LINE_END: Final = re.compile("\r\n|\r|\n|\f")


class Unreadable(NamedTuple):
    """A PDF of which no page can be read: why, and in words."""

    why: Unread
    message: str


class PdfPages:
    """The lines of a PDF's pages, numbered from 1 through all of them; `labels` are what stands printed on the pages.

    Where a PDF gives its pages no labels, these are their numbers.

    >>> pages = PdfPages([("Preface",), ("One", "two"), ()], ["i", "1", "2"])
    >>> list(pages.readings("p. 1")), list(pages.readings("i-1")), list(pages.readings("9"))
    ([(2,), (1,)], [(1, 2), (1,)], [])
    >>> pages.lines, pages.lines_of((2,)), pages.page_of(3), pages.blank
    (('Preface', 'One', 'two'), ((2, 3),), 2, (3,))
    """

    def __init__(self, pages: Sequence[tuple[str, ...]], labels: Sequence[str]) -> None:
        self.lines = tuple(line for page in pages for line in page)
        self.labels = tuple(labels)
        self.blank = tuple(number for number, page in enumerate(pages, 1) if not any(map(str.strip, page)))
        self._ends = list(accumulate(map(len, pages), initial=0))
        self._by_label: dict[str, int] = {}
        for number, label in enumerate(labels, 1):
            self._by_label.setdefault(label.casefold(), number)

    def __len__(self) -> int:
        return len(self.labels)

    def readings(self, cited: str) -> Iterator[tuple[int, ...]]:
        """Yield the numbers of the pages that a citation may mean: by their labels, then by their place in the file.

        Nothing where a page of it is not there.
        """
        parts = [part.strip() for part in _PREFIX.sub("", cited.strip()).split(",")]
        before: tuple[int, ...] = ()
        for lookup in (
            lambda name: self._labelled(name) or self._numbered(name),
            lambda name: self._numbered(name) or self._labelled(name),
        ):
            spans = [_span(part, lookup) for part in parts]
            numbers = tuple(dict.fromkeys(number for span in spans for number in span))
            if all(spans) and numbers != before:
                yield numbers
                before = numbers

    def lines_of(self, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Return the first and last line of each page, both inside, without pages on which nothing stands."""
        spans = ((self._ends[number - 1] + 1, self._ends[number]) for number in numbers)
        return tuple((first, last) for first, last in spans if first <= last)

    def page_of(self, line: int) -> int:
        """Return the number of the page on which a line stands."""
        return bisect_right(self._ends, line - 1)

    def named(self, first: int, last: int) -> str:
        """Return pages as `page:` would have them: their labels, with a dash between the first and the last."""
        return "-".join(dict.fromkeys((self.labels[first - 1], self.labels[last - 1])))

    @property
    def extent(self) -> str:
        """How many pages there are, and how they are labelled where that is not by their numbers."""
        count = counted(len(self), "page")
        if all(label == str(number) for number, label in enumerate(self.labels, 1)):
            return count
        return f"{count}, labelled {self.labels[0]} to {self.labels[-1]}"

    def _labelled(self, name: str) -> int:
        return self._by_label.get(name.casefold(), 0)

    def _numbered(self, name: str) -> int:
        return int(name) if name.isdecimal() and 0 < int(name) <= len(self) else 0


def means_pages(cited: str) -> bool:
    """Whether a citation means pages by number, and not a section by its name.

    >>> [means_pages(cited) for cited in ("12", "pp. 3\u20135", "iv, 12", "Annex II", "p. A-3")]
    [True, True, True, False, True]
    """
    prefix = _PREFIX.match(cited.strip())
    return prefix is not None or all(_NUMBERED.fullmatch(part.strip()) for part in cited.split(","))


def _span(part: str, lookup: Callable[[str], int]) -> range:
    """Return the pages from one to another; empty where one of them is not there. A label may hold a dash itself."""
    if number := lookup(part):
        return range(number, number + 1)
    for dash in _DASH.finditer(part):
        first, last = lookup(part[: dash.start()]), lookup(part[dash.end() :])
        if first and last:
            return range(first, last + 1)
    return range(0)


def is_pdf(raw: bytes) -> bool:
    r"""Whether a file is a PDF: it begins like one, soon if not at once, as readers allow; then it also ends like one.

    >>> is_pdf(b"%PDF-1.7"), is_pdf(b"\n%PDF-1.7 startxref"), is_pdf(b"A text on %PDF-1.7")
    (True, True, False)
    """
    return raw.startswith(_PDF) or (_PDF in raw[:_HEAD] and b"startxref" in raw[-_HEAD:])


def read_pdf(raw: bytes) -> PdfPages | Unreadable:
    """Return what stands on the pages of a PDF, or why that cannot be read.

    >>> read_pdf(b"%PDF-1.7 and no more").why
    'damaged'
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError
    except ModuleNotFoundError:
        return Unreadable("no-reader", 'it is a PDF, and what reads PDFs is missing: pip install "actorgraph[pdf]"')
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it repairs is nothing to tell a curator
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return Unreadable("encrypted", "it is a PDF that is locked by a password, so no page of it is looked up")
        return _read(reader)
    except DependencyError:
        return Unreadable("encrypted", "it is an encrypted PDF, which needs one more library: pip install cryptography")
    except Exception as error:  # noqa: BLE001 - whatever breaks first in a damaged file
        return Unreadable("damaged", f"it is a damaged PDF, of which no page can be read: {quoted(repr(error))}")
    finally:
        log.setLevel(level)


def _read(reader: PdfReader) -> PdfPages | Unreadable:
    texts = [page.extract_text() for page in reader.pages]
    if not texts:
        return Unreadable("damaged", "it is a PDF without a page")
    labels = reader.page_labels if "/PageLabels" in reader.root_object else list(map(str, range(1, len(texts) + 1)))
    pages = PdfPages([tuple(_LINE_END.split(text.rstrip())) if text.strip() else () for text in texts], labels)
    if len(pages.blank) == len(pages):
        are = "its page is a picture" if len(pages) == 1 else f"its {len(pages)} pages are pictures"
        return Unreadable("scanned", f"it is a scanned PDF: {are} without text, in which nothing can be looked up")
    return pages
