"""Two versions of a model at one date: how the record was corrected, and what that changes.

A version is a ledger: of another file, of a git revision, or of the same model as it was known by another day. What
stands in both is paired, type by type, and the rest was added or removed. Ids alone do not tell: where nobody gave a
record an id, it is made of what the record says and of its place among others of its day, so that correcting a date,
or putting a record before another, gives others new ids. Things are paired in this order:

1. same id and same body: unchanged;
2. same body: only the id is another;
3. same id, except where it is made of what the record says and others of its track came or went;
4. over half of their keys are equal, the most alike first, and with them one that tells (`_TELLING`);
5. same id after all.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.model.kinds import STATEMENTS, TYPES
from actorgraph.questions.about import about
from actorgraph.questions.cells import ASKED_COLUMNS, plain_value, side_columns
from actorgraph.questions.diff import Change, change_cells, compare, rows_of_changes
from actorgraph.questions.envelope import Envelope, ReadOnly
from actorgraph.questions.rows import Row, lines
from actorgraph.questions.sql import IN_FORCE
from actorgraph.questions.view import View, given
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from actorgraph.ledger.store import Ledger, Thing

MIRROR: Final[dict[str, str]] = {
    "added": "removed",
    "removed": "added",
    "corrected": "corrected",
    "renamed": "renamed",
    "re-sourced": "re-sourced",
}
"""Every kind of correction, with its kind when the two versions trade places."""

_MADE_OF: Final[dict[str, tuple[str, ...]]] = {
    "stance": ("actor", "proposal", "date"),
    "commitment": ("actor", "proposal", "date"),
    "relation": ("actor", "relation", "to"),
}
"""The keys of which a record's id is made where nobody gave it one."""

_TELLING: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "actor": (("aliases",), ("note",)),
    "proposal": (("aliases",), ("note",)),
    "condition": (("note",),),
    "source": (("url",), ("document",), ("sha256",), ("about",)),
    "event": (("evidence",), ("note",)),
    "relation": (("actor", "to"), ("evidence",), ("note",)),
    "stance": (("date",), ("evidence",), ("note",)),
    "commitment": (("date",), ("evidence",), ("note",)),
}
"""Keys that two things rarely share by chance, or that rarely go together by chance.

Most keys of two articles of one paper are equal, and so are those of two actors of one country, or of two records of
one track: what differs is what they are. A name or title that is equal tells as much, except that of a stance or
commitment, which names its track.
"""

_MOST: Final = 1_000_000
"""How many pairs are looked at before those that share only what is common to many are left alone (some seconds)."""


class Field(NamedTuple):
    """A key of a thing, as curated (such as `part-of`), with its value on each side, None where it is absent."""

    key: str
    before: Any
    after: Any


class Correction(NamedTuple):
    """How the record of one thing differs.

    `change` is added, removed, corrected, renamed (only `id`, which may be made of a record's place among others), or
    re-sourced (only `evidence`).
    `type` is one of the ledger's types, or `model` for the model's own id and title, which have no place. `id`, `name`
    and `place` are as they are now, in the base where it was removed. `fields` are what differs, `id` first, the
    others by key; none where it was added or removed.
    """

    change: str
    type: str
    id: str
    name: str
    place: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, repr=False)
