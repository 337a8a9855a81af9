"""A graph of Graphviz, read back by pydot."""

import re
from pathlib import Path
from typing import Any

import pytest
from asking import HARBOUR, ask
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.exchange.dot import quote

DAY = ("--as-of", "2026-01-10")
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
"""The parser below pydot has new names for what pydot calls by the old ones."""


def read(*arguments: str) -> Any:
    pydot: Any = pytest.importorskip("pydot", reason="pydot missing")
    result = ask("export", "dot", *arguments)
    assert 0 == result.exit_code, result.output
    (graph,) = pydot.graph_from_dot_data(result.stdout)
    return graph


def words(quoted: str) -> str:
    """Return what Graphviz shows of a quoted label."""
    assert quoted[0] == quoted[-1] == '"'
    return re.sub(r"\\(.)", r"\1", quoted[1:-1]).replace("&amp;", "&")


def test_another_reader_finds_boxes_and_arrows() -> None:
    graph = read("harbour", *HARBOUR, "--as-of", "2026-06")
    boxes = {node.get_name(): node for node in graph.get_nodes() if "_" in node.get_name()}
    assert {"proposal_harbour", "actor_fishers_union", "actor_harbour_board"} == set(boxes)
    assert "against" == boxes["actor_fishers_union"].get("class")
    assert [
        ("actor_fishers_union", "opposes, since 2026-01-15", None),
        ("actor_harbour_board", "supports, since 2025-11", None),
        ("actor_harbour_board", "pledges toward Town Council, if state-loan, since 2026-02-01", "dashed"),
    ] == [(edge.get_source(), words(edge.get("label")), edge.get("style")) for edge in graph.get_edges()]


def test_a_name_is_only_its_words(tmp_path: Path) -> None:
    mean = 'A "b"]; x -> y \\N &lt;i> // # {|}'
    model = tmp_path / "mean.yaml"
    model.write_text(
        f"model: {{id: mean, title: '{mean}'}}\nactors:\n  graph: {{name: '{mean}', kind: state}}\n"
        f"proposals:\n  node: {{title: '{mean} 2'}}\nsources:\n  s: {{title: S, publisher: P, published: 2026-01-01}}\n"
        "stances:\n  - {actor: graph, position: supports, proposal: node, date: 2026-01-01, evidence: [{source: s}]}\n",
        encoding="utf-8",
    )
    graph = read("graph", "--model", str(model), *DAY)
    labels = {node.get_name(): words(node.get("label")) for node in graph.get_nodes() if "_" in node.get_name()}
    assert {"actor_graph": mean, "proposal_node": f"{mean} 2"} == labels


@pytest.mark.parametrize("target", ["constructor", "valueof", "tostring"])
def test_a_hostile_record_is_read_back(target: str) -> None:
    assert read(target, "--model", "tests/hostile/hostile.yaml", *DAY, "--steps", "2").get_nodes()


@given(st.text().map(lambda text: " ".join(text.split())))
def test_a_quoted_text_ends_at_its_end_and_says_only_itself(text: str) -> None:
    told = quote(text)
    assert re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', told)
    assert text == words(told)
