"""Reading ahead: the next item is read while one is worked on, in order, and what goes wrong is told in its turn."""

from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest

from actorgraph.reading_ahead import reading_ahead


def test_the_next_item_is_read_by_another_thread_while_one_is_worked_on() -> None:
    second_is_read = Event()

    def items() -> Iterator[int]:
        assert current_thread() is not main_thread()
        yield 1
        second_is_read.set()
        yield 2

    ahead = reading_ahead(items())
    assert next(ahead) == 1
    assert second_is_read.wait(10)
    assert list(ahead) == [2]


def test_no_more_than_one_item_waits() -> None:
    read = []

    def items() -> Iterator[int]:
        for number in range(5):
            read.append(number)
            yield number

    ahead = reading_ahead(items())
    next(ahead)
    ahead.close()  # type: ignore[attr-defined]  # it is a generator
    assert read == [0, 1]


def test_what_reading_raises_is_raised_in_its_turn() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    ahead = reading_ahead(items())
    assert next(ahead) == 1
    with pytest.raises(OSError, match="gone"):
        next(ahead)