class Versions(Envelope["Correction | Change"]):
    """What differs between two versions: the records (in JSON `records`), and what that makes of the holdings on a day.

    It lists the corrections, then the changes.
    """

    corrections: tuple[Correction, ...]
    changes: tuple[Change, ...]

    LISTS = "differences"
    COLUMNS = (
        *ASKED_COLUMNS,
        "part",
        "change",
        "type",
        "id",
        "name",
        "field",
        *side_columns("before"),
        *side_columns("after"),
        "place",
    )
    SHOWN = ("part", "change", "type", "id", "name", "field", "before", "after")
    JSON_NAMES = MappingProxyType({"corrections": "records"})

    @property
    def base_model(self) -> str:
        """The id of the model that is the base."""
        headers = (correction for correction in self.corrections if correction.type == "model")
        ids = (field.before for header in headers for field in header.fields if field.key == "id")
        return str(next(ids, self.model))

    @property
    def differences(self) -> tuple[Correction | Change, ...]:
        """The corrections, then the changes."""
        return (*self.corrections, *self.changes)

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each field of each correction, then of each change."""
        for correction in self.corrections:
            told = {**self.asked, "part": "record", **correction._asdict()}
            fields = [
                {"field": field.key, "before": _cell(field.before), "after": _cell(field.after)}
                for field in correction.fields
            ]
            for cells in fields or [{}]:
                yield {**told, **cells}
        for change in self.changes:
            name = f"{change.actor_name} on {change.proposal_title}"
            named = {"part": "position", "type": change.kind, "id": f"{change.actor}.{change.proposal}", "name": name}
            yield {**self.asked, **change_cells(change), **named}


def _cell(value: object) -> str | None:
    return None if value is None else plain_value(value)


def diff_versions(
    base: Ledger,
    ledger: Ledger,
    *,
    as_of: str | date,
    every: bool = False,
    stated: bool = False,
    assume: Iterable[str] = (),
    query: Mapping[str, Any] | None = None,
) -> Versions:
    """Return what differs from one version of a model to another, and what that changes on a day.

    `corrections` tell of everything that was added, removed, corrected or re-sourced, sorted by type and id. `changes`
    are of the tracks in force on `as_of` (a partial date means its last day), as `diff` has them; with `every` those
    re-sourced are there too, and with `stated` what is only inferred does not count. `assume` names conditions that
    hold, or with `not:` do not, on each side that knows them. `query` is what the caller says of the base. Model and
    known_by are the second version's. diff_versions(a, a) is empty, and diff_versions(b, a) mirrors
    diff_versions(a, b). Raises `UsageProblem` for a bad date, or a condition that neither version knows.

    >>> from actorgraph import load
    >>> path = "examples/minimal.yaml"
    >>> learned = diff_versions(load(path, known_by="2026-01-15"), load(path, known_by="2026-01-20"), as_of="2026-06")
    >>> [(one.change, one.id) for one in learned.corrections]
    [('added', 'union-letter'), ('added', 'fishers-union.harbour.2026-01-15')]
    >>> [(one.change, one.actor) for one in learned.changes]
    [('weakened', 'fishers-union')]
    """
    assume = tuple(assume)
    theirs = [one for one in assume if base.named(one.removeprefix(NOT), "condition")]
    ours = [one for one in assume if one not in theirs or ledger.named(one.removeprefix(NOT), "condition")]
    after = View(ledger, as_of=as_of, stated=stated, assume=ours)
    before = View(base, as_of=as_of, stated=stated, assume=theirs)
    with no_garbage_collection():
        corrections = _corrections(base, ledger)
        changes = compare(*_maybe_changed(before, after), every=every)
    assumed = tuple(dict.fromkeys((*after.scenario.assumed, *before.scenario.assumed)))
    asked = {"command": "diff", **(query or {}), **given(stated=stated, all=every)}
    reading = about(ledger, rows_of_changes(changes), day=after.day, base=base)
    return Versions(ReadOnly(asked), ledger.model, after.date, ledger.known_by, assumed, reading, corrections, changes)


def _maybe_changed(before: View, after: View) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows in force on each side, without the tracks whose lines are the same to the letter on both.

    Only of the others need rows be made. What depends on a condition may differ with what its version knows of it.
    """
    old, new = (lines(one.ledger, IN_FORCE, one.day, one.day, stated=one.stated) for one in (before, after))
    same = set(old) & set(new)
    moved = {line.track for line in (*old, *new) if line not in same or line.conditions != "[]"}
    was, now = ([line for line in side if line.track in moved] for side in (old, new))
    return before.settled(was), after.settled(now)


# -- records -----------------------------------------------------------------------------------------------


def _corrections(base: Ledger, ledger: Ledger) -> tuple[Correction, ...]:
    found = list(_header(base, ledger))
    for kind, (was, now) in _changed(base, ledger).items():
        match = _Match(kind, was, now)
        found += [_corrected(old, new) for old, new in match.pairs]
        found += [Correction("removed", *one[:4], ()) for one in match.was.values()]
        found += [Correction("added", *one[:4], ()) for one in match.now.values()]
    order = {kind: number for number, kind in enumerate(("model", *TYPES))}
    return tuple(sorted(found, key=lambda one: (order[one.type], one.id, one.change)))


def _changed(base: Ledger, ledger: Ledger) -> dict[str, tuple[dict[str, Thing], dict[str, Thing]]]:
    """Return what is not the same in both versions, by type and by id, as it was and as it is now."""
    was, now = ({(one.type, one.id): one for one in side.things(*TYPES)} for side in (base, ledger))
    found: dict[str, tuple[dict[str, Thing], dict[str, Thing]]] = defaultdict(lambda: ({}, {}))
    for number, (side, other) in enumerate(((was, now), (now, was))):
        for place, one in side.items():
            if place not in other or other[place].body != one.body:
                found[one.type][number][one.id] = one
    return found


def _header(base: Ledger, ledger: Ledger) -> Iterator[Correction]:
    fields = [Field(key, getattr(base, name), getattr(ledger, name)) for key, name in _HEADER]
    differ = tuple(field for field in fields if field.before != field.after)
    if differ:
        yield Correction("corrected", "model", ledger.model, ledger.title, "", differ)


_HEADER: Final = (("id", "model"), ("title", "title"), ("description", "description"))
"""The keys of a model's header that two versions are compared by, and what a ledger calls them."""


