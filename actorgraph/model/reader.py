"""YAML text to plain data, with the place of every record: a small, strict part of YAML, read as text.

Every plain scalar is text, except that nothing, `null` and `~` are None; so `NO`, `on`, `1.10` and `0123` mean
what they say. Anchors, aliases, tags, merge keys, several documents, deep nesting and duplicate keys are refused
where they stand, and so is a comment that cuts a plain text short (`title: Plan #1`).
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from actorgraph.errors import Problem, Span, quoted
from actorgraph.model.slips import reason, slip_of
from actorgraph.names import LINE_END, NOT_TEXT

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined] # it is there, though no `__all__` names it
except ImportError as error:
    message = "actorgraph reads YAML by libyaml, which this PyYAML was built without; install its wheel"
    raise ImportError(message) from error

MAX_BYTES: Final = 32 * 1024 * 1024
"""Fifty thousand records are some 20 MB; a larger file is not curated by hand."""

MAX_LETTERS: Final = 100_000
"""A longer text is no note: a document has been pasted, or a quote is missing."""

MAX_DEPTH: Final = 12
"""A model's deepest value, a list in an evidence in a record in a section, is at depth six."""

Data = str | None | list["Data"] | dict[str, "Data"]
Loc = tuple[str | int, ...]
"""The way to a value: keys and indices (from 0), as pydantic names it."""

NULLS: Final = frozenset({"", "null", "~"})
"""How YAML writes that a key holds nothing."""

_OURS: Final = "<<<<<<< "
_OURS_OR_THEIRS: Final = re.compile(rf"^(?:{_OURS}|>>>>>>> )[^\r\n]*", re.MULTILINE)
"""The lines between which git, and others, leave both sides of a merge that they cannot do."""

_COMMENT: Final = re.compile(r"[ \t]#")
_UNSEEN: Final = "\x85\u2028\u2029\ufeff"
"""Characters that editors do not show: three are line breaks to YAML alone, one is a stray byte order mark."""


class Parsed(NamedTuple):
    """One file's data: the top-level mapping, the place of each record, what was refused, and whether all was read."""

    data: dict[str, Data]
    places: dict[tuple[str, str | int], Span]
    problems: list[Problem]
    ended: bool


class Token(NamedTuple):
    """A part of a text: a scalar, or where a collection begins or ends; `start` and `end` count characters from 0.

    `kind` is `scalar`, `mapping`, `list` or `end`; `style` is a scalar's quote or indicator, or empty. Only a
    collection in brackets is `flow`, and has a width.
    """

    kind: str
    start: int
    end: int
    column: int
    value: str = ""
    style: str = ""
    flow: bool = False


class _Refused(Exception):  # noqa: N818 - a signal inside this module, never seen outside
    """Reading cannot go on after the problem that was just noted."""


def decode(raw: bytes, file: str) -> str | Problem:
    r"""Return the text of a file's bytes, or the problem where they stop being UTF-8 text.

    >>> decode(b"name: K\xf8", "a.yaml")
    Problem(code='AG002', message='byte 0xf8 is not UTF-8; save the file as UTF-8 text', span=Span(file='a.yaml', line=1, column=8), about=None, stands_for=1, beside=None)
    """  # noqa: E501 - the problem is printed whole
    if len(raw) > MAX_BYTES:
        return Problem("AG007", f"the file is larger than {MAX_BYTES:,} bytes; split it", Span(file))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:  # its `object` is what follows the byte order mark
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8 text"
        return Problem("AG002", message, _span_after(error.object[: error.start].decode(), file))


def parse(text: str, file: str, *, prose: AbstractSet[str] = frozenset()) -> Parsed:
    """Read one document into plain data, noting where each record stands.

    `prose` names the keys that hold free text: a comment right behind a plain value of theirs is refused, since
    it may be the rest of the text. Nothing is raised: what is wrong is in `problems`, with what could be read.

    >>> parse("actors: {no: {name: NO}}", "a.yaml").data
    {'actors': {'no': {'name': 'NO'}}}
    >>> print(*parse("title: Plan #1", "a.yaml", prose={"title"}).problems)
    a.yaml:1:13: AG019 '#1' reads as a comment and cuts the text short; put the whole text in quotes
    """
    return _Reader(text, file, prose).document()


