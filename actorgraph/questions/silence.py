"""Silence: who could have said something on a proposal and did not, and on what somebody did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.names import fold
from actorgraph.questions.about import Mentions
from actorgraph.questions.lives import is_off_the_table, outside_of_life
from actorgraph.questions.relations import ties
from actorgraph.questions.rows import NOTHING_SAID
from actorgraph.questions.sql import OF_ACTOR, WHO_HELD_ANYTHING_BY, WHO_STATED_ANYTHING_ON_WHAT
from actorgraph.vocabulary import SILENT

if TYPE_CHECKING:
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.envelope import Answer
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import View


def whose_silence_counts(view: View) -> tuple[Thing, ...]:
    """Return the actors that are silent on whatever they have not spoken on, sorted by id, as far as a view has them.

    Who does not exist yet, or no longer does, is not among them. Persons are only where they state something in their
    own name and represent nobody: the silence of the others is that of those they speak for.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> [thing.id for thing in whose_silence_counts(View(load("examples/minimal.yaml"), as_of="2026-06"))]
    ['fishers-union', 'harbour-board', 'town-council']
    """
    own_voice = {actor for (actor,) in view.ledger.rows(WHO_HELD_ANYTHING_BY, (view.day,))}
    own_voice -= {tie.actor for tie in ties(view.ledger, view.day) if tie.relation == "represents"}
    return tuple(
        thing
        for thing in view.ledger.things("actor")
        if view.selection.admits_actor(thing.id)
        and outside_of_life(thing, view.day) is None
        and (thing.body["kind"] != "person" or thing.id in own_voice)
    )


def silence_of(actor: Thing, proposal: Thing) -> Row:
    """Return the row of an actor of whom nothing is stated on a proposal."""
    return NOTHING_SAID._replace(
        actor=actor.id, actor_name=actor.name, proposal=proposal.id, proposal_title=proposal.name
    )


def proposals_silent_on(view: View, actor: Thing) -> Answer | None:
    """Return a row for each proposal on the table on which an actor is silent, sorted by title.

    It is silent on what `who silent` lists it for. None where its silence does not count.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> ledger = load("examples/minimal.yaml")
    >>> answer = proposals_silent_on(View(ledger, as_of="2026-06"), ledger.resolve("town council", "actor"))
    >>> [row.proposal for row in answer]
    ['harbour']
    """
    if actor.id not in {thing.id for thing in whose_silence_counts(view)}:
        return None
    spoken_on = {
        proposal
        for proposal, _ in view.ledger.rows(
            f"{WHO_STATED_ANYTHING_ON_WHAT} AND {OF_ACTOR}", (*[view.day] * 4, actor.id)
        )
    }
    rows = [
        silence_of(actor, proposal)
        for proposal in view.ledger.things("proposal")
        if proposal.id not in spoken_on and not is_off_the_table(proposal, view.day)
    ]
    ordered = tuple(sorted(rows, key=lambda row: (fold(row.proposal_title), row.proposal)))
    return view.answer({"command": "what", "position": SILENT, "target": actor.id}, ordered, Mentions(actor))
