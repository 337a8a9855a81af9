"""YAML text to plain data, with the place of every record: a small, strict part of YAML, read as text.

Every plain scalar is text, except that nothing, `null` and `~` are None; so `NO`, `on`, `1.10` and `0123` mean
what they say. Anchors, aliases, tags, merge keys, several documents, deep nesting and duplicate keys are refused
where they stand, and so is a comment that cuts a plain text short (`title: Plan #1`).
"""

import re
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

import yaml
from yaml.cyaml import CParser

from actorgraph.errors import Problem, Span

MAX_BYTES: Final = 64 * 1024 * 1024
"""A hundred thousand records are some 40 MB; a larger file is not curated by hand."""

MAX_DEPTH: Final = 12
"""A model's deepest value, a list in an evidence in a record in a section, is at depth six."""

Data = str | None | list["Data"] | dict[str, "Data"]
Loc = tuple[str | int, ...]
"""The way to a value: keys and indices (from 0), as pydantic names it."""

_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT: Final = re.compile(r"[ \t]#")
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"  # YAML 1.1, section 5.1
)


class Parsed(NamedTuple):
    """One file's data: the top-level mapping, the place of each record, and what was refused."""

    data: dict[str, Data]
    places: dict[tuple[str, str | int], Span]
    problems: list[Problem]


class _Refused(Exception):  # noqa: N818 - a signal inside this module, never seen outside
    """Reading cannot go on after the problem that was just noted."""


