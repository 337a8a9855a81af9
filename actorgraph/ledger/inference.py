"""Inference: what follows from what was stated, as holdings of their own, always shown as such.

Four rules, and nothing else infers:

- supports P, and P entails Q: supports Q;
- opposes Q, and P entails Q: opposes P;
- supports P, and P excludes Q (or Q excludes P): opposes Q;
- pledges, allocates or delivers P: supports P.

Conditions travel along. What is stated on a track beats what is inferred on it, on every day on which it is in
force. Inferences of both supports and opposes are both kept, contested.

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
from actorgraph.ledger.holdings import Holding, coalesced
from actorgraph.vocabulary import UNDERTAKINGS, Step, apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.model.records import Model, Proposal

Interval = tuple[int, int]
Conditions = tuple[str, ...]
Conclusion = tuple[str, str, Conditions]
"""(proposal, position, conditions)"""


class _Piece(NamedTuple):
    """A conclusion over an interval, with the chain that leads to it, as it waits its turn: shortest chain first."""

    length: int
    steps: tuple[Step, ...]
    since: int
    until: int
    conditions: Conditions
    base: int


class Reasoning(NamedTuple):
    """What follows from what was stated: `inferred` holdings, and those `overruled` by what was stated on their track.

    Only what differs by at least one on the scale of positions from what is stated is overruled.
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
    [('russia', 'supports', 'us-mediated-talks', 20250528), ('us', 'opposes', 'multinational-force', 20260106)]
    """
    rules = _Rules(model.proposals)
    by_actor: dict[str, list[Holding]] = defaultdict(list)
    for holding in stated:
        by_actor[holding.actor].append(holding)
    of_actors = [
        _OfActor(actor, sorted(by_actor[actor], key=_order), rules)
        for actor in sorted(by_actor)
        if any(rules.steps_from(holding.position, holding.proposal) for holding in by_actor[actor])
    ]
    inferred = tuple(holding for of_actor in of_actors for holding in of_actor.inferred())
    return Reasoning(inferred, tuple(holding for of_actor in of_actors for holding in of_actor.overruled()))


def _order(holding: Holding) -> tuple[object, ...]:
    return holding.kind, holding.proposal, holding.since, holding.position, holding.conditions


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

    def __init__(self, actor: str, stated: list[Holding], rules: _Rules) -> None:
        self.actor = actor
        self.stated = stated
        self.rules = rules
        self.stances: dict[str, list[Holding]] = defaultdict(list)
        for holding in stated:
            if holding.kind == "stance":
                self.stances[holding.proposal].append(holding)
        self.conclusions: dict[Conclusion, list[_Piece]] = defaultdict(list)
        self.overruled_pieces: dict[Conclusion, list[_Piece]] = defaultdict(list)
        self.conclude()

    def inferred(self) -> Iterator[Holding]:
        """Yield what is inferred, sorted by proposal and since."""
        by_position: dict[tuple[str, str], dict[Conditions, list[_Piece]]] = defaultdict(dict)
        for (proposal, position, conditions), pieces in self.conclusions.items():
            by_position[proposal, position][conditions] = pieces
        tracks: dict[str, list[tuple[str, _Piece]]] = defaultdict(list)
        for (proposal, position, conditions), pieces in self.conclusions.items():
            on_fewer_conditions = [
                (piece.since, piece.until)
                for others, other_pieces in by_position[proposal, position].items()
                if set(others) < set(conditions)
                for piece in other_pieces
            ]  # while a position holds on fewer conditions, the same one on more of them adds nothing
            for piece in pieces:
                for since, until in _without((piece.since, piece.until), on_fewer_conditions):
                    tracks[proposal].append((position, piece._replace(since=since, until=until)))
        for proposal in sorted(tracks):
            yield from self.over_time(proposal, tracks[proposal])

    def overruled(self) -> Iterator[Holding]:
        """Yield what would be inferred but for a stated position far from it, sorted by proposal and since."""
        for proposal, position, conditions in sorted(self.overruled_pieces):
            pieces = sorted(self.overruled_pieces[proposal, position, conditions], key=_interval)
            yield from coalesced(self.holding(proposal, position, piece, contested=False) for piece in pieces)

    def conclude(self) -> None:
        """Draw every conclusion for the stretches of time over which its chain is the shortest: none overlap."""
        waiting: list[_Piece] = []
        for number, holding in enumerate(self.stated):
            start = (Step(holding.position, holding.proposal, "stated"),)
            first = _Piece(1, start, holding.since, holding.until, holding.conditions, number)
            self.add_next(first, waiting)
        while waiting:
            piece = heapq.heappop(waiting)
            last = piece.steps[-1]
            conclusion = last.proposal, last.position, piece.conditions
            known, stated = self.conclusions[conclusion], self.stances.get(last.proposal, ())
            covered = [*((holding.since, holding.until) for holding in stated), *map(_interval, known)]
            for since, until in _without(_interval(piece), covered):
                new = piece._replace(since=since, until=until)
                known.append(new)
                self.add_next(new, waiting)
            against = [holding for holding in stated if apart(holding.position, last.position)]
            self.overrule(piece, conclusion, against)

    def overrule(self, piece: _Piece, conclusion: Conclusion, stated: list[Holding]) -> None:
        """Note over which days stated holdings overrule a piece, each day once."""
        for holding in stated:
            common = max(holding.since, piece.since), min(holding.until, piece.until)
            if common[0] < common[1]:
                known = self.overruled_pieces[conclusion]
                for since, until in _without(common, [*map(_interval, known)]):
                    known.append(piece._replace(since=since, until=until))

    def add_next(self, piece: _Piece, waiting: list[_Piece]) -> None:
        """Put what follows from a piece in one step among those that wait."""
        last = piece.steps[-1]
        for step in self.rules.steps_from(last.position, last.proposal):
            steps = (*piece.steps, step)
            heapq.heappush(waiting, piece._replace(length=len(steps), steps=steps))

    def holding(self, proposal: str, position: str, piece: _Piece, *, contested: bool) -> Holding:
        """Return a piece as a holding."""
        base = self.stated[piece.base]
        ground = Ground(piece.since, piece.until, piece.steps, tuple([said.id for said in base.said]))
        track = ("stance", self.actor, proposal)
        return Holding(*track, position, *_interval(piece), piece.conditions, contested, base.said, (ground,))

    def over_time(self, proposal: str, pieces: list[tuple[str, _Piece]]) -> Iterator[Holding]:
        """Return one track's inferred holdings: contested where both positions are, adjacent ones joined."""
        if len(pieces) == 1:  # as on most tracks
            ((position, piece),) = pieces
            return iter((self.holding(proposal, position, piece, contested=False),))
        days = sorted({day for _, piece in pieces for day in _interval(piece)})
        holdings: list[Holding] = []
        for since, until in pairwise(days):
            in_force = [(position, piece) for position, piece in pieces if piece.since <= since < piece.until]
            contested = len({position for position, _ in in_force}) > 1
            for position, piece in in_force:
                stretch = piece._replace(since=since, until=until)
                holdings.append(self.holding(proposal, position, stretch, contested=contested))
        return coalesced(holdings)


def _interval(piece: _Piece) -> Interval:
    return piece.since, piece.until


def _without(interval: Interval, others: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what is left of an interval without others, in order."""
    since, until = interval
    for start, end in sorted(others):
        if end <= since or start >= until:
            continue
        if start > since:
            yield since, start
        since = max(since, end)
        if since >= until:
            return
    if since < until:
        yield since, until
