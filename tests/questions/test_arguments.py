"""A question of the wrong type is a `UsageProblem` that says what is right, whichever function is asked."""

import contextlib
import inspect
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import actorgraph
from actorgraph.errors import ActorgraphError, UsageProblem
from actorgraph.ledger.filters import Limits
from actorgraph.ledger.load import load
from actorgraph.questions.options import Narrowing, Options

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger

MODEL = "examples/minimal.yaml"

EMPTY = inspect.Parameter.empty
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


HARBOUR = load(MODEL)
GIVEN: dict[str, object] = {
    "ledger": HARBOUR,
    "base": HARBOUR,
    "path": MODEL,
    "as_of": "2026-01-10",
    "start": "2025",
    "end": "2026",
    "snapshot": actorgraph.snapshot(HARBOUR, as_of="2026"),
    "today": "2026",
    "revision": "HEAD",
    "position": "any",
    "target": "harbour",
    "actor": "olsen",
    "other": "fishers-union",
    "proposal": "harbour",
    "name": "harbour",
    "measure": "two-camp",
    "wanted": {"harbour": "open"},
    "documents": "tests/articles/documents",
}
"""What fits each parameter that has to be given."""

ODD: tuple[object, ...] = (
    3,
    True,
    2.5,
    float("nan"),
    None,
    "x",
    "",
    "\0",
    "\ud800",
    b"x",
    [],
    [3],
    ["x"],
    {},
    object(),
)
OF_OURS = {"opening", "earlier", "query", "engine", "files", "progress"}
"""Parameters that are made with our own classes, or functions."""


@pytest.mark.parametrize("name", sorted(name for name in actorgraph.__all__ if name[0].islower()))
def test_no_value_is_an_error_of_another_kind(name: str) -> None:
    question = getattr(actorgraph, name)
    if not callable(question) or name == "compile_holdings":  # which writes what it is asked to
        pytest.skip("no question")
    parameters = inspect.signature(question).parameters
    asked = {key: GIVEN[key] for key, parameter in parameters.items() if key in GIVEN and parameter.default is EMPTY}
    options = str(next((each.annotation for each in parameters.values() if each.kind is each.VAR_KEYWORD), ""))
    extra = [
        key for kind in (Options, Narrowing, Limits) if f"[{kind.__name__}]" in options for key in kind.__annotations__
    ]
    tried = [key for key, parameter in parameters.items() if parameter.kind is not parameter.VAR_KEYWORD] + extra
    for key in tried:
        for value in () if key in OF_OURS else ODD:
            with contextlib.suppress(ActorgraphError, OSError):
                question(**{**asked, key: value})


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
