"""What is related to a thing on a day, beyond its own keys: one account for each type of thing that has any."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from actorgraph.ledger.things import cited_as_curated
from actorgraph.model.kinds import CITING, STATEMENTS, TYPES
from actorgraph.questions.echoes import without_echoes
from actorgraph.questions.lines import lines
from actorgraph.questions.lives import life_of
from actorgraph.questions.relations import dated, ties
from actorgraph.questions.rows import in_order, rows_of, stated_first
from actorgraph.questions.sql import BEARING, ON_A_CONDITION, in_force
from actorgraph.questions.structure import structure_of
from actorgraph.questions.view import View
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actorgraph.ledger.codec import Cited
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.envelope import Life
    from actorgraph.questions.relations import DatedTie
    from actorgraph.questions.rows import Row
    from actorgraph.questions.structure import Structure


class Dependent(NamedTuple):
    """A thing as curated that rests on another: what it says in a line, its date as curated, its actor if it has one.

    `conditions` are those that it depends on; `evidence` is what it cites of the source that was asked about. `jointly`
    are the actors of a joint statement, each of which has a record at the same place.
    """

    type: str
    id: str
    name: str
    date: str | None
    actor: str | None
    conditions: tuple[str, ...]
    evidence: tuple[Cited, ...]
    jointly: tuple[str, ...]
    place: str


class ProposalAccount(NamedTuple):
    """How a proposal is related to others, and what is in force on it and on its parts on the day.

    `possible` are the rows that may be in force on them by then; `life` is its life as seen from the day, None where
    nothing is known of it.
    """

    type: str
    id: str
    life: Life | None
    structure: Structure
    rows: tuple[Row, ...]
    possible: tuple[Row, ...]


class ConditionAccount(NamedTuple):
    """What depends on a condition: rows in force on the day, whether or not it holds, and the records of any day.

    `holds` says whether it held on the day, None where that is not on record.
    """

    type: str
    id: str
    holds: bool | None
    rows: tuple[Row, ...]
    records: tuple[Dependent, ...]


class SourceAccount(NamedTuple):
    """What rests on a source: records, relations, events and the lives of proposals of any day, type by type."""

    type: str
    id: str
    reliability: str | None
    things: tuple[Dependent, ...]


class ActorAccount(NamedTuple):
    """To whom an actor belongs on the day, and who belongs to it; for whom it speaks, and who speaks for it."""

    type: str
    id: str
    groups: tuple[DatedTie, ...]
    members: tuple[DatedTie, ...]
    speaks_for: tuple[DatedTie, ...]
    spoken_for_by: tuple[DatedTie, ...]


Account: TypeAlias = "ProposalAccount | ConditionAccount | SourceAccount | ActorAccount"


def account_of(view: View, thing: Thing) -> Account | None:
    """Return what is related to a thing on the day of a view, None where its own keys are all there is."""
    match thing.type:
        case "proposal":
            return _of_proposal(view, thing)
        case "condition":
            return _of_condition(view, thing)
        case "source":
            return _of_source(view.ledger, thing)
        case "actor":
            return _of_actor(view, thing.id)
        case _:
            return None


def _of_proposal(view: View, proposal: Thing) -> ProposalAccount:
    asked = View(
        view.ledger,
        as_of=view.date,
        about=proposal.id,
        parts=True,
        stated=view.stated,
        assume=view.scenario.assumed,
    )
    rows, possible = asked.held_about()
    return ProposalAccount(
        "proposal",
        proposal.id,
        life_of(view.ledger, proposal, view.day),
        structure_of(view.ledger, proposal.id),
        stated_first(without_echoes(rows)),
        possible,
    )


def _of_condition(view: View, condition: Thing) -> ConditionAccount:
    ledger, day, key = view.ledger, view.day, condition.id
    named = {key, NOT + key}
    depending = [
        line
        for line in lines(ledger, in_force(ON_A_CONDITION), day, day, f'%{key}"%', stated=view.stated)
        if not named.isdisjoint(line.depends_on)
    ]
    rows = in_order(rows_of(depending, day, ledger))
    left = view.scenario.settle((key,), day)
    records = _dependents(
        (thing, (), conditions)
        for thing in _bearing(ledger, key, *STATEMENTS)
        for conditions in [_conditions(thing)]
        if not named.isdisjoint(conditions)
    )
    holds = None if left else left is not None
    return ConditionAccount("condition", key, holds, stated_first(without_echoes(rows)), records)


def _of_source(ledger: Ledger, source: Thing) -> SourceAccount:
    reliability = source.body.get("reliability")
    things = _dependents(
        (thing, cited, _conditions(thing))
        for thing in _bearing(ledger, source.id, *CITING)
        for cited in [tuple(_citing(ledger, thing, source.id, reliability))]
        if cited
    )
    return SourceAccount("source", source.id, reliability, things)


def _citing(ledger: Ledger, thing: Thing, source: str, reliability: str | None) -> Iterator[Cited]:
    """Yield what a thing cites of one source."""
    for item in thing.body.get("evidence", ()):
        if item["source"] == source:
            yield cited_as_curated(item, ledger.sources, reliability)


def _of_actor(view: View, actor: str) -> ActorAccount:
    in_force_now = dated(view.ledger, ties(view.ledger, view.day, actor))

    def some(relation: str, *, onward: bool) -> tuple[DatedTie, ...]:
        return tuple(tie for tie in in_force_now if tie.relation == relation and (tie.actor == actor) == onward)

    return ActorAccount(
        "actor",
        actor,
        some("member-of", onward=True),
        some("member-of", onward=False),
        some("represents", onward=True),
        some("represents", onward=False),
    )


def _bearing(ledger: Ledger, key: str, *types: str) -> tuple[Thing, ...]:
    """Return the things of some types whose keys may name an id, sorted by type and id: those in which it stands."""
    bearing = ledger.rows(BEARING, [f'%"{key}"%'] * 2)
    return tuple(sorted(ledger.by_id((thing for _, thing in bearing), *types).values(), key=_place))


def _place(thing: Thing) -> tuple[int, str]:
    return TYPES.index(thing.type), thing.id


def _conditions(record: Thing) -> tuple[str, ...]:
    """Return what a record depends on, sorted, as a row has it."""
    return tuple(sorted(set(record.conditions)))


def _dependents(things: Iterable[tuple[Thing, tuple[Cited, ...], tuple[str, ...]]]) -> tuple[Dependent, ...]:
    return tuple(
        Dependent(
            type=thing.type,
            id=thing.id,
            name=thing.name,
            date=thing.body.get("date") or thing.body.get("since"),
            actor=thing.body.get("actor"),
            conditions=conditions,
            evidence=cited,
            jointly=thing.jointly,
            place=thing.place,
        )
        for thing, cited, conditions in things
    )
