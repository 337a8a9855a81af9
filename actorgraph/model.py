"""The records of a stance model, as pydantic checks them. No input or output here.

Field names are the YAML keys with `_` for `-`; `if_` stands for the key `if`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, get_args, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from actorgraph.dates import last_day, period
from actorgraph.errors import Span
from actorgraph.words import NOT, ActorKind, Position, Reliability, Stage, Tie


def _date(text: str) -> str:
    period(text)
    return text


def _lines(text: str) -> str:
    for part in text.split(","):
        first, _, last = part.partition("-")
        if last and int(last) < int(first):
            raise ValueError(f"line {last} comes before line {first.strip()}")
    return text


def _grade(value: Any) -> Any:
    if isinstance(value, str):
        if value not in _GRADES:
            raise ValueError("not a whole number from 1 (confirmed) to 6 (cannot be judged)")
        return int(value)
    return value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


_RANGE: Final = "[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?"  # not \d, which is any script's digits
_GRADES: Final = frozenset("123456")

Id = Annotated[str, StringConstraints(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
RecordId = Annotated[str, StringConstraints(pattern="^[a-z0-9]+([-.][a-z0-9]+)*$")]
Date = Annotated[str, AfterValidator(_date)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Lines = Annotated[str, StringConstraints(pattern=f"^{_RANGE}(, ?{_RANGE})*$"), AfterValidator(_lines)]
Credibility = Annotated[int, Field(ge=1, le=6), BeforeValidator(_grade)]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_key)


class Header(_Record):
    """The model itself."""

    id: Id
    title: Text
    description: Text | None = None
    include: tuple[Text, ...] = ()


class Actor(_Record):
    """A state, organisation, coalition or person that can hold a position; since inside, until outside, where known."""

    name: Text
    kind: ActorKind
    aliases: tuple[Text, ...] = ()
    country: Country | None = None
    since: Date | None = None
    until: Date | None = None
    note: Text | None = None


class Proposal(_Record):
    """What positions are about."""

    title: Text
    aliases: tuple[Text, ...] = ()
    part_of: Annotated[tuple[Id, ...], BeforeValidator(_one_or_more)] = ()
    entails: tuple[Id, ...] = ()
    excludes: tuple[Id, ...] = ()
    note: Text | None = None


class Held(_Record):
    """A time in which a condition held: since inside, until outside."""

    since: Date
    until: Date | None = None


class Condition(_Record):
    """Something that a record depends on."""

    title: Text
    held: tuple[Held, ...] = ()
    note: Text | None = None


class Source(_Record):
    """A document that reports positions. The grade is of the source, whatever it says."""

    title: Text
    publisher: Text
    author: Text | None = None
    published: Date
    language: Text | None = None
    url: Text | None = None
    document: Text | None = None
    sha256: Sha256 | None = None
    reliability: Reliability | None = None
    about: Text | None = None


class Evidence(_Record):
    """A pointer from a record into a source. Credibility is of what is said, whoever says it."""

    source: Id
    lines: Lines | None = None
    page: Text | None = None
    via: Text | None = None
    credibility: Credibility | None = None
    quote: Text | None = None


class Relation(_Record):
    """A dated tie between two actors."""

    id: RecordId = ""
    actor: Id
    relation: Tie
    to: Id
    role: Text | None = None
    since: Date
    until: Date | None = None
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def word(self) -> str:
        """The relation."""
        return self.relation

    @property
    def first(self) -> int:
        """The day from which it is in force: the last day of a partial `since`."""
        return last_day(self.since)


class _Said(_Record):
    """What a stance and a commitment have in common."""

    id: RecordId = ""
    actor: Id
    proposal: Id
    date: Date
    until: Date | None = None
    speaker: Id | None = None
    if_: tuple[Id, ...] = ()
    unless: tuple[Id, ...] = ()
    note: Text | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]

    @property
    def conditions(self) -> tuple[str, ...]:
        """What it depends on, sorted: ids of what must hold, and with `not:` of what must not."""
        if not self.if_ and not self.unless:
            return ()
        return tuple(sorted({*self.if_, *(NOT + each for each in self.unless)}))


class Stance(_Said):
    """What an actor thinks of a proposal."""

    position: Position

    @property
    def word(self) -> str:
        """The position."""
        return self.position


class Commitment(_Said):
    """What an actor itself undertakes on a proposal, or refuses to."""

    stage: Stage
    toward: tuple[Id, ...] = ()

    @property
    def word(self) -> str:
        """The stage."""
        return self.stage


class Event(_Record):
    """A dated milestone."""

    id: Id
    title: Text
    date: Date
    actors: tuple[Id, ...] = ()
    note: Text | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class File(_Record):
    """What one YAML file may hold."""

    model: Header | None = None
    actors: dict[Id, Actor] = {}
    proposals: dict[Id, Proposal] = {}
    conditions: dict[Id, Condition] = {}
    relations: tuple[Relation, ...] = ()
    stances: tuple[Stance, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    events: tuple[Event, ...] = ()
    sources: dict[Id, Source] = {}


Record = Stance | Commitment | Relation
Place = tuple[str, str | int]
"""A section of the model and an id or an index (from 0) in it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model: every file's records together, each record with its id.

    `places` tells where each record stands, by section and id.
    """

    header: Header
    actors: Mapping[str, Actor] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    stances: tuple[Stance, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    events: tuple[Event, ...] = ()
    places: Mapping[Place, Span] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        """Every stance, commitment and relation, in the order of the files."""
        return (*self.stances, *self.commitments, *self.relations)


def _holds_text(annotation: Any) -> bool:
    return annotation == Text or any(map(_holds_text, get_args(annotation)))


PROSE: Final = frozenset(
    _key(name)
    for kind in (Header, Actor, Proposal, Condition, Source, Evidence, Relation, Stance, Commitment, Event)
    for name, annotation in get_type_hints(kind, include_extras=True).items()
    if _holds_text(annotation)
)
"""The YAML keys that hold free text, in which a `#` would be a misfortune."""
