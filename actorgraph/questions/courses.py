"""What was held over time, unit by unit: the phases in which nothing about it changed."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.dates import LAST_DAY, OPEN
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.lines import lines, on_day, parsed
from actorgraph.questions.moments import turns, unit_of_line
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import Row, made
from actorgraph.questions.sql import EVER_IN_FORCE
from actorgraph.questions.view import View, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.changes import Unit
    from actorgraph.questions.lines import Line


class Phase(NamedTuple):
    """Days on which a unit had the same rows: `since` is inside, `until`, `OPEN` where there is no end, outside."""

    since: int
    until: int
    rows: tuple[Row, ...]


class Course(NamedTuple):
    """What an actor held on a proposal toward somebody over time, stated or inferred; its phases, oldest first."""

    unit: Unit
    toward: tuple[str, ...]
    phases: tuple[Phase, ...]


def courses(ledger: Ledger, **options: Unpack[Narrowing]) -> Iterator[Course]:
    """Yield what was ever held, by actor, proposal, kind and basis; both sides of what is contested.

    A phase ends where the position, its conditions, its contest or the records that it rests on change. A group is
    meant as of the end of time.

    >>> from actorgraph import load
    >>> for course in courses(load("examples/minimal.yaml")):
    ...     print(course.unit.actor, [(when.since, when.until, when.rows[0].position) for when in course.phases])
    fishers-union [(20251203, 20260115, 'neutral'), (20260115, 99991231, 'opposes')]
    harbour-board [(20260201, 99991231, 'pledges')]
    harbour-board [(20251120, 99991231, 'supports')]
    town-council [(20251203, 20260301, 'open')]
    """
    checked_options(options, Narrowing)
    view = View(ledger, as_of=LAST_DAY, **options)
    units: dict[Unit, list[Line]] = defaultdict(list)
    with no_garbage_collection():
        for line in lines(view.ledger, EVER_IN_FORCE, stated=view.stated):
            if view.selection.admits(line.actor, line.proposal):
                units[unit_of_line(line)].append(line)
        for unit in sorted(units, key=lambda unit: (unit.actor, unit.proposal, unit.kind, unit.basis != "stated")):
            yield from _of_unit(unit, units[unit], view)


def _of_unit(unit: Unit, of_unit: list[Line], view: View) -> Iterator[Course]:
    """Yield a unit's courses, one for each of those toward whom it was held."""
    days = turns(parsed(of_unit), view, every=True)
    phases: dict[tuple[str, ...], list[Phase]] = defaultdict(list)
    for since, until in pairwise([*days, OPEN]):
        rows = made(parsed(on_day(of_unit, since)), since, view.ledger.sources)
        by_addressee: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in settled(rows, view.scenario, since):
            by_addressee[row.toward].append(row)
        for toward, some in by_addressee.items():
            phases[toward].append(Phase(since, until, tuple(some)))
    yield from (Course(unit, toward, tuple(phases[toward])) for toward in sorted(phases))
