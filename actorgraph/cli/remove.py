"""remove: a thing or record out of a model, when nothing would be left that refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.settle import FORCE, YES, settle, stop
from actorgraph.cli.shared import Shared, model_path, shared, today
from actorgraph.cli.standing import TYPE, standing
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.curate.locate import Located


@click.command()
@shared("model")
@click.argument("name", metavar="ID", shell_complete=completion.anything)
@TYPE
@click.option(
    "--with-dependents",
    is_flag=True,
    help="Also take out what cannot stand without it, and its name or evidence from what can.",
)
@YES
@FORCE
def remove(asked: Shared, *, name: str, kind: str | None, with_dependents: bool, yes: bool, force: bool) -> None:
    """Take a thing or record out of the model's files, and say what depends on it.

    Where something refers to it, nothing is removed, unless what depends on it goes along. The difference is shown
    first. A mind that has changed is a new record, and leaves the old one where it is.
    """
    from actorgraph.curate.beside import broken_beside
    from actorgraph.curate.changeset import sound
    from actorgraph.curate.draft import Doubt
    from actorgraph.curate.remove import removal

    model = model_path(asked.model)
    loaded, _ = sound(model, today=today())
    record = standing(asked, loaded, name, kind)
    try:
        removed = removal(loaded, record, today=today())
    except Doubt as doubt:
        stop(f"{record.at}: {doubt}")
    for dependent in removed.dependents:
        fate = "goes too" if dependent in removed.gone else "stays without it"
        also = f": {fate}" if with_dependents else ""
        click.echo(f"{dependent.at}: the {dependent.kind.name} {dependent.id} depends on it{also}", err=True)
    for other in (parts := _other_parts(record, name)):
        also = ": goes too" if with_dependents else "; `edit` its `actor` to leave it to others"
        click.echo(f"{record.at}: the {record.kind.name} {other} is of the same joint record{also}", err=True)
    if (removed.dependents or parts) and not with_dependents:
        number = counted(len(removed.dependents) + len(parts), "other")
        stop(f"{number} would not stand without {record.id}; --with-dependents changes them, too")
    remarks = [*removed.emptied]
    if removed.made_anew:
        remarks.append(
            f"ids that were made by counting move up; nothing bears these now: {', '.join(removed.made_anew)}"
        )
    problems = removed.changeset.problems
    remarks += [str(problem) for problem in problems if problem.category == "unused"]
    doubts = [str(problem) for problem in problems if problem.category != "unused"]
    doubts += broken_beside(model, removed.changeset.replacements)
    settle(asked, removed.changeset, doubts, remarks=remarks, yes=yes, force=force)


def _other_parts(record: Located, name: str) -> list[str]:
    """Return the ids that the other actors of a joint record have, where it is called by the id of one of them."""
    whole = record.body.get("id")
    return [key for key in record.ids if key not in (name, whole)] if name in record.ids and name != whole else []
