"""import: what others have collected, from a spreadsheet, a reference manager or another tool, into a model."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from actorgraph.cli import completion
from actorgraph.cli.formats import FormatGroup, given, with_options
from actorgraph.cli.output import write, write_table
from actorgraph.cli.schema import offer_new_ids
from actorgraph.cli.settle import agreed, painted, refusal, stop
from actorgraph.cli.shared import Shared, model_path, shared, today
from actorgraph.curate.prompts import in_a_terminal
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import IN, module_of
from actorgraph.model.kinds import OF_SECTION
from actorgraph.model.paths import shown
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.importing.incoming import Arrival, Aside, Skipped, Things
    from actorgraph.exchange.importing.merge import Merge

MOST_LINES: Final = 60
"""How many lines of the difference in each file are shown, where --all is not given."""
MANY: Final = 1000
"""From how many records on it takes so long that it is said what is being done."""
MOST_ROWS: Final = 20
"""How many rows of a kind are printed one by one, where --all is not given."""


_GUESSING: Final = (
    click.option("--guess", is_flag=True, help="Import nothing; write a file for --map, as the headings suggest it."),
    click.option(
        "--output", "-o", metavar="FILE", default="-", shell_complete=completion.file, help="Where --guess writes it."
    ),
)


def _command(form: str, about: str) -> click.Command:
    module = module_of(form)

    @shared("model")
    def read_one(
        asked: Shared, *, files: tuple[str, ...], create: bool, yes: bool, everything: bool, **own: Any
    ) -> None:
        output = own.pop("output", "-")
        if own.pop("guess", False):
            if output != "-" and Path(output).is_file():
                raise UsageProblem(
                    f"{shown(output)} is there already, and somebody may have edited it; name another file"
                )
            write(output, module.guess(files, **given(own)))
            return
        most = None if everything else MOST_ROWS
        _import(asked, module, files, given(own), create=create, yes=yes, most=most)

    command = read_one
    for option in reversed(_GUESSING if hasattr(module, "guess") else ()):
        command = option(command)
    for option in reversed(
        (
            click.option("--create", is_flag=True, help="Make new actors, proposals and sources of unknown names."),
            click.option("--yes", "-y", is_flag=True, help="Write without asking."),
            click.option(
                "--all",
                "everything",
                is_flag=True,
                help="Show every line that changes, and list every row that is left out or differs.",
            ),
        )
    ):
        command = option(command)
    command = with_options(module.IN)(command)
    command = click.argument("files", metavar="FILE…", nargs=-1, required=True, shell_complete=completion.file)(command)
    return click.command(name=form, help=f"Take in {about}.", short_help=f"{about}.")(command)


@click.group(name="import", cls=FormatGroup, formats=IN, make=_command)
def import_() -> None:
    """Take in what others have collected: a spreadsheet, a reference manager, another tool.

    What is new is added, what differs is corrected, what is there already is left alone: a file that has grown can be
    taken in again. The difference is shown first, and written on a yes; each row that is left out is listed with its
    reason.
    """


def _import(
    asked: Shared, module: Any, files: Sequence[str], own: dict[str, Any], *, create: bool, yes: bool, most: int | None
) -> None:
    """Read files, see what the model would be, ask, and write."""
    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.exchange.importing.merge import checked, compared
    from actorgraph.questions.check import check

    loaded = check(model_path(asked.model), today=today())
    known = Things(loaded.sound(), create=create, today=today())
    read = list(_with_bar(module.read(files, known, **own)))
    if known.unknown:
        _tell_unknown(known, most)
        stop(f"{counted(len(known.unknown), 'name')} unknown; --create makes new ones")
    if sys.stderr.isatty() and len(read) >= MANY:
        click.echo("comparing with the model, and checking it with what is new …", err=True)
    merge = compared(loaded, _handed_over(known.arrivals, read))
    before = loaded.problems
    del loaded, known  # of a large model there is room for one at a time (see `checked`)
    merge = checked(merge, before, today=today())
    _tell(merge, most)
    if merge.refused:
        stop(refusal(merge.problems))
    if not merge.replacements and not merge.asides:
        click.echo("nothing new; nothing was written", err=True)
        return
    if not yes and not in_a_terminal():
        stop("this is no terminal, so nobody can be asked; --yes writes without asking")
    if not yes and not agreed("Write it?"):
        stop()
    merge.write()
    for replacement in (*merge.replacements, *merge.asides):
        click.echo(f"wrote {shown(replacement.path)}", err=True)
    offer_new_ids(asked, merge.ids)


def _handed_over(*lists: list[Any]) -> Iterator[Any]:
    """Yield what is in lists and drop it from them: of many records there is room for one copy."""
    for listed in lists:
        listed.reverse()
        while listed:
            yield listed.pop()


def _with_bar(read: Iterable[Arrival | Aside | Skipped]) -> Iterator[Arrival | Aside | Skipped]:
    """Yield what is read, with the number of rows so far on a terminal."""
    if not sys.stderr.isatty():
        yield from read
        return
    with click.progressbar(
        read, label="reading", show_eta=False, show_percent=False, show_pos=True, file=sys.stderr
    ) as bar:
        yield from bar


def _tell_unknown(known: Things, most: int | None) -> None:
    """List the names that nothing answers to, with what is near them."""
    for name in known.unknown[:most]:
        near = known.near(name)
        hint = f"; near it: {', '.join(near)}" if near else ""
        click.echo(f"{name.place}: no {name.kind} answers to {quoted(name.name)}{hint}", err=True)
    _tell_more(len(known.unknown), most)


def _tell(merge: Merge, most: int | None) -> None:
    """Show the difference, and say what is new, what is corrected and what is left out."""
    write_table("-", painted(merge.diff(None if most is None else MOST_LINES)))
    for change in merge.changes[:most]:
        click.echo(
            f"{change.place}: {change.record}: {change.key}: {_said(change.old)} → {_said(change.new)}", err=True
        )
    _tell_more(len(merge.changes), most)
    _tell_skipped(merge.skipped, most)
    _tell_problems(merge, most)
    if merge.asides:
        folder = shown(str(Path(merge.asides[0].path).parent))
        click.echo(f"beside the model: {counted(len(merge.asides), 'new file')} in {folder}", err=True)
    for statement in merge.unsaid[:most]:
        click.echo(
            f"{statement}: nothing that comes in says it any more, though its source is cited; `remove` takes it away",
            err=True,
        )
    _tell_more(len(merge.unsaid), most)
    counts = {"new": _listed(merge.added) or "nothing", "corrected": _listed(merge.corrected)}
    counts |= {"there already": _listed(merge.same), "left out": _left_out(merge.skipped)}
    click.echo("; ".join(f"{what}: {number or 0}" for what, number in counts.items()), err=True)


def _tell_skipped(skipped: Sequence[Skipped], most: int | None) -> None:
    """Print what is left out, first what would be records; of many, those of one reason in a line, the most first."""
    from actorgraph.exchange.importing.incoming import DOUBT

    is_short = most is None or len(skipped) <= most
    alike: dict[object, list[Skipped]] = {}
    for number, row in enumerate(skipped):
        alike.setdefault(number if is_short else (row.part, row.reason), []).append(row)
    groups = sorted(alike.values(), key=lambda rows: (rows[0].part != "", -len(rows)))
    for rows in groups[:most]:
        others = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
        what = "" if rows[0].part == DOUBT else "left out: "
        click.echo(f"{rows[0].place}{others}: {what}{rows[0].reason}", err=True)
    if not is_short:
        rest = sum(map(len, groups[most:]))
        click.echo(f"{f'… and {rest:,} more; ' if rest else ''}--all lists every one", err=True)


def _tell_problems(merge: Merge, most: int | None) -> None:
    """Print the errors that the model would have, each behind its row, or else the warnings."""
    from actorgraph.exchange.importing.placed_errors import placed_errors

    errors = [f"{place}: {problem}" if place else str(problem) for place, problem in placed_errors(merge)]
    listed = errors or [str(problem) for problem in merge.problems]
    for line in listed[:most]:
        click.echo(line, err=True)
    _tell_more(len(listed), most)


def _tell_more(number: int, most: int | None) -> None:
    if most is not None and number > most:
        click.echo(f"… and {number - most:,} more; --all lists them", err=True)


def _listed(numbers: Mapping[str, int]) -> str:
    """Return how many records there are of which kind."""
    some = ((number, section) for section, number in numbers.items() if number)
    return ", ".join(f"{number:,} {section if number != 1 else OF_SECTION[section].name}" for number, section in some)


def _left_out(skipped: Iterable[Skipped]) -> str:
    """Return how many records are left out, and of what else is, how much of each sort."""
    from actorgraph.exchange.importing.incoming import DOUBT

    number = Counter(row.part for row in skipped if row.part != DOUBT)
    records = number.pop("", 0)
    return (
        f"{records:,}; besides: {', '.join(counted(*part[::-1]) for part in number.items())}"
        if number
        else f"{records:,}"
    )


def _said(value: object) -> str:
    return "nothing" if value in (None, []) else str(value)
