"""A small database as Discourse Network Analyzer 3 lays it out, made for tests."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

TABLES: Final = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT DEFAULT '',
  Source TEXT DEFAULT '', Section TEXT DEFAULT '', Notes TEXT DEFAULT '', Type TEXT DEFAULT '', Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
  Stop INTEGER, Coder INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, ChildOf INTEGER);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY, VariableId INTEGER, AttributeVariable TEXT);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeVariableId INTEGER,
  AttributeValue TEXT);
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
  (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2);
INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 2, 'Type'), (2, 2, 'Alias');
"""

DAY: Final = 1741824000
"""2025-03-13, as DNA counts: in seconds."""

Coding = tuple[str, str, str, int | None]
"""Person, organization, concept and agreement, None where none is coded."""


class Debate:
    """A database that grows document by document."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink(missing_ok=True)
        self.run(*TABLES.split(";\n"))

    def run(self, *commands: str) -> None:
        """Run SQL on the file."""
        with closing(sqlite3.connect(self.path)) as database, database:
            for command in commands:
                database.execute(command)

    def document(self, title: str, text: str, *, date: int = DAY) -> int:
        """Add a document; return its number."""
        with closing(sqlite3.connect(self.path)) as database, database:
            added = database.execute(
                "INSERT INTO DOCUMENTS(Title, Text, Source, Date) VALUES (?, ?, ?, ?)", (title, text, "Herald", date)
            )
            return int(added.lastrowid or 0)

    def code(self, document: int, start: int, stop: int, coding: Coding, *, kind: int = 1) -> int:
        """Code the letters from start to stop; return the number of the statement."""
        *chosen, agreement = coding
        with closing(sqlite3.connect(self.path)) as database, database:
            values = (kind, document, start, stop)
            statement = database.execute(
                "INSERT INTO STATEMENTS(StatementTypeId, DocumentId, Start, Stop) VALUES (?, ?, ?, ?)", values
            ).lastrowid
            for variable, name in enumerate(chosen, start=1):
                database.execute(
                    "INSERT INTO DATASHORTTEXT(StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                    (statement, variable, _entity(database, variable, str(name))),
                )
            if agreement is not None:
                table = "DATABOOLEAN" if agreement in (0, 1) else "DATAINTEGER"
                database.execute(
                    f"INSERT INTO {table}(StatementId, VariableId, Value) VALUES (?, 4, ?)", (statement, agreement)
                )
        return int(statement or 0)

    def code_words(self, document: int, text: str, words: str, coding: Coding) -> int:
        """Code the words where they stand in a text."""
        start = text.index(words)
        return self.code(document, start, start + len(words), coding)


def _entity(database: sqlite3.Connection, variable: int, name: str) -> int:
    known = database.execute("SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (variable, name))
    for (key,) in known:
        return int(key)
    return int(
        database.execute("INSERT INTO ENTITIES(VariableId, Value) VALUES (?, ?)", (variable, name)).lastrowid or 0
    )


TEXT: Final = "\nThe bridge\n\nAnn Ames said: We need it.\nIt is dear, she said.\n\nBo Berg would not have it.\n"


def small_debate(path: Path) -> Debate:
    """Return a debate of one document, with three statements and a note."""
    debate = Debate(path)
    document = debate.document("Council meets", TEXT)
    debate.code_words(document, TEXT, "We need it.", ("Ann Ames", "Harbour Board", "Build the bridge", 1))
    debate.code_words(document, TEXT, "It is dear", ("Ann Ames", "Harbour Board", "Build the bridge", 1))
    debate.code_words(document, TEXT, "Bo Berg would not have it.\n", ("Bo Berg", "Fishers", "Build the bridge", 0))
    debate.code(document, 1, 11, ("", "", "", None), kind=2)
    return debate
