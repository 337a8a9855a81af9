"""The island: all that the page knows, as plain data for JSON.

It is the ledger, not an answer: every line of the holdings table, of every day and of every edition, so that the page
can move through time by the interval predicate alone. Python decides; the page's JavaScript filters and draws.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from actorgraph.dates import OPEN, day_of, ends_on, last_day
from actorgraph.ledger.store import SPOKEN
from actorgraph.model.rules import is_link
from actorgraph.names import WHOLE, fold
from actorgraph.questions.diff import MIRROR
from actorgraph.questions.rows import lines
from actorgraph.questions.sql import ANY_DAY, TIES_EVER
from actorgraph.vocabulary import (
    CREDIBILITY,
    IN_A_SENTENCE,
    LADDER,
    POSITIONS,
    REFUSALS,
    RELIABILITY,
    SCALE,
    STAGES,
    UNDERTAKINGS,
    grade,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.store import Ledger, Thing
    from actorgraph.questions.documents import Documents
    from actorgraph.questions.rows import Line

    _Found = TypeVar("_Found", bound=Hashable)

TIES: Final[Mapping[str, tuple[str, str]]] = {
    "represents": ("represents", "is represented by"),
    "member-of": ("is a member of", "has as a member"),
    "leads": ("leads", "is led by"),
    "mediates": ("mediates for", "has as mediator"),
    "negotiates-with": ("negotiates with", "negotiates with"),
    "allied-with": ("is allied with", "is allied with"),
    "at-war-with": ("is at war with", "is at war with"),
    "advises": ("advises", "is advised by"),
    "part-of": ("is part of", "comprises"),
    "entails": ("entails", "is entailed by"),
    "excludes": ("excludes", "excludes"),
}
"""A tie as read from either end."""

_STRUCTURE: Final = ("part-of", "entails", "excludes")


def actor_key(key: str) -> str:
    """Return an actor's key on the page.

    The prefix keeps actors apart from proposals, and both from what JavaScript objects are born with: an actor
    may well be called `constructor`.
    """
    return f"actor/{key}"


def proposal_key(key: str) -> str:
    """Return a proposal's key on the page."""
    return f"proposal/{key}"


class Known(NamedTuple):
    """Over which days of recorded time something was known: `since` is inside, `until` is outside."""

    since: int
    until: int


def packed(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return items of the same keys as a table: keys once, then the values of each.

    >>> packed([{"id": "uk", "kind": "state"}, {"id": "eu", "kind": "organisation"}])
    {'columns': ['id', 'kind'], 'rows': [['uk', 'state'], ['eu', 'organisation']]}
    """
    found = list(items)
    columns = list(found[0]) if found else []
    return {"columns": columns, "rows": [[one[column] for column in columns] for one in found]}


def holdings(editions: Sequence[Ledger], *, stated: bool = False) -> list[dict[str, Any]]:
    """Return every line of the holdings table, of every edition, as the page has it.

    An edition is the ledger as of what was known by a day; they come oldest first. A line bears `known`: over which
    days of recorded time it was in the table. `said` is [record, day from which it counts] of each record, oldest
    first; `grounds` are those of what is inferred (see `ledger.tables`).
    """

    def read(ledger: Ledger) -> Iterator[Line]:
        for line in lines(ledger, ANY_DAY, stated=stated):
            said = [[one[0], one[1]] for one in json.loads(line.said)]
            yield line._replace(said=json.dumps(said, separators=(",", ":")))

    found = [
        {
            "from": actor_key(line.actor),
            "to": proposal_key(line.proposal),
            "kind": line.kind,
            "position": line.position,
            "since": line.since,
            "until": line.until,
            "conditions": json.loads(line.conditions),
            "contested": line.contested,
            "said": json.loads(line.said),
            "grounds": json.loads(line.because),
            "known": known,
        }
        for line, known in over_editions(editions, read)
    ]
    found.sort(key=lambda one: (one["from"], one["to"], one["kind"] != "stance", one["since"], one["position"]))
    return found


def over_editions(
    editions: Sequence[Ledger], read: Callable[[Ledger], Iterable[_Found]]
) -> Iterator[tuple[_Found, Known]]:
    """Yield what is read from editions, oldest first, each with the stretch of recorded time over which it was found.

    An edition begins with the latest of its sources and ends where the next begins; the last has no end. What its
    `known_by` adds to that is only the promise that nothing more came out. So `since <= K < until` finds what one
    could have known by any day K from the first edition's on, if there is an edition for every day of publication;
    and for K after them all, all that is known. A single edition is all that anybody knows, on any day.
    """
    begins = [_published(one) for one in editions] if len(editions) > 1 else [0]
    ends = [*begins[1:], OPEN]
    stretches: dict[_Found, list[Known]] = defaultdict(list)
    for ledger, begin, end in zip(editions, begins, ends, strict=True):
        for found in read(ledger):
            before = stretches[found]
            if before and before[-1].until == begin:
                before[-1] = Known(before[-1].since, end)
            else:
                before.append(Known(begin, end))
    for found, known in stretches.items():
        yield from ((found, one) for one in known)


def _published(ledger: Ledger) -> int:
    """Return the day on which the latest of a ledger's sources was published, 0 where it has none."""
    return 0 if ledger.latest_source is None else day_of(ledger.latest_source)


def island(editions: Sequence[Ledger], *, documents: Documents | None = None) -> dict[str, Any]:
    """Return what the page knows beside the drawing: things, records, relations, sources, events, conditions, words.

    `editions` are the ledger as of what was known by some days, oldest first; the last is the one that is asked.
    Tables are packed (`packed`). With `documents`, evidence bears the lines that it cites from the reader's copies.
    """
    ledger = editions[-1]
    teller = _Teller(ledger, documents)
    return {
        "model": ledger.model,
        "known_by": ledger.known_by,
        "latest_source": ledger.latest_source,
        "editions": sorted({_published(one) for one in editions} - {0}) if len(editions) > 1 else [],
        "things": packed(teller.things()),
        "records": packed(teller.records()),
        "ties": packed(_ties(editions)),
        "sources": packed(teller.source(one) for one in ledger.things("source")),
        "events": packed(teller.events()),
        "conditions": packed(_conditions(ledger)),
        "words": _words(),
        "letters": {chr(letter): plain for letter, plain in WHOLE.items()},
    }


def _words() -> dict[str, Any]:
    """Return the vocabulary that the page shares with Python."""
    return {
        "positions": POSITIONS,
        "stages": STAGES,
        "in_a_sentence": IN_A_SENTENCE,
        "scale": SCALE,
        "ladder": LADDER,
        "refusals": sorted(REFUSALS),
        "undertakings": sorted(UNDERTAKINGS),
        "changes": list(MIRROR),
        "ties": TIES,
        "reliability": RELIABILITY,
        "credibility": CREDIBILITY,
    }


def _ties(editions: Sequence[Ledger]) -> Iterator[dict[str, Any]]:
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
            "known": known,
        }


