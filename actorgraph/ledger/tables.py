"""A model as the tables of a ledger: everything about it that a question may need, in a new database in memory."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import starmap
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import ends_on, in_table, iso
from actorgraph.errors import printable
from actorgraph.ledger.codec import (
    KeptRecord,
    Pointer,
    encode,
    encode_each,
    encode_if_any,
    joined,
    new,
)
from actorgraph.ledger.engine import Sqlite
from actorgraph.ledger.filters import ALL
from actorgraph.ledger.holdings import holdings
from actorgraph.ledger.inference import Reasoning, reasoned
from actorgraph.ledger.schema import HOLDING, INDEXES, INDEXES_BY_STATEMENTS, SCHEMA
from actorgraph.ledger.sources import cited_source
from actorgraph.model.kinds import KIND, STATEMENTS, TYPES
from actorgraph.model.model import Model
from actorgraph.model.records import File
from actorgraph.names import fold
from actorgraph.vocabulary import IN_A_SENTENCE, JOINTLY, RELATIONS, grade

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.filters import Filters
    from actorgraph.ledger.holdings import Holding, Said
    from actorgraph.model.records import Condition, Evidence, Proposal, Source

_AT_ONCE: Final = 10_000
"""How many records are written as JSON in one call."""


def build(
    model: Model,
    filters: Filters = ALL,
    *,
    left_out: Mapping[str, str] = MappingProxyType({}),
    infer: bool = True,
    full_path: Callable[[str], str] = os.path.abspath,
) -> Sqlite:
    """Return the tables of a new ledger of a model, in memory, of the evidence that counts.

    `left_out` are the sources, as `Ledger.without` tells them, that a model had lost before, of those that the filters
    leave out. Unless `infer`, it has what is stated alone. `full_path` makes of a file's name in the model's places one
    that can be found from any folder.
    """
    begun = begin(model, filters, left_out=left_out, infer=infer, full_path=full_path)
    begun.finish()
    return Sqlite(begun.connection)


def begin(
    model: Model,
    filters: Filters = ALL,
    *,
    left_out: Mapping[str, str] = MappingProxyType({}),
    infer: bool = True,
    full_path: Callable[[str], str] = os.path.abspath,
) -> Begun:
    """Return what `build` does with the tables that statements fill still empty."""
    brief = {key: _in_brief(model.sources[key]) for key in filters.without if key in model.sources}
    without = dict(sorted({**left_out, **brief}.items()))
    ends = filters.ends_not_counted(model)
    model = filters.applied(model)
    connection = sqlite3.connect(":memory:", check_same_thread=False)  # `Ledger` has a lock
    connection.executescript(SCHEMA)
    fill = partial(_fill, connection)
    fill("meta", _meta(model, filters, without, ends, infer=infer).items())
    for kind in TYPES:
        if kind not in STATEMENTS:
            fill("things", _things(model, kind, full_path))
    fill("labels", _labels(model))
    fill("names", _names(model))
    fill("ties", _ties(model))
    fill("events", _events(model))
    fill("joint", {statement: encode(actors) for statement, actors in model.joint.values()}.items())
    fill("descents", _descents(model))
    fill("event_links", _event_links(model))
    fill("sources", starmap(cited_source, model.sources.items()))
    connection.executescript(INDEXES)
    connection.commit()
    return Begun(connection, model, infer, full_path)


class Begun(NamedTuple):
    """The tables of a new ledger, of which those that statements fill are still empty: `BY_STATEMENTS`."""

    connection: sqlite3.Connection
    model: Model
    infers: bool
    full_path: Callable[[str], str]

    def finish(self) -> None:
        """Fill those, too."""
        model, connection = self.model, self.connection
        fill = partial(_fill, connection)
        for kind in STATEMENTS:
            fill("records", _things(model, kind, self.full_path))
        stated = holdings(model)
        reasoning = reasoned(stated, model) if self.infers else Reasoning((), ())
        said_records = _said_records(model, stated)
        fill("holdings", lines(model, (*stated, *reasoning.inferred), said_records))
        fill("overruled", lines(model, reasoning.overruled, said_records))
        fill("speakers", _speakers(stated))
        connection.executescript(INDEXES_BY_STATEMENTS)
        connection.commit()

    def add(self, table: str, proposals: Collection[str]) -> None:
        """Add a table of the lines that `holdings` will have on some proposals.

        These are all that are linked to any of them: see `inference.linked_to`.
        """
        some = replace(
            self.model,
            stances=tuple([stance for stance in self.model.stances if stance.proposal in proposals]),
            commitments=tuple([said for said in self.model.commitments if said.proposal in proposals]),
        )
        self.connection.execute(f"CREATE TEMPORARY TABLE {table} ({HOLDING})")
        _fill(self.connection, table, all_lines(some) if self.infers else stated_lines(some))


def _fill(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Write rows into a table: of each a value for every column that is not generated, in their order."""
    ((columns,),) = connection.execute("SELECT COUNT(*) FROM pragma_table_info(?)", (table,))
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)


