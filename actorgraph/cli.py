"""The command line: parse, call one library function, print. stdout is the answer, stderr the talk."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from actorgraph import __version__
from actorgraph.errors import ActorgraphError, ModelError, UsageProblem
from actorgraph.ledger import TYPES, Ledger, load
from actorgraph.query import ASKED, Answer, everything, snapshot, what, who

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.tables import Grid

TONES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True},
    "heading": {"dim": True},
    "for": {"fg": "blue"},
    "against": {"fg": "red"},
    "between": {"fg": "yellow"},
    "harm": {"fg": "magenta", "bold": True},
}
LISTS: Final = ("actors", "proposals", "sources", "events", "conditions")
EXPORTS: Final = ("html", "graphml", "gexf", "json", "csv")


class _Problems(click.ClickException):
    exit_code = 1

    def __init__(self, error: ModelError) -> None:
        super().__init__(str(error))
        self.count = len(error.problems)

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)
        click.echo(f"{self.count} problem{'s' * (self.count != 1)}; nothing was answered", file=file, err=file is None)


class _Group(click.Group):
    """Turns what the library raises into messages and exit codes: 1 for data, 2 for usage."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ModelError as error:
            raise _Problems(error) from error
        except ActorgraphError as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise click.FileError(str(error.filename), error.strerror) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="actorgraph")
def cli() -> None:
    """Who stands where on what, since when, on what evidence, and what changed."""


