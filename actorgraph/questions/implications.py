"""Implications: which positions a model's `entails` and `excludes` bring about, so that many are not overlooked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.ledger.holdings import Holding, holdings
from actorgraph.ledger.inference import inferred
from actorgraph.model.model import Model

if TYPE_CHECKING:
    from actorgraph.model.records import Proposal

MOST: Final = 5
"""How many proposals are named: whoever looks through many positions begins with the rules that bring about most."""

Position = tuple[str, str, str]
"""An actor, its position, and the proposal, all by id."""


class Implications(NamedTuple):
    """How many positions follow from what is stated, at any time, and from which proposals' rules most of them.

    `springs` are ids with how many positions there would be less without the `entails` and `excludes` of each, the most
    first. What several proposals bring about together is counted with each of them.
    """

    total: int
    springs: tuple[tuple[str, int], ...]


def implications(model: Model) -> Implications:
    """Return how many positions follow by the rules of a model's proposals, and which of these bring most of them.

    >>> from actorgraph.model.loader import load_model
    >>> implications(load_model("examples/minimal.yaml"))
    Implications(total=0, springs=())
    """
    stated = holdings(model)
    by_actor: dict[str, list[Holding]] = defaultdict(list)
    for holding in stated:
        by_actor[holding.actor].append(holding)
    following = inferred(stated, model)
    drawn_by: dict[str, set[Position]] = defaultdict(set)
    for holding in following:
        for key in _springs(holding, model):
            drawn_by[key].add(_position(holding))
    numbers = []
    for key in sorted(drawn_by, key=lambda key: (-len(drawn_by[key]), key))[:MOST]:
        actors = {actor for actor, _, _ in drawn_by[key]}  # nobody else's positions rest on that rule
        theirs = [holding for actor in sorted(actors) for holding in by_actor[actor]]
        whole = {_position(holding) for holding in following if holding.actor in actors}
        numbers.append((key, len(whole - set(_follows(theirs, _without(model, [key]))))))
    ranked = sorted((number for number in numbers if number[1]), key=lambda number: (-number[1], number[0]))
    rules = {_position(holding) for holding in following if next(_springs(holding, model), None)}
    return Implications(len(rules), tuple(ranked))


def brought_about(model: Model, proposal: str) -> tuple[Position, ...]:
    """Return the positions, at any time, that would not follow without what a proposal entails and excludes, sorted.

    >>> from actorgraph.model.loader import load_model
    >>> brought_about(load_model("graphs/ukraine-troops"), "us-led-ceasefire-monitoring")[0]
    ('coalition-of-the-willing', 'supports', 'ceasefire-monitoring')
    """
    stated = holdings(model)
    return tuple(sorted(set(_follows(stated, model)) - set(_follows(stated, _without(model, [proposal])))))


def _follows(stated: Iterable[Holding], model: Model) -> Iterator[Position]:
    return map(_position, inferred(stated, model))


def _position(holding: Holding) -> Position:
    return holding.actor, holding.position, holding.proposal


def _without(model: Model, proposals: Collection[str]) -> Model:
    """Return a model in which some proposals entail and exclude nothing."""
    silent = {"entails": (), "excludes": ()}
    without = {key: model.proposals[key].model_copy(update=silent) for key in proposals}
    return replace(model, proposals={**model.proposals, **without})


def _springs(holding: Holding, model: Model) -> Iterator[str]:
    """Yield the proposals whose `entails` or `excludes` lead to an inferred holding, on any of its chains."""
    for before, after in (pair for ground in holding.grounds for pair in pairwise(ground.steps)):
        for key, other in ((before.proposal, after.proposal), (after.proposal, before.proposal)):
            proposal: Proposal = model.proposals[key]
            if after.rule != "undertakes" and other in (*proposal.entails, *proposal.excludes):
                yield key
