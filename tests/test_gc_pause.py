"""The collector: as it was, after work that does without it."""

import gc

import pytest

from actorgraph.gc_pause import no_garbage_collection


def test_the_collector_comes_back_as_it_was() -> None:
    assert gc.isenabled()
    with no_garbage_collection():
        assert not gc.isenabled()
        with no_garbage_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), no_garbage_collection():
        raise KeyError
    assert gc.isenabled()


def test_what_others_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with no_garbage_collection():
            many = [[number] for number in range(200_000)]
        assert len(many) == 200_000
        assert gc.get_freeze_count() > frozen // 2, "a few may have gone by themselves"
    finally:
        gc.unfreeze()


def test_nothing_is_left_frozen() -> None:
    with no_garbage_collection():
        many = [[number] for number in range(200_000)]
    assert len(many) == 200_000
    assert 0 == gc.get_freeze_count()
