"""What `add` asks for: the fields of each kind of record, as its pydantic class (`model.records`) has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from actorgraph.curate.canonical import key_order
from actorgraph.model.kinds import KIND, kinds_named, marks
from actorgraph.model.values import Credibility, Date, End
from actorgraph.vocabulary import CREDIBILITY, gist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from actorgraph.model.reader import Data

_METAVARS: Final = {
    "aliases": "NAME",
    "amount": "AMOUNT",
    "archived": "URL",
    "country": "CC",
    "credibility": "1-6",
    "document": "FILE",
    "lines": "LINES",
    "reliability": "A-F",
    "sha256": "HEX",
    "url": "URL",
    "weight": "NAME: NUMBER",
}
"""What help pages call a value, where it is neither a date, nor a name, nor one of a few words."""


class FormField(NamedTuple):
    """One key of a record: what it means, what it may refer to or be; `mapping` says whether its value is a mapping.

    Of `many` values a list is made, where it is not `or_many`: then one stands alone.

    `part_of` is the key of the list of mappings in which it stands (`evidence` or `held`), empty for the record's own.
    """

    name: str
    help: str
    metavar: str = "TEXT"
    refers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    or_many: bool = False
    mapping: bool = False
    part_of: str = ""

    @property
    def dest(self) -> str:
        """The name of its option's variable."""
        return f"{self.name.replace('-', '_')}_"

    @property
    def known(self) -> str:
        """What it may be, where that is one of a few words; grades with what they mean."""
        return ", ".join(f"{word} {gist(word)}" if len(word) == 1 else word for word in self.words)

    @property
    def question(self) -> str:
        """What a prompt says of it: the first sentence of its help."""
        first = _first_sentence(self.help)
        return first if first[1:2].isupper() else first[0].lower() + first[1:]

    def held(self, values: list[Data]) -> Data:
        """Return values as the model holds them: a list, or the one that stands alone."""
        return values if self.many and not (self.or_many and len(values) == 1) else values[0]


@cache
def form_fields(kind: str) -> tuple[FormField, ...]:
    """Return the fields of a kind in the order in which they are asked for.

    What must be given comes first, in the order of files; then the evidence; then what may be given, the id last.

    >>> [field.name for field in form_fields("condition")]
    ['title', 'note', 'since', 'until', 'id']
    >>> [field.name for field in form_fields("relation") if field.required]
    ['actor', 'relation', 'to', 'since']
    """
    fields = list(_fields(kind))
    rank = {"evidence": 1, "": 2, "held": 3}
    return (*sorted(fields, key=lambda field: 0 if _is_asked_first(field) else rank[field.part_of]), _id_field(kind))


def purpose(kind: str) -> str:
    """Return what adding a record of a kind does, in a sentence.

    >>> purpose("stance")
    'Add what an actor thinks of a proposal.'
    """
    about = _first_sentence(KIND[kind].record_class.__doc__ or "").partition(";")[0]
    return f"Add {about[0].lower()}{about[1:]}."


def parts(kind: str) -> tuple[str, ...]:
    """Return the keys of a kind's lists of mappings, such as `evidence`."""
    return tuple(dict.fromkeys(field.part_of for field in form_fields(kind) if field.part_of))


def _is_asked_first(field: FormField) -> bool:
    return field.required and not field.part_of


def _id_field(kind: str) -> FormField:
    """Return the field of the id, which is made of other values where nobody gives it."""
    made_of = KIND[kind].made_of
    made = ".".join(made_of) if KIND[kind].is_record else f"made of its {' and '.join(made_of)}"
    return FormField("id", f"Its id; left out, it is {made}.", "ID")


def _fields(kind: str) -> Iterator[FormField]:
    refers = kinds_named(kind)
    record = KIND[kind].record_class
    for field, inner in _own_fields(record, key_order(KIND[kind].section), refers):
        if inner is None:
            yield field
            continue
        within = {keys[1:]: name for keys, name in refers.items() if keys[0] == field.name}
        for part, _ in _own_fields(inner, key_order(field.name), within):
            yield part._replace(required=part.required and field.required, part_of=field.name)


def _own_fields(
    record: type[BaseModel], keys: tuple[str, ...], refers: Mapping[tuple[str, ...], str]
) -> Iterator[tuple[FormField, type[BaseModel] | None]]:
    """Yield the fields of a class but its id, in the order of some keys; with the class of mappings in a list."""
    hints = get_type_hints(record, include_extras=True)
    of_key = {info.alias or name: (info, hints[name]) for name, info in record.model_fields.items()}
    for key in keys:
        if key != "id":
            yield _field(key, *of_key[key], refers.get((key,), ""))


def _field(key: str, info: FieldInfo, hint: Any, named: str) -> tuple[FormField, type[BaseModel] | None]:
    """Return a field by its type, and the class of mappings in its list, if it has one.

    `named` is the kind of things of which its values are ids, empty where they are none.
    """
    annotations = list(_annotations(hint))
    origins = [get_origin(part) for part in annotations]
    inner = next((part for part in annotations if isinstance(part, type) and issubclass(part, BaseModel)), None)
    or_many = "or_many" in marks(hint)
    many = or_many or tuple in origins
    words = next((get_args(part) for part in annotations if get_origin(part) is Literal), ())
    words = tuple(map(str, CREDIBILITY)) if Credibility in annotations else words
    is_date = Date in annotations or End in annotations
    field = FormField(
        key,
        info.description or "",
        named.upper() or _METAVARS.get(key) or (key.upper() if words else "DATE" if is_date else "TEXT"),
        refers=(named,) if named else (),
        words=words,
        required=info.is_required(),
        many=many,
        or_many=or_many,
        mapping=not many and (inner is not None or Mapping in origins),
    )
    return field, inner if many else None


def _annotations(hint: Any) -> Iterator[Any]:
    """Yield a type hint and all that it is made of."""
    yield hint
    for argument in get_args(hint):
        yield from _annotations(argument)


def _first_sentence(text: str) -> str:
    """Return the first sentence of a text, without its full stop."""
    return re.split(r"\.(?:\s|$)", text, maxsplit=1)[0]
