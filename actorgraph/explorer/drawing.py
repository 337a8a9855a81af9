"""The drawing: what each position looks like, and where everything stands, as a pyvis network."""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyvis.network import Network

from actorgraph.explorer.data import shown_names
from actorgraph.explorer.keys import actor_key, id_of, proposal_key
from actorgraph.explorer.lettering import in_lines
from actorgraph.graph.layout import EverHeld, ever_graph, layout
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing

Point = tuple[float, float]
"""Where a node is drawn: x and y."""


class Stroke(NamedTuple):
    """How a position is drawn: an ink (a colour of page.css), dashes, width and head (vis-network's words)."""

    ink: str
    dash: tuple[int, ...]
    width: float
    head: str | None


STROKES: Final[Mapping[str, Stroke]] = {
    "supports": Stroke("for", (), 2, None),
    "open": Stroke("undecided", (12, 6, 3, 6), 2, None),
    "undecided": Stroke("neither", (2, 4, 2, 10), 2, None),
    "neutral": Stroke("neither", (3, 6), 2, None),
    "sceptical": Stroke("against", (4, 4, 12, 6), 2, None),
    "opposes": Stroke("against", (9, 6), 2, None),
    "delivers": Stroke("for", (), 5, "arrow"),
    "allocates": Stroke("for", (20, 8, 6, 8), 5, "arrow"),
    "pledges": Stroke("for", (14, 8), 5, "arrow"),
    "considers": Stroke("undecided", (5, 7), 5, "vee"),
    "declines": Stroke("against", (9, 7), 5, "bar"),
    "withdraws": Stroke("against", (18, 7, 5, 7), 5, "bar"),
    "threatens": Stroke("threat", (12, 8, 3, 8, 3, 8), 5, "diamond"),
}
"""Thin lines are what an actor thinks, thick ones with a head what it undertakes. No two share colour and dashes, and
no gap is narrower than its line is wide: it would close where lines are small or slant.
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

_WRAP: Final = 24
_PRIORITY: Final[Mapping[bool, int]] = {True: 3, False: 1}
"""How much a holding counts for an actor's place in the order of labels, and for a proposal's."""
_MUCH: Final = 6
"""How many different holdings make a proposal one that a reader would look for."""
_MOST_LINES: Final = 3
_WIDE: Final = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
"""Letters that are twice as wide as others: of such names lines are measured, and not counted by their letters."""
_SIZE, _WRAP_WIDE = 13, 160
"""How high the letters of a label are, and how wide a line of wide ones is at most, in pixels."""


class Ids(list[str]):
    """The ids of a network's nodes, which pyvis searches at every edge.

    It keeps them as a list and searches that from the start: 29 s for 20,000 nodes and 60,000 edges (measured).
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def append(self, node: str) -> None:
        """Add an id."""
        super().append(node)
        self._known.add(node)

    def __contains__(self, node: object) -> bool:
        return node in self._known


class Mark(NamedTuple):
    """How an actor or a proposal is drawn: its key, kind, label (a line each), radius, and in how many lines it is."""

    key: str
    kind: str
    label: tuple[str, ...]
    size: float
    held: int

    @property
    def prominent(self) -> bool:
        """Whether readers would look for its label first."""
        return self.kind != "proposal" or self.held >= _MUCH


def drawn_network(
    ledger: Ledger,
    lines: Sequence[Mapping[str, Any]],
    ties: Sequence[Mapping[str, Any]],
    addressed: Iterable[tuple[str, str]] = (),
) -> Network:
    """Return the drawing: a node for each actor and proposal that a line or a tie reaches, and an edge for each line.

    `lines` and `ties` are those of the page's data; edges bear all that the lines do. `addressed` are pairs of actors:
    who made a commitment, and to whom. A node's place `at`, within −1 and 1, is the same on every day: whatever part
    of the model the page draws keeps that order from left to right and from top to bottom. Nodes come in the order in
    which their labels are to be placed, the most connected first; those with the most lines are `prominent`.
    """
    drawing = Network(directed=True)
    drawing.node_ids = Ids()
    drawing.options = dict(OPTIONS)
    pairs = [*((tie["from"], tie["to"]) for tie in ties), *addressed]
    actors, proposals = ledger.things("actor"), ledger.things("proposal")
    marks = _marks(actors, proposals, lines, ties, pairs)
    held = {EverHeld(line["kind"], id_of(line["from"]), id_of(line["to"]), line["position"]) for line in lines}
    ids = layout(ever_graph(sorted(held), proposals))
    rough = _with_tied({mark.key: ids[id_of(mark.key)] for mark in marks if mark.held}, pairs)
    places = {key: (round(x, 4), round(y, 4)) for key, (x, y) in rough.items()}
    for mark in marks:
        drawing.add_node(
            mark.key, "\n".join(mark.label), SHAPES[mark.kind], None, kind=mark.kind, size=mark.size,
            at=places[mark.key], prominent=mark.prominent,
        )  # fmt: skip
    for line in lines:
        drawing.add_edge(line["from"], line["to"], **{key: line[key] for key in line if key not in ("from", "to")})
    return drawing


