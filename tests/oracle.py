"""What the record says of a day, worked out from the rules of time alone: day by day, and by possible worlds.

A record was said on some day of a period. A *world* gives every record one of the days on which it may have been said.
Of what has been said by a day, that stands which is the latest of its track in some world; what is not the latest in
any is certainly superseded. Nothing here is fast, and nothing is shared with the code that it is the witness of.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Stance

PUBLISHED = {"early": "2024-01-20", "middle": "2024-02", "late": "2024-04-05", "much-later": "2025-06-01"}
"""When the sources of drawn models came out."""

EVERY_DAY = [date(2024, 1, 1) + timedelta(days=number) for number in range(-800, 1200)]
EVERYBODY = ""
NEVER = 99991231

Record = Stance | Commitment
Key = tuple[str, str, str, str]
"""kind, actor, proposal, addressee"""


@cache
def naive_period(text: str) -> list[int]:
    """Return every day that a date may mean, by trying them all."""
    begin, _, end = text.rpartition("/")
    days = [day.isoformat() for day in EVERY_DAY]
    first = days[0] if begin == ".." else next(day for day in days if day.startswith(begin or end))
    last = [day for day in days if day.startswith(end)][-1]
    return [int(day.replace("-", "")) for day in days if first <= day <= last]


def naive_end(until: str | None) -> int:
    """Return the first day on which a record is out of force."""
    return NEVER if until is None else naive_period(until)[0]


def naive_said(record: Record) -> int:
    """Return the last day on which a record could have been said."""
    period = naive_period(record.date)
    first_report = min(naive_period(PUBLISHED[cited.source])[-1] for cited in record.evidence)
    return first_report if first_report in period else period[-1]


class Fact(NamedTuple):
    """A record with every day on which it may have been said, oldest first, and whether some are missing before."""

    record: Record
    days: list[int]
    endless: bool
    until: int

    @property
    def said_by(self) -> int:
        """The day by which it was said for certain."""
        return self.days[-1]


class Day(NamedTuple):
    """What holds on a day: (track, position, conditions, contest, since of the run, ids), and (track, position, id)."""

    in_force: set[tuple[Key, str, tuple[str, ...], str | None, int, frozenset[str]]]
    possible: set[tuple[Key, str, str]]


def oracle(model: Model, days: Iterable[int]) -> dict[int, Day]:
    """Return what the stances and commitments of a model amount to on each day of a row of days."""
    tracks: dict[Key, list[Fact]] = {}
    for kind, records in (("stance", model.stances), ("commitment", model.commitments)):
        for record in records:
            fact = _fact(model, record)
            for addressee in getattr(record, "toward", ()) or (EVERYBODY,):
                tracks.setdefault((kind, record.actor, record.proposal, addressee), []).append(fact)
    begun: dict[object, tuple[int, frozenset[str]]] = {}
    answer: dict[int, Day] = {}
    for day in days:
        answer[day] = Day(set(), set())
        running: dict[object, tuple[int, frozenset[str]]] = {}
        for track, facts in tracks.items():
            general = [] if track[3] == EVERYBODY else tracks.get((*track[:3], EVERYBODY), [])
            standing = [fact for fact in facts if _stands(fact, [*facts, *general], day)]
            groups = _groups(standing)
            for position, conditions, alike in groups:
                since, ids = begun.get((track, position, conditions), (day, frozenset[str]()))
                ids |= {fact.record.id for fact in alike}
                running[track, position, conditions] = since, ids
                contest = _contest(position, conditions, alike, groups)
                answer[day].in_force.add((track, position, conditions, contest, since, ids))
            held = {position for position, *_ in groups}
            answer[day].possible.update(
                (track, fact.record.word, fact.record.id)
                for fact in facts
                if day in fact.days[:-1] and not fact.endless and day < fact.until and fact.record.word not in held
            )
        begun = running
    return answer


def _fact(model: Model, record: Record) -> Fact:
    actor, proposal = model.actors[record.actor], model.proposals[record.proposal]
    last = naive_said(record)
    days = [day for day in naive_period(record.date) if day <= last]
    endless = record.date.startswith("..")
    for since in (actor.since, proposal.since):
        if since and not since.startswith(".."):
            first = min(naive_period(since)[0], last)
            days, endless = [day for day in days if day >= first], False
    ends = [naive_end(record.until), naive_end(actor.until)]
    ends += [] if proposal.fate == "adopted" else [naive_end(proposal.until)]
    return Fact(record, [last] if endless else days, endless, min(ends))


def _stands(fact: Fact, others: list[Fact], day: int) -> bool:
    """Whether a record has been said by a day, has not ended, and is the latest of its track in some world."""
    heard = [other for other in others if other.said_by <= day]
    return fact.said_by <= day < fact.until and any(
        all(other.endless or any(theirs <= own for theirs in other.days) for other in heard) for own in fact.days
    )


def _groups(standing: list[Fact]) -> list[tuple[str, tuple[str, ...], list[Fact]]]:
    """Return each position with its conditions and the records for it."""
    groups: list[tuple[str, tuple[str, ...], list[Fact]]] = []
    for position in {fact.record.word for fact in standing}:
        alike = [fact for fact in standing if fact.record.word == position]
        every = {condition for fact in alike for condition in fact.record.conditions}
        if _can_hold(every):
            groups.append((position, tuple(sorted(every)), alike))
            continue
        groups.extend(
            (position, conditions, [fact for fact in alike if fact.record.conditions == conditions])
            for conditions in {fact.record.conditions for fact in alike}
        )
    return groups


def _can_hold(conditions: set[str]) -> bool:
    return not any(f"not:{condition}" in conditions for condition in conditions)


def _contest(
    position: str,
    conditions: tuple[str, ...],
    alike: list[Fact],
    groups: list[tuple[str, tuple[str, ...], list[Fact]]],
) -> str | None:
    """Return whether others disagree: the sources on one day in every world, or only the order is not known."""
    rivals = [
        rival
        for other, on_conditions, others in groups
        if other != position and _can_hold({*conditions, *on_conditions})
        for rival in others
    ]
    if not rivals:
        return None
    one_day = any(
        len(fact.days) == len(rival.days) == 1 and not fact.endless and not rival.endless and fact.days == rival.days
        for fact in alike
        for rival in rivals
    )
    return "sources" if one_day else "order"
