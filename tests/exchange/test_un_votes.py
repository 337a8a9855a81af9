"""import un-votes: roll calls come in with their three sides, and what is wrong in a table is told."""

import csv
import gzip
import re
import shlex
from pathlib import Path

import pytest
from asking import answer, ask
from conftest import ROOT, SHARED

from actorgraph.model.loader import load_model

PAGE = ROOT / "docs" / "import.md"
ROLL_CALLS = (
    "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
    "5308,68.0,0,2013-12-27,R/68/245,,,,Budget : resolution / adopted by the General Assembly\n"
    "5309,68.0,0,2014-03-27,R/68/262,,,MEDIATION,Territorial integrity : resolution / adopted by the General Assembly\n"
    '5310,68.0,,2014-04-01,A/RES/68/300,,1,Of "both"\x08,"A part, and more"\n'
    "5311,68.0,,2014-04-01,A/RES/68/300,,,The whole,The whole\n"
    "12,1.0,0,1946-01-04,R/1/98,1,0,PROCEDURE,TO ADOPT A PROPOSAL\n"
)
VOTES = (
    "rcid,country,country_code,vote\n"
    "5308,Canada,CA,yes\n"
    "5309,Canada,CA,yes\n"
    "5309,Namibia,NA,abstain\n"
    "5309,Russia,RU,no\n"
    "5309,Cuba,CU,no\n"
    "5310,Canada,CA,no\n"
    "5311,Zanzibar,,yes\n"
    "12,Cuba,CU,yes\n"
)
ISSUES = "rcid,short_name,issue\n5309,di,Arms control\n5309,hr,Human rights\n5310,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "unvotes"
    folder.mkdir()
    (folder / "un_roll_calls.csv").write_text(ROLL_CALLS, encoding="utf-8")
    (folder / "un_votes.csv.gz").write_bytes(gzip.compress(VOTES.encode()))
    (folder / "un_roll_call_issues.csv").write_text(ISSUES, encoding="utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> str:
    folder = tmp_path / "graphs" / "un"
    folder.mkdir(parents=True)
    (folder / "model.yaml").write_text("model: {id: un, title: UN}\n", encoding="utf-8")
    return str(folder)


def take_in(folder: Path, model: str, *options: str) -> str:
    """Import a folder; return what is told of it."""
    result = ask("import", "un-votes", str(folder), "--create", "--yes", "-m", model, *options)
    assert 0 == result.exit_code, result.output
    return result.stderr


def refused(folder: Path, model: str, *options: str) -> str:
    """Return the one line that tells why nothing can be read; nothing is written."""
    before = Path(model, "model.yaml").read_bytes()
    result = ask("import", "un-votes", str(folder), "--create", "--yes", "-m", model, *options)
    assert (2, "", before) == (result.exit_code, result.stdout, Path(model, "model.yaml").read_bytes())
    (line,) = result.stderr.strip().splitlines()
    return line


def sides(model: str) -> dict[tuple[str, str], list[str]]:
    """Return who holds a position on a proposal."""
    found: dict[tuple[str, str], list[str]] = {}
    for stance in load_model(model).stances:
        found.setdefault((stance.proposal, stance.position), []).append(stance.actor)
    return found


def test_a_roll_call_comes_in(folder: Path, model: str) -> None:
    take_in(folder, model, "--from", "2014-03", "--to", "2014-03")
    assert {
        ("un-5309", "supports"): ["canada"],
        ("un-5309", "opposes"): ["cuba", "russia"],
        ("un-5309", "neutral"): ["namibia"],
    } == sides(model)
    made = load_model(model)
    proposal, source = made.proposals["un-5309"], made.sources["un-roll-call-5309"]
    assert ("Territorial integrity (A/RES/68/262)", ("Arms control", "Human rights")) == (proposal.title, proposal.tags)
    assert ("roll call 5309", "R/68/262") == proposal.aliases
    assert ("2014-03-27", "https://undocs.org/A/RES/68/262") == (source.published, source.url)
    assert ("state", "NA") == (made.actors["namibia"].kind, made.actors["namibia"].country)
    (event,) = made.events
    assert (
        "The General Assembly votes, 1 for, 2 against, 1 abstaining: Territorial integrity (A/RES/68/262)"
        == event.title
    )
    assert 0 == ask("check", "-m", model).exit_code


def test_what_is_voted_on_is_said(folder: Path, model: str) -> None:
    take_in(folder, model)
    assert {
        "un-12": ("PROCEDURE (R/1/98, on an amendment)", None),
        "un-5308": ("Budget (A/RES/68/245)", "https://undocs.org/A/RES/68/245"),
        "un-5309": ("Territorial integrity (A/RES/68/262)", "https://undocs.org/A/RES/68/262"),
        "un-5310": ('Of "both" (A/RES/68/300, on a paragraph, roll call 5310)', None),
        "un-5311": ("The whole (A/RES/68/300, roll call 5311)", "https://undocs.org/A/RES/68/300"),
    } == {key: (made.title, made.url) for key, made in load_model(model).proposals.items()}
    assert "country" not in (load_model(model).actors["zanzibar"].model_fields_set)


def test_again_adds_only_what_is_new(folder: Path, model: str) -> None:
    take_in(folder, model, "--to", "2013")
    take_in(folder, model)
    before = Path(model, "model.yaml").read_bytes()
    assert "nothing new" in take_in(folder, model)
    assert before == Path(model, "model.yaml").read_bytes()


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--from", "2014-04-01"), ["5310", "5311"]),
        (("--to", "2013-12-26"), ["12"]),
        (("--from", "2013", "--to", "2014-03-27"), ["5308", "5309"]),
        (("--match", "territorial"), ["5309"]),
        (("--match", "R/68/245", "--match", "12"), ["12", "5308"]),
        (("--match", "531"), []),
        (("--match", "A/RES/68/300", "--to", "2013"), []),
    ],
)
def test_which_roll_calls(options: tuple[str, ...], numbers: list[str], folder: Path, model: str) -> None:
    if numbers:
        take_in(folder, model, *options)
        assert [f"un-{number}" for number in numbers] == sorted(
            load_model(model).proposals, key=lambda key: int(key[3:])
        )
    else:
        assert "no roll call holds" in refused(folder, model, *options)


