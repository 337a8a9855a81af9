"""Measures as curves: a value and an N at each point of a series, worked out from what moves between points."""

from __future__ import annotations

from collections import Counter
from functools import cache, partial
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.counting.counts import level_distances
from actorgraph.errors import UsageProblem
from actorgraph.questions.counting import agreement_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from actorgraph.analysis.camps.moving_census import MovingCensus
    from actorgraph.analysis.counting.counts import Matrix
    from actorgraph.analysis.over_time.shifts import Shift, State

MOST_SEARCHED: Final = 3_000
"""For how many actors, at all points together, the best split is searched: so many take some ten seconds."""


class Curve(NamedTuple):
    """Values of a measure, NaN where there is none: a row for each of its lines, a column for each point; N by point.

    `bound` is by point what no value exceeds, where values are searched for.
    """

    values: Matrix
    n: NDArray[np.float64]
    bound: NDArray[np.float64] | None = None


class Read(NamedTuple):
    """A value, None where there is none, its N, and what it cannot exceed, where it is searched for."""

    value: float | None
    n: int
    bound: float | None = None


class Additive:
    """A measure that is worked out from sums over proposals: it takes no more time than what moves.

    `parts` are the numbers that a proposal in some state adds; `finish` makes a curve of their sums, which have the
    shape (parts, points).
    """

    def __init__(
        self, size: int, parts: Callable[[State], tuple[float, ...]], finish: Callable[[Matrix], Curve]
    ) -> None:
        self.size = size
        self.parts = parts
        self.finish = finish

    def totals(self, shifts: Iterable[Shift], points: int) -> Matrix:
        """Return the sums of the parts at each point, in the shape (parts, points)."""
        steps = np.zeros((self.size, points))
        last: dict[str, tuple[State, tuple[float, ...]]] = {}
        for shift in shifts:
            state, was = last.get(shift.proposal, (None, ()))
            if state is not shift.before:  # mostly it is what the shift before has left, and worked out already
                was = self.parts(shift.before)
            now = self.parts(shift.now)
            last[shift.proposal] = shift.now, now
            steps[:, shift.at] += np.subtract(now, was)
        sums: Matrix = steps.cumsum(axis=1)
        return sums

    def curve(self, shifts: Iterable[Shift], points: int) -> Curve:
        """Return the curve."""
        return self.finish(self.totals(shifts, points))

    def on_the_same(self, shifts: Iterable[Shift], points: int) -> tuple[Curve, Curve]:
        """Return two curves on what each point has in common with the one before: as of that one, and as of itself.

        In common are the actors that stand on a proposal at both points, proposal by proposal.
        """
        now = self.totals(shifts := tuple(shifts), points)
        then = np.concatenate([np.zeros((self.size, 1)), now[:, :-1]], axis=1)
        for shift in shifts:
            both = shift.before.keys() & shift.now.keys()
            for sums, state in ((then, shift.before), (now, shift.now)):
                common = {actor: state[actor] for actor in sorted(both)}
                sums[:, shift.at] += np.subtract(self.parts(common), self.parts(state))
        return self.finish(then), self.finish(now)


