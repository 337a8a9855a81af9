"""CSV files that cannot be read are told with the line, and what may help."""

import gzip
from pathlib import Path

import pytest
from csv_faults import CALLED, FAULTS, HEAD, ROW

from actorgraph.engines.csv_files import headings_in
from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import compile_holdings

pytest.importorskip("duckdb", reason="duckdb is not installed")


@pytest.mark.parametrize(("name", "content", "message"), FAULTS, ids=CALLED)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageProblem) as told:
        compile_holdings(tmp_path / name, tmp_path / "h", today="2026-01-01")
    assert message in str(told.value)
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz"])
def test_empty_lines_above_the_headings_are_passed_over(tmp_path: Path, name: str, sign: str) -> None:
    content = b"\n\r\n" + (HEAD + ROW + b"Italy,maybe,Tram,2025,\n").replace(b",", sign.encode())
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    made = compile_holdings(tmp_path / name, tmp_path / "h", today="2026-01-01")
    assert (2, [5]) == (made.rows, [line for each in made.left_out for _, line, _ in each.places])


def test_a_heading_may_have_several_lines() -> None:
    assert ["actor", "who\nor what", "date"] == headings_in('actor,"who\nor what",date\n')
