"""Records to holdings: what the curated records amount to over time (contest, corroboration, known-by).

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
from actorgraph.words import NOT, grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.model import Commitment, Evidence, Model, Stance


class Cited(NamedTuple):
    """An evidence as an answer cites it: `published` as the source bears it, `grade` such as D3 or None."""

    source: str
    publisher: str
    published: str
    lines: str | None
    page: str | None
    via: str | None
    grade: str | None


class Said(NamedTuple):
    """A record at work: `day` is the day from which it is in force, `until` its own end or `OPEN`."""

    id: str
    day: int
    until: int
    position: str
    conditions: tuple[str, ...]
    speaker: str | None
    evidence: tuple[Cited, ...]


class Holding(NamedTuple):
    """A position in force over [since, until), with every record that amounts to it, oldest first."""

    kind: str
    actor: str
    proposal: str
    position: str
    since: int
    until: int
    conditions: tuple[str, ...]
    contested: bool
    said: tuple[Said, ...]


Track = tuple[str, str, str]


def holdings(model: Model, *, known_by: int = OPEN) -> tuple[Holding, ...]:
    """Return every holding of a model, sorted by track, since and position.

    With `known_by`, evidence from sources published after that day does not count, nor does a record that is
    left without any.
    """
    published = {key: last_day(source.published) for key, source in model.sources.items()}
    tracks: dict[Track, list[Said]] = defaultdict(list)
    cite = _Citer(model)
    for kind, records in spoken(model):
        for record in records:
            known = tuple(one for one in record.evidence if published[one.source] <= known_by)
            if known:
                day = in_force_from(record.date, (published[one.source] for one in record.evidence))
                said = _said(record, day, cite, known)
                tracks[kind, record.actor, record.proposal].append(said)
    return tuple(one for track in sorted(tracks) for one in over_time(track, tracks[track]))


def spoken(model: Model) -> tuple[tuple[str, tuple[Stance | Commitment, ...]], ...]:
    """Return the records that make holdings, by kind."""
    return ("stance", model.stances), ("commitment", model.commitments)


def over_time(track: Track, records: Iterable[Said]) -> Iterator[Holding]:
    """Return the holdings of one track, sorted by since and position, whatever the order of its records."""
    records = tuple(records)
    if len(records) == 1:  # as in most tracks: nothing can supersede, contest or join it
        (one,) = records
        return iter((Holding(*track, one.position, one.day, one.until, one.conditions, False, records),))
    open_by: dict[tuple[str, tuple[str, ...], bool], Holding] = {}
    done: list[Holding] = []
    for since, until, records_in_force in _stretches(records):
        positions: dict[str, list[Said]] = defaultdict(list)
        for record in records_in_force:
            positions[record.position].append(record)
        contested = len(positions) > 1
        still_open: dict[tuple[str, tuple[str, ...], bool], Holding] = {}
        for position, said in positions.items():
            # Records that agree on the position corroborate each other: what they amount to is bound by every
            # condition that any of them reports.
            conditions = tuple(sorted({each for one in said for each in one.conditions}))
            key = (position, conditions, contested)
            before = open_by.pop(key, None)
            if before and before.until == since:
                joined = {one.id: one for one in (*before.said, *said)}
                still_open[key] = before._replace(until=until, said=_oldest_first(joined.values()))
            else:
                done.extend(filter(None, [before]))
                still_open[key] = Holding(*track, position, since, until, conditions, contested, _oldest_first(said))
        done.extend(open_by.values())
        open_by = still_open
    done.extend(open_by.values())
    return iter(sorted(done, key=lambda one: (one.since, one.position, one.conditions)))


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
    return tuple(sorted(said, key=lambda one: (one.day, one.id)))


def _said(record: Stance | Commitment, day: int, cite: _Citer, known: tuple[Evidence, ...]) -> Said:
    conditions = (*record.if_, *(NOT + each for each in record.unless))
    cited = tuple(cite(one) for one in known)
    until = ends_on(record.until)
    return Said(record.id, day, until, record.word, tuple(sorted(conditions)), record.speaker, cited)


class _Citer:
    """Turns evidence into citations, with what the source tells about itself."""

    def __init__(self, model: Model) -> None:
        self.sources: Mapping[str, tuple[str, str, str | None]] = {
            key: (source.publisher, source.published, source.reliability) for key, source in model.sources.items()
        }

    def __call__(self, one: Evidence) -> Cited:
        publisher, published, reliability = self.sources[one.source]
        mark = grade(reliability, one.credibility)
        return Cited(one.source, publisher, published, one.lines, one.page, one.via, mark)
