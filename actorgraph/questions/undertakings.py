"""Undertakings: what an actor pledged, allocated or delivered toward somebody, from its start to what became of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import OPEN, first_day, iso, number_of_day
from actorgraph.vocabulary import LADDER, UNDERTAKINGS, compatible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.questions.behind import Quantity
    from actorgraph.questions.rows import Row

DELIVERED: Final = "delivered"
STILL_OPEN: Final = "open"
WITHDRAWN: Final = "withdrawn"
LAPSED: Final = "lapsed"
ENDED: Final = "ended"
CONTESTED: Final = "contested"
POSSIBLE: Final = "possible"
OUTCOMES: Final = (DELIVERED, STILL_OPEN, WITHDRAWN, LAPSED, ENDED, CONTESTED, POSSIBLE)
"""What can have become of an undertaking."""

CERTAIN: Final = OUTCOMES[:5]
"""Those that are counted: the record agrees on them."""


class Reached(NamedTuple):
    """When a stage was reached: the date as curated, and the first and last day (ISO) that it can mean.

    `earliest` is None where nobody knows how early it was; `since`, the last one, is the day from which it is in force.
    `amount` is how much of it stood in the end, None where no record says.
    """

    stage: str
    date: str
    earliest: str | None
    since: str
    amount: Quantity | None = None


class Undertaking(NamedTuple):
    """What an actor undertook on a proposal toward somebody (None: everybody), as far as it has come by a day.

    It begins with the first of a pledge, an allocation or a delivery, and goes on until it is taken back or ends: what
    is pledged after that, or after a delivery, is another one. `steps` are the stages that it reached, in the order of
    the ladder, each by the first report of it, with the amount that stood last. Its `outcome` is that it was
    `delivered`; that it is still `open`; that it was `withdrawn`, when the actor no more than considers it; that it
    `lapsed` with the proposal, whose `fate` that is; that it `ended` on a date of its own; or that the record does not
    agree on it (`contested`) or is not certain of it (`possible`). `closed` is the first day on which it was withdrawn,
    lapsed or ended, `closed_date` as curated.

    `days_at_least` and `days_at_most` are from the pledge to the delivery, of an open one to the day asked about; None
    where there is no pledge on record, or where nobody knows how early it was. `conditions` are what it depends on now.
    """

    actor: str
    actor_name: str
    proposal: str
    proposal_title: str
    toward: str | None
    outcome: str
    fate: str | None
    steps: tuple[Reached, ...]
    closed: str | None
    closed_date: str | None
    days_at_least: int | None
    days_at_most: int | None
    conditions: tuple[str, ...]
    records: tuple[str, ...]

    def step(self, stage: str) -> Reached | None:
        """Return when a stage was reached, None where it was not."""
        return next((step for step in self.steps if step.stage == stage), None)

    @property
    def is_in_part(self) -> bool:
        """Whether what was delivered is less than what was pledged, or else allocated, however much each may be."""
        promised = next((step.amount for step in self.steps if step.amount and step.stage != "delivers"), None)
        delivered = self.step("delivers")
        if promised is None or delivered is None or delivered.amount is None:
            return False
        most, least = delivered.amount.at_most, promised.at_least
        return delivered.amount.unit == promised.unit and most is not None and least is not None and most < least


class Followed(NamedTuple):
    """An undertaking, and the rows behind it."""

    undertaking: Undertaking
    rows: list[Row]


class Spell(NamedTuple):
    """A line of the ledger of one commitment, with the row that it makes on the last of its days that counts."""

    since: int
    until: int
    is_possible: bool
    row: Row

    @property
    def rung(self) -> float:
        """How far up the ladder it is; a threat has left it."""
        return LADDER.get(self.row.position, -1)

    @property
    def is_undertaking(self) -> bool:
        """Whether it is a pledge or beyond."""
        return self.row.position in UNDERTAKINGS

    def is_on(self, day: int) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day < self.until

    @property
    def step(self) -> Reached:
        """When its stage was reached: what it said again, or contested in between, restarts no clock."""
        since = self.row.since or str(iso(self.since))
        dated = self.row.since_date or since
        first = first_day(dated)
        earliest = None if not first else min(str(iso(first)), since)
        return Reached(self.row.position, dated, earliest, since)


class Thread(NamedTuple):
    """What an actor said on a proposal toward somebody, in order of time; to everybody where it is None."""

    toward: str | None
    pieces: tuple[Spell, ...]


def threads_of(pieces: Iterable[Spell]) -> Iterator[Thread]:
    """Yield pieces by actor, proposal and addressee; what is said to everybody carries on what it puts an end to.

    It is no undertaking of its own then, unless it began before, or somebody is refused it later.
    """
    by_unit: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for piece in pieces:
        by_unit[piece.row.actor, piece.row.proposal].append(piece)
    for unit in sorted(by_unit):
        general = [piece for piece in by_unit[unit] if not piece.row.toward]
        addressees = sorted({actor for piece in by_unit[unit] for actor in piece.row.toward})
        taken: set[int] = set()
        for addressee in addressees:
            own = [piece for piece in by_unit[unit] if addressee in piece.row.toward]
            ends = {piece.until for piece in own if not piece.is_possible}
            first = min((piece.since for piece in general if piece.since in ends), default=OPEN)
            carried = [
                piece for piece in general if piece.since >= first and not any(mine.is_on(piece.since) for mine in own)
            ]
            is_excepted = any(first <= piece.since and not piece.is_undertaking for piece in own)
            if len(carried) == len(general) and not is_excepted:
                taken.update(map(id, carried))
            yield Thread(addressee, _by_time([*own, *carried]))
        if left := [piece for piece in general if id(piece) not in taken]:
            yield Thread(None, _by_time(left))


def _by_time(pieces: Iterable[Spell]) -> tuple[Spell, ...]:
    return tuple(sorted(pieces, key=lambda piece: (piece.since, piece.rung, piece.until, piece.row.records)))


def undertakings_of(thread: Thread, day: int, ends: Mapping[str, tuple[int, str]]) -> Iterator[Followed]:
    """Yield the undertakings of a thread, oldest first, each with the rows behind it."""
    current: _Course | None = None
    said = [piece for piece in thread.pieces if not piece.is_possible]
    certain = [piece for piece in said if not piece.row.contested]
    unclear = [piece for piece in said if piece.row.contested and piece.is_undertaking]
    for piece in certain:
        if not piece.is_undertaking:
            if current is not None and not any(_is_alternative(other, piece) for other in certain):
                yield current.closed(piece, unclear)
                current = None
            continue
        if current is not None and not current.goes_on(piece, unclear):
            yield current.over(ends)
            current = None
        current = current or _Course(thread.toward, day)
        current.add(piece)
    now = [piece for piece in said if piece.row.contested and piece.is_on(day)]
    if current is None:
        yield from _uncertain(thread, day, now)
    elif now and not current.came_before(now):
        yield current.made(CONTESTED, also=[piece.row for piece in now])
    else:
        yield current.over(ends)
        if now:
            yield from _uncertain(thread, day, now)


def _is_alternative(other: Spell, piece: Spell) -> bool:
    """Whether what is undertaken stands beside a refusal, on other conditions; a rule ends with an exception to it."""
    is_general = not other.row.toward
    return other.is_undertaking and other.is_on(piece.since) and is_general == (not piece.row.toward)


def _uncertain(thread: Thread, day: int, contested: Sequence[Spell]) -> Iterator[Followed]:
    """Yield the undertaking of a thread in which no certain one is under way, if there is one.

    It is made of what is `contested` on the day, where anything is, else of what is only possible.
    """
    some = contested or [piece for piece in thread.pieces if piece.is_possible]
    course = _Course(thread.toward, day)
    undertaken = [piece for piece in some if piece.is_undertaking]
    for piece in undertaken:
        course.add(piece)
    if undertaken:
        yield course.made(CONTESTED if contested else POSSIBLE, also=[piece.row for piece in contested])


class _Course:
    """An undertaking in the making, as far as it has come by a day."""

    def __init__(self, toward: str | None, day: int) -> None:
        self.toward = toward
        self.day = day
        self.pieces: list[Spell] = []

    def add(self, piece: Spell) -> None:
        """Add a piece that belongs to it."""
        self.pieces.append(piece)

    @property
    def _until(self) -> int:
        return max(piece.until for piece in self.pieces)

    @property
    def _has_delivered(self) -> bool:
        return any(piece.row.position == "delivers" for piece in self.pieces)

    def goes_on(self, piece: Spell, unclear: Iterable[Spell]) -> bool:
        """Whether a further piece belongs to it: without a gap but for contests, and no pledge after a delivery."""
        return not self.came_before([piece]) and piece.since <= self._reaches(unclear)

    def came_before(self, pieces: Iterable[Spell]) -> bool:
        """Whether it was delivered before some pieces, none of which says again that it is."""
        delivered = min((piece.since for piece in self.pieces if piece.row.position == "delivers"), default=OPEN)
        return all(piece.row.position != "delivers" and piece.since > delivered for piece in pieces)

    def _reaches(self, unclear: Iterable[Spell]) -> int:
        """Return the first day on which nothing of it holds, nor is contested."""
        until = self._until
        for other in sorted(unclear, key=lambda undertaking: undertaking.since):
            if other.since <= until:
                until = max(until, other.until)
        return until

    def closed(self, by: Spell, unclear: Iterable[Spell]) -> Followed:
        """Return it as it ended by a piece that is below a pledge: a delivery is undone by a refusal alone."""
        if self._has_delivered and by.row.position == "considers":
            return self.made(DELIVERED)
        if by.since > self._reaches(unclear):  # it had ended before
            return self.made(DELIVERED) if self._has_delivered else self.made(ENDED, closed=self._end)
        return self.made(WITHDRAWN, closed=(by.step.since, by.step.date), also=[by.row])

    def over(self, ends: Mapping[str, tuple[int, str]]) -> Followed:
        """Return it as nothing that was said later puts an end to it."""
        if self._has_delivered:
            return self.made(DELIVERED)
        if self._until > self.day:
            return self.made(STILL_OPEN)
        end, fate = ends.get(self.pieces[0].row.proposal, (OPEN, None))
        if self._until == end:
            return self.made(LAPSED, closed=self._end, fate=fate)
        return self.made(ENDED, closed=self._end)

    @property
    def _end(self) -> tuple[str, str]:
        """The first day on which nothing of it held any more, and its date as curated."""
        last = max(self.pieces, key=lambda piece: piece.until)
        day = str(iso(last.until))
        return day, last.row.until_date or day

    @property
    def _conditions(self) -> tuple[str, ...]:
        """What it depends on now: not on a condition with which, and without which, it is under way."""
        conditions = [set(piece.row.conditions) for piece in self.pieces if piece.is_on(self.day)]
        if len(conditions) == 2:
            shared = conditions[0] & conditions[1]
            apart, against = (some - shared for some in conditions)
            if len(apart) == len(against) == 1 and not compatible(apart, against):
                return tuple(sorted(shared))
        return self.pieces[-1].row.conditions

    def made(
        self,
        outcome: str,
        *,
        closed: tuple[str | None, str | None] = (None, None),
        fate: str | None = None,
        also: Sequence[Row] = (),
    ) -> Followed:
        """Return it with what became of it, and the rows behind it; `also` are those of what put an end to it."""
        rows = list(dict.fromkeys([*(piece.row for piece in self.pieces), *also]))
        first: dict[str, Reached] = {}
        for piece in self.pieces:
            first.setdefault(piece.row.position, piece.step)
        amounts = {piece.row.position: piece.row.amount for piece in self.pieces if piece.row.amount is not None}
        steps = tuple(first[stage]._replace(amount=amounts.get(stage)) for stage in LADDER if stage in first)
        last = self.pieces[-1].row
        days = _days(first, outcome, self.day)
        undertaking = Undertaking(
            actor=last.actor,
            actor_name=last.actor_name,
            proposal=last.proposal,
            proposal_title=last.proposal_title,
            toward=self.toward,
            outcome=outcome,
            fate=fate,
            steps=steps,
            closed=closed[0],
            closed_date=closed[1],
            days_at_least=days[0],
            days_at_most=days[1],
            conditions=self._conditions if outcome == STILL_OPEN else (),
            records=tuple(dict.fromkeys(record for row in rows for record in row.records)),
        )
        return Followed(undertaking, rows)


def _days(steps: Mapping[str, Reached], outcome: str, day: int) -> tuple[int | None, int | None]:
    """Return how many days lie between a pledge and its delivery, or the day asked about: at least, and at most."""
    begun = steps.get("pledges")
    if begun is None or outcome not in (DELIVERED, STILL_OPEN):
        return None, None
    if outcome == STILL_OPEN:
        now = str(iso(day))
        until = Reached("", now, now, now)
    else:
        until = steps["delivers"]
    first, last = (None if text is None else number_of_day(text) for text in (begun.earliest, until.earliest))
    least = 0 if last is None else max(0, last - number_of_day(begun.since))
    return least, None if first is None else number_of_day(until.since) - first
