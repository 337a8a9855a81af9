"""The statement table: what comes in is cleaned by the rules of models, and nothing goes without a word."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from statement_tables import SqliteTables

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.left_out import LeftOut, in_whole_rows, left_out_of
from actorgraph.engines.naming import TOO_SHORT
from actorgraph.engines.statements import STATEMENT, clean_table
from actorgraph.engines.table_engine import FILE, ROW, literal
from actorgraph.engines.texts import Incoming
from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.incoming import Things
from actorgraph.exchange.sheets.coded import CodedReader
from actorgraph.exchange.sheets.mapping import SheetMapping
from actorgraph.exchange.sheets.table_source import take
from actorgraph.model.messages import AN_ID
from actorgraph.model.model import Model
from actorgraph.model.records import Header
from actorgraph.written_cells import NOT_RUN

Row = dict[str, Any]


def reader(**mapping: Any) -> CodedReader:
    things = Things(Model(Header(id="m", title="M")), create=True, today="2026-11-27")
    return CodedReader(things, SheetMapping(**mapping))


def cleaned(engine: Duckdb, *rows: Row, **mapping: Any) -> tuple[list[Row], dict[str, list[int]]]:
    """Return the cleaned rows by column, and by reason the lines of those that were left out."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = {**dict.fromkeys(keys, "TEXT"), ROW: "INTEGER", FILE: "TEXT"}
    listed = [(*(row.get(key) for key in keys), line, "a.csv") for line, row in enumerate(rows, 1)]
    engine.fill("incoming", columns, listed)
    known = {key: key for key in keys if not key.startswith("own ")}
    left_out, _ = clean_table(engine, Incoming("incoming", known, mapping.pop("constants", {})), reader(**mapping))
    names = list(engine.columns("cleaned"))
    kept = [dict(zip(names, row, strict=True)) for row in engine.run("SELECT * FROM cleaned ORDER BY line, id")]
    return kept, {each.reason: [line for _, line, _ in each.places] for each in left_out}


SAID: Row = {"actor": "Fishers' union", "position": "opposes", "proposal": "A new harbour", "date": "2026-01-15"}


MANY: Row = {"amount": "many", "unit": "boats"}
OPOSE = "'opose' is no position or stage"


