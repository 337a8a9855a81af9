"""merge: one of two things that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.settle import FORCE, YES, settle, stop
from actorgraph.cli.shared import Shared, model_path, shared, today
from actorgraph.cli.standing import standing
from actorgraph.model.kinds import KEYED

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command()
@shared("model")
@click.argument("old", shell_complete=completion.things(*KEYED))
@click.argument("new", shell_complete=completion.things(*KEYED))
@click.option(
    "--type", "kind", type=click.Choice(KEYED), help="What both are, where things of several kinds have the id."
)
@click.option(
    "--take", metavar="KEY", multiple=True, help="Let NEW say of a key what OLD says, such as name. Repeatable."
)
@YES
@FORCE
def merge(asked: Shared, *, old: str, new: str, kind: str | None, take: Sequence[str], yes: bool, force: bool) -> None:
    """Make one of two actors, proposals, sources or conditions that are the same: OLD goes, NEW stays.

    What refers to OLD refers to NEW. The names of OLD become aliases of NEW, which gets what OLD alone says; where both
    say something, NEW's holds, and that is told. The difference is shown first.
    """
    from actorgraph.curate.beside import broken_beside
    from actorgraph.curate.changeset import sound
    from actorgraph.curate.draft import Doubt
    from actorgraph.curate.merge import merging
    from actorgraph.model.paths import journal_of

    model = model_path(asked.model)
    loaded, _ = sound(model, today=today())
    leaving, staying = (standing(asked, loaded, name, kind) for name in (old, new))
    try:
        merged = merging(loaded, leaving, staying, take=take, today=today())
    except Doubt as doubt:
        stop(str(doubt))
    changeset = merged.changeset._replace(journal=journal_of(model), label=f"{leaving.id} {staying.id}")
    doubts = [*merged.doubts, *map(str, changeset.problems), *broken_beside(model, changeset.replacements)]
    settle(asked, changeset, doubts, remarks=merged.remarks, yes=yes, force=force)
