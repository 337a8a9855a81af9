"""Memory: work that makes many objects and no cycles, done without the collector."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


_MUCH: Final = 100_000
"""How many objects are much to go through: some ten milliseconds."""


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Loading and long answers make many objects and no cycles: without the collector they take half the time.

    What was made, if it is much, is old when the collector comes back, or it would go through all of it at once: a
    fifth of the time of a long diff (measured). Freezing and unfreezing makes it so, where nobody else has frozen
    anything; to ask that takes time, too, so little work does not ask.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MUCH and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