def only(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_a_row_becomes_a_statement_with_all_its_columns(engine: Duckdb) -> None:
    (row,), left_out = cleaned(
        engine, {**SAID, "source": "Coast weekly", "published": "2026-01-16", "reliability": "B", "credibility": "2"}
    )
    assert {} == left_out
    assert [*STATEMENT, "credibility"] == list(row)
    assert {
        "id": "fishers-union.a-new-harbour.2026-01-15",
        "kind": "stance",
        "actor": "fishers-union",
        "proposal": "a-new-harbour",
        "position": "opposes",
        "date": "2026-01-15",
        "date_key": "00000002026-01-15",
        "first": 20260115,
        "last": 20260115,
        "until": 99991231,
        "until_date": None,
        "until_key": None,
        "toward": "",
        "conditions": "[]",
        "amount": None,
        "limits": "",
        "speaker": None,
        "source": "coast-weekly-2026-01-16",
        "published": 20260116,
        "grade": "B2",
        "evidence": '["coast-weekly-2026-01-16",null,null,null,"B2"]',
        "line": 1,
        "file": "a.csv",
        "credibility": "2",
    } == row


@pytest.mark.parametrize(
    ("date", "first", "last", "of_id"),
    [
        ("2026-01-15", 20260115, 20260115, "2026-01-15"),
        ("2026-02", 20260201, 20260228, "2026-02"),
        ("2026", 20260101, 20261231, "2026"),
        ("2026-01-06/2026-02", 20260106, 20260228, "2026-01-06.2026-02"),
        ("../2026-01", 0, 20260131, "by.2026-01"),
        ("15 January 2026", 20260115, 20260115, "2026-01-15"),
        ("2026-01-15 00:00:00", 20260115, 20260115, "2026-01-15"),
    ],
)
def test_dates_are_read_as_everywhere(engine: Duckdb, date: str, first: int, last: int, of_id: str) -> None:
    (row,), _ = cleaned(engine, {**SAID, "date": date})
    assert (first, last, f"fishers-union.a-new-harbour.{of_id}") == (row["first"], row["last"], row["id"])


def test_dates_of_three_numbers_need_their_order(engine: Duckdb) -> None:
    _, left_out = cleaned(engine, {**SAID, "date": "03/04/2025"})
    assert {"its date can be read in two ways; say --dates day-first or --dates month-first": [1]} == left_out
    (row,), _ = cleaned(engine, {**SAID, "date": "03/04/2025"}, dates="day-first")
    assert "2025-04-03" == row["date"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"actor": None}, "no actor"),
        ({"actor": "  "}, "no actor"),
        ({"position": None}, "no position"),
        ({"proposal": ""}, "no proposal"),
        ({"date": None}, "no date"),
        ({"date": "2025-13"}, "its date is no date: there is no month 13"),
        ({"date": "2025-02-30"}, "its date is no date: 2025-02 has no day 30"),
        ({"until": "2026-01-15"}, TOO_SHORT),
        ({"until": "2026-01/2026-02"}, "an end is one day, month or year, not a span"),
        ({"date": "2026-01", "until": "2026-01-20"}, TOO_SHORT),
        ({"position": "opose"}, f"{OPOSE} (did you mean 'opposes'?); --word 'opose'=… says what it means"),
        ({"position": "pledges", "toward": "Fishers' Union"}, "an actor is its own addressee"),
        (
            {**MANY, "position": "pledges"},
            (
                "amount 'many': a number is digits, such as 2000 or 0.5; "
                "its unit stands under unit, a range under at-least and at-most"
            ),
        ),
        *(
            ({"id": text}, f"its id is not an id: {AN_ID}; --ignore its column to do without ids")
            for text in ("Bad Id", "a\nb", "EV-1", "a_b", "é", "-a", "a.", "a-.b", "a/b", "x'y", "%")
        ),
        *(
            ({key: f"{SAID.get(key, '')}{sign}"}, f"its {key} has the character {code}, which is not text; take it out")
            for key in ("actor", "position", "proposal", "date", "speaker", "source", "page", "quote")
            for sign, code in (("\x08", "U+0008"), ("\ufffe", "U+FFFE"))
        ),
        ({"kind": "commitment"}, "its kind and its position are not of one sort"),
        ({"kind": "Stance", "position": "pledges"}, "its kind and its position are not of one sort"),
        ({"credibility": "9"}, "its credibility: not a whole number from 1 (confirmed) to 6 (cannot be judged)"),
        ({"lines": "p. 3"}, "its lines should be line numbers such as 12, 12-13 or '12-13, 20'"),
        ({"lines": "13-12"}, "its lines: line 12 comes before line 13"),
        *(
            ({key: "#N/A"}, f"its {key} is an error of a spreadsheet, which found no value; put it there instead")
            for key in ("id", "actor", "position", "proposal", "date", "speaker", "source", "page", "note")
        ),
        *(
            ({key: "=A1"}, NOT_RUN.format(key))
            for key in ("id", "actor", "position", "proposal", "date", "speaker", "source", "page", "note")
        ),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(engine: Duckdb, wrong: Row, reason: str) -> None:
    rows, left_out = cleaned(engine, SAID, {**SAID, **wrong})
    assert {reason: [2]} == left_out
    assert ["fishers-union.a-new-harbour.2026-01-15"] == [row["id"] for row in rows]


def test_a_source_that_is_spelled_in_two_ways_is_cited_once(engine: Duckdb) -> None:
    """Of very many sources each cited one is a row of the table from which it answers."""
    rows, _ = cleaned(engine, *({**SAID, "source": name, "published": "2026-01-16"} for name in ("Gazette", "gazette")))
    assert 2 == len(rows)
    assert [("Gazette",)] == engine.run("SELECT title FROM cited")


def test_a_kind_of_actors_is_that_of_no_position(engine: Duckdb) -> None:
    kinds = [("stance", "open"), ("state", "open"), ("Commitment", "pledges"), (None, "pledges")]
    rows, left_out = cleaned(engine, *({**SAID, "kind": kind, "position": position} for kind, position in kinds))
    assert {} == left_out
    assert ["stance", "stance", "commitment", "commitment"] == [row["kind"] for row in rows]


def test_reasons_are_counted_the_most_frequent_first_and_their_first_places_told(engine: Duckdb) -> None:
    rows = [{**SAID, "date": "soon"}] * 5 + [{**SAID, "position": "aye"}]
    engine.fill("incoming", {**dict.fromkeys(SAID, "TEXT"), ROW: "INTEGER", FILE: "TEXT"},
                [(*row.values(), line, "a.csv") for line, row in enumerate(rows, 1)])  # fmt: skip
    (soon, aye), _ = clean_table(engine, Incoming("incoming", {key: key for key in SAID}), reader())
    assert (5, (("a.csv", 1, "soon"), ("a.csv", 2, "soon"), ("a.csv", 3, "soon"))) == (soon.rows, soon.places)
    assert (1, (("a.csv", 6, "aye"),)) == (aye.rows, aye.places)


