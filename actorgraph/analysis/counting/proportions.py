"""Shares of support, whether two differ by more than chance, and how far many such tests can be believed."""

from __future__ import annotations

from math import erfc, prod, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Votes(NamedTuple):
    """How many of those who speak on a proposal are in favour; `n` are all who speak, also those who take no side."""

    in_favour: int
    n: int

    @property
    def share(self) -> float:
        """The share of support as Polis has it, (in favour + 1) / (n + 2): few who speak leave it near a half.

        C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw and C. Megill, "Polis: Scaling deliberation by mapping high
        dimensional opinion spaces", RECERCA 26(2), 2021.

        >>> Votes(3, 4).share, Votes(0, 0).share
        (0.6666666666666666, 0.5)
        """
        return (self.in_favour + 1) / (self.n + 2)


def consensus(votes: Iterable[Votes]) -> float:
    """Return how far all groups support a proposal: the product of their shares, Polis's group-aware consensus.

    >>> consensus([Votes(3, 4), Votes(1, 2)])
    0.3333333333333333
    """
    return prod(group.share for group in votes)


class ZTest(NamedTuple):
    """By how many standard errors two proportions differ, and how often chance alone would make it as much or more."""

    z: float
    p: float


def two_proportions(inside: Votes, outside: Votes) -> ZTest:
    """Return the two-proportion z-test, pooled and two-sided, of two groups that speak.

    The proportions are n/N as they are, without the + 1 and + 2 of the shares. Where all are in favour or none is,
    nothing differs. Raises `ZeroDivisionError` where a group does not speak.

    >>> found = two_proportions(Votes(8, 10), Votes(2, 10))
    >>> round(found.z, 3), round(found.p, 4)
    (2.683, 0.0073)
    """
    differ = inside.in_favour / inside.n - outside.in_favour / outside.n
    pooled = (inside.in_favour + outside.in_favour) / (inside.n + outside.n)
    if pooled in (0, 1):
        return ZTest(0.0, 1.0)
    z = differ / sqrt(pooled * (1 - pooled) * (1 / inside.n + 1 / outside.n))
    return ZTest(z, erfc(abs(z) / sqrt(2)))


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Return the p-values of several tests, corrected for how many there are, in their order.

    S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2), 1979:
    the smallest times their number, the next times one less and so on; none above 1, nor below a smaller one.

    >>> holm([0.01, 0.04, 0.03, 0.005])
    (0.03, 0.06, 0.06, 0.02)
    """
    corrected = [0.0] * len(chances)
    reached = 0.0
    for before, at in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        reached = max(reached, min(1.0, (len(chances) - before) * chances[at]))
        corrected[at] = reached
    return tuple(corrected)
