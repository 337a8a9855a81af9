"""CSV comes in, however its letters and cells are stored, from the command line to a model; damage is located."""

import re
from pathlib import Path

import pytest
from asking import ask
from click.testing import Result
from towns import files

from actorgraph.errors import UsageProblem
from actorgraph.exchange.csv import read
from actorgraph.exchange.importing.decoding import decoded
from actorgraph.exchange.importing.incoming import Arrival, Things
from actorgraph.exchange.sheets.sheet_rows import rows_of
from actorgraph.model.loader import load_model

HEAD = "actor,position,proposal,date,source\n"
ROWS = f"{HEAD}Åland,supports,Buses,2026-01-05,https://e.org/1\nBrno,opposes,Buses,2026-01-06,https://e.org/1\n"


def imported(path: Path, text: bytes | str, *options: str) -> Result:
    sheet = path / "a.csv"
    sheet.write_bytes(text.encode() if isinstance(text, str) else text)
    return ask("import", "csv", sheet, "-m", path, *options)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    ask("init", tmp_path, "--name", "town")
    return tmp_path


def test_a_sheet_becomes_a_checked_model_and_grows(town: Path) -> None:
    first = imported(town, ROWS, "--create", "--kind", "state", "--yes")
    assert 0 == first.exit_code, first.stderr
    assert "new: 2 actors, 1 proposal, 1 source, 2 stances; corrected: 0; there already: 0; left out: 0" in first.stderr
    assert 0 == ask("check", town / "graphs" / "town").exit_code
    held = files(town)
    assert "nothing new; nothing was written" in imported(town, ROWS, "--yes").stderr
    grown = ROWS.replace("opposes", "open") + "Brno,supports,Buses,2026-02,https://e.org/1\n"
    again = imported(town, grown, "--yes")
    assert "row 3: stance brno.buses.2026-01-06: position: opposes → open" in again.stderr
    assert "new: 1 stance; corrected: 1 stance; there already: 1 stance; left out: 0" in again.stderr
    changed = {name for name, raw in files(town).items() if raw != held[name]}
    assert {"graphs/town/stances.yaml", "a.csv"} == changed


def test_a_guess_never_takes_the_place_of_a_file_that_somebody_may_have_edited(town: Path) -> None:
    path = town / "map.yaml"
    assert 0 == imported(town, ROWS, "--guess", "-o", str(path)).exit_code
    path.write_text("kind: state\n", encoding="utf-8")
    again = imported(town, ROWS, "--guess", "-o", str(path))
    assert (2, "kind: state\n") == (again.exit_code, path.read_text(encoding="utf-8"))
    assert "map.yaml is there already, and somebody may have edited it; name another file" in again.stderr


@pytest.mark.parametrize("form", ["csv", "xlsx", "zotero"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("-", "there is no file -; write into a file what comes of another program"),
        ("nothing.txt", "there is no file nothing.txt"),
        ("graphs", "graphs is a folder; name the file in it"),
    ],
)
def test_what_is_no_file_is_told_alike_by_each_format(town: Path, form: str, name: str, said: str) -> None:
    assert f"Error: {said}\n" in ask("import", form, name, "-m", town).stderr


def test_a_file_that_is_not_there_is_told_the_one_of_nearly_its_name(town: Path, tmp_path: Path) -> None:
    (tmp_path / "positions.csv").write_text(ROWS, encoding="utf-8")
    said = ask("import", "csv", str(tmp_path / "position.csv"), "-m", town).stderr
    assert said.endswith("position.csv (did you mean 'positions.csv'?)\n")


def test_of_a_long_difference_all_can_be_shown(town: Path) -> None:
    rows = HEAD + "".join(f"Åland,supports,Plan {number},2026,https://e.org/1\n" for number in range(20))
    options = ("--create", "--kind", "state")
    short = imported(town, rows, *options).stdout
    assert re.search(r"^… [0-9]+ more lines of .*stances\.yaml; --all shows them$", short, re.MULTILINE)
    whole = imported(town, rows, *options, "--all").stdout
    assert (False, 20) == ("more lines" in whole, whole.count("+    position: supports"))


