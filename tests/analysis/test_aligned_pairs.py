"""Pairs in the order of answers: those without a number are made when they are read."""

import pickle

import pytest

from actorgraph.analysis import pairs
from actorgraph.analysis.align import align
from actorgraph.analysis.aligned_pairs import AlignedPair
from actorgraph.ledger.store import Ledger


def test_pairs_without_a_number_are_made_when_they_are_read(talks: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str]] = []
    make = AlignedPair

    def noted(actor: str, *rest: object, **numbers: object) -> AlignedPair:
        made.append((actor, str(rest[1])))
        return make(actor, *rest, **numbers)  # type: ignore[arg-type]

    monkeypatch.setattr(pairs, "AlignedPair", noted)
    answer = align(talks, as_of="2024-06", min_shared=9)
    few, most_shared = len(answer), answer.pairs.most_shared
    assert (few, 0) == (answer.too_few, answer.enough)
    assert not made
    assert most_shared == max(pair.shared for pair in answer)
    assert sorted(made) == sorted((pair.actor, pair.other) for pair in answer)
    monkeypatch.undo()
    answer = align(talks, as_of="2024-06", min_shared=2)
    assert answer.pairs == pickle.loads(pickle.dumps(answer.pairs))  # noqa: S301 - it was made above
