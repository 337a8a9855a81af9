"""What it takes to read an answer: the names and titles of the ids in it, looked up once, by the question."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from actorgraph.dates import iso
from actorgraph.questions.behind import FEW
from actorgraph.questions.envelope import About, ConditionTitle, Period, ReadOnly, ToBeRead
from actorgraph.questions.relations import speaks_for
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Label, Thing
    from actorgraph.questions.rows import Row
    from actorgraph.questions.scenario import Scenario


class Mentions(NamedTuple):
    """What an answer names besides what is in its rows: ids, and the actor or proposal that was asked about."""

    target: Thing | None = None
    actors: Iterable[str] = ()
    proposals: Iterable[str] = ()
    conditions: Iterable[str] = ()


NOBODY_ELSE: Final = Mentions()


Head: TypeAlias = "tuple[Mapping[str, Any], str, str, str | None, str | None, tuple[str, ...], tuple[str, ...], About]"
"""The fields of an `Envelope`, in their order."""


def envelope(
    ledger: Ledger,
    query: Mapping[str, Any],
    rows: Iterable[Row],
    *,
    day: int,
    scenario: Scenario,
    also: Mentions = NOBODY_ELSE,
    many: int = 0,
) -> Head:
    """Return what an answer says of itself, given what was asked, and all rows that stand in it anywhere.

    Where the rows are known to be so `many`, the names of what is in them are looked up when somebody asks for one: it
    keeps them, and goes through them then.
    """
    look_up = partial(about, ledger, rows, day=day, also=also)
    reading: Any = ToBeRead(look_up, ledger) if many >= FEW else look_up()
    return head(ledger, query, day, scenario.assumed, reading)


def head(ledger: Ledger, query: Mapping[str, Any], day: int, assumed: tuple[str, ...], reading: About) -> Head:
    """Return the fields of an answer's envelope, given all that the ledger does not say of itself."""
    limits = ledger.known_by, ledger.min_grade, tuple(ledger.without)
    return ReadOnly(query), ledger.model, str(iso(day)), *limits, assumed, reading


def about(
    ledger: Ledger, rows: Iterable[Row], *, day: int, also: Mentions = NOBODY_ELSE, base: Ledger | None = None
) -> About:
    """Return what the ids in rows, and others, mean. What a ledger does not know, its `base` may."""
    rows = tuple(rows)
    target = also.target
    is_actor = target is not None and target.type == "actor"
    represents = speaks_for(ledger, target.id, day) if target is not None and is_actor else ()
    actors = {*also.actors, *represents, *{row.actor for row in rows}}
    actors.update(speaker for row in rows if row.basis == "stated" and (speaker := row.speaker))
    actors.update(key for row in rows if row.toward for key in row.toward)
    proposals = {*also.proposals, *{row.proposal for row in rows}}
    proposals.update(step.proposal for row in rows if row.basis != "stated" for step in row.because)
    if target is not None:
        (actors if is_actor else proposals).add(target.id)
    conditions = {condition for row in rows if row.conditions for condition in row.conditions} | set(also.conditions)
    names, same_name_actors = _named(_labels(actors, "actor", ledger, base))
    labels = _labels(proposals, "proposal", ledger, base)
    titles, same_name_proposals = _named(labels)
    return About(
        title=ledger.title,
        description=ledger.description,
        latest_source=ledger.latest_source,
        latest_source_date=ledger.latest_source_date,
        actors=names,
        same_name_actors=same_name_actors,
        proposals=titles,
        same_name_proposals=same_name_proposals,
        short_titles=ReadOnly({key: label.short for key, label in labels.items() if label.short}),
        conditions=_conditions({condition.removeprefix(NOT) for condition in conditions}, ledger, base),
        target_type=None if target is None else target.type,
        speaks_for=represents,
        without=ReadOnly(ledger.without),
    )


def _labels(wanted: set[str], kind: str, ledger: Ledger, base: Ledger | None) -> dict[str, Label]:
    """Return what actors or proposals are called, by id, sorted; a ledger's own where its base has another name."""
    labels = ledger.labels(wanted, kind)
    missing = wanted - labels.keys()
    if missing and base is not None:
        labels |= base.labels(missing, kind)
    return dict(sorted(labels.items()))


def _named(labels: Mapping[str, Label]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the names by id, and the ids of those whose name is not unique in the model."""
    names = {key: label.name for key, label in labels.items()}
    return ReadOnly(names), tuple(key for key, label in labels.items() if label.is_shared)


def _conditions(wanted: Iterable[str], ledger: Ledger, base: Ledger | None) -> tuple[ConditionTitle, ...]:
    """Return the titles of conditions, sorted by id; a ledger's own where its base has another."""
    wanted = tuple(wanted)
    if not wanted:
        return ()
    things = {**(base.by_id(wanted, "condition") if base is not None else {}), **ledger.by_id(wanted, "condition")}
    return tuple(
        ConditionTitle(
            key,
            things[key].name,
            tuple(Period(period["since"], period.get("until")) for period in things[key].body.get("held", ())),
        )
        for key in sorted(things)
    )
