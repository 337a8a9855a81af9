"""What a database of Discourse Network Analyzer holds: its documents, and its statements with what is coded in each.

It is read as DNA 3 lays it out (Leifeld, Discourse Network Analyzer), and never written: neither what it holds nor a
file beside it changes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.errors import UsageProblem
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COLUMNS: Final = {
    "DOCUMENTS": ("ID", "Title", "Text", "Author", "Source", "Section", "Notes", "Type", "Date"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable", "StatementTypeId"),
    "STATEMENTS": ("ID", "StatementTypeId", "DocumentId", "Start", "Stop"),
    "ENTITIES": ("ID", "Value", "ChildOf"),
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    "ATTRIBUTEVARIABLES": ("ID", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
}
"""The tables that are read, and their columns."""


class Document(NamedTuple):
    """A document as DNA has it; `date` is in seconds since 1970, None where it is no number."""

    id: int
    title: str
    text: str
    author: str
    publisher: str
    section: str
    notes: str
    type: str
    date: int | None


class Entity(NamedTuple):
    """A person, an organisation, a concept …: its name, what it stands under, and what is noted of it by name."""

    id: int
    name: str
    parent: int | None
    notes: Mapping[str, str]


class Statement(NamedTuple):
    """A coded span of a document, `start` inside and `stop` outside.

    `values` has what is coded by the name of its variable; what is chosen from a list is an `Entity`.
    """

    id: int
    type: str
    document: int
    start: int
    stop: int
    values: Mapping[str, str | int | Entity]


class Database(NamedTuple):
    """All of it. `variables` has the names of a type's variables by the type's label."""

    variables: Mapping[str, tuple[str, ...]]
    documents: Mapping[int, Document]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


def read_database(path: str) -> Database:
    """Return what a database holds, statements by their numbers.

    Raises `UsageProblem` for a file that is none, is damaged, is open in DNA, or has another layout.
    """
    name, file = shown(path), Path(path)
    if not file.is_file():
        raise UsageProblem(f"{name} is no file; name the .dna file that DNA saved")
    if not file.stat().st_size:
        raise UsageProblem(f"{name} is empty; name the .dna file that DNA saved")
    for beside in (Path(f"{path}-journal"), Path(f"{path}-wal")):
        if beside.is_file() and beside.stat().st_size:
            raise UsageProblem(f"{name} is being written ({shown(str(beside))} is there); close DNA, then try again")
    try:
        # nobody writes it, so it is taken as it is: no lock, and no file beside it
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            opened.execute("PRAGMA trusted_schema = OFF")
            opened.execute("PRAGMA query_only = ON")
            _must_be_sound(opened, name)
            return _read({table: _rows(opened, table, columns) for table, columns in _COLUMNS.items()})
    except sqlite3.Error as error:
        if "not a database" in str(error):
            raise UsageProblem(f"{name} is no SQLite database; name the .dna file that DNA saved") from error
        raise UsageProblem(f"{name} is damaged ({error}); take a backup of it, or save it anew in DNA") from error


def _must_be_sound(opened: sqlite3.Connection, name: str) -> None:
    """Raise `UsageProblem` where pages of the file are damaged, or it is not laid out as DNA 3 does."""
    tables = {table for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    (state,) = next(opened.execute("PRAGMA quick_check(1)"))
    if state != "ok":
        raise UsageProblem(f"{name} is damaged ({' '.join(str(state).split())}); take a backup of it")
    for table, columns in _COLUMNS.items():
        if table not in tables:
            message = f"{name} has no table {table}, so DNA 3 did not make it; a file of DNA 2 is brought up to date by"
            raise UsageProblem(f"{message} opening it in DNA 3")
        present = {row[1].casefold() for row in opened.execute(f"PRAGMA table_info({table})")}
        missing = [column for column in columns if column.casefold() not in present]
        if missing:
            message = f"{name}: its table {table} has no column {missing[0]}, as files of DNA 3.0 have"
            raise UsageProblem(f"{message}; other versions are not read")


def _rows(opened: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    names = ", ".join(columns)
    return opened.execute(f"SELECT {names} FROM {table} ORDER BY 1").fetchall()


def _read(tables: Mapping[str, list[tuple[Any, ...]]]) -> Database:
    """Return what the rows of the tables say."""
    labels = {key: str(label) for key, label in tables["STATEMENTTYPES"]}
    variables: dict[str, tuple[str, ...]] = dict.fromkeys(labels.values(), ())
    names: dict[int, str] = {}
    for key, name, owner in tables["VARIABLES"]:
        names[key] = str(name)
        label = labels.get(owner, "")
        variables[label] = (*variables.get(label, ()), str(name))
    entities = {entity.id: entity for entity in _entities(tables)}
    coded: dict[int, dict[str, str | int | Entity]] = {}
    for table in ("DATASHORTTEXT", "DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER"):
        for statement, variable, value in tables[table]:
            held = entities.get(value) if table == "DATASHORTTEXT" else _truth(value, table)
            if held is not None and variable in names:
                coded.setdefault(statement, {})[names[variable]] = held
    documents = (
        Document._make((key, *map(_text, texts), date if isinstance(date, int) else None))
        for key, *texts, date in tables["DOCUMENTS"]
    )
    statements = (
        Statement(key, labels.get(owner, ""), document, _number(start), _number(stop), coded.get(key, {}))
        for key, owner, document, start, stop in tables["STATEMENTS"]
    )
    return Database(
        variables, {document.id: document for document in documents}, tuple(entities.values()), tuple(statements)
    )


def _entities(tables: Mapping[str, list[tuple[Any, ...]]]) -> Iterator[Entity]:
    attributes = {key: str(name) for key, name in tables["ATTRIBUTEVARIABLES"]}
    notes: dict[int, dict[str, str]] = {}
    for entity, attribute, value in tables["ATTRIBUTEVALUES"]:
        if _text(value).strip() and attribute in attributes:
            notes.setdefault(entity, {})[attributes[attribute]] = _text(value).strip()
    for key, name, parent in tables["ENTITIES"]:
        yield Entity(key, _text(name).strip(), parent, notes.get(key, {}))


def _truth(value: object, table: str) -> str | int | None:
    """Return a value as it was coded: `true` or `false`, a number, or a text."""
    if table == "DATABOOLEAN":
        return "false" if value == 0 else "true"
    return value if isinstance(value, str | int) else None


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
