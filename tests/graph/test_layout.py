"""The layout: the same each time, and heedful of the sign of a stance."""

import itertools
import math
import random
import shutil
import statistics
import sys
from pathlib import Path

import networkx as nx
import pytest

from actorgraph.explorer.data import holdings
from actorgraph.explorer.drawing import network
from actorgraph.graph.layout import agreement, ever_graph, layout
from actorgraph.ledger.store import load
from actorgraph.questions.snapshot import Snapshot, snapshot

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def troops() -> Snapshot:
    return snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2026-01-10")


def test_layout_is_the_same_each_time_and_on_every_day(troops: Snapshot) -> None:
    places = layout(ever_graph(troops))
    assert places == layout(ever_graph(troops))
    earlier = snapshot(load(ROOT / "graphs/ukraine-troops"), as_of="2025-06-01")
    assert places == layout(ever_graph(earlier))
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())
    assert len(set(places.values())) == len(places)


def test_layout_of_next_to_nothing() -> None:
    assert {} == layout(nx.MultiDiGraph())
    lonely = nx.MultiDiGraph()
    lonely.add_node("a")
    assert {"a": (0.0, 0.0)} == layout(lonely)


def test_layout_sets_opponents_apart() -> None:
    chance = random.Random(7)  # noqa: S311 - the same camps every time
    camps = {f"a{number}": number % 2 for number in range(16)}
    graph = nx.MultiDiGraph()
    for proposal in range(8):
        for actor, camp in camps.items():
            if chance.random() < 0.7:
                graph.add_edge(actor, f"p{proposal}", position="supports" if camp == proposal % 2 else "opposes")
    places = layout(graph)
    apart: dict[bool, list[float]] = {True: [], False: []}
    for one, other in itertools.combinations(camps, 2):
        apart[camps[one] == camps[other]].append(math.dist(places[one], places[other]))
    assert statistics.mean(apart[False]) > 2 * statistics.mean(apart[True])


def separation(places: dict[str, tuple[float, float]], shown: Snapshot) -> float:
    """Return how much farther apart actors stand who disagree than those who agree, on average."""
    apart: dict[bool, list[float]] = {True: [], False: []}
    for (one, other), much in agreement(shown).items():
        if much and one in places and other in places:
            apart[much > 0].append(math.dist(places[one], places[other]))
    return statistics.mean(apart[False]) / statistics.mean(apart[True])


def test_those_who_disagree_stand_twice_as_far_apart_on_the_page(troops: Snapshot) -> None:
    assert separation(layout(ever_graph(troops)), troops) > 3
    nodes = network(troops, holdings([load(ROOT / "graphs/ukraine-troops")]), []).nodes
    drawn = {node["id"].removeprefix("actor/"): node["at"] for node in nodes}
    assert separation(drawn, troops) > 2


def camps_of(count: int) -> tuple[nx.MultiDiGraph, dict[str, int]]:
    """Return a graph of so many actors in two camps, and the camp of each."""
    chance = random.Random(7)  # noqa: S311 - the same camps every time
    camps = {f"a{number}": number % 2 for number in range(count)}
    graph = nx.MultiDiGraph()
    for actor, camp in camps.items():
        for proposal in chance.sample(range(40), 3):
            position = "supports" if camp == proposal % 2 else "opposes"
            graph.add_edge(actor, f"p{proposal}", edge_type="stance", position=position)
    return graph, camps


@pytest.mark.parametrize("program", ["sfdp", "spectral"])
def test_a_large_layout_sets_camps_apart_too(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand actors in two camps: too many to look at every pair."""
    if program == "spectral":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif shutil.which("sfdp") is None:
        pytest.skip("sfdp missing")
    graph, camps = camps_of(2000)
    places = layout(graph)
    assert list(graph) == list(places)
    assert places == layout(graph)
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())
    chance = random.Random(7)  # noqa: S311 - the same pairs every time
    apart: dict[bool, list[float]] = {True: [], False: []}
    for one, other in (chance.sample(sorted(camps), 2) for _ in range(3000)):
        apart[camps[one] == camps[other]].append(math.dist(places[one], places[other]))
    assert statistics.mean(apart[False]) > 2 * statistics.mean(apart[True])


@pytest.fixture
def chain() -> nx.MultiDiGraph:
    """A thousand and one in a row; the first and the last are opponents, and so are the last and one more."""
    ids = [f'"{number}' for number in range(1001)]
    graph = nx.MultiDiGraph()
    for one, other in itertools.pairwise(ids):
        graph.add_edge(one, other, position="supports")
    graph.add_edge(ids[0], ids[-1], position="opposes")
    graph.add_edge(ids[-1], "more", position="opposes")
    return graph


def put_sfdp(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a script where sfdp is looked for, and nothing else."""
    path = folder / "sfdp"
    lines = [f"#!{sys.executable}", "import os, pathlib, re, signal, sys", "text = sys.stdin.read()", body]
    path.write_text("\n".join(lines), encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


STAIRS = r"""
for number in sorted({int(name) for name in re.findall(r"\bn(\d+)", text)}):
    print("node", f"n{number}", number, 2.0 * number, "0.01 0.01 n solid point black lightgrey")
print("edge n0 n1 2 0 0 1 1 solid black")
print("stop")
"""


def test_sfdp_lays_out_what_is_large(chain: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tmp_path / "asked"
    note = f"pathlib.Path({str(asked)!r}).write_text(text + os.environ['LC_ALL'])"
    put_sfdp(tmp_path, monkeypatch, note + STAIRS)
    places = layout(chain)
    assert ((-0.5, 1.0), (-0.0005, 0.001), (0.5, -1.0)) == (places['"0'], places['"500'], places["more"])
    lines = asked.read_text(encoding="utf-8").splitlines()
    joined = [f"n{number}--n{number + 1}" for number in range(1001)]
    assert joined == sorted((line for line in lines if "--" in line), key=lambda line: int(line[1:].split("-")[0]))
    assert "}C" == lines[-1]


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(1)",
        "print('node n0 1 1')",
        "print(text)",
        STAIRS + "print('node n7 nan 1')",
        STAIRS + "print('node n7 0,5 1')",
        STAIRS + "print('node n7')",
        STAIRS + "print('Größe')",
        STAIRS + "sys.stdout.flush(); signal.pause()",
    ],
)
def test_where_sfdp_fails_the_layout_is_spectral(
    chain: nx.MultiDiGraph, body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    expected = layout(chain)
    monkeypatch.setattr("actorgraph.graph.layout._SFDP_SECONDS", 1.0)
    put_sfdp(tmp_path, monkeypatch, body)
    assert expected == layout(chain)


def test_where_sfdp_does_not_start_the_layout_is_spectral(
    chain: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    expected = layout(chain)
    put_sfdp(tmp_path, monkeypatch, "")
    (tmp_path / "sfdp").write_text("#!/nowhere", encoding="utf-8")
    assert expected == layout(chain)


def test_agreement_is_over_all_days_and_counts_both_ways() -> None:
    """The council was open to what the board wants; the union was neutral, then against it: −0.5 on average."""
    harbour = snapshot(load(ROOT / "examples/minimal.yaml"), as_of="2026-02-15")
    assert {
        ("fishers-union", "harbour-board"): -0.5,
        ("fishers-union", "town-council"): -0.25,
        ("harbour-board", "town-council"): 0.5,
    } == agreement(harbour)
    joined = [(one, other) for one, other, kind in ever_graph(harbour).edges(data="edge_type") if kind == "agreement"]
    assert [("harbour-board", "town-council")] == joined
