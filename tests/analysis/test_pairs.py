"""Pairs: how far two agree, in numbers, and how far these rest on one source."""

from pathlib import Path

import pytest
from builders import ledger_of, records, stance
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from actorgraph.analysis import pairs
from actorgraph.analysis.align import align
from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.model.records import Stance
from actorgraph.vocabulary import POSITIONS


def test_corrected_for_chance_by_either(talks: Ledger) -> None:
    """They are + + −, and + − −: π has half of all for, chance 1/2; κ has 2/3 · 1/3 twice, chance 4/9."""
    for corrected, expected in (("scott", 1 - (1 / 3) / (1 / 2)), ("cohen", 1 - (1 / 3) / (5 / 9))):
        (first, *_) = align(talks, as_of="2024-06", corrected=corrected)
        assert round(expected, 4) == first.corrected


def test_the_whole_scale(talks: Ledger) -> None:
    (first, *_) = align(talks, as_of="2024-06", levels="scale", min_shared=4)
    assert ("a", "b", 4, 0.75 + 0 + 0.75 + 0.5, 2.0, None) == (*first[:1], first.other, *first[4:7], first.by_degrees)


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


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 3, 0, 1)])
def test_of_two_sources_that_move_a_number_as_much_the_order_of_records_tells_nothing(order: tuple[int, ...]) -> None:
    """They agree on p by `late`, and part on q by `early`: without the one nothing is left of it, or all."""
    said = [
        stance("supports", "2024-01-01", "late", actor="a", proposal="p", id="r0"),
        stance("supports", "2024-01-01", "late", actor="b", proposal="p", id="r1"),
        stance("supports", "2024-01-01", "early", actor="a", proposal="q", id="r2"),
        stance("opposes", "2024-01-01", "early", actor="b", proposal="q", id="r3"),
    ]
    (pair,) = align(ledger_of([said[at] for at in order]), as_of="2024-06", min_shared=1, sensitivity=True)
    assert pair.spread is not None
    assert (0.0, 1.0, "early", 1.0) == (pair.spread.low, pair.spread.high, pair.spread.source, pair.spread.without)


drawn = st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("pq")), st.sampled_from(POSITIONS), max_size=4)


@examples(40)
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


@given(records(), st.sampled_from(["binary", "scale"]), st.sampled_from(["scott", "cohen"]), st.integers(1, 3))
def test_some_actors_at_a_time_have_the_numbers_of_all_at_once(
    said: list[Stance], levels: str, corrected: str, at_once: int
) -> None:
    asked = {"as_of": "2025-06", "levels": levels, "corrected": corrected, "min_shared": 2}
    ledger = ledger_of(said)
    whole = align(ledger, **asked)  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MOST_AT_ONCE", at_once)
        assert whole.pairs == align(ledger, **asked).pairs  # type: ignore[arg-type]
    for actor in ledger.names("actor"):
        of_one = align(ledger, actor, **asked)  # type: ignore[arg-type]
        with_actor = [pair for pair in whole if actor in (pair.actor, pair.other)]
        assert {frozenset((pair.actor, pair.other)): pair[4:-1] for pair in with_actor} == {
            frozenset((pair.actor, pair.other)): pair[4:-1] for pair in of_one
        }
