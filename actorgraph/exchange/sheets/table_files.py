"""Which files a table of statements is made of, and which tables stand beside it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.errors import UsageProblem
from actorgraph.exchange.importing.packaged import DESCRIPTION
from actorgraph.exchange.sheets.side_tables import SIDE_TABLES
from actorgraph.model.kinds import STATEMENT_SECTIONS
from actorgraph.model.paths import MANIFEST, SUFFIXES, TABLES, WORKBOOKS, must_be_there, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

STATEMENTS_TABLE: Final = "statements"
"""What the table of statements is called in a folder that has others beside it."""

_PACKED: Final = (".zip", ".bz2", ".xz", ".zst", ".7z", ".lz4", ".br")
"""What the name of a file ends in that is packed in a way that not every engine unpacks."""


_TAKEN_IN_BY: Final = {
    "datapackage": "a data package, whose tables refer to one another",
    "dna": "a database of Discourse Network Analyzer",
}
"""What holds statements and is no table of them, by the `import` that takes it into a model."""


_WRITTEN: Final = tuple(ending for ending in TABLES if not ending.endswith(".gz"))
"""What the name of a table's file ends in before it is packed."""


class TableFiles(NamedTuple):
    """The files of a table of statements, and those beside it by the names of their tables."""

    statements: tuple[str, ...]
    beside: Mapping[str, str]


def is_table(source: str) -> bool:
    """Whether a path is a table of statements, or a folder that has one.

    Raises `UsageProblem` for a table that is packed in a way that no engine unpacks, for what only an import reads, and
    for a file whose name says neither that it is a table nor that it is a model.

    >>> is_table("coded.parquet"), is_table("examples/minimal.yaml")
    (True, False)
    >>> is_table("coded.csv.zip")
    Traceback (most recent call last):
        ...
    actorgraph.errors.UsageProblem: coded.csv.zip is packed as .zip; unpack it first, or pack it as .gz
    """
    packed = Path(source).suffix
    if packed.lower() in _PACKED and source.lower().removesuffix(packed.lower()).endswith(TABLES):
        raise UsageProblem(f"{shown(source)} is packed as {packed}; unpack it first, or pack it as .gz")
    if way := _import_of(source):
        raise UsageProblem(
            f"{shown(source)} is {_TAKEN_IN_BY[way]}: `actorgraph import {way}` takes it into a model, and "
            "`actorgraph compile` makes holdings of that"
        )
    if source.lower().endswith(TABLES):
        return True
    if not Path(source).is_dir():
        if Path(source).is_file() and not source.lower().endswith((*SUFFIXES, *WORKBOOKS)):
            raise UsageProblem(
                f"{shown(source)}: the name of a table ends in {', '.join(_WRITTEN)}, that of a model in "
                f"{SUFFIXES[0]}; call it so"
            )
        return False
    if _in_folder(Path(source)).statements:
        return True
    if inner := _further_down(Path(source)):
        raise UsageProblem(
            f"{shown(source)} has tables in its folders alone, such as {shown(inner)}; name one of these, or put them "
            f"all into a folder {STATEMENTS_TABLE} in it"
        )
    return False


_LOOKED_AT: Final = 10_000


def _further_down(folder: Path) -> str | None:
    """Return a table that stands in one of the folders of a folder; None if a model or holdings do, or none is seen."""
    inner = list(islice(folder.rglob("*"), _LOOKED_AT))
    if any(path.suffix in SUFFIXES or path.name == MANIFEST for path in inner):
        return None
    tables = (str(path) for path in inner if path.parent != folder and path.name.lower().endswith(TABLES))
    return min(tables, default=None)


def _import_of(source: str) -> str | None:
    """Return which import reads what is at a path and is no table, None where no such thing is there."""
    path = Path(source)
    if path.name == DESCRIPTION and path.is_file():
        return "datapackage"
    if path.is_dir() and (path / DESCRIPTION).is_file():
        names = {entry.name.partition(".")[0].lower() for entry in path.iterdir()}
        return "datapackage" if STATEMENTS_TABLE not in names and names & STATEMENT_SECTIONS else None
    return "dna" if path.suffix.lower() == ".dna" and path.is_file() else None


def table_files(source: str) -> TableFiles:
    """Return the files of a table. Raises `UsageProblem` where there is none."""
    if "://" in source or not Path(source).is_dir():
        must_be_there(source)
        if "://" not in source and not Path(source).is_file():  # it would be waited for, since it is read several times
            raise UsageProblem(
                f"{shown(source)} is no file, but a pipe or a device; write into a file what comes of it"
            )
        return TableFiles((source,), {})
    files = _in_folder(Path(source))
    if not files.statements:
        raise UsageProblem(f"{shown(source)} has no table of statements; call it {STATEMENTS_TABLE}.csv or .parquet")
    return files


def _in_folder(folder: Path) -> TableFiles:
    """Return the tables of a folder: the statements are a file or a folder of that name, or all that is there."""
    tables: dict[str, list[str]] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir() and entry.name == STATEMENTS_TABLE:
            compiled = {manifest.parent for manifest in entry.rglob(MANIFEST)}
            inner = (path for path in sorted(entry.rglob("*")) if compiled.isdisjoint(path.parents))
            named = (path for path in inner if path.name.lower().endswith(TABLES))
            tables[STATEMENTS_TABLE] = [str(path) for path in named if not path.name.startswith((".", "_"))]
        elif ending := next((end for end in TABLES[::-1] if entry.name.lower().endswith(end)), ""):
            tables.setdefault(entry.name[: -len(ending)].lower(), []).append(str(entry))
    beside = {name: tables[name] for name in SIDE_TABLES if name in tables}
    for name, files in beside.items():
        if len(files) > 1:
            raise UsageProblem(f"{shown(str(folder))} has two tables of {name}: {' and '.join(map(shown, files))}")
    others = [file for name, files in tables.items() if name not in beside for file in files]
    statements = tables.get(STATEMENTS_TABLE) or others
    if len({Path(file).suffix for file in statements}) > 1:
        raise UsageProblem(f"{shown(str(folder))} has tables of statements of several sorts; leave one of them")
    return TableFiles(tuple(statements), {name: file for name, (file,) in beside.items()})
