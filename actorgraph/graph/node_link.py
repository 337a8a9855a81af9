"""A graph as JSON of nodes and links, which networkx, d3 and others read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from networkx.readwrite import json_graph

if TYPE_CHECKING:
    import networkx as nx


def to_node_link(graph: nx.MultiDiGraph) -> str:
    """Return a graph as networkx's node-link JSON: same graph, same bytes.

    The nodes are in `nodes`, the edges in `edges`, with the attributes that they have in the graph; `graph` says of
    which model and day it is. JSON has no tuples: what may be several is a list.

    >>> import json
    >>> import networkx as nx
    >>> from actorgraph import load, snapshot, to_graph
    >>> graph = to_graph(snapshot(load("examples/minimal.yaml"), as_of="2026-06"))
    >>> again = nx.node_link_graph(json.loads(to_node_link(graph)), edges="edges")
    >>> list(again.edges(keys=True)) == list(graph.edges(keys=True))
    True
    """
    return json.dumps(json_graph.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=2)
