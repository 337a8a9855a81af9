"""export: a model for readers and for other tools."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.cli import completion
from actorgraph.cli.output import ending_of, must_fit, print_answer, write, write_bytes
from actorgraph.cli.shared import Shared, shared
from actorgraph.errors import UsageProblem
from actorgraph.questions.options import NARROWINGS
from actorgraph.questions.snapshot import snapshot
from actorgraph.questions.who import everything
from actorgraph.vocabulary import THEMES, VIEWS

if TYPE_CHECKING:
    from actorgraph.ledger.store import Ledger

Command = Callable[..., None]
EXPORTS: Final = ("html", "card", "graphml", "gexf", "json", "csv")
CARDS: Final = ("svg", "html", "htm", "png")
"""The endings of files that an answer card is written into."""
OF_CARDS: Final = frozenset({"compare", "theme"})
"""The options of a page that a card takes, too."""


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
@click.argument("target", required=False, shell_complete=completion.things("proposal", "actor"))
@click.option("--actors-only", is_flag=True, help="graphml, gexf: the one-mode graph of actors.")
@page_options("html: ")
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "narrowing", "excel", "output", "no_cache")
def export(asked: Shared, *, form: str, target: str | None, actors_only: bool, **page: Any) -> None:
    """Write all that is in force on a day, as html, graphml, gexf, json or csv; or an answer card.

    html is the page to explore, with all other days on it; graphml and gexf are the graph for other tools; json and
    csv are the rows. card is who stands where on one TARGET, a proposal, or where an actor stands: a picture (svg, or
    png where `actorgraph[png]` is installed), or a piece of html for an article, as the name of the output file ends.
    """
    if actors_only and form not in ("graphml", "gexf"):
        raise UsageProblem(f"--actors-only goes with graphml and gexf, not with {form}")
    if asked.excel and form != "csv":
        raise UsageProblem(f"--excel goes with csv, not with {form}")
    if form != "card":
        must_fit(asked.output, form)
    given = {name: value for name, value in page.items() if value is not None}
    _must_go_together(form, target, given)
    if form in ("html", "card"):
        narrowing = [f"--{name}" for name in NARROWINGS if getattr(asked, name)]
        if narrowing:
            instead = "a page has its own filters" if form == "html" else "a card is about one thing"
            raise UsageProblem(f"{' and '.join(narrowing)} narrow rows and graphs; {instead}")
    if form == "html":
        if asked.output == "-" and sys.stdout.isatty():
            raise UsageProblem("a page is no reading for a terminal; -o page.html writes it to a file")
        _export_page(asked, documents=given.pop("documents", None), **given)
        return
    ledger = asked.open()
    if form == "card":
        _export_card(asked, ledger, str(target), **given)
        return
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


def _must_go_together(form: str, target: str | None, given: dict[str, Any]) -> None:
    """Raise `UsageProblem` for options that do not go with a format, and where a card is of nothing."""
    wrong = [name for name in given if form != "html" and (form != "card" or name not in OF_CARDS)]
    if wrong:
        *names, last = (f"--{name}" for name in wrong)
        several = f"{', '.join(names)} and {last} go" if names else f"{last} goes"
        raise UsageProblem(f"{several} with html, not with {form}")
    if form == "card" and target is None:
        raise UsageProblem("a card is about a proposal or an actor; name one: actorgraph export card TARGET")
    if form != "card" and target is not None:
        raise UsageProblem(f"a target goes with card, not with {form}: {target}")


def _export_card(
    asked: Shared, ledger: Ledger, target: str, *, compare: str | None = None, theme: str = "light"
) -> None:
    from actorgraph.explorer.card import card_of
    from actorgraph.explorer.card_files import card_html, card_png, card_svg

    ending = ending_of(asked.output) or "svg"
    if ending not in CARDS:
        raise UsageProblem(f"{asked.output} cannot hold a card; name a file that ends in .svg, .html or .png")
    if ending.startswith("htm") and theme != "light":
        raise UsageProblem("--theme goes with a picture; a card of HTML has the colours of what is around it")
    card = card_of(
        ledger, target, as_of=asked.day, compare=compare, link=_again(asked, ledger, target, compare), **asked.marking
    )
    if ending == "png":
        write_bytes(asked.output, card_png(card, theme))
    else:
        write(asked.output, card_html(card) if ending.startswith("htm") else card_svg(card, theme))


def _again(asked: Shared, ledger: Ledger, target: str, compare: str | None) -> str:
    """Return the command that makes a card again, on whichever day it is run."""
    options = {
        "--model": asked.model,
        "--as-of": asked.day,
        "--compare": compare,
        "--known-by": asked.known_by,
        "--min-grade": asked.min_grade,
        "--stale-after": asked.stale_after,
    }
    words = ["actorgraph", "export", "card", ledger.resolve(target, "proposal", "actor").id]
    words += [word for name, value in options.items() if value is not None for word in (name, value)]
    words += [word for source in asked.without for word in ("--without", source)]
    words += [word for condition in asked.assume for word in ("--assume", condition)]
    return shlex.join([*words, *(["--stated"] if asked.stated else [])])
