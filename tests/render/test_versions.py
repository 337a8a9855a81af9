"""Two versions of a model, as a contract and as a reader sees them."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

from actorgraph import load
from actorgraph.questions.versions import Versions, diff_versions
from actorgraph.render.versions import versions_grids

GOLDEN = [
    ("without", ("diff", "--without", "Open letter", "--as-of", "2026-06", *HARBOUR)),
    ("learned", ("diff", "--base-known-by", "2026-01-15", "--known-by", "2026-01-31", "--as-of", "2026-06", *HARBOUR)),
]


def test_versions_keep_the_contract() -> None:
    versions = answer("diff", "--base-known-by", "2025-12", "--as-of", "2026-01-10")
    assert {"command": "diff", "base_known_by": "2025-12-31"} == versions["query"]
    assert {"added"} <= {record["change"] for record in versions["records"]} <= {"added", "corrected", "re-sourced"}


@pytest.mark.parametrize("option", [(), ("--all",)])
def test_only_what_was_not_asked_for_is_offered(option: tuple[str, ...]) -> None:
    asked = ask("diff", "--base-known-by", "2026-01-20", "--as-of", "2025-12-20", *HARBOUR, *option)
    said = " ".join(asked.stdout.split())
    assert [bool(option), not option] == [words in said for words in ("on the same evidence", "--all also shows")]


def test_what_was_merged_is_said_to_go_on_as_another(tmp_path: Path) -> None:
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    double = "  letter-again: {title: Open letter, publisher: Fishers’ Union, published: 2026-01-16, reliability: B}\n"
    assert 1 == text.count("source: union-letter") == text.count("\n  union-letter:")
    text = text.replace("source: union-letter", "source: letter-again")
    two = text.replace("\n  union-letter:", f"\n{double}  union-letter:")
    (tmp_path / "two.yaml").write_text(two, encoding="utf-8")
    base, now = ("--base", str(tmp_path / "two.yaml")), HARBOUR
    merged = ask("diff", *base, *now, "--as-of", "2026-06").stdout
    assert "merged into union-letter" in merged
    split = ask("diff", "--base", HARBOUR[1], "-m", base[1], "--as-of", "2026-06").stdout
    assert "split from union-letter" in split
    assert not any("re-sourced" in text or "FIELD" in text for text in (merged, split))


def test_what_goes_with_a_source_keeps_the_contract() -> None:
    versions = answer("diff", "--without", "union-letter", "--min-grade", "C6", "--as-of", "2026-06", *HARBOUR)
    assert {"command": "diff", "base_min_grade": None, "base_without": []} == versions["query"]
    assert ("C6", ["union-letter"]) == (versions["min_grade"], versions["without"])
    assert {"removed"} == {record["change"] for record in versions["records"]}
    assert ["opposes", "neutral"] == [
        row["position"] for side in ("before", "after") for row in versions["changes"][0][side]
    ]


@pytest.mark.usefixtures("earlier")
def test_with_a_base_the_same_evidence_counts_on_both_sides() -> None:
    base = ("diff", "--base", "before.yaml", "-m", "now.yaml", "--as-of", "2026-06")
    whole, left = answer(*base), answer(*base, "--without", "union-letter")
    assert {"base"} == left["query"].keys() - {"command"} == whole["query"].keys() - {"command"}
    assert 2 == len(whole["records"]) > len(left["records"]) == 1
    learned = answer("diff", "--base-known-by", "2025-12", "-m", "now.yaml", "--without", "union-letter")
    assert [] == [record for record in learned["records"] if "union" in record["id"]]


def test_what_was_known_by_a_day_is_set_against_all_that_is_known() -> None:
    """It is `--base-known-by` read backwards; with a filter besides, it counts on both sides."""
    day = ("--as-of", "2026-01-10")
    left, learned = (answer("diff", option, "2025-12", *day) for option in ("--known-by", "--base-known-by"))
    assert {"base_min_grade", "base_without"} == left["query"].keys() - {"command"}
    assert "2025-12-31" == left["known_by"]
    count, other = ([change["change"] for change in one["changes"]] for one in (left, learned))
    assert count.count("ended") == other.count("added") > 9
    sides = [{(one["actor"], one["proposal"], one["kind"]) for one in side["changes"]} for side in (left, learned)]
    assert sides[0] == sides[1]
    both = answer("diff", "--known-by", "2025-12", "--without", "rt-2025-05-28", *day)
    assert ["rt-2025-05-28"] == [record["id"] for record in both["records"] if record["type"] == "source"]


@pytest.mark.usefixtures("earlier")
def test_a_base_may_lack_the_source_that_is_left_out() -> None:
    before = Path("before.yaml").read_text(encoding="utf-8")
    now = before.replace("union-letter", "letter").replace("Open letter", "A letter")
    Path("now.yaml").write_text(now, encoding="utf-8")
    left = answer("diff", "--base", "before.yaml", "-m", "now.yaml", "--as-of", "2026-06", "--without", "letter")
    assert ["letter"] == left["without"]
    assert ["union-letter", "fishers-union.harbour.2026-01-05"] == [record["id"] for record in left["records"]]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("f63767f", "f63767f (2026-11-26)"),
        ("f63767f71927" + "5" * 28, f"f63767f71927{'5' * 28} (2026-11-26)"),
        ("f", "f (f63767f71927, 2026-11-26)"),
        ("HEAD~1", "HEAD~1 (f63767f71927, 2026-11-26)"),
    ],
)
def test_a_hash_that_was_asked_for_is_not_said_twice(named: str, told: str) -> None:
    ledger = load(HARBOUR[1])
    asked = {"base_rev": named, "base_commit": "f63767f71927, 2026-11-26"}
    grid = versions_grids(diff_versions(ledger, ledger, as_of="2026-06", query=asked))[0]
    assert f"What was corrected since {told}: nothing" == grid.above[0]


def test_csv_has_its_columns() -> None:
    text = ask("diff", "--base-known-by", "2025-12", "--as-of", "2026-01-10", "--format", "csv").stdout
    assert list(Versions.COLUMNS) == list(next(csv.DictReader(io.StringIO(text))))


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the harbour as it was curated first, and now."""
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    now, before = tmp_path / "now.yaml", tmp_path / "before.yaml"
    now.write_text(text, encoding="utf-8")
    first = text.replace("date: 2026-01-15", "date: 2026-01-05").replace("    if: [state-loan]\n", "")
    before.write_text(first, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("earlier")
def test_golden_corrections(golden: Golden) -> None:
    result = ask("diff", "--base", "before.yaml", "-m", "now.yaml", "--as-of", "2026-06")
    assert 0 == result.exit_code, result.output
    golden.check("corrected.txt", result.stdout)


def test_a_table_fits_80_columns_in_a_pipe() -> None:
    text = ask("diff", "--base-known-by", "2025-12", "--as-of", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


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


def test_conditions_that_only_the_other_version_knows(tmp_path: Path) -> None:
    """Both ways, in a table: each side's rows name conditions of their own."""
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path = tmp_path / "other.yaml"
    path.write_text(text.replace("state-loan", "a-grant").replace("a loan", "a grant"), encoding="utf-8")
    day = ("--as-of", "2026-06")
    there = ask("diff", "--base", str(path), *HARBOUR, *day).stdout
    back = ask("diff", "--base", "examples/minimal.yaml", "-m", str(path), *day).stdout
    for text in (there, back):
        assert "a-grant: The state grants a grant; state-loan: The state grants a loan" in " ".join(text.split())


def test_two_models_are_said_to_be_two() -> None:
    text = ask("diff", "--base", "examples/minimal.yaml", "-m", "graphs/ukraine-troops", "--as-of", "2026-01-10").stdout
    assert "These are two models, minimal and ukraine-troops" in text
