"""schema: what an editor needs to know of a model."""

from __future__ import annotations

from pathlib import Path

import click

from actorgraph.console import Shared, model_path, shared, write
from actorgraph.errors import UsageProblem


@click.command()
@shared("model", "output", "no_cache")
def schema(asked: Shared) -> None:
    """Write a JSON Schema of model files, by which editors complete, explain and underline.

    It offers the ids of the model that is meant, if one is. A file finds it by its first line, which names the way
    from the file to the schema: `# yaml-language-server: $schema=../../.actorgraph/schema.json`.
    """
    from actorgraph.schema import schema_text  # noqa: PLC0415 - pydantic loads with it

    text = schema_text(asked.open() if _is_meant(asked.model) else None)
    if asked.output != "-":
        _make_folder(Path(asked.output))
    write(asked.output, text.rstrip("\n"))


def _is_meant(model: str | None) -> bool:
    """Whether a model is named, or is the only one at hand; if not, say so."""
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
