"""Silence: who could have said something on a proposal and did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.questions.relations import ties
from actorgraph.questions.sql import WHO_HELD_ANYTHING_BY

if TYPE_CHECKING:
    from actorgraph.ledger.store import Thing
    from actorgraph.questions.view import View


def whose_silence_counts(view: View) -> tuple[Thing, ...]:
    """Return the actors that are silent on whatever they have not spoken on, sorted by id, as far as a view has them.

    Persons are among them only where they state something in their own name and represent nobody: the silence of the
    others is that of those they speak for.

    >>> from actorgraph import load
    >>> from actorgraph.questions.view import View
    >>> [thing.id for thing in whose_silence_counts(View(load("examples/minimal.yaml"), as_of="2026-06"))]
    ['fishers-union', 'harbour-board', 'town-council']
    """
    own_voice = {actor for (actor,) in view.ledger.rows(WHO_HELD_ANYTHING_BY, (view.day,))}
    speakers = {tie.actor for tie in ties(view.ledger, view.day) if tie.relation == "represents"}
    return tuple(
        thing
        for thing in view.ledger.things("actor")
        if view.selection.admits_actor(thing.id)
        and (thing.body["kind"] != "person" or thing.id in own_voice - speakers)
    )
