"""CSV files that cannot be read are told with the line, and what may help."""

import gzip
from pathlib import Path

import pytest

from actorgraph.engines.csv_files import headings_in
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
        *(
            ("t.csv", raw, "t.csv is UTF-16, and not UTF-8; save the file as CSV in UTF-8")
            for raw in (
                (HEAD + ROW).decode().encode("utf-16-le"),
                (HEAD + ROW).decode().encode("utf-16-be"),
                b"\xff\xfe" + (HEAD + ROW).decode().encode("utf-16-le"),
                b"\xfe\xff" + (HEAD + ROW).decode().encode("utf-16-be"),
            )
        ),
        ("t.csv.gz", gzip.compress((HEAD + ROW).decode().encode("utf-16")), "t.csv.gz is UTF-16, and not UTF-8"),
        (
            "t.csv",
            HEAD + ROW + b'Italy,open,Tram,2025,"unclosed\n',
            "t.csv:3: a quote that opens in it is closed nowhere, or in the middle of a cell further below",
        ),
        ("t.csv", HEAD + ROW + b'Italy,open,Tram,2025,"unclosed\n' + ROW * 30_000, "t.csv:3: a quote that opens in it"),
        ("t.csv", HEAD + ROW * 30_000 + b'Italy,open,Tram,2025,"unclosed\n', "t.csv:30002: a quote that opens in it"),
        (
            "t.csv.gz",
            gzip.compress(HEAD + ROW + b'Italy,open,Tram,2025,"unclosed\n'),
            "t.csv.gz:3: a quote that opens in it",
        ),
        (
            "t.csv",
            b"sep=;\n" + (HEAD + ROW).replace(b",", b";"),
            "t.csv:1: 'sep=;' is for Excel alone, and no heading; delete this line",
        ),
        ("t.csv", b"\n,,,,\n" + HEAD + ROW, "t.csv:2: its cells are empty, where headings should stand; delete this"),
        ("t.csv.gz", gzip.compress(HEAD + ROW * 99)[:-9], "t.csv.gz is cut off, or no gzip file"),
        ("t.csv.gz", HEAD + ROW, "t.csv.gz is cut off, or no gzip file"),
    ],
    ids=(
        *("empty", "short", "quote", "long", "latin", "utf-16-le", "utf-16-be", "utf-16-le-bom", "utf-16-be-bom"),
        *("utf-16-gz", "open-quote", "open-quote-above", "open-quote-below", "open-quote-gz", "sep", "commas", "cut"),
        "plain",
    ),
)
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
