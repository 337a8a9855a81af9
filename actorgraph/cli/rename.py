"""rename: a new id for a record, in all places of a model's files that refer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.schema import offer_new_ids
from actorgraph.cli.shared import Shared, model_path, shared
from actorgraph.model.kinds import NAMED
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.replacing import Recovery


@click.command()
@shared("model")
@click.argument("old", shell_complete=completion.anything)
@click.argument("new")
@click.option(
    "--type",
    "kind",
    type=click.Choice([*NAMED, "record"]),
    help="What OLD is, where records of several kinds have that id.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a patch.")
def rename(asked: Shared, *, old: str, new: str, kind: str | None, dry_run: bool) -> None:
    """Give an actor, proposal, source, condition, event or record a new id, in all places that refer to it.

    Nothing else in the model's files is touched, and either all of them are written or none.
    """
    from actorgraph.curate import rename as renaming
    from actorgraph.curate.beside import broken_beside
    from actorgraph.curate.unified import patch

    model = model_path(asked.model)
    if not dry_run and _settled(renaming.recover(model), f"{old} {new}"):
        offer_new_ids(asked)
        return
    done = renaming.rename(model, old, new, kind=kind)
    beside = broken_beside(model, done.changes)
    if dry_run:
        for replacement, label in zip(done.changes, done.shown, strict=True):
            click.echo(patch(label, replacement.old or b"", replacement.new), nl=False)
    else:
        done.write()
    verb = "would be" if dry_run else "is"
    places = f"{counted(done.places, 'place')} in {counted(len(done.changes), 'file')}"
    click.echo(f"{done.kind} {old} {verb} {new} now: {places}", err=True)
    for line in beside:
        click.echo(line, err=True)
    if not dry_run:
        offer_new_ids(asked)


def _settled(recovery: Recovery | None, label: str) -> bool:
    """Say what became of an interrupted rename; return whether it was the one that is asked for now."""
    if recovery is None:
        return False
    old, _, new = recovery.label.partition(" ")
    files = counted(len(recovery.files), "file")
    if recovery.finished:
        click.echo(f"finished an interrupted rename: {old} is {new} now, in {files}", err=True)
    else:
        click.echo(f"undid an interrupted rename of {old} to {new}; {files} restored", err=True)
    return recovery.finished and recovery.label == label
