"""A model as a data package (Frictionless Data): a folder of CSV tables with a description, and back.

`tables` knows which there are; `packaged` reads them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from actorgraph.exchange.formats import Option, OutOptions
from actorgraph.exchange.importing.edited_tables import DIGEST, digest_of, must_lose_nothing
from actorgraph.exchange.importing.packaged import DESCRIPTION, Packaged
from actorgraph.exchange.importing.tables import NUMBER, STATEMENT, fields_of, parts_of, table_of, tables
from actorgraph.model.kinds import KIND, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from actorgraph.exchange.formats import Request
    from actorgraph.exchange.importing.incoming import Arrival, Skipped, Things
    from actorgraph.exchange.importing.tables import Column, Table
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing

OUT: Final = OutOptions(
    ("model", "known_by", "folder", "no_cache"),
    (Option("license", "under which it may be used, such as CC-BY-4.0.  [default: it names none]", "NAME"),),
)
IN: Final[tuple[Option, ...]] = ()


# -- out -----------------------------------------------------------------------------------------------------


def write(asked: Request, *, license: str | None = None) -> Mapping[str, str | bytes]:  # noqa: A002 - as users type it
    """Return the files of a data package: the description, then a table after the other.

    Raises `UsageProblem` where the folder that they are for has tables that somebody edited.
    """
    from actorgraph.render.grid import to_csv

    ledger = asked.open()
    lines = _lines(ledger)
    texts = {
        _file(table): to_csv(lines[table.name], tuple(field.name for field in table.fields)) + "\n"
        for table in tables()
    }
    must_lose_nothing(asked.output, DESCRIPTION, texts, _KEYS)
    return {DESCRIPTION: _described(ledger, license, texts), **texts}


_KEYS: Final = frozenset({"profile", "name", "title", "description", "licenses", "resources"})
"""What the description of a package says."""


def _file(table: Table) -> str:
    return f"{table.name}.csv"


def _described(ledger: Ledger, license_name: str | None, texts: Mapping[str, str]) -> str:
    """Return the description of a package, as JSON."""
    about: dict[str, Any] = {"profile": "tabular-data-package", "name": ledger.model, "title": ledger.title}
    limits = {"known by": ledger.known_by, "graded at least": ledger.min_grade, "without": ", ".join(ledger.without)}
    stated = [f"{name} {value}" for name, value in limits.items() if value]
    description = " ".join(filter(None, (ledger.description, f"({'; '.join(stated)})" if stated else "")))
    about |= {"description": description} if description else {}
    about |= {"licenses": [{"name": license_name}]} if license_name else {}
    resources = [_resource(table, texts[_file(table)]) for table in tables()]
    return json.dumps({**about, "resources": resources}, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, text: str) -> dict[str, Any]:
    fields = [
        {
            "name": field.name,
            "type": field.type,
            "description": field.about,
            **({"constraints": dict(field.constraints)} if field.constraints else {}),
        }
        for field in table.fields
    ]
    keys: dict[str, Any] = {"primaryKey": list(table.primary)} if table.primary else {}
    foreign = [
        {"fields": [field.name], "reference": {"resource": "" if other == table.name else other, "fields": ["id"]}}
        for field in table.fields
        if field.refers and (other := KIND[field.refers].section)
    ]
    keys |= {"foreignKeys": foreign} if foreign else {}
    return {
        "name": table.name,
        "description": table.about,
        "path": _file(table),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        DIGEST: digest_of(text),
        "schema": {"fields": fields, **keys},
    }


def _lines(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    """Return the lines of every table, entries in the order of the files."""
    lines: dict[str, list[dict[str, object]]] = defaultdict(list)
    for kind in KINDS:
        first: dict[tuple[str, ...], str] = {}
        parts = [(part, [field.name for field in table_of(part.table).fields]) for part in parts_of(kind.name)]
        for thing in sorted(ledger.things(kind.name), key=_in_files):
            body = {"id": thing.id, **thing.body}
            if thing.jointly:
                body[STATEMENT] = first.setdefault((thing.place, *thing.jointly), thing.id)
            lines[kind.section].append({field.name: _cell(field, body) for field in fields_of(kind.name)})
            for part, columns in parts:
                owners: dict[str, object] = {**dict.fromkeys(columns), kind.name: thing.id}
                for number, item in enumerate(thing.body.get(part.key, ()), 1):
                    inner = item if part.is_mapping else {part.key: item}
                    own = {field.name: _cell(field, inner) for field in part.fields}
                    lines[part.table].append({**owners, NUMBER: number, **own})
    return lines


def _in_files(thing: Thing) -> tuple[object, ...]:
    """Return what sorts entries as files have them, and the records of a joint statement as it names its actors."""
    file, _, line = thing.place.rpartition(":")
    number = thing.jointly.index(thing.body["actor"]) if thing.jointly else 0
    return (
        file,
        int(line),
        number,
        [(int(text), "") if text.isdigit() else (0, text) for text in _DIGITS.split(thing.id)],
    )


_DIGITS: Final = re.compile("([0-9]+)")


def _cell(field: Column, body: Mapping[str, Any]) -> object:
    """Return the value of a column in an entry: lists and mappings as JSON, nothing where it has none."""
    value: Any = body
    for key in field.way:
        value = None if value is None else value.get(key)
    if field.type == "array":
        return json.dumps(value, ensure_ascii=False) if value else None
    if field.type == "object":
        numbers = (f"{json.dumps(key)}: {_digits(number)}" for key, number in (value or {}).items())
        return f"{{{', '.join(numbers)}}}" if value else None
    return _digits(value) if field.type == "number" and value is not None else value


def _digits(number: object) -> str:
    """Return a number as files have it, without an exponent."""
    return format(Decimal(str(number)), "f")


# -- in ------------------------------------------------------------------------------------------------------


def read(files: Sequence[str], known: Things) -> Iterator[Arrival | Skipped]:
    """Yield what is in data packages that were written here, by their ids.

    Things and records keep their ids; what a record names stands in the package, or in the model already. Raises
    `UsageProblem` for what is no such package, and for a value that a table cannot hold.
    """
    for folder in files:
        yield from Packaged(folder).arrivals(known)