def _meta(
    model: Model, filters: Filters, without: Mapping[str, str], ends: Mapping[str, tuple[str, str]], *, infer: bool
) -> dict[str, str]:
    """Return what a ledger says of itself, all as text.

    `without` are the sources that are left out, `ends` what `Filters.ends_not_counted` tells of proposals.
    """
    return {
        "id": model.header.id,
        "title": model.header.title,
        "description": model.header.description or "",
        "known_by": str(filters.known_by),
        "min_grade": filters.min_grade or "",
        "without": encode_each([without])[0],
        "ends": encode_each([ends])[0],
        "latest_source": model.latest_source or "",
        "infers": "yes" if infer else "",
    }


def sources_alone(model: Model) -> Model:
    """Return a model of the sources of another and of nothing else: it takes little time to build."""
    return Model(model.header, sources=model.sources, places=model.places)


def _in_brief(source: Source) -> str:
    """Return what tells a source from most others in a line: who published it, and when."""
    return f"{source.publisher} {in_table(source.published)}"


def stated_lines(model: Model) -> list[tuple[object, ...]]:
    """Return the lines of the holdings table that a model's statements make, without what is inferred from them."""
    stated = holdings(model)
    return list(lines(model, stated, _said_records(model, stated)))


def all_lines(model: Model) -> list[tuple[object, ...]]:
    """Return the lines of the holdings table that a model makes, with what is inferred, as `build` writes them."""
    stated = holdings(model)
    everything = (*stated, *reasoned(stated, model).inferred)
    return list(lines(model, everything, _said_records(model, stated)))