def test_a_time_that_ends_before_it_begins(folder: Path, model: str) -> None:
    said = refused(folder, model, "--from", "2015", "--to", "2014")
    assert "--from 2015 lies behind --to 2014; turn them round" in said


def test_a_vote_in_two_tables_counts_once(folder: Path, model: str) -> None:
    (folder / "un_votes_2014.csv").write_text(VOTES, encoding="utf-8")
    said = take_in(folder, model)
    assert "left out: 0\n" in said
    assert [["cuba", "russia"]] == [
        who for (proposal, word), who in sides(model).items() if (proposal, word) == ("un-5309", "opposes")
    ]


def test_rows_that_are_left_out_are_told(folder: Path, model: str) -> None:
    rows = "5309,Cuba,CU,yes\n5309,Peru,PE,absent\n5309,Peru\n\n99,Peru,PE,yes\n5309,,PE,yes\n"
    rows += "5309,Mali,ML,YES\n5309,Mali,ML,yes\n"
    (folder / "un_votes_more.csv").write_text(f"rcid,country,country_code,vote\n{rows}", encoding="utf-8")
    calls = "x,,,2014-01-01,,,,,\n5309,,,2014-01-01,,,,,\n7,,,2014-02-30,,,,,\n8,,,27.03.2014,,,,,\n"
    calls += "9,,,2014-01-01,,,,Unvoted,\n"
    (folder / "un_roll_calls.csv").write_text(ROLL_CALLS + calls, encoding="utf-8")
    said = take_in(folder, model).splitlines()
    assert [
        "un_roll_calls.csv, row 7: left out: rcid 'x' is no number",
        "un_roll_calls.csv, row 8: left out: roll call 5309 is there already (un_roll_calls.csv, row 3)",
        "un_roll_calls.csv, row 9: left out: '2014-02-30' is no date such as 2014-03-27",
        "un_roll_calls.csv, row 10: left out: '27.03.2014' is no date such as 2014-03-27",
        "un_votes_more.csv, row 2: left out: Cuba votes yes in roll call 5309, elsewhere no",
        "un_votes_more.csv, row 3: left out: 'absent' is no vote: yes, no or abstain",
        "un_votes_more.csv, row 4: left out: it has 2 cells, and the header 4 or more",
        "un_votes_more.csv, row 6: left out: un_roll_calls.csv has no roll call '99'",
        "un_votes_more.csv, row 7: left out: no country",
        "un_votes_more.csv, row 9: left out: the vote of Mali in roll call 5309 is there already",
        "un_roll_calls.csv, row 11: left out: no table has a vote in it",
    ] == [line for line in said if ": left out: " in line]
    assert ["canada", "mali"] == sides(model)["un-5309", "supports"]


