"""How much weight stands where: the actors of a count, weighed by population, votes or whatever is on record."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.questions.arguments import checked_text, checked_word
from actorgraph.questions.counting import (
    AGAINST,
    ALTERNATIVES,
    BETWEEN,
    COMMITMENT_ONLY,
    CONTESTED,
    FOR,
    LEFT_OUT,
    POSSIBLE,
)
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.majorities import (
    ALL,
    HEADS,
    SHARE_OF,
    Threshold,
    Weighed,
    as_number,
    majority,
    parsed_threshold,
)
from actorgraph.vocabulary import POSITIONS, SILENT, rounded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.counting import Asked, Count, Subset
    from actorgraph.questions.majorities import Majority

_ELSEWHERE: Final = (CONTESTED, ALTERNATIVES, POSSIBLE, COMMITMENT_ONLY, SILENT, LEFT_OUT)
"""Where actors are counted that are at no position, in the order of `Weighed`."""


class Weighing(NamedTuple):
    """By what actors are weighed, and which sums those for a proposal need; `share_of` is what shares are of.

    `weights` are the actors' weights by the name of the weight; of heads each actor's is 1.
    """

    weights: Mapping[str, Mapping[str, Fraction]]
    thresholds: tuple[Threshold, ...]
    share_of: str

    @property
    def asked(self) -> dict[str, object]:
        """What a query says of it."""
        named = tuple(self.weights)
        thresholds = (
            {"threshold": tuple(f"{each.weight}={each.text}" for each in self.thresholds)} if self.thresholds else {}
        )
        return {"weight": named, **thresholds, "share_of": self.share_of} if named else {}

    def of(self, counted: Count, asked: Asked, some: Subset, quiet: Collection[str]) -> Count:
        """Return a count with its sums, and whether it carries; `quiet` are all whose silence counts on it."""
        if not self.weights:
            return counted
        places = where_each_stands(asked, some, quiet)
        return counted._replace(
            weighed=tuple(weigh(places, name, weights, self.share_of) for name, weights in self.weights.items()),
            majority=self._majority(places) if self.thresholds else None,
        )

    def _majority(self, places: Mapping[str, str]) -> Majority:
        def at(*where: str) -> list[str]:
            return [actor for actor, place in places.items() if place in where]

        return majority(
            self.thresholds,
            {name: {key: of[key] for key in places if key in of} for name, of in self.weights.items()},
            supporting=at(*FOR),
            opposing=at(*AGAINST),
            stating=at(*POSITIONS),
            share_of=self.share_of,
        )


def weighing(
    ledger: Ledger, weight: str | Iterable[str] | None, threshold: str | Iterable[str] | None, share_of: str
) -> Weighing:
    """Return by what actors are weighed, with the thresholds' weights after those that are named.

    Raises `UsageProblem` for a weight that no actor has, with the nearest and those that some have, for what is no
    threshold, and for what no share can be of.

    >>> from actorgraph import load
    >>> weighing(load("examples/minimal.yaml"), None, "2/3", "all").asked
    {'weight': ('actors',), 'threshold': ('actors=2/3',), 'share_of': 'all'}
    """
    checked_word(share_of, SHARE_OF, "no share of", "all or stated")
    named = _several(weight)
    thresholds = tuple(parsed_threshold(text, named) for text in _several(threshold))
    wanted = tuple(dict.fromkeys((*named, *(each.weight for each in thresholds))))
    if not wanted:
        return Weighing(ReadOnly({}), (), share_of)
    actors = {thing.id: thing.body.get("weight", {}) for thing in ledger.things("actor")}
    known = sorted({name for weights in actors.values() for name in weights})
    for name in wanted:
        if name != HEADS and name not in known:
            listed = f"weights on record are {', '.join(known)}" if known else "no actor has a weight"
            raise UsageProblem(f"no actor has the weight {quoted(name)}{did_you_mean(name, known)}; {listed}")
    weights = {name: _weights(actors, name) for name in wanted}
    return Weighing(ReadOnly(weights), thresholds, share_of)


def _several(texts: str | Iterable[str] | None) -> tuple[str, ...]:
    if texts is None:
        return ()
    if isinstance(texts, str):
        return (texts,)
    if not isinstance(texts, Iterable):
        raise UsageProblem(f"weights and thresholds are texts, not {texts!r}")
    return tuple(checked_text(text, "a weight or a threshold") for text in texts)


def _weights(actors: Mapping[str, Mapping[str, str]], name: str) -> dict[str, Fraction]:
    """Return the weights of a name by actor, as exact as they are curated; of heads one each."""
    if name == HEADS:
        return dict.fromkeys(actors, Fraction(1))
    return {actor: Fraction(weights[name]) for actor, weights in actors.items() if name in weights}


def where_each_stands(asked: Asked, some: Subset, quiet: Collection[str]) -> dict[str, str]:
    """Return in which place of `Count` each of some actors is counted, the silent among them."""
    silent = dict.fromkeys(quiet, SILENT)
    stated = {actor: standing.place for actor, standing in asked.standings.items() if standing.place is not None}
    return {actor: place for actor, place in sorted({**silent, **stated}.items()) if some.has(actor)}


def weigh(places: Mapping[str, str], name: str, weights: Mapping[str, Fraction], share_of: str = ALL) -> Weighed:
    """Return how much of a weight stands in which place; `places` are those of the actors that are counted.

    >>> found = weigh({"a": "supports", "b": "silent", "c": "opposes"}, "votes", {"a": Fraction(2), "b": Fraction(1)})
    >>> found.supporting, found.silent, found.whole, found.supporting_share, found.without
    (2, 1, 3, 0.6667, ('c',))
    """
    sums: dict[str, Fraction] = dict.fromkeys((*POSITIONS, *_ELSEWHERE), Fraction())
    for actor, place in places.items():
        sums[place] += weights.get(actor, 0)
    whole = _total(sums, sums)
    of = whole if share_of == ALL else _total(sums, POSITIONS)
    supporting, opposing, between = (_total(sums, side) for side in (FOR, AGAINST, BETWEEN))

    def part(side: Fraction) -> float | None:
        return rounded(float(side / of)) if of else None

    return Weighed(
        weight=name,
        stances=ReadOnly({position: as_number(sums[position]) for position in POSITIONS}),
        **{place: as_number(sums[place]) for place in _ELSEWHERE},
        whole=as_number(whole),
        of=as_number(of),
        supporting=as_number(supporting),
        opposing=as_number(opposing),
        between=as_number(between),
        supporting_share=part(supporting),
        opposing_share=part(opposing),
        between_share=part(between),
        without=tuple(actor for actor in places if actor not in weights),
    )


def _total(sums: Mapping[str, Fraction], places: Iterable[str]) -> Fraction:
    return sum((sums[place] for place in places), Fraction())


def weight_columns(names: Sequence[str], *, with_thresholds: bool) -> tuple[str, ...]:
    """Return the columns of sums in flat records: those of each weight, and whether it carries where that was asked.

    >>> weight_columns(["gdp per head"], with_thresholds=False)[:3]
    ('gdp_per_head_for', 'gdp_per_head_against', 'gdp_per_head_between')
    """
    sums = tuple(f"{_column(name)}_{place}" for name in names for place in _PLACES)
    return (*sums, *(_CARRIES if with_thresholds else ()))


def weight_cells(counted: Count) -> dict[str, object]:
    """Return the cells of `weight_columns` for a count."""
    cells: dict[str, object] = {}
    for weighed in counted.weighed or ():
        values = (
            *(weighed.supporting, weighed.opposing, weighed.between),
            *(weighed.contested, weighed.others, weighed.silent, weighed.whole, weighed.without),
        )
        cells |= {f"{_column(weighed.weight)}_{place}": value for place, value in zip(_PLACES, values, strict=True)}
    if counted.majority is not None:
        held = counted.majority
        smallest = tuple(" + ".join(coalition) for coalition in held.smallest)
        cells |= dict(zip(_CARRIES, (held.carries, held.reachable, held.blocking, smallest, held.pivotal), strict=True))
    return cells


_PLACES: Final = ("for", "against", "between", "contested", "others", "silent", "whole", "without")
_CARRIES: Final = ("carries", "reachable", "blocking_minorities", "smallest_blocking", "pivotal")


def _column(name: str) -> str:
    return name.replace(" ", "_").replace("-", "_")
