"""What becomes of an answer where the terminal, the pipe, the encoding or the file will not take it as it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from asking import HARBOUR, ask

MODEL = """\
model: {id: m, title: Москва ↕ Łódź}
actors:
  a: {name: Łukasz Ørsted, kind: person}
  b: {name: Борис, kind: person}
proposals: {p: {title: "Plan → Θ"}}
stances: [{actor: a, position: supports, proposal: p, date: 2024, evidence: [{source: s}]}]
sources: {s: {title: S, publisher: S, published: 2024}}
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return str(path)


def run(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Return what a line of the shell does; `actorgraph` in it is this one."""
    command = f"{sys.executable} -m actorgraph"
    variables = {**os.environ, **environment}
    return subprocess.run(
        ["sh", "-c", line.replace("actorgraph", command, 1)], capture_output=True, env=variables, check=False
    )


COMMANDS = (
    "who supports p -m {}",
    "what a -m {}",
    "why a p -m {}",
    "timeline a -m {}",
    "disputes -m {}",
    "diff 2023 2024 -m {}",
    "list actors -m {}",
    "show a -m {}",
    "check {}",
    "verify --documents . -m {}",
    "schema -m {}",
    "export json -m {}",
    "export graphml -m {}",
    "export html -m {}",
    "fmt --diff -m {}",
    "completion bash",
    "--help",
)
EVERY = pytest.mark.parametrize("command", COMMANDS, ids=[command.replace(" {}", "") for command in COMMANDS])
ENCODINGS = (
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.mark.first_cases(8)
@pytest.mark.parametrize("environment", ENCODINGS, ids=["cp1252", "ascii", "the C locale"])
@EVERY
def test_no_encoding_is_too_small(command: str, environment: dict[str, str], model: str) -> None:
    done = run(f"actorgraph {command.format(model)}", **environment)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert done.stdout or command.startswith(("check", "fmt"))


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("environment", ENCODINGS, ids=["cp1252", "ascii", "the C locale"])
@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_what_programs_read_is_utf_8_in_any_locale(form: str, environment: dict[str, str], model: str) -> None:
    expected = run(f"actorgraph what a -m {model} --format {form}", PYTHONIOENCODING="utf-8").stdout
    assert "Łukasz Ørsted" in expected.decode()
    assert expected == run(f"actorgraph what a -m {model} --format {form}", **environment).stdout


def test_a_table_shows_what_its_terminal_can_and_question_marks_for_the_rest(model: str) -> None:
    done = run(f"actorgraph list actors -m {model}", PYTHONIOENCODING="latin-1")
    assert "?ukasz Ørsted" in done.stdout.decode("latin-1")


@pytest.mark.first_cases(3)
@EVERY
def test_a_closed_output_is_said_in_a_line(command: str, model: str) -> None:
    done = run(f"actorgraph {command.format(model)} >&-")
    assert b"Traceback" not in done.stderr
    if not command.startswith(("check", "fmt")):  # which have nothing to print
        assert 1 == done.returncode
        assert b"cannot go on: standard output is closed" in done.stderr


def test_a_closed_input_is_said_in_a_line(model: str) -> None:
    for command, expected in (
        ("fmt -", b"Error: cannot read stdin: it is closed"),
        (f"add actor -m {model}", b"Error: missing --name TEXT, --kind KIND; in a terminal, they are asked for"),
    ):
        done = run(f"actorgraph {command} <&-")
        assert (2, b"") == (done.returncode, done.stdout)
        assert expected == done.stderr.splitlines()[-1]


@pytest.mark.parametrize("outlet", [">&-", "> /dev/full"])
@pytest.mark.parametrize(
    "command",
    [
        "rename a c --dry-run -m {}",
        "add actor --name C --kind person --yes -m {}",
        "init {}-new",
        "serve --port 0 -m {}",
    ],
    ids=lambda command: command.split()[0],
)
def test_commands_that_write_say_so_in_a_line_too(command: str, outlet: str, model: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    done = run(f"actorgraph {command.format(model)} {outlet}")
    assert 1 == done.returncode
    assert b"Error: cannot go on: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.first_cases(3)
@EVERY
def test_both_outputs_may_be_closed(command: str, model: str) -> None:
    assert run(f"actorgraph {command.format(model)} >&- 2>&-").returncode in (0, 1)


def test_a_file_is_written_where_the_output_is_closed(model: str, tmp_path: Path) -> None:
    done = run(f"actorgraph list actors -m {model} -o {tmp_path}/actors.json >&-")
    assert 0 == done.returncode
    assert ["a", "b"] == [item["id"] for item in json.loads((tmp_path / "actors.json").read_text())["items"]]


@pytest.mark.first_cases(3)
@EVERY
def test_a_reader_that_goes_away_is_no_disaster(command: str, model: str) -> None:
    done = run(f"actorgraph {command.format(model)} | head -c 1")
    assert (0, b"") == (done.returncode, b"" if b"Traceback" not in done.stderr else done.stderr)
    assert b"Exception ignored" not in done.stderr


@pytest.mark.first_cases(3)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full")
@EVERY
def test_a_full_disk_is_said_in_a_line(command: str, model: str) -> None:
    done = run(f"actorgraph {command.format(model)} > /dev/full")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    if not command.startswith(("check", "fmt")):
        assert 1 == done.returncode
        assert b"No space left on device" in done.stderr


@pytest.mark.parametrize("columns", ["²", "٣", "-1", "0", "", "9" * 5000, "wide", "1e3"])
def test_columns_may_be_anything(columns: str, model: str) -> None:
    done = run(f"actorgraph list actors -m {model}", COLUMNS=columns)
    assert (0, b"") == (done.returncode, done.stderr)


# -- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first"),
    [("a.json", "{"), ("A.JSON", "{"), ("a.csv", "type"), ("a.md", "**"), ("a.txt", "4 "), ("a", "4 ")],
)
def test_a_file_is_written_as_its_name_ends(name: str, first: str, tmp_path: Path) -> None:
    assert 0 == ask("list", "actors", *HARBOUR, "-o", str(tmp_path / name)).exit_code
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(first)


@pytest.mark.parametrize("name", ["a.xlsx", "a.pdf", "a.docx", "a.xml", "a.png", "a.yaml", "a.parquet"])
@pytest.mark.parametrize("command", [("list", "actors", *HARBOUR), ("check", HARBOUR[1]), ("disputes", *HARBOUR)])
def test_a_name_that_promises_another_format_is_refused(command: tuple[str, ...], name: str, tmp_path: Path) -> None:
    result = ask(*command, "-o", str(tmp_path / name))
    assert 2 == result.exit_code
    assert f"no answer is written as .{name[2:]}; name a file that ends in .json, " in " ".join(result.stderr.split())
    assert [] == [*tmp_path.iterdir()]


def test_a_format_that_is_asked_for_goes_into_any_file(tmp_path: Path) -> None:
    assert 0 == ask("list", "actors", *HARBOUR, "--format", "json", "-o", str(tmp_path / "a.data")).exit_code
    assert 4 == len(json.loads((tmp_path / "a.data").read_text(encoding="utf-8"))["items"])


@pytest.mark.parametrize(
    ("command", "names"),
    [
        (("list", "actors", *HARBOUR, "--format", "json"), ("a.csv", "a.xlsx", "a.html", "a.yaml", "A.PDF")),
        (("list", "actors", *HARBOUR, "--format", "table"), ("a.json", "a.docx", "a.md")),
        (("export", "html", *HARBOUR), ("a.pdf", "a.json", "a.png", "a.graphml")),
        (("export", "graphml", *HARBOUR), ("a.gexf", "a.html")),
        (("export", "csv", *HARBOUR), ("a.xlsx", "a.json", "a.tsv")),
        (("export", "json", *HARBOUR), ("a.csv", "a.yml")),
        (("schema", *HARBOUR), ("a.yaml",)),
        (("check", HARBOUR[1], "--format", "sarif"), ("a.csv", "a.txt.zip")),
        (("verify", "--documents", ".", *HARBOUR, "--format", "csv"), ("a.ods",)),
    ],
    ids=" ".join,
)
def test_no_format_goes_into_a_file_that_says_it_is_another(
    command: tuple[str, ...], names: tuple[str, ...], tmp_path: Path
) -> None:
    for name in names:
        (tmp_path / name).write_text("kept", encoding="utf-8")
        result = ask(*command, "-o", str(tmp_path / name))
        assert 2 == result.exit_code, name
        assert f"{name} is no name for a file of " in "".join(result.stderr.splitlines())
        assert "kept" == (tmp_path / name).read_text(encoding="utf-8")


def test_some_formats_have_several_endings(tmp_path: Path) -> None:
    for command, name in (
        (("export", "html", *HARBOUR), "a.htm"),
        (("export", "gexf", *HARBOUR), "a.xml"),
        (("check", HARBOUR[1], "--format", "sarif"), "a.json"),
        (("list", "actors", *HARBOUR, "--format", "md"), "a.markdown"),
    ):
        assert 0 == ask(*command, "-o", str(tmp_path / name)).exit_code
        assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: (path.touch(), path.chmod(0o444)), "it is read-only"),
        (lambda path: path.symlink_to("gone/file"), "No such file or directory"),
    ],
    ids=["a folder", "read-only", "a link to nowhere"],
)
def test_a_file_that_cannot_be_written(make: object, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "answer"
    make(path)  # type: ignore[operator]
    before = {entry: entry.lstat().st_mode for entry in tmp_path.iterdir()}
    for command in (("list", "actors", *HARBOUR), ("export", "html", *HARBOUR), ("schema", *HARBOUR)):
        result = ask(*command, "-o", str(path))
        assert 2 == result.exit_code
        assert reason in " ".join(result.stderr.split())
    assert before == {entry: entry.lstat().st_mode for entry in tmp_path.iterdir()}


@pytest.mark.parametrize("name", ["g1/holdings-1.parquet", "manifest.json", "g1/more/rows.parquet", "link.parquet"])
def test_no_answer_takes_the_place_of_a_file_of_holdings(name: str, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    ask("compile", "examples/debates.csv", "-o", str(tmp_path / "h"))
    (tmp_path / "h" / "link.parquet").symlink_to(tmp_path / "h" / "g1" / "holdings-1.parquet")
    before = {path: path.read_bytes() for path in (tmp_path / "h").rglob("*") if path.is_file()}
    command = ("export", "json" if name.endswith("json") else "parquet")
    made = ask(*command, "-m", str(tmp_path / "h"), "-o", str(tmp_path / "h" / name))
    assert 2 == made.exit_code
    assert f"is of the holdings {tmp_path / 'h'}, which nothing else may change; name another" in made.stderr
    assert before == {path: path.read_bytes() for path in (tmp_path / "h").rglob("*") if path.is_file()}
    own = tmp_path / "manifest.json"
    own.write_text("{}", encoding="utf-8")
    assert 0 == ask("export", "json", "-m", str(tmp_path / "h"), "-o", str(own)).exit_code


def test_a_folder_that_is_missing_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "build" / "answer"
    for command in (("list", "actors", *HARBOUR), ("export", "html", *HARBOUR)):
        result = ask(*command, "-o", str(path))
        message = f"cannot write {path}: there is no folder {path.parent}; make it first"
        assert (2, True) == (result.exit_code, message in " ".join(result.stderr.split()))
    assert not path.parent.exists()
