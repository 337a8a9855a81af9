"""Rows say what they rest on when somebody asks, also after their ledger is closed, and are told apart by it."""

import pickle
from itertools import permutations
from pathlib import Path

import pytest
from generator import model_text

from actorgraph.ledger import tables
from actorgraph.ledger.load import load
from actorgraph.ledger.schema import SCHEMA
from actorgraph.questions import behind, rows
from actorgraph.questions.behind import Rest
from actorgraph.questions.lines import as_line, briefly
from actorgraph.questions.rows import FIELDS, NOTHING_SAID, Row, of_one_track
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.who import everything

AS_OF = "2024-06-30"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("rows") / "model.yaml"
    file.write_text(model_text(600), encoding="utf-8")
    return file


@pytest.fixture(params=[1, 10_000], ids=["later", "at once"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Read what rows rest on when it is asked for, or at once."""
    monkeypatch.setattr(rows, "FEW", request.param)
    monkeypatch.setattr(behind, "FEW", request.param)
    return int(request.param)


def test_rows_are_the_same_whenever_they_are_read(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with load(model) as ledger:
        at_once = everything(ledger, as_of=AS_OF).rows
        for few in (1, 5, 200):
            monkeypatch.setattr(rows, "FEW", few)
            monkeypatch.setattr(behind, "FEW", few)
            later = everything(ledger, as_of=AS_OF).rows
            assert [row._asdict() for row in at_once] == [row._asdict() for row in later]
            assert at_once == everything(ledger, as_of=AS_OF).rows
            piecemeal = everything(ledger, as_of=AS_OF).rows
            assert [(row.speaker, row.amount, row.because) for row in at_once] == [
                (row.speaker, row.amount, row.because) for row in piecemeal
            ]
            assert any(row.speaker for row in piecemeal)
            assert set(at_once) == set(everything(ledger, as_of=AS_OF).rows)


def test_sides_of_a_contest_of_which_very_much_was_said_are_sorted_alike(
    model: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said in them is not at hand then: it is read to sort them."""
    with load(model) as ledger:
        expected = [row._asdict() for row in everything(ledger, as_of=AS_OF).rows]
    assert "LENGTH(said) <= 32000" in SCHEMA
    monkeypatch.setattr(tables, "SCHEMA", SCHEMA.replace("LENGTH(said) <= 32000", "LENGTH(said) <= 10"))
    with load(model) as ledger:
        brief, _ = briefly(ledger, "contest IS NOT NULL AND said NOT LIKE '%\",[%'")
        assert brief
        assert not any(line.said for line in map(as_line, brief))
        found = everything(ledger, as_of=AS_OF).rows
        assert sum(row.contested for row in found) > 2
        assert expected == [row._asdict() for row in found]
    assert few


def test_rows_and_records_outlive_their_ledger(model: Path, few: int) -> None:
    with load(model) as ledger:
        expected = [row._asdict() for row in everything(ledger, as_of=AS_OF).rows]
        unread = everything(ledger, as_of=AS_OF).rows
        taken = snapshot(ledger, as_of=AS_OF)
        records = {record for row in taken.rows for record in row.records}
    assert few
    assert expected == [row._asdict() for row in unread]
    assert records == {*taken.things["stance"], *taken.things["commitment"]}


def test_rows_outlive_a_ledger_that_nobody_keeps(model: Path, few: int) -> None:
    unread = everything(load(model), as_of=AS_OF).rows
    assert few
    assert all(cited.publisher for row in unread for cited in row.evidence)


def test_a_row_is_changed_by_its_fields(model: Path, few: int) -> None:
    row = everything(load(model), as_of=AS_OF).rows[0]
    other = row._replace(records=("r",), stale=True, speaker=None)
    assert few
    assert (("r",), True, None) == (other.records, other.stale, other.speaker)
    assert row.evidence == other.evidence
    assert row != other
    assert row == other._replace(records=row.records, stale=False, speaker=row.speaker)
    with pytest.raises(TypeError, match="a row has no colour"):
        row._replace(colour="red")


def test_a_row_is_pickled_whole(model: Path, few: int) -> None:
    row = everything(load(model), as_of=AS_OF).rows[0]
    again = pickle.loads(pickle.dumps(row))  # noqa: S301 - our own
    assert few
    assert isinstance(again, Row)
    assert row == again
    assert repr(row) == repr(again)


def test_every_field_has_its_place() -> None:
    assert sorted(FIELDS) == sorted((*Row._fields[:-1], *Rest._fields)), "what it says at once, and what it rests on"
    assert Row._fields[-1] == "behind"
    assert FIELDS == tuple(NOTHING_SAID._asdict())
    assert [getattr(NOTHING_SAID, name) for name in FIELDS] == list(NOTHING_SAID._asdict().values())


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_can_be_changed_alone(name: str) -> None:
    row = NOTHING_SAID._replace(**{name: "other"}, **({} if name == "basis" else {"basis": "inferred"}))
    expected = {**NOTHING_SAID._asdict(), "basis": "inferred", name: "other"}
    assert expected == row._asdict()
    assert expected[name] == getattr(row, name)


@pytest.mark.parametrize("contested", [True, False])
def test_rows_of_one_day_and_the_same_records_have_one_order(*, contested: bool) -> None:
    one = NOTHING_SAID._replace(kind="commitment", since="2024-01-01", contested=contested, records=("r1", "r2"))
    alike = [one._replace(toward=(toward,), position=word) for word in ("considers", "pledges") for toward in "ab"]
    told = [(row.position, row.toward) for row in of_one_track(alike)]
    for some in permutations(alike):
        assert told == [(row.position, row.toward) for row in of_one_track(some)]


def test_rows_of_a_track_come_by_the_day_since_when_and_the_sides_of_a_contest_before() -> None:
    days = ("2024-01-01", "2024-02-01", "2024-03-01")
    held = [NOTHING_SAID._replace(since=day, records=(day,)) for day in days]
    side = NOTHING_SAID._replace(since="2024-04-01", contested=True, records=("side",))
    for some, expected in ((held, [*days]), ([*held, side], ["side", *days])):
        for order in permutations(some):
            assert expected == [row.records[0] for row in of_one_track(order)]