def _conditions(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for one in ledger.things("condition"):
        held = [[last_day(each["since"]), ends_on(each.get("until"))] for each in one.body.get("held", ())]
        yield {"id": one.id, "title": one.name, "note": one.body.get("note"), "held": held}


class _Teller:
    """Tells of things and records, with what they refer to at hand."""

    def __init__(self, ledger: Ledger, documents: Documents | None) -> None:
        self.ledger = ledger
        self.documents = documents
        self.actors = {one.id: one for one in ledger.things("actor")}
        self.sources = {one.id: one for one in ledger.things("source")}
        self.roles: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for one in ledger.things("relation"):
            if one.body["relation"] == "represents":
                self.roles[one.body["actor"], one.body["to"]].append(one.body)

    def things(self) -> Iterator[dict[str, Any]]:
        """Yield actors, then proposals, each in the order of their names."""
        for key_of, kind in ((actor_key, "actor"), (proposal_key, "proposal")):
            for one in sorted(self.ledger.things(kind), key=lambda one: (fold(one.name), one.id)):
                yield {
                    "key": key_of(one.id),
                    "name": one.name,
                    "kind": one.body.get("kind", "proposal"),
                    "aliases": one.body.get("aliases", []),
                    "note": one.body.get("note"),
                    "forms": list(dict.fromkeys(map(fold, (one.name, *one.body.get("aliases", ()), one.id)))),
                    "ties": [
                        [each, proposal_key(other)]
                        for each in _STRUCTURE
                        if kind == "proposal"
                        for other in one.body.get(each, ())
                    ],
                }

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield every stance and commitment as curated, by id."""
        for one in self.ledger.things(*SPOKEN):
            body = one.body
            yield {
                "id": one.id,
                "from": actor_key(body["actor"]),
                "to": proposal_key(body["proposal"]),
                "position": body.get("position") or body["stage"],
                "date": body["date"],
                "until": body.get("until"),
                "speaker": body.get("speaker"),
                "said_by": self._said_by(body),
                "toward": [actor_key(each) for each in body.get("toward", ())],
                "if": body.get("if", []),
                "unless": body.get("unless", []),
                "note": body.get("note"),
                "evidence": [self._evidence(one.id, each) for each in body["evidence"]],
            }

    def _said_by(self, body: Mapping[str, Any]) -> str | None:
        """Return who said a record, in the role of the day on which it was said, which may have ended since."""
        speaker = body.get("speaker")
        if speaker is None:
            return None
        name = self.actors[speaker].name
        day = last_day(body["date"])
        for tie in self.roles[speaker, body["actor"]]:
            if last_day(tie["since"]) <= day < ends_on(tie.get("until")):
                role = tie.get("role") or f"for {self.actors[tie['to']].name}"
                return f"{name}, {role}"
        return name

    def _evidence(self, record: str, one: Mapping[str, Any]) -> dict[str, Any]:
        source = self.sources[one["source"]]
        told = {
            "source": source.id,
            "lines": one.get("lines"),
            "page": one.get("page"),
            "via": one.get("via"),
            "grade": grade(source.body.get("reliability"), one.get("credibility")),
            "quote": one.get("quote"),
        }
        if self.documents is not None:
            passage = self.documents.passage(record, one.get("lines"), source)
            told["passage"] = {"state": passage.state, "message": passage.message, "text": passage.text}
        return {key: value for key, value in told.items() if value is not None}

    def source(self, one: Thing) -> dict[str, Any]:
        """Return a source; Python lets only http, https and mailto through as links."""
        url = one.body.get("url")
        return {
            "id": one.id,
            "title": one.name,
            "publisher": one.body["publisher"],
            "author": one.body.get("author"),
            "published": one.body["published"],
            "day": last_day(one.body["published"]),
            "reliability": one.body.get("reliability"),
            "about": one.body.get("about"),
            "link": url if url and is_link(url) else None,
            "address": url if url and not is_link(url) else None,
        }

    def events(self) -> Iterator[dict[str, Any]]:
        """Yield the events by day; one of a partial date counts on the last day of its period."""
        for one in sorted(self.ledger.things("event"), key=lambda one: (last_day(one.body["date"]), one.id)):
            yield {
                "id": one.id,
                "title": one.name,
                "date": one.body["date"],
                "day": last_day(one.body["date"]),
                "actors": [actor_key(each) for each in one.body.get("actors", ())],
                "note": one.body.get("note"),
                "evidence": [self._evidence(one.id, each) for each in one.body["evidence"]],
            }
