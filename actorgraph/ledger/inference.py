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
    from collections.abc import Iterable, Iterator, Mapping

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

    Only that is overruled which lies at least one apart from it on the scale of positions.
    """

    inferred: tuple[Holding, ...]
    overruled: tuple[Holding, ...]


def inferred(stated: Iterable[Holding], model: Model) -> tuple[Holding, ...]:
    """Return every holding that follows from stated ones by the model's proposals, sorted by track and since.

    `stated` are all holdings of the model, in any order: the result does not depend on it.

    >>> from actorgraph.ledger.holdings import holdings
    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("graphs/ukraine-troops")
    >>> found = inferred(holdings(model), model)
    >>> [(one.position, one.since) for one in found if (one.actor, one.proposal) == ("us", "nato-membership")]
    [('opposes', 20251201)]
    """
    return reasoned(stated, model).inferred


def reasoned(stated: Iterable[Holding], model: Model) -> Reasoning:
    """Return what follows from stated holdings, as `inferred` does, and what would but for a stated one.

    >>> from actorgraph.ledger.holdings import holdings
    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("graphs/ukraine-troops")
    >>> [(one.actor, one.position, one.proposal, one.since) for one in reasoned(holdings(model), model).overruled]
    [('russia', 'supports', 'us-mediated-talks', 20250528), ('us', 'opposes', 'multinational-force', 20260106)]
    """
    rules = _Rules(model.proposals)
    stated = tuple(stated)
    by_actor: dict[str, list[Holding]] = {one.actor: [] for one in stated if rules.lead_on(one.position, one.proposal)}
    for one in stated:
        if one.actor in by_actor:
            by_actor[one.actor].append(one)
    minds = [_Mind(actor, sorted(by_actor[actor], key=_place), rules) for actor in sorted(by_actor)]
    inferred = tuple(one for mind in minds for one in mind.holdings())
    return Reasoning(inferred, tuple(one for mind in minds for one in mind.overruled()))


def _place(one: Holding) -> tuple[object, ...]:
    return one.kind, one.proposal, one.since, one.position, one.conditions


class _Rules:
    """What leads from a position on a proposal to positions on others."""

    def __init__(self, proposals: Mapping[str, Proposal]) -> None:
        self.entails: dict[str, list[str]] = defaultdict(list)
        self.entailed: dict[str, list[str]] = defaultdict(list)
        self.excludes: dict[str, list[str]] = defaultdict(list)
        for key, proposal in proposals.items():
            for other in proposal.entails:
                self.entails[key].append(other)
                self.entailed[other].append(key)
            for other in proposal.excludes:
                self.excludes[key].append(other)
                self.excludes[other].append(key)

    def lead_on(self, position: str, proposal: str) -> bool:
        """Whether anything follows in one step."""
        if position == "supports":
            return proposal in self.entails or proposal in self.excludes
        return position in UNDERTAKINGS or (position == "opposes" and proposal in self.entailed)

    def __call__(self, position: str, proposal: str) -> Iterator[tuple[str, str, str]]:
        """Yield (rule, position, proposal) for all that follows in one step."""
        if position == "supports":
            for other in self.entails.get(proposal, ()):
                yield "entails", "supports", other
            for other in self.excludes.get(proposal, ()):
                yield "excludes", "opposes", other
        elif position == "opposes":
            for other in self.entailed.get(proposal, ()):
                yield "entailed", "opposes", other
        elif position in UNDERTAKINGS:
            yield "undertakes", "supports", proposal


class _Mind:
    """One actor's holdings, and what follows from them."""

    def __init__(self, actor: str, stated: list[Holding], rules: _Rules) -> None:
        self.actor = actor
        self.stated = stated
        self.rules = rules
        self.taken: dict[str, list[Holding]] = defaultdict(list)
        for one in stated:
            if one.kind == "stance":
                self.taken[one.proposal].append(one)
        self.found: dict[Conclusion, list[_Piece]] = defaultdict(list)
        self.beaten: dict[Conclusion, list[_Piece]] = defaultdict(list)
        self.conclude()

    def holdings(self) -> Iterator[Holding]:
        """Yield what is inferred, sorted by proposal and since."""
        found = self.found
        rivals: dict[tuple[str, str], dict[Conditions, list[_Piece]]] = defaultdict(dict)
        for (proposal, position, conditions), pieces in found.items():
            rivals[proposal, position][conditions] = pieces
        tracks: dict[str, list[tuple[str, _Piece]]] = defaultdict(list)
        for (proposal, position, conditions), pieces in found.items():
            stronger = [
                (piece.since, piece.until)
                for fewer, others in rivals[proposal, position].items()
                if set(fewer) < set(conditions)
                for piece in others
            ]  # what holds on fewer conditions makes what holds on more of them idle
            for piece in pieces:
                for since, until in _without((piece.since, piece.until), stronger):
                    tracks[proposal].append((position, piece._replace(since=since, until=until)))
        for proposal in sorted(tracks):
            yield from self.over_time(proposal, tracks[proposal])

    def overruled(self) -> Iterator[Holding]:
        """Yield what would be inferred but for something stated that is apart from it, sorted by proposal and since."""
        for proposal, position, conditions in sorted(self.beaten):
            pieces = self.beaten[proposal, position, conditions]
            found = (self.holding(proposal, position, piece, contested=False) for piece in sorted(pieces, key=_when))
            yield from coalesced(found)

    def conclude(self) -> None:
        """Draw every conclusion over the pieces of time for which it is the first: none of them overlap."""
        waiting: list[_Piece] = []
        for number, one in enumerate(self.stated):
            if not self.rules.lead_on(one.position, one.proposal):
                continue
            start = (Step(one.position, one.proposal, "stated"),)
            self.follow(_Piece(1, start, one.since, one.until, one.conditions, number), waiting)
        while waiting:
            piece = heapq.heappop(waiting)
            last = piece.steps[-1]
            conclusion = last.proposal, last.position, piece.conditions
            known, stated = self.found[conclusion], self.taken.get(last.proposal, ())
            covered = [*((one.since, one.until) for one in (*stated, *known))]
            for since, until in _without((piece.since, piece.until), covered):
                new = piece._replace(since=since, until=until)
                known.append(new)
                self.follow(new, waiting)
            self.beat(piece, conclusion, [one for one in stated if apart(one.position, last.position)])

    def beat(self, piece: _Piece, conclusion: Conclusion, stated: list[Holding]) -> None:
        """Keep what is left of a piece under holdings that are apart from it."""
        for one in stated:
            common = max(one.since, piece.since), min(one.until, piece.until)
            if common[0] < common[1]:
                known = self.beaten[conclusion]
                for since, until in _without(common, [(each.since, each.until) for each in known]):
                    known.append(piece._replace(since=since, until=until))

    def follow(self, piece: _Piece, waiting: list[_Piece]) -> None:
        """Put what follows from a piece in one step among those that wait."""
        last = piece.steps[-1]
        for rule, position, proposal in self.rules(last.position, last.proposal):
            steps = (*piece.steps, Step(position, proposal, rule))
            heapq.heappush(waiting, piece._replace(length=len(steps), steps=steps))

    def holding(self, proposal: str, position: str, piece: _Piece, *, contested: bool) -> Holding:
        """Return a piece as a holding."""
        base = self.stated[piece.base]
        ground = Ground(piece.since, piece.until, piece.steps, tuple([one.id for one in base.said]))
        track = ("stance", self.actor, proposal)
        interval = (piece.since, piece.until)
        return Holding(*track, position, *interval, piece.conditions, contested, base.said, (ground,))

    def over_time(self, proposal: str, pieces: list[tuple[str, _Piece]]) -> Iterator[Holding]:
        """Yield one track's inferred holdings: contested where both positions are, adjacent ones joined."""
        if len(pieces) == 1:  # as on most tracks
            ((position, piece),) = pieces
            return iter((self.holding(proposal, position, piece, contested=False),))
        cuts = sorted({day for _, piece in pieces for day in (piece.since, piece.until)})
        found: list[Holding] = []
        for since, until in pairwise(cuts):
            here = [(position, piece) for position, piece in pieces if piece.since <= since < piece.until]
            contested = len({position for position, _ in here}) > 1
            for position, piece in here:
                cut = piece._replace(since=since, until=until)
                found.append(self.holding(proposal, position, cut, contested=contested))
        return coalesced(found)


def _when(piece: _Piece) -> Interval:
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
