"""Memory: work that makes many objects and no cycles, done without the collector."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Loading and long answers make many objects and no cycles: without the collector they take half the time.

    What was made is old when the collector comes back, or it would go through all of it at once: a fifth of the time
    of a long diff (measured). Freezing and unfreezing makes it so, where nobody else has frozen anything.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
