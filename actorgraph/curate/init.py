"""A new model: a starter with one of every record, and comments that teach every key, or empty files to fill."""

import os
from pathlib import Path
from typing import Final

from actorgraph.atomic import new_folders
from actorgraph.curate.canonical import block
from actorgraph.errors import UsageProblem, quoted
from actorgraph.model.messages import not_an_id
from actorgraph.names import slug
from actorgraph.replacing import Replacement, replace_all

TEMPLATES: Final = Path(__file__).parent / "starter"

_SOURCES: Final = """\
Here `actorgraph add source` puts a file for each document that the model cites. The documents themselves stay with you.
"""
"""What stands in the folder of sources while there are none: git keeps no empty folder, and the model names it."""


def start(folder: str | Path, *, name: str | None = None, empty: bool = False) -> tuple[str, ...]:
    """Write a starter model, or an empty one, into a folder; return the paths of its files, the model's folder first.

    The model goes to `graphs/NAME`, its source to `source_folder`; the name is the folder's own where none is given. An
    empty one has a header and sections without records. The folder may exist, and hold other things. Raises
    `UsageProblem`, and writes nothing, for a name that is no id or where one of the files is there already; where
    writing fails midway, what was written is taken away again.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as scratch:
    ...     paths = start(f"{scratch}/My town")
    ...     [Path(one).relative_to(scratch).as_posix() for one in (paths[0], paths[-1])]
    ['My town/graphs/my-town', 'My town/seeds/valley-courier-2026-03-14.yaml']
    """
    root = Path(folder)
    name = name or slug(root.resolve().name) or "model"
    if slug(name) != name:
        hint = f" (did you mean {quoted(slug(name))}?)" if slug(name) else ""
        raise UsageProblem(not_an_id(name, hint))
    model = root / "graphs" / name
    texts = {model / one.name: one.read_text("utf-8") for one in sorted((TEMPLATES / "graphs").iterdir())}
    place = source_folder(root, name)
    schema = f"$schema={Path(os.path.relpath(root, place)).as_posix()}/.actorgraph"
    seeds = {
        place / file.name: file.read_text("utf-8").replace("$schema=../.actorgraph", schema)
        for file in sorted((TEMPLATES / "seeds").iterdir())
    }
    if empty:
        texts = {path: _without_records(text) for path, text in texts.items()}
        header = (TEMPLATES / "empty.yaml").read_text("utf-8")
        texts[model / "model.yaml"] = header.replace("TITLE", name.replace("-", " ").capitalize())
        seeds = {} if place.is_dir() and any(place.iterdir()) else {place / "README.md": _SOURCES}
    written = block("events", None, {"id": name}).strip().removeprefix("- ")
    header = texts[model / "model.yaml"].replace("id: NAME", written)
    texts[model / "model.yaml"] = header.replace("../../seeds", f"../../{place.relative_to(root).as_posix()}")
    texts |= seeds
    there = [one for one in texts if os.path.lexists(one)]
    if there:
        other = "begin one without records, by --empty" if there[0] in seeds else "another --name"
        raise UsageProblem(f"{there[0]} is there already; nothing was written. Name another folder, or {other}")
    _write(texts)
    return (str(model), *map(str, texts))


def source_folder(root: Path, name: str) -> Path:
    """Return where the sources of a new model go: `seeds`, or `seeds/NAME` where nothing but folders stands in that.

    Then each model has one of its own, and the new one would take the sources of all of them for its own.
    """
    seeds = root / "seeds"
    there = [path for path in seeds.iterdir() if not path.name.startswith(".")] if seeds.is_dir() else []
    return seeds / name if there and all(path.is_dir() for path in there) else seeds


def _without_records(text: str) -> str:
    """Return the text of a file with its comments on top and the keys of its sections, and nothing in them."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(" ")]
    kept = [line for line, after in zip(lines, [*lines[1:], "\n"], strict=True) if line.strip() or after.strip()]
    return "".join(kept)


def _write(texts: dict[Path, str]) -> None:
    """Write new files, all or none."""
    try:
        with new_folders(map(str, texts)):
            replace_all([Replacement(str(path), None, text.encode()) for path, text in texts.items()])
    except OSError as error:
        raise UsageProblem(f"cannot write {error.filename}: {error.strerror}; nothing was left there") from error
