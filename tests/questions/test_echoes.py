"""Support that echoes an undertaking is left out of the answers that have the undertaking in them, and of no others."""

import csv
import io
from pathlib import Path

import pytest
from asking import answer, ask

from actorgraph import diff, everything, load, snapshot, timeline, what, who
from actorgraph.ledger.store import Ledger
from actorgraph.questions.rows import Row
from actorgraph.questions.timeline import Timeline

MILL = """
model: {id: mill, title: A mill}
actors:
  giver: {name: Giver, kind: state}
  refuser: {name: Refuser, kind: state}
proposals:
  wheel: {title: A wheel, entails: [dam]}
  dam: {title: A dam}
commitments:
  - {actor: giver, stage: pledges, proposal: wheel, date: 2024-01-02, evidence: [{source: s}]}
  - {actor: giver, stage: considers, proposal: dam, date: 2024-01-02, evidence: [{source: s}]}
  - {actor: refuser, stage: declines, proposal: dam, date: 2024-01-02, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-01-03}}
"""


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    path = tmp_path / "mill.yaml"
    path.write_text(MILL, encoding="utf-8")
    return path


def held(rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    return [(row.position, row.proposal, row.basis) for row in rows if row.actor == "giver"]


def test_what_an_actor_undertakes_is_said_once(mill: Path) -> None:
    ledger = load(mill)
    expected = [("considers", "dam", "stated"), ("pledges", "wheel", "stated"), ("supports", "dam", "inferred")]
    assert expected == held(what(ledger, "giver", as_of="2024").rows) == held(everything(ledger, as_of="2024").rows)
    assert [("pledges", "wheel", "stated")] == held(who(ledger, "any", "wheel", as_of="2024").rows)


def test_an_answer_without_the_undertaking_keeps_its_echo(mill: Path) -> None:
    ledger = load(mill)
    assert [("supports", "wheel", "inferred")] == held(who(ledger, "supports", "wheel", as_of="2024").rows)


def test_a_drawing_has_every_row(mill: Path) -> None:
    rows = snapshot(load(mill), as_of="2024").rows
    assert ("supports", "wheel", "inferred") in held(rows)
    assert 2 == sum(row.proposal == "wheel" for row in rows)


def test_all_formats_leave_out_the_same(mill: Path) -> None:
    asked = ("what", "giver", "-m", str(mill), "--as-of", "2024")
    rows = [(row["proposal"], row["position"]) for row in answer(*asked)["rows"]]
    text = ask(*asked, "--format", "csv").stdout
    assert rows == [(line["proposal"], line["position"]) for line in csv.DictReader(io.StringIO(text))]
    assert ("wheel", "supports") not in rows


def test_what_is_undertaken_elsewhere_is_no_echo(ledger: Ledger) -> None:
    rows = everything(ledger, as_of="2026-01-10").rows
    undertaken = [
        row for row in rows if row.because and row.because[0].position in ("pledges", "allocates", "delivers")
    ]
    assert all(row.proposal != row.because[0].proposal for row in undertaken)


def test_a_diff_and_a_timeline_tell_an_undertaking_once(mill: Path) -> None:
    ledger = load(mill)
    changes = [(change.change, change.kind, change.proposal) for change in diff(ledger, "2023", "2024")]
    told = [("added", "commitment", "dam"), ("added", "commitment", "wheel"), ("added", "stance", "dam")]
    assert [*told[:2], ("added", "commitment", "dam"), told[2]] == changes, "the other one is the refuser's"
    moments = timeline(ledger, "giver", as_of="2024").moments
    assert told == [(change.change, change.kind, change.proposal) for moment in moments for change in moment.changes]
    assert changes_of(timeline(ledger, "wheel", as_of="2024")) == [("added", "commitment")]


def changes_of(answer: Timeline) -> list[tuple[str, str]]:
    return [(change.change, change.kind) for moment in answer.moments for change in moment.changes]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load("graphs/ukraine-troops")
