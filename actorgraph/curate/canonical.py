"""The one way to write a model down: order of sections and keys, indent, quotes, line width. No input or output here.

The form, from the outside in:

- Sections in the order of `SECTIONS`, one empty line between them; records stay in the order that they stand in.
- Keys in the order of `key_order`. A record is a block, one key a line; on one line it stays so where it fits.
- Lists of plain values, each evidence and each `held` are on one line (`[a, b]`, `{source: a, lines: 1}`) where that
  fits `WIDTH`, else blocks. Longer text is folded (`>-`), text with line breaks of its own is literal (`|-`).
- A scalar is plain where it is read back as the same text: by us, who read every plain scalar as text, and by other
  tools, which would take `NO` for false and `4` for a number. Both get quotes, except the values of `PLAIN` keys.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import BaseModel

from actorgraph.model.kinds import KINDS
from actorgraph.model.reader import Data
from actorgraph.model.records import DATES, NUMBERS, PROSE, Amount, Evidence, File, Header, Held

WIDTH: Final = 100
"""Columns that a line may take, where its words allow."""

SECTIONS: Final = tuple(File.model_fields)
"""The sections of a file, in order."""

PLAIN: Final = DATES | NUMBERS | {"lines", "credibility", "default"}
"""Keys whose values are dates, numbers and truths to every reader, and therefore plain; so are those of a mapping."""

_CLASSES: Final[Mapping[str, type[BaseModel]]] = {
    "model": Header,
    **{kind.section: kind.record_class for kind in KINDS},
    "amount": Amount,
    "evidence": Evidence,
    "held": Held,
}
_BEHIND: Final = {"position": "actor", "stage": "actor", "amount": "speaker", "toward": "speaker"}
"""Keys that stand behind another one, although the class that both belong to names them later."""


def key_order(section: str) -> tuple[str, ...]:
    """Return the keys of a section's records in order; `evidence` and `held` stand for the mappings in those lists.

    >>> key_order("commitments")[:7]
    ('id', 'actor', 'stage', 'proposal', 'date', 'until', 'speaker')
    """
    keys = [info.alias or name for name, info in _CLASSES[section].model_fields.items()]
    for key, other in _BEHIND.items():
        if key in keys:
            keys.remove(key)
            keys.insert(keys.index(other) + 1, key)
    return tuple(keys)


# -- what is written -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Scalar:
    """A text, or nothing."""

    value: str | None


@dataclass(slots=True)
class Collection:
    """A mapping (every entry has a key) or a list (none has). `after`: the comments behind the last entry."""

    keyed: bool
    entries: list["Entry"] = field(default_factory=list)
    flow: bool = False
    after: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item: with the comment lines before it and the comment that ends its first line.

    An empty text among the lines is an empty line. `after`: comments below a key that holds nothing.
    """

    key: str | None
    value: Scalar | Collection
    before: list[str] = field(default_factory=list)
    comment: str = ""
    after: list[str] = field(default_factory=list)


def block(section: str, key: str | None, body: Mapping[str, Data]) -> str:
    r"""Return the canonical text of one record or thing, indented as it stands under its section.

    `key` is the id of a named thing (an actor, a proposal, a condition, a source) and None for a record or an event in
    a list; the header, `model`, has none and is returned with its section. What is None in `body`, or an empty list, is
    left out.

    >>> print(block("actors", "italy", {"kind": "state", "name": "Italy", "aliases": ["Rome"]}), end="")
      italy:
        name: Italy
        kind: state
        aliases: [Rome]
    >>> evidence = {"lines": "1, 3", "source": "a"}
    >>> print(block("stances", None, {"position": "open", "actor": "italy", "evidence": [evidence]}), end="")
      - actor: italy
        position: open
        evidence:
          - {source: a, lines: "1, 3"}
    """
    record = node({name: value for name, value in body.items() if value is not None and value != []})
    order(record, section)
    entry = Entry("model" if section == "model" else key, record)
    return "".join(f"{line}\n" for line in _entry(entry, 0 if section == "model" else 2, record=True))


def node(data: Data) -> Scalar | Collection:
    """Return plain data as what is written."""
    if isinstance(data, dict):
        return Collection(keyed=True, entries=[Entry(key, node(value)) for key, value in data.items()])
    if isinstance(data, list):
        return Collection(keyed=False, entries=[Entry(None, node(value)) for value in data])
    return Scalar(data)


def order(record: Scalar | Collection, section: str | None) -> None:
    """Put the keys of a record, and of the mappings in it, in order; keys that it should not have come last."""
    if not isinstance(record, Collection) or section is None or section not in _CLASSES:
        return
    if record.keyed:
        keys = key_order(section)
        record.entries.sort(key=lambda entry: keys.index(entry.key) if entry.key in keys else len(keys))
    for entry in record.entries:
        inner = entry.key if record.keyed else section
        order(entry.value, inner)


