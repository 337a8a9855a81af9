"""rename: another id for a thing, wherever a model's files refer to it."""

from __future__ import annotations

import click

from actorgraph.cli import completion
from actorgraph.cli.schema import offer_new_ids
from actorgraph.cli.shared import Shared, counted, model_path, shared
from actorgraph.model.kinds import NAMED


@click.command()
@shared("model")
@click.argument("old", shell_complete=completion.anything)
@click.argument("new")
@click.option(
    "--type", "kind", type=click.Choice([*NAMED, "record"]), help="What OLD is, where several things are called so."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a patch.")
def rename(asked: Shared, *, old: str, new: str, kind: str | None, dry_run: bool) -> None:
    """Give an actor, proposal, source, condition, event or record another id, wherever a model's files refer to it.

    Nothing else in the files is touched; all of them are written or none.
    """
    from actorgraph.curate import fmt as formatting
    from actorgraph.curate import rename as renaming

    done = renaming.rename(model_path(asked.model), old, new, kind=kind)
    if dry_run:
        for change, label in zip(done.changes, done.shown, strict=True):
            click.echo(formatting.difference(label, change.old, change.new), nl=False)
    else:
        renaming.write(done)
        offer_new_ids(asked)
    verb = "would be" if dry_run else "is"
    places = f"{counted(done.places, 'place')} in {counted(len(done.changes), 'file')}"
    click.echo(f"{done.kind} {old} {verb} {new} now: {places}", err=True)