def test_the_most_frequent_reason_is_told_first_with_its_first_places() -> None:
    """Of several statements of one row, which is one, the least value is told."""
    engine = SqliteTables()
    columns = {"reason": "TEXT", "file": "TEXT", "line": "INTEGER", "value": "TEXT"}
    bad = [("bad", "b", 1, "v"), ("bad", "a", 10, "w"), ("bad", "a", 11, None), ("bad", "a", 9, "y")]
    engine.fill("left_out", columns, [("odd", "a", 1, "z"), ("ill", "a", 1, "z"), *bad, ("bad", "a", 9, "x")])
    assert (
        LeftOut("bad", 4, (("a", 9, "x"), ("a", 10, "w"), ("a", 11, None))),
        LeftOut("ill", 1, (("a", 1, "z"),)),
        LeftOut("odd", 1, (("a", 1, "z"),), is_meant=True),
    ) == left_out_of(engine, "left_out", ["odd"])
    engine.close()


def test_words_mean_what_is_said_of_them_and_nothing_is_told_too(engine: Duckdb) -> None:
    rows, left_out = cleaned(
        engine, {**SAID, "position": "Aye"}, {**SAID, "position": "n/a"}, words={"aye": "supports", "n a": None}
    )
    assert ["supports"] == [row["position"] for row in rows]
    assert {"'n/a' says nothing of a position": [2]} == left_out


@pytest.mark.parametrize("dash", ["-", "–", "—", "--", " - "])
def test_a_dash_alone_says_nothing_unless_it_is_a_word_for_a_position(dash: str, engine: Duckdb) -> None:
    beside = dict.fromkeys(("id", "until", "speaker", "toward", "if", "source", "url", "lines", "amount"), dash)
    (plain,), _ = cleaned(engine, SAID)
    (row,), left_out = cleaned(engine, {**SAID, **beside})
    assert ({}, {}) == (left_out, {key: value for key, value in row.items() if plain.get(key) != value})
    _, left_out = cleaned(engine, {**SAID, "actor": dash})
    assert {"no actor": [1]} == left_out
    (row,), _ = cleaned(engine, {**SAID, "position": dash}, words={"-": "supports", dash.strip(): "supports"})
    assert "supports" == row["position"]


@pytest.mark.parametrize("text", ["NULL", "None", "NaN", "n/a", "N.A.", "<NA>", " NA ", "-", "—"])
def test_what_stands_for_an_empty_cell_is_no_id_and_no_note_as_in_an_import(text: str, engine: Duckdb) -> None:
    rows, left_out = cleaned(
        engine, *({**SAID, "actor": actor, "id": text, "note": text} for actor in ("Italy", "Oman"))
    )
    assert ({}, [None, None]) == (left_out, [row["note"] for row in rows])
    assert ["italy.a-new-harbour.2026-01-15", "oman.a-new-harbour.2026-01-15"] == [row["id"] for row in rows]


def test_what_is_to_be_left_out_is_known_by_the_rule_and_not_by_its_words(engine: Duckdb) -> None:
    class Strange(CodedReader):
        def date(self, text: str) -> str:
            raise ValueError(f"{text} says nothing of a position")

    rows = [{**SAID, "position": "n/a", "date": ""}, SAID]
    engine.fill("incoming", {**dict.fromkeys(SAID, "TEXT"), ROW: "INTEGER", FILE: "TEXT"},
                [(*row.values(), line, "a.csv") for line, row in enumerate(rows, 1)])  # fmt: skip
    things = Things(Model(Header(id="m", title="M")), create=True)
    rules = Strange(things, SheetMapping(words={"n a": None}))
    left_out, _ = clean_table(engine, Incoming("incoming", {key: key for key in SAID}), rules)
    said = "says nothing of a position"
    assert {f"'n/a' {said}": True, f"2026-01-15 {said}": False} == {each.reason: each.is_meant for each in left_out}


def test_a_commitment_has_addressees_and_an_amount_and_a_stance_has_none(engine: Duckdb) -> None:
    told = {"toward": "Ukraine; Moldova", "unit": "soldiers"}
    rows, _ = cleaned(
        engine,
        {**SAID, **told, "position": "pledges"},
        {**SAID, **told, "position": "delivers", "amount": "2000.50", "toward": "Ukraine"},
        {**SAID, **told, "position": "pledges", "at-least": "5", "toward": None},
        {**SAID, **told, "position": "supports", "amount": "7"},
        several=";",
    )
    assert [
        ("moldova ukraine", None),
        ("ukraine", '["2000.50","2000.50","soldiers"]'),
        ("", '["5",null,"soldiers"]'),
        ("", None),
    ] == only(rows, "toward", "amount")


