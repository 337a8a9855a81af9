"""Records to holdings: what the curated records amount to over time (contest, corroboration).

A *track* is (kind, actor, proposal). Within a track a record is in force from the last day on which it could have
been said until its own `until`, or until the next strictly later record of the track, whichever comes first.
Everything that supersedes anything does so here, once; afterwards `since <= D and D < until` is all there is to
being in force.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from actorgraph.dates import OPEN, ends_on, in_force_from, last_day
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.ledger.codec import Ground
    from actorgraph.model.records import Commitment, Model, Stance
    from actorgraph.vocabulary import Track


class Said(NamedTuple):
    """A record at work: `day` is the day from which it is in force, `until` its own end or `OPEN`."""

    id: str
    day: int
    until: int
    position: str
    conditions: tuple[str, ...]
    record: Stance | Commitment


class Holding(NamedTuple):
    """A position in force over [since, until), with every record that amounts to it, oldest first.

    An inferred one has grounds: one for each stretch of time over which another chain leads to it.
    """

    kind: str
    actor: str
    proposal: str
    position: str
    since: int
    until: int
    conditions: tuple[str, ...]
    contested: bool
    said: tuple[Said, ...]
    grounds: tuple[Ground, ...] = ()


def holdings(model: Model) -> tuple[Holding, ...]:
    """Return every holding of a model, sorted by track, since and position.

    >>> from actorgraph.model.loader import load_model
    >>> rows = holdings(load_model("examples/minimal.yaml"))
    >>> [(row.position, row.since, row.until) for row in rows if row.actor == "fishers-union"]
    [('neutral', 20251203, 20260115), ('opposes', 20260115, 99991231)]
    """
    published = {key: last_day(source.published) for key, source in model.sources.items()}
    tracks: dict[Track, list[Said]] = defaultdict(list)
    for kind, records in spoken(model):
        for record in records:
            day = in_force_from(record.date, [published[cited.source] for cited in record.evidence])
            said = Said(record.id, day, ends_on(record.until), record.word, record.conditions, record)
            tracks[kind, record.actor, record.proposal].append(said)
    return tuple(holding for track in sorted(tracks) for holding in over_time(track, tracks[track]))


def spoken(model: Model) -> tuple[tuple[str, tuple[Stance | Commitment, ...]], ...]:
    """Return the records that make holdings, by kind."""
    return ("stance", model.stances), ("commitment", model.commitments)


def over_time(track: Track, records: Iterable[Said]) -> Iterator[Holding]:
    """Return the holdings of one track, sorted by since and position, whatever the order of its records."""
    records = tuple(records)
    if len(records) == 1:  # as in most tracks: nothing can supersede, contest or join it
        (said,) = records
        return iter((Holding(*track, said.position, said.day, said.until, said.conditions, False, records),))
    pieces: list[Holding] = []
    for since, until, records_in_force in _stretches(records):
        positions: dict[str, list[Said]] = defaultdict(list)
        for record in records_in_force:
            positions[record.position].append(record)
        contested = len(positions) > 1
        for position, agreeing in positions.items():
            for conditions, corroborating in _by_conditions(agreeing):
                pieces.append(
                    Holding(*track, position, since, until, conditions, contested, _oldest_first(corroborating))
                )
    return coalesced(pieces)


def _by_conditions(agreeing: list[Said]) -> Iterator[tuple[tuple[str, ...], list[Said]]]:
    """Yield what records of one position amount to: conditions, and the records that hold on them.

    Records that agree on the position corroborate each other, and what they amount to depends on every condition
    that any of them reports; unless these cannot all be met, as `if` and `unless` of one condition: then only records
    with the same conditions corroborate each other.
    """
    conditions = {condition for record in agreeing for condition in record.conditions}
    if not any(NOT + condition in conditions for condition in conditions):
        yield tuple(sorted(conditions)), agreeing
        return
    groups: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for record in agreeing:
        groups[record.conditions].append(record)
    yield from groups.items()


def coalesced(pieces: Iterable[Holding]) -> Iterator[Holding]:
    """Return the holdings that pieces of one track amount to, sorted by since and position.

    Pieces come in the order of time. Adjacent ones that agree in position, conditions and contest are one holding,
    with the records of both, and with the grounds of both if they are inferred.
    """
    latest: dict[tuple[str, tuple[str, ...], bool], Holding] = {}
    done: list[Holding] = []
    for piece in pieces:
        key = (piece.position, piece.conditions, piece.contested)
        before = latest.get(key)
        if before and before.until == piece.since:
            latest[key] = _joined(before, piece)
        else:
            done.extend(filter(None, [before]))
            latest[key] = piece
    done.extend(latest.values())
    return iter(sorted(done, key=lambda holding: (holding.since, holding.position, holding.conditions)))


def _joined(before: Holding, after: Holding) -> Holding:
    said = _oldest_first({record.id: record for record in (*before.said, *after.said)}.values())
    return before._replace(until=after.until, said=said, grounds=_joined_grounds(before.grounds, after.grounds))


def _joined_grounds(before: tuple[Ground, ...], after: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """Return the grounds of two adjacent pieces: one of both where the same chain goes on."""
    if before and after and (before[-1].steps, before[-1].records) == (after[0].steps, after[0].records):
        return (*before[:-1], before[-1]._replace(until=after[0].until), *after[1:])
    return (*before, *after)


def _stretches(records: Iterable[Said]) -> Iterator[tuple[int, int, list[Said]]]:
    """Yield (since, until, the records in force) for each stretch of time in which these are the same."""
    by_day: dict[int, list[Said]] = defaultdict(list)
    for record in records:
        by_day[record.day].append(record)
    for day, superseded in pairwise((*sorted(by_day), OPEN)):
        group = [record for record in by_day[day] if record.until > day]
        ends = {min(record.until, superseded) for record in group}
        for since, until in pairwise(sorted({day} | ends)):
            yield since, until, [record for record in group if record.until > since]


def _oldest_first(said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(said, key=lambda record: (record.day, record.id)))
