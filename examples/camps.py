"""Use a networkx algorithm: the camps of actors that stand together, judged by what they agree on.

Run it from the root of the repository: python examples/camps.py
"""

import networkx as nx

import actorgraph

ledger = actorgraph.load("graphs/ukraine-troops")
graph = actorgraph.actor_graph(actorgraph.snapshot(ledger, as_of="2026-01-10", stated=True))

# An edge for every two actors that agree more often than they conflict, weighted by how much more often.
agreement = nx.Graph()
for one, other, data in graph.edges(data=True):
    if data["edge_type"] in ("agreement", "conflict"):
        sign = 1 if data["edge_type"] == "agreement" else -1
        weight = agreement.get_edge_data(one, other, {"weight": 0})["weight"]
        agreement.add_edge(one, other, weight=weight + sign * data["count"])
agreement.remove_edges_from([(one, other) for one, other, weight in agreement.edges.data("weight") if weight <= 0])

camps = nx.community.louvain_communities(agreement, weight="weight", seed=1)
for number, camp in enumerate(sorted(camps, key=lambda each: (-len(each), sorted(each))), start=1):
    names = sorted(graph.nodes[actor]["name"] for actor in camp)
    print(f"{number}. {', '.join(names)}")
