"""Editions: a model as it was known by each day on which something was published, a ledger for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.dates import OPEN, day_of, last_day
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.filters import Filters
from actorgraph.ledger.store import Ledger, opened, read_sound
from actorgraph.model.kinds import STATEMENTS
from actorgraph.model.paths import model_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from actorgraph.model.records import Model

_MOST_EDITIONS: Final = 40
"""How many editions of a model are opened at once."""

_MOST_STATEMENTS: Final = 5000
"""How many stances and commitments a model may have whose earlier editions are opened, too."""


def editions(path: str | Path, *, known_by: str | date | None = None, cache: bool = False) -> tuple[Ledger, ...]:
    """Return a model's ledgers as of each day on which a source of it was published, oldest first.

    For any day K the ledger of the latest such day up to K is what one could have known by K; before the first,
    nothing. A model of more than 40 such days, or of more than 5,000 stances and commitments, has its last edition
    alone: each is a whole ledger. The model is read once.

    Args:
        path: A YAML file, a folder of them, or a folder in which `graphs` holds the only model.
        known_by: Leave out what was published after that day; a partial date means its last day.
        cache: Use a ledger that was kept in the user's cache folder while it is fresh, and leave a new one there.

    Returns:
        The ledgers. Each knows what had been published by its day; the last is what `load` gives.

    Raises:
        ModelError: The model has errors; it holds every problem.
        UsageProblem: A bad date.

    >>> [(edition.known_by, edition.latest_source) for edition in editions("examples/minimal.yaml")]
    [('2025-11-20', '2025-11-20'), ('2025-12-05', '2025-12-05'), ('2026-01-16', '2026-01-16'), (None, '2026-02-01')]
    """
    path = model_at(str(path))
    last, model = opened(path, OPEN if known_by is None else day_of(known_by), cache=cache)
    return _with_earlier(last, lambda: model or read_sound(path)[0])


def editions_of(model: Model, *, known_by: str | date | None = None) -> tuple[Ledger, ...]:
    """Return what `editions` does, of a model that has been read already. Raises `UsageProblem` for a bad date."""
    from actorgraph.ledger.tables import build

    day = OPEN if known_by is None else day_of(known_by)
    with no_garbage_collection():
        last = Ledger(build(model, Filters(day)))
    return _with_earlier(last, lambda: model)


def _with_earlier(last: Ledger, model: Callable[[], Model]) -> tuple[Ledger, ...]:
    """Return a ledger after those of what was known by earlier days; the model is asked for only if there are any."""
    days = sorted({last_day(source.body["published"]) for source in last.things("source")})
    marks = ", ".join("?" * len(STATEMENTS))
    ((statements,),) = last.rows(f"SELECT COUNT(*) FROM things WHERE type IN ({marks})", STATEMENTS)
    if not 1 < len(days) <= _MOST_EDITIONS or statements > _MOST_STATEMENTS:
        return (last,)
    from actorgraph.ledger.tables import build

    with no_garbage_collection():
        read = model()
        return (*(Ledger(build(read, Filters(day))) for day in days[:-1]), last)
