"""All rows of a day by blocks: those of `everything`, in its order, and never more of them than a few blocks ahead."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from generator import model_text

from actorgraph import everything, load
from actorgraph.errors import UsageProblem
from actorgraph.ledger.engine import Sqlite
from actorgraph.questions import streaming
from actorgraph.questions.options import Options
from actorgraph.questions.streaming import everything_by_blocks

MODELS = ["graphs/ukraine-troops", "graphs/nature-restoration", "tests/articles/bridge.yaml"]
QUESTIONS: tuple[Options, ...] = (
    {},
    {"stated": True},
    {"stale_after": "3mo"},
    {"kind": "state", "stale_after": "1y"},
)


class Blocks:
    """Has every ledger's engine read blocks of so many lines, and counts those that are taken from it."""

    def __init__(self, patch: pytest.MonkeyPatch, size: int) -> None:
        self.taken = 0
        whole = Sqlite.blocks

        def blocks(engine: Sqlite, sql: str, parameters: Sequence[object] = (), **_: int) -> Iterator[list[Any]]:
            for block in whole(engine, sql, parameters, size=size):
                self.taken += 1
                yield block

        patch.setattr(Sqlite, "blocks", blocks)


@pytest.mark.parametrize("size", [1, 2, 7, 2_000])
@pytest.mark.parametrize("most", [0, 20_000])
@pytest.mark.parametrize("options", QUESTIONS, ids=str)
@pytest.mark.parametrize("model", MODELS)
def test_the_blocks_are_the_answer(
    model: str, options: Options, size: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many lines are a block, and whether what is inferred waits or is read again."""
    monkeypatch.setattr(streaming, "MOST_WAITING", most)
    ledger = load(model)
    expected = everything(ledger, as_of="2026-01-10", **options)
    Blocks(monkeypatch, size)
    whole = everything_by_blocks(ledger, as_of="2026-01-10", **options)
    assert expected.columns == whole.answer.columns
    assert expected.records() == [record for block in whole.records() for record in block]


def test_a_scenario_settles_contests_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    Blocks(monkeypatch, 1)
    ledger = load("graphs/ukraine-troops")
    conditions = [thing.id for thing in ledger.things("condition")]
    for assumed in ([conditions[0]], [f"not:{conditions[0]}", conditions[1]]):
        expected = everything(ledger, as_of="2026-01-10", assume=assumed).rows
        blocks = everything_by_blocks(ledger, as_of="2026-01-10", assume=assumed).blocks
        assert expected == tuple(row for block in blocks for row in block)


def test_little_is_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 600 records in blocks of 10 lines, three are read for the first rows, not all."""
    (tmp_path / "m.yaml").write_text(model_text(600), encoding="utf-8")
    ledger = load(tmp_path / "m.yaml")
    counted = Blocks(monkeypatch, 10)
    rows = everything_by_blocks(ledger, as_of="2026-06-01").blocks
    assert 0 == counted.taken
    next(rows)
    assert counted.taken <= 3
    list(rows)
    assert counted.taken > 20
    before = counted.taken
    list(islice(ledger.holding_blocks(), 2))
    assert before + 2 == counted.taken


def test_a_ledger_closed_half_way_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = load("graphs/ukraine-troops")
    Blocks(monkeypatch, 5)
    blocks = ledger.blocks("SELECT actor FROM holdings ORDER BY actor")
    assert 5 == len(next(blocks))
    ledger.close()
    with pytest.raises(UsageProblem, match="is closed; load it again"):
        next(blocks)


def test_what_is_wrong_is_said_before_any_row() -> None:
    with pytest.raises(UsageProblem, match="no condition answers to 'peace'"):
        everything_by_blocks(load("examples/minimal.yaml"), as_of="2026", assume=["peace"])
