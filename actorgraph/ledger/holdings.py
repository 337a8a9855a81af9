"""Records to holdings: what the curated records amount to over time (possible, superseded, contested, corroborated).

A record is in force from the last day on which it could have been said until its own `until`, and it is possible from
the first such day on. A *track* is (kind, actor, proposal) and, for a commitment, its addressee. Of the records of a
track said by a day, with M the greatest of their first possible days, those stand that were possible on M or later:
supersession needs certainty. Everything that supersedes, contests or ends anything does so here, once; afterwards
`since <= D and D < until` is all there is to being in force, and `earliest <= D and D < since` to being possible.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from actorgraph.dates import LONG_AGO, OPEN, ends_on, first_day
from actorgraph.ledger.codec import Total
from actorgraph.ledger.intervals import Interval, common, shortest, without
from actorgraph.ledger.lives import lives
from actorgraph.vocabulary import EVERYBODY, compatible, widest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from actorgraph.ledger.codec import Ground
    from actorgraph.ledger.lives import Lifetime
    from actorgraph.model.model import Model
    from actorgraph.model.records import Commitment, Stance
    from actorgraph.vocabulary import Track


class Said(NamedTuple):
    """A record at work: in force from `day` until `until`, its own end or that of the life of what it is about.

    `earliest` is the first day on which it may have been said, `LONG_AGO` where nobody knows: then it is at no time
    possible, and supersedes nothing. `until_date` is the end as curated.
    """

    id: str
    earliest: int
    day: int
    until: int
    until_date: str | None
    position: str
    conditions: tuple[str, ...]
    record: Stance | Commitment

    @property
    def toward(self) -> tuple[str, ...]:
        """The addressees: everybody where it names none."""
        return self.record.toward or (EVERYBODY,)


class Holding(NamedTuple):
    """A position over an interval, with every record that amounts to it, oldest first.

    It is in force over the interval, and `earliest` is its start; or it is only possible, from `earliest` on until the
    interval, which is empty. `run` is the unbroken time in which the position is held under the same conditions,
    contested or not; the interval is that part of it in which the `contest` is the same. `said` and `totals` are those
    of the run. An inferred one has grounds: one for each stretch of time over which another chain leads to it.
    """

    kind: str
    actor: str
    proposal: str
    toward: tuple[str, ...]
    position: str
    earliest: int
    interval: Interval
    run: Interval
    conditions: tuple[str, ...]
    contest: str | None
    said: tuple[Said, ...]
    totals: tuple[Total, ...] = ()
    grounds: tuple[Ground, ...] = ()

    @property
    def since(self) -> int:
        """The day from which it is in force, inside."""
        return self.interval.since

    @property
    def until(self) -> int:
        """The day from which it no longer is, outside."""
        return self.interval.until

    @property
    def is_possible(self) -> bool:
        """Whether it is only possible."""
        return self.earliest < self.since


def holdings(model: Model) -> tuple[Holding, ...]:
    """Return every holding of a model, in force or only possible, sorted by track, since and position.

    >>> from actorgraph.model.loader import load_model
    >>> rows = holdings(load_model("examples/minimal.yaml"))
    >>> [(row.position, row.since, row.until) for row in rows if row.actor == "fishers-union"]
    [('neutral', 20251203, 20260115), ('opposes', 20260115, 99991231)]
    """
    bounds = lives(model)
    tracks: dict[Track, list[Said]] = defaultdict(list)
    for kind, records in spoken(model):
        for record in records:
            said = at_work(record, model.in_force_from(record), bounds.of(record.actor, record.proposal))
            tracks[kind, record.actor, record.proposal].append(said)
    return tuple(holding for track in sorted(tracks) for holding in of_track(track, tracks[track]))


def spoken(model: Model) -> tuple[tuple[str, tuple[Stance | Commitment, ...]], ...]:
    """Return the records that make holdings, by kind."""
    return ("stance", model.stances), ("commitment", model.commitments)


def at_work(record: Stance | Commitment, day: int, bounds: tuple[Lifetime, ...]) -> Said:
    """Return a record at work, given the day from which it counts and the lives of whom and what it is about."""
    earliest = min(max(first_day(record.date), *(life.possible_from for life in bounds)), day)
    until, until_date = ends_on(record.until), record.until
    for life in bounds:
        end = life.on_record
        if end.until < until:
            until, until_date = end.until, end.until_date
        elif end.until == until < OPEN:
            until_date = shortest((until_date, end.until_date))
    return Said(record.id, earliest, day, until, until_date, record.word, record.conditions, record)


def of_track(track: Track, records: Iterable[Said]) -> Iterator[Holding]:
    """Return the holdings of an actor on a proposal, toward anybody, whatever the order of its records.

    They are sorted by since, position, conditions and addressees. One toward several is one holding where it is the
    same toward all of them.
    """
    records = tuple(records)
    if len(records) == 1 and (alone := _alone(track, records[0])) is not None:  # as in most tracks
        return iter((alone,))
    by_addressee: dict[str, list[Said]] = defaultdict(list)
    for said in records:
        for addressee in said.toward:
            by_addressee[addressee].append(said)
    general = by_addressee.get(EVERYBODY, ())
    apart = [
        holding
        for addressee in sorted(by_addressee)
        for holding in _toward_one(
            (*track, (addressee,) if addressee else ()),
            by_addressee[addressee],
            general if addressee != EVERYBODY else (),
        )
    ]
    together = apart if len(by_addressee) == 1 else _together(apart)
    return iter(sorted(together, key=_order))


def _together(holdings: Iterable[Holding]) -> Iterable[Holding]:
    """Return holdings, those that are the same toward several, in runs of the same dates, as one toward all of them."""
    same: dict[tuple[object, ...], Holding] = {}
    for holding in holdings:
        key = (*holding[4:6], *holding.interval[:2], *holding[7:10], *(said.id for said in holding.said))
        first = same.setdefault(key, holding._replace(toward=()))
        interval = common(first.interval, holding.interval)  # whose dates may differ, where a contest begins in a run
        same[key] = first._replace(toward=(*first.toward, *holding.toward), interval=interval)
    return same.values()


_Toward: TypeAlias = "tuple[str, str, str, tuple[str, ...]]"
"""A track: kind, actor, proposal, and its one addressee if it has one."""


def _order(holding: Holding) -> tuple[object, ...]:
    said = [said.id for said in holding.said]
    return holding.since, holding.earliest, holding.position, holding.conditions, holding.toward, said


def _alone(track: Track, said: Said) -> Holding | None:
    """Return what the only record of a track amounts to, where it is certain from its first day on."""
    if said.until <= said.day or LONG_AGO < said.earliest < said.day:
        return None
    toward = tuple(sorted(filter(None, said.toward)))
    run = Interval(said.day, said.until, said.record.date, said.until_date)
    totals = () if said.record.amount is None else _totals(said.day, said.until, [said])
    return Holding(*track, toward, said.position, said.day, run, run, said.conditions, None, (said,), totals)


def _toward_one(track: _Toward, records: Sequence[Said], above: Sequence[Said]) -> Iterator[Holding]:
    """Yield the holdings of one track, given the records to everybody that supersede its own, too."""
    certain = tuple(in_runs(_pieces(track, records, above)))
    yield from certain
    for said in records:
        if said.earliest in (LONG_AGO, said.day):
            continue
        window = Interval(said.earliest, min(said.day, said.until), said.record.date, said.record.date)
        for since, until, *_ in without(window, _held(certain, said.position)):
            end = Interval(until, until, said.record.date, said.record.date)
            yield Holding(*track, said.position, since, end, end, said.conditions, None, (said,))


def _held(holdings: Iterable[Holding], position: str) -> list[Interval]:
    return [holding.interval for holding in holdings if holding.position == position]


def _pieces(track: _Toward, records: Sequence[Said], above: Sequence[Said]) -> Iterator[Holding]:
    """Yield the holdings of each stretch of time in which the same records of a track stand, in order of time."""
    own = {said.id for said in records}
    heard: dict[int, list[Said]] = defaultdict(list)
    for said in (*records, *above):
        heard[said.day].append(said)
    latest_begin, standing = LONG_AGO, list[Said]()
    for since, until in pairwise(sorted({*heard, *(said.until for said in records), OPEN})):
        heard_now, heard_next = heard.get(since, ()), heard.get(until, ())
        latest_begin = max([latest_begin, *(said.earliest for said in heard_now)])
        before = [*standing, *(said for said in heard_now if said.id in own)]
        standing = [said for said in before if said.day >= latest_begin and said.until > since]
        if standing:
            begun = [said.record.date for said in heard_now], _ends(before, since)
            ended = [said.record.date for said in heard_next], _ends(standing, until)
            yield from _stretch(track, (since, until), standing, begun, ended)


def _ends(records: Iterable[Said], day: int) -> list[str | None]:
    """Return the ends as curated of records that end on a day."""
    return [said.until_date for said in records if said.until == day]


_Dates: TypeAlias = "tuple[list[str], list[str | None]]"
"""The dates of what was said on a day, and of what ended on it."""


def _stretch(
    track: _Toward, days: tuple[int, int], standing: list[Said], begun: _Dates, ended: _Dates
) -> Iterator[Holding]:
    """Yield what records that stand together over some days amount to."""
    since, until = days
    groups = list(_groups(standing))
    for position, conditions, records in groups:
        rivals = [
            rival
            for other, on_conditions, others in groups
            if other != position and compatible(conditions, on_conditions)
            for rival in others
        ]
        said = _oldest_first(records)
        begins = [record.record.date for record in said if record.day == since]
        ends = (*ended[0], *_ends(said, until))
        interval = Interval(
            since, until, shortest(begins or (*begun[0], *begun[1])), shortest(ends if any(ends) else ended[1])
        )
        yield Holding(
            *track, position, since, interval, interval, conditions,
            _contest(records, rivals), said, _totals(since, until, said),
        )  # fmt: skip


def _groups(standing: list[Said]) -> Iterator[tuple[str, tuple[str, ...], list[Said]]]:
    """Yield what records that stand together amount to: a position, its conditions, the records that corroborate it.

    What they amount to depends on every condition that any of them reports; unless these cannot all be met, as `if` and
    `unless` of one condition: then only records with the same conditions corroborate each other.
    """
    if len(standing) == 1:  # as on most days
        yield standing[0].position, standing[0].conditions, standing
        return
    positions: dict[str, list[Said]] = defaultdict(list)
    for said in standing:
        positions[said.position].append(said)
    for position, agreeing in positions.items():
        conditions = {condition for said in agreeing for condition in said.conditions}
        if compatible(conditions, ()):
            yield position, tuple(sorted(conditions)), agreeing
            continue
        by_conditions: dict[tuple[str, ...], list[Said]] = defaultdict(list)
        for said in agreeing:
            by_conditions[said.conditions].append(said)
        for on_conditions, corroborating in by_conditions.items():
            yield position, on_conditions, corroborating


def _contest(records: Iterable[Said], rivals: Sequence[Said]) -> str | None:
    """Return what the record does not agree on with its rivals: `sources` where both speak of one day, else `order`."""
    if not rivals:
        return None
    days = {rival.day for rival in rivals if rival.earliest == rival.day}
    return "sources" if any(said.earliest == said.day and said.day in days for said in records) else "order"


def _totals(since: int, until: int, records: Sequence[Said]) -> tuple[Total, ...]:
    """Return the amount that records report together: the least to the most.

    It has no bounds where it is in several units, or open at both ends; nothing is told of it then (see `_is_told`).
    """
    amounts = [said.record.amount for said in records if said.record.amount is not None]
    if not amounts:
        return ()
    units = sorted({amount.unit for amount in amounts})
    if len(units) > 1:
        return (Total(since, until, None, None, " or ".join(units)),)
    at_least, at_most = (None if end is None else str(end) for end in widest(amount.bounds for amount in amounts))
    return (Total(since, until, at_least, at_most, units[0]),)


def _is_told(total: Total) -> bool:
    """Whether anything is known of a total; one of which nothing is replaces what stood before all the same."""
    return total.at_least is not None or total.at_most is not None


def in_runs(pieces: Iterable[Holding]) -> Iterator[Holding]:
    """Return the holdings that pieces of one track amount to, sorted by since and position.

    Pieces come in the order of time. Those of one position and the same conditions that follow each other without a
    gap are a run; those of a run that follow each other in the same contest, or in none, are one holding.
    """
    runs: dict[tuple[str, tuple[str, ...]], list[Holding]] = {}
    done: list[Holding] = []
    for piece in pieces:
        key = piece.position, piece.conditions
        run = runs.get(key)
        if run and run[-1].until == piece.since:
            run.append(piece)
        else:
            done.extend(_of_run(run or []))
            runs[key] = [piece]
    for run in runs.values():
        done.extend(_of_run(run))
    return iter(sorted(done, key=lambda holding: (holding.since, holding.position, holding.conditions)))


def _of_run(pieces: list[Holding]) -> Iterator[Holding]:
    """Yield the holdings of one run, one for each time in which its contest is the same.

    A record joins a run on the day on which it is said; where one joins later, because conditions that it could not
    share have gone, another holding begins, so that the one before does not show it.
    """
    if len(pieces) < 2:
        yield from (piece if all(map(_is_told, piece.totals)) else piece._replace(totals=()) for piece in pieces)
        return
    run = _spanned(pieces[0], pieces[-1])
    totals = tuple(filter(_is_told, _joined_totals(pieces)))
    grounds = _joined_grounds(ground for piece in pieces for ground in piece.grounds)
    said: dict[str, Said] = {}
    for part in _parts(pieces):
        said.update((record.id, record) for piece in part for record in piece.said)
        interval, heard = _spanned(part[0], part[-1]), _oldest_first(said.values())
        yield part[0]._replace(interval=interval, run=run, said=heard, totals=totals, grounds=grounds)


def _parts(pieces: list[Holding]) -> Iterator[list[Holding]]:
    """Yield the pieces of a run, those together of which one holding is made."""
    part: list[Holding] = []
    joined: set[str] = set()
    for piece in pieces:
        joins_late = not piece.grounds and any(said.day < piece.since and said.id not in joined for said in piece.said)
        if part and (joins_late or part[-1].contest != piece.contest):
            yield part
            part = []
        part.append(piece)
        joined.update(said.id for said in piece.said)
    yield part


def _spanned(first: Holding, last: Holding) -> Interval:
    begin, end = first.interval, last.interval
    return Interval(begin.since, end.until, begin.since_date, end.until_date)


def _joined_totals(pieces: Iterable[Holding]) -> tuple[Total, ...]:
    """Return the totals of a run: what was said later without an amount leaves that which stands.

    What was said on the same day leaves none: with the record that said how much, that is gone.
    """
    totals: list[Total] = []
    told_on = LONG_AGO
    for piece in pieces:
        last = totals[-1] if totals and totals[-1].until == piece.since else None
        if piece.totals:
            told_on = max(said.day for said in piece.said if said.record.amount is not None)
            new_total: Total | None = piece.totals[0]
        else:
            new_total = last if last is not None and any(said.day > told_on for said in piece.said) else None
        if last is not None and new_total is not None and last[2:] == new_total[2:]:
            totals[-1] = last._replace(until=piece.until)
        elif new_total is not None:
            totals.append(new_total)
    return tuple(totals)


def _joined_grounds(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return grounds that follow each other, one where the same chain goes on."""
    joined: list[Ground] = []
    for ground in grounds:
        last = joined[-1] if joined else None
        if last is not None and (last.steps, last.records) == (ground.steps, ground.records):
            joined[-1] = last._replace(until=ground.until)
        else:
            joined.append(ground)
    return tuple(joined)


def _oldest_first(said: Collection[Said]) -> tuple[Said, ...]:
    return tuple(said) if len(said) == 1 else tuple(sorted(said, key=lambda record: (record.day, record.id)))