def tokens(text: str) -> Iterator[Token]:
    """Yield the scalars and collections of a text that `parse` reads without a problem, as they follow one another.

    >>> [(token.kind, token.start, token.end) for token in tokens("uk: [GB]")]
    [('mapping', 0, 0), ('scalar', 0, 2), ('list', 4, 5), ('scalar', 5, 7), ('end', 7, 8), ('end', 8, 8)]
    """
    next_event: Callable[[], Any] = CParser(text).get_event
    flows: list[bool] = []
    event: Any
    while not isinstance(event := next_event(), StreamEndEvent):
        start, end, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
        if isinstance(event, ScalarEvent):
            yield Token("scalar", start, end, column, event.value, event.style or "")
        elif isinstance(event, CollectionStartEvent):
            flows.append(bool(event.flow_style))
            kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
            yield Token(kind, start, end if flows[-1] else start, column, flow=flows[-1])
        elif isinstance(event, CollectionEndEvent):
            flow = flows.pop()
            yield Token("end", start, end if flow else start, column, flow=flow)


class Places:
    r"""Where each value stands in a text, as far as it can be read: a second, slower reading, for messages only.

    >>> places = Places("actors:\n  uk: {name: UK, kind: state}", "a.yaml")
    >>> places.find(("actors", "uk", "kind"))
    Span(file='a.yaml', line=2, column=24)
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.keys: dict[Loc, Span] = {}
        self.values: dict[Loc, Span] = {}
        try:
            self.next: Callable[[], Any] = CParser(text).get_event
            self.next()  # the stream's start
            if isinstance(self.next(), DocumentStartEvent):
                self.note((), self.next())
        except (yaml.YAMLError, UnicodeEncodeError, _Refused):
            pass

    def find(self, loc: Loc, *, key: bool = False) -> Span:
        """Return where the value at `loc` stands, or with `key` its key.

        A list or mapping stands where its key does. Where the way leads to nothing (a key that is missing), it
        is the place of the last part that exists.
        """
        if key and loc in self.keys:
            return self.keys[loc]
        ways = (loc[:end] for end in range(len(loc), -1, -1))
        return next((self.values[way] for way in ways if way in self.values), Span(self.file))

    def note(self, loc: Loc, event: Any) -> None:
        """Note the place of the value that starts with an event, and of all that is in it."""
        nested = isinstance(event, CollectionStartEvent)
        self.values[loc] = self.keys[loc] if nested and loc in self.keys else _span(event.start_mark, self.file)
        if nested and len(loc) > MAX_DEPTH:
            raise _Refused
        if isinstance(event, SequenceStartEvent):
            number = 0
            while not isinstance(event := self.next(), SequenceEndEvent):
                self.note((*loc, number), event)
                number += 1
        elif isinstance(event, MappingStartEvent):
            while not isinstance(event := self.next(), MappingEndEvent):
                if not isinstance(event, ScalarEvent):
                    raise _Refused
                at = (*loc, event.value)
                if at in self.keys:
                    at = (*loc, -1)  # where nobody looks: of two equal keys, the first is read
                self.keys[at] = _span(event.start_mark, self.file)
                self.note(at, self.next())


class _Reader:
    """One pass over libyaml's events. Measured on 10,000 records: six times as fast as building nodes."""

    def __init__(self, text: str, file: str, prose: AbstractSet[str]) -> None:
        self.text = text
        self.file = file
        self.prose = prose
        self.section = ""
        self.record = -1
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str | int], Span] = {}
        self.lines = LINE_END.split(text) if _COMMENT.search(text) else []
        self.commented = frozenset(number for number, line in enumerate(self.lines) if _COMMENT.search(line))

    def document(self) -> Parsed:
        data: dict[str, Data] = {}
        unseen = [self.text.index(character) for character in _UNSEEN if character in self.text]
        if unseen:
            self.refuse_character(min(unseen), "cannot be seen in an editor; delete it")
            return Parsed(data, self.places, self.problems, ended=False)
        if _OURS in self.text and (conflicts := _conflicts(self.text, self.file)):
            return Parsed(data, self.places, conflicts, ended=False)
        ended = False
        try:
            self.next: Callable[[], Any] = CParser(self.text).get_event
            self.next()  # the stream's start
            if not isinstance(self.next(), StreamEndEvent):
                self.sections(data)
                self.next()  # the document's end
                following = self.next()
                if not isinstance(following, StreamEndEvent):
                    self.refuse("AG004", "a second document starts here; one file holds one", following)
            ended = True
        except _Refused:
            pass
        except yaml.MarkedYAMLError as error:
            self.problems.append(Problem("AG003", reason(error, self.text), _span(slip_of(error), self.file)))
        except (yaml.reader.ReaderError, UnicodeEncodeError):
            control = NOT_TEXT.search(self.text)
            assert control is not None, "libyaml refuses these characters and no others"
            self.refuse_character(control.start(), "is not text")
        return Parsed(data, self.places, self.problems, ended)

    def sections(self, data: dict[str, Data]) -> None:
        event = self.next()
        if isinstance(event, MappingStartEvent):
            self.plain_node(event)
            self.mapping(data, 1)
        elif not isinstance(event, ScalarEvent) or self.scalar(event, False) is not None:
            self.refuse(
                "AG003",
                "a file is a mapping of keys to values; those of a model are sections (model, actors, stances, …)",
                event,
            )
            raise _Refused

    def mapping(self, mapping: dict[str, Data], depth: int) -> None:
        """Read a mapping's values; those of a section (depth 2) are records, whose places are noted."""
        while type(event := self.next()) is not MappingEndEvent:
            key = self.key(event, mapping)
            if depth == 1:
                self.section = key
            elif depth == 2:
                self.places.setdefault((self.section, key), _span(event.start_mark, self.file))
            value = self.value(self.next(), depth, key in self.prose)
            mapping.setdefault(key, value)

    def value(self, event: Any, depth: int, prose: bool) -> Data:  # noqa: FBT001 - the hot path
        kind = type(event)
        if kind is ScalarEvent:
            return self.scalar(event, prose)
        if kind is AliasEvent:
            self.refuse("AG004", f"the alias {quoted(f'*{event.anchor}')} is refused; write the value out", event)
            return None
        if depth > MAX_DEPTH:
            self.refuse("AG006", f"nested deeper than {MAX_DEPTH} levels; no record needs that", event)
            raise _Refused
        self.plain_node(event)
        if kind is MappingStartEvent:
            mapping: dict[str, Data] = {}
            self.mapping(mapping, depth + 1)
            return mapping
        sequence: list[Data] = []
        while type(event := self.next()) is not SequenceEndEvent:
            if depth == 1:
                self.record = len(sequence)
                self.places.setdefault((self.section, self.record), _span(event.start_mark, self.file))
            sequence.append(self.value(event, depth + 1, prose))
        return sequence

    def scalar(self, event: Any, prose: bool) -> str | None:  # noqa: FBT001 - the hot path
        text: str = event.value
        if len(text) > MAX_LETTERS:
            self.refuse("AG007", f"a text of {len(text):,} characters; no value needs more than {MAX_LETTERS:,}", event)
            raise _Refused
        if event.anchor is not None or event.tag is not None:
            self.plain_node(event)
        if event.style:
            if event.style == '"' and (control := NOT_TEXT.search(text)):
                self.refuse("AG002", f"the escaped character {_name(control[0])} is not text", event)
            return text
        if prose and event.end_mark.line in self.commented:
            self.whole_text(event.end_mark)
        return None if text in NULLS else text

    def whole_text(self, end: Any) -> None:
        """Refuse a comment right behind the end of a plain text: it may be the rest of the text."""
        rest = self.lines[end.line][end.column :]
        comment = rest.strip()
        if comment.startswith("#"):
            message = f"{quoted(comment)} reads as a comment and cuts the text short; put the whole text in quotes"
            at = Span(self.file, end.line + 1, end.column + rest.index("#") + 1)
            self.problems.append(Problem("AG019", message, at))

    def key(self, event: Any, mapping: dict[str, Data]) -> str:
        if not isinstance(event, ScalarEvent):
            self.refuse("AG003", "a key is plain text", event)
            raise _Refused
        key: str = event.value
        if len(key) > MAX_LETTERS:
            self.refuse("AG007", f"a key of {len(key):,} characters; no key is so long", event)
            raise _Refused
        if event.anchor is not None or event.tag is not None:
            self.plain_node(event)
        if not event.style and key == "<<":
            self.refuse("AG004", "the merge key << is refused; write the keys out", event)
        elif not event.style and key in NULLS:
            missing = f"the key {key} means nothing; put it in quotes" if key else "a key is missing before ':'"
            self.refuse("AG003", missing, event)
        elif key in mapping:
            message = f"the key {quoted(key)} stands in this mapping already{self.once(key, event)}"
            self.refuse("AG005", message, event)
        return key

    def once(self, key: str, event: Any) -> str:
        """Return what to do about a key that stands twice; in a list of records, the second may begin another one."""
        if key.isdigit():
            return "; write a number without commas, and put a text with commas in quotes"
        column, first = event.start_mark.column + 1, self.places.get((self.section, key))
        if first is not None and first.column == column:
            return f", in line {first.line}; keep one of them, or give one another id"
        if column == 1 and (section := re.search(rf"^{re.escape(key)}\s*:", self.text, re.MULTILINE)):
            return f", in line {line_at(self.text, section.start())}; put all that both hold under one of them"
        begun = self.places.get((self.section, self.record))
        is_own = (
            begun is not None and begun.column == event.start_mark.column + 1 and begun.line <= event.start_mark.line
        )
        return "; keep one of them, or begin another record here with '- '" if is_own else "; keep one of them"

    def plain_node(self, event: Any) -> None:
        """Refuse a node that carries an anchor or a tag."""
        if event.anchor is not None:
            anchor = quoted(f"&{event.anchor}")
            self.refuse("AG004", f"the anchor {anchor} is refused; write the value out each time", event)
        if event.tag is not None:
            tag = quoted(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.refuse("AG004", f"the tag {tag} is refused; every value is text", event)

    def refuse(self, code: str, message: str, event: Any) -> None:
        self.problems.append(Problem(code, message, _span(event.start_mark, self.file)))

    def refuse_character(self, index: int, why: str) -> None:
        span = _span_after(self.text[:index], self.file)
        self.problems.append(Problem("AG002", f"the character {_name(self.text[index])} {why}", span))


def _span(mark: Any, file: str) -> Span:
    return Span(file, mark.line + 1, mark.column + 1)


def _conflicts(text: str, file: str) -> list[Problem]:
    """Return where both sides of a merge stand in a text."""
    conflicts = []
    ours = None
    for line in _OURS_OR_THEIRS.finditer(text):
        if line[0].startswith(_OURS):
            ours = ours or line
        elif ours:
            sides = f"{quoted(ours[0])} and {quoted(line[0])}"
            message = f"a merge left both sides here, between {sides}; keep what is right, and none of the marks"
            conflicts.append(Problem("AG003", message, Span(file, line_at(text, ours.start()))))
            ours = None
    return conflicts


def line_at(text: str, index: int) -> int:
    """Return the line, counted from 1, of the character at an index, counted from 0."""
    return len(LINE_END.findall(text, 0, index)) + 1


def _span_after(text: str, file: str) -> Span:
    lines = LINE_END.split(text)
    return Span(file, len(lines), len(lines[-1]) + 1)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
