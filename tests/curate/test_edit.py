"""edit and add evidence: one record in an editor, written only when the model with it can be used."""

import sys
from pathlib import Path

import pytest
from asking import ask
from terminals import in_a_terminal
from towns import STANCE, files, strictly_clean

from actorgraph.curate.changeset import sound, text_of
from actorgraph.curate.draft import Doubt
from actorgraph.curate.edit import closed, edited, opened, with_evidence
from actorgraph.curate.locate import find, located
from actorgraph.curate.revise import excerpt
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


def at_the_keyboard(editor: str, *, answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Edit a record with an editor that is a script: `path` is its file, `times` how often it was opened before."""
    script, seen = Path("editor.py"), Path("seen.txt")
    seen.unlink(missing_ok=True)
    script.write_text(
        "import sys, pathlib\n"
        "path, seen = pathlib.Path(sys.argv[-1]), pathlib.Path('seen.txt')\n"
        "times = len(seen.read_text()) if seen.exists() else 0\n"
        "seen.write_text('x' * (times + 1))\n"
        "stances = pathlib.Path('graphs/town/stances.yaml')\n"
        "old = stances.read_text('utf-8')\n"
        f"{editor}\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "actorgraph", "edit", RECORD]
    environment = {"TERM": "dumb", "VISUAL": "", "EDITOR": f"{sys.executable} {script.resolve()}"}
    return in_a_terminal(*command, answers=answers, environment=environment)


SAY_OPEN = "path.write_text(path.read_text('utf-8').replace('supports', 'open'), 'utf-8')"
SAY_WRONG = SAY_OPEN.replace("'open'", "'opn'")
ANOTHER = (
    "  - {actor: vega, position: opposes, proposal: car-free-square, date: 2026-03-13, "
    "evidence: [{source: valley-courier-2026-03-14, lines: 7, credibility: 2}]}\n"
)


@pytest.mark.parametrize(
    "meanwhile",
    [
        f"stances.write_text(old.replace('  - actor', {ANOTHER!r} + '  - actor', 1), 'utf-8')",
        "stances.write_text(old.replace('supports', 'opposes'), 'utf-8')",
        "stances.write_text('stances: []\\n', 'utf-8')",
        "stances.write_text(old + ': : x', 'utf-8')",
        "stances.write_bytes(b'# caf\\xe9\\n' + old.encode())",
        "stances.unlink()",
    ],
    ids=["moved", "changed", "taken out", "broken", "in another encoding", "no file"],
)
def test_what_somebody_else_wrote_meanwhile_stays(meanwhile: str, town: Path) -> None:
    code, text = at_the_keyboard(f"{meanwhile}; {SAY_OPEN}", answers=[])
    assert 1 == code, text
    assert f"graphs/town/stances.yaml has changed meanwhile, and {RECORD} no longer stands there as it was" in text
    assert "position: open" in text, "what was typed is not lost"
    assert not any(b"position: open" in raw for raw in files(town).values())


def test_what_somebody_else_wrote_behind_it_stays(town: Path) -> None:
    more = f"stances.write_text(old + {ANOTHER!r}, 'utf-8')"
    code, text = at_the_keyboard(f"{more}; {SAY_OPEN}", answers=[("Write it?", "y\r")])
    assert 0 == code, text
    assert ["open", "opposes"] == [stance.position for stance in load_model(town).stances]


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("path.write_bytes(path.read_bytes().replace(b'supports', b'op\\xe9n'))", "the editor does not write UTF-8"),
        (f"sys.exit(1) if times else {SAY_WRONG}", "$VISUAL or $EDITOR names the editor"),
        (f"path.unlink() if times else {SAY_WRONG}", "what the editor left cannot be read"),
    ],
    ids=["another encoding", "fails the second time", "no file"],
)
def test_what_was_typed_is_not_lost_by_an_editor_that_fails(editor: str, said: str, town: Path) -> None:
    before = files(town)
    back = [("Go back to the editor?", "y\r")] if "times" in editor else []
    code, text = at_the_keyboard(editor, answers=back)
    assert (1, True) == (code, said in text), text
    assert "  position: op" in text.partition("what you typed:")[2]
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
        ("vega", "name: Ana Vega", "name: 'Ana", "line 2: AG003 found unexpected end of stream"),
        ("vega", "vega:", "vera:", "AG012 unknown actor 'vega'"),
        ("vega", "vega:", "vera:", "`actorgraph rename vega NEW` changes an id wherever it stands"),
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
    assert result.changeset is None
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


def test_evidence_is_not_given_to_what_took_the_place_of_its_record(town: Path) -> None:
    loaded, _ = sound(town, today=TODAY)
    record = find(RECORD, located(loaded))
    stances = town / "stances.yaml"
    old = stances.read_text(encoding="utf-8")
    stances.write_text(old.replace("  - actor", f"{ANOTHER}  - actor", 1), encoding="utf-8")
    with pytest.raises(Doubt, match="no longer stands there as it was"):
        with_evidence(loaded, record, [{"source": "valley-courier-2026-03-14", "lines": "7"}], today=TODAY)
