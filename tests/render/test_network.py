"""Networks as a contract, as a reader sees them, and as other programs read them."""

import csv
import io
import json
import re
import warnings
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pandas as pd
import pytest
from asking import HARBOUR, answer, ask, check_golden
from folders import loaded
from goldens import Golden

from actorgraph.analysis.counting.counts import LEVELS
from actorgraph.analysis.network import Network, network
from actorgraph.analysis.words import BY_WHOM, DIVISORS, DUPLICATES, WEIGHTS
from actorgraph.errors import UsageProblem
from actorgraph.render.network import MOST_DRAWN, network_grids, network_picture

NATURE = ("-m", "graphs/nature-restoration")
TROOPS = ("-m", "graphs/ukraine-troops", "--as-of", "2026-01-10")

GOLDEN = [
    ("network", ("network", "--weight", "conflict", "--as-of", "2026-06", "--explain", *HARBOUR)),
    ("network-two", ("network", "--mode", "two", "--window", "2025/2026-06", *HARBOUR)),
    ("network-troops", ("network", "--weight", "subtract", *TROOPS)),
    ("network-square", ("network", "--square", "--window", "2025", "--duplicates", "document", *HARBOUR)),
    ("network-nobody", ("network", "--as-of", "2020", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "2024-07", "--explain"),
        ("--as-of", "2024-07", "--mode", "two", "--levels", "scale", "--normalise", "prominence", "--kind", "state"),
        ("--window", "2022/2024-06", "--weight", "ignore", "--normalise", "jaccard", "--duplicates", "week"),
        ("--window", "../2024-06", "--by", "organisation", "--explain", "--min-grade", "C6"),
        ("--as-of", "2000"),
    ],
)
def test_networks_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("network", *NATURE, *arguments)
    assert ("--explain" in arguments) == bool(told["rows"])
    known = {(node["type"], node["id"]) for node in told["nodes"]}
    other = "proposal" if told["query"]["mode"] == "two" else "actor"
    assert {
        (kind, edge[key]) for edge in told["edges"] for kind, key in (("actor", "actor"), (other, "other"))
    } <= known
    assert all(edge["weight"] and edge["records"] for edge in told["edges"])
    assert not any(edge["weight"] for edge in told["zeros"])


def test_csv_is_a_list_of_edges_that_networkx_reads() -> None:
    text = ask("network", *NATURE, "--as-of", "2024-07", "--format", "csv").stdout
    assert list(Network.COLUMNS) == next(csv.reader(io.StringIO(text)))
    edges = pd.read_csv(io.StringIO(text))
    graph = nx.from_pandas_edgelist(edges, "actor_name", "other_name", "weight")
    assert 2 == graph.edges["Malta", "Latvia"]["weight"]
    assert pd.api.types.is_integer_dtype(edges["weight"]), "counts are whole numbers"


EXPORTS = [
    (("--as-of", "2024-07"), ("one", "congruence", "none", "binary", None, None, None, None)),
    (
        ("--as-of", "2024-07", "--mode", "two", "--normalise", "activity", "--levels", "scale"),
        ("two", "subtract", "activity", "scale", None, None, None, None),
    ),
    (
        ("--window", "2022/2024-06", "--weight", "ignore", "--duplicates", "week", "--by", "organisation"),
        ("one", "ignore", "none", "binary", "2022-01-01", "2024-06-30", "week", "organisation"),
    ),
    (("--window", "../2024-06"), ("one", "congruence", "none", "binary", None, "2024-06-30", "all", "actor")),
]


