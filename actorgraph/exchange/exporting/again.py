"""The command that makes a file again, on whichever day it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.pasting import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.exchange.formats import Request


def command_again(asked: Request, form: str, targets: Iterable[str], **own: str | None) -> str:
    """Return the command by which a format about these targets was asked for, with its own options, and its day."""
    options = {
        "--model": asked.model,
        "--as-of": asked.day,
        **{f"--{name}": value for name, value in own.items()},
        "--known-by": asked.known_by,
        "--min-grade": asked.min_grade,
        "--stale-after": asked.stale_after,
    }
    words = ["actorgraph", "export", form, *targets]
    words += [word for name, value in options.items() if value is not None for word in (name, value)]
    words += [word for source in asked.without for word in ("--without", source)]
    words += [word for condition in asked.assume for word in ("--assume", condition)]
    return as_typed([*words, *(["--stated"] if asked.stated else [])])
