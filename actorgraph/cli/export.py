"""export: a model for readers and for other tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from actorgraph.cli import completion
from actorgraph.cli.endings import must_fit
from actorgraph.cli.formats import FormatGroup, given, with_options
from actorgraph.cli.output import write, write_bytes, write_folder, write_pieces
from actorgraph.cli.shared import Shared, shared
from actorgraph.errors import UsageProblem
from actorgraph.exchange.formats import OUT, module_of
from actorgraph.ledger.things import with_article

if TYPE_CHECKING:
    from actorgraph.exchange.formats import OutOptions, Written


class _Format(click.Command):
    """The command of a format: what goes with another one is told with the formats that it goes with."""

    def __init__(self, *, takes: OutOptions, **look: Any) -> None:
        super().__init__(**look)
        self.takes = takes

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            takers = [known.name for known in OUT if error.option_name in _options_of(known.name)]
            if not takers:
                raise
            raise UsageProblem(f"{error.option_name} goes with {_listed(takers)}, not with {self.name}") from error
        except click.MissingParameter as error:
            _, kinds = self.takes.target or ("", ("thing",))
            about = _listed([with_article(kind) for kind in kinds], " or ")
            message = f"{self.name} is about {about}; name one: actorgraph export {self.name} TARGET"
            raise UsageProblem(message) from error
        except click.UsageError as error:
            if self.takes.target is not None or "extra argument" not in error.message:
                raise
            takers = [known.name for known in OUT if module_of(known.name).OUT.target is not None]
            raise UsageProblem(f"a target goes with {_listed(takers)}, not with {self.name}") from error


def _options_of(form: str) -> set[str]:
    command = _command(form, "")
    return {name for parameter in command.params for name in parameter.opts}


def _listed(words: Sequence[str], last: str = " and ") -> str:
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _command(form: str, about: str) -> click.Command:
    module = module_of(form)
    options: OutOptions = module.OUT

    @shared(*options.shared)
    def write_one(asked: Shared, *, target: str | tuple[str, ...] | None = None, **own: Any) -> None:
        if options.endings:
            _must_fit(asked, form, options.endings)
        _put(asked.output, module.write(asked, *([] if target is None else [target]), **given(own)))

    command = with_options(options.own)(write_one)
    if options.target is not None:
        metavar, kinds = options.target
        command = click.argument(
            "target",
            metavar=metavar,
            nargs=-1 if metavar.rstrip("]").endswith("...") else 1,
            required=not metavar.startswith("["),
            shell_complete=completion.things(*kinds),
        )(command)
    look = {"help": _help(about, options), "short_help": f"{about}."}
    return click.command(name=form, cls=_Format, takes=options, **look)(command)


def _help(about: str, options: OutOptions) -> str:
    """Return what a format is, and what it may be about."""
    sentence = f"Write {about}."
    if options.target is None:
        return sentence
    metavar, kinds = options.target
    target = f"{metavar.strip('[].')} is {_listed([with_article(kind) for kind in kinds], ' or ')}"
    return f"{sentence}\n\n{target}, by id, name or alias."


@click.group(cls=FormatGroup, formats=OUT, make=_command)
def export() -> None:
    """Write a model for readers and for other tools: a page, a picture, rows, a graph.

    Each format has options of its own: actorgraph export html --help.
    """


def _must_fit(asked: Shared, form: str, endings: tuple[str, ...]) -> None:
    """Raise `UsageProblem` where a file's name says that it holds something else."""
    if form in endings:
        must_fit(asked.output, form)
    elif asked.ending and asked.ending not in endings:
        known = _listed([f".{ending}" for ending in endings], " or ")
        what = form if form.endswith("s") else f"a {form}"
        raise UsageProblem(f"{asked.output} cannot hold {what}; name a file that ends in {known}")


def _put(output: str, written: Written) -> None:
    if isinstance(written, str):
        write(output, written)
    elif isinstance(written, bytes):
        write_bytes(output, written)
    elif isinstance(written, Mapping):
        write_folder(output, written)
    else:
        write_pieces(output, written)
