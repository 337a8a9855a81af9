"""check: every problem in a model."""

from __future__ import annotations

import sys
from typing import Final

import click

from actorgraph import __version__
from actorgraph.cli import completion
from actorgraph.cli.endings import ending_of, must_be_known, must_fit
from actorgraph.cli.output import write, write_table
from actorgraph.cli.shared import Shared, model_paths, shared, today
from actorgraph.model.kinds import KINDS
from actorgraph.problem_codes import CODES
from actorgraph.vocabulary import counted

WARNINGS: Final = [name for name, code in CODES.items() if code.is_warning]


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=completion.file)
@shared("model", "output")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--ignore",
    metavar="CODE",
    multiple=True,
    type=click.Choice(WARNINGS),
    help="Leave out a kind of warning, AG1xx. Repeatable.",
)
@click.option("--all", "every", is_flag=True, help="List every warning, also those that only repeat.")
@click.option("--today", "day", metavar="DATE", help="What lies after that day is in the future.  [default: today]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "sarif", "github"]),
    help="Lines to read, or what editors, code scanning and GitHub's workflows read.  [default: as the name of the "
    "output file ends, else text]",
)
def check(
    asked: Shared,
    *,
    paths: tuple[str, ...],
    strict: bool,
    ignore: tuple[str, ...],
    every: bool,
    day: str | None,
    style: str | None,
) -> None:
    """Print every problem in a model, as file:line:column: CODE message.

    A PATH is the same as --model PATH; with several, or with several models under ./graphs, all are checked. Of five
    warnings or more that say the same of different things, the first is printed with its place and the others are named
    below it; json, sarif and github have every problem.
    """
    from actorgraph.model.model import entries
    from actorgraph.questions.check import check_all
    from actorgraph.questions.implications import implications
    from actorgraph.render.check import FORMATS, Report, as_lines, total_line
    from actorgraph.render.implications import implications_line

    if style is None:
        must_be_known(asked.output, ("json", "sarif"))
        style = ending if (ending := ending_of(asked.output)) in FORMATS else "text"
    must_fit(asked.output, style)
    checked = check_all(model_paths(paths, asked.model), today=today() if day is None else day, ignore=ignore)
    ids = tuple(model.header.id for model in checked.models)
    report = Report(ids, checked.today, strict, checked.problems, __version__)
    text = (as_lines if every and style == "text" else FORMATS[style])(report).removesuffix("\n")
    if text or asked.output != "-":
        (write_table if style == "text" else write)(asked.output, text)
    for model in checked.models:
        counts = ", ".join(counted(entries(model, kind.section), kind.name) for kind in KINDS)
        click.echo(f"{model.header.id}: {counts}", err=True)
        if line := implications_line(implications(model)):
            click.echo(f"{model.header.id}: {line}", err=True)
    click.echo(total_line(report), err=True)
    if report.errors:
        sys.exit(1)