def document(root: Collection, head: Iterable[str] = ()) -> str:
    """Return a whole file, its sections and keys put in order; `head` are the comment lines that stay on top."""
    sections = {name: number for number, name in enumerate(SECTIONS)}
    root.entries.sort(key=lambda entry: sections.get(entry.key or "", len(sections)))
    lines = [*_single(head)]
    for entry in root.entries:
        name = entry.key or ""
        if isinstance(entry.value, Collection):
            records = [Entry(None, entry.value)] if name == "model" else entry.value.entries
            for record in records:
                order(record.value, name)
        parting = [""] if lines and lines[-1] else []
        lines += [*parting, *_trimmed(_single(entry.before)), *_section(entry)]
    closing = [*_single(root.after)]
    if lines[-1:] == closing[:1] == [""]:
        del closing[0]
    return "".join(f"{line}\n" for line in _trimmed([*lines, *closing]))


def _section(entry: Entry) -> Iterator[str]:
    """Yield the lines of a section but the comments before it, without empty lines at its ends."""
    value = entry.value
    if isinstance(value, Collection) and (entry.key == "model" or not value.entries):
        yield from _entry(Entry(entry.key, value, [], entry.comment), 0, record=True)
    elif isinstance(value, Scalar):
        text = "" if value.value is None else f" {_scalar(value.value, entry.key)}"
        yield f"{_key(entry.key)}:{text}{_behind(entry.comment)}"
        yield from (_indented(line, 2) for line in _trimmed(_single(entry.after)))
    else:
        yield f"{_key(entry.key)}:{_behind(entry.comment)}"
        lines = [line for record in value.entries for line in _entry(record, 2, record=True)]
        lines += [_indented(line, 2) for line in _single(value.after)]
        yield from _trimmed(lines)


# -- lines ---------------------------------------------------------------------------------------------------


def _entry(entry: Entry, column: int, *, record: bool = False, of: str | None = None) -> Iterator[str]:
    """Yield the lines of an entry that starts in a column (from 0); `of` is the key that holds the list it is in."""
    value, lead = entry.value, " " * column
    if entry.key is None and isinstance(value, Collection) and value.keyed and value.entries:
        entry, value = _with_comments_before_dash(entry, value)
    entry = _with_comment_before_nothing(entry, of)
    start = "-" if entry.key is None else f"{_key(entry.key)}:"
    yield from (_indented(line, column) for line in _single(entry.before))
    room = WIDTH - column - len(start) - 1
    text = _one_line(entry, room, record=record, of=of)
    if text is not None:
        yield f"{lead}{start}{f' {text}' if text else ''}{_behind(entry.comment)}"
    elif isinstance(value, Scalar):
        style, lines = _long(value.value or "", WIDTH - column - 2)
        assert lines, "what has to take one line is on one line"
        yield f"{lead}{start} {style}{_behind(entry.comment)}"
        yield from (_indented(line, column + 2) for line in lines)
    elif entry.key is None and value.keyed:
        yield from _item(entry, value, column)
    else:
        yield f"{lead}{start}{_behind(entry.comment)}"
        yield from _inside(value, column + 2, of=entry.key)


def _inside(collection: Collection, column: int, *, of: str | None = None) -> Iterator[str]:
    """Yield the lines of a collection's entries, one below the other."""
    for entry in collection.entries:
        yield from _entry(entry, column, of=of)
    yield from (_indented(line, column) for line in _single(collection.after))


def _with_comment_before_nothing(entry: Entry, of: str | None) -> Entry:
    """Return an entry whose comment stands before it where it would be taken for the text that is missing."""
    is_nothing = isinstance(entry.value, Scalar) and entry.value.value is None
    if is_nothing and entry.comment and (entry.key or of) in PROSE:
        return Entry(entry.key, entry.value, [*entry.before, entry.comment])
    return entry


def _with_comments_before_dash(entry: Entry, collection: Collection) -> tuple[Entry, Collection]:
    """Return a mapping in a list with the comments before its first key moved before the dash."""
    first = _with_comment_before_nothing(collection.entries[0], None)
    opened = Entry(first.key, first.value, [], first.comment)
    collection = Collection(
        keyed=True, entries=[opened, *collection.entries[1:]], flow=collection.flow, after=collection.after
    )
    return Entry(None, collection, [*entry.before, *first.before], entry.comment), collection


def _item(entry: Entry, mapping: Collection, column: int) -> Iterator[str]:
    """Yield a mapping in a list: its first key stands behind the dash."""
    if entry.comment:
        yield _indented(entry.comment, column)
    lines = list(_inside(mapping, column + 2))
    yield f"{' ' * column}- {lines[0][column + 2 :]}"
    yield from lines[1:]


