"""All that is in force on a day, with the things that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.model.kinds import STATEMENTS, TYPES
from actorgraph.questions.cells import ASKED_COLUMNS, ROW_COLUMNS, row_cells
from actorgraph.questions.envelope import Answer
from actorgraph.questions.listing import Listing
from actorgraph.questions.options import narrowed_in_words
from actorgraph.questions.relations import TieRow, ties
from actorgraph.questions.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.options import Options
    from actorgraph.questions.rows import Row
    from actorgraph.questions.selection import Selection


@dataclass(frozen=True, repr=False)
class Snapshot(Listing["Row"]):
    """All that is in force on a day, with everything that it refers to by id.

    `things` are what the rows and ties name, by type and id, read when somebody asks for one. `narrowed` says to whom
    and what it was narrowed, in the words of the options: only they, and relations between them, are in it.
    """

    model: str
    title: str
    as_of: str
    known_by: str | None
    min_grade: str | None
    without: tuple[str, ...]
    assume: tuple[str, ...]
    stale_after: str | None
    latest_source: str | None
    rows: tuple[Row, ...]
    ties: tuple[TieRow, ...]
    things: Mapping[str, Mapping[str, Thing]] = field(hash=False)
    narrowed: tuple[str, ...] = ()

    LISTS = "rows"
    COLUMNS = ROW_COLUMNS
    SHOWN = Answer.SHOWN

    @property
    def subject(self) -> str:
        """The model and the day."""
        return f"{self.model}, as of {self.as_of}"

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each row."""
        asked = {name: getattr(self, name) for name in ASKED_COLUMNS}
        return ({**asked, **row_cells(row)} for row in self.rows)


def snapshot(
    ledger: Ledger,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Snapshot:
    """Return all holdings and relations in force on a day, and the things that they name, by type and id.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, what is marked, and to whom and what it is narrowed: see `Options`.

    Returns:
        What `to_graph` and `actor_graph` draw. Rows come as in `everything`, relations by actor, relation and target.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, or a bad date or length of time.

    >>> from actorgraph import load
    >>> len(snapshot(load("examples/minimal.yaml"), as_of="2026-06").rows)
    3
    """
    view = View(ledger, as_of=as_of, **options)
    rows = view.rows(later=True)
    selection = view.selection
    by_type = _ThingsByType(ledger, rows, selection)
    return Snapshot(
        model=ledger.model,
        title=ledger.title,
        as_of=view.date,
        known_by=ledger.known_by,
        min_grade=ledger.min_grade,
        without=tuple(ledger.without),
        assume=view.scenario.assumed,
        stale_after=view.stale_after,
        latest_source=ledger.latest_source,
        rows=rows,
        ties=tuple(tie for tie in ties(ledger, view.day) if all(map(selection.admits_actor, (tie.actor, tie.to)))),
        things=MappingProxyType({kind: _Things(by_type, kind) for kind in TYPES}),
        narrowed=narrowed_in_words(selection.asked),
    )


class _ThingsByType:
    """The things that rows name and the records that they rest on, by type and id: read when somebody asks for one."""

    def __init__(self, ledger: Ledger, rows: tuple[Row, ...], selection: Selection) -> None:
        self._ledger, self._rows, self._selection = ledger, rows, selection
        ledger.before_closing(self)

    def keep(self) -> None:
        """Read them."""
        for kind in TYPES:
            self.of_type(kind)

    def of_type(self, kind: str) -> Mapping[str, Thing]:
        """Return those of one type, by id."""
        return self._records[kind] if kind in STATEMENTS else self._things[kind]

    @cached_property
    def _things(self) -> Mapping[str, Mapping[str, Thing]]:
        things: dict[str, dict[str, Thing]] = {kind: {} for kind in TYPES}
        with no_garbage_collection():
            for thing in self._ledger.things(*(kind for kind in TYPES if kind not in STATEMENTS)):
                if _is_left(thing, self._selection):
                    things[thing.type][thing.id] = thing
        return things

    @cached_property
    def _records(self) -> Mapping[str, Mapping[str, Thing]]:
        records: dict[str, dict[str, Thing]] = {kind: {} for kind in STATEMENTS}
        with no_garbage_collection():
            ids = (record for row in self._rows for record in row.records)
            for thing in self._ledger.by_id(ids, *STATEMENTS).values():
                records[thing.type][thing.id] = thing
        return records


class _Things(Mapping[str, "Thing"]):
    """The things of one type that rows name, or the records of one type that they rest on, by id."""

    def __init__(self, by_type: _ThingsByType, kind: str) -> None:
        self._by_type, self._kind = by_type, kind

    def __getitem__(self, key: str) -> Thing:
        return self._by_type.of_type(self._kind)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_type.of_type(self._kind))

    def __len__(self) -> int:
        return len(self._by_type.of_type(self._kind))

    def __repr__(self) -> str:
        return repr(MappingProxyType(self._by_type.of_type(self._kind)))


def _is_left(thing: Thing, selection: Selection) -> bool:
    """Whether a thing is in a snapshot: an actor or a proposal only where it is left."""
    if thing.type == "actor":
        return selection.admits_actor(thing.id)
    return thing.type != "proposal" or selection.admits_proposal(thing.id)
