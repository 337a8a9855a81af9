"""How proposals are related: what each is part of and succeeds, and what it entails and excludes, both ways."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing


class Kin(NamedTuple):
    """A proposal that others lead to from the one that was asked about: from which next to it, in how many steps."""

    proposal: str
    next_to: str
    steps: int


class Structure(NamedTuple):
    """How one proposal is related to others.

    `part_of` are the wholes, `parts` the parts, `succeeds` the texts that it carries on and `succeeded_by` those that
    carry it on: at all levels, each once, right behind what leads there. `entails`, `entailed_by` and `excludes` are
    the ids next to it, sorted.
    """

    part_of: tuple[Kin, ...]
    parts: tuple[Kin, ...]
    succeeds: tuple[Kin, ...]
    succeeded_by: tuple[Kin, ...]
    entails: tuple[str, ...]
    entailed_by: tuple[str, ...]
    excludes: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all proposals in it."""
        kin = (*self.part_of, *self.parts, *self.succeeds, *self.succeeded_by)
        return frozenset((*(other.proposal for other in kin), *self.entails, *self.entailed_by, *self.excludes))


def structure_of(ledger: Ledger, proposal: str) -> Structure:
    """Return how a proposal (by id) is related to others.

    >>> from actorgraph import load
    >>> structure = structure_of(load("graphs/ukraine-troops"), "nato-troops")
    >>> structure.entails, structure.excludes, [part.proposal for part in structure.parts]
    (('foreign-forces',), ('no-nato-troops',), [])
    """
    things = ledger.things("proposal")
    part_of, succeeds, entails, excludes = (
        links(things, key) for key in ("part-of", "succeeds", "entails", "excludes")
    )
    return Structure(
        part_of=tuple(_reached(proposal, part_of.onward)),
        parts=tuple(_reached(proposal, part_of.back)),
        succeeds=tuple(_reached(proposal, succeeds.onward)),
        succeeded_by=tuple(_reached(proposal, succeeds.back)),
        entails=tuple(sorted(entails.onward[proposal])),
        entailed_by=tuple(sorted(entails.back[proposal])),
        excludes=tuple(sorted({*excludes.onward[proposal], *excludes.back[proposal]})),
    )


class Links(NamedTuple):
    """What proposals name under one key: by id what each names, and what it is named by."""

    onward: Mapping[str, list[str]]
    back: Mapping[str, list[str]]


def links(proposals: Iterable[Thing], key: str) -> Links:
    """Return what proposals name under a key, such as `part-of`, both ways, in their order.

    >>> from actorgraph import load
    >>> links(load("graphs/ukraine-troops").things("proposal"), "part-of").back["nothing"]
    []
    """
    tied = Links(defaultdict(list), defaultdict(list))
    for thing in proposals:
        for other in thing.body.get(key, ()):
            tied.onward[thing.id].append(other)
            tied.back[other].append(thing.id)
    return tied


def steps_from(starts: Iterable[str], edges: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return to what edges lead, by id, with the fewest steps to each: the nearest first, those equally near by id.

    >>> steps_from(["a"], {"a": ["c", "b"], "b": ["d"], "d": ["a"]})
    {'a': 0, 'b': 1, 'c': 1, 'd': 2}
    """
    level = sorted(starts)
    steps: dict[str, int] = {}
    while level:
        steps |= dict.fromkeys(level, 1 + max(steps.values(), default=-1))
        level = sorted({other for key in level for other in edges.get(key, ()) if other not in steps})
    return steps


def _reached(start: str, edges: Mapping[str, Sequence[str]]) -> Iterator[Kin]:
    """Yield what edges lead to, each once, right behind what leads there; nearer things keep their place."""
    steps = steps_from([start], edges)
    seen = {start}

    def below(proposal: str) -> Iterable[Kin]:
        for other in sorted(edges.get(proposal, ())):
            if other not in seen and steps[other] == steps[proposal] + 1:
                seen.add(other)
                yield Kin(other, proposal, steps[other])
                yield from below(other)

    yield from below(start)
