"""The command line: contracts of JSON and CSV, tables as a reader sees them, exit codes, and no traceback ever."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from asking import CONTRACT, HARBOUR, answer, ask
from terminals import in_a_terminal

from actorgraph.cli import list as list_command
from actorgraph.cli.main import cli
from actorgraph.exchange.formats import IN, OUT, Format, module_of
from actorgraph.questions.who import ASKED

# -- contracts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("position", ASKED)
@pytest.mark.parametrize("day", ["2024-12-31", "2025-06", "2026-01-10"])
def test_who_keeps_the_contract(position: str, day: str) -> None:
    reply = answer("who", position, "multinational-force", "--as-of", day)
    assert {"command": "who", "position": position, "target": "multinational-force"} == reply["query"]
    assert all(position in (row["position"], "any") for row in reply["rows"])


def test_what_keeps_the_contract_for_every_actor() -> None:
    actors = answer("list", "actors")["items"]
    assert len(actors) > 40
    for actor in actors:
        reply = answer("what", actor["id"], "--as-of", "2026-01-10")
        assert {actor["id"]} >= {row["actor"] for row in reply["rows"]}


def test_diff_keeps_the_contract() -> None:
    reply = answer("diff", "2025-06", "2026-01-10", "--all")
    assert {"command": "diff", "from": "2025-06-30", "to": "2026-01-10", "all": True} == reply["query"]
    assert {"added", "re-sourced"} <= {change["change"] for change in reply["changes"]}


def test_lists_and_things_keep_the_contract() -> None:
    for things in list_command.LISTS:
        for item in answer("list", things)["items"]:
            shown = answer("show", item["id"])["items"]
            assert item in [{key: value for key, value in thing.items() if key != "relations"} for thing in shown]
    (record,) = answer("show", answer("who", "opposes", "troops")["rows"][0]["records"][0])["items"]
    assert ("stance", "russia") == (record["type"], record["actor"])


def test_a_list_that_is_chosen_keeps_the_contract() -> None:
    choice = ("--actor", "Italy", "--unsourced-url", "--stale-after", "1d", "--proposal", "troops")
    reply = answer("list", "commitments", *choice, "--source", "rt-2025-05-28")
    assert {"actor": "italy", "source": "rt-2025-05-28"}.items() <= reply["query"].items()
    assert {"command", "things", "actor", "proposal", "source", "unsourced_url", "stale_after"} == reply["query"].keys()


def test_the_contract_is_a_schema() -> None:
    CONTRACT.check_schema(CONTRACT.schema)


def test_export_json_and_csv_are_the_rows_of_a_day() -> None:
    result = ask("export", "json", "--as-of", "2026-01-10")
    reply = json.loads(result.stdout)
    CONTRACT.validate(reply)
    lines = list(csv.DictReader(io.StringIO(ask("export", "csv", "--as-of", "2026-01-10").stdout)))
    assert [row["actor"] for row in reply["rows"]] == [line["actor"] for line in lines]
    assert {"2026-01-10"} == {line["as_of"] for line in lines}


# -- as a reader sees them -----------------------------------------------------------------------------------


def shown(**environment: str) -> str:
    """Return what a question prints to a terminal."""
    command = [sys.executable, "-m", "actorgraph", "who", "any", "harbour", *HARBOUR, "--as-of", "2026-02"]
    code, text = in_a_terminal(*command, environment=environment)
    assert 0 == code, text
    return text


def test_colour_in_a_terminal_and_none_with_no_color_or_where_there_is_none() -> None:
    assert "\x1b[31mopposes\x1b[0m" in shown(TERM="xterm")
    for plain in (shown(TERM="xterm", NO_COLOR="1"), shown(TERM="dumb")):
        assert "opposes" in plain
        assert "\x1b" not in plain


def test_a_page_is_not_poured_into_a_terminal() -> None:
    ours, theirs = pty.openpty()
    done = as_a_process("export", "html", *HARBOUR, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    os.close(ours)
    assert (2, "Error: a page is no reading for a terminal; -o page.html writes it to a file\n") == (
        done.returncode,
        done.stderr,
    )


# -- dates, options, exit codes ------------------------------------------------------------------------------


def test_the_default_date_is_today_and_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actorgraph.cli.shared.today", lambda: "2031-05-06")
    assert (
        "As of 2031-05-06 · latest source 2026-02-01 · model minimal\n" in ask("who", "any", "harbour", *HARBOUR).stdout
    )
    assert "2031-05-06" == answer("who", "any", "harbour", *HARBOUR)["as_of"]


def test_a_partial_date_means_its_last_day() -> None:
    assert "2026-02-28" == answer("who", "any", "harbour", *HARBOUR, "--as-of", "2026-02")["as_of"]


def test_known_by() -> None:
    reply = answer("who", "any", "harbour", *HARBOUR, "--as-of", "2026-02-15", "--known-by", "2026-01-15")
    assert "2026-01-15" == reply["known_by"]
    assert ["neutral", "supports", "open"] == [row["position"] for row in reply["rows"]]
    text = ask("who", "any", "harbour", *HARBOUR, "--as-of", "2026-02-15", "--known-by", "2026-01-15").stdout
    assert "As of 2026-02-15 · latest source 2025-12-05 · known by 2026-01-15" in text


def test_min_grade_and_without() -> None:
    asked = (
        "who",
        "any",
        "harbour",
        *HARBOUR,
        "--as-of",
        "2026-02-15",
        "--min-grade",
        "b2",
        "--without",
        "Open letter",
    )
    reply = answer(*asked)
    assert ("B2", ["union-letter"]) == (reply["min_grade"], reply["without"])
    assert {"union-letter": "Fishers’ Union 2026-01-16"} == reply["about"]["without"]
    assert ["supports", "pledges"] == [row["position"] for row in reply["rows"]], "no evidence of grade B3 counts"
    dateline = (
        "As of 2026-02-15 · latest source 2026-02-01 · only evidence graded B2 or better · without Fishers’ Union 2026"
    )
    for style in ("table", "md"):
        assert dateline in " ".join(ask(*asked, "--format", style).stdout.split())
    assert "2026-02-15,,B2,union-letter,,harbour-board," in ask(*asked, "--format", "csv").stdout


@pytest.mark.parametrize("command", [("who", "any", "harbour"), ("what", "fishers"), ("why", "fishers", "harbour")])
def test_where_no_evidence_counts_nothing_is_on_record(command: tuple[str, ...]) -> None:
    text = ask(*command, *HARBOUR, "--as-of", "2026-06", "--min-grade", "A1", "--without", "board-minutes").stdout
    nothing = "Nothing is on record for that day in the evidence that counts. No record does not mean neutral."
    assert nothing in " ".join(text.split())


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--min-grade", "3C", "'3C' is no grade: it is a letter from A to F for the source and a digit from 1 to 6"),
        (
            "--without",
            "coast-weeky",
            "no source answers to 'coast-weeky'; did you mean 'coast-weekly' (Hearing fills the",
        ),
        ("--without", "harbour", "no source answers to 'harbour'"),
    ],
)
def test_what_no_filter_can_be(option: str, value: str, message: str) -> None:
    result = ask("who", "any", "harbour", *HARBOUR, option, value)
    assert (2, True) == (result.exit_code, message in " ".join(result.stderr.split()))


def test_check_of_a_fine_model() -> None:
    result = ask("check", "--strict", *HARBOUR)
    assert (0, "") == (result.exit_code, result.stdout)
    assert result.stderr.endswith("0 errors, 0 warnings\n")


def test_check_prints_every_problem_and_exits_with_1(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("model: {id: M, title: T}\nactors: {x: {name: X, kind: stat}}\n", encoding="utf-8")
    result = ask("check", "--model", str(path))
    assert 1 == result.exit_code
    assert [f"{path}:1:13", f"{path}:2:29"] == [line.split(": ")[0] for line in result.stdout.splitlines()]
    assert "did you mean 'state'?" in result.stdout


def test_warnings_are_errors_only_when_strict(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "model: {id: m, title: T}\nsources: {s: {title: S, publisher: P, published: 2026}}\n", encoding="utf-8"
    )
    mild, strict = ask("check", "-m", str(path)), ask("check", "-m", str(path), "--strict")
    assert (0, 1) == (mild.exit_code, strict.exit_code)
    assert "AG103 nothing cites the source 's' (warning)\n" in mild.stdout
    assert "(warning)" not in strict.stdout


def test_a_question_to_a_broken_model_prints_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("model: [\n", encoding="utf-8")
    result = ask("who", "opposes", "x", "--model", str(path))
    assert (1, "") == (result.exit_code, result.stdout)
    assert f"{path}:2:1: AG003" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("who", "opposes", "harbourr", *HARBOUR), "did you mean 'harbour'"),
        (("who", "oppose", "harbour", *HARBOUR), "did you mean 'opposes'"),
        (("who", "hates", "harbour", *HARBOUR), "unknown position 'hates'"),
        (("what", "harbour", *HARBOUR), "is the proposal A deep-water harbour, not an actor"),
        (("who", "opposes", "harbour", *HARBOUR, "--as-of", "2026-02-30"), "2026-02 has no day 30"),
        (("diff", "2026", "then", *HARBOUR), "'then' is not a date"),
        (("export", "json", "--actors-only", *HARBOUR), "--actors-only goes with"),
        (
            ("export", "html", "--kind", "state", "--parts", *HARBOUR),
            ", not with html",
        ),
        (
            ("who", "any", "harbour", "--kind", "stat", *HARBOUR),
            "unknown kind of actors 'stat' (did you mean 'state'?)",
        ),
        (("what", "olsen", "--tag", "sea", *HARBOUR), "no proposal is tagged 'sea'; none has a tag"),
        (("disputes", "--group", "olsen", *HARBOUR), "nobody is on record as a member of Kari Olsen"),
        (("diff", "2025", "2026", "--parts", *HARBOUR), "parts of what?"),
        (("who", "any,open", "harbour", *HARBOUR), "'any' is asked for alone"),
        (("export", "csv", "--view", "table", *HARBOUR), "--view goes with html, not with csv"),
        (("export", "gexf", "--embed", *HARBOUR), "--embed goes with html, not with gexf"),
        (
            ("export", "json", "--title", "T", "--compare", "2025", "--documents", "d", *HARBOUR),
            ", not with json",
        ),
        (("export", "html", "--focus", "harbor", *HARBOUR), "no actor or proposal answers to 'harbor'"),
        (("export", "html", "--compare", "then", *HARBOUR), "'then' is not a date"),
        (("export", "html", "--documents", "no-such-folder", *HARBOUR), "no-such-folder does not exist"),
        (("export", "html", "--assume", "state-lone", *HARBOUR), "did you mean 'state-loan'"),
        (("show", "zzzz", *HARBOUR), "answers to 'zzzz'"),
        (("--model", "x", "who"), "options stand behind the command: actorgraph who --model …"),
        (("--hlep",), "Did you mean"),  # 8.3 of click has no quotes
        (("verify",), "Missing option '--documents': the folder with your copies of the source documents"),
        (("compile", "a.csv"), "Missing option '--output' / '-o': the folder to make"),
        (("who", "supports", "\udcff", *HARBOUR), "is not UTF-8 text"),
        (("who", "opposes", "harbour", *HARBOUR, "--as-of", ""), "is not a date"),
        (("who", "opposes", "harbour", *HARBOUR, "--assume", "state-lone"), "did you mean 'state-loan'"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], message: str) -> None:
    result = ask(*arguments)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in " ".join(result.stderr.split())


def test_the_list_of_commands_cuts_no_sentence() -> None:
    assert "..." not in ask("--help").stdout.partition("Ask:")[2]


def test_one_thing_is_no_plural() -> None:
    assert ask("list", "events", *HARBOUR).stdout.startswith("1 event\n")


def test_exit_code_tells_of_differences() -> None:
    assert 1 == ask("diff", "2025-12", "2026-03", *HARBOUR, "--exit-code").exit_code
    assert 0 == ask("diff", "2026-03", "2026-04", *HARBOUR, "--exit-code").exit_code


def test_whatever_has_an_id_is_shown_however_it_is_spelt() -> None:
    for name in ("HEARING", "the public hearing", "Olsen.Represents.Fishers-union", "Harbour-Board.harbour.2026-02-01"):
        assert 0 == ask("show", name, *HARBOUR).exit_code, name


def test_an_ambiguous_name_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    states = "georgia: {name: Georgia, kind: state}, georgia-us: {name: Georgia, kind: state}"
    path.write_text(f"model: {{id: m, title: M}}\nactors: {{{states}}}\n", encoding="utf-8")
    result = ask("show", "georgia ", "-m", str(path))
    assert 2 == result.exit_code
    assert "is ambiguous" in result.stderr


def test_the_only_model_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    expected = "there is no model under ./graphs; name one with --model PATH or ACTORGRAPH_MODEL, or begin one with"
    assert f"Error: {expected} `actorgraph init DIR`\n" == ask("list", "actors").stderr
    (tmp_path / "graphs").mkdir()
    text = (Path(__file__).parent.parent.parent / "examples/minimal.yaml").read_text(encoding="utf-8")
    (tmp_path / "graphs/one.yaml").write_text(text, encoding="utf-8")
    assert "4 actors" in ask("list", "actors").stdout
    (tmp_path / "graphs/two.yaml").write_text(text, encoding="utf-8")
    several = ask("list", "actors")
    assert 2 == several.exit_code
    assert "several models under ./graphs (graphs/one.yaml, graphs/two.yaml)" in " ".join(several.stderr.split())


@pytest.mark.parametrize(
    "header",
    [
        "model: {id: minimal, title: 'Model: default', default: true}",
        "model:\n  id: minimal\n  title: T\n\n  # the one\n  default: 'true'  # for the team\n",
        "actors: {}\nmodel: {id: minimal,\n  title: T,\n  default: true\n}\nconditions: {}",
    ],
)
def test_of_several_models_the_default_is_asked(header: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graphs/three").mkdir(parents=True)
    text = (Path(__file__).parent.parent.parent / "examples/minimal.yaml").read_text(encoding="utf-8")
    (tmp_path / "graphs/one.yaml").write_text(text + "# default: true\n", encoding="utf-8")
    (tmp_path / "graphs/two.yaml").write_text("model: {id: two, title: T, default: false}\n", encoding="utf-8")
    (tmp_path / "graphs/three/a.yaml").write_text(header, encoding="utf-8")
    (tmp_path / "graphs/three/b.yaml").write_text("conditions: {a: {title: A}}", encoding="utf-8")
    assert "minimal" in ask("list", "actors", "--format", "json").stdout
    assert '"T"' in ask("show", "minimal", "--format", "json").stdout.replace("Model: default", "T")
    (tmp_path / "graphs/two.yaml").write_text("model: {id: two, title: T, default: true}\n", encoding="utf-8")
    both = ask("list", "actors")
    assert 2 == both.exit_code
    said = "several models under ./graphs say `default: true` (graphs/three, graphs/two.yaml)"
    assert said in " ".join(both.stderr.split())


def test_a_folder_of_models_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(folder: str) -> None:
        raise PermissionError(13, "Permission denied", folder)

    monkeypatch.setattr(os, "scandir", refused)
    for command in (("list", "actors"), ("check",)):
        result = ask(*command)
        assert (2, True) == (result.exit_code, "Error: cannot read graphs: Permission denied\n" in result.stderr)


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = str(Path(*HARBOUR[1:]).resolve())
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    result = ask("list", "actors", "-m", model)
    assert (1, "Error: the current folder is gone; go to another one\n") == (result.exit_code, result.stderr)


def test_a_folder_that_holds_graphs_means_the_only_model_in_it(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "graphs").mkdir(parents=True)
    empty = ask("list", "actors", "-m", str(project))
    assert 2 == empty.exit_code
    assert f"there is no model under {project}/graphs" in "".join(empty.stderr.splitlines())
    text = (Path(__file__).parent.parent.parent / "examples/minimal.yaml").read_text(encoding="utf-8")
    (project / "graphs/one.yaml").write_text(text, encoding="utf-8")
    for command in (("list", "actors"), ("export", "json"), ("schema",), ("fmt", "--check"), ("check",)):
        assert 0 == ask(*command, "-m", str(project)).exit_code, command
    assert 0 == ask("diff", "--base", str(project), *HARBOUR).exit_code
    (project / "graphs/two.yaml").write_text(text, encoding="utf-8")
    several = ask("list", "actors", "-m", str(project))
    assert 2 == several.exit_code
    assert f"several models under {project}/graphs ({project}/graphs/one.yaml, " in "".join(several.stderr.splitlines())
    assert 2 == ask("check", str(project)).stderr.count("minimal: 4 actors")


def test_a_name_that_is_told_by_some_of_its_words_is_said_so_once() -> None:
    result = ask("why", "Union", "deep harbour", *HARBOUR)
    assert 0 == result.exit_code
    assert [
        "'Union' is taken for the actor fishers-union (Fishers’ Union)",
        "'deep harbour' is taken for the proposal harbour (A deep-water harbour)",
    ] == [line.removesuffix(", the only one with these words in a name") for line in result.stderr.splitlines()]
    assert "" == ask("why", "fishers-union", "harbour", *HARBOUR).stderr


def test_a_record_is_not_added_on_some_words_of_a_name() -> None:
    result = ask("add", "stance", "--actor", "Union", *HARBOUR)
    assert 2 == result.exit_code
    assert "no actor answers to 'Union'; did you mean 'fishers-union' (Fishers’ Union)?" in result.stderr


def test_a_person_who_speaks_for_others_leads_on() -> None:
    result = ask("what", "Kari Olsen", "--as-of", "2026-06", *HARBOUR)
    assert 0 == result.exit_code
    again = "`actorgraph what fishers-union --as-of 2026-06-30 --model examples/minimal.yaml`"
    assert f"Kari Olsen speaks for Fishers’ Union: {again} finds 1 position." in " ".join(result.stdout.split())


def as_a_process(*arguments: str, **streams: Any) -> subprocess.CompletedProcess[str]:
    """Return what a whole process does."""
    command = [sys.executable, "-m", "actorgraph", *arguments]
    return subprocess.run(command, text=True, check=False, **streams)


def test_a_process_prints_all_and_exits_with_the_status() -> None:
    whole = as_a_process("export", "json", "--as-of", "2026-01-10", capture_output=True)
    assert (0, "") == (whole.returncode, whole.stderr)
    assert len(json.loads(whole.stdout)["rows"]) > 100
    assert 1 == as_a_process("diff", "2025-12", "2026-03", *HARBOUR, "--exit-code", capture_output=True).returncode
    assert 2 == as_a_process("who", "opposes", "nothing", *HARBOUR, capture_output=True).returncode


INTERRUPTED = """
import sys
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "actorgraph.cli.shared":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from actorgraph.__main__ import main
main()
"""


def test_who_interrupts_it_while_it_starts_sees_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False)
    assert (1, "", "\nAborted!\n") == (done.returncode, done.stdout, done.stderr)


AFTERWARDS = """
import sys, time
from pathlib import Path
from actorgraph.cli.main import main
from actorgraph.ledger.unfinished import Unfinished
seen, finish = Path(sys.argv.pop()), Unfinished.finish
def wait_and_finish(tables):
    while not seen.exists():
        time.sleep(0.01)
    if not seen.stat().st_size:
        finish(tables)
    else:
        raise KeyboardInterrupt
