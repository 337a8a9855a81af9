"""What comes next is read while somebody still works on what came before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

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
    source, nothing_left = iter(items), object()
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, source, nothing_left)
        while (item := coming.result()) is not nothing_left:
            coming = reader.submit(next, source, nothing_left)
            yield item  # type: ignore[misc]  # it is no item that is not there
