"""A data package, read: what stands in the lines of its tables, as records of a model."""

from __future__ import annotations

import json
from collections import defaultdict
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.curate.draft import Draft
from actorgraph.dates import in_id
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.exchange.importing.decoding import decoded
from actorgraph.exchange.importing.edited_tables import rows_of_package
from actorgraph.exchange.importing.incoming import Arrival, Skipped
from actorgraph.exchange.importing.tables import NUMBER, STATEMENT, fields_of, owners_of, parts_of, tables
from actorgraph.model.kinds import KIND, KINDS, STATEMENTS, references
from actorgraph.names import numbered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.exchange.importing.tables import Column, Nested, Table
    from actorgraph.model.reader import Data

    Line = dict[str, str]

DESCRIPTION: Final = "datapackage.json"
"""The file of a data package that describes it, and lists its tables."""


class _Entry(NamedTuple):
    """An entry: its id, or those of all records of a joint statement; what stands under it, and where it stood."""

    ids: tuple[str, ...]
    body: dict[str, Data]
    place: str


class Packaged:
    """A data package, read: the lines of its tables, each with its number in the file."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder).parent if Path(folder).name == DESCRIPTION else Path(folder)
        self.paths = self._paths()
        self.lines = {table.name: self._read(table) for table in tables() if table.name in self.paths}
        self.parts = self._of_entries()

    def arrivals(self, known: Things) -> Iterator[Arrival | Skipped]:
        """Yield every thing and record, and why one cannot come in."""
        taken: set[str] = set()
        defined = {kind.name: {line["id"] for _, line in self.lines.get(kind.section, ())} for kind in KINDS}
        for kind in KINDS:
            entries = [self._entry(kind.name, number, line) for number, line in self.lines.get(kind.section, ())]
            together = list(_joined(entries)) if kind.name in STATEMENTS else entries
            known_ids = {record.id for record in getattr(known.model, kind.section)} if kind.name in STATEMENTS else ()
            moving = {name for entry in together for name in _names_of_joint(kind.name, entry)}
            for entry in together:
                if isinstance(entry, Skipped):
                    yield entry
                    continue
                body, place = entry.body, entry.place
                if not kind.keyed:
                    body = _with_id(entry, kind.name, taken, () if entry.ids[0] in known_ids else moving)
                missing = [
                    (other, name)
                    for other, name in _names(kind.name, body)
                    if name not in defined[other] and known.find(other, name, place) != name
                ]
                if missing:
                    reason = ", ".join(f"no {other} has the id {quoted(name)}" for other, name in missing)
                    yield Skipped(place, f"{reason}, here or in the model")
                else:
                    yield Arrival(Draft(kind.section, entry.ids[0] if kind.keyed else None, body), place)

    def _paths(self) -> dict[str, Path]:
        """Return the file of each table that the description names."""
        path = self.folder / DESCRIPTION
        try:
            described = json.loads(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            what = f"{self.folder} is no folder" if self.folder.is_file() else f"{path} does not exist"
            raise UsageProblem(f"{what}; name the folder that `export datapackage` wrote") from None
        except ValueError as error:
            raise UsageProblem(f"{path} is no JSON: {error}") from error
        resources = described.get("resources") if isinstance(described, dict) else None
        if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
            raise UsageProblem(f"{path} lists no `resources`, so it describes no data package")
        paths = {str(one.get("name")): one.get("path") for one in resources}
        known = {table.name for table in tables()}
        if not known & set(paths):
            raise UsageProblem(f"{path} has none of the tables of a model, such as actors and stances")
        for name, file in paths.items():
            if not isinstance(file, str) or Path(file).is_absolute() or ".." in Path(file).parts or "://" in file:
                raise UsageProblem(f"{path}: the path of {quoted(name)} is no file in its folder: {file}")
            if not (self.folder / file).resolve().is_relative_to(self.folder.resolve()):
                raise UsageProblem(f"{path}: the path of {quoted(name)} is a link that leads out of its folder: {file}")
        return {name: self.folder / str(file) for name, file in paths.items() if name in known}

    def _read(self, table: Table) -> list[tuple[int, Line]]:
        """Return the lines of a table by column, each with its number in the file."""
        path = self.paths[table.name]
        try:
            text = decoded(path.read_bytes(), str(path))
        except FileNotFoundError:
            raise UsageProblem(f"{path} does not exist, and {DESCRIPTION} names it") from None
        rows = rows_of_package(text, str(path))
        _, cells = next(rows, (1, []))
        header = _without_end(cells, 0)
        _check_header(path, header, table)
        lines: list[tuple[int, Line]] = []
        for number, cells in rows:
            values = _without_end(cells, len(header))
            if len(values) != len(header):
                what = f"{len(values)} values, where the header has {len(header)}"
                raise UsageProblem(f"{path}, line {number}: {what}")
            lines.append((number, dict(zip(header, values, strict=True))))
        return lines

    def _of_entries(self) -> dict[tuple[str, str, str], list[Data]]:
        """Return what entries have in lists, by kind, id and key, in its order."""
        parts: dict[tuple[str, str, str], list[tuple[int, Data]]] = defaultdict(list)
        for kind in KINDS:
            ids = {line["id"] for _, line in self.lines.get(kind.section, ())}
            for part in parts_of(kind.name):
                for number, line in self.lines.get(part.table, ()):
                    at = f"{self.paths[part.table]}, line {number}"
                    owner = line.get(kind.name, "")
                    if not owner:
                        _check_owner(line, part.table, at)
                    elif owner in ids:
                        parts[kind.name, owner, part.key].append(_item(part, line, at))
                    else:
                        hint = did_you_mean(owner, ids)
                        raise UsageProblem(f"{at}: no {kind.name} in {kind.section} has the id {quoted(owner)}{hint}")
        return {key: [item for _, item in sorted(items, key=itemgetter(0))] for key, items in parts.items()}

    def _entry(self, kind: str, number: int, line: Line) -> _Entry:
        """Return what a line of the table of a kind says, with all that belongs to it."""
        at = f"{self.paths[KIND[kind].section]}, line {number}"
        if not line["id"]:
            raise UsageProblem(f"{at}: it has no id")
        body: dict[str, Data] = {}
        for field in fields_of(kind):
            if field.name != "id":
                _put(body, field, line.get(field.name, ""), at)
        for part in parts_of(kind):
            if items := self.parts.get((kind, line["id"], part.key)):
                body[part.key] = list(items)
        return _Entry((line["id"],), body, at)


def _without_end(cells: list[str], number: int) -> list[str]:
    """Return cells without the empty ones at their end, behind a number of them: spreadsheets write such columns."""
    end = len(cells)
    while end > number and not cells[end - 1]:
        end -= 1
    return cells[:end]


_OTHER_SIGNS: Final = {";": "semicolons", "\t": "tabs"}
"""What spreadsheets of other languages write instead of commas."""


def _check_header(path: Path, header: list[str], table: Table) -> None:
    """Raise `UsageProblem` where a table has not the columns that it needs, or one that nobody knows."""
    names = [field.name for field in table.fields]
    needed = [field.name for field in table.fields if field.constraints.get("required")]
    for name in needed:
        if name not in header:
            sign = next((sign for sign in _OTHER_SIGNS if len(header) == 1 and sign in header[0]), None)
            fix = f"; {_OTHER_SIGNS[sign]} part its cells: save it with commas" if sign else ""
            raise UsageProblem(
                f"{path}, line 1: there is no column {quoted(name)}; it has {', '.join(header) or 'none'}{fix}"
            )
    for name in header:
        if name not in names:
            raise UsageProblem(f"{path}, line 1: unknown column {quoted(name)}{did_you_mean(name, names)}")
        if header.count(name) > 1:
            raise UsageProblem(f"{path}, line 1: the column {quoted(name)} is there twice")


def _check_owner(line: Line, table: str, at: str) -> None:
    """Raise `UsageProblem` where nothing says whose a line is."""
    owners = owners_of(table)
    if not any(line.get(owner) for owner in owners):
        raise UsageProblem(f"{at}: it does not say whose it is; give the id of one {' or '.join(owners)}")


def _item(part: Nested, line: Line, at: str) -> tuple[int, Data]:
    """Return what a line of the table of a list says, behind its place in the list."""
    item: dict[str, Data] = {}
    for field in part.fields:
        _put(item, field, line.get(field.name, ""), at)
    if not line[NUMBER].isdecimal():
        raise UsageProblem(f"{at}: {NUMBER} is {quoted(line[NUMBER])}, not a whole number")
    return int(line[NUMBER]), item if part.is_mapping else item.get(part.key)


def _put(body: dict[str, Data], field: Column, text: str, at: str) -> None:
    """Put the value of a cell where it belongs in an entry; an empty cell is nothing."""
    if not text:
        return
    value: Data = text
    if field.type in ("array", "object"):
        wanted = list if field.type == "array" else dict
        try:
            parsed = json.loads(text, parse_float=str, parse_int=str)
        except ValueError:
            parsed = None
        if not isinstance(parsed, wanted):
            example = '["Rome"]' if field.type == "array" else '{"votes": 29}'
            raise UsageProblem(f"{at}: {field.name} is {quoted(text)}, not JSON such as {example}")
        value = [str(one) for one in parsed] if isinstance(parsed, list) else {key: str(parsed[key]) for key in parsed}
    *outer, last = field.way
    inner = body
    for key in outer:
        inner = inner.setdefault(key, {})  # type: ignore[assignment]
    inner[last] = value


def _joined(entries: list[_Entry]) -> Iterator[_Entry | Skipped]:
    """Yield records, those of a joint statement as one of several actors, where its first one stands."""
    groups: dict[tuple[str, ...], list[_Entry]] = defaultdict(list)
    for entry in entries:
        statement = entry.body.get(STATEMENT)
        groups[("joint", statement) if isinstance(statement, str) else entry.ids].append(entry)
    for group in groups.values():
        (first, *others), together = group, [group[0]]
        shared = _without_holder(first)
        for entry in others:
            if shared == _without_holder(entry):
                together.append(entry)
            else:
                yield Skipped(entry.place, f"it differs from {first.place}, with which it makes one statement")
        actors = [entry.body.get("actor") for entry in together]
        ids = tuple(key for entry in together for key in entry.ids)
        yield _Entry(ids, {**shared, "actor": actors if len(actors) > 1 else actors[0]}, first.place)


def _without_holder(entry: _Entry) -> dict[str, Data]:
    return {key: value for key, value in entry.body.items() if key not in ("actor", STATEMENT)}


def _names_of_joint(kind: str, entry: _Entry | Skipped) -> Iterator[str]:
    """Yield the names of the records of a joint statement, nothing of another entry."""
    if isinstance(entry, _Entry) and isinstance(actors := entry.body.get("actor"), list):
        yield from (_made_of(kind, {**entry.body, "actor": actor}) for actor in actors)


def _with_id(entry: _Entry, kind: str, taken: set[str], moving: Collection[str]) -> dict[str, Data]:
    """Return the body of a record, with an id of its own where it would else be given another one.

    `taken` are the ids of the records that come before it, whatever their kind. New records of `moving` names may
    come to stand before others of their day that come before them here, which are joint statements. A joint statement
    with an id of its own gives its records that of their actor besides.
    """
    first, body = entry.ids[0], entry.body
    actor = body.get("actor")
    own: str | None = first
    if isinstance(actor, list):
        own = first.removesuffix(f".{actor[0]}") if first.endswith(f".{actor[0]}") else None
        taken.update([own] if own else [])
    elif kind != "event" and first == numbered(name := _made_of(kind, body), taken.__contains__):  # as the loader does
        own = first if first != name and name in moving else None
    taken.update(entry.ids)
    return {"id": own, **body} if own else body


def _made_of(kind: str, body: Mapping[str, Data]) -> str:
    """Return what the id of a record is made of where it has none of its own."""
    return ".".join(in_id(str(body.get(part, ""))) for part in KIND[kind].made_of)


def _names(kind: str, body: Mapping[str, Data]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the id of everything that an entry names."""
    for reference in references(kind):
        values: list[Any] = [body]
        for key in reference.keys:
            values = [
                inner
                for value in values
                if isinstance(value, dict) and key in value
                for inner in (value[key] if isinstance(value[key], list) else [value[key]])
            ]
        yield from ((reference.kind, value) for value in values if isinstance(value, str))