Unfinished.finish = wait_and_finish
main()
"""
"""Works on, after an answer, when a file is there, and is interrupted where that is not empty."""


def waiting_for(seen: Path, *question: str) -> "subprocess.Popen[str]":
    """Return a process that answers a question."""
    command = [sys.executable, "-c", AFTERWARDS, *question, str(seen)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_answer_ends_before_the_rest_of_the_ledger_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is finished only when the reader has seen the answer end; then the next answer is read from it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    question = ["who", "opposes", "harbour", *HARBOUR, "--as-of", "2026-06-01"]
    with waiting_for(tmp_path / "seen", *question) as process:
        assert process.stdout is not None
        answer = process.stdout.read()
        assert not list(tmp_path.glob("actorgraph/*"))
        (tmp_path / "seen").touch()
        assert 0 == process.wait()
    assert 1 == len(list(tmp_path.glob("actorgraph/*.sqlite")))
    assert answer == as_a_process(*question, capture_output=True).stdout


def test_who_interrupts_what_comes_after_the_answer_has_had_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "seen").write_text("interrupt it", encoding="utf-8")
    question = ["who", "opposes", "harbour", *HARBOUR, "--as-of", "2026-06-01"]
    with waiting_for(tmp_path / "seen", *question) as process:
        answer, said = process.communicate()
    assert (0, "") == (process.returncode, said)
    assert not list(tmp_path.glob("actorgraph/*"))
    assert answer == as_a_process(*question, capture_output=True).stdout


def test_a_reader_that_goes_away_is_no_disaster() -> None:
    command = f"{sys.executable} -m actorgraph export json --as-of 2026-01-10 | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert ('{\n  "query', "") == (done.stdout, done.stderr)


def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = as_a_process("list", "actors", *HARBOUR, stdout=full, stderr=subprocess.PIPE)
    assert 1 == done.returncode
    assert done.stderr.endswith("Error: cannot go on: No space left on device\n")
    assert "Traceback" not in done.stderr


# -- help --------------------------------------------------------------------------------------------------


def test_the_lines_to_paste_for_completion_are_whole() -> None:
    lines = [line.strip() for line in ask("completion", "--help").stdout.splitlines()]
    assert """bash: echo 'eval "$(actorgraph completion bash)"' >> ~/.bashrc""" in lines
    assert """zsh:  echo 'eval "$(actorgraph completion zsh)"' >> ~/.zshrc""" in lines
    assert "fish: actorgraph completion fish > ~/.config/fish/completions/actorgraph.fish" in lines


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_help_breaks_no_word_and_shows_no_sign_of_its_own(command: str) -> None:
    usage, _, about = ask(command, "--help").stdout.partition("\n\n")
    assert 0 == usage.count("\n")
    assert "\\b" not in about


@pytest.mark.parametrize("form", OUT)
def test_the_help_of_a_format_says_what_it_is_about_and_where_it_goes(form: Format) -> None:
    text = " ".join(ask("export", form.name, "--help").stdout.split())
    takes = module_of(form.name).OUT
    assert bool(takes.target) == (" is a proposal or an actor, by id, name or alias." in text)
    where = "FILE Write the answer to a file. [default: stdout]" if takes.endings else "FOLDER The folder to write."
    assert f"-o, --output {where}" in text
    for option in takes.own:
        assert option.help[:1].upper() + option.help[1:10] in text


@pytest.mark.parametrize("command", ["timeline", "pledges", "export feed"])
def test_what_tells_a_history_says_that_a_day_ends_it(command: str) -> None:
    assert "--as-of DATE What happened up to that day." in " ".join(ask(*command.split(), "--help").stdout.split())


def test_the_help_tells_the_exit_codes() -> None:
    assert ask("--help").stdout.count("Exit codes: 0 fine; 1 problems in the data") == 1


def test_the_help_of_a_list_names_all_that_can_be_listed() -> None:
    about = " ".join(ask("list", "--help").stdout.partition("Options:")[0].split())
    *most, last = list_command.LISTS
    assert f"THINGS is {', '.join(most)} or {last}." in about


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        *[("wo", "who"), ("tallly", "tally"), ("import cvs", "csv"), ("export htlm", "html"), ("add stanze", "stance")],
        *[
            ("import excel", "xlsx"),
            ("import bibtex", "zotero"),
            ("import My.Sheet.CSV", "csv"),
            ("import ris", "zotero"),
            ("export rss", "feed"),
            ("export pdf", "report"),
        ],
    ],
)
def test_a_command_that_is_mistyped_is_meant(words: str, meant: str) -> None:
    result = ask(*words.split(), "x")
    typed = words.rsplit(maxsplit=1)[-1]
    of_each = "format" if words.startswith(("import", "export")) else "command"
    assert (2, True) == (
        result.exit_code,
        result.stderr.endswith(f"Error: there is no {of_each} '{typed}' (did you mean '{meant}'?)\n"),
    )


@pytest.mark.parametrize(("words", "group"), [("zzz", ""), ("export gif", " export"), ("add dog", " add")])
def test_a_command_that_is_like_no_other_is_told_where_all_stand(words: str, group: str) -> None:
    result = ask(*words.split(), "x")
    told = re.search(
        r"Error: there is no (?:command|format) '\w+'; `(\S+)( \w+)? --help` shows them all\n$", result.stderr
    )
    assert (2, True, group) == (result.exit_code, bool(told), (told and told[2]) or "")


# -- extras ------------------------------------------------------------------------------------------------

WITHOUT_EXTRAS = """
import sys
for name in ("bibtexparser", "duckdb", "matplotlib", "openpyxl", "pandas", "polars", "pyarrow", "pypdf", "resvg_py"):
    sys.modules[name] = None
