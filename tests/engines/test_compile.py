"""Statements that are compiled answer as the curated model does that has the same statements."""

import json
from bisect import bisect
from pathlib import Path
from typing import Any

import pytest
from builders import graded, lives, model, stance, statements
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from statement_tables import COLUMNS, SqliteTables, filled

from actorgraph.engines import compile as compiling
from actorgraph.engines.compile import _some_actors, compile_statements, counting, ranges_of
from actorgraph.engines.folder import manifest_of, writing
from actorgraph.engines.opening import open_holdings
from actorgraph.engines.records import records_sql
from actorgraph.errors import UsageProblem
from actorgraph.ledger.filters import Limits, limited
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Stance
from actorgraph.questions import lines, view
from actorgraph.questions.behind import Quantity
from actorgraph.questions.diff import diff
from actorgraph.questions.tally import tally
from actorgraph.questions.who import everything, what, who

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb

CLEANED = [column for column in COLUMNS if column != "batch"]
SAID = ("supports", "opposes", "open")
DAYS = ("2024-01-05", "2024-01-20", "2024-02-15", "2024-03-10", "2024-12-31")


LIMITS = {
    "known_by": st.sampled_from(["2024-01-25", "2024-02-29", "2024-12"]),
    "min_grade": st.sampled_from(["B3", "C6", "F1"]),
    "without": st.sampled_from([["early"], ["late", "middle"]]).map(sorted),
}


def compiled(engine: Duckdb, whole: Model, folder: Path, *, part_rows: int = 3) -> str:
    """Return the folder of a model's statements, in parts of a few."""
    frame = filled(engine, whole)
    engine.make("cleaned", f"SELECT {', '.join(CLEANED)} FROM stored")
    engine.part_rows = part_rows
    with writing(str(folder)) as new:
        compile_statements(engine, frame, new, made_of={"source": "a test"})
    return str(folder)


def told(ledger: Ledger, day: str) -> list[dict[str, Any]]:
    """Return all that is said of a day, and what changed since the first, as plain data."""
    answers: tuple[Any, ...] = (
        everything(ledger, as_of=day, stated=True),
        diff(ledger, DAYS[0], day, stated=True),
        tally(ledger, as_of=day, stated=True),
    )
    return [answer._asdict() for answer in answers]


@examples(8)
@given(said=statements(), dated=lives)
def test_answers_are_those_of_the_curated_model(
    shared_engine: Duckdb,
    tmp_path_factory: pytest.TempPathFactory,
    said: list[Stance | Commitment],
    dated: dict[str, Any],
) -> None:
    whole = model(*said, **dated)
    folder = compiled(shared_engine, whole, tmp_path_factory.mktemp("compiled"))
    with open_holdings(folder) as large, Ledger(build(whole)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)


@examples(8)
@given(whole=graded(), asked=st.fixed_dictionaries({}, optional=LIMITS))
def test_so_are_those_of_its_editions(
    shared_engine: Duckdb, tmp_path_factory: pytest.TempPathFactory, whole: Model, asked: Limits
) -> None:
    folder = compiled(shared_engine, whole, tmp_path_factory.mktemp("compiled"))
    filters, without = limited(asked)
    filters = filters._replace(without=without)
    with open_holdings(folder, **asked) as large, Ledger(build(whole, filters)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)


GRADED = [
    {"source": source, "credibility": credibility}
    for source in ("early", "middle", "late", "much-later")
    for credibility in (1, 2, 3, 6, None)
]
"""Evidence of which each is graded in another way."""


