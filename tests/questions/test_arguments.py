"""A question of the wrong type is a `UsageProblem` that says what is right, whichever function is asked."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import actorgraph
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger

MODEL = "examples/minimal.yaml"

Question = Callable[[Any], object]

WRONG: dict[str, tuple[Question, str]] = {
    "a day that is a number": (
        lambda ledger: actorgraph.everything(ledger, as_of=2026),  # type: ignore[arg-type]
        "2026 is not a date; give a text, such as '2026-01-06', or a datetime.date",
    ),
    "no day": (
        lambda ledger: actorgraph.diff(ledger, None, "2026"),  # type: ignore[arg-type]
        "None is not a date; give a text, such as '2026-01-06', or a datetime.date",
    ),
    "a name that is no text": (
        lambda ledger: actorgraph.timeline(ledger, 7, as_of="2026"),  # type: ignore[arg-type]
        "a name is a text, not 7",
    ),
    "a position that is no text": (
        lambda ledger: actorgraph.who(ledger, None, "harbour", as_of="2026"),  # type: ignore[arg-type]
        "a position is a text, not None",
    ),
    "no list of conditions": (
        lambda ledger: actorgraph.what(ledger, "olsen", as_of="2026", assume=3),  # type: ignore[arg-type]
        "conditions are given in a list of names, not as 3",
    ),
    "a list of no conditions": (
        lambda ledger: actorgraph.everything(ledger, as_of="2026", assume=[3]),  # type: ignore[list-item]
        "a condition is a text, not 3",
    ),
    "one condition for a list": (
        lambda ledger: actorgraph.diff_versions(ledger, ledger, as_of="2026", assume="state-loan"),
        "'state-loan' is one condition; give a list of them",
    ),
    "a length that is no text": (
        lambda ledger: actorgraph.disputes(ledger, as_of="2026", stale_after=18),  # type: ignore[arg-type]
        "a length of time, such as `18mo`, is a text, not 18",
    ),
    "an option that is misspelled": (
        lambda ledger: actorgraph.who(ledger, "any", "harbour", as_of="2026", asume=["state-loan"]),  # type: ignore[call-arg]
        "unknown option 'asume' (did you mean 'assume'?)",
    ),
    "an option of another question": (
        lambda ledger: actorgraph.timeline(ledger, "harbour", as_of="2026", stale_after="2y"),  # type: ignore[call-arg]
        "unknown option 'stale_after'; it is one of stated, assume, kind, group, tag, parts",
    ),
    "a folder that is no path": (
        lambda ledger: actorgraph.verify(ledger, 3),  # type: ignore[arg-type]
        "a folder is given by its path, not as 3",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_type(what: str) -> None:
    question, message = WRONG[what]
    with pytest.raises(UsageProblem) as caught:
        question(load(MODEL))
    assert message == str(caught.value)


ASKED: list[Question] = [
    lambda ledger: actorgraph.who(ledger, "any", "harbour", as_of="2026"),
    lambda ledger: actorgraph.what(ledger, "olsen", as_of="2026"),
    lambda ledger: actorgraph.everything(ledger, as_of="2026"),
    lambda ledger: actorgraph.snapshot(ledger, as_of="2026"),
    lambda ledger: actorgraph.why(ledger, "olsen", "harbour", as_of="2026"),
    lambda ledger: actorgraph.timeline(ledger, "olsen", as_of="2026"),
    lambda ledger: actorgraph.disputes(ledger, "olsen", as_of="2026"),
    lambda ledger: actorgraph.disputes(ledger, as_of="2026"),
    lambda ledger: actorgraph.diff(ledger, "2025", "2026"),
    lambda ledger: actorgraph.diff_versions(ledger, load(MODEL), as_of="2026"),
    lambda ledger: actorgraph.diff_versions(load(MODEL), ledger, as_of="2026"),
    lambda ledger: actorgraph.verify(ledger, "examples"),
]


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize(
    ("given", "way"), [(MODEL, f"load('{MODEL}')"), (Path(MODEL), f"load('{MODEL}')"), (None, "load(path)")]
)
def test_a_path_is_no_ledger(question: Question, given: object, way: str) -> None:
    with pytest.raises(UsageProblem, match="a question is put to a ledger, not to a ") as caught:
        question(given)
    assert str(caught.value).endswith(f"; open it first: {way}")


def test_a_day_may_be_a_date() -> None:
    ledger: Ledger = load(MODEL)
    for day in (date(2026, 6, 30), datetime(2026, 6, 30, 12)):  # noqa: DTZ001 - a day without a place
        assert actorgraph.what(ledger, "olsen", as_of="2026-06") == actorgraph.what(ledger, "olsen", as_of=day)
