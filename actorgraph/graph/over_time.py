"""A whole model as one graph over time: when each actor and proposal was there, and what each edge was when."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.dates import LAST_DAY, OPEN, ends_on, last_day
from actorgraph.graph.formats import free_id, scalars
from actorgraph.graph.networks import attributes_of, to_graph
from actorgraph.questions.courses import courses
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.sql import TIES_EVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.courses import Course
    from actorgraph.questions.options import Narrowing
    from actorgraph.questions.rows import Row

Spell = tuple[int, int]
"""Days: the first is inside, the second outside; 0 and `OPEN` where there is no such end."""

ALWAYS: Final[Spell] = (0, OPEN)


class Timed(NamedTuple):
    """A value, and the days on which an attribute had it."""

    value: Any
    spell: Spell


class TimedNode(NamedTuple):
    """A node: its id, the days on which it was there, and its attributes, its label among them."""

    id: str
    spell: Spell
    attributes: Mapping[str, Any]


class TimedEdge(NamedTuple):
    """An edge: its id and ends, what sort it is, the days on which it was there, and its values over these.

    No two edges of one sort run between the same ends, so that what draws one for each sort draws them all.
    """

    id: str
    source: str
    target: str
    sort: str
    label: str
    spells: tuple[Spell, ...]
    values: Mapping[str, tuple[Timed, ...]]


class GraphOverTime(NamedTuple):
    """Nodes and edges with their days; `about` tells of which model, and on what evidence."""

    about: Mapping[str, Any]
    latest_source: str | None
    nodes: tuple[TimedNode, ...]
    edges: tuple[TimedEdge, ...]


def graph_over_time(ledger: Ledger, **options: Unpack[Narrowing]) -> GraphOverTime:
    """Return all that was ever held and every relation, of any time, as one graph.

    A node is there as long as the record says that the actor existed, or that the proposal was on the table (one that
    was adopted stays), and whenever an edge of it is. What an actor held on a proposal is one edge, whose position,
    score, conditions, contest and evidence change; what is inferred is an edge of its own, and so is what is held
    toward other addressees. Where a track is contested, the edge has all its positions and no score.

    >>> from actorgraph import load
    >>> graph = graph_over_time(load("examples/minimal.yaml"))
    >>> edge = next(edge for edge in graph.edges if edge.source == "fishers-union")
    >>> edge.id, edge.label, edge.spells
    ('fishers-union.harbour.stance', 'neutral → opposes', ((20251203, 99991231),))
    >>> edge.values["score"]
    (Timed(value=0.0, spell=(20251203, 20260115)), Timed(value=-1.0, spell=(20260115, 99991231)))
    """
    whole = snapshot(ledger, as_of=LAST_DAY, **options)
    drawn = to_graph(whole)
    taken: set[str] = set()
    edges = [_edge(course, taken) for course in courses(ledger, **options)]
    for record, actor, relation, target, role, since, until in ledger.rows(TIES_EVER):
        if actor in drawn and target in drawn:
            values = {"edge_type": "relation", "relation": relation, **({"role": role} if role else {})}
            timed = _always(values)
            edges.append(
                TimedEdge(
                    id=free_id(record, taken),
                    source=actor,
                    target=target,
                    sort=relation,
                    label=relation,
                    spells=((since, until),),
                    values=timed,
                )
            )
    for source, target, data in drawn.edges(data=True):
        kind = data["edge_type"]
        if drawn.nodes[source]["node_type"] == "proposal":
            name = free_id(f"{source}.{kind}.{target}", taken)
            edges.append(
                TimedEdge(
                    id=name,
                    source=source,
                    target=target,
                    sort=kind,
                    label=kind,
                    spells=(ALWAYS,),
                    values=_always({"edge_type": kind}),
                )
            )
    spans = _spans(edges)
    nodes = tuple(
        TimedNode(key, _there(whole.things[data["node_type"]][key].body, spans.get(key)), data)
        for key, data in drawn.nodes(data=True)
    )
    about = {name: value for name, value in drawn.graph.items() if name != "as_of"}
    return GraphOverTime(about, ledger.latest_source, nodes, tuple(_with_sorts(edges)))


def _edge(course: Course, taken: set[str]) -> TimedEdge:
    """Return what was held over time as an edge."""
    basis, kind, actor, proposal = course.unit
    sort = " ".join([*["inferred"] * (basis == "inferred"), kind])
    toward = f".to.{'.'.join(course.toward)}" if course.toward else ""
    inferred = ".inferred" if basis == "inferred" else ""
    positions = dict.fromkeys(row.position for phase in course.phases for row in phase.rows)
    values: dict[str, list[Timed]] = {}
    for since, until, rows in course.phases:
        for name, value in scalars({"edge_type": kind, **_together(rows)}).items():
            if value != "":  # nothing, of a list
                _go_on(values.setdefault(name, []), Timed(value, (since, until)))
    spells = _joined((phase.since, phase.until) for phase in course.phases)
    return TimedEdge(
        id=free_id(f"{actor}.{proposal}.{kind}{inferred}{toward}", taken),
        source=actor,
        target=proposal,
        sort=f"{sort} toward {', '.join(course.toward)}" if course.toward else sort,
        label=" → ".join(positions),
        spells=spells,
        values={name: _if_it_changes(timed, spells) for name, timed in values.items()},
    )


def _together(rows: tuple[Row, ...]) -> dict[str, Any]:
    """Return the attributes of an edge on a day: those of its row, or all texts and what is agreed of several."""
    of_rows = [attributes_of(row) for row in rows]
    shared: dict[str, Any] = {}
    for name in of_rows[0]:
        if name in ("since", "until"):  # the days of the edge say that
            continue
        values = list(dict.fromkeys(attributes[name] for attributes in of_rows))
        if len(values) == 1:
            shared[name] = values[0]
        elif all(isinstance(value, bool) for value in values):
            shared[name] = True  # contested, where one of them is
        elif all(isinstance(value, tuple) for value in values):
            shared[name] = tuple(dict.fromkeys(chain.from_iterable(values)))
        elif all(isinstance(value, str | None) for value in values):
            shared[name] = tuple(filter(None, values))
    return shared


def _go_on(timed: list[Timed], new: Timed) -> None:
    """Add a value, to the last one where it is the same and goes on."""
    if timed and timed[-1].value == new.value and timed[-1].spell[1] == new.spell[0]:
        timed[-1] = Timed(new.value, (timed[-1].spell[0], new.spell[1]))
    else:
        timed.append(new)


def _joined(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    timed: list[Timed] = []
    for spell in spells:
        _go_on(timed, Timed(None, spell))
    return tuple(one.spell for one in timed)


def _if_it_changes(timed: list[Timed], spells: tuple[Spell, ...]) -> tuple[Timed, ...]:
    """Return the values of an attribute; one alone, as long as the edge is there, where it is never another one."""
    is_one = len({one.value for one in timed}) == 1 and tuple(one.spell for one in timed) == spells
    return (Timed(timed[0].value, ALWAYS),) if is_one else tuple(timed)


def _always(values: Mapping[str, Any]) -> dict[str, tuple[Timed, ...]]:
    return {name: (Timed(value, ALWAYS),) for name, value in values.items()}


def _spans(edges: Iterable[TimedEdge]) -> dict[str, Spell]:
    """Return, by node, from when until when it has any edge; what has no time of its own does not count."""
    spans: dict[str, Spell] = {}
    for edge in edges:
        if edge.spells == (ALWAYS,):
            continue
        for end in (edge.source, edge.target):
            since, until = spans.get(end, (OPEN, 0))
            spans[end] = min(since, edge.spells[0][0]), max(until, edge.spells[-1][1])
    return spans


def _there(body: Mapping[str, Any], span: Spell | None) -> Spell:
    """Return from when until when a node is there: as its record says, and as long as it has an edge."""
    since = last_day(body["since"]) if body.get("since") else 0
    until = OPEN if body.get("fate") == "adopted" else ends_on(body.get("until"))
    return (since, until) if span is None else (min(since, span[0]), max(until, span[1]))


def _with_sorts(edges: Iterable[TimedEdge]) -> Iterable[TimedEdge]:
    """Yield edges, with a number behind the sort of those that would run between the same ends as another of it."""
    taken: dict[tuple[str, str], set[str]] = {}
    for edge in edges:
        yield edge._replace(sort=free_id(edge.sort, taken.setdefault((edge.source, edge.target), set())))
