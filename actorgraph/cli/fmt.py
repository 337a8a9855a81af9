"""fmt, rename and schema: what works on the files of a model, and what an editor needs to know of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.shared import Shared, counted, model_path, shared, write
from actorgraph.errors import UsageProblem
from actorgraph.model.kinds import NAMED
from actorgraph.model.paths import yaml_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.curate.fmt import Formatted


@click.command()
@shared("model")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=completion.file)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; list the files that would change, and exit 1."
)
@click.option("--diff", "show", is_flag=True, help="Write nothing; print what would change as a patch.")
def fmt(asked: Shared, *, paths: tuple[str, ...], only_check: bool, show: bool) -> None:
    """Write a model's files in canonical form, or only those at PATH.

    Order of keys, quotes, line width and spacing become the same everywhere; comments and what is said stay. A file
    with problems is left as it is. With - for PATH, what comes in on stdin goes out on stdout.
    """
    from actorgraph.curate import fmt as formatting

    if paths == ("-",):
        _piped(formatting.format_bytes(sys.stdin.buffer.read(), "stdin"))
        return
    names, problems = (_named(paths), ()) if paths else formatting.model_files(model_path(asked.model))
    for problem in problems:
        click.echo(str(problem), err=True)
    files = [formatting.format_file(name) for name in names]
    changed = [one for one in files if one.changed]
    for one in files:
        for text in one.problems:
            click.echo(text, err=True)
    for one in changed:
        if show:
            click.echo(formatting.difference(one.shown, one.old, one.new or b""), nl=False)
        if only_check and not show:
            click.echo(one.shown)
        elif not show:
            formatting.write(one)
            click.echo(f"formatted {one.shown}", err=True)
    left = [one for one in files if one.problems]
    verb = "would be formatted" if only_check or show else "formatted"
    fine = len(files) - len(changed) - len(left)
    told = f"{counted(len(changed), 'file')} {verb}, {fine} canonical already"
    click.echo(f"{told}, {len(left)} left alone because of problems" if left else told, err=True)
    if left or problems or (only_check and changed):
        sys.exit(1)


def _named(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files at paths, each once."""
    found: dict[str, None] = {}
    for path in paths:
        try:
            found.update(dict.fromkeys(yaml_files(path)))
        except OSError as error:
            raise UsageProblem(f"cannot read {error.filename or path}: {error.strerror}") from error
    return tuple(found)


def _piped(one: Formatted) -> None:
    for text in one.problems:
        click.echo(text, err=True)
    if one.new is None:
        sys.exit(1)
    sys.stdout.buffer.write(one.new)


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


@click.command()
@shared("model", "output", "no_cache")
def schema(asked: Shared) -> None:
    """Write a JSON Schema by which editors complete, explain and underline.

    It offers the ids of the model that is meant, if one is. A file finds it by its first line, which names the way
    from the file to the schema: `# yaml-language-server: $schema=../../.actorgraph/schema.json`.
    """
    from actorgraph.curate.schema import schema_text

    text = schema_text(asked.open() if _is_meant(asked.model) else None)
    if asked.output != "-":
        _make_folder(Path(asked.output))
    write(asked.output, text.rstrip("\n"))


def offer_new_ids(asked: Shared) -> None:
    """Write the schema of the project in this folder anew, if it keeps one, so that editors offer what is new."""
    from actorgraph.curate.schema import PLACE, schema_text

    if Path(PLACE).is_file():
        write(PLACE, schema_text(asked.open()).rstrip("\n"))


def _is_meant(model: str | None) -> bool:
    """Whether a model is named, or is the only one at hand; if not, say so."""
    try:
        model_path(model)
    except UsageProblem as problem:
        click.echo(f"no ids are offered: {problem}", err=True)
        return False
    return True


def _make_folder(output: Path) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