def test_of_a_row_of_which_anything_is_left_out_nothing_is_left(engine: Duckdb) -> None:
    """As an import has it: of a position beside a stage, and of several actors; what says nothing is no fault."""
    pledge = {**SAID, "stage": "pledges", "position": "supports", "amount": "5", "unit": "boats", "toward": "Ukraine"}
    kept, left_out = cleaned(
        engine,
        pledge,
        {**pledge, "amount": "1.000"},
        {**pledge, "stage": "pledgess"},
        {**pledge, "position": "suports"},
        {**pledge, "stage": "n/a"},
        {**pledge, "amount": None, "position": None, "actor": "Germany; France", "toward": "France"},
        {**pledge, "amount": None, "position": None, "actor": "Germany; France"},
        words={"n a": None},
        several=";",
    )
    assert [(1, "supports"), (1, "pledges"), (5, "supports"), (7, "pledges"), (7, "pledges")] == only(
        sorted(kept, key=lambda row: (row["line"], row["position"] == "pledges")), "line", "position"
    )
    assert [[2], [3], [4], [5], [6]] == sorted(left_out.values())


def test_an_amount_that_can_be_read_in_two_ways_is_left_out(engine: Duckdb) -> None:
    rows = [{**SAID, "position": "pledges", "amount": text, "unit": "boats"} for text in ("1.000", "1,000", "1 000")]
    kept, left_out = cleaned(engine, *rows)
    assert [('["1000","1000","boats"]', 3)] == only(kept, "amount", "line")
    assert {"its amount can be read in two ways; say --decimals point or --decimals comma": [1, 2]} == left_out
    kept, left_out = cleaned(engine, *rows, decimals="comma")
    assert [["1000", "1.000", "1000"], {}] == [[json.loads(row["amount"])[0] for row in kept], left_out]


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT", "DECIMAL(9, 3)"])
def test_a_number_of_parquet_has_its_point_before_decimals(tmp_path: Path, engine: Duckdb, kind: str) -> None:
    said = {**SAID, "actor": "Union", "position": "pledges", "unit": "boats"}
    cells = ", ".join(f"'{text}' AS {name}" for name, text in said.items())
    file = str(tmp_path / "a.parquet")
    engine.run(f"COPY (SELECT {cells}, CAST(1.125 AS {kind}) AS amount) TO {literal(file)}")
    taken = take(engine, file, {})
    assert () == taken.left_out
    assert [('["1.125","1.125","boats"]',)] == engine.run("SELECT amount FROM cleaned")


@pytest.mark.parametrize(("number", "expected"), [("1.125", "1.125"), ("1.5", "1.5"), ("2500", "2500")])
def test_a_number_is_what_it_is_where_texts_have_a_comma(
    number: str, expected: str, tmp_path: Path, engine: Duckdb
) -> None:
    said = {**SAID, "actor": "Union", "position": "pledges", "unit": "boats"}
    cells = ", ".join(f"'{text}' AS {name}" for name, text in said.items())
    file = str(tmp_path / "a.parquet")
    engine.run(f"COPY (SELECT {cells}, CAST({number} AS DOUBLE) AS amount) TO {literal(file)}")
    taken = take(engine, file, {"decimals": "comma"})
    assert () == taken.left_out
    assert [(f'["{expected}","{expected}","boats"]',)] == engine.run("SELECT amount FROM cleaned")


def test_an_amount_is_counted_once(engine: Duckdb) -> None:
    said = {**SAID, "position": "pledges", "amount": "5", "unit": "boats", "toward": "Ukraine"}
    rows, left_out = cleaned(
        engine, {**said, "toward": "Ukraine; Moldova"}, {**said, "actor": "Italy; France"}, several=";"
    )
    assert [] == rows
    assert {"an amount of several actors, or toward several, would be counted more than once": [1, 2]} == left_out


def test_conditions_are_sorted_and_may_be_a_list_in_json(engine: Duckdb) -> None:
    rows, _ = cleaned(
        engine,
        {**SAID, "if": "Ceasefire", "unless": "Backstop"},
        {**SAID, "conditions": '["not:Backstop", "Ceasefire"]'},
    )
    assert [('["ceasefire","not:backstop"]',)] * 2 == only(rows, "conditions")


