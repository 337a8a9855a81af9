"""The island: everything that the page shows, spelled out, as plain data for JSON.

Python decides and words it; the page's JavaScript only filters, highlights and draws.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import ends_on, last_day
from actorgraph.explorer.drawing import actor_key, proposal_key
from actorgraph.names import WHOLE, fold
from actorgraph.rules import is_link
from actorgraph.wording import because
from actorgraph.words import IN_A_SENTENCE, NOT, grade, grade_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.ledger import Thing
    from actorgraph.query import Snapshot
    from actorgraph.rows import Row

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Not `calendar.month_name`, which speaks the language of the machine."""

_TIES: Final[Mapping[str, tuple[str, str]]] = {
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


def island(snapshot: Snapshot, *, title: str) -> dict[str, Any]:
    """Return what the page knows beside the drawing: its head, rows, things, sources, and names to search.

    Rows are called `row/0`, `row/1`, … as the drawing's edges are; things by their key on the page.
    """
    teller = _Teller(snapshot)
    return {
        "head": _head(snapshot, title),
        "rows": [teller.row(number, row) for number, row in enumerate(snapshot.rows)],
        "sources": {key: _source(thing.name, thing.body) for key, thing in snapshot.things["source"].items()},
        "things": teller.things(),
        "search": list(_searchable(snapshot)),
        "letters": {chr(letter): plain for letter, plain in WHOLE.items()},
    }


def in_words(when: str | None) -> str:
    """Spell a (partial) date out.

    >>> in_words("2026-01-06"), in_words("2026-01"), in_words("2026")
    ('6 January 2026', 'January 2026', '2026')
    """
    year, *rest = (when or "").split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])


def _span(since: str | None, until: str | None) -> str:
    span = f"since {in_words(since)}"
    return span if until is None else f"{span}, until {in_words(until)} (that day not included)"


def _head(snapshot: Snapshot, title: str) -> dict[str, Any]:
    notes = []
    if snapshot.known_by:
        notes.append(f"Known by {in_words(snapshot.known_by)}: nothing published later counts.")
    if snapshot.assume:
        titles = {key: thing.name for key, thing in snapshot.things["condition"].items()}
        assumed = ", ".join(
            ("not: " if one.startswith(NOT) else "") + titles[one.removeprefix(NOT)] for one in snapshot.assume
        )
        notes.append(f"Assumed: {assumed}.")
    if snapshot.stale_after:
        notes.append(f"Stale: no evidence younger than {snapshot.stale_after}.")
    if snapshot.latest_source and snapshot.latest_source < snapshot.as_of:
        notes.append(f"The latest source is of {in_words(snapshot.latest_source)}.")
    actors = {row.actor for row in snapshot.rows}
    proposals = {row.proposal for row in snapshot.rows}
    counted = ((len(actors), "actor"), (len(proposals), "proposal"), (len(snapshot.rows), "position"))
    flagged = {
        "contested": sum(row.contested for row in snapshot.rows),
        "inferred": sum(row.basis == "inferred" for row in snapshot.rows),
        "stale": sum(row.stale for row in snapshot.rows),
    }
    return {
        "title": title,
        "as_of": f"As of {in_words(snapshot.as_of)}",
        "notes": notes,
        "counts": [
            *(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counted),
            *(f"{number} {word}" for word, number in flagged.items() if number or word == "contested"),
        ],
        "silent": _silence(len(snapshot.things["actor"]) - len(actors)),
    }


def _silence(actors: int) -> str:
    if not actors:
        return "Every actor of the model holds a position on this day."
    subject = "One more actor of the model is" if actors == 1 else f"{actors} more actors of the model are"
    return (
        f"{subject} not drawn: nothing is on record in their own name on this day. Silence is not neutrality. "
        "The search finds them too."
    )


def _source(title: str, body: Mapping[str, Any]) -> dict[str, Any]:
    url = body.get("url")
    return {
        "title": title,
        "publisher": body["publisher"],
        "author": body.get("author"),
        "published": f"published {in_words(body['published'])}",
        "link": url if url and is_link(url) else None,
        "address": url if url and not is_link(url) else None,
    }


