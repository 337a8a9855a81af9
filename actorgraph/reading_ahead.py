"""What comes next is read while somebody still works on what came before."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Item = TypeVar("_Item")


def reading_ahead(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items, each of which another thread has read while the one before was worked on.

    It helps where reading leaves Python alone, as an engine does that runs SQL: at most one item waits. What reading
    raises is raised here, in its turn.

    >>> list(reading_ahead(range(3)))
    [0, 1, 2]
    """
    source = iter(items)
    coming = _Coming(source)
    while (item := coming.item()) is not _NOTHING_LEFT:
        coming = _Coming(source)
        try:
            yield item
        finally:
            coming.join()


_NOTHING_LEFT: Final = object()


class _Coming(Thread):
    """A thread that reads one item."""

    def __init__(self, source: Iterator[Any]) -> None:
        super().__init__(daemon=True)
        self._source = source
        self._found: Any = None
        self._wrong: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Read it."""
        try:
            self._found = next(self._source, _NOTHING_LEFT)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the item is asked for
            self._wrong = error

    def item(self) -> Any:
        """Return the item, `_NOTHING_LEFT` where there was none any more. Raises what reading it raised."""
        self.join()
        if self._wrong is not None:
            raise self._wrong
        return self._found
