"""What a name on the command line means in the files of a model: an id, or any name that `show` knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from actorgraph.errors import UsageProblem
from actorgraph.model.kinds import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.cli.shared import Shared
    from actorgraph.curate.locate import Located
    from actorgraph.model.loader import Loaded


TYPE: Final = click.option(
    "--type", "kind", type=click.Choice(TYPES), help="What ID is, where things of several kinds have it."
)
"""The option that tells things apart that bear one id."""


def standing(
    asked: Shared, loaded: Loaded, name: str, kind: str | None = None, *, among: Sequence[str] = ()
) -> Located:
    """Return what bears an id or a name in the files of a model, of one kind or of some. Raises `UsageProblem`."""
    from actorgraph.curate.locate import find, located

    kinds = (kind,) if kind else tuple(among)
    everything = located(loaded)
    if any(name in known.ids for known in everything if not kinds or known.kind.name in kinds):
        return find(name, everything, kinds)
    thing = asked.open().resolve(name, *(kinds or TYPES))
    try:
        return find(thing.id, everything, (thing.type,))
    except UsageProblem:
        return find(name, everything, kinds)
