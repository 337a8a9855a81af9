"""The data of the page: all that it knows, as plain values that become JSON.

It is the ledger, not an answer: every line of the holdings table, of every day and of every edition, so that the page
can move through time by the interval predicate alone. Python decides; the page's JavaScript filters and draws.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import ends_on, first_day, in_force_from, last_day
from actorgraph.explorer.keys import actor_key, proposal_key
from actorgraph.explorer.words import page_words
from actorgraph.model.kinds import STATEMENTS
from actorgraph.model.links import is_link
from actorgraph.names import WHOLE, fold
from actorgraph.render.phrases import evidence_that_counts, sentence
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import JOINTLY, grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.explorer.recorded import Recorded
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.documents import Documents

_LARGE: Final = 200_000
"""From how many characters on the data stand compressed in the page; smaller data can be read in the file."""


# -- names ----------------------------------------------------------------------------------------------------


_STRUCTURE: Final = {
    "part-of": proposal_key,
    "entails": proposal_key,
    "excludes": proposal_key,
    "succeeds": proposal_key,
    "by": actor_key,
}
"""What a proposal names, and how the page names that."""


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


# -- things and records ----------------------------------------------------------------------------------------


def page_data(recorded: Recorded, *, documents: Documents | None = None) -> dict[str, Any]:
    """Return what the page knows beside the drawing: things, records, relations, sources, events, conditions, words.

    Tables are packed (`packed`). With `documents`, evidence bears the lines that it cites from the reader's copies.
    """
    ledger = recorded.ledger
    catalogue = _Catalogue(recorded, documents)
    return {
        "model": ledger.model,
        "model_title": ledger.title,
        "description": _with_limits(ledger.description, ledger),
        **(_of_part(ledger) if ledger.is_part else {}),
        "known_by": ledger.known_by,
        "min_grade": ledger.min_grade,
        "without": dict(ledger.without),
        "latest_source_date": ledger.latest_source_date,
        "editions": list(recorded.days),
        "edition_dates": list(recorded.days.values()),
        "lenses": packed(recorded.lens_items()),
        "ends_not_counted": packed(recorded.ends_not_counted()),
        "too_many": recorded.too_many,
        "things": packed(catalogue.things()),
        "records": packed(catalogue.records()),
        "joint": catalogue.joint,
        "ties": packed(recorded.ties()),
        "sources": packed(_sources(ledger)),
        "events": packed(catalogue.events()),
        "conditions": packed(map(_condition, ledger.things("condition"))),
        "words": page_words(),
        "letters": {chr(letter): plain for letter, plain in WHOLE.items()},
    }


def _of_part(ledger: Ledger) -> dict[str, object]:
    """Return what the page of a part says of the whole: what is left out, and the most split proposals of that.

    `about` is the description without what is left out, which stands on the page by itself.
    """
    elsewhere = [(isolated(title), *numbers) for title, *numbers in ledger.elsewhere]
    about = _with_limits(ledger.description_of_whole, ledger)
    return {"left_out": ledger.left_out, "elsewhere": elsewhere, "about": about or ""}


def _with_limits(description: str | None, ledger: Ledger) -> str | None:
    """Return a description, and which evidence of its ledger counts where not all of it does."""
    limits = "; ".join(evidence_that_counts(ledger.min_grade, ledger.without))
    return " ".join(filter(None, (description, sentence(limits) if limits else ""))) or None


def _days_of(thing: Thing) -> list[int] | None:
    """Return the first day on which a thing may have been there, and the first on which it no longer was.

    None where neither is known.
    """
    since, until = thing.body.get("since"), thing.body.get("until")
    return None if since is until is None else [first_day(since) if since else 0, ends_on(until)]


def _condition(condition: Thing) -> dict[str, Any]:
    periods = [(period["since"], period.get("until")) for period in condition.body.get("held", ())]
    return {
        "id": condition.id,
        "title": condition.name,
        "note": condition.body.get("note"),
        "held": [[last_day(since), ends_on(until)] for since, until in periods],
        "periods": periods,
    }


def _sources(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Yield the sources, each with the relations that it reports and the proposals whose lives it does, by name."""
    reported: dict[str, dict[str, dict[str, None]]] = {kind: defaultdict(dict) for kind in ("relation", "proposal")}
    for thing in ledger.things(*reported):
        for evidence in thing.body.get("evidence", ()):
            reported[thing.type][evidence["source"]][isolated(thing.name)] = None
    for source in ledger.things("source"):
        names = {kind: list(by_source.get(source.id, ())) for kind, by_source in reported.items()}
        yield {**_source(source), "relations": names["relation"], "lives": names["proposal"]}


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

    def __init__(self, recorded: Recorded, documents: Documents | None) -> None:
        self.recorded = recorded
        self.ledger = ledger = recorded.ledger
        self.documents = documents
        self.actors = {actor.id: actor for actor in ledger.things("actor")}
        self.sources = {source.id: source for source in ledger.things("source")}
        self.offices: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        self.joint: list[list[str]] = []
        self._joint: dict[int, int] = {}
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
                    "tags": thing.body.get("tags", []),
                    "forms": list(dict.fromkeys(map(fold, names))),
                    "ties": [
                        [tie, key_of_other(other)]
                        for tie, key_of_other in _STRUCTURE.items()
                        if kind == "proposal"
                        for other in thing.body.get(tie, ())
                    ],
                    "life": self._life(thing) if kind == "proposal" else None,
                    "existed": _days_of(thing) if kind != "proposal" else None,
                }

    def _life(self, proposal: Thing) -> dict[str, Any] | None:
        """Return when a proposal was on the table, as curated and in days, and in which editions that is known."""
        days = _days_of(proposal)
        if days is None:
            return None
        return {
            "since": proposal.body.get("since"),
            "until": proposal.body.get("until"),
            "fate": proposal.body.get("fate"),
            "days": days,
            **self.recorded.of_life(proposal)._asdict(),
            "end": self.recorded.of_end(proposal)._asdict(),
        }

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield every stance and commitment as curated, by id; one of a joint statement with its number in `joint`."""
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
                "jointly": self._jointly(body.get(JOINTLY)),
                "if": body.get("if", []),
                "unless": body.get("unless", []),
                "note": body.get("note"),
                "evidence": [self._evidence(record.id, evidence) for evidence in body["evidence"]],
            }

    def _jointly(self, actors: list[str] | None) -> int | None:
        """Return the number in `joint` of the actors of a joint statement, which all its records have from one list."""
        if actors is None:
            return None
        if id(actors) not in self._joint:
            self._joint[id(actors)] = len(self.joint)
            self.joint.append(list(map(actor_key, actors)))
        return self._joint[id(actors)]

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