def _one_line(entry: Entry, room: int, *, record: bool, of: str | None) -> str | None:
    """Return the value of an entry as it stands on one line, or None where it takes several."""
    value = entry.value
    if isinstance(value, Scalar):
        if value.value is None:
            return "null"
        text = _scalar(value.value, _kind_of(entry, of), commented=bool(entry.comment))
        short = len(text) <= room and "\n" not in value.value
        return text if short or not _long(value.value, room)[1] else None
    if not value.entries:
        return None if value.after else "{}" if value.keyed else "[]"
    stacked = record or entry.key is not None  # an evidence, an item itself, is not
    if record and not value.flow:
        return None
    if not record and stacked and any(isinstance(one.value, Collection) for one in value.entries):
        return None
    flow = _flow(value, entry.key)
    return flow if flow is not None and len(flow) <= room else None


def _kind_of(entry: Entry, of: str | None) -> str | None:
    """Return the key that tells what a value is: that of its list or mapping `of`, where its own is anybody's."""
    return of if entry.key is None or of in NUMBERS else entry.key


def _flow(collection: Collection, key: str | None) -> str | None:
    """Return a collection on one line, or None where something in it cannot stand there."""
    parts: list[str] = []
    if collection.after:
        return None
    for entry in collection.entries:
        value = entry.value
        if entry.before or entry.comment or (isinstance(value, Scalar) and "\n" in (value.value or "")):
            return None
        text: str | None
        if isinstance(value, Collection):
            text = _flow(value, entry.key)
        else:
            text = "null" if value.value is None else _scalar(value.value, _kind_of(entry, key), flow=True)
        if text is None:
            return None
        parts.append(text if entry.key is None else f"{_key(entry.key)}: {text}")
    return f"{{{', '.join(parts)}}}" if collection.keyed else f"[{', '.join(parts)}]"


def _indented(line: str, column: int) -> str:
    return f"{' ' * column}{line}" if line else ""


def _behind(comment: str) -> str:
    return f"  {comment}" if comment else ""


def _single(lines: Iterable[str]) -> Iterator[str]:
    """Yield comment lines, of several empty ones in a row the first. It is not for texts, whose lines are their own."""
    last = None
    for line in lines:
        if line or last != "":
            yield line
        last = line


def _trimmed(lines: Iterable[str]) -> list[str]:
    """Return lines without the empty ones at their ends."""
    kept = list(lines)
    while kept and not kept[0]:
        del kept[0]
    while kept and not kept[-1]:
        del kept[-1]
    return kept


# -- scalars -------------------------------------------------------------------------------------------------

_ESCAPED: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
"""What stands in a file only as an escape: characters that break a line, are no text, or cannot be seen."""
_MUST: Final = re.compile(f'["\\\\]|{_ESCAPED.pattern}')
_SHORT: Final = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
_WORDS: Final = frozenset(
    {"y", "yes", "n", "no", "true", "false", "on", "off", "null", "~", "<<", "=", ".nan", ".inf", "-.inf", "+.inf"}
)
"""What other tools read as a truth, nothing, a number or an instruction, in whatever case."""
_TRUTHS: Final = frozenset({"true", "false"})
_NUMBER: Final = re.compile(
    r"[-+]?(0[xXob][0-9a-fA-F_]+|[0-9][0-9_,]*(:[0-5]?[0-9])+(\.[0-9_]*)?|(\.[0-9]|[0-9])[0-9_.]*([eE][-+]?[0-9]+)?)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"
)
"""What other tools read as a number or a date, YAML 1.1 and 1.2 together, and a little more."""


def _key(key: str | None) -> str:
    return _scalar(key or "", None, flow=True)


def _scalar(value: str, key: str | None, *, flow: bool = False, commented: bool = False) -> str:
    """Return a text on one line, in quotes where it needs them."""
    plain = (
        value == value.strip()
        and value != ""
        and not _ESCAPED.search(value)
        and value[0] not in _INDICATORS
        and not re.search(r":(\s|$)|\s#", value)
        and not (flow and re.search(r"[,\[\]{}?]|:$", value))
        and (value.lower() not in _WORDS or (key == "default" and value in _TRUTHS))
        and (key in PLAIN or not _NUMBER.fullmatch(value))
        and not (commented and key in PROSE)  # a comment there would cut the text short
    )
    if plain:
        return value
    if _ESCAPED.search(value):
        return f'"{re.sub(_MUST, _escape, value)}"'
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _escape(match: re.Match[str]) -> str:
    """Return a character as an escape in double quotes."""
    code = ord(match[0])
    if match[0] in _SHORT:
        return _SHORT[match[0]]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _long(value: str, room: int) -> tuple[str, list[str]]:
    """Return the indicator and the lines of a text that takes several lines; no lines where it has to take one."""
    body = value.removesuffix("\n")
    chomp = "-" if body == value else ""
    if not body or body != body.strip() or _ESCAPED.search(body.replace("\n", "")):
        return "", []
    if "\n" in body:
        return f"|{chomp}", body.split("\n")
    lines = _folded(body, room)
    return (f">{chomp}", lines) if re.search("[^ ] [^ ]", body) or not chomp else ("", [])


def _folded(body: str, room: int) -> list[str]:
    """Return a text in lines that the fold joins again: broken only at single spaces, as late as fits."""
    lines: list[str] = []
    for word in re.split(r"(?<! ) (?! )", body):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
