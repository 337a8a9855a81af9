"""The reader's own copies of the source documents: the lines that records cite, from copies that are the same.

A source names its `document`, the name of a file, and may give its `sha256`. A copy with another checksum is another
document: no line of it is shown as evidence, and that is said.
"""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from actorgraph.errors import UsageProblem, quoted
from actorgraph.model.paths import shown
from actorgraph.names import LINE_END
from actorgraph.questions.arguments import checked_folder
from actorgraph.questions.pdf import is_pdf, read_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.ledger.things import Thing
    from actorgraph.questions.pdf import PdfPages, Unreadable

_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_WIDE: Final = {"UTF-32": (BOM_UTF32_LE, BOM_UTF32_BE), "UTF-16": (BOM_UTF16_LE, BOM_UTF16_BE)}
"""How texts begin in encodings of two or four bytes a letter; a mark of UTF-32 begins with one of UTF-16."""

State: TypeAlias = Literal["verified", "unverified", "changed", "missing", "page", "unnamed"]
"""What became of a copy: its checksum is right; the source gives none to compare; it is wrong; there is no such file;
the source is a page on the web, of which nobody keeps a copy; it names neither document nor address."""


class Passage(NamedTuple):
    """What a source's document says where an evidence points: numbered lines (from 1), if the copy is to be trusted.

    `message` says what became of the copy, and which of the cited lines it does not have.
    """

    record: str
    source: str
    document: str | None
    lines: str | None
    state: State
    message: str
    text: tuple[tuple[int, str], ...]


class Copy(NamedTuple):
    """A document as it was found: its state, what there is to say of that, and its checksum if it is there.

    `lines` are its lines if it is to be trusted and is text; `is_pdf` says whether it has pages instead.
    """

    state: State
    message: str
    sha256: str | None = None
    lines: tuple[str, ...] | None = None
    is_pdf: bool = False

    @property
    def is_trusted(self) -> bool:
        """Whether it is there, and no other document than the one cited."""
        return self.state in ("verified", "unverified")


class Documents:
    """A folder with the reader's own copies. Each is read at most once.

    Raises `UsageProblem` where the folder is none.

    >>> Documents("no-such-folder")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: no-such-folder does not exist; name the folder with your copies of the documents
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(checked_folder(folder))
        if not self.folder.is_dir():
            wrong = "is no folder" if self.folder.exists() else "does not exist"
            raise UsageProblem(f"{shown(str(folder))} {wrong}; name the folder with your copies of the documents")
        self._copies: dict[str, Copy] = {}

    def passage(self, record: str, cited: str | None, source: Thing) -> Passage:
        """Return the lines of a source's document, as in `4-6, 9`, that a record cites, from the reader's copy."""
        copy = self.copy(source)
        text: list[tuple[int, str]] = []
        message = copy.message
        lines = copy.lines or ()
        if copy.is_pdf:
            message += "; it is a PDF, which has pages and no lines"
        for first, last in () if copy.lines is None else ranges(cited or ""):
            text.extend(enumerate(lines[first - 1 : last], start=first))
            if last > len(lines):
                message += f"; it ends with line {len(lines)}, before line {max(first, len(lines) + 1)}"
        return Passage(
            record=record,
            source=source.id,
            document=source.body.get("document"),
            lines=cited,
            state=copy.state,
            message=message,
            text=tuple(text),
        )

    def copy(self, source: Thing) -> Copy:
        """Return the reader's copy of a source's document, and what became of it."""
        if source.id not in self._copies:
            self._copies[source.id] = self._copy(source)
        return self._copies[source.id]

    def pages(self, source: Thing) -> PdfPages | Unreadable:
        """Return the pages of a source's document, whose copy is a PDF, or why they cannot be read."""
        return read_pdf((self.folder / source.body["document"]).read_bytes())

    def names(self) -> set[str]:
        """Return the names of all files in the folder that are not hidden."""
        return {file.name for file in self.folder.iterdir() if file.is_file() and not file.name.startswith(".")}

    def _copy(self, source: Thing) -> Copy:
        name, expected = source.body.get("document"), source.body.get("sha256")
        if name is None:
            return _of_no_document(source)
        path = self.folder / name
        if path.name != name:  # nothing outside of the folder is read
            return Copy("missing", f"{quoted(name)} is no name of a file in {self.folder}, but a path")
        if not path.is_file():
            return Copy("missing", f"{name} is not in {self.folder}")
        try:
            raw = path.read_bytes()
        except OSError as error:
            return Copy("missing", f"cannot read {shown(str(path))}: {error.strerror}")
        sha256 = hashlib.sha256(raw).hexdigest()
        if expected is not None and sha256 != expected:
            message = f"{name} differs from the document cited: sha256 {sha256[:12]}…, not {expected[:12]}…"
            if expected in _resaved(raw):
                message += "; the words are the same, only line ends or a byte order mark differ"
            return Copy("changed", message, sha256)
        return _of_right_copy(name, raw, sha256, verified=expected is not None)


def _of_right_copy(name: str, raw: bytes, sha256: str, *, verified: bool) -> Copy:
    """Return what a copy holds that is not another document than the one cited, as far as its source tells."""
    state: State = "verified" if verified else "unverified"
    message = f"{name} is the document cited (sha256 {sha256[:12]}…)"
    if not verified:
        message = f"{name} may be another document: its source gives no sha256"
    if is_pdf(raw):
        return Copy(state, message, sha256, is_pdf=True)
    if b"\0" in raw:
        return Copy(state, f"{message}; {_without_lines(raw)}", sha256)
    if _HTML.match(raw):
        message += "; it is HTML, read as it is written, with tags and signs such as &amp;: better keep its text alone"
    if b"\xef\xbf\xbd" not in raw and "\ufffd" in (text := raw.decode("utf-8-sig", "replace")):
        line = len(LINE_END.findall(text[: text.index("\ufffd")])) + 1
        message += f"; it is not all UTF-8: odd letters, the first in line {line}, stand as \ufffd"
    return Copy(state, message, sha256, tuple(LINE_END.split(raw.decode("utf-8-sig", "replace").rstrip("\r\n"))))


def _without_lines(raw: bytes) -> str:
    """Return why a copy that is no UTF-8 text has no lines."""
    for encoding, marks in _WIDE.items():
        if raw.startswith(marks):
            return f"it is text in {encoding}, whose lines are not read: save it as UTF-8"
    return "it is no text, so it has no lines"


def _of_no_document(source: Thing) -> Copy:
    if source.body.get("url"):
        return Copy("page", f"{quoted(source.id)} is a page on the web, and names no document")
    return Copy("unnamed", f"{quoted(source.id)} names no document")


def _resaved(raw: bytes) -> Iterator[str]:
    """Yield the checksums of the same text as another editor, or git, would have saved it."""
    text = raw.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").rstrip(b"\n")
    for end in (b"\n", b"\r\n"):
        for mark in (b"", BOM_UTF8):
            for last in (b"", b"\n"):
                yield hashlib.sha256(mark + (text + last).replace(b"\n", end)).hexdigest()


def ranges(cited: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines, both inside, that an evidence cites.

    >>> list(ranges("4-6, 9"))
    [(4, 6), (9, 9)]
    """
    for part in filter(None, cited.split(",")):
        first, _, last = part.strip().partition("-")
        yield int(first), int(last or first)