@pytest.mark.parametrize(
    ("asked", "bare"),
    [
        ({}, ["dated", "undated"]),
        *(({"min_grade": least}, []) for least in ("A1", "B2", "C6", "D3", "E6", "F1")),
        ({"min_grade": "F6"}, ["dated", "undated"]),
        *(({"without": some}, ["dated", "undated"]) for some in (["early"], ["early", "late", "middle", "much-later"])),
        *(({"known_by": day}, ["dated"]) for day in ("2024-01-19", "2024-01-20", "2024-02-29", "2024-04-05")),
        ({"known_by": "2024-01-10"}, []),
        ({"known_by": "2024-02-29", "min_grade": "B6", "without": ["middle"]}, []),
        ({"known_by": "2024-02-29", "without": ["middle"]}, ["dated"]),
    ],
    ids=str,
)
def test_the_evidence_that_counts_is_that_of_the_curated_model(asked: Limits, bare: list[str]) -> None:
    """A statement without any counts where a grade of nothing is enough, and it is known by when it was known."""
    whole = model(*(stance("open", f"2024-02-{day:02}", evidence=[cited]) for day, cited in enumerate(GRADED, 1)))
    filters, without = limited(asked)
    filters = filters._replace(without=without)
    engine = SqliteTables()
    filled(engine, whole)
    unsourced = "SELECT '{}' AS id, NULL AS source, {} AS published, NULL AS grade"
    rows = ("SELECT id, source, published, grade FROM stored", unsourced.format("dated", 20240112))
    engine.make("every", " UNION ALL ".join((*rows, unsourced.format("undated", "NULL"))))
    counts = engine.run(f"SELECT id FROM every WHERE {counting(engine, filters, 'every')}")
    assert [*(said.id for said in filters.applied(whole).stances), *bare] == [key for (key,) in counts]
    engine.close()


@pytest.mark.parametrize(
    ("said", "part_rows", "ranges"),
    [
        ("", 3, [("", "", 0, 0)]),
        ("ttssssssrrrqpp", 3, [("p", "q", 2, 3), ("r", "r", 1, 3), ("s", "s", 1, 6), ("t", "t", 1, 2)]),
        ("ttssssssrrrqpp", 6, [("p", "r", 3, 6), ("s", "s", 1, 6), ("t", "t", 1, 2)]),
        ("ttssssssrrrqpp", 100, [("p", "t", 5, 14)]),
    ],
)
def test_a_part_is_a_range_of_proposals_with_so_many_statements_at_most(
    said: str, part_rows: int, ranges: list[tuple[str, str, int, int]]
) -> None:
    """Unless one proposal has more."""
    engine = SqliteTables()
    engine.part_rows = part_rows
    engine.fill("cleaned", {"proposal": "TEXT"}, ((proposal,) for proposal in said))
    assert ranges == ranges_of(engine, "cleaned")
    firsts = [first for first, *_ in ranges]
    expected = [(proposal, bisect(firsts, proposal) - 1) for proposal in sorted(set(said))]
    assert expected == engine.run("SELECT proposal, part FROM parts_of ORDER BY proposal")
    engine.close()


@pytest.mark.parametrize(
    ("part_rows", "most_pairs", "rows"),
    [
        (100, 100, [15]),
        (4, 100, [4, 4, 7]),
        (7, 100, [7, 1, 7]),
        (3, 100, [3, 1, 3, 1, 7]),
        (2, 100, [3, 1, 3, 1, 7]),
        (100, 6, [4, 3, 1, 7]),
        (100, 10, [4, 4, 7]),
        (100, 16, [8, 7]),
        (100, 32, [8, 7]),
        (100, 33, [15]),
    ],
)
def test_so_many_actors_are_worked_out_at_once(
    monkeypatch: pytest.MonkeyPatch, part_rows: int, most_pairs: int, rows: list[int]
) -> None:
    """As many as have so many statements, and so many pairs of those on one track; or a single one that has more."""
    said = [(actor, "stance", "p") for actor in "aabcccdeee"]
    said += [("a", "stance", "q"), *[("e", "stance", "q")] * 2, *[("e", "commitment", "p")] * 2]
    engine = SqliteTables()
    engine.part_rows = part_rows
    engine.fill("cleaned", dict.fromkeys(("actor", "kind", "proposal"), "TEXT"), reversed(said))
    monkeypatch.setattr(compiling, "MOST_PAIRS", most_pairs)
    found = [engine.run(f"SELECT COUNT(*) FROM cleaned WHERE {some}") for some in _some_actors(engine, "cleaned")]
    assert rows == [count for ((count,),) in found]
    engine.close()


