"""How far two actors agree on what both have stated, and how far that rests on one source."""

from __future__ import annotations

from functools import partial
from math import isnan
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from actorgraph.analysis.aligned_pairs import AlignedPair, RankedPairs, Swing
from actorgraph.analysis.counting.agreement import agreement_of, checked_correction, ranges_of
from actorgraph.analysis.counting.counts import Counts, counts_of, level_by_position
from actorgraph.analysis.made_when_read import UnreadRecords
from actorgraph.analysis.measured import checked_min_shared
from actorgraph.analysis.words import BINARY
from actorgraph.errors import UsageProblem
from actorgraph.questions.view import given
from actorgraph.vocabulary import SCALE, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from actorgraph.analysis.counting.agreement import Agreement, Ranges
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


class _Block(NamedTuple):
    """The numbers of some actors, `rows`, with all: tables with a row for each of these.

    `degrees` are how many agreements are of different strength, None where levels tell strength apart.
    """

    rows: NDArray[np.intp]
    tables: Agreement
    degrees: Matrix | None


_NO_NUMBERS: Final = dict.fromkeys(("agreement", "conflict", "share", "corrected", "by_degrees", "spread"))

MOST_AT_ONCE: Final = 4_000_000
"""How many pairs of actors tables are made of at once; of more some actors at a time, for each table takes 32 MB."""


class PairByPair:
    """The positions of a day compared pair by pair: `counts` are those that count."""

    def __init__(self, stand: Positions, how: How) -> None:
        self.counts = counts_of(stand, how.levels)
        self._stand, self._how = stand, how
        self._steps = _steps_taken(stand, self.counts)
        self._spreads = _spreads(stand, how) if how.sensitivity else {}
        self._row = {actor: at for at, actor in enumerate(self.counts.actors)}
        self._on: dict[str, set[str]] = {actor: set() for actor in stand.actors}
        for actor, proposal in self.counts.records:
            self._on[actor].add(proposal)
        self._names = stand.view.ledger.names("actor")

    def sharing(self, actor: str | None) -> RankedPairs:
        """Return the pairs that share a proposal: all of them, or those of one actor, which comes first in each."""
        numbered: list[AlignedPair] = []
        few = most_shared = 0
        for block, shared in self._blocks(actor):
            enough = shared >= self._how.min_shared
            numbered += (self._pair(block, at, other) for at, other in np.argwhere(enough).tolist())
            few += int(np.count_nonzero(shared) - np.count_nonzero(enough))
            most_shared = max(most_shared, int(shared.max(initial=0)))
        return RankedPairs(numbered, partial(self._few, actor), few, most_shared)

    def _few(self, actor: str | None) -> Iterator[AlignedPair]:
        """Yield the pairs that share too few proposals for a number."""
        for block, shared in self._blocks(actor):
            some = (shared > 0) & (shared < self._how.min_shared)
            yield from (self._pair(block, at, other) for at, other in np.argwhere(some).tolist())

    def of(self, actor: str, other: str) -> AlignedPair:
        """Return the numbers of two actors, by id."""
        if actor not in self._row or other not in self._row:
            return self._made(actor, other, 0)
        return self._pair(self._block([self._row[actor]]), 0, self._row[other])

    def _blocks(self, actor: str | None) -> Iterator[tuple[_Block, Matrix]]:
        """Yield the numbers of all actors, so many at a time as tables can hold, or of one.

        Beside them stands what their pairs share, each pair once.
        """
        every = np.arange(len(self.counts.actors))
        if actor is not None:
            if actor in self._row:
                block = self._block([self._row[actor]])
                yield block, block.tables.shared
            return
        at_once = max(MOST_AT_ONCE // max(len(every), 1), 1)
        for first in range(0, len(every), at_once):
            block = self._block(every[first : first + at_once])
            yield block, block.tables.shared * (every > block.rows[:, None])

    def _block(self, rows: ArrayLike) -> _Block:
        rows = np.asarray(rows, dtype=np.intp)
        all_of_them = len(rows) == len(self.counts.actors)
        tables = agreement_of(self.counts, corrected=self._how.corrected, rows=None if all_of_them else rows)
        if self._steps is None:
            return _Block(rows, tables, None)
        same = np.einsum("kij->ij", self._steps[:, rows] @ self._steps.transpose(0, 2, 1))
        return _Block(rows, tables, tables.agreement - same)

    def _pair(self, block: _Block, at: int, other: int) -> AlignedPair:
        """Return the numbers of the actor of a row of a block with another."""
        actors, tables = self.counts.actors, block.tables
        actor, with_whom, shared = actors[block.rows[at]], actors[other], int(tables.shared[at, other])
        if shared < self._how.min_shared:
            return self._made(actor, with_whom, shared)
        agreement = float(tables.agreement[at, other])
        return self._made(
            actor,
            with_whom,
            shared,
            agreement=agreement,
            conflict=float(tables.conflict[at, other]),
            share=_rounded(agreement / shared),
            corrected=_rounded(float(tables.corrected[at, other])),
            by_degrees=None if block.degrees is None else int(block.degrees[at, other]),
            spread=self._spreads.get((min(actor, with_whom), max(actor, with_whom))),
        )

    def _made(self, actor: str, other: str, shared: int, **numbers: Any) -> AlignedPair:
        """Return a pair, without numbers where there are none."""
        behind = UnreadRecords(partial(self._records, actor, other))
        names = actor, self._names[actor], other, self._names[other]
        return AlignedPair(*names, shared=shared, **(numbers or _NO_NUMBERS), behind=behind)

    def _records(self, *both: str) -> tuple[str, ...]:
        """Return the ids of the records of two actors on what they share, by proposal."""
        records, shared = self.counts.records, sorted(set.intersection(*(self._on[actor] for actor in both)))
        return tuple(dict.fromkeys(key for proposal in shared for actor in both for key in records[actor, proposal]))

    def behind(self, pairs: Iterable[AlignedPair]) -> tuple[Row, ...]:
        """Return the rows behind the numbers of pairs, by actor and proposal."""
        records = {record for pair in pairs for record in pair.records}
        tracks = {track for track, theirs in self.counts.records.items() if not records.isdisjoint(theirs)}
        return tuple(row for row in self._stand.rows if (row.actor, row.proposal) in tracks)


def _steps_taken(stand: Positions, counts: Counts) -> NDArray[np.float32] | None:
    """Return who takes which step of the scale on what; None where levels tell strength apart."""
    if counts.levels != BINARY:
        return None
    exact = np.zeros((len(SCALE), *counts.n.shape[1:]), np.float32)
    step = {position: at for at, position in enumerate(SCALE)}
    column = {key: at for at, key in enumerate(counts.proposals)}
    for row, actor in enumerate(counts.actors):
        for proposal, taken in stand.taken[actor].items():
            if (actor, proposal) in counts.records:
                exact[step[taken.position], row, column[proposal]] = 1
    return exact


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
