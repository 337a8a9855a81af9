"""Tables whose holdings are filled when somebody asks for them: no answer tells what was filled when."""

from collections.abc import Callable

import pytest

from actorgraph.ledger.filters import ALL
from actorgraph.ledger.load import load, opened_ledger
from actorgraph.ledger.schema import HOLDING_COLUMNS
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import begin
from actorgraph.ledger.unfinished import FIRST, Unfinished
from actorgraph.model.loader import load_model
from actorgraph.questions.disputes import disputes
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.timeline import timeline
from actorgraph.questions.who import what, who
from actorgraph.questions.why import why

UKRAINE = "graphs/ukraine-troops"
PROPOSALS = sorted(load_model(UKRAINE).proposals)
DAY = "2026-01-10"


def unfinished() -> Unfinished:
    """Return the tables of a model that nothing has been asked of."""
    return Unfinished(begin(load_model(UKRAINE)))


@pytest.fixture(scope="module")
def whole() -> Ledger:
    """A ledger of the same model, filled at once."""
    return load(UKRAINE)


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_the_first_table_has_all_holdings_on_what_was_asked_about(proposal: str, whole: Ledger) -> None:
    engine = unfinished()
    columns = ", ".join(HOLDING_COLUMNS)
    text = f"SELECT {columns}, said_at_once FROM {{}} WHERE proposal = ? ORDER BY {columns}"
    assert FIRST == engine.on([proposal])
    assert whole.rows(text.format("holdings"), [proposal]) == engine.run(text.format(FIRST), [proposal])
    assert not engine.is_finished


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_who_answers_alike(proposal: str, whole: Ledger) -> None:
    engine = unfinished()
    asked = Ledger(engine, engine)
    for position, options in (("any", {}), ("any", {"stated": True}), ("any", {"parts": True}), ("silent", {})):
        question = {"as_of": DAY, **options}
        assert who(whole, position, proposal, **question) == who(asked, position, proposal, **question)  # type: ignore[arg-type]


QUESTIONS: dict[str, Callable[[Ledger], object]] = {
    "who": lambda ledger: who(ledger, "opposes", "multinational-force", as_of=DAY),
    "who else": lambda ledger: who(ledger, "supports", "nato-membership", as_of=DAY),
    "against whom": lambda ledger: who(ledger, "opposes", "russia", as_of=DAY),
    "what": lambda ledger: what(ledger, "france", as_of=DAY),
    "why": lambda ledger: why(ledger, "us", "multinational-force", as_of=DAY),
    "timeline": lambda ledger: timeline(ledger, "france", as_of=DAY),
    "disputes": lambda ledger: disputes(ledger, as_of=DAY),
    "snapshot": lambda ledger: snapshot(ledger, as_of=DAY).rows,
    "holdings": lambda ledger: ledger.holdings(),
    "records": lambda ledger: ledger.things("stance", "commitment"),
    "all": repr,
}


@pytest.mark.parametrize("first", ["who", "who else", *QUESTIONS])
def test_no_answer_tells_what_was_asked_before(first: str, whole: Ledger) -> None:
    engine = unfinished()
    with Ledger(engine, engine) as asked:
        for name in (first, *QUESTIONS):
            assert QUESTIONS[name](whole) == QUESTIONS[name](asked), name
        assert engine.is_finished


def test_what_is_not_about_statements_fills_nothing() -> None:
    engine = unfinished()
    with Ledger(engine, engine) as asked:
        assert asked.resolve("multinational force", "proposal").id == "multinational-force"
        assert asked.things("actor", "proposal", "condition", "source", "event", "relation")
        assert not engine.is_finished


def test_what_can_wait_is_done_when_it_is_told_to(whole: Ledger) -> None:
    waiting: list[Callable[[], None]] = []
    ledger, _ = opened_ledger(UKRAINE, ALL, cache=False, later=waiting.append)
    assert QUESTIONS["who"](whole) == QUESTIONS["who"](ledger)
    for finish in waiting:
        finish()
    assert QUESTIONS["holdings"](whole) == QUESTIONS["holdings"](ledger)


def test_a_ledger_that_was_closed_is_left_alone() -> None:
    waiting: list[Callable[[], None]] = []
    ledger, _ = opened_ledger(UKRAINE, ALL, cache=False, later=waiting.append)
    ledger.close()
    (finish,) = waiting
    finish()
    assert not ledger.is_open
