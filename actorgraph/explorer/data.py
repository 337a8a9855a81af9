"""The data of the page: all that it knows, as plain values that become JSON.

It is the ledger, not an answer: every line of the holdings table, of every day and of every edition, so that the page
can move through time by the interval predicate alone. Python decides; the page's JavaScript filters and draws.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from actorgraph.dates import OPEN, day_of, ends_on, first_day, in_force_from, iso, last_day
from actorgraph.explorer.words import page_words
from actorgraph.ledger.codec import decode_grounds, decode_said
from actorgraph.model.kinds import STATEMENTS
from actorgraph.model.links import is_link
from actorgraph.names import WHOLE, fold
from actorgraph.questions.rows import lines
from actorgraph.questions.sql import EVER_IN_FORCE, EVER_POSSIBLE, TIES_EVER
from actorgraph.render.phrases import what_counts
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import JOINTLY, grade

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.codec import Ground
    from actorgraph.ledger.store import Ledger, Thing
    from actorgraph.questions.documents import Documents
    from actorgraph.questions.rows import Line

    _Item = TypeVar("_Item", bound=Hashable)

_LARGE: Final = 1_000_000
"""From how many characters on the data stand compressed in the page; smaller data can be read in the file."""


# -- keys ------------------------------------------------------------------------------------------------------


def actor_key(actor: str) -> str:
    """Return an actor's key on the page.

    The prefix keeps actors apart from proposals, and both from the names that every JavaScript object has: an actor's
    id may well be `constructor`.
    """
    return f"actor/{actor}"


def proposal_key(proposal: str) -> str:
    """Return a proposal's key on the page."""
    return f"proposal/{proposal}"


_STRUCTURE: Final = {
    "part-of": proposal_key,
    "entails": proposal_key,
    "excludes": proposal_key,
    "succeeds": proposal_key,
    "by": actor_key,
}
"""What a proposal names, and how the page names that."""


def id_of(key: str) -> str:
    """Return the id of an actor or a proposal by its key on the page.

    >>> id_of(actor_key("uk"))
    'uk'
    """
    return key.partition("/")[2]


def shown_names(things: Iterable[Thing]) -> dict[str, str]:
    """Return how actors, or proposals, are named on the page, by id.

    Where several bear one name (in whatever case), the id stands beside it; a name that is written from right to left
    is isolated from what stands around it.
    """
    things = tuple(things)
    count = Counter(thing.name.casefold() for thing in things)
    return {
        thing.id: isolated(thing.name) + (f" ({thing.id})" if count[thing.name.casefold()] > 1 else "")
        for thing in things
    }


# -- encoding --------------------------------------------------------------------------------------------------