def _shared(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options of these names; they mean the same everywhere."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return decorate


_OPTIONS: Final = {
    "model": click.option(
        "--model",
        "-m",
        envvar="ACTORGRAPH_MODEL",
        metavar="PATH",
        help="The model: a YAML file or a folder of them.  [default: the only one under ./graphs]",
    ),
    "as_of": click.option("--as-of", metavar="DATE", help="What was in force on that day.  [default: today]"),
    "known_by": click.option("--known-by", metavar="DATE", help="Only what was published by that day."),
    "format": click.option(
        "--format",
        "style",
        type=click.Choice(["table", "json", "csv", "md"]),
        default="table",
        show_default=True,
        help="How to print the answer.",
    ),
    "output": click.option(
        "--output", "-o", metavar="FILE", default="-", help="Write the answer to a file.  [default: stdout]"
    ),
    "no_cache": click.option("--no-cache", is_flag=True, help="Neither use nor keep a ledger in the cache folder."),
}
_QUESTION: Final = ("model", "as_of", "known_by", "format", "output", "no_cache")


@cli.command()
@_shared("model")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
def check(model: str | None, strict: bool) -> None:
    """Print every problem in a model, as file:line:column: CODE message."""
    from actorgraph.loader import read_model  # noqa: PLC0415 - yaml and pydantic load with it

    loaded = read_model(_model(model))
    for problem in loaded.problems:
        click.echo(f"{problem}{' (warning)' if problem.warning and not strict else ''}")
    errors = sum(strict or not problem.warning for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    if loaded.model is not None:
        one = loaded.model
        counts = {
            "actors": one.actors,
            "proposals": one.proposals,
            "stances": one.stances,
            "commitments": one.commitments,
            "relations": one.relations,
            "events": one.events,
            "sources": one.sources,
        }
        click.echo(f"{one.header.id}: {', '.join(f'{len(each)} {name}' for name, each in counts.items())}", err=True)
    click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}", err=True)
    if errors:
        sys.exit(1)


@cli.command(name="list")
@click.argument("things", type=click.Choice(LISTS))
@_shared("model", "format", "output", "no_cache")
def list_(things: str, model: str | None, style: str, output: str, no_cache: bool) -> None:
    """List the actors, proposals, sources, events or conditions of a model."""
    ledger = _open(model, None, no_cache)
    found = ledger.things(things.removesuffix("s"))
    items = [{"id": one.id, "name": one.name, **_items(one.body)} for one in found]
    envelope = {"query": {"command": "list", "things": things}, "model": ledger.model, "items": items}

    def grid() -> Grid:
        from actorgraph.wording import things_grid  # noqa: PLC0415

        return things_grid(found, ledger, things.capitalize())

    columns = list(dict.fromkeys(key for item in items for key in item)) or ["id", "name"]
    records = [{column: _flat(item.get(column)) for column in columns} for item in items]
    _print(style, output, envelope, grid, lambda: (records, columns))


@cli.command()
@click.argument("name", metavar="ID")
@_shared("model", "format", "output", "no_cache")
def show(name: str, model: str | None, style: str, output: str, no_cache: bool) -> None:
    """Show everything that is curated of one thing: an actor, proposal, source, event, condition or record."""
    ledger = _open(model, None, no_cache)
    found = ledger.named(name, *TYPES)
    thing = found[0] if len({one.id for one in found}) == 1 else ledger.resolve(name, *TYPES)
    same = [one for one in found if one.id == thing.id] or [thing]
    items = [{"type": one.type, "id": one.id, "name": one.name, **_items(one.body)} for one in same]
    envelope = {"query": {"command": "show", "id": thing.id}, "model": ledger.model, "items": items}

    def grid() -> Grid:
        from actorgraph.wording import thing_grid  # noqa: PLC0415

        return thing_grid(thing, ledger)

    records = [{"key": key, "value": _flat(value)} for item in items for key, value in item.items()]
    _print(style, output, envelope, grid, lambda: (records, ["key", "value"]))


@cli.command(name="who")
@click.argument("position", type=click.Choice(ASKED, case_sensitive=False), metavar="POSITION")
@click.argument("target")
@_shared(*_QUESTION)
def who_(
    position: str,
    target: str,
    model: str | None,
    as_of: str | None,
    known_by: str | None,
    style: str,
    output: str,
    no_cache: bool,
) -> None:
    """Print who holds a position on a proposal.

    POSITION is supports, open, neutral or opposes (what they think of it); declines, withdraws, considers, pledges,
    allocates, delivers or threatens (what they undertake); any; or silent. TARGET is a proposal, by id, title or
    alias.
    """
    ledger = _open(model, known_by, no_cache)
    _print_rows(who(ledger, position, target, as_of=as_of or _today()), ledger, style, output)


@cli.command(name="what")
@click.argument("actor")
@_shared(*_QUESTION)
def what_(
    actor: str,
    model: str | None,
    as_of: str | None,
    known_by: str | None,
    style: str,
    output: str,
    no_cache: bool,
) -> None:
    """Print everything that an actor holds: its stances and its commitments."""
    ledger = _open(model, known_by, no_cache)
    answer = what(ledger, actor, as_of=as_of or _today())
    _print_rows(answer, ledger, style, output)
    if not answer.rows:
        from actorgraph.query import speaks_for  # noqa: PLC0415

        for principal in speaks_for(ledger, answer.query["target"], as_of=answer.as_of):
            click.echo(f"{actor} speaks for {principal}: try `actorgraph what {principal}`", err=True)


@cli.command(name="diff")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--all", "every", is_flag=True, help="Also what was only said again, or on other evidence.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something changed.")
@_shared("model", "known_by", "format", "output", "no_cache")
def diff_(
    start: str,
    end: str,
    every: bool,
    exit_code: bool,
    model: str | None,
    known_by: str | None,
    style: str,
    output: str,
    no_cache: bool,
) -> None:
    """Print what changed between two dates. A partial date means the last day of its period."""
    from actorgraph.diff import diff  # noqa: PLC0415 - `who` has no need of it

    ledger = _open(model, known_by, no_cache)
    changes = diff(ledger, start, end, every=every)

    def grid() -> Grid:
        from actorgraph.wording import changes_grid  # noqa: PLC0415

        return changes_grid(changes, ledger)

    def records() -> tuple[Any, Any]:
        from actorgraph.wording import CHANGE_COLUMNS, change_records  # noqa: PLC0415

        return change_records(changes), CHANGE_COLUMNS

    _print(style, output, changes, grid, records)
    if exit_code and changes.changes:
        sys.exit(1)


@cli.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORTS))
@click.option("--actors-only", is_flag=True, help="graphml, gexf: the one-mode graph of actors.")
@_shared("model", "as_of", "known_by", "output", "no_cache")
def export(
    form: str,
    actors_only: bool,
    model: str | None,
    as_of: str | None,
    known_by: str | None,
    output: str,
    no_cache: bool,
) -> None:
    """Write all that is in force on a day: a page (html), a graph (graphml, gexf), or rows (json, csv)."""
    if actors_only and form not in ("graphml", "gexf"):
        raise UsageProblem(f"--actors-only goes with graphml and gexf, not with {form}")
    ledger = _open(model, known_by, no_cache)
    day = as_of or _today()
    if form in ("json", "csv"):
        _print_rows(everything(ledger, as_of=day), ledger, form, output)
        return
    now = snapshot(ledger, as_of=day)
    if form == "html":
        from actorgraph.explorer import to_html  # noqa: PLC0415 - pyvis takes half a second

        _write(output, to_html(now))
        return
    from actorgraph.graph import actor_graph, to_gexf, to_graph, to_graphml  # noqa: PLC0415 - so does networkx

    graph = actor_graph(now) if actors_only else to_graph(now)
    _write(output, (to_graphml if form == "graphml" else to_gexf)(graph))


