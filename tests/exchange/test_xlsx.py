"""Excel files come in as CSV does: days as they are shown, formulas told, damage and a wrong format named."""

from contextlib import suppress
from datetime import date as day
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.incoming import Arrival, Skipped, Things
from actorgraph.exchange.xlsx import _sheet, guess, read
from actorgraph.model.loader import load_model

HEAD = ("actor", "position", "proposal", "date", "source", "lines")


def sheet(path: Path, *rows: tuple[Any, ...], merge: str = "", shape: str = "") -> str:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Positions"
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    if shape:
        page["D2"].number_format = shape
    book.create_sheet("Notes")
    book.save(path / "a.xlsx")
    return str(path / "a.xlsx")


def brought(path: str, **options: Any) -> tuple[list[Arrival], list[Skipped]]:
    """Return what a workbook brings and what is left out of it, each with its place in words."""
    known = Things(load_model("examples/minimal.yaml"), today="2026-06-01")
    rows = [row._replace(place=str(row.place)) for row in read([path], known, **options)]
    return [row for row in rows if isinstance(row, Arrival)], [row for row in rows if isinstance(row, Skipped)]


def row(date: Any = "2026-01-05", lines: Any = None) -> tuple[Any, ...]:
    return ("Harbour Board", "supports", "harbour", date, "Open letter", lines)


@pytest.mark.parametrize(
    ("shape", "date"),
    [
        ("yyyy-mm-dd", "2026-01-05"),
        ("d/m/yy", "2026-01-05"),
        ("mmm yyyy", "2026-01"),
        ("[Red]mmm-yy", "2026-01"),
        ("yyyy", "2026"),
        ("hh:mm", "2026-01-05"),
        ("[$-407]mm:ss", "2026-01-05"),
        ('mmmm "and days of" yyyy', "2026-01"),
        (r"mmmm\ \d\e\ yyyy", "2026-01"),
    ],
)
def test_a_day_says_what_its_cell_shows(tmp_path: Path, shape: str, date: str) -> None:
    (arrival,), told = brought(sheet(tmp_path, HEAD, row(day(2026, 1, 5), 3), shape=shape))
    assert (date, "row 2", []) == (arrival.draft.body["date"], arrival.place, told[1:])
    assert [{"source": "union-letter", "lines": "3"}] == arrival.draft.body["evidence"]


@pytest.mark.parametrize("formula", ["=B2&C2", ArrayFormula("D2:D3", "=B2:B3")])
def test_a_formula_is_told_and_not_run(tmp_path: Path, formula: Any) -> None:
    arrivals, told = brought(sheet(tmp_path, HEAD, row(formula), row()))
    assert [("row 3", True)] == [(one.place, one.draft.body["date"] == "2026-01-05") for one in arrivals]
    fix = "open the file in a spreadsheet and save it, or put its value there instead"
    assert Skipped("row 2", f"its date is a formula, which is not run; {fix}") in told


@pytest.mark.parametrize(
    ("formula", "saved", "kind", "says"),
    [
        ("C2", "Harbour Board", "str", "Harbour Board"),
        ("IF(C2=1,1,&quot;&quot;)", "", "str", ""),
        ("1+2", "3", "n", "3"),
        ("2/8", "0.25", "n", "0.25"),
        ("1=1", "1", "b", "TRUE"),
        ("VLOOKUP(C2,D2:E9,2)", "#N/A", "e", "#N/A"),
        ("HYPERLINK(&quot;https://g.example/1&quot;,&quot;Gazette&quot;)", "Gazette", "str", "Gazette"),
        ("C2", "", "n", "=C2"),
        ("TODAY()", "46027", "n", "=TODAY()"),
        ("IF(1=1, now(), 2)", "46027", "n", "=IF(1=1, now(), 2)"),
    ],
)
def test_a_formula_says_what_was_saved_with_it(tmp_path: Path, formula: str, saved: str, kind: str, says: str) -> None:
    """One that is of the day on which its file is opened says nothing."""
    path = sheet(tmp_path, HEAD, ("=1", *row()[1:]))
    cell = f'<c r="A2" t="{kind}"><f>{formula}</f><v>{saved}</v></c>'
    rewritten(path, b'<c r="A2"><f>1</f><v /></c>', cell.encode())
    (_, line) = _sheet(path, None).rows
    assert (says, {0: "https://g.example/1"} if "HYPERLINK" in formula else {}) == (line.cells[0], line.links)


