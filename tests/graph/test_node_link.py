"""Node-link JSON is the graph: networkx reads back the same."""

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from asking import ask

from actorgraph import actor_graph, load, snapshot, to_graph
from actorgraph.graph.node_link import to_node_link


def as_json(value: Any) -> Any:
    """Return a value as JSON holds it: tuples as lists."""
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("project", [to_graph, actor_graph])
@pytest.mark.parametrize("model", ["examples/minimal.yaml", "graphs/ukraine-troops", "graphs/nature-restoration"])
def test_networkx_reads_the_same_graph(model: str, project: Any) -> None:
    graph = project(snapshot(load(model, known_by="2026-06"), as_of="2026-06"))
    again = nx.node_link_graph(json.loads(to_node_link(graph)), edges="edges")
    assert isinstance(again, nx.MultiDiGraph)
    assert as_json(graph.graph) == again.graph
    assert as_json(list(graph.nodes(data=True))) == as_json(list(again.nodes(data=True)))
    assert as_json(list(graph.edges(keys=True, data=True))) == as_json(list(again.edges(keys=True, data=True)))


def test_the_command_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "graph.json"
    asked = ("export", "node-link", "-m", "examples/minimal.yaml", "--as-of", "2026-06", "-o", str(file))
    assert 0 == ask(*asked).exit_code
    graph = to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))
    assert to_node_link(graph) == file.read_text(encoding="utf-8").rstrip("\n")
    assert 0 == ask(*asked, "--actors-only").exit_code
    kinds = {node["node_type"] for node in json.loads(file.read_text(encoding="utf-8"))["nodes"]}
    assert {"actor"} == kinds
