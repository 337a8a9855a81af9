"""The records of a stance model, as pydantic checks them. No input or output here.

Field names are the YAML keys with `_` for `-`; `if_` stands for the key `if`. What a key means stands here: the
docstrings and descriptions are what editors show (`schema`) and what the reference of every key is made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, get_args, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from actorgraph.dates import checked_end, last_day, period
from actorgraph.errors import Span
from actorgraph.vocabulary import NOT, ActorKind, Position, Reliability, Stage, Tie


def _date(text: str) -> str:
    period(text)
    return text


def _line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("it has a line break; write it in one line")
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
_PARTIAL: Final = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"  # which day a month has, period knows
_PERIOD: Final = rf"(({_PARTIAL}|\.\.)/)?{_PARTIAL}"
_ONE_LINE: Final = r"^\s*[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\s*$"  # as str.splitlines has it
_GRADES: Final = frozenset("123456")

Id = Annotated[str, StringConstraints(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
ActorId = Annotated[Id, Field(json_schema_extra={"refers": "actor"})]
ProposalId = Annotated[Id, Field(json_schema_extra={"refers": "proposal"})]
ConditionId = Annotated[Id, Field(json_schema_extra={"refers": "condition"})]
SourceId = Annotated[Id, Field(json_schema_extra={"refers": "source"})]
RecordId = Annotated[str, StringConstraints(pattern="^[a-z0-9]+([-.][a-z0-9]+)*$")]
Date = Annotated[str, AfterValidator(_date), Field(json_schema_extra={"pattern": f"^{_PERIOD}$"})]
End = Annotated[str, AfterValidator(checked_end), Field(json_schema_extra={"pattern": f"^{_PARTIAL}$"})]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[
    Text, AfterValidator(_line), Field(json_schema_extra={"pattern": _ONE_LINE, "form": "a text in one line"})
]
Lines = Annotated[str, StringConstraints(pattern=f"^{_RANGE}(, ?{_RANGE})*$"), AfterValidator(_lines)]
Credibility = Annotated[int, Field(ge=1, le=6), BeforeValidator(_grade)]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_key)


class Header(_Record):
    """The model itself."""

    id: Id = Field(description="The model's id, by which answers name it.")
    title: Line = Field(description="What the model is about, in a few words.")
    description: Text | None = Field(None, description="What the model covers and what it leaves out, in own words.")
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
    not_: Annotated[tuple[ActorId, ...], BeforeValidator(_one_or_more)] = Field(
        (),
        description="Actors that have nearly the same name, and are yet not the same: `check` asks no more.",
        json_schema_extra={"or_one": True},
    )
    note: Text | None = Field(None, description="What a reader should know about it, in own words.")


class Proposal(_Record):
    """What positions are about: a plan, a demand, a policy, an arrangement."""

    title: Line = Field(description="The title that answers print.")
    aliases: tuple[Line, ...] = Field((), description="Other names by which people ask for it.")
    part_of: Annotated[tuple[ProposalId, ...], BeforeValidator(_one_or_more)] = Field(
        (),
        description="The proposals that this one is a part of. Structure only: nothing is inferred from it.",
        json_schema_extra={"or_one": True},
    )
    entails: tuple[ProposalId, ...] = Field(
        (), description="Whoever supports this one supports those; whoever opposes one of those opposes this one."
    )
    excludes: tuple[ProposalId, ...] = Field(
        (), description="Whoever supports this one opposes those, and the other way round. It is enough to say it once."
    )
    note: Text | None = Field(
        None, description="What it means and why it entails or excludes others; `why` quotes it behind each inference."
    )


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
    document: Line | None = Field(
        None, description="The file name of your own copy, which --documents finds the cited lines in."
    )
    sha256: Sha256 | None = Field(None, description="The SHA-256 of that copy in hexadecimal: it proves the lines.")
    reliability: Reliability | None = Field(
        None, description="How reliable the source is, A to F by the Admiralty code, whatever it says here."
    )
    about: Text | None = Field(None, description="What the document is and whom it speaks for, in own words.")


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


class _Said(_Record):
    """What a stance and a commitment have in common."""

    id: RecordId = Field("", description="The record's id. Left out, it is actor.proposal.date, with -2, -3 if taken.")
    actor: ActorId = Field(description="The actor whose position it is.")
    proposal: ProposalId = Field(description="The proposal that the position is about.")
    date: Date = Field(
        description="When it was said or done: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B (by B); some day in that period."
    )
    until: End | None = Field(
        None, description="The first day on which it no longer holds. Left out, it holds until the next on its track."
    )
    speaker: ActorId | None = Field(None, description="The actor who said it, where somebody spoke for another.")
    if_: tuple[ConditionId, ...] = Field((), description="The conditions that it was tied to: all of them must hold.")
    unless: tuple[ConditionId, ...] = Field((), description="The conditions that would undo it: none of them may hold.")
    note: Text | None = Field(None, description="What was said or done, in own words, in one or two sentences.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Which sources report it: at least one.")

    @property
    def conditions(self) -> tuple[str, ...]:
        """What it depends on, sorted: ids of what must hold, and with `not:` of what must not."""
        if not self.if_ and not self.unless:
            return ()
        return tuple(sorted({*self.if_, *(NOT + condition for condition in self.unless)}))


class Stance(_Said):
    """What an actor thinks of a proposal."""

    position: Position = Field(description="Where the actor stands on the proposal.")

    @property
    def word(self) -> str:
        """The position."""
        return self.position


class Commitment(_Said):
    """What an actor itself undertakes on a proposal, or refuses to."""

    stage: Stage = Field(description="How far the actor has bound itself, or that it refuses to.")
    toward: tuple[ActorId, ...] = Field((), description="The actors whom it is made to, or whom a threat is against.")

    @property
    def word(self) -> str:
        """The stage."""
        return self.stage


class EventRecord(_Record):
    """A dated milestone."""

    id: Id = Field(description="The event's id.")
    title: Line = Field(description="What happened, as a headline.")
    date: Date = Field(description="When it happened: YYYY-MM-DD, YYYY-MM, YYYY, A/B or ../B.")
    actors: tuple[ActorId, ...] = Field((), description="The actors that had a part in it.")
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


Statement = Stance | Commitment
"""What makes holdings: what an actor thinks of a proposal, or undertakes on it."""

Record = Statement | Relation
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
    events: tuple[EventRecord, ...] = ()
    places: Mapping[Place, Span] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        """Every stance, commitment and relation, in the order of the files."""
        return (*self.stances, *self.commitments, *self.relations)


def _holds_text(annotation: Any) -> bool:
    return annotation in (Text, Line) or any(map(_holds_text, get_args(annotation)))


PROSE: Final = frozenset(
    _key(name)
    for kind in (Header, Actor, Proposal, Condition, Source, Evidence, Relation, Stance, Commitment, EventRecord)
    for name, annotation in get_type_hints(kind, include_extras=True).items()
    if _holds_text(annotation)
)
"""The YAML keys that hold free text, in which a `#` may be meant as part of the text."""
