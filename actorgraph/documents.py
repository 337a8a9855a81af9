"""The reader's own copies of the source documents: the lines that records cite, from copies that are the same.

A source names its `document`, the name of a file, and may give its `sha256`. A copy with another checksum is another
document: no line of it is shown as evidence, and that is said.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from actorgraph.errors import UsageProblem, quoted
from actorgraph.files import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actorgraph.ledger import Thing

_LINE_END: Final = re.compile("\r\n|\r|\n")
"""What ends a line for an editor; `splitlines` ends it at rarer signs as well, and would count differently."""

State: TypeAlias = Literal["verified", "unverified", "changed", "missing", "unnamed"]
"""What became of a copy: its checksum is right; the source gives none to compare; it is wrong; there is no such file;
the source names no document."""


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
    """A document as it was found: its state, what there is to say of that, and its lines if it is to be trusted."""

    state: State
    message: str
    lines: tuple[str, ...] = ()


class Documents:
    """A folder with the reader's own copies. Each is read at most once.

    Raises `UsageProblem` where the folder is none.

    >>> Documents("no-such-folder")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: no-such-folder does not exist; name the folder with your copies of the documents
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            wrong = "is no folder" if self.folder.exists() else "does not exist"
            raise UsageProblem(f"{shown(str(folder))} {wrong}; name the folder with your copies of the documents")
        self._copies: dict[str, Copy] = {}

    def passage(self, record: str, cited: str | None, source: Thing) -> Passage:
        """Return the lines of a source's document, as in `4-6, 9`, that a record cites, from the reader's copy."""
        if source.id not in self._copies:
            self._copies[source.id] = self._copy(source)
        copy = self._copies[source.id]
        text: list[tuple[int, str]] = []
        message = copy.message
        for first, last in _ranges(cited or "") if copy.state in ("verified", "unverified") else ():
            text.extend(enumerate(copy.lines[first - 1 : last], start=first))
            if last > len(copy.lines):
                message += f"; it ends with line {len(copy.lines)}, before line {max(first, len(copy.lines) + 1)}"
        return Passage(record, source.id, source.body.get("document"), cited, copy.state, message, tuple(text))

    def _copy(self, source: Thing) -> Copy:
        name, expected = source.body.get("document"), source.body.get("sha256")
        if name is None:
            return Copy("unnamed", f"{quoted(source.id)} names no document")
        path = self.folder / name
        if path.name != name or not path.is_file():  # a name and no path: nothing outside of the folder is read
            return Copy("missing", f"{name} is not in {self.folder}")
        raw = path.read_bytes()
        found = hashlib.sha256(raw).hexdigest()
        if expected is not None and found != expected:
            message = f"{name} differs from the document cited: sha256 {found[:12]}…, not {expected[:12]}…"
            return Copy("changed", message)
        lines = tuple(_LINE_END.split(raw.decode("utf-8-sig", "replace").rstrip("\r\n")))
        if expected is None:
            return Copy("unverified", f"{name} may be another document: its source gives no sha256", lines)
        return Copy("verified", f"{name} is the document cited (sha256 {expected[:12]}…)", lines)


def _ranges(cited: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines, both inside, that an evidence cites.

    >>> list(_ranges("4-6, 9"))
    [(4, 6), (9, 9)]
    """
    for part in filter(None, cited.split(",")):
        first, _, last = part.strip().partition("-")
        yield int(first), int(last or first)
