"""What no record cites, in words: how much of each document is cited, then its lines that are not."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from actorgraph.render.grid import Grid
from actorgraph.render.phrases import NO_DOCUMENTS
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.questions.uncited import Coverage, Uncited, UncitedLine

_LONGEST: Final = 160
"""How much of a line a table shows: enough to find it by."""


def uncited_grids(answer: Uncited) -> tuple[Grid, ...]:
    """Return a table of the documents, then one for each that has lines which no record cites."""
    named = sum(document.named for document in answer.documents)
    cited = sum(document.cited for document in answer.documents)
    summary = f"{cited} of {counted(named, 'line')} that name an actor or a proposal are cited"
    if not answer.documents:
        summary = NO_DOCUMENTS
    unseen = [document for document in answer.documents if _state(document) and document.named == 0]
    documents = Grid(
        (f"What is not cited in {answer.query['documents']}?", f"{summary} · model {answer.model}"),
        ("SOURCE", "DOCUMENT", "CITED"),
        tuple((document.source, document.document, _counted(document)) for document in answer.documents),
        frozenset({0, 1}),
        below=tuple(f"{document.place}: {document.message}." for document in unseen),
    )
    by_document = groupby(answer.lines, key=lambda line: (line.source, line.document))
    return documents, *(_lines(source, name, tuple(lines)) for (source, name), lines in by_document)


def _lines(source: str, document: str, lines: tuple[UncitedLine, ...]) -> Grid:
    has_pages = any(line.page is not None for line in lines)
    return Grid(
        (f"{document} · {source}: {counted(len(lines), 'line')} not cited",),
        ("PAGE, LINE" if has_pages else "LINE", "NAMES", "TEXT"),
        tuple((_place(line), ", ".join((*line.actors, *line.proposals)), _shortened(line.text)) for line in lines),
        frozenset({1, 2}),
    )


def _place(line: UncitedLine) -> str:
    return str(line.line) if line.page is None else f"{line.page}, {line.line}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _counted(document: Coverage) -> str:
    if state := _state(document):
        return state
    return f"{document.cited} of {counted(document.named, 'line')}" if document.named else "names nobody"


def _state(document: Coverage) -> str | None:
    """Return why a document could not be looked into, None where it was."""
    return document.unread or (document.state if document.state not in ("verified", "unverified") else None)
