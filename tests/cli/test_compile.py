"""compile: what comes in, what is left out, and what is said of it."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from asking import answer, ask

pytest.importorskip("duckdb", reason="duckdb is not installed")

CODED = (
    "Country,vote,proposal,date\n"
    "France,yes,A new harbour,2025-01-02\n"
    "Italy,no,A new harbour,2025-01\n"
    "Spain,maybe,A new harbour,2025-01-03\n"
    "Spain,yes,A new harbour,03/04/2025\n"
)
READ = ("--map", "actor=Country", "--map", "position=vote", "--word", "yes=supports", "--word", "no=opposes")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of the test's own, in which there is coded.csv."""
    monkeypatch.chdir(tmp_path)
    Path("coded.csv").write_text(CODED, encoding="utf-8")


def supporting() -> list[dict[str, Any]]:
    """Return the rows of who supports B in the holdings h."""
    rows: list[dict[str, Any]] = answer("who", "supports", "B", "-m", "h", "--as-of", "2025")["rows"]
    return rows


def test_it_says_what_became_of_all_rows() -> None:
    made = ask("compile", "coded.csv", "-o", "h", *READ)
    assert (0, "") == (made.exit_code, made.stdout)
    assert (
        "left out 2 rows:\n"
        "  1: 'maybe' is no position or stage; --word 'maybe'=… says what it means (coded.csv, row 4)\n"
        "  1: its date can be read in two ways; say --dates day-first or --dates month-first "
        "(coded.csv, row 5: '03/04/2025')\n"
        "what is left of 4 rows from coded.csv became 3 holdings of 2 actors on 1 proposal, "
        "said from 2025-01-01 to 2025-01-31\n"
        "nothing is inferred from a table: what proposals entail or exclude is kept, not applied; import it into a "
        "model to reason over it\n"
        "wrote h\n"
    ) == made.stderr


def test_what_is_replaced_is_told_where_it_came_from_something_else() -> None:
    Path("other.csv").write_text("actor,position,proposal,date\nA,supports,B,2024\n", encoding="utf-8")
    ends = []
    for source in ("coded.csv", "coded.csv", "other.csv", "h", "coded.csv"):
        made = ask("compile", source, "-o", "h", *(READ if source == "coded.csv" else ()))
        ends.append(made.stderr.splitlines()[-1])
    wrote = "wrote h"
    told = [f"{wrote}, in the place of what came from {source}" for source in ("coded.csv", "other.csv")]
    assert [wrote, wrote, told[0], wrote, told[1]] == ends


def test_a_moment_of_a_time_zone_is_read_as_its_day_in_utc_which_is_told() -> None:
    brisbane = timezone(timedelta(hours=10))
    moments = pa.array([datetime(2024, 3, 1, hour, tzinfo=brisbane) for hour in (2, 22)])
    table = {"actor": ["A", "C"], "position": ["supports"] * 2, "proposal": ["B"] * 2, "date": moments}
    for unit, zone, told in (("us", "Australia/Brisbane", True), ("ns", "Europe/Paris", True), ("us", None, False)):
        dates = moments.cast(pa.timestamp(unit, zone))
        pq.write_table(pa.table({**table, "date": dates}), "zoned.parquet")
        made = ask("compile", "zoned.parquet", "-o", "h")
        assert told == ("moments of a time zone, each read as its day in UTC: date" in made.stderr.splitlines())
        assert ["2024-02-29", "2024-03-01"] == [row["since"] for row in supporting()]


def test_columns_that_no_rule_reads_are_told_with_what_may_be_meant() -> None:
    Path("wide.csv").write_text(
        "actor,position,proposal,date,untill,outlet,region,Line\nA,supports,B,2024,2025,Courier,North,7\n",
        encoding="utf-8",
    )
    made = ask("compile", "wide.csv", "-o", "h")
    assert (
        "kept, and read by no rule: untill (did you mean 'until'?), outlet (--map publisher='outlet'?), region, "
        "Line as given_Line (--map lines='Line'?)" == made.stderr.splitlines()[0]
    )


