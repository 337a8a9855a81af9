"""The map as a picture: a point with its name for each actor, and around it the ellipse of its bootstrapped places."""

from __future__ import annotations

from itertools import chain
from math import ceil, cos, hypot, radians, sin
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.render.map import TITLE, how_good, not_on_map, percent, refused_in_words, rests_on
from actorgraph.render.phrases import Names, dateline
from actorgraph.render.pictures import FOR, INK, QUIET, lettering, noted, nothing_to_draw, picture
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from actorgraph.analysis.map import ActorMap, PointOnMap
    from actorgraph.render.pictures import Axes

_TOO_MUCH: Final = 0.25
"""What part of a name may be covered, or cover others, before it is left out."""

_FAR: Final = 0.09
"""How far a name may be from its point, in inches, without a line between the two."""

_CROWD: Final = 60
"""From so many actors on, points are smaller and ellipses fainter."""


class NameBox(NamedTuple):
    """Where a name stands, in inches from the lower left corner of the map: its own lower left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    def covers(self, other: NameBox) -> float:
        """Return how much of the area of another it covers."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(wide, 0) * max(high, 0) / max(other.width * other.height, 1e-9)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on it that is nearest to a place."""
        return min(max(x, self.x), self.x + self.width), min(max(y, self.y), self.y + self.height)


class NameOnMap(NamedTuple):
    """A name on the map: where its lower left corner is, and that place on it which is nearest to its point."""

    text: str
    x: float
    y: float
    to_x: float
    to_y: float


def map_picture(answer: ActorMap, ending: str) -> bytes:
    """Return the map as a picture: a point with its name for each actor, and the ellipse of its places.

    Raises `UsageProblem` where there is no map.
    """
    names = Names(answer.about)
    if answer.refused:
        raise nothing_to_draw(" ".join(refused_in_words(answer, names)))
    sheet = _Sheet(answer, names)
    unnamed = len(answer.points) - len(sheet.names)
    shape = "Ellipses" if sheet.plane else "Bars"
    marks = (
        f"{shape} would hold 95 % of {answer.replicates} places, as other proposals weigh more, if these scattered "
        "normally."
    )
    no_room = f"Without a name, for want of room: {counted(unnamed, 'actor')}; the table has all."
    notes = (
        dateline(answer),
        f"{rests_on(answer)} {how_good(answer)}",
        *not_on_map(answer, names),
        marks,
        *[no_room] * bool(unnamed),
    )
    width, height = sheet.size
    below = noted(notes, width)
    return picture(sheet.draw, title=TITLE, below=below, ending=ending, size=(width, height + 0.15 * len(below)))


