"""The command line: parse, call one library function, print. stdout is the answer, stderr the talk."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import Any, Final, NoReturn

import click

from actorgraph import __version__
from actorgraph.console import (
    Group,
    Shared,
    counted,
    model_path,
    print_answer,
    print_parts,
    print_things,
    shared,
    write,
)
from actorgraph.errors import UsageProblem
from actorgraph.ledger import load
from actorgraph.query import called, everything, snapshot, what, who
from actorgraph.words import THEMES, VIEWS

LISTS: Final = ("actors", "proposals", "sources", "events", "conditions")
SECTIONS: Final = ("actors", "proposals", "stances", "commitments", "relations", "events", "sources")
EXPORTS: Final = ("html", "graphml", "gexf", "json", "csv")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="actorgraph")
def cli() -> None:
    """Who stands where on what, since when, on what evidence, and what changed."""


@cli.command()
@shared("model")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
def check(asked: Shared, *, strict: bool) -> None:
    """Print every problem in a model, as file:line:column: CODE message."""
    from actorgraph.loader import read_model  # noqa: PLC0415 - yaml and pydantic load with it

    loaded = read_model(model_path(asked.model))
    for problem in loaded.problems:
        click.echo(f"{problem}{' (warning)' if problem.warning and not strict else ''}")
    errors = sum(strict or not problem.warning for problem in loaded.problems)
    if loaded.model is not None:
        counts = ", ".join(f"{len(getattr(loaded.model, name))} {name}" for name in SECTIONS)
        click.echo(f"{loaded.model.header.id}: {counts}", err=True)
    click.echo(f"{counted(errors, 'error')}, {counted(len(loaded.problems) - errors, 'warning')}", err=True)
    if errors:
        sys.exit(1)


@cli.command(name="list")
@click.argument("things", type=click.Choice(LISTS))
@shared("model", "style", "output", "no_cache")
def list_(asked: Shared, *, things: str) -> None:
    """List the actors, proposals, sources, events or conditions of a model."""
    from actorgraph import wording  # noqa: PLC0415 - export html has no need of it

    ledger = asked.open()
    found = ledger.things(things.removesuffix("s"))
    query = {"command": "list", "things": things}
    print_things(asked, ledger, query, found, lambda: wording.things_grid(found, ledger, things))


@cli.command()
@click.argument("name", metavar="ID")
@shared("model", "style", "output", "no_cache")
def show(asked: Shared, *, name: str) -> None:
    """Print all that is curated of one thing: an actor, proposal, source, event, condition or record."""
    from actorgraph import wording  # noqa: PLC0415 - export html has no need of it

    ledger = asked.open()
    found = called(ledger, name)
    query = {"command": "show", "target": name}
    print_things(asked, ledger, query, found, lambda: wording.thing_grids(found, ledger))


@cli.command(name="who")
@click.argument("position", metavar="POSITION")
@click.argument("target")
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def who_(asked: Shared, *, position: str, target: str) -> None:
    """Print who holds a position on a proposal, or opposes an actor.

    POSITION is supports, open, neutral or opposes (what they think of it); declines, withdraws, considers, pledges,
    allocates, delivers or threatens (what they undertake); any; or silent. TARGET is a proposal, by id, title or
    alias. `who opposes ACTOR` is who supports what that actor opposes, or opposes what it supports.
    """
    ledger = asked.open()
    print_answer(asked, ledger, who(ledger, position.lower(), target, **asked.question))


@cli.command(name="what")
@click.argument("actor")
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def what_(asked: Shared, *, actor: str) -> None:
    """Print everything that an actor holds: its stances and its commitments."""
    ledger = asked.open()
    print_answer(asked, ledger, what(ledger, actor, **asked.question))


@cli.command(name="why")
@click.argument("actor")
@click.argument("proposal")
@click.option("--documents", metavar="DIR", help="A folder with your copies of the sources: show the lines cited.")
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def why_(asked: Shared, *, actor: str, proposal: str, documents: str | None) -> None:
    """Print why an actor is said to hold what it holds on a proposal.

    The position in force, its evidence, the chain of reasoning if it is inferred, the history, and what disagrees.
    With --documents, also the lines cited, from copies whose sha256 is that of the source. As csv, the rows alone.
    """
    from actorgraph import narrative, wording  # noqa: PLC0415 - `who` has no need of it
    from actorgraph.account import why  # noqa: PLC0415

    ledger = asked.open()
    account = why(ledger, actor, proposal, documents=documents, **asked.question)
    for message in dict.fromkeys(one.message for one in account.passages if one.state != "verified"):
        click.echo(message, err=True)
    print_parts(
        asked,
        account,
        lambda: narrative.why_grids(account, ledger),
        lambda: (wording.row_records(account, account.rows), wording.ROW_COLUMNS),
    )


@cli.command(name="timeline")
@click.argument("name", metavar="ACTOR|PROPOSAL")
@click.option("--all", "every", is_flag=True, help="Also what was only said again, and all events of the model.")
@shared("model", "as_of", "known_by", "stated", "assume", "style", "output", "no_cache")
def timeline_(asked: Shared, *, name: str, every: bool) -> None:
    """Print every change in an actor's positions, or on a proposal, up to a day, with the events in between."""
    from actorgraph import narrative  # noqa: PLC0415 - `who` has no need of it
    from actorgraph.history import timeline  # noqa: PLC0415

    ledger = asked.open()
    told = timeline(ledger, name, as_of=asked.day, every=every, stated=asked.stated, assume=asked.assume)
    print_parts(
        asked,
        told,
        lambda: narrative.timeline_grids(told, ledger),
        lambda: (narrative.timeline_records(told), narrative.TIMELINE_COLUMNS),
    )


