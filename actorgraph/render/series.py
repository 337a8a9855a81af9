"""A measure over time, as tables: its points, the moves that changed it most, and who turned in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.analysis.over_time.series_measures import MEASURES
from actorgraph.render.grid import Grid
from actorgraph.render.measured import behind, number, what_counts
from actorgraph.render.phrases import NO_RECORD, Names, dateline
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from actorgraph.analysis.over_time.moves import Move
    from actorgraph.analysis.over_time.series_measures import Measure
    from actorgraph.analysis.series import Point, Series

MOST_POINTS: Final = 40
"""How many points a table shows; of more, only the last of each month, quarter or year."""

MOST_TURNED: Final = 4
"""How many sorts of turns a table names for each move."""

_MOST_NAMED: Final = 3
"""How many actors it names who turned alike."""

_PERIODS: Final[dict[str, Callable[[str], object]]] = {
    "month": lambda day: day[:7],
    "quarter": lambda day: (day[:4], (int(day[5:7]) - 1) // 3),
    "year": lambda day: day[:4],
    "decade": lambda day: day[:3],
}

_NOTHING: Final = f"No position that counts bears on it in that time. {NO_RECORD}"

_DAY: Final = (
    "DAY is that from which a change counts: of what is dated by a month, a year or some days, the last on which it "
    "can have been said."
)
"""What the days of change are."""


def series_grids(answer: Series) -> tuple[Grid, ...]:
    """Return the points of a series as a table, then its greatest moves, with the records behind where asked for."""
    names = Names(answer.about)
    above = (question(answer, names), dateline(answer))
    noun = "statement" if "window" in answer.query else "position"
    if not answer.points:
        return Grid(above, (), (), below=(_NOTHING, what_counts(answer, noun))), *behind(answer, names)
    shown, said = _shown(answer)
    columns = _columns(answer, noun)
    lines = tuple(tuple(cell(point) for cell in columns.values()) for point in shown)
    below = (*said, *_refused(answer), *_assumed(answer), *_apart(answer), what_counts(answer, noun))
    moves = _moves(answer, names)
    grid = Grid(above, tuple(columns), lines, below=() if moves else below)
    if not moves:
        return grid, *behind(answer, names)
    return grid, *moves[:-1], moves[-1]._replace(below=(*moves[-1].below, *below)), *behind(answer, names)


def question(answer: Series, names: Names) -> str:
    """Return what was asked, in words.

    >>> from actorgraph import load, series
    >>> answer = series(load("examples/minimal.yaml"), "index", "harbour", as_of="2026-06")
    >>> question(answer, Names(answer.about))
    'How united are they on A deep-water harbour, over time?'
    """
    query, measure = answer.query, measure_of(answer)
    of = measure.everything
    if "actors" in query:
        of = " and ".join(map(names.actor, query["actors"]))
    elif "target" in query:
        of = names.title(query["target"])
    statements = measure.question_of_statements if "window" in query else None
    return f"{(statements or measure.question).format(of=of)}, over time?"


def measure_of(answer: Series) -> Measure:
    """Return what a series measures."""
    return MEASURES[answer.query["measure"]]


def _shown(answer: Series) -> tuple[Sequence[Point], tuple[str, ...]]:
    """Return the points that a table shows, and a line about the others."""
    points = answer.points
    if len(points) <= MOST_POINTS:
        return points, ()
    lasts = {period: {of(point.date): point for point in points} for period, of in _PERIODS.items()}
    period, last = next((item for item in lasts.items() if len(item[1]) <= MOST_POINTS), (*lasts.items(),)[-1])
    more = f"{counted(len(points), 'point')}: of each {period} the last; `--format csv` or json has all of them."
    return tuple(last.values()), (more,)


def _columns(answer: Series, noun: str) -> dict[str, Callable[[Point], str]]:
    """Return the columns of the points by their headings, each with what gives its cell."""
    columns: dict[str, Callable[[Point], str]] = {}
    columns[_when(answer)] = lambda point: _time(answer, point)
    for line in answer.lines:
        columns[line.upper()] = lambda point, line=line: _value(answer, point.values[line])  # type: ignore[misc]
    if _is_searched(answer):
        columns["BOUND"] = lambda point: "–" if _first(point) is None else number(point.bound)
    if "on_same_proposals" in answer.query:
        columns["SAME"] = lambda point: number(point.same)
        columns["SAME N"] = lambda point: "–" if point.same_n is None else f"{point.same_n:,}"
    if "sensitivity" in answer.query:
        columns["RANGE"] = lambda point: (
            ("–" if point.low is None else f"{number(point.low)} to {number(point.high)}")
            + ("*" if point.refused_without else "")
        )
    columns["N"] = lambda point: f"{point.n:,}"
    columns["ACTORS"] = lambda point: f"{point.actors:,}"
    columns[f"{noun.upper()}S"] = lambda point: f"{point.counted:,}"
    return columns


def _when(answer: Series) -> str:
    """Return the heading of when a point is."""
    return "WINDOW" if "window" in answer.query else "DAY"


def _time(answer: Series, point: Point) -> str:
    """Return when a point is: a day, or the first and the last of its window."""
    return f"{point.since}/{point.date}" if "window" in answer.query else point.date


def no_number(answer: Series) -> str | None:
    """Return why no point of a series has a number, None where one has."""
    if not answer.points:
        return _NOTHING
    return None if any(map(_has_number, answer.points)) else _refused(answer)[0]


def _has_number(point: Point) -> bool:
    return any(value is not None for value in point.values.values())


def _is_searched(answer: Series) -> bool:
    """Whether a value of the series is the best that was found, and not proved to be the best."""
    return any(point.bound is not None and point.bound != _first(point) for point in answer.points)


def _first(point: Point) -> float | None:
    return next(iter(point.values.values()))


def _value(answer: Series, value: float | None) -> str:
    return f"{int(value):,}" if value is not None and measure_of(answer).is_count else number(value)


def _refused(answer: Series) -> tuple[str, ...]:
    """Return how many points have no number, and what N is."""
    without = sum(not _has_number(point) for point in answer.points)
    least = f"; below {answer.query['min_shared']} there is no number" * (not measure_of(answer).is_count)
    gaps = f", so at {without:,} of {counted(len(answer.points), 'point')}" if without else ""
    star = any(point.refused_without for point in answer.points)
    return (
        f"N: {answer.rests_on}{least}{gaps}.",
        *(["*: without one of the sources there is no number; JSON names it."] if star else []),
    )


def _assumed(answer: Series) -> tuple[str, ...]:
    """Return what the measure means, and what its points are."""
    query = answer.query
    pairs = "all proposals" if "actors" in query else "all pairs of actors and all proposals"
    mean = "" if "target" in query else "; the mean is over proposals, each as much as any other"
    bound = ". Where it is less than its BOUND, no better split was found, and none exceeds that"
    bound = bound if _is_searched(answer) else ", exact"
    sentence = measure_of(answer).meaning.format(pairs=pairs, mean=mean, bound=bound)
    if "window" in query:
        alike = "every passage" if query["duplicates"] == "all" else f"what is said again in one {query['duplicates']}"
        once = "counts" if query["duplicates"] == "all" else "counts once"
        return sentence, f"Windows are {query['window']} long, both days inside, {query['step']} apart; {alike} {once}."
    return (sentence,) if "every" in query else (sentence, _DAY)


def _apart(answer: Series) -> tuple[str, ...]:
    """Return how much of the whole change is of minds, and how much of who speaks and of what is spoken of."""
    if "on_same_proposals" not in answer.query:
        apart = (
            "A move may come from changed minds, or from who speaks and on what: --on-same-proposals tells them apart."
        )
        return (apart,) if answer.moves and measure_of(answer).has_chain else ()
    sentence = (
        "SAME starts at the first number, and moves from point to point only as the measure does on the actors and "
        "proposals that both points have: who comes, who goes and what is new does not move it. Small moves add up, so "
        "it may leave 0 to 1."
    )
    (line,) = answer.lines
    there = [point for point in answer.points if point.values[line] is not None]
    if answer.breaks:
        return (sentence, f"It starts again {counted(answer.breaks, 'time')}, where too little is the same.")
    if len(there) < 2:
        return (sentence,)
    first, last = there[0], there[-1]
    whole = (last.values[line] or 0) - (first.values[line] or 0)
    same = (last.same or 0) - (first.same or 0)
    moved = (
        f"From {first.date} to {last.date}: {signed(whole)} in all, {signed(same)} of it on the same proposals, "
        f"{signed(whole - same)} by who and what is new or gone."
    )
    return sentence, moved


def signed(value: float | None) -> str:
    """Return a difference with its sign.

    >>> signed(0.25), signed(-0.5), signed(0.0), signed(None)
    ('+0.25', '−0.50', '0.00', '–')
    """
    return f"+{number(value)}" if value is not None and round(value, 2) > 0 else number(value)


def _moves(answer: Series, names: Names) -> tuple[Grid, ...]:
    """Return the greatest moves, the largest first; no table where nothing moved."""
    if not answer.moves:
        return ()
    points = {point.date: point for point in answer.points}
    several = len(answer.lines) > 1
    is_count = measure_of(answer).is_count
    headings = [_when(answer), *(["LINE"] if several else []), "MOVE", "N", "WHAT CHANGED"]
    if "on_same_proposals" in answer.query:
        headings.insert(-2, "SAME")
    lines = []
    for move in answer.moves:
        cells = [_time(answer, points[move.date]), *([move.line] if several else [])]
        cells.append(f"{move.change:+.0f}".replace("-", "−") if is_count else signed(move.change))
        if "on_same_proposals" in answer.query:
            cells.append(signed(move.same))
        lines.append((*cells, f"{points[move.since].n:,} → {points[move.date].n:,}", _who(move, names)))
    return (Grid(("What moved it most",), tuple(headings), tuple(lines), frozenset({len(headings) - 1})),)


def _who(move: Move, names: Names) -> str:
    """Return who turned in a move, then who is new or gone, those who did the same together; and what happened then."""
    alike: dict[tuple[str, str | None, str | None], list[str]] = {}
    for turn in move.turned:
        alike.setdefault((turn.proposal, turn.before, turn.after), []).append(names.actor(turn.actor))
    ranked = sorted(alike.items(), key=lambda item: (None in item[0], -len(item[1])))  # stable: by proposal where alike
    lines = [
        _together(names.proposal(proposal), before, after, actors)
        for (proposal, before, after), actors in ranked[:MOST_TURNED]
    ]
    more = sum(len(actors) for _, actors in ranked[MOST_TURNED:])
    events = (f"Event: {event.title}" for event in move.events[:2])
    return "\n".join((*lines, *([f"and {more} more"] if more else []), *events))


def _together(proposal: str, before: str | None, after: str | None, actors: Sequence[str]) -> str:
    named = ", ".join(actors[:_MOST_NAMED])
    more = f" and {len(actors) - _MOST_NAMED:,} more" if len(actors) > _MOST_NAMED else ""
    return f"{proposal}, {before or 'nothing'} → {after or 'nothing'}: {named}{more}"
