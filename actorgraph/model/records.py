"""The records of a stance model, as pydantic checks them. No input or output here.

Field names are the YAML keys with `_` for `-`; `if_` stands for the key `if`. What a key means stands here: the
docstrings and descriptions are what editors show (`schema`) and what the reference of every key is made of.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, model_validator

from actorgraph.dates import last_day
from actorgraph.model.values import (
    ActorId,
    ActorIds,
    ConditionIds,
    Country,
    Credibility,
    Date,
    End,
    Holder,
    Id,
    Line,
    Lines,
    Measure,
    Number,
    ProposalId,
    ProposalIds,
    RecordId,
    Sha256,
    SourceId,
    Text,
    Truth,
)
from actorgraph.vocabulary import NOT, ActorKind, Fate, Position, Reliability, Stage, Tie


def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_key)


class Header(_Record):
    """The model itself."""

    id: Id = Field(description="The model's id, by which answers name it.")
    title: Line = Field(description="What the model is about, in a few words.")
    description: Text | None = Field(None, description="What the model covers and what it leaves out, in own words.")
    default: Truth = Field(
        default=False, description="Whether it is the one that is asked where several models stand under graphs/."
    )
    include: tuple[Line, ...] = Field(
        (),
        description="What else is read as part of the model: files or folders, seen from here, such as ../../seeds.",
    )


class Actor(_Record):
    """A state, organisation, coalition or person that can hold a position; since inside, until outside, where known."""

    name: Line = Field(description="The name that answers print.")
    kind: ActorKind = Field(description="What sort of actor it is.")
    aliases: tuple[Line, ...] = Field((), description="Other names by which people ask for it.")
    country: Country | None = Field(None, description="Two capital letters (ISO 3166), such as IT.")
    since: Date | None = Field(None, description="From when it has existed, where that is known.")
    until: End | None = Field(None, description="The first day on which it no longer existed.")
    weight: Mapping[Measure, Number] = Field(
        {}, description="How much it counts for, by names of your own: {population: 59, votes: 29}."
    )
    not_: ActorIds = Field(
        (), description="Actors that have nearly the same name, and are yet not the same: `check` asks no more."
    )
    note: Text | None = Field(None, description="What a reader should know about it, in own words.")


class Evidence(_Record):
    """A pointer from a record into a source. Credibility is of what is said, whoever says it."""

    source: SourceId = Field(description="The id of the source that reports it.")
    lines: Lines | None = Field(None, description="Where in the document: 12, 12-13 or '12-13, 20'.")
    page: Line | None = Field(None, description="The page or section, where lines cannot be counted.")
    via: Line | None = Field(None, description="The outlet whose report the source relays.")
    credibility: Credibility | None = Field(
        None, description="How credible what is said is, 1 to 6 by the Admiralty code, whoever says it."
    )
    quote: Text | None = Field(None, description="A few of the document's own words, where the wording matters.")


class Proposal(_Record):
    """What positions are about: a plan, a demand, a policy, an arrangement; since inside, until outside."""

    title: Line = Field(description="The title that answers print.")
    short: Line | None = Field(None, description="A shorter title, for labels and narrow tables.")
    aliases: tuple[Line, ...] = Field((), description="Other names by which people ask for it.")
    by: ActorIds = Field(
        (), description="Who put it forward. A label: what the authors think of it is a stance like any other."
    )
    since: Date | None = Field(None, description="When it was first on the table: nothing is inferred on it before.")
    until: End | None = Field(None, description="The day after its last on the table; goes with its fate.")
    fate: Fate | None = Field(None, description="What became of it: unless it was adopted, positions on it end.")
    succeeds: ProposalIds = Field(
        (), description="The proposals, or the forms of the idea, that this one carries on. It ends nothing by itself."
    )
    part_of: ProposalIds = Field(
        (), description="The proposals that this one is a part of. Structure only: nothing is inferred from it."
    )
    entails: ProposalIds = Field(
        (), description="Whoever supports this one supports those; whoever opposes one of those opposes this one."
    )
    excludes: ProposalIds = Field(
        (), description="Whoever supports this one opposes those, and the other way round. It is enough to say it once."
    )
    tags: tuple[Line, ...] = Field((), description="Words of your own to filter by, such as security.")
    url: Line | None = Field(None, description="Where its text can be read: an http, https or mailto link.")
    note: Text | None = Field(
        None, description="What it means and why it entails or excludes others; `why` quotes it behind each inference."
    )
    evidence: tuple[Evidence, ...] = Field((), description="Which sources report its dates, its fate and its authors.")

    @property
    def names(self) -> tuple[str, ...]:
        """The title, the short one where there is one, and the aliases."""
        return (self.title, *((self.short,) if self.short else ()), *self.aliases)


class Held(_Record):
    """A time in which a condition held: since inside, until outside."""

    since: Date = Field(description="The day from which the condition held: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B.")
    until: End | None = Field(None, description="The first day on which it no longer held. Left out, it still holds.")


class Condition(_Record):
    """Something that a record depends on."""

    title: Line = Field(description="The condition as a sentence: A ceasefire is in force.")
    held: tuple[Held, ...] = Field(
        (), description="When it held. With it the condition is known on every date; without, it is undecided."
    )
    note: Text | None = Field(None, description="What counts as its being met, in own words.")


class Source(_Record):
    """A document that reports positions. The grade is of the source, whatever it says."""

    title: Line = Field(description="The document's title.")
    publisher: Line = Field(description="Who published it.")
    author: Line | None = Field(None, description="Who wrote it.")
    published: Date = Field(
        description="When it came out; --known-by goes by it: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B."
    )
    language: Line | None = Field(None, description="The language of the document, such as en.")
    url: Line | None = Field(None, description="Where it can be read: an http, https or mailto link.")
    archived: Line | None = Field(None, description="Where a copy of it is kept, such as a page of web.archive.org.")
    accessed: Date | None = Field(None, description="When you read it there: YYYY-MM-DD, YYYY-MM or YYYY.")
    document: Line | None = Field(
        None, description="The file name of your own copy, which --documents finds the cited lines in."
    )
    sha256: Sha256 | None = Field(None, description="The SHA-256 of that copy in hexadecimal: it proves the lines.")
    reliability: Reliability | None = Field(
        None, description="How reliable the source is, A to F by the Admiralty code, whatever it says here."
    )
    about: Text | None = Field(None, description="What the document is and whom it speaks for, in own words.")


class Relation(_Record):
    """A dated tie between two actors."""

    id: RecordId = Field("", description="The record's id. Left out, it is actor.relation.to.")
    actor: ActorId = Field(description="The actor that the tie starts from.")
    relation: Tie = Field(description="What ties the actor to the other.")
    to: ActorId = Field(description="The actor that the tie leads to.")
    role: Line | None = Field(None, description="The office or part it has there, such as Prime Minister.")
    since: Date = Field(description="The day from which it is in force: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B.")
    until: End | None = Field(None, description="The first day on which it is no longer in force.")
    note: Text | None = Field(None, description="What a reader should know about it, in own words.")
    evidence: tuple[Evidence, ...] = Field((), description="Which sources report it; a relation may go without.")

    @property
    def word(self) -> str:
        """The relation."""
        return self.relation

    @property
    def first(self) -> int:
        """The day from which it is in force: the last day of a partial `since`."""
        return last_day(self.since)


class StatementRecord(_Record):
    """What a stance and a commitment have in common."""

    id: RecordId = Field("", description="The record's id. Left out, it is actor.proposal.date, with -2, -3 if taken.")
    actor: Holder = Field(description="The actor whose position it is; several, where they said it together.")
    proposal: ProposalId = Field(description="The proposal that the position is about.")
    date: Date = Field(
        description="When it was said or done: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B (by B); some day in that period."
    )
    until: End | None = Field(
        None, description="The first day on which it no longer holds. Left out, it holds until the next on its track."
    )
    speaker: ActorId | None = Field(None, description="The actor who said it, where somebody spoke for another.")
    if_: ConditionIds = Field((), description="The conditions that it was tied to: all of them must hold.")
    unless: ConditionIds = Field((), description="The conditions that would undo it: none of them may hold.")
    note: Text | None = Field(None, description="What was said or done, in own words, in one or two sentences.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Which sources report it: at least one.")

    @property
    def conditions(self) -> tuple[str, ...]:
        """What it depends on, sorted: ids of what must hold, and with `not:` of what must not."""
        if not self.if_ and not self.unless:
            return ()
        return tuple(sorted({*self.if_, *(NOT + condition for condition in self.unless)}))


class Stance(StatementRecord):
    """What an actor thinks of a proposal."""

    position: Position = Field(description="Where the actor stands on the proposal.")

    @property
    def word(self) -> str:
        """The position."""
        return self.position

    @property
    def toward(self) -> tuple[str, ...]:
        """Nobody: only a commitment is made to others."""
        return ()

    @property
    def amount(self) -> None:
        """None: only a commitment has an amount."""
        return


class Amount(_Record):
    """How much of something is undertaken in all: one value, or a least, or a most, or both; and its unit."""

    value: Number | None = Field(
        None, description="How many or how much, where it is known; then neither of the others."
    )
    at_least: Number | None = Field(None, description="No fewer or less than that.")
    at_most: Number | None = Field(None, description="No more than that.")
    unit: Line = Field(description="What is counted, in the plural: soldiers, euros, tonnes of grain.")

    @model_validator(mode="after")
    def _one_quantity(self) -> "Amount":
        bounds = [bound for bound in (self.at_least, self.at_most) if bound is not None]
        if self.value is None and not bounds:
            raise ValueError("give it a value, an at-least or an at-most")
        if self.value is not None and bounds:
            raise ValueError("a value leaves no room for at-least or at-most; give the one or the other")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at-least {self.at_least} is more than at-most {self.at_most}")
        return self

    @property
    def bounds(self) -> tuple[Number | None, Number | None]:
        """The least and the most that it may be, None where that end is open; a value is both."""
        return (self.at_least, self.at_most) if self.value is None else (self.value, self.value)


class Commitment(StatementRecord):
    """What an actor itself undertakes on a proposal, or refuses to."""

    stage: Stage = Field(description="How far the actor has bound itself, or that it refuses to.")
    amount: Amount | None = Field(
        None,
        description="How much of what, in all: {value: 2000, unit: soldiers} or {at-least: …, at-most: …, unit: …}.",
    )
    toward: ActorIds = Field((), description="The actors whom it is made to, or whom a threat is against.")

    @property
    def word(self) -> str:
        """The stage."""
        return self.stage


class EventRecord(_Record):
    """A dated milestone."""

    id: Id = Field(description="The event's id.")
    title: Line = Field(description="What happened, as a headline.")
    date: Date = Field(description="When it happened: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B.")
    actors: ActorIds = Field((), description="The actors that had a part in it.")
    note: Text | None = Field(None, description="What a reader should know about it, in own words.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Which sources report it: at least one.")


class File(_Record):
    """What one YAML file of a model may hold. Every section may stand in any file; one file has the header."""

    model: Header | None = Field(None, description="The model's header: one file of a model has it.")
    actors: dict[Id, Actor] = Field({}, description="Who can hold a position, by id.")
    proposals: dict[Id, Proposal] = Field({}, description="What positions are about, by id.")
    conditions: dict[Id, Condition] = Field({}, description="What records may depend on, by id.")
    relations: tuple[Relation, ...] = Field((), description="Dated ties between actors.")
    stances: tuple[Stance, ...] = Field((), description="What actors think of proposals, dated and sourced.")
    commitments: tuple[Commitment, ...] = Field((), description="What actors undertake themselves, dated and sourced.")
    events: tuple[EventRecord, ...] = Field((), description="Dated milestones, which give a timeline its chapters.")
    sources: dict[Id, Source] = Field({}, description="The documents that evidence points into, by id.")


def fields_under(record: type[BaseModel]) -> dict[type[BaseModel], dict[str, Any]]:
    """Return the annotations of the fields of a record class and of all that stand in it, however deep, by class."""
    fields: dict[type[BaseModel], dict[str, Any]] = {}
    waiting = [record]
    while waiting:
        kind = waiting.pop()
        if kind not in fields:
            hints = get_type_hints(kind, include_extras=True)
            fields[kind] = {name: hints[name] for name in kind.model_fields}
            waiting += (inner for annotation in fields[kind].values() for inner in _classes_in(annotation))
    return fields


def _classes_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the record classes of which an annotation is made."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _classes_in(inner)


_FIELDS: Final = fields_under(File)


def _keys_of(*types: Any) -> frozenset[str]:
    """Return the YAML keys whose values are of some types, or hold such."""
    return frozenset(
        _key(name) for fields in _FIELDS.values() for name, annotation in fields.items() if _holds(annotation, types)
    )


def _holds(annotation: Any, types: tuple[Any, ...]) -> bool:
    return annotation in types or any(_holds(inner, types) for inner in get_args(annotation))


PROSE: Final = _keys_of(Text, Line)
"""The YAML keys that hold free text, in which a `#` may be meant as part of the text."""

DATES: Final = _keys_of(Date, End)
"""The YAML keys whose values are dates."""

NUMBERS: Final = _keys_of(Number)
"""The YAML keys whose values are numbers, or mappings to numbers."""
