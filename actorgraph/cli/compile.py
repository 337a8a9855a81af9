"""compile: from tables of statements, too large to be curated by hand, to a folder of holdings that answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.cli import completion
from actorgraph.cli.formats import given, with_options
from actorgraph.cli.progress import progress
from actorgraph.cli.settle import stop
from actorgraph.cli.shared import ENGINE_VARIABLE, MEMORY_VARIABLE, Shared, shared, today
from actorgraph.dates import iso
from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.mapping import OPTIONS
from actorgraph.model.paths import shown
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actorgraph.engines.left_out import LeftOut
    from actorgraph.exchange.compiled import Compiled

MOST_TOLD: Final = 20
"""How many reasons are told why rows were left out (the manifest has more), and how many columns that are kept."""

_READING: Final = tuple(option for option in OPTIONS if option.name not in ("wide", "header"))


@click.command(name="compile")
@click.argument("source", shell_complete=completion.file)
@click.option(
    "--output", "-o", metavar="HOLDINGS", required=True, shell_complete=completion.folder, help="The folder to make."
)
@click.option(
    "--engine",
    envvar=ENGINE_VARIABLE,
    show_envvar=True,
    metavar="ENGINE",
    help="What works it out: duckdb, or the Spark of spark://HOST:PORT or local[*].  [default: duckdb]",
)
@click.option(
    "--memory",
    envvar=MEMORY_VARIABLE,
    show_envvar=True,
    metavar="AMOUNT",
    help="How much memory the engine may take, such as 2GB.",
)
@with_options(_READING)
@click.option("--append", is_flag=True, help="Add the statements to HOLDINGS; only what they touch is worked out anew.")
@click.option("--title", metavar="TITLE", help="What it is about.  [default: the name of the file]")
@click.option("--id", "key", metavar="ID", help="Its id, by which answers name it.  [default: made of the title]")
@shared("known_by")
@click.option("--strict", is_flag=True, help="Leave no row out: what cannot be read is an error.")
def compile_(
    asked: Shared,
    *,
    source: str,
    output: str,
    engine: str | None,
    memory: str | None,
    append: bool,
    strict: bool,
    **own: Any,
) -> None:
    """Make a folder of holdings of a large table, to which the same questions are put.

    SOURCE is a CSV, TSV or Parquet file with a row for each statement (actor, position, proposal, date, and what else
    is known of it); a folder with such a table called statements, and others called actors, proposals, sources or
    members beside it; a folder with the UN's roll calls; a curated model; or holdings, to leave evidence out. What
    cannot be read is left out, and listed. Ask with --model HOLDINGS.

    With --append a table joins holdings that are there: names mean whom these know by them, and what is not known yet
    is new. A statement that is there already adds nothing, and one that contradicts it under the same id is left out.
    Rows without ids are numbered on, so that new rows may come alone, or in an export that has grown.
    """
    from actorgraph.exchange.compiled import LeftOutProblem, compile_holdings

    key, title = own.pop("key"), own.pop("title")
    if append:
        _must_fit_append(asked, title, key)
    try:
        with progress() as tell:
            made = compile_holdings(
                source,
                output,
                today=today(),
                engine=engine,
                memory=memory,
                append=append,
                strict=strict,
                title=title,
                key=key,
                options=given(own),
                progress=tell,
                **asked.limits,
            )
    except LeftOutProblem as problem:
        _tell_left_out(problem.left_out)
        _tell_passed_over(problem.passed_over)
        _tell_carried(problem.carried)
        stop(str(problem))
    _tell(made, source, output, appended=append)


def _must_fit_append(asked: Shared, title: str | None, key: str | None) -> None:
    """Raise `UsageProblem` where an option says what the holdings have already, or leaves evidence out of a part."""
    named = {
        "--title": title,
        "--id": key,
        "--known-by": asked.known_by,
        "--min-grade": asked.min_grade,
        "--without": asked.without,
    }
    for option, value in named.items():
        if value:
            raise UsageProblem(
                f"{option} does not go with --append: it is said of all statements, when all are compiled"
            )


def _tell(made: Compiled, source: str, output: str, *, appended: bool) -> None:
    """Say what came in, what was left out and why, and what was made."""
    _tell_left_out(made.left_out)
    _tell_passed_over(made.passed_over)
    if made.unread:
        click.echo(f"columns that mean nothing here: {', '.join(made.unread)}", err=True)
    _tell_carried(made.carried)
    if made.unclear:
        names = f"{'; '.join(made.unclear[:MOST_TOLD])}{_further(made.unclear)}"
        click.echo(f"may be one of several sources, and is kept apart: {names}", err=True)
    if made.in_utc:
        click.echo(f"moments of a time zone, each read as its day in UTC: {', '.join(made.in_utc)}", err=True)
    counts = made.manifest.counts
    came = counted(made.rows, "row") if made.rows is not None else "the model"
    came = f"what is left of {came}" if made.left_out else came
    days = [day for day in (iso(made.first), iso(made.last)) if day]
    span = f", said from {days[0]} to {days[-1]}" if days else ""
    held = f"{counted(counts['holdings'], 'holding')} of {counted(counts['actors'], 'actor')}"
    on = f"on {counted(counts['proposals'], 'proposal')}"
    if appended:
        added = f"{made.added:,} added, {made.known:,} there already"
        click.echo(f"{came} from {shown(source)}: {added}{span}; now {held} {on}", err=True)
    else:
        click.echo(f"{came} from {shown(source)} became {held} {on}{span}", err=True)
    if not made.manifest.of_model:
        click.echo(
            "nothing is inferred from a table: what proposals entail or exclude is kept, not applied; "
            "import it into a model to reason over it",
            err=True,
        )
    instead = f", in the place of what came from {made.replaced}" if made.replaced else ""
    click.echo(f"wrote {shown(output)}{instead}", err=True)


def _tell_carried(carried: Sequence[str]) -> None:
    """Say which columns are kept and mean nothing."""
    if carried:
        click.echo(f"kept, and read by no rule: {', '.join(carried[:MOST_TOLD])}{_further(carried)}", err=True)


def _further(names: Sequence[str]) -> str:
    """Return how many there are of what is told beyond those that are named."""
    return f", and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""


def _tell_left_out(left_out: Sequence[LeftOut]) -> None:
    """Say how many rows were left out for which reason, with the first of each."""
    if not left_out:
        return
    total = sum(each.rows for each in left_out)
    click.echo(f"left out {counted(total, 'row')}:", err=True)
    _tell_reasons(left_out)
    if len(left_out) > MOST_TOLD:
        others = left_out[MOST_TOLD:]
        rows = counted(sum(each.rows for each in others), "row")
        click.echo(f"  {rows} for {counted(len(others), 'further reason')}; the manifest has them", err=True)


def _tell_passed_over(passed_over: Sequence[LeftOut]) -> None:
    """Say of how many rows a cell was not read, with the first of each."""
    if passed_over:
        click.echo("not read, of rows that are taken:", err=True)
        _tell_reasons(passed_over)


def _tell_reasons(left_out: Sequence[LeftOut]) -> None:
    for reason, rows, first, _ in left_out[:MOST_TOLD]:
        places = [f"{shown(file)}, row {line}{_value(value, reason)}" for file, line, value in first]
        more = "; …" if rows > len(places) else ""
        click.echo(f"  {rows:,}: {reason} ({'; '.join(places)}{more})", err=True)


def _value(value: str | None, reason: str) -> str:
    """Return the text that is to blame, where the reason does not name it already."""
    from actorgraph.errors import quoted

    return "" if value is None or quoted(value) in reason else f": {quoted(value)}"