def test_a_letter_of_reliability_may_be_small() -> None:
    Path("small.csv").write_text(
        "actor,position,proposal,date,source,reliability,credibility\nA,supports,B,2024,https://a.example/1,b,2\n",
        encoding="utf-8",
    )
    assert 0 == ask("compile", "small.csv", "-o", "h").exit_code
    assert ["B2"] == [cited["grade"] for row in supporting() for cited in row["evidence"]]


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_slips_are_told_where_nothing_is_left_too(strict: tuple[str, ...]) -> None:
    Path("slip.csv").write_text(
        "actor,position,proposal,date,sourse,reliability\nA,supports,B,2024,S,B\n", encoding="utf-8"
    )
    made = ask("compile", "slip.csv", "-o", "h", *strict)
    assert 1 == made.exit_code
    assert "kept, and read by no rule: sourse (did you mean 'source'?)" in made.stderr.splitlines()


def test_columns_of_places_do_not_get_in_the_way() -> None:
    Path("t").mkdir()
    Path("t/statements.csv").write_text(
        "actor,position,proposal,date,line,File,source\nA,supports,B,2024,x,y,S\nA,likes,B,2024,x,y,S\n",
        encoding="utf-8",
    )
    Path("t/sources.csv").write_text("title,file,line,reliability\nS,f,7,b\n", encoding="utf-8")
    made = ask("compile", "t", "-o", "h")
    assert (0, True) == (made.exit_code, "(t/statements.csv, row 3)" in made.stderr)
    assert "columns that mean nothing here: file (t/sources.csv), line (t/sources.csv)" in made.stderr
    assert ["B?"] == [cited["grade"] for row in supporting() for cited in row["evidence"]]


def test_a_column_of_conditions_may_be_ignored() -> None:
    Path("if.csv").write_text(
        "actor,position,proposal,date,conditions\nA,supports,B,2024,ceasefire\n", encoding="utf-8"
    )
    found = []
    for words in ((), ("--ignore", "conditions")):
        assert 0 == ask("compile", "if.csv", "-o", "h", *words).exit_code
        found += [row["conditions"] for row in supporting()]
    assert [["ceasefire"], []] == found


def test_a_table_is_no_model() -> None:
    asked = ask("who", "any", "A new harbour", "-m", "coded.csv")
    assert 2 == asked.exit_code
    assert asked.stderr.startswith("Error: coded.csv is a table, and no model: `actorgraph compile` makes holdings")


def test_its_holdings_are_asked_as_a_model_is() -> None:
    ask("compile", "coded.csv", "-o", "h", *READ)
    asked = ask("who", "opposes", "A new harbour", "-m", "h", "--as-of", "2025-06-01", "--format", "json")
    assert ["italy"] == [row["actor"] for row in json.loads(asked.stdout)["rows"]]
    changes = ask("diff", "2025-01-01", "2025-06-01", "-m", "h", "--format", "json")
    assert ["added", "added"] == [change["change"] for change in json.loads(changes.stdout)["changes"]]


def test_strict_leaves_nothing_out_and_writes_nothing() -> None:
    made = ask("compile", "coded.csv", "-o", "h", "--strict", *READ)
    assert 1 == made.exit_code
    assert made.stderr.endswith("with --strict no row may be left out\nnothing was written\n")
    assert not Path("h").exists()