def decode(raw: bytes, file: str) -> str | Problem:
    """Return the text of a file's bytes, or the problem where they stop being UTF-8 text.

    >>> decode(b"name: K\\xf8", "a.yaml")
    Problem(code='AG002', message='byte 0xf8 is not UTF-8; save the file as UTF-8 text', span=Span(file='a.yaml', line=1, column=8))
    """  # noqa: E501 - the problem is printed whole
    if len(raw) > MAX_BYTES:
        return Problem("AG007", f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}", Span(file))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        span = _span_after(before, file)
        return Problem("AG002", f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8 text", span)
    return text


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


class Places:
    """Where each value stands in a text that `parse` could read: a second, slower reading, for messages only.

    >>> places = Places("actors:\\n  uk: {name: UK, kind: state}", "a.yaml")
    >>> places.find(("actors", "uk", "kind"))
    Span(file='a.yaml', line=2, column=23)
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.root = yaml.compose(text, Loader=yaml.CSafeLoader)

    def find(self, loc: Loc, *, key: bool = False) -> Span:
        """Return where the value at `loc` stands, or with `key` its key.

        Where the way leads to nothing (a key that is missing), it is the place of the last part that exists.
        """
        node = self.root
        if node is None:
            return Span(self.file)
        mark = node.start_mark
        for depth, part in enumerate(loc, start=1):
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == part), None)
                if pair is None:
                    break
                node = pair[1]
                at_key = (key and depth == len(loc)) or not isinstance(node, yaml.ScalarNode)
                mark = pair[0].start_mark if at_key else node.start_mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                mark = node.start_mark
            else:
                break
        return Span(self.file, mark.line + 1, mark.column + 1)


def _span_after(text: str, file: str) -> Span:
    lines = _BREAK.split(text)
    return Span(file, len(lines), len(lines[-1]) + 1)


class _Reader:
    """One pass over libyaml's events. Measured on 10,000 records: six times as fast as building nodes."""

    def __init__(self, text: str, file: str, prose: AbstractSet[str]) -> None:
        self.text = text
        self.file = file
        self.prose = prose
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str | int], Span] = {}
        self.lines = _BREAK.split(text) if _COMMENT.search(text) else []
        self.commented = frozenset(number for number, line in enumerate(self.lines) if _COMMENT.search(line))
        parser = CParser(text)
        self.next = parser.get_event

    def document(self) -> Parsed:
        data: dict[str, Data] = {}
        try:
            self.next()  # the stream's start
            if not isinstance(self.next(), yaml.StreamEndEvent):
                self.sections(data)
                self.next()  # the document's end
                following = self.next()
                if not isinstance(following, yaml.StreamEndEvent):
                    self.refuse("AG004", "a second document starts here; one file holds one", following)
        except _Refused:
            pass
        except yaml.MarkedYAMLError as error:
            self.problems.append(Problem("AG003", _reason(error), self.span(error.problem_mark)))
        except yaml.YAMLError as error:
            found = _CONTROL.search(self.text)
            span = _span_after(self.text[: found.start()], self.file) if found else Span(self.file)
            what = f"the character U+{ord(found[0]):04X} is not text" if found else str(error)
            self.problems.append(Problem("AG002" if found else "AG003", what, span))
        return Parsed(data, self.places, self.problems)

    def sections(self, data: dict[str, Data]) -> None:
        """Read the top-level mapping, noting the place of each item of each section."""
        event = self.next()
        if isinstance(event, yaml.ScalarEvent) and event.value in _NOTHING and not event.style:
            return
        if not isinstance(event, yaml.MappingStartEvent):
            self.refuse("AG003", "a model file is a mapping of sections (model, actors, stances, …)", event)
            raise _Refused
        self.plain_node(event)
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            name = self.key(event, data)
            event = self.next()
            if isinstance(event, yaml.MappingStartEvent):
                self.plain_node(event)
                items: dict[str, Data] = {}
                while not isinstance(event := self.next(), yaml.MappingEndEvent):
                    key = self.key(event, items)
                    self.places.setdefault((name, key), self.span(event.start_mark))
                    items.setdefault(key, self.value(self.next(), 2, key in self.prose))
                data.setdefault(name, items)
            elif isinstance(event, yaml.SequenceStartEvent):
                self.plain_node(event)
                records: list[Data] = []
                while not isinstance(event := self.next(), yaml.SequenceEndEvent):
                    self.places.setdefault((name, len(records)), self.span(event.start_mark))
                    records.append(self.value(event, 2, False))
                data.setdefault(name, records)
            else:
                data.setdefault(name, self.value(event, 1, False))

    def value(self, event: yaml.Event, depth: int, prose: bool) -> Data:  # noqa: FBT001 - the hot path
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event, prose)
        if depth > MAX_DEPTH:
            self.refuse("AG006", f"nested deeper than {MAX_DEPTH} levels; no record needs that", event)
            raise _Refused
        if kind is yaml.MappingStartEvent:
            self.plain_node(event)
            mapping: dict[str, Data] = {}
            event = self.next()
            while type(event) is not yaml.MappingEndEvent:
                key = self.key(event, mapping)
                mapping.setdefault(key, self.value(self.next(), depth + 1, key in self.prose))
                event = self.next()
            return mapping
        if kind is yaml.SequenceStartEvent:
            self.plain_node(event)
            sequence: list[Data] = []
            event = self.next()
            while type(event) is not yaml.SequenceEndEvent:
                sequence.append(self.value(event, depth + 1, prose))
                event = self.next()
            return sequence
        self.refuse("AG004", f"the alias *{event.anchor} is refused; write the value out", event)  # type: ignore[attr-defined]
        return None

    def scalar(self, event: yaml.Event, prose: bool) -> str | None:  # noqa: FBT001 - the hot path
        assert isinstance(event, yaml.ScalarEvent)
        text: str = event.value
        if event.anchor is not None or event.tag is not None:
            self.plain_node(event)
        if event.style:
            return text
        if prose and event.end_mark.line in self.commented:
            rest = self.lines[event.end_mark.line][event.end_mark.column :]
            if rest.lstrip().startswith("#"):
                comment = rest.strip()
                shown = comment if len(comment) <= 24 else comment[:23] + "…"
                where = Span(self.file, event.end_mark.line + 1, event.end_mark.column + rest.index("#") + 1)
                message = f"'{shown}' reads as a comment and cuts the text short; put the whole text in quotes"
                self.problems.append(Problem("AG019", message, where))
        return None if text in _NOTHING else text

    def key(self, event: yaml.Event, mapping: dict[str, Data]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse("AG003", "a key is plain text", event)
            raise _Refused
        if event.anchor is not None or event.tag is not None:
            self.plain_node(event)
        if not event.style and event.value == "<<":
            self.refuse("AG004", "the merge key << is refused; write the keys out", event)
        elif not event.style and event.value in _NOTHING:
            self.refuse("AG003", "a key is missing before ':'", event)
        elif event.value in mapping:
            self.refuse("AG005", f"the key '{event.value}' stands twice; the first one is above", event)
        return event.value  # type: ignore[no-any-return]

    def plain_node(self, event: yaml.Event) -> None:
        """Refuse a node that carries an anchor or a tag."""
        assert isinstance(event, yaml.NodeEvent)
        if event.anchor is not None:
            self.refuse("AG004", f"the anchor &{event.anchor} is refused; write the value out each time", event)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.refuse("AG004", f"the tag {_short(tag)} is refused; every value is text", event)

    def refuse(self, code: str, message: str, event: yaml.Event) -> None:
        self.problems.append(Problem(code, message, self.span(event.start_mark)))

    def span(self, mark: yaml.Mark | None) -> Span:
        return Span(self.file) if mark is None else Span(self.file, mark.line + 1, mark.column + 1)


_NOTHING: Final = frozenset({"", "null", "~"})


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _reason(error: yaml.MarkedYAMLError) -> str:
    reason = " ".join(filter(None, (error.problem, error.context)))
    if "mapping values are not allowed" in reason:
        reason += " (a text with ': ' in it needs quotes)"
    elif "cannot start any token" in reason:
        reason += " (indent with spaces; quote a text that starts with @, ` or %)"
    return reason