def test_a_cell_that_is_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    """But not in a row in which nothing else stands."""
    lines = [
        row(),
        (None, *row("2026-01-06")[1:]),
        (None, *row("2026-01-07")[1:]),
        (None,),
        ("Fishers’ Union", *row()[1:]),
    ]
    arrivals, told = brought(sheet(tmp_path, HEAD, *lines, merge="A2:A5"), sheet="Positions")
    assert [
        ("row 2", "harbour-board"),
        ("row 3", "harbour-board"),
        ("row 4", "harbour-board"),
        ("row 6", "fishers-union"),
    ] == [(arrival.place, arrival.draft.body["actor"]) for arrival in arrivals]
    assert [] == told


def test_a_heading_that_is_merged_over_rows_stands_in_the_last_of_them_too(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, ("actor", "What", None, "When and where", None, None), (None, *HEAD[1:]), row(), merge="A1:A2"
    )
    assert ["row 3"] == [one.place for one in brought(path, header="2")[0]]


@pytest.mark.parametrize(
    ("value", "shape", "unit", "amount"),
    [
        (0.25, "0%", "percent", {"value": "25", "unit": "percent"}),
        (0.12345, "0.00%", "%", {"value": "12.345", "unit": "%"}),
        (1, "0%", None, {"value": "100", "unit": "%"}),
        (0.25, '0.00 "% of it"', "parts", {"value": "0.25", "unit": "parts"}),
        ("25 %", "General", "Prozent", {"value": "25", "unit": "Prozent"}),
    ],
)
def test_a_percentage_is_what_its_cell_shows(
    tmp_path: Path, value: Any, shape: str, unit: str | None, amount: dict[str, str]
) -> None:
    line = ("Harbour Board", "pledges", "harbour", value, "Open letter", unit)
    head = ("actor", "stage", "proposal", "amount", "source", "unit")
    (arrival,), _ = brought(sheet(tmp_path, head, line, shape=shape), set=("date=2026-01-05",))
    assert amount == arrival.draft.body["amount"]


def test_headings_under_a_merged_title(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("A title", *[None] * 5), HEAD, row(), merge="A1:F1")
    assert ["row 3"] == [one.place for one in brought(path, header="2")[0]]


def test_a_merged_heading_stands_over_its_first_column(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, ("actor", "position", "proposal", "date", "source", "rest", "rest"), (*row(), "x"), merge="F1:G1"
    )
    arrivals, told = brought(path)
    assert (1, True) == (len(arrivals), "row 2, column G" in [one.place for one in told])


def test_sheets_are_named(tmp_path: Path) -> None:
    path = sheet(tmp_path, HEAD, row())
    told = [Skipped("sheet 'Notes'", "'Positions' is read; --sheet names another", "sheet")]
    assert told == brought(path)[1]
    assert [] == brought(path, sheet="Positions")[1]
    with pytest.raises(UsageProblem, match=r"a\.xlsx has no sheet 'Position' \(did you mean 'Positions'\?\)"):
        brought(path, sheet="Position")
    with pytest.raises(UsageProblem, match=r"a\.xlsx, sheet 'Notes' is empty; .*; --sheet names another: 'Positions'"):
        brought(path, sheet="Notes")


