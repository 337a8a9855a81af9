"""GEXF over time: by its schema, and read alike by NetworkX and graphology."""

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from asking import ask
from networkx.readwrite.gexf import GEXF
from nodes import ROOT, node

from actorgraph.dates import OPEN, before, iso
from actorgraph.graph.gexf import to_gexf_over_time
from actorgraph.graph.over_time import GraphOverTime, Spell, Timed, graph_over_time
from actorgraph.ledger.load import load

SPACE = "{http://gexf.net/1.3}"
MODELS = ["graphs/ukraine-troops", "graphs/nature-restoration", "examples/minimal.yaml"]


@pytest.fixture(params=MODELS)
def graph(request: pytest.FixtureRequest) -> GraphOverTime:
    return graph_over_time(load(request.param))


def ends(spell: Spell) -> tuple[str | None, str | None]:
    """Return the first day and the last of a time, as GEXF has them inside."""
    return iso(spell[0]) if spell[0] else None, iso(before(spell[1], "1d")) if spell[1] < OPEN else None


def test_networkx_reads_nodes_edges_and_days(graph: GraphOverTime) -> None:
    """NetworkX knows the namespace of 1.3 from 3.5 on, and reads every dynamic value as (value, start, end)."""
    if "1.3" not in GEXF.versions:
        pytest.skip("networkx-3.5")
    read = nx.read_gexf(io.BytesIO(to_gexf_over_time(graph).encode()))
    assert "dynamic" == read.graph["mode"]
    assert {node.id: ends(node.spell) for node in graph.nodes} == {
        key: (data.get("start"), data.get("end")) for key, data in read.nodes(data=True)
    }
    edges = {data["id"]: (source, target, data) for source, target, data in read.edges(data=True)}
    assert [edge.id for edge in graph.edges if edge.id not in edges] == []
    for edge in graph.edges:
        source, target, data = edges[edge.id]
        assert (edge.source, edge.target) == (source, target)
        spells = data.get("spells", [(data.get("start"), data.get("end"))])
        assert [ends(spell) for spell in edge.spells] == [tuple(map(known, spell)) for spell in spells]
        for name, timed in edge.values.items():
            assert [(value, *ends(spell)) for value, spell in timed] == [
                (value, known(start), known(end)) for value, start, end in data[name]
            ]


def known(end: str | None) -> str | None:
    """Return an end as NetworkX reads it, but None for one that is left out, which it reads as the word None."""
    return None if end == "None" else end


def test_graphology_reads_nodes_and_edges(graph: GraphOverTime, tmp_path: Path) -> None:
    """It knows no time: of a value that changes it has the last one."""
    if not (ROOT / "tests/explorer/node_modules/graphology").is_dir():
        pytest.skip("graphology missing")
    file, answer = tmp_path / "graph.gexf", tmp_path / "read.json"
    file.write_text(to_gexf_over_time(graph), encoding="utf-8")
    node("tests/explorer/graphology.mjs", "gexf", str(file), str(answer))
    read = json.loads(answer.read_text(encoding="utf-8"))
    assert {one.id: one.attributes["name"] for one in graph.nodes} == {
        key: data["label"] for key, data in read["nodes"].items()
    }
    assert {
        edge.id: (edge.source, edge.target, edge.label, edge.sort, last_of(edge.values.get("position")))
        for edge in graph.edges
    } == {
        key: (source, target, data["label"], data["kind"], data.get("position"))
        for key, (source, target, data) in read["edges"].items()
    }


def last_of(timed: tuple[Timed, ...] | None) -> Any:
    return timed[-1].value if timed else None


def test_it_keeps_to_its_schema(graph: GraphOverTime) -> None:
    root = ET.fromstring(to_gexf_over_time(graph))  # noqa: S314 - our own
    assert "1.3" == root.get("version")
    body = root[1]
    assert ("dynamic", "date", "interval") == tuple(
        body.get(key) for key in ("mode", "timeformat", "timerepresentation")
    )
    assert ["attributes", "attributes", "nodes", "edges"] == [child.tag.removeprefix(SPACE) for child in body]
    declared = {(one.get("class"), column.get("id")) for one in body[:2] for column in one}
    for part, elements in (("node", body[2]), ("edge", body[3])):
        assert len({element.get("id") for element in elements}) == len(elements)
        for element in elements:
            assert {(part, value.get("for")) for value in element.iter(f"{SPACE}attvalue")} <= declared
    dated = [element for element in root.iter() if element.get("start") or element.get("end")]
    assert dated
    for element in dated:
        days = [day for day in (element.get("start"), element.get("end")) if day]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
        assert days == sorted(days)


def test_no_edge_is_there_without_its_ends(graph: GraphOverTime) -> None:
    """Else Gephi would draw less than the record says."""
    there = {one.id: one.spell for one in graph.nodes}
    for edge in graph.edges:
        if edge.spells != ((0, OPEN),):
            for since, until in (there[edge.source], there[edge.target]):
                assert since <= edge.spells[0][0]
                assert edge.spells[-1][1] <= until


def test_the_same_model_is_the_same_bytes(graph: GraphOverTime) -> None:
    assert to_gexf_over_time(graph) == to_gexf_over_time(graph)


@pytest.mark.parametrize("option", [("--actors-only",), ("--group", "fishers-union"), ("--stale-after", "1y")])
def test_what_is_of_a_day_needs_one(option: tuple[str, ...]) -> None:
    told = ask("export", "gexf", "-m", "examples/minimal.yaml", *option)
    assert 2 == told.exit_code
    assert f"{option[0]} needs a day" in told.stderr
    assert 0 == ask("export", "gexf", "-m", "examples/minimal.yaml", "--as-of", "2026-06", "--actors-only").exit_code


def test_of_all_time_it_is_narrowed_too() -> None:
    text = ask("export", "gexf", "-m", "examples/minimal.yaml", "--kind", "state").stdout
    assert 'id="town-council.harbour.stance"' in text
    assert "fishers-union" not in text
