"""How far long work has come: what is told of every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and of how much (0: nobody knows)."""


def quiet(what: str, done: int, of: int) -> None:
    """Tell nobody."""
    del what, done, of
