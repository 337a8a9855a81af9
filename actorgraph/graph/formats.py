"""A graph as a file for other programs: GraphML, and what GEXF has in common with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from actorgraph.names import legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_XML: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES: Final = {bool: "boolean", int: "int", float: "double", str: "string"}


def to_graphml(graph: nx.MultiGraph) -> str:
    """Return a graph as GraphML: same graph, same bytes.

    Nodes and edges bear all their attributes, and a `label`: a node's name, an edge's position, relation or type.
    GraphML has no lists, and no value for what is not there: lists are joined by '; ', the other is left out.
    Each edge has an id of its own (see `edge_ids`).

    >>> from actorgraph import load, snapshot, to_graph
    >>> to_graphml(to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))).splitlines()[0]
    '<?xml version="1.0" encoding="UTF-8"?>'
    """
    nodes, edges = nodes_of(graph), edges_of(graph)
    root = ET.Element(
        "graphml",
        {
            "xmlns": _GRAPHML,
            "xmlns:xsi": _XML,
            "xsi:schemaLocation": f"{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd",
        },
    )
    about = scalars(graph.graph)
    parts = {"graph": [about], "node": nodes.values(), "edge": [data for *_, data in edges]}
    for part, records in parts.items():
        for name, kind in types_of(records).items():
            ET.SubElement(root, "key", {"id": f"{part}.{name}", "for": part, "attr.name": name, "attr.type": kind})
    body = ET.SubElement(root, "graph", {"edgedefault": "directed" if graph.is_directed() else "undirected"})
    _add_data(body, "graph", about)
    for node, data in nodes.items():
        _add_data(ET.SubElement(body, "node", {"id": node}), "node", data)
    for edge, source, target, data in edges:
        _add_data(ET.SubElement(body, "edge", {"id": edge, "source": source, "target": target}), "edge", data)
    return document(root)


def edge_ids(graph: nx.MultiGraph) -> Iterator[tuple[str, str, str, str]]:
    """Yield source, target, key and an id for every edge, in their order; no two ids are equal.

    The id of an edge that draws one record is its key, the record's id. One record may infer several edges, and a
    commitment has one for each addressee: there the target comes behind the key. Edges that no record made are named
    by their ends, such as `plan.entails.goal`. So an edge has the same id in every part of a graph; should a name
    still be taken, it gets a number.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("plan", "goal", key="entails", edge_type="entails")
    >>> _ = graph.add_edge("uk", "plan", key="uk.plan.2026", edge_type="stance")
    >>> [edge for *_, edge in edge_ids(graph)]
    ['plan.entails.goal', 'uk.plan.2026']
    """
    taken: set[str] = set()
    for source, target, key, data in graph.edges(keys=True, data=True):
        if data["edge_type"] == "commitment" and graph.nodes[target].get("node_type") == "actor":
            edge = f"{key}.to.{target}"
        elif data.get("basis") == "inferred":
            edge = f"{key}.{target}"
        elif data["edge_type"] in ("stance", "commitment", "relation"):
            edge = key
        else:
            edge = f"{source}.{data['edge_type']}.{target}"
        yield source, target, key, free_id(edge, taken)


def free_id(wanted: str, taken: set[str]) -> str:
    """Return an id that is not taken, with a number where it must, and note it among those that are."""
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}.{number}", number + 1
    taken.add(free)
    return free


def nodes_of(graph: nx.MultiGraph) -> dict[str, dict[str, Any]]:
    """Return the attributes of every node, its label among them, by id."""
    return {node: {"label": xml_text(data["name"]), **scalars(data)} for node, data in graph.nodes(data=True)}


def edges_of(graph: nx.MultiGraph) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return id, source, target and attributes of every edge."""
    edges = []
    for source, target, key, edge in edge_ids(graph):
        data = graph.edges[source, target, key]
        label = data.get("position") or data.get("relation") or data["edge_type"]
        edges.append((edge, source, target, {"label": label, **scalars(data)}))
    return edges


def scalars(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes as a file has them: lists joined, and nothing of what is not there."""
    return {
        name: "; ".join(value) if isinstance(value, tuple) else value
        for name, value in data.items()
        if value is not None
    }


def types_of(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the type of every attribute that some record bears, in the order in which they come."""
    return {name: _TYPES[type(value)] for data in records for name, value in data.items()}


def xml_text(value: Any) -> str:
    """Return a value as text that XML may hold."""
    return legible(str(value).lower() if isinstance(value, bool) else str(value))


def _add_data(element: ET.Element, part: str, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        ET.SubElement(element, "data", {"key": f"{part}.{name}"}).text = xml_text(value)


def document(root: ET.Element) -> str:
    """Return a whole file of XML."""
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
