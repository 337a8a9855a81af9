"""The options of questions: what is not one of them is refused, with the nearest."""

from collections.abc import Callable
from typing import Any

import pytest

import actorgraph
from actorgraph.errors import UsageProblem
from actorgraph.questions.options import Options, Reading, checked_options


def test_every_question_takes_what_reading_names() -> None:
    assert Reading.__annotations__.items() <= Options.__annotations__.items()


def test_an_option_is_known() -> None:
    checked_options({"stated": True, "assume": (), "stale_after": "2y"}, Options)
    checked_options({}, Reading)


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("stale_aftr", Options, "unknown option 'stale_aftr' (did you mean 'stale_after'?)"),
        ("stale_after", Reading, "unknown option 'stale_after'; it is one of stated, assume"),
    ],
)
def test_an_unknown_option(name: str, known: type[Reading], message: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        checked_options({name: None}, known)
    assert message == str(caught.value)


DAY = "2026-06"
NARROWED: dict[str, Callable[..., Any]] = {
    "timeline": lambda ledger, **asked: actorgraph.timeline(ledger, "harbour", as_of=DAY, **asked),
    "diff": lambda ledger, **asked: actorgraph.diff(ledger, "2025", "2026", **asked),
    "diff_versions": lambda ledger, **asked: actorgraph.diff_versions(ledger, ledger, as_of=DAY, **asked),
    "tally": lambda ledger, **asked: actorgraph.tally(ledger, as_of=DAY, **asked),
    "sensitivity": lambda ledger, **asked: actorgraph.sensitivity(ledger, as_of=DAY, **asked),
    "pledges": lambda ledger, **asked: actorgraph.pledges(ledger, as_of=DAY, **asked),
    "align": lambda ledger, **asked: actorgraph.align(ledger, as_of=DAY, **asked),
    "match": lambda ledger, **asked: actorgraph.match(ledger, "fishers-union", as_of=DAY, **asked),
    "series": lambda ledger, **asked: actorgraph.series(ledger, "agreement", as_of=DAY, **asked),
    "network": lambda ledger, **asked: actorgraph.network(ledger, as_of=DAY, **asked),
}
"""Questions that take no option to mark what is stale: it would be left out without a word."""


@pytest.mark.parametrize("name", NARROWED)
def test_what_a_question_does_not_take_is_refused(name: str) -> None:
    ledger = actorgraph.load("examples/minimal.yaml")
    NARROWED[name](ledger)
    with pytest.raises(UsageProblem, match=r"^unknown option 'stale_after'"):
        NARROWED[name](ledger, stale_after="1y")


def test_an_account_is_not_narrowed() -> None:
    ledger = actorgraph.load("examples/minimal.yaml")
    with pytest.raises(UsageProblem, match=r"^unknown option 'kind'"):
        actorgraph.why(ledger, "olsen", "harbour", as_of=DAY, kind="state")  # type: ignore[call-arg]