def agreement_curve(values: tuple[float, ...]) -> Additive:
    """Return the measure of how much actors agree: congruence as a share of congruence and conflict.

    Both are summed over pairs of actors, as `Counts` has them for levels of these values; N is the sum of both: of
    positions that a pair shares, or of pairs of statements on one proposal.

    >>> from actorgraph.analysis.over_time.shifts import Shift
    >>> shift = Shift(0, "p", {}, {"a": (0, 1), "b": (0, 1), "c": (1, 0)})
    >>> curve = agreement_curve((0.0, 1.0)).curve([shift], 1)
    >>> curve.values.round(3).tolist(), curve.n.tolist()
    ([[0.333]], [3.0])
    """
    distance = level_distances(values).tolist()

    @cache
    def between(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[float, float]:
        apart = sum(m * n * distance[k][at] for k, m in enumerate(first) for at, n in enumerate(second))
        return sum(first) * sum(second) - apart, apart

    def parts(state: State) -> tuple[float, ...]:
        alike = Counter(state.values())
        congruence = conflict = 0.0
        for taken, number in alike.items():
            near, far = between(taken, taken)
            pairs = number * (number - 1) / 2
            congruence, conflict = congruence + pairs * near, conflict + pairs * far
        for (first, many), (second, others) in combinations(alike.items(), 2):
            near, far = between(first, second)
            congruence, conflict = congruence + many * others * near, conflict + many * others * far
        return congruence, conflict

    def finish(sums: Matrix) -> Curve:
        shared = sums.sum(axis=0)
        return Curve(_share(sums[:1], shared), shared)

    return Additive(2, parts, finish)


def index_curve(least: int, *, of_one: bool) -> Additive:
    """Return the Agreement Index of a proposal, or its mean over all proposals on which at least so many stand.

    States count for, against and between, in this order. N are the actors on the one proposal, or the positions on all
    that are in the mean.

    >>> from actorgraph.analysis.over_time.shifts import Shift
    >>> shift = Shift(0, "p", {}, {"a": (1, 0, 0), "b": (1, 0, 0), "c": (0, 1, 0)})
    >>> curve = index_curve(3, of_one=True).curve([shift], 1)
    >>> curve.values.tolist(), curve.n.tolist()
    ([[0.5]], [3.0])
    """

    def parts(state: State) -> tuple[float, ...]:
        votes = _sums(state, 3)[:3]
        n, index = sum(votes), agreement_index(*votes)
        counts = index is not None and n >= least
        return (index if index is not None and counts else 0.0, counts, n if counts or of_one else 0)

    def finish(sums: Matrix) -> Curve:
        return Curve(_share(sums[:1], sums[1].round()), sums[2].round())

    return Additive(3, parts, finish)


def support_curve() -> Additive:
    """Return how many are for, against, between and contested; N are those of the first three.

    >>> from actorgraph.analysis.over_time.shifts import Shift
    >>> shift = Shift(0, "p", {}, {"a": (1, 0, 0, 0), "b": (0, 0, 0, 1)})
    >>> curve = support_curve().curve([shift], 1)
    >>> curve.values.tolist(), curve.n.tolist()
    ([[1.0], [0.0], [0.0], [1.0]], [1.0])
    """
    return Additive(4, lambda state: _sums(state, 4), lambda sums: Curve(sums.round(), sums[:3].sum(axis=0).round()))


def _sums(state: State, size: int) -> tuple[int, ...]:
    """Return how many take each level."""
    sums = [0] * size
    for taken, number in Counter(state.values()).items():  # of many actors there are few that differ
        for level, times in enumerate(taken):
            sums[level] += number * times
    return tuple(sums)


def _share(part: Matrix, whole: NDArray[np.float64]) -> Matrix:
    """Return a part of a whole, NaN of none."""
    share: Matrix = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return share


class Speaking(NamedTuple):
    """How many actors stand on anything at each point, and how often in all."""

    actors: tuple[int, ...]
    counted: tuple[int, ...]


def speaking_over_time(shifts: Iterable[Shift], points: int, levels: int | None = None) -> Speaking:
    """Return how many actors stand on anything at each point, and how many positions or statements these are.

    Where `levels` is given, only so many of them count, the first.

    >>> from actorgraph.analysis.over_time.shifts import Shift
    >>> speaking_over_time([Shift(1, "p", {}, {"a": (2,)}), Shift(2, "p", {"a": (2,)}, {})], 3)
    Speaking(actors=(0, 1, 0), counted=(0, 2, 0))
    """
    on: Counter[str] = Counter()
    actors, counted = np.zeros(points, int), np.zeros(points, int)
    for shift in shifts:
        for state, sign in ((shift.before, -1), (shift.now, 1)):
            for actor, taken in state.items():
                times = sum(taken[:levels])
                if times:
                    counted[shift.at] += sign * times
                    actors[shift.at] += sign if on[actor] == (sign < 0) else 0
                    on[actor] += sign
    return Speaking(tuple(actors.cumsum().tolist()), tuple(counted.cumsum().tolist()))


class Pairwise:
    """A measure of who agrees with whom: it reads congruence, conflict and shared proposals of all pairs at a point.

    `values` are those of the levels. `reader` begins a curve: it returns what looks at the tables of all pairs where
    these changed, and returns what reads a value and its N. All points are looked at before any is read, so that what
    would take too long is refused at once.
    """

    def __init__(
        self, values: tuple[float, ...], reader: Callable[[], Callable[[_Tables], Callable[[], Read]]]
    ) -> None:
        self.values = values
        self.reader = reader

    def curve(self, shifts: Iterable[Shift], points: int) -> Curve:
        """Return the curve."""
        shifts = tuple(shifts)
        look = self.reader()
        tables = _Tables(self.values, sorted({actor for shift in shifts for actor in (*shift.before, *shift.now)}))
        values, n, bound = np.full((1, points), np.nan), np.zeros(points), np.full(points, np.nan)
        reads = []
        for at, some in groupby(shifts, key=lambda shift: shift.at):
            for shift in some:
                tables.move(shift)
            reads.append((at, look(tables)))
        for at, read in reads:
            value, n[at:], highest = read()
            values[0, at:] = np.nan if value is None else value
            bound[at:] = np.nan if highest is None else highest
        return Curve(values, n, bound)


class _Tables:
    """Congruence, conflict and shared proposals of all pairs of actors, kept up to date as states shift."""

    def __init__(self, values: tuple[float, ...], actors: list[str]) -> None:
        apart = level_distances(values)
        self._weights = np.stack([1 - apart, apart])
        self._row = {actor: at for at, actor in enumerate(actors)}
        self._on: dict[str, Matrix] = {}
        self._tables = np.zeros((3, len(actors), len(actors)))
        self._moved: set[int] = set()

    def __len__(self) -> int:
        """How many actors there are."""
        return len(self._row)

    def move(self, shift: Shift) -> None:
        """Take the state of a proposal after a shift."""
        size = len(self._weights[0])
        on = self._on.setdefault(shift.proposal, np.zeros((size, len(self._row))))
        none = (0,) * size
        for actor in sorted({*shift.before, *shift.now}):
            now = shift.now.get(actor, none)
            if now == shift.before.get(actor, none):
                continue
            row = self._row[actor]
            self._moved.add(row)
            was = on[:, row].copy()
            on[:, row] = 0
            change = (np.array(now) - was) @ self._weights @ on
            begins = float(any(now)) - float(was.any())
            change = np.vstack([change, begins * on.any(axis=0)])
            self._tables[:, row, :] += change
            self._tables[:, :, row] += change
            on[:, row] = now

    def of_those_who_share(self) -> tuple[Matrix, Matrix]:
        """Return congruence and conflict, of the actors that share a proposal with anybody."""
        sharing = np.flatnonzero(self._tables[2].any(axis=1))
        congruence, conflict = self._tables[:2, sharing[:, None], sharing[None, :]]
        return congruence, conflict

    def of_those_who_moved(self) -> tuple[NDArray[np.intp], Matrix]:
        """Return the numbers of the actors that moved since this was asked last, and their rows of the three tables."""
        moved = np.array(sorted(self._moved), dtype=np.intp)
        self._moved = set()
        return moved, self._tables[:, moved]


def two_camp_curve(values: tuple[float, ...]) -> Pairwise:
    """Return the two-camp index for levels of these values; N are the positions on a proposal that pairs share."""
    reader = _TwoCamps()
    return Pairwise(values, lambda: reader)


def balance_curve(values: tuple[float, ...], least: int) -> Pairwise:
    """Return the share of balanced triangles, of ties between actors who share at least so many proposals; N are these.

    >>> from actorgraph.analysis.over_time.shifts import Shift
    >>> shift = Shift(0, "p", {}, {"a": (0, 1), "b": (0, 1), "c": (1, 0)})
    >>> curve = balance_curve((0.0, 1.0), 1).curve([shift], 1)
    >>> curve.values.tolist(), curve.n.tolist()
    ([[1.0]], [1.0])
    """
    return Pairwise(values, lambda: _Balance(least))


class _TwoCamps:
    """The two-camp index, with how many positions pairs share. The last is kept: it mostly stays as it is."""

    def __init__(self) -> None:
        self._net: Matrix = np.zeros((0, 0))
        self._shared = 0
        self._read: Callable[[], Read] = partial(Read, None, 0)
        self._work = 0

    def __call__(self, tables: _Tables) -> Callable[[], Read]:
        """Return what searches for it. Raises `UsageProblem` where too many splits of too many actors would be."""
        congruence, conflict = tables.of_those_who_share()
        shared, net = round(float((congruence + conflict).sum()) / 2), congruence - conflict
        if self._shared == shared and np.array_equal(net, self._net):
            return self._read
        self._work += len(net)
        if self._work > MOST_SEARCHED:
            raise UsageProblem(
                f"the best split of {len(net)} actors at so many points takes too long; take fewer points with "
                "--every, --step or --from, or fewer actors with --kind or --group"
            )
        self._net, self._shared = net, shared
        self._read = cache(partial(_searched, congruence, conflict, shared))
        return self._read


def _searched(congruence: Matrix, conflict: Matrix, shared: int) -> Read:
    from actorgraph.analysis.camps.two_camps import two_camps

    camps = two_camps(congruence, conflict)
    return Read(camps.index, shared, camps.bound)


class _Balance:
    """The share of triangles that are balanced, with how many there are, of pairs that share enough to have a sign.

    Between points few actors move, and only the triangles that these are in are counted again.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._moving: MovingCensus | None = None

    def __call__(self, tables: _Tables) -> Callable[[], Read]:
        from actorgraph.analysis.camps.moving_census import MovingCensus

        self._moving = self._moving or MovingCensus(len(tables))
        moved, (congruence, conflict, shared) = tables.of_those_who_moved()
        census = self._moving.move(moved, np.where(shared >= self._least, np.sign(congruence - conflict), 0))
        return partial(Read, census.share, census.triangles)