def test_countries_are_found_by_name_and_by_code(folder: Path, model: str) -> None:
    actors = (
        "actors:\n"
        "  rf: {name: Russian Federation, kind: state, country: RU}\n"
        "  putin: {name: Vladimir Putin, kind: person, country: RU}\n"
        "  cub: {name: Cuba, kind: state}\n"
        "  alberta: {name: Alberta, kind: state, country: CA}\n"
        "  ontario: {name: Ontario, kind: state, country: CA}\n"
    )
    with Path(model, "model.yaml").open("a", encoding="utf-8") as file:
        file.write(actors)
    take_in(folder, model, "--match", "5309")
    assert (["cub", "rf"], ["canada"]) == (sides(model)["un-5309", "opposes"], sides(model)["un-5309", "supports"])


def test_without_create_countries_are_listed(folder: Path, model: str) -> None:
    result = ask("import", "un-votes", str(folder), "--yes", "-m", model)
    assert 1 == result.exit_code
    assert "no actor answers to 'Canada'" in result.stderr
    assert {} == load_model(model).proposals


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("un_votes.csv.gz", gzip.compress(VOTES.encode())[:-20], "un_votes.csv.gz: after row "),
        ("un_votes.csv.gz", VOTES.encode(), "un_votes.csv.gz: after row 1: it is damaged, or no gzip"),
        ("un_votes.csv.gz", gzip.compress(b"", mtime=0), "un_votes.csv.gz: it is empty"),
        ("un_votes.csv.gz", gzip.compress(bytes(2**21)), "un_votes.csv.gz: line 1 has no end within 1,048,576 bytes"),
        ("un_roll_calls.csv", b"", "un_roll_calls.csv: it is empty"),
        ("un_roll_calls.csv", ROLL_CALLS.encode("utf-16"), "un_roll_calls.csv: after row 1: it is not UTF-8"),
        (
            "un_roll_calls.csv",
            ROLL_CALLS.replace("Budget", "Bud\xe9t").encode("cp1252"),
            "after row 1: it is not UTF-8",
        ),
        ("un_roll_calls.csv", b"PK\x03\x04\x00\x00 zip", "un_roll_calls.csv: row 1: there is no column rcid among PK"),
        (
            "un_roll_calls.csv",
            ROLL_CALLS.replace("unres", "resolution").encode(),
            "row 1: there is no column unres among rcid",
        ),
        ("un_roll_calls.csv", ROLL_CALLS.encode() + b'1,"open', "un_roll_calls.csv: after row 6: it is no CSV"),
    ],
)
def test_a_table_that_cannot_be_read(name: str, content: bytes, message: str, folder: Path, model: str) -> None:
    (folder / name).write_bytes(content)
    assert message in refused(folder, model)


def test_a_byte_order_mark_is_no_part_of_a_column(folder: Path, model: str) -> None:
    (folder / "un_roll_calls.csv").write_bytes(b"\xef\xbb\xbf" + ROLL_CALLS.replace("\n", "\r\n").encode())
    take_in(folder, model)
    assert 5 == len(load_model(model).proposals)


def test_a_folder_without_tables(folder: Path, model: str) -> None:
    (folder / "un_roll_call_issues.csv").unlink()
    take_in(folder, model, "--match", "5309")
    assert () == load_model(model).proposals["un-5309"].tags
    (folder / "un_votes.csv.gz").unlink()
    assert "unvotes has no un_votes.csv, nor un_votes.csv.gz" in refused(folder, model)
    (folder / "un_roll_calls.csv").unlink()
    assert "unvotes has no un_roll_calls.csv" in refused(folder, model)
    assert "one folder at a time; 2 are named" in refused(folder, model, str(folder))
    assert "is no folder; name the one that holds un_roll_calls.csv" in refused(folder / "x.csv", model)


