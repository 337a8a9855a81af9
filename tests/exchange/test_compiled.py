"""From a source to a folder of holdings."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb
from actorgraph.engines.folder import manifest_of
from actorgraph.engines.opening import holdings_editions, open_holdings
from actorgraph.errors import UsageProblem
from actorgraph.exchange.compiled import (
    READING,
    Intake,
    LeftOutProblem,
    append_source,
    compile_holdings,
    compile_source,
)
from actorgraph.exchange.csv import read
from actorgraph.exchange.importing.incoming import Arrival, RowPlace, Skipped, Things
from actorgraph.exchange.sheets.table_source import header_of
from actorgraph.explorer.html import to_html
from actorgraph.ledger.curated import model_of
from actorgraph.ledger.lenses import lenses_of
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.model.model import Model
from actorgraph.model.records import Header
from actorgraph.questions.sensitivity import sensitivity
from actorgraph.questions.who import who
from actorgraph.questions.why import why
from actorgraph.vocabulary import JOINTLY

EVERY_HOLDING = f"SELECT {', '.join(HOLDING_COLUMNS)} FROM holdings ORDER BY kind, actor, proposal, since"

CODED = (
    "actor,position,proposal,date,source,published\n"
    "France,supports,A new harbour,2025-01-02,Le Monde,2025-01-03\n"
    "France,opposes,A new harbour,2025-03-01,Gazette,2025-03-02\n"
    "Italy,opposes,A new harbour,2025-01,Gazette,2025-02-03\n"
)


@pytest.fixture
def coded(tmp_path: Path) -> str:
    file = tmp_path / "coded.csv"
    file.write_text(CODED, encoding="utf-8")
    return str(file)


def positions(folder: Path, as_of: str) -> list[tuple[str, str, str | None]]:
    with open_holdings(folder) as ledger:
        rows = who(ledger, "any", "A new harbour", as_of=as_of).rows
        return [(row.actor, row.position, row.since_date) for row in rows]


def test_a_table(engine: Duckdb, coded: str, tmp_path: Path) -> None:
    made = compile_source(engine, coded, str(tmp_path / "h"), intake=Intake(today="2026-11-27"))
    assert (3, (), 20250101, 20250301) == (made.rows, made.left_out, made.first, made.last)
    assert {"statements": 3, "holdings": 4, "actors": 2, "proposals": 1} == dict(made.manifest.counts)
    assert [("france", "supports", "2025-01-02"), ("italy", "opposes", "2025-01")] == positions(
        tmp_path / "h", "2025-02-10"
    )
    assert [("france", "opposes", "2025-03-01"), ("italy", "opposes", "2025-01")] == positions(
        tmp_path / "h", "2025-04-01"
    )


def test_holdings_are_called_as_the_file_or_as_is_said(engine: Duckdb, coded: str, tmp_path: Path) -> None:
    compile_source(engine, coded, str(tmp_path / "h"), header=header_of(coded, key="harbour", title="The harbour"))
    with open_holdings(tmp_path / "h") as ledger:
        assert ("harbour", "The harbour") == (ledger.model, ledger.title)


def test_an_edition_has_less_evidence_and_says_so(engine: Duckdb, coded: str, tmp_path: Path) -> None:
    compile_source(engine, coded, str(tmp_path / "h"), limits={"known_by": "2025-02-28"})
    assert [("france", "supports", "2025-01-02"), ("italy", "opposes", "2025-01")] == positions(
        tmp_path / "h", "2025-04-01"
    )
    with open_holdings(tmp_path / "h") as ledger:
        assert "2025-02-28" == ledger.known_by


def test_holdings_are_compiled_again_with_less_evidence(engine: Duckdb, coded: str, tmp_path: Path) -> None:
    compile_source(engine, coded, str(tmp_path / "h"))
    compile_source(engine, str(tmp_path / "h"), str(tmp_path / "less"), limits={"without": ["gazette-2025-03-02"]})
    assert [("france", "supports", "2025-01-02"), ("italy", "opposes", "2025-01")] == positions(
        tmp_path / "less", "2025-04-01"
    )
    with pytest.raises(UsageProblem, match="has not all evidence any more"):
        compile_source(engine, str(tmp_path / "less"), str(tmp_path / "least"))


def test_what_was_left_out_is_in_the_manifest(engine: Duckdb, coded: str, tmp_path: Path) -> None:
    Path(coded).write_text(f"{CODED}Spain,maybe,A new harbour,2025,,\n", encoding="utf-8")
    made = compile_source(engine, coded, str(tmp_path / "h"))
    (reason,) = made.manifest.left_out["reasons"]
    assert (1, 1, [{"file": coded, "line": 5, "value": "maybe"}]) == (
        made.manifest.left_out["rows"],
        reason["rows"],
        reason["places"],
    )


@pytest.mark.parametrize(
    ("strict", "text", "message"),
    [
        (True, f"{CODED}Spain,maybe,A new harbour,2025,,\n", "no row may be left out"),
        (False, "actor,position,proposal,date\nSpain,maybe,A new harbour,2025\n", "no row is left"),
        (False, "actor,position,proposal,date\n", "no row is left"),
    ],
)
def test_nothing_is_written_where_rows_are_missing(
    engine: Duckdb, coded: str, tmp_path: Path, *, strict: bool, text: str, message: str
) -> None:
    Path(coded).write_text(text, encoding="utf-8")
    with pytest.raises(LeftOutProblem, match=message):
        compile_source(engine, coded, str(tmp_path / "h"), intake=Intake(strict=strict))
    assert not (tmp_path / "h").exists()


def test_a_curated_model_keeps_all_that_is_inferred(engine: Duckdb, tmp_path: Path) -> None:
    made = compile_source(engine, "examples/minimal.yaml", str(tmp_path / "h"))
    assert (None, True, 20251120) == (made.rows, made.manifest.of_model, made.first)
    with open_holdings(tmp_path / "h") as ledger:
        assert "minimal" == ledger.model
    with pytest.raises(UsageProblem, match="has an id and a title of its own"):
        compile_source(engine, "examples/minimal.yaml", str(tmp_path / "h2"), header=header_of("x.csv"))


def test_of_more_sources_than_a_frame_has_room_for_each_is_cited_and_known(
    engine: Duckdb, coded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actorgraph.exchange.sheets.coded_sources.MOST_SOURCES", 1)
    compile_source(engine, coded, str(tmp_path / "h"), intake=Intake(today="2026-11-27"))
    with open_holdings(tmp_path / "h") as ledger:
        rows = who(ledger, "any", "A new harbour", as_of="2025-04-01").rows
        assert ["Gazette", "Gazette"] == [cited.publisher for row in rows for cited in row.evidence[:1]]
        assert ("2025-03-02", 3) == (ledger.latest_source, len(ledger.things("source")))
    with open_holdings(tmp_path / "h", known_by="2025-02-01") as ledger:
        rows = who(ledger, "any", "A new harbour", as_of="2025-04-01").rows
        assert [["Le Monde"]] == [[cited.publisher for cited in row.evidence] for row in rows]
    compile_source(engine, str(tmp_path / "h"), str(tmp_path / "again"))
    assert positions(tmp_path / "h", "2025-04-01") == positions(tmp_path / "again", "2025-04-01")


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("most_sources", [1, 100])
def test_a_table_that_is_added_stands_as_if_it_had_come_with_the_first(
    engine: Duckdb, coded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_sources: int
) -> None:
    monkeypatch.setattr("actorgraph.exchange.sheets.coded_sources.MOST_SOURCES", most_sources)
    header, *rows = CODED.splitlines(keepends=True)
    more = (header, "ITALY,supports,a new harbour,2025-02-05,Le Monde,2025-02-06\n")
    Path(coded).write_text("".join((header, *rows, *more[1:])), encoding="utf-8")
    compile_source(engine, coded, str(tmp_path / "whole"), header=header_of("coded.csv"))
    Path(coded).write_text(CODED, encoding="utf-8")
    compile_source(engine, coded, str(tmp_path / "h"))
    Path(coded).write_text("".join(more), encoding="utf-8")
    made = append_source(engine, coded, str(tmp_path / "h"))
    assert (1, 1, 0) == (made.rows, made.added, made.known)
    for known_by in ("2025-02-04", "2025-04-01"):
        answers = []
        for folder in ("whole", "h"):
            with open_holdings(tmp_path / folder, known_by=known_by) as ledger:
                answers.append(who(ledger, "any", "A new harbour", as_of="2025-04-01")._asdict())
        assert answers[0] == answers[1]


def test_a_row_of_several_actors_is_a_joint_statement_as_an_import_has_it(tmp_path: Path) -> None:
    heading, several = "actor,position,stage,proposal,date,source,id\n", {"several": ";"}
    rows = [
        "B;A,opposes,,Tram,2025-01-02,Gazette,",
        "A;B;C,,pledges,Tram,2025-01-03,Gazette,x",
        "C,open,,Tram,2025-01-04,Gazette,",
    ]
    for most in (3, 1):
        for number, some in enumerate((rows[:most], rows[most:])[: 1 if most == 3 else 2]):
            (tmp_path / "t.csv").write_text(heading + "\n".join(some) + "\n", encoding="utf-8")
            compile_holdings(tmp_path / "t.csv", tmp_path / "h", today="2026-01-01", append=number > 0, options=several)
        compile_holdings(tmp_path / "h", tmp_path / "again", today="2026-01-01")
        for folder in ("h", "again"):
            with open_holdings(tmp_path / folder) as ledger:
                records = ledger.things("stance", "commitment")
                joint = model_of(ledger).joint
                whys = [why(ledger, "A", "Tram", as_of="2025-06").curated[0].jointly]
                page = to_html(ledger, as_of="2025-06")
            together = {record.id: tuple(record.body[JOINTLY]) for record in records if JOINTLY in record.body}
            assert {
                **dict.fromkeys(("a.tram.2025-01-02", "b.tram.2025-01-02"), ("b", "a")),
                **dict.fromkeys(("x.a", "x.b", "x.c"), ("a", "b", "c")),
            } == together
            assert together == {key: each.actors for key, each in joint.items()}
            assert {"a.tram.2025-01-02", "x.a"} == {each.first for each in joint.values()}
            assert [("b", "a")] == whys
            assert '"joint": [["' in page or '"joint":[["' in page


ABSENT = """\
actor,position,proposal,date,source,speaker,url,until,toward
?,supports,Tram,2024-01-01,Gazette,,,,
n/a,supports,Tram,2024-01-01,Gazette,,,,
A?,supports,Tram,2024-01-01,Gazette,,,,
A,supports,Tram,2024-01-01,ibid.,,,,
A,supports,TBD,2024-01-01,Gazette,,,,
B,supports,Tram,2024-01-01,Gazette,NA,n/a,None,NaN
C,opposes,Tram,2024-01-01,n/a,,https://example.org/a,,
D,opposes,Tram,n/a,Gazette,,,,
E,opposes,Tram,2024-01-01,Gazette,unknown,,,
NA,opposes,Tram,2024-01-01,Gazette,,,,
"""


def test_what_names_nothing_is_left_out_as_an_import_leaves_it_out(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(ABSENT, encoding="utf-8")
    made = compile_holdings(table, tmp_path / "h", today="2026-01-01")
    left_out = {row for each in made.left_out for _, row, _ in each.places}
    things = Things(Model(Header(id="m", title="M")), create=True, today="2026-01-01")
    brought = list(read([str(table)], things, kind="state"))
    passed_over = {each.place.row for each in brought if isinstance(each, Skipped) and isinstance(each.place, RowPlace)}
    assert {2, 3, 4, 5, 6, 9, 10, 11} == left_out == passed_over
    said = [each.draft.body for each in brought if isinstance(each, Arrival) and each.draft.section == "stances"]
    with open_holdings(tmp_path / "h") as ledger:
        rows = who(ledger, "any", "Tram", as_of="2025-01-01").rows
    assert ["b", "c"] == [row.actor for row in rows] == [body["actor"] for body in said]
    assert [None, None] == [row.until for row in rows] == [body.get("until") for body in said]
    assert [None, None] == [row.speaker for row in rows] == [body.get("speaker") for body in said]
    assert ["", "https://example.org/a"] == [row.evidence[0].url or "" for row in rows]


OF_SOURCES = "actor,position,proposal,date,source,url,published,publisher,author\n"
FULLY, BARELY, OTHER, SAYS_MORE, BY_ADDRESS = (
    f"{actor},open,Tram,2025-01-0{day},{cited}\n"
    for day, (actor, cited) in enumerate(
        (
            ("A", "Gazette,https://g.test/1,2025-01-03,,"),
            ("B", "gazette,,,,"),
            ("C", "Gazette,https://g.test/2,2025-01-03,,"),
            ("D", "Gazette,https://g.test/1,2025-01-03,,Ann"),
            ("E", "http://www.g.test/1,,,,"),
        ),
        1,
    )
)


@pytest.mark.first_cases(3)
@pytest.mark.parametrize(
    ("rows", "sources", "unclear"),
    [
        ((FULLY, BARELY), "aa", ()),
        ((BARELY, FULLY), "ab", ()),
        ((FULLY, OTHER, BARELY), "abc", ("gazette (g-test-2025-01-03 or g-test-2025-01-03-2)",)),
        ((FULLY, SAYS_MORE, BY_ADDRESS), "abc", ("http://www.g.test/1 (g-test-2025-01-03 or g-test-2025-01-03-2)",)),
        ((FULLY, BY_ADDRESS, OTHER), "aba", ()),
        ((FULLY, BARELY, OTHER), "aab", ()),
    ],
    ids=["less", "more", "several", "address of several", "address", "one of several by now"],
)
def test_a_row_that_says_less_means_the_only_source_that_says_it_however_it_comes(
    tmp_path: Path, rows: tuple[str, ...], sources: str, unclear: tuple[str, ...]
) -> None:
    for most in range(len(rows)):  # none: all at once
        folder = tmp_path / f"h{most}"
        for number, text in enumerate(("".join(rows[:most]), "".join(rows[most:])) if most else ("".join(rows),)):
            (tmp_path / "t.csv").write_text(OF_SOURCES + text, encoding="utf-8")
            made = compile_holdings(tmp_path / "t.csv", folder, today="2026-01-01", append=number > 0)
        assert sources == cited_in(folder)
        assert unclear == made.unclear
        (tmp_path / "t.csv").write_text(OF_SOURCES + "".join(rows), encoding="utf-8")
        again = compile_holdings(tmp_path / "t.csv", folder, today="2026-01-01", append=True)
        assert (0, len(rows), sources) == (again.added, again.known, cited_in(folder))


def cited_in(folder: Path) -> str:
    """Return a letter for the sources of each row: the same for the same ones."""
    with open_holdings(folder) as ledger:
        rows = who(ledger, "any", "Tram", as_of="2025-06").rows
    cited = [tuple(each.source for each in row.evidence) for row in rows]
    return "".join("abc"[sorted(set(cited), key=cited.index).index(sources)] for sources in cited)


def test_rows_without_ids_that_are_added_are_numbered_on(engine: Duckdb, coded: str, tmp_path: Path) -> None:
    """Whether new rows come alone, or in an export that has grown; to add them again adds nothing."""
    more = (
        "France,opposes,A new harbour,2025-01-02,Gazette,2025-01-04\n"
        "France,supports,A new harbour,2025-01-02,Gazette,2025-01-04\n"
        "Italy,open,A new harbour,2025-01,Gazette,2025-02-03\n"
    )
    whole = f"{CODED}{more}"
    for folder, texts in {
        "whole": [whole],
        "alone": [CODED, f"{CODED.partition(chr(10))[0]}\n{more}", whole],
        "grown": [CODED, whole, whole],
    }.items():
        for number, text in enumerate(texts):
            Path(coded).write_text(text, encoding="utf-8")
            if number:
                made = append_source(engine, coded, str(tmp_path / folder))
                assert ((), 3 if number == 1 else 0) == (made.left_out, made.added)
            else:
                compile_source(engine, coded, str(tmp_path / folder), header=header_of("coded.csv"))
    assert statements(engine, tmp_path / "whole") == statements(engine, tmp_path / "alone")
    assert statements(engine, tmp_path / "whole") == statements(engine, tmp_path / "grown")
    answers = []
    for folder in ("whole", "alone", "grown"):
        with open_holdings(tmp_path / folder) as ledger:
            answers.append(who(ledger, "any", "A new harbour", as_of="2025-04-01")._asdict())
    assert answers[0] == answers[1]
    assert answers[0] == answers[2]


def statements(engine: Duckdb, folder: Path) -> list[tuple[Any, ...]]:
    manifest = manifest_of(str(folder))
    engine.read("one", [str(folder / file) for file in manifest.tables["statements"]])
    return engine.run("SELECT id, position, source FROM one ORDER BY id")


def test_a_function_does_what_the_command_does(coded: str, tmp_path: Path) -> None:
    told: list[str] = []
    made = compile_holdings(
        Path(coded), tmp_path / "h", today="2026-11", title="The harbour", progress=lambda what, *_: told.append(what)
    )
    assert (3, 3, "reading the source") == (made.rows, made.manifest.counts["statements"], told[0])
    more = tmp_path / "more.csv"
    more.write_text("actor,position,proposal,date\nSpain,open,A new harbour,2025-04-01\n", encoding="utf-8")
    assert 1 == compile_holdings(more, tmp_path / "h", today="2026-11", append=True).added
    with open_holdings(tmp_path / "h") as ledger:
        rows = who(ledger, "any", "A new harbour", as_of="2025-05-01").rows
        assert ("The harbour", ["france", "italy", "spain"]) == (ledger.title, sorted(row.actor for row in rows))


@pytest.mark.parametrize("said", [{"title": "T"}, {"key": "t"}, {"known_by": "2025"}, {"without": ["gazette"]}])
def test_what_is_said_of_all_statements_is_not_said_of_those_added(
    coded: str, tmp_path: Path, said: dict[str, Any]
) -> None:
    with pytest.raises(UsageProblem, match="are said of all statements, not of those added"):
        compile_holdings(coded, tmp_path / "h", today="2026-11", append=True, **said)


@pytest.mark.parametrize("append", [False, True])
@pytest.mark.parametrize("other", [False, True])
def test_of_two_at_once_one_says_so_while_the_other_still_reads(
    coded: str, tmp_path: Path, *, append: bool, other: bool
) -> None:
    """What one of them adds would else be lost without a word when the other, which began before, is done."""
    compile_holdings(coded, tmp_path / "h", today="2026-11")
    refused: list[str] = []

    def meanwhile(step: str, *_: int) -> None:
        if step == READING:
            with pytest.raises(UsageProblem) as error:
                compile_holdings(coded, tmp_path / "h", today="2026-11", append=other)
            refused.append(str(error.value))

    compile_holdings(coded, tmp_path / "h", today="2026-11", append=append, progress=meanwhile)
    assert [f"another compile is writing into {tmp_path / 'h'}; wait until it is done"] == refused


@pytest.mark.parametrize("append", [False, True])
def test_what_comes_to_nothing_leaves_no_folder(tmp_path: Path, *, append: bool) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "new/in/new"):
        with pytest.raises(UsageProblem):
            compile_holdings(tmp_path / "none.csv", tmp_path / folder, today="2026-11", append=append)
    assert ["empty"] == [path.name for path in tmp_path.rglob("*")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are always UTF-8 there")
@pytest.mark.parametrize("name", ["h", "none.csv"])
def test_a_source_that_is_not_there_is_told_also_where_the_folder_is_called_so(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    with pytest.raises(UsageProblem, match=f"there is no file {re.escape(str(source))}$"):
        compile_holdings(source, tmp_path / "h", today="2026-11-27")
    assert not (tmp_path / "h").exists()


def test_a_path_that_is_not_utf_8_is_told(coded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB takes none: it fails in words of its own, whatever the path is of."""
    named = tmp_path / "h\udcff"
    named.mkdir()
    why = r"h\\udcff.* is no path that an engine takes: its name is not UTF-8; give it another"
    (named / "t.csv").write_text(CODED, encoding="utf-8")
    for source, folder in ((coded, named / "of"), (named / "t.csv", tmp_path / "of")):
        with pytest.raises(UsageProblem, match=why):
            compile_holdings(source, folder, today="2026-11")
    compile_holdings(coded, tmp_path / "of", today="2026-11")
    (tmp_path / "of").rename(named / "of")
    with pytest.raises(UsageProblem, match=why):
        open_holdings(named / "of")
    monkeypatch.setattr("tempfile.tempdir", str(named))
    with pytest.raises(UsageProblem, match=why):
        compile_holdings(coded, tmp_path / "of", today="2026-11")


