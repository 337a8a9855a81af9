"""Inference: what follows from what was stated, as holdings of their own, always shown as such.

Four rules, and nothing else infers:

- supports P, and P entails Q: supports Q;
- opposes Q, and P entails Q: opposes P;
- supports P, and P excludes Q (or Q excludes P): opposes Q;
- pledges, allocates or delivers P: supports P.

Only what is certain and uncontested infers, on proposals that are on record (`ledger.lives`), and through them.
Conditions travel along. What is stated on a track beats what is inferred on it, on every day on which it is in
force. Inferences of both supports and opposes are both kept, contested, where both can hold at once.

The rules are run once per model over intervals, not once per day: a conclusion is in force while its premise is and
nothing stated stands in its way. For each actor, conclusions are drawn in the order of their chains, the shortest
first, and only for days that no shorter chain has covered (Dijkstra 1959, with chains for distances). With f facts
(pieces of intervals, stated and inferred) and r rules that leave one proposal at most, that takes O(f·r·log(f·r))
comparisons of chains, however the proposals entail each other in circles.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.ledger.codec import Ground
from actorgraph.ledger.holdings import Holding, in_runs, spoken
from actorgraph.ledger.intervals import Interval, common, shortest, without
from actorgraph.ledger.lives import FirstSaid, Lives, lives
from actorgraph.vocabulary import UNDERTAKINGS, Step, apart, compatible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.model.model import Model
    from actorgraph.model.records import Proposal

Conditions = tuple[str, ...]
Conclusion = tuple[str, str, Conditions]
"""(proposal, position, conditions)"""


class _Piece(NamedTuple):
    """A conclusion over an interval, with the chain that leads to it, as it waits its turn: shortest chain first."""

    length: int
    steps: tuple[Step, ...]
    interval: Interval
    conditions: Conditions
    base: int

    @property
    def may_be_told_otherwise(self) -> bool:
        """Whether it follows at once from an undertaking, or from support for what excludes it."""
        return self.length == 2 and self.steps[-1].rule in ("undertakes", "excludes")


class Reasoning(NamedTuple):
    """What follows from what was stated: `inferred` holdings, and those `overruled` by what was stated on their track.

    Only what differs by at least one on the scale of positions from what is stated is overruled. It is told by its
    shortest chain. What follows at once from an undertaking, or from support for what excludes it, stands beside what
    follows in another way: a dispute of another kind may tell it.
    """

    inferred: tuple[Holding, ...]
    overruled: tuple[Holding, ...]


def inferred(stated: Iterable[Holding], model: Model) -> tuple[Holding, ...]:
    """Return every holding that follows from stated ones by the model's proposals, sorted by track and since.

    `stated` are all holdings of the model, in any order: the result does not depend on it.

    >>> from actorgraph.ledger.holdings import holdings
    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("graphs/ukraine-troops")
    >>> follows = inferred(holdings(model), model)
    >>> [(row.position, row.since) for row in follows if (row.actor, row.proposal) == ("us", "nato-membership")]
    [('opposes', 20251201)]
    """
    return reasoned(stated, model).inferred


def reasoned(stated: Iterable[Holding], model: Model) -> Reasoning:
    """Return what follows from stated holdings, as `inferred` does, and what would but for a stated one.

    >>> from actorgraph.ledger.holdings import holdings
    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("graphs/ukraine-troops")
    >>> [(row.actor, row.position, row.proposal, row.since) for row in reasoned(holdings(model), model).overruled]
    [('us', 'opposes', 'multinational-force', 20260106)]
    """
    rules = _Rules(model.proposals)
    by_actor: dict[str, list[Holding]] = defaultdict(list)
    for holding in stated:
        by_actor[holding.actor].append(holding)
    on_record = lives(model, _first_said((holding for holdings in by_actor.values() for holding in holdings), model))
    of_actors = [
        _OfActor(actor, sorted(by_actor[actor], key=_order), rules, on_record)
        for actor in sorted(by_actor)
        if any(rules.steps_from(holding.position, holding.proposal) for holding in by_actor[actor])
    ]
    inferred = tuple(holding for of_actor in of_actors for holding in of_actor.inferred())
    return Reasoning(inferred, tuple(holding for of_actor in of_actors for holding in of_actor.overruled()))


def linked_to(some: Iterable[str], proposals: Mapping[str, Proposal]) -> set[str]:
    """Return all proposals from which anything may follow on some of them, these among them.

    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("graphs/ukraine-troops")
    >>> sorted(linked_to(["nato-membership"], model.proposals))
    ['nato-membership', 'no-nato-path']
    """
    beside: dict[str, set[str]] = defaultdict(set)
    for key, proposal in proposals.items():
        for other in (*proposal.entails, *proposal.excludes):
            beside[key].add(other)
            beside[other].add(key)
    reached: set[str] = set()
    waiting = set(some)
    while waiting:
        reached |= waiting
        waiting = {other for key in waiting for other in beside[key]} - reached
    return reached


def _first_said(stated: Iterable[Holding], model: Model) -> dict[str, FirstSaid]:
    """Return, by proposal, the first day on which something on it is certain, with its date as curated."""
    said = {record.id: (record.day, record.record) for holding in stated for record in holding.said}
    for _, records in spoken(model):
        for record in records:
            if record.id not in said:  # an end keeps it out of every holding
                said[record.id] = model.in_force_from(record), record
    first: dict[str, FirstSaid] = {}
    for day, record in said.values():
        earliest, date = first.get(record.proposal, (day, record.date))
        if day <= earliest:
            dates = (date, record.date) if day == earliest else (record.date,)
            first[record.proposal] = day, str(shortest(dates))
    return first


def _order(holding: Holding) -> tuple[object, ...]:
    return holding.kind, holding.proposal, holding.since, holding.position, holding.conditions, holding.toward


class _Rules:
    """The rules of a model: which steps lead from a position on a proposal to positions on others."""

    def __init__(self, proposals: Mapping[str, Proposal]) -> None:
        self.steps: dict[tuple[str, str], list[Step]] = defaultdict(list)
        for key, proposal in proposals.items():
            for other in proposal.entails:
                self.steps["supports", key].append(Step("supports", other, "entails"))
                self.steps["opposes", other].append(Step("opposes", key, "entailed"))
            for other in proposal.excludes:
                self.steps["supports", key].append(Step("opposes", other, "excludes"))
                self.steps["supports", other].append(Step("opposes", key, "excludes"))

    def steps_from(self, position: str, proposal: str) -> Sequence[Step]:
        """Return every step that leads on from a position on a proposal."""
        if position in UNDERTAKINGS:
            return (Step("supports", proposal, "undertakes"),)
        return self.steps.get((position, proposal), ())


class _OfActor:
    """What follows from the holdings of one actor: conclusions, and those that something stated overrules."""

    def __init__(self, actor: str, stated: list[Holding], rules: _Rules, on_record: Lives) -> None:
        self.actor = actor
        self.stated = [holding for holding in stated if not holding.is_possible]
        self.rules = rules
        self.on_record = on_record
        self.stances: dict[str, list[Holding]] = defaultdict(list)
        for holding in self.stated:
            if holding.kind == "stance":
                self.stances[holding.proposal].append(holding)
        self.conclusions: dict[Conclusion, list[_Piece]] = defaultdict(list)
        self.overruled_pieces: dict[tuple[Conclusion, bool], list[_Piece]] = defaultdict(list)
        self.conclude()

    def inferred(self) -> Iterator[Holding]:
        """Yield what is inferred, sorted by proposal and since."""
        by_position: dict[tuple[str, str], dict[Conditions, list[_Piece]]] = defaultdict(dict)
        for (proposal, position, conditions), pieces in self.conclusions.items():
            by_position[proposal, position][conditions] = pieces
        tracks: dict[str, list[tuple[str, _Piece]]] = defaultdict(list)
        for (proposal, position, conditions), pieces in self.conclusions.items():
            on_fewer_conditions = [
                piece.interval
                for others, other_pieces in by_position[proposal, position].items()
                if set(others) < set(conditions)
                for piece in other_pieces
            ]  # while a position holds on fewer conditions, the same one on more of them adds nothing
            for piece in pieces:
                for part in without(piece.interval, on_fewer_conditions):
                    tracks[proposal].append((position, piece._replace(interval=part)))
        for proposal in sorted(tracks):
            yield from self.over_time(proposal, tracks[proposal])

    def overruled(self) -> Iterator[Holding]:
        """Yield what would be inferred but for a stated position far from it, sorted by proposal and since."""
        for ((proposal, position, _), _), pieces in sorted(self.overruled_pieces.items()):
            in_time = sorted(pieces, key=lambda piece: piece.interval[:2])
            yield from in_runs(self.holding(proposal, position, piece, contest=None) for piece in in_time)

    def conclude(self) -> None:
        """Draw every conclusion for the stretches of time over which its chain is the shortest: none overlap."""
        waiting: list[_Piece] = []
        life = self.on_record.actor(self.actor)
        for number, holding in enumerate(self.stated):
            if holding.contest is None:
                start = (Step(holding.position, holding.proposal, "stated"),)
                on_record = common(life, self.on_record.proposal(holding.proposal))
                interval = common(holding.interval, on_record)
                self.add_next(_Piece(1, start, interval, holding.conditions, number), waiting)
        while waiting:
            piece = heapq.heappop(waiting)
            last = piece.steps[-1]
            conclusion = last.proposal, last.position, piece.conditions
            known, stated = self.conclusions[conclusion], self.stances.get(last.proposal, ())
            covered = [*(holding.interval for holding in stated), *(piece.interval for piece in known)]
            for part in without(piece.interval, covered):
                new = piece._replace(interval=part)
                known.append(new)
                self.add_next(new, waiting)
            against = [holding for holding in stated if apart(holding.position, last.position)]
            self.overrule(piece, conclusion, against)

    def overrule(self, piece: _Piece, conclusion: Conclusion, stated: list[Holding]) -> None:
        """Note over which days stated holdings overrule a piece, each day once."""
        for holding in stated:
            shared = common(holding.interval, piece.interval)
            if shared.since < shared.until:
                known = self.overruled_pieces[conclusion, piece.may_be_told_otherwise]
                for part in without(shared, [piece.interval for piece in known]):
                    known.append(piece._replace(interval=part))

    def add_next(self, piece: _Piece, waiting: list[_Piece]) -> None:
        """Put what follows from a piece in one step, while that is on record, among those that wait."""
        last = piece.steps[-1]
        for step in self.rules.steps_from(last.position, last.proposal):
            interval = common(piece.interval, self.on_record.proposal(step.proposal))
            if interval.since < interval.until:
                steps = (*piece.steps, step)
                heapq.heappush(waiting, piece._replace(length=len(steps), steps=steps, interval=interval))

    def holding(self, proposal: str, position: str, piece: _Piece, *, contest: str | None) -> Holding:
        """Return a piece as a holding."""
        base, interval = self.stated[piece.base], piece.interval
        ground = Ground(*interval[:2], piece.steps, tuple([said.id for said in base.said]))
        track = ("stance", self.actor, proposal, ())
        return Holding(
            *track, position, interval.since, interval, interval, piece.conditions, contest, base.said, (), (ground,)
        )

    def over_time(self, proposal: str, pieces: list[tuple[str, _Piece]]) -> Iterator[Holding]:
        """Return one track's inferred holdings: contested where both positions are, adjacent ones joined."""
        if len(pieces) == 1:  # as on most tracks
            ((position, piece),) = pieces
            return iter((self.holding(proposal, position, piece, contest=None),))
        if len({position for position, _ in pieces}) == 1:  # nor is there a contest then
            ordered = sorted(pieces, key=lambda entry: entry[1].interval[:2])
            return in_runs(self.holding(proposal, position, piece, contest=None) for position, piece in ordered)
        days = sorted({day for _, piece in pieces for day in piece.interval[:2]})
        holdings: list[Holding] = []
        for since, until in pairwise(days):
            stretch = Interval(since, until, None, None)
            in_force = [(position, piece) for position, piece in pieces if _overlap(piece.interval, stretch)]
            for position, piece in in_force:
                contested = any(
                    other != position and compatible(piece.conditions, rival.conditions) for other, rival in in_force
                )
                part = piece._replace(interval=common(piece.interval, stretch))
                holdings.append(self.holding(proposal, position, part, contest="reasoning" if contested else None))
        return in_runs(holdings)


def _overlap(interval: Interval, other: Interval) -> bool:
    return interval.since < other.until and other.since < interval.until
