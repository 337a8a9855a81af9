"""Tallies, as a contract and as a reader sees them."""

import csv
import io
from pathlib import Path

import pytest
from asking import HARBOUR, answer, ask, check_golden
from folders import option_naming
from goldens import Golden

from actorgraph.questions.tally import Tally

GOLDEN = [
    ("tally", ("tally", "harbour", "--as-of", "2026-02", *HARBOUR)),
    ("tally-all", ("tally", "--as-of", "2026-02", *HARBOUR)),
    ("tally-by-kind", ("tally", "--by", "kind", "--as-of", "2026-02", *HARBOUR)),
    ("tally-since", ("tally", "harbour", "--since", "2025-12", "--as-of", "2026-02", *HARBOUR)),
]


@pytest.mark.parametrize(("name", "arguments"), GOLDEN)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, arguments: tuple[str, ...], style: str) -> None:
    check_golden(golden, name, arguments, style)


@pytest.mark.parametrize(
    "arguments",
    [(), ("multinational-force",), ("--by", "kind"), ("--by", "group"), ("--since", "2025-12"), ("--kind", "state")],
)
def test_tallies_keep_the_contract(arguments: tuple[str, ...]) -> None:
    told = answer("tally", *arguments, "--as-of", "2026-01-10")
    assert told["proposals"]
    first = told["proposals"][0]
    assert ("multinational-force", 1) == (first["proposal"], first["stances"]["opposes"] if not arguments else 1)
    assert (first["moved"] is None) == ("--since" not in arguments)


def test_csv_has_a_line_for_each_count() -> None:
    text = ask("tally", "--by", "kind", "--as-of", "2026-01-10", "--format", "csv").stdout
    lines = list(csv.DictReader(io.StringIO(text)))
    assert list(Tally.COLUMNS) == list(lines[0])
    assert len(answer("tally", "--by", "kind", "--as-of", "2026-01-10")["proposals"]) == len(lines)


@pytest.mark.parametrize(
    "arguments",
    [(), ("multinational-force", "--since", "2025-12"), ("--by", "kind"), ("--by", "group", "--since", "2025-12")],
)
def test_a_table_fits_80_columns_in_a_pipe(arguments: tuple[str, ...]) -> None:
    text = ask("tally", *arguments, "--as-of", "2026-01-10").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_one_line_a_proposal_where_its_title_is_short() -> None:
    text = ask("tally", "--as-of", "2026-01-10", "--kind", "state").stdout
    (line,) = [line for line in text.splitlines() if line.startswith("US troops in Ukraine")]
    assert ["0", "0", "0"] == line.split()[4:7]


TREATY = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
  cup: {name: Cup, kind: organisation}
  dov: {name: Dov, kind: state}
  eve: {name: Eve, kind: state}
  fay: {name: Fay, kind: person}
  league: {name: The League, kind: coalition}
proposals: {treaty: {title: The treaty}, corps: {title: The corps, entails: treaty}}
conditions: {truce: {title: A truce holds}}
relations:
  - {actor: bor, relation: member-of, to: league, since: 2024-01-01}
stances:
  - {actor: ada, position: supports, proposal: treaty, date: 2024-02-01, if: [truce], evidence: [{source: s}]}
  - {actor: bor, position: opposes, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: open, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: cup, position: opposes, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: league, position: supports, proposal: treaty, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: eve, position: supports, proposal: corps, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: fay, position: opposes, proposal: treaty, date: 2024-03, evidence: [{source: s}]}
commitments:
  - {actor: ada, stage: pledges, date: 2024-03-01, amount: {value: 2000, unit: men}, if: [truce], %s}
  - {actor: dov, stage: pledges, date: 2024-03-01, amount: {at-least: 500, unit: men}, %s}
  - {actor: bor, stage: declines, date: 2024-03-01, %s}
sources: {s: {title: S, publisher: S, published: 2024-04-02}}
""".replace("%s", "proposal: treaty, evidence: [{source: s}]")


@pytest.fixture
def treaty(tmp_path: Path) -> tuple[str, ...]:
    """The option that names the model."""
    return option_naming(tmp_path, TREATY)


def test_every_count_of_a_proposal(treaty: tuple[str, ...]) -> None:
    assert (
        ask("tally", "treaty", "--as-of", "2024-03-10", *treaty).stdout
        == """\
How many stand where on The treaty?
As of 2024-03-10 · model m

STANCE           ACTORS
supports         2
open             0
undecided        0
neutral          0
sceptical        0
opposes          1
contested        1
possible only    1       perhaps said by that day, perhaps later
commitment only  1       no stance, see below
silent           1       1 state
all              7

COMMITMENT  ACTORS  ON CONDITIONS  TOGETHER
declines    1
pledges     2       1              at least 2,500 men, 1 on conditions

Departing: Bor from The League.
By implication, and not counted: 1 supports.
Agreement 0.50 (N 3) is the index of Hix, Noury and Roland (2005): 1 where all
who state a position are on one side (for, against or in between), 0 where each
of the three has a third of them.
4 actors with a stance: 1 contested, 1 on conditions; +1 by implication.
"""
    )


def test_a_line_for_each(treaty: tuple[str, ...]) -> None:
    assert (
        ask("tally", "--as-of", "2024-03-10", *treaty).stdout
        == """\
