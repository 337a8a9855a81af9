"""The wide table: a line for each actor, a column for each proposal, silence where nothing stands."""

import csv
import io
from pathlib import Path

from asking import ask

from actorgraph.ledger.load import load
from actorgraph.questions.who import everything
from actorgraph.render.wide import wide

MODEL = """
model: {id: fleet, title: The fleet}
actors:
  north: {name: North, kind: state}
  south: {name: south, kind: state}
  east: {name: "=East", kind: state}
  quiet: {name: Quiet, kind: state}
proposals:
  fleet: {title: A common fleet of all who live by the sea, short: Fleet, entails: [port]}
  port: {title: actor, since: 2025}
conditions:
  truce: {title: A truce holds}
  money: {title: Money is found}
sources:
  paper: {title: Who pays?, publisher: Paper, published: 2026-01-02}
  later: {title: Who paid?, publisher: Paper, published: 2026-09-02}
stances:
  - {actor: north, proposal: fleet, position: supports, date: 2026-01-01, evidence: [{source: paper}]}
  - {actor: north, proposal: fleet, position: opposes, date: 2026-01-01, evidence: [{source: paper}]}
  - {actor: south, proposal: fleet, position: supports, date: 2026-01-01, if: [truce], unless: [money], evidence: [{source: paper}]}
  - {actor: east, proposal: port, position: open, date: 2026, evidence: [{source: later}]}
commitments:
  - {actor: south, proposal: fleet, stage: pledges, date: 2026-01-01, toward: [north], evidence: [{source: paper}]}
"""  # noqa: E501 - a record a line


def test_a_cell_says_all_that_is_held_and_an_empty_one_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "fleet.yaml"
    path.write_text(MODEL, encoding="utf-8")
    lines, columns = wide(everything(load(path), as_of="2026-06"))
    assert ("actor", "actor_name", "as_of", "Fleet", "actor (port)") == columns
    assert [
        ("east", "=East", "2026-06-30", (), ("possibly open",)),
        ("north", "North", "2026-06-30", ("supports, contested", "opposes, contested"), ()),
        (
            "south",
            "south",
            "2026-06-30",
            ("supports, unless ‘Money is found’, if ‘A truce holds’", "pledges toward North"),
            ("supports, inferred, unless ‘Money is found’, if ‘A truce holds’",),
        ),
    ] == [tuple(line[column] for column in columns) for line in lines]


def test_names_from_right_to_left_stand_bare_and_no_two_proposals_share_a_column(tmp_path: Path) -> None:
    path = tmp_path / "fleet.yaml"
    text = MODEL.replace("short: Fleet", "short: צי").replace("title: actor,", "title: צי, entails: [other],")
    text = text.replace("name: North", "name: צפון").replace("conditions:", "  other: {title: צי (port)}\nconditions:")
    path.write_text(text, encoding="utf-8")
    lines, columns = wide(everything(load(path), as_of="2026-06"))
    assert ("צי (fleet)", "צי (port)", "צי (port) (port)") == columns[3:]
    assert {"pledges toward צפון"} <= {cell for line in lines for cell in line["צי (fleet)"]}  # type: ignore[attr-defined]


def test_it_says_what_counts_where_that_was_asked() -> None:
    asked = ("--as-of", "2026-01-10", "--kind", "state", "--known-by", "2025-12", "--assume", "ceasefire")
    (first, *_) = csv.DictReader(io.StringIO(ask("export", "csv", "--wide", *asked).stdout))
    expected = {"as_of": "2026-01-10", "known_by": "2025-12-31", "assume": "ceasefire", "narrowed": "kind state"}
    assert expected == {name: first[name] for name in expected}


def test_every_row_of_the_long_table_stands_in_the_wide_one() -> None:
    for model in ("graphs/ukraine-troops", "graphs/nature-restoration"):
        answer = everything(load(model), as_of="2025-06")
        lines, columns = wide(answer)
        cells = [text for line in lines for column in columns[3:] for text in line[column]]  # type: ignore[attr-defined]
        assert len(cells) == len(answer.rows) + len(answer.possible)
        assert {row.actor for row in (*answer.rows, *answer.possible)} == {line["actor"] for line in lines}


def test_a_spreadsheet_runs_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "fleet.yaml"
    path.write_text(MODEL, encoding="utf-8")
    asked = ("export", "csv", "--wide", "--excel", "-m", str(path), "--as-of", "2026-06")
    text = ask(*asked).stdout
    assert text.startswith("\ufeff")
    assert "'=East" in text