@pytest.mark.parametrize(("arguments", "expected"), EXPORTS)
def test_every_line_of_a_csv_says_what_its_weight_is(
    arguments: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    names = ["mode", "measure", "normalise", "levels", "from", "to", "duplicates", "by"]
    edges = pd.read_csv(io.StringIO(ask("network", *NATURE, *arguments, "--format", "csv").stdout))
    (line,) = edges[names].drop_duplicates().itertuples(index=False, name=None)
    assert expected == tuple(None if pd.isna(value) else value for value in line)
    assert pd.api.types.is_numeric_dtype(edges["weight"])


def test_days_of_a_window_are_days_in_a_frame() -> None:
    from actorgraph import load

    answer = network(load("examples/minimal.yaml"), window="2025/2026-06", mode="two")
    frame = answer.to_frame("pandas")
    assert pd.Timestamp("2026-06-30") == frame["to"].iloc[0]
    assert ("two", "subtract", -1) == tuple(frame[["mode", "measure", "weight"]].iloc[-1])
    assert "2025-01-01" == answer.records()[0]["from"]


@pytest.mark.parametrize("mode", ["one", "two"])
def test_the_whole_matrix_as_other_programs_read_it(mode: str) -> None:
    arguments = ("network", *NATURE, "--as-of", "2024-07", "--mode", mode, "--weight", "ignore")
    matrix = pd.read_csv(io.StringIO(ask(*arguments, "--square", "--format", "csv").stdout), index_col=0)
    told = answer(*arguments)
    names = {kind: [node["name"] for node in told["nodes"] if node["type"] == kind] for kind in ("actor", "proposal")}
    assert names["actor"] == list(matrix.index)
    assert names["actor" if mode == "one" else "proposal"] == list(matrix.columns)
    assert {"int64"} == set(map(str, matrix.dtypes))
    if mode == "one":
        assert (matrix == matrix.T).all().all()
        graph = nx.from_pandas_adjacency(matrix)
        assert len(told["edges"]) == graph.number_of_edges()
        assert matrix.to_numpy().sum() == 2 * sum(edge["weight"] for edge in told["edges"])


def test_one_name_of_two_actors_stands_with_their_ids(tmp_path: Path) -> None:
    model = (
        "model: {id: m, title: M}\nactors:\n  a1: {name: Ann, kind: person}\n  a2: {name: Ann, kind: person}\n"
        "proposals: {p: {title: P}}\nstances:\n"
        "  - {actor: a1, position: supports, proposal: p, date: 2025-01-01, evidence: [{source: s}]}\n"
        "  - {actor: a2, position: supports, proposal: p, date: 2025-01-01, evidence: [{source: s}]}\n"
        "sources: {s: {title: S, publisher: S, published: 2025-02-01}}\n"
    )
    loaded(tmp_path, model)
    (file,) = tmp_path.rglob("*.yaml")
    text = ask("network", "-m", str(file), "--as-of", "2026", "--square", "--format", "csv").stdout
    assert [",Ann (a1),Ann (a2)", "Ann (a1),0,1", "Ann (a2),1,0"] == text.splitlines()


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
@pytest.mark.parametrize("mode", ["one", "two"])
def test_as_a_file_with_weights_for_gephi(ending: str, mode: str, tmp_path: Path) -> None:
    file = tmp_path / f"x.{ending}"
    arguments = ("network", *NATURE, "--window", "2022/2024-06", "--mode", mode, "--normalise", "none")
    assert 0 == ask(*arguments, "-o", str(file)).exit_code
    told = answer(*arguments)
    if ending == "graphml":
        graph = nx.read_graphml(file)
        found = {frozenset((one, other)): data["weight"] for one, other, data in graph.edges(data=True)}
        assert not graph.is_directed()
        assert {node["id"]: node["statements"] for node in told["nodes"]} == dict(graph.nodes(data="statements"))
    else:
        root = ET.parse(file).getroot()  # noqa: S314 - our own file
        space = "{http://gexf.net/1.3}"
        edges = root.iter(f"{space}edge")
        found = {frozenset((edge.get("source"), edge.get("target"))): float(str(edge.get("weight"))) for edge in edges}
        assert "undirected" == next(root.iter(f"{space}graph")).get("defaultedgetype")
    assert {frozenset((edge["actor"], edge["other"])): edge["weight"] for edge in told["edges"]} == found


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("ending", ["svg", "png"])
@pytest.mark.parametrize("arguments", [("--mode", "one", "--weight", "subtract"), ("--mode", "two")])
def test_as_a_picture(ending: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / f"x.{ending}"
    assert 0 == ask("network", *NATURE, "--as-of", "2024-07", *arguments, "-o", str(file)).exit_code
    content = file.read_bytes()
    if ending == "png":
        assert content.startswith(b"\x89PNG")
        return
    text = " ".join(ET.fromstring(content).itertext())  # noqa: S314 - our own file
    for words in ("As of 2024-07-31", "49 positions of 37 actors", "Latvia (2)", "White: nothing"):
        assert words in text


def test_the_same_picture_is_the_same_bytes() -> None:
    from actorgraph import load

    drawn = [network_picture(network(load("examples/minimal.yaml"), as_of="2026-06"), "svg") for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_a_picture_of_nobody_and_of_too_many(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nobody = network(loaded(tmp_path, "model: {id: m, title: M}\n"), as_of="2025")
        for ending in ("svg", "png"):
            with pytest.raises(UsageProblem, match=r"nothing to draw\. Nothing that counts could tie anybody\."):
                network_picture(nobody, ending)
    lines = [f"  a{at}: {{name: Actor {at}, kind: state}}" for at in range(MOST_DRAWN + 5)]
    stances = [
        f"  - {{actor: a{at}, position: supports, proposal: p, date: 2025-01-01, evidence: [{{source: s}}]}}"
        for at in range(MOST_DRAWN + 5)
    ]
    (tmp_path / "many").mkdir()
    model = ["model: {id: m, title: M}", "actors:", *lines, "proposals: {p: {title: P}}", "stances:", *stances]
    model.append("sources: {s: {title: S, publisher: S, published: 2025-02-01}}")
    many = network(loaded(tmp_path / "many", "\n".join(model) + "\n"), as_of="2026")
    assert "Not shown: 5 actors with the fewest positions." in network_picture(many, "svg").decode()
    assert "The strongest 40 of 990 ties" in " ".join(network_grids(many)[0].below)


def crowd(folder: Path, proposals: int) -> Network:
    """Return who is for what where two support so many proposals, and another one the last of them alone, p99."""
    sides = [*((actor, f"p{at:02}") for actor in "ab" for at in range(proposals)), ("c", "p99")]
    model = [
        "model: {id: m, title: M}",
        "actors: {a: {name: A, kind: state}, b: {name: B, kind: state}, c: {name: C, kind: state}}",
        f"proposals: {{{', '.join(f'{key}: {{title: {key.upper()}}}' for key in sorted({key for _, key in sides}))}}}",
        "stances:",
        *(
            f"  - {{actor: {actor}, position: supports, proposal: {key}, date: 2025-01-01, evidence: [{{source: s}}]}}"
            for actor, key in sides
        ),
        "sources: {s: {title: S, publisher: S, published: 2025-02-01}}",
    ]
    return network(loaded(folder, "\n".join(model) + "\n"), as_of="2026", mode="two")


def test_nobody_stands_blank_in_a_picture_of_what_it_says_nothing_of(tmp_path: Path) -> None:
    text = network_picture(crowd(tmp_path, MOST_DRAWN), "svg").decode()
    assert "C (1)" not in text
    assert "Not shown: 1 proposal with the fewest positions." in text
    assert "Not shown either: 1 actor with positions on these alone." in text


def test_no_proposal_stands_blank_either(tmp_path: Path) -> None:
    sides = [*((f"a{at:02}", key) for at in range(MOST_DRAWN) for key in "pq"), ("z", "r")]
    model = [
        "model: {id: m, title: M}",
        f"actors: {{{', '.join(f'{key}: {{name: {key}, kind: state}}' for key in sorted({key for key, _ in sides}))}}}",
        "proposals: {p: {title: P}, q: {title: Q}, r: {title: Nobody speaks of it}}",
        "stances:",
        *(
            f"  - {{actor: {actor}, position: opposes, proposal: {key}, date: 2025-01-01, evidence: [{{source: s}}]}}"
            for actor, key in sides
        ),
        "sources: {s: {title: S, publisher: S, published: 2025-02-01}}",
    ]
    answer = network(loaded(tmp_path, "\n".join(model) + "\n"), as_of="2026", mode="two")
    below = " ".join(network_grids(answer)[0].below)
    for text in (network_picture(answer, "svg").decode(), below):
        assert "Not shown either: 1 proposal with positions of these alone." in text
        assert "Nobody speaks" not in text


def test_a_table_of_two_modes_is_the_matrix_of_the_largest(tmp_path: Path) -> None:
    (table,) = network_grids(crowd(tmp_path, 30))
    assert ("ACTOR", "N", *"abcdefghijklmnop") == table.headings
    assert [("A", "30", *"1" * 16), ("B", "30", *"1" * 16)] == list(table.lines)
    assert table.below[0].startswith("a P00 (2) · b P01 (2) · ")
    assert (
        "Not shown: 15 proposals with the fewest positions. Not shown either: 1 actor with positions on these alone. "
        "All of them: `--format csv`, or `--square` for the matrix."
    ) == table.below[1]
    (whole,) = network_grids(crowd(tmp_path, 30), square=True)
    assert (3, 33) == (len(whole.lines), len(whole.headings))


def test_isolates_are_told_once() -> None:
    day = ask("network", *HARBOUR, "--as-of", "2026-06").stdout
    assert ("Isolates" not in day, "2 other actors take none" in day) == (True, True)
    window = " ".join(ask("network", *HARBOUR, "--window", "2025-11").stdout.split())
    assert 1 == window.count("Isolates, left out: ")
    neither = " ".join(ask("network", *NATURE, "--as-of", "2024-07").stdout.split())
    assert "Isolates" not in neither
    assert "3 other actors take none that counts; left out: 1 contested, 1 no side." in neither


@pytest.mark.parametrize(
    "arguments",
    [(), ("--mode", "two"), ("--weight", "subtract", "--normalise", "cosine"), ("--mode", "two", "--kind", "state")],
)
def test_a_table_fits_80_columns_in_a_pipe(arguments: tuple[str, ...]) -> None:
    for model in (TROOPS, (*NATURE, "--as-of", "2024-07")):
        text = ask("network", *arguments, *model).stdout
        assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--window", "2025", "--as-of", "2025"), "as-of is about the positions of a day, and a window has statements"),
        (("--duplicates", "all"), "duplicates all is about statements, and a day has positions: name a window"),
        (("--by", "actor"), "by actor is about statements"),
        (("--mode", "two", "--weight", "congruence"), "'congruence' is a weight of one-mode networks"),
        (("--normalise", "prominence"), "'prominence' is a divisor of two-mode networks"),
        (("--square", "--format", "json"), "--square goes with csv, md and tables"),
        (("--square", "-o", "x.gexf"), "--square goes with csv, md and tables"),
        (("--square", "-o", "x.svg"), "--square goes with csv, md and tables"),
        (("--window", "last week"), "'last week' is no window"),
        (("--by", "organization"), "in DNA's words: organization is `--by organisation`"),
        (("--by", "organization"), "or `--by actor`"),
        (("--by", "person"), "in DNA's words: person is `--by speaker`"),
        (("--mode", "twomode"), "twomode is `--mode two`"),
        (("--mode", "One-Mode"), "One-Mode is `--mode one`"),
        (("--weight", "combine"), "combine is not there"),
        (("--weight", "congruence & conflict"), "is two calls"),
        (("--duplicates", "acrossrange"), "acrossrange is `--duplicates window`"),
        (("--duplicates", "include"), "include is `--duplicates all`"),
        (("--duplicates", "ignore per calendar week"), "is `--duplicates week`"),
        (("--normalise", "no"), "no is `--normalise none`"),
        (("--normalise", "average activity"), "is `--normalise average`"),
        (("--normalize", "none"), "--normalise"),
        (("--by", "nobody"), "'nobody' is not one of 'actor', 'speaker', 'organisation'."),
        (("-o", "x.dl"), "ends in .json, .csv, .md, .svg, .png, .graphml, .gexf, .txt; UCINET reads what"),
        (("-o", "x.tiff"), "ends in .json, .csv, .md, .svg, .png, .graphml, .gexf, .txt\n"),
    ],
)
def test_one_clear_error(arguments: tuple[str, ...], message: str) -> None:
    result = ask("network", *HARBOUR, *arguments)
    assert 2 == result.exit_code
    assert message in result.stderr
    assert 1 == result.stderr.count("Error: ")


def test_json_has_whole_numbers_as_such() -> None:
    text = ask("network", *TROOPS, "--format", "json").stdout
    assert all(isinstance(edge["weight"], int) for edge in json.loads(text)["edges"])
    assert '"weight": 7,' in text


def test_the_page_has_every_word_beside_that_of_dna() -> None:
    text = Path("docs/analysis.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    words = {*WEIGHTS["one"], *WEIGHTS["two"], *DIVISORS["one"], *DIVISORS["two"], *DUPLICATES, *BY_WHOM, *LEVELS}
    assert set() == {word for word in words if not re.search(rf"[` ]{word}`", table)}
