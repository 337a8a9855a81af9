"""edit: a record alone in an editor, written when the model with it can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.settle import agreed, put, show_difference, stop
from actorgraph.cli.shared import Shared, model_path, shared, today
from actorgraph.cli.standing import TYPE, standing
from actorgraph.curate.prompts import in_a_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.curate.edit import Edited
    from actorgraph.curate.locate import Located


@click.command()
@shared("model")
@click.argument("name", metavar="ID", shell_complete=completion.anything)
@TYPE
def edit(asked: Shared, *, name: str, kind: str | None) -> None:
    """Open a thing or record, and it alone, in your editor: $VISUAL or $EDITOR.

    When you leave, the whole model is checked with it, the difference is shown, and written on a yes. Where something
    is wrong you can go back to what you typed.
    """
    from actorgraph.curate.changeset import sound, text_of
    from actorgraph.curate.draft import Doubt
    from actorgraph.curate.edit import edited
    from actorgraph.curate.revise import excerpt

    if not in_a_terminal():
        stop("edit opens an editor, and this is no terminal; change the file itself, and run `actorgraph check`")
    loaded, _ = sound(model_path(asked.model), today=today())
    record = standing(asked, loaded, name, kind)
    try:
        before = excerpt(text_of(record.file) or "", record.place).text
    except Doubt as doubt:
        stop(f"{record.at}: {doubt}")
    typed, wrong = before, tuple[str, ...]()
    while True:
        typed = _in_editor(typed, before, _notes(record, wrong))
        if typed.rstrip() == before.rstrip():
            click.echo("nothing has changed; nothing was written", err=True)
            return
        kept = _kept(typed, before)
        try:
            result = edited(loaded, record, typed, today=today())
        except Doubt as doubt:
            stop(str(doubt), *kept)
        if _is_settled(asked, result, kept=kept):
            return
        if not agreed("Go back to the editor?"):
            stop(*kept)
        wrong = result.wrong


def _is_settled(asked: Shared, result: Edited, *, kept: Sequence[str]) -> bool:
    """Show what came of an edit, and write it on a yes; whether there is nothing left to do.

    `kept` is said where it cannot be written.
    """
    if result.changeset is None:
        for line in result.wrong:
            click.echo(line, err=True)
        return False
    if not result.changeset.replacements:
        click.echo("it says the same as before; nothing was written", err=True)
        return True
    show_difference(result.changeset, result.doubts)
    if not agreed("Write it?"):
        return False
    put(asked, result.changeset, *kept)
    return True


def _in_editor(typed: str, before: str, notes: Sequence[str]) -> str:
    """Return what is left of a record's lines in the reader's editor; where that fails, what was typed is said."""
    from actorgraph.curate.edit import closed, opened

    kept = _kept(typed, before)
    try:
        return closed(str(click.edit(opened(f"{typed.rstrip()}\n", notes), extension=".yaml", require_save=False)))
    except click.ClickException as error:
        stop(f"{error.message.rstrip('.')}; $VISUAL or $EDITOR names the editor", *kept)
    except UnicodeDecodeError as error:
        kept = _kept(closed(error.object.decode(errors="replace")), before)
        stop("the editor does not write UTF-8; set it to that encoding", *kept)
    except OSError as error:
        stop(f"what the editor left cannot be read: {error.strerror}", *kept)


def _notes(record: Located, wrong: tuple[str, ...]) -> list[str]:
    """Return what stands below the record in the editor."""
    notes = [f"The {record.kind.name} {record.id}, {record.at}. Lines such as this one are no part of it."]
    if wrong:
        notes += ["What is wrong:", *wrong]
    return notes


def _kept(typed: str, before: str) -> tuple[str, ...]:
    """Return what somebody typed as lines to be said, so that it is not lost; none where it is as it was."""
    if typed.rstrip() == before.rstrip():
        return ()
    return ("what you typed:", *typed.rstrip().split("\n"), "")
