"""network: whose ties weigh what, in small models and in the sample database of Discourse Network Analyzer."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from itertools import product
from math import isclose, sqrt
from pathlib import Path
from typing import NamedTuple

import pytest
from asking import ask
from conftest import SHARED
from folders import loaded
from tied import model_of

import actorgraph
from actorgraph import Network, align, network
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger

DEBATE = """
model: {id: debate, title: A debate}
actors:
  board: {name: The Board, kind: organisation}
  union: {name: The Union, kind: organisation}
  ann: {name: Ann, kind: person}
  bo: {name: Bo, kind: person}
  quiet: {name: Nobody hears it, kind: organisation}
  torn: {name: Torn, kind: organisation}
proposals: {bridge: {title: A bridge}, toll: {title: A toll}, ferry: {title: A ferry}}
relations:
  - {actor: ann, relation: represents, to: board, since: 2024}
  - {actor: bo, relation: represents, to: union, since: 2024}
stances:
  - {actor: board, speaker: ann, position: supports, proposal: bridge, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: board, speaker: ann, position: supports, proposal: bridge, date: 2025-02-01,
     evidence: [{source: s, lines: 1}, {source: s, lines: 2}]}
  - {actor: board, speaker: ann, position: open, proposal: toll, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: union, speaker: bo, position: opposes, proposal: bridge, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: union, speaker: bo, position: supports, proposal: toll, date: 2025-01-01, evidence: [{source: s}]}
  - {actor: union, position: supports, proposal: ferry, date: 2025-06-01, evidence: [{source: s}]}
  - {actor: torn, position: neutral, proposal: bridge, date: 2025-01-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2025-07-01}}
