"""What was renamed between two versions of a model: what the base says under old ids, under the new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.model.kinds import KIND, KINDS, TYPES, references
from actorgraph.questions.pairing import Pairing, made_name
from actorgraph.vocabulary import JOINTLY, NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.rows import Row

_KEYED: Final = tuple(kind.name for kind in KINDS if kind.keyed)
"""The kinds whose ids others refer to."""

_RECORDS: Final = tuple(kind.name for kind in KINDS if kind.is_record)

GONE: Final = " (gone)"
"""What marks an id of the base whose thing is gone while another bears the id now. No id holds a blank."""


class Renames(NamedTuple):
    """The new ids by old id: of each kind that others refer to, and of records.

    An id of the base that is gone, and that another thing bears now, is marked with `GONE`.
    """

    ids: Mapping[str, Mapping[str, str]]
    records: Mapping[str, str]

    @property
    def of_things(self) -> bool:
        """Whether anything was renamed that others refer to."""
        return any(self.ids.values())

    def row(self, row: Row) -> Row:
        """Return a row of the base under the new ids."""
        if not (self.of_things or self.records):
            return row
        actors, proposals, sources = self.ids["actor"], self.ids["proposal"], self.ids["source"]
        return row._replace(
            actor=actors.get(row.actor, row.actor),
            proposal=proposals.get(row.proposal, row.proposal),
            toward=tuple(actors.get(key, key) for key in row.toward),
            conditions=tuple(sorted(map(self.condition, row.conditions))),
            speaker=row.speaker and actors.get(row.speaker, row.speaker),
            because=tuple(step._replace(proposal=proposals.get(step.proposal, step.proposal)) for step in row.because),
            records=tuple(self.records.get(key, key) for key in row.records),
            evidence=tuple(item._replace(source=sources.get(item.source, item.source)) for item in row.evidence),
        )

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
        key = condition.removeprefix(NOT)
        return condition.removesuffix(key) + self.ids["condition"].get(key, key)


class Pair(NamedTuple):
    """A thing that stands in both versions: in the base as curated, and under the new ids; and as it is now."""

    curated: Thing
    old: Thing
    new: Thing


class Paired(NamedTuple):
    """What two versions share and differ in, what only one of them has, and what was renamed."""

    pairs: tuple[Pair, ...]
    removed: tuple[Thing, ...]
    added: tuple[Thing, ...]
    renames: Renames


def paired(base: Ledger, ledger: Ledger) -> Paired:
    """Return which things of two versions are the same, save those that do not differ at all, and what was renamed.

    Two things that refer to a renamed one may be the same under its new id, and then be renamed themselves: so the
    search begins again as long as it finds renames. It depends on neither side being the base.
    """
    was, now = ({kind: {thing.id: thing for thing in side.things(kind)} for kind in TYPES} for side in (base, ledger))
    known: dict[str, dict[str, str]] = {kind: {} for kind in _KEYED}
    while True:
        ids = {kind: {**_gone(known[kind]), **known[kind]} for kind in _KEYED}
        old = {kind: _under_new_ids(kind, was[kind].values(), ids) for kind in TYPES}
        pairings = {kind: _pairing(kind, old[kind], now[kind], known.get(kind, {})) for kind in TYPES}
        fresh = [
            (kind, before.id, after.id)
            for kind in _KEYED
            for before, after in pairings[kind].pairs
            if before.id != after.id and before.id not in known[kind]
        ]
        if not fresh:
            break
        for kind, before, after in fresh:
            known[kind][before] = after
    pairs = tuple(
        Pair(old[kind][before.id][1], before, after) for kind in TYPES for before, after in pairings[kind].pairs
    )
    removed = tuple(old[kind][key][1] for kind in TYPES for key in pairings[kind].was)
    added = tuple(thing for kind in TYPES for thing in pairings[kind].now.values())
    moved = {
        curated.id: key
        for kind in _RECORDS
        for curated, key in _partners(old[kind], pairings[kind])
        if curated.id != key
    }
    return Paired(pairs, removed, added, Renames(ids, {**_gone(moved), **moved}))


def _partners(old: Mapping[str, tuple[Thing, Thing]], pairing: Pairing) -> Iterator[tuple[Thing, str]]:
    """Yield the things of the base that there still are, with their ids now."""
    ids = {before.id: after.id for before, after in pairing.pairs}
    return ((curated, ids.get(key, key)) for key, (_, curated) in old.items() if key not in pairing.was)


def _gone(renames: Mapping[str, str]) -> dict[str, str]:
    """Return the marks for what bears an id in the base that another thing has now."""
    return {key: key + GONE for key in renames.values() if key not in renames}


def _under_new_ids(
    kind: str, things: Iterable[Thing], ids: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[Thing, Thing]]:
    """Return things of the base under the new ids, each with itself as curated, by its id.

    The id of a record that was made of what it says is made again, and so is what an own id of a joint statement makes.
    """
    if not any(ids.values()):
        return {thing.id: (thing, thing) for thing in things}
    by_id: dict[str, tuple[Thing, Thing]] = {}
    for thing in things:
        body: Any = thing.body
        for reference in references(kind):
            body = _replaced(body, reference.keys, ids.get(reference.kind, {}))
        body = _replaced(body, (JOINTLY,), ids.get("actor", {}))
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
        by_id[key] = renamed._replace(id=key), thing
    return by_id


def _replaced(value: Any, keys: tuple[str, ...], ids: Mapping[str, str]) -> Any:
    """Return a value of a body with the ids replaced to which some keys lead."""
    if isinstance(value, (list, tuple)):
        return [_replaced(item, keys, ids) for item in value]
    if not keys:
        return ids.get(value, value)
    first, *rest = keys
    return {**value, first: _replaced(value[first], tuple(rest), ids)} if first in value else value


def _pairing(
    kind: str, old: Mapping[str, tuple[Thing, Thing]], now: Mapping[str, Thing], known: Mapping[str, str]
) -> Pairing:
    """Return how the things of one kind that differ are paired; those that are known to be renamed come first."""
    renamed = {*known, *known.values()}
    same = {key for key, (thing, _) in old.items() if key in now and now[key].body == thing.body and key not in renamed}
    was = {key: thing for key, (thing, _) in old.items() if key not in same}
    return Pairing(KIND[kind], was, {key: thing for key, thing in now.items() if key not in same}, known)
