"""What a record changes: what its actors hold on its proposal without it, and with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.dates import begun
from actorgraph.questions.cells import held, several
from actorgraph.questions.sql import OF_BOTH
from actorgraph.questions.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from actorgraph.ledger.store import Ledger
    from actorgraph.model.model import Model
    from actorgraph.questions.rows import Row

MOST_ACTORS: Final = 8
"""How many actors are printed one by one."""


def on_record(
    ledger: Ledger, actor: str, proposal: str, *, as_of: str | date, kinds: Sequence[str] = ("stance", "commitment")
) -> str:
    """Return what an actor holds on a proposal on a day, and since when, in words; empty where nothing is stated.

    >>> from actorgraph import load
    >>> on_record(load("examples/minimal.yaml"), "fishers-union", "harbour", as_of="2026-06")
    'opposes since 2026-01-15'
    """
    view = View(ledger, as_of=as_of, stated=True)
    rows = [row for row in view.rows(OF_BOTH, actor, proposal) if row.kind in kinds]
    ids = {key for row in rows for key in row.toward}
    names = {key: label.name for key, label in ledger.labels(ids, "actor").items()}
    return several(_since(row, held(row, lambda key: names[key])) for row in rows) if rows else ""


def _since(row: Row, position: str) -> str:
    """Return a position with since when it is held."""
    return f"{position}{',' if ',' in position else ''} {begun(row.since_date or str(row.since))}"


def effects(
    before: Ledger, model: Model, kind: str, actors: Sequence[str], proposal: str, *, today: str | date
) -> Iterator[str]:
    """Yield what a new record of some actors on a proposal makes of what they hold today, a line for each actor."""
    from actorgraph.ledger.store import Ledger as Opened
    from actorgraph.ledger.tables import build

    with Opened(build(model)) as after:
        names = after.labels(actors, "actor")
        for actor in actors[:MOST_ACTORS]:
            old, new = (on_record(ledger, actor, proposal, as_of=today, kinds=(kind,)) for ledger in (before, after))
            name = names[actor].name
            if old == new:
                yield f"changes nothing that is in force today: {name}, {new or 'no ' + kind}"
            else:
                yield f"changes: {name}, {old or 'no ' + kind} → {new or 'no ' + kind}"
    if len(actors) > MOST_ACTORS:
        yield f"… and {len(actors) - MOST_ACTORS} more actors"