def _corrected(old: Thing, new: Thing) -> Correction:
    keys = [key for key in sorted(old.body.keys() | new.body.keys()) if old.body.get(key) != new.body.get(key)]
    fields = [Field(key, old.body.get(key), new.body.get(key)) for key in keys]
    if old.id != new.id:
        fields.insert(0, Field("id", old.id, new.id))
    only = fields[0].key if len(fields) == 1 else ""
    change = {"evidence": "re-sourced", "id": "renamed"}.get(only, "corrected")
    return Correction(change, new.type, new.id, new.name, new.place, tuple(fields))


class _Match:
    """The things of one type that differ between two versions: `pairs`, and what is left of each side by id.

    Nothing here depends on which side is which.
    """

    def __init__(self, kind: str, was: dict[str, Thing], now: dict[str, Thing]) -> None:
        self.kind = kind
        self.was = was
        self.now = now
        self.pairs: list[tuple[Thing, Thing]] = []
        self.same_body()
        self.same_id(unless_made=True)
        self.alike()
        self.same_id(unless_made=False)

    def take(self, old: str, new: str) -> None:
        self.pairs.append((self.was.pop(old), self.now.pop(new)))

    def same_body(self) -> None:
        """Pair what has the same keys and values; of several, in the order of ids."""
        where: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.was, reverse=True):
            where[_text(self.was[key].body)].append(key)
        for key in sorted(self.now):
            if others := where.get(_text(self.now[key].body)):
                self.take(others.pop(), key)

    def same_id(self, *, unless_made: bool) -> None:
        """Pair what has the same id; with `unless_made`, not where the id tells less than what else is said."""
        both = sorted(self.was.keys() & self.now.keys())
        busy = {self.track(one) for side in (self.was, self.now) for key, one in side.items() if key not in both}
        for key in both:
            pair = self.was[key], self.now[key]
            if not (unless_made and all(self.track(one) in busy and _is_made(one) for one in pair)):
                self.take(key, key)

    def track(self, one: Thing) -> tuple[str, ...]:
        """Return what the records share among which an id that was made may have moved."""
        return tuple([one.body[key] for key in _MADE_OF.get(self.kind, ()) if key != "date"])

    def alike(self) -> None:
        """Pair what is alike in over half of its keys and in one that tells, the most alike first."""
        found: list[tuple[float, bool, list[str], str, str]] = []
        for old, new in candidates(*({key: one.body for key, one in side.items()} for side in (self.was, self.now))):
            share = likeness(self.was[old].body, self.now[new].body)
            if share > 0.5 and (old == new or _told(self.was[old], self.now[new])):
                found.append((-share, old != new, sorted((old, new)), old, new))
        for *_, old, new in sorted(found):
            if old in self.was and new in self.now:
                self.take(old, new)


def _is_made(one: Thing) -> bool:
    """Whether an id is what the loader gives a record that has none."""
    keys = _MADE_OF.get(one.type)
    if keys is None:
        return False
    name = ".".join(one.body[key] for key in keys)
    return one.id.startswith(name) and _NUMBER.match(one.id, len(name)) is not None


_NUMBER: Final = re.compile(r"(-\d+)?\Z")


def _told(old: Thing, new: Thing) -> bool:
    if old.type not in STATEMENTS and old.name == new.name:
        return True
    return any(
        all(key in old.body and old.body[key] == new.body.get(key) for key in keys) for keys in _TELLING[old.type]
    )


def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Return the share of keys with equal values among all keys of two bodies.

    >>> likeness({"actor": "a", "position": "open"}, {"actor": "a", "position": "open", "note": "…"})
    0.6666666666666666
    """
    equal = [key for key, value in one.items() if key in other and value == other[key]]
    return len(equal) / len(one.keys() | other.keys())


def candidates(was: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Return the ids of all bodies, of either side one, that may be alike in over half of their keys, and others.

    Two such bodies share one of the rarer half of what each says, whatever the measure of rarity (prefix filtering:
    Bayardo, Ma and Srikant, Scaling up all pairs similarity search, 2007). So only what shares something rare is
    looked at, the rarest first, and no more than `_MOST` pairs.

    >>> candidates({"x": {"actor": "a", "date": "2026", "stage": "pledges"}}, {"y": {"actor": "a", "stage": "pledges"}})
    {('x', 'y')}
    """
    sides = [
        {key: [(name, _text(value)) for name, value in one.items()] for key, one in side.items()} for side in (was, now)
    ]
    first, second = (Counter(said for one in side.values() for said in one) for side in sides)
    shared: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for number, side in enumerate(sides):
        for key, one in side.items():
            for said in sorted(one, key=lambda said: (first[said] * second[said], said))[: (len(one) + 1) // 2]:
                shared[said][number].append(key)
    found: set[tuple[str, str]] = set()
    left = _MOST
    for size, said in sorted((len(old) * len(new), said) for said, (old, new) in shared.items()):
        left -= size
        if left < 0:
            break
        found.update(product(*shared[said]))
    return found


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)
