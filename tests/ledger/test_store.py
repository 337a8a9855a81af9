"""The ledger: names, and what it is as an object."""

import copy
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from folders import loaded

from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.model.kinds import TYPES
from actorgraph.questions.who import who

TROOPS = "graphs/ukraine-troops"


@pytest.fixture(scope="module")
def troops() -> Ledger:
    return load(Path(__file__).parent.parent.parent / TROOPS)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of its own, with a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copy("examples/minimal.yaml", tmp_path / "m.yaml"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Britain", "uk"),
        ("uk", "uk"),
        ("United  Kingdom", "uk"),
        ("Kiev", "ukraine"),
        ("KYIV", "ukraine"),
        ("Zelenskyy", "zelensky"),
        ("Türkiye", "turkey"),
        ("turkiye", "turkey"),
        ("the coalition of the willing", "coalition-of-the-willing"),
        ("Czechia", "czech-republic"),
        ("America", "us"),
    ],
)
def test_natural_names_of_actors(troops: Ledger, typed: str, expected: str) -> None:
    assert expected == troops.resolve(typed, "actor").id


@pytest.mark.parametrize(
    "typed", ["boots on the ground", "Reassurance Force", "multinational_force", "sending troops to Ukraine"]
)
def test_natural_names_of_proposals(troops: Ledger, typed: str) -> None:
    assert "multinational-force" == troops.resolve(typed, "proposal").id


def test_the_only_name_that_holds_all_words_is_meant_and_said(troops: Ledger) -> None:
    ledger = load(Path(__file__).parent.parent.parent / TROOPS)
    lines: list[str] = []
    ledger.notice = lines.append
    assert "multinational-force" == ledger.resolve("ceasefire force multinational", "proposal").id
    assert ["'ceasefire force multinational' is taken for the proposal multinational-force"] == [
        line.partition(" (")[0] for line in lines
    ]
    with pytest.raises(UsageProblem, match="no proposal answers to 'ceasefire force multinational'"):
        troops.resolve("ceasefire force multinational", "proposal", exact=True)
    for several_or_part_of_a_word in ("in", "multinat", "", "-"):
        with pytest.raises(UsageProblem, match="no proposal answers to"):
            troops.resolve(several_or_part_of_a_word, "proposal")


def test_an_unknown_name_lists_the_nearest(troops: Ledger) -> None:
    with pytest.raises(UsageProblem, match=r"no actor answers to 'Rusia'; did you mean 'russia' \(Russia\)"):
        troops.resolve("Rusia", "actor")


def test_a_name_of_another_kind_is_told(troops: Ledger) -> None:
    with pytest.raises(UsageProblem, match="'russia' is the actor Russia, not a proposal"):
        troops.resolve("russia", "proposal")


def test_an_ambiguous_name_lists_all(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "model: {id: m, title: M}\nactors:\n"
        "  georgia: {name: Georgia, kind: state}\n  georgia-us: {name: Georgia, kind: state}\n",
        encoding="utf-8",
    )
    ledger = load(path)
    assert "georgia" == ledger.resolve("georgia", "actor").id, "an id is exact"
    with pytest.raises(UsageProblem, match=r"ambiguous: it may be georgia \(Georgia\), georgia-us \(Georgia\)"):
        ledger.resolve("Georgia", "actor")


# -- names -----------------------------------------------------------------------------------------------------

SPELLINGS = """
model: {id: m, title: M}
actors:
  mas: {name: Movimiento al Socialismo, kind: organisation, aliases: [MAS]}
  mas-pais: {name: Más, kind: organisation}
proposals:
  plan-a: {title: Plan A}
  plan-a-plus: {title: Plan A+}
  plan-b: {title: Straße, aliases: [STRASSE, Plan B]}
  plan-b-later: {title: plan b}
"""


@pytest.fixture
def spellings(tmp_path: Path) -> Ledger:
    return loaded(tmp_path, SPELLINGS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("MAS", "mas"),
        ("Más", "mas-pais"),
        ("mas", "mas"),
        ("Plan A", "plan-a"),
        ("Plan A+", "plan-a-plus"),
        ("plan b", "plan-b-later"),
        ("Plan B", "plan-b"),
        ("strasse", "plan-b"),
    ],
)
def test_an_exact_spelling_comes_first(spellings: Ledger, typed: str, expected: str) -> None:
    assert expected == spellings.resolve(typed, "actor", "proposal").id


@pytest.mark.parametrize("typed", ["más!", "PLAN A", "plan-A", "PLAN B"])
def test_where_no_spelling_is_exact_all_that_fold_alike_are_meant(spellings: Ledger, typed: str) -> None:
    with pytest.raises(UsageProblem, match="is ambiguous: it may be"):
        spellings.resolve(typed, "actor", "proposal")


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
    spellings: Ledger, ask: Callable[[Ledger], object], expected: str
) -> None:
    with pytest.raises(UsageProblem, match=expected):
        ask(spellings)


def test_no_type_means_every_type(troops: Ledger) -> None:
    assert troops.things(*TYPES) == troops.things()
    assert "russia" == troops.resolve("Russia").id


# -- manners ---------------------------------------------------------------------------------------------------


def test_a_ledger_says_what_it_is() -> None:
    assert "<Ledger minimal: 6 records>" == repr(load("examples/minimal.yaml"))
    assert "<Ledger minimal: 4 records, known by 2025-12-31>" == repr(load("examples/minimal.yaml", known_by="2025-12"))
    limited = load("examples/minimal.yaml", min_grade="B2", without=["union-letter"])
    assert "<Ledger minimal: 3 records, graded B2 or better, without union-letter>" == repr(limited)


def test_a_link_is_a_name_as_it_stands() -> None:
    ledger = load("examples/minimal.yaml")
    assert "coast-weekly-2" == ledger.resolve("https://example.org/coast-weekly/2").id
    with pytest.raises(UsageProblem, match="nothing answers to 'example org'"):
        ledger.resolve("example org")


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
