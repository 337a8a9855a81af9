"""fmt: a model's files in canonical form."""

from __future__ import annotations

import sys

import click

from actorgraph.cli import completion
from actorgraph.cli.shared import Shared, model_path, shared
from actorgraph.curate import fmt as formatting
from actorgraph.errors import UsageProblem
from actorgraph.vocabulary import counted


@click.command()
@shared("model")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=completion.file)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; list the files that would change, and exit 1."
)
@click.option("--diff", "show", is_flag=True, help="Write nothing; print what would change as a patch.")
def fmt(asked: Shared, *, paths: tuple[str, ...], only_check: bool, show: bool) -> None:
    """Write a model's files in canonical form, or only those at PATH.

    Order of keys, quotes, line width and spacing become the same everywhere; comments and content stay. A file with
    problems is not touched. With - for PATH, reads a file from stdin and writes it to stdout.
    """
    if paths == ("-",):
        _format_stdin()
        return
    names, problems = (formatting.files_at(paths), ()) if paths else formatting.model_files(model_path(asked.model))
    files = [formatting.format_file(name) for name in names]
    for line in (*map(str, problems), *(line for file in files for line in file.problems)):
        click.echo(line, err=True)
    changed = [file for file in files if file.changed]
    for file in changed:
        if show:
            click.echo(file.patch, nl=False)
        elif only_check:
            click.echo(file.shown)
        else:
            file.write()
            click.echo(f"formatted {file.shown}", err=True)
    refused = sum(bool(file.problems) for file in files)
    verb = "would be formatted" if only_check or show else "formatted"
    summary = f"{counted(len(changed), 'file')} {verb}, {len(files) - len(changed) - refused} canonical already"
    click.echo(f"{summary}, {refused} not touched because of problems" if refused else summary, err=True)
    if refused or problems or (only_check and changed):
        sys.exit(1)


def _format_stdin() -> None:
    if sys.stdin is None:
        raise UsageProblem("cannot read stdin: it is closed")
    file = formatting.format_bytes(sys.stdin.buffer.read(), "stdin")
    for line in file.problems:
        click.echo(line, err=True)
    if file.new is None:
        sys.exit(1)
    click.echo(file.new, nl=False)
