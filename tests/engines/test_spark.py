"""Spark on this machine as an engine: what goes in comes out, and what cannot be done is said in a sentence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from asking import answer
from csv_faults import FAULTS
from spark_cluster import missing

from actorgraph.cli.shared import Shared
from actorgraph.engines.compile import compile_model
from actorgraph.engines.folder import manifest_of, writing
from actorgraph.engines.opening import open_holdings
from actorgraph.engines.sources import MORE_SOURCES
from actorgraph.engines.spark import Spark
from actorgraph.engines.table_engine import FILE, ROW
from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import append_source, compile_source
from actorgraph.ledger.load import read_sound
from actorgraph.ledger.store import Ledger

pytestmark = [pytest.mark.cluster, pytest.mark.skipif(missing() is not None, reason=str(missing()))]


@pytest.fixture(scope="module")
def engine() -> Iterator[Spark]:
    made = Spark("local[2]")
    yield made
    made.close()


ROWS = [(None, None), ("x", 1), ("", 2), ('q"u,o\nte\\é', 5)]


def test_what_is_filled_in_comes_out(engine: Spark) -> None:
    engine.fill("kept", {"position": "TEXT", "until": "INTEGER"}, ROWS)
    assert ROWS == engine.run("SELECT position, until FROM kept ORDER BY until")
    assert [[(None,), ("x",)], [("",)]] == list(
        engine.blocks("SELECT position FROM kept WHERE until IS NULL OR until < ? ORDER BY until", (5,), size=2)
    )


def test_what_is_filled_in_bit_by_bit_is_whole(engine: Spark) -> None:
    engine.fill("kept", {"n": "INTEGER"}, ((number,) for number in range(100_001)))
    assert [(100_001, 5_000_050_000)] == engine.run("SELECT COUNT(*), SUM(n) FROM kept")


def test_its_scratch_folder_is_held(engine: Spark) -> None:
    """So that the next engine takes it away where this process is killed (`engines.scratch`)."""
    assert Path(engine.scratch, ".in-use").exists()


def test_a_table_takes_the_place_of_another(engine: Spark) -> None:
    engine.make("kept", "SELECT 1 AS n")
    engine.view("kept", "SELECT 2 AS n")
    engine.make("kept", "SELECT 3 AS n")
    engine.make("kept", "SELECT n + 1 AS n FROM kept")
    assert [(4,)] == engine.run("SELECT n FROM kept")
    engine.drop("kept")
    engine.drop("kept")
    engine.make("kept", "SELECT 4 AS n")
    assert {"n"} == engine.columns("kept").keys()


@pytest.mark.parametrize("text", ["it's", "a\\b", "\\", "\\'", "a\nb", "? :x", "${x}", "-- x", "ö😀", '"', "%a\\_b%"])
def test_a_text_stays_as_it_is(engine: Spark, text: str) -> None:
    literal = text.replace("'", "''")
    asked = f"SELECT '{literal}', ?, '{literal}' = ?, '{literal}' LIKE ?"
    assert [(text, text, True, True)] == engine.run(asked, (text, text, text))


def test_a_question_may_have_many_parameters(engine: Spark) -> None:
    engine.fill("kept", {"n": "INTEGER"}, ((number,) for number in range(1000)))
    marks = ", ".join("?" * 500)
    assert [(500,)] == engine.run(f"SELECT COUNT(*) FROM kept WHERE n IN ({marks})", range(500))


def test_texts_are_joined_in_the_order_of_others(engine: Spark) -> None:
    engine.fill("kept", {"said": "TEXT", "line": "INTEGER"}, [("b", 10), ("a", 9), (None, 8), ("c", 1)])
    assert [("c,a,b",)] == engine.run(f"SELECT {engine.joined('said', 'line')} FROM kept")


def test_what_is_written_is_read_again_in_order(engine: Spark, tmp_path: Path) -> None:
    folder = tmp_path / "it's [1] ö%.parquet"
    engine.fill("kept", {"position": "TEXT", "until": "INTEGER"}, ROWS)
    engine.write("SELECT position, until, NULL AS nothing FROM kept ORDER BY until DESC", str(folder))
    (file,) = map(str, folder.glob("*.parquet"))
    engine.read("again", [file], numbered=True)
    assert [
        (5, None, 1, file),
        (2, None, 2, file),
        (1, None, 3, file),
        (None, None, 4, file),
    ] == engine.run(f"SELECT until, nothing, {ROW}, {FILE} FROM again ORDER BY {ROW}")
    engine.read("again", [str(folder)])
    assert ROWS == engine.run("SELECT position, until FROM again ORDER BY until")


def test_parts_stand_apart_and_are_replaced(engine: Spark, tmp_path: Path) -> None:
    engine.fill("kept", {"a": "TEXT", "part": "INTEGER"}, [("x", 1), ("y", 2), ("z", 1)])
    engine.write_parts("SELECT a, part FROM kept", str(tmp_path), parts=2)
    engine.write_parts("SELECT 'new' AS a, 2 AS part", str(tmp_path), parts=1)
    for part, rows in ((1, [("x",), ("z",)]), (2, [("new",)])):
        engine.read("one", [str(file) for file in (tmp_path / f"part={part}").glob("*.parquet")])
        assert rows == engine.run("SELECT * FROM one ORDER BY a")


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("actor,n\nx,01\ny,\n", [("x", "01", 1), ("y", None, 2)]),
        ("\ufeffactor,n\r\nü,1\r\n\r\ny,2", [("ü", "1", 1), ("y", "2", 2)]),
        ('actor;n\n"a ""q"", b\nc";\\\n x ;a,b\n', [('a "q", b\nc', "\\", 1), (" x ", "a,b", 2)]),
        ("actor\tn\n", []),
        ("actor,n\nx,\r\n\r\ny,2\n", [("x", None, 1), ("y", "2", 2)]),
        ('actor,n\r\nx,"1\n2"\ny,2\r\n', [("x", "1\n2", 1), ("y", "2", 2)]),
        ('actor,n\nx, "1, 2"\n', [("x", "1, 2", 1)]),
    ],
    ids=["text", "of a spreadsheet", "with quotes", "empty", "two ends", "two ends and a break", "blank before quote"],
)
def test_rows_of_sheets_are_text_and_bear_their_number(
    engine: Spark, tmp_path: Path, sheet: str, rows: list[tuple[str | None, ...]]
) -> None:
    (tmp_path / "a.csv").write_text(sheet, encoding="utf-8", newline="")
    engine.read("sheet", [str(tmp_path / "a.csv")], numbered=True)
    assert rows == engine.run(f"SELECT actor, n, {ROW} FROM sheet ORDER BY {ROW}")


def test_columns_of_sheets_are_called_as_duckdb_calls_them(engine: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",actor , note,Note,`,\n0,x,y,z,v,w\n", encoding="utf-8")
    engine.read("sheet", [str(tmp_path / "a.csv")])
    assert ["column0", "actor", "note", "Note_1", "`", "column5"] == list(engine.columns("sheet"))
    assert [tuple("0xyzvw")] == engine.run("SELECT * FROM sheet")
    engine.read("sheet", [f"file://{tmp_path}/a.csv"])
    assert ["column0", "actor", "note", "Note_1", "`", "column5"] == list(engine.columns("sheet"))
    (tmp_path / "b.csv").write_text('actor,"who\nor what",n\nx,y,z\n', encoding="utf-8")
    for file in (f"file://{tmp_path}/b.csv", f"{tmp_path}/b.csv"):
        engine.read("sheet", [file])
        assert {"actor": "x", "n": "z", "who\nor what": "y"} == dict(
            zip(engine.columns("sheet"), engine.run("SELECT * FROM sheet")[0], strict=True)
        )


def test_rows_of_several_sheets_bear_their_number_in_each(engine: Spark, tmp_path: Path) -> None:
    files = [str(tmp_path / name) for name in ("a b.csv", "c.csv")]
    for file in files:
        Path(file).write_text("n\n1\n2\n", encoding="utf-8")
    engine.read("sheet", files, numbered=True)
    assert [
        (file, line, str(line)) for file in files for line in (1, 2)
    ] == engine.run(f"SELECT {FILE}, {ROW}, n FROM sheet ORDER BY {FILE}, {ROW}")  # fmt: skip


def test_sheets_of_one_table_may_differ_in_their_columns(engine: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("x\ty\n1\t2\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("y\tz\tx\n5\t6\t4\n8\t9\t7\n", encoding="utf-8")
    engine.read("sheets", [str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv")], numbered=True)
    found = engine.run(f"SELECT x, y, z, {ROW} FROM sheets ORDER BY x")
    assert [("1", "2", None, 1), ("4", "5", "6", 1), ("7", "8", "9", 2)] == found


def test_what_is_no_file_is_said(engine: Spark, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"^there is no file .*nowhere\.parquet$"):
        engine.read("sheet", [str(tmp_path / "nowhere.parquet")])
    (tmp_path / "broken.parquet").write_text("no", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"broken\.parquet is cut off, or no Parquet file; if it is of holdings"):
        engine.read("sheet", [str(tmp_path / "broken.parquet")])
    (tmp_path / "ragged.csv").write_text("a,b\n1\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"ragged\.csv:2: it has 1 cell, and the header 2$"):
        engine.read("sheet", [str(tmp_path / "ragged.csv")])


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_moments_in_nanoseconds_are_said_to_be_none_of_spark(engine: Spark, tmp_path: Path, zone: str | None) -> None:
    file = tmp_path / "moments.parquet"
    pq.write_table(pa.table({"date": pa.array([0], pa.timestamp("ns", zone))}), file)
    message = r"moments\.parquet cannot be read: Spark reads no moments .* nanoseconds; save them in microseconds"
    with pytest.raises(UsageProblem, match=message):
        engine.read("moments", [str(file)])


@pytest.mark.parametrize("kind", [pa.time32("ms"), pa.time64("us"), pa.float16(), pa.decimal256(50, 2)], ids=str)
def test_a_type_that_spark_does_not_have_is_told_with_what_to_do(
    engine: Spark, tmp_path: Path, kind: pa.DataType
) -> None:
    file = tmp_path / "odd.parquet"
    pq.write_table(pa.table({"odd": pa.array([None], kind)}), file)
    fix = r"odd\.parquet cannot be read: .*; save that column as another type, or compile without --engine, by DuckDB$"
    with pytest.raises(UsageProblem, match=fix):
        engine.read("odd", [str(file)], numbered=True)


def test_a_large_amount_that_is_kept_as_a_fraction_is_read(engine: Spark, tmp_path: Path) -> None:
    """Spark writes it as 2.0E7, which is no number to anybody else: its row was left out."""
    said = {"position": ["pledges"] * 4, "proposal": ["P"] * 4, "date": ["2024"] * 4, "unit": ["euros"] * 4}
    amounts = {"A": 2e7, "B": 12345678.9, "C": 12345678.125, "D": 0.00025}
    table = pa.table({**said, "actor": list(amounts), "amount": list(amounts.values())})
    pq.write_table(table, tmp_path / "a.parquet")
    assert () == compile_source(engine, str(tmp_path / "a.parquet"), str(tmp_path / "h")).left_out
    with open_holdings(tmp_path / "h") as ledger:
        found = ledger.rows("SELECT amounts FROM holdings WHERE amounts IS NOT NULL ORDER BY actor")
    read = ("20000000", "12345678.9", "12345678.125", "0.00025")
    assert [(f'[[20241231,99991231,"{text}","{text}","euros"]]',) for text in read] == found


def test_what_is_wrong_with_a_sheet_is_told_as_every_engine_tells_it(engine: Spark, tmp_path: Path) -> None:
    for name, content, message in FAULTS:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageProblem) as told:
            engine.read("sheet", [str(tmp_path / name)])
        assert message in str(told.value)


def test_what_is_wrong_far_below_is_told_where_spark_comes_upon_it(
    engine: Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actorgraph.engines.spark.FIRST_FILES", 0)
    (tmp_path / "ragged.csv").write_text("\na;b\n1;2\n3\n", encoding="utf-8")
    engine.read("sheet", [str(tmp_path / "ragged.csv")], numbered=True)
    with pytest.raises(UsageProblem, match=r"ragged\.csv:4: it has 1 cell, and the header 2$"):
        engine.run("SELECT * FROM sheet")


def test_rows_below_empty_lines_bear_the_number_of_their_line(engine: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n\nactor;n\nx;1\n", encoding="utf-8")
    engine.read("sheet", [str(tmp_path / "a.csv")], numbered=True)
    assert [("x", "1", 3)] == engine.run(f"SELECT actor, n, {ROW} FROM sheet")


def test_the_day_of_a_moment_is_that_in_utc_on_every_machine(engine: Spark) -> None:
    assert [("2024-02-29",)] == engine.run(
        "SELECT SUBSTR(CAST(TIMESTAMP '2024-03-01 02:00:00+10:00' AS STRING), 1, 10)"
    )


def test_columns_that_are_alike_are_called_as_their_file_calls_them(engine: Spark, tmp_path: Path) -> None:
    pq.write_table(pa.table([["A"], ["B"]], names=["actor", "Actor"]), tmp_path / "a.parquet")
    assert ["actor", "Actor"] == engine.names_in(str(tmp_path / "a.parquet"))


def test_a_file_that_goes_is_said(engine: Spark, tmp_path: Path) -> None:
    engine.write("SELECT 1 AS n", str(tmp_path / "n"))
    engine.read("gone", [str(tmp_path / "n")])
    for file in (tmp_path / "n").iterdir():
        file.unlink()
    with pytest.raises(UsageProblem, match=r"^Spark could not do it: .*does not exist"):
        engine.run("SELECT * FROM gone")


def test_several_engines_share_a_process_and_no_tables(engine: Spark, capfd: pytest.CaptureFixture[str]) -> None:
    engine.make("kept", "SELECT 1 AS n")
    other = Spark("local[2]")
    other.make("kept", "SELECT 2 AS n")
    assert [(1,)] == engine.run("SELECT n FROM kept")
    other.close()
    other.close()
    assert [(1,)] == engine.run("SELECT n FROM kept")
    with pytest.raises(UsageProblem, match=r"^this program is at work on local\[2\]; close that before you ask local$"):
        Spark("local")
    assert ("", "") == capfd.readouterr()


# -- every question ------------------------------------------------------------------------------------------------


class Lasting(Spark):
    """Spark that goes on when a ledger that asks it is closed: to begin anew for each question would take minutes."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def holdings(engine: Spark, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Lasting]]:
    """Return the engine that has read a model's folder of holdings, which it wrote itself."""
    made: dict[str, Lasting] = {}

    def of(path: str) -> Lasting:
        if path not in made:
            folder = tmp_path_factory.mktemp("holdings")
            with writing(str(folder)) as new:
                compile_model(engine, read_sound(path)[0], new, made_of={})
            made[path] = Lasting(engine.master)
            for table, files in manifest_of(str(folder)).tables.items():
                made[path].read(table, [str(folder / file) for file in files])
        return made[path]

    yield of
    for lasting in made.values():
        Spark.close(lasting)


