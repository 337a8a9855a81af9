"""A table of statements from a file, a folder or an import, ready to be compiled."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.curate.draft import Draft
from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.left_out import LeftOut
from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.incoming import Arrival, RowPlace, Skipped, Things
from actorgraph.exchange.sheets.table_files import is_table, table_files
from actorgraph.exchange.sheets.table_source import header_of, take, take_arrivals
from actorgraph.exchange.sheets.taken_in import TakenIn
from actorgraph.model.model import Joint, Model
from actorgraph.model.records import Header

CODED = "actor,position,proposal,date\nFrance,supports,A new harbour,2025-01-02\n"


def taken(engine: Duckdb, folder: Path, source: str, files: dict[str, str], **options: Any) -> TakenIn:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return take(engine, source, options, today="2026-11-27")


def ids(engine: Duckdb) -> list[str]:
    return [key for (key,) in engine.run("SELECT id FROM cleaned ORDER BY id")]


def test_holdings_among_the_tables_are_no_statements(tmp_path: Path) -> None:
    folder = tmp_path / "s" / "statements"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("actor,position,proposal,date\nA,open,P,2024\n", encoding="utf-8")
    (folder / "out" / "g1").mkdir(parents=True)
    (folder / "out" / "g1" / "labels-1.csv").touch()
    (folder / "out" / "manifest.json").touch()
    assert (str(folder / "a.csv"),) == table_files(str(tmp_path / "s")).statements


def test_a_file(engine: Duckdb, folder: Path) -> None:
    made = taken(engine, folder, "coded.csv", {"coded.csv": CODED})
    assert (1, (), "coded") == (made.rows, made.left_out, made.frame.header.id)
    assert ["france.a-new-harbour.2025-01-02"] == ids(engine)
    assert [("coded.csv", 2)] == engine.run("SELECT file, line FROM cleaned")


@pytest.mark.parametrize("name", ["coded.tsv", "coded.csv.gz", "coded.parquet"])
def test_other_files_say_the_same(engine: Duckdb, folder: Path, name: str) -> None:
    import gzip

    if name.endswith(".parquet"):
        engine.write("SELECT 'France' AS actor, 'supports' AS position, 'A new harbour' AS proposal, "
                     "DATE '2025-01-02' AS date", str(folder / name))  # fmt: skip
    elif name.endswith(".gz"):
        (folder / name).write_bytes(gzip.compress(CODED.encode()))
    else:
        (folder / name).write_text(CODED.replace(",", "\t"), encoding="utf-8")
    assert "coded" == taken(engine, folder, name, {}).frame.header.id
    assert ["france.a-new-harbour.2025-01-02"] == ids(engine)


def test_a_folder_has_tables_beside(engine: Duckdb, folder: Path) -> None:
    files = {"d/statements.csv": CODED, "d/actors.csv": "id,name,kind\nfr,France,state\n", "d/README.md": "x"}
    made = taken(engine, folder, "d", files)
    assert "state" == made.frame.actors["fr"].kind
    assert ["fr.a-new-harbour.2025-01-02"] == ids(engine)


def test_a_folder_of_parts_is_one_table(engine: Duckdb, folder: Path) -> None:
    made = taken(engine, folder, "d", {"d/a.csv": CODED, "d/b.csv": CODED.replace("France", "Italy")})
    assert 2 == made.rows
    assert ["france.a-new-harbour.2025-01-02", "italy.a-new-harbour.2025-01-02"] == ids(engine)


def test_what_is_left_out_is_told_and_names_nobody(engine: Duckdb, folder: Path) -> None:
    made = taken(engine, folder, "coded.csv", {"coded.csv": f"{CODED}Spain,maybe,Q,2025\n"})
    assert (["france"], ["a-new-harbour"]) == (list(made.frame.actors), list(made.frame.proposals))
    assert [(1, (("coded.csv", 3, "maybe"),))] == [(each.rows, each.places) for each in made.left_out]


def test_the_mapping_is_that_of_imports(engine: Duckdb, folder: Path) -> None:
    text = "Country,vote,about,on\nFrance,yes,A new harbour,02/01/2025\n"
    options = {
        "map": ("actor=Country", "position=vote", "proposal=about", "date=on"),
        "word": ("yes=supports",),
        "dates": "day-first",
    }
    taken(engine, folder, "coded.csv", {"coded.csv": text}, **options)
    assert ["france.a-new-harbour.2025-01-02"] == ids(engine)


@pytest.mark.parametrize(
    ("text", "options", "problem"),
    [
        (
            "Country,position,proposal,date\nA,open,P,2025\n",
            {},
            "no column for actor among 'Country', 'position', 'proposal', 'date'; --map actor='Country' says which one",
        ),
        (
            "Event date,Actor name,Type\n2025,A,CONSULT\n",
            {},
            "--map actor='Actor name' --map proposal=COLUMN --map position=COLUMN --map date='Event date' say which",
        ),
        (CODED, {"map": ("note=remark",)}, "no column has the heading 'remark'"),
        (CODED, {"map": ("actr=actor",)}, "'actr' is nothing that a column may hold"),
        (CODED, {"wide": True}, "a row for each statement"),
        (
            "Country,Toll,Ferry\nA,open,open\n",
            {"map": ("actor=Country",), "set": ("date=2025",)},
            r"is it a table of actors by proposals\? `actorgraph import csv --wide` reads it$",
        ),
        (
            "A,open,P,20250102\nB,open,P,20250103\n",
            {"map": ("actor=A", "position=B", "proposal=C", "date=D")},
            "row 1: '20250102' stands over the dates, and is one itself, so there are no headings; write a line of",
        ),
        ("", {}, "coded.csv"),
    ],
)
def test_a_table_that_cannot_be_read(
    engine: Duckdb, folder: Path, text: str, options: dict[str, Any], problem: str
) -> None:
    with pytest.raises(UsageProblem, match=problem):
        taken(engine, folder, "coded.csv", {"coded.csv": text}, **options)


def test_files_that_are_to_be_joined_say_so(engine: Duckdb, folder: Path) -> None:
    tables = {"v/votes.csv": "id,title\n1,T\n", "v/cast.csv": "vote,member,position\n1,A,open\n"}
    with pytest.raises(UsageProblem, match="2 files with different headings are read as one table: what one row"):
        taken(engine, folder, "v", tables)
    with pytest.raises(UsageProblem, match=r"say which ones they are, --set what holds for all rows$"):
        taken(engine, folder, "w", {f"w/{name}.csv": "member,position\nA,open\n" for name in "ab"})


DATED_TWICE = "actor,position,proposal,date,Date,note,Note\nA,open,P,2025,2024,x,y\n"


@pytest.mark.parametrize(
    ("text", "options", "problem"),
    [
        (DATED_TWICE, {}, "'date' stands over the columns D and E; --map date=D"),
        (DATED_TWICE, {"map": ("date=Date",)}, "'Date' stands over the columns D and E; name one by its letter"),
        (DATED_TWICE, {"map": ("date=E",)}, "'note' stands over the columns F and G; --map note=F"),
        (
            "conditions,actor,position,proposal,date,Conditions\n,A,open,P,2025,\n",
            {},
            "'conditions' stands over the columns A and F",
        ),
    ],
)
def test_a_heading_over_two_columns_says_nothing(
    engine: Duckdb, folder: Path, text: str, options: dict[str, Any], problem: str
) -> None:
    with pytest.raises(UsageProblem, match=rf"coded\.csv, row 1: {problem}"):
        taken(engine, folder, "coded.csv", {"coded.csv": text}, **options)


@pytest.mark.parametrize("twice", ["date", "Date"])
def test_a_heading_over_two_columns_of_parquet_says_nothing(engine: Duckdb, folder: Path, twice: str) -> None:
    names = ["actor", "position", "proposal", "date", twice, "more"]
    cells = [["A"], ["open"], ["P"], ["2025"], ["2024"], [{"inside": {"actor": 1}}]]
    pq.write_table(pa.table(cells, names=names), folder / "coded.parquet")
    with pytest.raises(
        UsageProblem, match=r"coded\.parquet, row 1: 'date' stands over the columns D and E; --map date"
    ):
        take(engine, "coded.parquet", {})
    take(engine, "coded.parquet", {"map": ("date=E",)})
    assert [("2024",)] == engine.run("SELECT date FROM cleaned")


def test_a_heading_over_two_columns_of_a_table_beside_is_told(engine: Duckdb, folder: Path) -> None:
    tables = {"d/statements.csv": CODED, "d/actors.csv": "id,name,Name\nfrance,France,Gaul\n"}
    with pytest.raises(UsageProblem, match=r"d/actors\.csv, row 1: 'name' stands over the columns B and C; rename one"):
        taken(engine, folder, "d", tables)


def test_it_may_stand_over_what_is_not_read_and_a_letter_names_one(engine: Duckdb, folder: Path) -> None:
    text = DATED_TWICE.replace("note", "remark").replace("Note", "Remark")
    made = taken(engine, folder, "coded.csv", {"coded.csv": text}, map=("date=E",))
    assert [("2024",)] == engine.run("SELECT date FROM cleaned")
    assert ("date as given_date", "remark (--map note='remark'?)", "Remark_1") == made.carried


def test_a_heading_over_two_columns_of_a_further_file_is_told(engine: Duckdb, folder: Path) -> None:
    with pytest.raises(UsageProblem, match=r"d/b\.csv, row 1: 'date' stands over the columns D and E; rename one"):
        taken(engine, folder, "d", {"d/a.csv": CODED, "d/b.csv": DATED_TWICE})


def test_other_columns_are_not_read_for_empty_rows_where_every_row_has_an_actor(
    engine: Duckdb, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = engine.run

    def noted(sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        asked.extend([sql] if sql.startswith("SELECT 1 FROM incoming") else [])
        return run(sql, parameters)

    monkeypatch.setattr(engine, "run", noted)
    for actors, questions in ((["A", "B"], 1), (["A", None], 2)):
        cells = [[1, 2], actors, ["open", "open"], ["P", "P"], ["2025", "2025"]]
        names = ["weight", "actor", "position", "proposal", "date"]
        pq.write_table(pa.table(cells, names=names), folder / "coded.parquet")
        take(engine, "coded.parquet", {})
        assert questions == len(asked)
        asked.clear()


@pytest.mark.parametrize("name", ["coded.csv", "coded.parquet"])
def test_rows_in_which_nothing_stands_are_passed_over(engine: Duckdb, folder: Path, name: str) -> None:
    rows = [
        ("France", "open", "P", "2025", "x"),
        (None,) * 5,
        (None, "  ", None, None, ""),
        ("Italy", "nope", "P", "2025", ""),
    ]
    if name.endswith(".csv"):
        lines = [",".join(cell or "" for cell in row) for row in rows]
        (folder / name).write_text("\n".join(("actor,position,proposal,date,remark", *lines)), encoding="utf-8")
    else:
        engine.fill("told", dict.fromkeys(("actor", "position", "proposal", "date", "remark"), "TEXT"), rows)
        engine.write("SELECT * FROM told", name)
    made = taken(engine, folder, name, {})
    assert 2 == made.rows
    assert [4 + name.endswith(".csv")] == [line for each in made.left_out for _, line, _ in each.places]


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("coded.csv", None, "there is no file coded.csv"),
        ("coded.parquet", b"no parquet", "coded.parquet is cut off, or no Parquet file"),
        ("coded.csv", b"actor,position,proposal,date\nA\xff,open,P,2025\n", "coded.csv"),
        ("coded.csv", b"actor,position,proposal,date\nA,open,P,2025\nA,open\n", "coded.csv"),
    ],
)
def test_a_file_that_is_none(engine: Duckdb, folder: Path, name: str, raw: bytes | None, problem: str) -> None:
    if raw is not None:
        (folder / name).write_bytes(raw)
    with pytest.raises(UsageProblem, match=problem):
        take(engine, name, {})


@pytest.mark.parametrize(
    ("last", "problem"),
    [
        (b"B,open\n", r"coded.csv:30002: it has 2 cells, and the header 4"),
        (b"B,open,P,2025,more\n", r"coded.csv:30002: it has 5 cells, and the header 4"),
        (b"B\xff,open,P,2025\n", r"coded.csv:30002: it is not UTF-8; save the file as CSV in UTF-8"),
    ],
)
def test_a_line_that_is_none_is_told_wherever_it_stands(
    engine: Duckdb, folder: Path, last: bytes, problem: str
) -> None:
    """So far behind the beginning that nobody sees it before all is read."""
    (folder / "coded.csv").write_bytes(b"actor,position,proposal,date\n" + b"A,open,P,2025\n" * 30_000 + last)
    with pytest.raises(UsageProblem, match=problem):
        take(engine, "coded.csv", {})


def test_a_folder_without_statements(engine: Duckdb, folder: Path) -> None:
    with pytest.raises(UsageProblem, match="has no table of statements"):
        taken(engine, folder, "d", {"d/actors.csv": "name\nA\n"})
    assert not is_table("d")


def test_what_an_import_brings(engine: Duckdb) -> None:
    things = Things(Model(Header(id="m", title="M")), create=True, today="2026-11-27")
    for key in ("a", "b"):
        things.add("actor", key.upper(), {"name": key.upper(), "kind": "state"}, "t.csv, row 2", key=key)
    things.add("proposal", "P", {"title": "P"}, "t.csv, row 2", key="p")
    things.add("source", "s", {"title": "S", "publisher": "S", "published": "2025-01-03"}, "t.csv, row 2", key="s")
    evidence: list[Any] = [{"source": "s", "lines": "4"}]
    said: dict[str, Any] = {
        "actor": ["a", "b"],
        "position": "open",
        "proposal": "p",
        "date": "2025-01-02",
        "evidence": evidence,
    }
    event: dict[str, Any] = {"id": "vote", "title": "Vote", "date": "2025-01-02", "evidence": evidence}
    arrivals: list[Arrival | Skipped] = [
        Arrival(Draft("stances", None, said), RowPlace("t.csv", 7)),
        Arrival(Draft("events", None, event), RowPlace("t.csv", 7)),
        Skipped(RowPlace("t.csv", 9), "no vote"),
    ]
    made = take_arrivals(engine, arrivals, things, ["t"])
    assert (3, ["vote"], ["a", "b"]) == (made.rows, [event.id for event in made.frame.events], list(made.frame.actors))
    assert [LeftOut("no vote", 1, (("t.csv", 9, None),))] == list(made.left_out)
    assert [
        ("a.p.2025-01-02", '["s","4",null,null,null]', 20250103, 7),
        ("b.p.2025-01-02", '["s","4",null,null,null]', 20250103, 7),
    ] == engine.run("SELECT id, evidence, published, line FROM cleaned ORDER BY id")
    assert [("a.p.2025-01-02", "4")] == engine.run("SELECT DISTINCT jointly, lines FROM cleaned")
    assert {"a.p.2025-01-02": Joint("a.p.2025-01-02", ("a", "b"))} == made.frame.joint


def test_a_header_is_called_as_the_file_or_as_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "coded-votes" == header_of("x/Coded votes.csv.gz").id
    header = header_of("x.csv", key="votes", title="All votes")
    assert ("votes", "All votes") == (header.id, header.title)
    monkeypatch.chdir(tmp_path)
    assert header_of(".").title == tmp_path.name
    with pytest.raises(UsageProblem, match=r"'My votes' is no id; .*, as 'my-votes'"):
        header_of("x.csv", key="My votes")