class _Teller:
    """Spells out rows and things, with what they refer to at hand."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.actors = snapshot.things["actor"]
        self.sources = snapshot.things["source"]
        self.titles = {key: thing.name for key, thing in snapshot.things["proposal"].items()}
        self.roles: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for thing in snapshot.things["relation"].values():
            if thing.body["relation"] == "represents":
                self.roles[thing.body["actor"], thing.body["to"]].append(thing.body)
        self.tracks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self.held: dict[str, list[str]] = defaultdict(list)
        self.spoken: dict[str, list[str]] = defaultdict(list)
        for number, row in enumerate(snapshot.rows):
            self.tracks[row.kind, row.actor, row.proposal].append(number)
            self.held[actor_key(row.actor)].append(f"row/{number}")
            self.held[proposal_key(row.proposal)].append(f"row/{number}")
            bodies = [self.recorded(record).body for record in row.records if row.basis == "stated"]
            for speaker in dict.fromkeys(body["speaker"] for body in bodies if body.get("speaker")):
                if speaker != row.actor:
                    self.spoken[actor_key(speaker)].append(f"row/{number}")

    # -- rows

    def row(self, number: int, row: Row) -> dict[str, Any]:
        """Return a row with every record of it, latest first."""
        others = [other for other in self.tracks[row.kind, row.actor, row.proposal] if other != number]
        return {
            "id": f"row/{number}",
            "kind": row.kind,
            "position": row.position,
            "actor": actor_key(row.actor),
            "proposal": proposal_key(row.proposal),
            "headline": f"{row.actor_name} {IN_A_SENTENCE.get(row.position, row.position)} “{row.proposal_title}”",
            "since": in_words(row.since),
            "span": f"In force {_span(row.since, row.until)}.",
            "basis": row.basis,
            "because": f"Inferred: {because(row, self.titles)}." if row.because else None,
            "conditions": self._conditions(row.conditions),
            "contested": [f"row/{other}" for other in others] if row.contested else [],
            "stale": row.stale,
            "records": [self._record(row, record) for record in reversed(row.records)],
        }

    def _record(self, row: Row, record: str) -> dict[str, Any]:
        thing = self.recorded(record)
        body = thing.body
        conditions = (*body.get("if", ()), *(NOT + each for each in body.get("unless", ())))
        toward = ", ".join(self.actors[key].name for key in body.get("toward", ()))
        return {
            "id": record,
            "said": self._said(row, thing),
            "speaker": self._speaker(body),
            "toward": f"Toward {toward}" if toward else None,
            "conditions": self._conditions(conditions),
            "note": body.get("note"),
            "evidence": [self._evidence(one) for one in body["evidence"]],
        }

    def recorded(self, record: str) -> Thing:
        """Return a stance or commitment by its id; an inferred stance may rest on either."""
        things = self.snapshot.things
        return things["stance"].get(record) or things["commitment"][record]

    def _said(self, row: Row, record: Thing) -> str:
        """Return what a record says and its date; one that a row is inferred from speaks of another proposal."""
        position = record.body.get("position") or record.body["stage"]
        on = "" if row.basis == "stated" else f" “{self.titles[record.body['proposal']]}”"
        return f"{position}{on}, dated {in_words(record.body['date'])}"

    def _conditions(self, conditions: Iterable[str]) -> list[str]:
        """Return conditions in words, one sentence each."""
        things = self.snapshot.things["condition"]
        return [
            f"{'Unless' if each.startswith(NOT) else 'If'}: {things[each.removeprefix(NOT)].name}"
            for each in conditions
        ]

    def _speaker(self, body: Mapping[str, Any]) -> str | None:
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

    def _evidence(self, one: Mapping[str, Any]) -> dict[str, Any]:
        mark = grade(self.sources[one["source"]].body.get("reliability"), one.get("credibility"))
        where = []
        if lines := one.get("lines"):
            where.append(f"line{'' if lines.isdigit() else 's'} {lines.replace('-', '–')}")
        if page := one.get("page"):
            where.append(f"page {page}")
        return {
            "source": one["source"],
            "where": ", ".join(where),
            "via": f"relaying {one['via']}" if one.get("via") else None,
            "grade": f"Grade {mark}: {grade_in_words(mark)}" if mark else "Not graded",
            "quote": one.get("quote"),
        }

    # -- things

    def things(self) -> dict[str, dict[str, Any]]:
        """Return every actor and proposal, with its rows, what it spoke for others, and its ties."""
        ties = self._ties()
        keyed = {
            **{actor_key(key): thing for key, thing in self.actors.items()},
            **{proposal_key(key): thing for key, thing in self.snapshot.things["proposal"].items()},
        }
        return {
            key: {
                "name": thing.name,
                "kind": thing.body.get("kind", "proposal").capitalize(),
                "aliases": thing.body.get("aliases", []),
                "note": thing.body.get("note"),
                "rows": self.held[key],
                "spoken": self.spoken[key],
                "ties": ties[key],
            }
            for key, thing in keyed.items()
        }

    def _ties(self) -> Mapping[str, list[dict[str, Any]]]:
        """Return the ties of every thing, read from its own end, those of a kind together."""
        found: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for one, kind, other, about in self._all_ties():
            words, inverse = _TIES[kind]
            found[one][words].append({"key": other, "about": about})
            found[other][inverse].append({"key": one, "about": about})
        return defaultdict(
            list,
            {key: [{"tie": words, "to": ends} for words, ends in sorted(ties.items())] for key, ties in found.items()},
        )

    def _all_ties(self) -> Iterator[tuple[str, str, str, str]]:
        for tie in self.snapshot.ties:
            role = f"{tie.role}, " if tie.role else ""
            yield actor_key(tie.actor), tie.relation, actor_key(tie.to), role + _span(tie.since, tie.until)
        for key, thing in self.snapshot.things["proposal"].items():
            for kind in ("part-of", "entails", "excludes"):
                for other in thing.body.get(kind, ()):
                    yield proposal_key(key), kind, proposal_key(other), ""


def _searchable(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """Yield everything that answers to a name, those who hold something first; forms are folded, then as written."""
    holding = {key for row in snapshot.rows for key in (actor_key(row.actor), proposal_key(row.proposal))}
    found = []
    for kind, key_of in (("actor", actor_key), ("proposal", proposal_key)):
        for key, thing in snapshot.things[kind].items():
            forms = dict.fromkeys((thing.name, *thing.body.get("aliases", ()), key))
            found.append(
                {
                    "key": key_of(key),
                    "name": thing.name,
                    "kind": thing.body.get("kind", "proposal"),
                    "forms": [[fold(form), form] for form in forms],
                }
            )
    yield from sorted(found, key=lambda one: (one["key"] not in holding, fold(one["name"]), one["key"]))
