"""Parquet holds the rows of a day with their types, as other readers see them."""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from asking import HARBOUR, ask
from pyarrow import parquet
from terminals import in_a_terminal

from actorgraph import everything, load

SHIPPED = "graphs/ukraine-troops"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.parquet"


def export(file: Path, *options: str) -> None:
    done = ask("export", "parquet", "-o", str(file), *options)
    assert 0 == done.exit_code, done.output


def test_polars_reads_the_frame_that_an_answer_is(file: Path) -> None:
    export(file, "-m", SHIPPED, "--as-of", "2026-01-10")
    expected = everything(load(SHIPPED), as_of="2026-01-10").to_frame("polars")
    assert expected.schema == pl.read_parquet(file).schema
    assert expected.equals(pl.read_parquet(file))


def test_pyarrow_sees_proper_types(file: Path) -> None:
    export(file, "-m", SHIPPED, "--as-of", "2026-01-10")
    schema = parquet.read_schema(file)
    kinds = {"since": pa.date32(), "since_date": pa.string(), "contested": pa.bool_(), "at_least": pa.float64()}
    assert kinds == {name: schema.field(name).type for name in kinds}
    assert pa.types.is_list(schema.field("sources").type)


def test_pandas_reads_it(file: Path) -> None:
    export(file, "-m", SHIPPED, "--as-of", "2026-01-10")
    rows: Any = everything(load(SHIPPED), as_of="2026-01-10").records()
    frame = pd.read_parquet(file)
    assert [row["since"] for row in rows] == [day.isoformat() for day in frame["since"]]
    assert [list(row["urls"]) for row in rows] == [list(urls) for urls in frame["urls"]]


def test_a_day_without_rows_has_the_same_columns(file: Path) -> None:
    export(file, *HARBOUR, "--as-of", "1900")
    empty = parquet.read_table(file)
    export(file, *HARBOUR, "--as-of", "2026-06")
    assert (0, empty.schema.names) == (empty.num_rows, parquet.read_schema(file).names)
    assert empty.schema.types == parquet.read_schema(file).types


def test_the_file_says_what_it_holds(file: Path) -> None:
    export(file, *HARBOUR, "--as-of", "2026-06", "--without", "Open letter")
    about = json.loads((parquet.read_schema(file).metadata or {})[b"actorgraph"])
    assert ("minimal", "2026-06-30", 1) == (about["model"], about["as_of"], len(about["without"]))


def test_the_help_needs_no_pyarrow_and_the_format_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "parquet" in ask("export", "--help").stdout
    done = ask("export", "parquet", *HARBOUR, "-o", str(file))
    assert (2, False) == (done.exit_code, file.exists())
    assert 'parquet needs pyarrow, which is not installed: pip install "actorgraph[parquet]"' in done.stderr


def test_it_can_be_piped_and_is_no_text_for_a_terminal(file: Path) -> None:
    export(file, *HARBOUR, "--as-of", "2026-06")
    assert file.read_bytes() == ask("export", "parquet", *HARBOUR, "--as-of", "2026-06").stdout_bytes
    code, text = in_a_terminal(sys.executable, "-m", "actorgraph", "export", "parquet", *HARBOUR, environment={})
    assert (2, True) == (code, "it is no text for a terminal; name a file: -o FILE" in " ".join(text.split()))


@pytest.mark.parametrize(
    ("form", "name", "ending"),
    [("csl-json", "s.bib", ".json"), ("bibtex", "s.json", ".bib"), ("node-link", "g.gexf", ".json")],
)
def test_a_name_that_says_something_else_is_refused(form: str, name: str, ending: str, tmp_path: Path) -> None:
    done = ask("export", form, *HARBOUR, "-o", str(tmp_path / name))
    assert (2, []) == (done.exit_code, list(tmp_path.iterdir()))
    assert done.stderr.rstrip().endswith(f"name a file that ends in {ending}")
