"""Whether the evidence of a model stands in the documents: checksums, cited lines and quotes, source by source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from actorgraph.errors import quoted
from actorgraph.model.kinds import KINDS
from actorgraph.model.paths import shown
from actorgraph.questions.arguments import checked_ledger
from actorgraph.questions.documents import Documents, State, ranges
from actorgraph.questions.envelope import Listing, ReadOnly
from actorgraph.vocabulary import JOINTLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from actorgraph.ledger.store import Ledger, Thing

Failure: TypeAlias = Literal["no-such-line", "empty-line", "elsewhere", "not-found"]
"""How a citation fails: the document ends before a cited line; nothing but white space stands in the lines; the quote
stands in other lines; it stands nowhere in the document."""

FAILURES: Final[dict[Failure, str]] = {
    "no-such-line": "the document ends before the line",
    "empty-line": "nothing stands in the lines cited",
    "elsewhere": "the quote stands in other lines",
    "not-found": "the quote stands nowhere in the document",
}

STATES: Final[dict[State, str]] = {
    "verified": "the copy has the checksum that its source gives",
    "unverified": "the copy is there, but its source gives no checksum",
    "changed": "the copy has another checksum: it is another document, and no citation is looked up in it",
    "missing": "the folder has no such file",
    "page": "the source is a page on the web: it has an address, and names no document",
    "unnamed": "the source names neither a document nor an address",
}

_QUOTES: Final = "\"'`\u00b4\u00ab\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a"
_DASHES: Final = "\u2010-\u2015\u2212-"
_TOKEN: Final = re.compile(rf"[^\W_]+|(?P<quote>[{_QUOTES}]+)|(?P<dash>[{_DASHES}]+)|\S")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LEFT_OUT: Final = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.{3,}")
_MOST_PLACES: Final = 3


class Checked(NamedTuple):
    """One source: what became of its document, and how many citations of it hold, fail or could not be looked up.

    `sha256` is the checksum of the copy, None where there is none; `expected` the one that the source gives. `place` is
    the source's own (file:line).
    """

    source: str
    name: str
    place: str
    document: str | None
    state: State
    message: str
    sha256: str | None
    expected: str | None
    cited: int
    held: int
    failed: int


class Miss(NamedTuple):
    """A citation that fails: which record makes it, of what, and how it fails.

    `found` are the lines in which the quote does stand, as `lines:` would have them.
    """

    failure: Failure
    type: str
    record: str
    place: str
    source: str
    document: str
    lines: str | None
    quote: str | None
    found: str | None
    message: str


@dataclass(frozen=True, repr=False)
class Verification(Listing[Checked]):
    """What a model's evidence is worth against a folder of documents. `files` are the names that no source names."""

    query: Mapping[str, str]
    model: str
    sources: tuple[Checked, ...]
    misses: tuple[Miss, ...]
    files: tuple[str, ...]

    LISTS = "sources"
    COLUMNS = (
        "type",
        "id",
        "place",
        "source",
        "document",
        "state",
        "lines",
        "quote",
        "found",
        "sha256",
        "message",
    )
    SHOWN = ("type", "id", "document", "state", "lines", "message")

    @property
    def subject(self) -> str:
        """The model and the folder."""
        return f"{self.model} in {self.query['documents']}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each source, then of each citation that fails; its state is how it fails."""
        for source in self.sources:
            yield {**source._asdict(), "type": "source", "id": source.source}
        for miss in self.misses:
            yield {**miss._asdict(), "id": miss.record, "state": miss.failure}

    @property
    def sound(self) -> bool:
        """Whether no document has changed and no citation fails. Documents that are missing do not count."""
        return not self.misses and all(source.state != "changed" for source in self.sources)

    @property
    def complete(self) -> bool:
        """Whether it is sound, and every document is there with the checksum that its source gives; pages have none."""
        return self.sound and all(source.state in ("verified", "page") for source in self.sources)


