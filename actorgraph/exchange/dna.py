"""dna: the statements of a database of Discourse Network Analyzer (DNA 3), documents as sources.

What DNA calls a concept is a proposal, agreement is a position, and the coded span gives the lines and a short quote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.draft import Draft
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import Option, pairs_of
from actorgraph.exchange.importing.dna_database import Entity, read_database
from actorgraph.exchange.importing.incoming import LONGEST_ID, Arrival, Aside, Skipped
from actorgraph.exchange.sheets.mapping import NOTHING
from actorgraph.model.kinds import KIND
from actorgraph.model.paths import shown
from actorgraph.names import NOT_TEXT, fold, numbered, one_line, slug
from actorgraph.vocabulary import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.importing.dna_database import Database, Document, Statement
    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.model.reader import Data

ROLES: Final = ("person", "organization", "concept", "agreement")
"""What a statement is coded with, by the names that DNA gives its variables unless somebody changes them."""

_WORD: Final = Option(
    "word", "What a value of agreement means, such as -1=opposes or 0=nothing. Repeatable.", "VALUE=POSITION", many=True
)
_VARIABLE: Final = Option(
    "variable", "What a variable is called here, such as concept=claim. Repeatable.", "ROLE=NAME", many=True
)
IN: Final = (
    Option("actor", "Whose the stance is.  [default: organization]", choices=("organization", "person")),
    _WORD,
    _VARIABLE,
    Option("documents", "Write the texts of the documents into this folder, for verify.", "DIR", completes=("folder",)),
)

_WORDS: Final = {"true": "supports", "false": "opposes"}
_QUOTED_WORDS: Final = 25


def read(
    files: Sequence[str],
    things: Things,
    *,
    actor: str = "organization",
    word: Sequence[str] = (),
    variable: Sequence[str] = (),
    documents: str | None = None,
) -> Iterator[Arrival | Aside | Skipped]:
    """Yield the stances of a database in the order of its statements, and what cannot become one with the reason.

    With `documents`, the texts to be written there come first, and sources name and prove them. Raises `UsageProblem`
    for what is no such database, or where no statement has the variables asked for.
    """
    if len(files) != 1:
        raise UsageProblem(f"one database at a time; {len(files)} are named")
    words = _WORDS | pairs_of(_WORD, word, values=(*POSITIONS, NOTHING))
    roles = dict(zip(ROLES, ROLES, strict=True)) | pairs_of(_VARIABLE, variable, keys=ROLES)
    database = read_database(files[0])
    _must_be_coded(database, roles, actor, files[0])
    reading = _Reading(database, things, roles, words, actor, documents)
    yield from reading.read()


def _must_be_coded(database: Database, roles: Mapping[str, str], actor: str, path: str) -> None:
    """Raise `UsageProblem` where no type of statement has the variables that a stance needs."""
    needed = [roles[role] for role in (actor, "concept", "agreement")]
    if any(set(needed) <= set(names) for names in database.variables.values()):
        return
    types = "; ".join(f"{label}: {', '.join(names)}" for label, names in database.variables.items() if names)
    message = (
        f"{shown(path)}: no type of statement has the variables {', '.join(needed)} (there are: {types or 'none'})"
    )
    raise UsageProblem(f"{message}; --variable ROLE=NAME says what they are called")


class _Span(NamedTuple):
    """The lines that a coded span stands in, and its first words, None where they cannot be written down."""

    lines: str
    quote: str | None


class CodedText:
    """A document's text as DNA shows it, which counts in UTF-16 units as Java does, and a line end as one."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
        self.shift = len(text) - len(text.removeprefix("\ufeff"))

    @cached_property
    def content(self) -> bytes:
        """The file that holds it."""
        return self.text.encode("utf-8", "replace")

    @cached_property
    def _ends(self) -> list[int]:
        return [at for at, letter in enumerate(self.text) if letter == "\n"]

    @cached_property
    def _wide(self) -> list[int]:
        """Where the letters begin that count twice, in such units."""
        places = [at for at, letter in enumerate(self.text) if letter > "\uffff"]
        return [at + number for number, at in enumerate(places)]

    def span(self, start: int, stop: int) -> _Span | str:
        """Return where a coded span stands, or why it stands nowhere."""
        first, last = (at - self.shift - bisect_right(self._wide, at - self.shift - 1) for at in (start, stop))
        if not 0 <= first < last <= len(self.text):
            return f"it codes letters {start} to {stop}, and the text of its document has {len(self.text)}"
        coded = self.text[first:last]
        if not coded.strip():
            return "it codes nothing but white space"
        first += len(coded) - len(coded.lstrip())
        last -= len(coded) - len(coded.rstrip())
        begin, end = (bisect_right(self._ends, at) + 1 for at in (first, last - 1))
        return _Span(str(begin) if begin == end else f"{begin}-{end}", self._quote(first, last))

    def _quote(self, first: int, last: int) -> str | None:
        """Return the first words of a span, whole ones, so that they are found in the text."""
        while first and self.text[first - 1].isalnum() and self.text[first].isalnum():
            first -= 1
        while last < len(self.text) and self.text[last - 1].isalnum() and self.text[last].isalnum():
            last += 1
        words = self.text[first:last].split()
        quote = " ".join(words[:_QUOTED_WORDS]) + (" …" if len(words) > _QUOTED_WORDS else "")
        return None if NOT_TEXT.search(quote) or not any(map(str.isalnum, quote)) else quote