"""


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return loaded(tmp_path_factory.mktemp("debate"), DEBATE)


MODEL_OF_TWO = model_of({"a": "++", "b": "-."})


def ties(answer: Network) -> list[tuple[object, ...]]:
    return [(edge.actor, edge.other, edge.weight, edge.n) for edge in answer]


def test_of_a_day_each_position_counts_once(debate: Ledger) -> None:
    answer = network(debate, as_of="2025-12")
    assert [("board", "union", 1, 2)] == ties(answer)
    assert [("board", 2), ("union", 3)] == [(node.id, node.statements) for node in answer.nodes]
    assert (5, 2, 4, 4, 0) == (answer.counted, answer.speaking, answer.others, answer.isolates, len(answer.zeros))
    assert {"contested": 0, "alternatives": 0, "no side": 1} == dict(answer.left_out)
    (edge,) = answer
    assert ("board.toll.2025-01-01", "union.toll.2025-01-01") == edge.records, "of what they agree on"
    assert [("board", "union", 1, 2)] == ties(network(debate, as_of="2025-12", weight="conflict"))


@pytest.mark.parametrize("levels", ["binary", "scale"])
def test_who_takes_none_that_counts_is_counted_as_every_measure_counts_them(levels: str, tmp_path: Path) -> None:
    """Who is neutral takes a position, and yet none that counts where only sides do."""
    ledger = loaded(tmp_path, model_of({"for": "+", "against": "-", "neither": "~", "nobody": "."}))
    answer, aligned = network(ledger, as_of="2024-02", levels=levels), align(ledger, as_of="2024-02", levels=levels)
    speaking = 2 if levels == "binary" else 3
    assert (speaking, 4 - speaking) == (answer.speaking, answer.others) == (aligned.speaking, aligned.others)
    assert 4 - speaking == answer.isolates, "what every measure calls others"


def test_of_a_window_each_passage_counts(debate: Ledger) -> None:
    answer = network(debate, window="2025-01-01/2025-02-01", weight="conflict")
    assert [("board", "union", 3, 2)] == ties(answer)
    assert [("board", 4), ("union", 2)] == [(node.id, node.statements) for node in answer.nodes]
    assert 1 == answer.isolates == answer.others, "who is neutral speaks, but takes no side"
    assert ("2025-01-01", "2025-02-01", "all", "actor") == tuple(
        answer.query[key] for key in ("from", "to", "duplicates", "by")
    )
    assert [("board", "union", 2, 2)] == ties(
        network(debate, window="2025-01-01/2025-02-01", weight="conflict", duplicates="month")
    )


@pytest.mark.parametrize(
    ("by", "actors"), [("actor", ["board", "union"]), ("speaker", ["ann", "bo"]), ("organisation", ["board", "union"])]
)
def test_whose_a_statement_is(by: str, actors: list[str], debate: Ledger) -> None:
    answer = network(debate, window="2025-01", by=by)
    assert actors == [node.id for node in answer.nodes]
    assert [(*actors, 1, 2)] == ties(answer)


def test_what_weighs_nothing_is_no_edge(debate: Ledger) -> None:
    answer = network(debate, as_of="2025-12", weight="subtract")
    assert [] == ties(answer)
    assert [("board", "union", 0, 2)] == [(edge.actor, edge.other, edge.weight, edge.n) for edge in answer.zeros]
    assert [[0, 0], [0, 0]] == answer.square()


def test_the_heaviest_come_first_then_agreement_and_what_rests_on_more(tmp_path: Path) -> None:
    table = {"a": "+++", "b": "+++", "c": "---", "d": "+..", "e": "++-"}
    assert [
        ("a", "b", 3, 3), ("a", "c", -3, 3), ("b", "c", -3, 3),
        ("a", "e", 1, 3), ("b", "e", 1, 3), ("a", "d", 1, 1), ("b", "d", 1, 1), ("d", "e", 1, 1),
        ("c", "e", -1, 3), ("c", "d", -1, 1),
    ] == ties(network(loaded(tmp_path, model_of(table)), as_of="2024-02", weight="subtract"))  # fmt: skip


def test_the_graph_says_what_the_answer_does(tmp_path: Path) -> None:
    short = MODEL_OF_TWO.replace("{title: Plan P}", "{title: Plan P, short: P}")
    answer = network(loaded(tmp_path, short), as_of="2024-02", mode="two", weight="subtract")
    graph = answer.to_graph()
    assert ("m", "2024-02-29", "two") == (graph.graph["model"], graph.graph["as_of"], graph.graph["mode"])
    assert None not in graph.graph.values()
    assert {
        "a": {"node_type": "actor", "name": "A", "label": "A", "bipartite": 0, "statements": 2},
        "b": {"node_type": "actor", "name": "B", "label": "B", "bipartite": 0, "statements": 1},
        "p": {"node_type": "proposal", "name": "Plan P", "label": "P", "bipartite": 1, "statements": 2},
        "q": {"node_type": "proposal", "name": "Plan Q", "label": "Plan Q", "bipartite": 1, "statements": 1},
    } == dict(graph.nodes(data=True))
    assert [
        ("a", "p", "subtract", {"edge_type": "subtract", "weight": 1, "n": 1, "records": ("a.p.2024-01-01",)}),
        ("a", "q", "subtract", {"edge_type": "subtract", "weight": 1, "n": 1, "records": ("a.q.2024-01-01",)}),
        ("b", "p", "subtract", {"edge_type": "subtract", "weight": -1, "n": 1, "records": ("b.p.2024-01-01",)}),
    ] == sorted((*sorted(ends), key, data) for *ends, key, data in graph.edges(keys=True, data=True))
    assert [("a.p.2024-01-01", "b.p.2024-01-01")] == [node.records for node in answer.nodes if node.id == "p"]


def test_two_modes(debate: Ledger) -> None:
    answer = network(debate, as_of="2025-12", mode="two")
    assert ["board", "union", "bridge", "ferry", "toll"] == [node.id for node in answer.nodes]
    assert [[1, 0, 1], [-1, 1, 1]] == answer.square()
    assert [[0.5, 0, 0.5], [-1 / 3, 1 / 3, 1 / 3]] == network(
        debate, as_of="2025-12", mode="two", normalise="activity"
    ).square()
    on_the_scale = network(debate, as_of="2025-12", mode="two", levels="scale")
    assert ["board", "torn", "union"] == [node.id for node in on_the_scale.of_type("actor")], "to be neutral counts"
    assert [[1, 0, 0.5], [0, 0, 0], [-1, 1, 1]] == on_the_scale.square()
    assert [("torn", "bridge", 0, 1)] == [edge[:4] for edge in on_the_scale.zeros], "which is no silence"


@pytest.mark.parametrize("levels", ["binary", "scale"])
def test_whole_numbers_stay_whole(levels: str, debate: Ledger) -> None:
    for mode, weight in (("one", "ignore"), ("two", "ignore"), ("one", "congruence"), ("two", "subtract")):
        is_whole = weight == "ignore" or levels == "binary"
        weights = [edge.weight for edge in network(debate, as_of="2025-12", mode=mode, weight=weight, levels=levels)]
        assert {int if is_whole else float} == set(map(type, weights)), (mode, weight)


def test_explained_by_the_rows_that_count(debate: Ledger) -> None:
    assert () == network(debate, as_of="2025-12").rows
    day = network(debate, as_of="2025-12", explain=True)
    assert 5 == len(day.rows) == len({(row.actor, row.proposal) for row in day.rows})
    window = network(debate, window="2025-01", explain=True)
    assert [("board", "bridge", "supports", "2025-01-01", "ann")] == [
        (row.actor, row.proposal, row.position, row.since, row.speaker)
        for row in window.rows
        if row.records == ("board.bridge.2025-01-01",)
    ]
    assert {record for node in window.nodes for record in node.records} == {
        record for row in window.rows for record in row.records
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "no day and no window"),
        ({"as_of": "2025", "window": "2025"}, "as-of is about the positions of a day, and a window has statements"),
        ({"window": "2025", "assume": ["x"]}, "assume is about the positions of a day"),
        ({"as_of": "2025", "duplicates": "day"}, "duplicates day is about statements, and a day has positions"),
        ({"as_of": "2025", "by": "speaker"}, "by speaker is about statements"),
        ({"window": "2025", "duplicates": "hour"}, "no duplicates 'hour'"),
        ({"window": "never"}, "'never' is no window"),
        ({"as_of": "2025", "levels": "ternary"}, "no levels 'ternary'"),
        ({"as_of": "2025", "weight": "love"}, "no weight 'love'"),
        ({"as_of": "2025", "tags": "x"}, "unknown option 'tags'"),
    ],
)
def test_what_does_not_go_together_is_one_clear_error(options: dict[str, object], message: str, debate: Ledger) -> None:
    with pytest.raises(UsageProblem, match=message):
        network(debate, **options)  # type: ignore[arg-type]


ALONE = "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}}\nproposals: {p: {title: P}}\n"


@pytest.mark.parametrize("mode", ["one", "two"])
@pytest.mark.parametrize("when", [{"as_of": "2025"}, {"window": "2025"}])
def test_nobody_has_said_anything(mode: str, when: dict[str, str], tmp_path: Path) -> None:
    ledger = loaded(tmp_path, ALONE)
    for weight, normalise in (("ignore", "none"), ("subtract", "cosine" if mode == "one" else "activity")):
        answer = network(ledger, mode=mode, weight=weight, normalise=normalise, **when)  # type: ignore[arg-type]
        assert ((), 0, []) == (answer.nodes, len(answer.edges), answer.square())


def test_why_nothing_counts_is_said_where_something_else_can_be_asked(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, DEBATE)
    said: list[str] = []
    ledger.notice = said.append
    network(ledger, window="2025", kind="person")
    network(ledger, window="2025", kind="state,person", by="speaker")
    assert 2 == len(said)
    assert all("--by speaker without --kind" in line for line in said)
    assert ["ann", "bo", "union"] == [node.id for node in network(ledger, window="2025", by="speaker").nodes]
    for options in ({"window": "2020"}, {"window": "2025", "kind": "state"}, {"as_of": "2025", "kind": "person"}):
        network(ledger, **options)  # type: ignore[arg-type]
    assert 2 == len(said), "nothing else is to be said of these"


@pytest.mark.parametrize("when", [{"as_of": "2025-12"}, {"window": "2025"}])
def test_that_nothing_is_graded_so_well_is_said(when: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(DEBATE, encoding="utf-8")
    ledger = load(file, min_grade="C3")
    said: list[str] = []
    ledger.notice = said.append
    network(ledger, **when)  # type: ignore[arg-type]
    assert ["no evidence of a stance is graded C3 or better"] == said


def test_as_a_graph_of_networkx(debate: Ledger) -> None:
    graph = network(debate, as_of="2025-12", mode="two", weight="ignore").to_graph()
    assert not graph.is_directed()
    assert {("board", "bridge"): 1, ("union", "bridge"): 1} == {
        (actor, other): data["weight"] for actor, other, data in graph.edges(data=True) if other == "bridge"
    }
    assert {"board": 0, "union": 0, "bridge": 1, "ferry": 1, "toll": 1} == dict(graph.nodes(data="bipartite"))


# -- the sample of Discourse Network Analyzer -------------------------------------------------------------------


class Coded(NamedTuple):
    """A statement of the database, as SQL tells it."""

    actor: str
    concept: str
    agrees: int
    document: int
    day: date


@pytest.fixture(scope="module")
def sample() -> Path:
    file = SHARED / "data" / "dna" / "sample.dna"
    if not file.is_file():
        pytest.skip("shared")
    return file


def coded(file: Path, variable: str) -> list[Coded]:
    """Return the statements of the database, whose actor is its organization or its person, oldest first."""
    with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as database:
        text = """
            SELECT a.Value, c.Value, b.Value, s.DocumentId, d.Date
            FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId
            JOIN DATASHORTTEXT da ON da.StatementId = s.ID JOIN ENTITIES a ON a.ID = da.Entity
            JOIN VARIABLES va ON va.ID = da.VariableId AND va.Variable = ?
            JOIN DATASHORTTEXT dc ON dc.StatementId = s.ID JOIN ENTITIES c ON c.ID = dc.Entity
            JOIN VARIABLES vc ON vc.ID = dc.VariableId AND vc.Variable = 'concept'
            JOIN DATABOOLEAN b ON b.StatementId = s.ID
            ORDER BY d.Date, s.DocumentId, s.Start"""
        rows = database.execute(text, (variable,)).fetchall()
    return [
        Coded(actor, concept, agrees, document, date(1970, 1, 1) + timedelta(seconds=seconds))
        for actor, concept, agrees, document, seconds in rows
    ]


WITHIN: dict[str, Callable[[Coded], object]] = {
    "document": lambda one: one.document,
    "day": lambda one: one.day,
    "week": lambda one: tuple(one.day.isocalendar())[:2],
    "month": lambda one: (one.day.year, one.day.month),
    "year": lambda one: one.day.year,
    "window": lambda _: "all of it",
}


def without_duplicates(said: Iterable[Coded], duplicates: str, weight: str) -> list[Coded]:
    """Return statements as Discourse Network Analyzer filters them: where it ignores the qualifier, also here."""
    kept: list[Coded] = []
    for one in said:
        is_again = any(
            (one.actor, one.concept) == (other.actor, other.concept)
            and WITHIN[duplicates](one) == WITHIN[duplicates](other)
            and (weight == "ignore" or one.agrees == other.agrees)
            for other in kept
            if duplicates != "all"
        )
        if not is_again:
            kept.append(one)
    return kept


def cell(i: str, j: str, said: list[Coded], weight: str, normalise: str) -> float:
    """Return what ties two actors, by loops over the formulas."""
    concepts = sorted({one.concept for one in said})
    n = {key: {(c, k): 0 for c in concepts for k in (0, 1)} for key in (i, j)}
    for one in said:
        if one.actor in n:
            n[one.actor][one.concept, one.agrees] += 1
    mine, theirs = n[i], n[j]
    congruence = sum(mine[c, k] * theirs[c, k] for c in concepts for k in (0, 1))
    conflict = sum(mine[c, k] * theirs[c, 1 - k] for c in concepts for k in (0, 1))
    both = [[side[c, 0] + side[c, 1] for c in concepts] for side in (mine, theirs)]
    weights = {
        "congruence": congruence,
        "conflict": conflict,
        "subtract": congruence - conflict,
        "ignore": sum(a * b for a, b in zip(*both, strict=True)),
    }
    m10 = sum(mine[at] for at in mine if not theirs[at])
    m01 = sum(theirs[at] for at in mine if not mine[at])
    m11 = sum(mine[at] * theirs[at] for at in mine)
    lengths = [
        sqrt(sum(value**2 for value in (both[at] if weight == "ignore" else side.values())))
        for at, side in enumerate((mine, theirs))
    ]
    divisors = {
        "none": 1,
        "average": (sum(mine.values()) + sum(theirs.values())) / 2,
        "jaccard": m10 + m01 + m11,
        "dna-cosine": sum(mine.values()) * sum(theirs.values()),
        "cosine": lengths[0] * lengths[1],
    }
    return weights[weight] / divisors[normalise] if divisors[normalise] else 0


@pytest.fixture(scope="module")
def dna(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.mktemp("dna") / "graphs" / "debate"
    folder.mkdir(parents=True)
    (folder / "model.yaml").write_text("model: {id: debate, title: Debate}\n", encoding="utf-8")
    result = ask("import", "dna", str(sample), "--create", "--yes", "-m", str(folder))
    assert 0 == result.exit_code, result.output
    return load(folder)


EVER = "2000/2020"
BY_WHOM = {"actor": "organization", "speaker": "person", "organisation": "organization"}


@pytest.mark.parametrize(("by", "duplicates"), [*product(BY_WHOM, ("all", *WITHIN))])
def test_one_mode_networks_of_the_sample(by: str, duplicates: str, sample: Path, dna: Ledger) -> None:
    everything = coded(sample, BY_WHOM[by])
    assert 40 == len(everything)
    for weight in ("ignore", "congruence", "conflict", "subtract"):
        said = without_duplicates(everything, duplicates, weight)
        for normalise in ("none", "average", "jaccard", "dna-cosine", "cosine"):
            answer = network(dna, window=EVER, weight=weight, normalise=normalise, duplicates=duplicates, by=by)
            names = [node.name for node in answer.nodes]
            assert sorted({one.actor for one in said}) == sorted(names)
            assert [sum(one.actor == name for one in said) for name in names] == [
                node.statements for node in answer.nodes
            ]
            for (row, i), (column, j) in product(enumerate(names), repeat=2):
                expected = 0 if i == j else cell(i, j, said, weight, normalise)
                assert isclose(expected, answer.square()[row][column], abs_tol=1e-12), (weight, normalise, i, j)


@pytest.mark.parametrize(("by", "duplicates"), [*product(BY_WHOM, ("all", *WITHIN))])
def test_two_mode_networks_of_the_sample(by: str, duplicates: str, sample: Path, dna: Ledger) -> None:
    everything = coded(sample, BY_WHOM[by])
    for weight, normalise in product(("ignore", "subtract"), ("none", "activity", "prominence")):
        said = without_duplicates(everything, duplicates, weight)
        answer = network(dna, window=EVER, mode="two", weight=weight, normalise=normalise, duplicates=duplicates, by=by)
        actors, concepts = ([node.name for node in answer.of_type(kind)] for kind in ("actor", "proposal"))
        assert {one.concept for one in said} == set(concepts)
        for (row, i), (column, c) in product(enumerate(actors), enumerate(concepts)):
            mine = [
                one.agrees or (1 if weight == "ignore" else -1) for one in said if (one.actor, one.concept) == (i, c)
            ]
            divisor = {
                "none": 1,
                "activity": sum(one.actor == i for one in said),
                "prominence": sum(one.concept == c for one in said),
            }
            assert isclose(sum(mine) / divisor[normalise], answer.square()[row][column], abs_tol=1e-12)


def test_a_window_of_the_sample(sample: Path, dna: Ledger) -> None:
    days = sorted({one.day for one in coded(sample, "organization")})
    first, last = days[1], days[-2]
    inside = [one for one in coded(sample, "organization") if first <= one.day <= last]
    answer = network(dna, window=f"{first}/{last}", weight="congruence")
    assert len(inside) == answer.counted
    names = {node.id: node.name for node in answer.nodes}
    for edge in answer:
        assert cell(names[edge.actor], names[edge.other], inside, "congruence", "none") == edge.weight


def test_it_is_public() -> None:
    assert actorgraph.network is network
