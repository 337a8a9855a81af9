"""A whole model: the records of all its files, with where they stand, and which are one joint statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from actorgraph.dates import OPEN, in_force_from, last_day, latest
from actorgraph.errors import Span
from actorgraph.model.records import (
    Actor,
    Commitment,
    Condition,
    EventRecord,
    Header,
    Proposal,
    Relation,
    Source,
    Stance,
    StatementRecord,
)

Statement = Stance | Commitment
"""What makes holdings: what an actor thinks of a proposal, or undertakes on it."""

Record = Statement | Relation
Place = tuple[str, str | int]
"""A section of a model or of a file, and an id or an index (from 0) in it."""


class Joint(NamedTuple):
    """What the records of one joint statement have in common: the id of the first of them, and whose they are."""

    first: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model: every file's records together, each record with its id.

    `places` tells where each record stands, by section and id. `joint` has every record that is one of several actors'
    statement, by its id.
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
    joint: Mapping[str, Joint] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Record, ...]:
        """Every stance, commitment and relation, in the order of the files."""
        return (*self.stances, *self.commitments, *self.relations)

    def published(self, source: str, unknown: int = OPEN) -> int:
        """Return the day by which a source (by id) had come out, `unknown` where the model does not say."""
        known = self.sources.get(source)
        return last_day(known.published) if known and known.published else unknown

    @property
    def latest_source(self) -> str | None:
        """When the latest of the sources was published, as it is curated, or None."""
        return latest(source.published for source in self.sources.values() if source.published)

    def in_force_from(self, record: StatementRecord | EventRecord, unknown: int = OPEN) -> int:
        """Return the day from which a record or an event counts; `unknown` is when a source came out that is not known.

        >>> record = Stance.model_validate(
        ...     {"actor": "a", "proposal": "p", "position": "open", "date": "2025", "evidence": [{"source": "paper"}]}
        ... )
        >>> paper, header = Source(title="Paper", publisher="Paper", published="2025-05-28"), Header(id="m", title="M")
        >>> Model(header, sources={"paper": paper}).in_force_from(record), Model(header).in_force_from(record)
        (20250528, 20251231)
        """
        return in_force_from(record.date, (self.published(cited.source, unknown) for cited in record.evidence))


def entries(model: Model, section: str) -> int:
    """Return how many entries a section of a model has in its files: a joint statement is one."""
    things = getattr(model, section)
    if not model.joint or section not in ("stances", "commitments"):
        return len(things)
    return len({model.joint[record.id].first if record.id in model.joint else record.id for record in things})
