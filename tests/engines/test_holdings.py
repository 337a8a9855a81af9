"""The rules as SQL agree with those of curated models, line by line, whatever is said when and toward whom."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from builders import lives, model, statements
from hypothesis import given
from laws import examples
from oracle import PUBLISHED, naive_end, naive_said
from statement_tables import SqliteTables, filled

from actorgraph.engines.conditional import lines_of
from actorgraph.engines.table_engine import TableEngine
from actorgraph.errors import Span
from actorgraph.ledger.tables import HOLDING_COLUMNS, stated_lines
from actorgraph.model.model import Model, Place
from actorgraph.model.records import Actor, Commitment, Proposal, Stance

Said = list[Stance | Commitment]
Lives = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def engine() -> Iterator[TableEngine]:
    made = SqliteTables()
    yield made
    made.close()


def lines_in(engine: TableEngine, model: Model) -> list[dict[str, object]]:
    """Return the lines that an engine works out for a model, in order."""
    frame = filled(engine, model)
    with lines_of(engine, "stored", frame) as lines:
        return in_order(engine.run(lines))


def in_order(rows: Sequence[tuple[object, ...]]) -> list[dict[str, object]]:
    """Return lines in one order, so that two lists can be told apart."""
    return [dict(zip(HOLDING_COLUMNS, row, strict=True)) for row in sorted(rows, key=repr)]


def without_conditions(said: Said) -> Said:
    """Return records that depend on nothing."""
    return [record.model_copy(update={"if_": (), "unless": ()}) for record in said]


@given(said=statements().map(without_conditions), dated=lives)
def test_every_line_is_that_of_a_curated_model(engine: TableEngine, said: Said, dated: Lives) -> None:
    whole = model(*said, **dated)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)


@given(said=statements(), dated=lives)
def test_so_is_every_line_that_depends_on_conditions(engine: TableEngine, said: Said, dated: Lives) -> None:
    whole = model(*said, **dated)
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)


@examples(30)
@given(said=statements(), dated=lives)
def test_duckdb_gives_the_same_lines(said: Said, dated: Lives) -> None:
    duckdb = pytest.importorskip("actorgraph.engines.duckdb", reason="duckdb is not installed")
    whole = model(*said, **dated)
    other = duckdb.Duckdb()
    assert in_order(stated_lines(whole)) == lines_in(other, whole)
    other.close()


_DATES = [
    *("2024-02-09", *["2024-02-10"] * 3, "2024-02-11", "2024-02-12"),
    *("2024-02", "2024-01/2024-02-10", "2024-02-09/2024-02-11", "2024-02-10/2024-02-11", "2024"),
    *("../2024-02-10", "2023-12-31/2024-02-11", "2022/2024-02-11", "2023-12-31", "2022-05"),
]
_ENDS = [*[None] * 5, "2024-02-10", "2024-02-11", "2024-02", "2024-02-12", "2024-06"]
_LIVES: list[dict[str, Any]] = [
    *[{}] * 3,
    {"since": "2024-02-10"},
    {"since": "2024-01/2024-02-10", "until": "2024-02-11"},
    {"since": "../2024-02-09", "until": "2024-02"},
    {"until": "2024-02-10"},
]


def _said(draw: random.Random, actor: str, proposal: str) -> Iterator[Stance | Commitment]:
    """Yield what an actor said of a proposal: so much within so few days that every boundary is met."""
    for number in range(draw.choice([1, 2, 3, 5, 8])):
        keys: dict[str, Any] = {
            "id": f"{actor}-{proposal}-{number}",
            "actor": actor,
            "proposal": proposal,
            "date": draw.choice(_DATES),
            "speaker": draw.choice([None, None, "a-1"]),
            "evidence": [{"source": source} for source in draw.sample(sorted(PUBLISHED), draw.choice([1, 1, 2]))],
        }
        record: Stance | Commitment
        if proposal.endswith(("0", "1", "2")):
            toward = draw.choice([(), (), ("a-1",), ("a-2",), ("a-1", "a-2")])
            stage = draw.choice(["pledges", "pledges", "considers", "declines"])
            record = Commitment.model_validate({**keys, "stage": stage, "toward": toward})
        else:
            position = draw.choice(["supports", "supports", "opposes", "open"])
            record = Stance.model_validate({**keys, "position": position})
        until = draw.choice(_ENDS)
        ends = until is not None and naive_end(until) > naive_said(record)
        yield record.model_copy(update={"until": until if ends else None})


def crowded() -> Model:
    """Return a model of hundreds of tracks on which records begin, end and supersede each other on the same days."""
    draw = random.Random(1)  # noqa: S311 - the same model each time
    alive = {f"{kind}-{number}": draw.choice(_LIVES) for kind, most in (("a", 30), ("p", 20)) for number in range(most)}
    actors, proposals = ([key for key in alive if key.startswith(kind)] for kind in "ap")
    said = [record for actor in actors for proposal in proposals for record in _said(draw, actor, proposal)]
    places: dict[Place, Span] = {("actors", key): Span("m.yaml") for key in actors}
    places |= {("proposals", key): Span("m.yaml") for key in proposals}
    ended = {key: {**life, "fate": "lapsed"} if "until" in life else life for key, life in alive.items()}
    few = model(*said)
    return replace(
        few,
        actors={key: Actor.model_validate({"name": key, "kind": "state", **alive[key]}) for key in actors},
        proposals={key: Proposal.model_validate({"title": key, **ended[key]}) for key in proposals},
        places={**few.places, **places},
    )


def test_so_is_every_line_of_hundreds_of_crowded_tracks(engine: TableEngine) -> None:
    whole = crowded()
    assert in_order(stated_lines(whole)) == lines_in(engine, whole)