# -- printing ----------------------------------------------------------------------------------------------


def _print_rows(answer: Answer, ledger: Ledger, style: str, output: str) -> None:
    from actorgraph.wording import ROW_COLUMNS, answer_grid, answer_records  # noqa: PLC0415 - json needs no words

    _print(
        style,
        output,
        answer,
        lambda: answer_grid(answer, ledger),
        lambda: (answer_records(answer), ROW_COLUMNS),
    )


def _print(
    style: str, output: str, value: object, grid: Callable[[], Grid], records: Callable[[], tuple[Any, Any]]
) -> None:
    from actorgraph.tables import to_csv, to_json, to_markdown, to_text  # noqa: PLC0415 - export html needs none

    if style == "json":
        text = to_json(value)
    elif style == "csv":
        text = to_csv(*records())
    elif style == "md":
        text = to_markdown(grid())
    else:
        text = to_text(grid(), width=_width(), paint=_paint if output == "-" else lambda text, _: text)
    _write(output, text)


def _paint(text: str, tone: str) -> str:
    return click.style(text, **TONES[tone]) if tone in TONES else text


def _width() -> int:
    """Return the terminal's width; 80 in a pipe, and never so wide that a line is hard to follow."""
    if os.environ.get("COLUMNS", "").isdigit():
        return max(int(os.environ["COLUMNS"]), 40)
    try:
        return min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 40), 140)
    except (OSError, ValueError):
        return 80


def _write(output: str, text: str) -> None:
    """Print a text, or put it in a file that is either the old one or the whole new one."""
    if output == "-":
        click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
        return
    temporary = f"{output}.{os.getpid()}.part"
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - no pathlib needed
            stream.write(text if text.endswith("\n") else text + "\n")
        os.replace(temporary, output)  # noqa: PTH105
    except OSError as error:
        if os.path.exists(temporary):  # noqa: PTH110
            os.remove(temporary)  # noqa: PTH107
        raise OSError(error.errno, error.strerror, output) from error
    click.echo(f"wrote {output}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _items(body: dict[str, Any]) -> dict[str, Any]:
    return {key.replace("-", "_"): value for key, value in body.items()}


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return [_flat(one) for one in value]
    return " ".join(f"{key}={one}" for key, one in value.items() if one) if isinstance(value, dict) else value


# -- what the command line alone knows -------------------------------------------------------------------------


def _today() -> str:
    from datetime import date  # noqa: PLC0415

    return date.today().isoformat()  # noqa: DTZ011 - the reader's own day is meant


def _open(model: str | None, known_by: str | None, no_cache: bool) -> Ledger:
    return load(_model(model), known_by=known_by, cache=not no_cache)


def _model(path: str | None) -> str:
    """Return the model that is meant: the one named, or the only one under ./graphs."""
    if path is not None:
        return path
    try:
        found = [
            one.path
            for one in os.scandir("graphs")
            if not one.name.startswith(".") and (one.is_dir() or one.name.endswith((".yaml", ".yml")))
        ]
    except OSError:
        found = []
    if len(found) == 1:
        return found[0]
    several = f"there are several models under ./graphs ({', '.join(sorted(found))})"
    missing = "there is no model under ./graphs"
    raise UsageProblem(f"{several if found else missing}; name one with --model PATH or ACTORGRAPH_MODEL")


def main() -> NoReturn:
    """Run the command line; `actorgraph` and `python -m actorgraph` start here."""
    cli(prog_name="actorgraph")
    sys.exit(0)
