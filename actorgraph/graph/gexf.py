"""A graph as GEXF 1.3, which Gephi reads: of a day, or over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from actorgraph.dates import OPEN, before, iso
from actorgraph.graph.formats import document, edges_of, nodes_of, scalars, types_of, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from actorgraph.graph.over_time import GraphOverTime, Spell

_GEXF: Final = "http://gexf.net/1.3"


def to_gexf(graph: nx.MultiGraph) -> str:
    """Return a graph as GEXF 1.3, dated by its own `as_of` and not by the clock: same graph, same bytes.

    It holds what `to_graphml` does, in the same order. An attribute has its name for an id, since some readers show
    that. An edge has its label for a `kind`, too: Gephi draws one edge of each kind between two nodes.

    >>> from actorgraph import load, snapshot, to_graph
    >>> 'lastmodifieddate="2026-06-30"' in to_gexf(to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06")))
    True
    """
    nodes, edges = nodes_of(graph), edges_of(graph)
    about = scalars(graph.graph)
    kind = "directed" if graph.is_directed() else "undirected"
    root, body = _opened(about["as_of"], about, {"defaultedgetype": kind, "mode": "static"})
    _declare(body, "node", nodes.values())
    _declare(body, "edge", [data for *_, data in edges])
    places = ET.SubElement(body, "nodes")
    for node, data in nodes.items():
        _add_values(ET.SubElement(places, "node", {"id": node, "label": data["label"]}), data)
    lines = ET.SubElement(body, "edges")
    for edge, source, target, data in edges:
        label = data["label"]
        ends = {"id": edge, "source": source, "target": target, "label": label, "kind": label}
        ends |= {"weight": str(data["weight"])} if "weight" in data else {}
        _add_values(ET.SubElement(lines, "edge", ends), data)
    return document(root)


def to_gexf_over_time(graph: GraphOverTime) -> str:
    """Return a graph over time as GEXF 1.3 with days, dated by the latest source: same graph, same bytes.

    GEXF 1.3 has both ends of a time inside, so an `end` is the last day on which something holds, the one before its
    `until`; an end that is not known is left out. What was there, went and came again has several spells. A value that
    never changes bears no days, and holds as long as its edge.

    >>> from actorgraph import load
    >>> from actorgraph.graph.over_time import graph_over_time
    >>> text = to_gexf_over_time(graph_over_time(load("examples/minimal.yaml")))
    >>> '<attvalue for="position" value="neutral" start="2025-12-03" end="2026-01-14" />' in text
    True
    """
    root, body = _opened(
        graph.latest_source,
        scalars(graph.about),
        {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"},
    )
    nodes = [scalars(node.attributes) for node in graph.nodes]
    _declare(body, "node", nodes)
    _declare(
        body, "edge", [{name: timed[0].value for name, timed in edge.values.items()} for edge in graph.edges], "dynamic"
    )
    places = ET.SubElement(body, "nodes")
    for node, data in zip(graph.nodes, nodes, strict=True):
        name = xml_text(data["name"])
        _add_values(ET.SubElement(places, "node", {"id": node.id, "label": name, **_days(node.spell)}), data)
    lines = ET.SubElement(body, "edges")
    for edge in graph.edges:
        ends = {"id": edge.id, "source": edge.source, "target": edge.target, "label": edge.label, "kind": edge.sort}
        element = ET.SubElement(lines, "edge", ends | (_days(edge.spells[0]) if len(edge.spells) == 1 else {}))
        values = ET.SubElement(element, "attvalues")
        for name, timed in edge.values.items():
            for value, spell in timed:
                ET.SubElement(values, "attvalue", {"for": name, "value": xml_text(value), **_days(spell)})
        if len(edge.spells) > 1:
            spells = ET.SubElement(element, "spells")
            for spell in edge.spells:
                ET.SubElement(spells, "spell", _days(spell))
    return document(root)


def _opened(day: str | None, about: Mapping[str, Any], graph: dict[str, str]) -> tuple[ET.Element, ET.Element]:
    """Return a file, and the graph in it."""
    root = ET.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    meta = ET.SubElement(root, "meta", {"lastmodifieddate": day} if day else {})
    ET.SubElement(meta, "creator").text = "actorgraph"
    ET.SubElement(meta, "description").text = "; ".join(f"{name}: {xml_text(value)}" for name, value in about.items())
    return root, ET.SubElement(root, "graph", graph)


def _declare(body: ET.Element, part: str, records: Iterable[Mapping[str, Any]], mode: str = "static") -> None:
    """Declare the attributes of nodes or of edges: in one element, since some readers heed only the last."""
    columns = ET.SubElement(body, "attributes", {"class": part, "mode": mode})
    for name, kind in types_of(records).items():
        if name != "label":
            kind = "integer" if kind == "int" else kind  # noqa: PLW2901 - GEXF's word for it
            ET.SubElement(columns, "attribute", {"id": name, "title": name, "type": kind})


def _days(spell: Spell) -> dict[str, str]:
    """Return the ends of a time, as far as it has any; both are inside."""
    since, until = spell
    start, end = iso(since) if since else None, None if until == OPEN else iso(before(until, "1d"))
    return {name: day for name, day in (("start", start), ("end", end)) if day}


def _add_values(element: ET.Element, data: Mapping[str, Any]) -> None:
    values = ET.SubElement(element, "attvalues")
    for name, value in data.items():
        if name != "label":
            ET.SubElement(values, "attvalue", {"for": name, "value": xml_text(value)})
