"""Longer answers on the command line: why, timeline, disputes, two versions, as contracts and as a reader sees them."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask
from goldens import Golden

from actorgraph.render.disputes import DISPUTE_COLUMNS
from actorgraph.render.timeline import TIMELINE_COLUMNS
from actorgraph.render.versions import VERSION_COLUMNS
from actorgraph.render.who import ROW_COLUMNS

# -- contracts ---------------------------------------------------------------------------------------------


def test_why_keeps_the_contract_for_every_row() -> None:
    rows = answer("who", "any", "multinational-force", "--as-of", "2026-01-10")["rows"]
    assert len(rows) > 8
    for row in rows:
        found = answer("why", row["actor"], row["proposal"], "--as-of", "2026-01-10")
        assert row in found["rows"]


def test_why_with_documents_keeps_the_contract(documents: Path) -> None:
    found = answer("why", "Russia", "troops", "--as-of", "2026-01-10", "--documents", str(documents))
    assert {"verified"} == {one["state"] for one in found["passages"]}
    assert all(one["text"] for one in found["passages"])


def test_timelines_keep_the_contract() -> None:
    for name in ("Russia", "US", "multinational-force", "us-backstop"):
        found = answer("timeline", name, "--as-of", "2026-01-10", "--all")
        assert found["moments"] == sorted(found["moments"], key=lambda one: one["date"])


@pytest.mark.parametrize("day", ["2025-06-15", "2026-01-10"])
def test_disputes_keep_the_contract(day: str) -> None:
    assert answer("disputes", "--as-of", day)["disputes"]
    assert {"russia"} == {one["actor"] for one in answer("disputes", "Russia", "--as-of", day)["disputes"]}


def test_versions_keep_the_contract() -> None:
    found = answer("diff", "--base-known-by", "2025-12", "--as-of", "2026-01-10")
    assert {"command": "diff", "base_known_by": "2025-12-31"} == found["query"]
    assert {"added"} <= {one["change"] for one in found["records"]} <= {"added", "re-sourced"}


def test_csv_of_the_longer_answers() -> None:
    day = ("--as-of", "2026-01-10", "--format", "csv")
    for arguments, columns in (
        (("why", "Russia", "troops"), ROW_COLUMNS),
        (("timeline", "Russia"), TIMELINE_COLUMNS),
        (("disputes",), DISPUTE_COLUMNS),
        (("diff", "--base-known-by", "2025-12"), VERSION_COLUMNS),
    ):
        lines = list(csv.DictReader(io.StringIO(ask(*arguments, *day).stdout)))
        assert list(columns) == list(lines[0])


# -- as a reader sees them -----------------------------------------------------------------------------------


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the harbour as it was curated first, and now."""
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    now, before = tmp_path / "now.yaml", tmp_path / "before.yaml"
    now.write_text(text, encoding="utf-8")
    first = text.replace("date: 2026-01-15", "date: 2026-01-05").replace("    if: [state-loan]\n", "")
    before.write_text(first, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


GOLDEN = [
    ("why", ("why", "the fishers", "harbour", "--as-of", "2026-06", *HARBOUR)),
    ("why-nothing", ("why", "olsen", "harbour", "--as-of", "2026-06", *HARBOUR)),
    ("timeline", ("timeline", "harbour", "--as-of", "2026-06", *HARBOUR)),
    ("timeline-nothing", ("timeline", "olsen", "--as-of", "2026-06", *HARBOUR)),
    ("disputes-nothing", ("disputes", "--as-of", "2026-06", *HARBOUR)),
    ("scenario", ("diff", "--assume", "not:state-loan", "--as-of", "2026-06", *HARBOUR)),
    ("learned", ("diff", "--base-known-by", "2026-01-15", "--known-by", "2026-01-31", "--as-of", "2026-06", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    result = ask(*arguments, "--format", style)
    assert 0 == result.exit_code, result.output
    golden.check(f"{name}.{'txt' if style == 'table' else 'md'}", result.stdout)


@pytest.mark.usefixtures("earlier")
def test_golden_corrections(golden: Golden) -> None:
    result = ask("diff", "--base", "before.yaml", "-m", "now.yaml", "--as-of", "2026-06")
    assert 0 == result.exit_code, result.output
    golden.check("corrected.txt", result.stdout)


def test_tables_fit_80_columns_in_a_pipe(documents: Path) -> None:
    day = ("--as-of", "2026-01-10")
    for arguments in (
        ("why", "France", "foreign troops", "--documents", str(documents), *day),
        ("timeline", "Russia", *day),
        ("disputes", *day),
        ("diff", "--base-known-by", "2025-12", *day),
    ):
        text = ask(*arguments).stdout
        assert "\x1b" not in text
        assert max(map(len, text.splitlines())) <= 80


def test_a_copy_that_is_another_document_is_said(documents: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    shutil.copytree(documents, copies)
    changed = copies / "002_cb84703999ae783f.txt"
    changed.write_bytes(changed.read_bytes().replace(b"backstop", b"backstep"))
    text = ask("why", "Russia", "troops", "--as-of", "2025-06", "--documents", str(copies)).stdout
    assert "differs from the document cited" in " ".join(text.split())
    assert "(changed)" in text
    assert "backstep" not in text


# -- one question at a time ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "what is to be compared?"),
        (("2026",), "one date is no pair: from 2026 to when?"),
        (("2025", "2026", "--base", "x.yaml"), "FROM TO and --base ask different questions"),
        (("--base", "x.yaml", "--base-rev", "HEAD"), "--base and --base-rev ask different questions"),
        (("--base", "x.yaml", "--base-assume", "state-loan"), "--base and --base-assume ask different questions"),
        (("2025", "2026", "--base-assume", "state-loan"), "FROM TO and --base-assume ask different questions"),
        (("2025", "2026", "--as-of", "2026"), "FROM TO name the days already"),
        (("--base-known-by", "2026-02", "--known-by", "2026-01"), "comes after --known-by 2026-01-31; swap them"),
        (("--base", "nowhere"), "cannot read it"),
        (("--base-known-by", "soon"), "'soon' is not a date"),
    ],
)
def test_a_diff_that_means_nothing(arguments: tuple[str, ...], message: str) -> None:
    result = ask("diff", *arguments, *HARBOUR)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in " ".join(result.stderr.split())


@pytest.mark.usefixtures("earlier")
def test_a_version_that_differs_only_in_its_records_differs() -> None:
    same = ("diff", "--base", "now.yaml", "-m", "now.yaml", "--exit-code")
    assert 0 == ask(*same).exit_code
    later = ("diff", "--base", "before.yaml", "-m", "now.yaml", "--as-of", "2025-12", "--exit-code")
    result = ask(*later)
    assert 1 == result.exit_code
    assert "Nothing: the same positions are in force." in result.stdout


def test_a_broken_base_prints_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("model: [\n", encoding="utf-8")
    result = ask("diff", "--base", str(path), *HARBOUR)
    assert (1, "") == (result.exit_code, result.stdout)
    assert f"{path}:2:1: AG003" in result.stderr


def test_who_opposes_an_actor() -> None:
    rows = answer("who", "opposes", "Russia", "--as-of", "2026-01-10")["rows"]
    assert {"france", "uk", "ukraine"} <= {row["actor"] for row in rows}
    assert "russia" not in {row["actor"] for row in rows}
    own = {(row["proposal"], row["position"]) for row in answer("what", "Russia", "--as-of", "2026-01-10")["rows"]}
    opposite = {"supports": "opposes", "opposes": "supports"}
    assert all((row["proposal"], opposite[row["position"]]) in own for row in rows)
    told = " ".join(ask("who", "opposes", "Russia", "--as-of", "2026-01-10", "--format", "md").stdout.split())
    assert "Who opposes Russia" in told
    assert r"Peace negotiations on American initiative<br>(Russia opposes, since 2024-12-04 \[C4\])" in told


def test_stale_rows_are_marked() -> None:
    asked = ("who", "any", "harbour", *HARBOUR, "--as-of", "2026-06-30")
    rows = answer(*asked, "--stale-after", "5mo")["rows"]
    assert {"fishers-union": True, "harbour-board": True} == {
        row["actor"]: row["stale"] for row in rows if row["kind"] == "stance"
    }
    assert [False] == [row["stale"] for row in rows if row["kind"] == "commitment"], "published on 1 February"
    assert not any(row["stale"] for row in answer(*asked, "--stale-after", "9mo")["rows"])
    assert not any(row["stale"] for row in answer(*asked)["rows"])
    assert "opposes, stale" in ask(*asked, "--stale-after", "5mo").stdout
    wrong = ask(*asked, "--stale-after", "a while")
    assert 2 == wrong.exit_code
    assert "'a while' is not a length of time; write 90d, 6w, 18mo or 2y" in wrong.stderr


def test_conditions_that_only_the_other_version_knows(tmp_path: Path) -> None:
    """Both ways, in a table: each side's rows name conditions of their own."""
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path = tmp_path / "other.yaml"
    path.write_text(text.replace("state-loan", "a-grant").replace("a loan", "a grant"), encoding="utf-8")
    day = ("--as-of", "2026-06")
    there = ask("diff", "--base", str(path), *HARBOUR, *day).stdout
    back = ask("diff", "--base", "examples/minimal.yaml", "-m", str(path), *day).stdout
    for told in (there, back):
        assert "a-grant: The state grants a grant; state-loan: The state grants a loan" in " ".join(told.split())


def test_two_models_are_said_to_be_two() -> None:
    told = ask("diff", "--base", "examples/minimal.yaml", "-m", "graphs/ukraine-troops", "--as-of", "2026-01-10").stdout
    assert "These are two models, minimal and ukraine-troops" in told


def test_an_answer_says_how_it_was_asked() -> None:
    asked = ("--as-of", "2026-06", *HARBOUR)
    assert True is answer("who", "any", "harbour", "--stated", *asked)["query"]["stated"]
    assert "stated" not in answer("who", "any", "harbour", *asked)["query"]
    assert "only what was stated" in ask("who", "any", "harbour", "--stated", *asked).stdout
    for arguments in (("who", "any", "harbour"), ("timeline", "harbour"), ("diff",)):
        text = ask(*arguments, *asked, "--assume", "not:state-loan", "--format", "csv").stdout
        assert {"not:state-loan"} == {line["assume"] for line in csv.DictReader(io.StringIO(text))}


def test_the_actor_is_meant_where_a_proposal_bears_its_id_as_a_name(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    text = text.replace("name: Fishers’ Union, kind", "name: Fishers, kind").replace("[the harbour]", "[fishers union]")
    path.write_text(text, encoding="utf-8")
    told = ask("who", "opposes", "Fishers", "-m", str(path), "--as-of", "2026-06").stdout
    assert "Who opposes Fishers" in told
    assert "PROPOSAL" in told


def test_contradictory_assumptions_are_refused() -> None:
    result = ask("who", "any", "harbour", *HARBOUR, "--assume", "state-loan", "--assume", "not:state-loan")
    assert 2 == result.exit_code
    assert "'state-loan' cannot both hold and not hold" in result.stderr


def test_an_answer_does_not_go_into_a_file_for_something_else(tmp_path: Path) -> None:
    result = ask("who", "any", "harbour", *HARBOUR, "-o", str(tmp_path / "x.html"))
    assert 2 == result.exit_code
    assert "`actorgraph export html` writes such a file" in result.stderr


def test_a_copy_that_cannot_be_trusted_is_said_in_every_form(tmp_path: Path) -> None:
    result = ask("why", "Russia", "troops", "--as-of", "2025-06", "--documents", str(tmp_path), "--format", "csv")
    assert "002_cb84703999ae783f.txt is not in" in result.stderr
