"""The drawing: what each position looks like, and where everything stands, as a pyvis network."""

from __future__ import annotations

import math
import textwrap
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyvis.network import Network

from actorgraph.explorer.data import actor_key, proposal_key
from actorgraph.graph.layout import layout
from actorgraph.graph.networks import ever_graph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actorgraph.questions.who import Snapshot

Place = tuple[float, float]
Size = tuple[float, float]


class Stroke(NamedTuple):
    """How a position is drawn: an ink (a colour of page.css), dashes, width and head (vis-network's words)."""

    ink: str
    dash: tuple[int, ...]
    width: float
    head: str | None


STROKES: Final[Mapping[str, Stroke]] = {
    "supports": Stroke("for", (), 2, None),
    "open": Stroke("undecided", (12, 6, 3, 6), 2, None),
    "neutral": Stroke("neither", (3, 6), 2, None),
    "opposes": Stroke("against", (9, 6), 2, None),
    "delivers": Stroke("for", (), 5, "arrow"),
    "allocates": Stroke("for", (20, 8, 6, 8), 5, "arrow"),
    "pledges": Stroke("for", (14, 8), 5, "arrow"),
    "considers": Stroke("undecided", (5, 7), 5, "vee"),
    "declines": Stroke("against", (9, 7), 5, "bar"),
    "withdraws": Stroke("against", (18, 7, 5, 7), 5, "bar"),
    "threatens": Stroke("threat", (7, 3), 5, "diamond"),
}
"""Thin lines are what an actor thinks, thick ones with a head what it undertakes. No two share colour and dashes.
Blue and vermillion are those of Okabe and Ito (2008), which people of every colour vision tell apart."""

SHAPES: Final[Mapping[str, str]] = {
    "state": "dot",
    "organisation": "square",
    "coalition": "hexagon",
    "person": "triangle",
    "proposal": "diamond",
}

