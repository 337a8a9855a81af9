"""add: a record, from an article to a model that still checks clean."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from actorgraph.cli import completion
from actorgraph.cli.settle import settle, stop
from actorgraph.cli.shared import Group, Shared, model_path, shared, today
from actorgraph.curate.prompts import in_a_terminal
from actorgraph.model.kinds import KIND, STATEMENTS, TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.curate.add import Addition
    from actorgraph.curate.fields import FormField
    from actorgraph.curate.form import Form
    from actorgraph.model.kinds import Kind


class Additions(Group):
    """Makes the command of a kind when it is asked for: its options are the fields of the kind's pydantic class."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the kinds that can be added."""
        del ctx
        return sorted(TYPES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command that adds a record of a kind, or None."""
        del ctx
        return _command(KIND[cmd_name]) if cmd_name in KIND else None


@click.group(cls=Additions)
def add() -> None:
    """Add a record, asked for field by field or all by options.

    Nothing is written before the whole model has been checked with the new record, the difference shown, and a yes
    given. The record goes to the end of its section, in the file that holds most of its kind.
    """


def _command(kind: Kind) -> click.Command:
    from actorgraph.curate.fields import form_fields, parts, purpose
    from actorgraph.curate.judge import example

    @shared("model", "no_cache")
    def add_one(asked: Shared, **given: Any) -> None:
        _add(asked, kind, given)

    options = [
        click.option(
            f"--{field.name}",
            field.dest,
            metavar=field.metavar,
            multiple=field.many,
            help=_help(field),
            shell_complete=_completer(field),
        )
        for field in form_fields(kind.name)
    ]
    for key in parts(kind.name):
        written = example([field for field in form_fields(kind.name) if field.part_of == key])
        text = f"An entry of `{key}`, as in the model: '{written}'. Repeatable."
        options.append(click.option(f"--{key}", metavar="YAML", multiple=True, help=text))
    options.append(
        click.option("--yes", "-y", is_flag=True, help="Write without asking; not where there are new warnings.")
    )
    options.append(click.option("--force", is_flag=True, help="With --yes: write in spite of new warnings."))
    for option in reversed(options):
        add_one = option(add_one)
    return click.command(name=kind.name, help=purpose(kind.name), short_help=purpose(kind.name))(add_one)


def _help(field: FormField) -> str:
    """Return an option's help: what the field means, and what it may be."""
    more = " Where that file is at hand, its sha256 is noted." if field.name == "document" else ""
    words = f"  [{', '.join(field.words)}]" if field.words else ""
    return f"{field.help}{more}{' Repeatable.' if field.many else ''}{words}"


def _completer(field: FormField) -> Any:
    if field.refers:
        return completion.things(*field.refers)
    return completion.file if field.name == "document" else completion.words(*field.words)


def _add(asked: Shared, kind: Kind, given: dict[str, Any]) -> None:
    """Fill a form in, see what the model would be, ask, and write."""
    from actorgraph.curate.form import Form

    yes, force = given.pop("yes"), given.pop("force")
    model = () if asked.model is None else ("--model", asked.model)
    form = Form(kind, asked.open())
    form.take(given)
    if missing := form.missing():
        if not in_a_terminal():
            raise click.UsageError(f"missing {', '.join(missing)}; in a terminal, they are asked for")
        _or_nothing(form.complete, form, model)
    from actorgraph.curate.add import Doubt, plan

    try:
        addition = plan(model_path(asked.model), form.draft(), today=today())
    except Doubt as doubt:
        stop(str(doubt))
    for line in filter(None, (addition.consequence,)):
        click.echo(line, err=True)
    settle(asked, addition.revision, addition.doubts, yes=yes, force=force, again=_again(form, model))
    click.echo(f"next: {shlex.join(_next(form, addition, model))}", err=True)


def _or_nothing(question: Callable[[], Any], form: Form, model: tuple[str, ...]) -> Any:
    try:
        return question()
    except click.Abort:
        stop(_again(form, model))


def _again(form: Form, model: tuple[str, ...]) -> str:
    return f"to go on from here: {_command_line(form, model)}"


def _command_line(form: Form, model: tuple[str, ...]) -> str:
    """Return the command line that says the same as a form."""
    import json

    line = ["actorgraph", "add", form.kind.name, *model]
    for values in (form.values, *(entries[0] for entries in form.parts.values() if entries)):
        for name, value in values.items():
            for text in value if isinstance(value, list) else [value]:
                line += [f"--{name}", text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)]
    for key, entries in form.parts.items():
        for entry in entries[1:]:
            line += [f"--{key}", json.dumps(entry, ensure_ascii=False)]
    return shlex.join(line)


def _next(form: Form, addition: Addition, model: tuple[str, ...]) -> list[str]:
    """Return the command that one is likely to want now."""
    if form.kind.name in STATEMENTS:
        actor = form.values["actor"]
        words = ["why", actor if isinstance(actor, str) else actor[0], form.values["proposal"]]
    elif form.values.get("kind") == "person":
        words = ["add", "relation", "--actor", addition.id]
    elif form.kind.name in ("source", "proposal", "actor"):
        words = ["add", "stance", f"--{form.kind.name}", addition.id]
    else:
        words = ["show", addition.id]
    return ["actorgraph", *words, *model]
