"""Matches, as a contract and as a reader sees them."""

import csv
import io
import re
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden
from tied import model_of

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
    assert "Actor 11 and 18 more" in text
    explained = " ".join(
        ask("match", "p=supports", "--as-of", "2024", "--explain", "--model", str(tmp_path / "m.yaml")).stdout.split()
    )
    assert "Actor 28 and Actor 29" in explained
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
    asked = ("match", "a", "--as-of", "2024", "--model", str(tmp_path / "m.yaml"))
    text, explained = (" ".join(ask(*asked, *more).stdout.split()) for more in ((), ("--explain",)))
    assert "B 0.00 30 opposes Plan p00; opposes Plan p01; opposes Plan p02; and 27 more" in text
    assert "10 more positions, with no more in the way of any: all with --explain and in JSON." in text
    assert "opposes Plan p28; opposes Plan p29" in explained
    assert "Plan p29 supports 0 0 B" in explained
    assert " more" not in explained
    assert 30 == len(answer(*asked)["matches"][0]["parts"])


def test_of_many_actors_the_nearest_and_the_farthest_are_listed(tmp_path: Path) -> None:
    table = {f"a{at:02}": "+++" if at < 25 else "---" for at in range(50)}
    (tmp_path / "m.yaml").write_text(model_of(table), encoding="utf-8")
    wanted = ("match", "p=supports,q=supports,r=supports", "--as-of", "2024", "--model", str(tmp_path / "m.yaml"))
    listed, explained = (
        re.findall(r"^A\d\d(?=  +[01]\.)", ask(*wanted, *more).stdout, re.MULTILINE) for more in ([], ["--explain"])
    )
    assert [f"A{at:02}" for at in (*range(20), *range(30, 50))] == listed
    assert [f"A{at:02}" for at in range(50)] == explained
    assert "and 10 more: all with --explain, in JSON and CSV." in ask(*wanted).stdout


def test_of_many_actors_those_without_a_number_give_way(tmp_path: Path) -> None:
    table = {f"a{at:02}": "+++" if at >= 20 else "-.." for at in range(62)}
    (tmp_path / "m.yaml").write_text(model_of(table), encoding="utf-8")
    text = ask(
        "match", "p=supports,q=supports,r=supports", "--as-of", "2024", "--model", str(tmp_path / "m.yaml")
    ).stdout
    assert 40 == len(re.findall(r"^A\d\d +1\.00 +3 +nothing", text, re.MULTILINE))
    assert "A00   " not in text.split("and 22 more: all")[0]


def test_differing_is_not_opposing(tmp_path: Path) -> None:
    """Who is open to what is wanted differs, and is with it all the same; so is who is sceptical of what is opposed."""
    (tmp_path / "m.yaml").write_text(model_of({"a": "os~", "b": "sos"}), encoding="utf-8")
    wanted = ("match", "p=supports,q=opposes,r=undecided", "--as-of", "2024", "--model", str(tmp_path / "m.yaml"))
    text = " ".join(ask(*wanted).stdout.split())
    assert "ACTOR MATCH SHARED DIFFERS ON" in text
    assert "open Plan P; sceptical Plan Q" in text
    assert "Plan P supports 1 0 B" in text
    assert "Plan Q opposes 1 0 B" in text
    assert "Plan R undecided 1 1 nobody" in text
    assert "WITH IT counts those on the same side: supports with open, opposes with sceptical" in text


def test_a_file_is_told_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("positions:\n  harbr: supports\n  harbour: oppose\n", encoding="utf-8")
    result = ask("match", str(file), *HARBOUR)
    assert 2 == result.exit_code
    first, second = result.stderr.splitlines()[-2:]
    assert f"{file}:2:3: no proposal answers to 'harbr'; did you mean 'harbour'" in first
    assert f"{file}:3:3: position 'oppose' is not known (did you mean 'opposes'?)" in second