def test_a_kind_is_that_of_the_statement_or_of_the_actor(engine: Duckdb) -> None:
    said = [(None, "opposes"), ("state", "opposes"), ("Stance", "opposes"), ("commitment", "pledges")]
    rows, left_out = cleaned(engine, *({**SAID, "kind": kind, "position": position} for kind, position in said))
    assert ({}, [1, 2, 3, 4]) == (left_out, [row["line"] for row in rows])


def test_a_position_and_a_stage_are_two_statements(engine: Duckdb) -> None:
    rows, _ = cleaned(engine, {**SAID, "stage": "declines"})
    assert [("commitment", "declines"), ("stance", "opposes")] == sorted(only(rows, "kind", "position"))


def test_of_a_position_and_a_stage_with_one_id_the_position_stays(engine: Duckdb) -> None:
    rows, left_out = cleaned(engine, {**SAID, "stage": "declines", "id": "q"}, {**SAID, "actor": "Italy", "id": "r"})
    assert [("q", "stance"), ("r", "stance")] == sorted(only(rows, "id", "kind"))
    assert {"its id is that of another statement, which stands before": [1]} == left_out


@pytest.mark.parametrize(
    ("wrong", "blamed"),
    [
        ({"source": "Gazette", "published": "2024-99"}, "2024-99"),
        ({"source": "Gazette", "published": "2024", "reliability": "G"}, "G"),
        ({"if": "", "conditions": "[truce]"}, "[truce]"),
        ({"kind": "planet"}, "planet"),
        ({"until": "14 January 2026"}, "14 January 2026"),
        ({"source": "X", "reliability": "b - usually"}, "b - usually"),
        ({"source": "A", "reliability": "sure"}, "sure"),
        ({"source": "X", "title": "=A1"}, "=A1"),
    ],
)
def test_the_text_that_is_to_blame_is_told(tmp_path: Path, engine: Duckdb, wrong: Row, blamed: str) -> None:
    said = {**SAID, **wrong}
    file = tmp_path / "a.csv"
    file.write_text(f"{','.join(said)}\n{','.join(map(str, said.values()))}\n", encoding="utf-8")
    engine.read("incoming", [str(file)], numbered=True)
    (left_out,), _ = clean_table(engine, Incoming("incoming", {key: key for key in said}, shift=1), reader())
    assert ((str(file), 2, blamed),) == left_out.places


def test_a_row_of_several_actors_is_one_row_of_what_is_left_out(engine: Duckdb) -> None:
    _, left_out = cleaned(engine, SAID, {**SAID, "actor": "A;B;C", "position": "aye"}, several=";")
    assert [[2]] == list(left_out.values())


