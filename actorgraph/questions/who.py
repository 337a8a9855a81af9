"""The questions about a day: who, what, and all that is in force."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.dates import day_of
from actorgraph.errors import UsageProblem, did_you_mean
from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.store import Ledger, Thing
from actorgraph.model.kinds import STATEMENTS, TYPES
from actorgraph.questions.relations import TieRow, ties, ties_of
from actorgraph.questions.rows import Row, in_order
from actorgraph.questions.sql import (
    EVER_HELD,
    OF_ACTOR,
    OF_PROPOSAL,
    ON_WHAT_AN_ACTOR_HAS_A_STANCE,
    WHO_HELD_ANYTHING_BY,
    WHO_STATED_ANYTHING_ON,
)
from actorgraph.questions.view import Answer, View, together
from actorgraph.vocabulary import ANY, POSITIONS, SILENT, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

ASKED: Final = (*POSITIONS, *STAGES, ANY, SILENT)
"""What `who` can be asked for."""


def who(
    ledger: Ledger,
    position: str,
    target: str,
    *,
    as_of: str | date,
    stated: bool = False,
    assume: Iterable[str] = (),
    stale_after: str | None = None,
) -> Answer:
    """Return who holds a position (or has reached a stage) on a proposal, or opposes an actor, as of a day.

    `position` is a position, a stage, `any`, or `silent`: the actors of whom nothing is stated on it that is in force,
    under whatever conditions; persons only where they state something in their own name elsewhere and represent
    nobody. To oppose an *actor* is to support what it opposes or to oppose what it supports; the rows are the
    opponents' own. Rows are sorted by actor name. With `stated`, what is only inferred is left out; `assume` names
    conditions that hold, or with `not:` do not; `stale_after`, such as `18mo`, marks rows whose latest evidence is
    older. Raises `UsageProblem` for an unknown position, name, condition, date or length of time.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> answer = who(ledger, "opposes", "the harbour", as_of="2026-06")
    >>> [(row.actor_name, row.since, row.evidence[0].grade) for row in answer.rows]
    [('Fishers’ Union', '2026-01-15', 'B2')]
    >>> [(row.actor_name, row.position) for row in who(ledger, "opposes", "Fishers’ Union", as_of="2026-06").rows]
    [('Harbour Board', 'supports')]
    """
    if position not in ASKED:
        hint = did_you_mean(position, ASKED) or f"; it is one of {', '.join(ASKED)}"
        raise UsageProblem(f"unknown position '{position}'{hint}")
    found = ledger.resolve(target, *_asked_about(ledger, position, target))
    view = View(ledger, as_of=as_of, stated=stated, assume=assume, stale_after=stale_after)
    query = {"command": "who", "position": position, "target": found.id}
    if found.type == "actor":
        return view.answer({**query, "target_type": "actor"}, _against(view, found.id))
    if position == SILENT:
        return view.answer(query, _silent(view, found))
    rows = view.rows(OF_PROPOSAL, found.id)
    return view.answer(query, tuple(row for row in rows if position in (ANY, row.position)))


def _asked_about(ledger: Ledger, position: str, target: str) -> tuple[str, ...]:
    """Return the types of things that a name may mean: one can oppose an actor too, if no proposal is called so."""
    return ("proposal",) if position != "opposes" or ledger.named(target, "proposal") else ("proposal", "actor")


def what(
    ledger: Ledger,
    actor: str,
    *,
    as_of: str | date,
    stated: bool = False,
    assume: Iterable[str] = (),
    stale_after: str | None = None,
) -> Answer:
    """Return everything that an actor holds as of a day: stances and commitments, sorted by proposal.

    With `stated`, what is only inferred is left out; `assume` names conditions that hold, or with `not:` do not;
    `stale_after` marks rows whose latest evidence is older. Raises `UsageProblem` for an unknown name, condition,
    date or length of time.

    >>> from actorgraph import load
    >>> answer = what(load("examples/minimal.yaml"), "harbour board", as_of="2026-06", assume=["state-loan"])
    >>> [(row.position, row.proposal, row.conditions) for row in answer.rows]
    [('supports', 'harbour', ()), ('pledges', 'harbour', ())]
    """
    found = ledger.resolve(actor, "actor")
    view = View(ledger, as_of=as_of, stated=stated, assume=assume, stale_after=stale_after)
    return view.answer({"command": "what", "target": found.id}, view.rows(OF_ACTOR, found.id))


def everything(
    ledger: Ledger,
    *,
    as_of: str | date,
    stated: bool = False,
    assume: Iterable[str] = (),
    stale_after: str | None = None,
) -> Answer:
    """Return every row in force on a day, as `who` and `what` do for some of them.

    >>> from actorgraph import load
    >>> [(row.actor, row.position) for row in everything(load("examples/minimal.yaml"), as_of="2025-12").rows]
    [('fishers-union', 'neutral'), ('harbour-board', 'supports'), ('town-council', 'open')]
    """
    view = View(ledger, as_of=as_of, stated=stated, assume=assume, stale_after=stale_after)
    return view.answer({"command": "export"}, view.rows())


class Snapshot(NamedTuple):
    """All that is in force on a day, with everything that it refers to by id.

    `ever` is (kind, actor, proposal, position) of every holding of any day: a drawing that gives each of them its
    place stays still when the day moves.
    """

    model: str
    title: str
    as_of: str
    known_by: str | None
    assume: tuple[str, ...]
    stale_after: str | None
    latest_source: str | None
    rows: tuple[Row, ...]
    ties: tuple[TieRow, ...]
    things: dict[str, dict[str, Thing]]
    ever: tuple[tuple[str, str, str, str], ...]


def snapshot(
    ledger: Ledger,
    *,
    as_of: str | date,
    stated: bool = False,
    assume: Iterable[str] = (),
    stale_after: str | None = None,
) -> Snapshot:
    """Return all holdings and relations in force on a day, and the things that they speak of, by type and id.

    With `stated`, what is only inferred is left out; `assume` names conditions that hold, or with `not:` do not;
    `stale_after` marks rows whose latest evidence is older.

    >>> from actorgraph import load
    >>> len(snapshot(load("examples/minimal.yaml"), as_of="2026-06").rows)
    3
    """
    view = View(ledger, as_of=as_of, stated=stated, assume=assume, stale_after=stale_after)
    rows = view.rows()
    things: dict[str, dict[str, Thing]] = {kind: {} for kind in TYPES}
    named = ledger.things(*(kind for kind in TYPES if kind not in STATEMENTS))
    with no_garbage_collection():
        for thing in (*named, *ledger.by_id((record for row in rows for record in row.records), *STATEMENTS).values()):
            things[thing.type][thing.id] = thing
    return Snapshot(
        ledger.model,
        ledger.title,
        view.date,
        ledger.known_by,
        view.scenario.assumed,
        stale_after,
        ledger.latest_source,
        rows,
        ties(ledger, view.day),
        things,
        tuple(sorted(ledger.rows(EVER_HELD))),
    )


def called(ledger: Ledger, name: str) -> tuple[Thing, ...]:
    """Return whatever answers to a name (see `Ledger.find`), actors with their relations to others at any time.

    The model itself answers to its id, after all else, as a thing of the type `model` that stands in no place.

    >>> from actorgraph import load
    >>> [(thing.type, thing.name) for thing in called(load("examples/minimal.yaml"), "minimal")]
    [('model', 'The new harbour')]
    """
    if name.casefold() != ledger.model:
        return tuple(_with_ties(ledger, thing) for thing in ledger.find(name))
    body = {"title": ledger.title, "description": ledger.description}
    itself = Thing("model", ledger.model, ledger.title, "", body)
    return (*(_with_ties(ledger, thing) for thing in ledger.named(name, *TYPES)), itself)


def _with_ties(ledger: Ledger, thing: Thing) -> Thing:
    found = ties_of(ledger, thing.id) if thing.type == "actor" else ()
    return thing._replace(body={**thing.body, "relations": [one._asdict() for one in found]}) if found else thing


def speaks_for(ledger: Ledger, actor: str, *, as_of: str | date) -> tuple[str, ...]:
    """Return the ids of those whom an actor (by id) represents on a day, sorted.

    >>> from actorgraph import load
    >>> speaks_for(load("examples/minimal.yaml"), "olsen", as_of="2026-06")
    ('fishers-union',)
    """
    found = ties(ledger, day_of(as_of))
    return tuple(dict.fromkeys(one.to for one in found if one.actor == actor and one.relation == "represents"))


def _against(view: View, actor: str) -> tuple[Row, ...]:
    """Return the rows of others that support what an actor opposes without contest, or oppose what it supports."""
    rows = view.rows(ON_WHAT_AN_ACTOR_HAS_A_STANCE, actor)
    opposite = {"supports": "opposes", "opposes": "supports"}
    own: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.actor == actor and not row.contested:
            own[row.proposal, opposite.get(row.position, "")].append(row)
    return tuple(
        row
        for row in rows
        if row.actor != actor and any(together(row, theirs) for theirs in own[row.proposal, row.position])
    )


def _silent(view: View, proposal: Thing) -> tuple[Row, ...]:
    ledger, day = view.ledger, view.day
    heard = {actor for (actor,) in ledger.rows(WHO_STATED_ANYTHING_ON, (proposal.id, day, day))}
    own_voice = {actor for (actor,) in ledger.rows(WHO_HELD_ANYTHING_BY, (day,))}
    speakers = {tie.actor for tie in ties(ledger, day) if tie.relation == "represents"}
    return in_order(
        Row(
            actor=thing.id,
            actor_name=thing.name,
            kind="silence",
            position=SILENT,
            proposal=proposal.id,
            proposal_title=proposal.name,
            since=None,
            until=None,
            last_said=None,
            conditions=(),
            speaker=None,
            basis="stated",
            because=(),
            contested=False,
            stale=False,
            records=(),
            evidence=(),
        )
        for thing in ledger.things("actor")
        if thing.id not in heard and (thing.body["kind"] != "person" or thing.id in own_voice - speakers)
    )