def test_of_many_rows_that_are_left_out_each_reason_is_told_once_with_their_number(town: Path) -> None:
    """In a parliament one unknown word would else fill the list, and hide all others."""
    words = ["Teller"] * 3 + ["Present"] * 18
    rows = HEAD + "".join(f"Åland,{word},Plan {number},2026,https://e.org/1\n" for number, word in enumerate(words))
    said = imported(town, rows, "--create", "--kind", "state").stderr.splitlines()
    is_none = "left out: {0!r} is no position or stage; --word {0!r}=… says what it means"
    assert [
        f"row 5 and 17 more: {is_none.format('Present')}",
        f"row 2 and 2 more: {is_none.format('Teller')}",
        "--all lists every one",
    ] == said[:3]
    whole = imported(town, rows, "--create", "--kind", "state", "--all").stderr.splitlines()
    assert [f"row {number}: {is_none.format(word)}" for number, word in enumerate(words, 2)] == whole[:21]
    many = HEAD + "".join(f"Åland,word {number // 2},Plan,2026,https://e.org/1\n" for number in range(50))
    assert "… and 10 more; --all lists every one" in imported(town, many, "--create", "--kind", "state").stderr


def test_nothing_is_written_without_a_yes(town: Path) -> None:
    before = files(town)
    result = imported(town, ROWS, "--create", "--kind", "state")
    assert (1, True) == (result.exit_code, "--yes writes without asking" in result.stderr)
    unknown = imported(town, ROWS.replace("Åland", "The trader"), "--yes")
    assert "row 2: no actor answers to 'The trader'; near it: the traders" in unknown.stderr
    assert "4 names unknown; --create makes new ones\nnothing was written" in unknown.stderr
    assert before == {name: raw for name, raw in files(town).items() if name != "a.csv"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", ",;\t|")
def test_letters_and_cells_are_found_out(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = f'{HEAD}Åland,open,"A, b; or\nc|d",2026,Open letter\n'
    quoted = text.replace(",", delimiter).replace(f"A{delimiter} b", "A, b") if delimiter != "," else text
    path.write_bytes(quoted.encode(encoding))
    known = Things(load_model("examples/minimal.yaml"), create=True, today="2026-06-01")
    (row,) = read([str(path)], known, kind="state")
    assert isinstance(row, Arrival)
    assert ["Åland", "A, b; or c|d"] == [
        thing.draft.body.get("name") or thing.draft.body["title"] for thing in known.arrivals
    ]


def test_another_encoding_only_where_it_is_asked_for() -> None:
    raw = "a\nÅland".encode("cp1252")
    assert "a\nÅland" == decoded(raw, "a.csv", "cp1252")
    with pytest.raises(UsageProblem, match=r"a\.csv:2: byte 0xc5 is not UTF-8; save it as UTF-8"):
        decoded(raw, "a.csv")


@pytest.mark.parametrize(
    ("raw", "options", "message"),
    [
        (b"", (), "a.csv is empty; there should be headings"),
        (b"PK\x03\x04rest", (), "a.csv is xlsx, or another packed file; import xlsx"),
        (b"\x1f\x8b\x08rest", (), "a.csv is packed by gzip; unpack it"),
        (b"PAR1\x15\x04", (), "a.csv is Parquet, which `actorgraph compile` reads; save it as CSV to import it"),
        (b"%PDF-1.7\n", (), "a.csv is a PDF; save what is to be read as a table or text"),
        (b"\xd0\xcf\x11\xe0rest", (), "a.csv is an old Excel file; save it as .xlsx"),
        (b"a,b\nc\0,d", (), "a.csv:2: a character U+0000"),
        (b"a,b\n\xc5land,d", (), "a.csv:2: byte 0xc5 is not UTF-8; if Excel on Windows wrote it, --encoding cp1252"),
        (ROWS.encode("utf-16")[:-1], (), "a.csv:"),
        (ROWS.encode(), ("--encoding", "klingon"), "--encoding 'klingon' is not known"),
        (ROWS.encode(), ("--delimiter", "ab"), "--delimiter 'ab' is not one sign"),
        (HEAD.encode() + b'"A,open,P,2026,S\n', (), "a.csv:2: row 2 cannot be read: unexpected end of data; a quote"),
        (HEAD.encode() + b'"A"b,open,P,2026,S\n', (), "a.csv:2: row 2 cannot be read"),
        (
            HEAD.encode() + b"A,open,P,2026," + b"x" * 131_073 + b"\n",
            (),
            "a.csv:2: row 2 has a cell of more than 131,072 characters, and no text of a model more than 100,000; ",
        ),
    ],
)
def test_damage_is_located(town: Path, raw: bytes, options: tuple[str, ...], message: str) -> None:
    before = files(town)
    result = imported(town, raw, *options)
    assert (2, True) == (result.exit_code, message in result.stderr), result.stderr
    assert before == {name: held for name, held in files(town).items() if name != "a.csv"}


def test_a_bad_row_is_left_out_and_all_others_come_in(town: Path) -> None:
    text = ROWS.replace("\n", ",,\n").replace("source,,", "source,until,reliability")
    bad = "Cork,supports,Buses,2026-01-05,https://e.org/1,2026-01-01,\nDara,supports,Buses,2026-01-05,https://e.org/1,,X\n"
    result = imported(town, text + bad, "--create", "--kind", "state", "--yes")
    assert 0 == result.exit_code, result.stderr
    assert "row 4: left out: until '2026-01-01' does not come after '2026-01-05'; until is the first" in result.stderr
    assert "row 5: left out: reliability 'X' is not known; it is one of A (reliable), B " in result.stderr
    assert (
        "new: 2 actors, 1 proposal, 1 source, 2 stances; corrected: 0; there already: 0; left out: 2" in result.stderr
    )
    assert not {"cork", "dara"} & load_model(town / "graphs" / "town").actors.keys()


def test_a_row_with_more_in_a_cell_than_a_text_may_have_is_left_out(town: Path) -> None:
    text = ROWS.replace("\n", ",\n").replace("source,", "source,note")
    bad = f"Cork,supports,Buses,2026-01-05,https://e.org/1,{'x' * 100_001}\n"
    result = imported(town, text + bad, "--create", "--kind", "state", "--yes")
    assert 0 == result.exit_code, result.stderr
    assert "row 4: left out: its note has 100,001 characters; no value needs more than 100,000" in result.stderr
    assert "left out: 1" in result.stderr


def test_an_error_of_the_whole_model_is_told_with_its_row(town: Path) -> None:
    """Only the model shows it: an id that the record of another actor has."""
    named = ROWS.replace("source\n", "source,id\n").replace("e.org/1\n", "e.org/1,one\n", 1)
    assert 0 == imported(town, named.replace("1\nB", "1,\nB"), "--create", "--kind", "state", "--yes").exit_code
    before = files(town)
    again = f"{HEAD.strip()},id\nBrno,supports,Buses,2026-02-05,https://e.org/1,one\n"
    result = imported(town, again, "--yes")
    assert 1 == result.exit_code
    assert re.search(r"^row 2: .*stances\.yaml:\d+:\d+: AG017 'one' is defined twice", result.stderr, re.MULTILINE)
    assert "the model would have 1 new error\nnothing was written" in result.stderr
    assert before == files(town) | {"a.csv": before["a.csv"]}


def test_a_line_break_may_stand_between_several_actors(town: Path, tmp_path: Path) -> None:
    """As one types it in a cell with Alt and Enter; else it stands for a space."""
    text = f'{HEAD}"Poland\nHungary",supports,Wolf,2026-01-05,Gazette\n"The\nUnion",opposes,Wolf,2026-01-05,Gazette\n'
    options = ("--several", "\n", "--kind", "state")
    result = imported(town, text, *options, "--create", "--yes")
    assert "new: 4 actors, 1 proposal, 1 source, 2 stances" in result.stderr
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    assert 0 == ask("compile", tmp_path / "b.csv", "-o", tmp_path / "h", "--several", "\n").exit_code
    listed = ask("list", "actors", "-m", tmp_path / "h").stdout
    assert all(name in listed for name in ("Poland", "Hungary", "The", "Union"))
    assert 0 == ask("compile", tmp_path / "b.csv", "-o", tmp_path / "i").exit_code
    assert all(name in ask("list", "actors", "-m", tmp_path / "i").stdout for name in ("Poland Hungary", "The Union"))


def test_a_file_that_is_not_there(town: Path) -> None:
    result = ask("import", "csv", town / "none.csv", "-m", town)
    assert (2, True) == (result.exit_code, "none.csv\n" in result.stderr)


def test_blanks_may_stand_before_a_quote() -> None:
    assert [["a", "b, c", ""]] == [row.cells for row in rows_of('a, "b, c", ""\n', "a.csv", ",")]


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_row_with_a_sign_in_a_cell_that_is_not_in_quotes_is_left_out(town: Path, sign: str) -> None:
    """What stands behind the sign would be that of another column. Spreadsheets write empty headings, too."""
    text = f"{HEAD}Brno,open,Buses,2026-01-05,Gazette, 5 May,9\nCork,open,Buses,2026-01-06,Gazette,,\n".replace(
        ",", sign
    )
    told = imported(town, text, "--create", "--kind", "state", "--yes").stderr
    assert (
        f"row 2: left out: it has 7 cells, and 5 headings; is there a '{sign}' in a cell? it belongs in quotes\n"
        in told
    )
    assert {"cork"} == {stance.actor for stance in load_model(town / "graphs" / "town").stances} & {"brno", "cork"}
    noted = imported(town, text, "--map", "note=F", "--map", "page=G", "--create", "--kind", "state", "--yes").stderr
    assert "left out: 0\n" in noted
    bare = imported(town, text.replace("\n", sign * 2 + "\n", 1), "--create", "--kind", "state", "--yes").stderr
    assert "row 2, column F: left out: it has no heading of its own" in bare


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_for_excel_alone_names_the_sign_between_cells(town: Path, end: str) -> None:
    text = f"sep=|\n{ROWS.replace(',', '|')}".replace("\n", end)
    told = imported(town, text.replace("opposes", "opposed to;,"), "--create", "--kind", "state", "--yes").stderr
    assert "row 4: left out: 'opposed to;,' is no position or stage" in told
    assert "1 stance; corrected: 0; there already: 0; left out: 1\n" in told


def test_the_numbers_of_what_was_read_add_up(town: Path) -> None:
    """Each row is new, corrected, there already or left out; columns, and details of rows, are counted beside."""
    head = "actor,position,proposal,date,source,amount,published,Budget\n"
    rows = (
        "Åland,supports,Buses,2026-01-05,Gazette,2000,2026-01-06,1\n",
        "Brno,open,Buses,2026-01-05,Gazette,,2026-01-07,\n",
        "Brno,open,Buses,2026-01-05,Gazette,,,\n",
        head,
        "Cork,maybe,Buses,2026-01-05,Gazette,,,\n",
    )
    told = imported(town, head + "".join(rows), "--create", "--kind", "state", "--yes").stderr
    assert "row 5: left out: it has the headings once more\n" in told
    assert "2 stances; corrected: 0; there already: 0; left out: 3; besides: 1 column, 2 details\n" in told


def test_rows_that_are_left_out_are_told_before_columns(town: Path) -> None:
    """Of long lists the first lines alone are shown: thirty columns that nobody maps hid every row."""
    header, first, *_ = ROWS.splitlines()
    more = "".join(f",Column {number}" for number in range(30))
    told = imported(
        town, f"{header}{more}\n{first.replace('supports', 'maybe')}{',x' * 30}\n", "--create", "--yes"
    ).stderr
    assert "row 2: left out: 'maybe' is no position or stage" in told
    assert "left out: 1; besides: 30 columns\n" in told


@pytest.mark.parametrize("form", ["csv", "holdings"])
def test_an_answer_is_no_sheet_of_records(town: Path, form: str) -> None:
    imported(town, ROWS, "--create", "--kind", "state", "--yes")
    answered = ask("export", form, "-m", str(town / "graphs" / "town")).stdout
    told = imported(town, answered).stderr
    assert "no column for date, source or url among" in told
    assert "an answer is no record: what was curated comes back by `export datapackage`" in told


def test_what_comes_in_and_is_in_doubt_is_not_said_to_be_left_out(town: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    row = "supports,Trams,2026-03-01,Gazette"
    sheet.write_text(f"actor,position,proposal,date,source\nMalta;Spain,{row}\n?,{row}\n", encoding="utf-8")
    result = ask("import", "csv", sheet, "--create", "--kind", "state", "--yes", "-m", town)
    assert "row 2, actor: 'Malta;Spain' comes in as one actor; if it is several: --several names" in result.stderr
    assert "row 3: left out: actor '?' names nothing; write what it is, or leave it empty" in result.stderr
    assert (
        "new: 1 actor, 1 proposal, 1 source, 1 stance; corrected: 0; there already: 0; left out: 1\n" in result.stderr
    )
