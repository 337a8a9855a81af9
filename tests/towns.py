"""A curator's town: a stance to add to a starter model, and what is in its files."""

import shlex
from pathlib import Path

from actorgraph.curate.fmt import format_file
from actorgraph.model.loader import read_model
from actorgraph.model.paths import yaml_files

STANCE = shlex.split(
    "add stance --actor 'the traders' --position open --proposal 'CAR-FREE square' --date 2026-03 "
    "--source valley-courier-2026-03-14 --lines 12-13 --credibility 3"
)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def strictly_clean(model: Path) -> bool:
    """Whether a model has no problem and each of its files is canonical."""
    names = [*yaml_files(str(model)), *yaml_files("seeds")]
    return read_model(model).problems == () and not any(format_file(name).changed for name in names)
