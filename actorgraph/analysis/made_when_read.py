"""What of an answer is made when somebody reads it, since there can be millions: its items, and what these rest on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_Item = TypeVar("_Item")


class MadeWhenRead(Sequence[_Item]):
    """Items of an answer, made when somebody reads them: equal to a tuple of the same, or to as late ones."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (type(self), tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return len(self)

    def __repr__(self) -> str:
        return repr(tuple(self))


class UnreadRecords:
    """The ids of the records behind something, worked out when somebody reads them.

    >>> UnreadRecords(lambda: ("r1", "r2")).records
    ('r1', 'r2')
    """

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], tuple[str, ...]]) -> None:
        self._read = read

    @property
    def records(self) -> tuple[str, ...]:
        """The ids, by proposal."""
        return self._read()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnreadRecords) and self.records == other.records

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[type[UnreadRecords], tuple[Callable[[], tuple[str, ...]]]]:
        return UnreadRecords, (partial(tuple, self.records),)


class OnRecords:
    """Beside a named tuple whose last field is `behind`: has its `records`, and shows them in its place."""

    __slots__ = ()

    behind: UnreadRecords

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records behind it, by proposal."""
        return self.behind.records

    def _asdict(self) -> dict[str, Any]:
        """Return its fields by name, in the order in which answers have them."""
        fields: tuple[str, ...] = cast("Any", self)._fields
        return {name: getattr(self, name) for name in (*fields[:-1], "records")}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"
