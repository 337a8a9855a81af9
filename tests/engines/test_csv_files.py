"""CSV files that cannot be read are told with the line, and what may help."""

import gzip
from pathlib import Path

import pytest
from csv_faults import CALLED, FAULTS, HEAD, ROW

from actorgraph.engines.csv_files import columns_under, gaps_in, headings_in, is_odd, not_utf_8, write_plainly
from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import compile_holdings
from actorgraph.exchange.sheets.sheet_rows import rows_of

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb


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


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz"])
def test_a_row_has_the_number_that_an_import_tells_where_lines_are_empty(tmp_path: Path, name: str, end: str) -> None:
    heading, quote = "actor,position,proposal,date,note", 'France,open,Tram,2025,"a\n\nb"'
    maybe = [f"{actor},maybe,Tram,2025," for actor in ("Italy", "Malta", "Spain")]
    rows = ["", heading, "", maybe[0], "", "", quote.replace("\n", end), maybe[1], ",,,,", maybe[2], "", ""]
    content = end.join(rows).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    told = [row.number for row in rows_of(content.decode(), name, ",") if "maybe" in row.cells]
    made = compile_holdings(tmp_path / name, tmp_path / "h", today="2026-01-01")
    assert [4, 8, 10] == told
    assert [told] == [[line for _, line, _ in left_out.places] for left_out in made.left_out]
    engine = Duckdb()
    engine.read("kept", [str(file) for file in (tmp_path / "h").glob("g1/statements*")])
    assert [(7,)] == engine.run("SELECT line FROM kept")
    engine.close()


def test_which_rows_have_empty_lines_above_them(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    cases = {
        "a,b\n1,2\n\n\n": [],
        "\n\na,b\n1,2\n3,4\n": [],
        "a,b\n\n1,2\n3,4\n\n\n5,6\n": [(1, 1), (3, 3)],
        'a,b\n1,"x\n\ny"\n3,4\n': [],
    }
    for text, gaps in cases.items():
        file.write_text(text, encoding="utf-8")
        assert gaps == gaps_in(str(file))
    file.write_bytes(b"a,b\n" + b"1,2\n" * (1 << 18) + b"\n\n" + b"3,4\n")
    assert [((1 << 18) + 1, 2)] == gaps_in(str(file))


@pytest.mark.parametrize(
    "headings",
    [
        ["", "actor", "", "date"],
        [*"abcdefghi", "", "", " actor "],
        ["a", "A", "a_1", "a", "  ", "NULL", "null"],
        ["note", "note", "note", "", "column3"],
    ],
)
def test_columns_are_called_as_duckdb_calls_them(tmp_path: Path, headings: list[str]) -> None:
    (tmp_path / "t.csv").write_text(f"{','.join(headings)}\n{','.join('x' for _ in headings)}\n", encoding="utf-8")
    engine = Duckdb()
    engine.read("t", [str(tmp_path / "t.csv")])
    assert columns_under(headings) == list(engine.columns("t"))
    engine.close()


def test_what_spark_does_not_expect_is_found_and_written_anew(tmp_path: Path) -> None:
    file, place = tmp_path / "t.csv", tmp_path / "plain.csv"
    row = b"x" * 70 + b",1\n"
    odd = {
        b'\xef\xbb\xbfa,b\nx, "1, 2"\n': b'a,b\nx,"1, 2"\n',
        b'a,b\r\nx,"1\n2"\n\n"y",\r\n': b'a,b\nx,"1\n2"\n\ny,\n',
        b"a,b\n" + row * 20_000 + b"y,1\r\n": b"a,b\n" + row * 20_000 + b"y,1\n",
        b'a;b\nx, y; "1; 2"\n': b'a;b\nx, y;"1; 2"\n',
    }
    for raw, plain in odd.items():
        file.write_bytes(raw)
        assert is_odd(str(file))
        assert write_plainly(str(file), str(place))
        assert plain == place.read_bytes()
    for raw in (
        b'a,b\r\nx,"1\r\n2"\r\n',
        b'a,b\nx,"he said, ""no"", and left"\n x ,y',
        b"a,b\r\n" + b"x,1\r\n" * 500_000,
    ):
        file.write_bytes(raw)
        assert not is_odd(str(file))
    file.write_bytes(b"a,b\r\nx," + b"y" * 200_000 + b"\n")
    assert not write_plainly(str(file), str(place)), "the cell is longer than Python's own reader takes"


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz"])
def test_the_line_is_told_that_is_not_utf_8(tmp_path: Path, name: str) -> None:
    """Also far below and at the very end; a letter of two bytes may lie on the border of what is read at once."""
    file, border = tmp_path / name, b"x" * ((1 << 20) - 1)
    cases: dict[bytes, int | None] = {b"a\n\xc3\xbc\n": None, border + b"\xc3\xbc": None}
    cases |= {b"a\n\n\xfc\n": 3, border + b"\n\n\xfc\n": 3, b"a\n\xc3": 2}
    for raw, line in cases.items():
        file.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        told = not_utf_8([str(file)])
        assert (None if line is None else f"{file}:{line}: it is not UTF-8; save the file as CSV in UTF-8") == told
