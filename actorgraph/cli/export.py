"""export: a model for readers and for other tools."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

import click

from actorgraph.cli import completion
from actorgraph.cli.output import must_fit, print_answer, write
from actorgraph.cli.shared import Shared, shared
from actorgraph.errors import UsageProblem
from actorgraph.questions.options import NARROWINGS
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.who import everything
from actorgraph.vocabulary import THEMES, VIEWS

Command = Callable[..., None]
EXPORTS: Final = ("html", "graphml", "gexf", "json", "csv")


def page_options(prefix: str = "") -> Callable[[Command], Command]:
    """Give a command the options by which a page opens; `prefix` tells in their help what they go with."""
    options = (
        click.option("--compare", metavar="DATE", help=f"{prefix}also what changed since that day."),
        click.option("--view", type=click.Choice(VIEWS), help=f"{prefix}the view that it opens with."),
        click.option(
            "--focus",
            metavar="NAME",
            shell_complete=completion.things("actor", "proposal"),
            help=f"{prefix}open with this actor or proposal and what is around it.",
        ),
        click.option("--title", metavar="TEXT", help=f"{prefix}a title in place of the model's."),
        click.option("--theme", type=click.Choice(THEMES), help=f"{prefix}light or dark.  [default: as the system is]"),
        click.option("--embed", is_flag=True, default=None, help=f"{prefix}without head and controls, for a frame."),
        click.option(
            "--documents",
            metavar="DIR",
            shell_complete=completion.folder,
            help=f"{prefix}a folder with your copies of the sources: show the lines cited.",
        ),
    )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORTS))
@click.option("--actors-only", is_flag=True, help="graphml, gexf: the one-mode graph of actors.")
@page_options("html: ")
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "narrowing", "excel", "output", "no_cache")
def export(asked: Shared, *, form: str, actors_only: bool, **page: Any) -> None:
    """Write all that is in force on a day, as html, graphml, gexf, json or csv.

    html is the page to explore, with all other days on it; graphml and gexf are the graph for other tools; json and
    csv are the rows.
    """
    if actors_only and form not in ("graphml", "gexf"):
        raise UsageProblem(f"--actors-only goes with graphml and gexf, not with {form}")
    if asked.excel and form != "csv":
        raise UsageProblem(f"--excel goes with csv, not with {form}")
    must_fit(asked.output, form)
    given = {name: value for name, value in page.items() if value is not None}
    if given and form != "html":
        *names, last = (f"--{name}" for name in given)
        several = f"{', '.join(names)} and {last} go" if names else f"{last} goes"
        raise UsageProblem(f"{several} with html, not with {form}")
    if form == "html":
        narrowing = [f"--{name}" for name in NARROWINGS if getattr(asked, name)]
        if narrowing:
            raise UsageProblem(f"{' and '.join(narrowing)} narrow rows and graphs; a page has its own filters")
        if asked.output == "-" and sys.stdout.isatty():
            raise UsageProblem("a page is no reading for a terminal; -o page.html writes it to a file")
        _export_page(asked, documents=given.pop("documents", None), **given)
        return
    ledger = asked.open()
    if form in ("json", "csv"):
        print_answer(
            asked._replace(style=form),
            everything(ledger, **asked.question),
        )
        return
    now = snapshot(ledger, **asked.question)
    from actorgraph.graph.formats import to_gexf, to_graphml
    from actorgraph.graph.networks import actor_graph, to_graph

    graph = actor_graph(now) if actors_only else to_graph(now)
    write(asked.output, (to_graphml if form == "graphml" else to_gexf)(graph))


def _export_page(asked: Shared, *, documents: str | None, **opening: Any) -> None:
    from actorgraph.explorer.html import Opening, to_html

    *earlier, ledger = asked.editions()
    page = to_html(
        ledger,
        as_of=asked.opening_day(ledger),
        **asked.marking,
        opening=Opening(**opening),
        earlier=earlier,
        documents=documents,
    )
    write(asked.output, page)