def test_strict_takes_what_is_to_be_left_out() -> None:
    """Rows of which the user has said that they say nothing are told; those in which nothing stands are none."""
    Path("excel.csv").write_text(
        "actor,position,proposal,date\nA,supports,B,2024\nC,n/a,B,2024\n,,,\n", encoding="utf-8"
    )
    made = ask("compile", "excel.csv", "-o", "h", "--strict", "--word", "n/a=nothing")
    assert 0 == made.exit_code
    assert (
        "left out 1 row:\n  1: 'n/a' says nothing of a position (excel.csv, row 3)\n"
        "what is left of 2 rows from excel.csv became"
    ) in made.stderr
    assert 1 == ask("compile", "excel.csv", "-o", "h", "--strict").exit_code


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("compile", "coded.csv", "-o", "h"), "--map actor='Country' --map position='vote' say which ones"),
        (("compile", "missing.csv", "-o", "h"), "there is no file missing.csv"),
        (("compile", "coded.csv", "-o", "h", "--engine", "postgres"), "'postgres' is no engine"),
        (("compile", "coded.csv", "-o", "h", "--memory", "much"), "'much' is no amount of memory"),
        (("compile", "coded.csv", "-o", "."), "holds something else than holdings"),
        (("compile", "coded.csv", "-o", "h", "--id", "My Id"), "'My Id' is no id"),
    ],
)
def test_what_cannot_be_compiled_is_said_in_a_sentence(words: tuple[str, ...], message: str) -> None:
    made = ask(*words, *(READ if "." in words else ()))
    assert 2 == made.exit_code
    assert message in made.stderr


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    "words",
    [("check", "-m", "h"), ("fmt", "-m", "h"), ("fmt", "h"), ("rename", "a", "b", "-m", "h"), ("serve", "-m", "h"),
     ("diff", "--base-rev", "HEAD", "-m", "h")],
)  # fmt: skip
def test_what_corrects_a_model_does_not_take_holdings(words: tuple[str, ...]) -> None:
    ask("compile", "coded.csv", "-o", "h", *READ)
    made = ask(*words)
    assert 2 == made.exit_code
    assert "h is a folder of holdings: it can be asked and exported; to correct it" in made.stderr


CALLS = (
    "rcid,date,unres,amend,para,short,descr\n"
    "9,2014-03-27,R/68/262,0,0,Integrity of Ukraine,Territorial integrity of Ukraine\n"
    "10,2014-12-18,R/69/9,1,0,Nuclear arms,Steps: resolution / adopted by the General Assembly\n"
    "11,2015-12-07,R/70/9,0,0,Nuclear arms,\n"
)
VOTES = (
    "rcid,country,country_code,vote\n"
    "9,United States,US,yes\n9,Canada,CA,yes\n9,Cuba,CU,no\n9,China,CN,abstain\n"
    "10,United States,US,no\n10,Canada,CA,abstain\n10,Cuba,CU,yes\n10,China,CN,yes\n"
    "11,Cuba,CU,yes\n11,Canada,CA,perhaps\n11,China,CN,yes\n"
)


def test_the_votes_of_the_un_are_what_their_import_makes_of_them() -> None:
    Path("votes").mkdir()
    Path("votes/un_roll_calls.csv").write_text(CALLS, encoding="utf-8")
    Path("votes/un_votes.csv").write_text(VOTES, encoding="utf-8")
    Path("model.yaml").write_text("model: {id: un, title: UN}\n", encoding="utf-8")
    assert 0 == ask("import", "un-votes", "votes", "-m", "model.yaml", "--create", "--yes").exit_code
    made = ask("compile", "votes", "-o", "h", "--id", "un", "--title", "UN")
    assert (
        "  1: 'perhaps' is no vote: yes, no or abstain (un_votes.csv, row 11)\n"
        "what is left of 11 rows from votes became" in made.stderr
    )
    on = ("--as-of", "2016-01-01")
    for words in (
        ("who", "any", "un-9", *on),
        ("what", "Cuba", *on),
        ("why", "canada", "un-10", *on),
        ("timeline", "china"),
        ("tally", *on),
        ("diff", "2014-01-01", "2016-01-01"),
        ("align", *on),
        ("disputes", *on),
        ("list", "sources"),
        ("list", "events"),
        ("show", "un-9-vote"),
        ("who", "any", "un-10", *on, "--known-by", "2014-06-01"),
        ("diff", "--without", "un-roll-call-10", *on),
    ):
        of_model, of_table = (ask(*words, "-m", where, "--format", "json") for where in ("model.yaml", "h"))
        assert (0, 0) == (of_model.exit_code, of_table.exit_code), (words, of_table.stderr, of_table.exception)
        assert without_places(json.loads(of_model.stdout)) == without_places(json.loads(of_table.stdout)), words