class _Stance(NamedTuple):
    """What one actor says of one proposal in one document, by one speaker."""

    actor: str
    position: str
    proposal: str
    date: str
    speaker: str | None
    source: str

    def body(self, passages: Iterable[_Span]) -> dict[str, Data]:
        """Return the record, with the passages where it is said as its evidence."""
        *said, source = self._asdict().items()
        cited = [{"source": source[1], **span._asdict()} for span in passages]
        evidence: list[Data] = [{key: value for key, value in each.items() if value} for each in cited]
        return {**{key: value for key, value in said if value}, "evidence": evidence}


class _Tie(NamedTuple):
    """Where somebody first speaks for an organisation."""

    day: str
    source: str
    place: str


class _Reading:
    """A database on its way into a model."""

    def __init__(
        self,
        database: Database,
        things: Things,
        roles: Mapping[str, str],
        words: Mapping[str, str],
        actor: str,
        folder: str | None,
    ) -> None:
        self.database = database
        self.things = things
        self.roles = roles
        self.words = words
        self.actor = actor
        self.folder = folder
        self.stances: dict[_Stance, dict[_Span, str]] = {}
        self.ties: dict[tuple[str, str], _Tie] = {}
        self.sources: dict[int, str] = {}
        self.spans: dict[int, _Span | str] = {}
        self.coded: dict[int, list[Statement]] = defaultdict(list)
        for statement in database.statements:
            self.coded[statement.document].append(statement)
        self.keys = _keys(database.documents.values())
        self.first: dict[tuple[str, str], Entity] = {}
        """What was coded first of each new thing, by its kind and id."""
        self.alike: dict[int, str] = {}
        """As what else an entity is read, by its number."""

    def read(self) -> Iterator[Arrival | Aside | Skipped]:
        """Yield what has no place in a model as it comes, then the stances and the ties."""
        for statement in self.database.statements:
            place = f"statement {statement.id}"
            wrong = self._wrong(statement)
            if wrong is not None:
                yield Skipped(place, wrong)
                continue
            document = self.database.documents[statement.document]
            yield from self._source(document)
            twin = self._take(statement, document, place)
            if twin is not None:
                yield Skipped(place, f"it says the same as {twin}")
        for stance, passages in self.stances.items():
            first, *more = passages.values()
            place = f"{first} and {len(more)} more" if more else first
            yield Arrival(Draft("stances", None, stance.body(passages)), place)
        for (person, organisation), tie in self.ties.items():
            tied: dict[str, Data] = {"actor": person, "relation": "represents", "to": organisation}
            since: dict[str, Data] = {"since": f"../{tie.day}", "evidence": [{"source": tie.source}]}
            yield Arrival(Draft("relations", None, tied | since), tie.place)
        yield from self._rest()

    def _wrong(self, statement: Statement) -> str | None:
        """Return why a statement is no stance, None where it is one."""
        has = self.database.variables.get(statement.type, ())
        for role in (self.actor, "concept", "agreement"):
            name = self.roles[role]
            if name not in has:
                return f"statements of the type {quoted(statement.type)} have no variable {quoted(name)}"
            value = statement.values.get(name)
            if value is None or not _name(value):
                other = "person" if self.actor == "organization" else "organization"
                may = f"; --actor {other} takes the {other} for the actor" if role == self.actor else ""
                return f"no {name} is coded{may}"
        return self._wrong_value(statement) or self._wrong_place(statement)

    def _wrong_value(self, statement: Statement) -> str | None:
        agreement = _name(statement.values[self.roles["agreement"]])
        position = self.words.get(agreement)
        if position is None:
            return f"its {self.roles['agreement']} is {agreement}; --word {agreement}=POSITION says what that means"
        if position == NOTHING:
            return f"its {self.roles['agreement']} is {agreement}, which means nothing here"
        return None

    def _wrong_place(self, statement: Statement) -> str | None:
        document = self.database.documents.get(statement.document)
        if document is None:
            return f"its document, {statement.document}, is not in the database"
        if _day(document) is None:
            return f"the date of its document, {document.id}, is no date from the years 1 to 9998"
        span = self._span(statement)
        return span if isinstance(span, str) else None

    def _take(self, statement: Statement, document: Document, place: str) -> str | None:
        """Take a statement into its stance, and note who speaks for whom; return where the same passage was coded.

        What one actor says of one proposal in one document, by one speaker, is a stance with several passages.
        """
        coded = {role: statement.values.get(name) for role, name in self.roles.items()}
        proposal = self._thing("proposal", coded["concept"], {}, place)
        organisation = self._thing("actor", coded["organization"], {"kind": "organisation"}, place)
        person = self._thing("actor", coded["person"], {"kind": "person"}, place)
        actor, speaker = (organisation, person) if self.actor == "organization" else (person, None)
        if actor is None or proposal is None:
            return None  # names that nothing answers to, which are listed
        day, position = str(_day(document)), self.words[_name(coded["agreement"])]
        source = self.sources[document.id]
        if person and organisation and person != organisation:
            known = self.ties.get((person, organisation))
            if known is None or day < known.day:
                self.ties[person, organisation] = _Tie(day, source, place)
        stance = _Stance(actor, position, proposal, day, None if speaker == actor else speaker, source)
        passages = self.stances.setdefault(stance, {})
        span = self._span(statement)
        assert isinstance(span, _Span), "it has been looked at"
        twin = passages.setdefault(span, place)
        return None if twin == place else twin

    def _thing(self, kind: str, coded: object, body: dict[str, Data], place: str) -> str | None:
        """Return the id of what was coded, with what DNA notes of it where it is new."""
        name = one_line(_name(coded))
        if not name:
            return None
        fields: dict[str, Data] = {"title" if kind == "proposal" else "name": name, **body}
        if isinstance(coded, Entity):
            notes = dict(coded.notes)
            alias = one_line(notes.pop("Alias", ""))
            if alias and fold(alias) != fold(name):
                fields["aliases"] = [alias]
            if notes:
                fields["note"] = "; ".join(f"{key}: {one_line(value)}" for key, value in notes.items())
        key = self.things.find(kind, name, place, fields)
        if key is not None and isinstance(coded, Entity) and key not in getattr(self.things.model, KIND[kind].section):
            first = self.first.setdefault((kind, key), coded)
            if one_line(first.name) != name:
                self.alike[coded.id] = f"{quoted(name)} is read as {quoted(one_line(first.name))}, entity {first.id}"
        return key

    def _span(self, statement: Statement) -> _Span | str:
        """Return where a statement stands, or why nowhere; those of a document are looked up together."""
        if statement.id not in self.spans:
            text = CodedText(self.database.documents[statement.document].text)
            self.spans |= {each.id: text.span(each.start, each.stop) for each in self.coded[statement.document]}
        return self.spans[statement.id]

    def _source(self, document: Document) -> Iterator[Arrival | Aside]:
        """Bring a document in as a source, when the first stance rests on it, and yield its text to be written."""
        if document.id in self.sources:
            return
        key = self.keys[document.id]
        of_it = {"section": document.section, "type": document.type, "notes": document.notes}
        about = "; ".join(f"{name}: {one_line(text)}" for name, text in of_it.items() if text.strip())
        body: dict[str, Data] = {
            "title": one_line(document.title) or f"Document {document.id}",
            "publisher": one_line(document.publisher or document.author) or "not given",
            "published": _day(document),
            "about": f"Document {document.id} of a DNA database" + (f"; {about}" if about else ""),
        }
        if document.author.strip():
            body["author"] = one_line(document.author)
        if self.folder is not None:
            content = CodedText(document.text).content
            body |= {"document": f"{key}.txt", "sha256": sha256(content).hexdigest()}
            yield Aside(str(Path(self.folder) / f"{key}.txt"), content)
        self.sources[document.id] = key
        yield Arrival(Draft("sources", key, body), f"document {document.id}")

    def _rest(self) -> Iterator[Skipped]:
        """Yield the documents on which nothing rests, what is no thing of its own, and the groups of entities."""
        for document in self.database.documents.values():
            if document.id not in self.sources:
                yield Skipped(f"document {document.id}", "no stance rests on it")
        for number, reason in sorted(self.alike.items()):
            yield Skipped(f"entity {number}", reason)
        names = {entity.id: entity.name for entity in self.database.entities}
        for entity in self.database.entities:
            if entity.parent is not None:
                group = names.get(entity.parent, "")
                yield Skipped(f"entity {entity.id}", f"a model has no place for its group, {quoted(group)}")


def _name(value: object) -> str:
    """Return what was coded, as a text."""
    return value.name if isinstance(value, Entity) else "" if value is None else str(value).strip()


def _day(document: Document) -> str | None:
    """Return the day of a document, which DNA keeps in seconds, None where it is none."""
    try:
        day = (datetime(1970, 1, 1) + timedelta(seconds=document.date or 0)).date()  # noqa: DTZ001 - as DNA counts
    except OverflowError:
        return None
    return day.isoformat() if document.date is not None and day.year <= 9998 else None


def _keys(documents: Iterable[Document]) -> dict[int, str]:
    """Return an id for each document: its title and day, with a number behind it where another has both."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for document in documents:
        title = slug(document.title) or f"document-{document.id}"
        if len(title) > LONGEST_ID:
            title = title[:LONGEST_ID].rpartition("-")[0] or title[:LONGEST_ID]
        key = numbered(f"{title}-{_day(document)}" if _day(document) else title, taken.__contains__)
        taken.add(key)
        keys[document.id] = key
    return keys