def passed_over(
    engine: Duckdb, *rows: Row, lines_left_out: Sequence[int] = (), **constants: str
) -> dict[str, list[tuple[int, str | None]]]:
    """Return the cells that were not read of rows that were taken, by reason, with their lines."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = {**dict.fromkeys(keys, "TEXT"), ROW: "INTEGER", FILE: "TEXT"}
    listed = [(*(row.get(key) for key in keys), line, "a.csv") for line, row in enumerate(rows, 1)]
    engine.fill("incoming", columns, listed)
    left_out, told = clean_table(engine, Incoming("incoming", {key: key for key in keys}, constants), reader())
    assert [*lines_left_out] == [line for each in left_out for _, line, _ in each.places]
    return {each.reason: [(line, value) for _, line, value in each.places] for each in told}


PLEDGE: Row = {**SAID, "position": "pledges"}


def test_what_only_a_commitment_has_is_told_where_a_stance_has_it(engine: Duckdb) -> None:
    told = {"toward": "Harbour board", "at-least": "2", "unit": "boats"}
    assert {
        "amount is not read: only a commitment has one": [(1, "2")],
        "toward is not read: only a commitment has one": [(1, "Harbour board")],
    } == passed_over(engine, {**SAID, **told}, {**PLEDGE, **told})
    assert {} == passed_over(engine, {**SAID, "stage": "pledges", **told}, {**SAID, "unit": "boats"})
    assert {"amount is not read: only a commitment has one": [(2, "7")]} == passed_over(
        engine,
        PLEDGE,
        {**SAID, "amount": "7"},
        {**SAID, "amount": "8", "date": "soon"},
        unit="boats",
        lines_left_out=[3],
    )


@pytest.mark.parametrize("amount", ["0", "1,000", "5-7", "a lot"])
def test_an_amount_that_cannot_be_read_is_no_matter_beside_a_position(engine: Duckdb, amount: str) -> None:
    assert {"amount is not read: only a commitment has one": [(1, amount)]} == passed_over(
        engine, {**SAID, "amount": amount}
    )
    engine.drop("incoming")
    _, left_out = cleaned(engine, {**SAID, "amount": amount}, {**PLEDGE, "amount": amount})
    assert [[2]] == list(left_out.values())


def test_what_is_said_of_a_source_is_told_where_none_is_named(engine: Duckdb) -> None:
    about = {"lines": "3-4", "page": "7", "via": "Le  Figaro", "credibility": "2", "reliability": "B", "quote": "No!"}
    day = {"published": "2026-01-16"}
    reason = "{} is not read: no source is named".format
    assert {reason(key): [(1, value)] for key, value in about.items()} == passed_over(
        engine, {**SAID, **day, **about}, {**SAID, **about, "source": "Coast weekly"}, {**SAID, **day}
    )
    assert {reason("lines"): [(1, "3")]} == passed_over(engine, {**SAID, "lines": "3"}, SAID)


def test_the_note_of_a_statement_is_its_first_and_another_one_is_told(engine: Duckdb) -> None:
    said = {**SAID, "id": "s"}
    rows = [{"source": "A"}, {"source": "B", "note": "seen"}, {"source": "C", "note": "heard"}, {"source": "D"}]
    told = passed_over(engine, *({**said, **row} for row in rows), {**SAID, "note": "of another"})
    assert {"note is not read: a row before has another, of the same statement": [(3, "heard")]} == told


def test_columns_of_a_user_may_be_called_as_texts_are_on_their_way(engine: Duckdb) -> None:
    (row,), _ = cleaned(engine, {**SAID, "t_actor": "x", "t_id": "y", "t_at_least": "z"})
    assert ("x", "y", "z") == tuple(row[name] for name in ("t_actor", "t_id", "t_at_least"))


def test_a_column_of_bytes_is_told(tmp_path: Path, engine: Duckdb) -> None:
    file = str(tmp_path / "a.parquet")
    engine.write("SELECT CAST('A' AS BLOB) AS actor, 'open' AS position, 'P' AS proposal, '2024' AS date", file)
    engine.read("incoming", [file], numbered=True)
    with pytest.raises(UsageProblem, match=r"the column 'actor' holds bytes \(BLOB\), and no texts"):
        clean_table(engine, Incoming("incoming", {key: key for key in SAID}), reader())


def test_a_cell_of_several_values_is_told(tmp_path: Path, engine: Duckdb) -> None:
    file = str(tmp_path / "a.parquet")
    engine.write(
        "SELECT 'A' AS actor, 'pledges' AS position, 'P' AS proposal, '2025' AS date, ['B', 'C'] AS toward", file
    )
    engine.read("incoming", [file], numbered=True)
    with pytest.raises(
        UsageProblem, match=r"a\.parquet: each cell of the column 'toward' has several values \(VARCHAR"
    ):
        clean_table(engine, Incoming("incoming", {key: key for key in (*SAID, "toward")}), reader())


def test_several_actors_have_a_statement_each(engine: Duckdb) -> None:
    rows, _ = cleaned(engine, {**SAID, "actor": "Italy; France", "id": "joint"}, several=";")
    assert [("france", "joint.france"), ("italy", "joint.italy")] == sorted(only(rows, "actor", "id"))


def test_other_columns_are_carried_along_as_they_are(engine: Duckdb) -> None:
    (row,), _ = cleaned(engine, {**SAID, "note": "  In their words. ", "own Column": "  x "})
    assert ("In their words.", "  x ") == (row["note"], row["own Column"])


def test_no_sign_of_a_note_is_lost_that_parts_its_words(engine: Duckdb) -> None:
    """What ends a line does so as in an import; a row whose note has what is no text is left out, as there."""
    ends = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029")
    others = ("\t", "\x1f")
    no_text = ("\x00", "\x01", "\x1a", "\x7f", "\x9f", "\ufffe", "\uffff")
    rows, left_out = cleaned(
        engine,
        *(
            {**SAID, "id": f"r{at:02}", "note": f"{sign}a{sign}b{sign}"}
            for at, sign in enumerate((*ends, *others, *no_text))
        ),
    )
    assert ["a\nb"] * len(ends) + ["a b"] * len(others) == [row["note"] for row in rows]
    assert 18 - len(no_text) == len(rows)
    assert {"its note has a character which is not text; take it out": [12, 13, 14]} == left_out


def test_a_column_of_ours_does_not_hide_one_of_theirs(tmp_path: Path, engine: Duckdb) -> None:
    file = tmp_path / "a.csv"
    file.write_text("actor,position,proposal,date,first,Until\nA,open,P,2025,1st,never\n", encoding="utf-8")
    engine.read("incoming", [str(file)], numbered=True)
    clean_table(engine, Incoming("incoming", {key: key for key in SAID}, shift=1), reader())
    assert [(20250101, "1st", "never", 2)] == engine.run('SELECT first, given_first, "given_Until", line FROM cleaned')


@pytest.mark.parametrize("name", ["base", "n", "held_id", "line", "file", "jointly", "batch", "part", "limits"])
def test_a_column_of_theirs_does_not_become_an_id(tmp_path: Path, engine: Duckdb, name: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"actor,position,proposal,date,{name}\nA,open,P,2025,x\nA,opposes,P,2025,y\n", encoding="utf-8")
    for held in (None, "held"):
        engine.read("incoming", [str(file)], numbered=True)
        clean_table(engine, Incoming("incoming", {key: key for key in SAID}, shift=1), reader(), held=held)
        found = engine.run(f"SELECT id, given_{name} FROM cleaned ORDER BY line")
        assert [("a.p.2025", "x"), ("a.p.2025-2", "y")] == found
        engine.make("held", "SELECT * FROM cleaned")


def test_a_heading_may_have_any_sign_in_it(tmp_path: Path, engine: Duckdb) -> None:
    file = tmp_path / "a.csv"
    file.write_text('actor,position,proposal,date,"a ""b"""\nA,open,P,2025,x\n', encoding="utf-8")
    engine.read("incoming", [str(file)], numbered=True)
    clean_table(engine, Incoming("incoming", {key: key for key in SAID}, shift=1), reader())
    assert [("x",)] == engine.run('SELECT "a ""b""" FROM cleaned')


