"""What rests on records has their ids when somebody reads them, and shows them as if they had always been there."""

import pickle
from typing import NamedTuple

from actorgraph.analysis.unread_records import OnRecords, UnreadRecords


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
