"""What it takes to read an answer: the names and titles of the ids in it, looked up once, by the question."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from actorgraph.dates import iso
from actorgraph.questions.envelope import About, ConditionTitle, Period, ReadOnly
from actorgraph.questions.relations import speaks_for
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actorgraph.ledger.store import Ledger, Thing
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
    base: Ledger | None = None,
) -> Head:
    """Return what an answer says of itself, given what was asked, and all rows that stand in it anywhere."""
    reading = about(ledger, rows, day=day, also=also, base=base)
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
    actors = {*also.actors, *represents, *(row.actor for row in rows), *(row.speaker for row in rows if row.speaker)}
    proposals = {*also.proposals, *(row.proposal for row in rows)}
    proposals |= {step.proposal for row in rows if row.because for step in row.because}
    if target is not None:
        (actors if is_actor else proposals).add(target.id)
    actors |= {key for row in rows if row.toward for key in row.toward}
    conditions = {condition for row in rows if row.conditions for condition in row.conditions} | set(also.conditions)
    return About(
        ledger.title,
        ledger.description,
        ledger.latest_source,
        *_named("actor", actors, ledger, base),
        *_named("proposal", proposals, ledger, base),
        _short_titles(proposals, ledger, base),
        _conditions({condition.removeprefix(NOT) for condition in conditions}, ledger, base),
        None if target is None else target.type,
        represents,
        ReadOnly(ledger.without),
    )


def _named(
    kind: str, wanted: Iterable[str], ledger: Ledger, base: Ledger | None
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the names by id, sorted, and the ids of those whose name is not unique in the model; a ledger's first."""
    names: dict[str, str] = {}
    not_unique: set[str] = set()
    for version in (ledger, base):
        missing = {key for key in wanted if key not in names}
        if missing and version is not None:
            known = version.names(kind)
            count = Counter(name.casefold() for name in known.values())
            here = {key: known[key] for key in missing if key in known}
            names |= here
            not_unique |= {key for key, name in here.items() if count[name.casefold()] > 1}
    return ReadOnly(dict(sorted(names.items()))), tuple(sorted(not_unique))


def _short_titles(wanted: Iterable[str], ledger: Ledger, base: Ledger | None) -> Mapping[str, str]:
    """Return the short titles of proposals, by id, sorted; a ledger's own where its base has another."""
    wanted = tuple(wanted)
    things = {**(base.by_id(wanted, "proposal") if base is not None else {}), **ledger.by_id(wanted, "proposal")}
    return ReadOnly({key: things[key].body["short"] for key in sorted(things) if things[key].body.get("short")})


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
