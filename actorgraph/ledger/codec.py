"""The JSON that the ledger keeps in columns, written and read here alone, by field name.

A record that holdings rest on, an evidence, a ground and a step are kept as lists of their fields, in the order in
which the classes here have them: a model of 10,000 records keeps each many times over. What an evidence says of its
source is not kept with it, but once, in the table `sources`.
"""

import json
import re
from collections.abc import Callable, Container, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, NoReturn

from actorgraph.dates import OPEN, iso
from actorgraph.vocabulary import JOINTLY, Step


class CitedSource(NamedTuple):
    """A source as answers cite it: its id, and its publisher, addresses and dates as curated."""

    source: str
    publisher: str
    published: str
    url: str | None
    archived: str | None
    accessed: str | None


class Cited(NamedTuple):
    """An evidence as an answer cites it: its source, where in it, and its grade, such as D3.

    `published` and `accessed` are dates as the source bears them, `archived` is the address of a kept copy. None stands
    for what is not on record.
    """

    source: str
    publisher: str
    published: str
    url: str | None
    archived: str | None
    accessed: str | None
    lines: str | None
    page: str | None
    via: str | None
    grade: str | None


class SaidRecord(NamedTuple):
    """A record that a holding rests on: the day from which it counts, its date as curated, who spoke, its evidence."""

    record: str
    day: int
    date: str | None
    speaker: str | None
    evidence: tuple[Cited, ...]


class Pointer(NamedTuple):
    """An evidence as it is kept: where in a source it stands, and its grade; the source itself is kept but once."""

    source: str
    lines: str | None
    page: str | None
    via: str | None
    grade: str | None


class KeptRecord(NamedTuple):
    """A record that a holding rests on as it is kept: `date` is None where it is the day from which it counts."""

    record: str
    day: int
    date: str | None
    speaker: str | None
    evidence: list[Pointer]


class Total(NamedTuple):
    """The amount that a holding stands at over [since, until): decimals as texts, None where an end is open."""

    since: int
    until: int
    at_least: str | None
    at_most: str | None
    unit: str


class Ground(NamedTuple):
    """What an inferred holding rests on over [since, until): the chain, and the ids of the records at its start."""

    since: int
    until: int
    steps: tuple[Step, ...]
    records: tuple[str, ...]


class Sources(dict[str, CitedSource]):
    """The sources of a ledger by id: what turns kept evidence into what an answer cites."""

    def fetch(self, ids: Iterable[str]) -> None:
        """Have some at hand that will be looked up, where they are read only when they are needed."""


Parsed = list[Any]
"""The JSON of the records or the grounds of one holding, parsed: `said_in`, `grounds_in` and `ground_on` read it."""

new: Final = tuple.__new__
"""Makes a named tuple of its fields in a third of the time that its own constructor takes (measured): an answer of
50,000 rows makes 200,000 of them."""

_BETWEEN: Final[dict[str, list[str]]] = {"\x01": []}
"""What stands between two values that are written in one call. No text can look like its JSON, since the quotes in it
would be escaped, and no key of a model is a control character."""

# -- writing -----------------------------------------------------------------------------------------------


def encode(values: Sequence[object]) -> str:
    """Return a list of texts, of evidence or of grounds as JSON.

    >>> encode(["ceasefire", "not:us-backstop"])
    '["ceasefire","not:us-backstop"]'
    """
    from pydantic_core import to_json

    return to_json(values).decode()


def encode_if_any(values: Sequence[object]) -> str | None:
    """Return a list as JSON, None where it is empty: most holdings have no addressees, no conditions and no amounts.

    >>> encode_if_any(["ceasefire"]), encode_if_any([])
    ('["ceasefire"]', None)
    """
    return encode(values) if values else None


def encode_each(values: Sequence[object]) -> list[str]:
    """Return the JSON of each value. All are written in one call: one each takes three times as long (measured).

    >>> record = KeptRecord("r", 20260106, None, None, [Pointer("rt", "4-6", None, None, "D3")])
    >>> encode_each([{"kind": "state"}, record])
    ['{"kind":"state"}', '["r",20260106,null,null,[["rt","4-6",null,null,"D3"]]]']
    """
    from pydantic_core import to_json

    if not values:
        return []
    parts = to_json([part for value in values for part in (value, _BETWEEN)]).decode()
    mark = to_json(_BETWEEN).decode()
    return parts.removeprefix("[").removesuffix("]").removesuffix(f",{mark}").split(f",{mark},")


