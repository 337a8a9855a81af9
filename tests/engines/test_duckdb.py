"""DuckDB as an engine: what goes in comes out, and what cannot be done is said in a sentence."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.table_engine import FILE, ROW

ROWS = [(None, None), ("x", 1), ("", 2), ('q"u,o\nte\\é', 5)]


def test_what_is_filled_in_comes_out(engine: Duckdb) -> None:
    engine.fill("kept", {"position": "TEXT", "until": "INTEGER"}, ROWS)
    assert ROWS == engine.run("SELECT position, until FROM kept ORDER BY until")
    assert [[(None,), ("x",)], [("",)]] == list(
        engine.blocks("SELECT position FROM kept WHERE until IS NULL OR until < ? ORDER BY until", (5,), size=2)
    )


def test_its_scratch_folder_is_held(engine: Duckdb) -> None:
    """So that the next engine takes it away where this process is killed (`engines.scratch`)."""
    assert Path(engine.scratch, ".in-use").exists()


def test_a_table_takes_the_place_of_another(engine: Duckdb) -> None:
    engine.make("kept", "SELECT 1 AS n")
    engine.view("kept", "SELECT 2 AS n")
    engine.make("kept", "SELECT 3 AS n")
    assert [(3,)] == engine.run("SELECT n FROM kept")
    engine.drop("kept")
    engine.drop("kept")
    engine.make("kept", "SELECT 4 AS n")
    assert {"n"} == engine.columns("kept").keys()


def test_what_is_written_is_read_again_in_order(engine: Duckdb, tmp_path: Path) -> None:
    file = str(tmp_path / "it's.parquet")
    engine.fill("kept", {"position": "TEXT", "until": "INTEGER"}, ROWS)
    engine.write("SELECT position, until FROM kept ORDER BY until DESC", file)
    engine.read("again", [file], numbered=True)
    assert [(5, 1), (2, 2), (1, 3), (None, 4)] == engine.run(f"SELECT until, {ROW} FROM again ORDER BY {ROW}")


def test_rows_are_numbered_whatever_the_columns_are_called(engine: Duckdb, tmp_path: Path) -> None:
    """DuckDB has a name of its own for the number of a row of a file."""
    files = [str(tmp_path / f"{number}.parquet") for number in range(2)]
    for file in files:
        engine.write("SELECT range AS n, 7 AS File_Row_Number FROM range(3) ORDER BY n DESC", file)
    engine.read("own", files, numbered=True)
    expected = [(file, 2 - at, 7, at + 1) for file in files for at in range(3)]
    assert expected == engine.run(f"SELECT {FILE}, n, File_Row_Number, {ROW} FROM own ORDER BY {FILE}, {ROW}")


def test_parts_stand_apart(engine: Duckdb, tmp_path: Path) -> None:
    engine.fill("kept", {"a": "TEXT", "part": "INTEGER"}, [("x", 1), ("y", 2), ("z", 1)])
    engine.write_parts("SELECT a, part FROM kept", str(tmp_path), parts=2)
    engine.read("one", [str(file) for file in (tmp_path / "part=1").iterdir()])
    assert [("x",), ("z",)] == engine.run("SELECT a FROM one ORDER BY a")


def test_rows_of_sheets_are_text_and_bear_their_number(engine: Duckdb, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("actor,n\nx,01\ny,\n", encoding="utf-8")
    engine.read("sheet", [str(tmp_path / "a.csv")], numbered=True)
    assert [("x", "01", 1), ("y", None, 2)] == engine.run(f"SELECT actor, n, {ROW} FROM sheet ORDER BY {ROW}")


def test_large_tables_lie_on_the_disk_and_go_with_the_engine() -> None:
    engine = Duckdb(on_disk=True)
    engine.make("many", "SELECT range AS n, sha256(CAST(range AS VARCHAR)) AS text FROM range(300000)")
    assert [(300000,)] == engine.run("SELECT COUNT(*) FROM many WHERE LENGTH(text) = 64")
    scratch = Path(engine.scratch)
    assert (scratch / "tables.duckdb").stat().st_size > 10_000_000
    engine.close()
    assert not scratch.exists()


def test_columns_that_do_not_go_together_are_told(engine: Duckdb) -> None:
    with pytest.raises(UsageProblem, match=r"a column holds something else than its like in another table: .*'x'"):
        engine.run("SELECT 'x' AS bar UNION ALL SELECT [1, 2] AS bar")


def test_each_of_hundreds_of_parts_is_one_file(tmp_path: Path) -> None:
    """Where fewer may be open at once, what belongs to one of them is spread over many."""
    engine = Duckdb(on_disk=True)
    rows = "SELECT range AS n, range % 300 AS part FROM range(1500000)"
    engine.write_parts(rows, str(tmp_path), parts=300)
    (file,) = (str(file) for file in (tmp_path / "part=7").iterdir())
    engine.read("one", [file])
    assert [(5000, 7)] == engine.run("SELECT COUNT(*), MIN(n) FROM one")
    engine.close()


@pytest.mark.parametrize("name", ["votes[1]", "vo?es", "vot*s", "a[b", "a'b", "VOTES"])
@pytest.mark.parametrize("ending", ["csv", "parquet", "PARQUET"])
def test_a_path_is_that_of_one_file(engine: Duckdb, tmp_path: Path, name: str, ending: str) -> None:
    for number, known in enumerate((name, "votes1", "votes", "votXs")):
        file = tmp_path / f"{known}.{ending}"
        if ending == "csv":
            file.write_text(f"n\n{number}\n", encoding="utf-8")
        else:
            engine.write(f"SELECT {number} AS n", str(file))
    engine.read("one", [str(tmp_path / f"{name}.{ending}")], numbered=True)
    assert [("0", 1)] == engine.run(f"SELECT CAST(n AS VARCHAR), {ROW} FROM one")
    assert "0" in engine.text(str(tmp_path / f"{name}.csv")) if ending == "csv" else True


def test_a_row_may_begin_with_a_hash(engine: Duckdb, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n#x,1\ny,2\n", encoding="utf-8")
    engine.read("one", [str(file)])
    assert [("#x", "1"), ("y", "2")] == engine.run("SELECT a, b FROM one")
    file.write_text("a,b\ny,2\n# a comment\n#x,1\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"a\.csv:3: it has 1 cell, and the header 2"):
        engine.read("one", [str(file)])


def test_a_moment_has_one_day_wherever_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    engine = Duckdb()
    engine.write("SELECT TIMESTAMPTZ '2024-01-05 01:30:00+00' AS moment", str(tmp_path / "a.parquet"))
    engine.read("one", [str(tmp_path / "a.parquet")])
    sql = "SELECT CAST(moment AS VARCHAR) FROM one"
    assert ["2024-01-05 01:30:00+00"] * 2 == [
        engine.run(sql)[0][0],
        *(row[0] for block in engine.blocks(sql) for row in block),
    ]
    engine.close()
    monkeypatch.undo()
    time.tzset()


def test_what_is_no_file_is_said(engine: Duckdb, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"there is no file .*nowhere\.parquet"):
        engine.read("sheet", [str(tmp_path / "nowhere.parquet")])
    (tmp_path / "broken.parquet").write_text("no", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"broken\.parquet is cut off, or no Parquet file$"):
        engine.read("sheet", [str(tmp_path / "broken.parquet")], numbered=True)
    with pytest.raises(UsageProblem, match=r"is cut off, or no Parquet file; if it is of holdings, compile them from"):
        engine.read("stored", [str(tmp_path / "broken.parquet")])


def test_all_that_duckdb_says_of_a_damaged_file_is_said_in_a_sentence(engine: Duckdb) -> None:
    import duckdb

    corrupt = "Parquet metadata is corrupt. Column chunk has a negative offset or size"
    message = rf"^a file is damaged \({corrupt}\); if it is of holdings, compile them"
    with pytest.raises(UsageProblem, match=message), engine._plain_words():  # noqa: SLF001 - what it says
        raise duckdb.Error(corrupt)


def test_what_the_disk_does_not_take_is_said_as_everywhere(tmp_path: Path) -> None:
    """In another process, since the limit stays."""
    program = (
        "import resource, signal, sys\n"
        "from actorgraph.engines.duckdb import Duckdb\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    Duckdb().write('SELECT range, random() FROM range(1000000)', sys.argv[1])\n"
        "except OSError as error:\n"
        "    print(error)\n"
    )
    file = str(tmp_path / "large.parquet")
    done = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True)
    assert f"[Errno {errno.EFBIG}] {os.strerror(errno.EFBIG)}: '{file}'\n" == done.stdout


def test_ctrl_c_is_what_it_is_everywhere(engine: Duckdb) -> None:
    """DuckDB says it in words of its own. When it comes to a stop is its own affair: at times after minutes."""
    with pytest.raises(KeyboardInterrupt), engine._plain_words():  # noqa: SLF001 - what it says
        raise RuntimeError("Query interrupted")
    assert [(1,)] == engine.run("SELECT 1")


def test_what_takes_too_much_memory_is_said() -> None:
    engine = Duckdb(memory="20MB")
    with pytest.raises(
        UsageProblem, match=r"more than 20MB of memory, .* --memory, or to a question with ACTORGRAPH_M"
    ):
        engine.run("SELECT list(range) FROM range(100000000)")
    engine.close()


@pytest.mark.parametrize("memory", ["much", "-1GB", "-1", "none", "null"])
def test_memory_is_an_amount(memory: str) -> None:
    with pytest.raises(UsageProblem, match=f"'{memory}' is no amount of memory; say it as 2GB or 500MB"):
        Duckdb(memory=memory)


@pytest.mark.parametrize("memory", ["2GB", " 2GB", "1.5GB", "500 MB"])
def test_memory_may_be_written_as_duckdb_reads_it(memory: str) -> None:
    engine = Duckdb(memory=memory)
    assert [(1,)] == engine.run("SELECT 1")
    engine.close()
