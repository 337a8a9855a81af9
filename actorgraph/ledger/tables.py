"""A model as the tables of a ledger: everything about it that a question may need, in a new database in memory."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from functools import partial
from itertools import islice, starmap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import ends_on, in_table, iso
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
from actorgraph.ledger.holdings import holdings, spoken
from actorgraph.ledger.inference import Reasoning, reasoned
from actorgraph.ledger.schema import INDEXES, SCHEMA
from actorgraph.ledger.sources import cited_source
from actorgraph.model.kinds import STATEMENTS
from actorgraph.model.model import Model
from actorgraph.model.records import File
from actorgraph.names import fold
from actorgraph.vocabulary import IN_A_SENTENCE, JOINTLY, RELATIONS, grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
    brief = {key: _in_brief(model.sources[key]) for key in filters.without if key in model.sources}
    without = dict(sorted({**left_out, **brief}.items()))
    model = filters.applied(model)
    connection = sqlite3.connect(":memory:", check_same_thread=False)  # `Ledger` has a lock
    connection.executescript(SCHEMA)
    fill = partial(_fill, connection)
    fill("meta", _meta(model, filters, without, infer=infer).items())
    for things in _things(model, full_path):
        fill("records" if things[0][0] in STATEMENTS else "things", things)
    fill("labels", _labels(model))
    fill("names", _names(model))
    stated = holdings(model)
    reasoning = reasoned(stated, model) if infer else Reasoning((), ())
    said_records = _said_records(model, stated)
    fill("holdings", lines(model, (*stated, *reasoning.inferred), said_records))
    fill("overruled", lines(model, reasoning.overruled, said_records))
    fill("ties", _ties(model))
    fill("events", _events(model))
    fill("joint", {statement: encode(actors) for statement, actors in model.joint.values()}.items())
    fill("descents", _descents(model))
    fill("event_links", _event_links(model))
    fill("sources", starmap(cited_source, model.sources.items()))
    fill("speakers", _speakers(stated))
    connection.executescript(INDEXES)
    connection.commit()
    return Sqlite(connection)


def _fill(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Write rows into a table: of each a value for every column that is not generated, in their order."""
    ((columns,),) = connection.execute("SELECT COUNT(*) FROM pragma_table_info(?)", (table,))
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)


def _meta(model: Model, filters: Filters, without: Mapping[str, str], *, infer: bool) -> dict[str, str]:
    """Return what a ledger says of itself, all as text; `without` are the sources that are left out."""
    return {
        "id": model.header.id,
        "title": model.header.title,
        "description": model.header.description or "",
        "known_by": str(filters.known_by),
        "min_grade": filters.min_grade or "",
        "without": encode_each([without])[0],
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


def _things(model: Model, full_path: Callable[[str], str]) -> Iterator[list[tuple[str, str, str, str, str]]]:
    """Yield (type, id, name, place, body as JSON) for everything that the model names and every record.

    Those of one list are of one type, or all of types that are no statements.
    """
    files = {label: full_path(label) for label in {span.file for span in model.places.values()}}
    named = _named(model)
    for bodies in _bodies(model):
        lines = []
        for (kind, key, name), body in zip(islice(named, len(bodies)), encode_each(bodies), strict=True):
            span = model.places[f"{kind}s", key]
            lines.append((kind, key, name, f"{files[span.file]}:{span.line}", body))
        if lines:
            yield lines


def _named(model: Model) -> Iterator[tuple[str, str, str]]:
    """Yield (type, id, name) for everything in a model, section by section as a file has them."""
    actors = {key: actor.name for key, actor in model.actors.items()}
    yield from (("actor", key, name) for key, name in actors.items())
    for kind, section in _titled(model):
        yield from ((kind, key, thing.title) for key, thing in section.items())
    for tie in model.relations:
        yield "relation", tie.id, f"{actors[tie.actor]} {RELATIONS[tie.relation][0]} {actors[tie.to]}"
    for kind, records in spoken(model):
        for record in records:
            word = IN_A_SENTENCE.get(record.word, record.word)
            yield kind, record.id, f"{actors[record.actor]} {word} {model.proposals[record.proposal].title}"
    yield from (("event", event.id, event.title) for event in model.events)


def _bodies(model: Model) -> Iterator[list[dict[str, Any]]]:
    """Yield everything in a model as curated, in the order of `_named`: keys that hold a default are left out.

    Thousands are dumped in one call: one call each would take twice as long (measured at 5,000 records), and one for
    all of 200,000 a quarter of a gigabyte.
    """
    named = ("actors", *(f"{kind}s" for kind, _ in _titled(model)))
    for section in named:
        things = list(getattr(model, section).items())
        for at in range(0, len(things), _AT_ONCE):
            yield list(_dumped(section, dict(things[at : at + _AT_ONCE])).values())
    listed = ("relations", *(f"{kind}s" for kind, _ in spoken(model)), "events")
    for section in listed:
        records = getattr(model, section)
        for at in range(0, len(records), _AT_ONCE):
            bodies = list(_dumped(section, records[at : at + _AT_ONCE]))
            for body in bodies:
                key = body.pop("id")
                if key in model.joint:
                    body[JOINTLY] = model.joint[key].first  # 170 states declare it: no list of 170 in each
            yield bodies


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