def joined(texts: Iterable[str]) -> str:
    """Return the JSON of a list, given that of its items.

    >>> joined(['"a"', '"b"'])
    '["a","b"]'
    """
    return f"[{','.join(texts)}]"


# -- reading -----------------------------------------------------------------------------------------------


def decode_each(texts: Iterable[str]) -> list[Any]:
    """Return what each text holds. All are read in one call: one each takes three times as long (measured)."""
    values: list[Any] = json.loads(joined(texts))
    return values


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("what a model says cannot be changed here; edit its files")


class ReadOnlyDict(dict[str, Any]):
    """Keys as curated, that nobody can change: everything in an answer is like that."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type["ReadOnlyDict"], tuple[dict[str, Any]]]:
        return ReadOnlyDict, (dict(self),)


class ReadOnlyList(list[Any]):
    """A list as curated, that nobody can change."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[type["ReadOnlyList"], tuple[list[Any]]]:
        return ReadOnlyList, (list(self),)


Makers = str | list[str]
"""What a record tells of who made its statement together: the id of the first record, or the ids of the actors."""


def decode_bodies(
    texts: Iterable[str],
    jointly: Callable[["Makers"], "ReadOnlyList"] = lambda makers: ReadOnlyList(
        [makers] if isinstance(makers, str) else makers
    ),
) -> list[ReadOnlyDict]:
    """Return the keys of things as curated; `jointly` gives the actors of a joint statement by what a record tells.

    >>> decode_bodies(['{"aliases":["Rome"]}'])
    [{'aliases': ['Rome']}]
    """

    def read_only(keys: dict[str, Any]) -> ReadOnlyDict:
        lists = {key: ReadOnlyList(value) if type(value) is list else value for key, value in keys.items()}
        return ReadOnlyDict(lists | {JOINTLY: jointly(keys[JOINTLY])} if JOINTLY in keys else lists)

    bodies: list[ReadOnlyDict] = json.loads(joined(texts), object_hook=read_only)
    return bodies


def decode_if_any(text: str | None) -> Parsed:
    """Return a list that `encode_if_any` wrote.

    >>> decode_if_any('["ceasefire"]'), decode_if_any(None)
    (['ceasefire'], [])
    """
    return [] if text is None else json.loads(text)


def decode_texts(text: str) -> tuple[str, ...]:
    """Return a list of texts, such as the actors of an event."""
    return tuple(json.loads(text))


@lru_cache(maxsize=32768)
def decode_few(text: str | None) -> tuple[str, ...]:
    """Return a list of few texts, such as the conditions of a holding or its addressees, that many lines share."""
    return tuple(decode_if_any(text))


def decode_evidence(text: str, sources: Sources) -> tuple[Cited, ...]:
    """Return the evidence of an event."""
    return _cited(json.loads(text), sources)


def decode_said(texts: Iterable[str], sources: Sources) -> list[tuple[SaidRecord, ...]]:
    """Return the records that each of several holdings rests on, oldest first.

    >>> decode_said(['[["r",20260131,"2026-01",null,[]]]'], Sources())
    [(SaidRecord(record='r', day=20260131, date='2026-01', speaker=None, evidence=()),)]
    """
    said = decode_each(texts)
    sources.fetch(cited_in(said))
    return [tuple(said_in(parsed, sources)) for parsed in said]


def cited_in(said: Iterable[Parsed]) -> set[str]:
    """Return the ids of the sources that the records of several holdings cite.

    >>> sorted(cited_in(decode_each(['[["a",20250101,null,null,[["s",null,null,null,"B2"]]]]'])))
    ['s']
    """
    return {cited[0] for parsed in said for record in parsed for cited in record[4]}


def decode_grounds(texts: Iterable[str | None]) -> list[tuple[Ground, ...]]:
    """Return the grounds of each of several holdings, none of what is stated."""
    return [tuple(grounds_in(decode_if_any(text))) for text in texts]