OPTIONS: Final[Mapping[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": False, "tooltipDelay": 0, "selectConnectedEdges": False},
    "nodes": {"chosen": False, "borderWidth": 1.5},
    "edges": {"chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}

_LETTER: Final[Mapping[bool, float]] = {True: 7.4, False: 6.4}
"""About how wide a letter of an actor's (bold) and of a proposal's label is, in pixels."""
_LEADING: Final = 15
_WRAP: Final = 24
_PRIORITY: Final[Mapping[bool, int]] = {True: 3, False: 1}
"""How much a holding counts for an actor's place in the order of labels, and for a proposal's."""
_MUCH: Final = 6
"""How many different holdings make a proposal one that a reader would look for."""
_MOST_LINES: Final = 3
_ROOM: Final = 1.6
"""How much paper a drawing gets for each unit of paper that marks and labels cover."""
_LEAST_PAPER: Final = 400_000
_ASPECT: Final = 1.9
"""Wider than any screen: boxes are wide, so most of them make way up and down."""


class Ids(list[str]):
    """The ids of a network's nodes, which pyvis asks for at every edge whether they hold one.

    It keeps them as a list and searches that from the start: 29 s for 20,000 nodes and 60,000 edges (measured).
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: set[object] = set()

    def append(self, one: str) -> None:
        """Add an id."""
        super().append(one)
        self._held.add(one)

    def __contains__(self, one: object) -> bool:
        return one in self._held


def network(snapshot: Snapshot, lines: Sequence[Mapping[str, Any]], ties: Sequence[Mapping[str, Any]]) -> Network:
    """Return the drawing: everything that was ever held on, held a position or was tied, and a line for every holding.

    `lines` and `ties` are those of the island; edges bear all that the lines do. Everything has its place over all
    days, so nothing moves from one day's drawing to another's: `at` where actors stand beside proposals (None for
    those who never held anything), `alone` where they stand among themselves (None for proposals). Nodes come in the
    order in which their labels are to be placed, the most connected first; those with the most on them are
    `prominent`.
    """
    drawn = Network(directed=True)
    drawn.node_ids = Ids()
    drawn.options = dict(OPTIONS)
    ever = Counter(line[end] for line in lines for end in ("from", "to"))
    tied = Counter(tie[end] for tie in ties for end in ("from", "to"))
    things = {actor_key(key): thing for key, thing in snapshot.things["actor"].items()}
    things |= {proposal_key(key): thing for key, thing in snapshot.things["proposal"].items()}
    order = sorted({**ever, **tied}, key=lambda key: (-_PRIORITY[_is_actor(key)] * ever[key], -tied[key], key))
    labels = {key: wrapped(things[key].name) for key in order}
    marks = {key: _mark(key, ever[key]) for key in order}
    found = layout(ever_graph(snapshot))
    rough = _with_tied({key: found[things[key].id] for key in ever}, ties)

    def arranged(keys: Sequence[str]) -> dict[str, Place]:
        boxes = [_box(key, labels[key], marks[key]) for key in keys]
        return dict(zip(keys, arrange([rough[key] for key in keys], boxes), strict=True))

    at, alone = arranged([key for key in order if key in ever]), arranged([key for key in order if _is_actor(key)])
    for key in order:
        kind = things[key].body["kind"] if _is_actor(key) else "proposal"
        prominent = kind != "proposal" or ever[key] >= _MUCH
        drawn.add_node(
            key, "\n".join(labels[key]), SHAPES[kind], None,
            kind=kind, size=marks[key], at=at.get(key), alone=alone.get(key), prominent=prominent,
        )  # fmt: skip
    for line in lines:
        drawn.add_edge(line["from"], line["to"], **{key: line[key] for key in line if key not in ("from", "to")})
    return drawn


def _is_actor(key: str) -> bool:
    return key.startswith("actor/")


def _with_tied(places: Mapping[str, Place], ties: Sequence[Mapping[str, Any]]) -> dict[str, Place]:
    """Return places, and one for those who are only tied to others: beside them, or in the middle."""
    found = dict(places)
    near: dict[str, list[Place]] = defaultdict(list)
    for tie in ties:
        for one, other in ((tie["from"], tie["to"]), (tie["to"], tie["from"])):
            if one not in places:
                near[one].extend([places[other]] if other in places else [])
    for number, (key, others) in enumerate(sorted(near.items())):
        x, y = (sum(axis) / len(others) for axis in zip(*others, strict=True)) if others else (0.0, 0.0)
        turn = number * math.pi * (3 - math.sqrt(5))  # the golden angle: no two start at one point
        found[key] = (x + 0.05 * math.cos(turn), y + 0.05 * math.sin(turn))
    return found


def wrapped(name: str) -> tuple[str, ...]:
    """Return a name as the lines of a label; what does not fit in three is left to the details.

    >>> wrapped("Multinational force in Ukraine after a ceasefire")
    ('Multinational force in', 'Ukraine after a', 'ceasefire')
    """
    return tuple(textwrap.wrap(name, _WRAP, max_lines=_MOST_LINES, placeholder=" …")) or (name[:_WRAP],)


def _mark(key: str, held: int) -> float:
    """Return a mark's radius: actors, who act, are larger, and grow with what they hold."""
    return round((8 if _is_actor(key) else 6) + math.sqrt(min(held, 36)), 1)


def _box(key: str, label: Sequence[str], mark: float) -> Size:
    letter = _LETTER[_is_actor(key)]
    return max(len(line) for line in label) * letter + 14, 2 * mark + len(label) * _LEADING + 10


# -- places ------------------------------------------------------------------------------------------------


def arrange(rough: Sequence[Place], boxes: Sequence[Size]) -> list[Place]:
    """Return places in pixels for a layout between −1 and 1, so that no mark or label covers another.

    The paper grows with what is to stand on it. Crowds are thinned (a third of a place is its coordinate, two its
    rank among all), then boxes that overlap are pushed apart, along the axis on which less is missing, until
    none do or patience ends. No chance is in it: same layout, same places.
    """
    paper = max(_ROOM * sum(width * height for width, height in boxes), _LEAST_PAPER)
    width, height = (paper * _ASPECT) ** 0.5, (paper / _ASPECT) ** 0.5
    xs = _thinned([x for x, _ in rough], width)
    ys = _thinned([y for _, y in rough], height)
    if len(boxes) > _MOST_PUSHED:
        return [(round(x, 1), round(y, 1)) for x, y in zip(xs, ys, strict=True)]
    for _ in range(max(20, min(200, _PATIENCE // max(len(boxes), 1)))):
        if not _push(xs, ys, boxes):
            break
    return [(round(x, 1), round(y, 1)) for x, y in zip(xs, ys, strict=True)]


_MOST_PUSHED: Final = 1500
"""How many boxes are pushed apart: the page draws no more than some hundred at once, and places those itself."""
_PATIENCE: Final = 40_000
"""How many times a box may be looked at in all: a large drawing is to be done in seconds, if with some overlaps."""


def _thinned(along: Sequence[float], length: float) -> list[float]:
    low, high = min(along, default=0.0), max(along, default=0.0)
    spread, last = (high - low) or 1.0, max(len(along) - 1, 1)
    places = [0.0] * len(along)
    for rank, number in enumerate(sorted(range(len(along)), key=lambda one: (along[one], one))):
        places[number] = ((along[number] - low) / spread + 2 * rank / last - 1.5) / 3 * length
    return places


def _push(xs: list[float], ys: list[float], boxes: Sequence[Size]) -> bool:
    """Push every two boxes that overlap apart, in place, and tell whether any did."""
    pushed = False
    reach = 2 * max((width for width, _ in boxes), default=0.0)  # places move within a pass, so look twice as far
    wides, highs = [width / 2 for width, _ in boxes], [height / 2 for _, height in boxes]
    order = sorted(range(len(xs)), key=lambda number: (xs[number], number))
    for place, one in enumerate(order):
        x, half = xs[one], wides[one]
        for other in order[place + 1 :]:
            apart = xs[other] - x
            if apart > reach:
                break
            wide = half + wides[other] - abs(apart)
            if wide <= 0.5:
                continue
            high = highs[one] + highs[other] - abs(ys[other] - ys[one])
            if high <= 0.5:
                continue
            pushed = True
            along, missing = (ys, high) if high < wide else (xs, wide)
            step = missing / 2 if along[other] >= along[one] else -missing / 2
            along[one] -= step
            along[other] += step
            x = xs[one]
    return pushed
