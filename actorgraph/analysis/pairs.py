"""How far two actors agree on what both have stated, and how far that rests on one source."""

from __future__ import annotations

from functools import partial
from math import isnan
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from actorgraph.analysis.counting.agreement import agreement_of, checked_correction, ranges_of
from actorgraph.analysis.counting.counts import Counts, counts_of, level_by_position
from actorgraph.analysis.measured import checked_min_shared
from actorgraph.analysis.words import BINARY
from actorgraph.errors import UsageProblem
from actorgraph.questions.view import given
from actorgraph.vocabulary import SCALE, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from actorgraph.analysis.counting.agreement import Ranges
    from actorgraph.analysis.counting.counts import Matrix
    from actorgraph.analysis.counting.positions import Positions
    from actorgraph.ledger.store import Ledger
    from actorgraph.ledger.things import Thing
    from actorgraph.questions.rows import Row
    from actorgraph.questions.view import View


class Mover(NamedTuple):
    """A source without which a number would be another: its id and title, and who published it, when and where."""

    source: str
    title: str
    publisher: str
    published: str
    url: str | None


class Swing(NamedTuple):
    """How far the numbers of a pair move when any one source is left out: the least and the greatest of each.

    `source` is the id of the source that moves the share most, to `without`; both are None where none moves it.
    `refused` are the ids of the sources without which the two share too few for a number. Those corrected for chance
    are None where there are none.
    """

    low: float
    high: float
    corrected_low: float | None
    corrected_high: float | None
    source: str | None
    without: float | None
    refused: tuple[str, ...]


class BehindPair:
    """The ids of the records behind a pair, worked out when somebody reads them: 200 actors make 20,000 pairs."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], tuple[str, ...]]) -> None:
        self._read = read

    @property
    def records(self) -> tuple[str, ...]:
        """The ids, by proposal."""
        return self._read()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BehindPair) and self.records == other.records

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[type[BehindPair], tuple[Callable[[], tuple[str, ...]]]]:
        return BehindPair, (partial(tuple, self.records),)


class _Pair(NamedTuple):
    """What an aligned pair says at once, and what it rests on."""

    actor: str
    actor_name: str
    other: str
    other_name: str
    shared: int
    agreement: float | None
    conflict: float | None
    share: float | None
    corrected: float | None
    by_degrees: int | None
    spread: Swing | None
    behind: BehindPair


class AlignedPair(_Pair):
    """How much two actors agree on the `shared` proposals on which both take a position that counts.

    `agreement` and `conflict` are how many of these they agree and disagree on (on the whole scale, in part), and
    together `shared`; `share` is the part of them on which they agree, and `corrected` that share corrected for chance.
    `by_degrees` are so many of the agreements that are of different strength, such as supports and open; None on the
    whole scale, where strength is in the number. All but `shared` are None where they share too few, and `corrected`
    also where it is not defined. `spread` is how far they move without any one source, None where nobody asked for it.
    `records` are the ids of the records behind it, by proposal.
    """

    __slots__ = ()

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records behind it, by proposal."""
        return self.behind.records

    def _asdict(self) -> dict[str, Any]:
        """Return its fields by name, in the order in which answers have them."""
        return {**dict(zip(self._fields[:-1], self, strict=False)), "records": self.records}

    def __repr__(self) -> str:
        return f"AlignedPair({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"


def spread_cells(spread: Swing) -> dict[str, object]:
    """Return how far numbers move as the cells of a flat record."""
    cells = spread._asdict()
    without_it = cells.pop("without")  # `without` are the sources that the whole answer leaves out
    return {**cells, "without_it": without_it}


class How(NamedTuple):
    """How agreement is told: at which levels, from how many shared proposals, by whose correction for chance."""

    levels: str
    min_shared: int
    corrected: str
    sensitivity: bool

    @property
    def asked(self) -> dict[str, Any]:
        """What a query says of it."""
        words = {"levels": self.levels, "min_shared": self.min_shared, "corrected": self.corrected}
        return {**words, **given(sensitivity=self.sensitivity)}


def checked_how(levels: str, min_shared: int, corrected: str, *, sensitivity: bool) -> How:
    """Return how agreement is told. Raises `UsageProblem` for levels, a number or a correction that are none."""
    level_by_position(levels)
    return How(levels, checked_min_shared(min_shared), checked_correction(corrected), sensitivity)


def must_be_asked_about(view: View, actors: Iterable[Thing]) -> None:
    """Raise `UsageProblem` for an actor to whom a question is not narrowed."""
    for actor in actors:
        if not view.selection.admits_actor(actor.id):
            raise UsageProblem(f"{actor.name} is not among the actors to which the question is narrowed")