def said_in(parsed: Parsed, sources: Sources, day: int = OPEN, among: Container[str] | None = None) -> list[SaidRecord]:
    """Return the records that a holding rests on, oldest first: of several those that count by a day, among some ids.

    An answer of 50,000 rows that made named tuples of all records, before it left out most, took 60 percent longer.

    >>> (parsed,) = decode_each(['[["a",20250101,null,null,[]],["b",20250102,null,"c",[]]]'])
    >>> said_in(parsed, Sources(), 20251231, among={"b", "d"})
    [SaidRecord(record='b', day=20250102, date='2025-01-02', speaker='c', evidence=())]
    """
    if len(parsed) == 1:  # as of most holdings
        ((record, since, date, speaker, evidence),) = parsed
        return [new(SaidRecord, (record, since, date or iso(since), speaker, _cited(evidence, sources)))]
    return [
        new(SaidRecord, (record, since, date or iso(since), speaker, _cited(evidence, sources)))
        for record, since, date, speaker, evidence in parsed
        if since <= day and (among is None or record in among)
    ]


def graded_in(parsed: Parsed, day: int) -> tuple[list[str], list[str | None]]:
    """Return the ids of the records that `said_in` has by a day, and the grades of their evidence; no more is read.

    >>> (parsed,) = decode_each(['[["a",20250101,null,null,[["s",null,null,null,"B2"]]],["b",20250102,null,"c",[]]]'])
    >>> graded_in(parsed, 20250101)
    (['a'], ['B2'])
    """
    counted = [(record, evidence) for record, since, _, _, evidence in parsed if since <= day or len(parsed) == 1]
    return [record for record, _ in counted], [grade for _, evidence in counted for _, _, _, _, grade in evidence]


def may_name_speakers(text: str) -> bool:
    """Whether any record that a holding rests on may name a speaker: a glance at the text, which is not parsed.

    In front of a record's evidence, a list of lists, a text in quotes stands only where that is its speaker.

    >>> may_name_speakers('[["a",20250101,null,null,[["s",null,null,null,"B2"]]]]')
    False
    >>> may_name_speakers('[["a",20250101,null,"b",[["s",null,null,null,"B2"]]]]')
    True
    """
    return '",[' in text


_TEXT: Final = r'"((?:[^"\\]|\\.)*)"'
_HEAD: Final = re.compile(rf"\[{_TEXT},(\d+),(?:null|{_TEXT}),(?:null|{_TEXT}),\[")
"""A record up to its evidence, of which no item has a number in it."""


def speakers_in(text: str) -> list[tuple[int, str | None]]:
    """Return the day and the speaker of each record that a holding rests on; the evidence, most of it, is skipped.

    >>> speakers_in('[["a",20250101,null,null,[["s","4",null,null,"B2"]]],["b",20250102,"2025-01","c",[]]]')
    [(20250101, None), (20250102, 'c')]
    """
    return [(int(head[2]), head[4] and _unescaped(head[4])) for head in _HEAD.finditer(text)]


def _unescaped(text: str) -> str:
    """Return what stands between two quotes in JSON."""
    return str(json.loads(f'"{text}"')) if "\\" in text else text


def total_on(text: str, day: int) -> Total | None:
    """Return the amount that a holding stands at on a day, None where none is on record.

    >>> total_on('[[20250101,20250301,"1000",null,"soldiers"],[20250301,99991231,"2000","2000","soldiers"]]', 20250201)
    Total(since=20250101, until=20250301, at_least='1000', at_most=None, unit='soldiers')
    """
    return next((Total(*total) for total in json.loads(text) if total[0] <= day < total[1]), None)


def turns_of_totals(text: str | None) -> set[int]:
    """Return the days on which the amount that a holding stands at begins or ends to be that.

    >>> sorted(turns_of_totals('[[20250101,20250301,"1000",null,"soldiers"]]')), turns_of_totals(None)
    ([20250101, 20250301], set())
    """
    return {day for since, until, *_ in decode_if_any(text) for day in (since, until)}


def grounds_in(parsed: Parsed) -> list[Ground]:
    """Return the grounds of a holding, oldest first; what is stated has none."""
    return [_ground(*fields) for fields in parsed]


def ground_on(parsed: Parsed, day: int) -> Ground:
    """Return the ground of an inferred holding on a day on which it is in force."""
    for since, until, steps, records in parsed:
        if since <= day < until:
            return _ground(since, until, steps, records)
    raise AssertionError("an inferred holding has grounds on all its days")


def _ground(since: int, until: int, steps: list[Any], records: list[str]) -> Ground:
    return new(Ground, (since, until, tuple([new(Step, step) for step in steps]), tuple(records)))


def _cited(evidence: list[Any], sources: Sources) -> tuple[Cited, ...]:
    return tuple([new(Cited, (*sources[source], *where)) for source, *where in evidence])
