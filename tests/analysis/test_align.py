"""align: pairs ranked, with what has no number counted."""

import time
from pathlib import Path

import pytest
from builders import ledger_of, stance
from generator import model_text

from actorgraph.analysis.align import Alignment, align
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger


def numbers(answer: Alignment) -> list[tuple[object, ...]]:
    return [(pair.actor, pair.other, pair.shared, pair.agreement, pair.conflict) for pair in answer]


def test_pairs_are_ranked_and_what_has_no_number_is_counted(talks: Ledger) -> None:
    answer = align(talks, as_of="2024-06", min_shared=2)
    assert [
        ("b", "c", 2, 2, 0),
        ("a", "b", 3, 2, 1),
        ("a", "c", 2, 1, 1),  # what is contested of c is not shared
    ] == numbers(answer)
    assert (3, 3, 0, 0) == (answer.asked_pairs, answer.enough, answer.too_few, answer.none)
    assert (3, 2) == (answer.speaking, answer.others)
    assert {"contested": 1, "alternatives": 0, "no side": 2} == dict(answer.left_out)
    first, second, _ = answer
    assert (1.0, 1, 0.6667, 2) == (first.share, first.by_degrees, second.share, second.by_degrees)


def test_too_few_have_no_number_and_yet_their_n(talks: Ledger) -> None:
    answer = align(talks, as_of="2024-06")
    assert ("a", "b", 3, 2, 1) == numbers(answer)[0]
    assert [("a", "c", 2, None, None), ("b", "c", 2, None, None)] == numbers(answer)[1:]
    assert {(None, None, None)} == {(pair.share, pair.corrected, pair.by_degrees) for pair in answer[1:]}
    assert (1, 2, 0) == (answer.enough, answer.too_few, answer.none)


def test_one_actor_comes_first_in_each_of_its_pairs(talks: Ledger) -> None:
    answer = align(talks, "Bor", as_of="2024-06", min_shared=2)
    assert [("b", "c", 2, 2, 0), ("b", "a", 3, 2, 1)] == numbers(answer)
    assert (2, 2, 0, 0) == (answer.asked_pairs, answer.enough, answer.too_few, answer.none)
    nobody = align(talks, "Zed", as_of="2024-06")
    assert ([], 3, 3) == (numbers(nobody), nobody.asked_pairs, nobody.none)


def test_records_open_every_number(talks: Ledger) -> None:
    answer = align(talks, as_of="2024-06", explain=True)
    first = answer[0]
    behind = {record for row in answer.rows for record in row.records}
    assert set(first.records) == behind
    assert 6 == len(behind)
    assert () == align(talks, as_of="2024-06").rows


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"levels": "binry"}, "no levels 'binry'"),
        ({"min_shared": 0}, "cannot be 0"),
        ({"corrected": "scot"}, "cannot be corrected by 'scot'"),
        ({"actor": "Cup", "kind": "state"}, "Cup is not among the actors to which the question is narrowed"),
    ],
)
def test_what_cannot_be_asked(talks: Ledger, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        align(talks, as_of="2024-06", **options)  # type: ignore[arg-type]


def test_nothing_to_compare() -> None:
    for ledger in (ledger_of([]), ledger_of([stance("supports", "2024-01-01")])):
        answer = align(ledger, as_of="2024-06", sensitivity=True, explain=True)
        assert (0, 0, 0, 0) == (len(answer), answer.enough, answer.none, answer.asked_pairs)


def test_many_actors_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text(model_text(7500), encoding="utf-8")
    ledger = load(path)
    started = time.process_time()
    answer = align(ledger, as_of="2026")
    assert time.process_time() - started < 5
    assert answer.asked_pairs > 50_000


def test_flat_records_tell_the_sources_left_out_and_the_number_without_another() -> None:
    ledger = load("graphs/ukraine-troops", without=["rt-2025-05-28"])
    answer = align(ledger, as_of="2026-01-10", sensitivity=True)
    records = answer.records()
    assert {("rt-2025-05-28",)} == {record["without"] for record in records}
    spreads = [pair.spread for pair in answer if pair.spread is not None]
    assert [spread.without for spread in spreads] == [record["without_it"] for record in records][: len(spreads)]
    assert any(spread.without is not None for spread in spreads)
