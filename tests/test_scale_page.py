"""docs/scale.md keeps its word: its table compiles as it says, and commands print what it shows."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from asking import answer, ask
from shown_answers import check_answer, commands_on

pytest.importorskip("duckdb", reason="duckdb is not installed")

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scale.md"
TOLD = re.compile(r"-o debates\n```\n\n```text\n(?P<told>(?:.*\n)*?)```\n")

JOINED = re.compile(
    r'python -c "(?P<joining>import duckdb;(?:.*\n)*?.*)"\nactorgraph (?P<words>compile (?:.*\\\n)*.*)\n'
)
EVENTS = re.compile(r"cat > events\.yaml <<'END'\n(?P<mapping>(?:.*\n)*?)END\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page's table."""
    made = tmp_path_factory.mktemp("page")
    (made / "examples").mkdir()
    shutil.copy(ROOT / "examples" / "debates.csv", made / "examples")
    return made


@pytest.fixture
def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What compiling the page's table says; the folder is the current one."""
    monkeypatch.chdir(folder)
    result = ask("compile", "examples/debates.csv", "-o", "debates")
    assert 0 == result.exit_code, result.output
    return result.stderr


def test_it_compiles_as_the_page_says(compiled: str, *, update: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = TOLD.search(text)
    assert shown is not None
    if update:
        PAGE.write_text(f"{text[: shown.start('told')]}{compiled}{text[shown.end('told') :]}", encoding="utf-8")
        return
    assert compiled == shown["told"], "scale.md is stale: run `make docs`"


@pytest.mark.parametrize("command", commands_on(PAGE))
def test_every_answer_is_the_real_one(compiled: str, command: str, *, update: bool) -> None:
    assert compiled
    check_answer(PAGE, command, update=update)


def test_events_are_compiled_by_the_mapping_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = EVENTS.search(PAGE.read_text(encoding="utf-8"))
    assert mapping is not None
    Path("events.yaml").write_text(mapping["mapping"], encoding="utf-8")
    headings = ["GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor2Name", "EventRootCode", "DATEADDED", "SOURCEURL"]
    events = [
        ["1", "20240105", "FRANCE", "GERMANY", "03", "20240106121500", "https://news.example/1"],
        ["2", "20240105", "FRANCE", "GERMANY", "13", "20240106121500", "https://news.example/1"],
        ["3", "20240105", "FRANCE", "GERMANY", "01", "20240106121500", "https://news.example/1"],
    ]
    Path("events.tsv").write_text("".join("\t".join(row) + "\n" for row in (headings, *events)), encoding="utf-8")
    result = ask("compile", "events.tsv", "--map", "events.yaml", "-o", "events", "--strict")
    assert 0 == result.exit_code, result.output
    assert "1: '01' says nothing of a position" in result.stderr
    answer = json.loads(ask("what", "FRANCE", "--model", "events", "--as-of", "2024-01-06", "--format", "json").stdout)
    said = [(row["position"], row["proposal"], row["evidence"][0]["published"]) for row in answer["rows"]]
    assert [("supports", "germany", "2024-01-06"), ("threatens", "germany", "2024-01-06")] == said


def test_the_page_shows_the_head_of_the_table() -> None:
    table = (ROOT / "examples" / "debates.csv").read_text(encoding="utf-8").splitlines()
    text = PAGE.read_text(encoding="utf-8")
    assert all(line in text for line in (*table[:3], table[7], table[-1]))


def test_tables_are_joined_as_the_page_joins_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "members": "id,first_name,last_name,country_code\n1,Ana,Roe,ESP\n2,José,Poe,PRT\n",
        "votes": 'id,timestamp,display_title,reference\n7,2024-03-12 12:31:11,"Nets, and so on",A9-1\n',
        "member_votes": "vote_id,member_id,position,country_code\n7,1,FOR,ESP\n7,2,DID_NOT_VOTE,PRT\n",
    }.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    shown = JOINED.search(PAGE.read_text(encoding="utf-8"))
    assert shown is not None
    subprocess.run([sys.executable, "-c", shown["joining"]], check=True)
    made = ask(*shlex.split(shown["words"].replace("\\\n", " ")))
    assert 0 == made.exit_code, made.stderr
    (row,) = answer("who", "any", "nets", "-m", "parliament", "--as-of", "2024-04-01")["rows"]
    assert ("Ana Roe", "supports", "Nets, and so on (7)") == (row["actor_name"], row["position"], row["proposal_title"])
