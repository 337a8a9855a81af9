"""Where actors stand on a day, as far as they say it: what every measure of a day compares."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.counting import ALTERNATIVES, CONTESTED, standings
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.view import View
from actorgraph.vocabulary import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Row


class Taken(NamedTuple):
    """A position that an actor takes on a proposal, and the rows that say so: several where conditions differ."""

    position: str
    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records behind it."""
        return tuple(dict.fromkeys(record for row in self.rows for record in row.records))

    @property
    def conditional(self) -> bool:
        """Whether it depends on conditions in every report of it."""
        return all(row.conditions for row in self.rows)


class Positions:
    """Where actors stand on a day: by actor and proposal the position that each has stated, certain and uncontested.

    `actors` are all that were asked about, those who state nothing among them, and `proposals` all on which anybody
    takes a position; both by id, sorted. `left_out` are numbers of stances that do not count, by the reason: they are
    `contested`, or `alternatives` under opposite conditions. What is only possible or only inferred is no stance here,
    and no record is not neutral.
    """

    def __init__(self, view: View, actors: Iterable[str], rows: Iterable[Row]) -> None:
        self.view = view
        self.actors = tuple(sorted(actors))
        by_track: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            by_track[row.actor, row.proposal].append(row)
        left_out = dict.fromkeys((CONTESTED, ALTERNATIVES), 0)
        taken: dict[str, dict[str, Taken]] = {actor: {} for actor in self.actors}
        for proposal, places in standings(row for track in by_track.values() for row in track).items():
            for actor, standing in places.items():
                if standing.place in POSITIONS:
                    taken[actor][proposal] = Taken(standing.place, tuple(by_track[actor, proposal]))
                elif standing.place in left_out:
                    left_out[standing.place] += 1
        self.taken: Mapping[str, Mapping[str, Taken]] = taken
        self.left_out: Mapping[str, int] = ReadOnly(left_out)
        self._by_track = by_track

    @property
    def proposals(self) -> tuple[str, ...]:
        """The proposals on which anybody takes a position, by id, sorted."""
        return tuple(sorted({proposal for theirs in self.taken.values() for proposal in theirs}))

    @property
    def silent(self) -> tuple[str, ...]:
        """The actors that take no position on any proposal."""
        return tuple(actor for actor in self.actors if not self.taken[actor])

    @property
    def speaking(self) -> tuple[str, ...]:
        """The actors that take a position on some proposal."""
        return tuple(actor for actor in self.actors if self.taken[actor])

    @property
    def conditional(self) -> int:
        """How many of the positions depend on conditions."""
        return sum(one.conditional for theirs in self.taken.values() for one in theirs.values())

    def __len__(self) -> int:
        """How many positions are taken."""
        return sum(map(len, self.taken.values()))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows behind all positions, by actor and proposal."""
        return tuple(
            row for actor in self.actors for _, taken in sorted(self.taken[actor].items()) for row in taken.rows
        )

    def without_each_source(self) -> Iterator[tuple[str, Positions]]:
        """Yield each source that a stance cites, with the positions that the record takes without it.

        They are worked out again, as `load` with `without` would: an earlier stance may come to light.
        """
        from actorgraph.ledger.curated import Curated  # it imports pydantic
        from actorgraph.questions.sensitivity import rows_without_each

        admits = self.view.selection.admits
        stances = {("stance", *track) for track in self._by_track}
        known = Curated(self.view.ledger)
        meant = rows_without_each(self.view, known, lambda track: track[0] == "stance" and admits(*track[1:]))
        for source, tracks, rows in meant:
            kept = [row for track in stances - set(tracks) for row in self._by_track[track[1:]]]
            yield source, Positions(self.view, self.actors, (*kept, *rows))


def positions(ledger: Ledger, *, as_of: str | date, **options: Unpack[Narrowing]) -> Positions:
    """Return where actors stand on a day: what is stated, certain and uncontested.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, or a bad date.

    >>> from actorgraph import load
    >>> stand = positions(load("examples/minimal.yaml"), as_of="2026-06")
    >>> {actor: {key: one.position for key, one in theirs.items()} for actor, theirs in stand.taken.items() if theirs}
    {'fishers-union': {'harbour': 'opposes'}, 'harbour-board': {'harbour': 'supports'}}
    >>> len(stand), stand.silent, dict(stand.left_out)
    (2, ('olsen', 'town-council'), {'contested': 0, 'alternatives': 0})
    """
    checked_options(options, Narrowing)
    stated: Narrowing = {**options, "stated": True}
    view = View(ledger, as_of=as_of, **stated)
    with no_garbage_collection():
        rows = view.rows("kind = ?", "stance")
        return Positions(view, filter(view.selection.admits_actor, ledger.names("actor")), rows)
