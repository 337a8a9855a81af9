"""A sheet is read by its headings and a mapping; each row brings a record or is told with its number and why."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.incoming import Arrival, RowPlace, Skipped, Things
from actorgraph.exchange.sheets.mapping import mapping_of
from actorgraph.exchange.sheets.sheet import arrivals
from actorgraph.exchange.sheets.sheet_rows import Sheet, SheetRow
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.model.reader import Data
from actorgraph.model.records import Actor

HEAD = "actor|position|proposal|date|source"
BOARD = "Harbour Board|supports|harbour|2026-01-05|Open letter"


def read(text: str, *, create: bool = False, **options: Any) -> tuple[list[dict[str, Data]], list[str], Things]:
    """Return the records of a sheet whose cells bars part, what is told, and the things that are known."""
    known = Things(load_model("examples/minimal.yaml"), create=create, today="2026-06-01")
    rows = [SheetRow(number, line.split("|")) for number, line in enumerate(text.split("\n"), 1)]
    brought = list(arrivals([Sheet("a.csv", rows)], known, mapping_of(options)))
    told = [f"{one.place}: {one.reason}" for one in brought if isinstance(one, Skipped)]
    return [dict(one.draft.body) for one in brought if isinstance(one, Arrival)], told, known


def one(text: str, **options: Any) -> dict[str, Data]:
    (record,), told, known = read(text, **options)
    assert ([], []) == (told, known.unknown)
    return record


STANCE: dict[str, Data] = {
    "actor": "harbour-board",
    "proposal": "harbour",
    "date": "2026-01-05",
    "position": "supports",
    "evidence": [{"source": "union-letter"}],
}


def test_columns_that_are_called_as_the_keys_need_no_mapping() -> None:
    assert STANCE == one(f"{HEAD}\n{BOARD}")


@pytest.mark.parametrize("column", ["Member state", "member  STATE", "A"])
def test_a_column_is_mapped_by_its_heading_or_its_letter(column: str) -> None:
    assert STANCE == one(f"{HEAD}\n{BOARD}".replace("actor|", "Member state|"), map=(f"actor={column}",))


@pytest.mark.parametrize(
    ("actor", "toward"), [("Canal+", "Canal"), ("Canal", "Canal+"), ("Harbour Board+", "Harbour Board"), ("C#", "C")]
)
def test_actors_that_differ_in_a_sign_alone_may_address_each_other(actor: str, toward: str) -> None:
    row = f"{actor}|pledges|harbour|2026-01-05|Open letter|{toward}"
    for lines in (row, f"{row}\n{row.replace('01-05', '01-06')}"):
        records, told, known = read(f"{HEAD}|toward\n{lines}", create=True, kind="organisation")
        assert [] == told
        bodies = [arrival.draft.body for arrival in known.arrivals]
        assert {actor, toward} - {"Harbour Board"} == {body["name"] for body in bodies}
        assert all(record["toward"] != [record["actor"]] for record in records)


@pytest.mark.parametrize("dash", ["-", "–", "—", "--", " - "])
def test_a_dash_alone_says_nothing(dash: str) -> None:
    more = ("until", "speaker", "toward", "if", "note", "lines", "quote", "url", "amount")
    assert STANCE == one(f"{HEAD}|{'|'.join(more)}\n{BOARD}{f'|{dash}' * len(more)}")
    _, told, known = read(f"{HEAD}\n{BOARD.replace('Harbour Board', dash).replace('Open letter', dash)}", create=True)
    assert (["row 2: no actor and no source"], []) == (told, known.arrivals)


@pytest.mark.parametrize("text", ["n/a", "N/A", "None", "NULL", "NaN", "<NA>"])
def test_what_stands_for_nothing_in_tables_is_as_good_as_a_dash(text: str) -> None:
    """Else all rows without an address would be of one source, whose address is `n/a`."""
    more = ("until", "speaker", "toward", "if", "note", "lines", "quote", "url", "amount", "via", "publisher")
    assert STANCE == one(f"{HEAD}|{'|'.join(more)}\n{BOARD}{f'|{text}' * len(more)}")
    rows = f"{HEAD}|url\n{BOARD}|{text}\n{BOARD.replace('Open letter', 'Gazette')}|{text}"
    records, told, _ = read(rows, create=True)
    assert (["union-letter", "gazette"], []) == ([record["evidence"][0]["source"] for record in records], told)  # type: ignore[index,call-overload]
    assert ["row 2: no actor"] == read(f"{HEAD}\n{BOARD.replace('Harbour Board', text)}", create=True)[1]
    told = read(f"{HEAD}\n{BOARD.replace('supports', text)}")[1]
    assert [f"row 2: {text!r} is no position or stage; --word {text!r}=… says what it means"] == told


@pytest.mark.parametrize("text", ["?", ";", "...", "*", "/", "TBD", "unknown", "ibid.", "See above", "NA"])
def test_of_what_names_nothing_no_actor_proposal_or_source_is_made(text: str) -> None:
    for key, name in (("actor", "Harbour Board"), ("proposal", "harbour"), ("source", "Open letter")):
        if (key, text) not in (("proposal", "NA"), ("source", "NA")):
            _, told, known = read(f"{HEAD}\n{BOARD.replace(name, text)}", create=True, kind="state")
            assert [f"row 2: {key} {text!r} names nothing; write what it is, or leave it empty"] == told
            assert [] == known.arrivals
    _, told, known = read(f"{HEAD}|toward\n{BOARD.replace('supports', 'pledges')}|{text}", create=True)
    assert ([f"row 2: toward {text!r} names nothing; write what it is, or leave it empty"], []) == (
        told,
        known.arrivals,
    )


def test_what_the_model_calls_so_is_that() -> None:
    for name, text in (("Nobody", "NA"), ("What?", "What?"), ("None", "none")):
        known = Things(with_actor(name, text), create=True, today="2026-06-01")
        rows = [SheetRow(1, HEAD.split("|")), SheetRow(2, BOARD.replace("Harbour Board", text).split("|"))]
        (arrival,) = arrivals([Sheet("a.csv", rows)], known, mapping_of({}))
        assert isinstance(arrival, Arrival)
        assert "somebody" == arrival.draft.body["actor"]


def test_a_name_of_two_is_of_neither_unless_one_is_spelled_so() -> None:
    """As on the command line; the first in the file was taken."""
    model = with_actor("Harbour-Board", "Port Authority")
    text = "\n".join([HEAD, BOARD, BOARD.replace("Harbour Board", "HARBOUR BOARD").replace("01-05", "01-06")])
    known = Things(model, create=True, today="2026-06-01")
    rows = [SheetRow(number, line.split("|")) for number, line in enumerate(text.split("\n"), 1)]
    arrival, left_out = arrivals([Sheet("a.csv", rows)], known, mapping_of({}))
    assert isinstance(arrival, Arrival)
    assert "harbour-board" == arrival.draft.body["actor"]
    assert isinstance(left_out, Skipped)
    assert "actor 'HARBOUR BOARD' may be 'harbour-board' or 'somebody'; write the id" == left_out.reason


def with_actor(name: str, alias: str) -> Model:
    model = load_model("examples/minimal.yaml")
    actor = Actor(name=name, kind="state", aliases=(alias,))
    return replace(model, actors={**model.actors, "somebody": actor})


@pytest.mark.parametrize("key", ["actor", "speaker", "toward"])
def test_an_actor_with_a_question_mark_is_in_doubt_and_is_neither_the_one_nor_a_new_one(key: str) -> None:
    row = BOARD.replace("supports", "pledges")
    text = row.replace("Harbour Board", "Town Council?") if key == "actor" else f"{row}|Town Council?"
    _, told, known = read(f"{HEAD}{'' if key == 'actor' else f'|{key}'}\n{text}", create=True)
    reason = "is in doubt, by its question mark; take that away where it is not"
    assert ([f"row 2: {key} 'Town Council?' {reason}"], []) == (told, known.arrivals)


def test_a_proposal_and_a_source_may_be_questions() -> None:
    """Many items of a questionnaire are, and many articles."""
    row = BOARD.replace("harbour", "Build the tram?").replace("Open letter", "Who pays?")
    _, told, known = read(f"{HEAD}\n{row}", create=True)
    assert ([], ["Build the tram?", "Who pays?"]) == (told, [arrival.draft.body["title"] for arrival in known.arrivals])


def test_a_new_actor_that_may_be_several_is_told_once() -> None:
    names = (
        "France;Italy",
        "Malta",
        "Spain",
        "Malta and Spain",
        "Malta and Spain",
        "Bosnia and Herzegovina",
        "Town Council & Malta",
        "Malta and Gozo",
        "Peru and Chile",
        "Peru",
        "Chile",
    )

    rows = [
        f"{BOARD.replace('Harbour Board', name)}".replace("01-05", f"01-{at:02}") for at, name in enumerate(names, 6)
    ]
    told = read("\n".join([HEAD, *rows]), create=True, kind="state")[1]
    reason = "comes in as one actor; if it is several: --several names the sign between them"
    assert [
        f"row 2, actor: 'France;Italy' {reason}",
        f"row 5, actor: 'Malta and Spain' {reason}",
        f"row 8, actor: 'Town Council & Malta' {reason}",
        f"row 10, actor: 'Peru and Chile' {reason}",
    ] == told
    records, told, _ = read("\n".join([HEAD, rows[0]]), create=True, kind="state", several=";")
    assert ([["france", "italy"]], []) == ([record["actor"] for record in records], told)


def test_a_new_condition_that_may_be_several_is_told() -> None:
    """Of two that both must hold one would be made, which is neither."""
    sheet = f"{HEAD}|if|unless\n{BOARD}|A ceasefire; a backstop|\n{BOARD.replace('01-05', '01-06')}||No money, no men"
    reason = "comes in as one condition; if it is several: --several names the sign between them"
    assert [f"row 2, condition: 'A ceasefire; a backstop' {reason}"] == read(sheet, create=True, kind="state")[1]
    assert [] == read(sheet, create=True, kind="state", several=";")[1]


def test_another_kind_of_an_actor_than_the_one_it_has_is_told_once() -> None:
    rows = [
        f"{BOARD}|state",
        f"{BOARD}|organisation",
        f"{BOARD}|?",
        *[f"{BOARD.replace('Harbour Board', 'New')}|{kind}" for kind in ("coalition", "", "person", "state")],
    ]
    records, told, known = read("\n".join([f"{HEAD}|kind", *rows]), create=True)
    assert (7, ["coalition"]) == (len(records), [arrival.draft.body["kind"] for arrival in known.arrivals])
    assert [
        "row 2, kind: 'state' differs from 'organisation', which 'Harbour Board' is already; correct one of the two",
        "row 7, kind: 'person' differs from 'coalition', which 'New' is already; correct one of the two",
    ] == told


@pytest.mark.parametrize(
    ("said", "kind"), [("state", "state"), ("", "organisation"), ("stat", "organisation"), (None, "person")]
)
@pytest.mark.parametrize("key", ["speaker", "toward"])
def test_whoever_has_a_row_is_of_its_kind_also_where_another_row_names_it_first(
    key: str, said: str | None, kind: str
) -> None:
    """As a table is compiled: only a speaker that has no row of its own is a person."""
    first = BOARD.replace("supports", "pledges" if key == "toward" else "supports")
    own = BOARD.replace("Harbour Board", "Other")
    rows = [f"{first}||Other", *([] if said is None else [f"{own}|{said}|"])]
    _, _, known = read("\n".join([f"{HEAD}|kind|{key}", *rows]), create=True, kind="organisation")
    expected = "organisation" if (key, said) == ("toward", None) else kind
    assert [expected] == [arrival.draft.body["kind"] for arrival in known.arrivals]


def test_a_dash_may_be_a_word_for_a_position() -> None:
    text = f"{HEAD}\n{BOARD.replace('supports', '-')}"
    assert "opposes" == one(text, word=("-=opposes",))["position"]
    assert ["row 2: '-' is no position or stage; --word '-'=… says what it means"] == read(text)[1]


def test_all_keys_of_a_record_and_its_evidence() -> None:
    more = {
        "until": "March 2027",
        "speaker": "Kari Olsen",
        "toward": "the fishers",
        "if": "The state grants a loan",
        "note": "It's: #1",
        "amount": "2000",
        "unit": "euros",
        "lines": "3-6",
        "credibility": "2",
        "quote": "We will.",
        "via": "Coast Weekly",
    }
    text = f"{HEAD}|{'|'.join(more)}\n{BOARD.replace('supports', 'pledges')}|{'|'.join(more.values())}"
    record = one(text, several=";")
    assert {
        "toward": ["fishers-union"],
        "if": ["state-loan"],
        "speaker": "olsen",
    }.items() <= record.items()
    assert {
        "until": "2027-03",
        "note": "It's: #1",
        "amount": {"value": "2000", "unit": "euros"},
    }.items() <= record.items()
    evidence = {
        "source": "union-letter",
        "lines": "3-6",
        "via": "Coast Weekly",
        "credibility": "2",
        "quote": "We will.",
    }
    assert [evidence] == record["evidence"]


@pytest.mark.parametrize("mark", ["not:", "NOT:", "not: ", "Not:  "])
def test_a_condition_that_must_not_hold_goes_under_the_other_key(mark: str) -> None:
    loan = f"{mark}The state grants a loan"
    assert STANCE | {"unless": ["state-loan"]} == one(f"{HEAD}|if\n{BOARD}|{loan}")
    assert STANCE | {"if": ["state-loan"]} == one(f"{HEAD}|unless\n{BOARD}|{loan}")
    assert STANCE | {"unless": ["state-loan"]} == one(f"{HEAD}\n{BOARD}", set=(f"if={loan}",))


def test_conditions_that_must_and_must_not_hold_stand_in_one_cell() -> None:
    records, _, known = read(f"{HEAD}|if|unless\n{BOARD}|Rain;not:Snow|not: Sun;Ice;snow", create=True, several=";")
    assert [STANCE | {"if": ["rain", "sun"], "unless": ["snow", "ice"]}] == records
    assert ["Rain", "Sun", "Snow", "Ice"] == [thing.draft.body["title"] for thing in known.arrivals]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"{BOARD}|not:", "if 'not:' names no condition; write it such as not:ceasefire"),
        (f"{BOARD}|".replace("Harbour Board", ";"), "actor ';' has no name in it"),
    ],
)
def test_a_row_whose_names_are_none_is_told(row: str, reason: str) -> None:
    row = row.replace("harbour|", "Ghost road|")
    records, told, known = read(f"{HEAD}|if\n{row}", create=True, several=";")
    assert ([], [f"row 2: {reason}"], []) == (records, told, known.arrivals)


def test_an_actor_that_is_written_in_two_ways_is_one() -> None:
    assert STANCE == one(f"{HEAD}\n{BOARD}".replace("Harbour Board", "Harbour Board;harbour-board"), several=";")


def test_words_constants_and_several_actors() -> None:
    record = one(
        "actor|position|date\nHarbour Board; the fishers|In Favour|05/01/2026",
        word=("in favour=supports",),
        set=("proposal=harbour", "source=Open letter"),
        several=";",
        dates="day-first",
    )
    assert STANCE | {"actor": ["harbour-board", "fishers-union"]} == record


def test_a_sign_makes_another_word() -> None:
    rows = f"{HEAD}\n{BOARD}".replace("supports", "{}")
    words = ("+1=supports", "-1=opposes", "for=supports")
    assert "supports" == one(rows.format("+1"), word=words)["position"]
    assert "opposes" == one(rows.format("\N{MINUS SIGN}1"), word=words)["position"]
    for doubt in ("For?", "supports?", "(for ?)"):
        records, told, _ = read(rows.format(doubt), word=words)
        assert ([], True) == (records, told[0].startswith(f"row 2: {doubt!r} is no position or stage"))


def test_two_words_that_are_read_as_one_mean_one_thing() -> None:
    assert {"n a": None} == mapping_of({"word": ("n/a=nothing", "N.A.=nothing")}).words
    with pytest.raises(UsageProblem, match=r"'n/a' and 'N\.A\.' are read as one word, and are to mean two things"):
        mapping_of({"word": ("n/a=nothing", "N.A.=neutral")})


@pytest.mark.parametrize(("heading", "date"), [("date", "2026-02-31"), ("published", "soon")])
def test_a_row_that_is_left_out_for_a_date_makes_no_actor(heading: str, date: str) -> None:
    text = f"{HEAD.replace('date', heading)}|{'date' if heading != 'date' else 'until'}\n{BOARD}|2026-03-01"
    text = text.replace("Harbour Board", "Newcomers").replace("2026-01-05", date)
    records, told, known = read(text, create=True, kind="state")
    assert ([], 1, []) == (records, len(told), known.arrivals)


def test_a_mapping_file_says_it_all(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(
        "columns: {actor: Who, position: Vote}\nwords: {no: opposes, n/a: nothing, hm: null}\nset: {proposal: harbour, "
        'source: Open letter, date: 2026-01}\nseveral: ";"\nignore: [Rest]\nheader: 2\n',
        encoding="utf-8",
    )
    records, told, _ = read(
        "A title\nWho|Vote|Rest\nOlsen|x\nKari Olsen|no\nKari Olsen|n/a\nKari Olsen|hm", map=(str(path),)
    )
    assert ["opposes"] == [record["position"] for record in records]
    assert [
        "row 3: 'x' is no position or stage; --word 'x'=… says what it means",
        "row 5: 'n/a' means nothing here",
        "row 6: the mapping leaves open what 'hm' means",
    ] == told


@pytest.mark.parametrize("wide", ["actor|harbour|Quay|date|source\n{}|supports||2026-01-05|Open letter"])
def test_a_table_of_actors_by_proposals(wide: str) -> None:
    assert [STANCE] == read(wide.format("Harbour Board"), wide=True, create=True)[0]
    turned = "proposal|Harbour Board|the fishers|date|source\nharbour|supports||2026-01-05|Open letter"
    assert [STANCE] == read(turned, wide=True)[0]


def test_a_proposal_has_one_column_in_a_wide_table() -> None:
    """Else an actor would contradict itself, and nobody had said so."""
    twice = "actor|harbour|Quay|Harbour|date|source\nHarbour Board|supports||opposes|2026-01-05|Open letter"
    with pytest.raises(UsageProblem, match=r"'harbour' stands over the columns B and D; rename one.*--ignore D"):
        read(twice, wide=True, create=True)
    assert [STANCE] == read(twice, wide=True, create=True, ignore=("D",))[0]


@pytest.mark.parametrize(
    "head", ["actor|harbour|A deep-water harbour|date|source", "proposal|Kari Olsen|olsen|date|source"]
)
def test_two_columns_of_a_wide_table_may_name_one_thing(head: str) -> None:
    name = "Harbour Board" if head.startswith("actor") else "harbour"
    with pytest.raises(UsageProblem, match=r"'.*' \(column B\) and '.*' \(column C\) name one thing; --ignore C"):
        read(f"{head}\n{name}|supports|opposes|2026-01-05|Open letter", wide=True, create=True)


def test_columns_of_a_wide_table_may_differ_in_a_sign() -> None:
    wide = "actor|Tax > 2%|Tax < 2%|Tax 2%|date|source\nHarbour Board|supports|opposes|open|2026-01-05|Open letter"
    records, told, known = read(wide, wide=True, create=True)
    assert [] == told
    assert ["supports", "opposes", "open"] == [record["position"] for record in records]
    assert ["Tax > 2%", "Tax < 2%", "Tax 2%"] == [arrival.draft.body["title"] for arrival in known.arrivals]


def test_a_position_and_a_stage_are_two_records() -> None:
    records, _, _ = read(f"{HEAD}|stage\n{BOARD}|pledges")
    assert [("supports", None), (None, "pledges")] == [
        (record.get("position"), record.get("stage")) for record in records
    ]


# -- what is unknown --------------------------------------------------------------------------------------------


def test_all_unknown_names_of_a_row_are_noted() -> None:
    records, told, known = read(f"{HEAD}\nNobody|supports|nothing|2026|https://e.org/x")
    assert ([], []) == (records, told)
    assert ["actor", "proposal", "source"] == [name.kind for name in known.unknown]


def test_a_source_that_is_only_an_address_is_to_be_completed() -> None:
    *_, known = read(f"{HEAD}\n{BOARD.replace('Open letter', 'https://www.e.org/x')}", create=True)
    assert {
        "title": "https://www.e.org/x",
        "publisher": "e.org",
        "published": "../2026-06-01",
        "about": "To complete: title, publisher, published.",
        "url": "https://www.e.org/x",
    } == dict(known.arrivals[0].draft.body)


def test_what_a_sheet_knows_of_a_source_is_taken() -> None:
    text = f"{HEAD}|url|publisher|published\nHarbour Board|open|harbour|2026|A talk|https://e.org/x|The Post|5 Jan 2026"
    *_, known = read(text, create=True)
    (arrival,) = known.arrivals
    assert "the-post-2026-01-05" == arrival.draft.key
    assert {"title": "A talk", "publisher": "The Post", "published": "2026-01-05", "url": "https://e.org/x"} == dict(
        arrival.draft.body
    )


def test_the_kind_of_a_new_actor_is_asked_for() -> None:
    text = f"{HEAD}\n{BOARD.replace('Harbour Board', 'Zoo')}"
    with pytest.raises(UsageProblem, match=r"a\.csv, row 2: of which kind is the new actor 'Zoo'\? --kind"):
        read(text, create=True)
    kinds = [read(f"{HEAD}|kind\n{text.partition(chr(10))[2]}|Party", create=True, word=("party=organisation",))]
    kinds.append(read(text, create=True, kind="organisation"))
    assert ["organisation"] * 2 == [known.arrivals[0].draft.body["kind"] for *_, known in kinds]


def test_what_only_a_commitment_has_is_told_where_a_stance_has_it() -> None:
    head, more = f"{HEAD}|toward|amount|unit", "Town Council|20|boats"
    (record,), told, _ = read(f"{head}\n{BOARD}|{more}")
    assert STANCE == record
    assert ["row 2, toward: only a commitment has one", "row 2, amount: only a commitment has one"] == told
    records, told, _ = read(f"{head}|stage\n{BOARD}|{more}|pledges")
    assert ([STANCE, [], ["town-council"]]) == [records[0], told, records[1]["toward"]]


# -- what is left out, and what stops all -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (BOARD.replace("2026-01-05", "soon"), "date 'soon' is not a date: write it such as"),
        (f"{BOARD}|||3-5 May 2027", "until '3-5 May 2027' is not a date: an end is one day, month or year, not a span"),
        (BOARD.replace("2026-01-05", ""), "no date"),
        (BOARD.replace("Open letter", ""), "no source"),
        ("|supports||2026|", "no actor and no proposal and no source"),
        (BOARD.replace("supports", "suports"), "'suports' is no position or stage (did you mean 'supports'?)"),
        (BOARD.replace("supports", "=B2"), "its position is a formula, which is not run; open the file in a"),
        (BOARD.replace("Open letter", "#REF!"), "its source is an error of a spreadsheet, which found no value"),
        (BOARD.replace("Harbour Board", "#nv"), "its actor is an error of a spreadsheet, which found no value"),
        (
            f"{BOARD}||||2026-03-12",
            "its page is a day, as spreadsheets make of 3-12; write it anew, in a cell for text",
        ),
        (f"{BOARD}|9-3", "lines '9-3': line 3 comes before line 9"),
        (f"{BOARD}|1|7", "credibility '7'"),
        (f"{BOARD}|||||25".replace("supports", "pledges"), "its amount has no unit; give it a column that is mapped"),
    ],
)
def test_a_row_that_is_left_out_is_told(row: str, reason: str) -> None:
    records, told, _ = read(f"{HEAD}|lines|credibility|until|page|amount\n\n{BOARD}\n{row}")
    assert 1 == len(records)
    (line,) = told
    assert line.startswith(f"row 4: {reason}")


def test_a_column_that_is_not_read_is_asked_for_where_its_heading_means_something() -> None:
    _, told, _ = read(f"{HEAD}|to|depends on\n{BOARD}|Town|the state pays")
    assert [
        "column 'to': it is mapped to nothing (is it toward or until? --map toward=…); --ignore says that it may be",
        "column 'depends on': it is mapped to nothing (is it if? --map if=…); --ignore says that it may be",
    ] == [line.replace("left out: ", "") for line in told]


def test_columns_that_are_not_read_are_told() -> None:
    _, told, _ = read(f"{HEAD}|Population|\n{BOARD}|6|as under a merged heading")
    assert ["column 'Population'", "row 2, column G"] == [line.partition(": ")[0] for line in told]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, r"a\.csv is empty; there should be headings"),
        ("\n\n", {}, r"a\.csv is empty"),
        (HEAD, {"header": "3"}, r"a\.csv, row 3 is empty"),
        (
            "who|what\nx|y",
            {},
            "row 1: no column for actor, proposal, position or stage, date, source or url among 'who'",
        ),
        (f"{HEAD}|date\n{BOARD}|2026", {}, "'date' stands over the columns D and F; --map date=D"),
        (f"{HEAD}|x|X\n{BOARD}", {"map": ("note=x",)}, "'x' stands over the columns F and G"),
        (f"{HEAD}\n{BOARD}", {"map": ("actor=actors",)}, r"no column has the heading 'actors' \(did you mean 'actor'"),
        (f"{HEAD}\n{BOARD}", {"map": ("acter=actor",)}, r"'acter' is nothing that a column may hold \(did you mean"),
        (f"{HEAD}\n{BOARD}", {"map": ("gone.yaml",)}, r"--map gone\.yaml: No such file"),
        (f"{HEAD}\n{BOARD}", {"word": ("for=suports",)}, r"'for' cannot mean 'suports' \(did you mean 'supports'"),
        (f"{HEAD}\n{BOARD}", {"word": ("for",)}, "--word 'for' should be WORD=POSITION"),
        (f"{HEAD}\n{BOARD}", {"set": ("date=2026",)}, "date is set for all rows, and is the column 'date', too"),
        (f"{HEAD}\n{BOARD}", {"header": "x"}, "header 'x' is no number of a row"),
        (f"{HEAD}\n{BOARD}", {"set": ("spoker=Olsen",)}, r"'spoker' is nothing that a column may hold \(did you mean"),
        (f"{HEAD}\n{BOARD}", {"decimals": "dot"}, "decimals 'dot' is not known; it is point or comma"),
        (
            f"{HEAD}\n{BOARD.replace('2026-01-05', '03/04/2026')}",
            {},
            r"'03/04/2026' is 3 April 2026 or .*--dates day-first",
        ),
    ],
)
def test_what_stops_all(text: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        read(text, **options)


@pytest.mark.parametrize("columns", [("actor=Who",), ()])
def test_a_title_above_the_headings_is_told(columns: tuple[str, ...]) -> None:
    with pytest.raises(UsageProblem, match="--header 2, where they seem to stand"):
        read(f"Our tracker||\n{HEAD}\n{BOARD}", map=columns)


def test_the_row_in_which_the_headings_seem_to_stand_is_named() -> None:
    with pytest.raises(UsageProblem, match="--header 4, where they seem to stand"):
        read(f"Positions of the seminar\ncollected in May\n\n{HEAD}\n{BOARD}")


@pytest.mark.parametrize("word", ["supports*", "(supports)", "[supports]", "~supports", "supports †"])
def test_a_word_with_a_mark_is_not_the_word(word: str) -> None:
    """A star leads to a note, and brackets often stand for a condition."""
    records, told, _ = read(f"{HEAD}\n{BOARD.replace('supports', word)}")
    assert [] == records
    assert [
        f"row 2: {word!r} is no position or stage (did you mean 'supports'?); --word {word!r}=… says what it means"
    ] == told
    assert STANCE == one(f"{HEAD}\n{BOARD.replace('supports', word)}", word=(f"{word}=supports",))


@pytest.mark.parametrize(
    ("more", "row"),
    [
        ("lines", "Ghost|opposes|Ghost road|2026-01-05|Spooky|p. 3"),
        ("until", "Ghost|opposes|Ghost road|2026-01-05|Spooky|2025/2026"),
        ("amount", "Ghost|pledges|Ghost road|2026-01-05|Spooky|many"),
        ("credibility", "Ghost|opposes|Ghost road|2026-01-05|Spooky|7"),
    ],
)
def test_a_row_that_is_left_out_leaves_nothing_behind(more: str, row: str) -> None:
    records, told, known = read(f"{HEAD}|{more}\n{row}", create=True, kind="state")
    assert ([], 1, []) == (records, len(told), known.arrivals)


@pytest.mark.parametrize(
    ("more", "row", "reason"),
    [
        (
            "until",
            "Ghost|supports|harbour|2026-01-05|Spooky|2026-01-01",
            "until '2026-01-01' does not come after '2026-01-05'; until is the first day outside",
        ),
        (
            "until|published",
            "Ghost|supports|harbour|2026|Spooky|2026-03|2026-04-02",
            "until '2026-03' does not come after '2026', which is in force from 2026-04-02",
        ),
        (
            "until",
            "Ghost|supports|harbour|2026|Open letter|2026-01",
            "until '2026-01' does not come after '2026', which is in force from 2026-01-16",
        ),
        ("reliability", "Ghost|supports|harbour|2026-01-05|Spooky|X", "reliability 'X' is not known; it is one of A ("),
        (
            "reliability",
            "Ghost|supports|harbour|2026-01-05|Open letter|X",
            "reliability 'X' is not known; it is one of",
        ),
        ("sha256", "Ghost|supports|harbour|2026-01-05|Spooky|beef", "sha256 'beef' should be 64 hexadecimal digits"),
        (
            "toward",
            "Ghost;Ghoul|pledges|harbour|2026-01-05|Spooky|Town Council;the ghost",
            "'ghost' is its own addressee; leave it out of toward",
        ),
        (
            "toward",
            "Harbour Board|pledges|harbour|2026-01-05|Spooky|harbour-board",
            "'harbour-board' is its own addressee; leave it out of toward",
        ),
        (
            "amount|unit",
            "Ghost;Ghoul|pledges|harbour|2026-01-05|Spooky|20|boats",
            "the amount would be counted 2 times: it is of 'ghost' and 'ghoul'; write a row for each",
        ),
        (
            "amount|unit|toward",
            "Ghost|pledges|harbour|2026-01-05|Spooky|20|boats|Harbour Board;Town Council",
            "the amount would be counted 2 times: it is toward 'harbour-board' and 'town-council'; write",
        ),
        (
            "note",
            "Ghost|supports|harbour|2026-01-05|Spooky|a\x07b",
            "its note has the character U+0007, which is not text",
        ),
        (
            "id|stage",
            "Ghost|supports|harbour|2026-01-05|Spooky|x|pledges",
            "id 'x' would be that of its position and of",
        ),
    ],
)
def test_a_row_that_the_model_would_refuse_is_left_out_alone(more: str, row: str, reason: str) -> None:
    """`check` would say it of the whole model; the row says it of itself, and leaves nothing behind."""
    records, told, known = read(f"{HEAD}|{more}\n{row}\n{BOARD}", create=True, kind="state", several=";")
    assert ([STANCE], []) == (records, known.arrivals)
    (line,) = told
    assert line.startswith(f"row 2: {reason}")


def test_an_amount_that_can_be_read_in_two_ways_is_told_and_not_guessed() -> None:
    cells = "Harbour Board|pledges|harbour|2026-01-05|Open letter|{}|boats"
    sheet = "\n".join([f"{HEAD}|amount|unit", *map(cells.format, ("1.000", "1 000", "1,000"))])
    records, told, _ = read(sheet)
    assert [{"value": "1000", "unit": "boats"}] == [record["amount"] for record in records]
    fix = "say --decimals point or --decimals comma"
    assert [f"row {row}: amount '{text}' is 1 or 1000; {fix}" for row, text in ((2, "1.000"), (4, "1,000"))] == told
    records, told, _ = read(sheet, decimals="point")
    assert (["1.000", "1000", "1000"], []) == ([record["amount"]["value"] for record in records], told)  # type: ignore[call-overload,index]


def test_a_stance_is_not_left_out_for_an_amount_that_is_not_read() -> None:
    records, told, _ = read(f"{HEAD}|amount|unit\n{BOARD}|1.000|boats")
    assert (1, ["row 2, amount: only a commitment has one"]) == (len(records), [each[:50] for each in told])


def test_an_amount_of_an_actor_that_is_written_in_two_ways_is_counted_once() -> None:
    rows = f"{HEAD}|amount|unit|toward\n{BOARD}|20|boats|Town Council;town-council".replace("supports", "pledges")
    assert ["town-council"] == one(rows.replace("Harbour Board", "Harbour Board;harbour-board"), several=";")["toward"]


def test_an_id_is_that_of_one_row() -> None:
    rows = (f"{BOARD}|x", f"{BOARD}|x", f"{BOARD.replace('supports', 'opposes')}|x", f"{BOARD}|y")
    records, told, _ = read("\n".join((f"{HEAD}|id", *rows)))
    assert ["x", "x", "y"] == [record["id"] for record in records]
    assert ["row 4: id 'x' is that of row 2; give it another one, or leave it out"] == told


# -- what rows say of a source ----------------------------------------------------------------------------------


def sources(known: Things) -> list[tuple[str, dict[str, Data]]]:
    """Return what a sheet brings of sources."""
    arrived = [arrival.draft for arrival in known.arrivals if arrival.draft.section == "sources"]
    return [(str(draft.key), dict(draft.body)) for draft in arrived]


TALK = "Harbour Board|supports|harbour|2026-01-0{}|https://e.org/x|{}|{}|{}"
OF_SOURCE = f"{HEAD}|title|published|reliability"


def test_of_rows_that_contradict_each_other_about_a_source_the_first_stands() -> None:
    rows = [
        TALK.format(5, "A talk", "2026-01-06", "B"),
        TALK.format(6, "A talk", "2026-03-06", "D"),
        TALK.format(7, "A talk", "2026-01-06", "B"),
        TALK.format(8, "A talk", "2026-01-06", "D"),
    ]
    records, told, known = read("\n".join((OF_SOURCE, *rows)), create=True)
    assert 4 == len(records)
    of_source = "says of the source 'e-org-2026-01-06'; correct one of the two"
    assert [
        f"row 3, published: '2026-03-06' differs from '2026-01-06', which row 2 {of_source}",
        f"row 3, reliability: 'D' differs from 'B', which row 2 {of_source}",
        f"row 5, reliability: 'D' differs from 'B', which row 2 {of_source}",
    ] == told
    ((_, source),) = sources(known)
    assert {"published": "2026-01-06", "reliability": "B"}.items() <= source.items()


def test_a_row_completes_what_an_earlier_one_says_of_a_source() -> None:
    rows = [TALK.format(5, "", "", ""), TALK.format(6, "", "", "B"), TALK.format(7, "A talk", "2026-01", "")]
    _, told, known = read("\n".join((OF_SOURCE, *rows)), create=True)
    expected = {"title": "A talk", "publisher": "e.org", "published": "2026-01", "url": "https://e.org/x"}
    about = {"about": "To complete: publisher.", "reliability": "B"}
    assert ([], [("e-org-x", {**expected, **about})]) == (told, sources(known))


def test_when_a_source_came_out_counts_for_earlier_rows_too() -> None:
    """A statement is in force from then on at the latest: it has not ended before."""
    dated = "Harbour Board|supports|harbour|2024|https://e.org/x|2024-06-01|"
    rows = [dated, "Olsen|opposes|harbour|2024-02|https://www.e.org/x/||2024-04"]
    records, told, _ = read("\n".join((f"{HEAD}|until|published", *rows)), create=True)
    assert (2, []) == (len(records), told)
    (reason,) = read("\n".join((f"{HEAD}|until|published", dated)), create=True)[1]
    assert "until '2024-06-01' does not come after '2024'" in reason


def test_an_address_gets_its_name_from_a_later_row_which_others_may_use() -> None:
    rows = ["|https://e.org/x|", "A talk|https://e.org/x|", "A talk||2026-01-07", "Talk B|https://www.e.org/x/|"]
    listed = [f"Harbour Board|supports|harbour|2026-01-0{number}|{row}" for number, row in enumerate(rows, 1)]
    records, told, known = read("\n".join((f"{HEAD}|url|published", *listed)), create=True)
    assert [[{"source": "e-org-x"}]] * 4 == [record["evidence"] for record in records]
    assert ["row 5, title: 'Talk B' differs from 'A talk', which row 3 says of the source 'e-org-x'; correct one"] == [
        line.removesuffix(" of the two") for line in told
    ]
    ((_, source),) = sources(known)
    assert {"title": "A talk", "published": "2026-01-07"}.items() <= source.items()


def test_one_title_with_several_addresses_is_several_sources_and_none_is_guessed() -> None:
    cited = ["|https://e.org/1", "|https://e.org/2", "|https://www.e.org/1/", "|", "|"]
    rows = [f"Harbour Board|open|harbour|2026-01-0{day}|Gazette{each}" for day, each in enumerate(cited, 1)]
    records, told, known = read("\n".join((f"{HEAD}|url", *rows)), create=True)
    first, second, again, apart, apart_again = ([cite["source"] for cite in record["evidence"]] for record in records)  # type: ignore[call-overload,index,union-attr]
    assert ([first, apart], 3) == ([again, apart_again], len({*first, *second, *apart}))
    assert ["e-org-1", "e-org-2", "gazette"] == [*first, *second, *apart]
    which = "'Gazette' may be 'e-org-1' or 'e-org-2', and is kept apart"
    assert [f"row 5, source: {which}; its id or its address says which it is"] == told
    assert ["https://e.org/1", "https://e.org/2", None] == [body.get("url") for _, body in sources(known)]
    _, told, _ = read("\n".join((f"{HEAD}|url", *rows)))
    assert [] == [line for line in told if "Gazette" in line]


def test_a_title_without_address_gets_that_of_a_later_row_unless_there_are_two() -> None:
    """Whichever row comes first: else the statement would stand under an article that its row does not name."""
    cited = ["|", "|https://e.org/1", "|"]
    rows = [f"Harbour Board|open|harbour|2026-01-0{day}|Gazette{each}" for day, each in enumerate(cited, 1)]
    _, told, known = read("\n".join((f"{HEAD}|url", *rows)), create=True)
    assert ([], ["https://e.org/1"]) == (told, [body["url"] for _, body in sources(known)])
    rows.append("Harbour Board|open|harbour|2026-01-04|Gazette|https://e.org/2")
    _, told, known = read("\n".join((f"{HEAD}|url", *rows)), create=True)
    which = "'Gazette' may be 'https://e.org/1' or 'https://e.org/2', and is kept apart"
    assert [f"row 2, source: {which}; its id or its address says which it is"] == told
    assert [None, "https://e.org/1", "https://e.org/2"] == [body.get("url") for _, body in sources(known)]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("https://lemonde.example/a|", "lemonde.example/a|"),
        ("https://lemonde.example/a|", "lemonde-example-a|"),
        ("Letter|letter.txt", "letter.txt|"),
        ("Le Monde|", "le-monde|"),
    ],
)
def test_a_source_of_the_sheet_is_known_by_its_id_and_its_document_and_nothing_else_is_taken_for_it(
    first: str, other: str
) -> None:
    """What was last brought in, such as another source, took what the row said of this one."""
    row = "Harbour Board|supports|harbour|2026-01-0"
    rows = [f"{row}{day}|{cited}" for day, cited in enumerate([first, "Other paper|", other], 1)]
    records, told, known = read("\n".join([f"{HEAD}|document", *rows]), create=True)
    assert [] == told
    assert records[0]["evidence"] == records[2]["evidence"]
    sources = {arrival.draft.key: arrival.draft.body for arrival in known.arrivals}
    assert (2, "Other paper") == (len(sources), sources["other-paper"]["title"])


@pytest.mark.parametrize(
    ("cell", "title", "url"),
    [
        ("Gazette, 5 May, https://g.example/a", "Gazette, 5 May", "https://g.example/a"),
        ("Gazette (https://g.example/a)", "Gazette", "https://g.example/a"),
        ("https://g.example/a_(b) – Gazette", "Gazette", "https://g.example/a_(b)"),
        ("Gazette <https://g.example/a>.", "Gazette", "https://g.example/a"),
        ("\N{EN DASH} https://g.example/a", None, "https://g.example/a"),
        ("<https://g.example/a>", None, "https://g.example/a"),
        ("(https://g.example/a)", None, "https://g.example/a"),
        ("https://g.example/a;", None, "https://g.example/a"),
        ("https://g.example/Tram_Inc.", None, "https://g.example/Tram_Inc."),
        ("https://archive.example/https://g.example/a", None, "https://archive.example/https://g.example/a"),
    ],
)
def test_an_address_beside_the_name_of_a_source_is_its_address(cell: str, title: str | None, url: str) -> None:
    text = f"{HEAD}\n{BOARD.replace('Open letter', cell)}\n{BOARD.replace('Open letter', url).replace('05', '06')}"
    records, told, known = read(text, create=True)
    (source,) = [arrival.draft.body for arrival in known.arrivals if arrival.draft.section == "sources"]
    assert ([], 2) == (told, len(records))
    assert (title or url, url) == (source["title"], source["url"])


def test_the_address_that_a_column_gives_is_that_of_the_source() -> None:
    """What stands in its name is part of the name then, as of an article about a page."""
    _, told, known = read(
        f"{HEAD}|url\n{BOARD}|https://g.example/a".replace("Open letter", "On https://x.example/1"), create=True
    )
    ((_, source),) = sources(known)
    assert ([], "On https://x.example/1", "https://g.example/a") == (told, source["title"], source["url"])


@pytest.mark.parametrize("sign", ["; ", ";", " ", " and "])
@pytest.mark.parametrize("key", ["source", "url"])
def test_a_cell_with_several_addresses_is_no_source(sign: str, key: str) -> None:
    cell = f"https://a.example/1{sign}https://b.example/2"
    _, told, known = read(
        f"{HEAD}\n{BOARD}\n{BOARD}".replace("source", key).replace("Open letter", cell, 1), create=True
    )
    assert f"row 2: {key} '{cell}' has several addresses; write a row for each" == told[0]
    assert not any("a.example" in str(arrival) for arrival in known.arrivals)


def test_a_note_may_have_several_addresses() -> None:
    note = "As on https://a.example/1, https://b.example/2."
    assert STANCE | {"note": note} == one(f"{HEAD}|note\n{BOARD}|{note}")


def test_the_first_row_corrects_a_source_of_the_model_and_no_later_one() -> None:
    rows = [f"{BOARD.replace('05', day)}|{mark}" for day, mark in (("05", ""), ("06", "C"), ("07", "D"), ("08", "C"))]
    _, told, known = read("\n".join((f"{HEAD}|reliability", *rows)))
    assert [("union-letter", {"reliability": "C"})] == sources(known)
    assert ["row 4, reliability"] == [line.partition(": ")[0] for line in told]


def test_a_row_of_several_cells_contradicts_another_once() -> None:
    rows = ["Harbour Board|supports|opposes|2026-01-05|Spooky|B", "Olsen|supports|opposes|2026-01-05|Spooky|C"]
    text = "\n".join(("actor|harbour|Quay|date|source|reliability", *rows))
    records, told, _ = read(text, create=True, wide=True, kind="person")
    assert (4, ["row 3, reliability"]) == (len(records), [line.partition(": ")[0] for line in told])


def test_rows_of_several_sheets_contradict_each_other() -> None:
    known = Things(load_model("examples/minimal.yaml"), create=True, today="2026-06-01")
    sheets = [
        Sheet(file, [SheetRow(1, [*HEAD.split("|"), "reliability"]), SheetRow(2, [*BOARD.split("|"), mark])])
        for file, mark in (("a.csv", "C"), ("b.csv", "D"))
    ]
    told = [row for row in arrivals(sheets, known, mapping_of({})) if isinstance(row, Skipped)]
    assert [RowPlace("b.csv", 2, "reliability")] == [row.place for row in told]
    assert "'D' differs from 'C', which a.csv, row 2 says of the source 'union-letter'" in told[0].reason


@pytest.mark.parametrize("order", [1, -1])
def test_an_address_without_its_scheme_is_that_address_whichever_comes_first(order: int) -> None:
    spellings = ["https://lemonde.fr/a", "www.lemonde.fr/a", "lemonde.fr/a"][::order]
    rows = [BOARD.replace("01-05", f"01-0{day}").replace("Open letter", text) for day, text in enumerate(spellings, 1)]
    records, told, known = read("\n".join((HEAD, *rows)), create=True)
    assert [] == told
    assert [[{"source": "lemonde-fr-a"}]] * 3 == [record["evidence"] for record in records]
    assert [{"lemonde-fr-a"}] == [{one.draft.key for one in known.arrivals}]
