"""What stands in the folder of a data package and would be lost if the package were written into it again."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.importing.decoding import decoded
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Line = frozenset[tuple[str, str]]

DIGEST: Final = "sha256"
"""The key under which the description of a package has the digest of a table, as it was written."""

_FIX: Final = (
    "; `actorgraph import datapackage` takes edited tables into the model: then move them away, or name another folder"
)


def digest_of(content: str) -> str:
    """Return the digest of a table by which it is seen later whether somebody edited it."""
    return sha256(content.encode()).hexdigest()


def must_lose_nothing(folder: str, description: str, tables: Mapping[str, str], keys: frozenset[str]) -> None:
    """Raise `UsageProblem` where a folder has tables or a description in which somebody wrote what would be lost.

    `description` is the name of its description, which has `keys` where nobody edited it; `tables` are the new texts of
    tables by name. A table that is as it was exported may be written over, and one that says nothing besides the new.
    """
    place = Path(folder)
    exported = _exported(place / description, keys)
    for name, new in tables.items():
        path = place / name
        if not path.is_file() or sha256(raw := path.read_bytes()).hexdigest() == exported.get(name):
            continue
        try:
            known = {line for _, line in _lines(new, name)}
            text = decoded(raw, shown(str(path)))
            lost = next((number for number, line in _lines(text, name) if line not in known), None)
        except UsageProblem:
            lost = 1
        if lost is not None:
            raise UsageProblem(f"{shown(str(path))}, line {lost}, has what the model has not, and would be lost{_FIX}")


def _exported(path: Path, keys: frozenset[str]) -> dict[str, str]:
    """Return the digests of tables as they were exported, by their names, none where there is no description.

    Raises `UsageProblem` for a description that is none, or has other keys than these.
    """
    if not path.is_file():
        return {}
    try:
        described: Any = json.loads(path.read_bytes())
    except ValueError:
        described = None
    added = sorted(described.keys() - keys) if isinstance(described, dict) else ["no description of a package"]
    if added:
        what = ", ".join(map(quoted, added)) if isinstance(described, dict) else added[0]
        raise UsageProblem(f"{shown(str(path))} has {what}, which would be lost; move it away, or name another folder")
    resources = described.get("resources")
    listed = [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []
    return {str(one.get("path")): str(one.get(DIGEST)) for one in listed}


def _lines(text: str, file: str) -> Iterator[tuple[int, Line]]:
    """Yield the lines of a table in which anything stands, each with its number in the file, as cells with headings."""
    rows = rows_of_package(text, file)
    _, header = next(rows, (1, []))
    for number, cells in rows:
        yield number, frozenset(pair for pair in zip_longest(header, cells, fillvalue="") if pair[1])


def rows_of_package(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the header of a table of a package, then the rows in which anything stands, each with its number.

    That is of the line in which it begins. Raises `UsageProblem` for what is no CSV.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begin = 1
    try:
        for cells in reader:
            if begin == 1 or any(cells):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise UsageProblem(f"{file}, line {reader.line_num}: it is no CSV: {error}") from error
