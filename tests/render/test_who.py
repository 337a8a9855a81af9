"""Who and what, as a reader sees the rows."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from folders import option_naming
from goldens import Golden

from actorgraph.questions.cells import ROW_COLUMNS

GOLDEN = [
    ("who", ("who", "any", "harbour", "--as-of", "2026-02-15")),
    ("who-silent", ("who", "silent", "harbour", "--as-of", "2026-03-15")),
    ("who-nobody", ("who", "declines", "harbour", "--as-of", "2026-03-15")),
    ("what", ("what", "Harbour Board", "--as-of", "2026-06")),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, (*arguments, *HARBOUR), style)


@pytest.mark.parametrize("arguments", [("who", "any", "troops"), ("what", "russia")])
def test_a_table_fits_80_columns_in_a_pipe(arguments: tuple[str, ...]) -> None:
    text = ask(*arguments).stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_group_is_counted_beside_its_members(tmp_path: Path) -> None:
    """Only members of that day who stated something themselves; five are named at most."""
    towns = [f"t{number}" for number in range(1, 8)]
    text = (
        "model: {id: m, title: M}\nactors:\n  league: {name: The League, kind: organisation}\n"
        + "".join(f"  {key}: {{name: Town {key[1]}, kind: organisation}}\n" for key in towns)
        + "proposals: {p: {title: The bypass}, q: {title: The ring}}\n"
        + "sources: {s: {title: S, publisher: S, published: 2024-12-02}}\nrelations:\n"
        + "".join(
            f"  - {{actor: {key}, relation: member-of, to: league, since: 2020-01-01"
            f"{', until: 2024-06-01' if key == 't7' else ''}, evidence: [{{source: s}}]}}\n"
            for key in towns
        )
        + "stances:\n"
        + "".join(
            f"  - {{actor: {key}, position: supports, proposal: {on}, date: 2024-02-01, evidence: [{{source: s}}]}}\n"
            for on, who in (("p", ["league", *towns]), ("q", ["league", "t1"]))
            for key in who
        )
    )
    model = option_naming(tmp_path, text)

    def told(on: str, day: str) -> str:
        return " ".join(ask("who", "supports", on, "--as-of", day, *model).stdout.split())

    all_seven = "counted beside 7 of its members: Town 1, Town 2, Town 3, Town 4 and 3 more."
    assert f"The League is {all_seven} 8 actors: 8 support." in told("bypass", "2024-03-01")
    assert "counted beside 6 of its members" in told("bypass", "2024-06-01")
    assert "counted beside 1 of its members: Town 1. 2 actors: 2 support." in told("ring", "2024-03-01")
    assert "counted beside" not in " ".join(ask("what", "league", "--as-of", "2024-03-01", *model).stdout.split())


def test_who_is_silent_on_what_is_off_the_table_is_told_its_life_alone() -> None:
    asked = ("who", "silent", "western-troops-idea", "-m", "graphs/ukraine-troops")
    assert "Not on the table before February 2024." == ask(*asked, "--as-of", "2023").stdout.splitlines()[-1]
    gone = " ".join(ask(*asked, "--as-of", "2026-01-07").stdout.splitlines()[-2:])
    assert "Superseded: on the table until the end of 3 December 2024. ‘Peacekeepers on the line’ succeeds it." == gone


def test_csv_has_the_rows_and_their_columns() -> None:
    text = ask("who", "pledges", "harbour", *HARBOUR, "--as-of", "2026-06", "--format", "csv").stdout
    assert (
        ",".join(ROW_COLUMNS) + "\n"
        "2026-06-30,,,,,harbour-board,Harbour Board,commitment,pledges,harbour,A deep-water harbour,"
        "town-council,,,,2026-02-01,2026-02-01,,,2026-02-01,2026-02-01,state-loan,,stated,,false,,false,"
        'harbour-board.harbour.2026-02-01,"Coast Weekly 2026-02-01, lines 2-4 [B2]",'
        "coast-weekly-2,https://example.org/coast-weekly/2\n"
    ) == text


def test_who_opposes_an_actor() -> None:
    rows = answer("who", "opposes", "Russia", "--as-of", "2026-01-10")["rows"]
    assert {"france", "uk", "ukraine"} <= {row["actor"] for row in rows}
    assert "russia" not in {row["actor"] for row in rows}
    own = {(row["proposal"], row["position"]) for row in answer("what", "Russia", "--as-of", "2026-01-10")["rows"]}
    opposite = {"supports": "opposes", "opposes": "supports"}
    assert all((row["proposal"], opposite[row["position"]]) in own for row in rows)
    text = " ".join(ask("who", "opposes", "Russia", "--as-of", "2026-01-10", "--format", "md").stdout.split())
    assert "Russia: who supports what it opposes" in text
    assert "| Ukraine | Control of Donbas | opposes | by 2026-01-07 |" in text
    itself = text.partition("**Russia: positions**")[2]
    assert "| Multinational force | opposes | by 2025-05-28 |" in itself


def test_whom_nobody_opposes_has_positions_all_the_same() -> None:
    """Croatia declines, which is on record: only that somebody stands against it is not."""
    text = ask("who", "opposes", "Croatia", "--as-of", "2026-01-10").stdout
    assert "Nobody is on record with that position on that day. No record does not mean neutral." in " ".join(
        text.split()
    )
    assert "Nothing is on record" not in text


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
    text = ask("who", "opposes", "Fishers", "-m", str(path), "--as-of", "2026-06").stdout
    assert "Fishers: who supports what it opposes" in text
    assert "PROPOSAL" in text


def test_contradictory_assumptions_are_refused() -> None:
    result = ask("who", "any", "harbour", *HARBOUR, "--assume", "state-loan", "--assume", "not:state-loan")
    assert 2 == result.exit_code
    assert "'state-loan' cannot both hold and not hold" in result.stderr


def test_an_answer_does_not_go_into_a_file_for_something_else(tmp_path: Path) -> None:
    result = ask("who", "any", "harbour", *HARBOUR, "-o", str(tmp_path / "x.html"))
    assert 2 == result.exit_code
    assert "`actorgraph export html` writes such a file" in result.stderr


def test_csv_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8").replace("Fishers’ Union", "'=1+1 Ünion'")
    path.write_text(text, encoding="utf-8")
    asked = ("who", "any", "harbour", "-m", str(path), "--as-of", "2026-06", "--format", "csv")
    plain, excel = tmp_path / "plain.csv", tmp_path / "excel.csv"
    ask(*asked, "-o", str(plain))
    ask(*asked, "--excel", "-o", str(excel))
    assert "=1+1 Ünion".encode() in plain.read_bytes()
    assert b"\xef\xbb\xbf" not in plain.read_bytes()
    assert b"\r" not in plain.read_bytes()
    text = excel.read_bytes().decode("utf-8-sig")
    assert {"'=1+1 Ünion", "Harbour Board"} == {row["actor_name"] for row in csv.DictReader(io.StringIO(text))}
    assert text.count("\r\n") == text.count("\n") == plain.read_bytes().count(b"\n")
    result = ask(*asked[:-2], "--excel")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "--excel goes with csv, not with table" in result.stderr


LONE = """
model: {id: m, title: M}
actors: {a: {name: Ada, kind: state}, b: {name: Bor, kind: person}}
proposals: {p: {title: P}}
sources: {s: {title: S, publisher: Post, published: 2025-01-02}}
stances: [{actor: a, position: open, proposal: p, date: 2025-01-01, evidence: [{source: s}]}]
"""


def test_nobody_silent_names_who_is_not_listed(tmp_path: Path) -> None:
    text = ask("who", "silent", "p", "--as-of", "2025-06", *option_naming(tmp_path, LONE)).stdout
    assert "except persons who have no positions of their own or speak for another." in " ".join(text.split())


def test_nobody_silent_claims_no_more_than_was_asked(tmp_path: Path) -> None:
    """A statement whose condition does not hold is none in force, and one on a part is none on the whole."""
    bound = LONE.replace("position: open,", "position: open, if: c,").replace(
        "sources:", "conditions: {c: {title: C}}\nsources:"
    )

    def said(text: str, *options: str) -> str:
        asked = ("who", "silent", "p", "--as-of", "2025-06", *options, *option_naming(tmp_path, text))
        return " ".join(ask(*asked).stdout.split())

    assert (
        "Nobody: every actor of that day has or may have a position on it, under whatever conditions, except"
        in said(bound, "--assume", "not:c")
    )
    on_part = LONE.replace("proposals: {", "proposals: {q: {title: Q, part-of: p}, ").replace(
        "proposal: p,", "proposal: q,"
    )
    assert "Nobody: every actor of that day has or may have a position on it or a part of it, under" in said(
        on_part, "--parts"
    )
    kinds = LONE.replace("kind: person}", "kind: organisation}")
    assert "Nobody: every actor of that day that was asked about has or may" in said(kinds, "--kind", "state")