def verify(ledger: Ledger, documents: str | Path) -> Verification:
    """Return whether the documents in a folder are those that a model's sources name, and say what is cited of them.

    Args:
        ledger: The model, opened by `load`.
        documents: A folder with the reader's own copies of the sources.

    Returns:
        The sources by id, with what became of each document; and the citations that fail, by place.

    Raises:
        UsageProblem: The folder does not exist.

    >>> from actorgraph.ledger.store import load
    >>> found = verify(load("examples/minimal.yaml"), "examples")
    >>> found.sound, found.complete, [(one.source, one.state) for one in found.sources][0]
    (True, False, ('board-minutes', 'unnamed'))
    """
    folder = Documents(documents)
    citations: defaultdict[str, list[_Citation]] = defaultdict(list)
    for citation in _citations(checked_ledger(ledger)):
        citations[citation.source].append(citation)
    checked: list[Checked] = []
    misses: list[Miss] = []
    for source in ledger.things("source"):
        source_state, failing = _check(source, folder, citations[source.id])
        checked.append(source_state)
        misses += failing
    return Verification(
        ReadOnly({"command": "verify", "documents": shown(str(documents))}),
        ledger.model,
        tuple(checked),
        tuple(sorted(misses, key=_by_place)),
        tuple(sorted(folder.names() - {citation.document for citation in checked})),
    )


class _Citation(NamedTuple):
    type: str
    record: str
    place: str
    source: str
    lines: str | None
    quote: str | None


def _citations(ledger: Ledger) -> Iterator[_Citation]:
    joint: set[tuple[str, ...]] = set()
    for thing in ledger.things(*(kind.name for kind in KINDS if kind.cites)):
        statement = thing.place, *thing.body.get(JOINTLY, ())
        if len(statement) > 1 and statement in joint:
            continue  # one record in the file, of several actors
        joint.add(statement)
        for evidence in thing.body.get("evidence", ()):
            yield _Citation(
                thing.type, thing.id, thing.place, evidence["source"], evidence.get("lines"), evidence.get("quote")
            )


def _check(source: Thing, folder: Documents, citations: Iterable[_Citation]) -> tuple[Checked, list[Miss]]:
    """Return what became of a source's document, and every citation of it that fails."""
    copy = folder.copy(source)
    name = str(source.body.get("document"))
    misses: list[Miss] = []
    cited = held = failed = 0
    text = None if copy.lines is None else _Text(copy.lines)
    for citation in citations:
        failing = [] if text is None else list(_failures(citation, text, name))
        cited += 1
        failed += bool(failing)
        held += text is not None and not failing
        where = *citation[:4], name, citation.lines, citation.quote
        misses += [Miss(failure, *where, found, message) for failure, found, message in failing]
    body = source.body
    of_source = (source.id, source.name, source.place, body.get("document"))
    of_copy = (copy.state, copy.message, copy.sha256, body.get("sha256"))
    return Checked(*of_source, *of_copy, cited, held, failed), misses


def _by_place(miss: Miss) -> tuple[str, int, str]:
    file, _, line = miss.place.rpartition(":")
    return file, int(line), miss.message


# -- what a citation says, and what the document says -----------------------------------------------------------


def _failures(citation: _Citation, text: _Text, name: str) -> Iterator[tuple[Failure, str | None, str]]:
    """Yield every way in which a citation fails: its name, where the quote stands after all, and words for it."""
    cited = tuple(ranges(citation.lines or ""))
    beyond = [lines for lines in cited if lines[1] > text.length]
    for first, last in beyond:
        yield "no-such-line", None, f"cites {_lines(first, last)}, but {name} ends with line {text.length}"
    for first, last in cited:
        if (first, last) not in beyond and not any(map(str.strip, text.lines[first - 1 : last])):
            yield "empty-line", None, f"cites {_lines(first, last)} of {name}, where nothing stands"
    if citation.quote is None:
        return
    pieces = _pieces(citation.quote)
    if not pieces:
        yield "not-found", None, f"quotes {quoted(citation.quote)}, which holds no word"
    elif not (text.holds(pieces, cited) if cited else text.spans(pieces)):
        where = text.spans(pieces)[:_MOST_PLACES]
        elsewhere = ", ".join(_range(*lines) for lines in where) or None
        if elsewhere:
            instead = f"found in {_lines(*where[0]) if len(where) == 1 else f'lines {elsewhere}'}"
            yield (
                "elsewhere",
                elsewhere,
                f"quotes {quoted(citation.quote)}, {instead} of {name} instead of {citation.lines}",
            )
        else:
            yield "not-found", None, f"quotes {quoted(citation.quote)}, which {name} does not hold"


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _lines(first: int, last: int) -> str:
    return f"line{'s' * (first != last)} {_range(first, last)}"