def test_a_folder_of_something_else_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("!", encoding="utf-8")
    with pytest.raises(UsageProblem, match="holds something else than holdings"):
        compile_holdings("examples/no-such-table.csv", tmp_path, today="2025-01-01")


HEADING = "id,actor,position,proposal,date,source,published\n"


def test_a_source_of_a_row_that_is_left_out_costs_no_other_its_name(tmp_path: Path) -> None:
    """The second row contradicts the first one's id, and nobody else cites its source."""
    table = tmp_path / "two.csv"
    table.write_text(
        f"{HEADING}s2,Liberals,opposes,Tram,2024-01-12,https://daily.example/2,2024-01-13\n"
        "s2,Liberals,supports,Tram,2024-01-12,https://tabloid.example/2,2024-01-14\n",
        encoding="utf-8",
    )
    for number in range(4):
        compile_holdings(table, tmp_path / "h", today="2025-01-01", append=number > 0)
        with open_holdings(tmp_path / "h") as ledger:
            assert ["daily-example-2024-01-13"] == [thing.id for thing in ledger.things("source")]


def test_a_statement_may_cite_nothing(tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text(
        f"{HEADING},A,supports,X,2024-01-01,https://d.example/1,2024-01-02\n,B,opposes,X,2024-01-03,,\n",
        encoding="utf-8",
    )
    compile_holdings(table, tmp_path / "h", today="2025-01-01")
    with open_holdings(tmp_path / "h") as ledger:
        assert [("a", 1), ("b", 0)] == [(row.actor, len(row.evidence)) for row in who(ledger, "any", "x", as_of="2025")]
        found = sensitivity(ledger, as_of="2025")
        assert (["a"], 2) == ([row.actor for row in found.alone], found.positions)
        assert "b.x.2024-01-03" in to_html(ledger, as_of="2025")


def test_what_less_evidence_leaves_of_a_table_is_shown_as_it_is_answered(tmp_path: Path) -> None:
    """Nothing is inferred from a table, in its lenses and of what was known earlier neither."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "statements.csv").write_text(
        f"{HEADING},A,supports,Deep,2024-01-01,https://d.example/1,2024-01-02\n"
        ",B,opposes,Harbour,2024-02-01,https://e.example/1,2024-02-02\n",
        encoding="utf-8",
    )
    (tmp_path / "t" / "proposals.csv").write_text("id,title,entails\nharbour,Harbour,\ndeep,Deep,harbour\n")
    folder = tmp_path / "h"
    compile_holdings(tmp_path / "t", folder, today="2025-01-01")
    *earlier, last = holdings_editions(folder)
    assert ["2024-01-02", None] == [ledger.known_by for ledger in (*earlier, last)]
    for ledger in (*earlier, last):
        with open_holdings(folder, known_by=ledger.known_by) as asked:
            assert asked.rows(EVERY_HOLDING) == ledger.rows(EVERY_HOLDING)
            assert not asked.infers
    lenses, _ = lenses_of(last)
    assert ["d-example-2024-01-02", "e-example-2024-02-02"] == [lens.without for lens in lenses]
    for lens in lenses:
        with open_holdings(folder, without=[str(lens.without)]) as asked:
            assert asked.rows(EVERY_HOLDING) == sorted(line[: len(HOLDING_COLUMNS)] for line in lens.lines)
    assert re.search(r'"edition_dates":\["2024-01-02","2024-02-02"\]', to_html(last, as_of="2025", earlier=earlier))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actor,position,proposal,date,note\nA,supports,X,2024-01-01\n", r"t\.csv:2: it has 4 cells, and the header 5"),
        (
            "actor,position,proposal,date\nA,supports,X,2024,z,y\nB,open,X,2024\n",
            r"t\.csv:2: it has 6 cells, and the .* 4",
        ),
    ],
)
def test_rows_that_are_too_short_or_too_long_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=message):
        compile_holdings(tmp_path / "t.csv", tmp_path / "h", today="2025-01-01")


def test_lines_may_end_in_two_ways(tmp_path: Path) -> None:
    lines = (
        "actor,position,proposal,date\r\nA,supports,X,2024-01-01\r\nB,supports,X,2024-01-01\nC,opposes,X,2024-01-02\n"
    )
    (tmp_path / "t.csv").write_bytes(lines.encode())
    assert 3 == compile_holdings(tmp_path / "t.csv", tmp_path / "h", today="2025-01-01").rows


def test_options_are_those_of_a_table(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"'datez' is no option of a table \(did you mean 'dates'"):
        compile_holdings("examples/debates.csv", tmp_path / "h", today="2025", options={"datez": "day-first"})
    with pytest.raises(UsageProblem, match="the option map is a list of texts, such as"):
        compile_holdings("examples/debates.csv", tmp_path / "h", today="2025", options={"map": {"actor": "who"}})


def test_a_short_answer_outlives_the_files_that_it_was_read_from(tmp_path: Path) -> None:
    folder = tmp_path / "h"
    compile_holdings("examples/debates.csv", folder, today="2025-01-01")
    with open_holdings(folder) as ledger:
        answer = who(ledger, "any", "fishing quota", as_of="2024-02-15")
        for _ in range(2):
            compile_holdings("examples/debates.csv", folder, today="2025-01-01")
        assert all(row.evidence for row in answer)
        with pytest.raises(UsageProblem, match=r"g1/.*\.parquet is gone; if its holdings were"):
            who(ledger, "any", "fishing quota", as_of="2024-02-15")


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "h"
    compile_holdings("examples/debates.csv", folder, today="2025-01-01")
    file = folder / "g1/holdings-1.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:60] + bytes([whole[60] ^ 255]) + whole[61:])
    with pytest.raises(UsageProblem, match="compile"), open_holdings(folder) as ledger:
        who(ledger, "any", "fishing quota", as_of="2024-02-15")


@pytest.mark.parametrize(
    ("small", "says"),
    [
        (1 << 20, r"is damaged: g1/descents-1\.parquet is not as it was written; compile it again from its source"),
        (0, r"descents-1\.parquet is cut off, .*; if it is of holdings, compile them"),
    ],
)
def test_a_damaged_table_of_the_frame_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int, says: str
) -> None:
    monkeypatch.setattr("actorgraph.engines.folder.SMALL_FILE", small)
    folder = tmp_path / "h"
    compile_holdings("examples/debates.csv", folder, today="2025-01-01")
    file = folder / "g1/descents-1.parquet"
    file.write_bytes(bytes(file.stat().st_size))
    with pytest.raises(UsageProblem, match=says):
        open_holdings(folder)


def test_a_record_has_what_limits_it_and_stands_where_it_is_said_first(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    filling = "".join(f"x{number},C,open,Y,2024-01-01,,,,,,\n" for number in range(7))
    table.write_text(
        "id,actor,position,proposal,date,if,unless,amount,unit,source,credibility\n"
        f"{filling}s1,A,supports,X,2024-01-01,truce,storm,,,Gull,2\ns1,A,supports,X,2024-01-01,truce,storm,,,Sea,3\n"
        "s1,A,supports,X,2024-01-01,truce,storm,,,Rook,\ns2,A,pledges,X,2024-01-01,,,5,men,Gull,2\n",
        encoding="utf-8",
    )
    compile_holdings(table, tmp_path / "h", today="2025-01-01")
    with open_holdings(tmp_path / "h") as ledger:
        records = ledger.by_id(["s1", "s2"], "stance", "commitment")
        assert (["truce"], ["storm"]) == (records["s1"].body["if"], records["s1"].body["unless"])
        assert [2, 3, None] == [cited.get("credibility") for cited in records["s1"].body["evidence"]]
        assert {"value": "5", "unit": "men"} == records["s2"].body["amount"]
        assert records["s2"].body.keys().isdisjoint({"if", "unless"})
        assert ["t.csv:9", "t.csv:12"] == [Path(records[key].place).name for key in ("s1", "s2")]


def test_texts_of_several_lines_and_with_strange_blanks_are_kept_as_a_model_may_have_them(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "actor,position,proposal,date,note,via,source\n"
        'A,supports,X,2024-01-01,"first ""quoted""\r\nsecond\ta\\b\x1f","Le\nFigaro\x1e",Gull\n',
        encoding="utf-8",
        newline="",
    )
    compile_holdings(table, tmp_path / "h", today="2025-01-01")
    with open_holdings(tmp_path / "h") as ledger:
        (record,) = ledger.things("stance")
        (row,) = who(ledger, "any", "X", as_of="2025-01-01").rows
    assert ('first "quoted"\nsecond a\\b', "Le Figaro") == (record.body["note"], record.body["evidence"][0]["via"])
    assert "Le Figaro" == row.evidence[0].via


def test_cells_that_are_not_read_are_in_the_manifest_and_an_error_where_nothing_may_be(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("actor,position,proposal,date,toward\nA,supports,X,2024-01-01,B\n", encoding="utf-8")
    made = compile_holdings(table, tmp_path / "h", today="2025-01-01")
    (cells,) = made.manifest.left_out["cells"]
    assert ("toward is not read: only a commitment has one", 1) == (cells["reason"], cells["rows"])
    with pytest.raises(LeftOutProblem, match="no cell may be passed over") as problem:
        compile_holdings(table, tmp_path / "h", today="2025-01-01", strict=True)
    assert made.passed_over == problem.value.passed_over


@pytest.mark.parametrize(
    ("last", "actor"), [('"Gull Ltd",open,X,2024-01-01', "Gull Ltd"), ('"Gull, Ltd",open,X,2024-01-01', "Gull, Ltd")]
)
def test_a_cell_may_be_quoted_for_the_first_time_after_thousands_of_rows(tmp_path: Path, last: str, actor: str) -> None:
    """DuckDB looks at 20,000 rows to see how a file is written."""
    table = tmp_path / "t.csv"
    plain = "".join(f"A{number % 9},supports,X,2024-01-01\n" for number in range(25_000))
    table.write_text(f"actor,position,proposal,date\n{plain}{last}\n", encoding="utf-8")
    compile_holdings(table, tmp_path / "h", today="2025-01-01")
    with open_holdings(tmp_path / "h") as ledger:
        assert actor in ledger.names("actor").values()


@pytest.mark.parametrize("ending", ["a.csv", "b.csv"])
def test_a_column_that_only_one_file_of_several_has_is_read(tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "t"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        more = (",until", ",2024-02") if name == ending else ("", "")
        text = f"actor,position,proposal,date{more[0]}\n{name[0]},supports,X,2024-01-01{more[1]}\n"
        (folder / name).write_text(text, encoding="utf-8")
    compile_holdings(folder, tmp_path / "h", today="2025-01-01")
    with open_holdings(tmp_path / "h") as ledger:
        assert [{"a", "b"} - {ending[0]}] == [{row.actor for row in who(ledger, "any", "X", as_of="2025").rows}]


def test_texts_may_have_commas_where_semicolons_part_the_cells(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("actor;position;proposal;date\nA;supports;X, Y, Z, W;2024-01-01\n", encoding="utf-8")
    compile_holdings(table, tmp_path / "h", today="2025-01-01")
    with open_holdings(tmp_path / "h") as ledger:
        assert ["X, Y, Z, W"] == list(ledger.names("proposal").values())


def test_a_life_that_is_told_with_an_append_counts_for_all(tmp_path: Path) -> None:
    row = "{},supports,X,2024-0{}-01\n"
    texts = {"one": row.format("A", 1), "two": row.format("B", 2), "both": row.format("A", 1) + row.format("B", 2)}
    for name, rows in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "statements.csv").write_text(f"actor,position,proposal,date\n{rows}", encoding="utf-8")
        if name != "one":
            life = "id,title,until,fate\nx,X,2024-09-01,rejected\n"
            (tmp_path / name / "proposals.csv").write_text(life, encoding="utf-8")
    compile_holdings(tmp_path / "one", tmp_path / "h", today="2025-01-01")
    compile_holdings(tmp_path / "two", tmp_path / "h", today="2025-01-01", append=True)
    compile_holdings(tmp_path / "both", tmp_path / "all", today="2025-01-01")
    with open_holdings(tmp_path / "h") as appended, open_holdings(tmp_path / "all") as whole:
        assert appended.holdings() == whole.holdings()
        assert {"2024-09-01"} == {row.until for row in appended.holdings()}


def test_what_evidence_points_at_is_what_a_model_may_have(tmp_path: Path) -> None:
    """So that whatever reads the records as those of a model, can."""
    table = tmp_path / "m.csv"
    table.write_text(
        "actor,position,proposal,date,source,lines,page,via,quote\n"
        'Ann,opposes,Tram,2024-01-12,Gazette,"12, 14-15","p. ""4""",A \\ B,"We  said\tno.\nNo, ""never"" \\n"\n'
        "Bob,opposes,Tram,2024-01-12,Gazette,14-12,,,\nCid,opposes,Tram,2024-01-12,Gazette,,,,No\x07\n",
        encoding="utf-8",
    )
    made = compile_holdings(table, tmp_path / "h", today="2025-01-01")
    reasons = [
        "its lines: line 12 comes before line 14",
        "its quote has the character U+0007, which is not text; take it out",
    ]
    assert reasons == [each.reason for each in made.left_out]
    with open_holdings(tmp_path / "h") as ledger:
        (record,) = model_of(ledger).stances
    (cited,) = record.evidence
    assert ("12, 14-15", 'p. "4"', "A \\ B") == (cited.lines, cited.page, cited.via)
    assert 'We said no.\nNo, "never" \\n' == cited.quote


@pytest.mark.parametrize("place", ["s3://bucket/t.csv", "hdfs://names/h"])
def test_an_address_is_no_path(coded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(tmp_path)
    for source, folder in ((place, "h"), (coded, place)):
        with pytest.raises(UsageProblem, match=f"^{place} is an address; "):
            compile_holdings(source, folder, today="2026-11")
    assert [] == [path for path in tmp_path.iterdir() if ":" in path.name or path.name == "h"]
