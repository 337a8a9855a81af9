"""add: a record, from an article to a model that still checks clean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.cli import completion
from actorgraph.cli.settle import FORCE, YES, settle, stop
from actorgraph.cli.shared import Group, Shared, model_path, shared, today
from actorgraph.curate.prompts import in_a_terminal
from actorgraph.errors import ActorgraphError
from actorgraph.model.kinds import CITING, KIND, STATEMENTS, TYPES
from actorgraph.pasting import as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from actorgraph.curate.add import Addition
    from actorgraph.curate.copies import Copies
    from actorgraph.curate.fields import FormField
    from actorgraph.curate.form import Form
    from actorgraph.model.kinds import Kind


EVIDENCE: Final = "evidence"
"""What can be added to a record that is there."""


class Additions(Group):
    """Makes the command of a kind when it is asked for: its options are the fields of the kind's pydantic class."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the kinds that can be added."""
        del ctx
        return sorted((*TYPES, EVIDENCE))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command that adds a record of a kind, or None."""
        del ctx
        if cmd_name == EVIDENCE:
            return _evidence_command()
        return _command(KIND[cmd_name]) if cmd_name in KIND else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command of a kind; an option of one other kind alone is told with that."""
        from actorgraph.curate.fields import form_fields

        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            having = [name for name in TYPES for field in form_fields(name) if f"--{field.name}" == error.option_name]
            if len(having) != 1 or error.ctx is None:
                raise
            lacking = f"`add {error.ctx.info_name}` has no {error.option_name}"
            raise click.UsageError(f"{lacking}; `actorgraph add {having[0]}` has it", error.ctx) from error


@click.group(cls=Additions)
def add() -> None:
    """Add a record, asked for field by field or all by options.

    Nothing is written before the whole model has been checked with the new record, the difference shown, and a yes
    given. The record goes to the end of its section, in the file that holds most of its kind.
    """


def _command(kind: Kind) -> click.Command:
    """Return the command that adds a record of a kind."""
    from actorgraph.curate.fields import form_fields, purpose

    @shared("model", "no_cache")
    def add_one(asked: Shared, **given: Any) -> None:
        _add(asked, kind, given)

    home = click.option(
        "--file",
        metavar="PATH",
        shell_complete=completion.file,
        help="The file that it goes to.  [default: the one with most of its kind]",
    )
    command = _with_options(add_one, form_fields(kind.name), (home, *_documents(cites=kind.cites), YES, FORCE))
    return click.command(name=kind.name, help=purpose(kind.name), short_help=purpose(kind.name))(command)


def _evidence_command() -> click.Command:
    """Return the command that gives a record more evidence."""
    from actorgraph.curate.fields import form_fields

    @shared("model", "no_cache")
    def add_evidence(asked: Shared, **given: Any) -> None:
        _add_evidence(asked, given)

    fields = [field for field in form_fields("stance") if field.part_of == EVIDENCE]
    command = _with_options(add_evidence, fields, (*_documents(cites=True), YES, FORCE))
    command = click.argument("record", shell_complete=completion.things(*CITING))(command)
    text = "Add evidence to a record, event or proposal that is there."
    return click.command(name=EVIDENCE, help=text, short_help=text)(command)


def _with_options(
    command: Callable[..., None], fields: Sequence[FormField], others: Sequence[Callable[[Any], Any]]
) -> Callable[..., None]:
    """Give a command an option for each field, one for each list of mappings among them, and others."""
    from actorgraph.curate.judge import example

    options = [
        click.option(
            f"--{field.name}",
            field.dest,
            metavar=field.metavar,
            multiple=field.many,
            help=_help(field),
            shell_complete=_completer(field),
        )
        for field in fields
    ]
    for key in dict.fromkeys(field.part_of for field in fields if field.part_of):
        written = example([field for field in fields if field.part_of == key])
        text = f"An entry of `{key}`, as in the model: '{written}'. Repeatable."
        options.append(click.option(f"--{key}", metavar="YAML", multiple=True, help=text))
    for option in reversed((*options, *others)):
        command = option(command)
    return command


def _documents(*, cites: bool) -> Sequence[Callable[[Any], Any]]:
    """Return the option that says where the documents are, of what cites them."""
    text = "Your copies of the documents: the cited lines are shown, and must be there.  [default: beside the sources]"
    option = click.option("--documents", metavar="DIR", shell_complete=completion.folder, help=text)
    return (option,) if cites else ()


def _help(field: FormField) -> str:
    """Return an option's help: what the field means, and what it may be."""
    more = " Where that file is at hand, its sha256 is noted." if field.name == "document" else ""
    words = f"  [{field.known}]" if field.words else ""
    return f"{field.help}{more}{' Several with commas, or repeated.' if field.many else ''}{words}"


