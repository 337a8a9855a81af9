"""The questions about a day: who holds a position, what an actor holds, and everything that is in force."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, did_you_mean
from actorgraph.questions.about import Mentions
from actorgraph.questions.arguments import checked_ledger, checked_text
from actorgraph.questions.relations import ties
from actorgraph.questions.rows import Row, in_order
from actorgraph.questions.sql import (
    OF_ACTOR,
    OF_PROPOSAL,
    ON_WHAT_AN_ACTOR_HAS_A_STANCE,
    WHO_HELD_ANYTHING_BY,
    WHO_STATED_ANYTHING_ON,
)
from actorgraph.questions.view import View, together
from actorgraph.vocabulary import ANY, POSITIONS, SILENT, STAGES

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from actorgraph.ledger.store import Ledger, Thing
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.options import Options

ASKED: Final = (*POSITIONS, *STAGES, ANY, SILENT)
"""What `who` can be asked for."""


def who(
    ledger: Ledger,
    position: str,
    target: str,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Answer:
    """Return who holds a position (or has reached a stage) on a proposal, or opposes an actor, as of a day.

    To oppose an *actor* is to support what it opposes or to oppose what it supports; the rows are the opponents' own,
    and `against` in the answer what the actor holds itself. `silent` are the actors of whom nothing is stated on the
    proposal that is in force, under whatever conditions; persons only where they state something in their own name
    elsewhere and represent nobody.

    Args:
        ledger: The model, opened by `load`.
        position: A position, a stage, `any` or `silent`.
        target: The id, a name, a title or an alias of a proposal, or with `opposes` of an actor.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, under which assumptions, and what is marked: see `Options`.

    Returns:
        The rows, stated ones first, sorted by actor name, proposal and since.

    Raises:
        UsageProblem: An unknown position, name or condition, or a bad date or length of time.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> answer = who(ledger, "opposes", "the harbour", as_of="2026-06")
    >>> [(row.actor_name, row.since, row.evidence[0].grade) for row in answer.rows]
    [('Fishers’ Union', '2026-01-15', 'B2')]
    >>> [(row.actor_name, row.position) for row in who(ledger, "opposes", "Fishers’ Union", as_of="2026-06").rows]
    [('Harbour Board', 'supports')]
    """
    if checked_text(position, "a position") not in ASKED:
        hint = did_you_mean(position, ASKED) or f"; it is one of {', '.join(ASKED)}"
        raise UsageProblem(f"unknown position '{position}'{hint}")
    thing = checked_ledger(ledger).resolve(target, *_asked_about(ledger, position, target))
    view = View(ledger, as_of=as_of, **options)
    query = {"command": "who", "position": position, "target": thing.id}
    if thing.type == "actor":
        opponents, own = _against(view, thing.id)
        return view.answer({**query, "target_type": "actor"}, opponents, Mentions(thing), own)
    about = Mentions(thing)
    if position == SILENT:
        return view.answer(query, _silent(view, thing), about)
    rows = view.rows(OF_PROPOSAL, thing.id)
    return view.answer(query, tuple(row for row in rows if position in (ANY, row.position)), about)


def _asked_about(ledger: Ledger, position: str, target: str) -> tuple[str, ...]:
    """Return the types of things that a name may mean: one can oppose an actor too, if no proposal is called so."""
    return ("proposal",) if position != "opposes" or ledger.named(target, "proposal") else ("proposal", "actor")


def what(
    ledger: Ledger,
    actor: str,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Answer:
    """Return everything that an actor holds as of a day: stances and commitments.

    Args:
        ledger: The model, opened by `load`.
        actor: The id, the name or an alias of an actor.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, under which assumptions, and what is marked: see `Options`.

    Returns:
        The rows, stated ones first, sorted by proposal and since.

    Raises:
        UsageProblem: An unknown name or condition, or a bad date or length of time.

    >>> from actorgraph import load
    >>> answer = what(load("examples/minimal.yaml"), "harbour board", as_of="2026-06", assume=["state-loan"])
    >>> [(row.position, row.proposal, row.conditions) for row in answer.rows]
    [('supports', 'harbour', ()), ('pledges', 'harbour', ())]
    """
    thing = checked_ledger(ledger).resolve(actor, "actor")
    view = View(ledger, as_of=as_of, **options)
    return view.answer({"command": "what", "target": thing.id}, view.rows(OF_ACTOR, thing.id), Mentions(thing))


def everything(
    ledger: Ledger,
    *,
    as_of: str | date,
    **options: Unpack[Options],
) -> Answer:
    """Return every row in force on a day, as `who` and `what` do for some of them.

    Args:
        ledger: The model, opened by `load`.
        as_of: The day that is asked about; a partial date means its last day.
        options: What counts, under which assumptions, and what is marked: see `Options`.

    Returns:
        The rows, stated ones first, sorted by actor name, proposal and since.

    Raises:
        UsageProblem: An unknown condition, or a bad date or length of time.

    >>> from actorgraph import load
    >>> [(row.actor, row.position) for row in everything(load("examples/minimal.yaml"), as_of="2025-12").rows]
    [('fishers-union', 'neutral'), ('harbour-board', 'supports'), ('town-council', 'open')]
    """
    view = View(ledger, as_of=as_of, **options)
    return view.answer({"command": "export"}, view.rows(), Mentions())


def _against(view: View, actor: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of others against an actor, and those of its own that they are against.

    They support what it opposes without contest, or oppose what it supports.
    """
    rows = view.rows(ON_WHAT_AN_ACTOR_HAS_A_STANCE, actor)
    opposite = {"supports": "opposes", "opposes": "supports"}
    own: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.actor == actor and not row.contested:
            own[row.proposal, opposite.get(row.position, "")].append(row)
    pairs = [
        (row, mine)
        for row in rows
        if row.actor != actor
        for mine in own.get((row.proposal, row.position), ())
        if together(row, mine)
    ]
    return tuple(dict.fromkeys(row for row, _ in pairs)), in_order({mine for _, mine in pairs})


def _silent(view: View, proposal: Thing) -> tuple[Row, ...]:
    ledger, day = view.ledger, view.day
    spoken = {actor for (actor,) in ledger.rows(WHO_STATED_ANYTHING_ON, (proposal.id, day, day))}
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
        if thing.id not in spoken and (thing.body["kind"] != "person" or thing.id in own_voice - speakers)
    )
