"""Sets of positions that are matched: read from a YAML file or a CSV, or as they are written on the command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.analysis.match import Wanted, checked_weight
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.exchange.importing.decoding import decoded, yaml_of
from actorgraph.exchange.sheets.sheet_rows import parted
from actorgraph.model.paths import shown
from actorgraph.written_numbers import AmbiguousNumber, written_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from actorgraph.model.reader import Data, Places

_LIKE: Final = "positions: {harbour: supports, bridge: {position: opposes, weight: 2}}"
_KEYS: Final = ("position", "weight")
_COLUMNS: Final = ("proposal", *_KEYS)
_READ: Final = (".yaml", ".yml", ".csv", ".tsv")
_WRITTEN: Final = re.compile(
    r"\s*(?P<proposal>[^=]+?)\s*=\s*(?P<position>[^=*,]*?)\s*(?:\*\s*(?P<weight>[^,=]*?))?\s*(?:,|$)"
)


def wanted_of(text: str) -> str | tuple[Wanted, ...]:
    """Return the set of positions that a word of the command line means: of a file, or as written; or an actor's name.

    Raises `UsageProblem` for what cannot be read, with the file and the line.

    >>> wanted_of("harbour=supports, bridge=opposes*2")[1]
    Wanted(proposal='bridge', position='opposes', weight=2.0, place='')
    >>> wanted_of("France")
    'France'
    """
    ending = Path(text).suffix.lower()
    if ending in _READ and (Path(text).is_file() or "=" not in text):
        return read(text)
    if "=" in text:
        return tuple(_written(text))
    if ending and Path(text).is_file():
        raise UsageProblem(f"{text} is no set of positions; it is a file that ends in .yaml or .csv")
    return text


def read(file: str) -> tuple[Wanted, ...]:
    """Return the positions of a file. Raises `UsageProblem` with every place where something is wrong."""
    try:
        raw = Path(file).read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{file}: {error.strerror}; name a file of positions, an actor, or PROPOSAL=POSITION"
        ) from error
    is_table = file.lower().endswith((".csv", ".tsv"))
    wanted: list[Wanted] = []
    problems: list[str] = []
    for item in _of_table(raw, shown(file)) if is_table else _of_yaml(raw, shown(file)):
        wanted.append(item) if isinstance(item, Wanted) else problems.append(item)
    if problems:
        raise UsageProblem("\n".join(problems))
    if not wanted:
        raise UsageProblem(f"{shown(file)}: no position stands in it; write {_LIKE}")
    return tuple(wanted)


def _written(text: str) -> Iterator[Wanted]:
    """Yield positions as they are written on the command line."""
    at = 0
    while at < len(text):
        clause = _WRITTEN.match(text, at)
        if clause is None:
            raise UsageProblem(f"{quoted(text[at:])} should be PROPOSAL=POSITION, or PROPOSAL=POSITION*WEIGHT")
        weight = clause["weight"]
        yield Wanted(clause["proposal"], clause["position"], 1.0 if weight is None else checked_weight(weight))
        at = clause.end()


def _of_yaml(raw: bytes, file: str) -> Iterator[Wanted | str]:
    """Yield the positions of a YAML file, and what is wrong where."""
    data, places = yaml_of(raw, file)
    for key in data:
        if key != "positions":
            hint = did_you_mean(key, ["positions"]) or f"; a set of positions is written {_LIKE}"
            yield f"{places.find((key,), key=True)}: unknown key {quoted(key)}{hint}"
    wanted = data.get("positions")
    if isinstance(wanted, dict):
        for proposal, value in wanted.items():
            yield _of_value(proposal, value, places)
    elif "positions" in data:
        yield f"{places.find(('positions',), key=True)}: positions should be pairs; write {_LIKE}"


def _of_value(proposal: str, value: Data, places: Places) -> Wanted | str:
    """Return the position that stands under a proposal, or what is wrong with it."""
    way = ("positions", proposal)
    at = str(places.find(way, key=True))
    entry = {"position": value} if isinstance(value, str) else value
    if not isinstance(entry, dict):
        return f"{at}: {quoted(proposal)} should have a position, or {{position: opposes, weight: 2}}"
    for key in entry:
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or "; it has a position and a weight"
            return f"{places.find((*way, key), key=True)}: unknown key {quoted(key)}{hint}"
    return _wanted(proposal, entry, at)


def _of_table(raw: bytes, file: str) -> Iterator[Wanted | str]:
    """Yield the positions of a CSV, and what is wrong in which row."""
    text = decoded(raw, file)
    rows = (row for row in parted(text, file)[1] if any(cell.strip() for cell in row.cells))
    header = next(rows, None)
    columns = [] if header is None else [cell.strip().lower() for cell in header.cells]
    unknown = [name for name in columns if name not in _COLUMNS]
    missing = [name for name in _COLUMNS[:2] if name not in columns]
    for name in unknown:
        yield f"{file}:1: unknown column {quoted(name)}{did_you_mean(name, _COLUMNS) or '; take it away'}"
    if missing:
        yield f"{file}:1: no column {' and no column '.join(missing)}; a table has proposal, position and weight"
    if unknown or missing:
        return
    for row in rows:
        cells = dict(zip(columns, (cell.strip() for cell in row.cells), strict=False))
        entry = {key: cells[key] for key in _KEYS if cells.get(key)}
        at = f"{file}: row {row.number}"
        try:
            entry |= {"weight": written_number(entry["weight"])} if "weight" in entry else {}
        except AmbiguousNumber as number:
            yield f"{at}: weight {number.ways}; write it in one of these ways"
            continue
        yield _wanted(cells["proposal"], entry, at) if cells["proposal"] else f"{at}: no proposal"


def _wanted(proposal: str, entry: Mapping[str, Data], place: str) -> Wanted | str:
    """Return a position of the set, or what is wrong with it."""
    position, weight = entry.get("position"), entry.get("weight", "1")
    if not isinstance(position, str):
        return f"{place}: {quoted(proposal)} has no position"
    if not isinstance(weight, str):
        return f"{place}: weight should be a number above 0, such as 2"
    try:
        return Wanted(proposal, position, checked_weight(weight), place)
    except UsageProblem as problem:
        return f"{place}: {problem}"