def _marks(
    actors: Sequence[Thing],
    proposals: Sequence[Thing],
    lines: Sequence[Mapping[str, Any]],
    ties: Sequence[Mapping[str, Any]],
    pairs: Iterable[tuple[str, str]],
) -> list[Mark]:
    """Return a mark for every actor and proposal to be drawn, in the order in which their labels are placed."""
    held = Counter(line[end] for line in lines for end in ("from", "to"))
    tied = Counter(tie[end] for tie in ties for end in ("from", "to"))
    keys = {*held, *(key for pair in pairs for key in pair)}
    things = {actor_key(actor.id): actor for actor in actors}
    things |= {proposal_key(proposal.id): proposal for proposal in proposals}
    names = {actor_key(key): name for key, name in shown_names(actors).items()}
    names |= {proposal_key(key): name for key, name in _labels(proposals).items()}
    labels = labels_of({key: names[key] for key in keys})
    return [
        Mark(
            key,
            things[key].body["kind"] if _is_actor(key) else "proposal",
            labels[key],
            _radius(key, held[key]),
            held[key],
        )
        for key in sorted(keys, key=lambda key: (-_PRIORITY[_is_actor(key)] * held[key], -tied[key], key))
    ]


def _labels(proposals: Iterable[Thing]) -> dict[str, str]:
    """Return what stands below the marks of proposals, by id: their short titles, where they have one of their own."""
    proposals = tuple(proposals)
    shorts = {proposal.id: proposal.body.get("short") or "" for proposal in proposals}
    count = Counter(short.casefold() for short in shorts.values())
    names = shown_names(proposals)
    return {
        key: isolated(short) if short and count[short.casefold()] == 1 else names[key] for key, short in shorts.items()
    }


def _is_actor(key: str) -> bool:
    return key.startswith("actor/")


def _with_tied(places: Mapping[str, Point], pairs: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return places, and one for those who are only tied to others: beside them, or in the middle."""
    near: dict[str, list[Point]] = defaultdict(list)
    for pair in pairs:
        for key, other in (pair, pair[::-1]):
            if key not in places:
                near[key].extend([places[other]] if other in places else [])
    all_places = dict(places)
    for number, (key, others) in enumerate(sorted(near.items())):
        x, y = (sum(axis) / len(others) for axis in zip(*others, strict=True)) if others else (0.0, 0.0)
        turn = number * math.pi * (3 - math.sqrt(5))  # the golden angle: no two start at one point
        all_places[key] = (x + 0.05 * math.cos(turn), y + 0.05 * math.sin(turn))
    return all_places


def labels_of(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return names, by their keys, as the lines of labels; of those that would be cut alike the end tells them apart.

    >>> council = "National Council for Inland and Coastal Fisheries of the {} Provinces"
    >>> labels_of({"e": council.format("Eastern"), "w": council.format("Western")})["w"]
    ('National Council for', 'Inland and Coastal', '…the Western Provinces')
    """
    labels = {key: wrapped(name) for key, name in names.items()}
    count = Counter(labels.values())
    are_alike = {label for label in count if count[label] > 1 and label[-1].endswith("…")}
    return {key: (*label[:-1], _end_of(names[key])) if label in are_alike else label for key, label in labels.items()}


def _end_of(name: str) -> str:
    """Return the last words of a name that fit in a line, and of a word that is too long its last letters."""
    room = (_WRAP_WIDE // _SIZE if _WIDE.search(name) else _WRAP) - 1
    words = name.split()
    ends = (" ".join(words[at:]) for at in range(1, len(words)))
    return f"…{next((end for end in ends if len(end) <= room), name[-room:])}"


def wrapped(name: str) -> tuple[str, ...]:
    """Return a name as the lines of a label; what does not fit in three is left to the details.

    >>> wrapped("Multinational force in Ukraine after a ceasefire")
    ('Multinational force in', 'Ukraine after a', 'ceasefire')
    >>> wrapped("中华人民共和国外交部发言人")
    ('中华人民共和国外交部发言', '人')
    """
    if _WIDE.search(name):
        return tuple(in_lines(name, _WRAP_WIDE, _SIZE, bold=True, most=_MOST_LINES))
    return tuple(textwrap.wrap(name, _WRAP, max_lines=_MOST_LINES, placeholder=" …")) or (name[:_WRAP],)


def _radius(key: str, held: int) -> float:
    """Return a mark's radius: actors, who act, are larger, and grow with what they hold."""
    return round((8 if _is_actor(key) else 6) + math.sqrt(min(held, 36)), 1)