def test_the_first_row_is_that_of_the_file_whatever_its_columns_are_called(tmp_path: Path, engine: Duckdb) -> None:
    rows = "SELECT 's' AS id, 'A' AS actor, '{}' AS position, 'P' AS proposal, '2025' AS date, {} AS line"
    file = str(tmp_path / "a.parquet")
    engine.write(f"{rows.format('supports', 2)} UNION ALL {rows.format('opposes', 1)}", file)
    engine.read("incoming", [file], numbered=True)
    left_out, _ = clean_table(engine, Incoming("incoming", {key: key for key in ("id", *SAID)}), reader())
    assert [("supports", 2)] == engine.run("SELECT position, given_line FROM cleaned")
    assert [(file, 2)] == [place[:2] for each in left_out for place in each.places]


def test_what_holds_for_all_rows_need_not_be_in_them(engine: Duckdb) -> None:
    said = {key: value for key, value in SAID.items() if key != "proposal"}
    (row,), _ = cleaned(engine, said, constants={"proposal": "It's new", "source": "Minutes"})
    assert ("it-s-new", "minutes") == (row["proposal"], row["source"])


def test_sources_that_differ_in_anything_are_different_ones(engine: Duckdb) -> None:
    told = {**SAID, "source": "Reuters"}
    rows, _ = cleaned(
        engine,
        {**told, "published": "2026-01-15"},
        {**told, "published": "2026-01-16"},
        {**told, "published": "2026-01-15", "url": "https://example.org/a"},
        {**told, "published": "2026-01-15"},
    )
    keys = ["reuters-2026-01-15", "reuters-2026-01-16", "example-org-2026-01-15", "reuters-2026-01-15"]
    assert keys == [row["source"] for row in rows]
    assert 3 == len(engine.run("SELECT * FROM cited"))


def test_a_statement_may_go_without_source_and_know_only_its_day(engine: Duckdb) -> None:
    rows, _ = cleaned(engine, SAID, {**SAID, "published": "2026-01-20"})
    assert [(None, None, None), (None, 20260120, None)] == only(rows, "source", "published", "evidence")
    assert [] == engine.run("SELECT * FROM cited")


def test_texts_of_evidence_are_escaped(engine: Duckdb) -> None:
    (row,), _ = cleaned(engine, {**SAID, "source": "S", "lines": "4-6", "page": 'the "first"', "via": "Le \\ Figaro"})
    assert r'["s","4-6","the \"first\"","Le \\ Figaro",null]' == row["evidence"]