@pytest.mark.parametrize("name", ["Positions", "2024", "null", "Who, what # when"])
def test_a_mapping_keeps_which_sheet_it_is_of(name: str, tmp_path: Path) -> None:
    path = sheet(tmp_path, HEAD, row())
    book = load_workbook(path)
    book["Positions"].title = name
    book.move_sheet(book.worksheets[0], 1)
    book.save(path)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(guess([path], sheet=name), encoding="utf-8")
    (arrival,), told = brought(path, map=(str(mapping),))
    assert ("harbour-board", []) == (arrival.draft.body["actor"], told)
    with pytest.raises(UsageProblem, match="sheet 'Notes' is empty"):
        brought(path, map=(str(mapping),), sheet="Notes")
    mapping.write_text(guess([sheet(tmp_path, HEAD, row())]), encoding="utf-8")
    assert "\nsheet:" not in mapping.read_text("utf-8"), "only a sheet that was named is kept"


def test_a_sheet_that_is_hidden_is_not_read_before_one_that_is_shown(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("word", "meaning"), ("x", "supports"))
    book = load_workbook(path)
    book["Positions"].sheet_state = "hidden"
    for line in (HEAD, row()):
        book["Notes"].append(line)
    book.active = 1
    book.save(path)
    (arrival,), told = brought(path)
    assert ("row 2", ["sheet 'Positions'"]) == (arrival.place, [one.place for one in told])


def test_an_error_about_headings_names_the_sheet_and_those_beside_it(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("Read me",), ("This workbook holds positions",))
    with pytest.raises(
        UsageProblem, match=r"a\.xlsx, sheet 'Positions', row 1: no column .* in another sheet \('Notes'\)"
    ):
        brought(path)
    assert "# This is the sheet 'Positions'; --sheet reads another: 'Notes'.\n" in guess([path])


@pytest.mark.parametrize("raw", [b"", b"actor,position\n", b"\xd0\xcf\x11\xe0", b"PK\x03\x04 cut short"])
def test_what_is_no_xlsx(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(raw)
    with pytest.raises(UsageProblem, match=r"a\.xlsx is no xlsx file, or damaged; .*for CSV, import csv"):
        brought(str(tmp_path / "a.xlsx"))


def test_a_file_with_a_byte_changed_is_told_or_read(tmp_path: Path) -> None:
    whole = Path(sheet(tmp_path, HEAD, *[row()] * 40)).read_bytes()
    for at in range(0, len(whole), 97):
        (tmp_path / "b.xlsx").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with suppress(UsageProblem):
            brought(str(tmp_path / "b.xlsx"))


def test_an_index_that_points_before_the_file_is_told(tmp_path: Path) -> None:
    whole = bytearray(Path(sheet(tmp_path, HEAD, row())).read_bytes())
    place = whole.rindex(b"PK\x05\x06") + 16  # of the index, as the end of a zip has it: APPNOTE, section 4.3.16
    whole[place : place + 4] = (int.from_bytes(whole[place : place + 4], "little") + len(whole)).to_bytes(4, "little")
    (tmp_path / "b.xlsx").write_bytes(whole)
    with pytest.raises(UsageProblem, match="is no xlsx file, or damaged"):
        brought(str(tmp_path / "b.xlsx"))


def test_a_mapping_is_guessed(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, ("Country", "Vote", "Motion", "When", "Link"), ("A", "for", "P", "5 Jan 2026", "https://e.org")
    )
    assert "columns:\n  actor: Country\n  position: Vote\n  proposal: Motion\n  date: When\n  source: Link\n" in guess(
        [path]
    )


def rewritten(path: str, old: bytes, new: bytes) -> str:
    """Return a workbook in whose first sheet something else stands."""
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part.replace(old, new, 1) if name == sheet else part)
    return path


def test_a_row_behind_the_last_ends_the_reading(tmp_path: Path) -> None:
    path = rewritten(sheet(tmp_path, HEAD, row(), row()), b'<row r="3"', b'<row r="999999999999"')
    with pytest.raises(UsageProblem, match=r"a\.xlsx is damaged: it has a row behind the last .*, 1,048,576"):
        brought(path, sheet="Positions")


