"""What rests on records has their ids when somebody reads them, and shows them as if they had always been there."""

import pickle
from typing import Any, NamedTuple

from actorgraph.analysis.made_when_read import MadeWhenRead, OnRecords, UnreadRecords


class _Number(NamedTuple):
    number: int
    behind: UnreadRecords


class Number(OnRecords, _Number):
    """A number that rests on records."""

    __slots__ = ()


def test_records_are_read_when_somebody_asks() -> None:
    read = []

    def ids() -> tuple[str, ...]:
        read.append("once")
        return "r1", "r2"

    number = Number(1, UnreadRecords(ids))
    assert not read
    assert {"number": 1, "records": ("r1", "r2")} == number._asdict()
    assert "Number(number=1, records=('r1', 'r2'))" == repr(number)
    assert 2 == len(read)


def test_those_are_equal_that_rest_on_the_same() -> None:
    one, same, other = (UnreadRecords(lambda ids=ids: ids) for ids in (("r1",), ("r1",), ("r2",)))  # type: ignore[misc]
    assert one == same
    assert one != other
    assert {one} == {one, same}
    assert one == pickle.loads(pickle.dumps(one))  # noqa: S301 - it was made above


class Squares(MadeWhenRead[int]):
    """The first squares."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, at: Any) -> Any:
        return tuple(number * number for number in range(self.number))[at]


def test_items_that_are_made_when_read_are_equal_to_the_same_made_before() -> None:
    assert Squares(3) == Squares(3) == (0, 1, 4)
    assert Squares(3) != Squares(2)
    assert Squares(3) != [0, 1, 4]
    assert "(0, 1, 4)" == repr(Squares(3))
    assert {Squares(3)} == {Squares(3)}
