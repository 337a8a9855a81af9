"""A ledger on a day, under a scenario: where every question looks."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import before, iso, last_day
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.things import in_parts
from actorgraph.questions.about import NOBODY_ELSE, Head, Mentions, envelope
from actorgraph.questions.arguments import checked_ledger, checked_text
from actorgraph.questions.behind import FEW
from actorgraph.questions.descents import descents_in
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.envelope import Answer, Nearest
from actorgraph.questions.lines import (
    BASIS,
    SINCE,
    BareLine,
    LeftUnread,
    actor_and_proposal,
    briefly,
    lines,
    number_of,
    on_day,
)
from actorgraph.questions.lives import life_of
from actorgraph.questions.options import NARROWINGS, Options, checked_options
from actorgraph.questions.rows import Row, in_order, in_tracks, of_one_track, rows_of, stated_first
from actorgraph.questions.scenario import Scenario
from actorgraph.questions.selection import all_about
from actorgraph.questions.sql import OF_ACTOR, in_force, in_force_or_possible, of_proposals, possible
from actorgraph.vocabulary import compatible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.descents import Descents
    from actorgraph.questions.selection import Selection


class HeldThatDay(NamedTuple):
    """What is held on a day: the rows in force and those only possible, in order, and the lines that they come from."""

    rows: tuple[Row, ...]
    possible: tuple[Row, ...]
    lines: Sequence[BareLine]


class View:
    """A ledger on a day, under a scenario: where every question looks.

    `about` is the id of the proposal that is asked about, where one is: `parts` are its parts.
    Raises `UsageProblem` for a bad date, and for an option that is unknown or that names what is unknown.

    >>> from actorgraph import load
    >>> view = View(load("examples/minimal.yaml"), as_of="2026-06", assume=["state-loan"], stale_after="4mo")
    >>> [(row.actor, row.position, row.conditions, row.stale) for row in view.rows("actor = ?", "harbour-board")]
    [('harbour-board', 'supports', (), True), ('harbour-board', 'pledges', (), True)]
    """

    def __init__(
        self, ledger: Ledger, *, as_of: str | date, about: str | None = None, **options: Unpack[Options]
    ) -> None:
        checked_options(options, Options)
        self.ledger = checked_ledger(ledger)
        self.day = day_of(as_of)
        self.stated = options.get("stated", False)
        self.scenario = Scenario(ledger, options.get("assume", ()))
        self.stale_after = options.get("stale_after")
        if self.stale_after is not None:
            before(self.day, checked_text(self.stale_after, "a length of time, such as `18mo`,"))
        self.selection = _selected(self.ledger, self.day, options, about)

    @cached_property
    def descents(self) -> Descents:
        """The lines of descent of the model; most answers never ask."""
        return descents_in(self.ledger)

    def on(self, day: int) -> View:
        """Return the same view on another day; whom and what it is narrowed to stays as it is."""
        other = copy(self)
        other.day = day
        return other

    @property
    def date(self) -> str:
        """The day in ISO form."""
        return str(iso(self.day))

    def rows(
        self,
        where: str = "",
        *parameters: object,
        narrowed: bool = True,
        later: bool = False,
    ) -> tuple[Row, ...]:
        """Return the rows in force, in order, that a condition in SQL leaves, and what the question is narrowed to.

        With `later` what they rest on is read when somebody asks for it: most answers about all actors never do.
        """
        with no_garbage_collection():
            bare_lines, unread = self._read(in_force(where), self.day, self.day, *parameters, later=later)
            return self.settled(self._left(bare_lines, narrowed=narrowed), unread)

    def _read(
        self, where: str, *parameters: object, later: bool, table: str = "holdings"
    ) -> tuple[Sequence[BareLine], LeftUnread | None]:
        """Return the lines of a table that a condition leaves, and what reads later what was said in them.

        Few lines of a large table are read whole: nothing of a short answer is to be lost with a file that goes. In a
        part whose proposals have many, as a rule, they are not counted before.
        """
        asked: Any = {"stated": self.stated, "table": table}
        if later or self._may_be_many(where, *parameters, **asked):
            bare_lines, unread = briefly(self.ledger, where, *parameters, **asked)
            if later or len(bare_lines) >= FEW:
                return bare_lines, unread
        return lines(self.ledger, where, *parameters, **asked), None

    def _may_be_many(self, where: str, *parameters: object, stated: bool, table: str) -> bool:
        lines_each = self.ledger.lines_each(table)
        if lines_each is None:
            return False
        return lines_each >= FEW or number_of(self.ledger, where, *parameters, stated=stated, table=table) >= FEW

    def possible(self, where: str = "", *parameters: object) -> tuple[Row, ...]:
        """Return the rows that are only possible, in order, that a condition in SQL leaves, narrowed likewise.

        They are stated; what they depend on is settled, and nothing else: they beat and contest nothing.
        """
        return self._possible(lines(self.ledger, possible(where), self.day, self.day, *parameters, stated=True))

    def _possible(self, lines: Iterable[BareLine], unread: LeftUnread | None = None) -> tuple[Row, ...]:
        rows = rows_of(self._left(lines, narrowed=True), self.day, self.ledger, unread)
        return in_order(met(rows, self.scenario, self.day))

    def _left(self, lines: Iterable[BareLine], *, narrowed: bool) -> list[BareLine]:
        """Return the lines that the question is narrowed to."""
        if not narrowed or self.selection.is_whole:
            return list(lines)
        return [line for line in lines if self.selection.admits(*actor_and_proposal(line))]

    def held(
        self,
        where: str,
        *parameters: object,
        table: str = "holdings",
        narrowed: bool = True,
        later: bool = False,
    ) -> HeldThatDay:
        """Return what `rows` and what `possible` return of one condition, of which a table is asked but once."""
        with no_garbage_collection():
            days = [self.day] * 4
            bare_lines, unread = self._read(in_force_or_possible(where), *days, *parameters, later=later, table=table)
            certain = self._left(on_day(bare_lines, self.day), narrowed=narrowed)
            uncertain = [line for line in bare_lines if line[SINCE] > self.day and line[BASIS] == "stated"]
            return HeldThatDay(self.settled(certain, unread), self._possible(uncertain, unread), bare_lines)

    def held_about(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Return the rows in force, and those only possible, both in order, on what is asked about.

        That is the proposal and, with `parts`, its parts.
        """
        held = [
            self.held(of_proposals(len(some)), *some, table=self.ledger.part_on(some)) for some in self.asked_about()
        ]
        return _together([each.rows for each in held]), _together([each.possible for each in held])

    def rows_about(self) -> tuple[Row, ...]:
        """Return the rows in force, in order, on the proposal that is asked about, and with `parts` on its parts."""
        return self.held_about()[0]

    def asked_about(self) -> list[list[str]]:
        """Return the proposals that are asked about, as many at a time as one question to the tables takes."""
        return in_parts(self.selection.about)

    def concerning(self, target: Thing) -> list[tuple[str, list[str]]]:
        """Return conditions in SQL, each with its parameters: of an actor, or on the proposals that are asked about."""
        if target.type == "actor":
            return [(OF_ACTOR, [target.id])]
        return [(of_proposals(len(some)), some) for some in self.asked_about()]

    def overruled(self, where: str = "", *parameters: object) -> tuple[Row, ...]:
        """Return the rows that would be inferred but for something stated on their track, in order.

        Those among them that others make superfluous are there too (see `tersest`).
        """
        if self.stated:
            return ()
        overruled = lines(self.ledger, in_force(where), self.day, self.day, *parameters, table="overruled")
        rows = rows_of(overruled, self.day, self.ledger)
        return self._with_age(in_order(met(rows, self.scenario, self.day)))

    def settled(self, lines: Sequence[BareLine], unread: LeftUnread | None = None) -> tuple[Row, ...]:
        """Return the rows that lines make on the day, as far as the scenario leaves them, in order."""
        return self._with_age(settled(rows_of(lines, self.day, self.ledger, unread), self.scenario, self.day))

    def _with_age(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return rows marked as stale where they are."""
        if self.stale_after is None:
            return rows
        limit = before(self.day, self.stale_after)
        return tuple(row._replace(stale=True) if _latest(row, self.day) < limit else row for row in rows)

    def answer(
        self,
        query: Mapping[str, Any],
        rows: tuple[Row, ...],
        also: Mentions,
        *,
        against: tuple[Row, ...] = (),
        possible: tuple[Row, ...] = (),
        nearest: tuple[Nearest, ...] = (),
    ) -> Answer:
        """Return rows under the envelope of this view; `against` are those of the actor that they are against.

        What was stated comes first. Rows that only echo others of them are left out.
        """
        rows = stated_first(without_echoes(rows))
        life = None if also.target is None else life_of(self.ledger, also.target, self.day)
        also = also if life is None else also._replace(proposals=(*also.proposals, *life.succeeded_by))
        named = (*rows, *against, *possible, *(row for item in nearest for row in item.rows))
        head = self.envelope(query, named, also, many=len(named))
        return Answer(*head, rows, against, possible, life, nearest)

    def envelope(
        self,
        query: Mapping[str, Any],
        rows: Iterable[Row],
        also: Mentions = NOBODY_ELSE,
        *,
        many: int = 0,
    ) -> Head:
        """Return what an answer says of itself (see `about.envelope`).

        The query bears the options that leave rows out or mark them, where they were given.
        """
        stale = {} if self.stale_after is None else {"stale_after": self.stale_after}
        asked = {**query, **given(stated=self.stated), **stale, **self.selection.asked}
        also = also._replace(actors=(*also.actors, *self.selection.named))
        day, scenario = self.day, self.scenario
        return envelope(self.ledger, asked, rows, day=day, scenario=scenario, also=also, many=many)


def _together(parts: Sequence[tuple[Row, ...]]) -> tuple[Row, ...]:
    """Return rows that each are in order, in order."""
    return parts[0] if len(parts) == 1 else in_order(row for part in parts for row in part)


def target_of(ledger: Ledger, name: str | None) -> tuple[Thing | None, str | None]:
    """Return the actor or the proposal that a name asks about, if one does, and its id where it is a proposal.

    Raises `UsageProblem` for a name that nothing answers to, or several.
    """
    target = None if name is None else checked_ledger(ledger).resolve(name, "actor", "proposal")
    return target, target.id if target is not None and target.type == "proposal" else None


def _selected(ledger: Ledger, day: int, options: Options, about: str | None) -> Selection:
    if all(options.get(name) in (None, False) for name in NARROWINGS):
        return all_about(about)
    from actorgraph.questions.narrowing import select

    return select(ledger, day, options, about)


def given(**options: bool) -> dict[str, Any]:
    """Return what a query says of the switches that were given.

    >>> given(stated=True, all=False)
    {'stated': True}
    """
    return {name: True for name, on in options.items() if on}


def _latest(row: Row, day: int) -> int:
    """Return when the latest evidence for a row was published, by a day; when it was last said, if none was by then."""
    published = [when for when in (last_day(cited.published) for cited in row.evidence) if when <= day]
    return max(published, default=last_day(row.last_said) if row.last_said else 0)


def settled(rows: Iterable[Row], scenario: Scenario, day: int) -> tuple[Row, ...]:
    """Return what a scenario leaves of the rows of some tracks on a day, in order."""
    return tuple(chain.from_iterable(settled_tracks(in_tracks(rows), scenario, day)))


def settled_tracks(tracks: Iterable[tuple[Row, ...]], scenario: Scenario, day: int) -> Iterator[tuple[Row, ...]]:
    """Yield what a scenario leaves of the rows of each of some tracks on a day, in order: of some, nothing.

    A contest is over where no other position is left that can hold at once, and of inferred rows of one position those
    with the fewest conditions stay.
    """
    for track in tracks:
        first = track[0]
        if len(track) == 1 and not first.contested:  # as most are
            yield tuple(met(track, scenario, day)) if first.conditions else track
            continue
        left: Sequence[Row] = list(met(track, scenario, day)) if any(map(_conditions_of, track)) else track
        if any(map(_is_contested, left)) or (len(left) > 1 and any(row.basis != "stated" for row in left)):
            left = list(_left(left))
        yield tuple(of_one_track(left))


_conditions_of: Final = itemgetter(Row._fields.index("conditions"))
_is_contested: Final = itemgetter(Row._fields.index("contested"))


def met(rows: Iterable[Row], scenario: Scenario, day: int) -> Iterator[Row]:
    """Yield the rows whose conditions a scenario leaves open on a day, or has met, each on those that are left open."""
    for row in rows:
        left = scenario.settle(row.conditions, day) if row.conditions else ()
        if left is not None:
            yield row if left == row.conditions else row._replace(conditions=left)


def _left(track: Sequence[Row]) -> Iterator[Row]:
    left = tersest(track)
    for row in left:
        is_over = row.contested and not any(contests(other, row) for other in left)
        yield row._replace(contested=False, contest=None) if is_over else row


def tersest(track: Sequence[Row]) -> list[Row]:
    """Return rows of a track without what is inferred where another says it on fewer conditions, or more shortly."""
    return [row for row in track if row.basis == "stated" or not any(_makes_superfluous(other, row) for other in track)]


def contests(row: Row, other: Row) -> bool:
    """Whether two rows of a track are of different positions that can hold at once, toward the same."""
    same = row.toward == other.toward or not set(row.toward).isdisjoint(other.toward)
    return same and row.position != other.position and together(row, other)


def _makes_superfluous(row: Row, other: Row) -> bool:
    """Whether a row says what another one, which is inferred, says, on fewer conditions or by a shorter chain."""
    if row is other or row.position != other.position:
        return False
    if set(row.conditions) == set(other.conditions):
        return (len(row.because), row.records) < (len(other.because), other.records)
    return set(row.conditions) < set(other.conditions)


def together(row: Row, other: Row) -> bool:
    """Whether two rows can hold at once: neither depends on what must not hold for the other."""
    return compatible(row.conditions, other.conditions)
