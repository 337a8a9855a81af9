"""schema: what an editor needs to know of a model's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from actorgraph.cli.endings import must_fit
from actorgraph.cli.output import write
from actorgraph.cli.shared import Shared, model_path, shared
from actorgraph.errors import ModelError, UsageProblem, errors_among
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from actorgraph.curate.schema import Ids

_NOT_OFFERED: Final = "editors do not offer what is new"


@click.command()
@shared("model", "output", "no_cache")
def schema(asked: Shared) -> None:
    """Write a JSON Schema by which editors complete, explain and underline.

    It offers the ids of the model that --model names, or of the only one under ./graphs. The first line of a file
    names the path from the file to the schema: `# yaml-language-server: $schema=../../.actorgraph/schema.json`.
    """
    from actorgraph.curate.schema import schema_text

    must_fit(asked.output, "json")
    text = schema_text(asked.open() if _is_meant(asked.model) else None)
    if asked.output != "-":
        _make_folder(Path(asked.output))
    write(asked.output, text.rstrip("\n"))


def offer_new_ids(asked: Shared, ids: Ids | None = None) -> None:
    """Write the schema again if this folder keeps one, so that editors offer new ids: those given, else the model's.

    Where it cannot be written, or the model is broken, that is said, and no more: what the ids were made for has been.
    """
    from actorgraph.curate.schema import LEFT_OUT, PLACE, schema_text

    if Path(PLACE).is_file() or Path(LEFT_OUT).is_file():
        try:
            write(PLACE, schema_text(ids or asked.open()).rstrip("\n"))
        except click.UsageError as error:
            click.echo(f"{error.message}; {_NOT_OFFERED}", err=True)
        except ModelError as error:
            errors = len(errors_among(error.problems))
            click.echo(f"{counted(errors, 'problem')} in the model (`actorgraph check`); {_NOT_OFFERED}", err=True)


def _is_meant(model: str | None) -> bool:
    """Whether a model is named, or is the only one under ./graphs; if not, say so."""
    try:
        model_path(model)
    except UsageProblem as problem:
        click.echo(f"no ids are offered: {problem}", err=True)
        return False
    return True


def _make_folder(output: Path) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
