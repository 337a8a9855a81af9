"""Graph files: whole, and read alike by NetworkX, igraph and graphology."""

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from networkx.readwrite.gexf import GEXF
from nodes import ROOT, node

from actorgraph.graph.formats import edge_ids, to_graphml
from actorgraph.graph.gexf import to_gexf
from actorgraph.graph.networks import actor_graph, to_graph
from actorgraph.ledger.load import load
from actorgraph.questions.snapshot import Snapshot, snapshot

Reading = tuple[dict[str, dict[str, Any]], dict[str, tuple[str, str, dict[str, Any]]]]
"""What a reader finds in a file: attributes by node; source, target and attributes by edge."""

ODD = """
model: {id: odd, title: "Ties & <more>"}
actors:
  ada: {name: "Ada \\"<&>\\" Ångström", kind: person}
  north: {name: North, kind: state}
  south: {name: South, kind: state}
  west: {name: West, kind: state}
proposals:
  fleet: {title: A common fleet, entails: [port, crew]}
  port: {title: A port}
  crew: {title: "True", part-of: [fleet]}
conditions:
  truce: {title: A truce holds}
  money: {title: Money is found}
sources:
  paper: {title: "Who pays?", publisher: Paper, published: 2026-01-02}
relations:
  - {actor: ada, relation: represents, to: north, since: 2025, role: "True"}
  - {actor: ada, relation: represents, to: south, since: 2025}
stances:
  - {actor: north, proposal: fleet, position: supports, date: 2026-01-01, evidence: [{source: paper}]}
  - {actor: west, proposal: fleet, position: supports, date: 2026-01-01, evidence: [{source: paper}]}
  - {actor: west, proposal: fleet, position: opposes, date: 2026-01-01, evidence: [{source: paper}]}
commitments:
  - {actor: north, proposal: fleet, stage: pledges, date: 2026-01-01, if: [truce, money], toward: [south, west], evidence: [{source: paper}]}
"""  # noqa: E501 - a record a line


def shown(name: str, folder: Path) -> Snapshot:
    if name == "odd":
        path = folder / "odd.yaml"
        path.write_text(ODD, encoding="utf-8")
        return snapshot(load(path), as_of="2026-01-10")
    return snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2026-01-10")


@pytest.fixture(params=["odd", "troops"])
def model(request: pytest.FixtureRequest, tmp_path: Path) -> Snapshot:
    return shown(str(request.param), tmp_path)


@pytest.fixture(params=[to_graph, actor_graph], ids=["all", "actors"])
def graph(request: pytest.FixtureRequest, model: Snapshot) -> nx.MultiDiGraph:
    return request.param(model)


def expected(graph: nx.MultiDiGraph) -> Reading:
    """Return what a file of this graph is to say: no nothing, lists joined, a label on all."""

    def flat(data: dict[str, Any]) -> dict[str, Any]:
        joined = {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in data.items()}
        return {name: value for name, value in joined.items() if value is not None and value != ""}

    nodes = {key: flat({"label": data["name"], **data}) for key, data in graph.nodes(data=True)}
    edges = {}
    for source, target, key, edge in edge_ids(graph):
        data = graph.edges[source, target, key]
        label = data.get("position") or data.get("relation") or data["edge_type"]
        edges[edge] = (source, target, flat({"label": label, **data}))
    return nodes, edges


def bare(data: dict[str, Any], *more: str) -> dict[str, Any]:
    """Return what a reader found without what it adds itself: ids, and attributes that this node or edge has not."""
    return {
        name: value
        for name, value in data.items()
        if name not in {"id", *more} and value not in ("", None) and value == value  # noqa: PLR0124 - not NaN
    }


def by_networkx(text: str, form: str) -> Reading:
    read = nx.read_graphml if form == "graphml" else nx.read_gexf
    graph = read(io.BytesIO(text.encode("utf-8")), **({"force_multigraph": True} if form == "graphml" else {}))
    nodes = {key: bare(data) for key, data in graph.nodes(data=True)}
    if graph.is_multigraph():
        return nodes, {
            key: (source, target, bare(data)) for source, target, key, data in graph.edges(keys=True, data=True)
        }
    return nodes, {data["id"]: (source, target, bare(data)) for source, target, data in graph.edges(data=True)}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_all_of_it(graph: nx.MultiDiGraph, form: str) -> None:
    if form == "gexf" and "1.3" not in GEXF.versions:
        pytest.skip("networkx-3.5")
    text = (to_graphml if form == "graphml" else to_gexf)(graph)
    assert expected(graph) == by_networkx(text, form)
    assert graph.number_of_edges() == len(expected(graph)[1]), "no two edges share an id"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graphology_reads_all_of_it(graph: nx.MultiDiGraph, form: str, tmp_path: Path) -> None:
    if not (ROOT / "tests/explorer/node_modules/graphology").is_dir():
        pytest.skip("graphology missing")
    file, answer = tmp_path / f"graph.{form}", tmp_path / "read.json"
    file.write_text((to_graphml if form == "graphml" else to_gexf)(graph), encoding="utf-8")
    node("tests/explorer/graphology.mjs", form, str(file), str(answer))
    read = json.loads(answer.read_text(encoding="utf-8"))
    nodes = {key: bare(data) for key, data in read["nodes"].items()}
    edges = {key: (source, target, bare(data, "kind")) for key, (source, target, data) in read["edges"].items()}
    assert expected(graph) == (nodes, edges)