def test_the_records_are_those_that_were_curated(shared_engine: Duckdb, tmp_path: Path) -> None:
    said: list[Stance | Commitment] = [
        stance("open", "2024-01", "early", "late", speaker="b"),
        Commitment.model_validate(
            {
                "id": "c",
                "actor": "a",
                "stage": "pledges",
                "proposal": "p",
                "date": "2024-02",
                "until": "2025",
                "toward": ["b"],
                "evidence": [{"source": "early"}],
            }
        ),
    ]
    whole = model(*said)
    with open_holdings(compiled(shared_engine, whole, tmp_path / "h")) as large, Ledger(build(whole)) as small:
        for one, other in zip(small.things("stance", "commitment"), large.things("stance", "commitment"), strict=True):
            assert (one.type, one.id, one.name, one.body) == (other.type, other.id, other.name, other.body)
        assert "statements:1" == large.things("stance")[0].place
        assert small.rows("SELECT * FROM speakers") == large.rows("SELECT * FROM speakers")


@pytest.mark.parametrize(
    "places",
    [
        [(0, "a", 8), (0, "a", 9), (0, "a", 10)],
        [(0, "a", 11), (0, "a", 12), (0, "b", 2)],
        [(0, "b", 1), (2, "b", 7), (10, "a", 3)],
        [(0, "a.csv", 2), (0, "a.csv.gz", 1), (0, "b", 1)],
    ],
)
def test_a_record_stands_at_its_first_row_and_has_the_first_note(
    shared_engine: Duckdb, places: list[tuple[int, str, int]]
) -> None:
    filled(shared_engine, model(stance("open", "2024-01-05", "early", "late", "middle")))
    columns = {"number": "INTEGER", "at": "INTEGER", "named": "TEXT", "standing": "INTEGER", "note": "TEXT"}
    notes = [(number, *place, note) for number, place, note in zip((3, 1, 2), places, (None, "z", "y"), strict=True)]
    shared_engine.fill("places", columns, notes)
    others = ", ".join(set(COLUMNS) - {"batch", "file", "line"})
    placed = "p.at AS batch, p.named AS file, p.standing AS line, p.note FROM stored AS s JOIN places AS p"
    shared_engine.make("placed", f"SELECT {others}, {placed} ON p.number = s.line")
    ((place, body),) = shared_engine.run(f"SELECT place, body FROM ({records_sql(shared_engine, 'placed')}) AS r")
    assert ["middle", "early", "late"] == [cited["source"] for cited in json.loads(body)["evidence"]]
    assert (f"{places[0][1]}:{places[0][2]}", "z") == (place, json.loads(body)["note"])


def test_amounts_are_those_of_the_curated_model(shared_engine: Duckdb, tmp_path: Path) -> None:
    def pledge(when: str, **amount: object) -> Commitment:
        keys = {"actor": "a", "stage": "pledges", "proposal": "p", "date": when, "evidence": [{"source": "early"}]}
        return Commitment.model_validate({**keys, "amount": {**amount, "unit": "tonnes"}} if amount else keys)

    whole = model(
        pledge("2024-01-05", value=10), pledge("2024-01-05", value="12.50"), pledge("2024-02-15", **{"at-least": 20})
    )
    with open_holdings(compiled(shared_engine, whole, tmp_path / "h")) as large, Ledger(build(whole)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)
        assert Quantity(10, 12.5, "tonnes") == everything(large, as_of="2024-01-20", stated=True).rows[0].amount


