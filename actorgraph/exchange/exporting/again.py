"""The command that makes a file again, on whichever day it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.pasting import as_typed, options_as_typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.exchange.formats import Request


def command_again(asked: Request, form: str, targets: Iterable[str], **own: str | None) -> str:
    """Return the command by which a format about these targets was asked for, with its own options, and its day."""
    options = {
        "model": asked.model,
        "as-of": asked.day,
        **own,
        "known-by": asked.known_by,
        "min-grade": asked.min_grade,
        "stale-after": asked.stale_after,
        "without": asked.without,
        "assume": asked.assume,
        "stated": asked.stated,
    }
    return as_typed(["actorgraph", "export", form, *targets, *options_as_typed(options)])
