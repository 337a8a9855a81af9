"""What a model's `entails` and `excludes` bring about, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.vocabulary import IN_A_SENTENCE, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.model.model import Model
    from actorgraph.questions.implications import Implications, Position

_MOST: Final = 3
"""How many positions are spelled out."""


def implications_line(implications: Implications) -> str:
    """Return how many positions follow, and through which proposals most of them; nothing where none does.

    >>> from actorgraph.questions.implications import Implications
    >>> implications_line(Implications(28, (("force", 10), ("ban", 1))))
    '28 positions by implication, 10 of them through force, 1 through ban'
    """
    if not implications.total:
        return ""
    named = [f"{number:,} through {key}" for key, number in implications.springs]
    if named:
        named[0] = named[0].replace(" ", " of them ", 1)
    return ", ".join((f"{counted(implications.total, 'position')} by implication", *named))


def consequence_line(positions: Sequence[Position], model: Model) -> str:
    """Return what the rules of one proposal bring about, the first positions in words."""
    named = "; ".join(
        f"{model.actors[actor].name} {IN_A_SENTENCE.get(position, position)} {_title(model, proposal)}"
        for actor, position, proposal in positions[:_MOST]
    )
    more = f"; and {counted(len(positions) - _MOST, 'other')}" if len(positions) > _MOST else ""
    words = f"what it entails and excludes brings about {counted(len(positions), 'position')} by implication"
    return f"{words}: {named}{more}" if positions else f"{words} today"


def _title(model: Model, proposal: str) -> str:
    return model.proposals[proposal].short or model.proposals[proposal].title
