"""Whether the evidence of a model stands in the documents: checksums, cited lines, pages and quotes, by source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.model.paths import shown
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.citations import citations_by_source, opened
from actorgraph.questions.documents import Documents, State
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.citations import Citation, Failure
    from actorgraph.questions.pdf import Unread


class Checked(NamedTuple):
    """One source: what became of its document, and how many citations of it hold, fail or could not be looked up.

    `unread` says why nothing can be looked up in a copy that is there, None where it can. `sha256` is the checksum of
    the copy, None where there is none; `expected` the one that the source gives. `place` is the source's (file:line).
    """

    source: str
    name: str
    place: str
    document: str | None
    state: State
    unread: Unread | None
    message: str
    sha256: str | None
    expected: str | None
    cited: int
    held: int
    failed: int


class Miss(NamedTuple):
    """A citation that fails, or cannot be looked up: which record makes it, of what, and how it fails.

    `found` are the lines in which the quote does stand, as `lines:` would have them; the pages, where it is a PDF.
    """

    failure: Failure
    type: str
    record: str
    place: str
    source: str
    document: str
    lines: str | None
    page: str | None
    quote: str | None
    found: str | None
    message: str


@dataclass(frozen=True, repr=False)
class Verification(Listing[Checked]):
    """What a model's evidence is worth against a folder of documents.

    `misses` are the citations that fail, `unchecked` those that cannot be looked up in a copy that can be read. `files`
    are the names that no source names.
    """

    query: Mapping[str, str]
    model: str
    sources: tuple[Checked, ...]
    misses: tuple[Miss, ...]
    unchecked: tuple[Miss, ...]
    files: tuple[str, ...]

    LISTS = "sources"
    COLUMNS = (
        "type",
        "id",
        "place",
        "source",
        "document",
        "state",
        "unread",
        "lines",
        "page",
        "quote",
        "found",
        "sha256",
        "message",
    )
    SHOWN = ("type", "id", "document", "state", "lines", "page", "message")

    @property
    def subject(self) -> str:
        """The model and the folder."""
        return f"{self.model} in {self.query['documents']}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each source, then of each citation that fails or cannot be looked up; its state is how."""
        for source in self.sources:
            yield {**source._asdict(), "type": "source", "id": source.source}
        for miss in (*self.misses, *self.unchecked):
            yield {**miss._asdict(), "id": miss.record, "state": miss.failure}

    @property
    def sound(self) -> bool:
        """Whether no document has changed and no citation fails. Documents that are missing do not count."""
        return not self.misses and all(source.state != "changed" for source in self.sources)

    @property
    def complete(self) -> bool:
        """Whether it is sound, every document has the checksum that its source gives, and all citations are looked up.

        Pages on the web have no document, and are left out.
        """
        documents = [source for source in self.sources if source.state != "page"]
        return self.sound and all(source.state == "verified" and source.held == source.cited for source in documents)


def verify(ledger: Ledger, documents: str | Path) -> Verification:
    """Return whether the documents in a folder are those that a model's sources name, and say what is cited of them.

    Args:
        ledger: The model, opened by `load`.
        documents: A folder with the reader's own copies of the sources.

    Returns:
        The sources by id, with what became of each document; and the citations that fail, or that cannot be looked up,
        by place. Pages of PDFs are read by pypdf; where it is not installed, that is what became of the document.

    Raises:
        UsageProblem: The folder does not exist.

    >>> from actorgraph.ledger.load import load
    >>> found = verify(load("examples/minimal.yaml"), "examples")
    >>> found.sound, found.complete, [(one.source, one.state) for one in found.sources][0]
    (True, False, ('board-minutes', 'unnamed'))
    """
    folder = Documents(documents)
    cited = citations_by_source(checked_ledger(ledger))
    checked: list[Checked] = []
    misses: list[Miss] = []
    for source in ledger.things("source"):
        source_state, failing = _check(source, folder, cited[source.id])
        checked.append(source_state)
        misses += failing
    misses.sort(key=_by_place)
    return Verification(
        ReadOnly({"command": "verify", "documents": shown(str(documents))}),
        ledger.model,
        tuple(checked),
        tuple(miss for miss in misses if miss.failure != "not-checked"),
        tuple(miss for miss in misses if miss.failure == "not-checked"),
        tuple(sorted(folder.names() - {source.document for source in checked})),
    )


def _check(source: Thing, folder: Documents, cited: list[Citation]) -> tuple[Checked, list[Miss]]:
    """Return what became of a source's document, and every citation of it that fails or cannot be looked up."""
    copy, document, unread = opened(folder, source, whole=all(citation.is_whole for citation in cited))
    misses: list[Miss] = []
    held = failed = 0
    for citation in cited:
        outcomes = list(document.outcomes(citation)) if document else []
        failing = any(outcome.failure != "not-checked" for outcome in outcomes)
        failed += failing
        held += not outcomes and (document is not None or (copy.is_trusted and citation.is_whole))
        where = *citation[:4], str(source.body.get("document")), *citation[4:]
        misses += [Miss(outcome.failure, *where, outcome.found, outcome.message) for outcome in outcomes]
    checked = Checked(
        source=source.id,
        name=source.name,
        place=source.place,
        document=source.body.get("document"),
        state=copy.state,
        unread=unread,
        message=copy.message,
        sha256=copy.sha256,
        expected=source.body.get("sha256"),
        cited=len(cited),
        held=held,
        failed=failed,
    )
    return checked, misses


def _by_place(miss: Miss) -> tuple[str, int, str]:
    file, _, line = miss.place.rpartition(":")
    return file, int(line), miss.message
