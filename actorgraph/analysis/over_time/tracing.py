"""The numbers of a series at its stops: values, what is the same between two, how far they rest on one source."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from actorgraph.analysis.over_time.curves import Additive, Speaking, speaking_over_time
from actorgraph.errors import UsageProblem
from actorgraph.vocabulary import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.analysis.counting.counts import Matrix
    from actorgraph.analysis.over_time.curves import Curve
    from actorgraph.analysis.over_time.shifts import Shift
    from actorgraph.analysis.over_time.stops import Stops
    from actorgraph.analysis.over_time.yardsticks import Yardstick

MOST_AGAIN: Final = 5_000
"""How often, at most, a measure of pairs is worked out again for the sake of its sources."""


class Traced(NamedTuple):
    """The numbers of a series, by point; `values` by line and point. See `series.Point` for what they are.

    `exact` are the values before they are rounded: what is worked out from several of them is worked out from these.
    `links` are the changes on what a point has in common with the one before, None where too little is.
    """

    values: tuple[tuple[float | None, ...], ...]
    exact: tuple[tuple[float | None, ...], ...]
    n: tuple[int, ...]
    speaking: Speaking
    same: tuple[float | None, ...]
    same_n: tuple[int | None, ...]
    links: tuple[float | None, ...]
    breaks: int
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    refused_without: tuple[tuple[str, ...], ...]
    bound: tuple[float | None, ...]


def trace(stick: Yardstick, stops: Stops, *, on_same: bool, sensitivity: bool) -> Traced:
    """Return the numbers of a measure at each stop. Raises `UsageProblem` for what a measure does not give."""
    chained = _chained(stick) if on_same else None
    if sensitivity and stick.measure.is_count:
        raise UsageProblem(f"{stick.measure.name} counts; --sensitivity gives the range of a share or an index")
    points = len(stops.stops)
    shifts = stops.shifts()
    curve = _refused(stick.gauge.curve(shifts, points), stick)
    exact, values = (tuple(map(read, curve.values)) for read in (_known, _told))
    nothing = (None,) * points
    chain = _chain(stick, chained, shifts, exact[0]) if chained else _Chain(nothing, nothing, nothing, 0)
    spread = _ranges(stick, stops, shifts, curve) if sensitivity else _Spread(nothing, nothing, ((),) * points)
    n = tuple(round(number) for number in curve.n.tolist())
    speaking = speaking_over_time(shifts, points, stick.counting)
    bound = nothing if curve.bound is None else _told(np.where(np.isnan(curve.values[0]), np.nan, curve.bound))
    return Traced(
        values=values,
        exact=exact,
        n=n,
        speaking=speaking,
        same=chain.same,
        same_n=chain.same_n,
        links=chain.links,
        breaks=chain.breaks,
        low=spread.low,
        high=spread.high,
        refused_without=spread.refused_without,
        bound=bound,
    )


def _refused(curve: Curve, stick: Yardstick) -> Curve:
    """Return a curve without the values that rest on too little."""
    if stick.measure.is_count:
        return curve
    return curve._replace(values=np.where(curve.n.round() >= stick.least, curve.values, np.nan))


def _known(row: Matrix) -> tuple[float | None, ...]:
    return tuple(None if isnan(value) else value for value in row.tolist())


def _told(row: Matrix) -> tuple[float | None, ...]:
    return tuple(map(rounded, _known(row)))


class _Chain(NamedTuple):
    same: tuple[float | None, ...]
    same_n: tuple[int | None, ...]
    links: tuple[float | None, ...]
    breaks: int


class _Spread(NamedTuple):
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    refused_without: tuple[tuple[str, ...], ...]


def _chained(stick: Yardstick) -> Additive:
    """Return what works out a measure on what points have in common; raises `UsageProblem` where it has none."""
    if not isinstance(stick.gauge, Additive) or not stick.measure.has_chain:
        raise UsageProblem(
            f"on the same proposals there is a series of agreement or of the index, not of {stick.measure.name}"
        )
    return stick.gauge


def _chain(stick: Yardstick, gauge: Additive, shifts: Sequence[Shift], values: Sequence[float | None]) -> _Chain:
    """Return the chained value at each point, the N and the change of its last link, and how often it breaks.

    From one point to the next it moves as the measure does on what both have in common. Where that is too little, the
    chain starts again at the value of the point.
    """
    points = len(values)
    then, now = (_refused(curve, stick) for curve in gauge.on_the_same(shifts, points))
    changes = now.values[0] - then.values[0]
    links = (None, *_told(changes)[1:])[:points]
    same: list[float | None] = []
    goes_on_at: list[bool] = []
    last: float | None = None
    breaks = 0
    for at, (value, link) in enumerate(zip(values, changes.tolist(), strict=True)):
        goes_on = at > 0 and last is not None and links[at] is not None and value is not None
        breaks += at > 0 and value is not None and not goes_on and any(one is not None for one in same)
        last = last + link if goes_on and last is not None else value
        same.append(rounded(last))
        goes_on_at.append(goes_on)
    n = tuple(int(number) if on else None for number, on in zip(now.n.round().tolist(), goes_on_at, strict=True))
    return _Chain(tuple(same), n, links, breaks)


def _but(shifts: Sequence[Shift], others: Sequence[Shift]) -> list[Shift]:
    """Return the shifts that are not the same among others: where the same moves, nothing is worked out again."""
    known = {(shift.at, shift.proposal): shift for shift in others}
    return [shift for shift in shifts if known.get((shift.at, shift.proposal)) != shift]


def _ranges(
    stick: Yardstick,
    stops: Stops,
    shifts: Sequence[Shift],
    curve: Curve,
) -> _Spread:
    """Return the least and the greatest value at each point without any one source, and those that leave none."""
    points = len(stops.stops)
    low = high = curve.values[0]
    refused: list[list[str]] = [[] for _ in range(points)]
    sums = stick.gauge.totals(shifts, points) if isinstance(stick.gauge, Additive) else None
    again = 0
    for source, with_it, without in stops.without_each_source():
        gone, new = _but(with_it, without), _but(without, with_it)
        if not gone and not new:
            continue
        if isinstance(stick.gauge, Additive) and sums is not None:
            moved = stick.gauge.totals(new, points) - stick.gauge.totals(gone, points)
            other = stick.gauge.finish((sums + moved).round(9))
        else:
            again += points
            if again > MOST_AGAIN:
                raise UsageProblem(
                    f"{stick.measure.name} would be worked out more than {MOST_AGAIN:,} times without each source; "
                    "take fewer points with --every or --from, or fewer actors with --kind or --group"
                )
            proposals = {shift.proposal for shift in with_it}
            rest = [shift for shift in shifts if shift.proposal not in proposals]
            other = stick.gauge.curve(sorted((*rest, *without), key=lambda shift: shift.at), points)
        row = _refused(other, stick).values[0]
        for at in np.flatnonzero(np.isnan(row) & ~np.isnan(curve.values[0])).tolist():
            refused[at].append(source)
        there = np.where(np.isnan(curve.values[0]), np.nan, row)
        low, high = np.fmin(low, there), np.fmax(high, there)
    return _Spread(_told(low), _told(high), tuple(map(tuple, refused)))
