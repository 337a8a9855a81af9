"""align: pairs ranked, with what has no number counted, and how far numbers hang on one source."""

import time
from pathlib import Path

import pytest
from builders import ledger_of, stance
from generator import model_text
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.analysis.align import Alignment, align
from actorgraph.errors import UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.vocabulary import POSITIONS

TALKS = """
model: {id: m, title: M}
actors:
  a: {name: Ada, kind: state}
  b: {name: Bor, kind: state}
  c: {name: Cup, kind: organisation}
  d: {name: Dov, kind: state}
  z: {name: Zed, kind: state}
proposals: {p: {title: P}, q: {title: Q}, r: {title: R}, s: {title: S}, t: {title: T}}
stances:
  - {actor: a, position: supports, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: a, position: supports, proposal: q, date: 2024-01-01, evidence: [{source: two}]}
  - {actor: a, position: opposes, proposal: r, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: a, position: supports, proposal: s, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: open, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: opposes, proposal: q, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: sceptical, proposal: r, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: b, position: neutral, proposal: s, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: c, position: supports, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: c, position: opposes, proposal: q, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: c, position: opposes, proposal: q, date: 2024-01-01, evidence: [{source: two}]}
  - {actor: c, position: supports, proposal: r, date: 2024-01-01, evidence: [{source: two}]}
  - {actor: c, position: opposes, proposal: r, date: 2024-01-01, evidence: [{source: one}]}
  - {actor: d, position: undecided, proposal: p, date: 2024-01-01, evidence: [{source: one}]}
sources:
  one: {title: One, publisher: One, published: 2024-02-01}
  two: {title: Two, publisher: Two, published: 2024-02-02}
"""


@pytest.fixture
def talks(tmp_path: Path) -> Ledger:
    path = tmp_path / "m.yaml"
    path.write_text(TALKS, encoding="utf-8")
    return load(path)


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


def test_corrected_for_chance_by_either(talks: Ledger) -> None:
    """They are + + −, and + − −: π has half of all for, chance 1/2; κ has 2/3 · 1/3 twice, chance 4/9."""
    for corrected, expected in (("scott", 1 - (1 / 3) / (1 / 2)), ("cohen", 1 - (1 / 3) / (5 / 9))):
        (first, *_) = align(talks, as_of="2024-06", corrected=corrected)
        assert round(expected, 4) == first.corrected


def test_the_whole_scale(talks: Ledger) -> None:
    (first, *_) = align(talks, as_of="2024-06", levels="scale", min_shared=4)
    assert ("a", "b", 4, 0.75 + 0 + 0.75 + 0.5, 2.0, None) == (*first[:1], first.other, *first[4:7], first.by_degrees)


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


def test_the_range_without_any_one_source(talks: Ledger, tmp_path: Path) -> None:
    """Without `one`, little is left; without `two`, a says nothing of q, and c does not contradict itself on r."""
    answer = align(talks, as_of="2024-06", min_shared=2, sensitivity=True)
    spreads = {(pair.actor, pair.other): pair.spread for pair in answer}
    assert all(spread is not None and ("one",) == spread.refused[:1] for spread in spreads.values())
    spread = spreads["a", "b"]
    assert spread is not None
    assert (0.6667, 1.0, "two", 1.0) == (spread.low, spread.high, spread.source, spread.without)
    assert ["one", "two"] == [mover.source for mover in answer.sources]
    for source in ("one", "two"):
        left = align(load(tmp_path / "m.yaml", without=[source]), as_of="2024-06", min_shared=2)
        shares = {(pair.actor, pair.other): pair.share for pair in left}
        for names, moves in spreads.items():
            share = shares.get(names)
            assert moves is not None
            assert (share is None) == (source in moves.refused)
            assert share is None or moves.low <= share <= moves.high


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"levels": "binry"}, "no levels 'binry'"),
        ({"min_shared": 0}, "cannot be 0"),
        ({"corrected": "scot"}, "cannot be corrected by 'scot'"),
        ({"actor": "Cup", "kind": "state"}, "Cup is none of the actors to whom the question is narrowed"),
    ],
)
def test_what_cannot_be_asked(talks: Ledger, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        align(talks, as_of="2024-06", **options)  # type: ignore[arg-type]


def test_nothing_to_compare() -> None:
    for ledger in (ledger_of([]), ledger_of([stance("supports", "2024-01-01")])):
        answer = align(ledger, as_of="2024-06", sensitivity=True, explain=True)
        assert (0, 0, 0, 0) == (len(answer), answer.enough, answer.none, answer.asked_pairs)


drawn = st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("pq")), st.sampled_from(POSITIONS), max_size=4)


@settings(max_examples=40)
@given(drawn, st.sampled_from(["binary", "scale"]))
def test_laws(said: dict[tuple[str, str], str], levels: str) -> None:
    ledger = ledger_of([stance(word, "2024-01-01", actor=actor, proposal=key) for (actor, key), word in said.items()])
    answer = align(ledger, as_of="2024-06", levels=levels, min_shared=1)
    for pair in answer:
        assert pair.agreement is not None
        assert pair.conflict is not None
        assert pair.agreement + pair.conflict == pair.shared
        assert pair.share == round(pair.agreement / pair.shared, 4)
    assert answer.enough + answer.too_few + answer.none == answer.asked_pairs
    sides = [align(ledger, actor, as_of="2024-06", levels=levels, min_shared=1) for actor in "ab"]
    assert [pair[4:-1] for pair in sides[0]] == [pair[4:-1] for pair in sides[1]] == [pair[4:-1] for pair in answer]


def test_many_actors_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text(model_text(7500), encoding="utf-8")
    ledger = load(path)
    started = time.monotonic()
    answer = align(ledger, as_of="2026")
    assert time.monotonic() - started < 5
    assert answer.asked_pairs > 50_000
