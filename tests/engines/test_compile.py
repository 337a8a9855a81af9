"""Statements that are compiled answer as the curated model does that has the same statements."""

from pathlib import Path
from typing import Any

import pytest
from builders import graded, lives, model, stance, statements
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from statement_tables import COLUMNS, filled

from actorgraph.engines import compile as compiling
from actorgraph.engines.compile import compile_statements
from actorgraph.engines.folder import manifest_of, writing
from actorgraph.engines.opening import open_holdings
from actorgraph.errors import UsageProblem
from actorgraph.ledger.filters import Limits, limited
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Stance
from actorgraph.questions import lines, view
from actorgraph.questions.behind import Quantity
from actorgraph.questions.diff import diff
from actorgraph.questions.tally import tally
from actorgraph.questions.who import everything, what, who

pytest.importorskip("duckdb", reason="duckdb is not installed")

from actorgraph.engines.duckdb import Duckdb

CLEANED = [column for column in COLUMNS if column != "batch"]
SAID = ("supports", "opposes", "open")
DAYS = ("2024-01-05", "2024-01-20", "2024-02-15", "2024-03-10", "2024-12-31")


LIMITS = {
    "known_by": st.sampled_from(["2024-01-25", "2024-02-29", "2024-12"]),
    "min_grade": st.sampled_from(["B3", "C6", "F1"]),
    "without": st.sampled_from([["early"], ["late", "middle"]]).map(sorted),
}


def compiled(engine: Duckdb, whole: Model, folder: Path, *, part_rows: int = 3) -> str:
    """Return the folder of a model's statements, in parts of a few."""
    frame = filled(engine, whole)
    engine.make("cleaned", f"SELECT {', '.join(CLEANED)} FROM stored")
    engine.part_rows = part_rows
    with writing(str(folder)) as new:
        compile_statements(engine, frame, new, made_of={"source": "a test"})
    return str(folder)


def told(ledger: Ledger, day: str) -> list[dict[str, Any]]:
    """Return all that is said of a day, and what changed since the first, as plain data."""
    answers: tuple[Any, ...] = (
        everything(ledger, as_of=day, stated=True),
        diff(ledger, DAYS[0], day, stated=True),
        tally(ledger, as_of=day, stated=True),
    )
    return [answer._asdict() for answer in answers]


@examples(8)
@given(said=statements(), dated=lives)
def test_answers_are_those_of_the_curated_model(
    shared_engine: Duckdb,
    tmp_path_factory: pytest.TempPathFactory,
    said: list[Stance | Commitment],
    dated: dict[str, Any],
) -> None:
    whole = model(*said, **dated)
    folder = compiled(shared_engine, whole, tmp_path_factory.mktemp("compiled"))
    with open_holdings(folder) as large, Ledger(build(whole)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)


@examples(8)
@given(whole=graded(), asked=st.fixed_dictionaries({}, optional=LIMITS))
def test_so_are_those_of_its_editions(
    shared_engine: Duckdb, tmp_path_factory: pytest.TempPathFactory, whole: Model, asked: Limits
) -> None:
    folder = compiled(shared_engine, whole, tmp_path_factory.mktemp("compiled"))
    filters, without = limited(asked)
    filters = filters._replace(without=without)
    with open_holdings(folder, **asked) as large, Ledger(build(whole, filters)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)


def test_the_records_are_those_that_were_curated(shared_engine: Duckdb, tmp_path: Path) -> None:
    said: list[Stance | Commitment] = [
        stance("open", "2024-01", "early", "late", speaker="b"),
        Commitment.model_validate(
            {
                "id": "c",
                "actor": "a",
                "stage": "pledges",
                "proposal": "p",
                "date": "2024-02",
                "until": "2025",
                "toward": ["b"],
                "evidence": [{"source": "early"}],
            }
        ),
    ]
    whole = model(*said)
    with open_holdings(compiled(shared_engine, whole, tmp_path / "h")) as large, Ledger(build(whole)) as small:
        for one, other in zip(small.things("stance", "commitment"), large.things("stance", "commitment"), strict=True):
            assert (one.type, one.id, one.name, one.body) == (other.type, other.id, other.name, other.body)
        assert "statements:1" == large.things("stance")[0].place
        assert small.rows("SELECT * FROM speakers") == large.rows("SELECT * FROM speakers")


