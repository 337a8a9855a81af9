"""The drawing: what each position looks like, and where everything stands, as a pyvis network."""

from __future__ import annotations

import math
import textwrap
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyvis.network import Network

from actorgraph.graph import ever_graph
from actorgraph.layout import layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actorgraph.query import Snapshot
    from actorgraph.rows import Row

Place = tuple[float, float]
Size = tuple[float, float]


class Line(NamedTuple):
    """How a position is drawn: an ink (a colour of page.css), dashes, width and head (vis-network's words)."""

    ink: str
    dash: tuple[int, ...]
    width: float
    head: str | None


LINES: Final[Mapping[str, Line]] = {
    "supports": Line("for", (), 2, None),
    "open": Line("undecided", (12, 6, 3, 6), 2, None),
    "neutral": Line("neither", (3, 6), 2, None),
    "opposes": Line("against", (9, 6), 2, None),
    "delivers": Line("for", (), 5, "arrow"),
    "allocates": Line("for", (20, 8, 6, 8), 5, "arrow"),
    "pledges": Line("for", (14, 8), 5, "arrow"),
    "considers": Line("undecided", (5, 7), 5, "vee"),
    "declines": Line("against", (9, 7), 5, "bar"),
    "withdraws": Line("against", (18, 7, 5, 7), 5, "bar"),
    "threatens": Line("threat", (7, 3), 5, "diamond"),
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


def actor_key(key: str) -> str:
    """Return an actor's key on the page.

    The prefix keeps actors apart from proposals, and both from what JavaScript objects are born with: an actor
    may well be called `constructor`.
    """
    return f"actor/{key}"


def proposal_key(key: str) -> str:
    """Return a proposal's key on the page."""
    return f"proposal/{key}"


def network(snapshot: Snapshot) -> Network:
    """Return the drawing of a snapshot: who holds something, what it is held on, and a line for every row.

    Everything that was ever held has its place, so nothing moves from one day's drawing to another's; drawn is what
    is in force. Edges are called `row/0`, `row/1`, … after the rows. Nodes come in the order in which their labels
    are to be placed, the most connected first; those with the most on them are `prominent`.
    """
    drawn = Network(directed=True)
    drawn.options = dict(OPTIONS)
    nodes = {actor_key(actor): snapshot.things["actor"][actor] for _, actor, _, _ in snapshot.ever}
    nodes |= {proposal_key(proposal): snapshot.things["proposal"][proposal] for _, _, proposal, _ in snapshot.ever}
    ever = Counter(key for _, actor, proposal, _ in snapshot.ever for key in (actor_key(actor), proposal_key(proposal)))
    held = Counter(key for row in snapshot.rows for key in (actor_key(row.actor), proposal_key(row.proposal)))
    order = sorted(nodes, key=lambda key: (-_PRIORITY[key.startswith("actor/")] * ever[key], key))
    labels = {key: wrapped(nodes[key].name) for key in order}
    marks = {key: _mark(key, ever[key]) for key in order}
    rough = layout(ever_graph(snapshot))
    placed = arrange([rough[nodes[key].id] for key in order], [_box(key, labels[key], marks[key]) for key in order])
    for key, (x, y) in zip(order, placed, strict=True):
        if key not in held:
            continue
        kind = nodes[key].body["kind"] if key.startswith("actor/") else "proposal"
        prominent = kind != "proposal" or ever[key] >= _MUCH
        drawn.add_node(
            key, "\n".join(labels[key]), SHAPES[kind], None,
            kind=kind, size=marks[key], x=x, y=y, prominent=prominent,
        )  # fmt: skip
    beside = _side_by_side(snapshot.rows)
    for number, row in enumerate(snapshot.rows):
        line = LINES[row.position]
        drawn.add_edge(
            actor_key(row.actor),
            proposal_key(row.proposal),
            id=f"row/{number}",
            position=row.position,
            basis=row.basis,
            ink=line.ink,
            width=line.width,
            dashes=list(line.dash) or False,
            smooth=_bend(beside[number]),
            arrows=_arrows(line, contested=row.contested),
        )
    return drawn


def wrapped(name: str) -> tuple[str, ...]:
    """Return a name as the lines of a label; what does not fit in three is left to the details.

    >>> wrapped("Multinational force in Ukraine after a ceasefire")
    ('Multinational force in', 'Ukraine after a', 'ceasefire')
    """
    return tuple(textwrap.wrap(name, _WRAP, max_lines=_MOST_LINES, placeholder=" …")) or (name[:_WRAP],)


def _mark(key: str, held: int) -> float:
    """Return a mark's radius: actors, who act, are larger, and grow with what they hold."""
    return round((8 if key.startswith("actor/") else 6) + math.sqrt(min(held, 36)), 1)


def _box(key: str, label: Sequence[str], mark: float) -> Size:
    letter = _LETTER[key.startswith("actor/")]
    return max(len(line) for line in label) * letter + 14, 2 * mark + len(label) * _LEADING + 10


def _side_by_side(rows: Sequence[Row]) -> dict[int, float]:
    """Return how far each row's line stands off the straight one, in lines: parallel lines are to be told apart."""
    parallel: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        parallel[row.actor, row.proposal].append(number)
    return {number: place - (len(group) - 1) / 2 for group in parallel.values() for place, number in enumerate(group)}


def _bend(off: float) -> Any:
    if not off:
        return False
    return {"enabled": True, "type": "curvedCW" if off > 0 else "curvedCCW", "roundness": min(abs(off) * 0.24, 0.9)}


def _arrows(line: Line, *, contested: bool) -> dict[str, Any]:
    return {
        "to": {"enabled": line.head is not None, "type": line.head or "arrow", "scaleFactor": 0.5},
        "middle": {"enabled": contested, "type": "circle", "scaleFactor": 0.5},
    }


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
    for _ in range(max(20, min(200, _PATIENCE // max(len(boxes), 1)))):
        if not _push(xs, ys, boxes):
            break
    return [(round(x, 1), round(y, 1)) for x, y in zip(xs, ys, strict=True)]


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
    widest = max((width for width, _ in boxes), default=0.0)
    order = sorted(range(len(xs)), key=lambda number: (xs[number], number))
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            if xs[other] - xs[one] > 2 * widest:  # places move within a pass, so look twice as far
                break
            wide = (boxes[one][0] + boxes[other][0]) / 2 - abs(xs[other] - xs[one])
            high = (boxes[one][1] + boxes[other][1]) / 2 - abs(ys[other] - ys[one])
            if wide <= 0.5 or high <= 0.5:
                continue
            pushed = True
            along, missing = (ys, high) if high < wide else (xs, wide)
            step = missing / 2 if along[other] >= along[one] else -missing / 2
            along[one] -= step
            along[other] += step
    return pushed
