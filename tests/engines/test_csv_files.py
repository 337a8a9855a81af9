"""CSV files that cannot be read are told with the line, and what may help."""

import gzip
from pathlib import Path

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import compile_holdings

pytest.importorskip("duckdb", reason="duckdb is not installed")

HEAD = b"actor,position,proposal,date,note\n"
ROW = b"France,supports,Tram,2025-01-02,said\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"", "t.csv is empty; there should be headings, and rows below them"),
        ("t.csv", HEAD + ROW + b"Italy,open,Tram\n" + ROW, "t.csv:3: it has 3 cells, and the header 5"),
        (
            "t.csv",
            HEAD + ROW * 2 + b'Italy,"open,Tram,2025-01-02,said\n' + ROW * 2,
            "t.csv:4: it has 2 cells, and the header 5; a quote that opens in it ends 2 lines below, or nowhere",
        ),
        ("t.csv", HEAD + ROW + b"A,open,Tram,2025," + b"x" * 2_000_001, "t.csv:3: the line has more than 2,000,000"),
        ("t.csv", HEAD + ROW + b"T\xfcrkiye,open,Tram,2025,\n", "t.csv:3: it is not UTF-8"),
        ("t.csv.gz", gzip.compress(HEAD + ROW * 99)[:-9], "t.csv.gz is cut off, or no gzip file"),
        ("t.csv.gz", HEAD + ROW, "t.csv.gz is cut off, or no gzip file"),
    ],
    ids=("empty", "short", "quote", "long", "latin", "cut", "plain"),
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageProblem) as told:
        compile_holdings(tmp_path / name, tmp_path / "h", today="2026-01-01")
    assert message in str(told.value)
    assert not (tmp_path / "h").exists()
