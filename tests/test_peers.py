"""Whoever is compared on large tables answers the same: all are asked of one small table, worked out by hand."""

from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import pyarrow as pa
import pyarrow.parquet as pq
from asking import ask
from benchmarks.peers.contestant import Contestant
from benchmarks.side_by_side import CONTESTANTS
from benchmarks.statements import COLUMNS, write_exact_share, write_statements

SAID = (
    # kind, actor, position, proposal, date, until
    ("stance", "a", "opposes", "dam", "2024-01-10", None),
    ("stance", "a", "supports", "dam", "2024-05-01", None),
    ("stance", "b", "open", "dam", "2024-02-01", "2024-04-01"),
    ("stance", "c", "open", "dam", "2024-02-01", None),
    ("stance", "c", "opposes", "dam", "2024-02-01", None),
    ("stance", "d", "supports", "port", "2024-02-01", None),
    ("stance", "d", "supports", "port", "2024-06-01", None),
    ("commitment", "d", "pledges", "port", "2024-06-01", None),
)
JUNE = "2024-06-01"
"""The day of the last statements: they count."""


def table(folder: Path) -> Path:
    rows = [
        dict(zip(("kind", "actor", "position", "proposal", "date", "until"), row, strict=True))
        | {"id": f"s{number}", "published": row[4], "source": "paper", "reliability": "B", "credibility": "2"}
        for number, row in enumerate(SAID)
    ]
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "said.parquet")
    return folder / "said.parquet"


OLD = {"polars": "1.20."}
"""Versions that a reader of the core's own tables does with, and a contestant does not."""


@pytest.fixture(scope="module", params=CONTESTANTS)
def contestant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contestant]:
    kind = CONTESTANTS[request.param]
    for package in kind.packages:
        if find_spec(package) is None or version(package).startswith(OLD.get(package, "never")):
            pytest.skip(package)
    said = table(tmp_path_factory.mktemp("said"))
    if request.param.startswith("actorgraph"):
        holdings = said.with_suffix("")
        assert 0 == ask("compile", str(said), "-o", str(holdings)).exit_code
        said = holdings
    made = kind(said)
    made.load()
    yield made
    made.close()


def asked(contestant: Contestant, answer: object) -> set[tuple[object, ...]]:
    assert contestant.length(answer)
    return set(contestant.rows(answer))


def test_who(contestant: Contestant) -> None:
    assert {
        ("stance", "a", "supports"),
        ("stance", "c", "open"),
        ("stance", "c", "opposes"),
    } == asked(contestant, contestant.who("dam", JUNE))
    assert {
        ("stance", "a", "opposes"),
        ("stance", "b", "open"),
        ("stance", "c", "open"),
        ("stance", "c", "opposes"),
    } == asked(contestant, contestant.who("dam", "2024-03-31"))


def test_snapshot(contestant: Contestant) -> None:
    assert {
        ("stance", "a", "dam", "opposes"),
        ("stance", "c", "dam", "open"),
        ("stance", "c", "dam", "opposes"),
        ("stance", "d", "port", "supports"),
    } == asked(contestant, contestant.snapshot("2024-04-01"))


def test_diff(contestant: Contestant) -> None:
    assert {("stance", "a", "dam"), ("stance", "b", "dam"), ("commitment", "d", "port")} == asked(
        contestant, contestant.diff("2024-03-01", JUNE)
    )


def test_tally(contestant: Contestant) -> None:
    assert {("dam", "supports", 1), ("dam", "contested", 1), ("port", "supports", 1)} == asked(
        contestant, contestant.tally(JUNE)
    )


def test_the_same_seed_makes_the_same_statements(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_statements(3000, tmp_path / name, seed=seed)
    one, again, other = (pq.read_table(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert one != other


def test_statements_are_as_varied_as_real_ones(tmp_path: Path) -> None:
    write_statements(20_000, tmp_path / "said.parquet")
    rows = pq.read_table(tmp_path / "said.parquet").to_pylist()
    assert 20_000 == len({row["id"] for row in rows})
    exact = [row["date"] for row in rows if len(row["date"]) == 10]
    assert exact == sorted(exact), "as a feed brings them"
    tracks = {(row["kind"], row["actor"], row["proposal"]) for row in rows}
    assert 2 < len(rows) / len(tracks) < 10, "several statements a track"
    partial = [row for row in rows if len(row["date"]) < 10]
    assert 0.01 < len(partial) / len(rows) < 0.03
    assert {4, 7} == {len(row["date"]) for row in partial}
    assert any(row["until"] for row in rows)
    assert any(row["toward"] for row in rows)
    assert all(row["kind"] == "commitment" for row in rows if row["toward"])
    assert all(row["actor"] != row["toward"] for row in rows)
    assert any(row["credibility"] is None for row in rows)


def test_the_exact_share_leaves_whole_tracks(tmp_path: Path) -> None:
    write_statements(20_000, tmp_path / "said.parquet")
    write_exact_share(tmp_path / "said.parquet", tmp_path / "exact.parquet")
    rows = pq.read_table(tmp_path / "said.parquet").to_pylist()
    other = {(row["kind"], row["actor"], row["proposal"]) for row in rows if len(row["date"]) < 10 or row["toward"]}
    left = {row["id"] for row in rows if (row["kind"], row["actor"], row["proposal"]) not in other}
    assert left == set(pq.read_table(tmp_path / "exact.parquet")["id"].to_pylist())
    assert left
