"""Matches, as a contract and as a reader sees them."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden

from actorgraph.analysis.match import Matches

DRAFT = ("match", "multinational-force=supports*2,no-nato-troops=opposes,us-backstop=open", "--as-of", "2026-01-10")


@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, style: str) -> None:
    check_golden(
        golden, "match", ("match", "harbour=open*2", "--as-of", "2026-02", "--min-shared", "1", *HARBOUR), style
    )


@pytest.mark.parametrize(
    "arguments",
    [DRAFT, (*DRAFT, "--explain"), (*DRAFT, "--levels", "binary"), ("match", "France", "--as-of", "2026-01-10")],
)
def test_matches_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer(*arguments)
    assert {"uk", "russia", "us"} <= {match["actor"] for match in told["matches"]}
    assert ("--explain" in arguments) == bool(told["rows"])
    assert all((match["share"] is None) == (match["shared"] < 3) for match in told["matches"])


def test_csv_has_a_line_for_each_actor() -> None:
    lines = list(csv.DictReader(io.StringIO(ask(*DRAFT, "--format", "csv").stdout)))
    assert list(Matches.COLUMNS) == list(lines[0])
    russia = next(line for line in lines if line["actor"] == "russia")
    assert ("", "1") == (russia["share"], russia["shared"])
    assert "opposes Multinational force in Ukraine after a ceasefire" == russia["parts"]


def test_a_table_fits_80_columns_in_a_pipe() -> None:
    for arguments in (DRAFT, ("match", "France", "--as-of", "2026-01-10", "--explain")):
        assert max(map(len, ask(*arguments).stdout.splitlines())) <= 80


def test_what_a_reader_is_told() -> None:
    text = " ".join(ask(*DRAFT).stdout.split())
    assert "Who could sign this? 3 positions matched with every actor" in text
    assert "Multinational force supports 2 5 0 Russia" in text
    assert "No MATCH where fewer than 3 are shared (--min-shared): " in text
    assert "the mean, by weight, of |q − q'| / R" in text
    assert "France (3 of 3)" in text
    before = ask("match", "harbour=open", "--as-of", "2020", *HARBOUR).stdout
    assert "Nobody takes a position on any of it. No record does not mean neutral." in before


def test_who_is_named_where_there_are_many(tmp_path: Path) -> None:
    actors = "".join(f"  a{number:02}: {{name: Actor {number:02}, kind: state}}\n" for number in range(30))
    everybody = ", ".join(f"a{number:02}" for number in range(30))
    (tmp_path / "m.yaml").write_text(
        f"model: {{id: m, title: M}}\nactors:\n{actors}proposals: {{p: {{title: P}}}}\nstances:\n"
        f"  - {{actor: [{everybody}], position: opposes, proposal: p, date: 2024, evidence: [{{source: s}}]}}\n"
        "sources: {s: {title: S, publisher: S, published: 2024-01-01}}\n",
        encoding="utf-8",
    )
    text = " ".join(ask("match", "p=supports", "--as-of", "2024", "--model", str(tmp_path / "m.yaml")).stdout.split())
    assert "Actor 11 and 18 others" in text
    assert "Opposed to nothing in it: nobody who takes a position on it." in text


def test_the_most_contentious_of_many_positions_are_listed(tmp_path: Path) -> None:
    proposals = [f"p{number:02}" for number in range(30)]
    stances = "".join(
        f"  - {{actor: {actor}, position: {position}, proposal: {key}, date: 2024, evidence: [{{source: s}}]}}\n"
        for actor, position in (("a", "supports"), ("b", "opposes"))
        for key in proposals
    )
    (tmp_path / "m.yaml").write_text(
        "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}, b: {name: B, kind: state}}\n"
        f"proposals: {{{', '.join(f'{key}: {{title: Plan {key}}}' for key in proposals)}}}\nstances:\n{stances}"
        "sources: {s: {title: S, publisher: S, published: 2024-01-01}}\n",
        encoding="utf-8",
    )
    text = " ".join(ask("match", "a", "--as-of", "2024", "--model", str(tmp_path / "m.yaml")).stdout.split())
    assert "B 0.00 30 opposes Plan p00; opposes Plan p01; opposes Plan p02; opposes Plan p03; 26 others" in text
    assert "10 more positions, with no more in the way of any; JSON has all." in text


def test_a_file_is_told_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("positions:\n  harbr: supports\n  harbour: oppose\n", encoding="utf-8")
    result = ask("match", str(file), *HARBOUR)
    assert 2 == result.exit_code
    first, second = result.stderr.splitlines()[-2:]
    assert f"{file}:2:3: no proposal answers to 'harbr'; did you mean 'harbour'" in first
    assert f"{file}:3:3: position 'oppose' is not known (did you mean 'opposes'?)" in second
