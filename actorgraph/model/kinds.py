"""The kinds of what a model holds, in one table: the rules, forms, schema, renaming and completion derive from it.

What a kind's keys are and mean stands in its pydantic class (`model.records`), which is loaded only when it is asked
for: a warm answer needs the table alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast, get_args, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel


class Kind(NamedTuple):
    """A kind of things or records.

    `keyed` kinds stand in their section under their ids, the others in a list. Where nobody gives an id, it is made of
    the values of `made_of`: of a record (a stance, commitment or relation) joined by dots, of what has a name as one
    slug. Kinds of one `namespace` may not share an id. `cites` says whether evidence belongs to it.
    """

    name: str
    section: str
    keyed: bool
    made_of: tuple[str, ...]
    namespace: str
    is_record: bool = False
    cites: bool = False

    @property
    def record_class(self) -> type[BaseModel]:
        """The pydantic class of its entries, as `records.File` has it for the section."""
        return _record_class(self.section)

    @property
    def companions(self) -> tuple[str, ...]:
        """The kinds whose ids it must not take, itself among them."""
        return tuple(kind.name for kind in KINDS if kind.namespace == self.namespace)


KINDS: Final = (
    Kind("actor", "actors", keyed=True, made_of=("name",), namespace="holder"),
    Kind("proposal", "proposals", keyed=True, made_of=("title",), namespace="holder", cites=True),
    Kind("condition", "conditions", keyed=True, made_of=("title",), namespace="condition"),
    Kind("source", "sources", keyed=True, made_of=("publisher", "published"), namespace="source"),
    Kind("event", "events", keyed=False, made_of=("title",), namespace="record", cites=True),
    Kind("relation", "relations", False, ("actor", "relation", "to"), "record", is_record=True, cites=True),
    Kind("stance", "stances", False, ("actor", "proposal", "date"), "record", is_record=True, cites=True),
    Kind("commitment", "commitments", False, ("actor", "proposal", "date"), "record", is_record=True, cites=True),
)
"""Every kind, things before records. An actor and a proposal may not share an id, since both are asked for by it."""

KIND: Final = {kind.name: kind for kind in KINDS}
"""Every kind by its name."""

OF_SECTION: Final = {kind.section: kind for kind in KINDS}
"""Every kind by its section."""

TYPES: Final = tuple(KIND)
"""The names of all kinds."""

STATEMENTS: Final = ("stance", "commitment")
"""The kinds of records that make holdings: what an actor thinks, and what it undertakes."""

STATEMENT_SECTIONS: Final = frozenset(KIND[name].section for name in STATEMENTS)
"""The sections in which these stand."""

KEYED: Final = tuple(kind.name for kind in KINDS if kind.keyed)
"""The kinds whose ids others refer to."""

CITING: Final = tuple(kind.name for kind in KINDS if kind.cites)
"""The kinds to which evidence belongs."""

NAMED: Final = tuple(kind.name for kind in KINDS if not kind.is_record)
"""The kinds that people look for by a name."""


class Reference(NamedTuple):
    """A place in a record that names something: the YAML keys and the field names that lead there, and which kind.

    `many` says whether a list of ids stands there. The keys lead through a list where they are two.
    """

    keys: tuple[str, ...]
    fields: tuple[str, ...]
    kind: str
    many: bool


@cache
def references(kind: str) -> tuple[Reference, ...]:
    """Return where an entry of a kind refers to others, in the order of its keys.

    It is read off the pydantic classes, whose ids say what they refer to.

    >>> [(".".join(reference.keys), reference.kind) for reference in references("relation")]
    [('actor', 'actor'), ('to', 'actor'), ('evidence.source', 'source')]
    """
    return tuple(_references(KIND[kind].record_class))


@cache
def kinds_named(kind: str) -> Mapping[tuple[str, ...], str]:
    """Return the kinds that an entry of a kind refers to, by the keys that lead there.

    >>> kinds_named("event")
    {('actors',): 'actor', ('evidence', 'source'): 'source'}
    """
    return {reference.keys: reference.kind for reference in references(kind)}


def referred_to(section: str, way: tuple[str | int, ...]) -> str | None:
    """Return the kind of what is named at a way inside a record of a section, None where that is no id of another.

    >>> referred_to("stances", ("evidence", 0, "source")), referred_to("stances", ("date",))
    ('source', None)
    """
    keys = tuple(part for part in way if isinstance(part, str))
    return kinds_named(OF_SECTION[section].name).get(keys) if section in OF_SECTION else None


def _references(record: type[BaseModel]) -> Iterator[Reference]:
    hints = get_type_hints(record, include_extras=True)
    for name, field in record.model_fields.items():
        key = field.alias or name
        for annotation, many in _parts(hints[name]):
            if refers := _refers(annotation):
                yield Reference((key,), (name,), refers, many)
            elif _is_model(annotation):
                for inner in _references(annotation):
                    yield Reference((key, *inner.keys), (name, *inner.fields), inner.kind, inner.many)


def _parts(annotation: Any, *, many: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield an annotation and all that it is made of, and whether that is in a list."""
    yield annotation, many
    for argument in get_args(annotation):
        yield from _parts(argument, many=many or getattr(annotation, "__origin__", None) is tuple)


def _refers(annotation: Any) -> str:
    """Return the kind that an annotated id refers to, or nothing."""
    return str(marks(annotation).get("refers", ""))


def marks(annotation: Any) -> dict[str, Any]:
    """Return what an annotated type says of its values in a JSON Schema, with words of our own."""
    extras = (getattr(metadata, "json_schema_extra", None) for metadata in getattr(annotation, "__metadata__", ()))
    return {key: value for extra in extras if isinstance(extra, dict) for key, value in extra.items()}


@cache  # a table of a hundred thousand sources asks as often
def _record_class(section: str) -> type[BaseModel]:
    from actorgraph.model.records import File

    arguments = get_args(File.model_fields[section].annotation)
    return cast("type[BaseModel]", next(filter(_is_model, arguments)))


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and hasattr(annotation, "model_fields")
