"""What no record cites: the lines of documents that name an actor or a proposal of the model, and are not evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.model.paths import shown
from actorgraph.names import UNSPACED, fold
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.citations import citations_by_source, opened
from actorgraph.questions.documents import Documents
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.citations import Opened
    from actorgraph.questions.documents import State
    from actorgraph.questions.pdf import Unread

_CHUNK: Final = re.compile(r"\S+")
_PARTS: Final = re.compile(r"\W")
_HYPHENS: Final = ("-", "\u00ad", "\u2010")
_APART: Final = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
_LONGEST_ABBREVIATION: Final = 3


class Coverage(NamedTuple):
    """One document: what became of it, how many of its lines name an actor or a proposal, and how many are cited.

    `state`, `unread` and `message` are those of `verify`; where nothing can be looked up in it, no line is counted.
    """

    source: str
    name: str
    place: str
    document: str
    state: State
    unread: Unread | None
    message: str
    named: int
    cited: int


class UncitedLine(NamedTuple):
    """A line that names an actor or a proposal and that no record cites: the ids of these, in their order in the line.

    `page` is its page in a PDF, and `line` counts from 1 there; else from the first line of the document.
    """

    source: str
    document: str
    page: str | None
    line: int
    actors: tuple[str, ...]
    proposals: tuple[str, ...]
    text: str


@dataclass(frozen=True, repr=False)
class Uncited(Listing[UncitedLine]):
    """The lines that name an actor or a proposal and that no record cites, by document, and how many of them are."""

    query: Mapping[str, Any]
    model: str
    documents: tuple[Coverage, ...]
    lines: tuple[UncitedLine, ...]

    LISTS = "lines"
    COLUMNS = UncitedLine._fields
    SHOWN = ("document", "page", "line", "actors", "proposals", "text")

    @property
    def subject(self) -> str:
        """The model and the folder."""
        return f"{self.model} in {self.query['documents']}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each line."""
        for line in self.lines:
            yield line._asdict()


def uncited(ledger: Ledger, documents: str | Path) -> Uncited:
    """Return the lines of a model's documents that name an actor or a proposal and that no record cites.

    Names, short titles and aliases count as whole words, without regard to case, accents and punctuation; a short
    abbreviation only in capitals, since `US` is another word than `us`. A name may run over the end of a line, also
    where a hyphen breaks it; its line is that of its first word. A citation of pages cites all lines on them, one by a
    quote alone the lines that hold it.

    Args:
        ledger: The model, opened by `load`.
        documents: A folder with the reader's own copies of the sources.

    Returns:
        The documents by the id of their source, and the lines in the order of documents and lines.

    Raises:
        UsageProblem: The folder does not exist.

    >>> from actorgraph.ledger.load import load
    >>> found = uncited(load("tests/articles/bridge.yaml"), "tests/articles/documents")
    >>> [(document.source, document.named, document.cited) for document in found.documents][0]
    ('lowmark-courier-2021-03-04', 8, 7)
    """
    folder = Documents(documents)
    cited = citations_by_source(checked_ledger(ledger))
    names = _Names(ledger.things("actor", "proposal"))
    coverages: list[Coverage] = []
    lines: list[UncitedLine] = []
    for source in ledger.things("source"):
        name = source.body.get("document")
        if name is None:
            continue
        copy, document, unread = opened(folder, source)
        named = names.found_in(document.text.lines) if document else {}
        covered = {line for citation in cited[source.id] for line in (document.covered(citation) if document else ())}
        of_copy = copy.state, unread, copy.message
        counts = len(named), len(covered & named.keys())
        coverages.append(Coverage(source.id, source.name, source.place, name, *of_copy, *counts))
        if document:
            lines += [_line(source, document, at, things) for at, things in named.items() if at not in covered]
    query = ReadOnly({"command": "verify", "documents": shown(str(documents)), "uncited": True})
    return Uncited(query, ledger.model, tuple(coverages), tuple(lines))


def _line(source: Thing, document: Opened, at: int, things: tuple[Thing, ...]) -> UncitedLine:
    page, number = document.place_of(at)
    actors, proposals = (tuple(thing.id for thing in things if thing.type == kind) for kind in ("actor", "proposal"))
    return UncitedLine(
        source=source.id,
        document=document.name,
        page=page,
        line=number,
        actors=actors,
        proposals=proposals,
        text=document.text.lines[at - 1].strip(),
    )


class _Name(NamedTuple):
    words: tuple[str, ...]
    is_abbreviation: bool
    thing: Thing


class _Names:
    """What actors and proposals are called, ready to be found in texts."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._by_first: defaultdict[str, list[_Name]] = defaultdict(list)
        self._known: set[str] = set()
        for thing in things:
            for name in (thing.name, thing.body.get("short"), *thing.body.get("aliases", ())):
                words = tuple(_APART.findall(fold(name))) if name else ()
                if words:
                    is_abbreviation = name.isupper() and len(name) <= _LONGEST_ABBREVIATION
                    self._known.update(words)
                    self._by_first[words[0]].append(_Name(words, is_abbreviation, thing))

    def found_in(self, lines: tuple[str, ...]) -> dict[int, tuple[Thing, ...]]:
        """Return what each line names, by the number of the line, from 1; a longer name hides those within it."""
        by_line: defaultdict[int, list[Thing]] = defaultdict(list)
        written = self._whole(word for number, line in enumerate(lines, 1) for word in _words(number, line))
        folded = [word.folded for word in written]
        at = 0
        while at < len(written):
            fitting = [
                name
                for name in self._by_first.get(folded[at], ())
                if tuple(folded[at : at + len(name.words)]) == name.words
                and (written[at].is_upper or not name.is_abbreviation)
            ]
            length = max((len(name.words) for name in fitting), default=1)
            found_here = [name.thing for name in fitting if len(name.words) == length]
            if found_here:
                by_line[written[at].line] += found_here
            at += length
        return {line: tuple({thing.id: thing for thing in things}.values()) for line, things in by_line.items()}

    def _whole(self, words: Iterable[_Word]) -> list[_Word]:
        """Return words with those put together that a line breaks, if together they are a word of a name."""
        whole: list[_Word] = []
        for word in words:
            if whole and whole[-1].breaks and (together := whole[-1].folded + word.folded) in self._known:
                whole[-1] = whole[-1]._replace(folded=together, breaks=word.breaks)
            else:
                whole.append(word)
        return whole


class _Word(NamedTuple):
    """A word of a text: `is_upper` says whether it may be an abbreviation, `breaks` whether a hyphen ends its line."""

    line: int
    folded: str
    is_upper: bool
    breaks: bool = False


def _words(number: int, line: str) -> Iterator[_Word]:
    chunks = [chunk for chunk in _CHUNK.findall(line) if any(map(str.isalnum, chunk))]
    for at, chunk in enumerate(chunks, 1):
        is_upper = chunk.isupper() or any(part.isupper() for part in _PARTS.split(chunk) if len(part) > 1)
        *before, last = _APART.findall(fold(chunk))
        yield from (_Word(number, word, is_upper) for word in before)
        yield _Word(
            number, last, is_upper, at == len(chunks) and chunk.endswith(_HYPHENS) and line.rstrip().endswith(chunk)
        )
