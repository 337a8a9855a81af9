"""The life of a proposal, as an answer about it tells: when it was on the table, what became of it, what came after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.dates import OPEN, ends_on, first_day, iso
from actorgraph.questions.envelope import Life, off_the_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.rows import Row


def life_of(ledger: Ledger, thing: Thing, day: int) -> Life | None:
    """Return the life of a proposal, seen from a day; None of an actor, and where nothing is known of it.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> life_of(ledger, ledger.resolve("harbour", "proposal"), 20260101)
    """
    if thing.type != "proposal":
        return None
    since, until, fate = (thing.body.get(key) for key in ("since", "until", "fate"))
    succeeded_by = tuple(successor for successor, proposal in ledger.descents if proposal == thing.id)
    if since is until is None and not succeeded_by:
        return None
    return Life(since, until, fate, succeeded_by, outside_of_life(thing, day))


def outside_of_life(thing: Thing, day: int) -> str | None:
    """Return whether a day lies `before` the life of an actor or a proposal or `after` it, None where it lies in it."""
    since = thing.body.get("since")
    if day >= ends_on(thing.body.get("until")):
        return "after"
    return "before" if since is not None and day < first_day(since) else None


def is_off_the_table(proposal: Thing, day: int) -> bool:
    """Whether nothing can be in force on a proposal: it is not there yet, or gone without being adopted.

    >>> from actorgraph import load
    >>> is_off_the_table(load("examples/minimal.yaml").resolve("harbour", "proposal"), 20260101)
    False
    """
    return off_the_table(outside_of_life(proposal, day), proposal.body.get("fate"))


def ends_of(ledger: Ledger, proposals: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return the day on which nothing is in force any more on each of some proposals that ended, and its fate.

    What was adopted has ended nothing.

    >>> from actorgraph import load
    >>> ends_of(load("examples/minimal.yaml"), ["harbour"])
    {}
    """
    bodies = {key: thing.body for key, thing in ledger.by_id(proposals, "proposal").items()}
    return {
        key: (ends_on(body["until"]), body["fate"])
        for key, body in bodies.items()
        if body.get("until") and body.get("fate") not in (None, "adopted")
    }


def fate_that_ended(rows: Iterable[Row], ends: Mapping[str, tuple[int, str]], day: int) -> str | None:
    """Return the fate of the proposal of rows that its end has ended by a day; None where something else has.

    `ends` are those of proposals, as `ends_of` has them.
    """
    for row in rows:
        end, fate = ends.get(row.proposal, (OPEN, None))
        if end <= day and row.until == iso(end):
            return fate
    return None
