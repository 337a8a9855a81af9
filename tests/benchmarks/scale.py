"""How long each operation takes over models of 100 to 100,000 records. Run by `make bench`, with pytest-benchmark.

Its name keeps it out of `make test`: it is collected only where it is asked for.
"""

import functools
import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from generator import model_text

import actorgraph
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.holdings import Holding, holdings
from actorgraph.ledger.inference import inferred
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.questions.check import check
from actorgraph.questions.lines import Line
from actorgraph.questions.sql import IN_FORCE

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

SIZES = (100, 1_000, 10_000, 100_000)
AS_OF = "2024-06-30"
A_YEAR_BEFORE = "2023-06-30"
TEN_YEARS = ("2016-01-01", "2025-12-31")


class Ready(NamedTuple):
    """A model in every state from its file to an open ledger, and whom and what to ask about."""

    file: Path
    model: Model
    stated: tuple[Holding, ...]
    ledger: Ledger
    proposals: dict[str, str]
    actors: dict[str, str]


@pytest.fixture(scope="module", params=SIZES)
def ready(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """Make a model of each size once."""
    file = tmp_path_factory.mktemp("scale") / "generated.yaml"
    file.write_text(model_text(request.param), encoding="utf-8")
    model = load_model(file)
    ledger = Ledger(build(model))
    made = Ready(file, model, holdings(model), ledger, asked(ledger, "proposal"), asked(ledger, "actor"))
    gc.collect()  # a question is not to wait for what loading left behind
    return made


def asked(ledger: Ledger, column: str) -> dict[str, str]:
    """Return the proposal or actor with a middling number of rows, and the one with most."""
    day = int(AS_OF.replace("-", ""))
    sql = f"SELECT {column} FROM holdings WHERE {IN_FORCE} GROUP BY {column} ORDER BY COUNT(*), {column}"
    keys = [str(key) for (key,) in ledger.rows(sql, (day, day))]
    return {"middling": keys[len(keys) // 2], "busiest": keys[-1]}


@pytest.fixture(params=["middling", "busiest"])
def which(request: pytest.FixtureRequest) -> str:
    """One with a middling number of rows, or the one with most."""
    return str(request.param)


def as_in_loading(step: Callable[..., object]) -> Callable[..., object]:
    """Return a step of loading that does without the garbage collector, as it does there."""

    @functools.wraps(step)
    def alone(*arguments: object) -> object:
        with no_garbage_collection():
            return step(*arguments)

    return alone


def test_load(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    assert benchmark(load_model, ready.file).header.id == "generated"


def test_check(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    assert benchmark(check, ready.file, today=AS_OF).model


def test_holdings(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    assert benchmark(as_in_loading(holdings), ready.model)


def test_inference(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    assert benchmark(as_in_loading(inferred), ready.stated, ready.model)


def test_build(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    assert benchmark(as_in_loading(build), ready.model)


def test_who(benchmark: "BenchmarkFixture", ready: Ready, which: str) -> None:
    answer = benchmark(actorgraph.who, ready.ledger, "any", ready.proposals[which], as_of=AS_OF)
    benchmark.extra_info["rows"] = len(answer.rows)


def test_what(benchmark: "BenchmarkFixture", ready: Ready, which: str) -> None:
    answer = benchmark(actorgraph.what, ready.ledger, ready.actors[which], as_of=AS_OF)
    benchmark.extra_info["rows"] = len(answer.rows)


def test_timeline(benchmark: "BenchmarkFixture", ready: Ready, which: str) -> None:
    history = benchmark(actorgraph.timeline, ready.ledger, ready.proposals[which], as_of=AS_OF)
    benchmark.extra_info["rows"] = sum(len(moment.changes) for moment in history.moments)


def test_floor(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    """The lines of a day as SQLite hands them over, all but what was said: no answer with these rows can be faster."""
    columns = ", ".join(name for name in Line._fields if name != "said")
    day = int(AS_OF.replace("-", ""))
    lines = benchmark(ready.ledger.rows, f"SELECT {columns} FROM holdings WHERE {IN_FORCE}", (day, day))
    benchmark.extra_info["rows"] = len(lines)


def test_snapshot(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    answer = benchmark(actorgraph.snapshot, ready.ledger, as_of=AS_OF)
    benchmark.extra_info["rows"] = len(answer.rows)


def test_tally(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    answer = benchmark(actorgraph.tally, ready.ledger, as_of=AS_OF)
    benchmark.extra_info["rows"] = len(answer.proposals)


def test_sensitivity(benchmark: "BenchmarkFixture", ready: Ready) -> None:
    answer = benchmark(actorgraph.sensitivity, ready.ledger, as_of=AS_OF)
    benchmark.extra_info["rows"] = len(answer.sources)


@pytest.mark.parametrize("days", [(A_YEAR_BEFORE, AS_OF), TEN_YEARS], ids=["one year", "ten years"])
def test_diff(benchmark: "BenchmarkFixture", ready: Ready, days: tuple[str, str]) -> None:
    answer = benchmark(actorgraph.diff, ready.ledger, *days)
    benchmark.extra_info["rows"] = len(answer.changes)
