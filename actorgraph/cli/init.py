"""init: a starter model."""

from __future__ import annotations

import os
from pathlib import Path

import click

from actorgraph.cli import completion
from actorgraph.cli.output import write
from actorgraph.ledger.load import load
from actorgraph.model.paths import yaml_files
from actorgraph.pasting import as_typed


@click.command()
@click.argument("folder", metavar="DIR", shell_complete=completion.folder)
@click.option("--name", metavar="ID", help="The model's id.  [default: made of the folder's name]")
@click.option("--empty", is_flag=True, help="No records: a header, and files with a section each, to fill.")
def init(*, folder: str, name: str | None, empty: bool) -> None:
    """Write a starter model: DIR/graphs/NAME, its source in DIR/seeds, or in DIR/seeds/NAME beside folders of others.

    Two actors, a proposal, a source, and one record of every kind, with comments that explain each key; it checks
    clean. The folder may exist. No file in it is changed.
    """
    from actorgraph.curate.init import source_folder, start

    model, *paths = start(folder, name=name, empty=empty)
    for path in paths:
        click.echo(f"wrote {path}", err=True)
    write_schema(folder, model)
    seeds = source_folder(Path(folder), Path(model).name)
    own = {os.path.realpath(path) for path in paths}
    if others := sum(os.path.realpath(path) not in own for path in yaml_files(str(seeds))):
        click.echo(f"{seeds} holds {others} more; the new model reads them, too", err=True)
    alone = len([*Path(folder, "graphs").iterdir()]) == 1
    option = "" if alone else f" -m {as_typed([os.path.relpath(model, folder)])}"
    enter = "" if Path(folder).samefile(".") else f"cd {as_typed([folder])} && "
    click.echo(f"{enter}actorgraph check --strict{option}")
    steps = ("add source", "add proposal", "add actor") if empty else ('why traders "car-free square"',)
    for step in (*steps, "add stance"):
        click.echo(f"actorgraph {step}{option}")


def write_schema(folder: str, model: str) -> None:
    """Leave the schema where the first line of every file names it, for editors that complete by it, and out of git."""
    from actorgraph.curate.schema import LEAVING_OUT, LEFT_OUT, PLACE, schema_text

    place = Path(folder, PLACE)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        write(str(place), schema_text(load(model)))
        if not (left_out := Path(folder, LEFT_OUT)).exists():
            write(str(left_out), LEAVING_OUT)