@cli.command(name="disputes")
@click.argument("name", metavar="[ACTOR|PROPOSAL]", required=False)
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "style", "output", "no_cache")
def disputes_(asked: Shared, *, name: str | None) -> None:
    """Print where the record disagrees with itself, with both sides' evidence.

    Contested positions, speakers who depart from the actor that they represent, support for proposals that exclude
    each other, and commitments that pull apart from stances.
    """
    from actorgraph import narrative  # noqa: PLC0415 - `who` has no need of it
    from actorgraph.disagreement import disputes  # noqa: PLC0415

    ledger = asked.open()
    told = disputes(ledger, name, **asked.question)
    print_parts(
        asked,
        told,
        lambda: narrative.disputes_grids(told, ledger),
        lambda: (narrative.dispute_records(told), narrative.DISPUTE_COLUMNS),
    )


@cli.command(name="diff")
@click.argument("start", metavar="[FROM", required=False)
@click.argument("end", metavar="TO]", required=False)
@click.option("--base", metavar="PATH", help="Another version of the model: what was corrected since.")
@click.option("--base-rev", metavar="REV", help="The model as it stood at a git revision: what was corrected since.")
@click.option("--base-known-by", metavar="DATE", help="What was learned between that day and --known-by.")
@click.option(
    "--base-assume", metavar="CONDITION", multiple=True, help="What holds on the first side, where that differs."
)
@click.option("--all", "every", is_flag=True, help="Also what was only said again, or on other evidence.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something differs.")
@shared("model", "as_of", "known_by", "stated", "assume", "style", "output", "no_cache")
def diff_(asked: Shared, *, every: bool, exit_code: bool, **sides: Any) -> None:
    """Print what differs between two dates, two scenarios, or two versions of a model.

    FROM TO are two dates: what changed in the world. A partial date means the last day of its period.
    --assume, with --base-assume or nothing on the other side: what a scenario changes on --as-of.
    --base PATH or --base-rev REV: which records were added, removed or corrected since that version, and what that
    changes on --as-of.
    --known-by with --base-known-by: what was learned between two days, and what that changes on --as-of.
    """
    differs = _diff_versions if _axis(sides, asked.assume) == "versions" else _diff_dates
    if differs(asked, every=every, sides=sides) and exit_code:
        sys.exit(1)


def _axis(sides: dict[str, Any], assume: tuple[str, ...]) -> str:
    """Return what the two sides differ in: versions, dates or scenarios; one at a time, for one meaning."""
    versions = [name for name in ("base", "base_rev", "base_known_by") if sides[name] is not None]
    dates = ["FROM TO"] if sides["start"] is not None else []
    given = [*dates, *(f"--{name.replace('_', '-')}" for name in versions)]
    if len(given) > 1 or (given and sides["base_assume"]):
        given += ["--base-assume"] * bool(sides["base_assume"])
        raise UsageProblem(f"{' and '.join(given)} ask different questions; ask one at a time")
    if sides["start"] is not None and sides["end"] is None:
        raise UsageProblem(f"one date is no pair: from {sides['start']} to when?")
    if not given and not sides["base_assume"] and not assume:
        message = "what is to be compared? Name two dates, --assume, --base, --base-rev or --base-known-by"
        raise UsageProblem(message)
    return "versions" if versions else "dates"


def _diff_dates(asked: Shared, *, every: bool, sides: dict[str, Any]) -> bool:
    from actorgraph import wording  # noqa: PLC0415 - export html has no need of it
    from actorgraph.changes import diff  # noqa: PLC0415

    if sides["start"] is not None and asked.as_of is not None:
        raise UsageProblem("FROM TO name the days already; leave --as-of out")
    scenarios = sides["start"] is None
    start, end = (asked.day, asked.day) if scenarios else (sides["start"], sides["end"])
    ledger = asked.open()
    base_assume = sides["base_assume"] if scenarios else None
    changes = diff(ledger, start, end, every=every, stated=asked.stated, assume=asked.assume, base_assume=base_assume)
    print_parts(
        asked,
        changes,
        lambda: (wording.changes_grid(changes, ledger),),
        lambda: (wording.change_records(changes), wording.CHANGE_COLUMNS),
    )
    return bool(changes.changes)