@pytest.mark.parametrize(("part_rows", "most_pairs", "files"), [(3, 100, {"p": 2, "q": 1}), (100, 9, {"p": 2})])
def test_what_much_was_said_of_is_worked_out_some_actors_at_a_time(
    shared_engine: Duckdb,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part_rows: int,
    most_pairs: int,
    files: dict[str, int],
) -> None:
    monkeypatch.setattr(compiling, "MOST_PAIRS", most_pairs)
    said = [stance(position, f"2024-01-0{day}", actor=actor) for actor in "ab" for day, position in enumerate(SAID, 1)]
    whole = model(*said, stance("open", "2024-01-05", proposal="q"))
    folder = compiled(shared_engine, whole, tmp_path / "h", part_rows=part_rows)
    assert files == {part.first: len(part.holdings) for part in manifest_of(folder).parts}
    with open_holdings(folder) as large, Ledger(build(whole)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)


@pytest.mark.parametrize("few", [1, 3, 4])
def test_lines_are_counted_first_only_where_proposals_have_few_as_a_rule(
    shared_engine: Duckdb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    whole = model(
        stance("open", "2024-01-05"),
        stance("supports", "2024-01-10"),
        stance("open", "2024-01-05", actor="b"),
        stance("opposes", "2024-01-05", proposal="q"),
    )
    counted: list[object] = []

    def number_of(ledger: Ledger, where: str, *parameters: object, **asked: Any) -> int:
        counted.append(parameters[-1])
        return lines.number_of(ledger, where, *parameters, **asked)

    monkeypatch.setattr(view, "FEW", few)
    monkeypatch.setattr(view, "number_of", number_of)
    with open_holdings(compiled(shared_engine, whole, tmp_path / "h")) as large, Ledger(build(whole)) as small:
        assert [3, 1, 0] == [large.lines_each(large.part_on(some)) for some in ("p", "q", "pq")]
        for proposal in "pq":
            answers = [who(ledger, "any", proposal, as_of="2024-02") for ledger in (large, small)]
            assert answers[0]._asdict() == answers[1]._asdict()
            assert answers[0].rows
        what(large, "a", as_of="2024-02")
    assert [*{1: [], 3: ["q"], 4: ["p", "q"]}[few], "a"] == counted


@pytest.mark.parametrize("are_opened", [True, False])
def test_a_ledger_that_was_closed_says_so_whatever_had_been_opened(
    shared_engine: Duckdb, tmp_path: Path, *, are_opened: bool
) -> None:
    folder = compiled(shared_engine, model(stance("open", "2024-01-05")), tmp_path / "h")
    with open_holdings(folder) as large:
        assert not are_opened or list(large.parts())
        asked = view.View(large, as_of="2024-02", about="p")
    for ask in (asked.held_about, lambda: diff(large, *DAYS[:2]), lambda: list(large.parts())):
        with pytest.raises(UsageProblem, match=r"^the ledger of m is closed; load it again$"):
            ask()


def test_an_address_is_read_by_the_engine(shared_engine: Duckdb, tmp_path: Path) -> None:
    folder = compiled(shared_engine, model(stance("open", "2024-01-05")), tmp_path / "h")
    with open_holdings(f"file://{folder}/") as large:
        assert ["open"] == [row.position for row in everything(large, as_of="2024-02").rows]
    for address in (f"file://{folder}/nowhere", "hdfs://nowhere/h"):
        with pytest.raises(UsageProblem, match=f"^there is no file {address}/manifest.json that DuckDB can read$"):
            open_holdings(address)


def test_an_address_that_needs_an_extension_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB fetches it from its own server; it says over five lines that it cannot."""
    error = pytest.importorskip("duckdb").IOException

    def asked(*_: object) -> None:
        fetching = "An error occurred while trying to automatically install the required extension"
        raise error(f'{fetching} \'httpfs:\nFailed to download extension "httpfs" at URL …')

    monkeypatch.setattr(Duckdb, "run", asked)
    told = "^s3://bucket/h/manifest.json cannot be read: DuckDB could not install its extension httpfs, which it needs"
    with pytest.raises(UsageProblem, match=told):
        open_holdings("s3://bucket/h")
