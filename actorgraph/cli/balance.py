"""balance: how balanced ties are, and which two camps fit them best."""

from __future__ import annotations

from typing import Final

import click

from actorgraph.cli import completion
from actorgraph.cli.measuring import EXPLAIN, LEVELS, print_measured
from actorgraph.cli.shared import COMMANDLINE, Shared, shared
from actorgraph.errors import UsageProblem


@click.command(name="balance")
@click.argument("edges", metavar="[EDGES.csv]", required=False, shell_complete=completion.file)
@click.option("--windows-in", metavar="COLUMN", help="EDGES.csv: a line for each window that stands in that column.")
@LEVELS
@click.option(
    "--min-shared",
    type=click.IntRange(min=1),
    metavar="N",
    default=1,
    show_default=True,
    help="Two have a tie where they share that many proposals.",
)
@EXPLAIN
@shared("stated_alone")
def balance_(
    asked: Shared, *, edges: str | None, windows_in: str | None, levels: str, min_shared: int, explain: bool
) -> None:
    """Print how balanced ties are: triangles by their signs, two camps, and the ties that go against them.

    Two actors have a positive tie where they agree more than they disagree, a negative one where less. The frustration
    index is the fewest ties that go against any two camps, the two-camp index how well the best two camps tell who
    agrees with whom. Both are exact, or found by a search; then a bound is proved. Instead of a model, EDGES.csv may
    hold signed ties, in the columns source, target and sign (1 or -1).
    """
    from actorgraph.analysis.balance import balance
    from actorgraph.analysis.table_balance import balance_of_table
    from actorgraph.exchange.sheets.signed_ties import read_signed_ties
    from actorgraph.render.balance import balance_grids, table_balance_grids
    from actorgraph.render.balance_picture import balance_picture, table_balance_picture

    if edges is not None:
        _must_be_of_a_table()
        table = balance_of_table(edges, read_signed_ties(edges, windows_in=windows_in), windows_in=windows_in)
        print_measured(
            asked, table, lambda: table_balance_grids(table), lambda ending: table_balance_picture(table, ending)
        )
        return
    if windows_in is not None:
        raise UsageProblem("--windows-in goes with a table of ties: actorgraph balance EDGES.csv --windows-in COLUMN")
    ledger = asked.open()
    answer = balance(ledger, as_of=asked.day, levels=levels, min_shared=min_shared, explain=explain, **asked.narrowing)
    print_measured(asked, answer, lambda: balance_grids(answer), lambda ending: balance_picture(answer, ending))


_OF_A_TABLE: Final = {"edges", "windows_in", "style", "excel", "output"}
"""The options that a table of ties has a use for."""


def _must_be_of_a_table() -> None:
    """Raise `UsageProblem` where an option is given that is about a model."""
    context = click.get_current_context()
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in _OF_A_TABLE and context.get_parameter_source(name) is COMMANDLINE:
            raise UsageProblem(f"{parameter.opts[0]} is about a model, and EDGES.csv is none: leave one of them out")
