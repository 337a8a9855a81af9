"""What was renamed between two versions of a model: what the base says under old ids, under the new ones."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.model.kinds import KEYED, KIND, KINDS, TYPES, references
from actorgraph.names import fold
from actorgraph.questions.pairing import Pairing, body_text, made_name
from actorgraph.vocabulary import JOINTLY, NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.rows import Row

_RECORDS: Final = tuple(kind.name for kind in KINDS if kind.is_record)

GONE: Final = " (gone)"
"""What marks an id of the base whose thing is gone while another bears the id now. No id holds a blank."""


class _Compared(NamedTuple):
    """A thing under the ids by which two versions are compared, and as its own has it curated."""

    thing: Thing
    curated: Thing


_Side = Mapping[str, Mapping[str, _Compared]]
"""By kind the things of one version, by the ids under which they are compared."""


class Renames(NamedTuple):
    """The new ids by old id: of each kind that others refer to, and of records.

    An id of the base that is gone, and that another thing bears now, is marked with `GONE`. What was two things in the
    base and is one now has the id of that. What was one and is two now, is compared under the id of the one: `later`
    says so of the ids of now, and `later_records` of the records that this moves.
    """

    ids: Mapping[str, Mapping[str, str]]
    records: Mapping[str, str]
    later: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    later_records: Mapping[str, str] = MappingProxyType({})

    def now(self, thing: Thing) -> str | None:
        """Return the id of what a thing of the base that is gone was made one with, if it was."""
        key = self.ids.get(thing.type, {}).get(thing.id, GONE)
        return None if key.endswith(GONE) else key

    def before(self, thing: Thing) -> str | None:
        """Return the id of what a thing that is new was one with in the base, if it was."""
        return self.later.get(thing.type, {}).get(thing.id)

    @property
    def of_things(self) -> bool:
        """Whether anything was renamed that others refer to."""
        return any(self.ids.values()) or any(self.later.values())

    def row(self, row: Row) -> Row:
        """Return a row of the base under the new ids."""
        return _row(row, self.ids, self.records)

    def row_now(self, row: Row) -> Row:
        """Return a row of the later version as it is compared."""
        return _row(row, self.later, self.later_records)

    def name_in(self, version: Ledger, other: Ledger, name: str, kind: str) -> str:
        """Return by which name to ask a version: where only the other one knows it, by the id that its bearer has here.

        >>> from actorgraph import load
        >>> ledger = load("examples/minimal.yaml")
        >>> none = {"actor": {}, "proposal": {}, "condition": {}, "source": {}}
        >>> Renames({**none, "actor": {"guild": "fishers-union"}}, {}).name_in(ledger, ledger, "the fishers", "actor")
        'the fishers'
        """
        if version.named(name, kind):
            return name
        renamed = [(old, new) for old, new in self.ids[kind].items() if not new.endswith(GONE)]
        bearers = {thing.id for thing in other.named(name, kind)}
        here = {old if new in bearers else new for old, new in renamed if not bearers.isdisjoint((old, new))}
        known = [key for key in here if version.named(key, kind)]
        return known[0] if len(known) == 1 else name

    def condition(self, condition: str) -> str:
        """Return a condition of the base under its new id, with `not:` before it where that stood there."""
        return _condition(condition, self.ids["condition"])


def _row(row: Row, ids: Mapping[str, Mapping[str, str]], records: Mapping[str, str]) -> Row:
    """Return a row under other ids."""
    if not (any(ids.values()) or records):
        return row
    actors, proposals, conditions, sources = (ids.get(kind, {}) for kind in KEYED)
    return row._replace(
        actor=actors.get(row.actor, row.actor),
        proposal=proposals.get(row.proposal, row.proposal),
        toward=tuple(actors.get(key, key) for key in row.toward),
        conditions=tuple(sorted(_condition(condition, conditions) for condition in row.conditions)),
        speaker=row.speaker and actors.get(row.speaker, row.speaker),
        because=tuple(step._replace(proposal=proposals.get(step.proposal, step.proposal)) for step in row.because),
        records=tuple(records.get(key, key) for key in row.records),
        evidence=tuple(item._replace(source=sources.get(item.source, item.source)) for item in row.evidence),
    )


def _condition(condition: str, ids: Mapping[str, str]) -> str:
    key = condition.removeprefix(NOT)
    return condition.removesuffix(key) + ids.get(key, key)


class Pair(NamedTuple):
    """A thing that stands in both versions: as curated in the base, both under the ids to compare, and as it is now."""

    curated: Thing
    old: Thing
    new: Thing
    now: Thing


class Paired(NamedTuple):
    """What two versions share and differ in, what only one of them has, and what was renamed."""

    pairs: tuple[Pair, ...]
    removed: tuple[Thing, ...]
    added: tuple[Thing, ...]
    renames: Renames


def paired(base: Ledger, ledger: Ledger) -> Paired:
    """Return which things of two versions are the same, save those that do not differ at all, and what was renamed.

    Two things that refer to a renamed one may be the same under its new id, and then be renamed themselves: so the
    search begins again as long as it finds renames, or things that were made one, or two. It depends on neither side
    being the base.
    """
    was, now = ({kind: {thing.id: thing for thing in side.things(kind)} for kind in TYPES} for side in (base, ledger))
    known, merged, later = ({kind: dict[str, str]() for kind in KEYED} for _ in range(3))
    while True:
        ids = {kind: {**_gone(known[kind]), **known[kind], **merged[kind]} for kind in KEYED}
        old = {kind: _under_new_ids(kind, was[kind].values(), ids) for kind in TYPES}
        new = {kind: _under_new_ids(kind, now[kind].values(), later) for kind in TYPES}
        pairings = {kind: _pairing(kind, old[kind], _things(new[kind]), known.get(kind, {})) for kind in TYPES}
        fresh = [
            (known, kind, before.id, after.id)
            for kind in KEYED
            for before, after in pairings[kind].pairs
            if before.id != after.id and before.id not in known[kind]
        ]
        for kind in () if fresh else KEYED:
            partners = list(_partners(old[kind], pairings[kind]))
            here = [(curated, key) for key, (_, curated) in new[kind].items() if key not in pairings[kind].now]
            for ids_of, gone, bearers, sides in (
                (merged, pairings[kind].was, here, (old, new)),
                (later, pairings[kind].now, partners, (new, old)),
            ):
                left = {key: thing for key, thing in gone.items() if key not in ids_of[kind]}
                fresh += [(ids_of, kind, key, bearer) for key, bearer in _taken_over(kind, left, bearers, *sides)]
        if not fresh:
            break
        for ids_of, kind, before_id, after_id in fresh:
            ids_of[kind][before_id] = after_id
    pairs = tuple(
        Pair(old[kind][before.id].curated, before, after, new[kind][after.id].curated)
        for kind in TYPES
        for before, after in pairings[kind].pairs
    )
    removed = tuple(old[kind][key].curated for kind in TYPES for key in pairings[kind].was)
    added = tuple(new[kind][key].curated for kind in TYPES for key in pairings[kind].now)
    moved = {
        curated.id: key
        for kind in _RECORDS
        for curated, key in _partners(old[kind], pairings[kind])
        if curated.id != key
    }
    moved_later = {curated.id: key for kind in _RECORDS for key, (_, curated) in new[kind].items() if curated.id != key}
    return Paired(pairs, removed, added, Renames(ids, {**_gone(moved), **moved}, later, moved_later))


def _things(side: Mapping[str, _Compared]) -> dict[str, Thing]:
    """Return things by the ids under which they are compared, as they are compared."""
    return {key: thing for key, (thing, _) in side.items()}


def _taken_over(
    kind: str, gone: Mapping[str, Thing], bearers: Iterable[tuple[Thing, str]], here: _Side, there: _Side
) -> Iterator[tuple[str, str]]:
    """Yield the ids of things that only one side has, with the id of what is called so on the other, if it is them.

    It is where most of what names the one on its side says the same of the other on the other side.
    """
    if not gone:
        return
    names = {name: key for thing, key in bearers for name in (*_own_names(thing), *_other_names(thing))}
    for key, thing in gone.items():
        bearer = next((names[name] for name in _own_names(thing) if name in names), None)
        if bearer is not None and _goes_on(kind, {key: bearer}, here, there):
            yield key, bearer


def _own_names(thing: Thing) -> Iterator[str]:
    """Yield by what a thing is known: its name or title, of a source its address and its document as well."""
    yield fold(thing.name)
    if thing.type == "source":
        yield from (thing.body[key] for key in ("url", "sha256") if thing.body.get(key))


def _other_names(thing: Thing) -> Iterator[str]:
    """Yield what else an actor or a proposal is called."""
    yield from map(fold, thing.body.get("aliases", ()))
    yield from map(fold, filter(None, [thing.body.get("short")]))


def _goes_on(kind: str, ids: Mapping[str, str], here: _Side, there: _Side) -> bool:
    """Whether most of what names a thing on one side says the same on the other of what bears another id there."""
    named = going_on = 0
    for name in TYPES:
        own = [reference for reference in references(name) if reference.kind == kind]
        said: set[str] | None = None
        for thing, _ in here[name].values() if own else ():
            body = _renamed_body(name, thing.body, {kind: ids})
            if body != thing.body:
                said = {body_text(other.body) for other, _ in there[name].values()} if said is None else said
                named += 1
                going_on += body_text(body) in said
    return going_on * 2 > named


def _partners(old: Mapping[str, _Compared], pairing: Pairing) -> Iterator[tuple[Thing, str]]:
    """Yield the things of the base that there still are, with their ids now."""
    ids = {before.id: after.id for before, after in pairing.pairs}
    return ((curated, ids.get(key, key)) for key, (_, curated) in old.items() if key not in pairing.was)


def _gone(renames: Mapping[str, str]) -> dict[str, str]:
    """Return the marks for what bears an id in the base that another thing has now."""
    return {key: key + GONE for key in renames.values() if key not in renames}


def _under_new_ids(kind: str, things: Iterable[Thing], ids: Mapping[str, Mapping[str, str]]) -> dict[str, _Compared]:
    """Return things of the base under the new ids, each with itself as curated, by its id.

    The id of a record that was made of what it says is made again, and so is what an own id of a joint statement makes.
    """
    if not any(ids.values()):
        return {thing.id: _Compared(thing, thing) for thing in things}
    by_id: dict[str, _Compared] = {}
    for thing in things:
        body = _renamed_body(kind, thing.body, ids)
        renamed = thing._replace(body=body)
        name = made_name(thing)
        if name is not None:
            key = str(made_name(renamed, checked=False)) + thing.id.removeprefix(name)
        elif JOINTLY in body:
            key = thing.id.removesuffix(thing.body["actor"]) + body["actor"]
        else:
            key = thing.id
        while key in by_id:
            key += GONE
        by_id[key] = _Compared(renamed._replace(id=key), thing)
    return by_id


def _renamed_body(kind: str, body: Any, ids: Mapping[str, Mapping[str, str]]) -> Any:
    """Return the body of a thing of a kind with other ids in it."""
    for reference in references(kind):
        body = _replaced(body, reference.keys, ids.get(reference.kind, {}))
    return _replaced(body, (JOINTLY,), ids.get("actor", {}))


def _replaced(value: Any, keys: tuple[str, ...], ids: Mapping[str, str]) -> Any:
    """Return a value of a body with the ids replaced to which some keys lead."""
    if isinstance(value, (list, tuple)):
        items = [_replaced(item, keys, ids) for item in value]
        if keys or len(items) == 1:
            return items
        return items if len(set(items)) == len(items) or len(set(value)) < len(value) else list(dict.fromkeys(items))
    if not keys:
        return ids.get(value, value)
    first, *rest = keys
    return {**value, first: _replaced(value[first], tuple(rest), ids)} if first in value else value


def _pairing(kind: str, old: Mapping[str, _Compared], now: Mapping[str, Thing], known: Mapping[str, str]) -> Pairing:
    """Return how the things of one kind that differ are paired; those that are known to be renamed come first."""
    renamed = {*known, *known.values()}
    same = {key for key, (thing, _) in old.items() if key in now and now[key].body == thing.body and key not in renamed}
    was = {key: thing for key, (thing, _) in old.items() if key not in same}
    return Pairing(KIND[kind], was, {key: thing for key, thing in now.items() if key not in same}, known)
