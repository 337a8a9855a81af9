"""How many examples a law draws: fewer in `make test`, which is to be quick, than in `make test-thorough`."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import settings

EVERY_DAY: Final = 40
"""Examples of a law in `make test`."""

THOROUGH: Final = 100
"""Examples of a law in `make test-thorough`."""


def examples(most: int, **how: Any) -> settings:
    """Return the settings of a law whose examples take long: `most` where tests are thorough, else in proportion.

    >>> examples(12).max_examples in (4, 12)
    True
    """
    return settings(max_examples=max(1, most * settings().max_examples // THOROUGH), **how)
