"""The relations between actors: those in force on a day, or those of an actor at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import iso
from actorgraph.questions.sql import GROUPS, MEMBERS, TIES, TIES_EVER_OF, TIES_OF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from actorgraph.ledger.store import Ledger


class TieRow(NamedTuple):
    """A relation in force: `until`, the first day outside, is None where it has not ended."""

    record: str
    actor: str
    relation: str
    to: str
    role: str | None
    since: str | None
    until: str | None


def ties(ledger: Ledger, day: int, actor: str | None = None) -> tuple[TieRow, ...]:
    """Return the relations in force on a day, from or to an actor (by id) if one is named.

    They are sorted by actor, relation and target.
    """
    if actor is None:
        return _ties(ledger.rows(TIES, (day, day)))
    return _ties(ledger.rows(TIES_OF, (day, day, actor, actor)))


def ties_of(ledger: Ledger, actor: str) -> tuple[TieRow, ...]:
    """Return the relations from or to an actor (by id) at any time, sorted by actor, relation and target."""
    return _ties(ledger.rows(TIES_EVER_OF, (actor, actor)))


def _ties(lines: Iterable[Sequence[Any]]) -> tuple[TieRow, ...]:
    ordered = sorted(lines, key=lambda line: (line[1], line[2], line[3], line[5], line[0]))
    return tuple(
        TieRow(record=record, actor=actor, relation=relation, to=target, role=role, since=iso(since), until=iso(until))
        for record, actor, relation, target, role, since, until in ordered
    )


class DatedTie(NamedTuple):
    """A relation with its dates as curated beside the days from which and before which it is in force."""

    record: str
    actor: str
    relation: str
    to: str
    role: str | None
    since: str | None
    until: str | None
    since_date: str
    until_date: str | None


def dated(ledger: Ledger, ties: Iterable[TieRow]) -> tuple[DatedTie, ...]:
    """Return relations with their dates as curated, in their order.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> [(tie.role, tie.since, tie.since_date) for tie in dated(ledger, ties_of(ledger, "olsen"))]
    [('Chair', '2024-03-01', '2024-03-01')]
    """
    ties = tuple(ties)
    records = ledger.by_id((tie.record for tie in ties), "relation")
    bodies = (records[tie.record].body for tie in ties)
    return tuple(DatedTie(*tie, body["since"], body.get("until")) for tie, body in zip(ties, bodies, strict=True))


def speaks_for(ledger: Ledger, actor: str, day: int) -> tuple[str, ...]:
    """Return the ids of those whom an actor (by id) represents on a day, sorted.

    >>> from actorgraph import load
    >>> speaks_for(load("examples/minimal.yaml"), "olsen", 20260601)
    ('fishers-union',)
    """
    represented = (tie.to for tie in ties(ledger, day, actor) if tie.actor == actor and tie.relation == "represents")
    return tuple(dict.fromkeys(represented))


def members_of(ledger: Ledger, group: str, day: int) -> frozenset[str]:
    """Return the ids of the actors that are `member-of` a group (by id) on a day; not the group itself."""
    return frozenset(actor for (actor,) in ledger.rows(MEMBERS, (group, day, day)))


def members_among(ledger: Ledger, actors: Collection[str], as_of: str | date) -> dict[str, tuple[str, ...]]:
    """Return the groups among some actors (by id) that have members among them on a day: the ids of these, sorted.

    >>> from actorgraph import load
    >>> members_among(load("graphs/ukraine-troops"), ["germany", "coalition-of-the-willing", "russia"], "2026-01-10")
    {'coalition-of-the-willing': ('germany',)}
    """
    day = day_of(as_of)
    groups = [group for (group,) in ledger.rows(GROUPS) if group in actors]
    members = {group: tuple(sorted(members_of(ledger, group, day).intersection(actors))) for group in groups}
    return {group: among for group, among in members.items() if among}
