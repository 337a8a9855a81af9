"""Which files a table of statements is made of."""

import os
from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.table_files import is_table, table_files


@pytest.mark.parametrize("name", ["datapackage.json", "", "notes.dna"])
def test_what_only_an_import_reads_is_told(tmp_path: Path, name: str) -> None:
    """The tables of a data package, read as statements, would lose what they rest on, and what they are about."""
    for table in ("datapackage.json", "stances.csv", "evidence.csv", "notes.dna"):
        (tmp_path / table).write_text("id,actor\n", encoding="utf-8")
    way = "dna" if name.endswith("dna") else "datapackage"
    with pytest.raises(
        UsageProblem, match=f"`actorgraph import {way}` takes it into a model, and `actorgraph compile`"
    ):
        is_table(str(tmp_path / name))


def test_a_table_is_known_by_its_name(tmp_path: Path) -> None:
    """A table by another name was read as a model, and told to be no mapping of keys."""
    for name in ("events.tab", "events.txt", "model.YAML", "sheet.xlsx"):
        (tmp_path / name).write_text("actor\tposition\n", encoding="utf-8")
    assert is_table(str(tmp_path / "events.tab"))
    assert not is_table(str(tmp_path / "model.YAML"))
    assert not is_table(str(tmp_path / "sheet.xlsx"))
    with pytest.raises(
        UsageProblem, match=r"events\.txt: the name of a table ends in \.parquet, \.csv, \.tsv, \.tab, "
    ):
        is_table(str(tmp_path / "events.txt"))


def test_a_folder_of_statements_may_be_described_as_a_data_package(tmp_path: Path) -> None:
    for table in ("datapackage.json", "stances.csv", "statements.csv", "actors.csv"):
        (tmp_path / table).write_text("id,actor\n", encoding="utf-8")
    assert is_table(str(tmp_path))
    assert (str(tmp_path / "statements.csv"),) == table_files(str(tmp_path)).statements


def test_a_folder_whose_tables_stand_further_down_says_so(tmp_path: Path) -> None:
    """As many programs write a large table, in parts; it was told that it holds no YAML file."""
    part = tmp_path / "votes" / "year=2024"
    part.mkdir(parents=True)
    (part / "b.parquet").touch()
    (part / "a.csv").touch()
    with pytest.raises(UsageProblem, match=r"alone, such as .*a\.csv; name one .* into a folder statements in it$"):
        is_table(str(tmp_path / "votes"))
    (tmp_path / "votes" / "model.yaml").touch()
    assert not is_table(str(tmp_path / "votes"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    with pytest.raises(UsageProblem, match="is no file, but a pipe or a device; write into a file what comes of it"):
        table_files(str(tmp_path / "t.csv"))
