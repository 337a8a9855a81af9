"""The statements of a ledger as they were curated, ready to be made holdings of again without one of their sources."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from actorgraph.errors import Span
from actorgraph.ledger.codec import decode_texts
from actorgraph.ledger.filters import Filters, sources_of_end
from actorgraph.ledger.holdings import spoken
from actorgraph.ledger.tables import stated_lines
from actorgraph.model.kinds import STATEMENTS, TYPES
from actorgraph.model.model import Joint, Model
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
)
from actorgraph.vocabulary import JOINTLY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.vocabulary import Track


class Curated:
    """The stances and commitments of a ledger, by track and by the sources that they cite.

    `about` leaves those of some actors, or on some proposals: `("proposal", ids)`.

    >>> from actorgraph.ledger.load import load
    >>> curated = Curated(load("examples/minimal.yaml"))
    >>> sorted(curated.tracks["coast-weekly"])
    [('stance', 'fishers-union', 'harbour'), ('stance', 'town-council', 'harbour')]
    >>> curated.citing("coast-weekly", curated.tracks["coast-weekly"])
    2
    """

    def __init__(self, ledger: Ledger, about: tuple[str, Collection[str]] | None = None) -> None:
        self.model = model_of(ledger, about=about)
        self._statements: dict[Track, list[Stance | Commitment]] = defaultdict(list)
        self.tracks: Mapping[str, Collection[Track]]
        """The tracks that may be others without a source, by its id: those on which a statement cites it, and all on a
        proposal of which nothing else reports the life, or its end."""
        tracks: dict[str, set[Track]] = defaultdict(set)
        for kind, records in spoken(self.model):
            for record in records:
                track = (kind, record.actor, record.proposal)
                self._statements[track].append(record)
                for cited in record.evidence:
                    tracks[cited.source].add(track)
        self._add_lives(tracks)
        self.tracks = tracks

    def _add_lives(self, tracks: dict[str, set[Track]]) -> None:
        """Add the tracks on proposals whose life, or end, is known from one source alone to those of that source."""
        alone = {key: set(self._alone(proposal)) for key, proposal in self.model.proposals.items()}
        for track in self._statements:
            for source in alone[track[2]]:
                tracks[source].add(track)

    def _alone(self, proposal: Proposal) -> Iterator[str]:
        """Yield the source from which alone the life of a proposal is known, and that of its end, if there is such."""
        published = {cited.source: self.model.sources[cited.source].published for cited in proposal.evidence}
        for sources in (published, sources_of_end(proposal.fate, proposal.until, published)):
            if len(sources) == 1:
                yield from sources

    def citing(self, source: str, tracks: Collection[Track]) -> int:
        """Return how many of the statements on some tracks cite a source."""
        statements = (record for track in tracks for record in self._statements[track])
        return sum(any(cited.source == source for cited in record.evidence) for record in statements)

    def lines_without(self, source: str, tracks: Collection[Track]) -> list[tuple[object, ...]]:
        """Return the lines of the holdings table on some tracks that are left without a source, inferred ones aside."""
        return stated_lines(Filters(without=(source,)).applied(self._part(tracks)))

    def _part(self, tracks: Collection[Track]) -> Model:
        """Return a model of the statements on some tracks, and of what they name, for filters to go through little.

        It has no relations and no events, on which no position rests.
        """
        by_kind: dict[str, list[Stance | Commitment]] = defaultdict(list)
        for track in sorted(tracks):
            by_kind[track[0]] += self._statements[track]
        proposals = {track[2]: self.model.proposals[track[2]] for track in tracks}
        evidence = [cited for records in by_kind.values() for record in records for cited in record.evidence]
        evidence += [cited for proposal in proposals.values() for cited in proposal.evidence]
        return replace(
            self.model,
            actors={track[1]: self.model.actors[track[1]] for track in tracks},
            proposals=proposals,
            sources={cited.source: self.model.sources[cited.source] for cited in evidence},
            stances=tuple(record for record in by_kind["stance"] if isinstance(record, Stance)),
            commitments=tuple(record for record in by_kind["commitment"] if isinstance(record, Commitment)),
            relations=(),
            events=(),
        )


def model_of(ledger: Ledger, *, statements: bool = True, about: tuple[str, Collection[str]] | None = None) -> Model:
    """Return the model that a ledger was built of, as far as its evidence counted; with or without the statements.

    `about` leaves those of some actors, or on some proposals: `("proposal", ids)`; who made one with others is not told
    then.

    >>> from actorgraph.ledger.load import load
    >>> model = model_of(load("examples/minimal.yaml"), statements=False)
    >>> len(model.actors), len(model.stances)
    (4, 0)
    """
    named = ledger.things(*(kind for kind in TYPES if kind not in STATEMENTS))
    said: tuple[Thing, ...] = ()
    if statements:
        said = ledger.things(*STATEMENTS) if about is None else ledger.statements_of(*about)
    things: dict[str, list[Thing]] = {kind: [] for kind in TYPES}
    for thing in (*named, *said):
        things[thing.type].append(thing)
    return Model(
        Header(id=ledger.model, title=ledger.title, description=ledger.description),
        actors={thing.id: Actor.model_validate(thing.body) for thing in things["actor"]},
        proposals={thing.id: Proposal.model_validate(thing.body) for thing in things["proposal"]},
        conditions={thing.id: Condition.model_validate(thing.body) for thing in things["condition"]},
        sources={thing.id: Source.model_validate(thing.body) for thing in things["source"]},
        relations=tuple(Relation.model_validate(_keys(thing)) for thing in things["relation"]),
        stances=tuple(_stated(Stance, thing) for thing in things["stance"]),
        commitments=tuple(_stated(Commitment, thing) for thing in things["commitment"]),
        events=tuple(EventRecord.model_validate(_keys(thing)) for thing in things["event"]),
        places={(f"{thing.type}s", thing.id): _span(thing.place) for some in things.values() for thing in some},
        joint=_joint(ledger, all_records=statements) if about is None else {},
    )


def _span(place: str) -> Span:
    file, _, line = place.rpartition(":")
    return Span(file, int(line))


def _joint(ledger: Ledger, *, all_records: bool) -> dict[str, Joint]:
    """Return the records of joint statements, or the first of each alone: all name the first."""
    actors = {
        statement: decode_texts(listed) for statement, listed in ledger.rows("SELECT statement, actors FROM joint")
    }
    if not all_records:
        return {first: Joint(first, listed) for first, listed in actors.items()}
    sql = "SELECT id, place, body FROM records WHERE body LIKE ? ORDER BY id"
    joint: dict[str, Joint] = {}
    firsts: dict[tuple[str, ...], str] = {}
    for key, place, body in ledger.rows(sql, (f'%"{JOINTLY}"%',)):
        makers = json.loads(body).get(JOINTLY)
        if isinstance(makers, list):
            joint[key] = Joint(firsts.setdefault((place, *makers), key), tuple(makers))
        elif makers in actors:
            joint[key] = Joint(makers, actors[makers])
    return joint


_Statement = TypeVar("_Statement", Stance, Commitment)


def _stated(kind: type[_Statement], thing: Thing) -> _Statement:
    """Return a statement; one of a large table may cite nothing, as no curated one does."""
    keys = _keys(thing)
    if keys["evidence"]:
        return kind.model_validate(keys)
    cited = kind.model_validate({**keys, "evidence": [{"source": "nothing"}]})
    return cited.model_copy(update={"evidence": ()})


def _keys(thing: Thing) -> dict[str, Any]:
    """Return the keys of a record as one alone would be curated: its id, and no word of who else made it."""
    return {**{key: value for key, value in thing.body.items() if key != JOINTLY}, "id": thing.id}