class PairByPair:
    """The positions of a day compared pair by pair: `counts` are those that count."""

    def __init__(self, stand: Positions, how: How) -> None:
        self.counts = counts_of(stand, how.levels)
        self._stand, self._how = stand, how
        self._tables = agreement_of(self.counts, corrected=how.corrected)
        self._degrees = _degrees(stand, self.counts)
        self._spreads = _spreads(stand, how) if how.sensitivity else {}
        self._row = {actor: at for at, actor in enumerate(self.counts.actors)}
        self._on: dict[str, set[str]] = {actor: set() for actor in stand.actors}
        for actor, proposal in self.counts.records:
            self._on[actor].add(proposal)
        self._names = stand.view.ledger.names("actor")

    def sharing(self, actor: str | None) -> Iterator[AlignedPair]:
        """Yield the pairs that share a proposal: all of them, or those of one actor, which comes first in each."""
        actors, shared = self.counts.actors, self._tables.shared
        if actor is None:
            yield from (
                self.of(actors[first], actors[second]) for first, second in np.argwhere(np.triu(shared)).tolist()
            )
        elif actor in self._row:
            yield from (self.of(actor, actors[other]) for other in np.flatnonzero(shared[self._row[actor]]).tolist())

    def of(self, actor: str, other: str) -> AlignedPair:
        """Return the numbers of two actors, by id."""
        behind = BehindPair(partial(self._records, actor, other))
        at = self._row.get(actor), self._row.get(other)
        shared = 0 if None in at else int(self._tables.shared[at])
        names = actor, self._names[actor], other, self._names[other]
        if shared < self._how.min_shared:
            return AlignedPair(
                *names,
                shared=shared,
                agreement=None,
                conflict=None,
                share=None,
                corrected=None,
                by_degrees=None,
                spread=None,
                behind=behind,
            )
        agreement = float(self._tables.agreement[at])
        return AlignedPair(
            *names,
            shared=shared,
            agreement=agreement,
            conflict=float(self._tables.conflict[at]),
            share=_rounded(agreement / shared),
            corrected=_rounded(float(self._tables.corrected[at])),
            by_degrees=None if self._degrees is None else int(self._degrees[at]),
            spread=self._spreads.get((min(actor, other), max(actor, other))),
            behind=behind,
        )

    def _records(self, *both: str) -> tuple[str, ...]:
        """Return the ids of the records of two actors on what they share, by proposal."""
        records, shared = self.counts.records, sorted(set.intersection(*(self._on[actor] for actor in both)))
        return tuple(dict.fromkeys(key for proposal in shared for actor in both for key in records[actor, proposal]))

    def behind(self, pairs: Iterable[AlignedPair]) -> tuple[Row, ...]:
        """Return the rows behind the numbers of pairs, by actor and proposal."""
        records = {record for pair in pairs for record in pair.records}
        tracks = {track for track, theirs in self.counts.records.items() if not records.isdisjoint(theirs)}
        return tuple(row for row in self._stand.rows if (row.actor, row.proposal) in tracks)


def _degrees(stand: Positions, counts: Counts) -> Matrix | None:
    """Return how many agreements of two actors are of different strength; None where levels tell strength apart."""
    if counts.levels != BINARY:
        return None
    exact = np.zeros((len(SCALE), *counts.n.shape[1:]))
    step = {position: at for at, position in enumerate(SCALE)}
    column = {key: at for at, key in enumerate(counts.proposals)}
    for row, actor in enumerate(counts.actors):
        for proposal, taken in stand.taken[actor].items():
            if (actor, proposal) in counts.records:
                exact[step[taken.position], row, column[proposal]] = 1
    same: Matrix = np.einsum("kij->ij", exact @ exact.transpose(0, 2, 1))
    congruent: Matrix = counts.congruence()
    return congruent - same


def _rounded(value: float) -> float | None:
    """Return a number as answers hold it; None where there is none."""
    return None if isnan(value) else rounded(value)


def _spreads(stand: Positions, how: How) -> dict[tuple[str, str], Swing]:
    """Return how far the numbers of each pair that has some move without any one source, by the two ids, sorted."""
    level_of = level_by_position(how.levels)
    sources: list[str] = []
    lost: list[tuple[str, dict[tuple[str, str], int | None]]] = []
    # Of two that move a number as much, the first is told: by id, wherever they stand in the files.
    for source, moved in sorted(stand.moved_without_each_source(), key=itemgetter(0)):
        sources.append(source)
        lost.append((source, {track: level_of.get(left.position) if left else None for track, left in moved.items()}))
    touched = {track for _, tracks in lost for track in tracks}
    counts = Counts(
        (
            (actor, proposal, taken.position, taken.records)
            for actor, theirs in stand.taken.items()
            for proposal, taken in theirs.items()
        ),
        levels=how.levels,
        actors={actor for actor, _ in touched},
        proposals={proposal for _, proposal in touched},
    )
    tables = ranges_of(counts, lost, min_shared=how.min_shared, corrected=how.corrected)
    spread = np.argwhere(np.triu(~np.isnan(tables.low), 1)).tolist()
    return {
        (counts.actors[first], counts.actors[second]): _spread(tables, first, second, sources)
        for first, second in spread
    }


def _spread(tables: Ranges, first: int, second: int, sources: Sequence[str]) -> Swing:
    numbers = {name: table[first, second].item() for name, table in tables._asdict().items() if name != "refused"}
    return Swing(
        low=rounded(numbers["low"]),
        high=rounded(numbers["high"]),
        corrected_low=_rounded(numbers["corrected_low"]),
        corrected_high=_rounded(numbers["corrected_high"]),
        source=sources[int(numbers["source"])] if numbers["source"] >= 0 else None,
        without=_rounded(numbers["without"]),
        refused=tables.refused.get((first, second), ()),
    )


def movers(ledger: Ledger, pairs: Iterable[AlignedPair]) -> tuple[Mover, ...]:
    """Return the sources that move the numbers of pairs most, or without which they have none, by id."""
    spreads = [pair.spread for pair in pairs if pair.spread is not None]
    keys = {key for spread in spreads for key in (spread.source, *spread.refused) if key is not None}
    by_id = ledger.by_id(keys, "source")
    return tuple(
        Mover(key, by_id[key].name, body["publisher"], body["published"], body.get("url"))
        for key in sorted(keys)
        for body in (by_id[key].body,)
    )
