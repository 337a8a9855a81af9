"""The tables of a data package: which there are and what stands in them, read off the pydantic classes of a model.

A kind of things or records has a table with a line for each. What stands in a list of ids or of mappings has a table of
its own, with the id of whose it is and its place in the list: so every id is a foreign key. Lists of words are arrays.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.curate.canonical import key_order
from actorgraph.model.kinds import KIND, KINDS, STATEMENTS, kinds_named
from actorgraph.model.records import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Schema = Mapping[str, Any]

NUMBER: Final = "number"
"""The column with the place of something in its list, from 1."""

STATEMENT: Final = "statement"
"""The column that holds together the records of a joint statement."""

_ABOUT_STATEMENT: Final = (
    "The id of the first record of the joint statement that it is part of; empty where the actor made it alone."
)
_KEPT: Final = ("pattern", "enum", "minimum", "maximum")
"""The words of a JSON Schema that are those of a table's constraints, too."""


class Column(NamedTuple):
    """A column: its name, what it means, its type and constraints as Frictionless has them, and whose ids it holds.

    `way` are the keys that lead to its value in an entry; two where it is the part of a mapping.
    """

    name: str
    about: str
    type: str
    constraints: Mapping[str, Any]
    way: tuple[str, ...]
    refers: str = ""


class Nested(NamedTuple):
    """What an entry has in a list that has a table of its own: the key of the list, and the table.

    `fields` are those of a mapping in it; of an id, which is none, the field bears the key of the list.
    """

    key: str
    table: str
    fields: tuple[Column, ...]
    is_mapping: bool


class Table(NamedTuple):
    """A table: its name, what it holds, its columns, and those that tell one line from the others."""

    name: str
    about: str
    fields: tuple[Column, ...]
    primary: tuple[str, ...]


@cache
def fields_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of the table of a kind, in the order in which files have the keys.

    >>> [field.name for field in fields_of("relation")]
    ['id', 'actor', 'relation', 'to', 'role', 'since', 'until', 'note']
    >>> [field.name for field in fields_of("commitment") if field.way[0] == "amount"]
    ['amount.value', 'amount.at-least', 'amount.at-most', 'amount.unit']
    """
    own = Column("id", f"The {kind}’s id.", "string", {"required": True}, ("id",))
    columns = [field for field in _scalars(kind) if field.name != "id"]
    joint = [Column(STATEMENT, _ABOUT_STATEMENT, "string", {}, (STATEMENT,), kind)] if kind in STATEMENTS else []
    return (own, *columns, *joint)


@cache
def parts_of(kind: str) -> tuple[Nested, ...]:
    """Return what the entries of a kind have in lists, in the order of the keys.

    >>> [(part.key, part.table) for part in parts_of("stance")]
    [('if', 'stances-if'), ('unless', 'stances-unless'), ('evidence', 'evidence')]
    """
    return tuple(_parts(kind))


@cache
def tables() -> tuple[Table, ...]:
    """Return every table: a table for each kind, followed by those of its lists; evidence, which many have, is last."""
    shared = Counter(part.table for kind in KINDS for part in parts_of(kind.name))
    whole: list[Table] = []
    for kind in KINDS:
        about = " ".join((kind.record_class.__doc__ or "").split())
        whole.append(Table(kind.section, about, fields_of(kind.name), ("id",)))
        whole += [
            _of_part(part, (kind.name,), f"The `{part.key}` of {kind.section}, a line for each.")
            for part in parts_of(kind.name)
            if shared[part.table] == 1
        ]
    for name in (name for name, count in shared.items() if count > 1):
        owners = owners_of(name)
        (part, *_) = (part for part in parts_of(owners[0]) if part.table == name)
        sections = ", ".join(KIND[owner].section for owner in owners)
        whole.append(_of_part(part, owners, f"The {name} of {sections}; whose it is says the column that is filled."))
    return tuple(whole)


def owners_of(name: str) -> tuple[str, ...]:
    """Return the kinds whose entries have lines in the table of a list."""
    return tuple(kind.name for kind in KINDS if any(part.table == name for part in parts_of(kind.name)))


def table_of(name: str) -> Table:
    """Return the table that bears a name."""
    return next(table for table in tables() if table.name == name)


def _of_part(part: Nested, owners: tuple[str, ...], about: str) -> Table:
    """Return the table of a list; where several kinds share it, each has a column, of which one is filled."""
    required = {"required": True} if len(owners) == 1 else {}
    columns = [
        Column(owner, f"The id of the {owner} whose it is.", "string", required, (owner,), owner) for owner in owners
    ]
    place = Column(NUMBER, "Its place among them, from 1.", "integer", {"required": True, "minimum": 1}, (NUMBER,))
    return Table(part.table, about, (*columns, place, *part.fields), (*owners, NUMBER) if len(owners) == 1 else ())


def _properties(kind: str) -> tuple[dict[str, Schema], dict[str, Schema], list[str]]:
    """Return the JSON Schema of each key of a kind, of each class that these refer to, and which keys must be given."""
    schema = KIND[kind].record_class.model_json_schema(by_alias=True)
    properties, section = schema["properties"], KIND[kind].section
    return {key: _some(properties[key]) for key in key_order(section)}, schema.get("$defs", {}), schema["required"]


def _some(schema: Schema) -> Schema:
    """Return the schema of what may be nothing, where it is something."""
    if "anyOf" not in schema:
        return schema
    (some,) = (one for one in schema["anyOf"] if one.get("type") != "null")
    return {**some, "description": schema["description"]}


def _scalars(kind: str) -> Iterator[Column]:
    """Yield the columns of what is no list of ids or of mappings."""
    properties, inner, required = _properties(kind)
    refers = kinds_named(kind)
    for key, schema in properties.items():
        if "$ref" in schema:
            parts = inner[schema["$ref"].rpartition("/")[2]]["properties"]
            for part, nested in parts.items():
                yield _field(f"{key}.{part}", _some(nested), (key, part), "", required=False)
        elif schema.get("type") != "array" or not ("$ref" in schema["items"] or "refers" in schema["items"]):
            yield _field(key, schema, (key,), refers.get((key,), ""), required=key in required)


def _parts(kind: str) -> Iterator[Nested]:
    properties, inner, _ = _properties(kind)
    section = KIND[kind].section
    for key, schema in properties.items():
        items = schema["items"] if schema.get("type") == "array" else {}
        if "$ref" in items:
            record = inner[items["$ref"].rpartition("/")[2]]
            fields = tuple(
                _field(
                    name,
                    _some(field),
                    (name,),
                    _some(field).get("refers", ""),
                    required=name in record["required"],
                )
                for name, field in record["properties"].items()
            )
            yield Nested(key, key if key == "evidence" else f"{section}-{key}", fields, is_mapping=True)
        elif "refers" in items:
            about = {**items, "description": schema["description"]}
            fields = (_field(key, about, (key,), items["refers"], required=True),)
            yield Nested(key, f"{section}-{key}", fields, is_mapping=False)


def _field(name: str, schema: Schema, way: tuple[str, ...], refers: str, *, required: bool) -> Column:
    """Return a column as its JSON Schema describes it."""
    constraints: dict[str, Any] = {"required": True} if required else {}
    if way[-1] in NUMBERS and schema.get("type") == "string":
        return Column(name, schema["description"], "number", {**constraints, "minimum": 0}, way)
    is_free = schema.get("form") == "a text in one line" or schema.get("type") in ("array", "object")
    if not is_free:
        constraints |= {word: schema[word] for word in _KEPT if word in schema}
    kind = schema.get("type", "string")
    return Column(name, schema["description"], kind, constraints, way, refers)
