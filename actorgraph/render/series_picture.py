"""A measure over time as a picture: its line, with events, gaps where there is no number, and N below it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import isnan, nan
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from actorgraph.dates import iso, last_day
from actorgraph.render.phrases import Names, dateline
from actorgraph.render.pictures import AGAINST, BETWEEN, FOR, INK, QUIET, SERIES, nothing_to_draw, picture
from actorgraph.render.series import measure_of, no_number, question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from actorgraph.analysis.series import Point, Series
    from actorgraph.questions.moments import Event

MOST_EVENTS: Final = 8
"""How many events a picture names."""

_NEAREST: Final = 0.035
"""How near two events may stand, as a share of the width: the numbers over them need room."""

_STRIP: Final = 0.13
"""How much of the height is for N."""

_CLEAR: Final = 1.15
"""How much more room it takes, to stay clear of the line."""

_WIDEST: Final = 70
"""How many letters a line of the title has at most."""

_COLORS: Final = {"for": FOR, "against": AGAINST, "between": BETWEEN, "contested": INK}
"""The colours of lines that have their own."""

_EPOCH: Final = date(1970, 1, 1).toordinal()

_STROKES: Final = ("-", "--", "-.", ":")
"""How lines are drawn, so that colour does not tell them apart alone."""


def series_picture(answer: Series, ending: str) -> bytes:
    """Return a series as a file of SVG or PNG. Raises `UsageProblem` where no point has a number."""
    if why := no_number(answer):
        raise nothing_to_draw(why)
    shown = _events(answer)
    names = Names(answer.about)
    drawn = f"Grey: N, {answer.rests_on}, at most {max(point.n for point in answer.points):,}."
    least = answer.query["min_shared"]
    below = (
        dateline(answer),
        drawn if measure_of(answer).is_count else f"{drawn} A gap: N is below {least}.",
        *(f"{at} {event.date} {event.title}" for at, event in enumerate(shown, start=1)),
    )
    title = "\n".join(wrap(question(answer, names), _WIDEST))
    return picture(lambda axes: _draw(axes, answer, shown), title=title, below=below, ending=ending)


def _draw(axes: Axes, answer: Series, events: Sequence[Event]) -> None:
    days = [_place(date.fromisoformat(point.date)) for point in answer.points]
    holds = "window" not in answer.query and "every" not in answer.query
    end = _place(date.fromisoformat(answer.query["to"]))
    axes.xaxis_date()
    across = [*days, end] if holds and end > days[-1] else days
    for at, line in enumerate(answer.lines):
        values = [_or_nan(point.values[line]) for point in answer.points]
        _line(axes, across, values, line, at, holds=holds)
    if "on_same_proposals" in answer.query:
        same = [_or_nan(point.same) for point in answer.points]
        _line(axes, across, same, "on the same proposals", len(answer.lines), holds=holds)
    if "sensitivity" in answer.query:
        low, high = ([_or_nan(getattr(point, end)) for point in answer.points] for end in ("low", "high"))
        _band(axes, across, low, high, holds=holds)
    _heights(axes, answer)
    for number, event in enumerate(events, start=1):
        when = _place(_day(event))
        axes.axvline(when, color=QUIET, linewidth=0.7, linestyle=(0, (2, 3)), zorder=1)
        axes.annotate(
            str(number), (when, 1.0), xycoords=axes.get_xaxis_transform(), ha="center", va="bottom", fontsize=8
        )
    if len(axes.get_legend_handles_labels()[0]) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.05), ncols=4, frameon=False, borderaxespad=0)
    axes.tick_params(axis="x", labelsize=8)
    _strip(axes, across, answer.points, holds=holds)


def _line(axes: Axes, across: list[float], values: list[float], label: str, at: int, *, holds: bool) -> None:
    """Draw a line: in steps where a value holds until the next, else from mark to mark."""
    values = [*values, *values[-1:] * (len(across) - len(values))]
    color, stroke = _COLORS.get(label, SERIES[at % len(SERIES)]), _STROKES[at % len(_STROKES)]
    if holds:
        axes.step(across, values, where="post", color=color, linestyle=stroke, label=label, linewidth=1.6)
        alone = [at for at in range(len(values)) if _stands_alone(values, at)]
        axes.plot([across[at] for at in alone], [values[at] for at in alone], ".", color=color)
    else:
        axes.plot(across, values, color=color, linestyle=stroke, marker="o", markersize=3.5, label=label, linewidth=1.4)


def _stands_alone(values: Sequence[float], at: int) -> bool:
    """Whether a value is the last one: a step from it has no length."""
    return at == len(values) - 1 and not isnan(values[at])


def _band(axes: Axes, across: list[float], low: list[float], high: list[float], *, holds: bool) -> None:
    low, high = ([*ends, *ends[-1:] * (len(across) - len(ends))] for ends in (low, high))
    axes.fill_between(
        across,
        low,
        high,
        step="post" if holds else None,
        color=SERIES[0],
        alpha=0.2,
        linewidth=0,
        label="without any one source",
    )


def _heights(axes: Axes, answer: Series) -> None:
    """Leave room below the line for N, and name the height."""
    if measure_of(answer).is_count:
        low, high = 0.0, max(1.0, axes.get_ylim()[1])
    else:
        low, high = min(0.0, axes.get_ylim()[0]), max(1.0, axes.get_ylim()[1])
    ticks = [tick for tick in axes.get_yticks() if low <= tick <= high and tick == int(tick)]
    axes.set_ylim(low - (high - low) * _STRIP / (1 - _STRIP) * _CLEAR, high * 1.02)
    axes.set_yticks(ticks if measure_of(answer).is_count else [0, 0.25, 0.5, 0.75, 1])
    axes.set_ylabel(measure_of(answer).height(of_statements="window" in answer.query))
    axes.grid(axis="y", color=BETWEEN, alpha=0.3, linewidth=0.5)


def _strip(axes: Axes, across: list[float], points: Sequence[Point], *, holds: bool) -> None:
    """Draw N below the line, on a scale of its own."""
    strip = axes.inset_axes((0.0, 0.0, 1.0, _STRIP), sharex=axes)
    n = [point.n for point in points]
    if holds:
        n = [*n, *n[-1:] * (len(across) - len(n))]
        strip.fill_between(across, n, step="post", color=BETWEEN, alpha=0.6, linewidth=0)
    else:
        width = min((b - a for a, b in pairwise(across)), default=30) * 0.6
        strip.bar(across, n, width=width, color=BETWEEN, alpha=0.6)
    strip.set_ylim(0, max(*n, 1))
    strip.set_axis_off()
    strip.text(0.005, 0.95, f"N, to {max(n):,}", transform=strip.transAxes, fontsize=7, color=INK, va="top")


def _events(answer: Series) -> tuple[Event, ...]:
    """Return the events that a picture names, oldest first: those of the greatest moves before all others."""
    if not answer.points:
        return ()
    first, last = date.fromisoformat(answer.points[0].date), date.fromisoformat(answer.query["to"])
    room = max((last - first).days, 1) * _NEAREST
    chosen: list[Event] = []
    for event in dict.fromkeys((*(event for move in answer.moves for event in move.events), *answer.events)):
        when = _day(event)
        near = any(abs((when - _day(other)).days) < room for other in chosen)
        if first <= when <= last and not near and len(chosen) < MOST_EVENTS:
            chosen.append(event)
    return tuple(sorted(chosen, key=_day))


def _place(day: date) -> float:
    """Return where a day stands across: matplotlib counts days from 1970 on."""
    return float(day.toordinal() - _EPOCH)


def _day(event: Event) -> date:
    return date.fromisoformat(iso(last_day(event.date)) or event.date)


def _or_nan(value: float | None) -> float:
    return nan if value is None else value
