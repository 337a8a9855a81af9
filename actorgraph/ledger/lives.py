"""Lives: from when until when a proposal is on record, and an actor there.

Nothing is inferred on a proposal before it is on record, nor through it, and from the day after its last nothing is in
force on it, stated or inferred; unless its fate is `adopted`, which ends nothing. What is stated before stands all the
same. An actor's own `since` and `until` do the same to what it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from actorgraph.dates import LONG_AGO, ends_on, first_day, last_day
from actorgraph.ledger.intervals import ALWAYS, Interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.model.model import Model
    from actorgraph.model.records import Actor, Proposal


class Lifetime(NamedTuple):
    """The life of a proposal or an actor: from `on_record.since` on it may be inferred about, at `until` all ends.

    `possible_from` is the first day on which it may have begun, `LONG_AGO` where nobody knows.
    """

    possible_from: int
    on_record: Interval


FirstSaid: TypeAlias = "tuple[int, str]"
"""The first certain day of a record on a proposal, and its date as curated."""

UNKNOWN: Final = Lifetime(LONG_AGO, ALWAYS)
"""The life of what has no dates."""


def actor_life(actor: Actor) -> Lifetime:
    """Return the life of an actor.

    >>> from actorgraph.model.records import Actor
    >>> actor_life(Actor(name="A", kind="state", since="1991", until="2022-02")).on_record[:2]
    (19911231, 20220201)
    """
    return UNKNOWN if actor.since is actor.until is None else _life(actor.since, actor.until)


def proposal_life(proposal: Proposal, first_said: FirstSaid | None = None) -> Lifetime:
    """Return the life of a proposal, given when something was first said on it for certain, if it ever was.

    >>> from actorgraph.model.records import Proposal
    >>> proposal_life(Proposal(title="P"), (20250131, "2025-01")).on_record
    Interval(since=20250131, until=99991231, since_date='2025-01', until_date=None)
    """
    until = None if proposal.fate == "adopted" else proposal.until
    if proposal.since is not None or first_said is None:
        return UNKNOWN if proposal.since is until is None else _life(proposal.since, until)
    (since, since_date), life = first_said, _life(None, until)
    return life._replace(on_record=life.on_record._replace(since=since, since_date=since_date))


def _life(since: str | None, until: str | None) -> Lifetime:
    begin = (LONG_AGO, LONG_AGO) if since is None else (first_day(since), last_day(since))
    end = ends_on(until)
    return Lifetime(begin[0], Interval(begin[1], end, since, until))


class Lives(NamedTuple):
    """The lives of all actors and proposals of a model that have one, by id."""

    actors: Mapping[str, Lifetime]
    proposals: Mapping[str, Lifetime]

    def of(self, actor: str, proposal: str) -> tuple[Lifetime, Lifetime]:
        """Return the lives that bound what an actor holds on a proposal."""
        return self.actors.get(actor, UNKNOWN), self.proposals.get(proposal, UNKNOWN)

    def actor(self, actor: str) -> Interval:
        """Return the days on which something may be inferred of an actor."""
        return self.actors.get(actor, UNKNOWN).on_record

    def proposal(self, proposal: str) -> Interval:
        """Return the days on which something may be inferred on a proposal, or through it."""
        return self.proposals.get(proposal, UNKNOWN).on_record


def lives(model: Model, first_said: Mapping[str, FirstSaid] | None = None) -> Lives:
    """Return the lives of a model's actors and proposals.

    A proposal without a `since` is on record from when something was `first_said` on it, given here by proposal.
    """
    said = first_said or {}
    actors = {key: actor_life(actor) for key, actor in model.actors.items()}
    proposals = {key: proposal_life(proposal, said.get(key)) for key, proposal in model.proposals.items()}
    return Lives(*({key: life for key, life in every.items() if life is not UNKNOWN} for every in (actors, proposals)))
