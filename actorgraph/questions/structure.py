"""How proposals hang together: what each is part of and succeeds, and what it entails and excludes, both ways."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.ledger.store import Ledger


class Kin(NamedTuple):
    """A proposal that others lead to from the one that was asked about: from which next to it, in how many steps."""

    proposal: str
    next_to: str
    steps: int


class Structure(NamedTuple):
    """How one proposal hangs together with others.

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
    """Return how a proposal (by id) hangs together with others.

    >>> from actorgraph import load
    >>> structure = structure_of(load("graphs/ukraine-troops"), "nato-troops")
    >>> structure.entails, structure.excludes, [part.proposal for part in structure.parts]
    (('foreign-forces',), ('no-nato-troops',), [])
    """
    links: dict[str, dict[str, list[str]]] = {key: defaultdict(list) for key in ("part-of", "succeeds", "entails")}
    back: dict[str, dict[str, list[str]]] = {key: defaultdict(list) for key in links}
    excluded: dict[str, set[str]] = defaultdict(set)
    for thing in ledger.things("proposal"):  # sorted by id
        for key, onward in links.items():
            for other in thing.body.get(key, ()):
                onward[thing.id].append(other)
                back[key][other].append(thing.id)
        for other in thing.body.get("excludes", ()):
            excluded[thing.id].add(other)
            excluded[other].add(thing.id)
    return Structure(
        tuple(_reached(proposal, links["part-of"])),
        tuple(_reached(proposal, back["part-of"])),
        tuple(_reached(proposal, links["succeeds"])),
        tuple(_reached(proposal, back["succeeds"])),
        tuple(sorted(links["entails"][proposal])),
        tuple(sorted(back["entails"][proposal])),
        tuple(sorted(excluded[proposal])),
    )


def _reached(start: str, edges: Mapping[str, Sequence[str]]) -> Iterator[Kin]:
    """Yield what edges lead to, each once, right behind what leads there; nearer things keep their place."""
    steps = _steps(start, edges)
    seen = {start}

    def below(proposal: str) -> Iterable[Kin]:
        for other in sorted(edges.get(proposal, ())):
            if other not in seen and steps[other] == steps[proposal] + 1:
                seen.add(other)
                yield Kin(other, proposal, steps[other])
                yield from below(other)

    yield from below(start)


def _steps(start: str, edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return how many steps away what edges lead to is, at least."""
    steps = {start: 0}
    level = [start]
    while level:
        onward = {other for proposal in level for other in edges.get(proposal, ()) if other not in steps}
        steps |= dict.fromkeys(onward, steps[level[0]] + 1)
        level = sorted(onward)
    return steps
