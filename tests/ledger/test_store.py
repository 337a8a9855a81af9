"""The ledger: its things, and what it is as an object."""

import copy
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.ledger.engine import Sqlite
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.kinds import TYPES
from actorgraph.model.loader import load_model
from actorgraph.questions.who import who


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (lambda ledger: ledger.things("actors"), r"'actors' is no type of a thing \(did you mean 'actor'\?\)"),
        (lambda ledger: ledger.things("actor", "stances"), r"'stances' .* \(did you mean 'stance'\?\)"),
        (lambda ledger: ledger.things("propsal"), r"'propsal' .* \(did you mean 'proposal'\?\)"),
        (lambda ledger: ledger.things("treaty"), r"'treaty' is no type of a thing; it is one of actor, proposal, "),
        (lambda ledger: ledger.things(None), "'None' is no type of a thing; it is one of"),
        (lambda ledger: ledger.by_id(["mas"], "actors"), "did you mean 'actor'"),
        (lambda ledger: ledger.named("mas", "actors"), "did you mean 'actor'"),
        (lambda ledger: ledger.names("actors"), "did you mean 'actor'"),
        (lambda ledger: ledger.resolve("mas", "actors"), "did you mean 'actor'"),
    ],
)
def test_an_unknown_type_is_told_with_the_likely_one(
    troops: Ledger, ask: Callable[[Ledger], object], expected: str
) -> None:
    with pytest.raises(UsageProblem, match=expected):
        ask(troops)


def test_no_type_means_every_type(troops: Ledger) -> None:
    assert troops.things(*TYPES) == troops.things()
    assert "russia" == troops.resolve("Russia").id


@pytest.mark.parametrize("at_once", [4, 1_000])
def test_an_engine_is_given_as_many_ids_at_once_as_it_takes(at_once: int) -> None:
    """One of large tables reads a table whole for each text: a million records are not to be asked for by hundreds."""
    counts = []

    class Counting(Sqlite):
        ids_at_once = at_once

        def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
            counts.append(len(parameters) - sql.count("type IN (?)"))
            return super().run(sql, parameters)

    ledger = Ledger(Counting(build(load_model("graphs/ukraine-troops")).connection))
    ids = [thing.id for thing in ledger.things("stance")]
    counts.clear()
    assert sorted(ids) == sorted(ledger.by_id(ids, "stance"))
    assert len(ids) == sum(counts)
    assert -(-len(ids) // at_once) == len(counts)


# -- manners ---------------------------------------------------------------------------------------------------


def test_a_ledger_says_what_it_is() -> None:
    assert "<Ledger minimal: 6 records>" == repr(load("examples/minimal.yaml"))
    assert "<Ledger minimal: 4 records, known by 2025-12-31>" == repr(load("examples/minimal.yaml", known_by="2025-12"))
    limited = load("examples/minimal.yaml", min_grade="B2", without=["union-letter"])
    assert "<Ledger minimal: 3 records, graded B2 or better, without union-letter>" == repr(limited)


def test_a_closed_ledger_says_so(model: Path) -> None:
    for cache in (False, True, True):
        with load(model, cache=cache) as ledger:
            assert ledger.things("actor")
        for ask in (ledger.things, ledger.holdings, lambda: ledger.resolve("harbour"), lambda: ledger.rows("SELECT 1")):
            with pytest.raises(UsageProblem, match="the ledger of minimal is closed; load it again"):
                ask()
        ledger.close()
        assert ("<Ledger minimal: closed>", "minimal") == (repr(ledger), ledger.model)


@pytest.mark.parametrize("cache", [False, True], ids=["in memory", "kept"])
def test_a_ledger_answers_in_any_thread(model: Path, *, cache: bool) -> None:
    load(model, cache=cache)
    ledger = load(model, cache=cache)
    expected = who(ledger, "any", "harbour", as_of="2026-06-01")
    barrier = Barrier(8)

    def ask(_: int) -> list[object]:
        barrier.wait()
        return [who(ledger, "any", "harbour", as_of="2026-06-01") for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for several in pool.map(ask, range(8)) for answer in several]
    assert [expected] * 40 == answers


def test_a_ledger_is_closed_in_another_thread(model: Path) -> None:
    ledger = load(model)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(ledger.close).result()
    with pytest.raises(UsageProblem, match="is closed"):
        ledger.things()


def test_positions_over_time(troops: Ledger) -> None:
    rows = troops.holdings()
    assert rows == tuple(sorted(rows, key=lambda row: (row.actor, row.proposal, row.kind, row.since, row.position)))
    assert {"stated", "inferred"} == {row.basis for row in rows}
    assert tuple(row for row in rows if row.basis == "stated") == troops.holdings(stated=True)
    for row in rows:
        assert row.until is None or row.since < row.until
        assert row.records
        assert row.sources
    day = "2026-01-10"
    in_force = {
        (row.actor, row.position, row.since)
        for row in rows
        if row.proposal == "multinational-force" and row.since <= day and (row.until is None or day < row.until)
    }
    answer = who(troops, "any", "multinational-force", as_of=day)
    assert {(row.actor, row.position, row.since) for row in answer.rows} == in_force


def test_what_was_said_for_another_is_there_once(troops: Ledger) -> None:
    """Whatever it was said for: a record stands in each of the times into which a contest cuts what is held."""
    said = troops.things("stance", "commitment")
    expected = [thing.id for thing in said if thing.body.get("speaker") not in (None, thing.body["actor"])]
    assert sorted(expected) == sorted(record for (record,) in troops.rows("SELECT record FROM speakers"))


def test_the_keys_of_a_thing_cannot_be_changed(troops: Ledger) -> None:
    thing = troops.resolve("italy", "actor")
    body: Any = thing.body
    before = dict(body)
    changes: list[Callable[[], object]] = [
        lambda: body.update(name="x"),
        lambda: body.__setitem__("name", "x"),
        lambda: body.__delitem__("name"),
        lambda: body.__ior__({"name": "x"}),
        lambda: body.pop("name"),
        lambda: body.setdefault("x", 1),
        body.popitem,
        body.clear,
    ]
    for change in changes:
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    assert before == thing.body
    (stance, *_) = troops.things("stance")
    with pytest.raises(TypeError, match="cannot be changed"):
        stance.body["evidence"][0]["source"] = "x"
    for change in (stance.body["evidence"].clear, lambda: stance.body["evidence"].append({})):
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    assert stance == copy.deepcopy(stance)


def test_a_ledger_that_is_let_go_closes_its_tables() -> None:
    ledger = load("examples/minimal.yaml")
    engine = ledger._engine  # noqa: SLF001 - what becomes of it is the question
    del ledger
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        engine.run("SELECT 1")
