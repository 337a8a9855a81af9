"""The reader's own copies of sources while records are written: what they say in the lines that are typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.questions.documents import Documents, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.documents import Copy

MOST_LINES: Final = 12
"""How many cited lines are shown."""


class Copies:
    """The documents at hand: in a folder, or else beside the files that describe the sources.

    Raises `UsageProblem` where the folder is none.
    """

    def __init__(self, ledger: Ledger, folder: str | None = None) -> None:
        self.ledger = ledger
        self.named = Documents(folder) if folder else None
        self.beside: dict[Path, Documents] = {}

    def copy(self, source: str) -> Copy | None:
        """Return the copy of a source's document, None where there is none at hand."""
        thing = self.ledger.by_id([source], "source").get(source)
        folder = None if thing is None else self.named or self._beside(thing)
        copy = None if thing is None or folder is None else folder.copy(thing)
        return copy if copy is not None and copy.state in ("verified", "unverified", "changed") else None

    def check(self, evidence: Mapping[str, Any]) -> None:
        """Raise `UsageProblem` where an evidence cites lines behind the end of a document at hand."""
        copy = self.copy(evidence.get("source", ""))
        cited = [last for _, last in ranges(evidence.get("lines", ""))]
        if copy is not None and copy.lines is not None and cited and max(cited) > len(copy.lines):
            name = self._name(evidence["source"])
            raise UsageProblem(f"{name} ends with line {len(copy.lines)}, before line {max(cited)}")

    def about(self, source: str) -> str:
        """Return what there is to say of the copy of a source's document, nothing where there is none at hand."""
        copy = self.copy(source)
        if copy is None:
            return ""
        length = "" if copy.lines is None else f"; it has {len(copy.lines)} lines"
        return f"{copy.message}{length}"

    def cited(self, evidence: Mapping[str, Any]) -> Iterator[str]:
        """Yield the lines that an evidence cites, numbered, from a document at hand; no more than a dozen."""
        copy = self.copy(evidence.get("source", ""))
        if copy is None or copy.lines is None:
            return
        numbers = [
            number
            for first, last in ranges(evidence.get("lines", ""))
            for number in range(first, min(last, len(copy.lines)) + 1)
        ]
        for number in numbers[:MOST_LINES]:
            yield f"{number:>5}  {copy.lines[number - 1]}"
        if len(numbers) > MOST_LINES:
            yield f"       … and {len(numbers) - MOST_LINES} more lines"

    def _beside(self, source: Thing) -> Documents | None:
        """Return the folder of the file that describes a source."""
        folder = Path(source.place.rpartition(":")[0]).parent
        if folder not in self.beside and folder.is_dir():
            self.beside[folder] = Documents(folder)
        return self.beside.get(folder)

    def _name(self, source: str) -> str:
        return str(self.ledger.by_id([source], "source")[source].body["document"])


def checked_document(document: str, *, is_known: bool) -> str:
    """Return the path of a document. Raises `UsageProblem` for an address, and where no such file is there.

    Of a file that lies elsewhere the checksum has to be known: else nobody could tell which it is.

    >>> checked_document("https://example.org/a.html", is_known=False)
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: 'https://example.org/a.html' is an address, and no file; give it as url
    """
    if "://" in document:
        raise UsageProblem(f"{quoted(document)} is an address, and no file; give it as url")
    path = Path(document).expanduser()
    if path.is_dir():
        raise UsageProblem(f"{quoted(document)} is a folder; name the file in it")
    if not is_known and not path.is_file():
        near = sorted(other.name for other in path.parent.glob("*") if other.suffix == path.suffix)
        hint = did_you_mean(path.name, near)
        raise UsageProblem(
            f"there is no file {quoted(document)}{hint}; of one that lies elsewhere give the sha256, too"
        )
    return str(path)