def lines(model: Model, holdings: Iterable[Holding], said_records: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the holdings table, or of the overruled: what would be inferred but for something stated.

    Records, grounds and conditions are JSON (see `ledger.codec`); what there is none of, is NULL.
    """
    actors = {key: actor.name for key, actor in model.actors.items()}
    proposals = {key: proposal.title for key, proposal in model.proposals.items()}
    for holding in holdings:
        yield (
            holding.kind,
            holding.actor,
            actors[holding.actor],
            holding.proposal,
            proposals[holding.proposal],
            encode_if_any(holding.toward),
            holding.position,
            holding.earliest,
            holding.since,
            holding.until,
            *holding.run,
            encode_if_any(holding.conditions),
            "inferred" if holding.grounds else "stated",
            encode_if_any(holding.grounds),
            holding.contest,
            joined([said_records[said.id] for said in holding.said]),
            encode_if_any(holding.totals),
        )


def _said_records(model: Model, stated: tuple[Holding, ...]) -> dict[str, str]:
    """Return each record that makes holdings, as JSON by its id."""
    said = {record.id: record for holding in stated for record in holding.said}
    keys = list(said)
    written: dict[str, str] = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        written |= zip(some, encode_each([_kept(said[key], model) for key in some]), strict=True)
    return written


def _kept(said: Said, model: Model) -> KeptRecord:
    """Return what holdings keep of a record."""
    record, day = said.record, said.day
    date = None if record.date == iso(day) else record.date
    return new(KeptRecord, (said.id, day, date, record.speaker, _pointers(record.evidence, model)))


def _pointers(evidence: Iterable[Evidence], model: Model) -> list[Pointer]:
    """Return what is kept of evidence."""
    sources = model.sources
    return [
        new(
            Pointer,
            (
                *(cited.source, cited.lines, cited.page, cited.via),
                grade(sources[cited.source].reliability, cited.credibility),
            ),
        )
        for cited in evidence
    ]


def _things(model: Model, kind: str, full_path: Callable[[str], str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (type, id, name, place, body as JSON) for everything of a type in a model.

    Thousands are written in one call: one call each would take twice as long (measured at 5,000 records), and one for
    all of 200,000 a quarter of a gigabyte.
    """
    section = KIND[kind].section
    held = getattr(model, section)
    things = list(held.items()) if KIND[kind].keyed else [(record.id, record) for record in held]
    name = _naming(model, kind)
    files = {label: printable(full_path(label)) for label in {model.places[section, key].file for key, _ in things}}
    for at in range(0, len(things), _AT_ONCE):
        some = things[at : at + _AT_ONCE]
        for (key, thing), body in zip(some, encode_each(_bodies(model, kind, some)), strict=True):
            span = model.places[section, key]
            yield kind, key, name(thing), f"{files[span.file]}:{span.line}", body


def _naming(model: Model, kind: str) -> Callable[[Any], str]:
    """Return what names the things of a type: by their name or title, or by what they say of whom."""
    actors, proposals = model.actors, model.proposals
    if kind == "relation":
        return lambda tie: f"{actors[tie.actor].name} {RELATIONS[tie.relation][0]} {actors[tie.to].name}"
    if kind in STATEMENTS:
        return lambda record: (
            f"{actors[record.actor].name} {IN_A_SENTENCE.get(record.word, record.word)} "
            f"{proposals[record.proposal].title}"
        )
    return attrgetter("name" if kind == "actor" else "title")


def _bodies(model: Model, kind: str, things: Sequence[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return things of a type, by id, as curated: keys that hold a default are left out."""
    section = KIND[kind].section
    if KIND[kind].keyed:
        return list(_dumped(section, dict(things)).values())
    bodies: list[dict[str, Any]] = list(_dumped(section, tuple([thing for _, thing in things])))
    for body in bodies:
        key = body.pop("id")
        if key in model.joint:
            body[JOINTLY] = model.joint[key].first  # 170 states declare it: no list of 170 in each
    return bodies


def _dumped(section: str, held: object) -> Any:
    """Return what a section holds as curated."""
    whole = File.model_construct(**{section: held})  # type: ignore[arg-type]
    return whole.model_dump(mode="json", by_alias=True, exclude_defaults=True)[section]


def _titled(model: Model) -> tuple[tuple[str, Mapping[str, Proposal | Condition | Source]], ...]:
    return ("proposal", model.proposals), ("condition", model.conditions), ("source", model.sources)


def _labels(model: Model) -> Iterator[tuple[object, ...]]:
    """Yield what answers call each actor and proposal, and whether another of its type bears that name in any case."""
    actors = {key: (actor.name, None) for key, actor in model.actors.items()}
    proposals = {key: (proposal.title, proposal.short) for key, proposal in model.proposals.items()}
    for kind, labels in (("actor", actors), ("proposal", proposals)):
        count = Counter(name.casefold() for name, _ in labels.values())
        yield from ((kind, key, *label, int(count[label[0].casefold()] > 1)) for key, label in labels.items())


def _names(model: Model) -> Iterator[tuple[str, str, str, str]]:
    """Yield (folded name, type, id, spelling) for every name that somebody would type, each spelling once.

    A source answers to its link, too, as it stands: it is no name, whose words one would type in another way.
    """
    for kind, key, *spellings in _spellings(model):
        for spelling in dict.fromkeys((key, *spellings)):
            yield fold(spelling), kind, key, spelling
    yield from ((source.url, "source", key, source.url) for key, source in model.sources.items() if source.url)


def _spellings(model: Model) -> Iterator[tuple[str, ...]]:
    """Yield (type, id, and its name or title and aliases) for everything that has an id and is asked for by name."""
    yield from (("actor", key, actor.name, *actor.aliases) for key, actor in model.actors.items())
    for kind, section in _titled(model):
        yield from ((kind, key, *getattr(thing, "names", (thing.title,))) for key, thing in section.items())
    yield from (("event", event.id, event.title) for event in model.events)
    yield from (("relation", tie.id) for tie in model.relations)


def _ties(model: Model) -> Iterator[tuple[object, ...]]:
    for tie in model.relations:
        yield tie.id, tie.actor, tie.relation, tie.to, tie.role, tie.first, ends_on(tie.until)


def _events(model: Model) -> Iterator[tuple[object, ...]]:
    """Yield the lines of events, which count from the day from which a record of their date would."""
    for event in model.events:
        evidence = encode(_pointers(event.evidence, model))
        yield event.id, event.title, event.date, model.in_force_from(event), encode(event.actors), evidence


def _descents(model: Model) -> Iterator[tuple[str, str]]:
    """Yield (successor, proposal) for every proposal that carries on another."""
    for key, proposal in model.proposals.items():
        yield from ((key, other) for other in proposal.succeeds)


def _event_links(model: Model) -> Iterator[tuple[str, str, str]]:
    """Yield (type, id, event) for every actor that an event names and every source that reports it."""
    for event in model.events:
        yield from (("actor", actor, event.id) for actor in event.actors)
        yield from (("source", source, event.id) for source in dict.fromkeys(cited.source for cited in event.evidence))


def _speakers(stated: Iterable[Holding]) -> Iterable[tuple[object, ...]]:
    """Return (speaker, actor, proposal, record, day from which it counts) for whatever somebody said for another.

    A record on which several holdings rest is there once.
    """
    return dict.fromkeys(
        (speaker, holding.actor, holding.proposal, said.id, said.day)
        for holding in stated
        for said in holding.said
        if (speaker := said.record.speaker) not in (None, holding.actor)
    )