TROOPS = "graphs/ukraine-troops"
NATURE = "graphs/nature-restoration"


@pytest.mark.parametrize(
    ("path", "question"),
    [
        (TROOPS, "who opposes,declines multinational-force"),
        (TROOPS, "who any multinational-force --as-of 2026-01-10 --parts"),
        (TROOPS, "who silent multinational-force"),
        (NATURE, "who supports,opposes nature-restoration-law"),
        (TROOPS, "what italy --as-of 2026-01-10"),
        (TROOPS, "why italy multinational-force"),
        (TROOPS, "timeline multinational-force"),
        (NATURE, "timeline council"),
        (TROOPS, "diff 2025-10-01 2026-01-10 --all"),
        (TROOPS, "tally --since 2025-10-01 --as-of 2026-01-10"),
        (NATURE, "tally nature-restoration-law --by kind"),
        (TROOPS, "disputes"),
        (TROOPS, "align uk france"),
        (NATURE, "series index"),
        (TROOPS, "list stances"),
        (TROOPS, "list sources"),
        (TROOPS, "show ceasefire"),
        (NATURE, "show council"),
    ],
)
def test_every_answer_is_that_of_the_curated_model(
    holdings: Callable[[str], Lasting], monkeypatch: pytest.MonkeyPatch, path: str, question: str
) -> None:
    arguments = (*question.split(), "--model", path)
    expected = answer(*arguments)
    lasting = holdings(path)
    monkeypatch.setattr(Shared, "open", lambda _: Ledger(lasting))
    assert expected == answer(*arguments)


def test_sources_that_a_frame_has_no_room_for_answer_there_too(
    engine: Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actorgraph.exchange.sheets.coded_sources.MOST_SOURCES", 0)
    table = tmp_path / "coded.csv"
    for number, rows in enumerate(
        ("Italy,opposes,Tram,2025-01-02,a,2025-01-03", "Spain,open,Tram,2025-02-02,b,2025-02")
    ):
        table.write_text(f"actor,position,proposal,date,source,published\n{rows}\n", encoding="utf-8")
        (append_source if number else compile_source)(engine, str(table), str(tmp_path / "h"))
    assert MORE_SOURCES in manifest_of(str(tmp_path / "h")).tables
    with open_holdings(tmp_path / "h", engine="local[2]") as ledger:
        assert {"a-2025-01-03": "a", "b-2025-02": "b"} == ledger.names("source")
    with open_holdings(tmp_path / "h", engine="local[2]", without=["b"], known_by="2025") as ledger:
        assert (["a"], ["b-2025-02"]) == ([source.name for source in ledger.things("source")], list(ledger.without))