def without_places(value: Any) -> Any:
    """Return an answer without where records stand: they stand in other files."""
    if isinstance(value, dict):
        return {key: without_places(each) for key, each in value.items() if key != "place"}
    return [without_places(each) for each in value] if isinstance(value, list) else value


MORE = (
    "id,Country,vote,proposal,date\n"
    "one,FRANCE,yes,a new harbour,2025-02-01\n"
    "two,Spain,no,A road,2025-02-02\n"
    "two,Spain,yes,A road,2025-02-02\n"
)


def test_more_statements_join_those_that_are_there() -> None:
    ask("compile", "coded.csv", "-o", "h", *READ)
    Path("more.csv").write_text(MORE, encoding="utf-8")
    made = ask("compile", "--append", "more.csv", "-o", "h", *READ)
    assert (
        "left out 1 row:\n"
        "  1: its id is that of another statement, which stands before (more.csv, row 4: 'two')\n"
        "what is left of 3 rows from more.csv: 2 added, 0 there already, said from 2025-02-01 to 2025-02-02; "
        "now 4 holdings of 3 actors on 2 proposals\n"
    ) == made.stderr.partition("nothing is inferred")[0]
    Path("more.csv").write_text(MORE.replace("yes", "no"), encoding="utf-8")
    again = ask("compile", "--append", "more.csv", "-o", "h", *READ)
    assert (
        "left out 2 rows:\n"
        "  1: its id is that of another statement, which is there already (more.csv, row 2: 'one')\n"
        "  1: the same statement stands before, with the same evidence (more.csv, row 4: 'two')\n"
        "what is left of 3 rows from more.csv: 0 added, 1 there already, said from 2025-02-02 to 2025-02-02; "
        "now 4 holdings of 3 actors on 2 proposals\n"
    ) == again.stderr.partition("nothing is inferred")[0]
    asked = ask("who", "supports", "A new harbour", "-m", "h", "--as-of", "2025-06-01", "--format", "json")
    assert [("france", 2)] == [(row["actor"], len(row["records"])) for row in json.loads(asked.stdout)["rows"]]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("more.csv", "-o", "nowhere", *READ), 2, "nowhere has no holdings yet; compile them first, without --append"),
        (("h", "-o", "h"), 2, "h is no table of statements; nothing else can be added to holdings"),
        (("more.csv", "-o", "h", "--title", "T"), 2, "--title does not go with --append"),
        (("more.csv", "-o", "h", "--known-by", "2025"), 2, "--known-by does not go with --append"),
        (("more.csv", "-o", "h", "--strict", *READ), 1, "which is there already (more.csv, row 2: 'one')"),
    ],
)
def test_what_cannot_be_added_is_said_in_a_sentence(words: tuple[str, ...], code: int, message: str) -> None:
    Path("more.csv").write_text(MORE.rpartition("two")[0], encoding="utf-8")
    ask("compile", "more.csv", "-o", "h", *READ)
    Path("more.csv").write_text(MORE.replace("yes", "no").rpartition("two")[0], encoding="utf-8")
    before = Path("h/manifest.json").read_bytes()
    made = ask("compile", "--append", *words)
    assert code == made.exit_code
    assert message in made.stderr
    assert before == Path("h/manifest.json").read_bytes()


def test_the_engine_of_questions_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("s.csv").write_text("actor,position,proposal,date\nA,opposes,P,2024\n", encoding="utf-8")
    assert 0 == ask("compile", "s.csv", "-o", "h").exit_code
    monkeypatch.setenv("ACTORGRAPH_ENGINE", "postgres")
    result = ask("who", "opposes", "P", "--model", "h")
    assert 2 == result.exit_code
    assert "'postgres' is no engine; it is duckdb, spark://HOST:PORT or local[*]" in result.stderr
    monkeypatch.setenv("ACTORGRAPH_ENGINE", "duckdb")
    monkeypatch.setenv("ACTORGRAPH_MEMORY", "200MB")
    assert 0 == ask("who", "opposes", "P", "--model", "h").exit_code