How many stand where, the most split first?
As of 2024-03-10 · model m

PROPOSAL    FOR  AGAINST  BETWEEN  CONTESTED  SILENT  AGREE
The treaty  2    1        0        1          1       0.50
The corps   1    0        0        0          5       1.00

Departing on The treaty: Bor from The League.
In no column: 1 with a commitment only, 1 possible only.
Most split is where the smaller of FOR and AGAINST is largest, then where both
together are.
AGREE is the index of Hix, Noury and Roland (2005): 1 where all who state a
position are on one side (for, against or in between), 0 where each of the three
has a third of them. Of one actor alone it is always 1.00: so in 1 line.
5 stances on 2 proposals; +2 by implication.
"""
    )


@pytest.mark.parametrize(
    ("stances", "last"),
    [
        ("{actor: a, position: opposes}", "1 actor with a stance."),
        ("{actor: a, position: opposes} {actor: a, position: open}", "1 actor with a stance: 1 contested."),
        (
            "{actor: a, position: opposes, if: c} {actor: a, position: open, unless: c} {actor: b, position: open}",
            "2 actors with a stance: 1 one way or another.",
        ),
        ("{actor: a, stage: pledges}", "0 actors with a stance."),
    ],
)
def test_the_last_line_counts_all_who_state_something(tmp_path: Path, stances: str, last: str) -> None:
    """Who is contested, or stands one way or another, has a stance; who only undertakes something has none."""
    rest = "proposal: p, date: 2024-01-05, evidence: [{source: s}]}"
    lines = [f"  - {line.strip().removesuffix('}')}, {rest}" for line in stances.replace("} {", "}\n{").splitlines()]
    by_section = {"stances": [x for x in lines if "position" in x], "commitments": [x for x in lines if "stage" in x]}
    text = "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}, b: {name: B, kind: state}}\n"
    text += "proposals: {p: {title: P}}\nconditions: {c: {title: C holds}}\n"
    text += "sources: {s: {title: S, publisher: S, published: 2024-01-06}}\n"
    text += "".join(f"{section}:\n" + "\n".join(held) + "\n" for section, held in by_section.items() if held)
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    printed = ask("tally", "p", "--as-of", "2024-02", "-m", str(tmp_path / "m.yaml")).stdout
    assert last == printed.splitlines()[-1]


@pytest.mark.parametrize(("silent_on", "words"), [(1, "1 is left out"), (2, "2 are left out")])
def test_proposals_on_which_all_are_silent_are_counted(tmp_path: Path, silent_on: int, words: str) -> None:
    proposals = ", ".join(f"p{number}: {{title: P{number}}}" for number in range(silent_on + 2))
    stances = "".join(
        f"  - {{actor: a, position: open, proposal: p{number}, date: 2024-01-05, evidence: [{{source: s}}]}}\n"
        for number in (0, 1)
    )
    text = "model: {id: m, title: M}\nactors: {a: {name: A, kind: state}}\n"
    text += f"proposals: {{{proposals}}}\nstances:\n{stances}"
    text += "sources: {s: {title: S, publisher: S, published: 2024-01-06}}\n"
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    printed = ask("tally", "--by", "kind", "--as-of", "2024-02", "-m", str(tmp_path / "m.yaml")).stdout
    assert f"Where all are silent, there is no line: {words}." in printed


def test_who_is_in_no_column_is_told_by_kind_and_group_too() -> None:
    """A line of zeros has somebody in it, or there would be none; by group some are in several lines."""
    council = ("--as-of", "2025-10-10", "-m", "examples/council.yaml")
    told = " ".join(ask("tally", "--by", "kind", *council).stdout.split())
    assert "A fund for the clean-up states 0 0 0 4 –" in told
    assert "In no column: 2 with a commitment only. AGREE" in told
    told = " ".join(ask("tally", "--by", "group", *council).stdout.split())
    assert "In no column: 2 with a commitment only; who belongs to several groups counts in each. AGREE" in told


def test_nothing_to_count() -> None:
    text = ask("tally", "--by", "group", "--as-of", "2026-02", *HARBOUR).stdout
    assert "of no group" in text


def test_help_tells_of_the_index() -> None:
    assert "Hix, Noury and Roland" in " ".join(ask("tally", "--help").stdout.split())


def test_what_moved_is_told_by_the_command_that_counts_the_same() -> None:
    asked = ("--kind", "state,coalition", "--group", "Coalition of the willing", "-m", "graphs/ukraine-troops")
    printed = ask("tally", "--since", "2025-06-01", "--as-of", "2026-01-10", *asked).stdout
    command = "actorgraph diff 2025-06-01 2026-01-10 --stated --model graphs/ukraine-troops --kind state,coalition"
    assert f"\nWhat moved:\n{command} --group coalition-of-the-willing\n" in printed