def _completer(field: FormField) -> Any:
    if field.refers:
        return completion.things(*field.refers)
    return completion.file if field.name == "document" else completion.words(*field.words)


def _add(asked: Shared, kind: Kind, given: dict[str, Any]) -> None:
    """Fill a form in, see what the model would be, ask, and write."""
    from actorgraph.curate.form import Form

    yes, force, file = given.pop("yes"), given.pop("force"), given.pop("file")
    model = () if asked.model is None else ("--model", asked.model)
    where = (*_where(asked, given), *(() if file is None else ("--file", file)))
    form = Form(kind, asked.open(), copies=_copies(asked, given), today=today())
    form.take(given)
    if missing := form.missing():
        if not in_a_terminal():
            raise click.UsageError(f"missing {', '.join(missing)}; in a terminal, they are asked for")
        _or_nothing(form.complete, form, where)
    from actorgraph.curate.add import plan
    from actorgraph.curate.draft import Doubt

    again = _again(form, where)
    try:
        addition = plan(model_path(asked.model), form.draft(), today=today(), file=file)
    except Doubt as doubt:
        stop(str(doubt), again)
    except ActorgraphError:
        click.echo(again, err=True)
        raise
    settle(
        asked,
        addition.changeset,
        addition.doubts,
        remarks=[*filter(None, (addition.consequence,)), *_effects(form, addition)],
        yes=yes,
        force=force,
        again=again,
    )
    click.echo(f"next: {as_typed(_next(form, addition, model))}", err=True)


def _add_evidence(asked: Shared, given: dict[str, Any]) -> None:
    """Fill in what evidence a record is given, see what the model would be, ask, and write."""
    from actorgraph.cli.standing import standing
    from actorgraph.curate.changeset import sound
    from actorgraph.curate.draft import Doubt
    from actorgraph.curate.edit import with_evidence
    from actorgraph.curate.form import Form

    yes, force, name = given.pop("yes"), given.pop("force"), given.pop("record")
    model = _where(asked, given)
    loaded, _ = sound(model_path(asked.model), today=today())
    record = standing(asked, loaded, name, among=CITING)
    form = Form(record.kind, asked.open(), copies=_copies(asked, given), only=EVIDENCE)
    form.take(given)
    if not form.parts[EVIDENCE]:
        if not in_a_terminal():
            raise click.UsageError("missing --source SOURCE; in a terminal, it is asked for")
        _or_nothing(form.complete, form, model, record.id)
        if not form.parts[EVIDENCE]:
            stop("no source was named")
    again = _again(form, model, record.id)
    try:
        changeset = with_evidence(loaded, record, form.parts[EVIDENCE], today=today())
    except Doubt as doubt:
        stop(f"{record.at}: {doubt}", again)
    settle(asked, changeset, tuple(map(str, changeset.problems)), yes=yes, force=force, again=again)


def _where(asked: Shared, given: dict[str, Any]) -> tuple[str, ...]:
    """Return the options that say where the model and the documents are, as they were given."""
    places = {"--model": asked.model, "--documents": given.get("documents")}
    return tuple(word for option, place in places.items() if place for word in (option, place))


def _copies(asked: Shared, given: dict[str, Any]) -> Copies:
    """Return the documents at hand."""
    from actorgraph.curate.copies import Copies

    return Copies(asked.open(), given.pop("documents", None))


def _effects(form: Form, addition: Addition) -> list[str]:
    """Return what a stance or commitment makes of what its actors hold, in lines."""
    if form.kind.name not in STATEMENTS or addition.changeset.model is None:
        return []
    from actorgraph.curate.effects import effects

    actor, proposal = form.values["actor"], form.values["proposal"]
    actors = [actor] if isinstance(actor, str) else actor
    return [*effects(form.ledger, addition.changeset.model, form.kind.name, actors, proposal, today=today())]


def _or_nothing(question: Callable[[], None], form: Form, model: tuple[str, ...], record: str = "") -> None:
    try:
        question()
    except click.Abort:
        stop(_again(form, model, record))


def _again(form: Form, model: tuple[str, ...], record: str = "") -> str:
    return f"to go on from here: {_command_line(form, model, record)}"


def _command_line(form: Form, model: tuple[str, ...], record: str) -> str:
    """Return the command line that says the same as a form; `record` is what it gives more evidence to."""
    import json

    line = ["actorgraph", "add", *([EVIDENCE, record] if record else [form.kind.name]), *model]
    for values in (form.values, *(entries[0] for entries in form.parts.values() if entries)):
        for name, value in values.items():
            listed = value if isinstance(value, list) else [value]
            for text in [listed] if isinstance(value, list) and any("," in name for name in value) else listed:
                line += [f"--{name}", text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)]
    for key, entries in form.parts.items():
        for entry in entries[1:]:
            line += [f"--{key}", json.dumps(entry, ensure_ascii=False)]
    return as_typed(line)


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