def _diff_versions(asked: Shared, *, every: bool, sides: dict[str, Any]) -> bool:
    from actorgraph import narrative  # noqa: PLC0415 - `who` has no need of it
    from actorgraph.versions import diff_versions  # noqa: PLC0415

    path, cache = model_path(asked.model), not asked.no_cache
    if sides["base_rev"] is not None:
        from actorgraph.revisions import load_revision  # noqa: PLC0415

        base = load_revision(path, sides["base_rev"], known_by=asked.known_by)
    elif sides["base"] is not None:
        base = load(sides["base"], known_by=asked.known_by, cache=cache)
    else:
        base = load(path, known_by=sides["base_known_by"], cache=cache)
    ledger = asked.open()
    query = {name: value for name, value in sides.items() if name in ("base", "base_rev") and value is not None}
    if base.revision is not None:
        query["base_commit"] = base.revision
    if sides["base_known_by"] is not None:
        query["base_known_by"] = base.known_by
        if ledger.known_by and str(base.known_by) > ledger.known_by:
            raise UsageProblem(f"--base-known-by {base.known_by} comes after --known-by {ledger.known_by}; swap them")
    found = diff_versions(
        base, ledger, as_of=asked.day, every=every, stated=asked.stated, assume=asked.assume, query=query
    )
    print_parts(
        asked,
        found,
        lambda: narrative.versions_grids(found, base, ledger),
        lambda: (narrative.version_records(found), narrative.VERSION_COLUMNS),
    )
    return bool(found.records or found.changes)


@cli.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORTS))
@click.option("--actors-only", is_flag=True, help="graphml, gexf: the one-mode graph of actors.")
@click.option("--compare", metavar="DATE", help="html: also what changed since that day.")
@click.option("--view", type=click.Choice(VIEWS), help="html: the view that it opens with.")
@click.option("--focus", metavar="NAME", help="html: open with this actor or proposal and what is around it.")
@click.option("--title", metavar="TEXT", help="html: a title in place of the model's.")
@click.option("--theme", type=click.Choice(THEMES), help="html: light or dark.  [default: as the system is]")
@click.option("--embed", is_flag=True, default=None, help="html: without head and controls, for a frame.")
@click.option(
    "--documents", metavar="DIR", help="html: a folder with your copies of the sources: show the lines cited."
)
@shared("model", "as_of", "known_by", "stated", "assume", "stale_after", "output", "no_cache")
def export(asked: Shared, *, form: str, actors_only: bool, **page: Any) -> None:
    """Write all that is in force on a day, as html, graphml, gexf, json or csv.

    html is the page to explore, with all other days on it; graphml and gexf are the graph for other tools; json and
    csv are the rows.
    """
    if actors_only and form not in ("graphml", "gexf"):
        raise UsageProblem(f"--actors-only goes with graphml and gexf, not with {form}")
    given = {name: value for name, value in page.items() if value is not None}
    if given and form != "html":
        *names, last = (f"--{name}" for name in given)
        several = f"{', '.join(names)} and {last} go" if names else f"{last} goes"
        raise UsageProblem(f"{several} with html, not with {form}")
    if form == "html":
        _export_page(asked, documents=given.pop("documents", None), **given)
        return
    ledger = asked.open()
    if form in ("json", "csv"):
        print_answer(
            asked._replace(style=form),
            ledger,
            everything(ledger, **asked.question),
        )
        return
    now = snapshot(ledger, **asked.question)
    from actorgraph.graph import actor_graph, to_gexf, to_graph, to_graphml  # noqa: PLC0415 - networkx loads slowly

    graph = actor_graph(now) if actors_only else to_graph(now)
    write(asked.output, (to_graphml if form == "graphml" else to_gexf)(graph))


def _export_page(asked: Shared, *, documents: str | None, **opening: Any) -> None:
    from actorgraph.explorer import Opening, to_html  # noqa: PLC0415 - pyvis takes half a second

    *earlier, ledger = asked.editions()
    page = to_html(ledger, **asked.question, opening=Opening(**opening), earlier=earlier, documents=documents)
    write(asked.output, page)


def main() -> NoReturn:
    """Run the command line; `actorgraph` and `python -m actorgraph` start here.

    One answer and the process is gone: nothing is worth collecting on the way, nor taking apart at the end. Measured
    at 5,000 records without a kept ledger: 80 ms for the one and 50 ms for the other, of 600.
    """
    gc.disable()
    # Pydantic would look for plugins in the metadata of every package that is installed; none has business here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    status: object = 0
    try:
        cli(prog_name="actorgraph")
    except SystemExit as ended:
        status = ended.code
    with suppress(OSError):  # whoever read us has gone; click has said so where it matters
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)
