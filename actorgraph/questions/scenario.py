"""What if: which conditions hold, by assumption or by record, and what that does to a position.

An assumption decides a condition on every day. Without one, `held` decides: a condition with `held` is known on every
date, one without is unknown. A position whose conditions are all met is unconditional, one whose conditions fail drops
out, and one that is still undecided keeps what is undecided of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from actorgraph.dates import ends_on, last_day
from actorgraph.errors import UsageProblem, quoted
from actorgraph.questions.arguments import checked_conditions
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from actorgraph.ledger.store import Ledger


class Scenario:
    """Assumptions over a model's conditions.

    Raises `UsageProblem`, with the nearest names, for a condition that the model does not know, and for one that is
    assumed both to hold and not to.

    >>> from actorgraph import load
    >>> scenario = Scenario(load("examples/minimal.yaml"), ["not:state-loan"])
    >>> scenario.assumed, scenario.settle(("state-loan",), 20260601), scenario.settle(("not:state-loan",), 20260601)
    (('not:state-loan',), None, ())
    """

    def __init__(self, ledger: Ledger, assume: Iterable[str] = ()) -> None:
        names = checked_conditions(assume)
        named = [(ledger.resolve(name.removeprefix(NOT), "condition").id, not name.startswith(NOT)) for name in names]
        self.assumed = tuple(sorted({key if holds else NOT + key for key, holds in named}))
        self._decided = dict(named)
        for key in self._decided:
            if {key, NOT + key} <= set(self.assumed):
                raise UsageProblem(f"{quoted(key)} cannot both hold and not hold; assume one of them")
        self._ledger = ledger
        self._settled: dict[tuple[tuple[str, ...], int], tuple[str, ...] | None] = {}

    @cached_property
    def _held(self) -> dict[str, list[tuple[int, int]]]:
        """When conditions held that are not decided otherwise; most answers never ask."""
        return {
            thing.id: [(last_day(period["since"]), ends_on(period.get("until"))) for period in thing.body["held"]]
            for thing in self._ledger.things("condition")
            if thing.body.get("held") and thing.id not in self._decided
        }

    def settle(self, conditions: tuple[str, ...], day: int) -> tuple[str, ...] | None:
        """Return what is left undecided of conditions on a day, or None where one of them fails."""
        asked = conditions, day
        if asked not in self._settled:  # many rows depend on the same
            self._settled[asked] = self._left(conditions, lambda condition: self._holds(condition, day))
        return self._settled[asked]

    def assume(self, conditions: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return what assumptions alone leave undecided of conditions, or None where one of them fails."""
        return self._left(conditions, self._decided.get)

    def _left(self, conditions: tuple[str, ...], known: Callable[[str], bool | None]) -> tuple[str, ...] | None:
        left = []
        for condition in conditions:
            holds = known(condition.removeprefix(NOT))
            if holds is None:
                left.append(condition)
            elif holds is condition.startswith(NOT):
                return None
        return tuple(left)

    def turns(self, conditions: Iterable[str]) -> set[int]:
        """Return the days on which what is known of these conditions changes."""
        known = (self._held.get(condition.removeprefix(NOT), ()) for condition in conditions)
        return {day for intervals in known for interval in intervals for day in interval}

    def _holds(self, condition: str, day: int) -> bool | None:
        if condition in self._held:
            return any(since <= day < until for since, until in self._held[condition])
        return self._decided.get(condition)