def test_whole_numbers_may_be_kept_as_fractions(tmp_path: Path, engine: Duckdb) -> None:
    """As pandas keeps them where a cell of the column is empty."""
    file = str(tmp_path / "a.parquet")
    numbers = "1.0::DOUBLE AS credibility, 3.0::DOUBLE AS page, 12.0::DOUBLE AS lines, 2025.0::DOUBLE AS date"
    said = "'A' AS actor, 'open' AS position, 'P' AS proposal, 'S' AS source, '2026.0' AS published"
    engine.write(f"SELECT {said}, {numbers}", file)
    engine.read("incoming", [file], numbered=True)
    keys = [key for key in engine.columns("incoming") if key not in (ROW, FILE)]
    assert ((), ()) == clean_table(engine, Incoming("incoming", {key: key for key in keys}), reader())
    columns = "date, published, credibility, page, lines"
    assert [("2025", 20261231, "1", "3", "12")] == engine.run(f"SELECT {columns} FROM cleaned")


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT", "DECIMAL(12, 2)"])
def test_codes_that_are_kept_as_fractions_are_those_of_whole_numbers(tmp_path: Path, engine: Duckdb, kind: str) -> None:
    """Else the states 2 and 20 of a code book are 2.0 and 20.0 in the table from which some are missing."""
    file = str(tmp_path / "a.parquet")
    names = ("id", "actor", "proposal", "toward", "date")
    codes = zip(names, (7, 2, 101, 20, 2024), strict=True)
    listed = ", ".join(f"{number}::{kind} AS {name}" for name, number in codes)
    engine.write(f"SELECT {listed}, 'pledges' AS position, 2.5::{kind} AS speaker", file)
    engine.read("incoming", [file], numbered=True)
    keys = [key for key in engine.columns("incoming") if key not in (ROW, FILE)]
    assert ((), ()) == clean_table(engine, Incoming("incoming", {key: key for key in keys}), reader())
    ((*whole, speaker),) = engine.run("SELECT id, actor, proposal, toward, date, speaker FROM cleaned")
    assert ["7", "2", "101", "20", "2024"] == whole
    assert speaker.startswith("2-5")


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT"])
def test_what_is_no_number_is_an_empty_cell(tmp_path: Path, engine: Duckdb, kind: str) -> None:
    """As polars and numpy write one. The statistics of the file do not count it: DuckDB takes all for whole numbers."""
    file = str(tmp_path / "a.parquet")
    nan = f"'nan'::{kind}"
    listed = f"unnest([1.0::{kind}, {nan}, 2.0::{kind}]) AS actor, {nan} AS published, {nan} AS source, {nan} AS note"
    engine.write(f"SELECT {listed}, 'open' AS position, 'P' AS proposal, '2024' AS date", file)
    engine.read("incoming", [file], numbered=True)
    keys = [key for key in engine.columns("incoming") if key not in (ROW, FILE)]
    left_out, _ = clean_table(engine, Incoming("incoming", {key: key for key in keys}), reader())
    assert [("no actor", 1)] == [(each.reason, each.rows) for each in left_out]
    found = engine.run("SELECT actor, source, note FROM cleaned ORDER BY actor")
    assert [("1", None, None), ("2", None, None)] == found


def test_a_page_that_is_a_fraction_stays_one(engine: Duckdb) -> None:
    (row,), _ = cleaned(engine, {**SAID, "source": "S", "page": "3.05"})
    assert "3.05" == row["page"]


def test_a_row_that_is_left_out_takes_none_along_that_has_its_line_in_another_file(engine: Duckdb) -> None:
    """What goes with it tells the first of its reasons, and what is to blame for that."""
    columns = {"id": "TEXT", "file": "TEXT", "line": "INTEGER", "reason": "TEXT", "value": "TEXT"}
    wrong = [("z", "a", 2, "odd", "1"), ("y", "a", 2, "bad", "3"), ("x", "a", 2, "bad", "2")]
    wrong += [("w", "b", 2, "odd", "4"), ("v", "b", 3, "worse", "5")]
    right = [(f"{file}{line}", file, line, None, None) for file in ("a", "b") for line in (2, 3)]
    engine.fill("parts", columns, [*wrong, *right])
    rows = engine.run(f"SELECT * FROM ({in_whole_rows(columns, ())}) AS w ORDER BY id DESC")
    gone = [("b3", "b", 3, "worse", "5"), ("b2", "b", 2, "odd", "4"), ("a3", "a", 3, None, None)]
    gone += [("a2", "a", 2, "bad", "2")]
    assert [*wrong, *gone] == rows