from actorgraph.cli.main import cli
from actorgraph.exchange.formats import IN, OUT
from click.shell_completion import ShellComplete
for command, forms in (("import", IN), ("export", OUT)):
    tab = ShellComplete(cli, {}, "actorgraph", "_ACTORGRAPH_COMPLETE")
    assert [form.name for form in forms] == [item.value for item in tab.get_completions([command], "")]
    for form in forms:
        assert "--model" in [item.value for item in tab.get_completions([command, form.name], "--mo")]
        cli([command, form.name, "--help"], standalone_mode=False)
cli(["import", "xlsx", "a.xlsx", "-m", "examples/minimal.yaml"])
"""


def test_help_and_the_tab_key_need_no_extra() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS], capture_output=True, text=True, check=False, timeout=60
    )
    assert 'Error: xlsx needs openpyxl, which is not installed: pip install "actorgraph[xlsx]"\n' == done.stderr
    assert (2, len(IN) + len(OUT)) == (done.returncode, done.stdout.count("-m, --model PATH"))


# -- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [known.name for known in OUT])
def test_export_writes_the_same_file_twice(form: str, tmp_path: Path) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    for file in files:
        about = module_of(form).OUT.target
        target = [] if about is None or about[0].startswith("[") else ["harbour"]
        day = ["--as-of", "2026-06"] if "as_of" in module_of(form).OUT.shared else []
        result = ask("export", form, *target, *HARBOUR, *day, "-o", str(file))
        assert (0, "") == (result.exit_code, result.stdout)
        assert result.stderr.startswith(f"wrote {file}")
    first, second = ({part.name: part.read_bytes() for part in _parts(file)} for file in files)
    assert list(first.values()) == list(second.values())
    assert all(part.strip() for part in first.values())


def _parts(path: Path) -> list[Path]:
    """Return the files that an export wrote: one, or those of a folder."""
    return sorted(path.iterdir()) if path.is_dir() else [path]


def test_a_page_opens_as_it_is_told_to(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    words = ("--compare", "2025", "--view", "matrix", "--focus", "the harbour", "--title", "Quays", "--theme", "dark")
    result = ask("export", "html", *HARBOUR, "--as-of", "2026-06", *words, "--embed", "-o", str(file))
    assert (0, f"wrote {file}\n") == (result.exit_code, result.stderr)
    page = file.read_text(encoding="utf-8")
    (opening,) = re.findall(r'"opening":(\{.*?\})', page)
    expected = {
        "view": "matrix",
        "day": 20260630,
        "base": 20251231,
        "assume": [],
        "focus": "proposal/harbour",
        "theme": "dark",
        "embed": True,
    }
    assert expected == json.loads(opening)
    assert "<title>Quays</title>" in page
    assert '"editions":[20251120,20251205,20260116,20260201]' in page


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    result = ask("who", "any", "harbour", *HARBOUR, "-o", str(target))
    assert 2 == result.exit_code
    assert "Is a directory" in result.stderr
    assert [target] == list(tmp_path.iterdir())


def test_a_link_and_the_mode_of_a_file_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("before", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    assert 0 == ask("who", "any", "harbour", *HARBOUR, "-o", str(link)).exit_code
    assert link.is_symlink()
    assert "Who has a position" in real.read_text(encoding="utf-8")
    assert 0o600 == real.stat().st_mode & 0o777


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert 0 == ask("who", "any", "harbour", *HARBOUR, "-o", str(pipe)).exit_code
        assert "Who has a position" in reader.communicate(timeout=10)[0]
    assert pipe.is_fifo()


def test_a_file_is_written_as_its_name_ends(tmp_path: Path) -> None:
    for name, start in (("a.csv", "as_of,known_by"), ("a.json", "{"), ("a.md", "**Who"), ("a.txt", "Who")):
        ask("who", "any", "harbour", *HARBOUR, "-o", str(tmp_path / name))
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_no_colour_in_a_file(tmp_path: Path) -> None:
    ask("who", "any", "harbour", *HARBOUR, "-o", str(tmp_path / "answer.txt"))
    assert "\x1b" not in (tmp_path / "answer.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("library", "arguments", "extra"),
    [
        ("duckdb", ("compile", "examples/debates.csv", "-o", "{}"), "duckdb"),
        ("pyspark", ("compile", "examples/debates.csv", "-o", "{}", "--engine", "local[1]"), "spark"),
        ("pyarrow", ("export", "parquet", "-m", "examples/minimal.yaml", "-o", "{}"), "parquet"),
        ("openpyxl", ("import", "xlsx", "a.xlsx", "-m", "examples/minimal.yaml"), "xlsx"),
    ],
)
def test_a_library_that_does_not_load_is_told_in_a_sentence(
    library: str, arguments: tuple[str, ...], extra: str, tmp_path: Path
) -> None:
    """As where a system lacks what the library itself is linked to: that is no ModuleNotFoundError."""
    (tmp_path / f"{library}.py").write_text("raise ImportError('DLL load failed')", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "actorgraph", *(argument.format(tmp_path / "out") for argument in arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    anew = f'pip install --force-reinstall "actorgraph[{extra}]"'
    told = f"cannot be loaded (DLL load failed); to install it anew may help: {anew}"
    assert (2, True, []) == (done.returncode, told in done.stderr, list(tmp_path.glob("out*")))
