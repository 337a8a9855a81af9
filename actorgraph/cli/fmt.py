"""fmt: a model's files in canonical form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from actorgraph.cli import completion
from actorgraph.cli.output import counted
from actorgraph.cli.shared import Shared, model_path, shared
from actorgraph.errors import UsageProblem
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
    click.echo(one.new, nl=False)
