"""Editions: a model as it was known by each day on which a source of a position was published, a ledger for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.dates import last_day
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.filters import limited
from actorgraph.ledger.load import and_without, opened_ledger, read_sound
from actorgraph.ledger.store import Ledger
from actorgraph.model.kinds import STATEMENTS
from actorgraph.model.paths import model_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Unpack

    from actorgraph.ledger.filters import Limits
    from actorgraph.model.model import Model

MOST_EDITIONS: Final = 40
"""How many editions of a model are opened at once."""

MOST_STATEMENTS: Final = 5000
"""How many stances and commitments a model may have whose earlier editions are opened, too."""


def editions(path: str | Path, *, cache: bool = False, **limits: Unpack[Limits]) -> tuple[Ledger, ...]:
    """Return a model's ledgers as of each day on which a source of its positions was published, oldest first.

    For any day K the ledger of the latest such day up to K has the positions that one could have known by K; before
    the first, none. Sources of relations and events alone make no day of their own. A model of more than 40 such days,
    or of more than 5,000 stances and commitments, has its last edition alone: each is a whole ledger. The model is
    read once.

    Args:
        path: A YAML file, a folder of them, or a folder in which `graphs` holds the only model.
        cache: Use a ledger that was kept in the user's cache folder while it is fresh, and leave a new one there.
        limits: Which evidence counts: see `Limits`.

    Returns:
        The ledgers. Each knows what had been published by its day; the last is what `load` gives.

    Raises:
        ModelError: The model has errors; it holds every problem.
        UsageProblem: A bad date or grade, an unknown source, or a folder of holdings.

    >>> [(edition.known_by, edition.latest_source) for edition in editions("examples/minimal.yaml")]
    [('2025-11-20', '2025-11-20'), ('2025-12-05', '2025-12-05'), ('2026-01-16', '2026-01-16'), (None, '2026-02-01')]
    """
    path = model_at(str(path))
    last, model = opened_ledger(path, *limited(limits), cache=cache)
    return with_earlier(last, lambda: model or read_sound(path)[0])


def editions_of(model: Model, **limits: Unpack[Limits]) -> tuple[Ledger, ...]:
    """Return what `editions` does, of a model that has been read already.

    Raises `UsageProblem` for a bad date or grade, and for an unknown source.
    """
    from actorgraph.ledger.tables import build

    filters, names = limited(limits)
    filters = and_without(filters, names, model)
    with no_garbage_collection():
        last = Ledger(build(model, filters))
    return with_earlier(last, lambda: model)


def too_many_editions(ledger: Ledger) -> bool:
    """Whether a ledger has more editions, or more in each, than are opened at once."""
    ((statements,),) = ledger.rows("SELECT COUNT(*) FROM records")
    return statements > MOST_STATEMENTS or len(_days(ledger)) > MOST_EDITIONS


def _days(ledger: Ledger) -> list[int]:
    """Return the days on which a source of a position was published, oldest first."""
    return sorted({last_day(ledger.sources[source].published) for source in _bearing(ledger)})


def _bearing(ledger: Ledger) -> set[str]:
    """Return the sources on which positions rest: those of what was said, and of the lives by which it is bounded."""
    things = ledger.things(*STATEMENTS, "actor", "proposal")
    return {evidence["source"] for thing in things for evidence in thing.body.get("evidence", ())}


def with_earlier(last: Ledger, model: Callable[[], Model]) -> tuple[Ledger, ...]:
    """Return a ledger after those of what was known by earlier days; the model is asked for only if there are any.

    Of a ledger in which nothing is inferred, nothing is in those.
    """
    days = () if too_many_editions(last) else _days(last)
    if len(days) < 2:
        return (last,)
    from actorgraph.ledger.tables import build

    with no_garbage_collection():
        read = model()
        earlier = [last.filters._replace(known_by=day) for day in days[:-1]]
        before = [build(read, filters, left_out=last.without, infer=last.infers) for filters in earlier]
        return (*map(Ledger, before), last)
