"""What if: which conditions hold on a day, by assumption or by record, and what that does to a position.

An assumption decides a condition on every day. Without one, `held` decides: a condition with `held` is known on every
date, one without is unknown. A position whose conditions are all met is unconditional, one whose conditions fail drops
out, and one that is still undecided keeps what is undecided of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.dates import ends_on, last_day
from actorgraph.words import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.ledger import Ledger


class Scenario:
    """Assumptions over a model's conditions, on one day.

    Raises `UsageProblem`, with the nearest names, for a condition that the model does not know.

    >>> from actorgraph import load
    >>> scenario = Scenario(load("examples/minimal.yaml"), ["not:state-loan"], day=20260601)
    >>> scenario.assumed, scenario.settle(("state-loan",)), scenario.settle(("not:state-loan",))
    (('not:state-loan',), None, ())
    """

    def __init__(self, ledger: Ledger, assume: Iterable[str], *, day: int) -> None:
        named = [(ledger.resolve(one.removeprefix(NOT), "condition").id, not one.startswith(NOT)) for one in assume]
        self.assumed = tuple(key if holds else NOT + key for key, holds in named)
        self.truth: dict[str, bool] = {
            thing.id: any(last_day(one["since"]) <= day < ends_on(one.get("until")) for one in thing.body["held"])
            for thing in ledger.things("condition")
            if thing.body.get("held")
        } | dict(named)

    def settle(self, conditions: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return what is left undecided of conditions, or None where one of them fails."""
        left = []
        for one in conditions:
            holds = self.truth.get(one.removeprefix(NOT))
            if holds is None:
                left.append(one)
            elif holds is one.startswith(NOT):
                return None
        return tuple(left)
