"""edit and add evidence: one record in an editor, written only when the model with it can be used."""

import sys
from pathlib import Path

import pytest
from asking import ask
from terminals import in_a_terminal
from towns import STANCE, files, strictly_clean

from actorgraph.curate.edit import closed, edited, opened
from actorgraph.curate.locate import find, located
from actorgraph.curate.revise import excerpt
from actorgraph.curate.revision import sound, text_of
from actorgraph.model.loader import load_model

RECORD = "traders.car-free-square.2026-03-12"
TODAY = "2026-06-01"


def in_editor(name: str, *changes: tuple[str, str], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Edit a record with an editor that makes one change each time it is opened; return the exit code and the text."""
    script = Path("editor.py")
    script.write_text(
        "import sys, pathlib\n"
        f"changes = {list(changes)!r}\n"
        "seen = pathlib.Path('seen.txt')\n"
        "number = len(seen.read_text()) if seen.exists() else 0\n"
        "seen.write_text('x' * (number + 1))\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "assert path.suffix == '.yaml'\n"
        "text = path.read_text(encoding='utf-8')\n"
        "print('OPENED', text)\n"
        "path.write_text(text.replace(*changes[number]), encoding='utf-8')\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "actorgraph", "edit", name]
    environment = {"TERM": "dumb", "VISUAL": "", "EDITOR": f"{sys.executable} {script.resolve()}"}
    return in_a_terminal(*command, answers=answers, environment=environment)


def test_a_record_is_opened_alone_and_written_on_a_yes(town: Path) -> None:
    before = (town / "stances.yaml").read_text(encoding="utf-8")
    code, text = in_editor(RECORD, ("supports\n", "open\n"), answers=[("Write it?", "y\r")])
    assert 0 == code, text
    shown = text.replace("\r\n", "\n").partition("OPENED ")[2].partition("\n\n")[0]
    assert f"#| The stance {RECORD}, graphs/town/stances.yaml:7." in shown
    assert shown.startswith("- actor: traders\n")
    assert "stances:" not in shown
    assert before.replace("position: supports\n", "position: open\n") == (town / "stances.yaml").read_text("utf-8")
    assert strictly_clean(town)


def test_what_is_wrong_leads_back_to_the_editor(town: Path) -> None:
    answers = [
        ("line 3: AG014 position 'opn' is not known", ""),
        ("Go back to the editor?", "y\r"),
        ("#| line 3: AG014 position 'opn'", ""),
        ("Write it?", "y\r"),
    ]
    code, text = in_editor(RECORD, ("supports\n", "opn\n"), ("opn\n", "open\n"), answers=answers)
    assert 0 == code, text
    assert "open" == load_model(town).stances[0].position


@pytest.mark.parametrize(
    ("change", "answers", "said"),
    [
        (("supports\n", "opn\n"), [("Go back to the editor?", "\r")], "position: opn"),
        (("supports\n", "open\n"), [("Write it?", "\r"), ("Go back to the editor?", "\x03")], "position: open"),
        (("supports\n", "supports\n"), [], "nothing has changed; nothing was written"),
        (("position: supports", "position:   supports"), [], "it says the same as before; nothing was written"),
    ],
    ids=["wrong", "no", "as it was", "other spaces"],
)
def test_without_a_yes_nothing_is_written(
    change: tuple[str, str], answers: list[tuple[str, str]], said: str, town: Path
) -> None:
    before = files(town)
    _, text = in_editor(RECORD, change, answers=answers)
    assert said in text, "what was typed is not lost"
    assert before == files(town)


def test_an_editor_that_fails_is_told(town: Path) -> None:
    command = [sys.executable, "-m", "actorgraph", "edit", RECORD]
    code, text = in_a_terminal(*command, environment={"TERM": "dumb", "VISUAL": "no-such-editor"})
    assert (1, True) == (code, "$VISUAL or $EDITOR names the editor" in text)
    assert town.is_dir()


@pytest.mark.usefixtures("town")
def test_without_a_terminal_there_is_no_editor() -> None:
    result = ask("edit", RECORD)
    assert (1, True) == (result.exit_code, "this is no terminal; change the file itself" in result.stderr)


def test_notes_are_no_part_of_a_record() -> None:
    text = "uk:\n  # mine\n  name: UK\n"
    assert text == closed(opened(text, ["one", "", "two"]))


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("vega", "name: Ana Vega", "name: 'Ana", "that starts in line 2 (close the quote)"),
        ("vega", "vega:", "vera:", "AG012 unknown actor 'vega'"),
        ("traders", "kind: organisation", "kind: club", ": AG014 kind 'club' is not known"),
        (RECORD, "- actor", "- actor: vega\n- actor", "2 records stand there now"),
    ],
)
def test_what_is_wrong_is_told_by_its_line_in_the_editor(name: str, old: str, new: str, wrong: str, town: Path) -> None:
    loaded, _ = sound(town, today=TODAY)
    found = find(name, located(loaded))
    text = excerpt(text_of(found.file) or "", found.place).text
    assert old in text
    result = edited(loaded, found, text.replace(old, new), today=TODAY)
    assert result.revision is None
    assert any(wrong in line for line in result.wrong), result.wrong


# -- add evidence ------------------------------------------------------------------------------------------------

MORE = ("--source", "valley-courier-2026-03-14", "--lines", "7", "--credibility", "2")


@pytest.mark.parametrize("record", [RECORD, "vega.represents.traders", "car-free-square"])
def test_a_record_is_given_more_evidence(record: str, town: Path) -> None:
    before = files(town)
    result = ask("add", "evidence", record, *MORE, "--yes")
    assert 0 == result.exit_code, result.stderr
    added = [line for line in result.stdout.splitlines() if line.startswith("+") and "+++" not in line]
    assert "- {source: valley-courier-2026-03-14, lines: 7, credibility: 2}" in added[-1]
    assert strictly_clean(town)
    changed = {path for path, raw in files(town).items() if raw != before[path]}
    assert 1 == len(changed)
    again = ask("add", "evidence", record, *MORE, "--yes")
    assert (2, True) == (again.exit_code, "has this evidence already" in again.stderr)


def test_a_joint_record_is_given_evidence_once(town: Path) -> None:
    joint = ["traders, vega" if word == "the traders" else word for word in STANCE]
    assert 0 == ask(*joint, "--yes", "--force").exit_code
    assert 0 == ask("add", "evidence", "vega.car-free-square.2026-03", *MORE, "--yes", "--force").exit_code
    assert [2, 2] == [len(one.evidence) for one in load_model(town).stances[1:]]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        ((RECORD,), 2, "missing --source SOURCE"),
        ((RECORD, "--lines", "3"), 2, "--source is missing"),
        (("vega", *MORE), 2, "'vega' is the actor Ana Vega, not "),
        (("no-such-record", *MORE), 2, "answers to 'no-such-record'"),
        ((RECORD, *MORE), 1, "this is no terminal, so nobody can be asked; --yes writes without asking"),
    ],
)
def test_evidence_that_cannot_be_added(arguments: tuple[str, ...], exit_code: int, said: str, town: Path) -> None:
    before = files(town)
    result = ask("add", "evidence", *arguments)
    assert (exit_code, True) == (result.exit_code, said in result.stderr), result.stderr
    assert before == files(town)


def test_the_command_goes_on_where_it_was_refused(town: Path) -> None:
    stderr = ask("add", "evidence", RECORD, *MORE).stderr
    again = stderr.partition("to go on from here: actorgraph ")[2].split("\n")[0].split()
    assert 0 == ask(*again, "--yes").exit_code
    assert 2 == len(load_model(town).stances[0].evidence)