def test_igraph_reads_all_of_it(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph missing")
    file = tmp_path / "graph.graphml"
    file.write_text(to_graphml(graph), encoding="utf-8")
    read = igraph.Graph.Read_GraphML(str(file))
    assert read.is_directed()
    nodes, edges = expected(graph)
    names = [vertex["id"] for vertex in read.vs]
    assert nodes == {vertex["id"]: bare(vertex.attributes()) for vertex in read.vs}
    # igraph 1.0 gives an edge its source for an id, and every attribute to all edges: what one lacks is false there.
    for _, _, data in edges.values():
        data.setdefault("contested", False)
    read_edges = [(names[edge.source], names[edge.target], bare(edge.attributes())) for edge in read.es]
    assert sorted(edges.values(), key=repr_of) == sorted(read_edges, key=repr_of)


def repr_of(edge: tuple[str, str, dict[str, Any]]) -> str:
    source, target, data = edge
    return repr((source, target, sorted(data.items())))


@pytest.mark.parametrize("write", [to_graphml, to_gexf])
def test_the_same_graph_is_the_same_bytes(graph: nx.MultiDiGraph, write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert write(graph) == write(graph.copy())


def test_graphml_keeps_to_its_schema(graph: nx.MultiDiGraph) -> None:
    """Ids are name tokens, all keys are declared before they are used, and booleans are lower-case."""
    root = ET.fromstring(to_graphml(graph))  # noqa: S314 - our own
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert ["key", "graph"] == list(dict.fromkeys(child.tag.removeprefix(space) for child in root))
    body = root[-1]
    assert ["data", "node", "edge"] == list(dict.fromkeys(child.tag.removeprefix(space) for child in body))
    keys = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.iter(f"{space}key")}
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w.:-]+", text) for text in ids)
    for part in body:
        for data in part.iter(f"{space}data"):
            place, kind = keys[data.get("key")]
            assert place == ("graph" if part.tag == f"{space}data" else part.tag.removeprefix(space))
            assert kind != "boolean" or data.text in ("true", "false")


def test_gexf_keeps_to_its_schema(graph: nx.MultiDiGraph) -> None:
    root = ET.fromstring(to_gexf(graph))  # noqa: S314 - our own
    space = "{http://gexf.net/1.3}"
    assert ["meta", "graph"] == [child.tag.removeprefix(space) for child in root]
    assert ["attributes", "attributes", "nodes", "edges"] == [child.tag.removeprefix(space) for child in root[1]]
    types = {column.get("id"): column.get("type") for column in root.iter(f"{space}attribute")}
    assert set(types.values()) <= {"integer", "double", "boolean", "string"}
    for value in root.iter(f"{space}attvalue"):
        assert types[value.get("for")] != "boolean" or value.get("value") in ("true", "false")
    for place in ("node", "edge"):
        ids = [element.attrib["id"] for element in root.iter(f"{space}{place}")]
        assert len(ids) == len(set(ids))


def test_a_record_with_two_addressees_is_two_edges(tmp_path: Path) -> None:
    graph = actor_graph(shown("odd", tmp_path))
    ids = [edge for _, target, _, edge in edge_ids(graph) if ".to." in edge]
    assert ["north.fleet.2026-01-01-2.to.south", "north.fleet.2026-01-01-2.to.west"] == ids


def test_ids_of_edges_stay_when_others_go(tmp_path: Path) -> None:
    """An edge has the same id in a part of the graph as in all of it."""
    graph = to_graph(shown("troops", tmp_path))
    part = graph.edge_subgraph(list(graph.edges(keys=True))[::3])
    assert set(edge_ids(part)) <= set(edge_ids(graph))


def test_a_character_that_no_xml_may_hold_is_replaced(tmp_path: Path) -> None:
    graph = to_graph(shown("odd", tmp_path))
    graph.nodes["ada"]["name"] = "A\1da"
    for write in (to_graphml, to_gexf):
        assert "A\ufffdda" in "".join(ET.fromstring(write(graph)).itertext()) + write(graph)  # noqa: S314 - our own