def test_amounts_are_those_of_the_curated_model(shared_engine: Duckdb, tmp_path: Path) -> None:
    def pledge(when: str, **amount: object) -> Commitment:
        keys = {"actor": "a", "stage": "pledges", "proposal": "p", "date": when, "evidence": [{"source": "early"}]}
        return Commitment.model_validate({**keys, "amount": {**amount, "unit": "tonnes"}} if amount else keys)

    whole = model(
        pledge("2024-01-05", value=10), pledge("2024-01-05", value="12.50"), pledge("2024-02-15", **{"at-least": 20})
    )
    with open_holdings(compiled(shared_engine, whole, tmp_path / "h")) as large, Ledger(build(whole)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)
        assert Quantity(10, 12.5, "tonnes") == everything(large, as_of="2024-01-20", stated=True).rows[0].amount


@pytest.mark.parametrize(("part_rows", "most_pairs", "files"), [(3, 100, {"p": 2, "q": 1}), (100, 9, {"p": 2})])
def test_what_much_was_said_of_is_worked_out_some_actors_at_a_time(
    shared_engine: Duckdb,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part_rows: int,
    most_pairs: int,
    files: dict[str, int],
) -> None:
    monkeypatch.setattr(compiling, "_MOST_PAIRS", most_pairs)
    said = [stance(position, f"2024-01-0{day}", actor=actor) for actor in "ab" for day, position in enumerate(SAID, 1)]
    whole = model(*said, stance("open", "2024-01-05", proposal="q"))
    folder = compiled(shared_engine, whole, tmp_path / "h", part_rows=part_rows)
    assert files == {part.first: len(part.holdings) for part in manifest_of(folder).parts}
    with open_holdings(folder) as large, Ledger(build(whole)) as small:
        for day in DAYS:
            assert told(small, day) == told(large, day)


@pytest.mark.parametrize("few", [1, 3, 4])
def test_lines_are_counted_first_only_where_proposals_have_few_as_a_rule(
    shared_engine: Duckdb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    whole = model(
        stance("open", "2024-01-05"),
        stance("supports", "2024-01-10"),
        stance("open", "2024-01-05", actor="b"),
        stance("opposes", "2024-01-05", proposal="q"),
    )
    counted: list[object] = []

    def number_of(ledger: Ledger, where: str, *parameters: object, **asked: Any) -> int:
        counted.append(parameters[-1])
        return lines.number_of(ledger, where, *parameters, **asked)

    monkeypatch.setattr(view, "FEW", few)
    monkeypatch.setattr(view, "number_of", number_of)
    with open_holdings(compiled(shared_engine, whole, tmp_path / "h")) as large, Ledger(build(whole)) as small:
        assert [3, 1, 0] == [large.lines_each(large.part_on(some)) for some in ("p", "q", "pq")]
        for proposal in "pq":
            answers = [who(ledger, "any", proposal, as_of="2024-02") for ledger in (large, small)]
            assert answers[0]._asdict() == answers[1]._asdict()
            assert answers[0].rows
        what(large, "a", as_of="2024-02")
    assert [*{1: [], 3: ["q"], 4: ["p", "q"]}[few], "a"] == counted


@pytest.mark.parametrize("are_opened", [True, False])
def test_a_ledger_that_was_closed_says_so_whatever_had_been_opened(
    shared_engine: Duckdb, tmp_path: Path, *, are_opened: bool
) -> None:
    folder = compiled(shared_engine, model(stance("open", "2024-01-05")), tmp_path / "h")
    with open_holdings(folder) as large:
        assert not are_opened or list(large.parts())
        asked = view.View(large, as_of="2024-02", about="p")
    for ask in (asked.held_about, lambda: diff(large, *DAYS[:2]), lambda: list(large.parts())):
        with pytest.raises(UsageProblem, match=r"^the ledger of m is closed; load it again$"):
            ask()


def test_an_address_is_read_by_the_engine(shared_engine: Duckdb, tmp_path: Path) -> None:
    folder = compiled(shared_engine, model(stance("open", "2024-01-05")), tmp_path / "h")
    with open_holdings(f"file://{folder}/") as large:
        assert ["open"] == [row.position for row in everything(large, as_of="2024-02").rows]
    with pytest.raises(UsageProblem, match=r"nowhere/manifest\.json cannot be read: "):
        open_holdings(f"file://{folder}/nowhere")