def test_a_day_that_there_is_not_is_told_of_its_row_alone(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    arrivals, told = brought(sheet(tmp_path, HEAD, row(20260105), row(), shape="dd/mm/yyyy"), sheet="Positions")
    assert (["row 3"], ["row 2"], []) == ([one.place for one in arrivals], [one.place for one in told], list(recwarn))


def test_a_workbook_of_strict_open_xml_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = sheet(tmp_path, HEAD, row())
    strict = {  # ECMA-376 in its strict form
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for old, new in strict.items():
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    with pytest.raises(UsageProblem, match=r"a\.xlsx has no sheet with cells; save it as an Excel workbook"):
        brought(path)


def test_what_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    path = sheet(tmp_path, HEAD, row())
    with ZipFile(path, "a", ZIP_DEFLATED) as packed, packed.open("xl/media/filler.bin", "w") as part:
        for _ in range(513):
            part.write(bytes(1024 * 1024))
    with pytest.raises(UsageProblem, match=r"a\.xlsx unpacks to more than 512 MiB"):
        brought(path)


def linked(path: Path, *cells: tuple[str, str, str]) -> str:
    """Return a sheet in which source cells have a text and lead to an address; cells are given by their places."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(HEAD)
    for number, (text, place, target) in enumerate(cells, 5):
        page.append(("Harbour Board", "supports", "harbour", f"2026-01-{number:02}", text))
        if target:
            page[place].hyperlink = target
    book.save(path / "a.xlsx")
    return str(path / "a.xlsx")


@pytest.mark.parametrize(
    ("text", "place", "target", "said"),
    [
        ("Guardian", "E2", "https://guardian.example/1", {"title": "Guardian", "url": "https://guardian.example/1"}),
        ("Guardian", "E2", "http://g.example/a?b=1&c=2", {"title": "Guardian", "url": "http://g.example/a?b=1&c=2"}),
        ("Guardian", "E2", "mailto:desk@guardian.example", {"title": "Guardian", "url": None}),
        ("Guardian", "E2", "#Notes!A1", {"title": "Guardian", "url": None}),
        ("Guardian", "A2", "https://elsewhere.example", {"title": "Guardian", "url": None}),
        ("https://g.example/1", "E2", "https://g.example/other", {"url": "https://g.example/1"}),
    ],
)
def test_the_name_of_a_source_may_lead_to_its_address(
    text: str, place: str, target: str, said: dict[str, str | None], tmp_path: Path
) -> None:
    known = Things(load_model("examples/minimal.yaml"), create=True, today="2026-06-01")
    told = [row for row in read([linked(tmp_path, (text, place, target))], known) if isinstance(row, Skipped)]
    (source,) = [arrival.draft.body for arrival in known.arrivals if arrival.draft.section == "sources"]
    assert ([], said) == (told, {key: source.get(key) for key in said})


def test_two_links_of_one_name_are_two_sources(tmp_path: Path) -> None:
    known = Things(load_model("examples/minimal.yaml"), create=True, today="2026-06-01")
    path = linked(tmp_path, ("Guardian", "E2", "https://g.example/1"), ("Guardian", "E3", "https://g.example/2"))
    cited = [row.draft.body["evidence"] for row in read([path], known) if isinstance(row, Arrival)]
    assert [[{"source": "g-example-1"}], [{"source": "g-example-2"}]] == cited


@pytest.mark.parametrize("decimals", [None, "point", "comma"])
def test_a_number_is_what_it_is_whatever_texts_have_before_decimals(decimals: str | None, tmp_path: Path) -> None:
    headings = ("actor", "stage", "proposal", "date", "source", "amount", "unit")
    said = ("Harbour Board", "pledges", "harbour", "2026-01-05", "Open letter")
    path = sheet(tmp_path, headings, *((*said, number, "boats") for number in (1.5, 1.125, 2000)))
    arrivals, told = brought(path, create=True, **({"decimals": decimals} if decimals else {}))
    amounts = [each.draft.body["amount"] for each in arrivals if each.draft.section == "commitments"]
    assert [{"value": number, "unit": "boats"} for number in ("1.5", "1.125", "2000")] == amounts
    assert ["sheet"] == [each.part for each in told]
