"""Majorities: whether those for a proposal carry it, what is missing, who blocks it, and who is pivotal."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import islice
from math import ceil, floor, inf, lcm
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.errors import UsageProblem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HEADS: Final = "actors"
"""The weight that every actor has once: a threshold of it counts heads."""

ALL: Final = "all"
STATED: Final = "stated"
SHARE_OF: Final = (ALL, STATED)
"""What a share is of: of the weight of all who were asked about, or of those alone who state a position."""

MOST_SUMS: Final = 20_000
"""How many different sums are kept in mind while blocking minorities are counted: where there are more, no number."""

MOST_LISTED: Final = 10
"""How many of the smallest blocking minorities are listed."""

MOST_MEMBERS: Final = 30
"""Of how many members at most several are listed: of more the weightiest alone."""


class Weighed(NamedTuple):
    """How much weight stands where on a proposal: exact sums of one weight over the actors of a `Count`.

    `stances` are the sums by position, stated, certain and uncontested; the other places are those of `Count`. `whole`
    is the sum of them all, and `of` what shares are shares of. `without` are the ids of the actors that were asked
    about, but have no such weight on record: they are in no sum.
    """

    weight: str
    stances: Mapping[str, int | float]
    contested: int | float
    alternatives: int | float
    possible: int | float
    commitment_only: int | float
    silent: int | float
    left_out: int | float
    whole: int | float
    of: int | float
    supporting: int | float
    opposing: int | float
    between: int | float
    supporting_share: float | None
    opposing_share: float | None
    between_share: float | None
    without: tuple[str, ...]

    @property
    def others(self) -> int | float:
        """How much is neither in a stance, contested or not, nor silent."""
        sums = (self.alternatives, self.possible, self.commitment_only, self.left_out)
        return as_number(sum((Fraction(str(number)) for number in sums), Fraction()))


class Hurdle(NamedTuple):
    """One condition of a majority: the sum of a weight that those for a proposal need, and how far they are.

    It is `met` where `reached`, the sum for, is at least `needed`; `missing` is the rest. `most` is the sum that would
    be for if all who are not against joined, which is `reachable` where it is at least `needed_of_all`: of shares of
    those who state a position more is needed when more do.
    """

    weight: str
    threshold: str
    needed: int | float
    reached: int | float
    missing: int | float
    met: bool
    most: int | float
    needed_of_all: int | float
    reachable: bool


class Majority(NamedTuple):
    """Whether those for a proposal carry it: all `hurdles` are met. Where some are not `reachable`, it is blocked.

    `blocking` is the number of minimal blocking minorities among those against: of each, whatever all others do, the
    rest meets not all hurdles, and it no longer blocks without any one of its members. None says that they are too many
    to be counted. `smallest` are those with the fewest members (ids), at most ten. `pivotal` are the actors whose
    leaving turns those for it from winning to losing; their weight stays in the whole.
    """

    hurdles: tuple[Hurdle, ...]
    carries: bool
    reachable: bool
    blocking: int | None
    smallest: tuple[tuple[str, ...], ...]
    pivotal: tuple[str, ...]


class Threshold(NamedTuple):
    """A least sum of a weight: a `share` of the whole, or so many of its units. `text` is how it was written."""

    weight: str
    least: Fraction
    is_share: bool
    text: str

    def needed(self, whole: Fraction) -> Fraction:
        """Return the least sum where the whole is so much: of heads a whole number."""
        least = self.least * whole if self.is_share else self.least
        return Fraction(ceil(least)) if self.weight == HEADS else least


_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%\Z", re.ASCII)
_FRACTION: Final = re.compile(r"(\d+)/(\d+)\Z", re.ASCII)
_NUMBER: Final = re.compile(r"(\d+(?:\.\d+)?)\Z", re.ASCII)


def parsed_threshold(text: str, weights: Sequence[str] = ()) -> Threshold:
    """Return the threshold that a text means: [WEIGHT=]65%, 2/3, or a number of the weight's unit.

    Without a weight it is of the only one of `weights`, or where there is none of heads. Raises `UsageProblem` for
    anything else, and for a share that is nothing or more than the whole.

    >>> parsed_threshold("population=65%")
    Threshold(weight='population', least=Fraction(13, 20), is_share=True, text='65%')
    >>> parsed_threshold("15").needed(Fraction(27)), parsed_threshold("55%").needed(Fraction(27))
    (Fraction(15, 1), Fraction(15, 1))
    """
    name, sign, amount = text.rpartition("=")
    if not sign and len(weights) > 1:
        raise UsageProblem(f"a threshold of {amount} of what? write {weights[0]}={amount}")
    weight = name.strip() if sign else weights[0] if weights else HEADS
    amount = amount.strip()
    least, is_share = _amount(amount)
    if not least or (is_share and least > 1):
        raise UsageProblem(f"a threshold of {quoted(amount)} is {'more than all there is' if least else 'always met'}")
    if not is_share and least < 1:
        raise UsageProblem(f"a threshold of {quoted(amount)}? a share is written {as_number(least * 100)}%")
    return Threshold(weight, least, is_share, amount)


def _amount(text: str) -> tuple[Fraction, bool]:
    """Return how much a text means, and whether that is a share."""
    if parts := _PERCENT.match(text):
        return Fraction(parts[1]) / 100, True
    if (parts := _FRACTION.match(text)) and int(parts[2]):
        return Fraction(text), True
    if parts := _NUMBER.match(text):
        return Fraction(parts[1]), False
    raise UsageProblem(f"{quoted(text)} is no threshold; write 65%, 2/3, or a number of the weight's unit")


def as_number(value: Fraction) -> int | float:
    """Return an exact number as JSON has it: whole where it is whole.

    >>> as_number(Fraction(4, 2)), as_number(Fraction("0.1") + Fraction("0.2"))
    (2, 0.3)
    """
    return int(value) if value.denominator == 1 else float(value)


def majority(
    thresholds: Iterable[Threshold],
    weights: Mapping[str, Mapping[str, Fraction]],
    *,
    supporting: Iterable[str],
    opposing: Iterable[str],
    stating: Iterable[str],
    share_of: str = ALL,
) -> Majority:
    """Return whether those for a proposal carry it, by all of some thresholds; at least one is given.

    `weights` are those of all who were asked about, by weight and actor, `stating` the actors that state a position.

    >>> heads = {"actors": dict.fromkeys("abcd", Fraction(1))}
    >>> found = majority([parsed_threshold("1/2")], heads, supporting="ab", opposing="c", stating="abc")
    >>> found.carries, found.pivotal, found.hurdles[0].most, found.blocking
    (True, ('a', 'b'), 3, 0)
    """
    supporting, opposing, stating = sorted(supporting), tuple(opposing), tuple(stating)
    sums = [
        _Sums(threshold, weights[threshold.weight], supporting, stating if share_of == STATED else None)
        for threshold in thresholds
    ]
    hurdles = tuple(each.hurdle(opposing) for each in sums)
    carries = all(hurdle.met for hurdle in hurdles)
    quotas = [each.blocking() for each in sums]
    members = {actor: tuple(scaled.get(actor, 0) for scaled, _ in quotas) for actor in opposing}
    least = tuple(quota for _, quota in quotas)
    is_open = min(least) > 0  # else not even all together would do
    return Majority(
        hurdles,
        carries,
        all(hurdle.reachable for hurdle in hurdles),
        minimal_blocking(members.values(), least) if is_open else 0,
        smallest_blocking(members, least) if is_open else (),
        tuple(actor for actor in supporting if carries and not all(each.is_met_without(actor) for each in sums)),
    )


class _Sums:
    """The sums of one weight that a threshold compares; shares are of those `stating` a position, of all where None."""

    def __init__(
        self,
        threshold: Threshold,
        weights: Mapping[str, Fraction],
        supporting: Iterable[str],
        stating: Iterable[str] | None,
    ) -> None:
        self.threshold = threshold
        self.weights = weights
        self.whole = self._of(weights)
        self.reached = self._of(supporting)
        self.needed_of_all = threshold.needed(self.whole)
        self.needed = self.needed_of_all if stating is None else threshold.needed(self._of(stating))

    def _of(self, actors: Iterable[str]) -> Fraction:
        return sum((self.weights[actor] for actor in actors if actor in self.weights), Fraction())

    def is_met_without(self, actor: str) -> bool:
        """Whether those for it would meet the threshold if one of them left; its weight stays in the whole."""
        return self.needed <= self.reached - self.weights.get(actor, 0)

    def hurdle(self, opposing: Iterable[str]) -> Hurdle:
        """Return how far those for it are. Of a whole of nothing no share is met."""
        most = self.whole - self._of(opposing)
        return Hurdle(
            weight=self.threshold.weight,
            threshold=self.threshold.text,
            needed=as_number(self.needed),
            reached=as_number(self.reached),
            missing=as_number(max(self.needed - self.reached, Fraction())),
            met=0 < self.needed <= self.reached,
            most=as_number(most),
            needed_of_all=as_number(self.needed_of_all),
            reachable=0 < self.needed_of_all <= most,
        )

    def blocking(self) -> tuple[dict[str, int], int]:
        """Return the weights as whole numbers, and the least sum of them without which the rest does not meet it."""
        scale = lcm(*(weight.denominator for weight in self.weights.values()))
        scaled = {actor: int(weight * scale) for actor, weight in self.weights.items()}
        return scaled, floor((self.whole - self.needed_of_all) * scale) + 1


def minimal_blocking(members: Iterable[tuple[int, ...]], least: Sequence[int]) -> int | None:
    """Return the number of minimal blocking minorities among members, None where they are too many to be counted.

    A minority blocks where one of its sums, by weight, is at least the `least` of that weight, and is minimal where it
    no longer does so without any of its members. Members are counted in turn, and of all minorities with the same sums
    and the same smallest members only the number is kept.

    >>> minimal_blocking([(3,), (2,), (2,), (1,)], [4])  # 3+2, 3+2, 3+1, 2+2
    4
    """
    needed = 0
    states: dict[tuple[tuple[int, ...], tuple[float, ...]], int] = {((0,) * len(least), (inf,) * len(least)): 1}
    members = sorted(members, reverse=True)
    left = [tuple(sum(column) for column in zip(*members[at:], strict=True)) for at in range(len(members))]
    for member, coming in zip(members, left, strict=True):
        grown = dict(states)
        for (sums, smallest), times in states.items():
            if not any(total + more >= quota for total, more, quota in zip(sums, coming, least, strict=True)):
                del grown[sums, smallest]  # it will never block
                continue
            joined = tuple(total + weight for total, weight in zip(sums, member, strict=True))
            fewest = tuple(map(min, smallest, member))
            if any(total - few >= quota for total, few, quota in zip(joined, fewest, least, strict=True)):
                continue  # it blocks without one of them, too
            if any(total >= quota for total, quota in zip(joined, least, strict=True)):
                needed += times
            else:
                grown[joined, fewest] = grown.get((joined, fewest), 0) + times
        states = grown
        if len(states) > MOST_SUMS:
            return None
    return needed


def smallest_blocking(members: Mapping[str, tuple[int, ...]], least: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Return the blocking minorities with the fewest members, the weightiest first: at most ten, of large ones one.

    >>> smallest_blocking({"a": (3,), "b": (2,), "c": (2,), "d": (1,)}, [4])
    (('a', 'b'), ('a', 'c'), ('a', 'd'), ('b', 'c'))
    """
    ranked = [
        sorted(((weights[at], key) for key, weights in members.items()), key=_heaviest) for at in range(len(least))
    ]
    sizes = [_fewest([weight for weight, _ in order], quota) for order, quota in zip(ranked, least, strict=True)]
    size = min((size for size in sizes if size is not None), default=None)
    if size is None:
        return ()
    most = MOST_LISTED if size <= MOST_MEMBERS else 1
    every = (
        coalition
        for order, quota, fewest in zip(ranked, least, sizes, strict=True)
        if fewest == size
        for coalition in (islice(_of_size(order, size, quota), most) if most > 1 else [_first(order, size)])
    )
    return tuple(dict.fromkeys(tuple(sorted(coalition)) for coalition in every))[:most]


def _first(order: Sequence[tuple[int, str]], size: int) -> tuple[str, ...]:
    return tuple(key for _, key in order[:size])


def _heaviest(item: tuple[int, str]) -> tuple[int, str]:
    return -item[0], item[1]


def _fewest(weights: Iterable[int], quota: int) -> int | None:
    """Return how many of the weights, the heaviest first, reach a quota; None where all of them do not."""
    total = 0
    for number, weight in enumerate(weights, start=1):
        total += weight
        if total >= quota:
            return number
    return None


def _of_size(order: Sequence[tuple[int, str]], size: int, quota: int) -> Iterator[tuple[str, ...]]:
    """Yield so many members each, of those in an order by weight, that reach a quota together."""
    if size == 0:
        if quota <= 0:
            yield ()
        return
    for at in range(len(order) - size + 1):
        if sum(weight for weight, _ in order[at : at + size]) < quota:
            return  # nor will any that come later
        weight, key = order[at]
        yield from ((key, *others) for others in _of_size(order[at + 1 :], size - 1, quota - weight))
