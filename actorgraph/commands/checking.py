"""check: every problem in a model."""

from __future__ import annotations

import sys
from typing import Final

import click

from actorgraph.console import Shared, counted, model_path, shared

SECTIONS: Final = ("actors", "proposals", "stances", "commitments", "relations", "events", "sources")


@click.command()
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
