"""Lines of descent: which proposal carries on which, and whose position on the one goes on to the other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.questions.structure import steps_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.changes import Unit


class Descents:
    """Which proposals each proposal descends from, by `succeeds`, over any number of steps.

    >>> descents = Descents([("draft", "idea"), ("law", "draft"), ("rival", "idea")])
    >>> descents.ancestors("law"), descents.ancestors("idea")
    ({'draft': 1, 'idea': 2}, {})
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a successor and a proposal that it succeeds."""
        self._predecessors: dict[str, list[str]] = defaultdict(list)
        for successor, proposal in pairs:
            self._predecessors[successor].append(proposal)

    def __bool__(self) -> bool:
        return bool(self._predecessors)

    def ancestors(self, proposal: str) -> dict[str, int]:
        """Return the proposals that one descends from, with the fewest steps to each, the nearest first."""
        steps = steps_from([proposal], self._predecessors)
        del steps[proposal]
        return steps

    def successions(self, gone: Iterable[Unit], new: Iterable[Unit]) -> Iterator[tuple[Unit, Unit]]:
        """Yield the units that are one matter: what is gone, and what is new on a proposal that descends from its own.

        Both are of one actor, kind and basis; each is the other's nearest by steps, and no other is as near.
        """
        if not self:
            return
        begun: Mapping[tuple[str, str, str], list[Unit]] = defaultdict(list)
        for unit in new:
            if unit.proposal in self._predecessors:
                begun[unit[:3]].append(unit)
        steps = {
            (before, after): distance
            for before in gone
            for after in begun.get(before[:3], ())
            if (distance := self.ancestors(after.proposal).get(before.proposal)) is not None
        }
        for pair, distance in steps.items():
            rivals = [other for other in steps if other != pair and (other[0] == pair[0] or other[1] == pair[1])]
            if all(steps[rival] > distance for rival in rivals):
                yield pair


NO_DESCENTS: Final = Descents(())
"""Where no proposal carries on another."""


def descents_in(ledger: Ledger) -> Descents:
    """Return the lines of descent of a model."""
    return Descents(ledger.descents)