def _pieces(quote: str) -> tuple[tuple[str, ...], ...]:
    """Return the words and signs of a quote, in pieces where it leaves something out.

    >>> _pieces("“We will … stay”, [...] he said")
    (('We', 'will'), ('stay', '"', ','), ('he', 'said'))
    """
    parts = (list(_tokens(part)) for part in _LEFT_OUT.split(quote))
    pieces = [tuple(part) for part in parts if any(map(_is_word, part))]
    if pieces and not _is_word(pieces[0][0]):
        pieces[0] = pieces[0][pieces[0][0] == '"' :]
    if pieces and pieces[-1][-1] == '"':
        pieces[-1] = pieces[-1][:-1]
    return tuple(pieces)


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _tokens(text: str) -> Iterator[str]:
    """Yield the words and signs of a text; all quotation marks are one sign, and all dashes."""
    for match in _TOKEN.finditer(_UNSEEN.sub("", unicodedata.normalize("NFC", text))):
        yield '"' if match["quote"] else "-" if match["dash"] else match[0]


_Pieces: TypeAlias = "tuple[tuple[str, ...], ...]"
_BETWEEN: Final = "\x1f"


class _Text:
    """A document's lines, in which quotes are looked for word by word: white space and line ends do not count."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.length = len(lines)

    def holds(self, pieces: _Pieces, cited: Iterable[tuple[int, int]]) -> bool:
        """Whether the pieces stand, one behind the other, in the lines cited."""
        wanted = sorted({number for first, last in cited for number in range(first, min(last, self.length) + 1)})
        numbered = [(number, self.lines[number - 1]) for number in wanted]
        return any(_Words(numbered, joined=joined).spans(pieces) for joined in (False, True))

    def spans(self, pieces: _Pieces) -> tuple[tuple[int, int], ...]:
        """Return the lines, first and last, in which the pieces stand one behind the other: the shortest stretches."""
        return self._words.spans(pieces) or self._joined.spans(pieces)

    @cached_property
    def _words(self) -> _Words:
        return _Words(list(enumerate(self.lines, start=1)), joined=False)

    @cached_property
    def _joined(self) -> _Words:
        return _Words(list(enumerate(self.lines, start=1)), joined=True)


class _Token(NamedTuple):
    """A word or sign and the lines that it stands in: two, where a hyphen breaks it."""

    first: int
    last: int
    text: str


class _Words:
    """The words and signs of numbered lines as one text; `joined` over hyphens at line ends."""

    def __init__(self, lines: list[tuple[int, str]], *, joined: bool) -> None:
        tokens: list[_Token] = []
        before = 0
        for number, line in lines:
            if before and number > before + 1:
                tokens.append(_Token(before, before, "\x00"))  # no quote runs over lines that are not cited
            before = number
            words = list(_tokens(line))
            if joined and words and _is_word(words[0]) and _breaks_off(tokens):
                begun = tokens[-2]
                tokens[-2:] = [_Token(begun.first, number, begun.text + words.pop(0))]
            tokens += [_Token(number, number, word) for word in words]
        self.tokens = tokens
        self.text = _BETWEEN + "".join(token.text + _BETWEEN for token in tokens)
        self.starts = list(accumulate((len(token.text) + 1 for token in tokens), initial=0))

    def spans(self, pieces: _Pieces) -> tuple[tuple[int, int], ...]:
        """Return the lines of every stretch that holds the pieces in order and no shorter one that does."""
        first, *rest = (_BETWEEN + _BETWEEN.join(piece_words) + _BETWEEN for piece_words in pieces)
        begins: dict[int, int] = {}  # by its end, the latest beginning
        begin = self.text.find(first)
        while begin >= 0:
            end = begin + len(first) - 1
            for piece in rest:
                at = self.text.find(piece, end)
                if at < 0:
                    return self._stretches(begins)
                end = at + len(piece) - 1
            begins[end] = begin
            begin = self.text.find(first, begin + 1)
        return self._stretches(begins)

    def _stretches(self, begins: dict[int, int]) -> tuple[tuple[int, int], ...]:
        spans = ((self._at(begin).first, self._at(end - 1).last) for end, begin in begins.items())
        return tuple(dict.fromkeys(sorted(spans)))

    def _at(self, place: int) -> _Token:
        return self.tokens[bisect_right(self.starts, place) - 1]


def _breaks_off(tokens: list[_Token]) -> bool:
    """Whether a line ends with a word and a hyphen."""
    return len(tokens) > 1 and tokens[-1].text == "-" and _is_word(tokens[-2].text)