def packed(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return items of the same keys as a table: keys once, then the values of each.

    >>> packed([{"id": "uk", "kind": "state"}, {"id": "eu", "kind": "organisation"}])
    {'columns': ['id', 'kind'], 'rows': [['uk', 'state'], ['eu', 'organisation']]}
    """
    items = list(items)
    columns = list(items[0]) if items else []
    return {"columns": columns, "rows": [[item[column] for column in columns] for item in items]}


def unpacked(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a packed table.

    >>> unpacked({"columns": ["id", "kind"], "rows": [["uk", "state"]]})
    [{'id': 'uk', 'kind': 'state'}]
    """
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def as_json(data: Mapping[str, Any]) -> str:
    r"""Return data as JSON that may stand inside a `script` element: no `<`, `>` or `&` is left in it.

    Large data are compressed: base64 of gzip, which cannot be mistaken for a JSON object.

    >>> print(as_json({"name": "</script><!--"}))
    {"name":"\u003c/script\u003e\u003c!--"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if len(text) > _LARGE:
        return base64.b64encode(gzip.compress(text.encode(), compresslevel=6, mtime=0)).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


# -- editions --------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """Over which days of recorded time something was known: `since` is inside, `until` is outside."""

    since: int
    until: int


def over_editions(
    editions: Sequence[Ledger], read: Callable[[Ledger], Iterable[_Item]]
) -> Iterator[tuple[_Item, Known]]:
    """Yield what is read from editions, oldest first, each item with the days of recorded time on which it was known.

    An edition begins with the latest of its sources and ends where the next begins; the last has no end. What its
    `known_by` adds to that is only the promise that nothing more came out. So `since <= K < until` finds what one
    could have known by any day K from the first edition's on, if there is an edition for every day of publication;
    and for K after them all, all that is known. A single edition is all that anybody knows, on any day.
    """
    begins = list(map(_published, editions)) if len(editions) > 1 else [0]
    ends = [*begins[1:], OPEN]
    known: dict[_Item, list[Known]] = defaultdict(list)
    for ledger, begin, end in zip(editions, begins, ends, strict=True):
        for item in read(ledger):
            stretches = known[item]
            if stretches and stretches[-1].until == begin:
                stretches[-1] = Known(stretches[-1].since, end)
            else:
                stretches.append(Known(begin, end))
    for item, stretches in known.items():
        yield from ((item, stretch) for stretch in stretches)


def _published(ledger: Ledger) -> int:
    """Return the day on which the latest of a ledger's sources was published, 0 where it has none."""
    return 0 if ledger.latest_source is None else day_of(ledger.latest_source)


def holdings(editions: Sequence[Ledger], *, stated: bool = False) -> list[dict[str, Any]]:
    """Return every line of the holdings table that is in force on some day, of every edition, as the page has it.

    An edition is the ledger as of what was known by a day; they come oldest first. A line bears `known`: over which
    days of recorded time it was in the table. `since` and `until` are the days over which its contest is the same, and
    `run_since` and `run_until` those of its run; `since_date` and `until_date` are the dates as curated, empty where
    they are the days of the run. `said` is [record, day from which it counts] of each record, oldest first; `grounds`
    are those of what is inferred, `amounts` [since, until, at least, at most, unit] (see `ledger.codec`).
    """
    return [{key: line[key] for key in line if key != "earliest"} for line in _lines(editions, EVER_IN_FORCE, stated)]


def possible_holdings(editions: Sequence[Ledger]) -> list[dict[str, Any]]:
    """Return the lines that are only possible, as `holdings` does the others.

    They are so on the days with `earliest <= day < since`.
    """
    return _lines(editions, EVER_POSSIBLE, stated=True)


def _lines(editions: Sequence[Ledger], where: str, stated: bool) -> list[dict[str, Any]]:  # noqa: FBT001
    def read(ledger: Ledger) -> Iterator[tuple[Line, tuple[tuple[str, int], ...], tuple[Ground, ...]]]:
        rows = lines(ledger, where, stated=stated)
        said = decode_said((row.said for row in rows), ledger.sources)
        grounds = decode_grounds(row.because for row in rows)
        for row, records, chains in zip(rows, said, grounds, strict=True):
            yield row._replace(said="", because=""), tuple((record.record, record.day) for record in records), chains

    known_lines = [
        {
            "from": actor_key(line.actor),
            "to": proposal_key(line.proposal),
            "kind": line.kind,
            "position": line.position,
            "toward": json.loads(line.toward),
            "earliest": line.earliest,
            "since": line.since,
            "until": line.until,
            "run_since": line.run_since,
            "run_until": line.run_until,
            "since_date": None if line.since_date == iso(line.run_since) else line.since_date,
            "until_date": None if line.until_date == iso(line.run_until) else line.until_date,
            "conditions": list(line.depends_on),
            "contest": line.contest,
            "amounts": json.loads(line.amounts),
            "said": [list(record) for record in said],
            "grounds": grounds,
            "known": known,
        }
        for (line, said, grounds), known in over_editions(editions, read)
    ]
    known_lines.sort(
        key=lambda line: (line["from"], line["to"], line["kind"] != "stance", line["since"], line["position"])
    )
    return known_lines


def _ties(editions: Sequence[Ledger]) -> Iterator[dict[str, Any]]:
    dates = {relation.id: relation.body["since"] for ledger in editions for relation in ledger.things("relation")}

    def read(ledger: Ledger) -> Iterable[tuple[Any, ...]]:
        return ledger.rows(TIES_EVER)

    for (record, actor, relation, target, role, since, until), known in over_editions(editions, read):
        yield {
            "record": record,
            "from": actor_key(actor),
            "to": actor_key(target),
            "relation": relation,
            "role": role,
            "since": since,
            "until": until,
            "since_date": dates[record],
            "known": known,
        }


# -- things and records ----------------------------------------------------------------------------------------


def page_data(editions: Sequence[Ledger], *, documents: Documents | None = None) -> dict[str, Any]:
    """Return what the page knows beside the drawing: things, records, relations, sources, events, conditions, words.

    `editions` are the ledger as of what was known by some days, oldest first; the last is the one that is asked.
    Tables are packed (`packed`). With `documents`, evidence bears the lines that it cites from the reader's copies.
    """
    ledger = editions[-1]
    catalogue = _Catalogue(ledger, documents)
    return {
        "model": ledger.model,
        "model_title": ledger.title,
        "description": _description(ledger),
        "known_by": ledger.known_by,
        "min_grade": ledger.min_grade,
        "without": dict(ledger.without),
        "latest_source": ledger.latest_source,
        "editions": sorted({*map(_published, editions)} - {0}) if len(editions) > 1 else [],
        "things": packed(catalogue.things()),
        "records": packed(catalogue.records()),
        "ties": packed(_ties(editions)),
        "sources": packed(map(_source, ledger.things("source"))),
        "events": packed(catalogue.events()),
        "conditions": packed(map(_condition, ledger.things("condition"))),
        "words": page_words(),
        "letters": {chr(letter): plain for letter, plain in WHOLE.items()},
    }


def _description(ledger: Ledger) -> str | None:
    """Return the model's own description, and which evidence counts where not all of it does."""
    limits = "; ".join(what_counts(ledger.min_grade, ledger.without))
    return " ".join(filter(None, (ledger.description, f"{limits[0].upper()}{limits[1:]}." if limits else ""))) or None


def _condition(condition: Thing) -> dict[str, Any]:
    periods = [(period["since"], period.get("until")) for period in condition.body.get("held", ())]
    return {
        "id": condition.id,
        "title": condition.name,
        "note": condition.body.get("note"),
        "held": [[last_day(since), ends_on(until)] for since, until in periods],
        "periods": periods,
    }


def _source(source: Thing) -> dict[str, Any]:
    """Return a source; only http, https and mailto become links."""
    url = source.body.get("url")
    return {
        "id": source.id,
        "title": source.name,
        "publisher": source.body["publisher"],
        "author": source.body.get("author"),
        "published": source.body["published"],
        "day": last_day(source.body["published"]),
        "reliability": source.body.get("reliability"),
        "about": source.body.get("about"),
        "link": url if url and is_link(url) else None,
        "address": url if url and not is_link(url) else None,
        "archived": source.body.get("archived"),
        "accessed": source.body.get("accessed"),
    }


def _amount(amount: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return an amount as curated: decimals as texts, None where an end is open."""
    if amount is None:
        return None
    value = amount.get("value")
    least, most = (amount.get(key) if value is None else value for key in ("at-least", "at-most"))
    return {
        "at_least": None if least is None else str(least),
        "at_most": None if most is None else str(most),
        "unit": amount["unit"],
    }


class _Catalogue:
    """Actors, proposals, records and events as the page has them; what they refer to is looked up once."""

    def __init__(self, ledger: Ledger, documents: Documents | None) -> None:
        self.ledger = ledger
        self.documents = documents
        self.actors = {actor.id: actor for actor in ledger.things("actor")}
        self.sources = {source.id: source for source in ledger.things("source")}
        self.offices: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for relation in ledger.things("relation"):
            if relation.body["relation"] == "represents":
                self.offices[relation.body["actor"], relation.body["to"]].append(relation.body)

    def things(self) -> Iterator[dict[str, Any]]:
        """Yield actors, then proposals, each in the order of their names."""
        for key_of, kind in ((actor_key, "actor"), (proposal_key, "proposal")):
            things = self.ledger.things(kind)
            labels = shown_names(things)
            for thing in sorted(things, key=lambda thing: (fold(thing.name), thing.id)):
                names = (thing.name, *thing.body.get("aliases", ()), thing.id)
                yield {
                    "key": key_of(thing.id),
                    "name": thing.name,
                    "label": labels[thing.id],
                    "not_unique": labels[thing.id] != isolated(thing.name),
                    "kind": thing.body.get("kind", "proposal"),
                    "short": thing.body.get("short"),
                    "aliases": thing.body.get("aliases", []),
                    "note": thing.body.get("note"),
                    "forms": list(dict.fromkeys(map(fold, names))),
                    "ties": [
                        [tie, key_of_other(other)]
                        for tie, key_of_other in _STRUCTURE.items()
                        if kind == "proposal"
                        for other in thing.body.get(tie, ())
                    ],
                    "life": self._life(thing) if kind == "proposal" else None,
                }

    def _life(self, proposal: Thing) -> dict[str, Any] | None:
        """Return when a proposal was on the table, as curated and in days, and from when on that was known."""
        since, until = proposal.body.get("since"), proposal.body.get("until")
        if since is until is None:
            return None
        published = [
            last_day(self.sources[item["source"]].body["published"]) for item in proposal.body.get("evidence", ())
        ]
        return {
            "since": since,
            "until": until,
            "fate": proposal.body.get("fate"),
            "days": [first_day(since) if since else 0, ends_on(until)],
            "known": min(published, default=0),
        }

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield every stance and commitment as curated, by id."""
        for record in self.ledger.things(*STATEMENTS):
            body = record.body
            yield {
                "id": record.id,
                "from": actor_key(body["actor"]),
                "to": proposal_key(body["proposal"]),
                "position": body.get("position") or body["stage"],
                "date": body["date"],
                "until": body.get("until"),
                "speaker": body.get("speaker"),
                "said_by": self._said_by(body),
                "toward": list(map(actor_key, body.get("toward", ()))),
                "amount": _amount(body.get("amount")),
                "jointly": [actor_key(actor) for actor in body.get(JOINTLY, ()) if actor != body["actor"]],
                "if": body.get("if", []),
                "unless": body.get("unless", []),
                "note": body.get("note"),
                "evidence": [self._evidence(record.id, evidence) for evidence in body["evidence"]],
            }

    def _said_by(self, record: Mapping[str, Any]) -> str | None:
        """Return who said a record, in the role of the day on which it was said, which may have ended since."""
        speaker = record.get("speaker")
        if speaker is None:
            return None
        name = isolated(self.actors[speaker].name)
        day = self._day(record)
        for office in self.offices[speaker, record["actor"]]:
            if last_day(office["since"]) <= day < ends_on(office.get("until")):
                role = office.get("role") or f"for {self.actors[office['to']].name}"
                return f"{name}, {isolated(role)}"
        return name

    def events(self) -> Iterator[dict[str, Any]]:
        """Yield the events by the day from which they count."""
        days = {event.id: self._day(event.body) for event in self.ledger.things("event")}
        for event in sorted(self.ledger.things("event"), key=lambda event: (days[event.id], event.id)):
            yield {
                "id": event.id,
                "title": event.name,
                "date": event.body["date"],
                "day": days[event.id],
                "actors": list(map(actor_key, event.body.get("actors", ()))),
                "note": event.body.get("note"),
                "evidence": [self._evidence(event.id, evidence) for evidence in event.body["evidence"]],
            }

    def _day(self, record: Mapping[str, Any]) -> int:
        """Return the day from which an event or a record counts."""
        published = [last_day(self.sources[evidence["source"]].body["published"]) for evidence in record["evidence"]]
        return in_force_from(record["date"], published)

    def _evidence(self, record: str, evidence: Mapping[str, Any]) -> dict[str, Any]:
        """Return an evidence without what is empty in it, and with the passage that it cites where we have a copy."""
        source = self.sources[evidence["source"]]
        parts = {
            "source": source.id,
            "lines": evidence.get("lines"),
            "page": evidence.get("page"),
            "via": evidence.get("via"),
            "grade": grade(source.body.get("reliability"), evidence.get("credibility")),
            "quote": evidence.get("quote"),
        }
        if self.documents is not None:
            passage = self.documents.passage(record, evidence.get("lines"), source)
            parts["passage"] = {"state": passage.state, "message": passage.message, "text": passage.text}
        return {key: value for key, value in parts.items() if value is not None}
