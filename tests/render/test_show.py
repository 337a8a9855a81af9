"""All about one thing: its keys, its names spelled out, and a model's description."""

import csv
import io
import re
from pathlib import Path
from typing import Final

import folders
import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

QUARRY: Final = folders.QUARRY.as_posix()


@pytest.mark.parametrize(
    ("name", "key"), [("show-actor", "fishers-union"), ("show-record", "harbour-board.harbour.2026-02-01")]
)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, key: str, style: str) -> None:
    check_golden(golden, name, ("show", key, *HARBOUR, "--as-of", "2026-03-01"), style)


@pytest.mark.parametrize("key", ["plan", "permit", "gazette", "firm"])
@pytest.mark.parametrize("style", ["table", "md"])
def test_what_hangs_together(golden: Golden, key: str, style: str) -> None:
    check_golden(golden, f"show-{key}", ("show", key, "--model", QUARRY, "--as-of", "2021-06"), style)


@pytest.mark.parametrize("key", ["plan", "first-plan", "tolls", "rail", "permit", "gazette", "unread", "firm", "fair"])
def test_everything_keeps_the_contract_and_fits_80_columns(key: str) -> None:
    asked = ("show", key, "--model", QUARRY, "--as-of", "2021-06")
    assert [key] == [item["id"] for item in answer(*asked)["items"]]
    assert max(map(len, ask(*asked).stdout.splitlines())) <= 80


def test_of_many_who_hold_a_position_on_a_part_there_is_the_number(tmp_path: Path) -> None:
    numbers = range(6)
    lines = [
        "model: {id: m, title: Many}",
        "proposals: {whole: {title: Whole}, part: {title: Part, part-of: [whole]}}",
        "sources: {s: {title: S, publisher: P, published: 2024-01-01}}",
        "actors:",
        *(f"  a-{number}: {{name: Actor {number}, kind: state}}" for number in numbers),
        "stances:",
        *(
            f"- {{actor: a-{number}, position: opposes, proposal: part, date: 2024-01-01, evidence: [{{source: s}}]}}"
            for number in numbers
        ),
    ]
    file = tmp_path / "m.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert "Part  opposes: 6 actors\n" in ask("show", "whole", "--model", str(file), "--as-of", "2024").stdout
    file.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert "opposes: Actor 0; Actor 1" in ask("show", "whole", "--model", str(file), "--as-of", "2024").stdout


def test_what_is_only_possible_is_told_as_such(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(
        "model: {id: m, title: M}\n"
        "actors: {a: {name: Ann, kind: person}}\n"
        "proposals: {whole: {title: Whole}, part: {title: Part, part-of: [whole]}}\n"
        "sources: {s: {title: S, publisher: P, published: 2025-01-01}}\n"
        "stances:\n"
        "- {actor: a, position: opposes, proposal: part, date: 2024, evidence: [{source: s}]}\n"
        "- {actor: a, position: supports, proposal: whole, date: 2024-02/2024-06, evidence: [{source: s}]}\n",
        encoding="utf-8",
    )
    text = ask("show", "whole", "--model", str(file), "--as-of", "2024-03-01").stdout
    assert "\nPart  possibly opposes: Ann (2024)" in text
    assert re.search(r"\nPossibly\n\nPOSITION +ACTORS +WHO\nsupports +1 +Ann \(2024-02/06\)", text)
    assert "Possibly" not in ask("show", "whole", "--model", str(file), "--as-of", "2024").stdout
    account = answer("show", "whole", "--model", str(file), "--as-of", "2024-03-01")["accounts"][0]
    assert ([], ["opposes", "supports"]) == (account["rows"], [row["position"] for row in account["possible"]])


def test_csv_has_what_hangs_together_by_ids() -> None:
    text = ask("show", "plan", "--model", QUARRY, "--as-of", "2021-06", "--format", "csv").stdout
    (line,) = csv.DictReader(io.StringIO(text))
    assert ("rail; road; bridge", "last-plan", "firm") == (line["parts"], line["succeeded_by"], line["by"])


def test_a_model_is_shown_with_its_description() -> None:
    (item,) = answer("show", "ukraine-troops")["items"]
    assert ("model", "Western troops in Ukraine", "") == (item["type"], item["name"], item["place"])
    text = " ".join(ask("show", "ukraine-troops").stdout.split())
    assert "description Who wants, refuses, offers or threatens what" in text
    assert "place" not in text


def test_a_model_without_a_description_is_shown_all_the_same() -> None:
    text = ask("show", "minimal", *HARBOUR).stdout
    assert "The new harbour\n" in text
    assert "description" not in text


def test_ids_are_shown_with_their_names() -> None:
    text = " ".join(ask("show", "olsen", *HARBOUR).stdout.split())
    assert "Kari Olsen represents Fishers’ Union" in text


def test_where_an_evidence_points_is_said_as_in_other_answers(tmp_path: Path) -> None:
    pointed = ("{lines: '3', page: '12'", "{lines: 4-6, credibility: 2", "{page: Annex II")
    evidence = ", ".join(f"{places}, source: s}}" for places in pointed)
    file = folders.model_file(
        tmp_path,
        "model: {id: m, title: M}\n"
        "actors: {a: {name: Ann, kind: person}}\n"
        "proposals: {p: {title: Plan}}\n"
        "sources: {s: {title: S, publisher: P, published: 2025-01-01}}\n"
        f"stances: [{{id: it, actor: a, position: opposes, proposal: p, date: 2024, evidence: [{evidence}]}}]\n",
    )
    text = ask("show", "it", "--model", file).stdout
    for place in ("S (s): line 3, p. 12\n", "S (s): lines 4-6, credibility 2\n", "S (s): Annex II\n"):
        assert place in text


def test_nobody_has_a_position_in_the_evidence_that_counts() -> None:
    text = " ".join(ask("show", "harbour", "--as-of", "2026-01", "--known-by", "2025-06", *HARBOUR).stdout.split())
    assert "Nobody has a position on it that is in force on that day in the evidence that counts." in text


@pytest.mark.parametrize(
    ("assume", "state"),
    [(None, "not on record"), ("state-loan", "assumed to hold"), ("not:state-loan", "assumed not to hold")],
)
def test_what_is_assumed_of_a_condition_is_not_said_to_be_on_record(assume: str | None, state: str) -> None:
    options = ("--assume", assume) if assume else ()
    lines = ask("show", "state-loan", "--as-of", "2026-03-01", *options, *HARBOUR).stdout.splitlines()
    assert [state] == [line.removeprefix("2026-03-01").strip() for line in lines if line.startswith("2026-03-01")]