def test_a_day_that_is_none(folder: Path, model: str) -> None:
    assert "--from 2014-13: there is no month 13" in refused(folder, model, "--from", "2014-13")


@pytest.fixture
def tables() -> Path:
    """The tables of the package unvotes."""
    folder = SHARED / "data" / "unvotes"
    if not folder.is_dir():
        pytest.skip("documents")
    return folder


def section() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.partition("\n## Votes of the UN General Assembly\n")[2].partition("\n## ")[0]


def do_as_the_page_says(folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (root / "unvotes").exists():
        (root / "unvotes").symlink_to(folder)
    monkeypatch.chdir(root)
    for command in re.findall(r"```sh\nactorgraph (.*)\n```", section()):
        result = ask(*shlex.split(command), "--yes")
        assert 0 == result.exit_code, result.output


def test_the_page_keeps_its_word(folder: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do_as_the_page_says(folder, tmp_path, monkeypatch)
    assert ["un-5309"] == list(load_model(model).proposals)


def test_the_vote_on_ukraine_of_2014(
    tables: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update: bool
) -> None:
    """100 supported it, 11 opposed it, Russia among them, and 58 abstained, Namibia among them."""
    do_as_the_page_says(tables, tmp_path, monkeypatch)
    found = answer("tally", "A/RES/68/262", "-m", model, "--as-of", "2014-03-31")["proposals"][0]
    assert (100, 11, 58) == tuple(found["stances"][word] for word in ("supports", "opposes", "neutral"))
    against = {row["actor"] for row in answer("who", "opposes", "roll call 5309", "-m", model)["rows"]}
    assert (11, True) == (len(against), "russia" in against)
    between = {row["actor"] for row in answer("who", "neutral", "5309", "-m", model)["rows"]}
    assert {"namibia", "china"} <= between
    (block,) = re.finditer(r"\$ actorgraph (?P<command>.*)\n(?P<answer>(?:.*\n)*?)```", section())
    printed = ask(*shlex.split(block["command"])).stdout
    if update:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(block[0], f"$ actorgraph {block['command']}\n{printed}```"), encoding="utf-8")
    else:
        assert printed == block["answer"]


def test_all_votes_of_some_years_are_counted_as_in_the_tables(tables: Path, model: str) -> None:
    take_in(tables, model, "--from", "2014-03", "--to", "2014-12-03")
    held, proposals = sides(model), load_model(model).proposals
    with (tables / "un_votes_2014_2019.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if f"un-{row['rcid']}" in proposals]
    assert len(rows) == sum(map(len, held.values()))
    for word, position in (("yes", "supports"), ("no", "opposes"), ("abstain", "neutral")):
        names = sorted(row["country"] for row in rows if row["vote"] == word)
        actors = load_model(model).actors
        assert names == sorted(actors[key].name for (_, held_), who in held.items() if held_ == position for key in who)


def test_a_session_that_is_appended_leaves_who_voted_together_before_as_it_was(folder: Path, tmp_path: Path) -> None:
    """Russia and Cuba opposed roll call 5309; nobody who is appended stands with them."""
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    later, holdings = tmp_path / "later", str(tmp_path / "h")
    later.mkdir()
    head, _, roll_call, *_ = ROLL_CALLS.splitlines(keepends=True)
    roll_call = roll_call.replace("5309", "5400").replace("262", "263")
    (later / "un_roll_calls.csv").write_text(head + roll_call, encoding="utf-8")
    votes = "rcid,country,country_code,vote\n5400,Russia,RU,no\n5400,Canada,CA,no\n"
    (later / "un_votes.csv").write_text(votes, encoding="utf-8")
    asked = ("why", "Russia", "un-5309", "--as-of", "2014-05-01", "-m", holdings)
    assert 0 == ask("compile", folder, "-o", holdings).exit_code
    before = answer(*asked)
    for source in (later, later, folder):
        made = ask("compile", source, "-o", holdings, "--append")
        assert 0 == made.exit_code, made.stderr
        assert before == answer(*asked)
    assert "jointly with Cuba" in ask(*asked).stdout
    appended = ask("why", "Canada", "un-5400", "--as-of", "2014-05-01", "-m", holdings)
    assert "jointly with Russia" in appended.stdout