class _Sheet:
    """The picture of a map, laid out: its size in inches, its limits, and the names that have room."""

    def __init__(self, answer: ActorMap, names: Names) -> None:
        self.answer = answer
        self.plane = answer.query["dimensions"] > 1
        order = sorted(answer.points, key=lambda point: (point.x, point.actor))
        self.places = [(point.x, -float(at) if point.y is None else point.y) for at, point in enumerate(order)]
        self.points = order
        self.letters = 8.0 if len(order) <= 40 else 6.0
        if not self.plane:  # a line an actor, its name beside it
            self.size = (7.5, 1.3 + 0.2 * len(order))
            self.names = {
                at: NameOnMap(lettering(names.actor(point.actor)), 0, 0, 0, 0) for at, point in enumerate(order)
            }
            return
        reach = [_reach(point) for point in order]
        self.left, right = _limits([point.x for point in order], [across for across, _ in reach])
        self.low, high = _limits([place[1] for place in self.places], [up for _, up in reach])
        span = max(right - self.left, high - self.low)
        side = min(13.0, max(6.5, 4.0 + len(order) / 15))
        self.scale = side / span
        wide, tall = (max(extent * self.scale, side * 0.45) for extent in (right - self.left, high - self.low))
        self.limits = (
            *_around((self.left + right) / 2, wide / self.scale),
            *_around((self.low + high) / 2, tall / self.scale),
        )
        self.left, self.low = self.limits[0], self.limits[2]
        self.wide = wide
        self.size = (wide + 0.9, tall + 1.1)
        self.names = dict(self._named([lettering(names.actor(point.actor)) for point in order]))

    def _named(self, texts: Sequence[str]) -> Iterator[tuple[int, NameOnMap]]:
        """Yield each name that has room, with where it stands on the map; of a crowd those at its edge come first."""
        _, height = self._size("")
        at = [((x - self.left) * self.scale, (y - self.low) * self.scale) for x, y in self.places]
        taken = [NameBox(x - 0.04, y - 0.04, 0.08, 0.08) for x, y in at]
        flat = [box for point, place in zip(self.points, at, strict=True) for box in self._flat(point, place, height)]
        order = sorted(range(len(texts)), key=lambda index: (-_room(at, index), texts[index]))
        for index in order:
            width, _ = self._size(texts[index])
            spots = [NameBox(at[index][0] + dx, at[index][1] + dy, width, height) for dx, dy in _spots(width, height)]
            spots = [spot for spot in spots if 0 <= spot.x <= self.wide - width] or spots
            best = min(
                spots, key=lambda spot: sum(spot.covers(other) + other.covers(spot) for other in chain(taken, flat))
            )
            if sum(max(best.covers(other), other.covers(best)) for other in taken) < _TOO_MUCH:
                taken.append(best)
                yield (
                    index,
                    NameOnMap(texts[index], *self._on_map(best.x, best.y), *self._on_map(*best.nearest(*at[index]))),
                )

    def _size(self, text: str) -> tuple[float, float]:
        """Return how wide and high a name is, in inches."""
        height = self.letters / 72
        return 0.56 * height * len(text), height

    def _flat(self, point: PointOnMap, at: tuple[float, float], height: float) -> Iterator[NameBox]:
        """Yield small boxes along an ellipse that is less high than a name, and would strike it through."""
        longer, other = (half * self.scale for half in point.half_axes)
        if 2 * other > height:
            return
        angle, steps = radians(point.angle or 0.0), max(1, min(12, ceil(longer / height)))
        for step in range(-steps, steps + 1):
            far = longer * step / steps
            yield NameBox(at[0] + far * cos(angle) - 0.02, at[1] + far * sin(angle) - 0.02, 0.04, 0.04)

    def _on_map(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the map a place is that is given in inches."""
        return x / self.scale + self.left, y / self.scale + self.low

    def draw(self, axes: Axes) -> None:
        """Draw it all."""
        shares = [
            f"axis {at + 1}: {percent(share)} of what is positive" for at, share in enumerate(self.answer.variance)
        ]
        axes.set_xlabel(shares[0])
        axes.grid(color="#e6e8eb", linewidth=0.6)
        axes.set_axisbelow(True)
        if self.plane:
            self._draw_plane(axes, shares[1])
        else:
            self._draw_line(axes)

    def _draw_plane(self, axes: Axes, second: str) -> None:
        left, right, low, high = self.limits
        axes.set(xlim=(left, right), ylim=(low, high), ylabel=second)
        axes.set_aspect("equal")
        many = len(self.points) > _CROWD
        for point, place in zip(self.points, self.places, strict=True):
            axes.plot(*_ellipse(point, place), "-", color=FOR, alpha=0.25 if many else 0.5, linewidth=0.6)
        axes.plot(*zip(*self.places, strict=True), "o", color=FOR, markersize=3 if many else 5, zorder=2.2)
        for at, name in self.names.items():
            wide, high = (size / self.scale for size in self._size(name.text))
            paper = (name.x, name.x + wide), name.y, name.y + high
            axes.fill_between(*paper, color="white", alpha=0.7, linewidth=0, zorder=2.1)  # no line strikes it through
            axes.text(name.x, name.y, name.text, fontsize=self.letters, color=INK, va="bottom", ha="left")
            (x, y), across, up = self.places[at], name.to_x, name.to_y
            if hypot(x - across, y - up) * self.scale > _FAR:
                axes.plot((x, across), (y, up), "-", color=QUIET, linewidth=0.3)

    def _draw_line(self, axes: Axes) -> None:
        across, down = zip(*self.places, strict=True)
        half = [point.half_axes[0] for point in self.points]
        axes.errorbar(across, down, xerr=half, fmt="o", color=FOR, ecolor=QUIET, elinewidth=1, markersize=5)
        axes.set_yticks(down, [name.text for name in self.names.values()])
        axes.set_ylim(min(down) - 0.7, 0.7)


def _ellipse(point: PointOnMap, place: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Return the line around the ellipse of a point."""
    longer, other = point.half_axes
    angle, (x, y) = radians(point.angle or 0.0), place
    along = [(longer * cos(turn), other * sin(turn)) for turn in (radians(3 * step) for step in range(121))]
    return (
        [x + across * cos(angle) - up * sin(angle) for across, up in along],
        [y + across * sin(angle) + up * cos(angle) for across, up in along],
    )


def _reach(point: PointOnMap) -> tuple[float, float]:
    """Return how far the ellipse of a point reaches to the side, and how far up."""
    longer, other = point.half_axes
    angle = radians(point.angle or 0.0)
    return hypot(longer * cos(angle), other * sin(angle)), hypot(longer * sin(angle), other * cos(angle))


def _limits(centres: Sequence[float], reach: Sequence[float]) -> tuple[float, float]:
    """Return from where to where an axis goes, so that all ellipses are on it, with some room for names."""
    low = min(centre - far for centre, far in zip(centres, reach, strict=True))
    high = max(centre + far for centre, far in zip(centres, reach, strict=True))
    room = 0.06 * (high - low) + 1e-3
    return low - room, high + room


def _around(middle: float, extent: float) -> tuple[float, float]:
    return middle - extent / 2, middle + extent / 2


def _room(at: Sequence[tuple[float, float]], index: int) -> float:
    """Return how far the nearest other point is, in tenths of an inch."""
    x, y = at[index]
    others = (hypot(x - a, y - b) for other, (a, b) in enumerate(at) if other != index)
    return ceil(min(others, default=0) * 10)


def _spots(width: float, height: float) -> Iterable[tuple[float, float]]:
    """Return where a name may stand around its point: its lower left corner, seen from there, the best place first."""
    gap = 0.06
    for far in (gap, 0.18, 0.3):
        yield far, -height / 2
        yield -far - width, -height / 2
        yield -width / 2, far
        yield -width / 2, -far - height
        yield far, far
        yield -far - width, far
        yield far, -far - height
        yield -far - width, -far - height
