"""Where actors stand on a day, as far as they say it: what every measure of a day compares."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.questions.counting import ALTERNATIVES, CONTESTED, place_of
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.lines import actor_and_proposal, as_line, briefly, parsed
from actorgraph.questions.options import Narrowing, checked_options
from actorgraph.questions.rows import made, rows_of
from actorgraph.questions.sql import HOW_MANY_HAVE_A_STANCE, in_force
from actorgraph.questions.view import View
from actorgraph.vocabulary import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.lines import Line
    from actorgraph.questions.rows import Row
    from actorgraph.vocabulary import Track


class Taken:
    """A position that an actor takes on a proposal, and the rows that say so: several where conditions differ.

    Of what does not count, `position` is the reason. Two are equal that say the same by the same rows.
    """

    __slots__ = ("_line", "_records", "_rows", "_view", "position")
    _line: Line
    _view: View

    def __init__(self, position: str, rows: tuple[Row, ...]) -> None:
        self.position = position
        self._rows: tuple[Row, ...] | None = rows
        self._records: tuple[str, ...] | None = None

    @classmethod
    def by(cls, line: Line, record: str, view: View) -> Taken:
        """Return what a plain line of one record says: its row is made when somebody asks for it."""
        taken = cls(line.position, ())
        taken._rows, taken._records, taken._line, taken._view = None, (record,), line, view
        return taken

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that say so."""
        if self._rows is None:
            return tuple(made(parsed([self._line]), self._view.day, self._view.ledger.sources))
        return self._rows

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records behind it."""
        if self._records is not None:
            return self._records
        return tuple(dict.fromkeys(record for row in self.rows for record in row.records))

    @property
    def counts(self) -> bool:
        """Whether it is a position: neither contested nor alternatives."""
        return self.position in POSITIONS

    @property
    def conditional(self) -> bool:
        """Whether it depends on conditions in every report of it."""
        return self._rows is not None and all(row.conditions for row in self._rows)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Taken) and self.position == other.position and self.rows == other.rows
        )

    def __hash__(self) -> int:
        return hash(self.position)

    def __repr__(self) -> str:
        return f"Taken(position={self.position!r}, rows={self.rows!r})"


def is_plain(line: Line) -> bool:
    """Whether a line that is stated, and the only one on its track, is a row as it is: nothing in it is to be settled.

    >>> from actorgraph import load
    >>> from actorgraph.questions.lines import lines
    >>> [is_plain(line) for line in lines(load("examples/minimal.yaml"), "actor = ?", "town-council", stated=True)]
    [True]
    """
    return line.basis == "stated" and line.conditions is None and line.contest is None and line.amounts is None


def by_actor_and_proposal(lines: list[Line]) -> list[Line]:
    """Return lines sorted by actor and proposal, so that those of a track of stances stand together.

    They are sorted twice by what is there: keys of both would take as much memory again.
    """
    for name in ("proposal", "actor"):
        lines = sorted(lines, key=attrgetter(name))
    return lines


def taken_of(rows: Iterable[Row]) -> dict[tuple[str, str], Taken]:
    """Return where actors stand by the rows of stances that are in force on a day, by actor and proposal.

    What does not count is there too, as `contested` or `alternatives`.
    """
    by_track: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_track[row.actor, row.proposal].append(row)
    return {track: Taken(place_of(some), tuple(some)) for track, some in by_track.items()}


class Positions:
    """Where actors stand on a day: by actor and proposal the position that each has stated, certain and uncontested.

    `actors` are all that were asked about, those who state nothing among them, and `proposals` all on which anybody
    takes a position; both by id, sorted. `aside` are stances that do not count, by actor and proposal: they are
    `contested`, or `alternatives` under opposite conditions. What is only possible or only inferred is no stance here,
    and no record is not neutral.
    """

    def __init__(
        self,
        view: View,
        taken: Mapping[str, Mapping[str, Taken]],
        aside: Mapping[tuple[str, str], Taken],
    ) -> None:
        """Make them of what each actor takes, an empty mapping where it is silent, and of what does not count."""
        self.view = view
        self.actors = tuple(sorted(taken))
        self.taken = taken
        self.aside = aside

    @classmethod
    def of(cls, view: View, actors: Iterable[str], stances: Iterable[tuple[tuple[str, str], Taken]]) -> Positions:
        """Return the positions of actors, given where they stand by actor and proposal (see `taken_of`)."""
        taken: dict[str, dict[str, Taken]] = {actor: {} for actor in actors}
        aside = {}
        for (actor, proposal), stance in stances:
            if stance.counts:
                taken[actor][proposal] = stance
            else:
                aside[actor, proposal] = stance
        return cls(view, taken, aside)

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many stances do not count, by the reason."""
        reasons = Counter(stance.position for stance in self.aside.values())
        return ReadOnly({reason: reasons[reason] for reason in (CONTESTED, ALTERNATIVES)})

    @property
    def proposals(self) -> tuple[str, ...]:
        """The proposals on which anybody takes a position, by id, sorted."""
        return tuple(sorted({proposal for theirs in self.taken.values() for proposal in theirs}))

    @property
    def others(self) -> tuple[str, ...]:
        """The actors that take no position that counts: they may be contested, or have spoken in another way."""
        return tuple(actor for actor in self.actors if not self.taken[actor])

    @property
    def speaking(self) -> tuple[str, ...]:
        """The actors that take a position on some proposal."""
        return tuple(actor for actor in self.actors if self.taken[actor])

    def conditional(self, level_of: Mapping[str, int] | None = None) -> int:
        """Return how many of the positions depend on conditions; where not all count, of those that have a level."""
        every = (one for theirs in self.taken.values() for one in theirs.values())
        return sum(one.conditional for one in every if level_of is None or one.position in level_of)

    def __len__(self) -> int:
        """How many positions are taken."""
        return sum(map(len, self.taken.values()))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows behind all positions, by actor and proposal."""
        return tuple(
            row for actor in self.actors for _, taken in sorted(self.taken[actor].items()) for row in taken.rows
        )

    def on(self, proposals: Iterable[str]) -> Positions:
        """Return where the same actors stand on some proposals alone."""
        wanted = set(proposals)
        taken = {
            actor: {key: one for key, one in theirs.items() if key in wanted} for actor, theirs in self.taken.items()
        }
        aside = {track: one for track, one in self.aside.items() if track[1] in wanted}
        return Positions(self.view, taken, aside)

    def but(self, actor: str | None) -> Positions:
        """Return where all stand but one of the actors, by id; all of them where there is none."""
        taken = {key: theirs for key, theirs in self.taken.items() if key != actor}
        return Positions(self.view, taken, {track: one for track, one in self.aside.items() if track[0] != actor})

    def without_each_source(self) -> Iterator[tuple[str, Positions]]:
        """Yield each source that a stance cites, with the positions that the record takes without it.

        They are worked out again, as `load` with `without` would: an earlier stance may come to light.
        """
        stances = {
            **{(actor, key): one for actor, theirs in self.taken.items() for key, one in theirs.items()},
            **self.aside,
        }
        for source, moved in self.moved_without_each_source():
            left = {track: stance for track, stance in moved.items() if stance is not None}
            kept = {track: stance for track, stance in stances.items() if track not in moved}
            yield source, Positions.of(self.view, self.actors, {**kept, **left}.items())

    def moved_without_each_source(self) -> Iterator[tuple[str, dict[tuple[str, str], Taken | None]]]:
        """Yield each source that a stance cites, with where actors stand without it on what it reports of them.

        By actor and proposal it is what `taken_of` tells, None where no stance is left; elsewhere nothing changes.
        """
        from actorgraph.ledger.curated import Curated  # it imports pydantic
        from actorgraph.questions.sensitivity import rows_without_each

        admits, actors = self.view.selection.admits, set(self.actors)

        def is_asked_about(track: Track) -> bool:
            return track[0] == "stance" and track[1] in actors and admits(*track[1:])

        about = ("actor", self.actors) if len(self.actors) <= _FEW else None
        for source, tracks, rows in rows_without_each(self.view, Curated(self.view.ledger, about), is_asked_about):
            left = taken_of(rows)
            yield source, {track[1:]: left.get(track[1:]) for track in tracks}


_FEW: Final = 10
"""Of so many actors the statements are looked for; of more, all are read."""

MOST_CELLS: Final = 200_000_000
"""How many numbers a table may have, about 1.6 GB: above it, one plain sentence."""


def must_be_few(actors: int, proposals: int, *, levels: int = 2) -> None:
    """Raise `UsageProblem` where so many actors on so many proposals make tables that are too large to be held.

    >>> must_be_few(100, 1000)
    """
    if max(levels * actors * proposals, actors * actors) > MOST_CELLS:
        raise UsageProblem(
            f"{actors:,} actors and {proposals:,} proposals are too many to compare each with each; narrow the "
            "question with --kind, --group or --tag"
        )


def positions(ledger: Ledger, *, as_of: str | date, **options: Unpack[Narrowing]) -> Positions:
    """Return where actors stand on a day: what is stated, certain and uncontested.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        options: Under which assumptions, and to whom and what it is narrowed: see `Narrowing`.

    Raises:
        UsageProblem: An unknown condition, kind, group or tag, a bad date, or more actors and proposals than a measure
            of all of them can hold.

    >>> from actorgraph import load
    >>> stand = positions(load("examples/minimal.yaml"), as_of="2026-06")
    >>> {actor: {key: one.position for key, one in theirs.items()} for actor, theirs in stand.taken.items() if theirs}
    {'fishers-union': {'harbour': 'opposes'}, 'harbour-board': {'harbour': 'supports'}}
    >>> len(stand), stand.others, dict(stand.left_out)
    (2, ('olsen', 'town-council'), {'contested': 0, 'alternatives': 0})
    """
    checked_options(options, Narrowing)
    stated: Narrowing = {**options, "stated": True}
    view = View(ledger, as_of=as_of, **stated)
    with no_garbage_collection():
        if view.selection.is_whole:
            ((actors, proposals),) = ledger.rows(HOW_MANY_HAVE_A_STANCE, (view.day, view.day))
            must_be_few(actors, proposals)
        stances = (stance for table in ledger.parts() for stance in _stances(view, table))
        stand = Positions.of(view, asked_actors(view), stances)
        taken = {actor: dict(sorted(theirs.items())) for actor, theirs in stand.taken.items()}
        return Positions(view, taken, stand.aside)


def _stances(view: View, table: str) -> Iterator[tuple[tuple[str, str], Taken]]:
    """Yield where actors stand by a table, by actor and proposal: only few tracks have to be settled."""
    bare_lines, unread = briefly(
        view.ledger, in_force("kind = ?"), view.day, view.day, "stance", stated=True, table=table
    )
    admitted = [as_line(line) for line in bare_lines if view.selection.admits(*actor_and_proposal(line))]
    plain: list[Line] = []
    others: list[Line] = []
    for _, some in groupby(by_actor_and_proposal(admitted), key=attrgetter("actor", "proposal")):
        lines = list(some)
        (plain if len(lines) == 1 and is_plain(lines[0]) else others).extend(lines)
    for row in rows_of(plain, view.day, view.ledger, unread):
        yield (row.actor, row.proposal), Taken(row.position, (row,))
    yield from taken_of(view.settled(others, unread)).items()


def asked_actors(view: View) -> Iterator[str]:
    """Return the ids of the actors that are asked about."""
    return filter(view.selection.admits_actor, view.ledger.names("actor"))
