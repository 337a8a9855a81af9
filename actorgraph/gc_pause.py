"""Work that makes many objects and no cycles, done while garbage collection is switched off."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


_MANY: Final = 10_000
"""How many new objects are many: the collector would look at all of them, which takes a millisecond or more."""


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Loading and long answers make many objects and no cycles: without the collector they take half the time.

    When it is switched on again, its next run would look at every new object at once: a fifth of the time of a long
    diff (measured). So where there are many, they are first marked as old: `gc.freeze` and `gc.unfreeze` move all
    objects to the oldest generation, which is seldom looked at. That is left out where somebody else has frozen
    objects, which `unfreeze` would undo.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MANY and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
