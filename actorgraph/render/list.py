"""Lists of what a model names, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actorgraph.model.kinds import OF_SECTION
from actorgraph.render.grid import Grid
from actorgraph.render.phrases import thing_in_short
from actorgraph.render.wrapping import isolated

if TYPE_CHECKING:
    from actorgraph.questions.list import Named


def list_grid(answer: Named, title: str) -> Grid:
    """Return what a model names as a list: id, name or what it says, and what tells one from another."""
    things = answer.things
    chosen = [
        " ".join([key.replace("_", "-"), *([value] if isinstance(value, str) else [])])
        for key, value in answer.chosen.items()
    ]
    above = (
        " · ".join([f"{len(things):,} {title.removesuffix('s') if len(things) == 1 else title}", *chosen]),
        f"Model {answer.model}: {isolated(answer.title)}",
        *([answer.description] if answer.description else []),
    )
    if OF_SECTION[title].is_record:
        said = tuple(
            (thing.id, " · ".join(filter(None, (isolated(thing.name), thing_in_short(thing))))) for thing in things
        )
        return Grid(above, ("ID", "SAYS"), said, frozenset({0, 1}))
    lines = tuple((thing.id, isolated(thing.name), thing_in_short(thing)) for thing in things)
    return Grid(above, ("ID", "NAME", "MORE"), lines, frozenset({1, 2}))
